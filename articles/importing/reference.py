"""Reference data that a new archive begins with."""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings
from django.db.models import Q

from ..models import Category

CATEGORIES = Path(settings.BASE_DIR) / "seeds" / "categories.json"


def load_default_categories(path: Path = CATEGORIES, *, only_if_none: bool = False) -> int:
    """Add the categories of `path` that the archive does not have; those that it has stay as editors made them."""
    if only_if_none and Category.objects.exists():
        return 0
    made = 0
    for row in json.loads(path.read_text(encoding="utf-8")):
        if not Category.objects.filter(Q(name=row["name"]) | Q(slug=row["slug"])).exists():
            Category.objects.create(**row)
            made += 1
    return made
