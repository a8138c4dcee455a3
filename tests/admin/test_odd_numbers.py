"""Forged numbers in forms and addresses are answered in words, never with an error of the program."""

import pytest
from django.urls import reverse

from articles.models import Person
from tests.desk import block_at

ODD = ["²", "9" * 5000, "-1", "一"]


@pytest.mark.parametrize("odd", ODD)
def test_forged_numbers_are_refused(desk, page, odd):
    block = block_at(page, "谁来得早")
    for name, fields in (
        ("set_kind", {"article": odd, "kind": "news"}),
        ("reorder_blocks", {"article": odd}),
        ("set_credits", {"article": odd, "rows": odd}),
        ("edit_text", {"block": odd, "text": "谁"}),
        ("set_roles", {"blocks": odd, "role": "body"}),
        ("undo", {"entry": odd}),
    ):
        assert desk.act(page, name, **fields).status_code in (400, 409), name
    for kind in ("page", "article"):
        assert desk.client.get(f"/admin/articles/{kind}/{odd[:50]}/change/").status_code == 404
    address = reverse("admin:articles_page_act", args=[page.pk, "edit_text"])
    fields = {"block": block.pk, "text": "谁", "_versions": f"{page.pk}:{odd} {odd}:1"}
    assert desk.client.post(address, fields).status_code == 302


def test_a_list_is_asked_for_a_number_that_no_database_keeps(desk, page):
    response = desk.client.get("/admin/articles/page/", {"id__in": "9" * 40})
    assert response.status_code in (200, 400)  # PostgreSQL compares with it
    assert desk.client.get("/admin/articles/page/", {"id__in": str(page.pk)}).status_code == 200


@pytest.mark.parametrize("address", ["/admin/many/person/", "/admin/many/person/{}/merge/"])
def test_names_are_looked_for_without_what_no_database_keeps(client, django_user_model, page, address):
    client.force_login(django_user_model.objects.create_superuser("root"))
    person = Person.objects.create(name="林砚舟")
    assert client.get(address.format(person.pk), {"q": "林\0"}).status_code == 200
