"""What accepting a doubt does, in words with the titles and numbers that the desk shows."""

from ..models import Article
from .acts import ACTS
from .desk import excerpt


def promise_of(doubt, desk):
    """What is done when the doubt is accepted; None where that is nothing."""
    act = ACTS.get(doubt.proposal.get("act")) if doubt.proposal else None
    if act is None:
        return None
    tell = WORDS.get(act.name)
    return (tell and tell(doubt.proposal, desk)) or act.label


def move_blocks(proposal, desk):
    return f"移到{titled(proposal.get('to'), desk)}" if proposal.get("to") else "另成一篇"


def split_article(proposal, desk):
    at, titles = numbered(proposal.get("at"), desk), "，以此为标题" if proposal.get("as_headline") else ""
    return at and f"从{at}另起一篇{titles}"


def join_block(proposal, desk):
    at = numbered(proposal.get("block"), desk)
    return at and f"{at}接上段"


def unjoin_block(proposal, desk):
    at = numbered(proposal.get("block"), desk)
    return at and f"在{at}前断开"


def link_jump(proposal, desk):
    return f"{titled(proposal.get('head'), desk)}下接{titled(proposal.get('continuation'), desk)}"


def edit_text(proposal, desk):
    at = numbered(proposal.get("block"), desk)
    return at and f"照此改{at}的文字"


def set_kind(proposal, desk):
    kind = dict(Article.Kind.choices).get(proposal.get("kind"))
    return kind and f"体裁改为{kind}"


WORDS = {f.__name__: f for f in (edit_text, move_blocks, split_article, join_block, unjoin_block, link_jump, set_kind)}


def titled(pk, desk):
    """An article of the page, or of another page of its issue, by its title."""
    if pk in desk.articles:
        return f"《{excerpt(desk.articles[pk].title)}》"
    choice = desk.issue_article_choices.get(pk)
    return f"{choice.group}{choice.label}" if choice else "另一篇"


def numbered(pk, desk):
    return f"第{desk.numbers[pk]}段" if pk in desk.numbers else ""
