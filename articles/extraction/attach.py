"""Headlines that stand apart from their text, and labels that only a repeat carries.

    (headless text in the middle of the page)  …灯彩沿河摆开,游人如织…
    (last line of the page)                    灯彩沿河摆 游人踏雪来        goes with it: they share 灯彩, 沿河, 游人
    桥头添了一盏灯    between two paragraphs of one article with subheadings    is another

A title block without text and a text without title belong together when the title's rare character pairs are the
text's, and no other text has them as much. A picture's text that has none of them is not what a title heads. What finds
no partner stays in no article, and the editor is told.
"""

from __future__ import annotations

import itertools
import math
from bisect import bisect
from collections import Counter
from collections.abc import Mapping, Sequence

from .lines import Piece
from .piece_types import Type
from .stories import PageParts
from .topics import affinity
from .tracks import Story

SHARED = 0.22  # share of a detached headline's rare pairs that its text must have
SHARED_ALONE = 0.08  # when there is one such headline and one such text on the page
OWN_WORDS = 0.5  # share of what a headline has in common with any text that stands in this one
# Of two headlines in a row the first is another text's: so little does it share with its own, so much with that.
STRANGE, FOREIGN, FOREIGN_PAIRS = 0.1, 0.6, 3
LABEL_CHARS = 5  # a line no longer over a headline is its column
BEFORE_REPEAT = 2  # pieces between a label and the repeat whose article it may belong to


def has_text(page: PageParts, story: Story) -> bool:
    return any(page.types[i] == "body" for i in story.members)


def _headed(page: PageParts, story: Story) -> bool:
    """Has it a headline? A line that opens with —— goes under one."""
    return any(page.types[i] == "title" and not page.pieces[i].bare.startswith("—") for i in story.titles)


def attach_titles(page: PageParts, stories: list[Story], owner: dict[int, int]) -> list[int]:
    """Move detached title blocks to headless texts; the stories left with titles only."""
    _part_titles(page, stories, owner)
    told = [has_text(page, s) for s in stories]
    headed = [_headed(page, s) for s in stories]
    lone = [k for k, s in enumerate(stories) if headed[k] and (not told[k] or _is_over_picture(page, s))]
    if not lone:
        return []
    said = {h: _said(page, s.members) for h, s in enumerate(stories) if told[h]}
    alone = (
        sum(1 for h, s in enumerate(stories) if told[h] and not headed[h] and s.kind == "headless") == len(lone) == 1
    )
    pairs: list[tuple[float, int, int]] = []
    for k in lone:
        titles = _said(page, [i for i in stories[k].titles if page.types[i] == "title"])
        shares = _shares(titles, said)
        for h, text in said.items():
            if headed[h] or not titles or h == k:
                continue
            shared = affinity(titles, text, page.weights)
            floor = SHARED_ALONE if alone and stories[h].kind == "headless" else SHARED
            best = shares[h] >= OWN_WORDS and shares[h] == max(shares.values())
            if (shared >= floor and stories[h].kind != "photo") or (best and stories[h].kind != "jump"):
                pairs.append((shared + shares[h], k, h))
    matched: set[int] = set()
    used: set[int] = set()
    for _, k, h in sorted(pairs, reverse=True):
        if k in matched or h in used:
            continue
        matched.add(k)
        used.add(h)
        stories[h].titles = (*stories[h].titles, *stories[k].titles)
        moved = stories[k].titles if told[k] else stories[k].members
        _move(stories, owner, moved, k, h)
        stories[k].titles = ()
        stories[k].kind = "photo" if told[k] else stories[k].kind
    return [k for k in lone if k not in matched and not told[k] and not _heads_section(page, stories, owner, k)]


def _move(stories: list[Story], owner: dict[int, int], pieces: Sequence[int], k: int, h: int) -> None:
    """Give `pieces` of story `k` to story `h`."""
    owner.update(dict.fromkeys(pieces, h))
    stories[h].members = sorted({*stories[h].members, *pieces})
    stories[k].members = [i for i in stories[k].members if i not in set(pieces)]


def _is_over_picture(page: PageParts, story: Story) -> bool:
    """Does a headline stand over nothing but a picture's text with its credit, which has no word of it?"""
    text = [i for i in story.members if page.types[i] == "body"]
    credited = len(text) == 1 and page.types[text[0] + 1 : text[0] + 2] == ["credit"]
    return credited and not page.grams[text[0]] & _said(page, story.titles)


def _heads_section(page: PageParts, stories: list[Story], owner: dict[int, int], k: int) -> bool:
    """Give a lone line inside an article that has subheadings to it, as one more: now it heads a section there."""
    line = stories[k].members[0]
    if len(stories[k].members) > 1 or page.types[line] != "title":
        return False
    bodies = [i for i, kind in enumerate(page.types) if kind == "body" and i in owner]
    at = bisect(bodies, line)
    around = {owner[i] for i in bodies[max(0, at - 1) : at + 1]}
    h = min(around, default=k)
    if len(around) > 1 or not any(page.types[i] == "rubric" for i in stories[h].members):
        return False
    stories[k].titles = ()
    _move(stories, owner, [line], k, h)
    return True


def _part_titles(page: PageParts, stories: list[Story], owner: dict[int, int]) -> None:
    """Make a story of its own of a headline right over another's, when it speaks of what another text speaks of.

    河堤今夏再加高        speaks of the dyke, as a text above does
    老街夜市重开张        speaks of the market, as the text under both does
    """
    blocks = {
        h: [i for i in s.titles if page.types[i] == "title" and not page.pieces[i].bare.startswith("—")]
        for h, s in enumerate(stories)
        if s.kind == "article" and has_text(page, s)
    }
    doubled = {h: lines for h, lines in blocks.items() if len(lines) > 1}
    if not doubled:
        return
    said = {h: _text(page, s) for h, s in enumerate(stories) if has_text(page, s)}
    for h, (first, second, *_) in doubled.items():
        if len(page.pieces[first].bare) > LABEL_CHARS and _is_another(page.grams[first], page.grams[second], said, h):
            stories[h].titles = tuple(i for i in stories[h].titles if i != first)
            stories[h].members = [i for i in stories[h].members if i != first]
            stories.append(Story(first, (first,), members=[first]))
            owner[first] = len(stories) - 1


def _is_another(first: frozenset[str], second: frozenset[str], said: Mapping[int, frozenset[str]], own: int) -> bool:
    """Does the first of two lines speak of another text than the one under them, and the second of that one?"""
    strange, near = _shares(first, said), _shares(second, said)
    other = max(strange, key=lambda h: strange[h])
    if strange[own] > STRANGE or strange[other] < FOREIGN or len(first & said[other]) < FOREIGN_PAIRS:
        return False
    return near[own] >= OWN_WORDS and near[own] == max(near.values())


def _text(page: PageParts, story: Story) -> frozenset[str]:
    return _said(page, [i for i in story.members if page.types[i] == "body"])


def _shares(titles: frozenset[str], said: Mapping[int, frozenset[str]]) -> dict[int, float]:
    """Of what `titles` have in common with any text, how much each has: what few texts say counts more."""
    common = {h: titles & text for h, text in said.items()}
    held = Counter(itertools.chain.from_iterable(common.values()))
    worth = {pair: math.log((len(said) + 1) / n) for pair, n in held.items()}
    whole = sum(worth.values())
    return {h: sum(worth[pair] for pair in pairs) / whole if whole else 0.0 for h, pairs in common.items()}


def rescue_labels(
    pieces: Sequence[Piece], types: Sequence[Type], repeats: Mapping[int, tuple[int, int]], owner: Mapping[int, int]
) -> dict[int, int]:
    """Label pieces in front of a repeat -> story that the repeated text belongs to."""
    starts = {piece.start: i for i, piece in enumerate(pieces)}
    found: dict[int, int] = {}
    for i, kind in enumerate(types):
        if kind not in ("label", "title") or i in repeats:
            continue
        for k in range(i + 1, min(i + 1 + BEFORE_REPEAT, len(pieces))):
            if k in repeats:
                first = starts.get(repeats[k][0])
                if first is not None and first in owner:
                    found[i] = owner[first]
                break
            if types[k] not in ("label", "pinyin"):
                break
    return found


def _said(page: PageParts, members: Sequence[int]) -> frozenset[str]:
    return frozenset().union(*(page.grams.get(i, frozenset()) for i in members)) if members else frozenset()
