"""The correction desk in a real browser: every act by mouse and by keyboard, checked in what the server says after it.

The desk runs under a strict content security policy; a word in the console fails a test.
"""

import struct
import zlib
from urllib.parse import urljoin

import pytest

from tests.site.conftest import start_demo_with
from tests.site.test_accessibility import AXE, COLOURS, RUN, TAGS
from tests.site.test_mending import sign_in

pytestmark = pytest.mark.browser

POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; object-src 'none'; base-uri 'none'"
DAY = "2026-02-{:02}"
PAGE = """## 渡口茶摊添新凳

□本报记者 冯立春

老渡口的茶摊前天添了六条新凳，都是船工用拆下来的旧船板打的。凳面刨得很平，坐上去不再作响。{n}

来喝茶的人说，凳子比茶还香，坐得住，也看得见船。

## 早市挪到五点

本报讯（记者 罗小满）桥北菜场从周一起改成早市，五点开门，九点收摊，茶摊的凳子也早摆两小时。

卖藕的老冯说，人多了半成，剩菜少了一半，早市收摊以后还能回去补一觉。

来喝茶的人说，凳子比茶还香，坐得住，也看得见船。

## 邮筒搬进巷口

本报讯（记者 罗小满）石榴巷的邮筒从大路边搬进巷口，老人寄信少走两百步。

邮递员说，搬了以后一天多收七八封信。
"""
ELSEWHERE = """## 渡口长凳的木头从哪儿来

旧船板是从东滩拆船厂拉来的，拉了三车，刨了五天。
"""
JUMP, PICTURED = 7, 9  # the days that have a second page, a picture
BENCH, TEA, MARKET, LOTUS, TEA_AGAIN, BOX, POSTMAN = (
    *("老渡口的茶摊前天添了", "来喝茶的人说", "桥北菜场从周一起", "卖藕的老冯说"),
    *("来喝茶的人说，凳子比茶还香", "石榴巷的邮筒从大路边", "邮递员说"),
)
STALL, EARLY, MOVED = "渡口茶摊添新凳", "早市挪到五点", "邮筒搬进巷口"


@pytest.fixture(scope="module")
def paper(tmp_path_factory):
    """A demo of its own, with pages of a day each that no other test sees, and one of 200 passages."""
    var, folder = tmp_path_factory.mktemp("desk") / "var", tmp_path_factory.mktemp("desk-pages")
    for day in range(1, 10):
        write(folder, day, 2, PAGE.format(n=f"{day}号。"))
    write(folder, JUMP, 3, ELSEWHERE)
    (folder / DAY.format(PICTURED) / "02.png").write_bytes(blank_picture(300, 450))
    write(folder, 20, 2, "\n".join(f"## 第{n}条街巷改名\n\n{LONG.format(n=n)}" for n in range(1, 51)))
    demo = start_demo_with(var, folder)
    yield demo
    demo.stop()


LONG = "\n\n".join(
    f"第{{n}}条街巷的住户{{n}}{end}" for end in ("说，新名字好记。", "还说，旧名字也好听。", "最后说，都行。")
)


def blank_picture(width, height):
    """A white PNG."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\xff" * width) * height
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def write(folder, day, number, text):
    path = folder / DAY.format(day) / f"{number:02}.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


class Desk:
    """A tab with a page's desk in it, and what an editor does there."""

    def __init__(self, context, paper, day=None, number=2):
        """The page of that day; without one, the first of the queue (of the sample, with doubts)."""
        self.tab = context.new_page()
        self.tab.set_default_timeout(5_000)
        self.faults = []
        self.tab.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        self.tab.on("pageerror", lambda error: self.faults.append(str(error)))
        self.tab.on("dialog", lambda dialog: dialog.accept())
        self.tab.route("**/desk/", guard)
        query = f"?state=all&since={DAY.format(day)}&until={DAY.format(day)}" if day else ""
        self.tab.goto(urljoin(paper.address, f"admin/articles/page/queue/{query}"))
        links = self.tab.locator("table.queue th a", has_text=f"第{number}版" if day else "")
        self.home = urljoin(paper.address, links.first.get_attribute("href"))
        self.open()

    def open(self):
        self.tab.goto(self.home)
        self.tab.locator("#desk[data-ready]").wait_for()

    def saved(self):
        self.tab.locator(".saving", has_text="都已存好").wait_for()

    def state(self):
        """The page as the server has it, once all is sent."""
        self.saved()
        address = self.tab.locator("#desk").get_attribute("data-state-url")
        return self.tab.request.get(urljoin(self.home, address)).json()

    def passage(self, words, nth=0):
        return self.tab.locator("#passages .passage", has_text=words).nth(nth)

    def pick(self, *all_words):
        for i, words in enumerate(all_words):
            self.passage(words).click(modifiers=["Control"] if i else [])

    def card(self, title):
        return self.tab.locator(".card").filter(has=self.tab.locator("h3", has_text=title))

    def tool(self, command):
        self.tab.locator(f"#toolbar [data-command={command}]").click()

    def more(self, command):
        self.tab.locator("details.more summary").click()
        self.tab.locator(f"details.more [data-command={command}]").click()

    def on_card(self, title, command):
        self.card(title).hover()
        self.card(title).locator(f"[data-command={command}]").first.click()

    def keys(self, *keys):
        for key in keys:
            self.tab.keyboard.press(key)

    def type(self, words):
        self.tab.keyboard.insert_text(words)

    def go(self, words, nth=0):
        """To a passage by keys alone."""
        number = int(self.passage(words, nth).locator(".number").inner_text())
        self.keys("Home", *["j"] * (number - 1))

    @property
    def dialog(self):
        return self.tab.locator("dialog[open]")

    def send(self, words):
        self.dialog.get_by_role("button", name=words, exact=True).click()

    def notice(self, words):
        self.tab.locator("#desk-notices .notice", has_text=words).wait_for()

    def asked_again(self):
        """Whether the refused act is shown, with what it was and what came between."""
        self.dialog.get_by_text("没有做成", exact=True).wait_for()
        return self.dialog.inner_text()


def guard(route):
    """The page as served, with a policy that forbids what a strict site forbids."""
    response = route.fetch()
    route.fulfill(response=response, headers={**response.headers, "content-security-policy": POLICY})


def facts(state):
    """What acts change, by words instead of ids."""
    titles = {article["id"]: article["title"] for article in state["articles"]}
    text = {passage["id"]: passage["text"] for passage in state["passages"]}
    fields = ("kind", "category", "column", "keywords", "supplied", "continued_from", "continued_on", "withdrawn")
    return {
        "passages": [
            (p["text"], p["source"], p["role"], titles.get(p["article"]), p["joins"], p["place_words"])
            for p in state["passages"]
        ],
        "articles": [
            (
                *(article["title"], *[article[field] for field in fields]),
                *([text[pk] for pk in article["passages"]], [tuple(credit.values()) for credit in article["credits"]]),
            )
            for article in state["articles"]
        ],
    }


def passage_in(state, words, nth=0):
    return [p for p in state["passages"] if p["text"].startswith(words)][nth]


def article_in(state, title):
    return next((a for a in state["articles"] if a["title"] == title), None)


def title_of(state, words, nth=0):
    pk = passage_in(state, words, nth)["article"]
    return next((a["title"] for a in state["articles"] if a["id"] == pk), None)


def openings(state, title):
    """The first letters of an article's passages, in reading order."""
    text = {passage["id"]: passage["text"] for passage in state["passages"]}
    article = article_in(state, title)
    return [text[pk][:3] for pk in article["passages"]] if article else []


@pytest.fixture(scope="module")
def chief(paper, browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    sign_in(paper, context.new_page(), "chief")
    yield context
    context.close()


@pytest.fixture(scope="module")
def desk(paper, chief):
    return Desk(chief, paper, 1)


@pytest.fixture(autouse=True)
def quiet(request):
    """No test may leave a word in the console."""
    yield
    if "desk" in request.fixturenames:
        desk = request.getfixturevalue("desk")
        if desk.dialog.count():  # of a test that failed
            desk.tab.evaluate("sessionStorage.clear()")
            desk.open()
        faults, desk.faults = desk.faults, []
        assert not faults


def drag(desk, words, to):
    """By steps: a goal may be seen only while something is dragged."""
    desk.passage(words).hover()
    desk.tab.mouse.down()
    desk.passage(words).hover(position={"x": 90, "y": 12})
    to.hover()
    to.hover()
    desk.tab.mouse.up()


# name: (by mouse, by keys, what the server says after either). Each is taken back before the next.
ACTS = {
    "move by number": (
        lambda d: drag(d, POSTMAN, d.card(EARLY).locator(".pick")),
        lambda d: (d.go(POSTMAN), d.keys("2")),
        lambda s: title_of(s, POSTMAN) == EARLY,
    ),
    "move several": (
        lambda d: (
            d.pick(LOTUS, POSTMAN),
            d.tool("move_to"),
            d.dialog.locator("select[name=to]").select_option(index=0),
            d.send("移动"),
        ),
        lambda d: (d.go(LOTUS), d.keys("Shift+ArrowDown", "1")),
        lambda s: title_of(s, LOTUS) == STALL,
    ),
    "move to a new article": (
        lambda d: drag(d, LOTUS, d.tab.locator("#new-article")),
        lambda d: (d.go(LOTUS), d.keys("n")),
        lambda s: len(s["articles"]) == 4 and title_of(s, LOTUS).startswith("卖藕的老冯"),
    ),
    "move before a passage": (
        lambda d: (d.pick(MARKET), drag(d, POSTMAN, d.card(EARLY).locator(".run", has_text=MARKET))),
        lambda d: (
            d.go(POSTMAN),
            d.keys("g"),
            d.type("早市"),
            d.keys("Tab", "Tab", *["ArrowDown"] * 4, "Enter"),
        ),
        lambda s: openings(s, EARLY)[2:4] == [POSTMAN[:3], MARKET[:3]],
    ),
    "set a role": (
        lambda d: (d.pick(TEA), d.tool("set_role"), d.send("x 小标题")),
        lambda d: (d.go(TEA), d.keys("r", "x")),
        lambda s: passage_in(s, TEA)["role"] == "subheading",
    ),
    "set the roles of several": (
        lambda d: (d.pick(TEA, BOX), d.tool("set_role"), d.send("t 图片说明")),
        lambda d: (d.go(TEA), d.keys("r", "t")) and (d.saved(), d.go(BOX), d.keys("r", "t")),
        lambda s: {passage_in(s, TEA)["role"], passage_in(s, BOX)["role"]} == {"caption"},
    ),
    "join": (
        lambda d: (d.pick(LOTUS), d.tool("join")),
        lambda d: (d.go(LOTUS), d.keys("p")),
        lambda s: passage_in(s, LOTUS)["joins"],
    ),
    "split an article": (
        lambda d: (d.pick(LOTUS), d.tool("split_here")),
        lambda d: (d.go(LOTUS), d.keys("s")),
        lambda s: len(s["articles"]) == 4 and title_of(s, LOTUS) == title_of(s, TEA, 1) != EARLY,
    ),
    "split an article with a headline": (
        lambda d: (d.pick(LOTUS), d.tool("split_titled")),
        lambda d: (d.go(LOTUS), d.keys("S")),
        lambda s: passage_in(s, LOTUS)["role"] == "headline" and title_of(s, TEA, 1).startswith("卖藕的老冯说"),
    ),
    "merge with the previous": (
        lambda d: d.on_card(EARLY, "merge_previous"),
        lambda d: (d.go(LOTUS), d.keys("m")),
        lambda s: len(s["articles"]) == 2 and title_of(s, LOTUS) == STALL,
    ),
    "merge with the next": (
        lambda d: d.on_card(EARLY, "merge_next"),
        lambda d: (d.go(LOTUS), d.keys("M")),
        lambda s: len(s["articles"]) == 2 and title_of(s, POSTMAN) == EARLY,
    ),
    "merge with any": (
        lambda d: (
            d.on_card(STALL, "merge_any"),
            d.dialog.locator("select[name=other]").select_option(index=1),
            d.send("合并"),
        ),
        lambda d: (d.go(BENCH), d.keys("w"), d.type("邮筒"), d.keys("Enter")),
        lambda s: len(s["articles"]) == 2 and title_of(s, POSTMAN) == STALL,
    ),
    "reorder": (
        lambda d: (d.pick(LOTUS), d.tool("earlier")),
        lambda d: (d.go(LOTUS), d.keys("Alt+ArrowUp")),
        lambda s: openings(s, EARLY)[2:4] == [LOTUS[:3], MARKET[:3]],
    ),
    "edit": (
        lambda d: (
            d.passage(TEA).dblclick(),
            d.dialog.locator("textarea").fill("来喝茶的人说，都好。"),
            d.send("改好"),
        ),
        lambda d: (d.go(TEA), d.keys("e", "Control+a"), d.type("来喝茶的人说，都好。"), d.keys("Enter")),
        lambda s: (
            passage_in(s, TEA)["text"] == "来喝茶的人说，都好。" and passage_in(s, TEA)["source"].endswith("看得见船。")
        ),
    ),
    "cut a passage": (
        lambda d: (
            d.pick(LOTUS),
            d.tool("cut"),
            d.dialog.locator("textarea").evaluate("t => t.setSelectionRange(13, 13)"),
            d.send("在光标处切开"),
        ),
        lambda d: (d.go(LOTUS), d.keys("x", "Control+ArrowRight", "Enter")),
        lambda s: (
            len(s["passages"]) == 14
            and passage_in(s, "卖藕的老冯说，人多了半成，")["text"].endswith("成，")
            and passage_in(s, "剩菜少了一半")["joins"]
        ),
    ),
    "fold a repeat": (
        lambda d: (d.passage(TEA, 1).click(), d.tool("fold"), d.send("标为重复")),
        lambda d: (d.go(TEA, 1), d.keys("f", "Enter")),
        lambda s: passage_in(s, TEA, 1)["repeats"] == passage_in(s, TEA)["id"],
    ),
    "set aside": (
        lambda d: (
            drag(d, POSTMAN, d.tab.locator("#tray")),
            d.dialog.locator("select").select_option("banner"),
            d.dialog.locator("input").fill("试试"),
            d.send("搁置"),
        ),
        lambda d: (d.go(POSTMAN), d.keys("d"), d.keys(*["ArrowUp"] * 5, "Tab"), d.type("试试"), d.keys("Enter")),
        lambda s: passage_in(s, POSTMAN)["place_words"] == "通栏标语：试试",
    ),
    "hide words": (
        lambda d: (d.pick(TEA), d.tool("mask"), d.dialog.locator("[name=words]").fill("喝茶"), d.send("遮盖")),
        lambda d: (d.go(TEA), d.keys("H"), d.type("喝茶"), d.keys("Enter")),
        lambda s: passage_in(s, TEA)["masked"] == [[1, 3]],
    ),
    "hide words and show them": (
        lambda d: (
            d.pick(TEA),
            d.tool("mask"),
            d.dialog.locator("[name=words]").fill("喝茶"),
            d.send("遮盖"),
            d.state(),
            d.tool("unmask"),
            d.send("公开"),
        ),
        lambda d: (d.go(TEA), d.keys("H"), d.type("喝茶"), d.keys("Enter"), d.state(), d.keys("O", "Enter")),
        lambda s: passage_in(s, TEA)["masked"] == [] and len(s["journal"]) >= 2,
    ),
    "kind": (
        lambda d: (d.on_card(EARLY, "kind"), d.send("3 评论")),
        lambda d: (d.go(LOTUS), d.keys("t", "3")),
        lambda s: article_in(s, EARLY)["kind"] == "opinion",
    ),
    "category": (
        lambda d: (d.on_card(EARLY, "category"), d.dialog.locator(".menu button", has_text="未归类").click()),
        lambda d: (d.go(LOTUS), d.keys("c", "0")),
        lambda s: article_in(s, EARLY)["category"] is None,
    ),
    "column": (
        lambda d: (d.on_card(EARLY, "column"), d.dialog.locator("input").fill("街巷新事"), d.send("改好")),
        lambda d: (d.go(LOTUS), d.keys("l"), d.type("街巷新事"), d.keys("Enter")),
        lambda s: article_in(s, EARLY)["column"] is not None,
    ),
    "keywords": (
        lambda d: (d.on_card(EARLY, "keywords"), d.dialog.locator("input").fill("早市、莲藕"), d.send("改好")),
        lambda d: (d.go(LOTUS), d.keys("q", "Control+a"), d.type("早市、莲藕"), d.keys("Enter")),
        lambda s: article_in(s, EARLY)["keywords"] == ["早市", "莲藕"],
    ),
    "credits": (
        lambda d: (
            d.on_card(EARLY, "credits"),
            d.dialog.locator("[name=name_1]").fill("柳迎春"),
            d.dialog.locator("[name=role_1]").select_option("photographer"),
            d.send("改好"),
        ),
        lambda d: (
            d.go(LOTUS),
            d.keys("b"),
            d.dialog.locator("[name=name_1]").focus(),
            d.type("柳迎春"),
            d.keys("Tab", *["ArrowDown"] * 3, "Enter"),
        ),
        lambda s: (
            [(c["name"], c["role"]) for c in article_in(s, EARLY)["credits"]]
            == [("罗小满", "reporter"), ("柳迎春", "photographer")]
        ),
    ),
    "jump to a page": (
        lambda d: (d.on_card(EARLY, "jump"), d.dialog.locator("[name=on_page]").fill("5"), d.send("注明版次")),
        lambda d: (d.go(LOTUS), d.keys("v", "Tab"), d.type("5"), d.keys("Enter")),
        lambda s: article_in(s, EARLY)["continued_on"] == "5",
    ),
    "withdraw": (
        lambda d: (d.on_card(EARLY, "withdraw"), d.dialog.locator("textarea").fill("有误"), d.send("改好")),
        lambda d: (d.go(LOTUS), d.keys("W"), d.type("有误"), d.keys("Enter")),
        lambda s: article_in(s, EARLY)["withdrawn_reason"] == "有误",
    ),
}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_by_mouse_and_by_keys_and_taken_back(desk, name):
    by_mouse, by_keys, is_done = ACTS[name]
    for does, undo in ((by_mouse, "Control+z"), (by_keys, "u")):
        before = desk.state()
        does(desk)
        after = desk.state()
        assert is_done(after), [(p["text"][:6], p["role"], title_of(after, p["text"])) for p in after["passages"]]
        assert shown(desk) == told(after), "the screen shows what the server says"
        acts = [entry for entry in after["journal"] if entry["id"] > before["seen"]]
        desk.keys(*[undo] * len(acts))
        assert facts(desk.state()) == facts(before)
        assert desk.tab.evaluate("document.activeElement !== document.body"), "the focus is never lost"


SHOWN = r"""() => {
    const all = (place, inside) => [...inside.querySelectorAll(place)]
    const number = passage => passage.querySelector(".article-number").innerText.replace(/\D/g, "")
    return [all(".passage", document).map(passage => [passage.dataset.passage, number(passage)]),
        all(".card", document).map(card => [
            card.querySelector("h3").innerText, all(".run", card).map(run => run.dataset.passage)])]
}"""


def shown(desk):
    """[[passage, number of its article]], [[title, passages]], as they are on the screen."""
    passages, cards = desk.tab.evaluate(SHOWN)
    return passages, [(title, set(runs)) for title, runs in cards]


def told(state):
    numbers = {article["id"]: str(i) for i, article in enumerate(state["articles"], 1)}
    passages = [[str(p["id"]), numbers.get(p["article"], "")] for p in state["passages"]]
    return passages, [(a["title"], {str(pk) for pk in a["passages"]}) for a in state["articles"]]


# What one act alone does not show.


def test_undo_and_redo_reach_over_a_reload(desk):
    first = facts(desk.state())
    desk.go(POSTMAN)
    desk.keys("2")
    second = facts(desk.state())
    desk.go(TEA)
    desk.keys("r", "x")
    third = facts(desk.state())
    desk.open()
    desk.tab.locator("[data-command=undo]").click()
    assert facts(desk.state()) == second
    desk.keys("Control+z")
    assert facts(desk.state()) == first
    desk.open()
    desk.keys("Control+Shift+Z", "U")
    assert facts(desk.state()) == third
    desk.keys("u", "u")
    assert facts(desk.state()) == first


def test_joins_repeats_and_headlines_are_taken_back_where_they_show(desk):
    desk.go(LOTUS)
    desk.keys("p")
    desk.saved()
    desk.card(EARLY).locator(".seam").click()
    assert not passage_in(desk.state(), LOTUS)["joins"]
    desk.go(TEA, 1)
    desk.keys("f", "Enter")
    desk.saved()
    assert desk.tab.locator("#tray .aside-passage", has_text=TEA).count() == 1
    desk.keys("f")
    assert title_of(desk.state(), TEA, 1) == STALL, "a repeat taken back goes where its original is"
    desk.keys("2")
    desk.keys("n")
    made = title_of(desk.state(), TEA, 1)
    desk.on_card(made, "headline")
    desk.dialog.locator("input").fill("凳子与茶")
    desk.send("改好")
    assert title_of(desk.state(), TEA, 1) == "[凳子与茶]"
    desk.keys(*["u"] * 7)
    assert title_of(desk.state(), TEA, 1) == EARLY


def test_acts_on_what_is_still_on_its_way(desk):
    """A new article gets more passages and a title before the server has said what it is called."""
    before = facts(desk.state())
    desk.go(LOTUS)
    desk.keys("n", "j", "3", "k", "r", "z")
    after = desk.state()
    assert title_of(after, TEA, 1) == title_of(after, LOTUS) and passage_in(after, LOTUS)["role"] == "headline"
    assert told(after) == shown(desk)
    desk.keys("u", "u", "u")
    assert facts(desk.state()) == before


def test_passages_are_chosen_found_and_copied_by_keys(desk):
    def chosen():
        return desk.tab.locator(".passage[aria-selected=true] .text").all_inner_texts()

    texts = [passage["text"] for passage in desk.state()["passages"]]
    desk.keys("Home", "Control+ArrowDown", "Control+ArrowDown", " ")
    assert chosen() == [texts[0], texts[2]]
    desk.keys("PageDown")
    assert chosen() == [texts[12]]
    for words in ("卖藕", str(desk.state()["passages"].index(passage_in(desk.state(), LOTUS)) + 1)):
        desk.keys("Home", "/")
        desk.type(words)
        desk.keys("Enter")
        desk.tab.locator(".passage.at", has_text=LOTUS).wait_for()
    desk.keys("p", "A")
    joined = chosen()
    assert [text[:6] for text in joined] == [MARKET[:6], LOTUS[:6]]
    desk.tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.keys("Control+c")
    assert desk.tab.evaluate("navigator.clipboard.readText()") == "\n".join(joined)
    desk.saved()
    desk.keys("u")
    assert not passage_in(desk.state(), LOTUS)["joins"]


def test_passages_move_together_and_back_into_page_order(desk):
    first = openings(desk.state(), EARLY)
    desk.go(MARKET)
    desk.keys("Shift+ArrowDown", "Alt+ArrowDown")
    assert openings(desk.state(), EARLY)[2:] == [TEA_AGAIN[:3], MARKET[:3], LOTUS[:3]]
    desk.keys("z")
    assert openings(desk.state(), EARLY) == first and told(desk.state()) == shown(desk)
    desk.keys("z")
    assert "已按版面次序" in desk.tab.locator("#desk-said").inner_text()
    desk.keys("u", "u")
    assert openings(desk.state(), EARLY) == first


def test_an_article_of_a_title_alone_stands_where_that_is_printed(desk):
    desk.go(EARLY)
    desk.keys("n")
    shown_first = shown(desk)
    state = desk.state()
    assert [article["title"] for article in state["articles"]].index(EARLY) == 1 and told(state) == shown_first
    desk.keys("u")
    assert len(desk.state()["articles"]) == 3


def test_doubts_are_accepted_and_dismissed(paper, chief):
    desk = Desk(chief, paper)
    doubts = desk.state()["doubts"]
    desk.tab.locator(f"#d{doubts[0]['id']} [data-command=dismiss]").click()
    assert [d["id"] for d in desk.state()["doubts"]] == [d["id"] for d in doubts[1:]]
    desk.keys("Control+z")
    desk.saved()
    assert all(doubt["at"] for doubt in doubts)
    for keys, doubt in (("Home", "."), doubts[0]), (("End", ","), doubts[-1]), (".", doubts[0]), (",", doubts[-1]):
        desk.keys(*keys)
        assert desk.tab.locator(".doubt.at").get_attribute("id") == f"d{doubt['id']}"
    at = {doubt["at"] for doubt in doubts}
    desk.passage(next(p["text"] for p in desk.state()["passages"] if p["role"] == "body" and p["id"] not in at)).click()
    desk.keys("y")
    assert "这里没有疑问" in desk.tab.locator("#desk-said").inner_text()
    assert len(desk.state()["doubts"]) == len(doubts)
    texts = [desk.tab.locator(f"#d{doubt['id']}").first.inner_text() for doubt in doubts]
    proposing = next(n for n, text in enumerate(texts) if "采纳：" in text)
    desk.keys("Home", *["."] * (proposing + 1), ".", ",")
    assert "采纳：" in desk.tab.locator(".doubt.at").inner_text()
    desk.keys("y")
    assert len(desk.state()["doubts"]) < len(doubts)
    desk.keys("u")
    assert len(desk.state()["doubts"]) == len(doubts) and not desk.faults
    desk.tab.close()


def test_a_jump_is_linked_to_an_article_of_another_page_and_cut_again(paper, chief):
    desk = Desk(chief, paper, JUMP)
    desk.go(BENCH)
    desk.keys("v")
    desk.send("接上另一版的文章……")
    desk.type("渡口长凳")
    desk.keys("Enter")
    assert [part["label"] for part in article_in(desk.state(), STALL)["elsewhere"]] == ["第3版"]
    desk.on_card(STALL, "jump")
    desk.send("断开它在第3版的部分")
    assert article_in(desk.state(), STALL)["elsewhere"] == [] and not desk.faults
    desk.tab.close()


def test_namesakes_are_told_apart_and_made_in_place(paper, chief):
    desk = Desk(chief, paper, 2)
    for person in ("new person", None):
        desk.on_card(MOVED, "credits")
        known = desk.dialog.locator("[name=person_0]")
        known.wait_for()
        if person:
            known.select_option(person)
        else:
            assert known.locator("option").count() == 4, "two of that name, a third to be made, and none yet"
            known.select_option(index=1)
        desk.send("改好")
        desk.saved()
    people = [article_in(desk.state(), title)["credits"][0]["person"] for title in (EARLY, MOVED)]
    assert people[0] == people[1] and not desk.faults
    desk.tab.close()


def test_a_second_editor_is_seen_and_a_stale_act_is_refused_with_both_versions(paper, chief, browser):
    mine, context = Desk(chief, paper, 3), browser.new_context(locale="zh-CN")
    sign_in(paper, context.new_page(), "editor")
    other = Desk(context, paper, 3)
    other.tab.locator(".others", has_text="正在此页").wait_for()
    mine.passage(TEA).dblclick()
    mine.dialog.locator("textarea").fill("来喝茶的人说，凳子比茶还鲜。")
    other.go(TEA)
    other.keys("e", "Control+a")
    other.type("来喝茶的人说都好。")
    other.keys("Enter")
    other.saved()
    mine.send("改好")
    said = mine.asked_again()
    assert "凳子比茶还鲜" in said and "来喝茶的人说都好。" in said and "改正文字" in said
    assert passage_in(other.state(), TEA)["text"] == "来喝茶的人说都好。", "nothing is overwritten"
    mine.send("改一改再提交")
    assert mine.dialog.locator("textarea").input_value() == "来喝茶的人说，凳子比茶还鲜。"
    mine.keys("Escape")
    mine.go(POSTMAN)
    other.go(LOTUS)
    other.keys("1")
    other.saved()
    mine.keys("2")
    mine.asked_again()
    mine.send("再试一次")
    state = mine.state()
    assert title_of(state, POSTMAN) == EARLY and title_of(state, LOTUS) == STALL
    other.tab.evaluate("window.dispatchEvent(new Event('focus'))")
    other.notice("刚改了：移动段落")
    assert title_of(other.state(), POSTMAN) == EARLY and told(other.state()) == shown(other)
    assert all("409" in fault for fault in mine.faults)
    context.close()
    mine.tab.close()


def test_a_cut_line_keeps_the_acts_and_offers_them_again(paper, browser):
    context = browser.new_context(locale="zh-CN")
    sign_in(paper, context.new_page(), "chief")
    desk = Desk(context, paper, 4)
    context.set_offline(True)
    desk.notice("连接断了")
    desk.go(POSTMAN)
    desk.keys("2", "r", "x")
    desk.notice("2 步")
    assert desk.card(EARLY).locator(".run", has_text=POSTMAN).count() == 1, "the screen answers at once"
    context.set_offline(False)
    desk.notice("连接恢复了")
    desk.tab.get_by_role("button", name="送出").click()
    state = desk.state()
    assert title_of(state, POSTMAN) == EARLY and passage_in(state, POSTMAN)["role"] == "subheading"
    context.close()


def test_an_act_whose_answer_was_lost_is_done_once_even_over_a_reload(paper, browser):
    context = browser.new_context(locale="zh-CN")
    sign_in(paper, context.new_page(), "chief")
    desk = Desk(context, paper, 5)

    def lose(route):
        route.fetch()  # the server does it
        route.abort()

    desk.tab.route("**/desk/act/**", lose)
    desk.go(LOTUS)
    desk.keys("n")
    desk.tab.locator("#desk-notices .notice.bad").wait_for()
    desk.tab.unroute("**/desk/act/**")
    desk.open()
    desk.notice("上次离开时有1 步")
    desk.tab.get_by_role("button", name="送出").click()
    state = desk.state()
    assert len(state["articles"]) == 4 and len(state["journal"]) == 1
    context.close()


def test_a_session_that_ended_keeps_the_acts(paper, browser):
    context = browser.new_context(locale="zh-CN")
    sign_in(paper, context.new_page(), "chief")
    desk = Desk(context, paper, 6)
    context.clear_cookies(name="sessionid")
    desk.go(POSTMAN)
    desk.keys("2")
    desk.notice("登录已过期")
    with context.expect_page() as opened:
        desk.tab.get_by_role("link", name="登录（新标签页）").click()
    opened.value.fill("#id_username", "chief")
    opened.value.fill("#id_password", paper.password_of("chief"))
    opened.value.click("input[type=submit]")
    opened.value.locator("#desk[data-ready]").wait_for()
    desk.tab.get_by_role("button", name="再试一次").click()
    assert title_of(desk.state(), POSTMAN) == EARLY
    context.close()


def test_what_is_typed_outlives_a_reload(desk):
    desk.go(TEA)
    desk.keys("e", "Control+a")
    desk.type("还没有提交的字")
    desk.open()
    assert desk.dialog.locator("textarea").input_value() == "还没有提交的字"
    desk.send("取消")
    desk.keys("e")
    assert desk.dialog.locator("textarea").input_value().startswith(TEA)
    desk.keys("Escape")


def test_a_dialog_about_several_passages_comes_back_about_them(desk):
    desk.go(LOTUS)
    desk.keys("J", "d", "Tab")
    desk.type("待核")
    desk.open()
    assert desk.dialog.locator("[name=note]").input_value() == "待核"
    desk.keys("Enter")
    aside = {p["text"][:6] for p in desk.state()["passages"] if p["place_words"].endswith("待核")}
    assert aside == {LOTUS[:6], TEA_AGAIN[:6]}
    desk.keys("u")
    desk.go(POSTMAN)
    desk.keys("d")
    assert desk.dialog.locator("[name=note]").input_value() == "", "what was typed for others is not offered here"
    desk.keys("Escape")
    desk.saved()


def test_a_page_of_two_hundred_passages(paper, chief):
    desk = Desk(chief, paper, 20)
    state = desk.state()
    assert len(state["passages"]) == 200
    desk.keys("Home", *["j"] * 99, "S")
    desk.keys("End", "1")
    after = desk.state()
    assert len(after["articles"]) == len(state["articles"]) + 1 and told(after) == shown(desk)
    assert after["passages"][-1]["article"] == after["articles"][0]["id"] != after["passages"][-2]["article"]
    desk.keys("ArrowUp", "m")
    assert len(desk.state()["articles"]) == len(state["articles"]) and told(desk.state()) == shown(desk)
    assert not desk.faults
    desk.tab.close()


MORE = {
    "assign": (
        lambda d: (d.more("assign"), d.dialog.locator("select").select_option(index=1), d.send("分派")),
        lambda d: d.keys("G", "ArrowDown", "Enter"),
        lambda page: page["assigned_to"],
    ),
    "mark as beyond mending": (
        lambda d: (d.more("unfixable"), d.dialog.locator("textarea").fill("缺了半版"), d.send("记为无法处理")),
        lambda d: (d.keys("X"), d.type("缺了半版"), d.keys("Enter")),
        lambda page: (page["state"], page["state_reason"]) == ("unfixable", "缺了半版"),
    ),
    "open again": (
        lambda d: (d.keys("X"), d.type("缺了半版"), d.keys("Enter"), d.saved(), d.more("reopen")),
        lambda d: (d.keys("X"), d.type("缺了半版"), d.keys("Enter"), d.saved(), d.keys("R")),
        lambda page: page["state"] == "pending",
    ),
}


@pytest.mark.parametrize("name", MORE)
def test_what_is_done_to_a_whole_page_by_mouse_and_by_keys(desk, name):
    by_mouse, by_keys, is_done = MORE[name]
    for does in (by_mouse, by_keys):
        before = desk.state()
        does(desk)
        after = desk.state()
        assert is_done(after["page"]), after["page"]
        desk.keys(*["u"] * sum(entry["id"] > before["seen"] for entry in after["journal"]))
        page = desk.state()["page"]
        assert (page["state"], page["assigned_to"]) == (before["page"]["state"], before["page"]["assigned_to"])


def test_a_whole_article_is_not_made_another(desk):
    before = desk.state()
    desk.go(TEA)
    desk.keys("a", "n")
    desk.tab.get_by_text("这已经是单独一篇。").wait_for()
    assert desk.state()["page"]["version"] == before["page"]["version"]


def test_the_picture_of_the_page_zooms_and_moves(paper, chief):
    desk = Desk(chief, paper, PICTURED)
    desk.keys("o")
    picture = desk.tab.locator(".frame img")
    picture.wait_for()
    assert picture.evaluate("i => i.decode().then(() => i.naturalWidth)") == 300
    fit = picture.bounding_box()
    desk.keys("+")
    near = picture.bounding_box()
    assert near["width"] == pytest.approx(fit["width"] * 1.5, abs=1)
    desk.keys("ArrowDown")
    assert picture.bounding_box()["y"] == pytest.approx(near["y"] - 60, abs=1)
    frame = desk.tab.locator(".frame").bounding_box()
    middle = frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2
    desk.tab.mouse.move(*middle)
    desk.tab.mouse.wheel(0, -100)
    desk.tab.mouse.down()
    held = picture.bounding_box()
    assert held["width"] == pytest.approx(near["width"] * 1.2, abs=1)
    desk.tab.mouse.move(middle[0] - 30, middle[1] - 20)
    desk.tab.mouse.up()
    assert picture.bounding_box()["y"] == pytest.approx(held["y"] - 20, abs=1)
    desk.keys("0")
    assert picture.bounding_box() == fit
    desk.keys("o")
    desk.keys("End")
    assert not picture.is_visible() and not desk.faults
    desk.tab.close()


def test_help_shows_the_keys_and_they_can_be_turned_off(desk):
    desk.keys("?")
    assert "从此另起一篇" in desk.dialog.inner_text()
    size = desk.tab.viewport_size
    for width in (size["width"], 390):
        desk.tab.set_viewport_size({**size, "width": width})
        assert desk.dialog.locator(".keys").evaluate("keys => keys.scrollWidth <= keys.clientWidth"), width
    desk.tab.set_viewport_size(size)
    desk.dialog.get_by_role("checkbox").check()
    desk.keys("Escape")
    before = facts(desk.state())
    desk.go(POSTMAN)
    desk.passage(POSTMAN).click()
    desk.keys("n")
    assert facts(desk.state()) == before
    desk.tab.evaluate("localStorage.clear()")


def test_signed_off_after_a_summary_and_on_to_the_next_page(paper, chief):
    desk = Desk(chief, paper, 8)
    desk.keys("C")
    assert desk.state()["page"]["mine"]
    desk.go(POSTMAN)
    desk.keys("d", "Enter")
    desk.saved()
    desk.keys("Control+Enter")
    desk.dialog.locator(".summary", has_text="搁置").wait_for()
    with desk.tab.expect_navigation():
        desk.keys("Enter")
    desk.home, home = desk.tab.url, desk.home
    desk.tab.goto(home)
    desk.tab.locator("#desk[data-ready]").wait_for()
    assert desk.state()["page"]["state"] == "reviewed" and not desk.faults
    desk.tab.close()


def test_keys_walk_the_queue_into_a_desk(paper, chief):
    tab = chief.new_page()
    tab.goto(urljoin(paper.address, "admin/articles/page/queue/"))
    tab.keyboard.press("j")
    tab.keyboard.press("j")
    tab.keyboard.press("k")
    first = tab.locator("table.queue th a").first
    assert tab.evaluate("document.activeElement.href") == urljoin(paper.address, first.get_attribute("href"))
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    tab.locator("#desk[data-ready]").wait_for()
    home = tab.url
    with tab.expect_navigation():
        tab.keyboard.press("]")
    tab.locator("#desk[data-ready]").wait_for()
    with tab.expect_navigation():
        tab.keyboard.press("[")
    assert tab.url == home
    tab.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_on_the_desk(paper, chief, width):
    desk = Desk(chief, paper)
    tab = desk.tab
    tab.unroute("**/desk/")
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto(desk.home)
    tab.locator("#desk[data-ready]").wait_for()
    found = []
    for view, key in (("source", None), ("articles", None), ("help", "?"), ("role", "r"), ("edit", "e")):
        if key:
            desk.keys(key)
        elif width == 390:
            tab.locator(f".tab-{view}").click()
        tab.evaluate(AXE)
        for scheme, rules in (
            ("light", {"type": "tag", "values": TAGS}),
            ("dark", {"type": "rule", "values": COLOURS}),
        ):
            tab.emulate_media(color_scheme=scheme)
            found += [f"{view} {scheme} {line}" for line in tab.evaluate(RUN, rules)]
        if key:
            desk.keys("Escape")
    assert not found, "\n".join(found)
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing runs over the edge"
