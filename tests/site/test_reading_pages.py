"""Turning issues, pages and articles over in a real browser, by links and by keys; printing; fitting any screen."""

from urllib.parse import urljoin

import pytest

from .conftest import start_demo

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The sample as it is imported: other tests mend the one that they share."""
    demo = start_demo(tmp_path_factory.mktemp("reading") / "var")
    yield demo
    demo.stop()


ISSUE = "weijiang-ribao/2026-03-18/"


def address(screen, home):
    return screen.url.removeprefix(home)


def test_arrow_keys_turn_pages_but_not_while_typing_or_with_a_modifier(demo, screen):
    screen.goto(urljoin(demo.address, f"{ISSUE}2/"))
    with screen.expect_navigation():
        screen.keyboard.press("ArrowRight")
    assert address(screen, demo.address) == f"{ISSUE}3/"
    screen.focus("#site-q")
    screen.keyboard.press("ArrowRight")
    screen.locator("h1").click()
    screen.keyboard.press("Alt+Shift+ArrowRight")
    screen.wait_for_timeout(300)
    assert address(screen, demo.address) == f"{ISSUE}3/"
    with screen.expect_navigation():
        screen.keyboard.press("ArrowLeft")
    assert address(screen, demo.address) == f"{ISSUE}2/"


@pytest.mark.parametrize("start", [ISSUE, "articles/2/"])
def test_arrow_keys_turn_issues_and_articles(demo, screen, start):
    screen.goto(urljoin(demo.address, start))
    wanted = screen.locator(".turn a[rel=next]").get_attribute("href")
    with screen.expect_navigation():
        screen.keyboard.press("ArrowRight")
    assert f"/{address(screen, demo.address)}" == wanted


def test_titles_of_the_issue_open_by_the_keyboard(demo, screen):
    screen.goto(urljoin(demo.address, f"{ISSUE}4/"))
    screen.focus(".titles-nav summary")
    screen.keyboard.press("Enter")
    titles = screen.locator(".titles-nav a[href^='/articles/']")
    assert titles.first.is_visible() and titles.count() > 20
    with screen.expect_navigation():
        titles.first.click()
    assert screen.locator("article.reading h1").is_visible()


def test_a_printed_article_has_its_source_and_no_navigation(demo, screen):
    screen.goto(urljoin(demo.address, "articles/1/"))
    screen.emulate_media(media="print")
    source = screen.locator(".source-line").inner_text()
    assert "原载《苇江日报》2026年3月18日第1版、第3版" in source and screen.url in source
    for hidden in (".site", ".site-foot", ".turn", ".read-on", ".about-article dl"):
        assert not screen.locator(hidden).first.is_visible()
    assert screen.locator("article.reading h1").is_visible()


def test_nothing_moves_while_a_page_loads(demo, browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    tab.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => { for (const e of list.getEntries()) shift += e.value })"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    for path in ("", ISSUE, f"{ISSUE}1/", "articles/1/", "weijiang-ribao/"):
        tab.goto(urljoin(demo.address, path))
        tab.wait_for_timeout(200)
        assert tab.evaluate("shift") < 0.01, path
    context.close()


@pytest.mark.parametrize("width", [320, 768, 1680])
def test_pages_fit_other_screens(demo, browser, width):
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=True)
    tab = context.new_page()
    for path in ("", "weijiang-ribao/", ISSUE, f"{ISSUE}4/", "articles/1/", "articles/1/source/", "about/"):
        tab.goto(urljoin(demo.address, path))
        tab.evaluate("document.querySelectorAll('.name').forEach(name => { name.textContent = '长名'.repeat(30) })")
        assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
    context.close()
