"""The desk against mistakes and mischief: namesakes, one browser and two accounts, forged entries and fields."""

import json
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError
from django.test import Client

from articles import corrections
from articles.admin import desk_screen
from articles.models import Correction, Doubt, Presence, SavedFilter
from tests.admin.conftest import EVERYTHING, make_staff
from tests.admin.test_acts import as_caption
from tests.admin.test_desk import JSON, Script
from tests.desk import article_of, block_at, check_whole, state_of

SHELF, LOQUAT = "老槐树", "南塘村"


@pytest.fixture
def script(client, editor, page):
    client.force_login(editor)
    return Script(client, page)


@pytest.fixture
def namesakes(editor, django_user_model):
    other = make_staff(django_user_model, "li", *EVERYTHING)
    User.objects.filter(pk__in=[editor.pk, other.pk]).update(first_name="王编辑")
    return editor, other


def test_namesakes_are_told_apart_in_the_journal_and_at_the_page(script, page, namesakes):
    for user in namesakes:
        user.refresh_from_db()
        corrections.set_name(page=page, name=user.username, user=user)
    told = script.look()["journal"]
    assert [(entry["who"], entry["mine"]) for entry in told] == [("王编辑", False), ("王编辑", True)]
    theirs = Script(Client(), page)
    theirs.client.force_login(namesakes[1])
    theirs.pulse(version=1)
    assert script.pulse(version=1).json()["others"] == ["王编辑（li）"]


def test_what_one_editor_left_waiting_is_not_sent_as_anothers(script, editor, page, django_user_model):
    other = make_staff(django_user_model, "li", *EVERYTHING)
    script.client.force_login(other)
    for path, data in (("act/set_name/", {"name": "民生"}), ("pulse/", {"version": 1}), ("pulse/", {"gone": 1})):
        answer = script.client.post(f"{script.home}{path}", {**data, "_me": editor.pk}, **JSON)
        refused = answer.json()["refused"]
        assert (answer.status_code, refused["why"], refused["who"]) == (401, "signed_out", "li")
        assert "li" in refused["words"] and refused["login"] == "/admin/"
    assert not Correction.objects.exists() and not Presence.objects.exists()
    answer = script.client.post(f"{script.home}act/set_name/", {"name": "民生", "_me": other.pk}, **JSON)
    assert answer.status_code == 200


def test_an_article_goes_back_only_to_states_of_its_own(script, editor, page, third_page):
    shelf, bridge = article_of(page, SHELF), article_of(third_page, "城东新桥")
    corrections.set_kind(article=shelf, kind="feature", user=editor)
    foreign = corrections.set_kind(article=bridge, kind="feature", user=editor)
    later = corrections.set_keywords(article=shelf, keywords=["书屋"], user=editor)
    answer = script.send("restore_article", {"article": shelf, "entry": foreign})
    assert answer.status_code == 409 and "不能恢复" in answer.json()["refused"]["words"]
    assert Correction.objects.latest("pk") == later
    assert script.send("restore_page", {"entry": foreign}).status_code == 409


def test_taking_back_a_step_needs_what_each_part_of_it_needed(client, script, page, django_user_model):
    proposal = {"act": "withdraw_article", "article": article_of(page, LOQUAT).pk, "reason": "有误"}
    doubt = Doubt.objects.create(page=page, start=1, end=2, code="cut", text="疑", proposal=proposal)
    assert script.send("accept_doubt", {"doubt": doubt}).status_code == 200
    accepted, withdrawn = Correction.objects.order_by("pk")
    client.force_login(make_staff(django_user_model, "zhao", "view_page", "mend_page"))
    before = state_of([page])
    for entry in (accepted, withdrawn):
        assert script.send("undo", {"entry": entry}).json()["refused"]["why"] == "forbidden"
    assert state_of([page]) == before


def test_a_busy_database_is_told_as_such_and_the_act_may_be_sent_again(script, page, monkeypatch):
    def busy(*given, **more):
        raise OperationalError("database is locked")

    state = script.look()
    with monkeypatch.context() as while_busy:
        while_busy.setattr(desk_screen, "attempt", busy)
        answer = script.send("set_name", {"name": "民生"}, state=state)
    assert (answer.status_code, answer.json()["refused"]["why"]) == (503, "busy")
    assert script.send("set_name", {"name": "民生"}, state=state).status_code == 200


@pytest.mark.parametrize("name", ["\x01", "\x7f\x1b", "\u200b\u200e", "\u202e"])
def test_a_filter_needs_a_name_that_can_be_seen(desk, page, name):
    desk.client.post("/admin/articles/page/queue/saved/", {"name": name, "query": "kind=none"})
    assert not SavedFilter.objects.exists()


def test_people_are_looked_for_by_no_more_than_a_name(script, page):
    answer = script.client.get(f"{script.home}people/", {"q": "林" * 60_000}, **JSON)
    assert answer.status_code == 200 and answer.json() == []


def test_who_may_not_assign_is_not_told_of_accounts(client, onlooker, page):
    client.force_login(onlooker)
    assert client.get(f"/admin/articles/page/{page.pk}/desk/choices/", **JSON).json()["editors"] == []


def test_a_key_is_good_for_one_act(script, page):
    key = str(uuid4())
    script.send("set_name", {"name": "民生"}, key=key)
    answer = script.send("set_role", {"block": block_at(page, "钥匙挂在"), "role": "body"}, key=key)
    assert answer.status_code == 409 and "编号已经用过" in answer.json()["refused"]["words"]
    assert Correction.objects.count() == 1


@pytest.mark.parametrize("place", [["article", 1, []], ["folded", 0, [1]], ["new", 10**30, "x"], [], "x", None])
def test_a_forged_proposal_is_refused(script, page, place):
    change = as_caption(page)
    for forged in (change | {"place": place}, change | {"was": change["was"] | {"place": place}}):
        assert script.send("take_new_split", {"changes": json.dumps([forged])}).status_code == 409
    for changes in ("[" * 3000 + "]" * 3000, "{", "1", "null"):
        assert script.send("take_new_split", {"changes": changes}).status_code in (400, 409)
    assert not Correction.objects.exists()


HOSTILE = "</script><img src=x onerror=alert(1)>\"'`{{7*7}}<!--"


def test_hostile_text_is_text_on_every_screen(script, editor, page):
    shelf = article_of(page, SHELF)
    User.objects.filter(pk=editor.pk).update(first_name=HOSTILE[:30])
    corrections.edit_text(block=block_at(page, "谁来得早"), text=HOSTILE, user=editor)
    corrections.set_column(article=shelf, column=HOSTILE, user=editor)
    corrections.set_credits(article=shelf, credits=[(HOSTILE, "reporter", HOSTILE)], user=editor)
    corrections.set_aside(blocks=[block_at(page, "讲文明")], note=HOSTILE, user=editor)
    corrections.withdraw_article(article=article_of(page, LOQUAT), reason=HOSTILE, user=editor)
    corrections.set_name(page=page, name=HOSTILE[:50], user=editor)
    Doubt.objects.create(page=page, start=1, end=2, code="cut", text=HOSTILE, origin=Doubt.Origin.READER)
    SavedFilter.objects.create(user=editor, name=HOSTILE[:30], query="kind=none")
    home = f"/admin/articles/page/{page.pk}"
    paths = ("desk/", "desk/summary/", "history/", "history/?restore=0", "change/", "sign-off/")
    for address in (*(f"{home}/{path}" for path in paths), "/admin/articles/page/queue/?kind=cut"):
        html = script.client.get(address).content.decode()
        assert "<img src=x" not in html and "</script><img" not in html, address
    check_whole([page])
