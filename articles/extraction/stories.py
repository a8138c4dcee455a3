"""From types to stories: where articles open on the page, and to which of them every piece belongs.

    headline, byline, text …            a story opened by its title block
    (上接第一版)…                        a story opened by its jump marker, headless
    picture text                        a story of its own, from `captions`
    本报讯(记者某某)… inside a story      a headless story: its headline stands elsewhere, or on another page
    text behind a signature             one too
    a scene told in a paragraph         a picture's text, when it says 图为, or names a place and shares no words with
                                        the story above

A report begins with its dateline: where the paragraph above a headline is cut and goes on under it, all text up to the
dateline is of the stories above.

Body paragraphs are told apart by `weave`; bylines, signatures and subheadings go with the paragraph they stand by.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from . import cues
from .captions import HEADED_PICTURE, opens_like_caption
from .credits import parse_credits
from .glue import MISSING, VERSE_CHARS, Joints
from .lines import Piece
from .openings import PICTURE_GAP, TitleBlock
from .piece_types import Type
from .tails import is_cut
from .topics import Telling, affinity, pairs
from .tracks import Event, Story
from .weave import BEGINNINGS, Woven, unweave

STRANGE_SCENE = 0.2  # and below which a paragraph that opens like a caption is none of its paragraphs
STRANGE_DATED = 0.5  # or that a reporter's dateline opens
TOLD = 70  # pairs of characters that a story has said before a dateline may be another's
STRANGE = 0.12  # share of rare pairs below which text behind a signature is not that story's
CAPTION_LINES = 2
REST = 30  # characters: a paragraph so short under a byline may be the rest of one above the headline
DATELINE_REACH = 8  # pieces between a headline and the dateline that its story begins with
_PASSED = ("repeat", "furniture", "pinyin")
_SHOWS = re.compile(r"(?:^|。)图为")
# 入冬以来,青石县城东区的…: a picture's text says where; a paragraph of a report has said so before.
_NAMES_PLACE = re.compile(r"^.{0,24}?[^,。、全我本该各个]{2}[省市县区州镇乡村街路巷桥湖江河山岛港站园馆院校]")


@dataclass(frozen=True, slots=True)
class PageParts:
    """What the stages before have found out about a page."""

    pieces: Sequence[Piece]
    types: Sequence[Type]
    blocks: Sequence[TitleBlock]
    joints: Joints
    captions: Sequence[Sequence[int]]
    grams: Mapping[int, frozenset[str]]  # what each passage has in common with any other
    weights: Mapping[str, float]
    telling: Telling


@dataclass(frozen=True, slots=True)
class Told:
    """The stories of a page, members filled in; the story of each piece that has one; joins; how sure each story is;
    the story that each doubtful paragraph may be of instead.
    """

    stories: list[Story]
    owner: dict[int, int]
    links: dict[int, int]
    margin: dict[int, float]
    disputed: Mapping[int, int]


def account_of(page: PageParts, pieces: range) -> float:
    """What a good assignment of the paragraphs among `pieces` earns, to compare pages laid out otherwise."""
    stories, events, _ = _plan(page, frozenset())
    events = [event for event in events if event.piece in pieces]
    return unweave(events, stories, page.joints, page.telling, BEGINNINGS[:1]).points


def find_stories(page: PageParts) -> Told:
    stories, events, fixed = _plan(page, frozenset())
    woven = unweave(events, stories, page.joints, page.telling)
    strangers = _strangers(page, events, stories, woven.owner)
    scenes = _scenes(page, stories, woven.owner)
    if scenes:
        page = replace(page, captions=_with_scenes(page.captions, scenes))
    if strangers or scenes:
        stories, events, fixed = _plan(page, strangers)
        woven = unweave(events, stories, page.joints, page.telling)
    owner = woven.owner | fixed
    links = woven.links | _caption_links(page)
    _follow_bodies(page, stories, owner, woven)
    for i in sorted(owner):
        stories[owner[i]].members.append(i)
    for story in stories:
        if story.kind == "headless" and _reads_like_caption(page, story):
            story.kind = "photo"
    return Told(stories, owner, links, woven.margin, woven.disputed)


def _reads_like_caption(page: PageParts, story: Story) -> bool:
    """Is a text without headline that of a picture: one paragraph of that kind, or two lines that say 图为?"""
    text = [page.pieces[i].folded for i in story.members if page.types[i] == "body"]
    if len(text) == 1 and opens_like_caption(text[0]):
        return True
    return len(text) <= CAPTION_LINES and any(_SHOWS.search(folded) for folded in text)


def _caption_links(page: PageParts) -> dict[int, int]:
    """Joins inside the text of one picture."""
    links: dict[int, int] = {}
    for group in page.captions:
        text = [i for i in group if page.types[i] == "body"]
        for tail, head in itertools.pairwise(text):
            folded = page.pieces[tail].folded
            cut = page.joints.price(tail) is not None and is_cut(folded) and len(folded) > VERSE_CHARS
            if cut and page.joints.worth(tail, head) > -MISSING:
                links[tail] = head
    return links


def _plan(page: PageParts, strangers: frozenset[int]) -> tuple[list[Story], list[Event], dict[int, int]]:
    """Stories in the order they open, the events of the page, and the pieces whose story is certain."""
    stories: list[Story] = []
    events: list[Event] = []
    fixed: dict[int, int] = {}
    opens = {block.parts[0]: block for block in page.blocks if block.opens}
    group_of = {i: g for g, group in enumerate(page.captions) for i in group}
    photos: dict[int, int] = {}
    latest, bare, fresh = -1, False, False  # bare: the latest story has no text yet; fresh: the next paragraph is its
    back = -1  # the story before it
    box = -1  # the latest story that is a box: of the topic of the article beside it, and never woven
    begins: int | None = None  # the dateline that the latest story begins with, while it is still ahead
    for i, kind in enumerate(page.types):
        if i == begins:
            begins, fresh = None, True
        if i in opens:
            stories.append(Story(i, opens[i].parts))
            back = latest
            latest, bare, fresh = len(stories) - 1, True, True
            box = latest if any(cues.BOX_TITLE.match(page.pieces[k].bare) for k in opens[i].parts) else box
            begins = _dateline_behind(page, opens[i], opens)
            fixed.update(dict.fromkeys(opens[i].parts, latest))
        elif i in group_of:
            g = group_of[i]
            if g not in photos:
                photos[g] = _open_photo(page, stories, i, latest if bare else -1)
                stories[photos[g]].whole = True
                if photos[g] == latest and back >= 0:
                    latest, fresh = back, False
            fixed[i] = photos[g]
            bare = False
        elif kind == "jump_from":
            if not (bare and latest >= 0 and stories[latest].titles):
                stories.append(Story(i, kind="jump"))
                back = latest
                latest = len(stories) - 1
            fixed[i] = latest
            bare, fresh = True, True
        elif kind == "body":
            if i in strangers or latest < 0:
                stories.append(Story(i - (page.pieces[i].gap == 0), kind="headless"))
                latest, fresh = len(stories) - 1, True
            begun = begins is None
            signed = page.types[i - 1] == "byline"
            rest = fresh and signed and page.pieces[i].gap > 0 and _is_rest_of_above(page, stories[latest], i)
            below = signed or (page.types[i - 1] in ("title", "label") and cues.BULLET.match(page.pieces[i].folded))
            fresh_here = fresh and begun and not rest
            fixed_here = latest == box or (fresh_here and (page.pieces[i].gap == 0 or bool(below)))
            events.append(Event(i, latest, fixed=fixed_here, fresh=fresh_here, early=not begun))
            bare, fresh = False, rest
        elif kind == "byline" and latest >= 0:
            if fresh or page.pieces[i].gap == 0:
                stories[latest].named |= fresh and bool(parse_credits(page.pieces[i].text))
        elif kind == "closing":
            names = page.pieces[i].bare.count("作者") == 0
            events.append(Event(i, latest, closes=True, glued=page.pieces[i].gap == 0, names=names))
    return stories, events, fixed


def _dateline_behind(page: PageParts, block: TitleBlock, opens: Mapping[int, TitleBlock]) -> int | None:
    """The dateline that the story of a title block begins with, the rest of another's paragraph before it."""
    above = next((k for k in range(block.parts[0] - 1, -1, -1) if page.types[k] not in _PASSED), None)
    if above is None or page.types[above] != "body" or not page.joints.price(above):
        return None
    first: int | None = None
    for k in range(block.parts[-1] + 1, min(block.parts[-1] + 1 + DATELINE_REACH, len(page.types))):
        kind = page.types[k]
        if k in opens or kind == "jump_from":
            return None
        if kind in ("byline", "body") and cues.DATELINE.match(page.pieces[k].folded):
            return k if first is not None else None
        if kind == "byline" and first is None:
            return None
        if kind == "body" and first is None:
            first = k
            if page.joints.worth(above, k) < 0.0:
                return None
    return None


def _is_rest_of_above(page: PageParts, story: Story, i: int) -> bool:
    """Is paragraph `i`, first under a byline, the short rest of the one that the story's titles part from it?"""
    above = next((k for k in range(story.opened - 1, -1, -1) if page.types[k] not in _PASSED), None)
    if not story.titles or above is None or page.types[above] != "body" or not page.joints.price(above):
        return False
    behind = next((k for k in range(i + 1, len(page.types)) if page.types[k] == "body"), None)
    if behind is None or len(page.pieces[i].folded) > REST or not is_cut(page.pieces[above].folded):
        return False
    worth = page.joints.worth(above, i)
    return worth > -MISSING and worth > page.joints.worth(above, behind)


def _is_dated(page: PageParts, i: int) -> bool:
    """Does a dateline with somebody's name stand before the paragraph in its line?"""
    if i == 0 or page.pieces[i].gap or not cues.DATELINE.match(page.pieces[i - 1].folded):
        return False
    return bool(parse_credits(page.pieces[i - 1].text))


def _with_scenes(captions: Sequence[Sequence[int]], scenes: Mapping[int, int | None]) -> list[Sequence[int]]:
    """The captions and those of `scenes`: each the beginning of the caption behind it, or one by itself."""
    beginnings = {first: i for i, first in scenes.items() if first is not None}
    grown = [(beginnings[group[0]], *group) if group[0] in beginnings else group for group in captions]
    return [*grown, *([i] for i, first in scenes.items() if first is None)]


def _scenes(page: PageParts, stories: Sequence[Story], owner: Mapping[int, int]) -> dict[int, int | None]:
    """Paragraphs at the end of a story that say 图为, or that say when and where and share no words with it.

    Or stand over a picture's text that begins with 图为 and is more like them: with the first piece of that text.
    """
    shown = [i for i, t in enumerate(page.types) if t not in ("repeat", "furniture", "pinyin")]
    opens = {block.parts[0] for block in page.blocks if block.opens}
    texts: dict[int, list[int]] = {}
    for i, k in owner.items():
        texts.setdefault(k, []).append(i)
    shown_by = {group[0] for group in page.captions if page.pieces[group[0]].folded.startswith("图为")}
    found: dict[int, int | None] = {}
    for before, i, behind in zip([None, *shown], shown, [*shown[1:], None], strict=False):
        shows = bool(_SHOWS.search(page.pieces[i].folded))
        over = behind in shown_by
        ends = behind is None or behind in opens or over or (shows and page.types[behind] in ("closing", "credit"))
        if i not in owner or before is None or not ends:
            continue
        ended = page.types[before] == "closing" or (page.types[before] == "body" and page.joints.price(before) is None)
        if not ended or page.joints.price(i) is not None:
            continue
        folded = page.pieces[i].folded
        if not (shows or over or (opens_like_caption(folded) and _NAMES_PLACE.match(folded))):
            continue
        others = [*stories[owner[i]].titles, *(j for j in texts[owner[i]] if j != i)]
        said = frozenset().union(*(page.grams.get(j, frozenset()) for j in others))
        near = affinity(page.grams[i], said, page.weights)
        if over and behind is not None:
            few = len(texts[owner[i]]) <= HEADED_PICTURE
            if few or near >= affinity(page.grams[behind], page.grams[i], page.weights):
                continue
        if len(others) > 1 and (shows or near < STRANGE_SCENE):
            found[i] = behind if over else None
    return found


def _open_photo(page: PageParts, stories: list[Story], i: int, labelled: int) -> int:
    """The story of a picture whose text begins at piece `i`: of the label or jump right above it, else new."""
    if labelled >= 0 and stories[labelled].kind == "jump" and page.types[i - 1] == "jump_from":
        return labelled
    if labelled >= 0 and _labels_only(page, stories[labelled]) and page.pieces[i].gap < PICTURE_GAP:
        stories[labelled].kind = "photo"
        return labelled
    stories.append(Story(i, kind="photo"))
    return len(stories) - 1


def _labels_only(page: PageParts, story: Story) -> bool:
    return bool(story.titles) and all(page.types[i] != "title" for i in story.titles)


def _strangers(
    page: PageParts, events: Sequence[Event], stories: Sequence[Story], owner: Mapping[int, int]
) -> frozenset[int]:
    """First paragraphs behind a story's signature, or behind another dateline, that do not speak of what it says.

    Another report behind a signature always is one. The next point of a list is none: each may be signed.
    """
    closed: set[int] = set()
    found: set[int] = set()
    last = -1
    texts: dict[int, list[int]] = {}
    for event in events:
        if event.closes:
            if last >= 0:
                closed.add(last)
            continue
        k = owner[event.piece]
        behind = k in closed or (event.latest in closed and k != last)
        reports = _is_dated(page, event.piece)
        dated = reports and len(frozenset().union(*(pairs(page.pieces[i].folded) for i in texts.get(k, ())))) >= TOLD
        if (behind or dated) and not event.fixed and event.piece not in page.joints.follows:
            others = [*texts.get(k, ()), *stories[k].titles]
            said = frozenset().union(*(page.grams.get(i, frozenset()) for i in others))
            near = affinity(page.grams[event.piece], said, page.weights)
            if (behind and reports) or near < (STRANGE_DATED if dated else STRANGE):
                found.add(event.piece)
                closed.discard(k)
        texts.setdefault(k, []).append(event.piece)
        last = k
    return frozenset(found)


def _follow_bodies(page: PageParts, stories: Sequence[Story], owner: dict[int, int], woven: Woven) -> None:
    """Give bylines, signatures, subheadings and jump marks to the story of the paragraph they stand by."""
    bodies = [i for i, t in enumerate(page.types) if t == "body" and i in owner]
    latest_at = _latest_stories(stories, len(page.types))
    before: int | None = None
    nearest: dict[int, tuple[int | None, int | None]] = {}
    k = 0
    for i in range(len(page.types)):
        while k < len(bodies) and bodies[k] <= i:
            before = bodies[k]
            k += 1
        nearest[i] = before, bodies[k] if k < len(bodies) else None
    for i, kind in enumerate(page.types):
        if i in owner or kind in ("body", "repeat", "furniture", "housekeeping", "label", "pinyin"):
            continue
        back, ahead = nearest[i]
        story: int | None = None
        if kind in ("closing", "credit", "jump_to"):
            story = woven.signed[i] if i in woven.signed and back in woven.owner else _at(owner, back)
        else:
            story = _at(owner, ahead)
            latest = latest_at[i]
            heads = kind == "rubric" and story is not None and stories[story].kind == "headless"
            if story is None or (stories[story].opened > i and not heads):
                story = latest if latest is not None else _at(owner, back)
            elif kind == "byline" and page.types[i - 1] in ("title", "label", "pinyin") and latest is not None:
                story = latest
        if story is not None:
            owner[i] = story


def _latest_stories(stories: Sequence[Story], size: int) -> list[int | None]:
    """For each of `size` pieces the last story, pictures aside, that has opened by then."""
    found: list[int | None] = [None] * size
    for s, story in enumerate(stories):
        if story.kind != "photo":
            found[max(0, story.opened)] = s
    for i in range(1, size):
        found[i] = max((s for s in found[i - 1 : i + 1] if s is not None), default=None)
    return found


def _at(owner: Mapping[int, int], piece: int | None) -> int | None:
    return owner.get(piece) if piece is not None else None
