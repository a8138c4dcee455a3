"""In a browser: a long text typed in a form outlives the session, and is sent again by hand after signing in."""

import pytest

pytestmark = pytest.mark.browser

WORDS = "渡口的老船工说，桥修好了，我也还撑船。" * 20


def sign_in(demo, page):
    page.fill("#id_username", "editor")
    page.fill("#id_password", demo.password)
    page.click("input[type=submit]")


def test_a_long_text_outlives_the_session(demo, screen):
    width = screen.viewport_size["width"]
    screen.goto(f"{demo.address}admin/")
    sign_in(demo, screen)
    screen.click("table.queue a >> nth=-1")
    screen.goto(
        screen.url.partition("?")[0] + "?" + screen.get_attribute("a[href*='passage=']", "href").partition("?")[2]
    )
    form = screen.locator("form[data-act=edit_text]")
    form.locator("textarea").fill(f"{WORDS}{width}")
    screen.context.clear_cookies(name="sessionid")
    form.locator("button").click()
    assert "登录已过期" in screen.locator("#content").inner_text()
    sign_in(demo, screen)
    assert "您刚才填写的内容还在" in screen.locator("h1 >> nth=-1").inner_text()
    assert f"{WORDS}{width}" in screen.locator("#content").inner_text()
    assert screen.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    screen.click("text=再提交一次")
    assert "/change/" in screen.url and f"{WORDS}{width}" in screen.locator("#content").inner_text()
