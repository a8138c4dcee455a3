"""An import run taken back, for the pages that nobody has touched since.

A page that the run made is removed: the page, its passages, its doubts and what readers reported of it. Its articles
stay as rows without text, marked gone: their addresses answer 410, and their ids are never given to others. The
page's own address answers 404, an issue left without pages goes too, and original bytes that no page needs.

A page whose text the run replaced gets its former text back, split anew; articles keep their ids by shared text. A day,
number, name or picture that the run added stays, for what was there before is not recorded.

Kept as they are, and listed with the reason: pages that an editor has touched, or that share an article with a page
that one has; pages that a later import changed; pages of which the run changed something else than the text.
Importing the same files again afterwards makes the pages anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from ..assembly import weigh_pages, write_articles
from ..extraction import split_page
from ..extraction.page_file import EXTRACTOR
from ..learning.using import knowledge_in_use
from ..models import Article, Credit, ImportOutcome, ImportRun, Issue, Newspaper, Original, Page, PageRevision, Upload
from ..search import write_documents
from .doubting import raise_place_doubts
from .layouts import lines_anew, replace_layout
from .linking import link_issues
from .parting import part_from_other_pages
from .paths import read_path
from .placing import Options, place_page
from .resplitting import RESPLIT
from .splitting import articles_with_texts, replace_split

Result = ImportOutcome.Result
CHANGED = (Result.CREATED, Result.REVISED, Result.RESPLIT)
SOURCE_FIELDS = ("original", "source_path", "encoding", "source_text", "text_sha256", "revision")
Act = Literal["remove", "restore", "keep"]
ACT_WORDS: Mapping[Act, str] = {"remove": "移除", "restore": "还原旧原文", "keep": "保留"}


class TakingBackRefused(Exception):
    """The run cannot be taken back; the message says why."""


@dataclass(frozen=True, slots=True)
class Step:
    """What taking back does to one page, and why it is kept."""

    path: str
    page: str
    address: str
    act: Act
    reason: str = ""

    @property
    def words(self) -> str:
        return ACT_WORDS[self.act]


def plan_taking_back(run: ImportRun) -> list[Step]:
    """What take_back would do now. Writes nothing."""
    return [_step(outcome, page, *judge(outcome, page)) for outcome, page in _changed_pages(run)]


def take_back(run: ImportRun, user: Any = None) -> Iterator[Step]:
    """Take the run back, each page in a transaction of its own; yields what was done. Raises TakingBackRefused.

    Broken off, it goes on when called again: what is removed is removed.
    """
    if Upload.objects.filter(run=run).exclude(state__in=[Upload.State.DONE, Upload.State.FAILED]).exists():
        raise TakingBackRefused("这次导入还在进行，请等它结束。")
    issues: set[int] = set()
    counts: dict[str, Any] = {"by": str(user or ""), "remove": 0, "restore": 0, "kept": []}
    for outcome, page in list(_changed_pages(run)):
        if step := _take_back_page(outcome, page.pk, issues):
            counts["kept"] += [[step.path, step.page, step.reason]] if step.act == "keep" else []
            if step.act != "keep":
                counts[step.act] += 1
            yield step
    link_issues(issues)
    if counts["remove"] or counts["restore"]:
        run.refresh_from_db()
        run.options = {**run.options, "taken_back": counts}
        run.taken_back_at = timezone.now()
        run.save(update_fields=["options", "taken_back_at"])


def judge(outcome: ImportOutcome, page: Page) -> tuple[Act, str]:
    """What becomes of the page, and why if it is kept."""
    if page.touched:
        return "keep", "编辑改过这一版。"
    if other := _touched_neighbour(page):
        return "keep", f"有文章接到编辑改过的{other}。"
    changes = ImportOutcome.objects.filter(page=page, result__in=CHANGED, run__gt=outcome.run_id)
    later = changes.exclude(run__in=ImportRun.objects.filter(options__kind=RESPLIT)).order_by("-run").first()
    if later and not later.run.taken_back_at:
        return "keep", f"此后的导入 {later.run_id} 又更新了这一版，请先收回那一次。"
    if outcome.result == Result.CREATED:
        return "remove", ""
    if outcome.result == Result.RESPLIT:
        return "keep", "只是用新程序重新拆分，文字没有变。"
    if _former_text(outcome, page) is None:
        return "keep", "没有换过文字（只补了日期、版次、版名或版面图，或已经还原），原来的没有记录。"
    return "restore", ""


def _changed_pages(run: ImportRun) -> Iterator[tuple[ImportOutcome, Page]]:
    outcomes = run.outcomes.filter(result__in=CHANGED, page__isnull=False)
    for outcome in outcomes.select_related("run", "page__newspaper", "page__issue__newspaper").order_by("pk"):
        assert outcome.page is not None
        yield outcome, outcome.page


def _step(outcome: ImportOutcome, page: Page, act: Act, reason: str = "") -> Step:
    return Step(outcome.path, str(page), page.get_absolute_url() or "", act, reason)


def _touched_neighbour(page: Page) -> Page | None:
    here = Article.objects.filter(blocks__page=page)
    others = Page.objects.filter(blocks__article__in=here).exclude(pk=page.pk).distinct()
    return next((other for other in others.select_related("newspaper", "issue") if other.touched), None)


def _former_text(outcome: ImportOutcome, page: Page) -> PageRevision | None:
    """The text that the run replaced, if nothing has replaced it since."""
    former = page.revisions.filter(revision=page.revision - 1, replaced_at__gte=outcome.run.started_at).first()
    ended = outcome.run.finished_at
    return former if former and (ended is None or former.replaced_at <= ended) else None


@transaction.atomic
def _take_back_page(outcome: ImportOutcome, page_id: int, issues: set[int]) -> Step | None:
    """Judged again under the lock: an editor may have come to the page meanwhile."""
    Newspaper.objects.select_for_update(no_key=True, of=("self",)).filter(pages=page_id).first()
    rows = Page.objects.select_for_update(of=("self",), no_key=True).select_related("newspaper", "issue__newspaper")
    page = rows.filter(pk=page_id).first()
    if page is None:
        return None
    act, reason = judge(outcome, page)
    step = _step(outcome, page, act, reason)
    if act == "keep":
        return step
    if page.issue_id:
        issues.add(page.issue_id)
    if act == "remove":
        _remove(page)
        if page.issue_id and Issue.objects.filter(pk=page.issue_id, pages=None, articles=None).delete()[0]:
            issues.discard(page.issue_id)
    else:
        former = _former_text(outcome, page)
        assert former is not None
        _restore(page, former)
    return step


def _remove(page: Page) -> None:
    originals = [page.original_id, *page.revisions.values_list("original", flat=True)]
    part_from_other_pages(page)
    articles = list(Article.objects.filter(blocks__page=page).distinct())
    Credit.objects.filter(article__in=articles).delete()
    page.blocks.all().delete()
    Article.objects.filter(merged_into__in=articles).update(merged_into=None, gone=True)
    for article in articles:
        article.merged_into, article.gone, article.keywords = None, True, []
    Article.objects.bulk_update(articles, ["merged_into", "gone", "keywords"])
    write_articles(articles)
    Article.objects.filter(parent__in=articles).update(parent=None)
    page.delete()
    _forget_originals(originals)


def _restore(page: Page, former: PageRevision) -> None:
    original = page.original_id
    old = articles_with_texts(page)
    for field in SOURCE_FIELDS:
        setattr(page, field, getattr(former, field))
    split = split_page(page.source_text, knowledge=knowledge_in_use(page.newspaper_id))
    page.extractor, page.staff = EXTRACTOR, list(map(list, split.staff))
    page.version += 1
    page.save()
    former.delete()
    replace_split(page, split, *old)
    replace_layout(page, lines_anew(page))
    place = place_page(Options(), read_path(page.source_path, [page.newspaper.name]), split)
    raise_place_doubts(page, place, number_taken=False)
    weigh_pages([page.pk])
    write_documents(pages=[page])
    _forget_originals([original])


def _forget_originals(digests: list[str | None]) -> None:
    for digest in {digest for digest in digests if digest}:
        try:
            with transaction.atomic():
                Original.objects.filter(pk=digest).delete()
        except ProtectedError:
            pass  # another page, or a former text, has the same bytes
