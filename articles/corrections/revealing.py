"""Showing an article as printed, with what readers do not get. It changes nothing, so it is no act; it is noted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..assembly import Passage, read_passages
from ..models import Article, Reveal


def reveal_article(*, article: Article, user: Any) -> Sequence[Passage]:
    """The passages of an article as printed and corrected, nothing covered; who had them shown is noted."""
    Reveal.objects.create(article=article, user=user)
    return read_passages([article]).get(article.pk, [])
