"""Acts on names: columns, people and categories renamed and merged, everywhere at once.

What a name was called before stays as a row that leads to it: old addresses redirect, and a page that prints the old
name, imported later, is filed under the new one. Articles are filed elsewhere but read as they did, so that pages
signed off stay so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from ..models import Article, Category, Column, Correction, Credit, Person
from .journal import Act, ActRefused, open_act
from .many import act_on_many, refuse_too_many
from .passages import Versions

Name = Category | Column | Person


def articles_under(named: Name) -> list[int]:
    """The ids of the articles filed under a name, those of a page together."""
    rows = Article.objects.order_by("page", "pk")
    if isinstance(named, Person):
        rows = rows.filter(pk__in=Credit.objects.filter(person=named).values("article"))
    elif isinstance(named, Column):
        rows = rows.filter(column=named)
    else:
        rows = rows.filter(category=named)
    return list(rows.values_list("pk", flat=True))


def rename_name(*, named: Name, name: str, user: Any) -> Correction | None:
    """Call a column, a person or a category otherwise, wherever it is named."""
    model, name = type(named), " ".join(name.split())
    limit = model._meta.get_field("name").max_length or 0
    if not 0 < len(name) <= limit:
        raise ActRefused(f"请写1到{limit}字的名称。")
    arguments = {"kind": model.__name__.lower(), "id": named.pk, "was": named.name, "name": name}
    with open_act("rename_name", arguments=arguments, user=user, reopens=False, whole=False) as act:
        this = _living(act, model, [named.pk])[0]
        if this.name == name:
            return None
        former = _rows_beside(this).filter(name=name).first()
        if former and former.merged_into_id != this.pk:
            where = f"已并入“{former.survivor}”，请另选名称。" if former.merged_into_id else "已经有了，请改用合并。"
            raise ActRefused(f"“{name}”{where}")
        _swap_names(act, this, former, name)
    return act.entry


def _rows_beside(this: Name) -> Any:
    """Those among which its name is its own."""
    rows: Any = type(this)._default_manager.exclude(pk=this.pk)
    if isinstance(this, Column):
        return rows.filter(newspaper=this.newspaper_id)
    return rows.filter(note=this.note) if isinstance(this, Person) else rows


def _swap_names(act: Act, this: Name, former: Name | None, name: str) -> None:
    """Give `this` the new name, and the old one to a row that leads to it: `former`, or one made for it."""
    rows, old = type(this)._default_manager, this.name
    if former is None:
        beside: dict[str, Any] = {"name": old, "merged_into_id": this.pk}
        if isinstance(this, Column):
            beside["newspaper_id"] = this.newspaper_id
        elif isinstance(this, Person):
            beside["note"] = this.note
        else:
            beside["slug"] = f"former-{uuid4().hex[:12]}"
        rows.filter(pk=this.pk).update(name=name)
        act.names[type(this)].add(rows.create(**beside).pk)
        return
    act.lock_names(type(this), [former.pk])
    rows.filter(pk=former.pk).update(name=f"~{former.pk}")
    rows.filter(pk=this.pk).update(name=name)
    rows.filter(pk=former.pk).update(name=old)


def merge_names(*, survivor: Name, other: Name, user: Any, versions: Versions = None) -> Correction | None:
    """Make one of two columns, people or categories; the address of `other` leads to `survivor`."""
    model = type(survivor)
    if type(other) is not model or survivor.pk == other.pk:
        raise ActRefused("请选择两个不同的同类名称。")
    if isinstance(survivor, Column) and isinstance(other, Column) and survivor.newspaper_id != other.newspaper_id:
        raise ActRefused("两个栏目不属于同一份报纸。")
    ids = articles_under(other)
    refuse_too_many(len(ids))

    def change(act: Act, some: Sequence[int]) -> None:
        if not act.article_ids or some[0] == ids[0]:
            _living(act, model, [survivor.pk, other.pk])
            model._default_manager.filter(pk=other.pk).update(merged_into=survivor)
        if model is Person:
            Credit.objects.filter(article__in=some, person=other.pk).update(person=survivor.pk)
        else:
            field = model.__name__.lower()
            Article.objects.filter(pk__in=some, **{field: other.pk}).update(**{field: survivor.pk})

    arguments = {
        "kind": model.__name__.lower(),
        "survivor": [survivor.pk, survivor.name],
        "other": [other.pk, other.name],
        "count": len(ids),
    }
    return act_on_many(
        "merge_names", change, articles=ids, arguments=arguments, user=user, versions=versions, reopens=False
    )


def _living(act: Act, model: type[Name], ids: Sequence[int]) -> list[Any]:
    found = act.lock_names(model, ids)
    if len(found) != len(ids) or any(row.merged_into_id for row in found.values()):
        raise ActRefused("所选的名称刚被合并，请刷新后再试。")
    return [found[pk] for pk in ids]
