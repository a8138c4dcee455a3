"""Takes a page from the machine's split to the truth on the desk, by the keyboard alone, and counts what that takes.

It reads what the screen's state says, finds the first thing that differs, goes there by the fewest keys that it knows,
and presses those of the act. Every press counts, and every character typed.
"""

import time
from collections import Counter
from itertools import pairwise

from tests.site.mender import TITLES, Mender, plain

STATE = "async ({ stateUrl }) => (await fetch(stateUrl + location.search)).json()"
CHOICES = "async ({ choicesUrl }) => (await fetch(choicesUrl + location.search)).json()"
AT = "document.querySelector('.passage.at').dataset.passage"
CARET = "document.querySelector('dialog textarea').selectionStart"
ROLE_KEYS = {
    **{"column": "l", "kicker": "y", "headline": "z", "subheadline": "f", "byline": "s"},
    **{"body": "w", "subheading": "x", "caption": "t", "furniture": "b"},
}
FAR = 10  # passages that PageUp and PageDown go
NEAR = 6  # as far as it is worth walking to choose one more passage


class DeskMender(Mender):
    def __init__(self, tab, truth):
        super().__init__(tab, truth)
        self.keys, self.seconds = Counter(), 0.0
        self.choices = tab.locator("#desk").evaluate("desk => desk.dataset") and self.ask(CHOICES)

    # The desk, read.

    def ask(self, script):
        return self.tab.evaluate(f"({script})(document.getElementById('desk').dataset)")

    def saved(self):
        self.tab.locator(".saving", has_text="都已存好").wait_for()
        assert not self.tab.locator("dialog[open], #desk-notices .notice.bad").count(), self.tab.inner_text("#desk")

    def seen(self):
        self.saved()
        self.state = self.ask(STATE)
        return {
            "passages": [
                {
                    "pk": str(p["id"]),
                    "role": p["role"],
                    "apart": p["article"] is None,
                    "folded": p["repeats"] is not None,
                    "joins": p["joins"],
                    "source": p["source"] or p["text"],
                    "text": p["text"],
                    "belongs": str(p["article"] or ""),
                }
                for p in self.state["passages"]
            ],
            "stories": [
                {**article, "pk": str(article["id"]), "paragraphs": [[str(pk) for pk in article["passages"]]]}
                for article in self.state["articles"]
            ],
        }

    def facts(self):
        """The page itself, without what tells how it came to be so."""
        self.seen()
        kept = ("passages", "articles", "doubts", "coverage")
        return {key: self.state[key] for key in kept}

    # Keys.

    def hit(self, *keys, why="act"):
        for key in keys:
            self.tab.keyboard.press(key)
        self.keys[why] += len(keys)

    def type(self, words):
        self.tab.keyboard.insert_text(words)
        self.keys["typed"] += len(words)

    def done(self, act):
        self.acts[act] += 1
        return True

    def go(self, p):
        """To a passage, by the fewest keys of those that walk, or by its number."""
        self.saved()
        order = [str(found["id"]) for found in self.state["passages"]]
        at, to = order.index(self.tab.evaluate(AT)), order.index(p.pk)
        keys = self.way(at, to)
        by_number = str(to + 1)
        if len(keys) <= 2 + len(by_number):
            return self.hit(*keys, why="going")
        self.hit("/", why="going")
        self.type(by_number)
        return self.hit("Enter", why="going")

    def way(self, at, to):
        """The fewest keys from one passage to another."""
        last, ways = len(self.state["passages"]) - 1, {at: []}
        waiting = [at]
        for here in waiting:
            if here == to:
                break
            steps = {"j": here + 1, "k": here - 1, "PageDown": here + FAR, "PageUp": here - FAR}
            steps |= {"Home": 0, "End": last, **self.beside(here)}
            for key, there in steps.items():
                there = min(max(there, 0), last)
                if there not in ways:
                    ways[there] = [*ways[here], key]
                    waiting.append(there)
        return ways[to]

    def beside(self, here):
        """Where ← and → go from a passage of an article."""
        articles = [article["id"] for article in self.state["articles"]]
        mine = self.state["passages"][here]["article"]
        if mine is None:
            return {}
        numbers = {p["id"]: p["number"] - 1 for p in self.state["passages"]}
        first = [numbers[article["passages"][0]] for article in self.state["articles"]]
        at = articles.index(mine)
        return {key: first[i] for key, i in (("ArrowLeft", at - 1), ("ArrowRight", at + 1)) if 0 <= i < len(first)}

    def choose_run(self, passages):
        """Choose as many of the passages as are near each other, and say which."""
        numbers = {str(p["id"]): p["number"] for p in self.state["passages"]}
        self.go(passages[0])
        chosen = passages[:1]
        for before, p in pairwise(passages):
            steps = numbers[p.pk] - numbers[before.pk]
            if steps > NEAR:
                break
            if steps == 1 and len(chosen) == numbers[before.pk] - numbers[chosen[0].pk] + 1:
                self.hit("J")
            else:
                self.hit(*["Control+ArrowDown"] * steps, " ")
            chosen.append(p)
        return chosen

    def number(self, pk):
        return [str(article["id"]) for article in self.state["articles"]].index(pk) + 1

    def at_article(self, pk):
        """Have a passage of the article at hand."""
        mine = [p for p in self.passages if p.article == pk]
        if self.tab.evaluate(AT) not in [p.pk for p in mine]:
            order = {str(p["id"]): i for i, p in enumerate(self.state["passages"])}
            here = order[self.tab.evaluate(AT)]
            self.go(min(mine, key=lambda p: len(self.way(here, order[p.pk]))))

    def pick_in(self, select, value):
        """Have a value chosen in the list that has the focus."""
        values = self.tab.locator(select).locator("option").evaluate_all("all => all.map(option => option.value)")
        step = values.index(value) - values.index(self.tab.locator(select).input_value())
        self.hit(*["ArrowDown" if step > 0 else "ArrowUp"] * abs(step))

    # Acts.

    def mend(self):
        began = time.monotonic()
        super().mend()
        self.seconds = time.monotonic() - began

    def cut(self):
        p = self.nearest([p for p in self.passages if p.cut is not None])
        if p is None:
            return None
        at = [i for i, c in enumerate(p.source) if not c.isspace()][p.cut]
        before = len("".join(p.source[:at].split()))
        self.go(p)
        self.hit("x")
        while (away := before - len("".join(p.source[: self.tab.evaluate(CARET)].split()))) != 0:
            self.hit(self.towards(p.source, at, away))
        self.hit("Enter")
        return self.done("split_block")

    def towards(self, text, at, away):
        """Ctrl+→ while the end of a sentence lies before the place, then one character after the other."""
        caret = self.tab.evaluate(CARET)
        between = text[caret:at] if away > 0 else text[at:caret]
        key = "ArrowRight" if away > 0 else "ArrowLeft"
        far = any(mark in between[:-1] or between.endswith(mark) for mark in "。！？；…：，、\n")
        return f"Control+{key}" if far else key

    def nearest(self, passages):
        """The one that takes the fewest keys to go to."""
        order = {str(p["id"]): i for i, p in enumerate(self.state["passages"])}
        here = order[self.tab.evaluate(AT)]
        return min(passages, key=lambda p: (len(self.way(here, order[p.pk])), p.start), default=None)

    def set_aside(self):
        away = [p for p in self.passages if p.goal is None and (p.article or (p.folded and p.part == "free"))]
        away = [p for p in away if p.part != "repeat"]
        if not away:
            return None
        self.choose_run(away)
        self.hit("d", "Enter")
        return self.done("set_aside")

    def fold(self):
        for p in self.passages:
            if p.part == "repeat" and not p.folded:
                of = self.truth.repeats[p.lines[0]]
                original = next(o for o in self.passages if o.lines[0] in of and not o.folded and o.pk != p.pk)
                self.go(p)
                self.hit("f")
                self.pick_in("dialog select[name=repeats]", original.pk)
                self.hit("Enter")
                return self.done("fold_block")
        return None

    def merge(self):
        """An article all of whose text belongs to its neighbour on the screen."""
        pks = [str(article["id"]) for article in self.state["articles"]]
        for i, pk in enumerate(pks):
            goals = {p.goal for p in self.passages if p.article == pk}
            for key, other in (("m", i - 1), ("M", i + 1)):
                if pk in self.goal_of or not 0 <= other < len(pks) or goals != {self.goal_of.get(pks[other])}:
                    continue
                self.at_article(pk)
                self.hit(key)
                return self.done("merge_articles")
        return None

    def part(self):
        """An article of which the end is another article."""
        for goal in range(len(self.truth.articles)):
            mine = [p for p in self.passages if p.goal == goal]
            homes = {p.article for p in mine}
            if goal in self.article_of or len(homes) != 1 or None in homes:
                continue
            home = self.reading(mine[0].article)
            if home[-len(mine) :] != mine or len(home) == len(mine) or mine[0].role in ("byline", "furniture"):
                continue
            self.go(mine[0])
            self.hit("S" if mine[0].part == "headline" else "s")
            return self.done("split_article")
        return None

    def reading(self, pk):
        known = {p.pk: p for p in self.passages}
        return [known[block] for block in self.stories[pk]["paragraphs"][0] if block in known]

    def move_together(self, passages, to, before):
        chosen = self.choose_run(passages)
        if to == "":
            self.hit("n")
        elif before == "":
            number = self.number(to)
            several = number < 10 and number * 10 <= len(self.state["articles"])
            self.hit(*str(number), *["Enter"] * several)
        else:
            self.hit("g")
            self.type(str(self.number(to)))
            self.hit("Tab", "Tab")
            self.pick_in("dialog select[name=before]", before)
            self.hit("Enter")
        assert chosen
        return self.done("move_blocks")

    def name_roles(self):
        wrong = [p for p in self.passages if p.goal is not None and p.role != p.part and not p.inside]
        p = self.nearest(wrong)
        if p is None:
            return None
        alike = self.choose_run([p, *(o for o in wrong if o.start > p.start and o.part == p.part)])
        self.hit("r", ROLE_KEYS[p.part])
        return self.done("set_roles" if len(alike) > 1 else "set_role")

    def reorder(self):
        for goal, pk in self.article_of.items():
            shown = self.reading(pk)
            wanted = sorted(shown, key=lambda p: p.order)
            texts = [p for p in shown if p.part not in TITLES]
            if texts == sorted(texts, key=lambda p: p.order) and self.title_holds(goal, pk):
                continue
            by_page = sorted(texts, key=lambda p: p.start)
            if texts != by_page == sorted(texts, key=lambda p: p.order):
                self.at_article(pk)
                self.hit("z")
                return self.done("reorder_blocks")
            i = next(i for i, pair in enumerate(zip(shown, wanted, strict=True)) if pair[0] != pair[1])
            steps = shown.index(wanted[i]) - i
            self.go(wanted[i])
            self.hit(*["Alt+ArrowUp"] * steps)
            self.acts["reorder_blocks"] += steps - 1
            return self.done("reorder_blocks")
        return None

    def title_holds(self, goal, pk):
        gold = self.truth.articles[goal]
        accepted = {plain(title) for title in (gold["headline"], *gold["accept_headlines"])}
        return not gold["headline"] or plain(self.stories[pk]["title"]) in accepted

    def join(self):
        wrong = []
        for pk in self.goal_of:
            texts = [p for p in self.passages if p.article == pk and p.role == p.part and p.part in ("body", "caption")]
            texts.sort(key=lambda p: p.order)
            for before, p in zip([None, *texts], texts, strict=False):
                if p.joins != (before is not None and p.rank[3] == before.rank[3]):
                    wrong.append(p)
        p = self.nearest(wrong)
        if p is None:
            return None
        self.go(p)
        self.hit("p")
        return self.done("unjoin_block" if p.joins else "join_block")

    # How an article is filed.

    def file_people(self):
        for goal, pk in self.article_of.items():
            gold = self.truth.articles[goal]
            if gold["authors"] is None:
                continue
            wanted = gold["authors"] + gold["photographers"]
            accepted = [set(map(plain, names)) for names in (wanted, *gold.get("accept_authors", []))]
            credits = self.stories[pk]["credits"]
            if {plain(credit["name"]) for credit in credits} in accepted:
                continue
            self.at_article(pk)
            self.hit("b")
            self.write_people(wanted, set(gold["photographers"]))
            return self.done("set_credits")
        return None

    def write_people(self, wanted, photographers):
        rows = self.tab.locator("dialog .credit")
        for i in range(max(len(wanted), rows.count() - 1)):
            if i == rows.count():
                self.tab.locator("dialog button", has_text="添一行").focus()
                self.hit("Enter")
            field, name = rows.nth(i).locator("[name^=name_]"), wanted[i] if i < len(wanted) else ""
            self.tab_to(field)
            if field.input_value() != name:
                self.hit("Control+a", *["Delete"] * (not name))
                self.type(name)
            role = "photographer" if name in photographers else "reporter"
            if name and rows.nth(i).locator("[name^=role_]").input_value() not in (role, "trainee"):
                self.hit("Tab")
                self.pick_in(f"dialog [name=role_{i}]", role)
        self.hit("Enter")

    def tab_to(self, field):
        for _ in range(40):
            if field.evaluate("field => field === document.activeElement"):
                return
            self.hit("Tab")
        raise AssertionError(f"Tab does not reach {field}")

    def file_category(self):
        ids = {words: pk for pk, words in self.choices["categories"]}
        for goal, pk in self.article_of.items():
            names = self.truth.articles[goal].get("categories")
            if names and self.stories[pk]["category"] not in [ids[name] for name in names]:
                self.at_article(pk)
                self.hit("c")
                button = self.tab.locator(f"dialog .menu [data-value='{ids[names[0]]}'] kbd")
                self.hit(button.inner_text())
                return self.done("set_category")
        return None

    def file_kind(self):
        plain_kinds = ("news", "feature")
        known = [code for code, _ in self.choices["kinds"]]
        for goal, pk in self.article_of.items():
            gold = self.truth.articles[goal]
            accepted = {kind if kind in known else "news" for kind in (gold["kind"], *gold.get("accept_kinds", []))}
            if "news" in accepted:
                accepted |= set(plain_kinds)
            if self.stories[pk]["kind"] not in accepted:
                self.at_article(pk)
                self.hit("t", str(known.index(gold["kind"]) + 1))
                return self.done("set_kind")
        return None

    def file_column(self):
        """A label printed once over several articles: the others are told their column."""
        names = dict(self.choices["columns"])
        for goal, pk in self.article_of.items():
            gold, story = self.truth.articles[goal], self.stories[pk]
            accepted = [plain(c) for c in (gold["column"], *gold.get("accept_columns", [])) if c]
            said = plain(story["column_label"]) + plain(names.get(story["column"]))
            if accepted and not any(c in said for c in accepted):
                self.at_article(pk)
                self.hit("l", "Control+a")
                self.type(gold["column"])
                self.hit("Enter")
                self.saved()
                self.choices = self.ask(CHOICES)
                return self.done("set_column")
        return None

    def file_jump(self):
        for goal, pk in self.article_of.items():
            wanted, said = self.truth.articles[goal]["continued_from"] or "", self.stories[pk]["continued_from"]
            if str(wanted) != said:
                self.at_article(pk)
                self.hit("v", "Control+a", *["Delete"] * (not wanted))
                self.type(str(wanted))
                self.hit("Enter")
                return self.done("link_jump_to_page")
        return None

    def undo_all(self):
        """Press u until nothing of the editor's is left to take back."""
        undone = 0
        while self.seen() and self.state["undo"]:
            self.tab.keyboard.press("u")
            undone += 1
        return undone
