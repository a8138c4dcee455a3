"""Editors see what is printed, and see what of it readers do not get."""

import json

import pytest
from django.urls import reverse

from articles import corrections
from tests.desk import article_of, block_at, lay_page
from tests.factories import make_issue

TEXT = "失主请联系13800138000。王小二，\n或写信来。"


@pytest.fixture
def page(db):
    return lay_page(
        make_issue(date="2024-05-06"),
        [(0, "headline", "招领启事"), (0, "body", TEXT), (1, "headline", "渡口添凳"), (1, "body", "渡口添了六条凳。")],
        number="2",
    )


def state_of(client, page):
    return json.loads(client.get(reverse("admin:articles_page_desk_state", args=[page.pk])).content)


def test_the_page_screen_marks_what_readers_do_not_get(desk, page):
    html = desk.look(page)
    assert '138<span class="masked" title="已遮盖，读者看不到">00138000</span>。王小二' in html
    assert html.count('class="masked"') == 1


def test_a_form_to_show_stands_where_something_is_masked(desk, page):
    assert 'data-act="show_text"' in desk.look(page, passage=block_at(page, "失主").pk)
    assert 'data-act="show_text"' not in desk.look(page, passage=block_at(page, "渡口添了").pk)
    assert 'data-act="hide_text"' in desk.look(page, passage=block_at(page, "渡口添了").pk)


def test_the_desk_tells_where_it_is(desk, client, page):
    passages = {p["text"]: p["masked"] for p in state_of(desk.client, page)["passages"]}
    assert passages == {"招领启事": [], TEXT: [[8, 16]], "渡口添凳": [], "渡口添了六条凳。": []}


def test_the_journal_does_not_repeat_the_words(desk, page):
    assert desk.act(page, "hide_text", block=block_at(page, "失主"), words="王小二").status_code == 302
    journal = state_of(desk.client, page)["journal"][0]
    assert (journal["name"], journal["words"]) == ("遮盖", "3字")
    assert "王小二" not in article_of(page, "招领启事").body


def test_words_over_a_line_end_are_shown_again(desk, page):
    corrections.hide_text(block=block_at(page, "失主"), words="王小二，\n或写信", user=None)
    at = TEXT.index("王小二")
    assert desk.act(page, "show_text", block=block_at(page, "失主"), words=at).status_code == 302
    assert "王小二，" in article_of(page, "招领启事").body


def test_what_is_not_masked_is_no_choice(desk, page):
    response = desk.act(page, "show_text", block=block_at(page, "失主"), words=0)
    assert response.status_code == 400


def test_a_reader_who_cannot_mend_cannot_mask(client, onlooker, page):
    client.force_login(onlooker)
    address = reverse("admin:articles_page_act", args=[page.pk, "hide_text"])
    response = client.post(address, {"block": block_at(page, "失主").pk, "words": "王小二"})
    assert response.status_code == 403
    assert "王小二" in article_of(page, "招领启事").body
