"""Pages that no editor has touched get the new split; ids are handed on, jumps linked again, doubts of place kept."""

import pytest

from articles import corrections
from articles.admin.import_runs import pages_changed
from articles.extraction.page_file import EXTRACTOR
from articles.importing.resplitting import Resplit, Scope
from articles.importing.taking_back import plan_taking_back, take_back
from articles.models import Article, Doubt, ImportRun, Page
from articles.search.documents import check
from tests.desk import article_of, check_whole
from tests.importing.paper import (
    BRIDGE,
    BUS,
    CHAIN_ON_4,
    MARKET,
    SCHOOL,
    dump,
    import_files,
    jumping_issue,
    write_pages,
)
from tests.resplitting.older import Older

TEXT = f"{BRIDGE}\n\n{SCHOOL}"


def resplit(**scope):
    outcomes = list(Resplit(Scope(**scope)))
    assert not check().faults
    check_whole(Page.objects.all())
    return outcomes


def ids_of(page):
    return {a.headline: a.pk for a in Article.objects.living().filter(blocks__page=page).distinct()}


def headline(text):
    return text.split("\n")[0]


@pytest.fixture
def together(issue):
    """A page of two articles that the older extractor took for one."""
    older = Older(TEXT)
    older.run_together(0, 1)
    return older.store(issue)


@pytest.fixture
def apart(issue):
    """A page of one article whose end the older extractor took for another."""
    older = Older(BRIDGE)
    older.cut_off(0, older.at("住在桥头"))
    return older.store(issue)


def test_what_was_one_article_is_two_and_the_larger_part_keeps_the_id(together):
    ((_, before),) = ids_of(together).items()
    (outcome,) = resplit()
    after = ids_of(together)
    assert set(after) == {headline(BRIDGE), headline(SCHOOL)} and before in after.values()
    assert (outcome.result, outcome.articles_before, outcome.articles_after) == ("resplit", 1, 2)
    assert outcome.moved and not outcome.redirected
    together.refresh_from_db()
    assert together.extractor == EXTRACTOR


def test_an_article_that_became_part_of_another_redirects_to_it(apart, client):
    whole, part = article_of(apart, "青杨渡"), article_of(apart, "住在桥头")
    (outcome,) = resplit()
    kept, gone = (whole, part) if whole.pk in ids_of(apart).values() else (part, whole)
    assert outcome.redirected == {gone.pk: kept.pk}
    assert f"文章 {gone.pk} 转到 {kept.pk}" in outcome.words
    assert client.get(gone.get_absolute_url()).url == kept.get_absolute_url()
    ((name, pk),) = ids_of(apart).items()
    assert (name, pk) == (headline(BRIDGE), kept.pk)


def test_readers_find_what_the_new_split_made(together, client):
    resplit()
    shown = client.get("/search/", {"q": "小板凳"}).content.decode()
    assert article_of(together, "苇塘小学的").get_absolute_url() in shown


def test_a_page_that_comes_out_alike_is_left_but_for_the_extractor(issue):
    page = Older(TEXT).store(issue)
    list(Resplit(Scope()))
    page.refresh_from_db()
    before, version = dump(), page.version
    Page.objects.update(extractor="1")
    (outcome,) = resplit()
    page.refresh_from_db()
    assert outcome.result == "unchanged" and page.version == version and page.extractor == EXTRACTOR
    assert dump() == before


def test_only_pages_of_older_extractors_are_split_unless_all_are_asked_for(together, issue):
    new = Older(MARKET).store(issue, number="3")
    Page.objects.filter(pk=new.pk).update(extractor=EXTRACTOR)
    newest = Older(BUS).store(issue, number="4")
    Page.objects.filter(pk=newest.pk).update(extractor=str(int(EXTRACTOR) + 1))
    assert [o.page for o in resplit()] == [together]
    assert resplit() == [] and len(resplit(everything=True)) == 3


def test_a_dry_run_tells_and_writes_nothing(together, apart_too):
    before = dump()
    outcomes = list(Resplit(Scope(dry_run=True)))
    assert [(o.result, o.articles_before, o.articles_after) for o in outcomes] == [("resplit", 1, 2), ("resplit", 2, 1)]
    assert outcomes[1].redirected
    assert dump() == before and not ImportRun.objects.exists()


@pytest.fixture
def apart_too(issue):
    older = Older(MARKET)
    older.cut_off(0, older.at("摊主们"))
    return older.store(issue, number="3")


def test_jumps_are_linked_again_under_the_same_ids(issue, tmp_path):
    import_files(issue.newspaper, jumping_issue(tmp_path))
    story = Article.objects.get(headline="河道清淤见成效")
    parts, body = {a.pk: a.page_id for a in story.merged.all()}, story.body
    ids = set(Article.objects.values_list("pk", flat=True))
    # The page in the middle of the story, as if an older extractor had taken its byline for text.
    page = Page.objects.get(number="3")
    page.blocks.filter(role="byline").update(role="subheading")
    Page.objects.update(extractor="1")
    job = Resplit(Scope())
    assert sorted(o.result for o in job) == ["resplit", "unchanged", "unchanged", "unchanged"]
    assert job.linked == 2
    story.refresh_from_db()
    assert story.body == body and {a.pk: a.page_id for a in story.merged.all()} == parts
    assert set(Article.objects.values_list("pk", flat=True)) == ids
    check_whole(Page.objects.all())
    assert not check().faults


def test_an_article_that_is_no_more_names_no_page_to_jump_to(issue):
    """Else the article that it leads to would be joined with what it named."""
    older = Older(f"{CHAIN_ON_4}\n\n{BUS}")
    page = older.store(issue, number="4")
    Article.objects.filter(blocks__page=page).update(continued_from="3")
    older.run_together(0, 1)
    older.put_on(page)
    retired = Article.objects.exclude(merged_into=None)
    assert retired.values_list("continued_from", flat=True).get() == ""


def test_doubts_of_place_and_reports_of_readers_stay(together):
    unsure = Doubt.objects.create(page=together, code="date_inferred", text="日期由文中推定")
    report = Doubt.objects.create(
        page=together, article=article_of(together, "苇塘小学的"), origin="reader", code="report", text="错字"
    )
    Doubt.objects.create(page=together, code="no_headline", text="旧拆分的疑问")
    resplit()
    assert Doubt.objects.filter(pk=unsure.pk).exists()
    assert not Doubt.objects.filter(text="旧拆分的疑问").exists()
    report.refresh_from_db()
    assert report.article and report.article.lives


def test_a_run_is_recorded_with_what_it_did_and_stands_in_no_way_of_taking_an_import_back(issue, tmp_path):
    import_files(issue.newspaper, write_pages(tmp_path, {"2024-12-06/01.txt": TEXT}))
    imported, older = ImportRun.objects.get(), Older(TEXT)
    older.run_together(0, 1)
    older.put_on(Page.objects.get())
    resplit()
    run = ImportRun.objects.get(options__kind="resplit")
    assert run.finished_at and str(run) == f"重新拆分 {run.pk}"
    ((result, reason),) = run.outcomes.values_list("result", "reason")
    assert result == "resplit" and reason.startswith("文章 1 篇 → 2 篇")
    assert not pages_changed(run).exists()
    assert [step.act for step in plan_taking_back(imported)] == ["remove"]
    list(take_back(imported))
    assert not Page.objects.exists()


def test_pages_signed_off_are_left_alone(together, editor):
    corrections.sign_off(page=together, user=editor)
    before = dump()
    assert resplit() == [] and dump() == before
    assert Scope().passed_over() == 1


def test_a_range_of_days_and_a_newspaper(together, tmp_path):
    from tests.factories import make_issue

    later = Older(MARKET).store(make_issue(together.newspaper, "2024-12-09"))
    other = Older(BUS).store(make_issue(date="2024-12-06"))
    day = together.issue.date
    assert {o.page for o in resplit(since=day, until=day, dry_run=True)} == {together, other}
    assert {o.page for o in resplit(newspaper=together.newspaper, dry_run=True)} == {together, later}
    assert [o.page for o in resplit(newspaper=together.newspaper)] == [later, together], "newest first"
