"""What every engine must do, whichever database the tests run on."""

import re
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import SearchDocument
from articles.models.search import TEXTS
from articles.search.documents import write_documents
from articles.search.folding import fold
from articles.search.query import parse_query
from tests.factories import make_article, make_issue, make_page

from .conftest import found_by

ANY_TEXT = st.text("甲乙丙發发aA1 、·，\n_", max_size=14)
ANY_QUERY = st.lists(
    st.tuples(
        st.sampled_from([" ", " ", " -", "|"]),
        st.sampled_from(["", "", "", "标题:", "作者：", "栏目:"]),
        st.sampled_from(["{}", "{}", "“{}”"]),
        st.text("甲乙丙發a1、，_·", min_size=1, max_size=4),
    ),
    min_size=1,
    max_size=4,
).map(lambda parts: "".join(f"{sign}{name}{form.format(word)}" for sign, name, form, word in parts))


def stands_in(term, text):
    """What a match is, word for word as backends.base puts it, on plain strings."""
    found = re.findall(r"[^\W_]+", text)
    first, *rest = term.runs
    if not rest:
        matches = any(first in run for run in found)
    else:
        *middle, last = rest
        matches = any(
            found[i].endswith(first)
            and found[i + 1 : i + 1 + len(middle)] == middle
            and found[i + 1 + len(middle)].startswith(last)
            for i in range(len(found) - len(rest))
        )
    return matches and (term.literal is None or term.literal in text)


def is_hit(query, texts):
    def holds(term):
        return any(stands_in(term, text) for name, text in texts.items() if term.field in (None, name))

    absent = sum(not any(map(holds, group)) for group in query.groups)
    return absent <= query.missing and not any(map(holds, query.excluded))


@pytest.fixture
def write():
    issue = make_issue()

    def write(*bodies):
        write_documents([make_article(body=body, issue=issue) for body in bodies])

    return write


# One example of a failure is enough: the corpus is written to the database for each.
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.tuples(*[ANY_TEXT] * len(TEXTS)), min_size=5, max_size=5), typed=st.lists(ANY_QUERY, max_size=6)
)
def test_an_engine_finds_what_a_plain_reading_finds(backend, texts, typed):
    keys = list(SearchDocument.objects.values_list("key", flat=True))
    if not keys:
        issue = make_issue()
        write_documents([make_article(body=f"{n}", issue=issue) for n in range(5)])
        keys = list(SearchDocument.objects.values_list("key", flat=True))
    folded = {key: dict(zip(TEXTS, map(fold, said), strict=True)) for key, said in zip(keys, texts, strict=True)}
    for key, said in folded.items():
        SearchDocument.objects.filter(key=key).update(**said)
    queries = [query for query in map(parse_query, typed) if not query.is_empty]
    queries += [replace(query, missing=1) for query in queries if len(query.groups) > 1]
    for query in queries:
        expected = {key for key, text in folded.items() if is_hit(query, text)}
        assert set(backend.match(query).values_list("key", flat=True)) == expected, query


@pytest.mark.parametrize(
    "typed, hits",
    [
        ("花灯", {"老街花灯会", "花灯,庙会"}),
        ("花燈", {"老街花灯会", "花灯,庙会"}),
        ("灯", {"老街花灯会", "花灯,庙会", "灯"}),
        ("街 灯", {"老街花灯会"}),
        ("花灯 -庙会", {"老街花灯会"}),
        ("灯 -会", {"灯"}),
        ("灯庙", set()),
        ("花灯、庙会", {"花灯,庙会"}),
        ("“花灯，庙会”", {"花灯,庙会"}),
        ("“花灯。庙会”", set()),
        ("花灯、庙", {"花灯,庙会"}),
        ("灯、庙", {"花灯,庙会"}),
        ("3·15", {"迎3.15活动"}),
        ("迎3·1", {"迎3.15活动"}),
        ("灯 -花灯、庙", {"老街花灯会", "灯"}),
        ("100%", {"合格率100%", "100_1", "1001"}),
        ("“100%”", {"合格率100%"}),
        ("“100_1”", {"100_1"}),
        ("不存在的词", set()),
    ],
)
def test_words_phrases_and_exclusions(backend, write, typed, hits):
    write("老街花灯会", "花灯，庙会", "灯", "迎3.15活动", "合格率100%", "100_1", "1001")
    assert found_by(backend, typed) == hits


@pytest.mark.parametrize(
    "typed, hits",
    [
        ("标题:花灯", {"甲"}),
        ("作者:王", {"甲"}),
        ("作者：“王二”", {"甲"}),
        ("栏目:街巷", {"乙"}),
        ("街巷", {"乙"}),
        ("标题:街巷", set()),
        ("花灯|庙会", {"甲", "乙", "丙"}),
        ("花灯｜庙会 -作者:王", {"乙", "丙"}),
        ("标题:花灯|庙会", {"甲", "丙"}),
        ("标题:花|会", {"甲", "丙"}),
        ("王|栏目:街", {"甲", "乙"}),
        ("-标题:花灯 灯", {"乙"}),
        ("花灯|庙会 夜", {"丙"}),
    ],
)
def test_fields_and_alternatives(backend, typed, hits):
    issue = make_issue()
    articles = {
        "甲": make_article("花灯满街", "亮了。", byline="□记者王二", issue=issue),
        "乙": make_article("亮灯", "花灯亮了。", column_label="街巷", byline="李三", issue=issue),
        "丙": make_article("庙会夜场", "开到九点。", issue=issue),
    }
    write_documents(articles.values())
    found = set(backend.match(parse_query(typed)).values_list("article", flat=True))
    assert found == {articles[name].pk for name in hits}


HOSTILE = [
    '"', '""', "'", "''; DROP TABLE articles_article; --", "\x00", "花\x00灯", "*", "花*", "^花",
    "花 OR 灯", "NEAR(花 灯, 2)",     "title:花", "{title body}: 花", "- 花", "-花", "+花", "花 NOT", "AND",
    "(花", "花)", "花 + 灯", '"花" *', "花\\", "%", "_%",     "%s", "%(x)s", "{}", "\ud800", "\ufeff",
    "🏮", "\u200d", "ﷺ" * 200, "-" * 200, "“" * 200, "灯、" * 100, "𠀀𠀁", "a\u0301",     "؀", "١٢",
    "\r\n", "<script>", "&lt;", "花" * 5000,
]  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE, ids=partial(ascii))
def test_whatever_is_typed_is_data(find, write, typed):
    write("花灯", "灯火", "title body")
    for order in ("relevance", "newest"):
        results = find(typed, order=order)
        assert len(results[0:10]) == results.count() <= 3
    assert SearchDocument.objects.count() == 3


def test_words_of_the_engines_language_are_words(find, write):
    write("apples and pears or plums", "near the title")
    assert find("AND OR")[0:10] and find("NEAR title")[0:10]
    assert not find("apples NOT near")[0:10]


@pytest.mark.parametrize(
    "typed, hits",
    [
        ("公园 花灯 剪纸", {"公园花灯剪纸", "公园剪纸", "公园花灯广告"}),
        ("公园 花灯 剪纸 -广告", {"公园花灯剪纸", "公园剪纸"}),
        ("公园 灯 剪", {"公园花灯剪纸", "公园剪纸", "公园花灯广告", "剪纸灯"}),
    ],
)
def test_a_word_may_be_absent(backend, write, typed, hits):
    write("公园花灯剪纸", "公园剪纸", "花灯", "公园花灯广告", "剪纸灯")
    query = replace(parse_query(typed), missing=1)
    found = dict(backend.match(query).values_list("key", "body"))
    assert set(found.values()) == hits
    assert all(score > 0 for score in backend.scores(query, sorted(found, reverse=True)).values())


def test_a_single_character_is_ranked_by_how_much_is_said_of_it(find, write):
    others = "今天天气晴朗，大家都很高兴。"
    write(others + "伞，修伞，换伞，三把伞。", others + "路上有人打一把伞。", others)
    bodies = [hit.article.body for hit in find("伞")[0:5]]
    assert bodies == [others + "伞，修伞，换伞，三把伞。", others + "路上有人打一把伞。"]


def test_a_title_hit_comes_before_a_body_hit_and_a_word_before_an_accident(find):
    issue = make_issue()
    filler = "今天天气晴朗，大家都很高兴。" * 3
    # The accident is the shorter and the newer of the two: only that it is no word puts it behind.
    accident = make_article("市民出行", filler + "队伍从前门和平时一样出发。", issue=issue)
    word = make_article("村民代表议事", filler + "村民代表们热爱和平生活安定。", issue=issue)
    title = make_article("守护和平", filler + "大家都来参加。", issue=issue)
    others = [make_article("别的", filler, issue=issue) for _ in range(8)]
    write_documents([accident, word, title, *others])
    assert [hit.article for hit in find("和平")[0:10]] == [title, word, accident]


def test_an_article_comes_before_other_passages_of_a_page_that_say_it_more_briefly(find):
    issue = make_issue()
    article = make_article("市民出行", "今天天气晴朗，大家都来看花灯。" + "别的话还有许多。" * 5, issue=issue)
    page = make_page("花灯热线", [{}], issue=issue)
    others = [make_article("别的", "大家都很高兴。", issue=issue) for _ in range(8)]
    write_documents([article, *others], [page])
    assert [hit.article or hit.page for hit in find("花灯")[0:5]] == [article, page]


def test_a_hit_that_has_gone_since_scores_nothing(backend, write):
    write("花灯")
    (key,) = SearchDocument.objects.values_list("key", flat=True)
    scores = backend.scores(parse_query("花灯"), [key, key - 1])
    assert scores[key] > 0 and scores[key - 1] == 0


def test_rare_hits_of_one_day_are_all_reached_by_slices(find, write):
    write(*(f"花灯{n}号" for n in range(30)))
    for order in ("relevance", "newest", "oldest"):
        results = find("花灯", order=order)
        pages = [results[n : n + 7] for n in range(0, 35, 7)]
        assert [len(page) for page in pages] == [7, 7, 7, 7, 2]
        assert len({hit.article.pk for page in pages for hit in page}) == results.count() == 30


def test_hits_beyond_those_ranked_follow_newest_first(find, write, backend):
    backend.ranked = 5
    write(*("花灯" * (n % 3 + 1) for n in range(12)))
    keys = [hit.article.sort_key for hit in find("花灯")[0:20]]
    newest = sorted(keys, reverse=True)
    assert set(keys[:5]) == set(newest[:5]) and keys[5:] == newest[5:]
    assert [hit.article.sort_key for hit in find("花灯")[3:9]] == keys[3:9]
    assert find("花灯").count() == 12
