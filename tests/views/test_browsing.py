"""Years of a category, column and person; people by name; keywords; what the archive holds."""

from datetime import date

import pytest

from articles.models import Article, Category, Column, Page
from articles.reading.charts import draw, without_gaps
from articles.reading.frequency import tell_frequency
from tests.factories import make_article, make_issue, make_newspaper, make_page

from .conftest import sign


@pytest.fixture
def years(paper):
    """Articles of 2020 (two) and 2022 (one) of one category, column and reporter."""
    category = Category.objects.create(name="水利", slug="water")
    column = Column.objects.create(newspaper=paper, name="冬修")
    articles = []
    for day in ("2020-01-01", "2020-02-01", "2022-01-01"):
        issue = make_issue(paper, day)
        page = make_page(issue=issue)
        articles.append(make_article(f"题{day}", issue=issue, page=page, category=category, column=column))
        sign(articles[-1], "林砚舟")
    return articles


@pytest.mark.parametrize("of", ["category", "column", "person"])
def test_articles_are_listed_by_year(client, years, read, of):
    first = years[0]
    named = first.credits.get().person if of == "person" else getattr(first, of)
    page = read(client.get(named.get_absolute_url()))
    assert "共3篇" in page.text and "2020年2" in page.text and "2022年1" in page.text
    narrowed = read(client.get(f"{named.get_absolute_url()}?year=2020"))
    assert "题2020-02-01" in narrowed.text and "题2022-01-01" not in narrowed.text and "2020年，2篇" in narrowed.text
    assert "没有文章" in read(client.get(f"{named.get_absolute_url()}?year=2021")).text
    assert "题2022-01-01" in read(client.get(f"{named.get_absolute_url()}?year=x")).text


def test_a_person_is_shown_with_those_who_signed_too(client, years, read):
    sign(years[0], "杜小禾")
    sign(years[1], "杜小禾")
    page = read(client.get(years[0].credits.first().person.get_absolute_url()))
    assert "常同署名杜小禾2篇" in page.text


def test_people_are_found_by_surname_and_by_part_of_a_name(client, years, read):
    for name in ("杜小禾", "杜大禾", "林小禾"):
        sign(years[0], name)

    def listed(query):
        text = read(client.get(f"/people/{query}")).text
        return {name for name in ("林砚舟", "杜小禾", "杜大禾", "林小禾") if name in text}

    assert listed("?initial=杜") == {"杜小禾", "杜大禾"}
    assert listed("?q=小禾") == {"杜小禾", "林小禾"}
    assert listed("?q=%25") == set()
    assert "没有找到这个名字" in read(client.get("/people/?q=无此人")).text


def test_a_keyword_lists_its_articles_newest_first(client, paper, read):
    for year in (2020, 2021):
        make_article(f"题{year}", issue=make_issue(paper, f"{year}-01-01"), keywords=["河堤", f"词{year}"])
    make_article("撤下的", issue=make_issue(paper, "2022-01-01"), keywords=["河堤", "密"], state="withdrawn")
    page = read(client.get("/keywords/河堤/"))
    assert page.text.index("题2021") < page.text.index("题2020") and "共2篇" in page.text
    assert "撤下的" not in page.text and "常同时出现词2021词2020" in page.text
    assert client.get("/keywords/密/").status_code == client.get("/keywords/无/").status_code == 404
    assert "河堤2篇" in read(client.get("/keywords/")).text and "密" not in read(client.get("/keywords/")).text


def test_a_keyword_may_have_a_slash(client, paper):
    article = make_article("题", issue=make_issue(paper), keywords=["5G/6G"])
    assert "/keywords/5G/6G/" in client.get(article.get_absolute_url()).content.decode()
    assert client.get("/keywords/5G/6G/").status_code == 200


def test_the_archive_is_told_by_year_and_newspaper(client, years, read):
    other = make_issue(make_newspaper("青溪周刊", slug="qingxi", shows_unreviewed=False), "2020-05-01")
    make_article("密", issue=other, page=make_page(issue=other))
    signed = make_issue(other.newspaper, "2020-06-01")
    make_article("明", issue=signed, page=make_page(issue=signed, state=Page.State.REVIEWED), reviewed=True)
    page = read(client.get("/archive/"))
    assert "4期4版4篇已审1版（25%）" in page.text
    assert "20203331" + "33%" in page.text and "20221110" + "0%" in page.text
    assert "1期1版1篇已审1版（100%）" in read(client.get("/archive/?newspaper=qingxi")).text
    assert client.get("/archive/?newspaper=none").status_code == 404


def test_an_empty_archive_says_so(client, db):
    assert "还没有" in client.get("/archive/").content.decode()
    assert "还没有" in client.get("/keywords/").content.decode()


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (["2024-01-03", "2024-01-10", "2024-01-17", "2024-01-24"], "大约每周一次，多在星期三"),
        (["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04", "2024-01-08"], "几乎每天"),
        (["2024-01-01", "2024-02-01", "2024-03-01", "2024-04-02"], "大约每月一次"),
        (["2020-01-01", "2021-01-02", "2022-05-01", "2024-01-01"], "不定期"),
        (["2024-01-01", "2024-01-02"], ""),
    ],
)
def test_how_often_a_column_comes(days, words):
    assert tell_frequency(map(date.fromisoformat, days)) == words


def test_bars_are_as_high_as_their_share_and_can_be_seen():
    chart = draw([("a", 100, ""), ("b", 50, ""), ("c", 1, ""), ("d", 0, "")])
    assert [bar.height for bar in chart.bars] == [100, 50, 4, 0]
    assert chart.width == 40 and len(chart.filled) == 3
    assert without_gaps([(2020, 1), (2022, 2)]) == [(2020, 1), (2021, 0), (2022, 2)]


def test_what_is_withdrawn_is_no_longer_counted(client, issue):
    article = make_article("渡口", issue=issue)
    make_page(issue=issue, number="1")
    assert client.get("/archive.json").json()["total"]["articles"] == 1
    said = {"state": "withdrawn", "withdrawn_reason": "误", "withdrawn_at": "2025-01-01T00:00Z"}
    Article.objects.filter(pk=article.pk).update(**said)
    assert client.get("/archive.json").json()["total"]["articles"] == 0
