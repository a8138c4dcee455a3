"""An editor takes a page that was split wrong to the right one, through the forms alone, in a real browser."""

from urllib.parse import urljoin

import pytest

from tests.site.conftest import start_demo_with
from tests.site.test_browser import fits

pytestmark = pytest.mark.browser

# No program can know that the lines of two articles alternate here, nor that a line is the second article's headline.
PAGE = """渡口茶摊添新凳

老渡口的茶摊前天添了六条新凳，都是船工用拆下来的旧船板

早市挪到五点

桥北菜场从周一起改成早市，五点开门，九点收摊。

打的，坐上去吱呀作响。

摊主老冯说，人多了半成，剩菜少了一半。

来喝茶的人说，凳子比茶还香。

讲卫生 树新风
"""
TRUTH = {
    "渡口茶摊添新凳": [
        ("老渡口的茶摊", "body"),
        ("打的，坐上去", "body"),
        ("来喝茶的人说", "body"),
    ],
    "早市挪到五点": [("桥北菜场从周一", "body"), ("摊主老冯说", "body")],
}
TEXT = {
    "渡口茶摊添新凳": "老渡口的茶摊前天添了六条新凳，都是船工用拆下来的旧船板打的，坐上去吱呀作响。\n"
    "来喝茶的人说，凳子比茶还鲜。",
    "早市挪到五点": "桥北菜场从周一起改成早市，五点开门，九点收摊。\n摊主老冯说，人多了半成，剩菜少了一半。",
}
BANNER = "讲卫生 树新风"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A demo of its own with the page in its queue, so that no other test sees what is done here."""
    var, folder = tmp_path_factory.mktemp("mending") / "var", tmp_path_factory.mktemp("pages") / "2026-02-02"
    folder.mkdir()
    (folder / "05.txt").write_text(PAGE, encoding="utf-8")
    demo = start_demo_with(var, folder.parent)
    yield demo
    demo.stop()


def sign_in(demo, screen, account):
    screen.goto(f"{demo.address}admin/")
    screen.fill("#id_username", account)
    screen.fill("#id_password", demo.password_of(account))
    # A tab that is closed while it is still on its way somewhere may stay open for ever, and the test with it.
    with screen.expect_navigation():
        screen.click("input[type=submit]")


def passage(screen, words):
    return screen.locator("li.passage").filter(has=screen.locator(".text", has_text=words)).first


def gather(screen, headline, passages):
    """Make the passages an article of their own and say what each of them is."""
    for words in [headline, *(words for words, _ in passages)]:
        passage(screen, words).locator("input[name=blocks]").check()
    screen.locator("#moving select[name=to]").select_option(label="另成一篇新文章")
    screen.get_by_role("button", name="移动", exact=True).click()
    for words, role in [(headline, "headline"), *passages]:
        screen.get_by_role("button", name=f"改第{number_of(screen, words)}段").click()
        form = screen.locator("form[data-act=set_role]")
        form.locator("select[name=role]").select_option(role)
        form.get_by_role("button").click()


def number_of(screen, words):
    return passage(screen, words).locator(".number").inner_text().strip()


def make_paragraphs(screen, joined):
    """Let the passages in `joined` read on from the one before, and every other open a paragraph."""
    for words in [words for passages in TRUTH.values() for words, _ in passages]:
        for name, wanted in (("接上段", True), ("断开", False)):
            button = passage(screen, words).get_by_role("button", name=name, exact=True)
            if (words in joined) == wanted and button.count():
                button.click()
                if screen.locator("h1", has_text="没有做成").count():
                    screen.go_back()


def open_plain(screen, link):
    """From the queue to a page's desk, and on to the screen that does without it."""
    with screen.expect_navigation():
        link.click()
    screen.goto(urljoin(screen.url, screen.locator("#desk").get_attribute("data-plain-url")))


def test_a_page_split_wrong_is_mended_and_signed_off_through_the_forms(desk, screen):
    sign_in(desk, screen, "reviewer")
    screen.goto(f"{desk.address}admin/articles/page/queue/?state=all&until=2026-02-28")
    assert fits(screen)
    open_plain(screen, screen.locator("table.queue th a"))
    assert fits(screen)
    address = screen.url
    if articles(screen) != TEXT:  # the second screen width finds it mended
        split = {headline: body.replace("香", "鲜") for headline, body in articles(screen).items()}
        assert split != TEXT, "the page is split wrong, not only misread"
        mend(screen)
    screen.goto(address)
    assert articles(screen) == TEXT
    if screen.get_by_role("link", name="核对并签发……").count():
        screen.get_by_role("link", name="核对并签发……").click()
        assert screen.locator(".diff del").inner_text() == "香" and screen.locator(".diff ins").inner_text() == "鲜"
        assert "搁置 1 次" in screen.locator(".counts").inner_text() and fits(screen)
        screen.get_by_role("button", name="签发", exact=True).click()
    assert screen.locator(".page-bar .state").inner_text() == "已审"
    screen.goto(f"{desk.address}weijiang-ribao/2026-02-02/5/")
    public = screen.locator("main").inner_text()
    assert all(headline in public for headline in TRUTH) and BANNER in public


def mend(screen):
    for headline, passages in TRUTH.items():
        gather(screen, headline, passages)
    make_paragraphs(screen, {"打的，坐上去"})
    banner = passage(screen, BANNER)
    banner.locator("input[name=blocks]").check()
    screen.locator("#moving select[name=reason]").select_option("banner")
    screen.get_by_role("button", name="搁置", exact=True).click()
    screen.get_by_role("button", name=f"改第{number_of(screen, '来喝茶的人说')}段").click()
    form = screen.locator("form[data-act=edit_text]")
    form.locator("textarea").fill("来喝茶的人说，凳子比茶还鲜。")
    form.get_by_role("button").click()


def articles(screen):
    """{headline: body} as the right side of the screen shows them."""
    found = {}
    for story in screen.locator("section.story").all():
        paragraphs = story.locator(".body p").all_inner_texts()
        found[story.locator("h3").inner_text()] = "\n".join(paragraphs)
    return found


def test_an_act_on_an_old_screen_brings_back_what_was_typed(desk, browser):
    context = browser.new_context(viewport={"width": 390, "height": 900}, locale="zh-CN", java_script_enabled=False)
    screen, other = context.new_page(), context.new_page()
    sign_in(desk, screen, "reviewer")
    screen.goto(f"{desk.address}admin/articles/page/queue/?since=2026-03-01")
    screen.locator("table.queue th a").first.click()
    screen.get_by_role("link", name="在普通页面上校这一版").click()
    screen.locator("section.story").first.get_by_role("button", name="改《").click()
    other.goto(screen.url)
    for tab, words in ((other, "先到的词"), (screen, "后到的词")):
        tab.fill("form[data-act=set_keywords] input[name=keywords]", words)
        tab.click("form[data-act=set_keywords] button")
    assert screen.locator("h1").inner_text() == "没有做成：改关键词"
    assert screen.input_value("input[name=keywords]") == "后到的词" and "先到的词" in screen.content()
    screen.click("form[data-act=set_keywords] button")
    assert "已做：改关键词" in screen.locator(".messagelist").inner_text()
    context.close()


def test_what_is_typed_in_one_form_outlives_sending_another(desk, browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    screen = context.new_page()
    sign_in(desk, screen, "reviewer")
    screen.goto(f"{desk.address}admin/articles/page/queue/?since=2026-03-01")
    open_plain(screen, screen.locator("table.queue th a").first)
    screen.get_by_role("button", name="改第5段").click()
    typed = screen.locator("form[data-act=edit_text] textarea")
    printed = typed.input_value()
    typed.fill("还没有提交的字")
    screen.get_by_role("button", name="我来校这一版").click()
    screen.get_by_text("已放回您上次没有提交的内容。").wait_for()
    assert typed.input_value() == "还没有提交的字"
    screen.get_by_role("button", name="放弃", exact=True).click()
    assert typed.input_value() == printed
    screen.get_by_role("button", name="放下这一版").click()
    assert typed.input_value() == printed and not screen.get_by_text("已放回").count()
    context.close()
