"""Readers' reports: found in the source, one doubt for the same report, limited, their outcome told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import corrections
from articles.assembly import lay_out
from articles.models import Doubt, MistakeReport
from articles.reading.mistakes import AN_HOUR, OPEN_ON_A_PAGE, Mistake, TooMany, find_quote, outcome_of, report_mistake
from tests.corrections.conftest import page, third_page  # noqa: F401
from tests.desk import article_of, block_at

TYPO = Mistake("typo", "槐荫巷口", "槐阴巷口")


def shelf(page):  # noqa: F811
    return article_of(page, "老槐树下")


def test_a_report_is_a_doubt_about_the_exact_passage(page):  # noqa: F811
    report = report_mistake(TYPO, shelf(page), "s")
    doubt = report.doubt
    assert doubt.origin == Doubt.Origin.READER and doubt.article == shelf(page)
    assert page.source_text[doubt.start : doubt.end] == "槐荫巷口"
    assert doubt.text == "错字：“槐荫巷口”应作“槐阴巷口”"
    page.refresh_from_db()
    assert page.doubt_weight == len(page.source_text)


def test_a_quotation_may_run_over_a_cut_and_a_line_break(page):  # noqa: F811
    report = report_mistake(Mistake("split", "一间共享\n书屋，三百册"), shelf(page), "s")
    found = page.source_text[report.doubt.start : report.doubt.end]
    assert found.startswith("一间共享书") and found.endswith("三百册")
    assert report.doubt.proposal is None


def test_what_is_not_found_is_said_of_the_article(page):  # noqa: F811
    report = report_mistake(Mistake("other", "文中没有的话", note="看不懂"), shelf(page), "s")
    assert report.doubt.start == report.doubt.end == block_at(page, "街巷新事").start
    assert report.doubt.text == "其他：“文中没有的话”。说明：看不懂"


def test_a_page_is_reported_by_itself(page):  # noqa: F811
    report = report_mistake(Mistake("privacy", "讲文明"), page, "s")
    assert report.doubt.article is None
    assert page.source_text[report.doubt.start : report.doubt.end] == "讲文明"


def test_the_same_report_of_two_readers_is_one_doubt(page):  # noqa: F811
    one, other = report_mistake(TYPO, shelf(page), "s"), report_mistake(TYPO, shelf(page), "t")
    assert one.doubt == other.doubt and one.token != other.token
    assert page.doubts.count() == 1


def test_a_corrected_passage_is_meant_as_a_whole(page, django_user_model):  # noqa: F811
    user, block = django_user_model.objects.create_user("wang", is_staff=True), block_at(page, "谁来得早")
    corrections.edit_text(block=block, text="谁来得早谁开门。", user=user)
    doubt = report_mistake(Mistake("typo", "谁来得早谁开门", "谁先到谁开门"), shelf(page), "s").doubt
    assert page.source_text[doubt.start : doubt.end].strip() == "谁来得早谁开门，钥匙就挂在老槐树的铁钩上。"
    assert doubt.proposal["text"] == "谁先到谁开门。"


def test_the_outcome_follows_the_doubt(page, django_user_model):  # noqa: F811
    user = django_user_model.objects.create_user("wang", is_staff=True)
    report = report_mistake(TYPO, shelf(page), "s")
    assert outcome_of(report) == ("等待编辑处理", None)
    entry = corrections.dismiss_doubt(doubt=report.doubt, user=user)
    report = MistakeReport.objects.get(pk=report.pk)
    assert outcome_of(report) == ("编辑看过，未采纳", entry.at)
    corrections.undo(entry=entry, user=user)
    assert outcome_of(MistakeReport.objects.get(pk=report.pk))[0] == "等待编辑处理"
    report.doubt.delete()
    assert outcome_of(MistakeReport.objects.get(pk=report.pk))[0].startswith("原版面已撤换")


def test_one_visitor_sends_so_many_an_hour(page):  # noqa: F811
    for n in range(AN_HOUR):
        report_mistake(Mistake("other", note=f"第{n}条"), shelf(page), "s")
    with pytest.raises(TooMany, match="一小时"):
        report_mistake(TYPO, shelf(page), "s")
    report_mistake(TYPO, shelf(page), "t")
    MistakeReport.objects.update(created_at=timezone.now() - timedelta(hours=2))
    report_mistake(TYPO, shelf(page), "s")


def test_senders_are_forgotten_after_a_day(page):  # noqa: F811
    old = report_mistake(TYPO, shelf(page), "s")
    MistakeReport.objects.update(created_at=timezone.now() - timedelta(days=2))
    report_mistake(Mistake("other", note="甲"), shelf(page), "t")
    assert MistakeReport.objects.get(pk=old.pk).sender == ""


def test_a_page_takes_so_many_until_editors_have_looked(page):  # noqa: F811
    for n in range(OPEN_ON_A_PAGE):
        report_mistake(Mistake("other", note=f"第{n}条"), shelf(page), f"s{n}")
    with pytest.raises(TooMany, match="这一版"):
        report_mistake(TYPO, shelf(page), "t")


def test_quotes_are_found_whatever_white_space_lies_between(page):  # noqa: F811
    passages = lay_out(page, page.blocks.all())
    assert find_quote(passages, " \n ") == find_quote(passages, "") == []
    (spot,) = find_quote(passages, "讲文明树 新风")
    assert page.source_text[slice(*spot.span)] == "讲文明 树新风"
