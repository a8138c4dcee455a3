"""The version of what was learned that is in use, and its knowledge.

Versions never change, so each is unpacked once in a process.
"""

from __future__ import annotations

from functools import lru_cache

from django.db import transaction
from django.db.models import F, Q

from ..extraction import EMPTY, Knowledge
from ..models import Learned

KEPT = 4  # versions unpacked at a time


def learned_in_use(newspaper_id: int | None) -> Learned | None:
    """The newspaper's own version, else the one for all newspapers. Its data is left out."""
    scope = Q(newspaper=newspaper_id) | Q(newspaper=None) if newspaper_id else Q(newspaper=None)
    found = Learned.objects.filter(scope, in_use=True).defer("data")
    return found.order_by(F("newspaper").asc(nulls_last=True)).first()


def knowledge_of(learned_id: int | None) -> Knowledge:
    """What a version knows; nothing for none, and for one that a later program can no longer read."""
    return _unpack(learned_id) if learned_id else EMPTY


def knowledge_in_use(newspaper_id: int | None) -> Knowledge:
    learned = learned_in_use(newspaper_id)
    return knowledge_of(learned.pk if learned else None)


@lru_cache(maxsize=KEPT)
def _unpack(learned_id: int) -> Knowledge:
    data = Learned.objects.values_list("data", flat=True).get(pk=learned_id)
    try:
        return Knowledge.unpack(bytes(data))
    except ValueError:
        return EMPTY


@transaction.atomic
def take_into_use(learned: Learned) -> None:
    """Use this version from now on; imports under way go on with theirs."""
    stop_using(learned.newspaper_id)
    learned.in_use = True
    learned.save(update_fields=["in_use"])


def stop_using(newspaper_id: int | None) -> int:
    """Use no version of this newspaper (None: of all newspapers together); how many were in use."""
    return Learned.objects.filter(newspaper=newspaper_id, in_use=True).update(in_use=False)
