"""The registry of acts: which form asks for each, where on the screen it stands, and who may do it.

A new act is its function in corrections, its Chinese name in ACTION_NAMES, a form and a line here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from django.db import transaction
from django.utils.datastructures import MultiValueDict

from .. import corrections
from ..corrections import ActRefused, action_name
from ..models import Correction
from .done import needed_to_undo
from .forms import articles, base, pages, passages

MEND, SIGN_OFF = "articles.mend_page", "articles.sign_off_page"
WITHDRAW, ASSIGN = "articles.withdraw_article", "articles.assign_page"


@dataclass(frozen=True, slots=True)
class Act:
    name: str
    form: type[base.ActForm]
    on: str = ""  # whose panel offers it: passage, article, file (how an article is filed), page, or none
    permission: str = MEND
    words: str = ""  # what its button says, where that is not the act's name
    instead: Callable | None = None  # done in place of the function of that name

    @property
    def label(self):
        return self.words or action_name(self.name)

    def run(self, **arguments):
        return (self.instead or getattr(corrections, self.name))(**arguments)


def accept_doubt(*, doubt, user, versions):
    """Accept a doubt; what it proposes is done with it, both or neither, and they are undone together."""
    with transaction.atomic():
        if not doubt.proposal:
            return corrections.accept_doubt(doubt=doubt, user=user, versions=versions)
        proposed = proposed_act(doubt)
        # Its own entry first: the act may move the article that the doubt speaks of.
        accepted = corrections.accept_doubt(doubt=doubt, user=user, versions=versions)
        others = {pk: version for pk, version in (versions or {}).items() if pk != doubt.page_id}
        done = proposed.run(**proposal_form(doubt, proposed).arguments(), user=user, versions=others)
        if accepted and done:
            accepted.batch = done.batch = uuid4()
            accepted.arguments["does"] = proposed.name
            Correction.objects.bulk_update([accepted, done], ["batch", "arguments"])
        return done or accepted


def proposed_act(doubt):
    proposed = ACTS.get(doubt.proposal.get("act"))
    if proposed is None or proposed.name == "accept_doubt":
        raise ActRefused("这条疑问的建议已不能照办，请自行改动后再忽略它。")
    return proposed


def proposal_form(doubt, proposed):
    from .desk import Desk

    several = {name for name, field in proposed.form.base_fields.items() if isinstance(field, base.SeveralFromDesk)}
    fields = {name: value for name, value in doubt.proposal.items() if name != "act"}
    data = MultiValueDict({name: value if name in several else [value] for name, value in fields.items()})
    form = proposed.form(data, desk=Desk(doubt.page))
    if not form.is_valid():
        raise ActRefused("这条疑问的建议所指的文章或段落已经变了，请自行改动后再忽略它。")
    was, block = doubt.proposal.get("was"), form.cleaned_data.get("block")
    if was is not None and form.desk.passage_of[block.pk].text != was:
        raise ActRefused("这段文字在指误之后已经改过，请看过之后自行改动，再忽略它。")
    return form


ACTS = {
    act.name: act
    for act in (
        Act("edit_text", passages.EditText, "passage"),
        Act("set_role", passages.SetRole, "passage"),
        Act("set_roles", passages.SetRoles),
        Act("split_block", passages.SplitBlock, "passage"),
        Act("split_article", passages.SplitArticle, "passage", words="从这一段起另成一篇"),
        Act("fold_block", passages.FoldBlock, "passage"),
        Act("unfold_block", passages.UnfoldBlock, "passage"),
        Act("hide_text", passages.HideText, "passage"),
        Act("show_text", passages.ShowText, "passage"),
        Act("join_block", passages.OnBlock),
        Act("unjoin_block", passages.OnBlock),
        Act("move_blocks", passages.MoveBlocks, words="移动所勾选的"),
        Act("set_aside", passages.SetAside, words="搁置所勾选的"),
        Act("reorder_blocks", articles.Reorder, "article"),
        Act("merge_articles", articles.Merge, "article"),
        Act("link_jump", articles.LinkJump, "article"),
        Act("link_jump_to_page", articles.LinkJumpToPage, "article"),
        Act("unlink_jump", articles.UnlinkJump, "article"),
        Act("supply_headline", articles.SupplyHeadline, "file"),
        Act("set_kind", articles.SetKind, "file"),
        Act("set_category", articles.SetCategory, "file"),
        Act("set_column", articles.SetColumn, "file"),
        Act("set_keywords", articles.SetKeywords, "file"),
        Act("set_credits", articles.SetCredits, "file"),
        Act("set_corrects", articles.SetCorrects, "file"),
        Act("withdraw_article", articles.Withdraw, "withdrawal", WITHDRAW),
        Act("bring_back_article", articles.OnArticle, "withdrawal", WITHDRAW),
        Act("set_date", pages.SetDate, "page"),
        Act("set_number", pages.SetNumber, "page"),
        Act("set_name", pages.SetName, "page"),
        Act("set_newspaper", pages.SetNewspaper, "page"),
        Act("assign_page", pages.AssignPage, "page", ASSIGN),
        Act("mark_unfixable", pages.MarkUnfixable, "page", SIGN_OFF),
        Act("claim_page", pages.JustPage, words="我来校这一版"),
        Act("release_page", pages.JustPage, words="放下这一版"),
        Act("send_to_review", pages.JustPage, words="校完送审"),
        Act("sign_off", pages.JustPage, permission=SIGN_OFF),
        Act("reopen", pages.JustPage, permission=SIGN_OFF),
        Act("accept_doubt", pages.OnDoubt, instead=accept_doubt),
        Act("dismiss_doubt", pages.OnDoubt),
        Act("take_new_split", pages.TakeNewSplit),
        Act("restore_page", pages.RestorePage, words="恢复整版到这一稿"),
        Act("restore_article", articles.RestoreArticle, words="恢复这篇到这一稿"),
        Act("undo", pages.Undo),
    )
}


def permission_for(act, form):
    """What the user needs: an undo needs what the act undone needed, a proposal what its act needs."""
    things = getattr(form, "cleaned_data", {})
    if act.name == "undo" and (entry := things.get("entry")):
        return needed_to_undo(entry)
    if act.name == "accept_doubt" and (doubt := things.get("doubt")) and doubt.proposal:
        proposed = ACTS.get(doubt.proposal.get("act"))
        return proposed.permission if proposed else MEND
    return act.permission


def forms_on(where, desk, user, about=None):
    """[(act, words, form)]: what the user may do in a panel, each form about the thing with the id `about`."""
    found = []
    for act in ACTS.values():
        if act.on != where or not user.has_perm(act.permission):
            continue
        for subject, words in (act.form.either or {act.form.subject: act.label}).items():
            form = act.form(initial={subject: about}, desk=desk, auto_id=f"{act.name}-{subject}-{about}-%s")
            form.hide(subject)
            if not getattr(form, "useless", False):
                found.append((act, words, form))
    return found
