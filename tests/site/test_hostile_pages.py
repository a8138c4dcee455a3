"""Hostile text that came in by files, in a real browser: shown on the main pages, never run, nothing loaded."""

import pytest

from tests.importing.paper import BRIDGE, SCHOOL, write_pages
from tests.site.conftest import start_demo_with
from tests.site.test_mending import sign_in

pytestmark = pytest.mark.browser

SHORT = "<img src=x onerror=alert(1)>"
FRAME = "<iframe srcdoc='<script>alert(4)</script>'></iframe>"
EVIL = f"\"'>{SHORT}<svg onload=alert(2)><script>alert(3)</script>{FRAME}"


def hostile(text):
    lines = text.split("\n\n")
    return "\n\n".join(line + ("" if line[0] == "□" else EVIL if "，" in line else SHORT) for line in lines)


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    pages = {"2026-02-02/05.txt": hostile(BRIDGE), f"2026-02-02/06版-{SHORT}.txt": hostile(SCHOOL)}
    folder = write_pages(tmp_path_factory.mktemp("pages"), pages)
    demo = start_demo_with(tmp_path_factory.mktemp("attacked") / "var", folder)
    yield demo
    demo.stop()


@pytest.fixture
def tab(browser):
    """A tab that notes every dialog, script error, refused load and request to elsewhere."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    context.add_init_script(
        "addEventListener('securitypolicyviolation', (e) => console.error('CSP', e.violatedDirective))"
    )
    tab = context.new_page()
    tab.faults = []

    def closed(dialog):
        tab.faults.append(dialog.message)
        dialog.dismiss()

    tab.on("dialog", closed)
    tab.on("pageerror", lambda error: tab.faults.append(str(error)))
    tab.on("console", lambda said: tab.faults.append(said.text) if is_fault(said) else None)
    yield tab
    context.close()


def is_fault(said):
    return said.type == "error" or "Permissions-Policy" in said.text


def test_no_page_that_readers_see_runs_it(attacked, tab):
    shown = 0
    home = attacked.address
    paths = [
        "",
        "weijiang-ribao/2026-02-02/",
        "weijiang-ribao/2026-02-02/5/",
        "articles/",
        "search/?q=onerror",
        "people/",
    ]
    paths += ["weijiang-ribao/2026-02-02/6/", "keywords/", "archive/", "feed/", "about/", "columns/"]
    tab.goto(f"{home}weijiang-ribao/2026-02-02/5/")
    story = tab.locator("main a[href^='/articles/']").first.get_attribute("href").strip("/").partition("?")[0]
    for path in (*paths, f"{story}/", f"{story}/source/", f"{story}/report/?quote={SHORT}", f"{story}.json"):
        tab.goto(home + path)
        shown += "onerror" in tab.locator("body, feed").first.inner_text() if "feed" not in path else 0
        assert not tab.locator("img[src=x]").count() and not tab.faults, path
    assert shown >= 6


def test_no_list_that_editors_see_runs_it(attacked, tab):
    """A page's own screens are in test_desk_attacks."""
    sign_in(attacked, tab, "chief")
    home, shown = f"{attacked.address}admin/", 0
    screens = [
        "articles/page/queue/",
        "articles/article/",
        "articles/importrun/",
        "many/",
        "many/replace/?find=onerror",
    ]
    for screen in screens:
        tab.goto(home + screen)
        shown += "onerror" in tab.locator("body").inner_text()
        assert not tab.locator("img[src=x]").count() and not tab.faults, screen
    assert shown
