"""Nothing is lost and nothing invented, whatever the text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.extraction import UNPLACED_REASONS, PageSplit, Part, assemble, split_page
from tests.extraction.pages import RESERVOIR, STREET

MARKS = ("## ", "|| 栏目 ||", "(上接第一版)", "(下转第三版)", "□本报记者 林小满", "林小满 摄", "SHIZHENG YAOWEN",
         "图为", "这正是:",
         "“", "”", "《", "——", "一、", "\n", "\n\n\n\n\n", "\u200b", "\u2028", "\x0b", "  ")  # fmt: skip
pieces = st.one_of(
    st.text(max_size=20), st.sampled_from([*MARKS, *STREET, *RESERVOIR]), st.sampled_from(STREET).map(lambda s: s[:23])
)
texts = st.one_of(
    st.text(max_size=200), st.lists(pieces, max_size=40).map("\n".join), st.lists(pieces, max_size=40).map("".join)
)


def assert_tiles(text: str, result: PageSplit) -> None:
    at = 0
    for block in result.blocks:
        assert at <= block.start < block.end and not text[at : block.start].strip()
        assert not text[block.start].isspace() and not text[block.end - 1].isspace()
        assert block.article is not None or block.duplicate_of or block.reason in UNPLACED_REASONS
        at = block.end
    assert not text[at:].strip()


@settings(max_examples=150, deadline=None)
@given(texts)
def test_blocks_tile_any_text_and_articles_hold_only_it(text):
    result = split_page(text)
    assert_tiles(text, result)
    placed = [i for article in result.articles for i in article.blocks]
    assert len(placed) == len(set(placed))
    assert set(placed) == {i for i, block in enumerate(result.blocks) if block.article is not None}
    for k, article in enumerate(result.articles):
        assert all(result.blocks[i].article == k for i in article.blocks)
        for paragraph in article.paragraphs:
            blocks = [result.blocks[i] for i in paragraph.blocks]
            assert paragraph.text == "".join(text[b.start : b.end] for b in blocks)


@settings(max_examples=60, deadline=None)
@given(texts)
def test_an_article_rebuilt_from_its_blocks_is_the_same(text):
    result = split_page(text)
    for article in result.articles:
        blocks = [result.blocks[i] for i in article.blocks]
        made = assemble([Part(b.role, text[b.start : b.end], b.joins) for b in blocks])
        assert (made.headline or None, made.column or None) == (article.headline, article.column)
        assert [p.text for p in made.paragraphs] == [p.text for p in article.paragraphs]


roles = st.sampled_from(
    ["column", "kicker", "headline", "subheadline", "byline", "body", "subheading", "caption", "furniture"]
)


@given(st.lists(st.builds(Part, roles, st.text(max_size=12).map(str.strip), st.booleans()), max_size=12))
def test_assembled_paragraphs_hold_every_text_part_once_and_in_order(parts):
    made = assemble(parts)
    used = [i for paragraph in made.paragraphs for i in paragraph.parts]
    assert sorted(used) == [i for i, part in enumerate(parts) if part.role in ("body", "subheading", "caption")]
    assert all(p.text == "".join(parts[i].text for i in p.parts) for p in made.paragraphs)


def test_odd_pages_are_split_without_error():
    for text in (
        "",
        "\n",
        " \n　\n",
        "。",
        "字",
        "。，、\n" * 300,
        "字" * 5000,
        "#\n##\n",
        "(上接第一版)",
        "(下转第三版)\n(下转第四版)",
    ):
        assert_tiles(text, split_page(text))
