"""What an act costs on the desk: time on the server from the request to the answer, which holds the page as it is then.

On one page made of the texts of several, as ratios to a bare view behind the same middleware.
"""

from itertools import cycle
from pathlib import Path

BARE, BARE_ROUNDS = "bare/", 20


def measure_acts(texts, rounds, seconds):
    """(blocks of the page, {act: ratios, one a round})."""
    from django.conf import settings
    from django.http import HttpResponse
    from django.test import Client
    from django.urls import path

    from newsroom.urls import urlpatterns

    urlpatterns.insert(0, path(BARE, lambda request: HttpResponse()))
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    page = lay_page(texts, client)
    acts = acts_on(page)
    found = {name: [] for name in acts}
    for number in range(rounds + 1):
        bare = seconds(lambda: [client.get(f"/{BARE}") for _ in range(BARE_ROUNDS)]) / BARE_ROUNDS
        for name, forms in acts.items():
            spent = seconds(lambda name=name, forms=forms: send(client, page, name, next(forms)))
            if number:  # the first round only warms up
                found[name].append(spent / bare)
    return page.blocks.count(), found


def lay_page(texts, client):
    """The texts as one page, imported, and an editor who may mend it signed in."""
    from django.conf import settings
    from django.contrib.auth.models import User

    from articles.importing import Import, Options
    from articles.models import Newspaper, Page

    client.force_login(User.objects.create_superuser("bench"))
    newspaper = Newspaper.objects.create(name="长版日报", slug="long")
    file = Path(settings.VAR_DIR, "2026-01-05", "01.txt")
    file.parent.mkdir()
    file.write_text("\n\n".join(texts), encoding="utf-8")
    list(Import([file], newspaper, Options(jobs=1)))
    return Page.objects.get(newspaper=newspaper)


def acts_on(page):
    """By act, forms to send in turn, each of which changes something."""
    from articles.models import Block

    bodies = page.blocks.filter(role=Block.Role.BODY, article__isnull=False).order_by("start")
    first, last = bodies.first(), bodies.last()
    return {
        "set_role": cycle([{"block": first.pk, "role": role} for role in ("caption", "body")]),
        "edit_text": cycle([{"block": first.pk, "text": text} for text in ("甲。", "乙。")]),
        "move_blocks": cycle([{"blocks": last.pk, "to": to} for to in (first.article_id, last.article_id)]),
    }


def send(client, page, name, form):
    answer = client.post(f"/admin/articles/page/{page.pk}/desk/act/{name}/", form, HTTP_ACCEPT="application/json")
    assert answer.status_code == 200 and answer.json()["done"]["entry"], answer.content.decode()
