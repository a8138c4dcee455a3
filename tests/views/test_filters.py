"""The list of articles and its filters."""

import pytest

from articles.filters import bare_label
from articles.models import Category, Column
from tests.factories import make_article, make_issue, make_newspaper, make_page

from .conftest import print_page, sign


@pytest.fixture
def archive(paper, dyke):
    """The dyke of 2024-12-06 (pages 1 and 3) and two articles that differ from it in everything."""
    other = make_newspaper("青溪周刊", slug="qingxi")
    law = Category.objects.create(name="法治", slug="law")
    column = Column.objects.create(newspaper=other, name="街巷")
    issue = make_issue(other, "2023-05-01")
    page = make_page(issue=issue, number="A02")
    case = make_article("桃园官司", issue=issue, page=page, category=law, column=column, kind="feature")
    sign(case, "杜小禾")
    bell = make_article("渡口老钟", issue=make_issue(paper, "2024-01-15"))
    return {"dyke": dyke, "case": case, "bell": bell}


def found(client, read, archive, query):
    links = read(client.get(f"/articles/?{query}")).links()
    return {name for name, article in archive.items() if article.get_absolute_url() in links}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"dyke", "case", "bell"}),
        ("newspaper=qingxi", {"case"}),
        ("since=2024-01-15", {"dyke", "bell"}),
        ("until=2024-01-15", {"case", "bell"}),
        ("since=2024-01-01&until=2024-06-30", {"bell"}),
        ("category=law", {"case"}),
        ("kind=feature", {"case"}),
        ("person=杜小禾", {"case"}),
        ("person=杜小", set()),
        ("number=1", {"dyke"}),
        ("number=3", {"dyke"}),
        ("number=a02", {"case"}),
        ("number=第A02版", {"case"}),
        ("newspaper=linjiang&category=law", set()),
        ("nonsense=1", {"dyke", "case", "bell"}),
    ],
)
def test_a_filter_keeps_what_it_says(client, read, archive, query, expected):
    assert found(client, read, archive, query) == expected


def test_articles_are_filtered_by_column(client, read, archive):
    assert found(client, read, archive, f"column={archive['case'].column_id}") == {"case"}


def test_a_person_is_found_by_the_name_as_printed_too(client, read, archive):
    credit = archive["case"].credits.get()
    credit.name = "小禾"
    credit.save()
    assert found(client, read, archive, "person=小禾") == {"case"}


def test_every_filter_has_a_chinese_label(client, archive, read):
    page = read(client.get("/articles/"))
    for label in ("报纸", "起始日期", "结束日期", "版次", "类别", "栏目", "体裁", "人物"):
        assert label in page.text
    labels = {attrs["for"] for tag, attrs in page.tags if tag == "label"}
    controls = {attrs.get("id") for tag, attrs in page.tags if tag in ("input", "select")}
    assert labels == controls


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("since=2024-13-45", "没有这一天"),
        ("until=昨天", "没有这一天"),
        ("since=2024-05-02&until=2024-05-01", "结束日期早于起始日期"),
        ("newspaper=none", "没有这个报纸"),
        ("category=%27%3B--", "没有这个类别"),
        ("column=x", "没有这个栏目"),
        ("column=99999999999999999999", "没有这个栏目"),
        ("kind=x", "没有这个体裁"),
        ("person=" + "长" * 61, "60"),
        ("number=" + "1" * 13, "12"),
        ("person=%00", "空"),
        ("newspaper=%00", "空"),
        ("category=%00", "空"),
    ],
)
@pytest.mark.parametrize("path", ["/articles/", "/search/"])
def test_bad_input_gets_a_message_and_no_results(client, archive, read, path, query, message):
    response = client.get(f"{path}?{query}&q=渡口", follow=True)
    assert response.status_code == 200
    assert message in response.content.decode()
    assert "条件有误" in response.content.decode()
    assert not [url for url in read(response).links() if url in {a.get_absolute_url() for a in archive.values()}]


def test_paging_keeps_the_filters(client, issue, read):
    make_page(issue=issue)
    for number in range(25):
        make_article(f"题{number}", issue=issue)
    links = read(client.get("/articles/?newspaper=linjiang&since=2024-01-01")).links()
    assert "?newspaper=linjiang&since=2024-01-01&page=2" in links


def test_nothing_found_says_what_to_do(client, archive):
    assert "没有合乎条件的文章" in client.get("/articles/?person=无此人").content.decode()


def test_what_was_asked_for_stands_in_the_form(client, archive):
    content = client.get("/articles/?newspaper=qingxi&person=杜小禾&since=2023-01-01").content.decode()
    assert '<option value="qingxi" selected>' in content
    assert 'value="杜小禾"' in content and 'value="2023-01-01"' in content


def test_the_continuation_page_of_a_jump_is_found_once(client, issue, read):
    article = make_article(issue=issue)
    print_page(issue, ("headline", "题", article), ("body", "一。", article), ("body", "二。", article), number="2")
    links = read(client.get("/articles/?number=2")).links()
    assert links.count(article.get_absolute_url()) == 1


@pytest.mark.parametrize(
    ("typed", "label"), [("第2版", "2"), ("2版", "2"), (" 2 ", "2"), ("a02", "A02"), ("第 A02 版", "A02"), ("版", "")]
)
def test_a_page_label_may_be_typed_as_spoken(typed, label):
    assert bare_label(typed) == label
