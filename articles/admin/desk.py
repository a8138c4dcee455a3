"""A page as it lies before an editor: its passages, its articles, those around it, and what may be chosen of them."""

from collections import defaultdict
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Prefetch, Q

from ..assembly import hidden_in, lay_out
from ..models import Article, Block, Correction, Credit, Page
from ..privacy.masking import runs_of

EXCERPT = 24


class Choice(NamedTuple):
    label: str
    thing: Any
    group: str = ""  # the page, where the choices are of several


def excerpt(text, length=EXCERPT):
    text = " ".join(text.split())
    return text if len(text) <= length else text[:length] + "…"


class Desk:
    def __init__(self, page):
        self.page = page
        blocks = list(Block.objects.filter(page=page).order_by())
        self.passages = lay_out(page, blocks)
        self.numbers = {p.block.pk: number for number, p in enumerate(self.passages, 1)}
        self.passage_of = {p.block.pk: p for p in self.passages}
        for block in blocks:
            block.page = page

    @cached_property
    def articles(self):
        """The living articles on the page in the order in which their texts begin, or their titles if those are all."""
        first = {}
        for p in self.passages:
            key = (p.block.role not in ("body", "caption"), p.start)
            first[p.block.article_id] = min(first.get(p.block.article_id, key), key)
        rows = Article.objects.living().filter(pk__in=[pk for pk in first if pk])
        rows = rows.select_related("category", "column").order_by()
        rows = rows.prefetch_related(Prefetch("credits", Credit.objects.order_by("position")))
        return {a.pk: a for a in sorted(rows, key=lambda a: first[a.pk][1])}

    @cached_property
    def parts(self):
        """Article id -> its passages on this page, in reading order."""
        found = defaultdict(list)
        for p in self.passages:
            if p.block.article_id:
                found[p.block.article_id].append(p)
        for passages in found.values():
            passages.sort(key=lambda p: (p.block.position, p.start))
        return found

    @cached_property
    def _hidden(self):
        """Block id -> what readers do not get of its text, as the page has it or an article does."""
        found = {p.block.pk: bytes(len(p.text)) for p in self.passages}
        for passages in (self.passages, *self.parts.values()):
            for p, (_, hidden) in zip(passages, hidden_in(passages), strict=True):
                found[p.block.pk] = bytes(map(max, found[p.block.pk], hidden))
        return found

    def masked(self, passage):
        """Where readers do not get the passage's text: [(start, end)]."""
        return runs_of(passage.text, self._hidden[passage.block.pk])

    @cached_property
    def links(self):
        """(article id, page id) of each other page that an article of this one stands on."""
        rows = Block.objects.filter(article__in=self.articles).exclude(page=self.page)
        return set(rows.order_by().values_list("article", "page"))

    @cached_property
    def pages(self):
        """The page, those of its issue, and those on which its articles stand, by id."""
        wanted = Q(pk__in={page for _, page in self.links})
        if self.page.issue_id:
            wanted |= Q(issue=self.page.issue_id)
        rows = Page.objects.filter(wanted).exclude(pk=self.page.pk).defer("source_text").in_order()
        return {self.page.pk: self.page, **{page.pk: page for page in rows}}

    @cached_property
    def elsewhere(self):
        """Article id -> the other pages that it stands on."""
        found = defaultdict(list)
        for article_id, page_id in sorted(self.links):
            found[article_id].append(self.pages[page_id])
        return found

    @property
    def versions(self):
        return {pk: page.version for pk, page in self.pages.items()}

    @cached_property
    def last_entry(self):
        """The latest entry of the journal that the editor can know of."""
        return Correction.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    def passage_at(self, doubt):
        """The passage that a doubt speaks of, if it speaks of one."""
        return next((p for p in self.passages if p.start <= doubt.start < p.end), None) if doubt.end else None

    # What forms offer: {id: (label, thing)}.

    @cached_property
    def block_choices(self):
        def label(p):
            return f"{self.numbers[p.block.pk]} {p.block.get_role_display()} {excerpt(p.text, 18)}"

        return {p.block.pk: Choice(label(p), p.block) for p in self.passages if p.source or p.block.article_id}

    @cached_property
    def place_choices(self):
        """The passages that stand in an article, each under its article."""
        return {
            p.block.pk: Choice(
                f"《{excerpt(self.articles[pk].title, 10)}》 {self.block_choices[p.block.pk].label}", p.block
            )
            for pk in self.articles
            for p in self.parts[pk]
        }

    @cached_property
    def article_choices(self):
        return {pk: Choice(f"《{excerpt(a.title)}》", a) for pk, a in self.articles.items()}

    @cached_property
    def issue_article_choices(self):
        """The page's articles and then those of the other pages of its issue."""
        found = dict(self.article_choices)
        others = Article.objects.living().filter(issue=self.page.issue_id).exclude(pk__in=found)
        if self.page.issue_id:
            for a in others.in_issue_order().select_related("page").defer("page__source_text"):
                found[a.pk] = Choice(f"《{excerpt(a.title)}》", a, a.page.label)
        return found

    @cached_property
    def doubts(self):
        return list(self.page.doubts.order_by("start", "pk"))

    @cached_property
    def doubt_choices(self):
        for doubt in self.doubts:
            doubt.page = self.page
        return {doubt.pk: Choice(doubt.text, doubt) for doubt in self.doubts}

    @cached_property
    def page_choices(self):
        return {pk: Choice(page.label, page) for pk, page in self.pages.items()}

    @cached_property
    def entry_choices(self):
        entries = Correction.objects.filter(pages=self.page).defer("before", "after")
        return {entry.pk: Choice(str(entry), entry) for entry in entries}
