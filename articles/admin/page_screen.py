"""The screen on which an editor mends a page: its source beside its articles, with every act."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from ..assembly import assemble_passages
from ..extraction.assemble import clean_title
from ..models import Block, Correction, Doubt, Page
from .acts import ASSIGN, MEND, SIGN_OFF, WITHDRAW, forms_on
from .desk import Desk
from .doubt_kinds import kind_of
from .forms.passages import MoveBlocks, SetAside, SetRoles
from .proposal_words import promise_of
from .queue import neighbours_in_queue, queue_query
from .told import take
from .wording import Journal, journal_of, who

JOURNAL_SHOWN = 20


def page_screen(request, site, pk):
    page = get_object_or_404(
        Page.objects.select_related("newspaper", "issue", "checked_by", "signed_off_by", "assigned_to"), pk=pk
    )
    desk, user = Desk(page), request.user
    journal = journal_of(page, None if request.GET.get("journal") == "all" else JOURNAL_SHOWN).allow_undo(user)
    left = take(request, page)
    roles = SetRoles(desk=desk, auto_id="roles-%s", initial={f"role_{pk}": role for pk, role in left["roles"].items()})
    doubts = sort_doubts(desk)
    previous, following = neighbours_in_queue(request, page)
    context = {
        **site.each_context(request),
        "title": f"{page}{' ' + page.name if page.name else ''}",
        "page": page,
        "desk": desk,
        "may": what_may(user),
        "press_form": "moving" if user.has_perm(MEND) else "quick",
        "may_claim": page.assigned_to_id is None and page.state == Page.State.PENDING,
        "is_mine": page.assigned_to_id == user.pk,
        "passages": lay_passages(desk, doubts, request, left["ticked"], roles),
        "articles": lay_articles(desk, doubts, request),
        "doubts": doubts["page"],
        "open_doubts": sum(d.state == Doubt.State.OPEN for d in desk.doubts),
        "told": tell_entry(left["told"], page, user),
        "ticked": left["ticked"],
        "roles": roles,
        "page_forms": forms_on("page", desk, user),
        "moving": MoveBlocks(desk=desk, auto_id="move-%s"),
        "aside": SetAside(desk=desk, auto_id="aside-%s"),
        "journal": journal,
        "journal_cut": len(journal) == JOURNAL_SHOWN,
        "previous": previous,
        "next": following,
        "queue": queue_query(request),
        "back": here(request, page),
        "stay": here(request, page, *opened_panel(request)),
        "checker": who(page.checked_by),
        "signer": who(page.signed_off_by),
    }
    return render(request, "admin/desk/page.html", context)


def tell_entry(told, page, user):
    """What the last act did, in words, and the anchor of where; None when there was none."""
    found = told and list(Journal(Correction.objects.filter(pk=told["entry"]), page).allow_undo(user))
    return {"entry": found[0], "place": told["place"]} if found else None


def what_may(user):
    """Which kinds of act the user may do, for what the screen offers."""
    return {
        "mend": user.has_perm(MEND),
        "sign_off": user.has_perm(SIGN_OFF),
        "withdraw": user.has_perm(WITHDRAW),
        "assign": user.has_perm(ASSIGN),
    }


def here(request, page, *opened):
    """The screen's address with the filters of the queue, and what panel is open, to come back to after an act."""
    query = "&".join(filter(None, [queue_query(request), *opened]))
    address = reverse("admin:articles_page_change", args=[page.pk])
    return f"{address}?{query}" if query else address


def opened_panel(request):
    return [f"{name}={pk}" for name in ("passage", "article") if (pk := chosen(request, name))]


def sort_doubts(desk):
    """Open doubts by what they speak of: {"page": [...], "passage": {block id: [...]}, "article": {...}}."""
    found = {"page": [], "passage": {}, "article": {}}
    for doubt in desk.doubts:
        if doubt.state != Doubt.State.OPEN:
            continue
        doubt.kind, doubt.given, doubt.anchor = kind_of(doubt), str(doubt.pk), f"d{doubt.pk}"
        doubt.promises = promise_of(doubt, desk)
        at = desk.passage_at(doubt)
        if at is not None:
            found["passage"].setdefault(at.block.pk, []).append(doubt)
        elif doubt.article_id in desk.articles:
            found["article"].setdefault(doubt.article_id, []).append(doubt)
        else:
            found["page"].append(doubt)
    return found


def chosen(request, name):
    value = request.GET.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 19 else None


def lay_passages(desk, doubts, request, ticked, roles):
    """What the screen shows of each passage; the forms only of the one that is opened."""
    opened, rows, owner = chosen(request, "passage"), [], None
    first = {passages[0].block.pk for passages in desk.parts.values()}
    heads = {pk for pk, pages in desk.elsewhere.items() if desk.articles[pk].page_id != desk.page.pk}
    for number, p in enumerate(desk.passages, 1):
        block, article = p.block, desk.articles.get(p.block.article_id)
        rows.append(
            {
                "number": number,
                "anchor": f"b{block.pk}",
                "passage": p,
                "block": block,
                "runs": cut_at(p.text, desk.masked(p)),
                "article": article,
                "place": desk_place(block),
                "begins": article is not None and block.article_id != owner,
                "may_split": may_split(block) and (block.pk not in first or block.article_id in heads),
                "may_join": article is not None and block.role in (Block.Role.BODY, Block.Role.CAPTION),
                "repeats": repeated(desk, block),
                "doubts": doubts["passage"].get(block.pk, []),
                "forms": passage_forms(desk, block, request.user) if block.pk == opened else [],
                "opened": block.pk == opened,
                "ticked": str(block.pk) in ticked,
                "role": roles[f"role_{block.pk}"] if block.pk in desk.block_choices else None,
            }
        )
        owner = block.article_id
    return rows


def cut_at(text, masked):
    """[(text, do readers not get it)] of a passage of which something is masked."""
    runs, at = [], 0
    for start, end in masked:
        runs += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [*runs, (text[at:], False)] if masked else []


def may_split(block):
    return block.article_id is not None and block.role not in (Block.Role.BYLINE, Block.Role.FURNITURE)


def desk_place(block):
    """Where a passage stands that is in no article."""
    if block.article_id:
        return ""
    if block.duplicate_start is not None:
        return "重复"
    return block.get_reason_display() + (f"：{block.reason_note}" if block.reason_note else "")


def repeated(desk, block):
    """The passage that this one repeats."""
    if block.duplicate_start is None:
        return None
    return next((p for p in desk.passages if p.start <= block.duplicate_start < p.end), None)


def passage_forms(desk, block, user):
    folded, placed = block.duplicate_start is not None, block.article_id is not None
    senseless = {"unfold_block": not folded, "fold_block": folded, "split_article": not placed}
    return [entry for entry in forms_on("passage", desk, user, block.pk) if not senseless.get(entry[0].name)]


def lay_articles(desk, doubts, request):
    opened, articles = chosen(request, "article"), list(desk.articles.values())
    rows = []
    for i, article in enumerate(articles):
        is_open = article.pk == opened
        rows.append(
            {
                "article": article,
                "anchor": f"a{article.pk}",
                "given": str(article.pk),
                "paragraphs": paragraphs_of(desk.parts[article.pk]),
                "elsewhere": desk.elsewhere.get(article.pk, []),
                "previous": articles[i - 1] if i else None,
                "next": articles[i + 1] if i + 1 < len(articles) else None,
                "doubts": doubts["article"].get(article.pk, []),
                "opened": is_open,
                "forms": article_forms(desk, article, request.user) if is_open else [],
            }
        )
    return rows


def paragraphs_of(passages):
    """[(role, passages)]: what of an article stands on the page, as its readers get it."""
    return [
        (
            p.role,
            [
                (clean_title(passages[i].text) if p.role == "subheading" else passages[i].text, passages[i])
                for i in p.parts
            ],
        )
        for p in assemble_passages(passages).paragraphs
    ]


def article_forms(desk, article, user):
    withdrawn = article.state == article.State.WITHDRAWN
    senseless = {"withdraw_article": withdrawn, "bring_back_article": not withdrawn}
    senseless["supply_headline"] = bool(article.headline) and not article.supplied_headline
    found = [e for where in ("file", "article", "withdrawal") for e in forms_on(where, desk, user, article.pk)]
    return [entry for entry in found if not senseless.get(entry[0].name)]
