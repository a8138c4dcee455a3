"""Categories, columns and people."""

import pytest

from articles.models import Category, Column, Person
from tests.factories import make_article, make_issue, make_newspaper

from .conftest import sign


@pytest.fixture
def law(db):
    return Category.objects.create(name="法治", slug="law", description="法律与治安")


def test_a_category_lists_its_articles_newest_first(client, paper, law, read):
    old = make_article("旧案", issue=make_issue(paper, "2023-01-01"), category=law)
    new = make_article("新案", issue=make_issue(paper, "2024-01-01"), category=law)
    make_article("别的", issue=make_issue(paper, "2024-01-01"))
    page = read(client.get("/categories/law/"))
    assert [url for url in page.links() if url.startswith("/articles/") and url[10:11].isdigit()] == [
        new.get_absolute_url(),
        old.get_absolute_url(),
    ]
    assert "共2篇" in page.text and "法律与治安" in page.text


def test_categories_are_listed_with_how_many_articles_each_has(client, issue, law, read):
    Category.objects.create(name="空", slug="empty")
    for _ in range(3):
        make_article("案", issue=issue, category=law)
    make_article("案", issue=issue, category=law, state="withdrawn")
    text = read(client.get("/categories/")).text
    assert "法治3篇" in text
    assert "空0篇" not in text


def test_columns_are_listed_by_newspaper_with_counts(client, issue, read):
    other = make_issue(make_newspaper("青溪周刊"))
    for each, name in ((issue, "街巷"), (other, "街巷"), (other, "文脉")):
        make_article("题", issue=each, column=Column.objects.create(newspaper=each.newspaper, name=name))
    text = read(client.get("/columns/")).text
    assert "临江晚报街巷1篇" in text
    assert "青溪周刊文脉1篇街巷1篇" in text or "青溪周刊街巷1篇文脉1篇" in text


def test_a_column_lists_only_its_own_articles(client, issue, read):
    column = Column.objects.create(newspaper=issue.newspaper, name="街巷")
    make_article("有轨电车", issue=issue, column=column)
    make_article("无关", issue=issue)
    text = read(client.get(column.get_absolute_url())).text
    assert "有轨电车" in text and "无关" not in text


def test_a_person_shows_articles_roles_and_units(client, paper, read):
    person = Person.objects.create(name="杜小禾", note="临江晚报")
    namesake = Person.objects.create(name="杜小禾", note="诗人")
    for year, role in ((2022, "reporter"), (2023, "reporter"), (2024, "photographer")):
        article = make_article(f"题{year}", issue=make_issue(paper, f"{year}-01-01"))
        article.credits.create(position=0, name="杜小禾", role=role, person=person, unit="南门站")
        # Twice in one byline counts once.
        article.credits.create(position=1, name="杜小禾", role=role, person=person)
    other = make_article("诗一首", issue=make_issue(paper, "2024-01-01"))
    other.credits.create(position=0, name="杜小禾", role="author", person=namesake)
    text = read(client.get(person.get_absolute_url())).text
    assert text.index("题2024") < text.index("题2023") < text.index("题2022")
    assert "共3篇" in text and "记者2篇" in text and "摄影1篇" in text and "南门站" in text
    assert "诗一首" not in text
    assert "杜小禾（临江晚报）3篇杜小禾（诗人）1篇" in read(client.get("/people/")).text


def test_a_person_who_did_two_things_in_an_article_is_counted_once(client, issue, read):
    article = make_article("题", issue=issue)
    sign(article, "杜小禾", "reporter")
    sign(article, "杜小禾", "photographer")
    sign(article, "许明川", "reporter")
    assert "杜小禾1篇" in read(client.get("/people/")).text


@pytest.mark.parametrize("address", ["/categories/none/", "/columns/9/", "/people/9-谁/", "/columns/9-x/"])
def test_a_name_that_is_not_there_is_not_found(client, db, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("address", "words"), [("/categories/", "还没有"), ("/columns/", "还没有栏目"), ("/people/", "还没有署名")]
)
def test_an_empty_list_says_so(client, db, address, words):
    assert words in client.get(address).content.decode()


def test_long_lists_come_in_pages(client, issue, law, read):
    for number in range(45):
        make_article(f"案{number}", issue=issue, category=law)
    first = read(client.get("/categories/law/"))
    assert [tag for tag, _ in first.tags].count("h2") == 20
    assert {"?page=2", "?page=3"} <= set(first.links())
    assert [tag for tag, _ in read(client.get("/categories/law/?page=3")).tags].count("h2") == 5


@pytest.mark.parametrize("page", ["99", "0", "-1", "x", "", "1e3", "9" * 30, "%00"])
def test_a_page_number_out_of_range_gives_the_nearest(client, issue, law, page):
    make_article("案", issue=issue, category=law)
    assert "案" in client.get(f"/categories/law/?page={page}").content.decode()
