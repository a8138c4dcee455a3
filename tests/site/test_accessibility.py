"""axe-core finds nothing to mend on any kind of screen, wide and narrow, light and dark; nor does any screen need what
the site's Content-Security-Policy forbids."""

from pathlib import Path
from urllib.parse import urljoin

import pytest

from tests.importing.paper import BRIDGE
from tests.site.conftest import start_demo_with
from tests.site.test_mending import open_plain, sign_in
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
QUEUE = "admin/articles/page/queue/"
LATER = f"{QUEUE}?since=2026-04-01"


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


def plain(address, *links):
    """The screen without the desk, of the first page of a queue, and on through links."""

    def go(tab, home):
        tab.goto(urljoin(home, address))
        open_plain(tab, tab.locator("table.queue th a").first)
        for link in links:
            with tab.expect_navigation():
                tab.locator(link).first.click()

    return go


def refused(tab, home):
    """A form sent from a screen that somebody else has since changed."""
    plain(LATER, "section.story button.more")(tab, home)
    other = tab.context.new_page()
    other.goto(tab.url)
    for screen, words in ((other, f"先到{tab.viewport_size['width']}"), (tab, "后到")):
        screen.fill("form[data-act=set_keywords] input[name=keywords]", words)
        with screen.expect_navigation():
            screen.click("form[data-act=set_keywords] button")
    other.close()
    assert "没有做成" in tab.locator("h1").inner_text()


def saved(tab, home):
    """The queue with filters kept under a name, which the second time are there already."""
    tab.goto(urljoin(home, f"{QUEUE}?kind=any"))
    if tab.locator("#saved-name").count():
        tab.fill("#saved-name", "有疑问的")
        with tab.expect_navigation():
            tab.click(".saved .save button")
    assert tab.locator(".saved a").inner_text() == "有疑问的"


def cited(tab, home):
    """An article with its references and the picture of its address opened."""
    follow(ISSUE, "main .story a[href^='/articles/']")(tab, home)
    for summary in tab.locator("details.cite > summary, details.share > summary").all():
        summary.click()


def uploaded(tab, home):
    """The preview of an upload; the second time it is the one sent before."""
    tab.goto(urljoin(home, "admin/articles/upload/add/"))
    tab.set_input_files("input[name=files]", zip_of(1991))
    tab.click("text=上传并预览")
    tab.wait_for_selector("button[value=import]", timeout=60_000)


def titles(tab, home):
    """A page with the titles of the whole issue unfolded."""
    tab.goto(urljoin(home, f"{ISSUE}3/"))
    tab.click(".titles-nav summary")


def suggestions(tab, home):
    """A search box with its suggestions open."""
    tab.goto(home)
    tab.locator("main input[name=q]").press_sequentially("红桥")
    tab.wait_for_selector("[role=option]")
    tab.keyboard.press("ArrowDown")


NOBODY = {
    "login": at("admin/login/"),
    "home": at(""),
    "newspaper": at("weijiang-ribao/"),
    "issue": at(ISSUE),
    "page": at(f"{ISSUE}3/"),
    "titles of an issue": titles,
    "article": at("articles/1/"),
    "article source": at("articles/1/source/"),
    "article cited": cited,
    "articles": at("articles/"),
    "api": at("api/"),
    "search": at("search/"),
    "search with hits": at("search/?q=街道"),
    "search narrowed": at("search/?q=街道&category=-zonghe&kind=news&year=2026"),
    "suggestions": suggestions,
    "opened from a search": follow("search/?q=街道", ".line-title a"),
    "search without hits": at("search/?q=龘龘龘"),
    "categories": at("categories/"),
    "category": follow("categories/", "main a[href^='/categories/']"),
    "columns": at("columns/"),
    "column": follow("columns/", "main a[href^='/columns/']"),
    "people": at("people/"),
    "person": follow("people/", "main .name-list a"),
    "keywords": at("keywords/"),
    "keyword": follow("keywords/", "main a[href^='/keywords/']"),
    "archive": at("archive/"),
    "about": at("about/"),
    "report a mistake": at("articles/1/report/"),
    "not found": at("articles/999999/"),
}
EDITOR = {
    "index": at("admin/"),
    "queue": at(QUEUE),
    "whole queue": at(f"{QUEUE}?state=all"),
    "empty queue": at(f"{QUEUE}?kind=reader&until=1990-01-01&mine=on"),
    "saved filters": saved,
    "tray": at("admin/articles/page/tray/"),
    "desk": follow(LATER, "table.queue th a"),
    "page screen": plain(LATER),
    "passage opened": plain(LATER, ".passage button.more"),
    "article opened": plain(LATER, "section.story button.more"),
    "page with most doubts": plain(QUEUE),
    "page signed off": plain(f"{QUEUE}?state=reviewed"),
    "refused": refused,
    "article screen": follow("admin/articles/article/", "#result_list tbody th a"),
    "upload": at("admin/articles/upload/add/"),
    "upload preview": uploaded,
    "import runs": at("admin/articles/importrun/"),
    "import run": follow("admin/articles/importrun/", "#result_list tbody th a"),
    "password": at("admin/password_change/"),
}
REVIEWER = {
    "sign-off": plain(LATER, "text=核对并签发……"),
    "article history": plain(LATER, "section.story a.more"),
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
def forbidden():
    """What the tabs wanted and the policy kept from them, as Chromium tells it."""
    return []


@pytest.fixture(scope="module")
def tabs(archive, browser, forbidden):
    """account -> a tab in which it is signed in."""
    opened = {}

    def note(message):
        if "Content Security Policy" in message.text:
            forbidden.append(message.text)

    def tab_of(account):
        if account not in opened:
            opened[account] = browser.new_context(locale="zh-CN").new_page()
            opened[account].set_default_timeout(10_000)
            opened[account].on("console", note)
            if account:
                sign_in(archive, opened[account], account)
        return opened[account]

    yield tab_of
    for tab in opened.values():
        tab.context.close()


def test_the_policy_is_in_force_and_what_it_forbids_is_told(archive, tabs, forbidden):
    tab = tabs(None)
    tab.goto(archive.address)
    assert "default-src 'none'" in tab.request.get(archive.address).headers["content-security-policy"]
    tab.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">')")
    with tab.expect_console_message():
        tab.evaluate("document.head.append(Object.assign(document.createElement('script'), {text: 'top.ran = 1'}))")
    told = " ".join(forbidden)
    assert "style-src" in told and "script-src" in told and tab.evaluate("top.ran") is None


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(("account", "go"), SCREENS)
def test_axe_finds_nothing(archive, tabs, forbidden, account, go, width):
    tab = tabs(account)
    forbidden.clear()
    tab.set_viewport_size({"width": width, "height": 900})
    tab.emulate_media(color_scheme="light")
    go(tab, archive.address)
    tab.wait_for_load_state("load")
    assert not forbidden
    tab.evaluate(AXE)
    light = tab.evaluate(RUN, {"type": "tag", "values": TAGS})
    tab.emulate_media(color_scheme="dark")
    dark = tab.evaluate(RUN, {"type": "rule", "values": COLOURS})
    found = [f"light {line}" for line in light] + [f"dark {line}" for line in dark]
    assert not found, "\n".join([tab.url, *found])
