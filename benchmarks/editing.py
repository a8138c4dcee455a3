"""Editors at their desks, by HTTP: each acts on pages, every act with a key of its own, and notes the answer."""

import http.client
import json
import random
import re
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import uuid4

PASSWORD = "xiaodui-2026-laoqiao"
# In one process, which spares its start for each.
PREPARE = """
from django.contrib.auth.models import User
from django.core.management import call_command
from articles.models import Page
call_command("migrate", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
for number in range({count}):
    User.objects.create_superuser(f"editor{{number}}", password="{password}")
call_command("import_pages", "{folder}", newspaper="mended", slug="mended")
print(*Page.objects.order_by("pk").values_list("pk", flat=True))
"""
ASK_AGAIN = 0.2  # seconds after which an editor whom nobody answered tries another act


@dataclass
class Act:
    key: str
    page: int
    name: str
    form: dict
    status: int | None = None  # None: nobody answered
    entry: int | None = None
    seconds: float = 0
    words: str = ""  # of a refusal

    @property
    def acknowledged(self):
        return self.status == 200 and self.entry is not None

    @property
    def answered(self):
        return self.status is not None and self.status < 500

    def again(self):
        return Act(self.key, self.page, self.name, self.form)


class Browser:
    """Somebody's browser; each request by a connection of its own, so that no answer is of a connection half closed."""

    def __init__(self, port, cookies=()):
        self.port, self.cookies = port, dict(cookies)

    def ask(self, method, address, form=None, **headers):
        """(status, content); raises OSError and HTTPException."""
        headers |= {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = urlencode(form, doseq=True) if form is not None else None
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": self.cookies["csrftoken"]}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, address, body, headers)
            response = connection.getresponse()
            for cookie in response.headers.get_all("Set-Cookie", ()):
                name, value = re.match(r"([^=]+)=([^;]*)", cookie).groups()
                self.cookies[name] = value
            return response.status, response.read()
        finally:
            connection.close()

    def sign_in(self, name):
        self.ask("GET", "/admin/login/")
        status, _ = self.ask("POST", "/admin/login/", {"username": name, "password": PASSWORD, "next": "/admin/"})
        assert status == 302, f"{name} may not sign in: {status}"
        return self


class Editor(threading.Thread):
    """Mends one of `pages` after the other, at random, until `over` is set, with `pause` seconds between acts."""

    def __init__(self, browser, pages, over, pause, seed):
        super().__init__(daemon=True)
        self.browser, self.pages, self.over, self.pause = browser, pages, over, pause
        self.chance, self.acts, self.broken = random.Random(seed), [], []

    def run(self):
        while not self.over.wait(self.chance.uniform(0.5, 1.5) * self.pause):
            page = self.chance.choice(self.pages)
            try:
                state = self.read(page)
                if state is None:
                    self.over.wait(ASK_AGAIN)
                    continue
                act = self.choose(page, state)
                self.acts.append(act)
                self.send(act)
            except (OSError, http.client.HTTPException):
                self.over.wait(ASK_AGAIN)

    def read(self, page):
        status, content = self.browser.ask("GET", f"/admin/articles/page/{page}/desk/state/", Accept="application/json")
        if status != 200:
            self.broken.append(status)
            return None
        return json.loads(content)

    def send(self, act):
        started = time.perf_counter()
        address = f"/admin/articles/page/{act.page}/desk/act/{act.name}/"
        act.status, content = self.browser.ask("POST", address, act.form, Accept="application/json")
        act.seconds = time.perf_counter() - started
        if act.status == 200:
            act.entry = json.loads(content)["done"]["entry"]
        else:
            act.words = content.decode()[:300]

    def choose(self, page, state):
        chance = self.chance
        inside = [p for p in state["passages"] if p["article"] and p["role"] in ("body", "caption")]
        one, article = chance.choice(inside), chance.choice(state["articles"])["id"]
        choices = [
            ("edit_text", {"block": one["id"], "text": f"{chance.random()}改"}),
            ("set_role", {"block": one["id"], "role": chance.choice(["body", "caption"])}),
            ("move_blocks", {"blocks": [one["id"]], "to": article}),
            ("set_keywords", {"article": article, "keywords": f"词{chance.randint(1, 10**6)}"}),
        ]
        if state["undo"]:
            choices.append(("undo", {"entry": state["undo"]["entry"]}))
        name, form = chance.choice(choices)
        key = str(uuid4())
        versions = " ".join(f"{pk}:{version}" for pk, version in state["versions"].items())
        return Act(key, page, name, form | {"_versions": versions, "_seen": state["seen"], "_key": key})
