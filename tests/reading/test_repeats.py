"""When two bodies are the same text."""

from articles.reading.repeats import is_same_text, stretches, words_of
from articles.search.folding import fold

BODY = "渡口的老钟停了三十一年，修表匠陶一鸣用了两个冬天才让它重新走起来。昨日清晨六点，它响了第一声。"


def words(text):
    return words_of(fold(text))


def test_a_body_is_looked_for_by_its_longest_stretch_in_either_half():
    first, second = stretches(BODY)
    assert first in fold(BODY) and second in fold(BODY) and first != second
    assert stretches("停水公告。") == []


def test_slips_and_other_widths_are_the_same_text_another_story_is_not():
    assert is_same_text(words(BODY), words(BODY.replace("陶一鸣", "陶一呜").replace("，", ",")))
    assert not is_same_text(
        words(BODY), words("渡口的老钟停了三十一年，市里决定拆除，居民依依不舍，昨日有人来拍照留念。")
    )
    assert not is_same_text("停水公告", "停水公告")
