"""The desk in a real browser when things go wrong: two accounts in one tab, hostile text, a server that fails."""

import subprocess
import sys
from urllib.parse import urljoin

import pytest

from tests.site.conftest import ROOT, clean_environment
from tests.site.test_desk import Desk
from tests.site.test_mending import sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def context(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    yield context
    context.close()


def sign_in_as(demo, context, account):
    context.clear_cookies()
    tab = context.new_page()
    sign_in(demo, tab, account)
    tab.close()


def leave_waiting(desk):
    """An act that no answer came to, and words typed into a dialog."""
    desk.tab.route("**/desk/act/**", lambda route: route.abort())
    desk.keys("End", "k", "n")
    desk.tab.locator("#desk-notices .notice.bad").wait_for()
    desk.keys("Home", "e", "Control+a")
    desk.type("只给我自己看的字")


def test_what_one_editor_left_in_a_tab_is_not_the_next_ones(demo, context):
    sign_in_as(demo, context, "chief")
    desk = Desk(context, demo)
    before = desk.state()
    leave_waiting(desk)
    desk.tab.unroute("**/desk/act/**")
    sign_in_as(demo, context, "editor")
    desk.keys("Escape")
    desk.tab.evaluate("window.dispatchEvent(new Event('focus'))")
    desk.notice("现在登录的是")
    assert desk.tab.get_by_role("button", name="再试一次").count()
    desk.tab.get_by_role("button", name="再试一次").click()
    desk.notice("现在登录的是")
    desk.open()
    assert not desk.dialog.count() and not desk.tab.locator("#desk-notices .notice.bad").count()
    assert desk.state()["page"]["version"] == before["page"]["version"]
    desk.keys("Home", "e")
    assert desk.dialog.locator("textarea").input_value() != "只给我自己看的字"
    desk.keys("Escape")
    sign_in_as(demo, context, "chief")
    desk.open()
    desk.notice("上次离开时有1 步")
    desk.keys("Home", "e")
    assert desk.dialog.locator("textarea").input_value() == "只给我自己看的字"
    desk.send("取消")
    desk.tab.get_by_role("button", name="放弃").click()
    assert desk.state()["page"]["version"] == before["page"]["version"]


def test_acts_left_behind_on_leaving_are_there_on_coming_back(demo, context):
    sign_in_as(demo, context, "chief")
    desk = Desk(context, demo)
    desk.tab.route("**/desk/act/**", lambda route: route.abort())
    desk.keys("End", "k", "n")
    desk.tab.locator("#desk-notices .notice.bad").wait_for()
    desk.keys("]")
    desk.dialog.wait_for()
    # Until the next page is there, this one goes on hearing of others.
    desk.tab.route("**/desk/", lambda route: route.fulfill(status=204))
    desk.dialog.get_by_role("button", name="离开", exact=True).click()
    with desk.tab.expect_response("**/desk/pulse/**"):
        desk.tab.evaluate("window.dispatchEvent(new Event('focus'))")
    desk.tab.unroute("**/desk/")
    desk.tab.unroute("**/desk/act/**")
    desk.open()
    desk.notice("上次离开时有1 步")
    desk.tab.get_by_role("button", name="放弃").click()


def test_a_desk_that_cannot_open_says_so(demo, context):
    sign_in_as(demo, context, "chief")
    desk = Desk(context, demo)
    desk.tab.route("**/desk/choices/**", lambda route: route.fulfill(status=500, body="x"))
    desk.tab.goto(desk.home)
    desk.notice("校样台没有打开")
    desk.tab.unroute("**/desk/choices/**")
    desk.tab.get_by_role("link", name="再试一次").click()
    desk.tab.locator("#desk[data-ready]").wait_for()


def test_what_is_typed_stays_what_was_typed_while_something_is_made(demo, context):
    """A passing id is put right in fields that name things, and nowhere else."""
    sign_in_as(demo, context, "chief")
    desk = Desk(context, demo)
    desk.tab.route("**/desk/act/**", lambda route: route.abort())
    edited = desk.state()["passages"][-2]["id"]
    desk.keys("End", "k", "n")
    desk.tab.locator("#desk-notices .notice.bad").wait_for()
    desk.keys("e", "Control+a")
    desk.type("-1")
    desk.keys("Enter")
    desk.tab.unroute("**/desk/act/**")
    desk.notice("2 步")
    desk.tab.get_by_role("button", name="送出").click()
    state = desk.state()
    assert next(p["text"] for p in state["passages"] if p["id"] == edited) == "-1"
    for _ in range(2):
        desk.keys("Control+z")
        desk.saved()


HOSTILE = """
from articles import corrections
from articles.models import *
from django.contrib.auth.models import User
X = '</script><img src=x onerror="document.title=1"><svg onload=alert(1)>\\'`${{1}}'
page = Page.objects.exclude(issue=None).order_by("-doubt_weight", "pk").first()
user = User.objects.get(username="reviewer")
User.objects.filter(pk=user.pk).update(first_name="<img src=x onerror=1>")
user.refresh_from_db()
article = Article.objects.living().filter(blocks__page=page).first()
block = Block.objects.filter(article=article, role="body").first()
corrections.edit_text(block=block, text=X, user=user)
corrections.set_column(article=article, column=X, user=user)
corrections.set_keywords(article=article, keywords=[X], user=user)
corrections.set_credits(article=article, credits=[(X[:60], "reporter", X[:99])], user=user)
corrections.set_aside(blocks=[Block.objects.filter(page=page).exclude(pk=block.pk).first()], note=X, user=user)
corrections.set_name(page=page, name=X[:50], user=user)
Doubt.objects.create(page=page, start=block.start, end=block.start + 1, text=X, origin="reader")
SavedFilter.objects.create(user=User.objects.get(username="chief"), name=X[:30], query="kind=reader")
"""


def test_hostile_text_is_shown_and_never_run(demo, context):
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", HOSTILE]
    subprocess.run(command, cwd=ROOT, env=clean_environment(demo.var), check=True, capture_output=True)
    sign_in_as(demo, context, "chief")
    context.add_init_script("addEventListener('securitypolicyviolation', (e) => console.error('CSP', e.blockedURI))")
    desk = Desk(context, demo)
    home = desk.home.split("?")[0].removesuffix("desk/")
    desk.keys("Control+Enter")
    desk.dialog.locator(".summary", has_text="onerror").wait_for()
    desk.keys("Escape", "e")
    desk.keys("Escape", "j", "u")
    desk.keys("Escape")
    for path in ("history/", "history/?restore=0", "change/", "sign-off/", "../queue/?kind=reader"):
        desk.tab.goto(urljoin(home, path))
        assert "onerror" in desk.tab.locator("#desk-page").inner_text(), path
    assert not desk.tab.locator("img[src=x]").count() and not desk.faults
