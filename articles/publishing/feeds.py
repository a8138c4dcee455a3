"""Atom feeds: the newest articles of the archive, a newspaper, a category, a column, a person."""

import datetime
import re

from django.conf import settings
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from ..templatetags.reading import opening

ENTRIES = 50
OPENING_LENGTH = 200
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_feed(site, articles, path, name=""):
    """The newest of `articles` as a feed of what is at `path`."""
    feed = Atom1Feed(
        title=plain(f"{name} - {settings.SITE_NAME}" if name else settings.SITE_NAME),
        link=site.absolute(path),
        description=None,
        language="zh-Hans",
        feed_url=site.absolute(feed_path(path)),
        feed_guid=site.tag(path) if name else site.tag("feed"),
        author_name=plain(settings.SITE_NAME),
    )
    # An entry has a day; staff see articles that have none.
    for article in articles.filter(issue__isnull=False).newest_first().for_lists()[:ENTRIES]:
        add_entry(feed, site, article)
    return feed.writeString("utf-8")


def add_entry(feed, site, article):
    names = dict.fromkeys(credit.name for credit in article.credits.all())
    where = f"{article.newspaper} {article.issue.label}"
    feed.add_item(
        title=plain(article.title),
        link=site.absolute(article.get_absolute_url()),
        description=escape(plain(f"{where}　{opening(article.body, OPENING_LENGTH)}")),
        unique_id=site.tag(article.get_absolute_url()),
        author_name=plain("、".join(names) or article.newspaper.name),
        categories=[plain(str(named)) for named in (article.category, article.column) if named],
        pubdate=timezone.make_aware(datetime.datetime.combine(article.issue.date, datetime.time())),
        updateddate=article.changed_at,
    )


def feed_path(path):
    return f"{path}feed/"


def plain(text):
    """Without the characters that XML cannot hold."""
    return NOT_XML.sub("", text)
