"""The article page."""

import datetime

import pytest
from django.contrib.auth import get_user_model

from articles.models import Article, Category, Column, Page
from tests.factories import make_article, make_issue

from .conftest import print_page, sign


def test_an_article_reads_as_it_was_printed(client, dyke, read):
    response = client.get(dyke.get_absolute_url())
    page = read(response)
    order = ["水利冬修", "临江市水务局", "北岸老堤抢在春汛前合龙", "四公里堤身换了新土", "记者林砚舟", "2024年12月6日"]
    order += ["第1版要闻", "第3版民生", "未经校对", "入冬以来", "一块木板", "贴在工棚外", "以下原载第3版", "铺一条步道"]
    body = page.text[page.text.index("跳到正文") :]
    places = [body.index(words) for words in order]
    assert places == sorted(places)
    assert [tag for tag, _ in page.tags].count("h1") == 1
    assert body.index("↑工人在铺堤面") > body.index("铺一条步道")


def test_an_article_links_to_its_issue_pages_and_people(client, dyke, read):
    links = read(client.get(dyke.get_absolute_url())).links()
    person = dyke.credits.get().person
    wanted = ["/linjiang/2024-12-06/", "/linjiang/2024-12-06/1/", "/linjiang/2024-12-06/3/", person.get_absolute_url()]
    assert set(wanted) <= set(links)


def test_a_sentence_cut_by_the_page_reads_on_with_the_seam_in_it(client, issue, read):
    article = make_article(issue=issue)
    print_page(issue, ("body", "匠人跑遍青", article), number="1")
    more = [("body", "檀县的石场。", article, {"joins": True}), ("body", "石料有了。", article)]
    print_page(issue, *more, number="3")
    assert "匠人跑遍青〔以下原载第3版〕檀县的石场。石料有了。" in read(client.get(article.get_absolute_url())).text


def test_an_article_on_one_page_has_no_seam(client, issue):
    article = make_article(issue=issue)
    print_page(issue, ("headline", "渡口老钟", article), ("body", "走时了。", article))
    assert "以下原载" not in client.get(article.get_absolute_url()).content.decode()


def test_a_jump_whose_other_part_is_unknown_says_where_it_goes(client, issue):
    article = make_article(issue=issue, continued_on="3")
    print_page(issue, ("headline", "渡口老钟", article), ("body", "走时了。", article))
    assert "下转第3版" in client.get(article.get_absolute_url()).content.decode()


def test_a_supplied_headline_stands_in_brackets_and_says_so(client, issue):
    article = make_article(issue=issue, supplied_headline="江滩晨雾")
    print_page(issue, ("caption", "晨雾里的江滩。", article))
    content = client.get(article.get_absolute_url()).content.decode()
    assert "[江滩晨雾]</h1>" in content
    assert "编者所拟" in content


def test_an_article_without_any_title_is_called_by_its_first_words(client, issue, read):
    article = make_article(issue=issue)
    print_page(issue, ("body", "今夜有雨。", article))
    page = read(client.get(article.get_absolute_url()))
    assert "今夜有雨。" in page.text
    assert [tag for tag, _ in page.tags].count("h1") == 1


def test_an_inferred_date_is_marked(client, paper):
    article = make_article("旧闻", issue=make_issue(paper, "2024-12-06", date_known="inferred"))
    assert "日期推定" in client.get(article.get_absolute_url()).content.decode()


def test_a_given_date_is_not_marked(client, dyke):
    assert "日期推定" not in client.get(dyke.get_absolute_url()).content.decode()


def test_earlier_and_later_articles_are_those_of_the_issue_in_its_order(client, issue, read):
    first, second, third, fourth = (make_article(issue=issue) for _ in range(4))
    # Made in another order than they stand.
    print_page(issue, ("headline", "戊", third), ("body", "第三篇。", third), ("body", "末篇。", fourth), number="2")
    print_page(
        issue, ("headline", "甲", first), ("body", "一。", first), ("headline", "乙", second), ("body", "二。", second)
    )
    assert neighbours(client, read, first) == {"next": second}
    assert neighbours(client, read, second) == {"prev": first, "next": third}
    assert neighbours(client, read, third) == {"prev": second, "next": fourth}
    assert neighbours(client, read, fourth) == {"prev": third}


def test_neighbours_are_visible_ones_only(client, issue, read):
    first, hidden, third = (make_article(f"甲{i}", issue=issue, position=i) for i in range(3))
    Article.objects.filter(pk=hidden.pk).update(
        state="withdrawn", withdrawn_reason="更正", withdrawn_at=datetime.datetime(2025, 1, 2, tzinfo=datetime.UTC)
    )
    assert neighbours(client, read, first) == {"next": third}


def neighbours(client, read, article):
    page = read(client.get(article.get_absolute_url()))
    found = {attrs["rel"]: attrs["href"] for tag, attrs in page.tags if tag == "a" and "rel" in attrs}
    return {way: Article.objects.get(pk=url.split("/")[2]) for way, url in found.items()}


def test_category_column_kind_and_keywords_are_shown_and_linked(client, issue, read):
    column = Column.objects.create(newspaper=issue.newspaper, name="街巷")
    category = Category.objects.create(name="民生", slug="livelihood")
    article = make_article(
        "渡口", issue=issue, column=column, category=category, keywords=["渡口&老钟"], kind="feature"
    )
    page = read(client.get(article.get_absolute_url()))
    assert {column.get_absolute_url(), "/categories/livelihood/"} <= set(page.links())
    assert "/keywords/%E6%B8%A1%E5%8F%A3&%E8%80%81%E9%92%9F/" in page.links()
    assert "通讯特写" in page.text


def test_the_items_of_a_notice_block_and_the_block_link_to_each_other(client, issue, read):
    block = make_article("公告", issue=issue, kind="notice")
    item = make_article("遗失声明", issue=issue, kind="notice", parent=block)
    assert item.get_absolute_url() in read(client.get(block.get_absolute_url())).links()
    assert block.get_absolute_url() in read(client.get(item.get_absolute_url())).links()


def test_who_checked_and_signed_the_pages_is_named_but_not_by_login(client, issue):
    users = get_user_model().objects
    checker = users.create_user("checker-login", last_name="周", first_name="砚秋")
    signer = users.create_user("signer-login", last_name="", first_name="")
    article = make_article(issue=issue)
    print_page(
        issue, ("headline", "渡口", article), state=Page.State.REVIEWED, checked_by=checker, signed_off_by=signer
    )
    content = client.get(article.get_absolute_url()).content.decode()
    assert "校对 周砚秋" in content
    assert "已审" in content and "未经校对" not in content
    assert "-login" not in content


def test_credits_say_who_did_what(client, issue, read):
    article = make_article("渡口", issue=issue)
    for name, role, unit in [
        ("林砚舟", "reporter", ""),
        ("杜小禾", "reporter", ""),
        ("许明川", "photographer", "市文化馆"),
    ]:
        sign(article, name, role, unit=unit)
    assert "记者林砚舟杜小禾市文化馆摄影许明川" in read(client.get(article.get_absolute_url())).text


def test_a_byline_that_names_nobody_is_shown_as_printed(client, issue):
    article = make_article(issue=issue)
    print_page(issue, ("headline", "渡口", article), ("byline", "（本报记者）", article))
    assert "（本报记者）" in client.get(article.get_absolute_url()).content.decode()


def test_a_merged_article_redirects_to_its_survivor_along_the_chain(client, issue):
    last = make_article("合一", issue=issue)
    middle = make_article("其二", issue=issue, merged_into=last)
    first = make_article("其一", issue=issue, merged_into=middle)
    for article in (first, middle):
        response = client.get(article.get_absolute_url())
        assert (response.status_code, response["Location"]) == (301, last.get_absolute_url())
        assert response["Cache-Control"] == "no-cache"


def test_articles_merged_in_a_circle_are_not_found(client, issue):
    one, other = make_article("甲", issue=issue), make_article("乙", issue=issue)
    Article.objects.filter(pk=one.pk).update(merged_into=other)
    Article.objects.filter(pk=other.pk).update(merged_into=one)
    assert client.get(one.get_absolute_url()).status_code == 404


def test_a_withdrawn_article_answers_410_with_its_reason_and_day(client, issue):
    article = make_article(
        "渡口",
        "秘不可宣",
        issue=issue,
        state="withdrawn",
        withdrawn_reason="当事人要求",
        withdrawn_at=datetime.datetime(2025, 3, 1, 18, tzinfo=datetime.UTC),
    )
    response = client.get(article.get_absolute_url())
    content = response.content.decode()
    assert response.status_code == 410
    assert "当事人要求" in content and "2025年3月2日" in content
    assert "秘不可宣" not in content and "渡口" not in content


def test_staff_read_a_withdrawn_article_with_a_note(staff_client, issue):
    response = staff_client.get(make_article("渡口", issue=issue, state="withdrawn").get_absolute_url())
    assert response.status_code == 200
    assert "更正" in response.content.decode()


def test_a_withdrawn_article_that_was_never_public_is_not_found(client, paper, issue):
    paper.shows_unreviewed = False
    paper.save()
    assert client.get(make_article("渡口", issue=issue, state="withdrawn").get_absolute_url()).status_code == 404


def test_an_article_lost_to_a_new_split_answers_410(client, staff, issue):
    article = make_article("渡口", issue=issue, gone=True)
    assert client.get(article.get_absolute_url()).status_code == 410
    client.force_login(staff)
    assert client.get(article.get_absolute_url()).status_code == 410


@pytest.mark.parametrize("pk", ["0", "999999", "99999999999999999999999"])
def test_an_id_that_nothing_has_is_not_found(client, db, pk):
    assert client.get(f"/articles/{pk}/").status_code == 404


def test_staff_read_an_article_without_a_day(staff_client, paper):
    article = make_article("未定", newspaper=paper, dated=False)
    page = print_page(None, ("headline", "未定", article), newspaper=paper)
    assert page.issue is None
    response = staff_client.get(article.get_absolute_url())
    assert response.status_code == 200
    assert "日期未定" in response.content.decode()
