"""What an article page leads on to, and its printed source."""

import pytest

from articles.models import Article, Column
from articles.search import write_documents
from tests.factories import make_article, make_issue, make_newspaper

from .conftest import print_page

BODY = "渡口的老钟停了三十一年，修表匠陶一鸣用了两个冬天才让它重新走起来。昨日清晨六点，它响了第一声。"


@pytest.fixture
def archive(db):
    """Makes articles and their search documents."""

    def make(headline, body="", date="2024-05-06", paper=None, **fields):
        article = make_article(headline, body, issue=make_issue(paper, date), **fields)
        write_documents([article])
        return article

    return make


def section(content, name):
    """The text of a section of the page by the id of its heading; "" where it is absent."""
    _, found, rest = content.partition(f'aria-labelledby="{name}"')
    return rest.partition("</section>")[0] if found else ""


def test_related_articles_say_what_they_share(client, archive, paper):
    one = archive("花灯会开幕", "老街花灯与庙会。", paper=paper, keywords=["花灯", "庙会", "老街"])
    archive("毫不相干", "别的事情。", paper=paper)
    archive("陈年花灯", "老街花灯与庙会多年以前。", "2010-05-06", paper)
    hidden = archive("花灯已撤", "老街花灯与庙会。", paper=paper)
    Article.objects.filter(pk=hidden.pk).update(
        state="withdrawn", withdrawn_reason="误", withdrawn_at="2025-01-01T00:00Z"
    )
    near = archive("庙会开张", "城南庙会。", paper=paper)
    nearer = archive("扎灯人家", "老街花灯与庙会的旧事。", paper=paper)
    found = section(client.get(one.get_absolute_url()).content.decode(), "related")
    assert found.index(nearer.title) < found.index(near.title)
    assert "都提到花灯、庙会、老街" in found and "都提到庙会" in found
    assert all(words not in found for words in ("毫不相干", "陈年花灯", "花灯已撤"))
    assert not section(client.get(near.get_absolute_url()).content.decode(), "related")


def test_the_parts_of_a_series_are_listed_in_printed_order(client, archive, paper):
    last = archive("红桥记（下）", date="2024-05-09", paper=paper)
    first = archive("红桥记（上）", date="2024-05-06", paper=paper)
    archive("红桥记（中）", date="2022-05-07", paper=paper)  # years before
    archive("红桥记（中）", date="2024-05-07", paper=make_newspaper())
    archive("红桥记事（中）", date="2024-05-07", paper=paper)
    found = section(client.get(last.get_absolute_url()).content.decode(), "series")
    assert found.index("红桥记（上）") < found.index('aria-current="page">红桥记（下）')
    assert first.get_absolute_url() in found and "（中）" not in found


def test_a_part_whose_series_has_no_other_lists_none(client, archive):
    assert not section(client.get(archive("独此一篇（上）").get_absolute_url()).content.decode(), "series")


def test_the_same_text_elsewhere_is_told_with_its_day_and_page(client, archive, paper):
    one = archive("老钟又响", BODY, paper=paper)
    other = archive("三十一年后 老钟又响", BODY.replace("鸣", "呜"), "2024-06-01", make_newspaper("青溪周刊"))
    archive("老钟停摆", "渡口的老钟停了三十一年，市里决定另铸新钟，居民依依不舍，有人来拍照留念。", paper=paper)
    content = client.get(one.get_absolute_url()).content.decode()
    assert "同文另见1次刊载" in content and "青溪周刊2024年6月1日" in content
    assert f'href="{other.get_absolute_url()}"' in content and "老钟停摆" not in content.partition("<footer")[0]
    assert "同文另见" not in client.get(archive("停水", "停水公告。").get_absolute_url()).content.decode()


def test_neighbours_in_the_column_are_the_nearest_visible_ones(client, archive, paper):
    column = Column.objects.create(newspaper=paper, name="街巷")
    days = [archive(f"街巷{i}", date=f"2024-05-0{i}", paper=paper, column=column) for i in range(1, 7)]
    Article.objects.filter(pk=days[3].pk).update(
        state="withdrawn", withdrawn_reason="误", withdrawn_at="2025-01-01T00:00Z"
    )
    found = section(client.get(days[2].get_absolute_url()).content.decode(), "column")
    assert [day.title for day in days if day.get_absolute_url() in found] == ["街巷2", "街巷5"]


def test_other_articles_of_the_page_are_listed_but_for_items(client, issue):
    block, item, mate, away = (make_article(issue=issue) for _ in range(4))
    Article.objects.filter(pk=item.pk).update(parent=block)
    print_page(
        issue, ("headline", "公告", block), ("headline", "遗失声明", item), ("headline", "渡口老钟", mate), number="1"
    )
    print_page(issue, ("headline", "别版的事", away), number="2")
    found = section(client.get(block.get_absolute_url()).content.decode(), "beside")
    assert "渡口老钟" in found and "遗失声明" not in found and "别版的事" not in found


def test_the_source_shows_what_was_printed_and_what_was_put_right(client, issue):
    article = make_article(issue=issue)
    print_page(
        issue,
        ("headline", "渡口老钟", article),
        ("body", "修表匠陶一呜<i>", article, {"corrected_text": "修表匠陶一鸣<i>"}),
        number="1",
    )
    print_page(issue, ("body", "响了第一声。", article), number="3")
    content = client.get(f"{article.get_absolute_url()}source/").content.decode()
    assert "修表匠陶一<del>呜</del><ins>鸣</ins>&lt;i&gt;" in content
    assert "主题" in content and "1–5字" in content and "6–" in content
    assert content.index("第1版</a>") < content.index("第3版</a>")
    assert f"{article.get_absolute_url()}source/" in client.get(article.get_absolute_url()).content.decode()


def test_the_source_is_seen_by_who_sees_the_article(client, staff, issue, paper):
    article = make_article("渡口", "秘不可宣", issue=issue, state="withdrawn")
    assert client.get(f"{article.get_absolute_url()}source/").status_code == 410
    paper.shows_unreviewed = False
    paper.save()
    unseen = make_article("渡口", issue=issue)
    assert client.get(f"{unseen.get_absolute_url()}source/").status_code == 404
    client.force_login(staff)
    assert client.get(f"{unseen.get_absolute_url()}source/").status_code == 200


def test_an_article_of_a_long_issue_is_a_small_page(client, issue):
    articles = [make_article(f"第{i}篇很长很长的标题到此为止了吧", issue=issue) for i in range(60)]
    print_page(
        issue, *[("body", "河堤" * 60, articles[0]) for _ in range(20)], *[("body", "甲。", a) for a in articles]
    )
    assert len(client.get(articles[0].get_absolute_url()).content) < 30_000


def test_a_column_is_read_in_printed_order_from_day_to_day(client, paper, read):
    column = Column.objects.create(newspaper=paper, name="便民台")
    days = [make_issue(paper, day) for day in ("2024-12-01", "2024-12-08")]
    printed = [
        make_article(f"{day}之{n}", "文。", issue=day, column=column, position=n) for day in days for n in range(3)
    ]
    html = [client.get(article.get_absolute_url()).content.decode() for article in printed]
    for n, page in enumerate(html):
        part = page[page.index('id="column"') :]
        part = part[: part.index("</section>")]
        beside = [printed[i] for i in (n - 1, n + 1) if 0 <= i < len(printed)]
        assert [part.index(other.get_absolute_url()) for other in beside] == sorted(
            part.index(other.get_absolute_url()) for other in beside
        )
        assert part.count("/articles/") == len(beside)
