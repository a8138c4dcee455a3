"""往年今日 on the home page."""

import datetime

from django.utils.timezone import localdate

from articles.models import Article, Issue
from articles.views.home import remember
from tests.factories import make_article, make_issue, make_page

DAY = datetime.date(2026, 5, 6)


def lead(paper, date, *titles):
    page = make_page(issue=make_issue(paper, date), number="1", sort_key=10)
    for position, title in enumerate(titles):
        make_article(title, issue=page.issue, page=page, position=position)


def remembered(day):
    found = remember(day, Issue.objects.visible_to(None), Article.objects.visible_to(None))
    return [(issue.date.year, article.title) for issue, article in found]


def test_the_lead_of_this_day_in_earlier_years_is_remembered(paper):
    lead(paper, "2026-05-06", "今日头条")
    lead(paper, "2024-05-06", "", "前年头条", "前年次条")
    lead(paper, "1999-05-06", "旧年头条")
    lead(paper, "2024-05-07", "另一天")
    assert remembered(DAY) == [(2024, "前年头条"), (1999, "旧年头条")]


def test_many_years_are_spread_over(paper):
    for year in range(1966, 2026):
        lead(paper, f"{year}-05-06", "头条")
    assert [year for year, _ in remembered(DAY)] == [2025, 2015, 2005, 1995, 1985, 1975]


def test_hidden_issues_are_not_remembered(paper):
    lead(paper, "2024-05-06", "前年头条")
    paper.shows_unreviewed = False
    paper.save()
    assert remembered(DAY) == []


def test_of_29_february_leap_years_are_asked(paper):
    for date in ("2024-02-29", "2000-02-29", "1900-02-28"):
        lead(paper, date, "头条")
    assert [year for year, _ in remembered(datetime.date(2028, 2, 29))] == [2024, 2000]


def test_home_remembers_the_day_that_it_is_in_china(client, paper):
    today = localdate()
    year = today.year - 4 if (today.month, today.day) == (2, 29) else today.year - 1
    lead(paper, today.replace(year=year), "那年今日的头条")
    content = client.get("/").content.decode()
    assert "往年今日" in content and "那年今日的头条" in content
    assert f"/linjiang/{today.replace(year=year)}/" in content


def test_home_without_earlier_years_does_not_speak_of_them(client, paper):
    lead(paper, localdate(), "今日头条")
    assert "往年今日" not in client.get("/").content.decode()
