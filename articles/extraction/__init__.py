"""Page text -> articles. Pure Python: no Django, no I/O; jieba is loaded when the first page is split."""

from .assemble import Assembled, AssembledParagraph, Part, assemble, clean_title
from .jumps import JumpEnd, JumpLinks, link_jumps
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
    "PageSplit",
    "Paragraph",
    "Part",
    "Role",
    "assemble",
    "clean_title",
    "link_jumps",
    "split_page",
]
