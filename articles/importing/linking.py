"""After an issue's pages are in: join what jumps from one page to another (下转, 上接) into one article.

Pages that an editor has touched are left as they are; what would be joined there becomes a doubt with a proposal.
A marker that nothing answers becomes a doubt too, and is tried again when another page of the issue arrives.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction

from ..assembly import write_articles
from ..corrections.jumps import append_continuation
from ..extraction import JumpEnd, link_jumps
from ..models import Article, Block, Doubt, Page
from ..search import write_documents

UNANSWERED, PROPOSED = "jump_unanswered", "jump_proposed"


@transaction.atomic
def link_issue(issue_id: int) -> int:
    """Link the jumps of an issue; how many were linked. Doing it again changes nothing."""
    pages = {p.pk: p for p in Page.objects.filter(issue=issue_id).defer("source_text").select_related("newspaper")}
    if not _has_markers(issue_id):
        return 0
    ends = _find_ends(issue_id, pages)
    links = link_jumps(ends)
    linked = 0
    survivors: dict[int, int] = {}
    # Head first: of a chain over three pages the last part then goes to the first.
    for head_pk, rest_pk in _heads_first([(int(str(h)), int(str(c))) for h, c in links.pairs]):
        head = Article.objects.get(pk=survivors.get(head_pk, head_pk))
        rest = Article.objects.get(pk=rest_pk)
        if _touched(head, rest, pages):
            _propose(head, rest)
            continue
        append_continuation(head, rest)
        Article.objects.filter(pk=rest.pk).update(merged_into=head)
        _join_credits(head, rest)
        survivors[rest_pk] = head.pk
        write_articles([Article.objects.get(pk=rest.pk), Article.objects.get(pk=head.pk)])
        linked += 1
    _write_unanswered([int(str(key)) for key in links.unanswered], pages)
    if linked:
        write_documents(pages=Page.objects.filter(pk__in=pages))
    return linked


def _has_markers(issue_id: int) -> bool:
    marked = Article.objects.filter(blocks__page__issue=issue_id)
    return marked.exclude(continued_on="", continued_from="").exists()


def _find_ends(issue_id: int, pages: dict[int, Page]) -> list[JumpEnd]:
    articles = Article.objects.living().filter(issue=issue_id).prefetch_related("merged").order_by("pk")
    numbers: dict[int, list[str]] = defaultdict(list)
    for article_id, page_id in (
        Block.objects.filter(article__in=articles).order_by("article", "position").values_list("article", "page")
    ):
        number = pages[page_id].number if page_id in pages else ""
        if number not in numbers[article_id]:
            numbers[article_id].append(number)
    ends = []
    for article in articles:
        mine = numbers.get(article.pk, [])
        on, came_from = _open_label(article, "continued_on", mine), _open_label(article, "continued_from", mine)
        if not mine or not mine[-1] or (len(mine) > 1 and not on and not came_from):
            continue
        lines = article.body.split("\n")
        ends.append(
            JumpEnd(
                key=article.pk,
                page=mine[0] if came_from and not on else mine[-1],
                headline=article.headline or None,
                first_text=lines[0],
                last_text=lines[-1],
                continued_from=came_from,
                continued_on=on,
                body=article.body,
            )
        )
    return ends


def _open_label(article: Article, field: str, mine: Sequence[str]) -> str | None:
    """The page that the article, or a part already joined to it, names and that it does not reach yet."""
    labels = [getattr(part, field) for part in (article, *article.merged.all())]
    return next((label for label in labels if label and label not in mine), None)


def _heads_first(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    continues = {rest: head for head, rest in pairs}

    def depth(pk: int) -> int:
        steps = 0
        while pk in continues:
            pk, steps = continues[pk], steps + 1
        return steps

    return sorted(pairs, key=lambda pair: (depth(pair[0]), pair))


def _touched(head: Article, rest: Article, pages: dict[int, Page]) -> bool:
    ids = set(Block.objects.filter(article__in=[head, rest]).values_list("page", flat=True))
    return any(pages[pk].touched for pk in ids)


def _join_credits(head: Article, rest: Article) -> None:
    """A name printed under the continuation is the article's; one printed under both parts is named once."""
    named = set(head.credits.values_list("name", "role"))
    position = max(head.credits.values_list("position", flat=True), default=-1) + 1
    for credit in rest.credits.order_by("position"):
        if (credit.name, credit.role) in named:
            credit.delete()
            continue
        credit.article, credit.position = head, position
        credit.save(update_fields=["article", "position"])
        position += 1


def _propose(head: Article, rest: Article) -> None:
    assert rest.page is not None
    text = f"“{rest.title}”像是“{head.title}”的转版续文，两版中有编辑改过的，未自动连接。"
    Doubt.objects.get_or_create(
        page=rest.page,
        article=rest,
        code=PROPOSED,
        defaults={"text": text[:500], "proposal": {"act": "link_jump", "head": head.pk, "continuation": rest.pk}},
    )


def _write_unanswered(article_ids: Sequence[int], pages: dict[int, Page]) -> None:
    doubts = Doubt.objects.filter(page__in=pages, code=UNANSWERED)
    doubts.filter(state=Doubt.State.OPEN).exclude(article__in=article_ids).delete()
    known = set(doubts.values_list("article", flat=True))
    for article in Article.objects.filter(pk__in=set(article_ids) - known).select_related("page"):
        names = " ".join(
            words + label
            for words, label in (("下转", article.continued_on), ("上接", article.continued_from))
            if label
        )
        Doubt.objects.create(
            page=article.page,
            article=article,
            code=UNANSWERED,
            text=f"“{article.title}”注明{names}版，那一版上没有找到与它相接的文章。"[:500],
        )
