"""Acts on pages: which newspaper, day and number they are of, sign-off, and doubts about them."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import unquote

from django.utils import timezone

from ..assembly import find_column
from ..extraction.numbering import page_label, sort_key_of
from ..models import Article, Correction, Doubt, FormerAddress, Issue, Newspaper, Page
from ..models.newspapers import FIRST_YEAR, LAST_YEAR
from .journal import ActRefused, clean, open_act, open_again
from .passages import Versions


def set_newspaper(*, page: Page, newspaper: Newspaper, user: Any, versions: Versions = None) -> Correction | None:
    with _act_on("set_newspaper", page, user, versions, newspaper=newspaper.name) as act:
        page = act.pages[page.pk]
        issue = page.issue
        if issue:
            issue = _issue_of(newspaper, issue.date, issue.edition, issue.date_known)
        _move(page, newspaper=newspaper, issue=issue)
        # A column is one newspaper's.
        for article in Article.objects.filter(blocks__page=page).distinct():
            column = find_column(newspaper.pk, article.column_label)
            Article.objects.filter(pk=article.pk).update(column=column)
        _settle_doubts(page, "other_newspaper")
    return act.entry


def set_date(
    *, page: Page, date: datetime.date | None, edition: int = 1, user: Any, versions: Versions = None
) -> Correction | None:
    """Say which day a page is of, as a fact; None puts it back into the tray (未定版面)."""
    if not 1 <= edition <= 99:
        raise ActRefused("版次序号从1到99。")
    if date and not FIRST_YEAR <= date.year <= LAST_YEAR:
        raise ActRefused(f"日期的年份要在{FIRST_YEAR}到{LAST_YEAR}之间。")
    with _act_on("set_date", page, user, versions, date=date and date.isoformat(), edition=edition) as act:
        page = act.pages[page.pk]
        issue = _issue_of(page.newspaper, date, edition, Issue.DateKnown.GIVEN) if date else None
        _move(page, issue=issue, date_evidence="")
        if issue:
            _settle_doubts(page, "date_unknown", "date_inferred")
    return act.entry


def set_number(*, page: Page, number: str, user: Any, versions: Versions = None) -> Correction | None:
    """Say which page of its issue it is (2, A02); empty for unknown."""
    label = page_label(number)
    if number.strip() and not label:
        raise ActRefused(f"“{number}”不是版次，请写成 2 或 A02 这样。")
    with _act_on("set_number", page, user, versions, number=label) as act:
        _move(act.pages[page.pk], number=label)
        if label:
            _settle_doubts(page, "number_unknown", "number_taken")
    return act.entry


def _settle_doubts(page: Page, *codes: str) -> None:
    """What the editor has just said answers these."""
    Doubt.objects.filter(page=page, state=Doubt.State.OPEN, code__in=codes).update(state=Doubt.State.ACCEPTED)


def set_name(*, page: Page, name: str, user: Any, versions: Versions = None) -> Correction | None:
    name = " ".join(clean(name).split())[:50]
    with _act_on("set_name", page, user, versions, name=name) as act:
        Page.objects.filter(pk=page.pk).update(name=name)
    return act.entry


def _issue_of(newspaper: Newspaper, date: datetime.date, edition: int, known: str) -> Issue:
    issue, made = Issue.objects.get_or_create(
        newspaper=newspaper, date=date, edition=edition, defaults={"date_known": known}
    )
    if not made and known != Issue.DateKnown.INFERRED and issue.date_inferred:
        Issue.objects.filter(pk=issue.pk).update(date_known=known)
    return issue


def _move(page: Page, **values: Any) -> None:
    """Give the page its new place, refuse one that is taken, and let its old address lead to it."""
    issue, number = values.get("issue", page.issue), values.get("number", page.number)
    moves_issue = issue != page.issue
    if moves_issue and Article.objects.filter(blocks__page=page).exclude(blocks__page__issue=page.issue).exists():
        raise ActRefused("这一版有文章接到别期的版面上，请先断开转版。")
    if moves_issue and _linked_elsewhere(page):
        raise ActRefused("这一版有文章与同期别的版相接，请先断开转版，再改日期或报纸。")
    taken = Page.objects.filter(issue=issue, number=number).exclude(pk=page.pk) if issue and number else None
    if taken and (other := taken.first()):
        raise ActRefused(f"{other}已经有了，请先改那一版。")
    if issue is None and page.state == Page.State.REVIEWED:
        values.update(state=Page.State.PENDING)
    leave_address(page)
    Page.objects.filter(pk=page.pk).update(sort_key=sort_key_of(number), **values)
    moved = Page.objects.select_related("newspaper", "issue").get(pk=page.pk)
    forget_address(moved)


def leave_address(page: Page) -> None:
    """Remember where the page is now, before it moves."""
    if address := page.get_absolute_url():
        FormerAddress.objects.update_or_create(path=unquote(address), defaults={"page": page})


def forget_address(page: Page) -> None:
    """Where a page stands now is nobody's former address."""
    FormerAddress.objects.filter(path=unquote(page.get_absolute_url() or "")).delete()


def _linked_elsewhere(page: Page) -> bool:
    here = Article.objects.filter(blocks__page=page)
    return Article.objects.filter(pk__in=here).filter(blocks__page__in=Page.objects.exclude(pk=page.pk)).exists()


def send_to_review(*, page: Page, user: Any, versions: Versions = None) -> Correction | None:
    """Say that the page is mended; somebody who may sign off looks at it next."""
    with _act_on("send_to_review", page, user, versions, reopens=False) as act:
        page = act.pages[page.pk]
        if page.state != Page.State.PENDING:
            raise ActRefused(f"这一版现在是{page.get_state_display()}，不能送审；只有待校的版面可以送审。")
        if page.issue is None:
            raise ActRefused("这一版的日期还没有定，请先定日期再送审。")
        Page.objects.filter(pk=page.pk).update(state=Page.State.CHECKING, checked_by=user)
    return act.entry


def sign_off(*, page: Page, user: Any, versions: Versions = None) -> Correction | None:
    """Say that the page is right. Where the newspaper asks for a second person, the first one's word makes it 待审."""
    with _act_on("sign_off", page, user, versions, reopens=False) as act:
        page = act.pages[page.pk]
        if page.state == Page.State.REVIEWED:
            raise ActRefused("这一版已经签发。")
        if page.issue is None:
            raise ActRefused("这一版的日期还没有定，请先定日期再签发。")
        rows = Page.objects.filter(pk=page.pk)
        if page.newspaper.needs_second_person and page.state != Page.State.CHECKING:
            rows.update(state=Page.State.CHECKING, state_reason="", checked_by=user)
        elif page.newspaper.needs_second_person and user is not None and page.checked_by_id == user.pk:
            raise ActRefused("这份报纸要求由第二人签发，请交给另一位同事。")
        else:
            rows.update(
                state=Page.State.REVIEWED,
                state_reason="",
                checked_by=page.checked_by or user,
                signed_off_by=user,
                signed_off_at=timezone.now(),
            )
    return act.entry


def reopen(*, page: Page, user: Any, versions: Versions = None) -> Correction | None:
    """Take sign-off, or the mark of being unfixable, back."""
    with _act_on("reopen", page, user, versions, reopens=False) as act:
        open_again([page])
    return act.entry


def mark_unfixable(*, page: Page, reason: str, user: Any, versions: Versions = None) -> Correction | None:
    """Say that the page cannot be mended here, and why."""
    reason = clean(reason)
    if not reason.strip():
        raise ActRefused("请写明为什么无法处理。")
    with _act_on("mark_unfixable", page, user, versions, reason=reason.strip()[:500], reopens=False) as act:
        open_again([page])
        Page.objects.filter(pk=page.pk).update(state=Page.State.UNFIXABLE, state_reason=reason.strip()[:500])
    return act.entry


def assign_page(*, page: Page, to: Any, user: Any, versions: Versions = None) -> Correction | None:
    """Give a page to an editor to mend; None takes it back."""
    if to is not None and not (to.is_active and to.is_staff):
        raise ActRefused("只能分派给在用的编辑账号。")
    name = to and (to.get_full_name() or to.get_username())
    with _act_on("assign_page", page, user, versions, reopens=False, to=name) as act:
        Page.objects.filter(pk=page.pk).update(assigned_to=to)
    return act.entry


def claim_page(*, page: Page, user: Any, versions: Versions = None) -> Correction | None:
    """Take a page that is nobody's, to mend it."""
    with _act_on("claim_page", page, user, versions, reopens=False) as act:
        if act.pages[page.pk].assigned_to_id not in (None, user and user.pk):
            raise ActRefused("这一版已经分派给别的同事。")
        Page.objects.filter(pk=page.pk).update(assigned_to=user)
    return act.entry


def release_page(*, page: Page, user: Any, versions: Versions = None) -> Correction | None:
    """Put down a page that one had taken or been given."""
    with _act_on("release_page", page, user, versions, reopens=False) as act:
        if act.pages[page.pk].assigned_to_id != (user and user.pk):
            raise ActRefused("这一版没有分派给您。")
        Page.objects.filter(pk=page.pk).update(assigned_to=None)
    return act.entry


def accept_doubt(*, doubt: Doubt, user: Any, versions: Versions = None) -> Correction | None:
    """Say that a doubt was right. What it proposes is done by the act that it names."""
    return _settle("accept_doubt", doubt, Doubt.State.ACCEPTED, user, versions)


def dismiss_doubt(*, doubt: Doubt, user: Any, versions: Versions = None) -> Correction | None:
    return _settle("dismiss_doubt", doubt, Doubt.State.DISMISSED, user, versions)


def _settle(action: str, doubt: Doubt, state: str, user: Any, versions: Versions) -> Correction | None:
    with _act_on(action, doubt.page, user, versions, reopens=False, doubt=doubt.pk, text=doubt.text) as act:
        if not Doubt.objects.filter(pk=doubt.pk, state=Doubt.State.OPEN).update(state=state):
            raise ActRefused("这条疑问已经处理过了。")
    return act.entry


def _act_on(action: str, page: Page, user: Any, versions: Versions, *, reopens: bool = True, **arguments: Any) -> Any:
    arguments = {"page": page.pk, **arguments}
    return open_act(action, pages=[page], arguments=arguments, user=user, versions=versions, reopens=reopens)
