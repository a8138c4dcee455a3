"""Takes a page from the machine's split to the truth on its screen, as an editor does: links, buttons, fields.

`Truth` says of every printed character where it belongs. `Mender` reads from the screen what the page is now, finds the
first thing that differs, does the act that mends it, and reads again.
"""

import re
import unicodedata
from collections import Counter

TITLES = ("column", "kicker", "headline", "subheadline")
INSIDE_TEXT = ("byline", "furniture")  # what a line of body may open or end with: a signature, a jump marker
ACTS_AT_MOST = 400

READ = """() => ({
  passages: [...document.querySelectorAll("li.passage")].map(li => ({
    pk: li.id.slice(1),
    role: [...li.classList].find(name => name.startsWith("role-")).slice(5),
    apart: li.classList.contains("apart"),
    folded: !!li.querySelector(".tag a") || li.querySelector(".tag").innerText.trim() === "重复",
    joins: !!li.querySelector(".tag.join"),
    source: (li.querySelector(".was del") || li.querySelector(".text") || {innerText: ""}).innerText,
    text: (li.querySelector(".text") || {innerText: ""}).innerText,
    belongs: (li.querySelector(".belongs a") || {hash: ""}).hash.slice(2),
    presses: [...li.querySelectorAll(".presses button")].map(button => button.innerText),
  })),
  stories: [...document.querySelectorAll("section.story")].map(story => ({
    pk: story.id.slice(1),
    headline: story.querySelector("h3").innerText,
    titles: [...story.querySelectorAll("header p:not(.facts)")].map(p => p.innerText),
    column: (story.querySelector(".column-label") || {innerText: ""}).innerText,
    facts: [...story.querySelectorAll("header .facts")].map(p => p.innerText),
    paragraphs: [...story.querySelectorAll(".body p")].map(p => [...p.querySelectorAll("a")].map(a => a.hash.slice(2))),
    presses: [...story.querySelectorAll(".presses button")].map(b => [b.innerText, b.value]),
  })),
})"""


def solid(text):
    return re.sub(r"\s+", "", text)


def plain(text):
    """Title, name or label without blanks, marks around it and differences of width."""
    return solid(unicodedata.normalize("NFKC", text or "")).strip("—-–|·:#□[]【】*")


def first_difference(shown, wanted):
    at = next((i for i, pair in enumerate(zip(shown, wanted, strict=False)) if pair[0] != pair[1]), len(shown))
    return shown[at - 10 : at + 20], wanted[at - 10 : at + 20]


class Truth:
    """What a careful editor makes of the page: `places` says of each solid character (article, part, rank) or None."""

    def __init__(self, text, gold):
        self.articles, self.gold, self.text = gold["articles"], gold, solid(text)
        lines = text.split("\n")
        self.lines = {number: solid(line) for number, line in enumerate(lines, 1) if solid(line)}
        self.repeats = {repeat["line"]: repeat["of"] for repeat in gold["duplicates"]}
        found = {}
        for g, article in enumerate(self.articles):
            for line, labels in self._lines_of(g, article):
                found.setdefault(line, labels)
        self.places = []
        self.line_of = []
        for number, line in self.lines.items():
            away = (
                "repeat" if number in self.repeats else "neutral" if number in gold.get("neutral_lines", []) else "free"
            )
            self.places += found.get(number, [(None, away, ())] * len(line))
            self.line_of += [number] * len(line)

    def _lines_of(self, g, article):
        titles = sorted({line for key in TITLES for line in article[f"{key}_lines"]})
        for line in titles:
            yield line, self._title_line(g, article, line)
        order = [line for paragraph in article["paragraphs"] for line in paragraph]
        for n, paragraph in enumerate(article["paragraphs"]):
            for line in paragraph:
                role = "caption" if line in article["caption_lines"] else "body"
                yield line, [(g, role, (1, order.index(line), 1, n))] * len(self.lines[line])
        starts = [paragraph[0] for paragraph in article["paragraphs"]]
        for role in ("byline", "subheading"):
            for line in article[f"{role}_lines"] or []:
                at = next((order.index(start) for start in starts if start > line), len(order))
                yield line, [(g, role, (1, at, 0, line))] * len(self.lines[line])

    def _title_line(self, g, article, line):
        """Each character of the line: of which part of the title block it is, marks with the part they stand at."""
        text, keys = self.lines[line], [key for key in TITLES if line in article[f"{key}_lines"]]
        parts = [None] * len(text)
        for key in keys:
            for words in [solid(article[key] or ""), *map(solid, (article[key] or "").split())]:
                at = text.find(words) if words else -1
                if at >= 0:
                    parts[at : at + len(words)] = [key] * len(words)
        if not any(parts):
            parts = ["furniture" if text.isascii() else keys[-1]] * len(text)
        if not parts[0]:
            end = next(i for i, part in enumerate(parts) if part)
            label = "furniture" if re.search(r"[A-Za-z]{3}", text[:end]) else parts[end]
            parts[:end] = [label] * end
        for i in range(1, len(parts)):
            parts[i] = parts[i] or parts[i - 1]
        return [(g, part, (0, TITLES.index(part) if part in TITLES else 0, line, 0)) for part in parts]


class Passage:
    def __init__(self, seen, article, start, truth):
        self.__dict__.update(seen)
        self.article = None if self.apart else article
        self.solid = solid(self.source)
        self.start, self.end = start, start + len(self.solid)
        self.places = truth.places[self.start : self.end]
        self.lines = truth.line_of[self.start : self.end]
        self.goal, self.part, self.rank = self.places[0] if self.places else (None, "blank", ())
        self.order = (self.rank, self.start)

    @property
    def cut(self):
        """Where the passage must be cut: the first solid character that belongs elsewhere."""
        return next((i for i in range(1, len(self.places)) if self.places[i] != self.places[0]), None)

    @property
    def inside(self):
        """Is it a signature or a marker at an end of a line of text?"""
        return self.part in ("body", "caption") and self.role in INSIDE_TEXT and len(self.solid) <= 60


class Mender:
    def __init__(self, tab, truth):
        self.tab, self.truth = tab, truth
        self.presses, self.acts = 0, Counter()

    # The screen, read.

    def seen(self):
        self.tab.wait_for_load_state()
        return self.tab.evaluate(READ)

    def read(self):
        seen = self.seen()
        self.passages, article, at = [], None, 0
        for found in seen["passages"]:
            article = found["belongs"] or (None if found["apart"] else article)
            passage = Passage(found, article, at, self.truth)
            at = passage.end
            if passage.solid:
                self.passages.append(passage)
        shown = "".join(p.solid for p in self.passages)
        assert shown == self.truth.text, f"not all on the screen: {first_difference(shown, self.truth.text)}"
        self.stories = {story["pk"]: story for story in seen["stories"]}
        self._match()
        return seen

    def _match(self):
        """Pair the articles of the screen with those of the truth, by the text they share."""
        shared = Counter()
        for p in self.passages:
            for goal, _, _ in p.places:
                if p.article and goal is not None:
                    shared[p.article, goal] += 1
        self.article_of, self.goal_of = {}, {}
        for (article, goal), _ in shared.most_common():
            if article not in self.goal_of and goal not in self.article_of:
                self.goal_of[article], self.article_of[goal] = goal, article

    # Presses.

    def click(self, target):
        with self.tab.expect_navigation():
            target.click()
        self.presses += 1

    def fill(self, target, text):
        target.fill(text)
        self.presses += 1

    def choose(self, target, value):
        if target.input_value() != value:
            target.select_option(value)
            self.presses += 1

    def tick(self, passages):
        for p in passages:
            self.tab.locator(f"#b{p.pk} input[name=blocks]").check()
            self.presses += 1

    def did(self, act):
        self.acts[act] += 1
        heading = self.tab.locator("h1").last.inner_text()
        assert "没有" not in heading, f"{act} refused: {self.tab.locator('.errornote, .errorlist').all_inner_texts()}"
        assert self.tab.locator(".told, .messagelist .success").count(), f"{act}: nothing says that it is done"

    def passage_form(self, p, act):
        self.click(self.tab.locator(f"#b{p.pk}").get_by_role("button", name=re.compile("^改第")))
        return self.tab.locator(f"#b{p.pk} form[data-act={act}]")

    def article_form(self, pk, act):
        if not self.tab.locator(f"#a{pk} form[data-act={act}]").count():
            self.click(self.tab.locator(f"#a{pk}").get_by_role("button", name=re.compile("^改《")))
        return self.tab.locator(f"#a{pk} form[data-act={act}]")

    def send(self, form, act):
        self.click(form.locator("button[type=submit]"))
        self.did(act)

    def press(self, where, words, act):
        self.click(self.tab.locator(where).get_by_role("button", name=words, exact=True))
        self.did(act)

    # Acts, each mending the first thing of its kind that differs; None when there is none.

    def mend(self):
        """Do acts until nothing differs."""
        kinds = (
            self.cut, self.set_aside, self.fold, self.merge, self.part, self.move, self.name_roles, self.reorder,
            self.join, self.file_people, self.file_category, self.file_kind, self.file_column, self.file_jump,
        )  # fmt: skip
        while True:
            self.read()
            if not any(kind() for kind in kinds):
                return
            assert sum(self.acts.values()) < ACTS_AT_MOST, self.acts

    def cut(self):
        for p in self.passages:
            if p.cut is None:
                continue
            form = self.passage_form(p, "split_block")
            typed = form.locator("textarea").input_value()
            at = [i for i, c in enumerate(typed) if not c.isspace()][p.cut]
            self.fill(form.locator("textarea"), f"{typed[:at]}|{typed[at:]}")
            self.send(form, "split_block")
            return True

    def set_aside(self):
        away = [p for p in self.passages if p.goal is None and (p.article or (p.folded and p.part == "free"))]
        away = [p for p in away if p.part != "repeat"]
        if away:
            self.tick(away)
            self.choose(self.tab.locator("#moving select[name=reason]"), "editor")
            self.click(self.tab.locator("#moving").get_by_role("button", name="搁置", exact=True))
            self.did("set_aside")
            return True

    def fold(self):
        for p in self.passages:
            if p.part == "repeat" and not p.folded:
                of = self.truth.repeats[p.lines[0]]
                original = next(o for o in self.passages if o.lines[0] in of and not o.folded and o.pk != p.pk)
                form = self.passage_form(p, "fold_block")
                self.choose(form.locator("select[name=repeats]"), original.pk)
                self.send(form, "fold_block")
                return True

    def merge(self):
        """An article all of whose text belongs to its neighbour on the screen."""
        for pk, story in self.stories.items():
            if pk in self.goal_of:
                continue
            goals = {p.goal for p in self.passages if p.article == pk}
            for words, value in story["presses"]:
                pair = re.fullmatch(r"first=(\d+)&second=(\d+)", value)
                other = pair and next(other for other in pair.groups() if other != pk)
                if pair and goals == {self.goal_of.get(other)}:
                    self.press(f"#a{pk}", words, "merge_articles")
                    return True

    def part(self):
        """An article of which the end is another article."""
        for goal in range(len(self.truth.articles)):
            mine = [p for p in self.passages if p.goal == goal]
            homes = {p.article for p in mine}
            if goal in self.article_of or len(homes) != 1 or None in homes:
                continue
            home = [p for p in self.passages if p.article == mine[0].article]
            if home[-len(mine) :] != mine or len(home) == len(mine):
                continue
            for words in ("另起，以此为标题", "从此另起一篇"):
                if words in mine[0].presses and (mine[0].part == "headline" or words == "从此另起一篇"):
                    self.press(f"#b{mine[0].pk}", words, "split_article")
                    return True

    def move(self):
        for goal in range(len(self.truth.articles)):
            pk = self.article_of.get(goal)
            there = sorted((p for p in self.passages if p.goal == goal and p.article == pk), key=lambda p: p.order)
            away = [p for p in self.passages if p.goal == goal and p not in there]
            if not away:
                continue
            if pk is None:
                return self.move_together(away, "", "")
            whole = [*there, *away]
            if sorted(whole, key=lambda p: p.order) == sorted(whole, key=lambda p: p.start):
                return self.move_together(away, pk, "")
            before = {p.pk: next((o.pk for o in there if o.order > p.order), "end") for p in away}
            return self.move_together([p for p in away if before[p.pk] == before[away[0].pk]], pk, before[away[0].pk])

    def move_together(self, passages, to, before):
        self.tick(passages)
        self.choose(self.tab.locator("#moving select[name=to]"), to)
        self.choose(self.tab.locator("#moving select[name=before]"), before)
        self.click(self.tab.locator("#moving").get_by_role("button", name="移动", exact=True))
        self.did("move_blocks")
        return True

    def name_roles(self):
        wrong = [p for p in self.passages if p.goal is not None and p.role != p.part and not p.inside]
        for p in wrong:
            self.choose(self.tab.locator(f"#b{p.pk} select.role"), p.part)
        if wrong:
            self.click(self.tab.locator("#moving").get_by_role("button", name="改角色", exact=True))
            self.did("set_roles")
            return True

    def reorder(self):
        for goal, pk in self.article_of.items():
            shown = [block for paragraph in self.stories[pk]["paragraphs"] for block in paragraph]
            rank = {p.pk: p.order for p in self.passages if p.article == pk}
            if shown == sorted(shown, key=rank.get) and self.title_holds(goal, pk):
                continue
            form = self.article_form(pk, "reorder_blocks")
            fields = {i.get_attribute("name")[6:]: i for i in form.locator("input[name^=place_]").all()}
            for number, block in enumerate(sorted(fields, key=rank.get), 1):
                if fields[block].input_value() != str(number):
                    self.fill(fields[block], str(number))
            self.send(form, "reorder_blocks")
            return True

    def title_holds(self, goal, pk):
        gold = self.truth.articles[goal]
        accepted = {plain(title) for title in (gold["headline"], *gold["accept_headlines"])}
        return not gold["headline"] or plain(self.stories[pk]["headline"]) in accepted

    def join(self):
        for pk in self.goal_of:
            texts = [p for p in self.passages if p.article == pk and p.role == p.part and p.part in ("body", "caption")]
            texts.sort(key=lambda p: p.order)
            for earlier, p in zip([None, *texts], texts, strict=False):
                wanted = earlier is not None and p.rank[3] == earlier.rank[3]
                if p.joins != wanted and (earlier is not None or wanted):
                    words, act = ("接上段", "join_block") if wanted else ("断开", "unjoin_block")
                    self.press(f"#b{p.pk}", words, act)
                    return True

    # How an article is filed.

    def filed(self, pk):
        """(kind, category, names) as the line of facts says."""
        kind, category, *rest = self.stories[pk]["facts"][0].split(" · ")
        length = next(i for i, words in enumerate(rest) if re.fullmatch(r"\d+字", words))
        credits = rest[length + 1].split("、") if len(rest) > length + 1 else []
        return kind, category, [credit.split(" ", 1)[-1] for credit in credits]

    def file_people(self):
        for goal, pk in self.article_of.items():
            gold = self.truth.articles[goal]
            if gold["authors"] is None:
                continue
            wanted = gold["authors"] + gold["photographers"]
            accepted = [set(map(plain, names)) for names in (wanted, *gold.get("accept_authors", []))]
            if set(map(plain, self.filed(pk)[2])) in accepted:
                continue
            form = self.article_form(pk, "set_credits")
            for i in range(form.locator("input[name^=name_]").count()):
                name = wanted[i] if i < len(wanted) else ""
                field = form.locator(f"input[name=name_{i}]")
                if field.input_value() != name:
                    self.fill(field, name)
                if name:
                    role = "photographer" if name in gold["photographers"] else "reporter"
                    self.choose(form.locator(f"select[name=role_{i}]"), role)
            self.send(form, "set_credits")
            return True

    def file_category(self):
        for goal, pk in self.article_of.items():
            names = self.truth.articles[goal].get("categories")
            if names and self.filed(pk)[1] not in names:
                form = self.article_form(pk, "set_category")
                self.choose_words(form.locator("select"), names[0])
                self.send(form, "set_category")
                return True

    def file_kind(self):
        words = {
            "opinion": "评论",
            "photo": "图片",
            "notice": "公告启事",
            "obituary": "讣告",
            "continuation": "转版续文",
        }
        for goal, pk in self.article_of.items():
            gold = self.truth.articles[goal]
            accepted = {words.get(kind, "消息") for kind in (gold["kind"], *gold.get("accept_kinds", []))}
            kind = self.filed(pk)[0].replace("通讯特写", "消息")
            if kind not in accepted:
                form = self.article_form(pk, "set_kind")
                self.choose(form.locator("select"), gold["kind"])
                self.send(form, "set_kind")
                return True

    def file_column(self):
        """A label printed once over several articles: the others are told their column."""
        for goal, pk in self.article_of.items():
            gold = self.truth.articles[goal]
            accepted = [plain(c) for c in (gold["column"], *gold.get("accept_columns", [])) if c]
            said = plain(self.stories[pk]["column"]) + plain(self.stories[pk]["facts"][0])
            if accepted and not any(c in said for c in accepted):
                form = self.article_form(pk, "set_column")
                self.choose_words(form.locator("select"), gold["column"])
                self.send(form, "set_column")
                return True

    def file_jump(self):
        for goal, pk in self.article_of.items():
            wanted = self.truth.articles[goal]["continued_from"]
            said = next((words for words in self.stories[pk]["facts"] if "上接" in words), "")
            if bool(wanted) != bool(said) or (wanted and f"第{wanted}版" not in said):
                form = self.article_form(pk, "link_jump_to_page")
                self.fill(form.locator("input[name=from_page]"), wanted or "")
                self.send(form, "link_jump_to_page")
                return True

    def choose_words(self, select, words):
        select.select_option(label=words)
        self.presses += 1

    def undo_all(self):
        """Press the newest 撤销 until there is none."""
        undone = 0
        while True:
            if not self.tab.locator(".journal").get_by_role("button", name="撤销", exact=True).count():
                more = self.tab.get_by_role("link", name="看全部记录")
                if not more.count():
                    return undone
                self.click(more)
            buttons = self.tab.locator(".journal").get_by_role("button", name="撤销", exact=True)
            if not buttons.count():
                return undone
            self.click(buttons.first)
            self.did("undo")
            undone += 1
