"""Golden and sample pages: the gold places every line once, and the split loses and invents nothing on any of them."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from articles.extraction import split_page

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*(ROOT / "tests" / "golden").glob("*.txt"), *(ROOT / "seeds").glob("*/*/*.txt")])
TITLE_LINES = ("column_lines", "kicker_lines", "headline_lines", "subheadline_lines")

pytestmark = pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}-{path.stem}")


def read(path):
    return path.read_text(encoding="utf-8"), json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


def solid(text):
    return re.sub(r"\s+", "", text)


def test_blocks_tile_the_page(path):
    text, _ = read(path)
    split = split_page(text)
    assert all(before.end <= after.start for before, after in zip(split.blocks, split.blocks[1:], strict=False))
    assert "".join(solid(text[block.start : block.end]) for block in split.blocks) == solid(text)


def test_paragraphs_are_the_text_of_their_blocks(path):
    text, _ = read(path)
    split = split_page(text)
    used = Counter(k for article in split.articles for paragraph in article.paragraphs for k in paragraph.blocks)
    assert set(used.values()) <= {1}
    for index, article in enumerate(split.articles):
        for paragraph in article.paragraphs:
            blocks = [split.blocks[k] for k in paragraph.blocks]
            assert {block.article for block in blocks} == {index}
            assert solid(paragraph.text) == solid("".join(text[block.start : block.end] for block in blocks))


def test_gold_places_every_line_once(path):
    text, gold = read(path)
    places = [repeat["line"] for repeat in gold["duplicates"]]
    places += gold["free_lines"] + gold.get("neutral_lines", [])
    for article in gold["articles"]:
        places += {line for key in TITLE_LINES for line in article[key]}
        places += article["byline_lines"] + article["subheading_lines"]
        places += [line for paragraph in article["paragraphs"] for line in paragraph]
    printed = [number for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    assert sorted(places) == printed


def test_gold_names_only_what_is_printed(path):
    text, gold = read(path)
    lines = text.split("\n")
    for article in gold["articles"]:
        titles = solid("".join(lines[line - 1] for line in sorted({n for key in TITLE_LINES for n in article[key]})))
        for key in ("column", "kicker", "headline", "subheadline"):
            if article[f"{key}_lines"]:  # one label can stand over several items
                assert article[key] and solid(article[key]) in titles.replace("#", "")
        for person in article["authors"] + article["photographers"]:
            assert person in solid(text)


def test_gold_is_consistent(path):
    _, gold = read(path)
    assert gold["source"] == path.name
    for article in gold["articles"]:
        lines = [line for paragraph in article["paragraphs"] for line in paragraph]
        assert set(article["caption_lines"]) <= set(lines)
        assert set(article["truncated_lines"]) <= {paragraph[-1] for paragraph in article["paragraphs"]}
        assert bool(article["headline"]) == bool(article["headline_lines"])
