"""The correction desk's server side: the state it tells, and the answer to each act, done or refused."""

import json
import re
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import corrections
from articles.admin.acts import ACTS, permission_for
from articles.groups import make_groups
from articles.models import Block, Column, Correction, Doubt, Page, Person, Presence
from tests.admin.conftest import EVERYTHING, make_staff
from tests.admin.test_acts import LOQUAT, PHOTO, SENT, SHELF, made_doubt, sent
from tests.desk import article_of, block_at, check_whole, lay_page, state_of
from tests.factories import make_issue, make_newspaper

JSON = {"HTTP_ACCEPT": "application/json"}


class Script:
    """What the desk's script does: asks for JSON, sends what it has seen with every act, and a key of its own."""

    def __init__(self, client, page):
        self.client, self.home, self.state = client, f"/admin/articles/page/{page.pk}/desk/", None

    def look(self, query=""):
        self.state = self.client.get(f"{self.home}state/{query}", **JSON).json()
        return self.state

    def send(self, name, data=None, *, key=None, state=None, query=""):
        state = state or self.look(query)
        versions = " ".join(f"{pk}:{version}" for pk, version in state["versions"].items())
        data = {name: getattr(value, "pk", value) for name, value in (data or {}).items()}
        data |= {"_versions": versions, "_seen": state["seen"], "_key": key or str(uuid4())}
        return self.client.post(f"{self.home}act/{name}/{query}", data, **JSON)

    def pulse(self, **data):
        return self.client.post(f"{self.home}pulse/", data, **JSON)


@pytest.fixture
def script(client, editor, page):
    client.force_login(editor)
    return Script(client, page)


def test_the_screen_brings_its_first_state_and_all_addresses(script, page, third_page):
    response = script.client.get(script.home, {"kind": "none", "other": "x"})
    html = response.content.decode()
    state = json.loads(re.search(r'<script id="desk-state" type="application/json">(.*?)</script>', html)[1])
    assert state == script.look("?kind=none") and state["queue"]["query"] == "kind=none"
    for name in ("state", "pulse", "choices", "people"):
        address = re.search(rf'data-{name}-url="([^"]+)"', html)[1]
        assert address == f"{script.home}{name}/"
    assert f'data-act-url="{script.home}act/NAME/"' in html
    plain = f"/admin/articles/page/{page.pk}/change/?kind=none"
    assert f'data-plain-url="{plain}"' in html and f'<a href="{plain}">' in html.split("<noscript>")[1]
    assert f'<link rel="prefetch" href="/admin/articles/page/{third_page.pk}/desk/?kind=none">' in html
    assert "no-store" not in response.headers["Cache-Control"] and "private" in response.headers["Cache-Control"]
    assert script.client.get("/admin/articles/page/999999/desk/").status_code == 404


def test_the_state_tiles_the_page_and_names_each_thing_once(script, page):
    corrections.fold_block(block=block_at(page, "讲文明"), duplicate_of=(0, 4), user=None)
    corrections.edit_text(block=block_at(page, "谁来得早"), text="谁来得早谁开锁。", user=None)
    corrections.set_aside(blocks=[block_at(page, "街巷新事")], reason="label", note="另版", user=None)
    state = script.look()
    passages = {p["id"]: p for p in state["passages"]}
    rows = state["passages"]
    assert [p["number"] for p in rows] == list(range(1, len(rows) + 1))
    assert [p["start"] for p in rows] == [0, *(p["end"] for p in rows[:-1])]
    text = page.source_text
    assert all(text[p["text_start"] :].startswith(p["source"] or p["text"]) for p in rows)
    told = [(a["id"], pk) for a in state["articles"] for pk in a["passages"]]
    assert sorted(told) == sorted((p["article"], p["id"]) for p in rows if p["article"])
    edited = passages[block_at(page, "谁来得早").pk]
    assert (edited["text"], edited["source"]) == ("谁来得早谁开锁。", "谁来得早谁开门，钥匙就挂在老槐树的铁钩上。")
    folded, aside = passages[block_at(page, "讲文明").pk], passages[block_at(page, "街巷新事").pk]
    assert (folded["repeats"], folded["place_words"]) == (aside["id"], "重复")
    assert (aside["reason"], aside["place_words"]) == ("label", "无主栏目：另版")
    cover = state["coverage"]
    assert cover["articles"] + cover["aside"] == cover["total"] == len("".join(text.split()))
    assert cover["aside"] == len("讲文明树新风街巷新事")


def test_the_state_tells_of_pages_articles_and_doubts(script, editor, page, third_page):
    head, rest = article_of(page, SHELF), article_of(third_page, "书屋的账本")
    corrections.link_jump(head=head, continuation=rest, user=None)
    proposal = {"act": "merge_articles", "first": article_of(page, LOQUAT).pk, "second": article_of(page, PHOTO).pk}
    at = block_at(page, "图为果农")
    doubt = Doubt.objects.create(page=page, start=at.start, end=at.start + 3, code="cut", text="疑", proposal=proposal)
    Doubt.objects.create(page=page, code="cut", text="已决", state=Doubt.State.DISMISSED)
    state = script.look()
    assert state["page"]["label"] == "第2版" and state["page"]["may_claim"] and not state["page"]["mine"]
    assert set(state["versions"]) == {str(page.pk), str(third_page.pk)}
    first = state["articles"][0]
    desk_url = f"/admin/articles/page/{third_page.pk}/desk/#a{head.pk}"
    assert first["elsewhere"] == [{"page": third_page.pk, "label": "第3版", "desk_url": desk_url}]
    assert (first["headline"], first["column_label"], first["withdrawn"]) == ("老槐树下开起共享书屋", "街巷新事", False)
    assert first["credits"][0]["name"] == "林小满" and first["credits"][0]["person"]
    assert state["doubts"] == [
        {
            **{"id": doubt.pk, "kind": "段落断开", "text": "疑", "origin": "machine", "at": at.pk, "article": None},
            **{"does": "合并文章", "proposal": proposal},
        }
    ]
    assert state["may"] == {"mend": True, "sign_off": True, "withdraw": True, "assign": True}


@pytest.mark.parametrize("name", SENT)
def test_an_act_is_done_and_taken_back_and_done_again(script, editor, page, third_page, name):
    data = sent(name, page, third_page, editor)
    pages = Page.objects.all()
    before = state_of(pages)
    answer = script.send(name, data)
    assert answer.status_code == 200, answer.content.decode()
    done, state = answer.json()["done"], answer.json()["state"]
    entry = Correction.objects.latest("pk")
    assert (entry.pk, entry.action, entry.user) == (done["entry"], name, editor)
    assert state == script.look() and state["journal"][0]["id"] == entry.pk
    assert done["words"] == state["journal"][0]["words"] and done["name"] == state["journal"][0]["name"]
    check_whole(pages)
    after = state_of(pages)
    assert done["made"] == entry.arguments.get("made")
    assert state["undo"]["entry"] == entry.pk and state["redo"] is None
    back = script.send("undo", {"entry": state["undo"]["entry"]}).json()
    assert back["done"]["entry"] == Correction.objects.latest("pk").pk != entry.pk
    assert name == "undo" or (back["done"]["name"], back["state"]["redo"]["entry"]) == ("撤销", back["done"]["entry"])
    assert state_of(pages)["blocks"] == before["blocks"] and state_of(pages)["pages"] == before["pages"]
    again = script.send("undo", {"entry": back["state"]["redo"]["entry"]}).json()
    assert again["state"]["undo"]["entry"] == again["done"]["entry"] and again["state"]["redo"] is None
    assert state_of(pages) == after


def test_words_of_undo_and_redo_name_the_act_itself(script, page):
    script.send("set_name", {"name": "民生"})
    state = script.look()
    for name in ("撤销", "重做", "撤销"):
        top = state["undo"] or state["redo"]
        assert top["words"] == "改版名：民生"
        answer = script.send("undo", {"entry": top["entry"]}).json()
        state = answer["state"]
        assert answer["done"]["name"] == state["journal"][0]["name"] == name
        assert answer["done"]["words"] == "改版名：民生"
    assert [e["undo_words"] for e in state["journal"]] == ["重做", "撤销", "重做", "撤销"]


def test_an_article_that_an_act_makes_is_named(script, page):
    aside = block_at(page, "讲文明")
    made = script.send("move_blocks", {"blocks": aside, "to": ""}).json()["done"]["made"]
    assert article_of(page, "讲文明").pk == made
    corrections.fold_block(block=aside, duplicate_of=(0, 4), user=None)
    made = script.send("unfold_block", {"block": aside, "to": ""}).json()["done"]["made"]
    assert article_of(page, "讲文明").pk == made


def test_a_block_is_cut_at_any_caret_but_nowhere_outside(script, page):
    block = block_at(page, "谁来得早")
    passage = next(p for p in script.look()["passages"] if p["id"] == block.pk)
    for offset in (passage["text_start"], passage["text_start"] + len(passage["text"]), 0, "x", "9" * 30):
        assert script.send("split_block", {"block": block, "offset": offset}).status_code == 400
    answer = script.send("split_block", {"block": block, "offset": passage["text_start"] + 3})
    assert answer.status_code == 200 and block_at(page, "早谁开门").article_id == block.article_id


def test_accepting_a_doubt_and_what_it_proposes_are_one_step(script, page):
    proposal = {"act": "merge_articles", "first": article_of(page, LOQUAT).pk, "second": article_of(page, PHOTO).pk}
    doubt = made_doubt(page, None, proposal=proposal)
    before = state_of([page])
    state = script.send("accept_doubt", {"doubt": doubt}).json()["state"]
    assert len(state["articles"]) == 2 and not state["doubts"]
    state = script.send("undo", {"entry": state["undo"]["entry"]}).json()["state"]
    assert state_of([page]) == before and len(state["doubts"]) == 1 and state["undo"] is None
    state = script.send("undo", {"entry": state["redo"]["entry"]}).json()["state"]
    assert len(state["articles"]) == 2 and not state["doubts"] and state["redo"] is None


def test_an_act_that_changes_nothing_says_so(script, page):
    answer = script.send("set_name", {"name": ""}).json()
    assert answer["done"]["entry"] is None and "没有什么需要改动" in answer["done"]["words"]


def test_an_act_on_a_page_signed_off_tells_that_it_is_open_again(script, editor, page):
    corrections.sign_off(page=page, user=editor)
    answer = script.send("set_role", {"block": block_at(page, "钥匙挂在"), "role": "body"}).json()
    assert answer["done"]["reopened"] and answer["state"]["page"]["state"] == "pending"


# Sent again, because the answer was lost.


def test_an_act_sent_again_is_answered_again_and_not_done_twice(script, page):
    key, state = str(uuid4()), script.look()
    data = {"blocks": block_at(page, "讲文明"), "to": ""}
    first = script.send("move_blocks", data, key=key, state=state)
    again = script.send("move_blocks", data, key=key, state=state)
    assert again.status_code == 200 and again.json() == first.json()
    assert Correction.objects.get().arguments["key"] == key


def test_a_key_counts_for_its_page_and_its_editor_only(client, script, page, third_page, django_user_model):
    key = str(uuid4())
    script.send("set_name", {"name": "民生"}, key=key)
    assert Script(client, third_page).send("set_name", {"name": "时政"}, key=key).json()["done"]["entry"]
    client.force_login(make_staff(django_user_model, "zhao", *EVERYTHING))
    assert script.send("set_name", {"name": "社会"}, key=key).json()["done"]["words"] == "社会"
    assert Correction.objects.count() == 3


@pytest.mark.parametrize("key", ["1", "x" * 36, "A" * 4000, str(uuid4()).upper(), f"{uuid4()}\n", "%00"])
def test_a_key_that_is_none_is_refused(script, page, key):
    answer = script.send("set_name", {"name": "民生"}, key=key)
    assert answer.status_code == 400 and answer.json()["refused"]["why"] == "invalid"
    assert not Correction.objects.exists()


def test_an_act_that_was_refused_leaves_its_key_free(script, page):
    key = str(uuid4())
    assert script.send("set_number", {"number": "第几版呢"}, key=key).status_code == 409
    assert script.send("set_number", {"number": "A09"}, key=key).json()["done"]["entry"]


# Refusals.


def test_a_form_filled_in_wrong_is_told_by_its_fields(script, page):
    answer = script.send("edit_text", {"block": block_at(page, "谁来得早"), "text": " "})
    refused = answer.json()["refused"]
    assert (answer.status_code, refused["why"]) == (400, "invalid") and "请写出这段文字" in refused["words"]
    assert list(refused["fields"]) == ["text"] and answer.json()["state"] == script.look()


def test_what_cannot_be_done_is_refused_in_words(script, page):
    answer = script.send("join_block", {"block": block_at(page, "讲文明")})
    refused = answer.json()["refused"]
    assert (answer.status_code, refused["why"], refused["between"]) == (409, "refused", [])
    assert "没有可接的上段" in refused["words"] and answer.json()["state"]["passages"]


@pytest.mark.parametrize("name", SENT)
def test_a_stale_act_is_refused_with_what_came_between(script, editor, page, third_page, name):
    data, state = sent(name, page, third_page, editor), script.look()
    corrections.set_name(page=page, name="插进来的版名", user=editor)
    before = Correction.objects.count()
    answer = script.send(name, data, state=state)
    refused = answer.json()["refused"]
    assert (answer.status_code, refused["why"]) == (409, "stale") and Correction.objects.count() == before
    (between,) = refused["between"]
    assert (between["who"], between["name"], between["words"]) == ("wang", "改版名", between["words"])
    assert between["words"].startswith("插进来的版名")
    assert script.send(name, data, state=answer.json()["state"]).status_code == 200


def test_a_passage_that_somebody_else_took_away_makes_an_act_stale(script, editor, page):
    entry = corrections.split_block(block=block_at(page, "谁来得早"), offset=80, user=editor)
    tail, state = Block.objects.get(page=page, start=80), script.look()
    corrections.undo(entry=entry, user=editor)
    answer = script.send("edit_text", {"block": tail, "text": "写了很久的话"}, state=state)
    assert answer.json()["refused"]["why"] == "stale"


@pytest.mark.parametrize("group", ["编辑", "审校", "主编", "管理员", None])
def test_each_group_may_do_its_acts_and_no_others(client, page, group):
    make_groups()
    user = User.objects.create_user("u", is_staff=True)
    if group:
        user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    script = Script(client, page)
    for name, act in ACTS.items():
        answer = client.post(f"{script.home}act/{name}/", **JSON)
        allowed = group is not None and user.has_perm(permission_for(act, None))
        assert (answer.status_code != 403) == allowed, name
        if not allowed:
            refused = answer.json()["refused"]
            assert refused["why"] == "forbidden" and "请" in refused["words"]
    if group is None:
        assert client.get(script.home).status_code == 403 and Correction.objects.count() == 0


def test_an_undo_needs_what_the_act_needed(client, script, django_user_model, editor, page):
    entry = corrections.sign_off(page=page, user=editor)
    client.force_login(make_staff(django_user_model, "zhao", "view_page", "mend_page"))
    assert script.send("undo", {"entry": entry}).json()["refused"]["why"] == "forbidden"


def test_whoever_is_signed_out_is_told_where_to_sign_in(script, page):
    script.client.logout()
    here = f"http://testserver{script.home}?kind=cut"
    for ask in (
        lambda **more: script.client.get(f"{script.home}state/", **more),
        lambda **more: script.client.post(f"{script.home}act/set_name/", {"name": "民生"}, **more),
        lambda **more: script.client.post(f"{script.home}pulse/", **more),
    ):
        answer = ask(**JSON, HTTP_REFERER=here)
        refused = answer.json()["refused"]
        assert (answer.status_code, refused["why"]) == (401, "signed_out") and "登录已过期" in refused["words"]
        assert refused["login"].startswith("/admin/login/?next=%2Fadmin%2Farticles%2Fpage%2F")
        foreign = ask(**JSON, HTTP_REFERER="https://elsewhere.example/admin/").json()["refused"]
        assert foreign["login"] == "/admin/login/?next=%2Fadmin%2F"
    assert script.client.get(script.home).status_code == 302
    assert not Correction.objects.exists()


def test_a_token_that_is_not_of_the_session_is_told_as_such(editor, page):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(editor)
    address = f"/admin/articles/page/{page.pk}/desk/act/set_name/"
    answer = browser.post(address, {"name": "民生"}, HTTP_X_CSRFTOKEN="x" * 32, **JSON)
    assert (answer.status_code, answer.json()["refused"]["why"]) == (403, "csrf")
    browser.get(f"/admin/articles/page/{page.pk}/desk/")
    token = browser.cookies["csrftoken"].value
    assert browser.post(address, {"name": "民生"}, HTTP_X_CSRFTOKEN=token, **JSON).status_code == 200
    browser.logout()
    answer = browser.post(address, {"name": "民生"}, HTTP_X_CSRFTOKEN="x" * 32, **JSON)
    assert answer.status_code == 401


@pytest.mark.parametrize("name", ["no_such_act", "action_name", "NAME"])
def test_there_is_no_act_but_those_registered(script, name):
    assert script.client.post(f"{script.home}act/{name}/", **JSON).status_code == 404


def test_nothing_is_done_by_looking(script, page):
    for part in ("act/set_name/", "pulse/"):
        assert script.client.get(f"{script.home}{part}", {"name": "民生"}, **JSON).status_code == 405
    assert script.client.post(f"{script.home}state/", **JSON).status_code == 405


# Two editors on one page.


def test_editors_on_a_page_see_each_other_until_they_leave(script, page, django_user_model):
    other = make_staff(django_user_model, "zhao", *EVERYTHING)
    User.objects.filter(pk=other.pk).update(first_name="赵编辑")
    theirs = Script(Client(), page)
    theirs.client.force_login(other)
    assert script.pulse(version=page.version).json() == {"others": [], "version": page.version, "state": None}
    assert theirs.pulse(version=page.version).json()["others"] == ["wang"]
    assert script.pulse(version=page.version).json()["others"] == ["赵编辑"]
    assert theirs.pulse(gone=1).status_code == 204
    assert script.pulse(version=page.version).json()["others"] == []
    assert Presence.objects.count() == 1


def test_who_was_last_seen_long_ago_is_not_here_and_is_forgotten(script, page, third_page, second_editor):
    Presence.objects.create(page=page, user=second_editor, seen_at="2020-01-01T00:00Z")
    assert script.pulse(version=page.version).json()["others"] == []
    assert Presence.objects.get().user.username == "wang"


@pytest.fixture
def second_editor(django_user_model):
    return django_user_model.objects.create_user("li", is_staff=True)


@pytest.mark.parametrize("version", ["1", "", "x", "9" * 30])
def test_a_pulse_brings_the_page_where_it_has_changed(script, editor, page, version):
    corrections.set_name(page=page, name="民生", user=editor)
    answer = script.pulse(version=version).json()
    assert answer["version"] == 2 and answer["state"] == script.look()


# What the forms offer.


def test_choices_are_those_of_the_forms(script, editor, page, third_page):
    Column.objects.create(newspaper=page.newspaper, name="街巷新事")
    Column.objects.create(newspaper=make_newspaper(), name="别报的栏目")
    found = script.client.get(f"{script.home}choices/", **JSON).json()
    assert ["headline", "主题"] in found["roles"] and ["photo", "图片"] in found["kinds"]
    assert ["banner", "通栏标语"] in found["reasons"] and ["trainee", "见习记者"] in found["credit_roles"]
    assert [a["title"] for a in found["articles"] if not a["on_this_page"]][1] == "城东新桥合龙"
    assert [p["label"] for p in found["pages"]] == ["第2版", "第3版"]
    assert [words for _, words in found["columns"]] == ["街巷新事"] and found["editors"] == [[editor.pk, "wang"]]


def test_people_are_found_by_a_part_of_their_name(script, page):
    first = Person.objects.create(name="林小满")
    Person.objects.create(name="林小满", note="城北站")
    article_of(page, SHELF).credits.create(position=0, name="林小满", person=first)
    Person.objects.create(name="小林")
    Person.objects.create(name="林中路", merged_into=Person.objects.create(name="林路"))

    def ask(typed):
        return script.client.get(f"{script.home}people/", {"q": typed}, **JSON).json()

    assert [(p["name"], p["note"]) for p in ask("林小")] == [("林小满", ""), ("林小满", "城北站")]
    assert [p["articles"] for p in ask("林小")] == [1, 0]
    assert [p["name"] for p in ask("林")] == ["林小满", "林小满", "林路", "小林"]
    assert ask("") == ask(" ") == ask("没有此人") == ask("%") == []
    for number in range(12):
        Person.objects.create(name=f"同名{number}")
    assert len(ask("同名")) == 10


# From desk to desk.


def test_the_queue_is_that_of_the_filters(script, page, third_page):
    made_doubt(page, None)
    Page.objects.filter(pk=page.pk).update(doubt_weight=9)
    queue = script.look()["queue"]
    assert queue["previous"] is None and queue["left"] == 2
    assert queue["next"] == {"url": f"/admin/articles/page/{third_page.pk}/desk/", "title": str(third_page)}
    queue = script.look("?kind=cut&mine=&evil=1")["queue"]
    assert (queue["query"], queue["next"]) == ("kind=cut", None)
    state = script.send("set_name", {"name": "民生"}, query="?kind=none").json()["state"]
    assert state["page"]["plain_url"].endswith("?kind=none")
    assert state["queue"]["next"]["url"] == f"/admin/articles/page/{third_page.pk}/desk/?kind=none"


def test_the_state_costs_the_same_queries_however_much_there_is(client, editor):
    client.force_login(editor)
    counts = []
    for number, size in ((1, 20), (2, 200)):
        passages = [(i // 5, "headline" if i % 5 == 0 else "body", f"第{i}段。") for i in range(size)]
        page = lay_page(make_issue(date="2024-05-06"), passages, number=str(number))
        entry = corrections.set_name(page=page, name="甲", user=editor)
        for _ in range(size // 4):  # done and undone and done again
            entry = corrections.undo(entry=entry, user=editor)
        for i in range(size // 10):
            Doubt.objects.create(page=page, start=i, end=i + 1, code="cut", text="断开")
        script = Script(client, page)
        script.look()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            script.look()
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 26
