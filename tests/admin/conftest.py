"""A page on the desk, and an editor signed in."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from articles.models import Correction
from tests.corrections import conftest as pages

EVERYTHING = ("view_page", "view_article", "mend_page", "sign_off_page", "withdraw_article", "assign_page")


page, third_page = pages.page, pages.third_page


def make_staff(django_user_model, name, *codenames):
    user = django_user_model.objects.create_user(name, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="articles", codename__in=codenames))
    return user


@pytest.fixture
def editor(django_user_model):
    return make_staff(django_user_model, "wang", *EVERYTHING)


@pytest.fixture
def onlooker(django_user_model):
    return make_staff(django_user_model, "kan", "view_page", "view_article")


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return Desk(client)


class Desk:
    """What an editor does with a browser: look at the screen, send a form with what it carries unseen."""

    def __init__(self, client):
        self.client = client

    def look(self, on, **query):
        response = self.client.get(reverse("admin:articles_page_change", args=[on.pk]), query)
        assert response.status_code == 200
        return response.content.decode()

    def seen(self, on):
        """What a form made now carries of versions and journal."""
        on.refresh_from_db()
        pages = [on, *(on.issue.pages.exclude(pk=on.pk) if on.issue else [])]
        last = Correction.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        return {"_versions": " ".join(f"{p.pk}:{p.version}" for p in pages), "_seen": str(last)}

    def act(self, on, name, seen=None, /, **data):
        data = {**(seen or self.seen(on)), **{k: getattr(v, "pk", v) for k, v in data.items()}}
        return self.client.post(reverse("admin:articles_page_act", args=[on.pk, name]), data)
