"""Verse under a drawing: its lines belong together wherever columns and headlines part them."""

import pytest

from articles.extraction import split_page
from tests.extraction.pages import RESERVOIR, STREET, headlines, page, paragraphs, split

SCENE = "春耕时节,青石县的合作社替外出的农户代耕代种,犁田机从早响到晚,田埂上不时有人端来热茶。"
INTRO = "这正是:"
VERSE = ("一犁春雨足,", "万亩稻秧青。", "机声传十里,", "笑语满沟塍。")
CREDIT = "孙大川图 周 禾文"
STREET_HEAD, RESERVOIR_HEAD = "城东老街亮起新路灯", "白马水库除险加固完工"


def test_a_scene_its_verse_and_the_names_are_a_picture():
    result = split(STREET_HEAD, *STREET, "(作者为青石县住建局干部)", SCENE, INTRO, *VERSE, CREDIT)
    assert headlines(result) == [STREET_HEAD, None]
    assert result.articles[1].kind == "photo"
    assert paragraphs(result.articles[1]) == [SCENE, INTRO, *VERSE]
    assert {(c.name, c.role) for c in result.articles[1].credits} == {("孙大川", "photographer"), ("周禾", "author")}


@pytest.mark.parametrize("credit", [CREDIT, "### 孙大川图 周 禾文", "图:孙大川 文:周禾", "图/孙大川 文/周禾"])
def test_verse_is_read_across_a_headline_and_the_lines_of_another_column(credit: str):
    lines = (*STREET, SCENE, INTRO, VERSE[0], RESERVOIR_HEAD, RESERVOIR[0], *VERSE[1:3], RESERVOIR[1], VERSE[3])
    result = split(STREET_HEAD, *lines, credit, RESERVOIR[2])
    photo = next(a for a in result.articles if a.kind == "photo")
    assert paragraphs(photo) == [SCENE, INTRO, *VERSE]
    assert [paragraphs(a)[1:] for a in result.articles if a.kind != "photo"] == [list(STREET[1:]), list(RESERVOIR[1:])]


def test_a_scene_that_a_columns_end_cut_is_joined():
    result = split(STREET_HEAD, *STREET, SCENE[:20], SCENE[20:], INTRO, *VERSE, CREDIT)
    assert paragraphs(result.articles[1]) == [SCENE, INTRO, *VERSE]


def test_verse_behind_a_jump_marker_is_that_continuation_and_takes_nothing_of_its_neighbour():
    lines = (STREET[0], "(上接第一版)" + VERSE[0], STREET[1], *VERSE[1:], STREET[2], CREDIT)
    result = split(STREET_HEAD, *lines, RESERVOIR_HEAD, *RESERVOIR)
    jumped = next(a for a in result.articles if a.kind == "continuation")
    assert paragraphs(jumped) == list(VERSE) and jumped.continued_from == "1"
    assert [paragraphs(a)[1:] for a in result.articles if a is not jumped] == [list(STREET[1:]), list(RESERVOIR[1:])]


def test_a_poem_under_its_headline_is_no_picture():
    result = split("诗歌", "春雨", *VERSE, CREDIT, STREET_HEAD, *STREET)
    assert headlines(result) == ["春雨", STREET_HEAD] and paragraphs(result.articles[0]) == list(VERSE)


def test_what_begins_or_ends_a_page_is_no_trouble():
    for lines in ((CREDIT,), (INTRO, CREDIT), ("(上接第一版)" + VERSE[0], CREDIT), (VERSE[0], CREDIT, INTRO)):
        result = split_page(page(*lines))
        assert sum(b.end - b.start for b in result.blocks) >= len("".join(lines).replace(" ", ""))
