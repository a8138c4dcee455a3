"""The history of a page on screen: who did what, two states side by side, and the way back; the summary of the desk."""

import re

from django.urls import reverse

from articles import corrections
from articles.corrections.page_history import read_history
from articles.models import Block, Correction, Doubt
from tests.desk import article_of, block_at

SHELF, LOQUAT, PHOTO = "老槐树", "南塘村", "图为"


def look(client, name, page, **query):
    response = client.get(reverse(f"admin:articles_page_{name}", args=[page.pk]), query)
    assert response.status_code == 200
    return response.content.decode()


def edit_twice(page, editor):
    words = ("谁来得早谁开锁。", "谁来得早谁锁门。")
    return [corrections.edit_text(block=block_at(page, "谁来得早"), text=text, user=editor) for text in words]


def test_entries_stand_in_words_and_those_undone_are_struck(desk, editor, page):
    first, second = edit_twice(page, editor)
    corrections.undo(entry=second, user=editor)
    corrections.claim_page(page=page, user=editor)
    html = look(desk.client, "history", page)
    assert html.count('name="from"') == html.count('name="to"') == 4, "claiming makes no other split"
    row = re.search(rf'<tr[^>]*>(?:(?!</tr>).)*name="from" value="{second.pk}".*?</tr>', html, re.S)[0]
    assert 'class="undone"' in row and "（已撤销）" in row and "wang" in row
    assert 'class="undone"' not in re.search(rf'<tr[^>]*>(?:(?!</tr>).)*value="{first.pk}".*?</tr>', html, re.S)[0]
    assert "领取版面" in html and "程序最初的拆分" in html


def test_any_two_states_are_compared_by_block_and_character(desk, editor, page):
    first, second = edit_twice(page, editor)
    moved = corrections.move_blocks(blocks=[block_at(page, "图为果农")], to=article_of(page, LOQUAT), user=editor)
    html = look(desk.client, "history", page)
    assert "第3稿 → 第4稿" in html and "移入" in html and f'#b{block_at(page, "图为果农").pk}"' in html
    html = look(desk.client, "history", page, **{"from": first.pk, "to": second.pk})
    assert (
        "第2稿 → 第3稿" in html
        and "<del>开</del>锁<ins>门</ins>" in html
        and "移入" not in html.split('id="difference"')[1]
    )
    assert "两稿相同" in look(desk.client, "history", page, **{"from": moved.pk, "to": moved.pk})
    look(desk.client, "history", page, **{"from": "x", "to": "9" * 30, "restore": "7x"})


def test_a_state_is_brought_back_after_it_was_looked_at_and_that_is_undone_as_any_act(desk, editor, page):
    first, _ = edit_twice(page, editor)
    html = look(desk.client, "history", page, restore=first.pk)
    assert ("恢复到第2稿" in html and "<del>锁门</del><ins>开锁</ins>" in html) or "<ins>开</ins>" in html
    assert f'name="entry" value="{first.pk}"' in html
    response = desk.act(page, "restore_page", entry=first.pk)
    assert response.status_code == 302 and block_at(page, "谁来得早").corrected_text == "谁来得早谁开锁。"
    entry = Correction.objects.first()
    assert (entry.action, entry.user) == ("restore_page", editor)
    assert "恢复到“改正文字”" in look(desk.client, "history", page)
    assert desk.act(page, "restore_page", entry=0).status_code == 302
    assert block_at(page, "谁来得早").corrected_text is None
    desk.act(page, "undo", entry=Correction.objects.first())
    assert block_at(page, "谁来得早").corrected_text == "谁来得早谁开锁。"
    assert "没有这一稿" in desk.act(page, "restore_page", entry=10**9).content.decode()


def test_a_state_that_cannot_come_back_says_so_before_it_is_asked_for(desk, editor, page, third_page):
    head, rest = article_of(page, SHELF), article_of(third_page, "书屋的账本")
    linked = corrections.link_jump(head=head, continuation=rest, user=editor)
    corrections.unlink_jump(article=head, page=third_page, user=editor)
    part = block_at(third_page, "书屋的账本")
    corrections.set_aside(blocks=[part], user=editor)
    html = look(desk.client, "history", page, restore=linked.pk)
    assert "不能恢复" in html and "搁置" in html.split('role="alert"')[1] and 'name="entry"' not in html
    assert desk.act(page, "restore_page", entry=linked.pk).status_code == 409
    assert not Block.objects.get(pk=part.pk).article_id


def test_who_may_only_look_compares_and_restores_nothing(client, onlooker, editor, page):
    first, _ = edit_twice(page, editor)
    client.force_login(onlooker)
    html = look(client, "history", page, restore=first.pk)
    assert "恢复到此" not in html and 'name="entry"' not in html
    address = reverse("admin:articles_page_act", args=[page.pk, "restore_page"])
    assert client.post(address, {"entry": first.pk}).status_code == 403


def test_an_article_is_brought_back_alone_while_its_passages_are_its_own(desk, editor, page):
    first, _ = edit_twice(page, editor)
    article = article_of(page, SHELF)
    corrections.set_kind(article=article, kind="feature", user=editor)
    address = reverse("admin:articles_article_change", args=[article.pk])
    html = desk.client.get(address, {"restore": 2}).content.decode()
    assert f'name="entry" value="{first.pk}"' in html
    assert desk.act(page, "restore_article", article=article, entry=first.pk).status_code == 302
    article.refresh_from_db()
    assert "谁开锁" in article.body and article.kind == "news"
    corrections.set_aside(blocks=[block_at(page, "街巷新事")], user=editor)
    html = desk.client.get(address, {"restore": 2}).content.decode()
    assert "只恢复这一篇做不到" in html and reverse("admin:articles_page_history", args=[page.pk]) in html
    assert desk.act(page, "restore_article", article=article, entry=first.pk).status_code == 409


def test_the_summary_tells_the_split_the_doubts_and_what_signing_does_without_ids(desk, editor, page):
    assert "没有改动" in look(desk.client, "desk_summary", page)
    edit_twice(page, editor)
    Doubt.objects.create(page=page, code="cut", text="还没看的疑问", start=1, end=2)
    page.newspaper.needs_second_person = True
    page.newspaper.save()
    html = look(desk.client, "desk_summary", page)
    assert ("改正文字 2 次" in html and "<ins>锁门</ins>" in html) or "<ins>" in html
    assert "还没看的疑问" in html and "第二人签发" in html
    assert not re.search(r"\sid=|<script|\sstyle=|<html|<form", html)
    assert html.count(f'#b{block_at(page, "谁来得早").pk}"') == 1, "the two corrections are one difference"


def test_a_history_costs_the_same_queries_however_long(desk, editor, page, django_assert_max_num_queries):
    for i in range(12):
        corrections.edit_text(block=block_at(page, "谁来得早"), text=f"第{i}稿。", user=editor)
    with django_assert_max_num_queries(14):
        history = read_history(page)
    assert len(history.entries) == 12
