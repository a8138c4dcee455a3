"""Page text -> articles. Pure Python: no Django, no I/O; jieba is loaded when the first page is split."""

from .assemble import Assembled, AssembledParagraph, Part, assemble, clean_title
from .jumps import JumpEnd, JumpLinks, link_jumps
from .knowledge import EMPTY, Knowledge, Weights
from .split import split_page
from .values import (
    TEXT_ROLES,
    TITLE_ROLES,
    UNPLACED_REASONS,
    Article,
    Block,
    Credit,
    CreditRole,
    DateReading,
    Doubt,
    Kind,
    PageSplit,
    Paragraph,
    Role,
)

__all__ = [
    "EMPTY",
    "TEXT_ROLES",
    "TITLE_ROLES",
    "UNPLACED_REASONS",
    "Article",
    "Assembled",
    "AssembledParagraph",
    "Block",
    "Credit",
    "CreditRole",
    "DateReading",
    "Doubt",
    "JumpEnd",
    "JumpLinks",
    "Kind",
    "Knowledge",
    "PageSplit",
    "Paragraph",
    "Part",
    "Role",
    "Weights",
    "assemble",
    "clean_title",
    "link_jumps",
    "split_page",
]
