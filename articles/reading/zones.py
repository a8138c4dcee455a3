"""Where the articles of a page stand on its picture, for pages whose file said where their lines stand."""

from dataclasses import dataclass

from ..assembly import lay_out
from ..extraction.ocr.lines import WHOLE
from ..models import PageLayout


@dataclass(frozen=True)
class Zone:
    """A printed line of an article; its box as parts of the page's width and height."""

    article: int
    role: str
    left: float
    top: float
    width: float
    height: float


def zones_of(page, articles):
    """The zones of these articles on a page, in the order of its text. A line of two articles is in both."""
    layout = PageLayout.objects.filter(page=page).first()
    if layout is None:
        return []
    wanted = {article.pk for article in articles}
    passages = [p for p in lay_out(page, page.blocks.all()) if p.block.article_id in wanted]
    return [
        Zone(passage.block.article_id, passage.block.role, *(part / WHOLE for part in box))
        for start, end, *box in layout.lines
        for passage in passages
        if passage.start < end and start < passage.end
    ]
