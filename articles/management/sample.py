"""What the demo adds to its sample newspaper: an account of each group, and pages in the states of a working desk."""

import secrets

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from articles.corrections import sign_off
from articles.groups import ADMINISTRATORS, CHIEFS, EDITORS, REVIEWERS, make_groups
from articles.models import Article, MistakeReport, Page
from articles.reading.mistakes import Mistake, report_mistake

# Account, group and the name of somebody who does not exist.
ACCOUNTS = (
    ("editor", EDITORS, "沈禾苗"),
    ("reviewer", REVIEWERS, "陶景砚"),
    ("chief", CHIEFS, "郑秋塘"),
    ("admin", ADMINISTRATORS, "罗一笠"),
)
REVIEWER = "reviewer"
SIGNED_OFF = 2  # the first pages of the sample, which split well; those that split badly wait in the queue
REPORT = "文中的人名似与报纸所印不符，请核对。"


def make_accounts():
    """[(account, group, password)] of the accounts made now; those that exist stay as they are."""
    make_groups()
    users, made = get_user_model().objects, []
    for account, group, name in ACCOUNTS:
        if users.filter(username=account).exists():
            continue
        password = secrets.token_urlsafe(9)
        user = users.create_user(account, password=password, first_name=name, is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        made.append((account, group, password))
    return made


def set_the_desk(newspaper):
    """Some pages of a newspaper just imported signed off, and a reader's report on one that is not."""
    pages = Page.objects.filter(newspaper=newspaper, issue__isnull=False).order_by("issue__date", "sort_key", "pk")
    reviewer = get_user_model().objects.get(username=REVIEWER)
    for page in pages[:SIGNED_OFF]:
        sign_off(page=page, user=reviewer)
    reported = pages.filter(state=Page.State.PENDING).last()
    if reported:
        article = Article.objects.living().filter(page=reported).order_by("position", "pk").first()
        report_mistake(Mistake(MistakeReport.Kind.BYLINE, note=REPORT), article or reported, sender="")
