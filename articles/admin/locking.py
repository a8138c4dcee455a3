"""Signing in: who fails too often waits.

Failures are counted for an account from one address, so that nobody locks an editor out from elsewhere, and, with a
wider limit, for an address whatever the accounts. Kept of a failure, for as long as it counts, are the account, the
address and the time; of a name that no account has, which may be a password typed in the wrong field, a fingerprint.
"""

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Sum
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.crypto import salted_hmac


class SigningInHandler(AxesDatabaseHandler):
    def get_failures(self, request, credentials=None):
        """Of the account from this address; an address that is at its own limit counts as at the account's."""
        of_account, of_address = (
            rows.aggregate(sum=Sum("failures_since_start"))["sum"] or 0 for rows in self.counted(request, credentials)
        )
        is_full = of_address >= settings.LOGIN_FAILURES_AN_ADDRESS > 0
        return max(of_account, settings.AXES_FAILURE_LIMIT) if is_full else of_account

    def counted(self, request, credentials):
        """The failures that count now: of the account from this address, and of the address."""
        (of_account,) = self.get_user_attempts(request, credentials)
        since = request.axes_attempt_time - settings.AXES_COOLOFF_TIME
        return of_account, AccessAttempt.objects.filter(ip_address=request.axes_ip_address, attempt_time__gte=since)

    def user_login_failed(self, sender, credentials, request=None, **kwargs):
        request.axes_user_agent = request.axes_http_accept = ""  # one row, whatever the browser says of itself
        super().user_login_failed(sender, credentials, request, **kwargs)


@receiver(pre_save, sender=AccessAttempt)
def keep_little(instance, **kwargs):
    instance.get_data = instance.post_data = ""


def name_kept(request, credentials):
    """The name of an account as typed; of anything else what can't be read."""
    typed = (credentials or {}).get("username") or ""
    known = request.__dict__.setdefault("names_kept", {})
    if typed not in known:
        is_account = get_user_model().objects.filter(username=typed).exists()
        known[typed] = typed if is_account else salted_hmac("articles.admin.locking", typed).hexdigest()[:40]
    return known[typed]


def locked_until(request, credentials):
    """When whoever is locked out may try again: when so many failures have lapsed that the rest is below the limit."""
    of_account, of_address = AxesProxyHandler.get_implementation().counted(request, credentials)
    limits = ((of_account, settings.AXES_FAILURE_LIMIT), (of_address, settings.LOGIN_FAILURES_AN_ADDRESS))
    return max((lapse(rows, limit) for rows, limit in limits if limit), default=timezone.now())


def lapse(rows, limit):
    left = list(rows.order_by("attempt_time"))
    until = timezone.now()
    while left and sum(row.failures_since_start for row in left) >= limit:
        until = left.pop(0).attempt_time + settings.AXES_COOLOFF_TIME
    return until
