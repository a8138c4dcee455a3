"""Filters of the queue kept under a name, without JavaScript: each editor's own, and only what means something."""

import re

import pytest
from django.test import Client

from articles.models import SavedFilter
from tests.admin.conftest import make_staff

QUEUE = "/admin/articles/page/queue/"
SAVED = f"{QUEUE}saved/"


def told(response):
    return [str(message) for message in response.context["messages"]]


def test_filters_are_kept_under_a_name_and_lead_back(desk, page):
    html = desk.client.get(QUEUE, {"kind": "none", "mine": "on"}).content.decode()
    query = re.search(r'name="query" value="([^"]*)"', html)[1].replace("&amp;", "&")
    response = desk.client.post(SAVED, {"name": " 我的 清样 ", "query": query}, follow=True)
    assert response.redirect_chain == [(f"{QUEUE}?kind=none&mine=on", 302)]
    assert told(response) == ["已存为常用筛选：我的 清样。"]
    link = f'<a href="{QUEUE}?kind=none&amp;mine=on" aria-current="true">我的 清样</a>'
    assert link in response.content.decode() and 'id="saved-name"' not in response.content.decode()
    assert link.replace(' aria-current="true"', "") in desk.client.get(QUEUE).content.decode()


def test_the_same_name_again_replaces_what_it_stood_for(desk, page):
    for kind in ("cut", "none"):
        desk.client.post(SAVED, {"name": "清样", "query": f"kind={kind}"})
    assert SavedFilter.objects.get().query == "kind=none"


def test_only_filters_that_mean_something_are_kept(desk, page):
    sent = "kind=none&state=nonsense&since=2024-05-06&newspaper=999999&until=x&p=3&next=//evil.example&kind=cut"
    response = desk.client.post(SAVED, {"name": "清样", "query": sent})
    assert SavedFilter.objects.get().query == "since=2024-05-06&kind=cut" and response.url.startswith(QUEUE)


@pytest.mark.parametrize(
    ("name", "query", "words"),
    [
        (" ", "kind=none", "起个名称"),
        ("\0", "kind=none", ""),
        ("长" * 31, "kind=none", "30"),
        ("清样", "", "请先筛选"),
        ("清样", "kind=nonsense&x=1", "请先筛选"),
        ("清样", "kind=none&x=" + "9" * 400, "300"),
    ],
)
def test_what_cannot_be_kept_is_said(desk, page, name, query, words):
    response = desk.client.post(SAVED, {"name": name, "query": query}, follow=True)
    assert response.status_code == 200 and any(words in said for said in told(response))
    assert not SavedFilter.objects.exists()


def test_editors_see_and_delete_their_own_only(desk, editor, page, django_user_model):
    other = make_staff(django_user_model, "zhao", "view_page")
    theirs = SavedFilter.objects.create(user=other, name="赵的", query="kind=cut")
    mine = SavedFilter.objects.create(user=editor, name="王的", query="kind=none")
    html = desk.client.get(QUEUE).content.decode()
    assert "王的" in html and "赵的" not in html
    for pk in (theirs.pk, mine.pk, mine.pk, "x", "9" * 30):
        assert desk.client.post(SAVED, {"forget": pk, "query": "kind=cut"}).url == f"{QUEUE}?kind=cut"
    assert list(SavedFilter.objects.all()) == [theirs]


def test_nothing_is_kept_by_looking_nor_by_who_may_not_look(desk, client, page, django_user_model):
    assert desk.client.get(SAVED, {"name": "清样", "query": "kind=none"}).status_code == 405
    stranger = Client()
    stranger.force_login(make_staff(django_user_model, "new"))
    assert stranger.post(SAVED, {"name": "清样", "query": "kind=none"}).status_code == 403
    assert not SavedFilter.objects.exists()
