"""Any sequence of acts keeps the page whole, and undoing all of them restores the first state exactly."""

import random

import pytest

from articles import corrections
from articles.corrections import ActRefused
from articles.models import Article, Block, Credit, Page
from articles.search.documents import check
from tests.desk import check_whole, state_of


def some_blocks(rng, pages):
    blocks = list(Block.objects.filter(page__in=pages).order_by("page", "start"))
    return rng.sample(blocks, rng.randint(1, min(3, len(blocks))))


def some_article(rng, pages):
    articles = list(Article.objects.living().filter(blocks__page__in=pages).distinct().order_by("pk"))
    return rng.choice(articles)


def random_act(rng, pages, user):
    """One act with arguments that are often, not always, sensible."""
    block = some_blocks(rng, pages)[0]
    article, other = some_article(rng, pages), some_article(rng, pages)
    page = Page.objects.get(pk=rng.choice(pages).pk)
    in_article = list(Block.objects.filter(article=article).in_reading_order())
    acts = {
        "merge_articles": lambda: {"first": article, "second": other},
        "split_article": lambda: {
            "article": article,
            "at": rng.choice(in_article),
            "as_headline": rng.random() < 0.3,
        },
        "move_blocks": lambda: {
            "blocks": some_blocks(rng, pages),
            "to": rng.choice([article, None]),
            "before": rng.choice([corrections.BY_LAYOUT, None]),
        },
        "reorder_blocks": lambda: {"article": article, "order": rng.sample(in_article, len(in_article))},
        "set_role": lambda: {"block": block, "role": rng.choice(Block.Role.values)},
        "set_roles": lambda: {"roles": {b: rng.choice(Block.Role.values) for b in some_blocks(rng, pages)}},
        "join_block": lambda: {"block": block},
        "unjoin_block": lambda: {"block": block},
        "split_block": lambda: {"block": block, "offset": block.start + rng.randint(1, 12)},
        "edit_text": lambda: {"block": block, "text": rng.choice(["改过的字句。", "", None, "本报记者 周禾"])},
        "fold_block": lambda: {"block": block, "duplicate_of": (s := rng.randint(0, 60), s + rng.randint(1, 20))},
        "unfold_block": lambda: {"block": block, "to": rng.choice([article, None]), "before": corrections.BY_LAYOUT},
        "set_aside": lambda: {"blocks": some_blocks(rng, pages), "reason": rng.choice(Block.Reason.values)},
        "supply_headline": lambda: {"article": article, "text": "代拟的标题"},
        "set_kind": lambda: {"article": article, "kind": rng.choice(Article.Kind.values)},
        "set_category": lambda: {"article": article, "category": None},
        "set_column": lambda: {"article": article, "column": None},
        "set_keywords": lambda: {"article": article, "keywords": ["枇杷"]},
        "set_credits": lambda: {"article": article, "credits": [("周禾", rng.choice(Credit.Role.values), "")]},
        "link_jump": lambda: {"head": article, "continuation": other},
        "link_jump_to_page": lambda: {"article": article, "on_page": "4"},
        "unlink_jump": lambda: {"article": article, "page": page},
        "set_name": lambda: {"page": page, "name": rng.choice(["民生", ""])},
        "set_number": lambda: {"page": page, "number": rng.choice(["2", "3", "5", ""])},
        "send_to_review": lambda: {"page": page},
        "claim_page": lambda: {"page": page},
        "release_page": lambda: {"page": page},
        "sign_off": lambda: {"page": page},
        "reopen": lambda: {"page": page},
        "mark_unfixable": lambda: {"page": page, "reason": "缺角"},
        "withdraw_article": lambda: {"article": article, "reason": "有误"},
        "bring_back_article": lambda: {"article": article},
    }
    name = rng.choice(sorted(acts))
    return getattr(corrections, name)(user=user, **acts[name]())


@pytest.mark.parametrize("seed", range(12))
def test_random_acts_keep_pages_whole_and_undo_restores_them(seed, page, third_page, editor):
    rng = random.Random(seed)
    pages = [page, third_page]
    first, entries, refused = state_of(pages), [], 0
    for _ in range(30):
        if not Article.objects.living().filter(blocks__page__in=pages).exists():
            break
        try:
            entry = random_act(rng, pages, editor)
        except ActRefused:
            refused += 1
            continue
        if entry:
            entries.append(entry)
        check_whole(pages)
        if entries and rng.random() < 0.15:
            entries.append(corrections.undo(entry=entries[-1], user=editor))
            check_whole(pages)
    assert entries and refused < 25
    for entry in reversed(entries):
        corrections.undo(entry=entry, user=editor)
    check_whole(pages)
    assert state_of(pages) == first
    assert not check().faults
