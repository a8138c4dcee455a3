"""拆分质量 under 统计."""

import pytest

from articles import corrections
from articles.evaluation.running import make_evaluation, work_on_next
from articles.models import Evaluation
from tests.factories import make_newspaper

from .conftest import make_staff

ADDRESS = "/admin/reports/quality/"


@pytest.fixture
def chief(client, django_user_model):
    user = make_staff(django_user_model, "zheng", "see_reports")
    client.force_login(user)
    return user


@pytest.fixture
def signed(page, editor):
    corrections.sign_off(page=page, user=editor)
    return page


def look(client, **query):
    response = client.get(ADDRESS, query)
    assert response.status_code == 200
    return response.content.decode()


def test_with_nothing_signed_off_there_is_nothing_to_ask_for(client, chief, page):
    html = look(client)
    assert "还没有签发的版面" in html and "现在比一次" not in html and "还没有让程序学习" in html


def test_an_evaluation_is_asked_for_made_and_shown(client, chief, signed):
    assert "现在比一次（1 版）" in look(client)
    assert client.post(ADDRESS, {"newspaper": ""}).status_code == 302
    html = look(client)
    assert "已经在排队" in html and "现在比一次" not in html
    client.post(ADDRESS)
    assert Evaluation.objects.count() == 1
    work_on_next(lambda: False)
    html = look(client)
    evaluation = Evaluation.objects.get()
    assert f"每版要改 {evaluation.figures['touches']:.2f} 处" in html and "只能当作参考" in html
    assert "<svg" in html and "style=" not in html.split("<svg")[1].split("</svg>")[0]
    assert "按导入的月份" in html and "现在比一次" in html


def test_each_newspaper_has_its_own_and_earlier_ones_are_listed(client, chief, signed):
    for _ in range(2):
        make_evaluation(signed.newspaper, lambda done, total: None)
    html = look(client, newspaper=signed.newspaper.pk)
    assert html.count("每版要改") == 1 and "以前比的" in html
    assert "每版要改" not in look(client, newspaper=make_newspaper().pk)
    assert client.post(ADDRESS, {"newspaper": signed.newspaper.pk}).url.endswith(f"?newspaper={signed.newspaper.pk}")
    assert Evaluation.objects.filter(newspaper=signed.newspaper, made_at=None).count() == 1


def test_who_may_not_see_reports_sees_and_asks_for_nothing(client, onlooker, signed):
    client.force_login(onlooker)
    assert client.get(ADDRESS).status_code == 403 and client.post(ADDRESS).status_code == 403
    assert not Evaluation.objects.exists()


@pytest.mark.parametrize("query", [{"newspaper": "x"}, {"newspaper": "9999"}])
def test_nonsense_is_no_fault(client, chief, query):
    look(client, **query)
