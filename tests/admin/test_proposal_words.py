"""What accepting a doubt does, in words that name the article and the passage."""

import pytest

from articles.admin.desk import Desk
from articles.admin.proposal_words import promise_of
from articles.models import Doubt
from tests.desk import article_of, block_at

SHELF, LOQUAT = "老槐树", "南塘村"

# name: the proposal, and its words with {n} for the number of the passage of "谁来得早".
PROPOSALS = {
    "nothing": (lambda p: None, None),
    "move": (lambda p: {"act": "move_blocks", "blocks": [], "to": article_of(p, LOQUAT).pk}, "移到《{loquat}》"),
    "move out": (lambda p: {"act": "move_blocks", "blocks": [], "to": ""}, "另成一篇"),
    "move to what is gone": (lambda p: {"act": "move_blocks", "blocks": [], "to": 10**6}, "移到另一篇"),
    "split": (
        lambda p: {"act": "split_article", "at": block_at(p, "谁来得早").pk, "as_headline": "on"},
        "从第{n}段另起一篇，以此为标题",
    ),
    "join": (lambda p: {"act": "join_block", "block": block_at(p, "谁来得早").pk}, "第{n}段接上段"),
    "part": (lambda p: {"act": "unjoin_block", "block": block_at(p, "谁来得早").pk}, "在第{n}段前断开"),
    "kind": (lambda p: {"act": "set_kind", "article": article_of(p, SHELF).pk, "kind": "opinion"}, "体裁改为评论"),
    "a passage that is gone": (lambda p: {"act": "join_block", "block": 10**6}, "接成一段"),
    "a newer split": (lambda p: {"act": "take_new_split", "changes": []}, "照新拆分改"),
}


@pytest.mark.parametrize("name", PROPOSALS)
def test_a_proposal_in_words(page, name):
    propose, words = PROPOSALS[name]
    desk = Desk(page)
    number, title = desk.numbers[block_at(page, "谁来得早").pk], article_of(page, LOQUAT).title
    told = promise_of(Doubt(page=page, proposal=propose(page)), desk)
    assert told == (words and words.format(n=number, loquat=title))
