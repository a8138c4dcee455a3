"""Acts on many in words, and whether they still stand."""

from ..corrections.undoing import first_entry
from ..models import Correction

# Acts on many, and what it takes to do them or take them back.
NEEDED = {
    "rename_name": "articles.act_on_many",
    "merge_names": "articles.act_on_many",
    "set_categories": "articles.act_on_many",
    "replace_text": "articles.act_on_many",
    "assign_pages": "articles.assign_page",
}
KINDS = {"column": "栏目", "person": "人物", "category": "类别"}


def needed_to_undo(entry):
    """The permission that taking an entry back asks for: that of the act, also of an undo of an undo of it, or of what
    was done with a doubt's acceptance."""
    from .acts import ACTS, MEND

    entry = first_entry(entry)
    action = entry.arguments.get("does", entry.action)
    return ACTS[action].permission if action in ACTS else NEEDED.get(action, MEND)


def describe(entry):
    """What an act did: 栏目“街巷新亊”并入“街巷新事”（12篇）."""
    given = entry.arguments
    if entry.action == "rename_name":
        return f"{KINDS[given['kind']]}“{given['was']}”改名为“{given['name']}”"
    if entry.action == "merge_names":
        return f"{KINDS[given['kind']]}“{given['other'][1]}”并入“{given['survivor'][1]}”（{given['count']}篇）"
    if entry.action == "set_categories":
        return f"{given['count']}篇文章归入“{given['category']}”"
    if entry.action == "replace_text":
        return f"“{given['find']}”改为“{given['replacement']}”（{given['count']}处）"
    return f"{given['count']}版分派给{given['to']}" if given["to"] else f"收回{given['count']}版的分派"


def last_of(entry):
    """The entry itself, or the latest that took it back or did it again."""
    while later := Correction.objects.filter(undoes=entry).first():
        entry = later
    return entry


def stands(entry):
    """Is it in force? One undone and done again is."""
    in_force = True
    while entry := getattr(entry, "undone_by", None):
        in_force = not in_force
    return in_force
