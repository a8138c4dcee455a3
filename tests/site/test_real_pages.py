"""Pages of newspaper text, mended to the truth by what an editor is offered and nothing else: forms, keys on the desk.

The folder NEWSROOM_PAGES may hold pages of real papers, which are not ours to publish; invented ones are always there.
"""

import json
import os
import re
from pathlib import Path
from urllib.parse import urljoin

import pytest

from tests.site.conftest import ROOT, start_demo_with
from tests.site.desk_mender import DeskMender
from tests.site.mender import Mender, Truth, plain, solid
from tests.site.test_mending import open_plain, sign_in

pytestmark = pytest.mark.browser

NAMED = Path(os.environ.get("NEWSROOM_PAGES", "nowhere"))
REAL = NAMED / "pages" if (NAMED / "pages").is_dir() else NAMED
INVENTED = [ROOT / "tests" / "golden" / f"{name}.txt" for name in ("001", "003", "006")]
PAGES = [*INVENTED, *sorted(REAL.glob("*.txt"))]
UNDONE = "006"


def lay_out(tmp_path_factory):
    """A demo of its own with each page on a day of its own."""
    var, folder = tmp_path_factory.mktemp("real") / "var", tmp_path_factory.mktemp("pages")
    for day, path in enumerate(PAGES, 1):
        (folder / f"2026-02-{day:02}").mkdir()
        (folder / f"2026-02-{day:02}" / "05.txt").write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    return start_demo_with(var, folder)


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    demo = lay_out(tmp_path_factory)
    yield demo
    demo.stop()


@pytest.fixture(scope="module")
def desks(tmp_path_factory):
    demo = lay_out(tmp_path_factory)
    yield demo
    demo.stop()


def open_tab(demo, browser):
    tab = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900}).new_page()
    tab.set_default_timeout(20_000)
    sign_in(demo, tab, "editor")
    return tab


@pytest.fixture(scope="module")
def tab(archive, browser):
    tab = open_tab(archive, browser)
    yield tab
    tab.context.close()


@pytest.fixture(scope="module")
def desk_tab(desks, browser):
    tab = open_tab(desks, browser)
    yield tab
    tab.context.close()


def test_real_pages_are_there():
    if not list(REAL.glob("*.txt")):
        pytest.skip("no real pages: NEWSROOM_PAGES names no folder with pages/*.txt and *.json")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_page_is_mended_to_the_truth_on_its_screen(archive, tab, path):
    truth, queue = truth_of(path), queue_of(archive, path)
    mender = Mender(tab, truth)
    tab.goto(queue)
    open_plain(tab, tab.locator("table.queue th a"))
    screen = tab.url
    first = mender.read()
    mender.mend()
    print(
        f"\n{path.parent.name}/{path.name}: {sum(mender.acts.values())} acts, {mender.presses} presses",
        dict(mender.acts),
    )
    check_truth(archive, tab, mender)
    if path.stem == UNDONE:
        tab.goto(screen)
        assert mender.undo_all() == sum(n for act, n in mender.acts.items() if act != "undo")
        tab.goto(screen)
        assert mender.read() == first


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_page_is_mended_to_the_truth_on_its_desk_by_keys(desks, desk_tab, path):
    tab = desk_tab
    tab.goto(queue_of(desks, path))
    tab.goto(urljoin(tab.url, tab.locator("table.queue th a").get_attribute("href")))
    tab.locator("#desk[data-ready]").wait_for()
    mender, screen = DeskMender(tab, truth_of(path)), tab.url
    first = mender.facts()
    mender.mend()
    keys, acts = sum(mender.keys.values()), sum(mender.acts.values())
    print(f"\n{path.parent.name}/{path.name}: {keys} keystrokes, {acts} acts, {mender.seconds:.0f} s")
    print(f"  {dict(mender.keys)} {dict(mender.acts)}")
    check_truth(desks, tab, mender)
    tab.goto(screen)
    tab.locator("#desk[data-ready]").wait_for()
    assert mender.undo_all() == acts
    assert mender.facts() == first


def truth_of(path):
    return Truth(path.read_text(encoding="utf-8"), json.loads(path.with_suffix(".json").read_text(encoding="utf-8")))


def queue_of(demo, path):
    day = f"2026-02-{PAGES.index(path) + 1:02}"
    return f"{demo.address}admin/articles/page/queue/?state=all&since={day}&until={day}"


def check_truth(demo, tab, mender):
    """Every article of the truth is there, and no other, and its public page says what the truth says."""
    truth = mender.truth
    assert set(mender.article_of) == set(range(len(truth.articles))) and set(mender.goal_of) == set(mender.stories)
    assert all((p.article is None) == (p.goal is None) for p in mender.passages)
    for goal, pk in mender.article_of.items():
        tab.goto(f"{demo.address}articles/{pk}/")
        check_reads(tab, mender, truth.articles[goal], pk)


def check_reads(tab, mender, gold, pk):
    """The public page says what the truth says."""
    inside = {p.lines[0]: [] for p in mender.passages}
    for p in mender.passages:
        if p.inside:
            inside.setdefault(p.lines[0], []).append(p.solid)
    wanted = {"body": [], "caption": []}
    for paragraph in gold["paragraphs"]:
        role = "caption" if paragraph[0] in gold["caption_lines"] else "body"
        wanted[role].append("".join(without(mender.truth.lines[line], inside.get(line, [])) for line in paragraph))
    body = tab.locator(".text p:not(.seam, .nothing)").all_inner_texts()
    captions = [re.sub("^图片说明", "", text) for text in tab.locator(".captions p").all_inner_texts()]
    assert [solid(text) for text in body] == [text for text in wanted["body"] if text]
    assert [re.sub("^图片说明", "", solid(text)) for text in captions] == [text for text in wanted["caption"] if text]
    if gold["headline"]:
        accepted = {plain(title) for title in (gold["headline"], *gold["accept_headlines"])}
        assert plain(tab.locator("h1").inner_text()) in accepted
        block = plain(tab.locator(".title-block").inner_text())
        assert all(plain(gold[key]) in block for key in ("kicker", "subheadline") if gold[key])
    if gold["authors"] is not None:
        names = {plain(name) for name in tab.locator(".title-block .name").all_inner_texts()}
        people = [gold["authors"] + gold["photographers"], *gold.get("accept_authors", [])]
        assert names in [set(map(plain, some)) for some in people]
    about = plain(tab.locator(".about-article").inner_text() + tab.locator(".title-block").inner_text())
    accepted = [plain(c) for c in (gold["column"], *gold.get("accept_columns", [])) if c]
    assert not accepted or any(column in about for column in accepted)
    assert not gold.get("categories") or any(f"类别{name}" in about for name in gold["categories"])


def without(line, pieces):
    """A line of text without the signatures and markers that open or end it."""
    for piece in pieces:
        assert line.startswith(piece) or line.endswith(piece) or piece in line
        line = line.replace(piece, "", 1)
    return line
