"""A prepared page -> rows, in one transaction, with its outcome.

created     a page that the archive did not have
revised     a better text, day, number or picture for a page that no editor has touched
resplit     the same text split anew (--resplit)
unchanged   the archive has just this
kept        an editor has touched the page; nothing was changed
duplicate   the same text under another name or date; nothing was changed
failed      nothing could be made of the file
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.conf import settings
from django.db import transaction

from ..corrections.pages import leave_address
from ..extraction.numbering import sort_key_of
from ..models import Article, Doubt, ImportOutcome, ImportRun, Newspaper, Original, Page, PageRevision
from ..search import write_documents
from .placing import Options, Place, find_issue
from .prepare import EXTRACTOR, Prepared
from .sources import Source, UnreadableSource
from .splitting import articles_with_texts, replace_split, same_split, write_split

Result = ImportOutcome.Result


@dataclass(frozen=True, slots=True)
class Picture:
    data: bytes
    suffix: str

    @property
    def path(self) -> str:
        digest = hashlib.sha256(self.data).hexdigest()
        return f"facsimiles/{digest[:2]}/{digest}{self.suffix}"

    def store(self) -> None:
        """Write the picture under its digest; a file that is there already is the same."""
        path = settings.MEDIA_ROOT / self.path
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_suffix(".part")
            fresh.write_bytes(self.data)
            fresh.replace(path)


def read_picture(source: Source) -> tuple[Picture | None, str]:
    """The facsimile beside a page file, or none and why it cannot be used."""
    try:
        found = source.read_picture()
    except UnreadableSource as error:
        return None, str(error)
    return (Picture(*found) if found else None), ""


class Store:
    """Writes the pages of one import run; `written` are those that the run itself has made or revised."""

    def __init__(self, newspaper: Newspaper, run: ImportRun, options: Options):
        self.newspaper, self.run, self.options = newspaper, run, options
        self.written: set[int] = set()
        self.issues: set[int] = set()

    def find_known(self, sha256: str) -> Page | None:
        """The page that has just these bytes, so that a file seen before need not be split again."""
        if self.options.encoding or self.options.resplit:
            return None
        return self._pages().filter(original=sha256).order_by("pk").first()

    def store_page(
        self, name: str, prepared: Prepared, place: Place, picture: Picture | None, notes: list[str]
    ) -> ImportOutcome:
        """Write one page; whatever happens is in the outcome, which is saved with it."""
        with transaction.atomic():
            Newspaper.objects.select_for_update().get(pk=self.newspaper.pk)
            result, page, reason = self._decide(prepared, place, picture)
            if page is not None:
                self.issues |= {page.issue_id} - {None}
            if result in (Result.CREATED, Result.REVISED, Result.RESPLIT) and page is not None:
                self.written.add(page.pk)
            reason = "；".join(r for r in (reason, *notes) if r)
            return ImportOutcome.objects.create(
                run=self.run, path=name[-500:], result=result, reason=reason[:1000], page=page
            )

    def fail(self, name: str, reason: str) -> ImportOutcome:
        return ImportOutcome.objects.create(
            run=self.run, path=name[-500:], result=Result.FAILED, reason=reason[:1000], page=None
        )

    def _pages(self):  # type: ignore[no-untyped-def]
        return Page.objects.filter(newspaper=self.newspaper).select_related("newspaper", "issue")

    def _decide(self, prepared: Prepared, place: Place, picture: Picture | None) -> tuple[str, Page | None, str]:
        same = self._pages().filter(text_sha256=prepared.text_sha256).order_by("pk").first()
        if same is not None:
            return self._meet_same_text(same, prepared, place, picture)
        other = self._find_by_place(place) or self._find_by_source(prepared, place)
        if other is not None and other.pk not in self.written:
            if other.touched:
                return Result.KEPT, other, "编辑改过这一版，未用新原文替换。"
            self._revise(other, prepared, place, picture)
            return Result.REVISED, other, f"换上新原文，旧原文留存为第{other.revision - 1}稿。"
        page = self._create(prepared, place, picture, number_taken=other is not None)
        taken = f"第{place.number}版已由本次导入的另一文件占用，版次暂缺。" if other is not None else ""
        return Result.CREATED, page, taken

    def _meet_same_text(
        self, page: Page, prepared: Prepared, place: Place, picture: Picture | None
    ) -> tuple[str, Page, str]:
        if reason := _contradiction(page, prepared, place):
            return Result.DUPLICATE, page, reason
        better = _better_place(page, place)
        if picture and not page.facsimile:
            better.append("版面图")
        if self.options.resplit and prepared.split is not None:
            return self._split_again(page, prepared, place, picture, better)
        if not better:
            return Result.UNCHANGED, page, ""
        if page.touched:
            return Result.KEPT, page, f"编辑改过这一版，{'、'.join(better)}未更新。"
        if number_is_taken(page, place):
            return Result.UNCHANGED, page, f"第{place.number}版已有另一版面，版次未更新。"
        self._put(page, place, picture)
        self._follow(page)
        return Result.REVISED, page, f"更新{'、'.join(better)}。"

    def _split_again(
        self, page: Page, prepared: Prepared, place: Place, picture: Picture | None, better: list[str]
    ) -> tuple[str, Page, str]:
        assert prepared.split is not None
        if page.touched:
            return Result.KEPT, page, "编辑改过这一版，未重新拆分。"
        if same_split(page, prepared.split) and not better:
            if page.extractor != EXTRACTOR:
                Page.objects.filter(pk=page.pk).update(extractor=EXTRACTOR)
            return Result.UNCHANGED, page, "拆分结果不变。"
        if not number_is_taken(page, place):
            self._put(page, place, picture)
        page.extractor, page.version = EXTRACTOR, page.version + 1
        page.save(update_fields=["extractor", "version"])
        write_split(page, prepared.split)
        self._raise_doubts(page, place, number_taken=False)
        return Result.RESPLIT, page, ""

    def _find_by_place(self, place: Place) -> Page | None:
        """The page of that day and number, if both are facts: a day that is inferred is no reason to replace a page."""
        if not (place.date_sure and place.number):
            return None
        return self._pages().filter(issue__date=place.date, issue__edition=place.edition, number=place.number).first()

    def _find_by_source(self, prepared: Prepared, place: Place) -> Page | None:
        """The page that came from the file of that path, unless the day or number known now is another."""
        for page in self._pages().filter(source_path=prepared.name[-500:]).order_by("-pk"):
            other_day = place.date_sure and page.issue and not page.date_inferred and page.issue.date != place.date
            other_number = place.number and page.number and page.number != place.number
            if not other_day and not other_number:
                return page
        return None

    def _create(self, prepared: Prepared, place: Place, picture: Picture | None, number_taken: bool) -> Page:
        page = Page(newspaper=self.newspaper, name=place.name, extractor=EXTRACTOR)
        page.issue = find_issue(self.newspaper.pk, place)
        number_taken = number_taken or number_is_taken(page, place)
        page.number = "" if number_taken else place.number
        page.sort_key, page.date_evidence = sort_key_of(page.number), place.evidence
        self._set_source(page, prepared)
        if picture:
            page.facsimile = self._store_picture(picture)
        page.save()
        assert prepared.split is not None
        write_split(page, prepared.split)
        self._raise_doubts(page, place, number_taken)
        return page

    def _revise(self, page: Page, prepared: Prepared, place: Place, picture: Picture | None) -> None:
        assert prepared.split is not None
        fields = ("original", "source_path", "encoding", "source_text", "text_sha256", "revision")
        PageRevision.objects.create(page=page, **{f: getattr(page, f) for f in fields})
        old = articles_with_texts(page)
        self._set_source(page, prepared)
        page.revision, page.extractor, page.version = page.revision + 1, EXTRACTOR, page.version + 1
        page.save()
        self._put(page, place, picture)
        replace_split(page, prepared.split, *old)
        self._raise_doubts(page, place, number_taken=False)

    def _set_source(self, page: Page, prepared: Prepared) -> None:
        page.original, _ = Original.objects.get_or_create(
            sha256=prepared.sha256, defaults={"size": prepared.size, "packed": prepared.packed}
        )
        page.source_path, page.encoding = prepared.name[-500:], prepared.encoding
        page.source_text, page.text_sha256 = prepared.text, prepared.text_sha256

    def _put(self, page: Page, place: Place, picture: Picture | None) -> None:
        """Write what is known better now of a page's day, number, name and picture; its old address leads to it."""
        before = page.get_absolute_url()
        if _knows_day_better(page, place):
            page.issue, page.date_evidence = find_issue(page.newspaper_id, place), place.evidence
        if place.number and (not page.number or place.number_outside):
            page.number = place.number
        page.name = page.name or place.name
        page.sort_key = sort_key_of(page.number)
        if picture and not page.facsimile:
            page.facsimile = self._store_picture(picture)
        if before and before != page.get_absolute_url():
            leave_address(Page.objects.select_related("newspaper", "issue").get(pk=page.pk))
        page.save()

    def _store_picture(self, picture: Picture) -> str:
        if not self.options.dry_run:
            picture.store()
        return picture.path

    def _follow(self, page: Page) -> None:
        """Let what is written from the page's place follow it, and drop doubts that it answers."""
        from ..assembly import write_articles

        write_articles(list(Article.objects.filter(blocks__page=page).distinct()))
        write_documents(pages=[page])
        answered = [
            c for c, known in (("date_unknown", page.issue_id), ("date_inferred", not page.date_evidence)) if known
        ]
        answered += ["number_unknown"] if page.number else []
        page.doubts.filter(origin=Doubt.Origin.MACHINE, code__in=answered).delete()
        Page.objects.filter(pk=page.pk).update(version=page.version + 1)

    def _raise_doubts(self, page: Page, place: Place, number_taken: bool) -> None:
        doubts = []
        if page.issue_id is None:
            doubts.append(("date_unknown", "看不出这一版是哪一天的，请定日期；定了以后读者才看得到。"))
        elif page.date_evidence:
            doubts.append(("date_inferred", f"日期由文中“{page.date_evidence}”推定，请核对。"))
        if number_taken:
            doubts.append(("number_taken", f"这一天已有第{place.number}版，请核对这一版的版次。"))
        elif not page.number:
            doubts.append(("number_unknown", "看不出这是第几版，请定版次。"))
        if "\ufffd" in page.source_text:
            at = page.source_text.index("\ufffd")
            doubts.append(("damaged", "原文有损坏的字节，显示为 \ufffd，请对照报纸补正。"))
            span = (at, at + 1)
        else:
            span = (0, 0)
        page.doubts.filter(origin=Doubt.Origin.MACHINE, code__in=[code for code, _ in doubts]).delete()
        Doubt.objects.bulk_create(
            Doubt(
                page=page,
                code=code,
                text=text[:500],
                start=span[0] if code == "damaged" else 0,
                end=span[1] if code == "damaged" else 0,
            )
            for code, text in doubts
        )


def _contradiction(page: Page, prepared: Prepared, place: Place) -> str:
    """Why a file with the text of `page` is not that page's own file; "" if it may be."""
    day_known = page.issue is not None and not page.date_inferred
    if place.date_outside and day_known and page.issue.date != place.date:  # type: ignore[union-attr]
        return f"与{page}（{page.source_path}）文字相同，日期却是{place.date}；未重复收录。"
    if place.number_outside and page.number and page.number != place.number:
        return f"与{page}（{page.source_path}）文字相同，版次却是{place.number}；未重复收录。"
    placed_alike = place.date_outside and place.number_outside and day_known and page.number == place.number
    if not placed_alike and PurePosixPath(prepared.name).name != PurePosixPath(page.source_path).name:
        return f"与{page}（{page.source_path}）文字相同，只是文件名不同；未重复收录。"
    return ""


def _knows_day_better(page: Page, place: Place) -> bool:
    if place.date is None:
        return False
    return page.issue is None or (page.date_inferred and place.date_sure)


def _better_place(page: Page, place: Place) -> list[str]:
    """What the file says better than the page has it, in words."""
    better = []
    if _knows_day_better(page, place):
        better.append("日期")
    if place.number and not page.number:
        better.append("版次")
    if place.name and not page.name:
        better.append("版名")
    return better


def number_is_taken(page: Page, place: Place) -> bool:
    """Has another page the place's number on its day?"""
    if not place.number:
        return False
    knows_better = page.pk is None or _knows_day_better(page, place)
    date = place.date if knows_better else page.issue and page.issue.date
    others = Page.objects.filter(
        newspaper=page.newspaper_id, issue__date=date, issue__edition=place.edition, number=place.number
    )
    return date is not None and others.exclude(pk=page.pk).exists()
