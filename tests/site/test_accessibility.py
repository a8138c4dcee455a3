"""axe-core finds nothing to mend on any kind of screen, wide and narrow, light and dark."""

from pathlib import Path
from urllib.parse import urljoin

import pytest

from tests.importing.paper import BRIDGE
from tests.site.conftest import start_demo_with
from tests.site.test_mending import sign_in
from tests.site.test_uploading import zip_of

pytestmark = pytest.mark.browser

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
RUN = """only => Promise.all(document.getAnimations().map(change => change.finished))
    .then(() => axe.run(document, {runOnly: only, resultTypes: ["violations"]}))
    .then(found => found.violations.flatMap(rule => rule.nodes.map(node =>
        `${rule.id}: ${node.target.join(" ")}\\n    ${node.failureSummary.replace(/\\s+/g, " ")}`)))"""

ISSUE = "weijiang-ribao/2026-03-18/"
SIGNED = "2026-03-18"
LATER = "admin/articles/page/queue/?since=2026-04-01"


def at(address):
    return lambda tab, home: tab.goto(urljoin(home, address))


def follow(address, *links):
    """Go to an address and click through links."""

    def go(tab, home):
        tab.goto(urljoin(home, address))
        for link in links:
            with tab.expect_navigation():
                tab.locator(link).first.click()

    return go


def refused(tab, home):
    """A form sent from a screen that somebody else has since changed."""
    follow(LATER, "table.queue th a", "section.story button.more")(tab, home)
    other = tab.context.new_page()
    other.goto(tab.url)
    for screen, words in ((other, f"先到{tab.viewport_size['width']}"), (tab, "后到")):
        screen.fill("form[data-act=set_keywords] input[name=keywords]", words)
        with screen.expect_navigation():
            screen.click("form[data-act=set_keywords] button")
    other.close()
    assert "没有做成" in tab.locator("h1").inner_text()


def uploaded(tab, home):
    """The preview of an upload; the second time it is the one sent before."""
    tab.goto(urljoin(home, "admin/articles/upload/add/"))
    tab.set_input_files("input[name=files]", zip_of(1991))
    tab.click("text=上传并预览")
    tab.wait_for_selector("button[value=import]", timeout=60_000)


NOBODY = {
    "login": at("admin/login/"),
    "home": at(""),
    "newspaper": at("weijiang-ribao/"),
    "issue": at(ISSUE),
    "page": at(f"{ISSUE}3/"),
    "article": follow(ISSUE, "main a[href^='/articles/']"),
    "articles": at("articles/"),
    "search": at("search/"),
    "search with hits": at("search/?q=渡口"),
    "search without hits": at("search/?q=龘龘龘"),
    "categories": at("categories/"),
    "category": follow("categories/", "main a[href^='/categories/']"),
    "columns": at("columns/"),
    "column": follow("columns/", "main a[href^='/columns/']"),
    "people": at("people/"),
    "person": follow("people/", "main a[href^='/people/']"),
    "not found": at("articles/999999/"),
}
EDITOR = {
    "index": at("admin/"),
    "queue": at("admin/articles/page/queue/"),
    "whole queue": at("admin/articles/page/queue/?state=all"),
    "empty queue": at("admin/articles/page/queue/?kind=reader&until=1990-01-01&mine=on"),
    "tray": at("admin/articles/page/tray/"),
    "page screen": follow(LATER, "table.queue th a"),
    "passage opened": follow(LATER, "table.queue th a", ".passage button.more"),
    "article opened": follow(LATER, "table.queue th a", "section.story button.more"),
    "page with most doubts": follow("admin/articles/page/queue/", "table.queue th a"),
    "page signed off": follow("admin/articles/page/queue/?state=reviewed", "table.queue th a"),
    "refused": refused,
    "article screen": follow("admin/articles/article/", "#result_list tbody th a"),
    "upload": at("admin/articles/upload/add/"),
    "upload preview": uploaded,
    "import runs": at("admin/articles/importrun/"),
    "import run": follow("admin/articles/importrun/", "#result_list tbody th a"),
    "password": at("admin/password_change/"),
}
REVIEWER = {
    "sign-off": follow(LATER, "table.queue th a", "text=核对并签发……"),
    "article history": follow(LATER, "table.queue th a", "section.story a.more"),
}
CHIEF = {
    "many": at("admin/many/"),
    "replace": at("admin/many/replace/"),
    "replace chosen": at("admin/many/replace/?find=渡口&replacement=渡头"),
    "file": at("admin/many/categories/"),
    "assign": at("admin/many/assign/"),
    "names": follow("admin/many/", "#content a[href*='/many/person']"),
    "reports": at("admin/reports/"),
    "wanted": at("admin/reports/wanted/"),
    "contributors": at("admin/reports/contributors/"),
}
ADMIN = {
    **{
        f"list of {name}": at(f"admin/{name}/")
        for name in ("articles/page", "articles/article", "articles/category", "articles/column", "articles/newspaper")
    },
    "list of people": at("admin/articles/person/"),
    "list of users": at("admin/auth/user/"),
    "new user": at("admin/auth/user/add/"),
    "user": follow("admin/auth/user/", "#result_list tbody th a"),
    "new category": at("admin/articles/category/add/"),
    "newspaper form": follow("admin/articles/newspaper/", "#result_list tbody th a"),
}
SCREENS = [
    pytest.param(account, go, id=name)
    for account, screens in (
        (None, NOBODY),
        ("editor", EDITOR),
        ("reviewer", REVIEWER),
        ("chief", CHIEF),
        ("admin", ADMIN),
    )
    for name, go in screens.items()
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """A demo of its own, with a page whose day nobody knows."""
    var, folder = tmp_path_factory.mktemp("accessible") / "var", tmp_path_factory.mktemp("undated")
    (folder / "page.txt").write_text(BRIDGE, encoding="utf-8")
    demo = start_demo_with(var, folder)
    yield demo
    demo.stop()


@pytest.fixture(scope="module")
def tabs(archive, browser):
    """account -> a tab in which it is signed in."""
    opened = {}

    def tab_of(account):
        if account not in opened:
            opened[account] = browser.new_context(locale="zh-CN").new_page()
            opened[account].set_default_timeout(10_000)
            if account:
                sign_in(archive, opened[account], account)
        return opened[account]

    yield tab_of
    for tab in opened.values():
        tab.context.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(("account", "go"), SCREENS)
def test_axe_finds_nothing(archive, tabs, account, go, width):
    tab = tabs(account)
    tab.set_viewport_size({"width": width, "height": 900})
    tab.emulate_media(color_scheme="light")
    go(tab, archive.address)
    tab.evaluate(AXE)
    light = tab.evaluate(RUN, {"type": "tag", "values": TAGS})
    tab.emulate_media(color_scheme="dark")
    dark = tab.evaluate(RUN, {"type": "rule", "values": COLOURS})
    found = [f"light {line}" for line in light] + [f"dark {line}" for line in dark]
    assert not found, "\n".join([tab.url, *found])
