"""States of a page: told backwards from the journal, compared block by block, and brought back."""

import random
import sys
from collections import Counter

from django.db import transaction
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from articles import corrections
from articles.compare import Run
from articles.corrections import ActRefused
from articles.corrections.page_diff import ArticleDescription, PageDescription, PassageDescription, Place, diff
from articles.corrections.page_history import FIRST, read_history
from articles.models import Article, Correction, Doubt
from articles.search.documents import check
from tests.corrections.test_random_acts import random_act
from tests.desk import article_of, block_at, check_whole, state_of

SHELF, LOQUAT, PHOTO = "老槐树", "南塘村", "图为"


def changes(page, state=FIRST, to=None):
    """{title or "": [(label, words)]} of what became of the page since a state."""
    history = read_history(page)
    found = diff(history.describe(state), history.describe(history.latest if to is None else to))
    return {group.title: [(c.label, c.words) for c in group.changes] for group in found}


def described(page):
    history = read_history(page)
    return history.describe(history.latest)


def test_a_page_that_nobody_touched_has_one_state_and_no_difference(page):
    history = read_history(page)
    assert (history.entries, history.latest, history.whole) == ([], FIRST, True)
    assert changes(page) == {}
    assert [a.title for a in described(page).articles.values()][:2] == ["老槐树下开起共享书屋", "南塘村头茬枇杷上市"]


def test_moves_are_told_as_moves_with_where_from(page, editor):
    corrections.move_blocks(blocks=[block_at(page, "图为果农")], to=article_of(page, LOQUAT), user=editor)
    told = changes(page)
    assert ("移入", "从《图为果农在分拣枇杷。》移入") in told["南塘村头茬枇杷上市"]
    assert "标为重复" not in str(told) and "切开" not in str(told)


def test_a_passage_put_elsewhere_in_its_article_was_reordered_alone(page, editor):
    article = article_of(page, SHELF)
    order = list(article.blocks.in_reading_order())
    corrections.reorder_blocks(article=article, order=[*order[:3], order[-1], *order[3:-1]], user=editor)
    [group] = diff(*(read_history(page).describe(s) for s in (FIRST, read_history(page).latest)))
    [change] = [c for c in group.changes if c.kind == "reordered"]
    assert [q.words for q in change.quotes] == [
        "谁来得早谁开门，钥匙就挂在老槐树的铁…"
    ] and "林小满”之后" in change.words


def test_a_merge_is_one_change_and_a_split_names_its_source(page, editor):
    corrections.merge_articles(first=article_of(page, LOQUAT), second=article_of(page, PHOTO), user=editor)
    told = changes(page)["南塘村头茬枇杷上市"]
    assert told[0] == ("并入", "《图为果农在分拣枇杷。》整篇并入本文（2段）")
    assert "移入" not in dict(told)
    merged = read_history(page).latest
    corrections.split_article(
        article=article_of(page, SHELF), at=block_at(page, "钥匙挂在"), as_headline=True, user=editor
    )
    told = changes(page, merged)
    assert told["钥匙挂在树上"][0] == ("新文章", "从《老槐树下开起共享书屋》分出2段")
    assert ("角色", "小标题 → 主题") in told["钥匙挂在树上"]


def test_text_is_compared_by_character_and_the_rest_is_told_in_words(page, editor):
    article = article_of(page, SHELF)
    corrections.edit_text(
        block=block_at(page, "谁来得早"), text="谁来得早谁开锁，钥匙就挂在老槐树的铁钩上。", user=editor
    )
    corrections.unjoin_block(block=block_at(page, "屋，三百册"), user=editor)
    corrections.set_aside(blocks=[block_at(page, "街巷新事")], reason="label", note="另版", user=editor)
    corrections.fold_block(block=block_at(page, "讲文明"), duplicate_of=(0, 4), user=editor)
    corrections.set_kind(article=article, kind="feature", user=editor)
    corrections.split_block(block=block_at(page, "南塘村的头茬"), offset=page.source_text.index("每斤"), user=editor)
    told = changes(page)
    mine = told["老槐树下开起共享书屋"]
    assert [label for label, _ in mine][:3] == ["搁置", "改正文字", "断开"]
    assert ("搁置", "无主栏目：另版") in mine and ("体裁", "消息 → 通讯特写") in mine
    assert told[""] == [("标为重复", "与“街巷新事”重复")]
    assert told["南塘村头茬枇杷上市"] == [("切开", "一段切为2段")]
    history = read_history(page)
    runs = next(
        c.runs for g in diff(history.describe(FIRST), history.describe(history.latest)) for c in g.changes if c.runs
    )
    assert Run("gone", "门") in runs and Run("new", "锁") in runs
    assert changes(page, history.latest, FIRST)["老槐树下开起共享书屋"][0][0] == "取回"


def test_a_jump_is_told_from_both_pages(page, third_page, editor):
    head, rest = article_of(page, SHELF), article_of(third_page, "书屋的账本")
    corrections.link_jump(head=head, continuation=rest, user=editor)
    assert changes(page)["老槐树下开起共享书屋"][0] == ("转版", "接上第3版的1段")
    assert changes(third_page)["老槐树下开起共享书屋"][0][0] in ("新文章", "并入")


def passage(start, end, place, order=0, **fields):
    given = {"block": start, "text": "", "corrected": False, "role": "body", "joins": False} | fields
    return PassageDescription(start=start, end=end, place=place, order=order, **given)


def described_as(source, passages):
    articles = {p.place.article for p in passages} - {None}
    return PageDescription(source, tuple(passages), {pk: ArticleDescription(f"文{pk}", {}, ()) for pk in articles})


def test_comparing_costs_in_step_with_the_passages():
    def calls(count):
        source = "甲乙丙丁。\n" * count
        mine = [passage(i * 6, i * 6 + 6, Place("article", 1 + i % 9), i) for i in range(count)]
        theirs = [passage(i * 6, i * 6 + 6, Place("article", 1 + (i * 7) % 9), count - i) for i in range(count)]
        pair, seen = (described_as(source, mine), described_as(source, theirs)), Counter()
        sys.setprofile(lambda frame, event, arg: seen.update([event]))
        assert diff(*pair)
        sys.setprofile(None)
        return seen.total()

    assert calls(1500) < 4 * calls(500)


def exact(page):
    """What a restoration brings back to the letter: the page's blocks, and the articles on it but for withdrawal."""
    state = state_of([page])
    words = [f.attname for f in Article._meta.concrete_fields if f.name in ("reviewed", "sort_key", "issue")]
    unsaid = {*words, "state", "withdrawn_reason", "withdrawn_at"}
    articles = [{k: v for k, v in row.items() if k not in unsaid} for row in state["articles"]]
    return state["blocks"], articles, state["credits"]


def try_step(kind, number, rng, entries, states, pages, editor):
    """One step of an editor: (its entry, whether it was refused)."""
    if kind == "act" or not entries:
        if not Article.objects.living().filter(blocks__page__in=pages).exists():
            return None
        return random_act(rng, pages, editor)
    entry = entries[number % len(entries)]
    if kind == "undo":
        return corrections.undo(entry=entry, user=editor)
    if kind == "redo":
        undone = [e for e in entries if e.undoes_id]
        return corrections.undo(entry=undone[number % len(undone)], user=editor) if undone else None
    page, known = pages[number % 2], list(states[pages[number % 2].pk])
    state = known[number % len(known)]
    entry = corrections.restore_page(page=page, entry=state and Correction.objects.get(pk=state), user=editor)
    assert exact(page) == states[page.pk][state]
    return entry


steps = st.lists(
    st.tuples(st.sampled_from(["act", "act", "act", "undo", "redo", "restore"]), st.integers(0, 10**6)),
    min_size=8,
    max_size=20,
)


A_WORD_LAPSED = [("act", 9163), ("undo", 0), ("restore", 5096), ("undo", 674), ("undo", 493), ("undo", 2422)]
A_WORD_LAPSED += [("act", 3600), ("act", 1522), ("restore", 2325), ("act", 7841), ("restore", 16760), ("act", 68)]
A_WORD_LAPSED += [("act", 405), ("act", 1), ("undo", 152), ("act", 2424), ("undo", 198062), ("redo", 67258)]
A_WORD_LAPSED += [("redo", 277), ("undo", 99999)]


@settings(
    max_examples=8, deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(steps=steps)
@example(steps=A_WORD_LAPSED)
def test_any_acts_undos_and_restorations_keep_pages_whole_and_are_all_undone(steps, page, third_page, editor):
    pages = [page, third_page]
    first, entries = state_of(pages), []
    states = {p.pk: {None: exact(p)} for p in pages}  # entry -> how the page was after it
    with transaction.atomic():
        for kind, number in steps:
            try:
                entry = try_step(kind, number, random.Random(number), entries, states, pages, editor)
            except ActRefused:
                continue
            if entry is None:
                continue
            entries.append(entry)
            check_whole(pages)
            for on in pages:
                if entry.pages.filter(pk=on.pk).exists():
                    states[on.pk][entry.pk] = exact(on)
        for entry in reversed(entries):
            corrections.undo(entry=entry, user=editor)
        check_whole(pages)
        assert state_of(pages) == first
        assert not check().faults
        transaction.set_rollback(True)


def test_a_jump_linked_since_is_unlinked_on_both_pages_and_doubts_come_back(page, third_page, editor):
    doubt = Doubt.objects.create(page=page, code="weak_join", text="疑", start=0, end=1)
    pages, head = [page, third_page], article_of(page, SHELF)
    first = state_of(pages)
    corrections.link_jump(head=head, continuation=article_of(third_page, "书屋的账本"), user=editor)
    entry = corrections.restore_page(page=page, entry=None, user=editor)
    assert state_of(pages) == first and entry.pages.count() == 2
    doubt.refresh_from_db()
    assert doubt.state == Doubt.State.OPEN
    corrections.undo(entry=entry, user=editor)
    assert article_of(third_page, "书屋的账本").pk == head.pk
    check_whole(pages)
