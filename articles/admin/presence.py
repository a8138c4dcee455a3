"""Who is at a page's desk now. Nobody is locked out by it, and it never holds up what editors do."""

from collections import Counter
from contextlib import contextmanager, suppress
from datetime import timedelta

from django.db import OperationalError, connection, transaction
from django.utils import timezone

from ..models import Presence
from .wording import who

HERE = timedelta(seconds=40)  # how long after its last word a desk counts as open
FORGOTTEN = timedelta(hours=1)
PATIENCE = 200  # milliseconds to wait for whoever else writes


def note(page, user):
    """The user is at the page's desk."""
    now = timezone.now()

    def write():
        Presence.objects.filter(seen_at__lt=now - FORGOTTEN).delete()
        Presence.objects.bulk_create(
            [Presence(page=page, user=user, seen_at=now)],
            update_conflicts=True,
            unique_fields=["page", "user"],
            update_fields=["seen_at"],
        )

    unless_busy(write)


def leave(page, user):
    unless_busy(Presence.objects.filter(page=page, user=user).delete)


def others_on(page, user):
    """What the others are called who are at the page's desk."""
    rows = Presence.objects.filter(page=page, seen_at__gte=timezone.now() - HERE).exclude(user=user)
    others = [presence.user for presence in rows.select_related("user").order_by("user")]
    names = Counter(who(one) for one in (user, *others))
    return [who(one) if names[who(one)] == 1 else f"{who(one)}（{one.get_username()}）" for one in others]


def unless_busy(write):
    """Write unless others do: what is not noted now is noted at the next word."""
    with suppress(OperationalError), impatient(), transaction.atomic():
        if connection.vendor == "postgresql":
            connection.cursor().execute(f"SET LOCAL lock_timeout = {PATIENCE}")
        write()


@contextmanager
def impatient():
    """SQLite waits long for its lock, as acts have to; not here."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
