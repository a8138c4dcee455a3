"""Pages that an editor has touched keep their split; what the new one has otherwise is proposed, once."""

import random
from pathlib import Path

import pytest

from articles import corrections
from articles.admin.acts import ACTS
from articles.assembly import write_articles
from articles.corrections import ActRefused
from articles.extraction import split_page
from articles.extraction.page_file import EXTRACTOR
from articles.importing.resplitting import Resplit, Scope, runs_of_split
from articles.models import Doubt, Page
from articles.resplitting.reading import read_runs
from articles.resplitting.runs import Place, cut_alike
from articles.search.documents import check
from tests.corrections.test_random_acts import random_act
from tests.desk import article_of, block_at, check_whole, read_page, state_of
from tests.importing.paper import BRIDGE, MARKET, SCHOOL, import_files, jumping_issue
from tests.resplitting.older import Older, worsen

TEXT = f"{BRIDGE}\n\n{SCHOOL}"
GOLDEN = sorted((Path(__file__).resolve().parents[1] / "golden").glob("*.txt"))
FORGED = {"span": [0, 3], "was": {"place": ["article", 10**30, ""], "role": "body", "after": None}, "role": "body"}
RIGHT = [(text.split("\n")[0], text.split("\n\n")[2:]) for text in (BRIDGE, SCHOOL)]


def resplit(**scope):
    outcomes = list(Resplit(Scope(**scope)))
    check_whole(Page.objects.all())
    return outcomes


def again():
    Page.objects.update(extractor="1")
    return resplit()


def proposals(state="open"):
    return list(Doubt.objects.filter(origin="resplit", state=state).order_by("start", "pk"))


def accept(doubt, user):
    return ACTS["accept_doubt"].run(doubt=doubt, user=user, versions={})


@pytest.fixture
def page(issue, editor):
    """Two articles that were taken for one, which an editor has filed under keywords of his own."""
    older = Older(TEXT)
    older.run_together(0, 1)
    page = older.store(issue)
    corrections.set_keywords(article=article_of(page, "青杨渡"), keywords=["石桥"], user=editor)
    return page


@pytest.fixture
def strayed(issue, editor):
    """Two articles of which one has a passage of the other, and one passage is of the wrong role."""
    older = Older(TEXT)
    older.stray(older.at("老师说"), 0)
    older.set(older.at("住在桥头"), role="subheading")
    page = older.store(issue)
    corrections.set_keywords(article=article_of(page, "青杨渡老石桥"), keywords=["石桥"], user=editor)
    return page


def test_nothing_but_doubts_is_written(page):
    before = state_of([page])
    (outcome,) = resplit()
    assert outcome.result == "kept" and outcome.proposals == [d.text for d in proposals()]
    assert state_of([page]) == before
    page.refresh_from_db()
    assert page.extractor == EXTRACTOR and page.doubt_weight


def test_accepted_proposals_lead_to_the_new_split_and_undone_ones_back(page, editor):
    before = state_of([page])
    resplit()
    (doubt,) = proposals()
    assert "应另成一篇" in doubt.text
    entry = accept(doubt, editor)
    assert read_page(page) == RIGHT and entry.action == "take_new_split"
    assert article_of(page, "青杨渡老石桥").keywords == ["石桥"] or article_of(page, "苇塘小学的").keywords == ["石桥"]
    check_whole([page])
    assert not check().faults
    corrections.undo(entry=entry, user=editor)
    assert state_of([page]) == before


def test_moves_and_roles_are_proposals_of_their_own(strayed, editor):
    resplit()
    words = [doubt.text for doubt in proposals()]
    assert words == [
        "“住在桥头的居民说，夜里过桥再…”应是正文，现为小标题。",
        "“老师说，孩子们学会了量尺寸，…”应移到《苇塘小学木工课堂开课》。",
    ]
    for doubt in proposals():
        accept(doubt, editor)
    assert read_page(strayed) == RIGHT


def test_what_the_editor_changed_otherwise_is_not_proposed(strayed, editor):
    corrections.set_aside(blocks=[block_at(strayed, "老师说")], user=editor)
    corrections.set_role(block=block_at(strayed, "住在桥头"), role="caption", user=editor)
    (outcome,) = resplit()
    assert outcome.result == "unchanged" and not proposals()


def test_what_the_editor_has_done_already_is_not_proposed(strayed, editor):
    school = article_of(strayed, "苇塘小学的")
    corrections.move_blocks(blocks=[block_at(strayed, "老师说")], to=school, user=editor)
    corrections.set_role(block=block_at(strayed, "住在桥头"), role="body", user=editor)
    resplit()
    assert not proposals()


def test_an_article_that_the_editor_made_is_the_one_of_the_new_split(page, editor):
    corrections.split_article(
        article=article_of(page, "青杨渡"), at=block_at(page, "苇塘小学木工"), as_headline=True, user=editor
    )
    resplit()
    assert not proposals()


def test_of_what_belongs_together_nothing_is_proposed_if_a_part_was_decided_otherwise(page, editor):
    market = corrections.move_blocks(blocks=[block_at(page, "老师说")], to=None, user=editor)
    assert market
    resplit()
    assert not [d for d in proposals() if "另成一篇" in d.text]


def test_what_was_dismissed_is_not_proposed_again(strayed, editor):
    resplit()
    dismissed, kept = proposals()
    corrections.dismiss_doubt(doubt=dismissed, user=editor)
    assert again()[0].result == "unchanged"
    assert proposals() == [kept] and proposals("dismissed") == [dismissed]


def test_a_proposal_done_by_hand_is_settled_and_one_decided_otherwise_dismissed(strayed, editor):
    resplit()
    role, move = proposals()
    entry = corrections.set_role(block=block_at(strayed, "住在桥头"), role="body", user=editor)
    assert proposals("accepted") == [role] and proposals() == [move]
    corrections.set_aside(blocks=[block_at(strayed, "老师说")], user=editor)
    assert proposals("dismissed") == [move]
    corrections.undo(entry=entry, user=editor)
    assert proposals() == [role]


def test_open_proposals_that_a_newer_extractor_no_longer_makes_go(strayed):
    resplit()
    Doubt.objects.filter(pk=proposals()[0].pk).update(proposal={"act": "take_new_split", "changes": []})
    again()
    assert len(proposals()) == 2 and all(doubt.proposal["changes"] for doubt in proposals())


def test_a_passage_with_corrected_text_is_not_cut(issue, editor):
    older = Older(TEXT)
    page = older.store(issue)
    # The older extractor had a byline and a paragraph as one passage.
    block, rest = block_at(page, "□本报记者 柳青禾"), block_at(page, "青杨渡老石桥")
    rest.delete()
    corrections.edit_text(block=block, text="□本报记者 柳青禾 青杨渡老石桥的修缮工程", user=editor)
    resplit()
    assert not [d for d in proposals() if d.start <= block.start < d.end or "青杨渡老石桥的" in d.text]


def test_a_passage_is_cut_where_the_new_split_has_two(issue, editor):
    older = Older(TEXT)
    page = older.store(issue)
    block_at(page, "□本报记者 柳青禾").delete()
    corrections.set_name(page=page, name="要闻", user=editor)
    resplit()
    for doubt in proposals():
        accept(doubt, editor)
    assert read_page(page) == RIGHT
    assert block_at(page, "□本报记者 柳青禾").role == "byline"
    assert [c.name for c in article_of(page, "青杨渡老石桥").credits.all()] == ["柳青禾"]


def test_a_proposal_that_no_longer_fits_is_refused(strayed, editor):
    resplit()
    role, _ = proposals()
    corrections.set_role(block=block_at(strayed, "住在桥头"), role="caption", user=editor)
    with pytest.raises(ActRefused):
        corrections.take_new_split(page=strayed, changes=role.proposal["changes"], user=editor)


@pytest.mark.parametrize(
    "changes",
    [
        [],
        None,
        3,
        [{}],
        [{"span": [0, 3]}],
        [{"span": ["a", 3], "was": {}}],
        [{"span": [90000, 90009], "was": 1}],
        [FORGED],
    ],
)
def test_what_no_proposal_says_is_refused(page, editor, changes):
    with pytest.raises(ActRefused):
        corrections.take_new_split(page=page, changes=changes, user=editor)


def test_signed_off_pages_get_proposals_when_asked_for_and_are_open_again_once_one_is_accepted(page, editor):
    corrections.sign_off(page=page, user=editor)
    assert resplit() == []
    (outcome,) = resplit(signed_off=True)
    page.refresh_from_db()
    assert outcome.result == "kept" and page.state == Page.State.REVIEWED
    accept(proposals()[0], editor)
    page.refresh_from_db()
    assert page.state == Page.State.PENDING


def test_a_page_that_shares_an_article_with_a_touched_one_keeps_its_split(issue, editor, tmp_path):
    import_files(issue.newspaper, jumping_issue(tmp_path))
    third, fourth = (Page.objects.get(number=n) for n in "34")
    corrections.set_keywords(article=article_of(third, "南塘菜市场"), keywords=["菜市"], user=editor)
    fourth.blocks.filter(role="byline").update(role="subheading")
    write_articles([article_of(fourth, "环湖公交线")])
    Page.objects.update(extractor="1")
    before = state_of(Page.objects.all())
    results = {o.page.number: o.result for o in resplit()}
    assert results == {"1": "unchanged", "2": "unchanged", "3": "unchanged", "4": "kept"}
    assert state_of(Page.objects.all()) == before
    assert {doubt.page_id for doubt in proposals()} == {fourth.pk}


def test_linked_parts_are_no_differences(issue, editor, tmp_path):
    import_files(issue.newspaper, jumping_issue(tmp_path))
    for page in Page.objects.all():
        corrections.set_name(page=page, name="要闻", user=editor)
    Page.objects.update(extractor="1")
    assert {o.result for o in resplit()} == {"unchanged"}


def new_split_of(page):
    """The page's runs as they are and as the new split has them, cut alike."""
    split = split_page(page.source_text)
    places = [Place("new", index) for index in range(len(split.articles))]
    return cut_alike(page.source_text, read_runs(page), runs_of_split(page.source_text, split, places))


@pytest.mark.parametrize("seed", range(6))
def test_any_older_split_becomes_the_new_one_when_all_is_accepted(issue, editor, seed):
    chance = random.Random(seed)
    older = Older(chance.choice(GOLDEN).read_text(encoding="utf-8"))
    for _ in range(4):
        worsen(older, chance)
    page = older.store(issue)
    corrections.set_name(page=page, name="要闻", user=editor)
    before = state_of([page])
    resplit()
    entries = accept_all(editor)
    check_whole([page])
    names = {}
    for mine, theirs in zip(*new_split_of(page), strict=True):
        words = page.source_text[mine.start : mine.end][:20]
        assert (mine.role, mine.after) == (theirs.role, theirs.after), words
        assert names.setdefault(mine.place, theirs.place) == theirs.place, words
    assert len(set(names.values())) == len(names)
    assert not check().faults
    for entry in reversed(entries):
        corrections.undo(entry=entry, user=editor)
    assert state_of([page]) == before


def accept_all(user, *, may_refuse=False):
    entries = []
    for doubt in proposals():
        doubt.refresh_from_db()
        if doubt.state != "open":
            continue
        try:
            entries.append(accept(doubt, user))
        except ActRefused:
            assert may_refuse
    return entries


@pytest.mark.parametrize("seed", range(4))
def test_whatever_editors_did_stays_and_accepting_keeps_pages_whole(issue, editor, seed):
    chance = random.Random(seed)
    older = Older(TEXT + "\n\n" + MARKET)
    for _ in range(3):
        worsen(older, chance)
    page = older.store(issue)
    for _ in range(6):
        try:
            random_act(chance, [page], editor)
        except ActRefused:
            continue
    before = state_of([page])
    resplit(signed_off=True)
    if page.touched:
        assert state_of([page]) == before
    accept_all(editor, may_refuse=True)
    check_whole([page])
    assert not check().faults


def test_screens_show_proposals_and_offer_them(page, editor, client):
    resplit()
    client.force_login(editor)
    shown = client.get(f"/admin/articles/page/{page.pk}/change/").content.decode()
    assert "新拆分不同" in shown and "采纳：照新拆分改" in shown and proposals()[0].text in shown
    answer = client.post(f"/admin/articles/page/{page.pk}/act/accept_doubt/", {"doubt": proposals()[0].pk}, follow=True)
    assert answer.status_code == 200 and read_page(page) == RIGHT
    assert "照新拆分改" in answer.content.decode()
