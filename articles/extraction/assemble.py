"""Blocks in reading order -> the fields of an article.

The one rule for what an article's text is: the texts of its blocks, in order, nothing added and nothing left out.
Extraction uses it for the machine's split and articles.assembly for what editors make of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .values import TEXT_ROLES, Role

# Marks that set a title off in print or in an OCR model's Markdown; they are no part of the title.
_MARKS_BEFORE = re.compile(r"^(?:[#*|｜\s]|——+|--+|—|─+|◎|●|■|◆|▲|★|☆|□|【)+")
_MARKS_AFTER = re.compile(r"(?:[*|｜\s#]|——+|—|─+|】|[:：])+$")


@dataclass(frozen=True, slots=True)
class Part:
    """A block as an article sees it: its text with an editor's correction applied, stripped of outer white space."""

    role: Role
    text: str
    joins: bool = False


@dataclass(frozen=True, slots=True)
class AssembledParagraph:
    role: Role
    parts: tuple[int, ...]  # indexes into the parts given
    text: str


@dataclass(frozen=True, slots=True)
class Assembled:
    column: str
    kicker: str
    headline: str
    subheadline: str
    byline: str  # byline blocks, one a line
    paragraphs: tuple[AssembledParagraph, ...]

    @property
    def body(self) -> str:
        """All paragraphs, one a line."""
        return "\n".join(p.text for p in self.paragraphs)


def clean_title(text: str) -> str:
    """A title without the marks around it (``##``, ``——``, ``||``, a final colon) and with its lines run into one."""
    text = re.sub(r"\s*\n\s*", " ", text.strip())
    return _MARKS_AFTER.sub("", _MARKS_BEFORE.sub("", text))


def assemble(parts: Sequence[Part]) -> Assembled:
    """Title fields and paragraphs of the article made of `parts`, in reading order.

    A part that joins runs on from the last part of the same role, across bylines that stand between; any other text
    part opens a paragraph. Parts of the same title role are joined by a space (a headline of two lines).
    """
    titles: dict[str, list[str]] = {"column": [], "kicker": [], "headline": [], "subheadline": []}
    bylines: list[str] = []
    paragraphs: list[tuple[Role, list[int]]] = []
    for i, part in enumerate(parts):
        if part.role in titles:
            titles[part.role].append(clean_title(part.text))
        elif part.role == "byline":
            bylines.append(part.text)
        elif part.role in TEXT_ROLES:
            if part.joins and paragraphs and paragraphs[-1][0] == part.role:
                paragraphs[-1][1].append(i)
            else:
                paragraphs.append((part.role, [i]))
    joined = {role: " ".join(t for t in texts if t) for role, texts in titles.items()}
    return Assembled(
        column=joined["column"],
        kicker=joined["kicker"],
        headline=joined["headline"],
        subheadline=joined["subheadline"],
        byline="\n".join(b for b in bylines if b),
        paragraphs=tuple(
            AssembledParagraph(role, tuple(at), "".join(parts[i].text for i in at)) for role, at in paragraphs
        ),
    )
