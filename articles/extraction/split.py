"""Page text -> blocks, articles and doubts: the order of the stages.

pieces (lines, cut where one holds two things) -> repeats folded -> types (verse and tables told from titles) -> title
blocks, and which open an article (the doubtful ones tried) -> cut paragraphs joined -> picture captions ->
stories un-woven -> detached headlines -> blocks, articles, doubts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from .attach import attach_titles, has_text, rescue_labels
from .captions import find_captions
from .compose import Draft, make_article, make_blocks
from .continuity import Continuity
from .dates import read_date
from .glue import Joints
from .items import share_labels
from .knowledge import EMPTY, Knowledge
from .lines import Piece, cut_pieces
from .masthead import read_masthead
from .openings import TitleBlock, decide_openings, find_title_blocks
from .person_names import knowing
from .piece_types import Type
from .repeats import fold_repeats
from .roles import label_pieces
from .stories import PageParts, find_stories
from .titles import name_parts
from .topics import Telling, pair_weights, pairs, recurring
from .tracks import Story
from .trials import settle_openings
from .values import PageSplit, Role
from .verdict import judge_page, name_rivals


def split_page(text: str, *, knowledge: Knowledge = EMPTY) -> PageSplit:
    """Split the text of one page (line ends ``\\n``). `knowledge`: what its archive has learned.

    Never raises for any text. The blocks tile it: every character that is not white space is in exactly one block.
    """
    with knowing(knowledge.people):
        return _split(text, knowledge)


def _split(text: str, knowledge: Knowledge) -> PageSplit:
    masthead = read_masthead(text)
    pieces, repeats = fold_repeats(text, cut_pieces(text, masthead.spans))
    page = _read_page(pieces, repeats, knowledge)
    told = find_stories(page)
    stories, owner = told.stories, told.owner
    lone = attach_titles(page, stories, owner)
    rescued = rescue_labels(pieces, page.types, repeats, owner)
    for i, k in rescued.items():
        if not any(page.types[t] == "label" for t in stories[k].titles):
            if owner.get(i) is not None:
                stories[owner[i]].members = [m for m in stories[owner[i]].members if m != i]
            owner[i] = k
            stories[k].titles = (i, *stories[k].titles)
            stories[k].members = sorted({*stories[k].members, i})
    kept = [s for s in stories if has_text(page, s)]
    drafts = [_draft(page, story) for story in kept]
    reasons = _reasons(page, owner, lone)
    blocks = make_blocks(pieces, page.types, drafts, told.links, repeats, reasons)
    doubts, scores = judge_page(page, told, kept, drafts, blocks)
    articles = share_labels(
        [
            make_article(pieces, page.types, draft, told.links, score, knowledge)
            for draft, score in zip(drafts, scores, strict=True)
        ]
    )
    return PageSplit(
        blocks=blocks,
        articles=articles,
        doubts=name_rivals(doubts, articles),
        date=read_date(text, masthead),
        number=masthead.number,
        name=masthead.name,
        issue_number=masthead.issue_number,
        newspaper=masthead.newspaper,
        staff=masthead.staff,
    )


def _read_page(pieces: Sequence[Piece], repeats: Collection[int], knowledge: Knowledge) -> PageParts:
    """Types, title blocks, joins and captions."""
    types = label_pieces(pieces, repeats, knowledge)
    passages = [i for i, t in enumerate(types) if t in ("body", "title", "label")]
    grams = recurring({i: pairs(pieces[i].folded) for i in passages})
    weights = pair_weights([grams[i] for i, t in enumerate(types) if t == "body"])
    kept = frozenset(weights)
    weighty = {i: said & kept for i, said in grams.items()}  # the others weigh nothing
    blocks = decide_openings(pieces, types, find_title_blocks(pieces, types), weighty, weights)
    continuity = Continuity(p.folded for p, t in zip(pieces, types, strict=True) if t == "body")
    telling = Telling(grams, {i: pieces[i].folded for i in passages})

    def lay_out(told: Sequence[TitleBlock]) -> PageParts:
        return _lay_out(pieces, types, told, grams, weights, knowledge, continuity, telling)

    return settle_openings(blocks, lay_out)


def _lay_out(
    pieces: Sequence[Piece],
    types: Sequence[Type],
    blocks: Sequence[TitleBlock],
    grams: Mapping[int, frozenset[str]],
    weights: Mapping[str, float],
    knowledge: Knowledge,
    continuity: Continuity,
    telling: Telling,
) -> PageParts:
    """The page with its openings decided: joins and captions depend on them."""
    types = list(types)
    for block in blocks:
        if not block.opens:
            for i in block.parts:
                types[i] = "rubric" if types[i] != "pinyin" else "pinyin"
    first = _first_bodies(types, [b.parts[-1] for b in blocks if b.opens and any(types[i] == "title" for i in b.parts)])
    captions = find_captions(pieces, types, first)
    joints = Joints(pieces, types, first, knowledge, continuity)
    return PageParts(pieces, types, blocks, joints, captions, grams, weights, telling)


def _first_bodies(types: list[Type], ends: list[int]) -> set[int]:
    """The body piece directly under each title block."""
    found: set[int] = set()
    for end in ends:
        k = end + 1
        while k < len(types) and types[k] in ("repeat", "furniture", "pinyin", "byline", "rubric", "jump_from"):
            k += 1
        if k < len(types) and types[k] == "body":
            found.add(k)
    return found


def _draft(page: PageParts, story: Story) -> Draft:
    titles: dict[int, Role] = name_parts(
        page.pieces,
        page.types,
        [i for i in story.titles if i in story.members],
        headless=story.kind != "photo" and not any(page.types[i] == "credit" for i in story.members),
    )
    return Draft(tuple(story.members), story.kind == "photo", titles)


def _reasons(page: PageParts, owner: dict[int, int], lone: list[int]) -> dict[int, str]:
    """Why pieces stand in no article."""
    reasons: dict[int, str] = {}
    for i, kind in enumerate(page.types):
        if kind in ("furniture", "housekeeping", "jump_from", "jump_to"):
            reasons[i] = "furniture"
        elif kind in ("label", "pinyin"):
            reasons[i] = "label"
        elif kind == "title":
            reasons[i] = "headline" if owner.get(i) in lone else "banner"
        else:
            reasons[i] = "fragment"
    return reasons
