"""Undo: an act that writes back what an entry changed, where nobody has changed it since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Count, Q

from ..assembly import lay_out
from ..models import Article, Block, Correction, Page
from ..models.pages import BESIDE_THE_PAGE
from .images import NAMES, names_in, restore
from .journal import SIGN_OFF_FIELDS, Act, ActRefused, UndoBlocked, open_act, open_again
from .pages import forget_address, leave_address
from .passages import check_no_circle
from .stacks import in_force

# What an act on many changes of articles: nothing that is written from their passages.
FILING = {"category_id", "column_id", "credits", "fixed"}
# Acts that are a word on the whole page, and acts that leave such a word standing.
OF_REVIEW = ("send_to_review", "sign_off", "reopen", "mark_unfixable")
BESIDE_THE_WORD = (*BESIDE_THE_PAGE, "accept_doubt", "dismiss_doubt")
# What editors of another archive did to a page before it came here in a package: noted, with nothing to write back.
TAKE_OVER = "take_over"
CLOSED = (Page.State.CHECKING, Page.State.REVIEWED)


def undo(*, entry: Correction, user: Any, versions: Mapping[int, int] | None = None) -> Correction | None:
    """Write back what `entry` changed, and with it all entries of its batch. Undoing an undo does the act again.

    Raises UndoBlocked.
    """
    rows = Correction.objects.filter(batch=entry.batch) if entry.batch else Correction.objects.filter(pk=entry.pk)
    batch = uuid4() if entry.batch else None
    seen, undone = dict(versions or {}), []
    with transaction.atomic():
        for pk in list(rows.order_by("-pk").values_list("pk", flat=True)):
            act = _undo_one(Correction.objects.get(pk=pk), batch, user, seen)
            undone.append(act)
            # A page may carry articles of several entries.
            seen.update({page: seen[page] + 1 for page in act.pages if act.entry and page in seen})
        for act in undone:
            _check_names(act.undoes)
    return undone[-1].entry


def _undo_one(entry: Correction, batch: UUID | None, user: Any, versions: Mapping[int, int]) -> Act:
    entry = _in_force(entry)
    if entry.action == TAKE_OVER:
        raise ActRefused("这一版的校改是随包带入的，单步已不可撤销。")
    done = _as_first_done(entry)
    rows = {**done.before.get("article", {}), **done.after.get("article", {})}
    state_is_its_own = any("state" in image for image in done.after.get("page", {}).values())
    whole = _is_whole(done)
    with open_act(
        "undo",
        pages=entry.pages.defer("source_text"),
        articles=Article.objects.filter(pk__in=[int(pk) for pk in rows]),
        arguments={"action": entry.action},
        user=user,
        versions=versions,
        reopens=not state_is_its_own and first_action(entry) not in BESIDE_THE_PAGE,
        whole=whole,
    ) as act:
        if Correction.objects.filter(undoes=entry).exists():
            raise ActRefused("这一步已经撤销过了。")
        for model in NAMES:
            table = model.__name__.lower()
            act.lock_names(model, [int(pk) for pk in {**done.before.get(table, {}), **done.after.get(table, {})}])
        _check_unchanged(done, act)
        before = _corrected_spans(act)
        moved = "page" in done.after
        for page in act.pages.values() if moved else ():
            leave_address(page)
        restore(done.before, done.after)
        after = _corrected_spans(act)
        own = {int(pk) for pk, image in done.before.get("block", {}).items() if "corrected_text" in image}
        if any(after.get(pk, span) != span for pk, span in before.items() if pk not in own):
            raise ActRefused("这段文字此后改正过，请先撤销那次改正。")
        _check_readers_get_all(done, act)
        _check_order(entry, done, act)
        _check_word(entry, act)
        for page in Page.objects.filter(pk__in=act.pages).select_related("newspaper", "issue") if moved else ():
            forget_address(page)
        act.undoes, act.settles, act.batch = entry, False, batch
    return act


def _check_readers_get_all(entry: Correction, act: Act) -> None:
    """Refuse to put passages where no reader finds them: into an article that has been merged meanwhile or is gone,
    or folded as repeats of one another. Nor is an article left without any."""
    moved = Block.objects.filter(pk__in=[int(pk) for pk in entry.before.get("block", {})])
    lost = {a.pk for a in Article.objects.filter(blocks__in=moved).distinct() if not a.lives}
    was = {image["article_id"] for image in entry.after.get("block", {}).values() if image.get("article_id")}
    lost |= set(Article.objects.living().filter(pk__in=was, blocks=None).values_list("pk", flat=True))
    if lost:
        raise UndoBlocked([later for later in _later_acts(entry, act.pages) if lost & _articles_left(later)])
    for block in moved:
        if block.duplicate_start is not None and block.duplicate_end is not None:
            passages = lay_out(block.page, block.page.blocks.all())
            here = next(p for p in passages if p.block.pk == block.pk)
            check_no_circle(here, block.duplicate_start, block.duplicate_end, passages)


def _check_order(entry: Correction, done: Correction, act: Act) -> None:
    """Refuse to put passages where others of their article stand by now: which comes first would be left to chance."""
    moved = Block.objects.filter(pk__in=[int(pk) for pk in done.before.get("block", {})], article__isnull=False)
    places = Block.objects.filter(article__in=moved.values("article")).order_by().values_list("article", "position")
    clashing = {article for article, _, _ in places.annotate(n=Count("pk")).filter(n__gt=1)}
    if clashing:
        later = _later_acts(entry, act.pages)
        raise UndoBlocked([each for each in later if clashing & _articles_met(each)] or later)


def _articles_met(entry: Correction) -> set[int | None]:
    """The articles that an act took passages out of, or put them into."""
    images = (*entry.before.get("block", {}).values(), *entry.after.get("block", {}).values())
    return {image.get("article_id") for image in images}


def _articles_left(entry: Correction) -> set[int | None]:
    """The articles that an act took passages out of."""
    return {image.get("article_id") for image in entry.before.get("block", {}).values()}


def _check_word(entry: Correction, act: Act) -> None:
    """The word that a page is mended, or right, comes back only for the text it was given of, and not by the hand of
    somebody whom it is to be kept from. A mere act on the page is undone all the same; the page stays open."""
    closed = Page.objects.filter(pk__in=act.pages, state__in=CLOSED).select_related("newspaper")
    of_review, own = first_action(entry) in OF_REVIEW, act.user is None or entry.user_id == act.user.pk
    for page in closed:
        if "state" not in entry.before.get("page", {}).get(str(page.pk), {}):
            continue
        later = _later_acts(entry, [page.pk])
        if later and of_review:
            raise UndoBlocked(later)
        if later:
            open_again([page])
        needs_another = page.newspaper.needs_second_person and page.state == Page.State.REVIEWED
        if of_review and needs_another and not own and page.checked_by_id == act.user.pk:
            raise ActRefused("这份报纸要求由第二人签发，请交给另一位同事。")


def _later_acts(entry: Correction, pages: Iterable[int]) -> list[Correction]:
    """What was done on the pages after `entry` and still stands, but for what a sign-off does not speak of."""
    rows = Correction.objects.filter(pages__in=pages, pk__gt=entry.pk).distinct().select_related("user", "undoes")
    standing = in_force(rows.order_by("-pk"), since=entry.pk)
    return [later for later in reversed(standing) if first_action(later) not in BESIDE_THE_WORD]


def _corrected_spans(act: Act) -> dict[int, tuple[int, int]]:
    """Where the passages with a correction stand: a correction is of just that text."""
    return {
        p.block.pk: (p.start, p.end)
        for page in (act.pages.values() if act.whole else ())
        for p in lay_out(page, page.blocks.all())
        if p.block.corrected_text is not None
    }


def first_entry(entry: Correction) -> Correction:
    """What an undo, or an undo of one, is about in the end."""
    while entry.undoes:
        entry = entry.undoes
    return entry


def first_action(entry: Correction) -> str:
    return first_entry(entry).action


def _is_whole(entry: Correction) -> bool:
    """Did it change passages, or what only a page's sign-off speaks for?"""
    if {"block", "doubt"} & {*entry.before, *entry.after}:
        return True
    if any(set(image) != {"assigned_to_id"} for image in entry.after.get("page", {}).values()):
        return True
    articles = [*entry.before.get("article", {}).values(), *entry.after.get("article", {}).values()]
    return any(set(image) - FILING for image in articles)


def _check_names(entry: Correction | None) -> None:
    """Refuse to file articles again under a name that has been merged since."""
    images = () if entry is None else entry.before.get("article", {}).values()
    for model, ids in names_in(images).items():
        merged = model._default_manager.filter(pk__in=ids, merged_into__isnull=False).first()
        if merged:
            raise ActRefused(f"不能撤销：“{merged}”此后已并入别的名称，请先撤销那次合并。")


def _in_force(entry: Correction) -> Correction:
    """The entry to undo for `entry`: itself, or what did it again after it was undone."""
    undone = Correction.objects.filter(undoes=entry).first()
    while undone:
        again = Correction.objects.filter(undoes=undone).first()
        if again is None:
            raise ActRefused("这一步已经撤销过了。")
        entry, undone = again, Correction.objects.filter(undoes=again).first()
    return entry


def _as_first_done(entry: Correction) -> Correction:
    """The entry, or where it did again what had lapsed, and so changed nothing, the last that did just this in fact."""
    while not (entry.before or entry.after) and entry.undoes and entry.undoes.undoes:
        entry = entry.undoes.undoes
    return entry


def _check_unchanged(entry: Correction, act: Act) -> None:
    in_the_way = set()
    for table in {**entry.before, **entry.after}:
        left, was = entry.after.get(table, {}), entry.before.get(table, {})
        for pk in {**was, **left}:
            lapses = was.get(pk, {}) if table == "page" else {}
            if not _is_as_left(act.before[table].get(pk), left.get(pk), lapses):
                in_the_way.add((table, pk))
    if in_the_way:
        near = Q(pages__in=act.pages) | Q(action__in=("rename_name", "merge_names"))
        later = Correction.objects.filter(near, pk__gt=entry.pk, undone_by=None).distinct()
        raise UndoBlocked([c for c in later.order_by("pk") if in_the_way & _rows_of(c)])


def _is_as_left(row: dict[str, Any] | None, left: dict[str, Any] | None, was: dict[str, Any]) -> bool:
    """Is a row as an entry left it? A word on a page that has lapsed since, as any act lets it, is as it `was`."""
    if row is None or left is None:
        return row is left
    return all(row[f] == v or (f in SIGN_OFF_FIELDS and f in was and row[f] == was[f]) for f, v in left.items())


def _rows_of(entry: Correction) -> set[tuple[str, str]]:
    return {(table, pk) for images in (entry.before, entry.after) for table in images for pk in images[table]}
