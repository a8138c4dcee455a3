"""A process that only splits pages for a run in another: no Django in it, and one version of what was learned."""

from __future__ import annotations

import signal

from .knowledge import EMPTY, Knowledge
from .page_file import Prepared, prepare_page

_knowledge = EMPTY


def begin_process(packed: bytes) -> None:
    """`packed`: the knowledge that all pages of the run are split by."""
    global _knowledge
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the run alone, which ends its processes
    _knowledge = Knowledge.unpack(packed)


def prepare_in_process(name: str, data: bytes, encoding: str | None) -> Prepared:
    return prepare_page(name, data, encoding, _knowledge)
