"""What an act leaves for the next screen of its page: what it did, where it did it, and what was not yet sent."""

from ..assembly import lay_out
from ..corrections.undoing import first_entry
from ..models import Article, Block, Doubt
from .wording import ARTICLE_KEYS

KEY = "desk-{}"


def leave(request, page, **found):
    """Keep for the screen of `page` what the editor had ticked or chosen, and what an act did."""
    key = KEY.format(page.pk)
    request.session[key] = {**request.session.get(key, {}), **found}


def unsent(data):
    """The ticks and the roles chosen that stand in the form of the whole screen."""
    chosen = {name[5:]: value for name, value in data.items() if name.startswith("role_") and value}
    ticked = [pk for pk in data.getlist("blocks") + data.getlist("ticked") if pk.isdecimal()]
    return {"ticked": ticked, "roles": {pk: role for pk, role in chosen.items() if pk.isdecimal()}}


def take(request, page):
    """What was left for this screen, once."""
    left = request.session.pop(KEY.format(page.pk), {})
    return {"ticked": set(left.get("ticked", ())), "roles": left.get("roles", {}), "told": left.get("told")}


def place_of(act, entry, page, form):
    """The anchor of what an act was about, as it stands after it: b12, a7, d3; empty for the page itself."""
    if act.name in ("accept_doubt", "dismiss_doubt"):
        return _place_of_doubt(form.cleaned_data["doubt"])
    if entry is not None and act.name in ("undo", "merge_articles", "set_roles"):
        return place_of_entry(entry.undoes or entry, page)
    for value in form.cleaned_data.values():
        thing = value[0] if isinstance(value, list) and value else value
        if isinstance(thing, Block):
            return f"b{thing.pk}"
        if isinstance(thing, Article):
            return f"a{thing.pk}"
    return ""


def _place_of_doubt(doubt):
    """The next doubt that is still open, else what this one spoke of."""
    others = Doubt.objects.filter(page=doubt.page_id, state=Doubt.State.OPEN).exclude(pk=doubt.pk)
    following = sorted(others, key=lambda d: ((d.start, d.pk) < (doubt.start, doubt.pk), d.start, d.pk))
    if following:
        return f"d{following[0].pk}"
    return _block_at(doubt.page, doubt.start) if doubt.end else _living(doubt.article_id)


def place_of_entry(entry, page):
    """The anchor of what an entry of the journal, or the one that it took back, was about."""
    entry = first_entry(entry)
    survivor = entry.arguments.get("survivor")
    if survivor and (place := _living(survivor)):
        return place
    for on, start, _ in entry.arguments.get("spans") or ():
        if on == page.pk:
            return _block_at(page, start)
    places = (_living(pk) for key in ARTICLE_KEYS if isinstance(pk := entry.arguments.get(key), int))
    return next(filter(None, places), "")


def _block_at(page, start):
    at = next((p for p in lay_out(page, page.blocks.all()) if p.start <= start < p.end), None)
    return f"b{at.block.pk}" if at else ""


def _living(pk):
    found = Article.objects.survivor_of(pk) or Article.objects.living().filter(pk=pk).first() if pk else None
    return f"a{found.pk}" if found else ""
