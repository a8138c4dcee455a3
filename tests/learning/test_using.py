"""A version of what was learned: one in use of each scope, frozen for an import, whatever its order and processes."""

import random

import pytest

from articles import corrections
from articles.extraction import EMPTY, Knowledge
from articles.importing import Import, Options, find_sources
from articles.importing.running import Import as Running
from articles.learning.using import knowledge_in_use, knowledge_of, learned_in_use, stop_using, take_into_use
from articles.models import Article, ImportRun, Learned, Page
from tests.factories import make_newspaper
from tests.importing.paper import import_files, write_pages

from .conftest import PLACES, report

LABEL = "田间岔口"


def learn(newspaper=None, **fields):
    packed = Knowledge(**{"columns": frozenset({LABEL}), **fields}).pack()
    learned = Learned.objects.create(newspaper=newspaper, extractor="1", data=packed, size=len(packed))
    take_into_use(learned)
    return learned


def page_with_label(place="青杨渡", n=0):
    return f"{LABEL}\n\n" + report(place, n).removeprefix("## ")


def columns(page=None):
    articles = Article.objects.living()
    return sorted(set((articles.filter(page=page) if page else articles).values_list("column_label", flat=True)))


def test_of_each_scope_one_version_is_in_use_and_a_newspapers_own_comes_first(newspaper):
    assert learned_in_use(newspaper.pk) is None and knowledge_in_use(newspaper.pk) == EMPTY
    everybodys = learn()
    assert learned_in_use(newspaper.pk) == everybodys
    first, second = learn(newspaper), learn(newspaper)
    assert learned_in_use(newspaper.pk) == second and not Learned.objects.get(pk=first.pk).in_use
    assert learned_in_use(make_newspaper().pk) == everybodys == learned_in_use(None)
    assert stop_using(newspaper.pk) == 1 and learned_in_use(newspaper.pk) == everybodys


def test_bytes_that_a_later_program_cannot_read_are_nothing(db):
    other = Learned.objects.create(extractor="1", data=b"not packed")
    assert knowledge_of(other) == EMPTY


def test_an_import_goes_by_what_is_in_use_and_says_by_which(newspaper, tmp_path):
    folder = write_pages(tmp_path, {"2024-05-01/01.txt": page_with_label()})
    import_files(newspaper, folder)
    plain = columns()
    learned = learn(newspaper)
    job = Import([write_pages(tmp_path / "b", {"2024-05-02/01.txt": page_with_label("南塘", 1)})], newspaper, Options())
    list(job)
    assert ImportRun.objects.get(pk=job.run.pk).learned_id == learned.pk
    assert LABEL in columns(Page.objects.get(issue__date="2024-05-02")) and LABEL not in plain


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_learned_meanwhile_waits_for_the_next_import(newspaper, tmp_path, jobs):
    files = {f"2024-05-0{n}/01.txt": page_with_label(PLACES[n], n) for n in range(1, 4)}
    job = Running([write_pages(tmp_path, files)], newspaper, Options(jobs=jobs))
    outcomes = iter(job)
    next(outcomes)
    learn(newspaper)
    list(outcomes)
    assert job.run.learned_id is None and LABEL not in columns()


def test_order_and_processes_make_no_difference(newspaper, tmp_path):
    files = {f"2024-05-0{n}/01.txt": page_with_label(PLACES[n], n) for n in range(1, 6)}
    folder = write_pages(tmp_path, files)
    splits = []
    for number, jobs in enumerate((1, 2, 2)):
        paper = make_newspaper(f"青杨日报{number}", slug=f"qy{number}")
        learn(paper)
        sources = list(find_sources([folder]))
        random.Random(number).shuffle(sources)
        job = Running([folder], paper, Options(jobs=jobs), sources=iter(sources))
        assert len(list(job)) == len(files)
        fields = ("page__issue__date", "column_label", "headline", "body", "kind", "category", "confidence", "keywords")
        rows = Article.objects.living().filter(newspaper=paper)
        splits.append(sorted(map(repr, rows.values_list(*fields))))
    assert splits[0] == splits[1] == splits[2] and all(LABEL in row for row in splits[0])


def test_an_act_reads_names_and_topics_by_what_is_in_use(newspaper, tmp_path, editor):
    text = report("青杨渡", 0) + "(砚边生)\n\n渠边的柳树也发了芽。"
    import_files(newspaper, write_pages(tmp_path, {"2024-05-01/01.txt": text}))
    article = Article.objects.living().get()
    learn(newspaper, categories={"文化": {"渠水": 60.0}}, people=frozenset({"砚边生"}))
    last = article.blocks.order_by("start").last()
    corrections.set_role(block=last, role="byline", user=editor)
    article.refresh_from_db()
    assert article.category.name == "文化"


def test_a_newspaper_may_go_with_what_was_learned_of_it(newspaper):
    other = make_newspaper()
    learned = learn(other)
    ImportRun.objects.create(newspaper=newspaper, learned=learned)
    other.delete()
    assert ImportRun.objects.get().learned is None
