"""统计, 征集清单 and 用稿统计."""

import csv
import datetime
import io

import pytest

from articles import corrections, reports
from articles.models import Correction, Person
from tests.desk import article_of, block_at
from tests.factories import make_article, make_issue, make_newspaper, make_page

from .conftest import make_staff

DAY = datetime.timedelta(1)


@pytest.fixture
def chief(client, django_user_model):
    user = make_staff(django_user_model, "zheng", "see_reports")
    client.force_login(user)
    return user


def days_from(first, count, weekdays=range(7)):
    start = datetime.date.fromisoformat(first)
    return [d for d in (start + DAY * n for n in range(count)) if d.weekday() in weekdays]


def rows_of(response):
    text = b"".join(response.streaming_content).decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_pages_and_articles_are_counted_by_state_and_month(client, chief, page, third_page, editor):
    corrections.sign_off(page=page, user=editor)
    make_page(newspaper=page.newspaper)
    (month, pages, articles), (undated, others, _) = reports.pages_by_month()
    assert (month, dict(pages)) == (datetime.date(2024, 5, 1), {"reviewed": 1, "pending": 1})
    assert dict(articles) == {"all": 5, "reviewed": 3, "withdrawn": 0}
    assert undated is None and dict(others) == {"pending": 1}
    html = client.get("/admin/reports/").content.decode()
    assert "2024年5月" in html and "日期未定" in html
    assert reports.pages_by_month(make_newspaper()) == []


def test_touches_are_what_still_stands(page, third_page, editor):
    first = corrections.set_name(page=page, name="民生", user=editor)
    corrections.edit_text(block=block_at(page, "谁来得早"), text="甲", user=editor)
    undone = corrections.undo(entry=first, user=editor)
    ((_, pages, touches),) = reports.touches_by_month()
    assert (pages, touches) == (1, 1)
    corrections.undo(entry=undone, user=editor)
    corrections.sign_off(page=third_page, user=editor)
    corrections.assign_pages(pages=[third_page.pk], to=None, user=editor)
    assert [row[1:] for row in reports.touches_by_month()] == [(1, 2)]
    assert [row[1:] for row in reports.touches_by_month(make_newspaper())] == []


@pytest.mark.parametrize("presses", range(7))
def test_an_act_stands_after_every_second_undo(page, editor, presses):
    entry = corrections.set_name(page=page, name="民生", user=editor)
    for _ in range(presses):
        entry = corrections.undo(entry=entry, user=editor)
    assert reports.in_force(Correction.objects.all()).count() == (presses % 2 == 0)


def test_people_come_by_their_accounts_not_by_how_much_they_did(client, chief, page, editor, django_user_model):
    early = django_user_model.objects.create_user("an", first_name="安小渠", is_staff=True)
    for name in ("甲", "乙"):
        corrections.set_name(page=page, name=name, user=editor)
    corrections.set_kind(article=article_of(page, "南塘村头茬"), kind="feature", user=early)
    assert reports.acts_by_person() == [
        ("an", "安小渠", [("set_kind", 1)]),
        ("wang", "wang", [("set_name", 2)]),
    ]
    year = Correction.objects.first().at.year
    assert reports.acts_by_person(year - 1) == [] and len(reports.acts_by_person(year)) == 2
    html = client.get("/admin/reports/", {"year": year}).content.decode()
    assert html.index("安小渠") < html.index("改版名 2")


def test_a_daily_lacks_days_a_weekly_lacks_weeks_and_a_hole_is_all_missing():
    daily = set(days_from("2024-01-01", 60, range(5)))
    gone = [datetime.date(2024, 1, 17), *days_from("2024-02-05", 14, range(5))]
    assert list(reports.missing_days(daily - set(gone))) == gone
    weekly = set(days_from("2024-01-01", 70, [4]))
    assert list(reports.missing_days(weekly - {datetime.date(2024, 2, 9)})) == [datetime.date(2024, 2, 9)]
    assert list(reports.missing_days({datetime.date(2024, 1, 1), datetime.date(2024, 6, 1)})) == []


def test_each_year_has_its_own_rhythm_and_an_empty_one_that_of_all():
    weekly, daily = set(days_from("2022-01-07", 355, [4])), set(days_from("2023-01-02", 360))
    assert list(reports.missing_days(weekly | daily)) == [datetime.date(2022, 12, 30), datetime.date(2023, 1, 1)]
    lone = set(days_from("2021-01-01", 360, [4])) | set(days_from("2023-01-06", 350, [4]))
    assert all(day.weekday() == 4 for day in reports.missing_days(lone))
    assert len([day for day in reports.missing_days(lone) if day.year == 2022]) == 52


@pytest.mark.parametrize(
    ("labels", "missing"),
    [
        (["1", "2", "4"], ["3"]),
        (["2"], ["1"]),
        (["A01", "A03", "B02"], ["A02", "B01"]),
        (["1", "2"], []),
        (["特"], []),
        (["9", "11"], ["1", "2", "3", "4", "5", "6", "7", "8", "10"]),
    ],
)
def test_page_numbers_run_from_1_for_each_letter(labels, missing):
    assert list(reports.missing_numbers(labels)) == missing


def test_what_is_wanted_is_listed_and_downloaded(client, chief):
    paper = make_newspaper("=试报")
    for day in days_from("2024-01-01", 40):
        if day.isoformat() != "2024-01-10":
            issue = make_issue(paper, day)
    make_page(issue=issue, number="1")
    make_page(issue=issue, number="3")
    make_page(issue=make_issue(make_newspaper("别报")), number="2")
    html = client.get("/admin/reports/wanted/", {"newspaper": paper.pk}).content.decode()
    assert "共 2 条" in html and "2024-01-10" in html and "星期三" in html and "缺第2版" in html
    response = client.get("/admin/reports/wanted/", {"newspaper": paper.pk, "format": "csv"})
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert rows_of(response) == [
        ["报纸", "日期", "星期", "缺什么"],
        ["'=试报", "2024-01-10", "星期三", "缺整期"],
        ["'=试报", "2024-02-09", "星期五", "缺第2版"],
    ]
    assert "没有看出缺什么" in client.get("/admin/reports/wanted/", {"newspaper": make_newspaper().pk}).content.decode()


def credit(article, name, role="reporter", note=""):
    person = Person.objects.get_or_create(name=name, note=note)[0]
    article.credits.create(position=article.credits.count(), name=name, role=role, person=person)


def test_contributions_count_public_articles_once_a_person_and_role(client, chief):
    paper = make_newspaper()
    for day in ("2024-03-01", "2024-04-01", "2023-04-01"):
        article = make_article("题", issue=make_issue(paper, day))
        credit(article, "周禾")
        credit(article, "周禾")
        credit(article, "周禾", "photographer")
    credit(make_article("撤", issue=make_issue(paper, "2024-03-01"), state="withdrawn"), "周禾")
    credit(make_article("诗", issue=make_issue(paper, "2024-03-01")), "@安", "author", "诗人")
    hidden = make_newspaper(shows_unreviewed=False)
    credit(make_article("藏", issue=make_issue(hidden, "2025-03-01")), "周禾")
    assert reports.years_of_articles() == [2024, 2023]
    html = client.get("/admin/reports/contributors/").content.decode()
    assert "2024年，共 3 行" in html and "@安" in html
    response = client.get("/admin/reports/contributors/", {"year": 2024, "format": "csv"})
    assert "%E7%94%A8%E7%A8%BF" in response.headers["Content-Disposition"]
    assert rows_of(response)[1:] == [
        ["2024", "'@安", "诗人", "作者", "1"],
        ["2024", "周禾", "", "摄影", "2"],
        ["2024", "周禾", "", "记者", "2"],
    ]
    assert len(rows_of(client.get("/admin/reports/contributors/", {"year": 2023, "format": "csv"}))) == 3


@pytest.mark.parametrize("query", [{}, {"newspaper": "x", "year": "y", "page": "z"}, {"year": "1800"}])
@pytest.mark.parametrize("name", ["", "wanted/", "contributors/"])
def test_an_empty_archive_and_nonsense_are_no_fault(client, chief, name, query):
    assert client.get(f"/admin/reports/{name}", query).status_code == 200


@pytest.mark.parametrize("name", ["", "wanted/", "contributors/"])
def test_a_report_costs_the_same_queries_for_more_rows(client, chief, name, editor, django_assert_max_num_queries):
    paper = make_newspaper()
    for number, day in enumerate(days_from("2024-01-01", 30, range(5))):
        page = make_page(issue=make_issue(paper, day), number="2")
        corrections.set_name(page=page, name=f"版{number}", user=editor)
        credit(make_article("题", issue=page.issue), f"人{number}")
    with django_assert_max_num_queries(14):
        assert client.get(f"/admin/reports/{name}").status_code == 200


@pytest.mark.parametrize("name", ["", "wanted/", "contributors/"])
def test_reports_are_for_who_may_see_them(client, onlooker, name):
    client.force_login(onlooker)
    assert client.get(f"/admin/reports/{name}").status_code == 403
