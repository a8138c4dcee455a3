"""What went less than smoothly in an article, as the stages met it on the way: the grounds of its confidence.

    its text    cut paragraphs without a rest, joins that the words hardly bear, paragraphs that another account of the
                page gives to another story, or that speak more of what another story says
    its title   none, more than two lines, or one that says what another article says; few subheadings: each may be a
                headline of its own
    its place   it or the next article is opened by no sure headline; those before and behind it are doubtful themselves

`doubts` has the weight of each.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence

from .compose import Draft
from .doubts import Shadow
from .openings import CERTAIN
from .stories import PageParts, Told
from .topics import weight
from .tracks import Story

THIN = 1.5  # a paragraph's topic spoke so little more for its story than for another
FORCED, WEAK, FAIR = -1.0, 0.4, 2.0  # worth below which a join is against the words, by its place only, not certain
REST = -3.0  # worth above which the next paragraph may be the rest of what was taken for a lead
RIVAL = 2.5  # a rest that would fit so much better than the one taken
RIVAL_REACH = 5  # body pieces behind a cut one among which it is looked for
MOST = 6  # so many paragraphs or joins of a kind count
MANY = 3  # subheadings of one article are surely that
HEADLINE_LIKE = -4.0  # points for opening an article above which a lone subheading may do so
DOUBTFUL, DOUBTFUL_NEXT = 1.0, 2.0  # points below which an article, or the one that follows it, may be no article
DISTANT = 0.75  # share of its headline's rare words that an article's text has, or less
FOREIGN = 0.5  # share that the text of another article has, or more
LONG = 12  # paragraphs
# What in an article makes those before and behind it doubtful, too.
TROUBLE = ("disputed", "forced_join", "rival_join", "found_headless", "no_headline", "subheading", "cut", "lead")


class Lookout:
    """Sees the shadows on the articles of one page."""

    def __init__(self, page: PageParts, told: Told, stories: Sequence[Story], drafts: Sequence[Draft]) -> None:
        self.page, self.told = page, told
        self.order = [i for i, kind in enumerate(page.types) if kind == "body" and i in told.owner]
        self._at = {i: n for n, i in enumerate(self.order)}
        self.index = {id(story): k for k, story in enumerate(told.stories)}
        self._headed = {
            self.index[id(s)]: s.kind == "photo" or has_headline(d) for s, d in zip(stories, drafts, strict=True)
        }
        opened = sorted(range(len(told.stories)), key=lambda k: told.stories[k].opened)
        self._next = dict(itertools.pairwise(opened))
        self._before = {k: before for before, k in self._next.items()}
        self._heading = {block.parts[0]: block for block in page.blocks}
        self._claims = Counter(k for i, k in told.disputed.items() if i in told.owner)
        self._said = [self._words([i for i in s.members if page.types[i] == "body"]) for s in told.stories]

    def shadows(self, stories: Sequence[Story], drafts: Sequence[Draft]) -> list[list[Shadow]]:
        """Those on each of the articles: its own, and what its neighbours cast on it."""
        seen = {self.index[id(s)]: self._see(s, d) for s, d in zip(stories, drafts, strict=True)}
        trouble = {k: sum(own[code] for code in TROUBLE) for k, own in seen.items()}
        for k, own in seen.items():
            own["near_trouble"] = sum(
                trouble.get(near, 0) for near in (self._before.get(k), self._next.get(k)) if near is not None
            )
        return [[Shadow(code, min(times, MOST)) for code, times in own.items() if times] for own in seen.values()]

    def _see(self, story: Story, draft: Draft) -> Counter[str]:
        seen = Counter[str]()
        text = [i for i in draft.members if self.page.types[i] == "body"]
        self._see_titles(story, draft, seen)
        self._see_text(story, text, seen)
        self._see_joins(text, seen)
        self._see_place(story, seen)
        return seen

    def _see_titles(self, story: Story, draft: Draft, seen: Counter[str]) -> None:
        types = self.page.types
        titles = [i for i in draft.titles if types[i] == "title"]
        jumps = any(types[i] == "jump_from" for i in draft.members)
        if story.kind != "photo" and not has_headline(draft):
            seen["jump" if jumps else "no_headline"] = 1
        seen["found_headless"] = story.kind == "headless"
        seen["many_titles"] = len(titles) > 2
        seen["subheading"] = len(self.lone_headings(draft))
        if titles:
            own, other = self.shared_words(story, titles)
            seen["distant_headline"] = own < DISTANT
            seen["foreign_headline"] = other >= FOREIGN

    def _see_text(self, story: Story, text: Sequence[int], seen: Counter[str]) -> None:
        k = self.index[id(story)]
        margins = [self.told.margin.get(i, THIN) for i in text]
        seen["thin"] = any(margin < THIN for margin in margins)
        seen["drawn"] = sum(margin < 0.0 for margin in margins)
        seen["disputed"] = sum(i in self.told.disputed for i in text)
        seen["claiming"] = self._claims[k]
        seen["one_paragraph"] = len(text) == 1
        seen["long"] = len(text) >= LONG
        seen["cut"] = sum(self.lacks_rest(i) for i in text)
        seen["lead"] = sum(self.is_open_lead(i) for i in text)

    def _see_joins(self, text: Sequence[int], seen: Counter[str]) -> None:
        own = set(text)
        for i in text:
            head = self.told.links.get(i)
            if head not in own:
                continue
            worth = self.page.joints.worth(i, head)
            seen["forced_join"] += worth < FORCED
            seen["weak_join"] += FORCED <= worth < WEAK
            seen["fair_join"] += WEAK <= worth < FAIR
            seen["rival_join"] += self.has_rival(i, head)

    def _see_place(self, story: Story, seen: Counter[str]) -> None:
        k = self.index[id(story)]
        seen["near_headless"] = sum(not self._headed.get(near, True) for near in (k - 1, k + 1))
        own, following = self._opening(story), self._opening_behind(k)
        seen["doubtful_opening"] = own < DOUBTFUL
        seen["doubtful_next"] = following < DOUBTFUL_NEXT

    def _opening(self, story: Story) -> float:
        block = self._heading.get(story.titles[0]) if story.titles else None
        return block.points if block else CERTAIN

    def _opening_behind(self, k: int) -> float:
        following = self._next.get(k)
        return CERTAIN if following is None else self._opening(self.told.stories[following])

    def has_rival(self, tail: int, head: int) -> bool:
        """Would another paragraph near by fit a cut one much better than the rest that it has?"""
        worth = self.page.joints.worth(tail, head)
        at = self._at.get(tail)
        if worth >= FAIR or at is None:
            return False
        others = (i for i in self.order[at + 1 : at + 1 + RIVAL_REACH] if i != head)
        return any(self.page.joints.worth(tail, i) > worth + RIVAL for i in others)

    def lacks_rest(self, i: int) -> bool:
        return i not in self.told.links and bool(self.page.joints.price(i))

    def is_open_lead(self, i: int) -> bool:
        """Does a piece stand by itself as a lead though it breaks off and what follows might be its rest?"""
        at = self._at.get(i, len(self.order)) + 1
        if i in self.told.links or self.page.joints.price(i) != 0.0 or at >= len(self.order):
            return False
        if self.page.pieces[i].folded.endswith(";"):
            return False
        return self.page.joints.worth(i, self.order[at]) > REST

    def shared_words(self, story: Story, titles: Sequence[int]) -> tuple[float, float]:
        """Share of the titles' rare words that the story's own text has, and that the text of another has at most."""
        weights, k = self.page.weights, self.index[id(story)]
        words = frozenset(pair for pair in self._words(titles) if pair in weights)
        whole = weight(words, weights) or 1.0
        shares = [weight(words & said, weights) / whole for said in self._said]
        return shares[k], max(itertools.chain(shares[:k], shares[k + 1 :]), default=0.0)

    def _words(self, pieces: Sequence[int]) -> frozenset[str]:
        return frozenset().union(*(self.page.grams.get(i, frozenset()) for i in pieces))

    def lone_headings(self, draft: Draft) -> list[int]:
        """Subheadings of an article with so few that each may be a headline of its own."""
        rubrics = [i for i in draft.members if self.page.types[i] == "rubric"]
        judged = ((i, self._heading.get(i)) for i in rubrics)
        return [i for i, block in judged if len(rubrics) < MANY and block and block.points > HEADLINE_LIKE]


def has_headline(draft: Draft) -> bool:
    return "headline" in draft.titles.values()
