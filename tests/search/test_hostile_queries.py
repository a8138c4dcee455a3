"""Any text, and above all the engines' own syntax, is only ever looked for, by whichever engine the tests run on."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from articles.models import Article
from articles.search import parse_query, search, search_or_relax, write_documents
from articles.search.suggesting import suggest
from tests.factories import make_article

SYNTAX = (
    *(
        '"',
        "'",
        "(",
        ")",
        "*",
        "^",
        ":",
        "-",
        "+",
        "|",
        "&",
        "!",
        "<->",
        "\\",
        "%",
        "_",
        "[",
        "{",
        "$1",
        "?",
        ";--",
        "/*",
    ),
    *(" AND ", " OR ", " NOT ", "NEAR(", ", 2)", "title:", "标题:", "作者：", "版:", "日期:", "..", "rowid", "rank"),
    *(
        "老堤",
        "堤",
        "，",
        "“",
        "”",
        "「",
        " ",
        "\u3000",
        "２",
        "二〇二四年",
        "\0",
        "\u202e",
        "\U00020000",
        "ﷺ",
        "e\u0301",
    ),
)
QUERIES = st.one_of(st.lists(st.sampled_from(SYNTAX), max_size=14).map("".join), st.text(max_size=60))
ANY = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def anybody(db):
    from django.contrib.auth.models import AnonymousUser

    write_documents(
        articles=[make_article(title, "老堤上有人，“堤”顶AND NEAR(2)。") for title in ("老堤合龙", "100% of a_b")]
    )
    return AnonymousUser()


@ANY
@given(QUERIES)
@example('"老堤" AND title: *')
@example("NEAR(老堤 堤, 2) ^标题:老堤*")
@example("老堤' & !堤 | (a <-> b):*")
def test_whatever_is_typed_is_looked_for(anybody, typed):
    query = parse_query(typed)
    assert query.explain()
    among = Article.objects.visible_to(anybody)
    if query.is_empty:
        return
    for order in ("relevance", "newest", "oldest"):
        for hit in search_or_relax(query, articles=among, order=order)[:5]:
            assert hit.article
    hits = [hit.article.pk for hit in search(query, articles=among)[:5]]
    assert len(hits) == len({*hits})


@ANY
@given(QUERIES)
@example("%")
@example("_" * 40)
def test_whatever_is_typed_suggestions_have_it_in_their_names(anybody, typed):
    for suggestion in suggest(typed.replace("\0", ""), anybody):
        assert suggestion.words


def test_signs_that_engines_read_otherwise_are_letters_of_a_name(anybody):
    from articles.models import Category

    Article.objects.update(category=Category.objects.create(name="百分号", slug="x"))
    assert [s.kind for s in suggest("百分", anybody)] == ["类别"]
    for sign in ("%", "_", "百%号", "百_号", "*", "\\"):
        assert "类别" not in [s.kind for s in suggest(sign, anybody)], sign
