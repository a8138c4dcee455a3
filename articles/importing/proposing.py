"""What an editor can do about a doubt in one press: the act that would be right if the doubt is.

woven        the paragraph goes to the article that it may belong to instead
heading      the subheading opens an article of its own
lead         the next paragraph joins the first one
weak_join    the two are parted
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..extraction import PageSplit
from ..extraction.values import Doubt as Found
from ..models import Article, Block

Proposal = dict[str, Any]  # the name of an act and the fields of its form


@dataclass(frozen=True, slots=True)
class Proposals:
    """The acts for doubts of `split`, whose articles and blocks are these rows."""

    split: PageSplit
    articles: Sequence[Article]
    blocks: Sequence[Block]

    def on(self, doubt: Found) -> Proposal | None:
        """The act that answers a doubt; None where no one act does."""
        make = MAKERS.get(doubt.code)
        return make(self, doubt) if make and doubt.article is not None and doubt.blocks else None

    def move(self, doubt: Found) -> Proposal | None:
        if doubt.rival is None:
            return None
        paragraph = [self.blocks[i].pk for i in self._paragraph(doubt)]
        return {"act": "move_blocks", "blocks": paragraph, "to": self.articles[doubt.rival].pk}

    def open(self, doubt: Found) -> Proposal | None:
        return {"act": "split_article", "at": self.blocks[doubt.blocks[0]].pk, "as_headline": "on"}

    def join(self, doubt: Found) -> Proposal | None:
        return self._on_following("join_block", doubt)

    def part(self, doubt: Found) -> Proposal | None:
        return self._on_following("unjoin_block", doubt)

    def _on_following(self, act: str, doubt: Found) -> Proposal | None:
        """An act on the passage that is read next."""
        following = next((b for a, b in itertools.pairwise(self._text(doubt)) if a == doubt.blocks[0]), None)
        return None if following is None else {"act": act, "block": self.blocks[following].pk}

    def _paragraph(self, doubt: Found) -> list[int]:
        """The blocks that read as one paragraph with that of the doubt."""
        found: list[int] = []
        for i in self._text(doubt):
            if not self.split.blocks[i].joins:
                if doubt.blocks[0] in found:
                    break
                found = []
            found.append(i)
        return found

    def _text(self, doubt: Found) -> list[int]:
        own = self.split.articles[doubt.article or 0].blocks
        return [i for i in own if self.split.blocks[i].role == "body"]


MAKERS = {
    "woven": Proposals.move,
    "heading": Proposals.open,
    "lead": Proposals.join,
    "weak_join": Proposals.part,
}
