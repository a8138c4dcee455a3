"""Prepared pages -> rows, each in one transaction with its outcome; plainly new ones some at a time in one.

created     a page that the archive did not have
revised     a better text, day, number or picture for a page that no editor has touched
resplit     the same text split anew (--resplit)
unchanged   the archive has just this
kept        an editor has touched the page; nothing was changed
duplicate   the same text under another name or date, or one that a better one has replaced; nothing was changed
failed      nothing could be made of the file
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from django.db import transaction
from django.db.models import QuerySet

from ..assembly import weigh_pages, write_articles
from ..bulk import give_ids, insert_rows
from ..corrections.pages import leave_address
from ..extraction.knowledge import EMPTY, Knowledge
from ..extraction.numbering import sort_key_of
from ..extraction.page_file import EXTRACTOR, Prepared
from ..models import Article, FormerAddress, ImportOutcome, ImportRun, Issue, Newspaper, Original, Page, PageRevision
from ..search import write_documents
from .comparing import same_split
from .doubting import find_place_doubts, raise_place_doubts
from .layouts import add_layouts, replace_layout
from .meeting import find_by_place, find_counterpart, find_new, source_path_of, why_duplicate
from .parting import part_from_other_pages
from .paths import shown_path
from .pictures import is_another, read_picture
from .placing import Options, Place, better_place, find_issue, find_issues, knows_day_better, number_is_taken
from .sources import Source, UnreadableSource, words_for
from .splitting import add_contents, articles_with_texts, replace_split, write_split

Result = ImportOutcome.Result
Decision = tuple[str, Page, str]


class SplitNeeded(Exception):
    """The page that made a split needless is no longer what it was."""


class NotNew(Exception):
    """Another import has stored one of the pages meanwhile."""


@dataclass
class Arrival:
    """A file that has been read: what it holds and says, and what there is to tell whoever imports it."""

    prepared: Prepared
    place: Place
    picture: Source | None = None
    notes: list[str] = field(default_factory=list)

    @property
    def source_path(self) -> str:
        return source_path_of(self.prepared.name)


@dataclass(frozen=True, slots=True)
class NewPage:
    """A page not yet saved; `taken`: its number is another page's, and so left out."""

    page: Page
    arrival: Arrival
    taken: bool = False


class Store:
    """Writes the pages of one import run. `met`: pages that a file of the run stands for; `issues`: theirs."""

    def __init__(self, newspaper: Newspaper, run: ImportRun, options: Options, knowledge: Knowledge = EMPTY):
        self.newspaper, self.run, self.options, self.knowledge = newspaper, run, options, knowledge
        self.met: set[int] = set()
        self.issues: set[int] = set()

    def take_up(self) -> None:
        """Go on where the run was broken off: what it has met it has met."""
        pages = Page.objects.filter(importoutcome__in=self.run.outcomes.exclude(result=Result.DUPLICATE))
        for pk, issue_id in pages.values_list("pk", "issue"):
            self.met.add(pk)
            self._link_later(issue_id)

    def find_known(self, digests: Collection[str]) -> dict[str, Page]:
        """The pages that have just these bytes, so that files seen before need not be split again."""
        if self.options.encoding or self.options.resplit or self.options.places is not None:
            return {}
        return {str(page.original_id): page for page in self._pages().filter(original__in=digests).order_by("-pk")}

    def find_new(self, files: Sequence[Arrival | str]) -> list[bool]:
        """Which of these can be stored together: plainly new pages, and files of which only the reason is left why
        nothing could be made of them."""
        arrivals = [file for file in files if isinstance(file, Arrival)]
        pages = Page.objects.filter(newspaper=self.newspaper)
        new = iter(find_new(pages, [(arrival.prepared, arrival.place) for arrival in arrivals]))
        return [not isinstance(file, Arrival) or next(new) for file in files]

    def store_new(self, files: Sequence[tuple[str, Arrival | str]]) -> list[ImportOutcome]:
        """Write files by name that find_new() allows. Raises NotNew."""
        with transaction.atomic():
            self._take_turn()
            if not all(self.find_new([file for _, file in files])):
                raise NotNew
            arrivals = [replace(file, notes=[]) for _, file in files if isinstance(file, Arrival)]
            pages = self._create_all(arrivals)
            made = iter(zip(arrivals, pages, strict=True))
            outcomes = []
            for name, file in files:
                if isinstance(file, str):
                    outcomes.append(self._outcome(name, Result.FAILED, file, None))
                else:
                    arrival, page = next(made)
                    outcomes.append(self._outcome(name, Result.CREATED, "；".join(arrival.notes), page))
            ImportOutcome.objects.bulk_create(outcomes)
        for page in pages:
            self._meet(page)
        return outcomes

    def store_page(self, name: str, arrival: Arrival) -> ImportOutcome:
        """Write one page; what happens is in the outcome, saved with it. Raises SplitNeeded."""
        with transaction.atomic():
            self._take_turn()
            result, page, reason = self._decide(arrival)
            if result in (Result.REVISED, Result.RESPLIT):
                weigh_pages([page.pk])
            outcome = self._outcome(name, result, "；".join(filter(None, (reason, *arrival.notes))), page)
            outcome.save()
        if result != Result.DUPLICATE:
            self._meet(page)
        return outcome

    def fail(self, name: str, reason: str) -> ImportOutcome:
        outcome = self._outcome(name, Result.FAILED, reason, None)
        outcome.save()
        return outcome

    def _take_turn(self) -> None:
        """One writer a newspaper: two imports of the same pages then meet each other's."""
        Newspaper.objects.select_for_update(no_key=True).get(pk=self.newspaper.pk)

    def _outcome(self, name: str, result: str, reason: str, page: Page | None) -> ImportOutcome:
        return ImportOutcome(run=self.run, path=source_path_of(name), result=result, reason=reason[:1000], page=page)

    def _meet(self, page: Page) -> None:
        self.met.add(page.pk)
        self._link_later(page.issue_id)

    def _link_later(self, issue_id: int | None) -> None:
        if issue_id is not None:
            self.issues.add(issue_id)

    def _pages(self) -> QuerySet[Page]:
        return Page.objects.filter(newspaper=self.newspaper).select_related("newspaper", "issue__newspaper")

    def _decide(self, arrival: Arrival) -> Decision:
        prepared, place = arrival.prepared, arrival.place
        pages = self._pages().select_for_update(of=("self",), no_key=True)
        if same := pages.filter(text_sha256=prepared.text_sha256).order_by("pk").first():
            return self._meet_same_text(same, arrival)
        if prepared.split is None:
            raise SplitNeeded
        page = find_counterpart(pages, prepared, place)
        if page is None or page.pk in self.met:
            return self._create(arrival)
        if page.touched:
            return Result.KEPT, page, "编辑改过这一版，未用新原文替换。"
        replaced = page.revisions.filter(text_sha256=prepared.text_sha256).order_by("-pk").first()
        if replaced and page.source_path != arrival.source_path:
            return Result.DUPLICATE, page, f"是{page}第{replaced.revision}稿的旧原文，已被更新的原文换下；未换回。"
        self._revise(page, arrival)
        return Result.REVISED, page, f"换上新原文，旧原文留存为第{page.revision - 1}稿。"

    def _meet_same_text(self, page: Page, arrival: Arrival) -> Decision:
        place = arrival.place
        if reason := why_duplicate(page, arrival.prepared, place, lambda page: page.pk in self.met):
            return Result.DUPLICATE, page, reason
        better = better_place(page, place)
        if "版次" in better and number_is_taken(page, place):
            better.remove("版次")
            arrival.notes.append(f"这一天第{place.number}版已有另一版面，版次未更新。")
        picture = self._take_picture(page, arrival)
        if picture:
            better.append("版面图")
        if self.options.resplit and arrival.prepared.split is not None:
            return self._split_again(page, arrival, picture, better)
        if not better:
            return Result.UNCHANGED, page, ""
        if page.touched:
            return Result.KEPT, page, f"编辑改过这一版，{'、'.join(better)}未更新。"
        page.source_path = arrival.source_path
        taken = self._put(page, arrival, picture)
        write_articles(list(Article.objects.filter(blocks__page=page).distinct()))
        write_documents(pages=[page])
        raise_place_doubts(page, place, number_taken=taken)
        return Result.REVISED, page, f"更新{'、'.join(better)}。"

    def _split_again(self, page: Page, arrival: Arrival, picture: str, better: list[str]) -> Decision:
        split = arrival.prepared.split
        assert split is not None
        if page.touched:
            return Result.KEPT, page, "编辑改过这一版，未重新拆分。"
        if not better and same_split(page, split):
            if page.extractor != EXTRACTOR:
                Page.objects.filter(pk=page.pk).update(extractor=EXTRACTOR)
            return Result.UNCHANGED, page, ""
        page.extractor, page.staff = EXTRACTOR, list(map(list, split.staff))
        taken = self._put(page, arrival, picture)
        write_split(page, split, self.knowledge)
        raise_place_doubts(page, arrival.place, number_taken=taken)
        return Result.RESPLIT, page, f"更新{'、'.join(better)}。" if better else ""

    def _create(self, arrival: Arrival) -> Decision:
        place = arrival.place
        taken = number_is_taken(Page(newspaper=self.newspaper), place)
        other = find_by_place(self._pages(), place) if taken else None
        page = self._make_page(arrival, find_issue(self.newspaper, place), taken)
        self._add([NewPage(page, arrival, taken)])
        where = f"（{shown_path(other.source_path)}）" if other else ""
        return (
            Result.CREATED,
            page,
            f"这一天已有文字不同的第{place.number}版{where}，版次暂缺，请核对。" if taken else "",
        )

    def _create_all(self, arrivals: Sequence[Arrival]) -> list[Page]:
        issues = find_issues(self.newspaper, [arrival.place for arrival in arrivals])
        pages = [self._make_page(each, find_issue(self.newspaper, each.place, issues)) for each in arrivals]
        self._add([NewPage(page, arrival) for page, arrival in zip(pages, arrivals, strict=True)])
        return pages

    def _make_page(self, arrival: Arrival, issue: Issue | None, taken: bool = False) -> Page:
        place = arrival.place
        page = Page(newspaper=self.newspaper, issue=issue, name=place.name, extractor=EXTRACTOR)
        page.number = "" if taken else place.number
        page.sort_key, page.date_evidence = sort_key_of(page.number), place.evidence
        self._set_source(page, arrival)
        page.facsimile = self._take_picture(page, arrival)
        return page

    def _add(self, new: Sequence[NewPage]) -> None:
        """Save new pages with all that they consist of."""
        if not new:
            return
        pages = [each.page for each in new]
        give_ids(pages)
        splits, doubts = [], []
        for each in new:
            page, split = each.page, each.arrival.prepared.split
            assert split is not None
            of_place = find_place_doubts(page, each.arrival.place, number_taken=each.taken)
            page.doubt_weight = (len(split.doubts) + len(of_place)) * len(page.source_text)  # as weigh_pages
            splits.append((page, split))
            doubts += of_place
        keep_originals([each.arrival.prepared for each in new])
        insert_rows(pages)
        add_layouts([(each.page, each.arrival.prepared.lines) for each in new])
        FormerAddress.objects.filter(path__in={unquote(page.get_absolute_url() or "") for page in pages}).delete()
        add_contents(splits)
        insert_rows(doubts)

    def _revise(self, page: Page, arrival: Arrival) -> None:
        prepared = arrival.prepared
        assert prepared.split is not None
        fields = ("original", "source_path", "encoding", "source_text", "text_sha256", "revision")
        PageRevision.objects.create(page=page, **{f: getattr(page, f) for f in fields})
        old = articles_with_texts(page, self.knowledge)
        keep_originals([prepared])
        self._set_source(page, arrival)
        page.revision, page.extractor = page.revision + 1, EXTRACTOR
        taken = self._put(page, arrival, self._take_picture(page, arrival))
        replace_split(page, prepared.split, *old)
        replace_layout(page, prepared.lines)
        raise_place_doubts(page, arrival.place, number_taken=taken)

    def _set_source(self, page: Page, arrival: Arrival) -> None:
        prepared = arrival.prepared
        arrival.notes += prepared.notes  # of bytes that the archive has had before they were told then
        page.original_id = prepared.sha256
        page.source_path, page.encoding = arrival.source_path, prepared.encoding
        page.source_text, page.text_sha256 = prepared.text, prepared.text_sha256
        page.staff = list(map(list, prepared.split.staff)) if prepared.split else []

    def _put(self, page: Page, arrival: Arrival, picture: str) -> bool:
        """Write what is known better now of a page's day, number, name and picture; its old address leads to it.

        Returns whether its number is taken on its day, and so left out.
        """
        place, before = arrival.place, page.get_absolute_url()
        wanted = page.number or place.number
        if knows_day_better(page, place):
            self._link_later(page.issue_id)
            part_from_other_pages(page, self.knowledge)
            page.issue, page.date_evidence = find_issue(page.newspaper, place), place.evidence
        others = Page.objects.filter(issue=page.issue_id, number=wanted).exclude(pk=page.pk)
        taken = bool(wanted) and page.issue_id is not None and others.exists()
        page.number = "" if taken else wanted
        page.sort_key = sort_key_of(page.number)
        page.name = page.name or place.name
        if picture:
            page.facsimile = picture
        if before != page.get_absolute_url():
            leave_address(self._pages().get(pk=page.pk))
            FormerAddress.objects.filter(path=unquote(page.get_absolute_url() or "")).delete()
        page.version += 1
        page.save()
        return taken

    def _take_picture(self, page: Page, arrival: Arrival) -> str:
        """Keep the picture beside the file in the media folder, if the page lacks it; returns its name there."""
        source = arrival.picture
        if source is None or (page.facsimile and not is_another(source, str(page.facsimile))):
            return ""
        try:
            picture = read_picture(source)
            if not self.options.dry_run:
                picture.store()
            return picture.path
        except UnreadableSource as error:
            arrival.notes.append(str(error))
        except OSError as error:
            arrival.notes.append(f"版面图存不下来（{words_for(error)}），请检查媒体文件夹，再导入一次。")
        return ""


def keep_originals(files: Iterable[Prepared]) -> None:
    """Keep the files' bytes, where they are not kept already; in one order, so that two who do so do not wait for each
    other."""
    Original.objects.bulk_create(
        [Original(sha256=p.sha256, size=p.size, packed=p.packed) for p in sorted(files, key=lambda p: p.sha256)],
        ignore_conflicts=True,
    )
