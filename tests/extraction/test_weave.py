"""The rhythm of woven columns, and what a paragraph's words may earn."""

from articles.extraction.doubts import Shadow, confidence
from articles.extraction.glue import Joints
from articles.extraction.lines import cut_pieces
from articles.extraction.topics import Telling, pairs, recurring
from articles.extraction.tracks import LONG_SILENCE, RESUME_LATE, TURN, Event, Story, Tracks
from articles.extraction.weave import unweave
from tests.extraction.pages import RESERVOIR, STREET, paragraphs, split

PLAIN = "会后大家一起看了现场。"


def _assigned(count: int, earned: dict[tuple[int, int], float]) -> list[int]:
    """Stories of `count` like paragraphs: story 0 opens with the first, story 1 with the second."""
    pieces = cut_pieces("\n\n".join([PLAIN] * count))
    joints = Joints(pieces, ["body"] * count, frozenset())
    events = [Event(i, min(i, 1), fixed=i < 2, fresh=i < 2) for i in range(count)]
    _, owner, *_ = Tracks(events, [Story(0), Story(1)], joints).assign(earned, 1.0)
    return [owner[i] for i in range(count)]


def test_costs_of_turns_reach_as_far_as_silence_is_counted():
    assert len(TURN) == len(RESUME_LATE) == LONG_SILENCE + 1
    assert list(TURN) == sorted(TURN) and list(RESUME_LATE) == sorted(RESUME_LATE)


def test_a_story_comes_back_after_short_turns_but_not_after_long_silence():
    # What speaks for story 0 in the last paragraph is the same; before it, story 1 is read once, or four times.
    soon = _assigned(5, {(2, 0): 9.0, (3, 1): 9.0, (4, 0): 2.0})
    late = _assigned(8, {(2, 0): 9.0, (3, 1): 9.0, (4, 1): 9.0, (5, 1): 9.0, (6, 1): 9.0, (7, 0): 2.0})
    assert soon == [0, 1, 0, 1, 0]
    assert late == [0, 1, 0, 1, 1, 1, 1, 1]


def test_without_evidence_no_story_is_taken_up_again():
    assert _assigned(6, {}) == [0, 1, 1, 1, 1, 1]


def test_woven_stories_are_told_apart_by_what_they_speak_of():
    street = ("老街路灯昨夜换新,街坊下棋到很晚", "老街路灯更亮,夜里街坊下棋多了", "街坊说,老街路灯换新后夜里下棋不愁")
    dam = ("白马水库大坝加固,防渗墙浇筑完工", "水库大坝渗水处由防渗墙堵住", "防渗墙完工后,白马水库大坝可蓄水")
    said = [text for turn in zip(street, dam, strict=True) for text in turn]
    pieces = cut_pieces("\n\n".join(f"{text}。" for text in said))
    joints = Joints(pieces, ["body"] * len(pieces), frozenset())
    events = [Event(i, min(i, 1), fresh=i < 2) for i in range(len(pieces))]
    texts = {i: piece.folded for i, piece in enumerate(pieces)}
    telling = Telling(recurring({i: pairs(text) for i, text in texts.items()}), texts)
    owner = unweave(events, [Story(0), Story(1)], joints, telling).owner
    assert [owner[i] for i in range(len(pieces))] == [0, 1, 0, 1, 0, 1]


def _signed(earned: dict[tuple[int, int], float], *, read: int = 5, glued: bool = False) -> tuple[list[int], int]:
    """Stories of `read` paragraphs and three more behind a signature, and the story that it closes."""
    count = read + 4
    pieces = cut_pieces("\n\n".join([PLAIN] * count))
    joints = Joints(pieces, ["body"] * count, frozenset())
    events = [Event(i, min(i, 1), fixed=i < 2, fresh=i < 2) for i in range(count)]
    events[read] = Event(read, 1, closes=True, glued=glued)
    _, owner, _, signed = Tracks(events, [Story(0), Story(1)], joints).assign(earned, 1.0)
    return [owner[i] for i in sorted(owner)], signed[read]


def test_a_signature_may_close_the_story_read_before_the_last_one_where_two_are_woven():
    earned = {(2, 0): 9.0, (3, 1): 9.0, (4, 0): 9.0, (6, 0): 4.0, (7, 0): 4.0}
    assert _signed(earned) == ([0, 1, 0, 1, 0, 0, 0, 0], 1)
    assert _signed(earned, glued=True)[1] == 0  # in the line of a paragraph it is that paragraph's
    assert _signed({(2, 0): 9.0, (3, 1): 9.0, (4, 0): 9.0}) == ([0, 1, 0, 1, 0, 1, 1, 1], 0)


def test_a_short_paragraph_is_told_by_single_characters_too():
    texts = dict(enumerate(["渡口的船工老了。", "陶窑的火旺了。", "船到渡口。", "窑火旺。", "工夫在船。"]))
    telling = Telling(recurring({i: pairs(text) for i, text in texts.items()}), texts)
    ferry, kiln = telling.vocabulary((), {0: 1.0, 2: 1.0}), telling.vocabulary((), {1: 1.0, 3: 1.0})
    assert telling.likelihood(4, ferry) > telling.likelihood(4, kiln)


def test_a_paragraph_that_says_what_the_picture_shows_is_a_picture():
    shown = "城东老街入夜后游人不断。图为居民在路灯下下棋。"
    result = split("城东老街亮起新路灯", *STREET, shown, "白马水库除险加固完工", *RESERVOIR)
    assert [(a.kind, a.headline) for a in result.articles if shown in paragraphs(a)] == [("photo", None)]


def test_what_went_less_than_smoothly_lowers_confidence():
    assert confidence([]) > confidence([Shadow("fair_join")]) > confidence([Shadow("forced_join")])
    assert confidence([Shadow("drawn", 3)]) < confidence([Shadow("drawn")])
    assert 0.0 < confidence([Shadow("cut", 10_000)]) < 0.1


def test_a_tail_without_its_rest_casts_a_shadow_on_the_articles_next_to_it():
    street = ("城东老街亮起新路灯", *STREET)
    whole = split(*street, "白马水库除险加固完工", *RESERVOIR)
    cut = split(*street, "白马水库除险加固完工", *RESERVOIR[:-1], RESERVOIR[-1][:-4])
    assert [a.confidence > b.confidence for a, b in zip(whole.articles, cut.articles, strict=True)] == [True, True]


def _links(*lines: str) -> dict[int, int]:
    """Joins of lines that are all of one story."""
    pieces = cut_pieces("\n\n".join(lines))
    joints = Joints(pieces, ["body"] * len(pieces), frozenset())
    events = [Event(i, 0, fixed=True, fresh=not i) for i in range(len(pieces))]
    return Tracks(events, [Story(0)], joints).assign({}, 1.0)[2]


def test_a_rest_that_is_cut_itself_does_not_go_on_with_what_hardly_reads_on():
    cut, rest = "街坊们昨夜把老街的积雪扫到了公", "园里的长椅旁边,孩子们又堆起了雪人,大家"
    doubtful = "目前老街已经没有积雪。"
    assert _links(PLAIN, PLAIN, PLAIN, cut, rest, doubtful) == {3: 4}
    assert _links(PLAIN, PLAIN, PLAIN, PLAIN, rest, doubtful) == {4: 5}


def test_lines_of_print_go_on_as_often_as_they_are_cut():
    cut, rest, again = "街坊们昨夜把老街的积雪扫到了公", "园里的长椅旁边,孩子们又堆起了雪", "人,还给雪人戴上了一顶旧帽"
    assert _links(cut, rest, again, "子。") == {0: 1, 1: 2, 2: 3}
