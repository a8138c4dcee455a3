"""The screen of a page: passages beside articles, doubts where they belong, the journal, sign-off after a summary."""

import re

import pytest
from django.urls import reverse

from articles import corrections
from articles.models import Doubt, Page
from tests.admin.conftest import make_staff
from tests.desk import article_of, block_at, lay_page
from tests.factories import make_issue

SHELF, LOQUAT = "老槐树", "南塘村"


def summary(client, page):
    return client.get(reverse("admin:articles_page_sign_off", args=[page.pk])).content.decode()


def test_source_and_articles_stand_side_by_side(desk, page):
    html = desk.look(page)
    assert html.count('class="passage role-') == 12 and html.count('<section class="story') == 3
    assert "通栏标语" in html and "接上段" in html


def test_forms_are_shown_of_the_passage_and_the_article_that_are_opened(desk, page):
    assert 'data-act="edit_text"' not in desk.look(page)
    html = desk.look(page, passage=block_at(page, "谁来得早").pk)
    for act in ("edit_text", "set_role", "split_block", "split_article", "fold_block"):
        assert html.count(f'data-act="{act}"') == 1
    html = desk.look(page, article=article_of(page, SHELF).pk)
    for act in ("reorder_blocks", "link_jump_to_page", "set_kind", "set_credits", "withdraw_article", "set_corrects"):
        assert html.count(f'data-act="{act}"') == 1
    assert html.count('data-act="merge_articles"') == 2
    desk.look(page, passage="x", article="9" * 30)


def test_ids_of_the_screen_are_unique(desk, page, third_page):
    Doubt.objects.create(page=page, code="cut", text="断开", start=1, end=2)
    html = desk.look(page, passage=block_at(page, "谁来得早").pk, article=article_of(page, SHELF).pk)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_nothing_is_inline_that_a_strict_policy_forbids(desk, page):
    html = desk.look(page, passage=block_at(page, "谁来得早").pk, article=article_of(page, SHELF).pk)
    main = html[html.index('id="desk-page"') :]
    assert not re.search(r"<style|<script(?! src)|\son\w+=|\sstyle=|javascript:", main.split('id="footer"')[0])


def test_who_may_only_look_gets_no_button(client, onlooker, page):
    client.force_login(onlooker)
    html = client.get(reverse("admin:articles_page_change", args=[page.pk])).content.decode()
    main = html[html.index('id="desk-page"') :]
    assert "谁来得早" in main and "<button" not in main and "data-act" not in main


@pytest.mark.parametrize("permissions", [(), ("view_article",)])
def test_who_may_not_see_pages_is_refused(client, django_user_model, page, permissions):
    client.force_login(make_staff(django_user_model, "x", *permissions))
    assert client.get(reverse("admin:articles_page_change", args=[page.pk])).status_code == 403
    assert client.post(reverse("admin:articles_page_act", args=[page.pk, "set_name"])).status_code == 403


def test_doubts_stand_beside_what_they_speak_of(desk, page):
    block, article = block_at(page, "谁来得早"), article_of(page, LOQUAT)
    start = page.source_text.index("谁来得早")
    on_passage = Doubt.objects.create(page=page, code="cut", text="甲疑问", start=start, end=start + 5)
    on_article = Doubt.objects.create(page=page, code="jump_unanswered", text="乙疑问", article=article)
    on_page = Doubt.objects.create(page=page, code="number_unknown", text="丙疑问", origin="reader")
    Doubt.objects.create(page=page, code="cut", text="丁疑问", state="dismissed")
    html = desk.look(page)
    place = {doubt: html.index(f'id="d{doubt.pk}"') for doubt in (on_passage, on_article, on_page)}
    assert place[on_page] < html.index('class="passages"')
    assert html.index(f'id="b{block.pk}"') < place[on_passage] < html.index("南塘村的头茬")
    assert html.index(f'id="a{article.pk}"') < place[on_article]
    assert "丁疑问" not in html


def test_a_doubt_is_settled_in_one_press(desk, page):
    doubt = Doubt.objects.create(page=page, code="cut", text="一处可疑")
    html = desk.look(page)
    assert f'value="doubt={doubt.pk}">忽略' in html
    assert desk.act(page, "dismiss_doubt", given=f"doubt={doubt.pk}").status_code == 302
    assert f'id="d{doubt.pk}"' not in desk.look(page)


def test_the_journal_tells_in_words_and_undoes(desk, editor, page):
    entry = corrections.edit_text(block=block_at(page, "谁来得早"), text="谁先到谁开门。", user=editor)
    html = desk.look(page).split('id="journal-title"')[1]
    assert "wang" in html and "→ “谁先到谁开门。”" in html and f'value="entry={entry.pk}"' in html
    back = corrections.undo(entry=entry, user=editor)
    html = desk.look(page).split('id="journal-title"')[1]
    assert f'value="entry={entry.pk}"' not in html and f'value="entry={back.pk}">重做' in html


def test_sign_off_is_asked_for_after_a_summary_of_what_changed(desk, editor, page):
    assert "没有改动" in summary(desk.client, page)
    corrections.edit_text(
        block=block_at(page, "谁来得早"), text="谁来得早谁开锁，钥匙就挂在老槐树的铁钩上。", user=editor
    )
    corrections.split_article(article=article_of(page, SHELF), at=block_at(page, "钥匙挂在"), user=editor)
    undone = corrections.set_role(block=block_at(page, "钥匙挂在"), role="headline", user=editor)
    corrections.undo(entry=undone, user=editor)
    Doubt.objects.create(page=page, code="cut", text="还没看的疑问")
    html = summary(desk.client, page)
    assert "<del>门</del><ins>锁</ins>" in html and "拆分文章 1 次" in html and "改正文字 1 次" in html
    assert "改角色" not in html, "what was undone is no change"
    assert "还有 1 处疑问未处理" in html and "还没看的疑问" in html
    response = desk.act(page, "sign_off")
    assert "已签发" in desk.client.get(response.url).content.decode()
    page.refresh_from_db()
    assert page.state == Page.State.REVIEWED


def test_a_second_person_signs_off_where_the_newspaper_asks(client, desk, django_user_model, page):
    page.newspaper.needs_second_person = True
    page.newspaper.save()
    assert "校毕，送审" in summary(client, page)
    assert "待第二人签发" in client.get(desk.act(page, "sign_off").url).content.decode()
    assert "须由另一位同事签发" in summary(client, page)
    assert "第二人签发" in desk.act(page, "sign_off").content.decode()
    client.force_login(make_staff(django_user_model, "li", "view_page", "sign_off_page"))
    assert "由您签发" in summary(client, page)
    assert desk.act(page, "sign_off").status_code == 302
    page.refresh_from_db()
    assert page.state == Page.State.REVIEWED


def test_hostile_text_is_escaped_wherever_it_is_shown(desk, editor):
    page = lay_page(
        make_issue(),
        [
            (0, "headline", "<script>a()</script>"),
            (0, "body", "<img src=x onerror=a()>甲。"),
            ("banner", "body", "<u>横</u>"),
        ],
        number="1",
    )
    block = block_at(page, "<img")
    Doubt.objects.create(page=page, code="cut", text="<em>疑</em>", start=0, end=3)
    corrections.set_aside(blocks=[block_at(page, "<u>")], note="<s>注</s>", user=editor)
    corrections.edit_text(block=block, text="<b>改</b>", user=editor)
    corrections.mark_unfixable(page=page, reason="<q>缺</q>", user=editor)
    article = article_of(page, "<script>")
    for html in (desk.look(page, passage=block.pk, article=article.pk), summary(desk.client, page)):
        assert not re.search(r"<script>a|<img src=x|<u>|<em>疑|<s>注|<b>改|<q>", html)
        assert "&lt;" in html


def test_ticks_and_roles_chosen_stay_while_panels_open_and_other_acts_are_done(desk, page):
    ticked, other, chosen = block_at(page, "周禾 摄"), block_at(page, "谁来得早"), block_at(page, "钥匙挂在")
    kept = {**desk.seen(page), "blocks": ticked.pk, f"role_{chosen.pk}": "body"}
    address = reverse("admin:articles_page_open", args=[page.pk])
    response = desk.client.post(address, {**kept, "given": f"passage={other.pk}"})
    assert response.url.endswith(f"?passage={other.pk}#b{other.pk}")
    for sends in (lambda: response, lambda: desk.act(page, "join_block", kept, given=f"block={other.pk}")):
        html = desk.client.get(sends().url.partition("#")[0]).content.decode()
        assert re.search(rf'name="blocks" value="{ticked.pk}" form="moving" checked', html)
        assert html.count(" checked") == 1
        own = html.split(f'name="role_{chosen.pk}"')[1].split("</select>")[0]
        assert 'value="body" selected' in own
    shut = desk.client.post(address, {**kept, "given": f"passage={other.pk}&shut=on"})
    assert shut.url.endswith(f"/change/#b{other.pk}")


def test_ticks_are_gone_once_their_act_is_done(desk, page):
    block = block_at(page, "图为果农")
    html = desk.client.get(desk.act(page, "move_blocks", blocks=block, to=article_of(page, LOQUAT)).url).content
    assert b" checked" not in html


def test_many_roles_are_changed_by_one_press_and_a_role_of_its_own_comes_before_that_of_the_ticked(desk, page):
    first, second = block_at(page, "图为果农"), block_at(page, "周禾 摄")
    data = {"blocks": [first.pk, second.pk], "role": "subheading", f"role_{second.pk}": "furniture"}
    assert desk.act(page, "set_roles", **data).status_code == 302
    assert (block_at(page, "图为果农").role, block_at(page, "周禾 摄").role) == ("subheading", "furniture")
    refused = desk.act(page, "set_roles", blocks=first)
    assert refused.status_code == 400 and "请选定角色" in refused.content.decode()
    assert "请先改选段落的角色" in desk.act(page, "set_roles").content.decode()


def test_what_was_done_is_said_at_the_thing_with_its_undo(desk, page):
    block = block_at(page, "钥匙挂在")
    response = desk.act(page, "set_role", block=block, role="body")
    html = desk.client.get(response.url).content.decode()
    told = html.split(f'id="b{block.pk}"')[1].split("</li>")[0]
    assert 'role="status"' in told and "“钥匙挂在树上” → 正文" in told and "撤销" in told
    assert 'role="status"' not in desk.look(page), "once"


def test_the_next_open_doubt_follows_one_that_was_settled(desk, page):
    block = block_at(page, "谁来得早")
    first = Doubt.objects.create(page=page, code="cut", text="甲", start=block.start, end=block.start + 2)
    second = Doubt.objects.create(page=page, code="cut", text="乙", start=block.start + 3, end=block.start + 5)
    assert desk.act(page, "dismiss_doubt", doubt=first).url.endswith(f"#d{second.pk}")
    assert desk.act(page, "accept_doubt", doubt=second).url.endswith(f"#b{block.pk}")


def test_a_merge_leads_to_what_survives_and_an_undo_to_what_it_was_about(desk, page):
    first, second = article_of(page, "图为果农"), article_of(page, LOQUAT)
    merged = desk.act(page, "merge_articles", first=first, second=second)
    assert merged.url.endswith(f"#a{second.pk}")
    block = block_at(page, "钥匙挂在")
    entry = corrections.set_role(block=block, role="body", user=None)
    assert desk.act(page, "undo", entry=entry).url.endswith(f"#b{block.pk}")


def test_undo_is_offered_where_it_can_be_done_by_who_may(client, desk, django_user_model, editor, page):
    block = block_at(page, "谁来得早")
    first = corrections.edit_text(block=block, text="甲。", user=editor)
    last = corrections.edit_text(block=block, text="乙。", user=editor)
    withdrawn = corrections.withdraw_article(article=article_of(page, LOQUAT), reason="误", user=editor)
    html = desk.look(page)
    assert f'value="entry={first.pk}"' not in html and "先撤销那些才能撤销" in html
    assert f'value="entry={last.pk}"' in html and f'value="entry={withdrawn.pk}"' in html
    client.force_login(make_staff(django_user_model, "zhao", "view_page", "mend_page"))
    html = desk.look(page)
    assert f'value="entry={last.pk}"' in html and f'value="entry={withdrawn.pk}"' not in html


def test_an_editor_sends_a_page_to_review_and_takes_one(client, desk, django_user_model, page):
    client.force_login(make_staff(django_user_model, "zhao", "view_page", "mend_page"))
    assert "核对并送审" in desk.look(page) and "校完送审" in summary(client, page)
    desk.act(page, "claim_page")
    assert "放下这一版" in desk.look(page)
    assert desk.act(page, "sign_off").status_code == 403
    assert desk.act(page, "send_to_review").status_code == 302
    assert "zhao 已校，待签发" in desk.look(page) and "核对并送审" not in desk.look(page)
    client.force_login(make_staff(django_user_model, "li", "view_page", "sign_off_page"))
    assert desk.act(page, "sign_off").status_code == 302
    page.refresh_from_db()
    assert (page.state, page.checked_by.username) == (Page.State.REVIEWED, "zhao")


def test_marks_of_a_subheading_are_not_shown_in_the_article(desk, editor, page):
    corrections.edit_text(block=block_at(page, "钥匙挂在"), text="## 钥匙挂在树上", user=editor)
    side = desk.look(page).split('id="articles-title"')[1].split('id="journal-title"')[0]
    assert "## 钥匙" not in side and "钥匙挂在树上" in side
