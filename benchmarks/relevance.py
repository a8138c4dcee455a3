"""How good the order of hits is: judged queries on the sample newspaper, by nDCG@10.

relevance.json names, for each query, the articles that a reader wants (3), that are about it (2) and that mention it
(1); all else is 0. Articles were judged by reading them, whether or not they hold the words of the query: what search
cannot find costs it as much as what it puts last.

    DCG@10 = sum over places i = 1..10 of (2^g_i - 1) / log2(i + 1),    nDCG = DCG / DCG of the best order possible

after Järvelin & Kekäläinen, Cumulated gain-based evaluation of IR techniques, ACM TOIS 20(4), 2002; the gain 2^g - 1 in
place of g is Burges et al., Learning to rank using gradient descent, ICML 2005. Queries that nothing answers have no
nDCG: it is told how much is found for them.

The sample is two issues a month apart, so that it says nothing of what a hit's age should count.
"""

import json
from collections import defaultdict
from functools import lru_cache
from math import log2
from pathlib import Path
from statistics import mean

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parent / "seeds" / "weijiang-ribao"
CUT, WORST = 10, 10


def load_judged():
    """Queries as the file has them: query, kind, grades by article name, and why_none where no article has one."""
    return json.loads((HERE / "relevance.json").read_text(encoding="utf-8"))


def gain(grades):
    """DCG of grades in an order."""
    return sum((2**grade - 1) / log2(place + 1) for place, grade in enumerate(grades, 1))


def ndcg(found, grades):
    """nDCG@10 of the names found, in their order. `grades`: by name, at least one above 0."""
    best = sorted(grades.values(), reverse=True)
    return gain([grades.get(name, 0) for name in found[:CUT]]) / gain(best[:CUT])


def import_sample():
    from articles.importing import Import, Options
    from articles.models import Newspaper

    newspaper = Newspaper.objects.create(name="苇江日报", slug="weijiang")
    list(Import(sorted(SAMPLE.rglob("*.txt")), newspaper, Options(jobs=1)))


def article_name(article):
    """What relevance.json calls an article: its day, first page and title.

    A picture without a headline is called by its first words, and is whatever has these words, however it was split;
    where that has a headline of its own, it keeps its own name.
    """
    from articles.search.folding import fold

    if not article.headline:
        body = fold(article.body)
        for name in untitled_names():
            if fold(name.partition(" ")[2].removesuffix("……")) in body:
                return name
    return f"{article.issue.date}/{article.page.number} {article.title}"


@lru_cache(maxsize=1)
def untitled_names():
    return [name for name in dict.fromkeys(n for each in load_judged() for n in each["grades"]) if name.endswith("……")]


def hit_name(hit):
    return article_name(hit.article) if hit.article else f"{hit.page.issue.date}/{hit.page.number} 其他文字"


def rankings(text):
    """{way to order: names of the first hits}, of the same hits, relaxed where nothing is found."""
    from articles.models import Article, Page
    from articles.search import parse_query, search_or_relax

    seen = {"articles": Article.objects.visible_to(None), "pages": Page.objects.visible_to(None)}
    ranked = search_or_relax(parse_query(text), order="relevance", **seen)
    newest = search_or_relax(parse_query(text), order="newest", **seen)
    ways = {"search": ranked, "newest first": newest} | plain_rankings(ranked.query, **seen)
    return {way: [hit_name(hit) for hit in results[:CUT]] for way, results in ways.items()}


def plain_rankings(query, articles, pages):
    """Results by BM25 alone, with the weights of fields and with all fields alike."""
    from django.utils.functional import cached_property

    from articles.search.backends import SQLiteBackend
    from articles.search.results import Results

    class Alike(SQLiteBackend):
        formula = "bm25(search_index)"

    class Plain(Results):
        @cached_property
        def _ranked(self):
            newest = self._fetch(True, 0, None)
            scores = self.backend.scores(self.query, [key for key, *_ in newest])
            return sorted(newest, key=lambda row: -scores[row[0]])

    engines = {"BM25, fields weighted": SQLiteBackend(), "BM25, fields alike": Alike()}
    return {way: Plain(query, articles, pages, "relevance", engine) for way, engine in engines.items()}


def report_relevance():
    """Imports the sample into the database, which has nothing else in it, and prints what is found."""
    import_sample()
    judged = load_judged()
    found = {each["query"]: rankings(each["query"]) for each in judged}
    answered = [each for each in judged if each["grades"]]
    scores = defaultdict(dict)
    for each in answered:
        for way, names in found[each["query"]].items():
            scores[way][each["query"]] = ndcg(names, each["grades"])
    print(f"relevance of {len(judged)} judged queries, nDCG@{CUT}")
    print_scores(answered, scores)
    print_worst(answered, scores["search"], found)
    for each in judged:
        if not each["grades"]:
            print(f"nothing answers {each['query']}; found: {len(found[each['query']]['search'])}")


def print_scores(answered, scores):
    """A line for each way to order: the mean of all queries, then of each kind."""
    kinds = defaultdict(list)
    for each in answered:
        kinds[each["kind"]].append(each["query"])
    columns = {"all": [each["query"] for each in answered], **kinds}
    print(f"{'':22}", *(f"{kind:>8}" for kind in columns))
    print(f"{'queries':22}", *(f"{len(queries):8}" for queries in columns.values()))
    for way, by_query in scores.items():
        means = (mean(by_query[query] for query in queries) for queries in columns.values())
        print(f"{way:22}", *(f"{value:8.3f}" for value in means))


def print_worst(answered, scores, found):
    print(f"the {WORST} worst of search, with what came first and its grade")
    for each in sorted(answered, key=lambda each: scores[each["query"]])[:WORST]:
        first = next(iter(found[each["query"]]["search"]), None)
        shown = f"{each['grades'].get(first, 0)} {first}" if first else "nothing found"
        print(f"    {scores[each['query']]:.3f} {each['query']}: {shown}")
