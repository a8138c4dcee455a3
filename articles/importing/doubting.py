"""What an editor should look at in a page's place and bytes, beside what the split itself doubts."""

from __future__ import annotations

from ..models import Doubt, Page
from .placing import Place

CODES = ("date_unknown", "date_inferred", "number_taken", "number_unknown", "other_newspaper", "damaged")


def raise_place_doubts(page: Page, place: Place, *, number_taken: bool) -> None:
    """Write the doubts about where the page belongs and what of it is damaged, in place of earlier ones."""
    page.doubts.filter(origin=Doubt.Origin.MACHINE, code__in=CODES).delete()
    Doubt.objects.bulk_create(find_place_doubts(page, place, number_taken=number_taken))


def find_place_doubts(page: Page, place: Place, *, number_taken: bool) -> list[Doubt]:
    """The doubts about where the page belongs and what of it is damaged; not saved."""
    doubts: list[tuple[str, str, int]] = []
    if page.issue_id is None:
        doubts.append(("date_unknown", "看不出这一版是哪一天的，请定日期；定了以后读者才看得到。", 0))
    elif page.date_evidence:
        doubts.append(("date_inferred", f"日期由文中“{page.date_evidence}”推定，请核对。", 0))
    if number_taken:
        doubts.append(("number_taken", f"这一天已有第{place.number}版，请核对这一版的版次。", 0))
    elif not page.number:
        doubts.append(("number_unknown", "看不出这是第几版，请定版次。", 0))
    if place.newspaper and place.newspaper != page.newspaper.name:
        doubts.append(("other_newspaper", f"报头印的是“{place.newspaper}”，收在“{page.newspaper}”，请核对。", 0))
    if "\ufffd" in page.source_text:
        at = page.source_text.index("\ufffd")
        doubts.append(("damaged", "原文有损坏的字节，显示为 \ufffd，请对照报纸补正。", at))
    return [
        Doubt(page=page, code=code, text=text[:500], start=at, end=at + (code == "damaged"))
        for code, text, at in doubts
    ]
