"""After an issue's pages are in: join what jumps from one page to another (下转, 上接) into one article.

Pages that an editor has touched are left as they are; what would be joined there becomes a doubt with a proposal.
A marker that nothing answers becomes a doubt too, and is tried again when another page of the issue arrives.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from django.db import transaction
from django.db.models import F, Min, Q

from ..assembly import fill_article, read_passages, save_filled, weigh_pages
from ..bulk import update_rows
from ..corrections.jumps import RUN_ON, run_on
from ..extraction import JumpEnd, JumpLinks, link_jumps
from ..models import Article, Block, Credit, Doubt, Page
from ..search import write_documents

UNANSWERED, PROPOSED = "jump_unanswered", "jump_proposed"
AT_ONCE = 20  # issues linked in one transaction: some tenths of a second

Pair = tuple[int, int]  # ids of a head and of its continuation


def link_issues(issue_ids: Iterable[int]) -> int:
    """Link the jumps of issues; how many were linked. Doing it again changes nothing."""
    ids = sorted(issue_ids)
    return sum(_link_some(ids[i : i + AT_ONCE]) for i in range(0, len(ids), AT_ONCE))


def _link_some(issue_ids: Sequence[int]) -> int:
    if not (marked := _find_marked(issue_ids)):
        return 0
    with transaction.atomic():
        # Locked in the order that editorial acts lock them in.
        locked = Page.objects.select_for_update(of=("self",), no_key=True).filter(issue__in=marked).order_by("pk")
        pages = {page.pk: page for page in locked.defer("source_text").select_related("newspaper", "issue")}
        noted = Page.objects.filter(pk__in=pages, corrections__isnull=False).order_by().values_list("pk", flat=True)
        touched = {pk for pk in set(noted) if pages[pk].touched}
        joined: dict[int, Article] = {}
        proposed: dict[int, list[Pair]] = {}
        words: dict[int, dict[int, str]] = {}
        waiting = marked
        while waiting:
            again = set()
            wanted: list[Pair] = []
            for issue_id, ends in _find_ends(waiting, pages).items():
                links = link_jumps(ends)
                pairs = _heads_first([(int(str(head)), int(str(rest))) for head, rest in links.pairs])
                proposed[issue_id] = [pair for pair in pairs if touched and touched & _pages_of(*pair)]
                words[issue_id] = _open_words(ends, links)
                ready = [pair for pair in pairs if pair not in proposed[issue_id]]
                wanted += ready
                # Looked at again where a marker is left: what the words of an issue tell changes with its articles.
                if ready and (links.unanswered or proposed[issue_id]):
                    again.add(issue_id)
            joined |= _join_pairs(wanted)
            waiting = again
        said = {article: text for texts in words.values() for article, text in texts.items()}
        _write_doubts(list(chain(*proposed.values())), said, pages)
        if joined:
            # The texts of pages beside their articles stay: what is joined is public, and no role becomes furniture.
            write_documents(articles={*joined, *(head.pk for head in joined.values())})
            changed = {head.issue_id for head in joined.values()}
            Page.objects.filter(issue__in=changed).update(version=F("version") + 1)
    return len(joined)


def _join_pairs(pairs: Sequence[Pair]) -> dict[int, Article]:
    """Part -> the article that it is part of now. Head first: of a chain over three pages the last part then goes to
    the first."""
    rests = [rest for _, rest in pairs]
    if not rests:
        return {}
    wanted = Q(pk__in={pk for pair in pairs for pk in pair})
    # What was joined to a part before, and what is an item of it, goes along: every part leads to the head in one step.
    found = Article.objects.filter(wanted | Q(merged_into__in=rests) | Q(parent__in=rests)).order_by("pk")
    articles = {article.pk: article for article in found}
    passages = read_passages([articles[pk] for pair in pairs for pk in pair])
    survivors: dict[int, Article] = {}
    moved: list[Block] = []
    for head, rest in pairs:
        survivor = survivors[rest] = survivors.get(head, articles[head])
        continuation = passages.pop(rest, [])
        moved += run_on(survivor, passages[survivor.pk], continuation)
        passages[survivor.pk] += continuation
        for article in articles.values():
            if rest in (article.pk, article.merged_into_id):
                article.merged_into = survivor
            if article.parent_id == rest:
                article.parent = survivor
    for pk in {pk for pair in pairs for pk in pair}:
        page = articles[pk].page_id
        fill_article(articles[pk], passages.get(pk, []))
        if pk in survivors:
            # A part remembers its page: should one of the pages be split anew, it gets its own id back (parting).
            articles[pk].page_id = page
    update_rows(moved, RUN_ON)
    update_rows(list(articles.values()), ("merged_into", "parent"))
    save_filled([articles[pk] for pair in pairs for pk in pair])
    _join_credits(survivors)
    return survivors


def _find_marked(issue_ids: Collection[int]) -> set[int]:
    """The issues with an article that names a page where it goes on or comes from."""
    marked = Article.objects.exclude(continued_on="", continued_from="").order_by()
    own = marked.filter(issue__in=issue_ids).values_list("issue", flat=True)
    joined = marked.filter(merged_into__issue__in=issue_ids).values_list("merged_into__issue", flat=True)
    return {*own, *joined}


def _find_ends(issue_ids: Collection[int], pages: Mapping[int, Page]) -> dict[int, list[JumpEnd]]:
    """By issue, its articles that can be part of a jump."""
    articles = Article.objects.living().filter(issue__in=issue_ids).order_by("pk")
    labels: dict[int | None, list[list[str]]] = defaultdict(list)  # of the parts joined to it
    parts = Article.objects.filter(merged_into__in=articles.values("pk").order_by()).order_by("pk")
    for pk, *said in parts.values_list("merged_into", "continued_on", "continued_from"):
        labels[pk].append(said)
    numbers: dict[int, list[str]] = defaultdict(list)
    blocks = Block.objects.filter(article__in=articles.values("pk").order_by()).values("article", "page")
    for found in blocks.annotate(first=Min("position")).order_by("article", "first"):
        number = pages[found["page"]].number if found["page"] in pages else ""
        if number not in numbers[found["article"]]:
            numbers[found["article"]].append(number)
    ends: dict[int, list[JumpEnd]] = {issue_id: [] for issue_id in issue_ids}
    fields = ("pk", "issue", "headline", "body", "continued_on", "continued_from")
    for pk, issue_id, headline, body, *said in articles.values_list(*fields):
        mine, every = numbers.get(pk, []), [said, *labels[pk]]
        on, came_from = _open_label((each[0] for each in every), mine), _open_label((each[1] for each in every), mine)
        if not mine or not mine[-1] or (len(mine) > 1 and not on and not came_from):
            continue
        lines = body.split("\n")
        ends[issue_id].append(
            JumpEnd(
                key=pk,
                page=mine[0] if came_from and not on else mine[-1],
                headline=headline or None,
                first_text=lines[0],
                last_text=lines[-1],
                continued_from=came_from,
                continued_on=on,
                body=body,
            )
        )
    return ends


def _open_label(labels: Iterable[str], mine: Sequence[str]) -> str | None:
    """The page that the article, or a part already joined to it, names and that it does not reach yet."""
    return next((label for label in labels if label and label not in mine), None)


def _heads_first(pairs: list[Pair]) -> list[Pair]:
    continues = {rest: head for head, rest in pairs}

    def depth(pk: int) -> int:
        steps = 0
        while pk in continues:
            pk, steps = continues[pk], steps + 1
        return steps

    return sorted(pairs, key=lambda pair: (depth(pair[0]), pair))


def _pages_of(*articles: int) -> set[int]:
    return set(Block.objects.filter(article__in=articles).order_by().values_list("page", flat=True))


def _join_credits(survivors: Mapping[int, Article]) -> None:
    """A name printed under the continuation is the article's; one printed under both parts is named once."""
    heads = {article.pk for article in survivors.values()}
    of: dict[int, list[Credit]] = defaultdict(list)
    for credit in Credit.objects.filter(article__in={*survivors, *heads}).order_by("position"):
        of[credit.article_id].append(credit)
    moved = []
    for rest, head in survivors.items():
        mine = of[head.pk]
        for credit in of[rest]:
            if (credit.name, credit.role) not in {(c.name, c.role) for c in mine}:
                credit.article, credit.position = head, mine[-1].position + 1 if mine else 0
                mine.append(credit)
                moved.append(credit)
    update_rows(moved, ("article", "position"))


def _write_doubts(proposed: Sequence[Pair], words: Mapping[int, str], pages: Mapping[int, Page]) -> None:
    """A doubt for each pair on pages that an editor has touched, and for each article with a marker that nothing
    answers; open ones of what is no more go."""
    doubts = list(Doubt.objects.filter(page__in=pages, code__in=(PROPOSED, UNANSWERED)))
    wanted = {PROPOSED: {rest for _, rest in proposed}, UNANSWERED: words.keys()}
    outdated = [d.pk for d in doubts if d.state == Doubt.State.OPEN and d.article_id not in wanted[d.code]]
    if outdated:
        Doubt.objects.filter(pk__in=outdated).delete()
    known = {(doubt.code, doubt.article_id): doubt for doubt in reversed(doubts) if doubt.pk not in outdated}
    weighed = {doubt.page_id for doubt in doubts if doubt.pk in outdated}
    for head_pk, rest_pk in proposed:
        head, rest = Article.objects.get(pk=head_pk), Article.objects.select_related("page").get(pk=rest_pk)
        text = f"“{rest.title}”像是“{head.title}”的转版续文，两版中有编辑改过的，未自动连接。"
        proposal = {"act": "link_jump", "head": head.pk, "continuation": rest.pk}
        _write_doubt(known.get((PROPOSED, rest.pk)), rest, PROPOSED, text, proposal)
        weighed.add(rest.page_id or 0)
    for article in Article.objects.filter(pk__in=words).select_related("page").order_by("pk"):
        text = f"“{article.title}”注明{words[article.pk]}，那一版上没有找到与它相接的文章。"
        _write_doubt(known.get((UNANSWERED, article.pk)), article, UNANSWERED, text)
        weighed.add(article.page_id or 0)
    if weighed:
        weigh_pages(weighed)


def _write_doubt(
    known: Doubt | None, article: Article, code: str, text: str, proposal: dict[str, Any] | None = None
) -> None:
    text = text[:500]
    if known is None:
        if article.page is not None:
            Doubt.objects.create(page=article.page, article=article, code=code, text=text, proposal=proposal)
    elif known.state == Doubt.State.OPEN and (known.text, known.proposal) != (text, proposal):
        Doubt.objects.filter(pk=known.pk).update(text=text, proposal=proposal)


def _open_words(ends: Sequence[JumpEnd], links: JumpLinks) -> dict[int, str]:
    """Article id -> what its unanswered markers say."""
    heads, rests = {head for head, _ in links.pairs}, {rest for _, rest in links.pairs}
    words: dict[int, str] = {}
    for end in ends:
        said = f"下转{end.continued_on}版" if end.continued_on and end.key not in heads else ""
        said += f"上接{end.continued_from}版" if end.continued_from and end.key not in rests else ""
        if said:
            words[int(str(end.key))] = said
    return words
