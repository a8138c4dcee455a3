"""In a browser: a long text typed in a form outlives the session, and is sent again by hand after signing in."""

import pytest

from tests.site.test_browser import fits

pytestmark = pytest.mark.browser

WORDS = "渡口的老船工说，桥修好了，我也还撑船。" * 8


def sign_in(demo, screen):
    screen.fill("#id_username", "chief")
    screen.fill("#id_password", demo.password_of("chief"))
    screen.click("input[type=submit]")


def test_a_long_text_outlives_the_session(demo, screen):
    typed = f"{WORDS}{screen.viewport_size['width']}"
    address = f"{demo.address}admin/articles/category/1/change/"
    screen.goto(address)
    sign_in(demo, screen)
    screen.fill("[name=description]", typed)
    screen.context.clear_cookies(name="sessionid")
    screen.click("[name=_continue]")
    assert "登录已过期" in screen.locator("#content").inner_text()
    sign_in(demo, screen)
    assert "您刚才填写的内容还在" in screen.locator("#content").inner_text()
    assert typed in screen.locator("#content").inner_text() and fits(screen)
    screen.get_by_role("button", name="再提交一次").click()
    assert screen.url == address and screen.input_value("[name=description]") == typed
    screen.goto(address)
    assert screen.input_value("[name=description]") == typed
