"""Pages of the archive split again by this version's extractor: what it makes better is taken, editors' work is kept.

A page that no editor has touched is given the new split whenever it is another: addresses of articles are handed on as
when a better text of it is imported. There is no truth at hand to tell which of the two is better, and what each doubts
and how sure it calls itself are no common measure: a newer extractor doubts more where it sees more. That it splits
better is shown by the gold pages before it is released, not asked of every page again.

A page that an editor has touched, or that shares an article with one, keeps its split; where the new one differs and
nobody has decided otherwise it says so, as doubts to accept or to dismiss. What was dismissed once is not proposed
again. Pages that are signed off are passed over unless asked for, and then only get proposals.

Issue by issue, the newest first, each page in a transaction of its own. A page done carries the new extractor, so that
a run that was broken off is finished by the next.
"""

from __future__ import annotations

import datetime
import json
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, nullcontext, suppress
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from ..assembly import weigh_pages
from ..corrections.journal import ActRefused, lock_pages
from ..extraction import PageSplit
from ..extraction.knowledge import Knowledge
from ..extraction.page_file import EXTRACTOR, split_text
from ..extraction.processes import split_in_process
from ..learning.using import knowledge_in_use
from ..models import Article, Block, Doubt, ImportOutcome, ImportRun, Newspaper, Page
from ..resplitting.merging import Change, merge
from ..resplitting.proposals import ACT, Words, to_json
from ..resplitting.reading import corrected_spans, read_runs, rows_before_acts
from ..resplitting.runs import Part, Place, Run, cut_alike, lay_runs, texts_of
from .comparing import same_split
from .linking import link_issues
from .running import AHEAD, open_pool
from .splitting import hand_on, write_split

RESPLIT = "resplit"  # the kind of run, and of doubt
Result = ImportOutcome.Result


@dataclass(frozen=True, slots=True)
class Scope:
    """Which pages to split again, and how."""

    newspaper: Newspaper | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    everything: bool = False  # also those that this extractor has split
    signed_off: bool = False
    jobs: int = 1
    dry_run: bool = False

    def pages(self) -> Any:
        pages = Page.objects.all() if self.everything else Page.objects.filter(extractor__in=older_extractors())
        wanted = {"newspaper": self.newspaper, "issue__date__gte": self.since, "issue__date__lte": self.until}
        return pages.filter(**{lookup: value for lookup, value in wanted.items() if value is not None})

    def passed_over(self) -> int:
        """How many pages are left alone because they are signed off."""
        return 0 if self.signed_off else self.pages().filter(state=Page.State.REVIEWED).count()


def older_extractors() -> list[str]:
    """The extractors before this one that pages of the archive were split by."""
    known = Page.objects.order_by().values_list("extractor", flat=True).distinct()
    return [name for name in known if not name.isdecimal() or int(name) < int(EXTRACTOR)]


@dataclass
class Outcome:
    """What became of a page. Of one split anew: what changed for readers, once the jumps of its issue are linked."""

    page: Page
    result: Result
    reason: str = ""
    proposals: list[str] = field(default_factory=list)
    runs_before: list[Run] = field(default_factory=list)
    articles_before: int = 0
    articles_after: int = 0
    moved: int = 0  # passages that stand in another place
    redirected: dict[int, int | None] = field(default_factory=dict)  # id -> where it leads, None for nowhere

    @property
    def words(self) -> str:
        """What there is to tell of it."""
        if self.result == Result.RESPLIT:
            said = [f"文章 {self.articles_before} 篇 → {self.articles_after} 篇"]
            said.append(f"{self.moved} 段换了位置" if self.moved else "只是角色、接段或类别不同")
            for pk, heir in sorted(self.redirected.items()):
                said.append(f"文章 {pk} 转到 {heir}" if heir else f"文章 {pk} 不再存在")
            return "，".join(said)
        return self.reason


class Resplit:
    """A run under way. Iterate over it for outcomes, a page each; `linked` is known when it is through."""

    def __init__(self, scope: Scope, user: Any = None):
        self.scope, self.linked = scope, 0
        self.frozen: dict[int, tuple[Knowledge, bytes]] = {}
        pages = scope.pages() if scope.signed_off else scope.pages().exclude(state=Page.State.REVIEWED)
        newest_first = pages.order_by(F("issue__date").desc(nulls_last=True), "issue", "sort_key", "pk")
        self.ids: list[tuple[int, int | None]] = list(newest_first.values_list("pk", "issue"))
        self.run = None if scope.dry_run or not self.ids else _record_run(scope, user)

    def __iter__(self) -> Iterator[Outcome]:
        if not self.scope.dry_run:
            self._link_what_was_left()
        with ExitStack() as stack:
            pool = open_pool(stack, self.scope.jobs) if self.scope.jobs > 1 else None
            for issue_id, pages in self._split_ahead(pool):
                yield from self._do_issue(issue_id, pages)
        if self.run:
            self.run.finished_at = timezone.now()
            self.run.save(update_fields=["finished_at"])

    def _knowledge(self, page: Page) -> tuple[Knowledge, bytes]:
        """What the page's newspaper knew when the run first came to it, also packed for another process."""
        if page.newspaper_id not in self.frozen:
            knowledge = knowledge_in_use(page.newspaper_id)
            self.frozen[page.newspaper_id] = knowledge, knowledge.pack()
        return self.frozen[page.newspaper_id]

    def _link_what_was_left(self) -> None:
        """A run that was killed has left at most the jumps of the issue that it was at."""
        for run in ImportRun.objects.filter(options__kind=RESPLIT, finished_at=None):
            last = run.outcomes.filter(page__issue__isnull=False).order_by("-pk").first()
            if last and last.page and last.page.issue_id:
                link_issues([last.page.issue_id])

    def _split_ahead(self, pool: ProcessPoolExecutor | None) -> Iterator[tuple[int | None, list[Splitting]]]:
        """The pages of each issue, being split; some pages ahead of what is stored."""
        waiting: deque[tuple[int | None, list[Splitting]]] = deque()
        for _, group in groupby(self.ids, key=lambda pair: (pair[1], pair[1] or pair[0])):
            ids = [pk for pk, _ in group]
            rows = Page.objects.select_related("newspaper", "issue").in_bulk(ids)
            pages = [Splitting(rows[pk], pool, *self._knowledge(rows[pk])) for pk in ids if pk in rows]
            waiting.append((pages[0].page.issue_id if pages else None, pages))
            if sum(len(each) for _, each in waiting) > (AHEAD * self.scope.jobs if pool else 0):
                yield waiting.popleft()
        yield from waiting

    def _do_issue(self, issue_id: int | None, pages: Sequence[Splitting]) -> list[Outcome]:
        splits = [(splitting.page, splitting.result()) for splitting in pages]
        with transaction.atomic() if self.scope.dry_run else nullcontext():
            done = [outcome for page, split in splits if (outcome := self._do_page(page, split))]
            changed = [outcome for outcome in done if outcome.result == Result.RESPLIT]
            if changed and issue_id is not None:
                self.linked += link_issues([issue_id])
            for outcome in changed:
                _tell_change(outcome)
                self._records().filter(page=outcome.page).update(reason=outcome.words[:1000])
            if self.scope.dry_run:
                transaction.set_rollback(True)
        return done

    def _records(self) -> Any:
        return ImportOutcome.objects.filter(run=self.run) if self.run else ImportOutcome.objects.none()

    def _do_page(self, page: Page, split: PageSplit | str) -> Outcome | None:
        try:
            if isinstance(split, str):
                return self._record(Outcome(page, Result.FAILED, split))
            with transaction.atomic():
                outcome = self._split_again(page, split)
                return outcome and self._record(outcome)
        except ActRefused as error:  # somebody joins and parts its articles just now
            return self._record(Outcome(page, Result.FAILED, str(error)))
        except (DataError, IntegrityError, ValueError) as error:  # of this page; a database that is away ends the run
            return self._record(Outcome(page, Result.FAILED, f"写入数据库失败（{error}），请报告给开发者。"))

    def _record(self, outcome: Outcome) -> Outcome:
        if self.run:
            path, reason = outcome.page.source_path, outcome.reason[:1000]
            ImportOutcome.objects.create(
                run=self.run, path=path, result=outcome.result, reason=reason, page=outcome.page
            )
        return outcome

    def _split_again(self, seen: Page, split: PageSplit) -> Outcome | None:
        """None if meanwhile another has split the page, removed it or signed it off."""
        # One writer a newspaper, as imports; then the pages that parting may change, as acts lock them.
        Newspaper.objects.select_for_update(no_key=True).get(pk=seen.newspaper_id)
        page = next((page for page in lock_pages({seen.pk}, whole=True) if page.pk == seen.pk), None)
        if page is None or (page.extractor == EXTRACTOR and seen.extractor != EXTRACTOR):
            return None
        if page.text_sha256 != seen.text_sha256:
            found = split_text(page.source_text, self._knowledge(page)[0])
            if isinstance(found, str):
                return Outcome(page, Result.FAILED, found)
            split = found
        if page.state == Page.State.REVIEWED and not self.scope.signed_off:
            return None
        return _propose(page, split) if page.touched or _touched_around(page) else _replace(page, split)


class Splitting:
    """A page on its way through extraction, in a process of the pool or here when its turn comes."""

    def __init__(self, page: Page, pool: ProcessPoolExecutor | None, knowledge: Knowledge, packed: bytes):
        self.page, self.knowledge = page, knowledge
        self.work: Future[PageSplit | str] | None = None
        with suppress(BrokenProcessPool):  # then it is split here
            self.work = pool.submit(split_in_process, page.source_text, packed) if pool else None

    def result(self) -> PageSplit | str:
        if self.work is not None:
            try:
                return self.work.result()
            except BrokenProcessPool:
                pass  # another page may have broken it: try this one here
        return split_text(self.page.source_text, self.knowledge)


def _record_run(scope: Scope, user: Any) -> ImportRun:
    days = {name: str(day) for name in ("since", "until") if (day := getattr(scope, name))}
    said = {name: True for name in ("everything", "signed_off") if getattr(scope, name)}
    options = {"kind": RESPLIT, "extractor": EXTRACTOR, **days, **said}
    return ImportRun.objects.create(newspaper=scope.newspaper, user=user, options=options)


def _touched_around(page: Page) -> bool:
    here = Article.objects.filter(blocks__page=page)
    around = Page.objects.filter(blocks__article__in=here).exclude(pk=page.pk).distinct()
    return any(other.touched for other in around.defer("source_text"))


def _replace(page: Page, split: PageSplit) -> Outcome:
    """Give a page that nobody has touched the new split."""
    if same_split(page, split):
        Page.objects.filter(pk=page.pk).update(extractor=EXTRACTOR)
        return Outcome(page, Result.UNCHANGED)
    before = read_runs(page)
    page.extractor, page.staff = EXTRACTOR, list(map(list, split.staff))
    page.version += 1
    page.save(update_fields=["extractor", "staff", "version"])
    write_split(page, split)
    weigh_pages([page.pk])
    return Outcome(page, Result.RESPLIT, runs_before=before)


def _tell_change(outcome: Outcome) -> None:
    """What the new split changed for readers."""
    page, before = outcome.page, outcome.runs_before
    now = read_runs(page)
    old, new = ({run.place.number for run in runs if run.place.kind == "article"} for runs in (before, now))
    outcome.articles_before, outcome.articles_after = len(old), len(new)
    was, stands = cut_alike(page.source_text, before, now)
    outcome.moved = sum(one.place != two.place for one, two in zip(was, stands, strict=True))
    for article in Article.objects.filter(Q(merged_into__isnull=False) | Q(gone=True), pk__in=old):
        survivor = Article.objects.survivor_of(article.pk)
        outcome.redirected[article.pk] = survivor.pk if survivor and survivor.lives else None


def _propose(page: Page, split: PageSplit) -> Outcome:
    """Say in doubts what the new split has otherwise and no editor has decided."""
    proposals = [*_find_proposals(page, split)]
    known = {_key(doubt): doubt for doubt in page.doubts.filter(origin=Doubt.Origin.RESPLIT)}
    wanted = {_key(doubt) for doubt in proposals}
    outdated = [doubt.pk for key, doubt in known.items() if key not in wanted and doubt.state == Doubt.State.OPEN]
    Doubt.objects.filter(pk__in=outdated).delete()
    fresh = [doubt for doubt in proposals if _key(doubt) not in known]
    Doubt.objects.bulk_create(fresh)
    Page.objects.filter(pk=page.pk).update(extractor=EXTRACTOR)
    if fresh or outdated:
        weigh_pages([page.pk])
    words = [doubt.text for doubt in fresh]
    if not words:
        return Outcome(page, Result.UNCHANGED)
    why = "编辑改过这一版" if page.touched else "有文章接到编辑改过的版面"
    return Outcome(page, Result.KEPT, f"{why}，提出 {len(words)} 条建议。", words)


def _key(doubt: Doubt) -> str:
    return json.dumps(doubt.proposal, sort_keys=True)


def _find_proposals(page: Page, split: PageSplit) -> Iterator[Doubt]:
    text, mine = page.source_text, read_runs(page)
    rows, kinds = rows_before_acts(page)
    base = read_runs(page, rows)
    places = _name_articles(page, split, base, mine)
    theirs = runs_of_split(text, split, places)
    rows_of = Article.objects.in_bulk({run.place.number for run in (*mine, *theirs) if run.place.kind == "article"})
    continued = [pk for pk, article in rows_of.items() if article.page_id != page.pk]
    groups = merge(text, base, mine, theirs, corrected=corrected_spans(page), continued=continued)
    words = Words(text, lambda pk: rows_of[pk].title[:30], dict(Block.Role.choices), dict(Block.Reason.choices))
    for changes in groups:
        first = changes[0]
        yield Doubt(
            page=page,
            article=rows_of.get(first.was.place.number),
            start=first.start,
            end=first.end,
            code=RESPLIT,
            text=words.say(changes, _whole(changes, mine))[:500],
            proposal={"act": ACT, "changes": to_json(changes)},
            origin=Doubt.Origin.RESPLIT,
        )
    yield from _propose_kinds(page, split, places, kinds, rows_of)


def _whole(changes: Sequence[Change], mine: Sequence[Run]) -> list[int]:
    """The articles that move to another with all of their text on the page."""
    left = Counter(run.place.number for run in mine if run.place.kind == "article" for _ in range(run.start, run.end))
    for change in changes:
        if change.place and change.place.kind == "article":
            left[change.was.place.number] -= change.end - change.start
    gone = {change.was.place.number for change in changes if change.was.place.kind == "article"}
    return [pk for pk in gone if left[pk] <= 0]


def _name_articles(page: Page, split: PageSplit, base: Sequence[Run], mine: Sequence[Run]) -> list[Place]:
    """The place of each article of the split: the article that it is, by the largest shared text; else a new one.

    Of the old split's articles first, then of those that editors made. One that was merged since is the survivor.
    """
    text = page.source_text
    texts = ["".join(text[split.blocks[i].start : split.blocks[i].end] for i in a.blocks) for a in split.articles]
    old = texts_of(text, base)
    heirs = {index: pk for pk, index in hand_on(old, texts).items()}
    rest = [index for index in range(len(texts)) if index not in heirs]
    made = {pk: words for pk, words in texts_of(text, mine).items() if pk not in old}
    heirs |= {rest[index]: pk for pk, index in hand_on(made, [texts[i] for i in rest]).items()}
    places = [Place("new", index, found.kind) for index, found in enumerate(split.articles)]
    for index, pk in heirs.items():
        article = Article.objects.get(pk=pk)
        survivor = article if article.lives else Article.objects.survivor_of(pk)
        if survivor and survivor.lives:
            places[index] = Place("article", survivor.pk)
    return places


def runs_of_split(text: str, split: PageSplit, places: Sequence[Place]) -> list[Run]:
    order = {i: n for found in split.articles for n, i in enumerate(found.blocks)}
    parts = []
    for i, block in enumerate(split.blocks):
        if block.article is not None:
            place = Place("new", block.article)
        elif block.duplicate_of:
            place = Place("folded", detail=block.duplicate_of)
        else:
            place = Place("aside", detail=block.reason or str(Block.Reason.FRAGMENT))
        parts.append(Part(block.start, block.end, place, block.role, block.joins, order.get(i, 0)))
    # Laid out first: two articles may be one by now, and what goes on from what is said of each.
    runs = lay_runs(text, parts)
    return [replace(run, place=places[run.place.number]) if run.place.kind == "new" else run for run in runs]


def _propose_kinds(
    page: Page, split: PageSplit, places: Sequence[Place], kinds: dict[int, str], articles: dict[int, Article]
) -> Iterator[Doubt]:
    """Of articles that stand on this page alone: the new split calls one otherwise, and no editor has said."""
    for found, place in zip(split.articles, places, strict=True):
        article = articles.get(place.number) if place.kind == "article" else None
        if article is None or "kind" in article.fixed or article.page_id != page.pk:
            continue
        was = kinds.get(article.pk)
        if found.kind in (was, article.kind) or article.kind != was or found.kind == Article.Kind.CONTINUATION:
            continue
        if article.blocks.exclude(page=page).exists():
            continue
        kind = Article.Kind(found.kind)
        yield Doubt(
            page=page,
            article=article,
            code=RESPLIT,
            text=f"《{article.title[:30]}》的体裁应是{kind.label}，现为{article.get_kind_display()}。",
            proposal={"act": "set_kind", "article": article.pk, "kind": str(kind)},
            origin=Doubt.Origin.RESPLIT,
        )
