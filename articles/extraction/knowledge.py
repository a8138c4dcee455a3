"""What an archive has taught itself: frozen, small, and handed to every split of an import alike.

`EMPTY` is what a fresh archive knows. Everything in it only leans on the rules: a label or a name that the archive
knows, how its characters stand together, what its editors call a topic, a few prices of the rules themselves.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from .collocations import Collocations

FORM = 1  # of the packed bytes
NOTHING_COUNTED = Collocations()


@dataclass(frozen=True, slots=True)
class Weights:
    """What constants of the rules are multiplied by."""

    missing: float = 1.0  # price of a cut paragraph without its rest
    weaving: float = 1.0  # costs of going from one story to another
    title: float = 1.0  # points that a title needs


@dataclass(frozen=True, slots=True)
class Knowledge:
    """`categories`: topic -> what each word in the title or the beginning of an article adds to its score."""

    columns: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    collocations: Collocations = NOTHING_COUNTED
    categories: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    weights: Weights = Weights()

    def pack(self) -> bytes:
        """The same bytes for the same knowledge."""
        said = {
            "form": FORM,
            "columns": sorted(self.columns),
            "people": sorted(self.people),
            "collocations": self.collocations.as_json(),
            "categories": {name: dict(sorted(words.items())) for name, words in sorted(self.categories.items())},
            "weights": asdict(self.weights),
        }
        return zlib.compress(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode(), 9)

    @classmethod
    def unpack(cls, packed: bytes) -> Knowledge:
        """Raises ValueError for bytes of another form."""
        try:
            said = json.loads(zlib.decompress(packed))
        except zlib.error as error:
            raise ValueError(str(error)) from error
        if said["form"] != FORM:
            raise ValueError(f"knowledge of form {said['form']}, not {FORM}")
        return cls(
            columns=frozenset(said["columns"]),
            people=frozenset(said["people"]),
            collocations=Collocations.from_json(said["collocations"]),
            categories=said["categories"],
            weights=Weights(**said["weights"]),
        )


EMPTY = Knowledge()
