"""Stories -> the blocks and articles of the contract.

Blocks stand in page order; an article lists its own in reading order: titles first, then its text as it stands on the
page, except that the rest of a cut paragraph follows its beginning. What an article's fields and paragraphs are is
`assemble`'s rule, the same one that rebuilds an article after an editor's act.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .assemble import Part, assemble
from .bylines import parse_credits
from .classify import classify, extract_keywords
from .jumps import read_jump_from, read_jump_to
from .kinds import judge_kind
from .knowledge import EMPTY, Knowledge
from .lines import Piece, opening_byline
from .piece_types import Type
from .values import Article, Block, Credit, Paragraph, Role

_ROLES: dict[Type, Role] = {
    "title": "subheading", "label": "subheading", "body": "body", "rubric": "subheading", "byline": "byline",
    "closing": "byline", "credit": "byline", "pinyin": "furniture", "jump_from": "furniture", "jump_to": "furniture",
    "housekeeping": "furniture", "furniture": "furniture", "repeat": "body",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """A story ready to be written down."""

    members: tuple[int, ...]  # piece indexes, page order
    photo: bool
    titles: Mapping[int, Role]  # roles of its title pieces


def reading_order(draft: Draft, links: Mapping[int, int]) -> list[int]:
    """The pieces of a story as they are read."""
    own = set(draft.members)
    heads = {links[tail] for tail in own if tail in links}
    rank = {role: n for n, role in enumerate(("column", "kicker", "headline", "subheadline"))}
    titles = sorted((i for i in draft.members if i in draft.titles), key=lambda i: (rank.get(draft.titles[i], 9), i))
    order = titles
    for i in draft.members:
        if i in draft.titles or i in heads:
            continue
        order.append(i)
        while links.get(i) in own:
            i = links[i]
            order.append(i)
    return order


def role_of(i: int, types: Sequence[Type], draft: Draft) -> Role:
    if i in draft.titles:
        return draft.titles[i]
    role = _ROLES[types[i]]
    return "caption" if draft.photo and role in ("body", "subheading") else role


def make_blocks(
    pieces: Sequence[Piece],
    types: Sequence[Type],
    drafts: Sequence[Draft],
    links: Mapping[int, int],
    repeats: Mapping[int, tuple[int, int]],
    reasons: Mapping[int, str],
) -> tuple[Block, ...]:
    """One block a piece; a block's index is its piece's."""
    article = {i: k for k, draft in enumerate(drafts) for i in draft.members}
    heads = {head: tail for tail, head in links.items()}
    blocks = []
    for i, piece in enumerate(pieces):
        k = article.get(i)
        if k is None:
            repeat = repeats.get(i)
            role = _ROLES[types[i]] if types[i] != "title" else "headline"
            if types[i] == "label":
                role = "column"
            blocks.append(
                Block(
                    piece.start,
                    piece.end,
                    role,
                    duplicate_of=repeat,
                    reason=None if repeat else reasons.get(i, "fragment"),
                )
            )
        else:
            joins = i in heads and article.get(heads[i]) == k
            blocks.append(Block(piece.start, piece.end, role_of(i, types, drafts[k]), k, joins))
    return tuple(blocks)


def make_article(
    pieces: Sequence[Piece],
    types: Sequence[Type],
    draft: Draft,
    links: Mapping[int, int],
    confidence: float,
    knowledge: Knowledge = EMPTY,
) -> Article:
    order = reading_order(draft, links)
    heads = {links[tail] for tail in order if tail in links}
    parts = [Part(role_of(i, types, draft), pieces[i].text, i in heads) for i in order]
    made = assemble(parts)
    credits = _credits(pieces, order, parts)
    came_from = next((read_jump_from(pieces[i].text) for i in order if types[i] == "jump_from"), None)
    goes_on = next((read_jump_to(pieces[i].text) for i in reversed(order) if types[i] == "jump_to"), None)
    kind = judge_kind(
        photo=draft.photo,
        jumped_in=any(types[i] == "jump_from" for i in order),
        headless=not made.headline,
        labels=[made.column] if made.column else [],
        titles=[t for t in (made.kicker, made.headline, made.subheadline) if t],
        bylines=[pieces[i].folded for i in order if types[i] in ("byline", "closing", "credit")],
        paragraphs=[p.text for p in made.paragraphs if p.role != "subheading"],
    )
    title = " ".join(t for t in (made.kicker, made.headline, made.subheadline) if t)
    return Article(
        blocks=tuple(order),
        paragraphs=tuple(Paragraph(p.role, tuple(order[n] for n in p.parts), p.text) for p in made.paragraphs),
        column=made.column or None,
        kicker=made.kicker or None,
        headline=made.headline or None,
        subheadline=made.subheadline or None,
        kind=kind,
        category=classify(title, made.body, knowledge.categories, column=made.column, kind=kind),
        credits=credits,
        continued_from=came_from,
        continued_on=goes_on,
        part_of=None,
        confidence=confidence,
        keywords=extract_keywords(title, made.body),
    )


def _credits(pieces: Sequence[Piece], order: Sequence[int], parts: Sequence[Part]) -> tuple[Credit, ...]:
    found: list[Credit] = []
    seen: set[tuple[str, str]] = set()
    for i, part in zip(order, parts, strict=True):
        byline = part.text if part.role == "byline" else opening_byline(pieces[i])
        for credit in parse_credits(byline, i) if byline else ():
            if (credit.name, credit.role) not in seen:
                seen.add((credit.name, credit.role))
                found.append(credit)
    return tuple(found)
