"""Where a request comes from, for limits on what one visitor may send."""

import ipaddress

from django.conf import settings
from django.utils.crypto import salted_hmac


def client_address(request):
    """The visitor's network address.

    With PROXIES=n the n proxies in front are trusted: it is the n-th address from the right of X-Forwarded-For, which
    the outermost of them wrote; anything further left the visitor may have written. Of an IPv6 address its /64 counts,
    which is what one household gets.
    """
    address = request.META.get("REMOTE_ADDR", "")
    passed_on = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if settings.PROXIES and len(passed_on) >= settings.PROXIES:
        address = passed_on[-settings.PROXIES]
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address[:45]
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else str(found)


def plain_address(request):
    """The address as databases keep one; None where it is none."""
    try:
        return str(ipaddress.ip_address(client_address(request).removesuffix("/64")))
    except ValueError:
        return None


def fingerprint(request):
    """Of the visitor's address: tells visitors apart, and can't be turned back without the site's secret key."""
    return salted_hmac("articles.reading.visitors", client_address(request)).hexdigest()[:40]
