"""Jumps across the pages of an issue: joined once all are in, in whatever order they come."""

import itertools

import pytest

from articles import corrections
from articles.importing.linking import link_issues
from articles.models import Article, Doubt, Issue, Page
from articles.search.documents import check
from tests.desk import check_whole
from tests.importing.paper import BRIDGE, JUMP_FROM_1, JUMP_ON_3, MARKET, dump, import_files, jumping_issue, write_pages


@pytest.fixture
def folder(tmp_path):
    return jumping_issue(tmp_path)


@pytest.fixture
def two_pages(tmp_path):
    return write_pages(tmp_path, {"2024-12-06/01.txt": JUMP_FROM_1, "2024-12-06/03.txt": JUMP_ON_3})


def story():
    return Article.objects.living().get(headline="河道清淤见成效")


def shape():
    """How the issue reads, whatever the ids."""
    return sorted(
        (a.headline, a.body, [p.number for p in Page.objects.carrying(a)], [c.name for c in a.credits.all()])
        for a in Article.objects.living()
    )


def page_of(number):
    return Page.objects.get(number=number)


def test_a_story_over_three_pages_is_one_article_with_its_parts_leading_to_it(newspaper, folder, client):
    import_files(newspaper, folder)
    assert [p.number for p in Page.objects.carrying(story())] == ["1", "3", "4"]
    assert "河滩上的" in story().body and story().body.endswith("桥头的公告栏里。")
    assert {a.page.number for a in story().merged.all()} == {"3", "4"}
    for part in story().merged.all():
        assert client.get(part.get_absolute_url()).url == story().get_absolute_url()
    check_whole(Page.objects.all())
    assert not check().faults and not Doubt.objects.filter(code__startswith="jump").exists()


def test_linking_again_changes_nothing(newspaper, folder):
    import_files(newspaper, folder)
    before = dump()
    assert link_issues([Issue.objects.get().pk]) == 0 and dump() == before


@pytest.mark.parametrize("order", list(itertools.permutations(["01", "03", "04"])))
def test_pages_may_come_one_by_one_in_any_order(newspaper, folder, order):
    import_files(newspaper, folder / "2024-12-06/02.txt")
    for name in order:
        import_files(newspaper, folder / f"2024-12-06/{name}.txt")
        check_whole(Page.objects.all())
    assert [p.number for p in Page.objects.carrying(story())] == ["1", "3", "4"]
    assert set(story().merged.values_list("page__number", flat=True)) == {"3", "4"}
    assert not Doubt.objects.filter(code__startswith="jump").exists() and not check().faults


def test_a_marker_that_nothing_answers_is_a_doubt_until_it_is_answered(newspaper, two_pages):
    import_files(newspaper, two_pages / "2024-12-06/01.txt")
    doubt = Doubt.objects.get(code="jump_unanswered")
    assert doubt.article == story() and "下转3版" in doubt.text and doubt.page == page_of("1")
    import_files(newspaper, two_pages / "2024-12-06/01.txt")
    assert Doubt.objects.get(code="jump_unanswered").pk == doubt.pk
    import_files(newspaper, two_pages)
    assert not Doubt.objects.filter(code="jump_unanswered").exists()


def test_a_dismissed_doubt_stays_dismissed(newspaper, two_pages, editor):
    import_files(newspaper, two_pages / "2024-12-06/01.txt")
    corrections.dismiss_doubt(doubt=Doubt.objects.get(code="jump_unanswered"), user=editor)
    import_files(newspaper, two_pages / "2024-12-06/01.txt")
    link_issues([Issue.objects.get().pk])
    assert Doubt.objects.get(code="jump_unanswered").state == "dismissed"


def test_touched_pages_are_not_joined_but_proposed(newspaper, two_pages, editor):
    import_files(newspaper, two_pages / "2024-12-06/01.txt")
    corrections.set_name(page=page_of("1"), name="要闻", user=editor)
    import_files(newspaper, two_pages)
    doubt = Doubt.objects.get(code="jump_proposed")
    rest = Article.objects.get(page__number="3")
    assert (
        doubt.proposal == {"act": "link_jump", "head": story().pk, "continuation": rest.pk} and doubt.page == rest.page
    )
    before = dump()
    import_files(newspaper, two_pages)
    assert dump() == before
    corrections.link_jump(head=story(), continuation=rest, user=editor)
    link_issues([Issue.objects.get().pk])
    assert not Doubt.objects.filter(code__startswith="jump", state="open").exists()
    assert [p.number for p in Page.objects.carrying(story())] == ["1", "3"]


def test_a_dismissed_proposal_stays_dismissed(newspaper, two_pages, editor):
    import_files(newspaper, two_pages / "2024-12-06/01.txt")
    corrections.set_name(page=page_of("1"), name="要闻", user=editor)
    import_files(newspaper, two_pages)
    corrections.dismiss_doubt(doubt=Doubt.objects.get(code="jump_proposed"), user=editor)
    import_files(newspaper, two_pages)
    assert [d.state for d in Doubt.objects.filter(code__startswith="jump")] == ["dismissed"]


def test_a_jump_that_an_editor_took_apart_is_not_joined_again(newspaper, two_pages, editor):
    import_files(newspaper, two_pages)
    corrections.unlink_jump(article=story(), page=page_of("3"), user=editor)
    import_files(newspaper, two_pages)
    assert [p.number for p in Page.objects.carrying(story())] == ["1"]
    check_whole(Page.objects.all())


def test_pages_of_other_days_do_not_answer(newspaper, tmp_path):
    write_pages(tmp_path, {"2024-12-06/01.txt": JUMP_FROM_1, "2024-12-07/03.txt": JUMP_ON_3})
    import_files(newspaper, tmp_path)
    assert Doubt.objects.filter(code="jump_unanswered").count() == 2


def test_a_linked_page_that_is_given_another_day_is_taken_out(newspaper, tmp_path):
    masthead = "青杨日报 2024年12月6日 星期五 第{}版\n\n"
    write_pages(
        tmp_path,
        {"000_a.txt": masthead.format(1) + JUMP_FROM_1, "000_b.txt": masthead.format(3) + f"{JUMP_ON_3}\n\n{MARKET}"},
    )
    import_files(newspaper, tmp_path)
    assert [p.number for p in Page.objects.carrying(story())] == ["1", "3"]
    (tmp_path / "2024-12-09").mkdir()
    (tmp_path / "000_b.txt").rename(tmp_path / "2024-12-09/03.txt")
    import_files(newspaper, tmp_path / "2024-12-09")
    assert [p.number for p in Page.objects.carrying(story())] == ["1"]
    rest = Article.objects.living().get(body__contains="巡河员")
    assert rest.issue.date.isoformat() == "2024-12-09"
    assert Doubt.objects.filter(code="jump_unanswered").count() == 2
    check_whole(Page.objects.all())
    assert not check().faults


def test_linking_asks_little_of_an_issue_without_jumps(newspaper, tmp_path, django_assert_max_num_queries):
    import_files(newspaper, write_pages(tmp_path, {"2024-12-06/01.txt": BRIDGE, "2024-12-06/02.txt": MARKET}))
    with django_assert_max_num_queries(4):
        assert link_issues([Issue.objects.get().pk]) == 0
