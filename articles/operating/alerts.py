"""An e-mail to ALERT_EMAIL when files of an import failed or it broke off; that it can't be sent is only logged."""

import logging
import smtplib

from django.conf import settings
from django.core.mail import send_mail
from django.db import DatabaseError
from django.urls import reverse

from ..models import ImportOutcome

LISTED = 20
logger = logging.getLogger(__name__)


def tell_of_failures(run, broken_off=""):
    """`broken_off`: why the import did not come to its end, "" if it did."""
    if not settings.ALERT_EMAIL:
        return
    lines = [f"《{run.newspaper}》的{run}中断了：{broken_off}。"] if broken_off else []
    lines += list_failures(run)
    if not lines:
        return
    if settings.SITE_URL:
        lines += ["", settings.SITE_URL + reverse("admin:articles_importrun_change", args=[run.pk])]
    send(f"[{settings.SITE_NAME}] 导入出了问题", "\n".join(lines))


def list_failures(run):
    failed = run.outcomes.filter(result=ImportOutcome.Result.FAILED)
    try:
        count, listed = failed.count(), [f"{each.path}：{each.reason}" for each in failed[:LISTED]]
    except DatabaseError:  # what broke off the import may be the database
        return []
    if not count:
        return []
    more = [f"……另有 {count - LISTED} 个"] if count > LISTED else []
    return [f"《{run.newspaper}》的{run}有 {count} 个文件没有导入。", *listed, *more]


def send(subject, body):
    try:
        send_mail(subject, body, None, settings.ALERT_EMAIL)
    except (OSError, smtplib.SMTPException) as error:
        logger.error("告警邮件没有发出（%s）。请检查 EMAIL_HOST 等设置。", error)
