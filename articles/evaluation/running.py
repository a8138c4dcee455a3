"""Evaluations of signed-off pages: asked for on the reports' screen or made by the command, kept as rows.

What editors signed off was made by mending an earlier split, so it agrees with the machine a little more than a split
made from nothing would: the figures flatter by what editors overlooked.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.db.models import Q
from django.utils import timezone

from ..extraction import Knowledge, split_page
from ..extraction.page_file import EXTRACTOR
from ..learning.using import knowledge_in_use, learned_in_use
from ..models import Evaluation, Newspaper
from .figures import Figures
from .scoring import score_page
from .signed_off import read_truths, signed_off_pages

STALE_AFTER = datetime.timedelta(minutes=2)
Tick = Callable[[int, int], None]


class NothingSignedOff(Exception):
    """There is no page to evaluate on."""


def ask_for_evaluation(newspaper: Newspaper | None) -> Evaluation:
    """An evaluation for `manage.py work` to make; the one that waits already, if any."""
    waiting = Evaluation.objects.filter(newspaper=newspaper, made_at=None, error="").first()
    return waiting or Evaluation.objects.create(newspaper=newspaper)


def evaluate_signed_off(newspaper: Newspaper | None, tick: Tick, knowledge: Knowledge | None = None) -> Figures:
    """Split all signed-off pages anew, each with what its newspaper has learned, unless one `knowledge` is given."""
    ids = list(signed_off_pages(newspaper).order_by("imported_at", "pk").values_list("pk", flat=True))
    if not ids:
        raise NothingSignedOff("还没有签发的版面，没有可以比较的。签发几版以后再来。")
    known: dict[int, Knowledge] = {}
    figures = Figures()
    for done, (page, truth) in enumerate(read_truths(ids), 1):
        if page.newspaper_id not in known:
            known[page.newspaper_id] = knowledge or knowledge_in_use(page.newspaper_id)
        split = split_page(page.source_text, knowledge=known[page.newspaper_id])
        month = timezone.localtime(page.imported_at).strftime("%Y-%m")
        figures.add(score_page(truth, split, page.source_text), month)
        tick(done, len(ids))
    return figures


def make_evaluation(newspaper: Newspaper | None, tick: Tick) -> Evaluation:
    evaluation = Evaluation(newspaper=newspaper)
    _fill(evaluation, evaluate_signed_off(newspaper, tick))
    return evaluation


def _fill(evaluation: Evaluation, figures: Figures) -> None:
    evaluation.extractor, evaluation.made_at = EXTRACTOR, timezone.now()
    evaluation.learned = learned_in_use(evaluation.newspaper_id)
    evaluation.pages, evaluation.figures = figures.pages, figures.as_json()
    evaluation.heartbeat_at = None
    evaluation.save()


def work_on_next(asked_to_stop: Callable[[], bool]) -> Evaluation | None:
    """Make the evaluation that has waited longest, if any waits or its worker died; returns it."""
    now = timezone.now()
    left = Q(heartbeat_at=None) | Q(heartbeat_at__lt=now - STALE_AFTER)
    for evaluation in Evaluation.objects.filter(left, made_at=None, error="").order_by("pk"):
        mine = Evaluation.objects.filter(pk=evaluation.pk, made_at=None, heartbeat_at=evaluation.heartbeat_at)
        if mine.update(heartbeat_at=now):
            _work_on(Evaluation.objects.select_related("newspaper").get(pk=evaluation.pk), asked_to_stop)
            return evaluation
    return None


class _Stopped(Exception):
    pass


def _work_on(evaluation: Evaluation, asked_to_stop: Callable[[], bool]) -> None:
    row = Evaluation.objects.filter(pk=evaluation.pk)

    def tick(done: int, total: int) -> None:
        if asked_to_stop():
            raise _Stopped
        row.update(heartbeat_at=timezone.now())

    try:
        _fill(evaluation, evaluate_signed_off(evaluation.newspaper, tick))
    except _Stopped:
        row.update(heartbeat_at=None)
    except NothingSignedOff as error:
        row.update(error=str(error))
