"""What is true of a signed-off page is what its editors left; what its text cannot tell is not scored."""

import datetime

import pytest

from articles import corrections
from articles.evaluation.running import (
    NothingSignedOff,
    ask_for_evaluation,
    evaluate_signed_off,
    make_evaluation,
    work_on_next,
)
from articles.evaluation.signed_off import read_truths
from articles.models import Article, Evaluation, Page
from tests.desk import article_of, block_at
from tests.importing.paper import BRIDGE, BUS, MARKET, SCHOOL, import_files, jumping_issue, write_pages


@pytest.fixture
def pages(newspaper, tmp_path, editor):
    """An issue in which a story runs over three pages, and two pages more, all signed off as the machine split them."""
    import_files(newspaper, jumping_issue(tmp_path))
    more = {"2024-12-07/01.txt": f"{BRIDGE}\n\n{MARKET}", "2024-12-07/02.txt": f"{SCHOOL}\n\n{BUS}"}
    import_files(newspaper, write_pages(tmp_path / "more", more))
    sign_off_all(editor)
    return {page.number: page for page in Page.objects.filter(issue__date="2024-12-07")}


def sign_off_all(editor):
    for page in Page.objects.exclude(state=Page.State.REVIEWED):
        corrections.sign_off(page=page, user=editor)


def touches(newspaper=None):
    return dict(evaluate_signed_off(newspaper, lambda done, total: None).kinds)


def mend(mended, editor, act, **arguments):
    mended.refresh_from_db()
    corrections.reopen(page=mended, user=editor)
    act(user=editor, **arguments)
    sign_off_all(editor)


def test_pages_that_nobody_had_to_mend_need_no_touch(pages):
    assert Article.objects.filter(merged_into__isnull=False).count() == 2  # the jumps were linked
    assert touches() == {}


def test_nothing_signed_off_is_said(newspaper):
    with pytest.raises(NothingSignedOff, match="还没有签发"):
        touches()


def test_what_an_editor_had_to_mend_is_what_the_machine_gets_wrong(pages, editor):
    page = pages["1"]
    market = article_of(page, MARKET.split("\n")[0])
    block = block_at(page, BRIDGE.split("\n\n")[-1][:8])
    mend(page, editor, corrections.move_blocks, blocks=[block], to=market)
    assert touches() == {"paragraphs": 1}


def test_a_headline_made_body_and_a_photographer_struck_out(pages, editor):
    page = pages["2"]
    headline = block_at(page, BUS.split("\n")[0])
    mend(page, editor, corrections.set_role, block=headline, role="subheading")
    assert touches()["headline"] == 1
    school = article_of(page, SCHOOL.split("\n")[0])
    before = touches().get("people", 0)
    mend(page, editor, corrections.set_credits, article=school, credits=[])
    assert touches()["people"] == before + 1


def test_a_slip_of_ocr_that_an_editor_mended_is_not_the_splitters(pages, editor):
    page = pages["1"]
    headline = block_at(page, BRIDGE.split("\n")[0])
    mend(page, editor, corrections.edit_text, block=headline, text="青杨渡的桥修好了")
    assert touches() == {}


def test_a_day_is_scored_where_the_text_had_to_tell_it(pages, editor):
    page = pages["1"]
    ((_, truth),) = read_truths([page.pk])
    assert truth.days is None  # the path said it
    mend(page, editor, corrections.set_date, page=page, date=datetime.date(2024, 12, 9))
    ((_, truth),) = read_truths([page.pk])
    assert truth.days == (datetime.date(2024, 12, 9),) * 2


def test_of_a_story_over_pages_each_page_is_scored_for_its_part(pages):
    story = Article.objects.get(headline="河道清淤见成效")
    on = [page.pk for page in Page.objects.filter(blocks__article=story).distinct().order_by("sort_key")]
    parts = [next(a for a in truth.articles if "上接" in a.name or not a.titled) for _, truth in read_truths(on[1:])]
    assert all(part.paragraphs and not part.kinds for part in parts)
    assert parts[0].continued_from == "1"


def test_an_evaluation_is_kept_by_month_of_import(pages, newspaper):
    Page.objects.filter(issue__date="2024-12-07").update(
        imported_at=datetime.datetime(2024, 12, 8, tzinfo=datetime.UTC)
    )
    evaluation = make_evaluation(newspaper, lambda done, total: None)
    assert evaluation.pages == 6 and len(evaluation.figures["months"]) == 2
    assert evaluation.figures["months"][-1]["month"] == "2024-12"


def test_what_is_asked_for_is_made_once(pages, newspaper):
    asked = ask_for_evaluation(newspaper)
    assert ask_for_evaluation(newspaper) == asked and asked.made_at is None
    assert work_on_next(lambda: False) == asked
    asked.refresh_from_db()
    assert asked.made_at and asked.figures["touches"] == 0 and asked.heartbeat_at is None
    assert work_on_next(lambda: False) is None


def test_a_worker_asked_to_stop_leaves_it_for_the_next(pages, newspaper):
    asked = ask_for_evaluation(newspaper)
    work_on_next(lambda: True)
    asked.refresh_from_db()
    assert asked.made_at is None and asked.heartbeat_at is None
    assert work_on_next(lambda: False) == asked


def test_an_evaluation_of_nothing_says_so(newspaper):
    asked = ask_for_evaluation(newspaper)
    work_on_next(lambda: False)
    assert "还没有签发" in Evaluation.objects.get(pk=asked.pk).error
    assert work_on_next(lambda: False) is None
