"""Rows as JSON, as the journal keeps them: taken before and after an act, compared, and written back."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import models

from ..models import Article, Block, Category, Column, Credit, Doubt, Page, Person

# Fields that an act may change, by table. Everything else is derived from them, or never changes.
FIELDS: dict[type[models.Model], tuple[str, ...]] = {
    Page: (
        *("newspaper_id", "issue_id", "number", "sort_key", "name", "date_evidence", "state", "state_reason"),
        *("checked_by_id", "signed_off_by_id", "signed_off_at", "assigned_to_id", "masks"),
    ),
    Block: (
        *("page_id", "start", "role", "article_id", "position", "joins", "duplicate_start", "duplicate_end"),
        *("reason", "reason_note", "corrected_text"),
    ),
    Article: (
        *("supplied_headline", "kind", "category_id", "column_id", "keywords", "parent_id", "continued_from"),
        *(
            "continued_on",
            "corrects_id",
            "fixed",
            "state",
            "withdrawn_reason",
            "withdrawn_at",
            "merged_into_id",
            "gone",
        ),
    ),
    Doubt: ("state", "article_id"),
    Category: ("name", "slug", "description", "order", "merged_into_id"),
    Column: ("newspaper_id", "name", "merged_into_id"),
    Person: ("name", "note", "merged_into_id"),
}
NAMES: tuple[type[models.Model], ...] = (Category, Column, Person)
TIMES = {"signed_off_at", "withdrawn_at"}
AS_THEY_ARE = {"keywords", "fixed", "masks"}
CREDIT_FIELDS = ("name", "role", "unit", "block_id", "person_id")

Images = dict[str, dict[str, dict[str, Any]]]  # table -> id -> field -> value, all of it JSON
NameIds = Mapping[type[models.Model], Iterable[int]]


def take_images(
    page_ids: Iterable[int], article_ids: Iterable[int], names: NameIds | None = None, *, whole: bool = True
) -> Images:
    """The rows of these pages, with all their blocks and doubts, and of these articles and those on the pages.

    `names`: ids of categories, columns and people. Not `whole`: no blocks nor doubts, and only the articles given.
    """
    page_ids = set(page_ids)
    on_pages = page_ids if whole else set()
    rows: dict[type[models.Model], Any] = {
        Page: Page.objects.filter(pk__in=page_ids).order_by(),
        Block: Block.objects.filter(page_id__in=on_pages).order_by(),
    }
    for model in NAMES:
        rows[model] = model._default_manager.filter(pk__in=(names or {}).get(model, ())).order_by()
    images: Images = {model.__name__.lower(): _images_of(query, model) for model, query in rows.items()}
    placed = {image["article_id"] for image in images["block"].values()} - {None}
    images["article"] = take_articles({*article_ids, *placed})
    images["doubt"] = take_doubts(on_pages)
    return images


def take_articles(ids: Collection[int]) -> dict[str, dict[str, Any]]:
    """Articles with their credits, by id."""
    images = _images_of(Article.objects.filter(pk__in=ids).order_by(), Article)
    credits: dict[int, list[list[Any]]] = defaultdict(list)
    rows = Credit.objects.filter(article__in=ids).order_by("position")
    for article_id, *values in rows.values_list("article_id", *CREDIT_FIELDS):
        credits[article_id].append(values)
    for pk, image in images.items():
        image["credits"] = credits[int(pk)]
    return images


def take_doubts(page_ids: Collection[int]) -> dict[str, dict[str, Any]]:
    """The doubts of pages, by id."""
    return _images_of(Doubt.objects.filter(page__in=page_ids).order_by(), Doubt)


def _images_of(query: Any, model: type[models.Model]) -> dict[str, dict[str, Any]]:
    images = {str(row.pop("pk")): row for row in query.values("pk", *FIELDS[model])}
    for field in TIMES & set(FIELDS[model]):
        for image in images.values():
            image[field] = image[field] and image[field].isoformat()
    return images


def differences(before: Images, after: Images) -> tuple[Images, Images]:
    """What changed: of rows in both only the fields that differ, of rows made or removed the whole image."""
    changed: tuple[Images, Images] = ({}, {})
    for table in {**before, **after}:
        old_rows, new_rows = before.get(table, {}), after.get(table, {})
        for pk in {**old_rows, **new_rows}:
            old, new = old_rows.get(pk), new_rows.get(pk)
            if old is not None and new is not None:
                fields = [f for f in old if old[f] != new[f]]
                old, new = {f: old[f] for f in fields}, {f: new[f] for f in fields}
            for images, image in zip(changed, (old, new), strict=True):
                if image:
                    images.setdefault(table, {})[pk] = image
    return changed


def restore(before: Images, after: Images) -> None:
    """Make rows that are as in `after` what they are in `before`: both as `differences` gives them."""
    for model in NAMES:
        _restore_names(model, *_rows_of(before, after, model))
    others = [model for model in FIELDS if model not in NAMES]
    # Rows that the act made go first and rows that it removed come back next: what is left refers to both.
    for model in others:
        old, new = _rows_of(before, after, model)
        _delete_made(model, old, new)
        _make_removed(model, old, new)
    for model in others:
        _write_back(model, *_rows_of(before, after, model))


def _write_back(model: type[models.Model], old: dict[str, Any], new: dict[str, Any]) -> None:
    """Give rows that were changed their fields back, those with the same values at once."""
    alike: dict[str, list[int]] = defaultdict(list)
    for pk in old:
        if pk in new:
            alike[json.dumps({f: v for f, v in old[pk].items() if f != "credits"})].append(int(pk))
            if "credits" in old[pk]:
                _restore_credits(int(pk), old[pk]["credits"])
    for values, pks in alike.items():
        if fields := json.loads(values):
            model._default_manager.filter(pk__in=pks).update(**_values(model, fields))


def _rows_of(before: Images, after: Images, model: type[models.Model]) -> tuple[dict[str, Any], dict[str, Any]]:
    table = model.__name__.lower()
    return before.get(table, {}), after.get(table, {})


def _restore_names(model: type[models.Model], old: dict[str, Any], new: dict[str, Any]) -> None:
    """Names are unique: all that change are set aside before any is written, and a row made goes before them."""
    rows = model._default_manager
    _delete_made(model, old, new)
    changed = [pk for pk in old if pk in new]
    for pk in changed:
        if "name" in old[pk]:
            rows.filter(pk=int(pk)).update(name=f"~{pk}")
    for pk in changed:
        rows.filter(pk=int(pk)).update(**_values(model, old[pk]))
    _make_removed(model, old, new)


def _delete_made(model: type[models.Model], old: dict[str, Any], new: dict[str, Any]) -> None:
    made = [int(pk) for pk in new if pk not in old and _is_whole(new[pk], model)]
    if made:
        model._default_manager.filter(pk__in=made).delete()


def _make_removed(model: type[models.Model], old: dict[str, Any], new: dict[str, Any]) -> None:
    for pk in old:
        if pk not in new and _is_whole(old[pk], model):
            model._default_manager.create(pk=int(pk), **_values(model, old[pk]))


def _is_whole(image: dict[str, Any], model: type[models.Model]) -> bool:
    return set(FIELDS[model]) <= set(image)


def _values(model: type[models.Model], image: dict[str, Any]) -> dict[str, Any]:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {name: value if name in AS_THEY_ARE else fields[name].to_python(value) for name, value in image.items()}


def _restore_credits(article_id: int, credits: list[list[Any]]) -> None:
    Credit.objects.filter(article=article_id).delete()
    blocks = set(Block.objects.filter(pk__in=[c[3] for c in credits]).values_list("pk", flat=True))
    Credit.objects.bulk_create(
        Credit(
            article_id=article_id,
            position=i,
            name=name,
            role=role,
            unit=unit,
            block_id=block if block in blocks else None,
            person_id=person,
        )
        for i, (name, role, unit, block, person) in enumerate(credits)
    )


def cells(before: Images, after: Images, tables: Collection[str] | None = None) -> set[tuple[str, str, str]]:
    """The fields that differ between two images, of all tables or of these, each as (table, id, field)."""
    return {
        (table, key, field)
        for images in (before, after)
        for table, rows in images.items()
        if tables is None or table in tables
        for key, image in rows.items()
        for field in image
    }


def names_in(articles: Iterable[Mapping[str, Any]]) -> dict[type[models.Model], set[int]]:
    """The ids of the categories, columns and people that these images of articles name."""
    images = list(articles)
    found: dict[type[models.Model], set[Any]] = {
        Category: {image.get("category_id") for image in images},
        Column: {image.get("column_id") for image in images},
        Person: {credit[4] for image in images for credit in image.get("credits", ())},
    }
    return {model: ids - {None} for model, ids in found.items()}
