"""Jumps across the pages of an issue."""

from articles.extraction import JumpEnd, link_jumps
from articles.extraction.jumps import read_jump_from, read_jump_to


def head(key, page="1", on="3", last="河道清淤已经过", headline="河道清淤过半"):
    return JumpEnd(key, page, headline, "县水利局组织清淤。", last, continued_on=on)


def rest(key, page="3", source="1", first="半,两岸栈道同步铺设,清淤船日夜不停。"):
    return JumpEnd(key, page, None, first, "河道清淤将在月底完成。", continued_from=source)


def test_markers_in_every_wording():
    assert [
        read_jump_from(m) for m in ("(上接第一版)后文", "（上接01版）", "(紧接第A2版)", "【上接十二版】", "上文")
    ] == ["1", "1", "A02", "12", None]
    assert [read_jump_to(m) for m in ("前文(下转第三版)", "前文（转12版）", "前文。(下转03版)", "前文")] == [
        "3",
        "12",
        "3",
        None,
    ]


def test_two_ends_that_name_each_other_belong_together():
    found = link_jumps([head("a"), rest("b")])
    assert (found.pairs, found.unanswered) == ((("a", "b"),), ())


def test_of_several_the_text_that_reads_on_is_chosen():
    other = rest("c", first="灯会当晚来了两万名游客,灯彩沿街摆开。")
    lamps = head("d", last="灯会上的灯彩有三十组,孩子们看得入了迷。", headline="灯会迎来两万名游客")
    assert set(link_jumps([head("a"), lamps, other, rest("b")]).pairs) == {("a", "b"), ("d", "c")}


def test_a_marker_that_nothing_answers_is_returned():
    assert link_jumps([head("a"), rest("b", page="4", source="2")]).unanswered == ("a", "b")


def test_an_end_never_answers_one_that_names_a_third_page():
    assert link_jumps([head("a", on="2"), rest("b")]).pairs == ()


def test_a_continuation_without_its_marker_is_found_by_its_words():
    bare = JumpEnd("b", "3", None, "半,两岸栈道同步铺设,县水利局说清淤船日夜不停。", "河道清淤将在月底完成。")
    assert link_jumps([head("a"), bare]).pairs == (("a", "b"),)


def test_a_chain_over_three_pages_is_two_pairs():
    middle = JumpEnd("b", "3", None, "半,两岸栈道铺设。", "清淤船日夜不停,到月", continued_from="1", continued_on="4")
    last = JumpEnd("c", "4", None, "底就能完工。", "河道清淤完成。", continued_from="3")
    assert link_jumps([head("a"), middle, last]).pairs == (("a", "b"), ("b", "c"))


def test_ends_that_name_each_other_come_before_words_in_common():
    words = "渠首泵站清淤，渠首泵站换闸，渠首泵站通水。"
    head = JumpEnd("head", "1", "渠首泵站清淤", words, words, continued_on="3")
    answer = JumpEnd("answer", "3", None, "三台机组昨日并网。", "三台机组昨日并网。", continued_from="1")
    alike = JumpEnd("alike", "3", "渠首泵站清淤", words, words)
    assert link_jumps([head, alike, answer]).pairs == (("head", "answer"),)
