"""未定版面: several pages mended in one post, each with an answer of its own."""

import datetime

import pytest

from articles import corrections
from articles.models import Correction, Page
from tests.desk import lay_page
from tests.factories import make_issue, make_newspaper

TRAY = "/admin/articles/page/tray/"


@pytest.fixture
def newspaper(db):
    return make_newspaper()


@pytest.fixture
def waiting(newspaper):
    return [
        lay_page(
            None, [(0, "headline", f"第{i}条"), (0, "body", f"正文{i}。")], newspaper=newspaper, source_path=f"{i}.txt"
        )
        for i in range(3)
    ]


def sent(*rows):
    """What the form sends: (page, date, number, name) each."""
    data = {"pages": [page.pk for page, *_ in rows]}
    for page, date, number, name in rows:
        p = f"p{page.pk}"
        data |= {f"{p}-date": date, f"{p}-number": number, f"{p}-name": name, f"{p}-version": page.version}
    return data


def test_it_lists_pages_without_a_date_or_a_number(desk, newspaper, waiting):
    unnumbered = lay_page(make_issue(newspaper), [(0, "body", "有日期无版次。")])
    settled = lay_page(make_issue(newspaper), [(0, "body", "都有。")], number="2")
    html = desk.client.get(TRAY).content.decode()
    assert all(f'id="p{page.pk}"' in html for page in [*waiting, unnumbered])
    assert f'id="p{settled.pk}"' not in html and "2.txt" in html


def test_several_pages_are_mended_at_once_and_each_is_answered(desk, editor, newspaper, waiting):
    taken = lay_page(make_issue(newspaper, date="2024-05-06"), [(0, "body", "已有的第一版。")], number="1")
    good, clash, untouched = waiting
    response = desk.client.post(
        TRAY, sent((good, "2024-05-06", "2", "民生"), (clash, "2024-05-06", "1", "要闻"), (untouched, "", "", ""))
    )
    html = response.content.decode()
    assert html.count("已改。") == 1 and html.count("没有改：") == 1 and str(taken) in html
    good.refresh_from_db()
    assert (good.issue.date, good.number, good.name) == (datetime.date(2024, 5, 6), "2", "民生")
    clash.refresh_from_db()
    assert (clash.issue, clash.number, clash.name) == (None, "", ""), "a row is done in full or not at all"
    assert 'value="要闻"' in html, "what was typed is kept"
    assert set(Correction.objects.values_list("user", flat=True)) == {editor.pk}


def test_a_row_refused_can_be_sent_again_as_it_comes_back(desk, waiting):
    page = waiting[0]
    desk.client.post(TRAY, sent((page, "2024-05-06", "第几版", "")))
    page.refresh_from_db()
    assert page.issue is None
    desk.client.post(TRAY, sent((page, "2024-05-06", "第3版", "")))
    page.refresh_from_db()
    assert page.number == "3"


@pytest.mark.parametrize(("date", "number", "words"), [("2024-02-31", "1", "没有这一天"), ("", "甲乙", "不是版次")])
def test_what_makes_no_sense_is_refused_in_its_row(desk, waiting, date, number, words):
    html = desk.client.post(TRAY, sent((waiting[0], date, number, ""))).content.decode()
    assert words in html and not Correction.objects.exists()


def test_a_row_that_somebody_changed_meanwhile_is_refused_with_what_was_typed(desk, editor, waiting):
    page = waiting[0]
    form = sent((page, "2024-05-06", "2", "我填的"))
    corrections.set_name(page=page, name="别人填的", user=editor)
    html = desk.client.post(TRAY, form).content.decode()
    page.refresh_from_db()
    assert "已被改动" in html and 'value="我填的"' in html and page.name == "别人填的"
    assert f'name="p{page.pk}-version" value="{page.version}"' in html
    assert "<td>别人填的</td><td>我填的</td>" in html
    form |= {f"p{page.pk}-version": page.version, f"p{page.pk}-choices": "1"}
    html = desk.client.post(TRAY, form).content.decode()
    page.refresh_from_db()
    assert "请先选择" in html and "<td>别人填的</td><td>我填的</td>" in html and page.name == "别人填的"
    assert "没有改，保留" in desk.client.post(TRAY, form | {f"p{page.pk}-choice": "keep"}).content.decode()
    page.refresh_from_db()
    assert (page.name, page.issue) == ("别人填的", None)
    assert "已改。" in desk.client.post(TRAY, form | {f"p{page.pk}-choice": "mine"}).content.decode()
    page.refresh_from_db()
    assert (page.name, page.number) == ("我填的", "2")


def test_a_choice_is_of_what_the_editor_saw(desk, editor, waiting):
    page = waiting[0]
    form = sent((page, "2024-05-06", "2", ""))
    corrections.set_name(page=page, name="别人填的", user=editor)
    desk.client.post(TRAY, form)
    page.refresh_from_db()
    form |= {f"p{page.pk}-version": page.version, f"p{page.pk}-choices": "1", f"p{page.pk}-choice": "mine"}
    corrections.set_name(page=page, name="又改", user=editor)
    assert "已被改动" in desk.client.post(TRAY, form).content.decode()
    page.refresh_from_db()
    assert page.issue is None
    desk.client.post(TRAY, form | {f"p{page.pk}-version": page.version})
    page.refresh_from_db()
    assert (page.number, page.name) == ("2", "又改"), "what was not typed stays as the colleague has it"


def test_a_path_of_the_machine_is_not_shown(desk, newspaper):
    lay_page(None, [(0, "body", "无日期。")], newspaper=newspaper, source_path="/srv/secret/扫描/02.txt")
    html = desk.client.get(TRAY).content.decode()
    assert "扫描/02.txt" in html and "/srv" not in html


def test_who_may_only_look_is_refused(client, onlooker, waiting):
    client.force_login(onlooker)
    assert "提交所填各行" not in client.get(TRAY).content.decode()
    assert client.post(TRAY, sent((waiting[0], "2024-05-06", "1", ""))).status_code == 403
    assert not Page.objects.exclude(issue=None).exists()


def test_ids_that_make_no_sense_are_passed_over(desk, waiting):
    assert desk.client.post(TRAY, {"pages": ["x", "9" * 30, "12345"]}).status_code == 200


def test_the_tray_costs_the_same_queries_however_long(desk, newspaper, django_assert_max_num_queries):
    for i in range(20):
        lay_page(None, [(0, "body", f"正文{i}。")], newspaper=newspaper)
    with django_assert_max_num_queries(10):
        desk.client.get(TRAY)
