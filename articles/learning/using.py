"""The version of what was learned that is in use, and its knowledge.

Versions never change, so each is unpacked once in a process.
"""

from __future__ import annotations

import datetime
import logging
from functools import lru_cache

from django.db import transaction
from django.db.models import F, Q

from ..extraction import EMPTY, Knowledge
from ..models import Learned

KEPT = 4  # versions unpacked at a time
logger = logging.getLogger(__name__)


def learned_in_use(newspaper_id: int | None) -> Learned | None:
    """The newspaper's own version, else the one for all newspapers. Its data is left out."""
    scope = Q(newspaper=newspaper_id) | Q(newspaper=None) if newspaper_id else Q(newspaper=None)
    found = Learned.objects.filter(scope, in_use=True).defer("data")
    return found.order_by(F("newspaper").asc(nulls_last=True)).first()


def knowledge_of(learned: Learned | None) -> Knowledge:
    """What a version knows; nothing for none, and for one that a later program can no longer read."""
    return _unpack(learned.pk, learned.made_at) if learned else EMPTY


def knowledge_in_use(newspaper_id: int | None) -> Knowledge:
    return knowledge_of(learned_in_use(newspaper_id))


@lru_cache(maxsize=KEPT)
def _unpack(learned_id: int, made_at: datetime.datetime) -> Knowledge:
    data = Learned.objects.values_list("data", flat=True).get(pk=learned_id)
    try:
        return Knowledge.unpack(bytes(data))
    except ValueError as error:
        logger.warning("学习 %s 读不了（%s），当作没有；请再运行 manage.py learn。", learned_id, error)
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
