"""Reference data that a new archive begins with."""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings

from ..models import Category

CATEGORIES = Path(settings.BASE_DIR) / "seeds" / "categories.json"


def load_default_categories(path: Path = CATEGORIES, *, only_if_none: bool = False) -> int:
    """Add the categories of `path` that the archive does not have; those that it has stay as editors made them."""
    if only_if_none and Category.objects.exists():
        return 0
    rows = json.loads(path.read_text(encoding="utf-8"))
    known = Category.objects.count()
    # One that is there under another name or address is an editor's; one that another import adds just now is there.
    Category.objects.bulk_create((Category(**row) for row in rows), ignore_conflicts=True)
    return Category.objects.count() - known
