"""All that an archive can teach itself, fitted from its pages; `without` are pages that are not looked at."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from ..extraction import Knowledge
from ..models import Newspaper
from .categories import fit_categories
from .collocations import CollocationCount
from .columns import ColumnCount
from .people import find_people
from .reading import pages_to_learn_from, read_pages
from .weights import fit_weights


@dataclass(frozen=True, slots=True)
class Fit:
    knowledge: Knowledge
    pages: int  # read
    characters: int  # of body text counted


def fit_knowledge(
    newspaper: Newspaper | None,
    tick: Callable[[], None],
    *,
    without: Collection[int] = (),
    signed_off: Sequence[int] = (),
) -> Fit:
    """Read the archive of a newspaper (None: of all). `signed_off`: pages that the weights are fitted on."""
    columns, collocations, pages = ColumnCount(), CollocationCount(), 0
    for page, passages in read_pages(pages_to_learn_from(newspaper, without)):
        columns.add(page, passages)
        collocations.add(passages)
        pages += 1
        tick()
    knowledge = Knowledge(
        columns=columns.result(),
        people=find_people(newspaper, without),
        collocations=collocations.result(),
        categories=fit_categories(newspaper, without),
    )
    weights = fit_weights(knowledge, [pk for pk in signed_off if pk not in without], tick)
    return Fit(replace(knowledge, weights=weights), pages, collocations.total)
