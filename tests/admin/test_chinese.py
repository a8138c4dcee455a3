"""Every screen of the admin speaks Chinese: no words of letters but data, addresses and names that have no Chinese."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib.auth.models import Group

from articles import corrections
from articles.groups import make_groups
from articles.importing.reference import load_default_categories
from articles.models import Category, ImportOutcome, ImportRun, Newspaper, Person, Upload, UploadFile
from tests.desk import article_of, block_at, lay_page
from tests.factories import make_issue

# Names of formats, encodings and commands.
ALLOWED = {
    "ZIP",
    "ALTO",
    "hOCR",
    "CSV",
    "JPEG",
    "PNG",
    "WebP",
    "UTF",
    "utf",
    "GBK",
    "Big5",
    "GB18030",
    "MB",
    "txt",
    "md",
    "SHA",
    "manage.py",
}
WORD = re.compile(r"[A-Za-z]{3,}[\w.]*")
SPOKEN = ("title", "aria-label", "placeholder", "alt", "label")
MOST = 250


class Words(HTMLParser):
    """What of a page is read or heard, and where its links lead."""

    def __init__(self, html):
        super().__init__()
        self.words, self.links, self.silent = [], [], 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.silent += tag in ("script", "style", "template")
        self.words += [attrs[name] for name in SPOKEN if attrs.get(name)]
        if tag == "input" and attrs.get("type") in ("submit", "button") and attrs.get("value"):
            self.words.append(attrs["value"])
        if tag == "a" and attrs.get("href"):
            self.links.append(attrs["href"])

    def handle_endtag(self, tag):
        self.silent -= tag in ("script", "style", "template")

    def handle_data(self, data):
        if not self.silent:
            self.words.append(data)


def shape(address):
    """An address without its numbers, by which screens of the same kind are told."""
    return re.sub(r"\d+", "N", address)


def walk(client, *starts):
    """(address, page) of every screen of the admin that can be reached, one of each kind."""
    waiting, seen = list(starts), set()
    while waiting and len(seen) < MOST:
        address = waiting.pop(0)
        if shape(address) in seen or "logout" in address or "jsi18n" in address:
            continue
        seen.add(shape(address))
        response = client.get(address)
        if "text/html" not in response.headers.get("Content-Type", "") or response.streaming:
            continue
        page = Words(response.content.decode())
        yield address, page
        for link in page.links:
            parts = urlsplit(urljoin(address, link))
            if not parts.netloc and parts.path.startswith("/admin/") and not re.search(r"[?&]o=|_popup", link):
                waiting.append(parts.path + (f"?{parts.query}" if parts.query else ""))


def english(page, slugs):
    """The words of letters that a page shows, addresses and paths aside."""
    text = re.sub(r"\S+@\S+|/[\w./@-]+", " ", " ".join(page.words))
    return {word for word in WORD.findall(text) if word not in ALLOWED | slugs}


@pytest.fixture
def archive(db, admin_user):
    """Something on every screen."""
    load_default_categories()
    issue = make_issue(date="2024-05-06")
    page = lay_page(
        issue,
        [(0, "headline", "渡口加渡船"), (0, "body", "渡口昨日加了一条渡船。"), ("banner", "body", "讲文明")],
        number="1",
        encoding="utf-8",
    )
    lay_page(None, [(0, "body", "不知哪天的一版。")], newspaper=page.newspaper, source_path="/srv/密/x/02.txt")
    corrections.edit_text(block=block_at(page, "渡口昨日"), text="渡口前日加了一条渡船。", user=admin_user)
    article = article_of(page, "渡口加")
    corrections.set_keywords(article=article, keywords=["渡口", "渡船"], user=admin_user)
    entry = corrections.set_name(page=page, name="要闻", user=admin_user)
    corrections.undo(entry=entry, user=admin_user)
    for code in ("cut", "woven", "no_headline"):
        page.doubts.create(code=code, text="这里可疑。", article=article)
    Person.objects.create(name="林小满")
    run = ImportRun.objects.create(newspaper=page.newspaper, options={"paths": ["/srv/密/扫描"]})
    ImportOutcome.objects.create(run=run, path="扫描/01.txt", result="created", page=page)
    upload = Upload.objects.create(newspaper=page.newspaper, state="previewed")
    UploadFile.objects.create(upload=upload, name="02.txt", result="created")


@pytest.mark.parametrize("group", ["编辑", "管理员"])
def test_no_screen_speaks_english_or_names_a_folder_of_the_machine(client, archive, group, django_user_model):
    make_groups()
    user = django_user_model.objects.create_user(
        "袁丁", password="很长的口令 42", is_staff=True, is_superuser=not group
    )
    if group:
        user.groups.add(Group.objects.get(name=group))
    django_user_model.objects.exclude(pk=user.pk).update(username="管理")
    client.force_login(user)
    screens = list(walk(client, "/admin/", "/admin/password_change/", "/admin/articles/newspaper/1/delete/", "/none/"))
    assert len(screens) > 30
    slugs = [row.slug for row in (*Category.objects.all(), *Newspaper.objects.all())]
    slugs = set(WORD.findall(" ".join(slugs)))
    assert {address: words for address, page in screens if (words := english(page, slugs))} == {}
    assert not [address for address, page in screens if "/srv" in " ".join(page.words)]
