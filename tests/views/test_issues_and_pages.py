"""Home, a newspaper's calendar, an issue, a page and its facsimile."""

import datetime

import pytest
from django.core.files.base import ContentFile

from articles.models import Article, Page
from tests.factories import make_article, make_issue, make_newspaper, make_page

from .conftest import print_page


def test_home_shows_the_latest_issue_of_each_newspaper(client, dyke, paper, read):
    other = make_newspaper("青溪周刊", slug="qingxi")
    make_article("旧题", issue=make_issue(paper, "2024-12-05"))
    make_page(issue=make_issue(paper, "2024-12-05"), number="1")
    page = make_page(issue=make_issue(other, "2023-01-02"), number="1")
    make_article("周刊头条", issue=page.issue, page=page)
    home = read(client.get("/"))
    assert "北岸老堤抢在春汛前合龙" in home.text and "周刊头条" in home.text
    assert "旧题" not in home.text
    assert {"/linjiang/2024-12-06/", "/linjiang/2024-12-06/3/", "/qingxi/2023-01-02/"} <= set(home.links())
    assert ("input", "q") in [(tag, attrs.get("name")) for tag, attrs in home.tags]


def test_home_of_an_empty_archive_says_so(client, db):
    response = client.get("/")
    assert response.status_code == 200
    assert "还没有可读的报纸" in response.content.decode()


def test_of_two_editions_of_a_day_home_shows_the_later(client, paper, read):
    for edition in (1, 2):
        make_page(issue=make_issue(paper, "2024-12-06", edition=edition), number="1")
    assert "/linjiang/2024-12-06_2/" in read(client.get("/")).links()
    assert "/linjiang/2024-12-06/" not in read(client.get("/")).links()


def test_a_newspaper_shows_its_years_and_the_days_of_the_latest(client, paper, read):
    for date in ("2023-05-01", "2024-02-29", "2024-12-06"):
        make_page(issue=make_issue(paper, date), number="1")
    page = read(client.get("/linjiang/"))
    assert {"/linjiang/2023/", "/linjiang/2024/", "/linjiang/2024-02-29/", "/linjiang/2024-12-06/"} <= set(page.links())
    assert "/linjiang/2023-05-01/" not in page.links()
    assert "/linjiang/2023-05-01/" in read(client.get("/linjiang/2023/")).links()
    assert client.get("/linjiang/2022/").status_code == 404


def test_two_editions_of_a_day_share_its_square(client, paper, read):
    for edition in (1, 2):
        make_page(issue=make_issue(paper, "2024-12-06", edition=edition), number="1")
    assert {"/linjiang/2024-12-06/", "/linjiang/2024-12-06_2/"} <= set(read(client.get("/linjiang/")).links())


def test_an_inferred_day_is_told_apart_in_the_calendar(client, paper):
    make_page(issue=make_issue(paper, "2024-12-06", date_known="inferred"), number="1")
    assert 'class="inferred"' in client.get("/linjiang/").content.decode()


def test_the_calendar_tells_days_missing_and_pages_missing_apart(client, paper):
    for i in range(28):
        if i != 20:
            issue = make_issue(paper, datetime.date(2024, 5, 1) + datetime.timedelta(days=i))
            for number in ("1", "3") if i == 7 else ("1", "2"):
                make_page(issue=issue, number=number)
    content = client.get("/linjiang/2024/").content.decode()
    assert content.count('class="missing"') == 2  # the day and the key
    assert '<span class="unseen">缺报</span>21<' in content
    assert 'aria-label="2024年5月8日（缺版）" class="incomplete"' in content
    assert "1日缺报，1期缺版" in content and "缺报：5月21日" in content and "5月8日</a>缺第2版" in content


def test_pages_that_readers_do_not_see_are_missing_to_them(client, staff, paper):
    paper.shows_unreviewed = False
    paper.save()
    issue = make_issue(paper, "2024-12-06")
    for number, state in (("1", "reviewed"), ("2", "pending"), ("3", "reviewed")):
        make_page(issue=issue, number=number, state=state, sort_key=int(number))
    for address in (issue.get_absolute_url(), "/linjiang/2024-12-06/1/"):
        assert "缺第2版" in client.get(address).content.decode()
    client.force_login(staff)
    assert "缺第" not in client.get(issue.get_absolute_url()).content.decode()


def test_a_full_archive_lacks_nothing(client, dyke, issue):
    make_page(issue=issue, number="2")
    assert "缺第" not in client.get(issue.get_absolute_url()).content.decode()
    assert "所缺" not in client.get("/linjiang/").content.decode()


def test_titles_of_the_whole_issue_are_reached_from_issue_and_page(client, dyke, issue):
    print_page(issue, ("headline", "菜价回落", article := make_article(issue=issue)), number="2", name="市场")
    for address in (issue.get_absolute_url(), "/linjiang/2024-12-06/1/"):
        content = client.get(address).content.decode()
        titles = content.partition('<nav aria-label="标题导航">')[2].partition("</nav>")[0]
        assert dyke.get_absolute_url() in titles and article.get_absolute_url() in titles
        assert "/linjiang/2024-12-06/3/" in titles


def test_from_a_page_one_turns_to_other_issues_too(client, paper, read):
    for date in ("2024-12-05", "2024-12-06", "2024-12-09"):
        make_page(issue=make_issue(paper, date), number="1")
    links = read(client.get("/linjiang/2024-12-06/1/")).links()
    assert {"/linjiang/2024-12-05/", "/linjiang/2024-12-09/", "/linjiang/2024/#m12"} <= set(links)


def test_an_issue_lists_its_pages_with_their_titles_in_order(client, dyke, issue, read):
    print_page(issue, ("headline", "菜价回落", article := make_article(issue=issue)), number="2", name="市场")
    page = read(client.get(issue.get_absolute_url()))
    order = ["第1版要闻", "北岸老堤", "第2版市场", "菜价回落", "第3版民生", "北岸老堤抢在春汛前合龙上接第1版"]
    text = page.text[page.text.index("第3版民生") + 5 :]  # past the strip of pages
    assert sorted(text.index(words) for words in order) == [text.index(words) for words in order]
    assert article.get_absolute_url() in page.links()
    assert "第4182期" in page.text and "星期五" in page.text


def test_pages_stand_in_order_of_their_numbers_unknown_ones_last(client, issue, read):
    for number, key in (("10", 100), ("2", 20), ("", 1000000)):
        make_page(issue=issue, number=number, sort_key=key)
    links = [
        url for url in read(client.get(issue.get_absolute_url())).links() if url.startswith("/linjiang/2024-12-06/")
    ]
    assert list(dict.fromkeys(links)) == [page.get_absolute_url() for page in Page.objects.in_order()]
    assert links[0] == "/linjiang/2024-12-06/2/"


def test_earlier_and_later_issues_are_linked_across_gaps_and_editions(client, paper, read):
    labels = ["2023-01-02", "2024-12-06", "2024-12-06_2", "2025-01-01"]
    for label in labels:
        day, _, edition = label.partition("_")
        make_page(issue=make_issue(paper, day, edition=int(edition or 1)), number="1")
    make_page(issue=make_issue(make_newspaper("他报"), "2024-12-06"), number="1")
    make_issue(paper, "2024-12-20")  # no pages yet
    for at, label in enumerate(labels):
        assert turns(read(client.get(f"/linjiang/{label}/"))) == {
            way: f"/linjiang/{labels[to]}/" for way, to in (("prev", at - 1), ("next", at + 1)) if 0 <= to < 4
        }


def turns(page):
    return {attrs["rel"]: attrs["href"] for tag, attrs in page.tags if tag == "a" and "rel" in attrs}


@pytest.mark.parametrize("address", ["/nowhere/", "/linjiang/2024-12-07/", "/linjiang/2024-12-06_2/"])
def test_what_the_archive_does_not_have_is_not_found(client, dyke, address):
    assert client.get(address).status_code == 404


def test_a_page_shows_its_articles_in_printed_order(client, issue, read):
    late, early = make_article(issue=issue), make_article(issue=issue)
    print_page(
        issue,
        ("headline", "先", early),
        ("body", "甲文。", early),
        ("headline", "后", late),
        ("body", "乙文。", late),
    )
    text = read(client.get("/linjiang/2024-12-06/1/")).text
    assert "先甲文。后乙文。" in text


def test_a_jump_is_listed_on_both_of_its_pages(client, dyke, read):
    for number, words in (("1", "入冬以来"), ("3", "上接第1版")):
        page = read(client.get(f"/linjiang/2024-12-06/{number}/"))
        assert dyke.get_absolute_url() in page.links()
        assert words in page.text


def test_items_are_listed_under_their_notice_block(client, issue, read):
    block = make_article(issue=issue, kind="notice")
    items = [make_article(issue=issue, kind="notice", parent=block) for _ in range(2)]
    print_page(issue, ("headline", "公告", block), *(("headline", f"声明{i}", item) for i, item in enumerate(items)))
    page = read(client.get("/linjiang/2024-12-06/1/"))
    assert {item.get_absolute_url() for item in items} <= set(page.links())
    assert [tag for tag, attrs in page.tags].count("article") == 1


def test_passages_in_no_article_are_shown_with_their_reason(client, issue, read):
    print_page(
        issue,
        ("furniture", "临江晚报 第1版", None, {"reason": "furniture"}),
        ("headline", "冬日书单", None, {"reason": "headline"}),
        ("body", "灯下", None, {"reason": "editor", "reason_note": "广告"}),
        ("body", "冬日书单", None, {"reason": "", "duplicate_start": 10, "duplicate_end": 14}),
    )
    text = read(client.get("/linjiang/2024-12-06/1/")).text
    shown = text[text.index("其他文字") :]
    for words in ("报头、页眉或装饰临江晚报第1版", "无主标题冬日书单", "编辑搁置：广告灯下", "另有1处与本版他处重复"):
        assert words in shown
    assert shown.count("冬日书单") == 1


def test_a_page_with_everything_placed_has_no_other_text(client, dyke):
    assert "其他文字" not in client.get("/linjiang/2024-12-06/1/").content.decode()


def test_pages_turn_within_the_issue(client, issue, read):
    for number in ("1", "2", "4"):
        make_page(issue=issue, number=number, sort_key=int(number))
    assert turns(read(client.get("/linjiang/2024-12-06/2/"))) == {
        "prev": "/linjiang/2024-12-06/1/",
        "next": "/linjiang/2024-12-06/4/",
    }


@pytest.mark.parametrize(
    ("state", "words"),
    [("pending", "未经校对"), ("checking", "已校待审"), ("reviewed", "已审"), ("unfixable", "字迹漫漶")],
)
def test_a_page_says_how_far_it_is_reviewed(client, issue, state, words):
    reason = "字迹漫漶" if state == "unfixable" else ""
    make_page(issue=issue, number="1", state=state, state_reason=reason)
    assert words in client.get("/linjiang/2024-12-06/1/").content.decode()


def test_a_page_of_unknown_number_is_addressed_by_its_id(client, issue):
    page = make_page(issue=issue)
    response = client.get(f"/linjiang/2024-12-06/page-{page.pk}/")
    assert response.status_code == 200
    assert "版次未定" in response.content.decode()


@pytest.mark.parametrize("address", ["9", "page-0", "page-99999999999999999999", "a02", "%20", "2%00"])
def test_a_page_that_is_not_there_is_not_found(client, dyke, address):
    assert client.get(f"/linjiang/2024-12-06/{address}/").status_code == 404


def with_picture(issue, name="1.png", number="1"):
    page = make_page(issue=issue, number=number)
    page.facsimile.save(name, ContentFile(b"\x89PNG picture"))
    return page


def test_a_page_shows_its_facsimile(client, issue, read):
    with_picture(issue)
    page = read(client.get("/linjiang/2024-12-06/1/"))
    assert [attrs["src"] for tag, attrs in page.tags if tag == "img"] == ["/linjiang/2024-12-06/1/facsimile/"]
    assert [attrs["alt"] for tag, attrs in page.tags if tag == "img"] == ["临江晚报2024年12月6日第1版版面图"]
    response = client.get("/linjiang/2024-12-06/1/facsimile/")
    assert response["Content-Type"] == "image/png"
    assert b"".join(response.streaming_content) == b"\x89PNG picture"


@pytest.mark.parametrize("name", ["1.svg", "1.html", "1.pdf", "1"])
def test_a_facsimile_that_is_no_picture_is_a_download(client, issue, name):
    with_picture(issue, name)
    response = client.get("/linjiang/2024-12-06/1/facsimile/")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_facsimile_that_is_missing_is_not_found(client, issue):
    make_page(issue=issue, number="2")
    page = with_picture(issue)
    page.facsimile.storage.delete(page.facsimile.name)
    for number in ("1", "2", "3"):
        assert client.get(f"/linjiang/2024-12-06/{number}/facsimile/").status_code == 404


def test_a_facsimile_of_a_hidden_page_is_hidden(client, staff, issue, paper):
    with_picture(issue)
    paper.shows_unreviewed = False
    paper.save()
    assert client.get("/linjiang/2024-12-06/1/facsimile/").status_code == 404
    client.force_login(staff)
    assert client.get("/linjiang/2024-12-06/1/facsimile/").status_code == 200


def test_a_withdrawn_article_is_not_on_its_page(client, dyke):
    Article.objects.filter(pk=dyke.pk).update(
        state="withdrawn", withdrawn_reason="更正", withdrawn_at="2025-01-01T00:00Z"
    )
    for address in ("/", "/linjiang/2024-12-06/", "/linjiang/2024-12-06/1/", "/linjiang/2024-12-06/3/"):
        assert "北岸老堤" not in client.get(address).content.decode()
