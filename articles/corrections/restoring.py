"""Acts that bring a page, or an article, back to a state of its history: one new entry, undone as any other.

What is brought back are passages, articles and doubts. A page's day, number, name and newspaper stay, and so does what
is a word of its own: sign-off is asked for again, and what was withdrawn stays so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from ..models import Article, Correction, Page
from .history import entries_about, pages_about
from .images import Images, cells, differences, restore, take_images
from .journal import MEANWHILE, Act, ActRefused, name_acts, open_act
from .page_history import FIRST, PageHistory, read_history
from .passages import Versions
from .rewinding import TOLD, Names, copy_rows, fits, in_articles, lay_rows, names_now, pages_of_articles, take_back
from .stacks import in_force

WORDS_OF_THEIR_OWN = ("state", "withdrawn_reason", "withdrawn_at")
UNTOLD = "不能恢复：这一稿之后版面已重新拆分或导入。"
MOVED = "这篇文章的段落此后移出、移入或切分过，只恢复这一篇做不到。请到版面的历史里恢复整版。"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a restoration writes: rows as they shall be, and as they were when the pages had these versions."""

    before: Images
    after: Images
    pages: frozenset[int]
    articles: frozenset[int]
    versions: Mapping[int, int]


def restore_page(*, page: Page, entry: Correction | None, user: Any, versions: Versions = None) -> Correction | None:
    """Bring a page back to how it was after `entry`; without one, to how it was before all acts that can be told.

    With it come the articles that stand, or stood then, on the page, also what of them is on other pages. Refused where
    acts on those pages alone are in the way.
    """
    plan = plan_page(page, entry)
    with open_act(
        "restore_page",
        pages=Page.objects.filter(pk__in=plan.pages),
        articles=Article.objects.filter(pk__in=plan.articles),
        arguments={"page": page.pk, **_named(entry)},
        user=user,
        versions=versions,
    ) as act:
        _write(act, plan)
    return act.entry


def restore_article(
    *, article: Article, entry: Correction | None, user: Any, versions: Versions = None
) -> Correction | None:
    """Bring what an article says, and how it is filed, back to how it was after `entry`, or at first.

    Its passages must be those that it had: what stands in another article now is brought back with its page.
    """
    plan = plan_article(article, entry)
    with open_act(
        "restore_article",
        articles=[article],
        arguments={"article": article.pk, **_named(entry)},
        user=user,
        versions=versions,
    ) as act:
        _write(act, plan)
    return act.entry


def _named(entry: Correction | None) -> dict[str, Any]:
    """The state as the journal tells of it."""
    if entry is None:
        return {"entry": FIRST}
    return {"entry": entry.pk, "action": entry.action, "at": f"{timezone.localtime(entry.at):%m-%d %H:%M}"}


def plan_page(page: Page, entry: Correction | None) -> Plan:
    """What bringing the page back would write. Raises ActRefused where it cannot be."""
    history = read_history(page)
    if entry is not None and all(known.pk != entry.pk for known in history.entries):
        raise ActRefused(UNTOLD)
    state = history.state_after(entry.pk if entry else FIRST)
    then, now = history.rows_in(state), history.now
    if then["page"][str(page.pk)]["newspaper_id"] != now["page"][str(page.pk)]["newspaper_id"]:
        raise ActRefused("不能恢复：这一稿之后版面改过报纸，请先撤销那次改动。")
    articles = _concerned(page.pk, now, then)
    keys = _keys_concerned(page, now, then, articles)
    plan = _plan(_only(then, keys), _only(now, keys), history.names, history.versions, articles)
    _check_around(history, state, plan)
    return plan


def _concerned(page: int, now: Images, then: Images) -> set[int]:
    """The articles with passages on the page now or then, and those that share passages with them elsewhere."""
    pairs = []
    for key, image in {**then["block"], **now["block"]}.items():
        owners = {rows["block"].get(key, {}).get("article_id") for rows in (now, then)}
        pairs.append((image["page_id"], {pk for pk in owners if pk is not None}))
    found = {pk for on, pair in pairs if on == page for pk in pair}
    shared = [pair for _, pair in pairs if len(pair) > 1]
    while grown := {pk for pair in shared if pair & found for pk in pair} - found:
        found |= grown
    return found


def _keys_concerned(page: Page, now: Images, then: Images, articles: Collection[int]) -> dict[str, set[str]]:
    """The rows that are brought back: the page's passages and doubts, and all of the articles."""
    blocks = {
        key
        for rows in (now, then)
        for key, image in rows["block"].items()
        if image["page_id"] == page.pk or image["article_id"] in articles
    }
    doubts = {str(pk) for pk in page.doubts.values_list("pk", flat=True)}
    return {"block": blocks, "article": {str(pk) for pk in articles}, "doubt": doubts}


def _only(rows: Images, keys: Mapping[str, set[str]]) -> Images:
    return {table: {key: image for key, image in rows[table].items() if key in keys[table]} for table in keys}


def _plan(then: Images, now: Images, names: Names, versions: Mapping[int, int], articles: Collection[int]) -> Plan:
    for pk, image in then["article"].items():
        then["article"][pk] = _called_now(image, names) | {f: now["article"][pk][f] for f in WORDS_OF_THEIR_OWN}
    before, after = differences(then, now)
    rows = {**then["block"], **now["block"]}
    pages = {rows[key]["page_id"] for images in (before, after) for key in images.get("block", {})}
    return Plan(before, after, frozenset(pages), frozenset(articles), versions)


def _called_now(image: Mapping[str, Any], names: Names) -> dict[str, Any]:
    """An article filed under what its names are called now: one may have been merged into another since."""

    def now(kind: str, pk: int | None) -> int | None:
        return names[kind, pk].pk if (kind, pk) in names else pk

    credits = [[*credit[:4], now("person", credit[4])] for credit in image["credits"]]
    filed = {f"{kind}_id": now(kind, image[f"{kind}_id"]) for kind in ("category", "column")}
    return {**image, **filed, "credits": credits}


def _versions_of(pages: Collection[int]) -> dict[int, int]:
    return dict(Page.objects.filter(pk__in=pages).values_list("pk", "version"))


def _check_around(history: PageHistory, state: int, plan: Plan) -> None:
    """Refuse to take back unasked what was done since on the pages around alone."""
    wanted, since = cells(plan.before, plan.after, TOLD), state or history.first_change
    own = {entry.pk for entry in history.entries}
    around = [entry for entry in history.all_entries if entry.pk not in own and entry.pk > since]
    in_the_way = [e for e in in_force(around, since) if cells(e.before, e.after, TOLD) & wanted]
    if in_the_way:
        raise ActRefused(f"不能恢复：此后在别的版面上的改动{name_acts(in_the_way)}涉及同一处。请先撤销它们。")


def plan_article(article: Article, entry: Correction | None) -> Plan:
    """What bringing the article back would write. Raises ActRefused where its passages are not those it had."""
    if not Article.objects.living().filter(pk=article.pk).exists():
        raise ActRefused("这篇文章已并入别的文章或已不存在，只能在版面的历史里恢复整版。")
    seen = _versions_of(pages_of_articles([article.pk]))
    entries = entries_about(article)
    if entry is not None and entry not in entries:
        raise ActRefused(UNTOLD)
    pages = pages_about(article, entries)
    rows = take_images(pages, [article.pk])
    now = copy_rows(rows)
    for later in entries:
        if entry is not None and later.pk <= entry.pk:
            break
        if not fits(later, rows, pages):
            if entry is not None:
                raise ActRefused(UNTOLD)
            break
        take_back(later, rows)
    spans = [_spans_of(article.pk, images, pages) for images in (rows, now)]
    if spans[0] != spans[1]:
        raise ActRefused(MOVED)
    keys = {"block": {str(pk) for pk in spans[0]}, "article": {str(article.pk)}}
    names = names_now([rows["article"][str(article.pk)]])
    return _plan(_only(rows, keys), _only(now, keys), names, seen, [article.pk])


def _spans_of(pk: int, rows: Images, pages: Mapping[int, Page]) -> dict[int, tuple[int, int]]:
    """Where the passages of an article stand."""
    return {p.block.pk: (p.start, p.end) for p in in_articles(lay_rows(rows, pages)).get(pk, [])}


def _write(act: Act, plan: Plan) -> None:
    """Write what was planned, if nothing came between; what follows from it was part of the state brought back."""
    if any(page.version != plan.versions.get(pk, page.version) for pk, page in act.pages.items()):
        raise ActRefused(MEANWHILE)
    restore(plan.before, plan.after)
    living = Article.objects.living().filter(pk__in=plan.articles)
    lost = Article.objects.filter(pk__in=plan.articles, blocks__isnull=False).exclude(pk__in=living)
    if living.filter(blocks=None).exists() or lost.exists():
        raise ActRefused("不能恢复：这一稿里的文章此后在别的版面上改动过，已不能一起恢复。")
    act.settles = False
