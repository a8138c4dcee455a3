"""Several editors at once on one page and on linked pages: nothing lost, nothing stuck, and all of it taken back."""

import random
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client

from articles import corrections
from articles.models import Block, Correction, Page
from articles.search.documents import check
from tests.admin.conftest import EVERYTHING, make_staff
from tests.admin.test_desk_at_once import shared_database  # noqa: F401
from tests.corrections import conftest as pages
from tests.desk import article_of, check_whole, state_of

JSON = {"HTTP_ACCEPT": "application/json"}
page, third_page = pages.page, pages.third_page
EDITORS, TURNS = 4, 6


class Editor:
    """A desk in a browser of its own, on which random acts are done."""

    def __init__(self, cookies, pages, seed):
        self.client, self.pages, self.rng, self.log = Client(), pages, random.Random(seed), []
        self.client.cookies = cookies

    def work(self, together, turns):
        together.wait()
        try:
            for _ in range(turns):
                self.turn(self.rng.choice(self.pages))
        finally:
            connections.close_all()
        return self.log

    def turn(self, pk):
        home = f"/admin/articles/page/{pk}/desk/"
        state = self.client.get(f"{home}state/", **JSON).json()
        name, data = self.choose(state)
        data |= {"_versions": " ".join(f"{k}:{v}" for k, v in state["versions"].items()), "_seen": state["seen"]}
        data["_key"] = str(uuid4())
        for _ in range(self.rng.choice([1, 1, 2])):  # an answer may be lost
            answer = self.client.post(f"{home}act/{name}/", data, **JSON)
            self.log.append((name, answer.status_code, answer.content.decode()[:300]))
        self.client.post(f"{home}pulse/", {"version": state["page"]["version"]}, **JSON)

    def choose(self, state):
        rng, passages = self.rng, state["passages"]
        one, articles = rng.choice(passages)["id"], [a["id"] for a in state["articles"]]
        some = rng.sample([p["id"] for p in passages], 2)
        steps = [step["entry"] for step in (state["undo"], state["redo"]) if step]
        steps += [entry["id"] for entry in state["journal"] if entry["may_undo"]][:2]
        choices = [
            ("move_blocks", {"blocks": some, "to": rng.choice(["", *articles])}),
            ("set_role", {"block": one, "role": rng.choice(Block.Role.values)}),
            ("set_aside", {"blocks": some, "reason": "editor"}),
            ("edit_text", {"block": one, "text": f"改成{rng.random()}"}),
            ("join_block", {"block": one}),
            ("split_block", {"block": one, "offset": passages[0]["end"] - 3}),
            ("set_name", {"name": f"名{rng.random()}"}),
        ]
        if len(articles) > 1:
            first, second = rng.sample(articles, 2)
            choices.append(("merge_articles", {"first": first, "second": second}))
            choices.append(("set_keywords", {"article": first, "keywords": f"词{rng.random()}"}))
        choices += [("split_article", {"at": one}), ("restore_page", {"entry": rng.choice([0, *steps])})]
        choices += [("undo", {"entry": entry}) for entry in steps]
        return rng.choice(choices)


@pytest.mark.parametrize("seed", range(2))
def test_a_crowd_on_linked_pages_loses_nothing(page, third_page, django_user_model, seed):
    rest = article_of(third_page, "书屋的账本")
    first = state_of([page, third_page])
    corrections.link_jump(head=article_of(page, "老槐树"), continuation=rest, user=None)
    both, together = [page.pk, third_page.pk], Barrier(EDITORS)
    editors = []
    for number in range(EDITORS):
        browser = Client()
        browser.force_login(make_staff(django_user_model, f"e{number}", *EVERYTHING))
        editors.append(Editor(browser.cookies, both, seed * 100 + number))
    with ThreadPoolExecutor(EDITORS) as threads:
        logs = list(threads.map(lambda editor: editor.work(together, TURNS), editors))
    answers = [answer for log in logs for answer in log]
    assert not [a for a in answers if a[1] not in (200, 400, 409, 503)], "503: a machine too slow for all of them"
    check_whole([page, third_page])
    assert not check().faults
    versions = sum(Page.objects.values_list("version", flat=True)) - 2
    entries = Correction.objects.order_by("pk")
    assert versions == sum(entry.pages.count() for entry in entries), "each entry is one version of its pages"
    keys = [entry.arguments["key"] for entry in entries if "key" in entry.arguments]
    assert len(keys) == len(set(keys)) and keys
    for entry in list(entries.order_by("-pk")):
        corrections.undo(entry=entry, user=None)
    check_whole([page, third_page])
    assert state_of([page, third_page]) == first
