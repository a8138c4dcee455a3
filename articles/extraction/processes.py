"""A process that only splits pages for a run in another: no Django in it, and one version of what was learned."""

from __future__ import annotations

import signal
from functools import lru_cache

from .knowledge import EMPTY, Knowledge
from .page_file import Prepared, prepare_page, split_text
from .values import PageSplit

_knowledge = EMPTY


def begin_process(packed: bytes) -> None:
    """`packed`: the knowledge that all pages of the run are split by."""
    global _knowledge
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the run alone, which ends its processes
    _knowledge = Knowledge.unpack(packed)


def prepare_in_process(name: str, data: bytes, encoding: str | None) -> Prepared:
    return prepare_page(name, data, encoding, _knowledge)


def split_in_process(text: str, packed: bytes) -> PageSplit | str:
    """As `split_text`; `packed`: the knowledge of the page's newspaper, for a run may go over several."""
    return split_text(text, _unpack(packed))


@lru_cache(maxsize=4)
def _unpack(packed: bytes) -> Knowledge:
    return Knowledge.unpack(packed)
