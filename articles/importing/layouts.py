"""The places of a page's lines, as its file says them, kept beside the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple

from ..bulk import insert_rows
from ..extraction.ocr import Line
from ..extraction.page_file import decode_file
from ..models import Page, PageLayout


def add_layouts(pages: Iterable[tuple[Page, Sequence[Line]]]) -> None:
    """Keep the lines of new pages."""
    insert_rows([PageLayout(page=page, lines=list(map(astuple, lines))) for page, lines in pages if lines])


def replace_layout(page: Page, lines: Sequence[Line]) -> None:
    """Keep the lines of a page's new text in place of those of its former one."""
    PageLayout.objects.filter(page=page).delete()
    add_layouts([(page, lines)])


def lines_anew(page: Page) -> Sequence[Line]:
    """The lines of a page's text, from its original bytes. Raises UndecodableText."""
    return decode_file(page.source_path, page.original.data, page.encoding or None)[1] if page.original else ()
