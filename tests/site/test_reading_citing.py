"""References and the address of an article, copied and looked at in a real browser."""

import json

import pytest

pytestmark = pytest.mark.browser

ISSUE = "weijiang-ribao/2026-03-18/"


def open_article(screen, home):
    screen.goto(f"{home}{ISSUE}")
    screen.locator("main .story a[href^='/articles/']").first.click()
    screen.locator("details.cite > summary").click()


def pasted(screen):
    return screen.evaluate("navigator.clipboard.readText()")


def test_a_reference_is_copied_with_one_click(demo, screen):
    screen.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_article(screen, demo.address)
    shown = screen.locator(".citation").first
    words = shown.evaluate("node => node.firstChild.data.trim()")
    assert "[N]" in words
    shown.locator("button").click()
    screen.get_by_role("status").get_by_text("已复制", exact=True).wait_for(state="attached")
    assert pasted(screen) == words
    screen.get_by_role("button", name="复制 RIS").click()
    screen.locator("[href$='cite.ris'] + button", has_text="已复制").wait_for()
    assert pasted(screen).startswith("TY  - NEWS")


def test_without_the_clipboard_the_old_way_copies(demo, screen):
    screen.context.grant_permissions(["clipboard-read", "clipboard-write"])
    screen.add_init_script("Object.defineProperty(Navigator.prototype, 'clipboard', {get() { return undefined; }})")
    open_article(screen, demo.address)
    screen.locator(".citation button").first.click()
    screen.get_by_role("status").get_by_text("已复制", exact=True).wait_for(state="attached")


def test_without_script_references_are_there_to_select_and_to_download(demo, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    open_article(page, demo.address)
    assert page.locator(".cite button").count() == 0
    with page.expect_download() as download:
        page.get_by_text("BibTeX", exact=True).click()
    assert download.value.suggested_filename.endswith(".bib")
    context.close()


def test_the_picture_of_the_address_is_fetched_when_asked_for(demo, screen):
    fetched = []
    screen.on("request", lambda request: fetched.append(request.url))
    open_article(screen, demo.address)
    assert not [url for url in fetched if url.endswith("qr.svg")]
    with screen.expect_response("**/qr.svg") as response:
        screen.locator("details.share > summary").click()
        screen.locator("details.share img").scroll_into_view_if_needed()
    assert response.value.ok
    box = screen.locator("details.share img").bounding_box()
    assert (box["width"], box["height"]) == (180, 180)


def test_what_machines_read_of_an_article_is_let_be_by_the_policy(demo, screen):
    """The fixture fails on any word of the policy in the console."""
    open_article(screen, demo.address)
    facts = json.loads(screen.locator("script[type='application/ld+json']").inner_text())
    assert facts["headline"][:4] in screen.locator("h1").inner_text()
