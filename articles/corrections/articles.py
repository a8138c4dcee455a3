"""Acts on articles: merge, split, what they are called and filed under, withdrawal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal

from django.utils import timezone

from ..assembly import NAME_LIMIT, UNIT_LIMIT, find_column, write_credits
from ..models import Article, Block, Category, Column, Correction, Credit, Person
from ..privacy.masking import hide_numbers
from .journal import ActRefused, clean, open_act
from .passages import STEP, TITLES, Versions

NEW_PERSON: Final = "new person"  # somebody of that name who is none of those known


def merge_articles(*, first: Article, second: Article, user: Any, versions: Versions = None) -> Correction | None:
    """Make one article of two, the text of `first` before that of `second`.

    The one that has a headline survives, of two with one (or none) `first`. A title of the other becomes a subheading
    where the survivor has a title of that role, and the survivor's where it has none. The other's address redirects.
    """
    if first.pk == second.pk:
        raise ActRefused("请选择两篇不同的文章。")
    with open_act(
        "merge_articles",
        articles=[first, second],
        arguments={"first": first.pk, "second": second.pk},
        user=user,
        versions=versions,
    ) as act:
        first, second = _living(first), _living(second)
        if first.newspaper_id != second.newspaper_id:
            raise ActRefused("两篇文章不属于同一份报纸。")
        survivor, other = (second, first) if second.headline and not first.headline else (first, second)
        _combine(survivor, other, first)
        act.arguments["survivor"] = survivor.pk
        if survivor.kind == Article.Kind.CONTINUATION and other.kind != Article.Kind.CONTINUATION:
            Article.objects.filter(pk=survivor.pk).update(kind=other.kind)
    return act.entry


def _combine(survivor: Article, other: Article, first: Article) -> None:
    mine = list(Block.objects.filter(article=survivor).in_reading_order())
    theirs = list(Block.objects.filter(article=other).in_reading_order())
    has = {b.role for b in mine}
    leading = [b for b in mine if b.role in TITLES]
    adopted = [b for b in theirs if b.role in TITLES and b.role not in has]
    for block in theirs:
        if block.role in TITLES and block not in adopted:
            block.role = Block.Role.SUBHEADING
    parts = (mine, theirs) if survivor.pk == first.pk else (theirs, mine)
    order = leading + adopted + [b for part in parts for b in part if b not in leading and b not in adopted]
    for i, block in enumerate(order):
        block.article, block.position = survivor, STEP * (i + 1)
    Block.objects.bulk_update(order, ["article", "position", "role"])


def split_article(
    *, article: Article, at: Block, as_headline: bool = False, user: Any, versions: Versions = None
) -> Correction | None:
    """Begin a new article at the passage `at`. The part that keeps the headline keeps the id, else the first part.

    `as_headline`: the passage is the new article's headline (it was taken for a subheading).
    """
    with open_act(
        "split_article",
        articles=[article],
        blocks=[at],
        arguments={"article": article.pk},
        user=user,
        versions=versions,
    ) as act:
        article = _living(article)
        blocks = list(Block.objects.filter(article=article).in_reading_order())
        index = next((i for i, b in enumerate(blocks) if b.pk == at.pk), 0)
        if index == 0:
            raise ActRefused("请选择文章中间的一段作为新文章的开头。")
        head, tail = blocks[:index], blocks[index:]
        if as_headline:
            tail[0].role = Block.Role.HEADLINE
            Block.objects.bulk_update(tail[:1], ["role"])
        headline_moves = not as_headline and _has_headline(tail) and not _has_headline(head)
        leaving = head if headline_moves else tail
        made = act.make_article(leaving[0].page, article)
        Block.objects.filter(pk__in=[b.pk for b in leaving]).update(article=made)
        opening = next((b for b in tail if b.role not in TITLES), tail[0])
        Block.objects.filter(pk=opening.pk).update(joins=False)
        Article.objects.filter(pk=made.pk).update(kind=_kind_of_part(article, leaving), confidence=article.confidence)
    return act.entry


def _has_headline(blocks: Sequence[Block]) -> bool:
    return any(b.role == Block.Role.HEADLINE for b in blocks)


def _kind_of_part(article: Article, blocks: Sequence[Block]) -> str:
    if all(b.role in (Block.Role.CAPTION, Block.Role.BYLINE) for b in blocks):
        return Article.Kind.PHOTO
    return Article.Kind.NEWS if article.kind in (Article.Kind.PHOTO, Article.Kind.CONTINUATION) else article.kind


def supply_headline(*, article: Article, text: str, user: Any, versions: Versions = None) -> Correction | None:
    """Give an article whose headline the paper did not print one in the editor's words; an empty text takes it back."""
    text = hide_numbers(" ".join(clean(text).split()))
    limit = Article._meta.get_field("supplied_headline").max_length or 0
    if len(text) > limit:
        raise ActRefused(f"标题太长，请不要超过{limit}字。")
    with _act_on("supply_headline", article, user, versions, text=text) as act:
        if text and _living(article).headline:
            raise ActRefused("这篇文章印有标题；如有错字，请改正标题所在的文字。")
        Article.objects.filter(pk=article.pk).update(supplied_headline=text)
    return act.entry


def set_kind(*, article: Article, kind: str, user: Any, versions: Versions = None) -> Correction | None:
    if kind not in Article.Kind.values:
        raise ActRefused("没有这种体裁。")
    with _act_on("set_kind", article, user, versions, kind=kind) as act:
        _fix(_living(article), "kind", kind=kind)
    return act.entry


def set_category(
    *, article: Article, category: Category | None, user: Any, versions: Versions = None
) -> Correction | None:
    with _act_on("set_category", article, user, versions, category=category and category.name) as act:
        _fix(_living(article), "category", category=category and _called_now(category))
    return act.entry


def set_column(
    *, article: Article, column: Column | str | None, user: Any, versions: Versions = None
) -> Correction | None:
    """File an article under a column; a name stands for the newspaper's column of that name, made when new."""
    name = " ".join(clean(column).split()) if isinstance(column, str) else column and column.name
    with _act_on("set_column", article, user, versions, column=name) as act:
        if isinstance(column, str):
            column = find_column(_living(article).newspaper_id, name or "")
        if column and column.newspaper_id != _living(article).newspaper_id:
            raise ActRefused("这个栏目属于另一份报纸。")
        _fix(_living(article), "column", column=column and _called_now(column))
    return act.entry


def set_keywords(
    *, article: Article, keywords: Sequence[str], user: Any, versions: Versions = None
) -> Correction | None:
    words = list(dict.fromkeys(" ".join(clean(word).split())[:30] for word in keywords if word.strip()))[:20]
    with _act_on("set_keywords", article, user, versions, keywords=words) as act:
        _fix(_living(article), "keywords", keywords=words)
    return act.entry


def set_credits(
    *,
    article: Article,
    credits: Sequence[tuple[str, str, str] | tuple[str, str, str, Person | Literal["new person"] | None]],
    user: Any,
    versions: Versions = None,
) -> Correction | None:
    """Say who is named: (name, role, unit) each, with the person, or NEW_PERSON, where namesakes must be told apart."""
    for name, role, *_ in credits:
        if not name.strip() or role not in Credit.Role.values:
            raise ActRefused("每个署名都要有姓名和身份。")
    named = [[clean(name).strip(), role, clean(unit)] for name, role, unit, *_ in credits]
    with _act_on("set_credits", article, user, versions, credits=named) as act:
        article = _living(article)
        _fix(article, "credits")
        write_credits(article, [(name, role, unit.strip(), None) for name, role, unit in named])
        for position, (name, _, unit, *person) in enumerate(credits):
            if person and person[0]:
                who = _new_namesake(name, unit) if isinstance(person[0], str) else _called_now(person[0])
                Credit.objects.filter(article=article, position=position).update(person=who)
    return act.entry


def _new_namesake(name: str, unit: str) -> Person:
    """One more person of a name, told apart by the unit, else by a number."""
    name, unit = clean(name).strip()[:NAME_LIMIT], clean(unit).strip()[:UNIT_LIMIT]
    taken = set(Person.objects.filter(name=name).values_list("note", flat=True))
    notes = (unit, *(f"同名之{n}" for n in range(2, len(taken) + 4)))
    return Person.objects.create(name=name, note=next(note for note in notes if note and note not in taken))


def set_corrects(
    *, article: Article, corrects: Article | None, user: Any, versions: Versions = None
) -> Correction | None:
    """Say which article a correction notice (更正) is about; None takes the link back."""
    with _act_on("set_corrects", article, user, versions, corrects=corrects and corrects.pk) as act:
        article = _living(article)
        if corrects is not None:
            corrects = _living(corrects)
            if corrects.pk == article.pk:
                raise ActRefused("一篇文章不能更正它自己，请选择另一篇。")
            if corrects.newspaper_id != article.newspaper_id:
                raise ActRefused("两篇文章不属于同一份报纸。")
            if corrects.corrects_id == article.pk:
                raise ActRefused("那一篇正是这一篇的更正启事，不能互相更正。")
        Article.objects.filter(pk=article.pk).update(corrects=corrects)
    return act.entry


def withdraw_article(*, article: Article, reason: str, user: Any, versions: Versions = None) -> Correction | None:
    """Take an article from readers; its address answers 410 with the reason and the day."""
    reason = hide_numbers(clean(reason))
    if not reason.strip():
        raise ActRefused("请写明撤下的原因，读者会看到它。")
    with _act_on("withdraw_article", article, user, versions, reason=reason.strip()) as act:
        if _living(article).state == Article.State.WITHDRAWN:
            raise ActRefused("这篇文章已经撤下了。")
        Article.objects.filter(pk=article.pk).update(
            state=Article.State.WITHDRAWN, withdrawn_reason=reason.strip()[:500], withdrawn_at=timezone.now()
        )
    return act.entry


def bring_back_article(*, article: Article, user: Any, versions: Versions = None) -> Correction | None:
    """Give a withdrawn article back to readers."""
    with _act_on("bring_back_article", article, user, versions) as act:
        Article.objects.filter(pk=article.pk).update(state=Article.State.PUBLIC, withdrawn_reason="", withdrawn_at=None)
    return act.entry


def _living(article: Article) -> Article:
    found = Article.objects.living().filter(pk=article.pk).first()
    if found is None:
        raise ActRefused("这篇文章已并入别的文章或已不存在，请刷新后再试。")
    return found


def _called_now(named: Any) -> Any:
    """A category, column or person as it is now: what it was merged into, if somebody has just merged it."""
    return type(named)._default_manager.get(pk=named.pk).survivor


def _fix(article: Article, name: str, **values: Any) -> None:
    """Set a field and note that an editor did, so that reading the text anew leaves it alone."""
    fixed = sorted({*article.fixed, name})
    Article.objects.filter(pk=article.pk).update(fixed=fixed, **values)


def _act_on(action: str, article: Article, user: Any, versions: Versions, **arguments: Any) -> Any:
    arguments = {"article": article.pk, **arguments}
    return open_act(action, articles=[article], arguments=arguments, user=user, versions=versions)
