"""Readers' reports of mistakes: found in the source text, put into the editors' queue as doubts, their outcome told.

Nobody needs an account, so that a visitor may send only so much (TooMany), and the same report of several readers is
one doubt. A report changes nothing that editors or readers see of the text; an editor takes it up or dismisses it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from ..assembly import Passage, for_readers, lay_out, read_passages, weigh_pages
from ..models import Article, Correction, Doubt, MistakeReport, Page
from ..privacy.masking import MASK

CODE = "reader_report"
AN_HOUR, A_DAY = 5, 20  # reports that one visitor may send in it
OPEN_ON_A_PAGE = 30  # open reports on one page, whoever sent them
QUOTED = 100  # characters of a passage that the doubt repeats


class TooMany(Exception):
    """No more reports are taken now; its text says why, to the reader."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What a reader says: a kind of MistakeReport, the passage as read, what it should be, a remark; "" for none."""

    kind: str
    quote: str = ""
    proposal: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a passage a quotation begins and ends, in characters of the passage's text."""

    passage: Passage
    start: int
    end: int

    @property
    def span(self) -> tuple[int, int]:
        """In the page's source text; of a passage that an editor has corrected all of it."""
        printed = self.passage.page.source_text[self.passage.start : self.passage.end]
        if self.passage.text != self.passage.source:
            return self.passage.start, self.passage.end
        first = self.passage.start + len(printed) - len(printed.lstrip())
        return first + self.start, first + self.end


def report_mistake(mistake: Mistake, on: Article | Page, sender: str) -> MistakeReport:
    """Keep a report and raise its doubt. `sender`: a fingerprint (articles.reading.visitors). Raises TooMany."""
    article = on if isinstance(on, Article) else None
    passages = read_passages([on])[on.pk] if isinstance(on, Article) else lay_out(on, on.blocks.all())
    spots = find_quote(passages, mistake.quote)
    at = spots[0].passage if spots else passages[0]
    with transaction.atomic():
        # One after the other on a page, so that its limit holds and two that say the same make one doubt.
        page = Page.objects.select_for_update(of=("self",), no_key=True).get(pk=at.page.pk)
        _limit(page, sender)
        span = (spots[0].span[0], max(_end_on(page, spots), spots[0].span[0])) if spots else (at.start, at.start)
        doubt = _same(page, article, mistake) or Doubt.objects.create(
            page=page,
            article=article,
            start=span[0],
            end=span[1],
            code=CODE,
            text=words_for(mistake),
            proposal=propose(mistake, spots),
            origin=Doubt.Origin.READER,
        )
        report = MistakeReport.objects.create(
            doubt=doubt,
            page=page,
            article=article,
            kind=mistake.kind,
            quote=mistake.quote,
            proposal=mistake.proposal,
            note=mistake.note,
            sender=sender,
        )
        weigh_pages([page.pk])
    return report


def find_quote(passages: Sequence[Passage], quote: str) -> list[Spot]:
    """Where a quotation stands, a spot for each passage that it touches; [] if nowhere.

    White space counts for nothing: a browser breaks lines where the paper did not. It is looked for in what readers
    get, so that nobody finds out by asking what is masked.
    """
    wanted = "".join(quote.split())
    public = for_readers(passages)
    letters = [(n, i, c) for n, p in enumerate(public) for i, c in enumerate(p.text) if not c.isspace()]
    at = "".join(c for *_, c in letters).find(wanted) if wanted else -1
    if at < 0:
        return []
    spots: dict[int, Spot] = {}
    for n, i, _ in letters[at : at + len(wanted)]:
        spots[n] = Spot(passages[n], spots[n].start if n in spots else i, i + 1)
    return list(spots.values())


def propose(mistake: Mistake, spots: Sequence[Spot]) -> dict[str, Any] | None:
    """The act that would mend it: a passage's text with the proposal in the quotation's place.

    `was` is the text that it was made for: whoever does it later must not undo what came between.
    """
    if mistake.kind != MistakeReport.Kind.TYPO or not mistake.proposal or len(spots) != 1:
        return None
    spot, text = spots[0], spots[0].passage.text
    if MASK in mistake.proposal and MASK not in text:  # copied with what is masked
        return None
    mended = text[: spot.start] + mistake.proposal + text[spot.end :]
    return {"act": "edit_text", "block": spot.passage.block.pk, "text": mended, "was": text}


def words_for(mistake: Mistake) -> str:
    """The report as editors read it in the queue and on the desk."""
    said = MistakeReport.Kind(mistake.kind).label
    if mistake.quote:
        quote = " ".join(mistake.quote.split())
        said += f"：“{quote[:QUOTED]}{'……' if len(quote) > QUOTED else ''}”"
    if mistake.proposal:
        said += f"应作“{mistake.proposal}”"
    if mistake.note:
        said += f"。说明：{mistake.note}" if mistake.quote or mistake.proposal else f"：{mistake.note}"
    return said[:500]


def outcome_of(report: MistakeReport) -> tuple[str, datetime | None]:
    """What became of it, as the reader is told, and when."""
    doubt = report.doubt
    if doubt is None:
        return "原版面已撤换，这条指误不再处理", None
    if doubt.state == Doubt.State.OPEN:
        return "等待编辑处理", None
    settled = Correction.objects.filter(pages=doubt.page_id, arguments__doubt=doubt.pk).order_by("-pk").first()
    words = "编辑已采纳" if doubt.state == Doubt.State.ACCEPTED else "编辑看过，未采纳"
    return words, settled.at if settled else None


def _limit(page: Page, sender: str) -> None:
    now = timezone.now()
    # A day is as long as a sender has to be known.
    MistakeReport.objects.filter(created_at__lt=now - timedelta(days=1)).exclude(sender="").update(sender="")
    sent = MistakeReport.objects.filter(sender=sender)
    if sent.filter(created_at__gte=now - timedelta(hours=1)).count() >= AN_HOUR:
        raise TooMany(f"一小时内最多提交{AN_HOUR}条。所填内容还在下面，请过一会儿再提交。")
    if sent.count() >= A_DAY:
        raise TooMany(f"一天内最多提交{A_DAY}条。所填内容还在下面，请明天再提交。")
    if page.doubts.filter(origin=Doubt.Origin.READER, state=Doubt.State.OPEN).count() >= OPEN_ON_A_PAGE:
        raise TooMany("这一版已有许多条指误等待处理，编辑看过之后才能再提交。")


def _same(page: Page, article: Article | None, mistake: Mistake) -> Doubt | None:
    """The open doubt of a report that says just this."""
    doubts = page.doubts.filter(origin=Doubt.Origin.READER, state=Doubt.State.OPEN, code=CODE, article=article)
    return doubts.filter(text=words_for(mistake)).first()


def _end_on(page: Page, spots: Sequence[Spot]) -> int:
    return max(spot.span[1] for spot in spots if spot.passage.page.pk == page.pk)
