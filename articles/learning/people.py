"""The people of a newspaper: whom its bylines name in several issues, or on a page that editors signed off."""

from __future__ import annotations

import re
from collections.abc import Collection

from django.db.models import Count, Q

from ..extraction.segmentation import word_frequency
from ..models import Credit, Newspaper

LEAST_ISSUES = 3
MOST = 5000
COMMON = 5000  # occurrences in jieba's corpus: a word so common is no name, whoever signs with it
_NAME = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]{1,8}(?:·[\u3400-\u9fff]{1,8}){1,3}")


def find_people(newspaper: Newspaper | None, without: Collection[int] = ()) -> frozenset[str]:
    credits = Credit.objects.filter(article__gone=False, article__merged_into=None)
    if newspaper:
        credits = credits.filter(article__newspaper=newspaper)
    if without:
        credits = credits.exclude(article__page__in=without)
    issues = Count("article__issue", distinct=True)
    signed = Count("pk", filter=Q(article__reviewed=True))
    rows = credits.order_by().values("name").annotate(issues=issues, signed=signed)
    known = rows.filter(Q(issues__gte=LEAST_ISSUES) | Q(signed__gt=0)).order_by("-issues", "name")
    found: list[str] = []
    for name in known.values_list("name", flat=True).iterator():
        if _NAME.fullmatch(name) and word_frequency(name) <= COMMON:
            found.append(name)
            if len(found) == MOST:
                break
    return frozenset(found)
