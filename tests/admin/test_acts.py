"""Every act through its form: done, refused without permission, refused when stale, refused with words."""

import json
import re
from types import FunctionType

import pytest
from django.urls import reverse

from articles import corrections
from articles.admin.acts import ACTS
from articles.models import Block, Category, Column, Correction, Doubt, Newspaper, Page, Person
from tests.admin.conftest import make_staff
from tests.desk import article_of, block_at, check_whole, read_page

SHELF, LOQUAT, PHOTO = "老槐树", "南塘村", "图为"


def made_doubt(page, third, **fields):
    return Doubt.objects.create(page=page, start=1, end=2, code="cut", text="断开", **fields)


def edited(page, third, user=None):
    return corrections.set_number(page=page, number="A09", user=user)


# name: what is sent, of the page and the one after it.
SENT = {
    "edit_text": lambda p, t: {"block": block_at(p, "谁来得早"), "text": "谁来得早谁开锁。"},
    "set_role": lambda p, t: {"block": block_at(p, "钥匙挂在"), "role": "body"},
    "set_roles": lambda p, t: {
        "blocks": block_at(p, "钥匙挂在"),
        "role": "body",
        f"role_{block_at(p, '周禾 摄').pk}": "caption",
    },
    "split_block": lambda p, t: {
        "block": block_at(p, "谁来得早"),
        "text": "谁来得早谁开门，|钥匙就挂在老槐树的铁钩上。",
    },
    "split_article": lambda p, t: {"at": block_at(p, "钥匙挂在"), "as_headline": "on"},
    "fold_block": lambda p, t: {"block": block_at(p, "讲文明"), "repeats": block_at(p, "谁来得早")},
    "unfold_block": lambda p, t: {"block": folded(p), "to": article_of(p, SHELF)},
    "join_block": lambda p, t: {"block": block_at(p, "谁来得早")},
    "unjoin_block": lambda p, t: {"block": block_at(p, "屋，三百册")},
    "take_new_split": lambda p, t: {"changes": json.dumps([as_caption(p)])},
    "move_blocks": lambda p, t: {"blocks": block_at(p, "图为果农"), "to": article_of(p, LOQUAT)},
    "set_aside": lambda p, t: {"blocks": block_at(p, "街巷新事"), "reason": "label", "note": "另版"},
    "reorder_blocks": lambda p, t: reversed_order(article_of(p, LOQUAT)),
    "merge_articles": lambda p, t: {"first": article_of(p, LOQUAT), "second": article_of(p, PHOTO)},
    "link_jump": lambda p, t: {"head": article_of(p, SHELF), "continuation": article_of(t, "书屋的账本")},
    "link_jump_to_page": lambda p, t: {"article": article_of(p, SHELF), "on_page": "5"},
    "unlink_jump": lambda p, t: {"article": linked(p, t), "page": t},
    "supply_headline": lambda p, t: {"article": article_of(p, PHOTO), "text": "果农忙"},
    "set_kind": lambda p, t: {"article": article_of(p, SHELF), "kind": "feature"},
    "set_category": lambda p, t: {
        "article": article_of(p, SHELF),
        "category": Category.objects.create(name="甲", slug="j"),
    },
    "set_column": lambda p, t: {
        "article": article_of(p, SHELF),
        "column": Column.objects.create(newspaper=p.newspaper, name="新栏"),
    },
    "set_keywords": lambda p, t: {"article": article_of(p, SHELF), "keywords": "书屋、邻里 书屋"},
    "set_credits": lambda p, t: {
        "article": article_of(p, SHELF),
        "rows": 2,
        **{"name_0": "林小满", "role_0": "trainee", "unit_0": "", "name_1": "", "role_1": "reporter", "unit_1": ""},
    },
    "set_corrects": lambda p, t: {
        "article": article_of(p, LOQUAT),
        "corrects": f"/articles/{article_of(p, SHELF).pk}/",
    },
    "withdraw_article": lambda p, t: {"article": article_of(p, SHELF), "reason": "作者要求"},
    "bring_back_article": lambda p, t: {"article": withdrawn(p)},
    "hide_text": lambda p, t: {"block": block_at(p, "谁来得早"), "words": "老槐树", "everywhere": "on"},
    "show_text": lambda p, t: covered(p),
    "set_date": lambda p, t: {"date": "2024-05-09", "edition": 1},
    "set_number": lambda p, t: {"number": "A07"},
    "set_name": lambda p, t: {"name": "民生"},
    "set_newspaper": lambda p, t: {"newspaper": Newspaper.objects.create(name="另报", slug="ling")},
    "assign_page": lambda p, t: {"to": None},
    "mark_unfixable": lambda p, t: {"reason": "缺角"},
    "claim_page": lambda p, t: {},
    "release_page": lambda p, t: {},
    "send_to_review": lambda p, t: {},
    "sign_off": lambda p, t: {},
    "reopen": lambda p, t: {},
    "accept_doubt": lambda p, t: {"doubt": made_doubt(p, t)},
    "dismiss_doubt": lambda p, t: {"doubt": made_doubt(p, t)},
    "restore_page": lambda p, t: {"entry": retold(p)},
    "restore_article": lambda p, t: {"entry": retold(p), "article": article_of(p, SHELF)},
    "undo": lambda p, t: {"entry": edited(p, t)},
}


def as_caption(page):
    """What a newer split might propose of a paragraph."""
    words, article = "谁来得早谁开门，钥匙就挂在老槐树的铁钩上。", article_of(page, SHELF)
    start = page.source_text.index(words)
    was = {"place": ["article", article.pk, ""], "role": "body", "after": None}
    return {"span": [start, start + len(words)], "was": was, "role": "caption"}


def retold(page):
    """The first of two corrections of a passage."""
    first, _ = (corrections.edit_text(block=block_at(page, "谁来得早"), text=text, user=None) for text in "甲乙")
    return first


def covered(page):
    """A passage with words that readers do not get, and where they stand in it."""
    block, words = block_at(page, "谁来得早"), "老槐树"
    corrections.hide_text(block=block, words=words, user=None)
    return {"block": block, "words": "谁来得早谁开门，钥匙就挂在老槐树的铁钩上。".index(words)}


def folded(page):
    block = block_at(page, "讲文明")
    corrections.fold_block(block=block, duplicate_of=(0, 4), user=None)
    return block


def linked(page, third):
    head = article_of(page, SHELF)
    corrections.link_jump(head=head, continuation=article_of(third, "书屋的账本"), user=None)
    return head


def withdrawn(page):
    article = article_of(page, SHELF)
    corrections.withdraw_article(article=article, reason="核实", user=None)
    return article


def reversed_order(article):
    blocks = article.blocks.in_reading_order()
    return {"article": article, **{f"place_{b.pk}": 9 - i for i, b in enumerate(blocks)}}


def sent(name, page, third, editor):
    data = SENT[name](page, third)
    if name == "assign_page":
        data["to"] = editor
    if name == "release_page":
        corrections.claim_page(page=page, user=editor)
    if name == "reopen":
        corrections.sign_off(page=page, user=None)
    return data


def test_every_act_on_a_page_its_passages_and_articles_has_a_form():
    names = ("articles", "passages", "pages", "jumps", "undoing", "new_split", "restoring", "privacy")
    modules = {f"articles.corrections.{name}" for name in names}
    found = {name: getattr(corrections, name) for name in corrections.__all__}
    acts = {name for name, act in found.items() if act.__class__ is FunctionType and act.__module__ in modules}
    assert set(ACTS) == acts == set(SENT)


@pytest.mark.parametrize("name", SENT)
def test_an_act_is_done_through_its_form_and_undone(desk, editor, page, third_page, name):
    data = sent(name, page, third_page, editor)
    before = Correction.objects.count()
    response = desk.act(page, name, **data)
    assert response.status_code == 302, response.content.decode()[:3000]
    assert Correction.objects.count() == before + 1
    entry = Correction.objects.latest("pk")
    assert (entry.action, entry.user) == (name, editor)
    check_whole([page, third_page])
    html = desk.look(page)
    assert corrections.action_name(name) in html and "wang" in html
    journal = html.split('id="journal-title"')[1].split("</ol>")[0].replace("wang", "")
    assert not re.search(r"None|文章\d|[a-z]{3}", re.sub(r"<[^>]+>", "", journal)), "the journal speaks in words"
    assert desk.act(page, "undo", entry=entry).status_code == 302
    assert Correction.objects.latest("pk").undoes == entry


@pytest.mark.parametrize("name", SENT)
def test_an_act_is_refused_with_words_to_who_may_only_look(client, onlooker, desk, editor, page, third_page, name):
    data = sent(name, page, third_page, editor)
    before = Correction.objects.count()
    client.force_login(onlooker)
    response = desk.act(page, name, **data)
    assert response.status_code == 403 and "权限" in response.content.decode()
    assert Correction.objects.count() == before


@pytest.mark.parametrize("name", SENT)
def test_a_stale_act_is_refused_and_keeps_what_was_typed(desk, editor, page, third_page, name):
    data = sent(name, page, third_page, editor)
    seen = desk.seen(page)
    corrections.set_name(page=page, name="插进来的版名", user=editor)
    before = Correction.objects.count()
    response = desk.act(page, name, seen, **data)
    html = response.content.decode()
    assert response.status_code == 409 and Correction.objects.count() == before
    assert "其间的改动" in html and "插进来的版名" in html
    assert f"{page.pk}:{Page.objects.get(pk=page.pk).version} " in html, "the form is ready for the page as it is now"
    again = desk.act(page, name, **data)
    assert again.status_code == 302


REFUSED = {
    "edit_text": lambda p: ({"block": block_at(p, "谁来得早"), "text": " "}, "请写出这段文字"),
    "split_article": lambda p: ({"at": block_at(p, "街巷新事")}, "文章中间的一段"),
    "split_block": lambda p: ({"block": block_at(p, "谁来得早"), "text": "谁来|得晚"}, "请不要改动文字"),
    "join_block": lambda p: ({"block": block_at(p, "讲文明")}, "没有可接的上段"),
    "fold_block": lambda p: ({"block": (b := block_at(p, "讲文明")), "repeats": b}, "另一段文字"),
    "move_blocks": lambda p: ({"to": article_of(p, SHELF)}, "请先勾选段落"),
    "merge_articles": lambda p: ({"first": article_of(p, SHELF), "second": article_of(p, SHELF)}, "两篇不同的文章"),
    "supply_headline": lambda p: ({"article": article_of(p, SHELF), "text": "我拟的标题"}, "印有标题"),
    "withdraw_article": lambda p: ({"article": article_of(p, SHELF), "reason": ""}, "请写明撤下的原因"),
    "set_corrects": lambda p: ({"article": (a := article_of(p, SHELF)), "corrects": a.pk}, "不能更正它自己"),
    "set_number": lambda p: ({"number": "第几版呢"}, "不是版次"),
    "set_date": lambda p: ({"date": "2024-02-31", "edition": 1}, "没有这一天"),
    "mark_unfixable": lambda p: ({"reason": " "}, "请写明为什么"),
    "unlink_jump": lambda p: ({"article": article_of(p, SHELF), "page": p}, "刚被别人改动"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_act_that_cannot_be_done_says_why_and_keeps_the_form(desk, page, third_page, name):
    data, words = REFUSED[name](page)
    response = desk.act(page, name, **data)
    html = response.content.decode()
    assert response.status_code in (400, 409) and words in html
    assert f'data-act="{name}"' in html
    assert not Correction.objects.exists()


def test_typed_text_survives_a_refusal_beside_the_text_as_it_is_now(desk, editor, page):
    block, seen = block_at(page, "谁来得早"), desk.seen(page)
    corrections.edit_text(block=block, text="谁先到谁开门。", user=editor)
    html = desk.act(page, "edit_text", seen, block=block, text="我写的<i>一段</i>话").content.decode()
    assert "我写的&lt;i&gt;一段&lt;/i&gt;话</textarea>" in html and "谁先到谁开门" in html
    assert "<ins>" in html and "<i>一段" not in html


def test_a_passage_that_is_gone_does_not_lose_what_was_typed(desk, editor, page):
    block = block_at(page, "谁来得早")
    entry = corrections.split_block(block=block, offset=page.source_text.index("钥匙就挂在"), user=editor)
    tail, seen = block_at(page, "钥匙就挂在"), desk.seen(page)
    corrections.undo(entry=entry, user=editor)
    response = desk.act(page, "edit_text", seen, block=tail, text="写了很久的话")
    assert response.status_code == 409 and "写了很久的话" in response.content.decode()


def test_a_button_sends_all_of_its_fields_in_one_value(desk, page):
    first, second = article_of(page, LOQUAT), article_of(page, PHOTO)
    assert desk.act(page, "merge_articles", given=f"first={first.pk}&second={second.pk}").status_code == 302
    assert [headline for headline, _ in read_page(page)] == ["老槐树下开起共享书屋", "南塘村头茬枇杷上市"]


@pytest.mark.parametrize(("text", "cut"), [("谁来得早|谁开门，钥匙就挂在老槐树的铁钩上。", "谁开门"), ("", "钥匙就挂")])
def test_a_passage_is_cut_at_a_caret_or_after_a_sentence(desk, page, text, cut):
    block = block_at(page, "谁来得早")
    offset = "" if text else page.source_text.index("钥匙就挂")
    assert desk.act(page, "split_block", block=block, text=text, offset=offset).status_code == 302
    assert block_at(page, cut).article_id == block.article_id


def test_an_act_on_a_page_signed_off_reopens_it_and_says_so(desk, editor, page):
    corrections.sign_off(page=page, user=editor)
    response = desk.act(page, "set_role", block=block_at(page, "钥匙挂在"), role="body")
    assert "重新打开" in desk.client.get(response.url.partition("#")[0]).content.decode()
    page.refresh_from_db()
    assert page.state == Page.State.PENDING


def test_a_mender_cannot_bring_a_sign_off_back_by_undoing_its_undo(client, desk, django_user_model, editor, page):
    entry = corrections.sign_off(page=page, user=editor)
    back = corrections.undo(entry=entry, user=editor)
    client.force_login(make_staff(django_user_model, "zhao", "view_page", "mend_page"))
    assert desk.act(page, "undo", entry=back).status_code == 403
    redone = corrections.undo(entry=back, user=editor)
    assert desk.act(page, "undo", entry=redone).status_code == 403


def test_an_undo_that_later_acts_block_names_them(desk, editor, page):
    block = block_at(page, "谁来得早")
    first = corrections.edit_text(block=block, text="甲。", user=editor)
    corrections.edit_text(block=block, text="乙。", user=editor)
    response = desk.act(page, "undo", entry=first)
    assert response.status_code == 409 and "请先撤销它们" in response.content.decode()


def test_accepting_a_doubt_does_what_it_proposes(desk, page, third_page):
    head, rest = article_of(page, SHELF), article_of(third_page, "书屋的账本")
    proposal = {"act": "link_jump", "head": head.pk, "continuation": rest.pk}
    doubt = made_doubt(page, third_page, proposal=proposal)
    assert f"采纳：《{head.title}》下接第3版《{rest.title}》" in desk.look(page)
    assert desk.act(page, "accept_doubt", doubt=doubt).status_code == 302
    rest.refresh_from_db()
    doubt.refresh_from_db()
    assert rest.merged_into == head and doubt.state == Doubt.State.ACCEPTED


def test_a_proposal_that_has_become_senseless_is_refused_and_the_doubt_stays(desk, page):
    doubt = made_doubt(page, None, proposal={"act": "link_jump", "head": 10**6, "continuation": 10**6})
    response = desk.act(page, "accept_doubt", doubt=doubt)
    doubt.refresh_from_db()
    assert response.status_code == 409 and doubt.state == Doubt.State.OPEN


@pytest.mark.parametrize("name", ["no_such_act", "action_name", "StalePage"])
def test_there_is_no_act_but_those_registered(desk, page, name):
    assert desk.client.post(f"/admin/articles/page/{page.pk}/act/{name}/").status_code == 404


def test_who_comes_back_to_an_act_after_signing_in_is_led_to_the_page_and_told(desk, page):
    back = desk.client.get(reverse("admin:articles_page_act", args=[page.pk, "set_role"]), follow=True)
    assert back.redirect_chain == [(reverse("admin:articles_page_change", args=[page.pk]), 302)]
    assert "登录已过期" in back.content.decode()


@pytest.mark.parametrize("next_address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_an_act_leads_back_into_the_site_only(desk, page, next_address):
    address = reverse("admin:articles_page_act", args=[page.pk, "set_name"])
    response = desk.client.post(f"{address}?next={next_address}", {"name": "民生"})
    assert response.url == reverse("admin:articles_page_change", args=[page.pk])


@pytest.mark.parametrize("junk", ["", "x", "1:", "99999999999999999999:1", "1:99999999999999999999"])
def test_versions_that_make_no_sense_are_no_error_of_the_server(desk, page, junk):
    response = desk.act(page, "set_name", {"_versions": junk, "_seen": junk}, name="民生")
    assert response.status_code in (302, 409)


def test_values_that_make_no_sense_are_refused(desk, page):
    for data in ({"block": "9" * 30}, {"block": "x"}, {}, {"given": "%ff=&&="}):
        assert desk.act(page, "set_role", role="body", **data).status_code == 400
    assert Block.objects.filter(page=page).count() == 12


def test_a_form_of_roles_that_was_refused_can_be_sent_again(desk, editor, page):
    block, seen = block_at(page, "图为果农"), desk.seen(page)
    corrections.set_name(page=page, name="民生", user=editor)
    html = desk.act(page, "set_roles", seen, **{f"role_{block.pk}": "body"}).content.decode()
    field = html.split(f'name="role_{block.pk}"')[1].split("</select>")[0]
    assert 'value="body" selected' in field and "form=" not in field.split(">")[0]
    assert html.count('name="role_') == 1, "only what was chosen"


def test_namesakes_are_asked_for_and_a_new_one_can_be_made(desk, page):
    article = article_of(page, SHELF)
    Person.objects.create(name="林小满")
    other = Person.objects.create(name="林小满", note="城北站")
    data = {"article": article, "rows": 1, "name_0": "林小满", "role_0": "reporter", "unit_0": ""}
    refused = desk.act(page, "set_credits", **data)
    assert refused.status_code == 400 and "请选择是哪一位" in refused.content.decode()
    assert "林小满（城北站）" in refused.content.decode()
    assert desk.act(page, "set_credits", **data, person_0=other.pk).status_code == 302
    assert article.credits.get().person == other
    assert desk.act(page, "set_credits", **data, person_0=corrections.NEW_PERSON).status_code == 302
    assert Person.objects.filter(name="林小满").count() == 3


def test_articles_of_two_pages_are_merged_from_the_screen(desk, page, third_page):
    first, second = article_of(page, SHELF), article_of(third_page, "城东新桥昨日")
    assert desk.act(page, "merge_articles", first=first, second=second).status_code == 302
    assert article_of(third_page, "城东新桥昨日") == first
    check_whole([page, third_page])
