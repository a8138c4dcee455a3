"""The journal in words: who did what, when."""

from ..compare import around
from ..corrections import action_name
from ..corrections.images import cells
from ..corrections.journal import who
from ..corrections.undoing import first_entry
from ..models import Article, Block, Correction
from .desk import excerpt
from .done import NEEDED, needed_to_undo
from .done import describe as describe_many

ARTICLE_KEYS = ("article", "first", "second", "survivor", "made", "to", "head", "continuation", "corrects")


class Journal:
    """Entries of pages, newest first, each with `words` and whether and how it can be undone."""

    def __init__(self, entries, page=None, limit=None):
        self.page = page
        entries = entries.select_related("user", "undoes").order_by("-pk")
        self.entries = list(entries.defer("before", "after", "undoes__before", "undoes__after")[:limit])
        self._link_undone()
        self.titles = self._titles()
        ids = [entry.pk for entry in self.entries]
        undone = set(Correction.objects.filter(undoes__in=ids).order_by().values_list("undoes", flat=True))
        for entry in self.entries:
            entry.words = self.describe(entry)
            entry.who = who(entry.user)
            entry.name = self.name(entry)
            entry.in_force = entry.pk not in undone
            entry.given = str(entry.pk)
            entry.undo_words = "重做" if self._takes_back(entry) else "撤销"
            entry.may_undo = False

    def __iter__(self):
        return iter(self.entries)

    def __len__(self):
        return len(self.entries)

    def _link_undone(self):
        """Spare the query for what an undoing took back, where that is at hand."""
        known = {entry.pk: entry for entry in self.entries}
        for entry in self.entries:
            if entry.undoes_id in known:
                entry.undoes = known[entry.undoes_id]

    def _takes_back(self, entry):
        """Is the act undone now, rather than done again by the undo of an undo?"""
        undone = False
        while entry.undoes:
            undone, entry = not undone, entry.undoes
        return undone

    def _titles(self):
        told = [*self.entries, *(e.undoes for e in self.entries if e.undoes)]
        ids = {v for e in told for k in ARTICLE_KEYS if isinstance(v := e.arguments.get(k), int)}
        rows = Article.objects.filter(pk__in=ids).only("headline", "supplied_headline", "kicker", "subheadline", "body")
        return {a.pk: excerpt(a.title) for a in rows}

    def title(self, pk):
        return f"《{self.titles.get(pk) or f'文章{pk}'}》"

    def quoted(self, arguments):
        """The passages that an act was about, by their first words where they stand on this page."""
        spans = arguments.get("spans") or []
        words = ""
        if spans and self.page is not None and spans[0][0] == self.page.pk:
            words = f"“{excerpt(self.page.source_text[spans[0][1] : spans[0][2]], 16)}”"
        if len(spans) > 1:
            return f"{words}等{len(spans)}段"
        return words or "一段文字"

    def allow_undo(self, user):
        """Say of each entry in force whether `user` may take it back, and whether later acts are in the way."""
        rows = Correction.objects.filter(pk__in=[e.pk for e in self.entries if e.in_force])
        touched = {pk: cells(before, after) for pk, before, after in rows.values_list("pk", "before", "after")}
        later = set()
        for entry in self.entries:  # newest first
            if not entry.in_force:
                continue
            entry.in_the_way = bool(touched[entry.pk] & later)
            entry.may_undo = not entry.in_the_way and user.has_perm(needed_to_undo(entry))
            if not self._takes_back(entry):
                later |= touched[entry.pk]
        return self

    def name(self, entry):
        return action_name(entry.action) if not entry.undoes or self._takes_back(entry) else "重做"

    def describe(self, entry):
        if entry.undoes:
            first = first_entry(entry)
            return f"{action_name(first.action)}：{self.describe(first)}".rstrip("：")
        arguments = entry.arguments
        tell = DETAILS.get(entry.action)
        words = tell(self, arguments) if tell else describe_many(entry) if entry.action in NEEDED else ""
        return words + ("（这一版因此重开）" if arguments.get("reopened") else "")


def _shown(choices, value):
    return dict(choices).get(value, value)


def _edit(journal, a):
    if a.get("text") is None:
        return f"{journal.quoted(a)}恢复原文"
    was, text = around(a.get("was") or "", a["text"])
    return f"“{excerpt(was, 30)}” → “{excerpt(text, 30)}”"


def _move(journal, a):
    to = journal.title(a["to"]) if a.get("to") else f"新文章{journal.title(a.get('made'))}"
    return f"{journal.quoted(a)} → {to}"


def _merge(journal, a):
    return f"{journal.title(a['first'])}与{journal.title(a['second'])}"


def _split(journal, a):
    made = f"，另成{journal.title(a['made'])}" if a.get("made") else ""
    return f"{journal.title(a['article'])}，从{journal.quoted(a)}起{made}"


def _aside(journal, a):
    note = f"，{a['note']}" if a.get("note") else ""
    return f"{journal.quoted(a)}（{_shown(Block.Reason.choices, a.get('reason'))}{note}）"


def _mask(journal, a):
    """Without the words themselves."""
    return f"{sum(end - start for _, start, end in a.get('spans') or ())}字"


def _of_article(key, shown=lambda value: value or "无"):
    return lambda journal, a: f"{journal.title(a['article'])}：{shown(a.get(key))}"


def _jump_to_page(journal, a):
    said = [f"{word}第{a[key]}版" for key, word in (("continued_from", "上接"), ("continued_on", "下转")) if a.get(key)]
    return f"{journal.title(a['article'])}：{'，'.join(said) or '不注'}"


def _credits(value):
    return "、".join(row[0] for row in value or []) or "无"


def _page(key, empty):
    return lambda journal, a: str(a.get(key) or empty)


def _roles(journal, a):
    names = [_shown(Block.Role.choices, role) for role in dict.fromkeys(a["roles"])]
    return f"{journal.quoted(a)} → {'、'.join(names)}"


def _state(a):
    return f"“{action_name(a['action'])}”（{a['at']}）之后的样子" if a.get("entry") else "最初的样子"


DETAILS = {
    "restore_page": lambda j, a: f"恢复到{_state(a)}",
    "restore_article": lambda j, a: f"{j.title(a['article'])}恢复到{_state(a)}",
    "merge_articles": _merge,
    "split_article": _split,
    "move_blocks": _move,
    "reorder_blocks": lambda j, a: j.quoted(a),
    "set_role": lambda j, a: f"{j.quoted(a)} → {_shown(Block.Role.choices, a.get('role'))}",
    "set_roles": _roles,
    "join_block": lambda j, a: j.quoted(a),
    "unjoin_block": lambda j, a: j.quoted(a),
    "split_block": lambda j, a: j.quoted(a),
    "edit_text": _edit,
    "take_new_split": lambda j, a: j.quoted(a),
    "fold_block": lambda j, a: j.quoted(a),
    "unfold_block": lambda j, a: j.quoted(a),
    "set_aside": _aside,
    "hide_text": _mask,
    "show_text": _mask,
    "supply_headline": _of_article("text"),
    "set_kind": _of_article("kind", lambda v: _shown(Article.Kind.choices, v)),
    "set_category": _of_article("category"),
    "set_column": _of_article("column"),
    "set_credits": _of_article("credits", _credits),
    "set_keywords": _of_article("keywords", lambda v: "、".join(v or []) or "无"),
    "set_corrects": lambda j, a: (
        f"{j.title(a['article'])}更正{j.title(a['corrects']) if a.get('corrects') else '（取消）'}"
    ),
    "link_jump": lambda j, a: f"{j.title(a['head'])}，下接{j.title(a['continuation'])}",
    "link_jump_to_page": _jump_to_page,
    "unlink_jump": lambda j, a: j.title(a["article"]),
    "withdraw_article": _of_article("reason"),
    "bring_back_article": lambda j, a: j.title(a["article"]),
    "set_newspaper": _page("newspaper", ""),
    "set_date": _page("date", "未定"),
    "set_number": _page("number", "未定"),
    "set_name": _page("name", "无"),
    "assign_page": _page("to", "不分派"),
    "mark_unfixable": _page("reason", ""),
    "accept_doubt": _page("text", ""),
    "dismiss_doubt": _page("text", ""),
}


def journal_of(page, limit=None):
    return Journal(Correction.objects.filter(pages=page), page, limit)
