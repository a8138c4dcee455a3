"""The scores of many pages in figures: touches a page and their kinds, what is right, by month, by sureness."""

from __future__ import annotations

from collections import Counter
from typing import Any

from .reliability import share_in_top_half, sort_into_bins
from .scoring import PageScore

SHARES = (  # key of the figures, its Chinese name
    ("headlines", "标题"),
    ("columns", "栏目"),
    ("kickers", "引题"),
    ("subheadlines", "副题"),
    ("people", "署名"),
    ("kinds", "体裁"),
    ("jumps", "转版"),
    ("categories", "类别"),
    ("dates", "日期"),
)
KIND_NAMES = {
    "paragraphs": "段落归错文章",
    "articles": "多出的文章",
    "headline": "标题",
    "titles": "栏目、引题、副题",
    "people": "署名",
    "kind": "体裁",
    "jump": "转版",
    "subheadings": "小标题",
    "joins": "段落接错或没有接上",
    "order": "段落次序",
    "repeats": "重复没有折叠",
    "date": "日期",
    "broken": "文字丢失或多出",
}


class Figures:
    """Sums of page scores; keeps a pair of numbers an article, no more."""

    def __init__(self) -> None:
        self.pages = self.woven_pages = self.woven_touches = 0
        self.kinds: Counter[str] = Counter()
        self.counts: Counter[str] = Counter()
        self.sureness: list[tuple[float, bool]] = []
        self.months: dict[str, Counter[str]] = {}

    @property
    def touches(self) -> int:
        return self.kinds.total()

    @property
    def touches_a_page(self) -> float:
        return self.touches / self.pages if self.pages else 0.0

    def add(self, score: PageScore, month: str = "") -> None:
        """Count a page in; `month` (2024-05) is the one it was imported in, if that is known."""
        touches = score.touches
        self.pages += 1
        self.kinds += touches
        self.counts.update(score.figures)
        self.sureness += [(article.confidence, article.clean) for article in score.articles]
        if score.woven:
            self.woven_pages += 1
            self.woven_touches += touches.total()
        if month:
            clean, articles = score.figures["clean"], score.figures["articles"]
            self.months.setdefault(month, Counter()).update(
                pages=1, touches=touches.total(), articles=articles, clean=clean
            )

    def as_json(self) -> dict[str, Any]:
        counts = self.counts
        return {
            "pages": self.pages,
            "touches": self.touches,
            "touches_a_page": round(self.touches_a_page, 4),
            "woven_pages": self.woven_pages,
            "woven_touches": self.woven_touches,
            "kinds": dict(self.kinds.most_common()),
            "articles": counts["articles"],
            "clean": counts["clean"],
            "exact": counts["exact"],
            "shares": {name: [counts[f"{name}_ok"], counts[name]] for name, _ in SHARES},
            "jumps_wrong": counts["jumps_wrong"],
            "joins_f1": f1(counts["joins_ok"], counts["joins"], counts["joins_found"]),
            "repeats_f1": f1(counts["repeats_ok"], counts["repeats"], counts["repeats_found"]),
            "broken": counts["broken"],
            "top_half": share_in_top_half(self.sureness),
            "reliability": [b.as_json() for b in sort_into_bins(self.sureness)],
            "months": [{"month": month, **counts} for month, counts in sorted(self.months.items(), reverse=True)],
        }


def f1(right: int, wanted: int, found: int) -> float:
    return round(2 * right / (wanted + found), 4) if wanted + found else 1.0
