"""An issue -> an open package: a bag with its pages, articles and files, for any archive and for people.

    data/issue.json           what is known, in words (articles.keeping.issue_shape)
    data/pages/001.txt        the text of a page, as it was read; 001.1.txt its first former one
    data/articles/001.txt     an article as readers get it; it follows from the rest
    data/originals/<sha256>…  the files as they came
    data/facsimiles/<sha256>… pictures

There are no ids in it and no accounts: rows refer to each other by their places in the lists. The same issue makes the
same bytes, in whatever archive it stands. Of the journal only the outcome is in it, with the mark that a page was
touched; articles that were merged into others or are gone are addresses of this archive, and stay behind.
"""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings

from ..assembly import read_paragraphs, read_passages
from ..importing.sources import PAGE_SUFFIXES
from ..models import Article, Block, Doubt, Issue, Original, Page, PageRevision
from .bags import BagWriter
from .files import written_aside
from .issue_shape import ARTICLE, BLOCK, DOUBT, FORMAT, ISSUE, PAGE, VERSION

# What a proposal of a doubt names: passages, and articles.
OF_BLOCKS, OF_ARTICLES = ("at", "block", "blocks"), ("to", "head", "continuation", "article")
OF_TEXT = ("as_headline", "kind", "text", "was")


class ExportRefused(Exception):
    """An issue of which something is lost; the message says what."""


def package_name(issue: Issue) -> str:
    return f"{issue.newspaper.slug}-{issue.label}"


def export_issue(issue: Issue, path: Path) -> int:
    """Write the package of an issue; how many articles are in it. Raises ExportRefused, OSError."""
    export = Export(issue)
    with written_aside(path, mode=0o644) as file:
        bag = BagWriter(file, package_name(issue))
        said = json.dumps(export.said(), ensure_ascii=False, indent=1, sort_keys=True)
        bag.add("issue.json", said.encode() + b"\n")
        for name, text in sorted(export.texts.items()):
            bag.add(name, text.encode())
        for digest, name in sorted(export.originals.items()):
            bag.add(name, Original.objects.get(pk=digest).data)
        for name, picture in sorted(export.pictures.items()):
            bag.add(name, picture.read_bytes(), packed=False)
        bag.close()
    return len(export.articles)


class Export:
    """An issue as plain values, and the files that go with them."""

    def __init__(self, issue: Issue):
        self.issue = issue
        self.pages = list(issue.pages.in_order().select_related("newspaper", "issue", "layout"))
        self.blocks = [list(page.blocks.order_by("start")) for page in self.pages]
        placed = dict.fromkeys(b.article_id for blocks in self.blocks for b in blocks if b.article_id)
        found = Article.objects.select_related("category", "column").in_bulk(placed)
        self.articles = [found[pk] for pk in placed]
        self.number = {pk: i for i, pk in enumerate(placed)}
        self.place = {b.pk: [i, n] for i, blocks in enumerate(self.blocks) for n, b in enumerate(blocks)}
        self.texts: dict[str, str] = {}
        self.originals: dict[str, str] = {}
        self.pictures: dict[str, Path] = {}

    def said(self) -> dict[str, Any]:
        paper = self.issue.newspaper
        said: dict[str, Any] = {name: getattr(paper, name) for name in ISSUE["newspaper"]}  # type: ignore[attr-defined]
        passages = read_passages(self.articles)
        return {
            "format": FORMAT,
            "version": VERSION,
            "newspaper": said,
            "issue": {
                "date": self.issue.date.isoformat(),
                "edition": self.issue.edition,
                "number": self.issue.number,
                "date_known": self.issue.date_known,
            },
            "pages": [self._page(i, page) for i, page in enumerate(self.pages)],
            "articles": [self._article(article, passages.get(article.pk, [])) for article in self.articles],
        }

    def _page(self, i: int, page: Page) -> dict[str, Any]:
        former = page.revisions.order_by("revision")
        addresses = page.former_addresses.order_by("path").values_list("path", flat=True)
        return (
            self._text_file(page, f"{i + 1:03}")
            | _plain(page, PAGE)
            | {
                "signed_off_at": page.signed_off_at and page.signed_off_at.isoformat(),
                "touched": page.touched,
                "facsimile": self._picture(page),
                "former_texts": [
                    self._text_file(text, f"{i + 1:03}.{text.revision}")
                    | {"revision": text.revision, "replaced_at": text.replaced_at.isoformat()}
                    for text in former
                ],
                "former_addresses": list(addresses),
                "lines": page.layout.lines if hasattr(page, "layout") else [],
                "blocks": [self._block(block) for block in self.blocks[i]],
                "doubts": [self._doubt(doubt) for doubt in page.doubts.order_by("start", "end", "code", "text", "pk")],
            }
        )

    def _text_file(self, kept: Page | PageRevision, name: str) -> dict[str, Any]:
        path = f"pages/{name}.txt"
        self.texts[path] = kept.source_text
        return {
            "text": path,
            "text_sha256": kept.text_sha256,
            "original": self._original(kept),
            "source_path": kept.source_path,
            "encoding": kept.encoding,
        }

    def _original(self, kept: Page | PageRevision) -> str | None:
        if kept.original_id is None:
            return None
        suffix = PurePosixPath(kept.source_path).suffix.lower()
        name = f"originals/{kept.original_id}{suffix if suffix in PAGE_SUFFIXES else ''}"
        return self.originals.setdefault(kept.original_id, name)

    def _picture(self, page: Page) -> str | None:
        if not page.facsimile:
            return None
        path = Path(settings.MEDIA_ROOT) / str(page.facsimile)
        if not path.is_file():
            raise ExportRefused(f"{page}的版面图 {page.facsimile} 不见了，没有导出。请先从备份里取回。")
        name = f"facsimiles/{path.name}"
        self.pictures[name] = path
        return name

    def _block(self, block: Block) -> dict[str, Any]:
        repeats = block.duplicate_start, block.duplicate_end
        return _plain(block, BLOCK) | {
            "article": self._number(block.article_id),
            "repeats": None if repeats[0] is None else list(repeats),
        }

    def _number(self, article_id: int | None) -> int | None:
        return self.number.get(article_id or 0)

    def _doubt(self, doubt: Doubt) -> dict[str, Any]:
        return _plain(doubt, DOUBT) | {
            "article": self._number(doubt.article_id),
            "proposal": self._proposal(doubt.proposal),
        }

    def _proposal(self, proposal: Any) -> dict[str, Any] | None:
        """The act that a doubt proposes, where all that it names is in the package."""
        if not isinstance(proposal, dict) or not {*proposal} <= {"act", *OF_BLOCKS, *OF_ARTICLES, *OF_TEXT}:
            return None
        try:
            return {
                "act": proposal["act"],
                "blocks": {k: _each(self.place, proposal[k]) for k in OF_BLOCKS if k in proposal},
                "articles": {k: self.number[proposal[k]] for k in OF_ARTICLES if k in proposal},
                "fields": {k: proposal[k] for k in OF_TEXT if k in proposal},
            }
        except (KeyError, TypeError):
            return None

    def _article(self, article: Article, passages: Any) -> dict[str, Any]:
        path = f"articles/{self.number[article.pk] + 1:03}.txt"
        self.texts[path] = _as_read(article, passages)
        return _plain(article, ARTICLE) | {
            "text": path,
            "title": article.title,
            "category": article.category and {"name": article.category.name, "slug": article.category.slug},
            "column": article.column and article.column.name,
            "parent": self._number(article.parent_id),
            "corrects": self._number(article.corrects_id),
            "withdrawn_at": article.withdrawn_at and article.withdrawn_at.isoformat(),
            "changed_at": article.changed_at.isoformat(),
            "credits": [
                {
                    "name": credit.name,
                    "role": credit.role,
                    "unit": credit.unit,
                    "block": self.place.get(credit.block_id or 0),
                    "person": credit.person and {"name": credit.person.name, "note": credit.person.note},
                }
                for credit in article.credits.select_related("person").order_by("position")
            ],
        }


def _plain(row: Any, shape: dict[str, Any]) -> dict[str, Any]:
    """The fields of a row that the shape names and that are plain values."""
    fields = {field.name: field for field in row._meta.concrete_fields}
    plain = {name for name in shape if name in fields and not fields[name].is_relation}
    return {name: getattr(row, name) for name in shape if name in plain}


def _each(places: dict[int, list[int]], ids: Any) -> Any:
    return [places[pk] for pk in ids] if isinstance(ids, list) else places[ids]


def _as_read(article: Article, passages: Any) -> str:
    headline = article.headline or (f"[{article.supplied_headline}]" if article.supplied_headline else "")
    titles = (article.kicker, headline, article.subheadline, article.byline)
    paragraphs = [paragraph.text for paragraph in read_paragraphs(article, passages)]
    return "\n\n".join(filter(None, (*titles, *paragraphs))) + "\n"
