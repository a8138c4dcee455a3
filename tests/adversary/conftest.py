"""An archive in which everything that anybody can write is hostile, written the way they would write it."""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.test import Client, override_settings

from articles import corrections
from articles.importing import uploads
from articles.models import (
    Article,
    Block,
    Category,
    Column,
    Correction,
    Doubt,
    Issue,
    MistakeReport,
    Newspaper,
    Page,
    Person,
    SavedFilter,
)
from articles.reading.mistakes import Mistake, report_mistake
from tests.importing.paper import BRIDGE, BUS, JUMP_FROM_1, JUMP_ON_3, MARKET, SCHOOL, import_files, write_pages
from tests.importing.sending import PNG, look_at, sent, zipped

SHORT = "\"'><evil-tag>"
EVIL = (
    f"{SHORT}<evil-tag evil-attribute onclick=alert(1) src=x>' evil-attribute onerror=alert(1) x='"
    "</script></title></textarea></style></p>&lt;evil-tag&gt;javascript:alert(1){{7*7}}{%x%}]]><!--"
)
FILE = EVIL.replace("/", "_")  # as the name of a file
REST = f"\n\n■ 本版责编 {SHORT}\n\n今日民生{EVIL}\n\n||{EVIL}栏目||"


def hostile(text):
    """A page's text with every line made hostile, but for bylines, which would name nobody; headlines stay short."""
    lines = text.split("\n\n")
    return "\n\n".join(line + ("" if line[0] == "□" else EVIL if "，" in line else SHORT) for line in lines) + REST


@pytest.fixture(scope="package")
def built(django_db_setup, django_db_blocker, tmp_path_factory):
    """The archive and its files, once for all attacks: importing it takes longer than each of them."""
    folder = tmp_path_factory.mktemp("hostile")
    files = {"VAR_DIR": folder / "var", "MEDIA_ROOT": folder / "media"}
    with django_db_blocker.unblock(), override_settings(**files), transaction.atomic():
        yield build(folder), files
        transaction.set_rollback(True)


@pytest.fixture
def archive(built, db, settings):
    """What an attack changes is as before for the next."""
    made, files = built
    for name, value in files.items():
        setattr(settings, name, value)
    return made


def build(folder):
    paper = Newspaper.objects.create(name=f"恶报{EVIL[:90]}", slug="evil", publisher=EVIL[:200])
    user = User.objects.create_superuser("chief", password="x", first_name=EVIL[:150], email=f"{SHORT}@x.cn")
    user.groups.add(Group.objects.create(name=f"组{EVIL[:140]}"))
    bring_in(paper, folder, user)
    name_things(user)
    correct(user)
    report()
    SavedFilter.objects.create(user=user, name=EVIL[:30], query="kind=reader")
    return SimpleNamespace(user=user, paper=paper, real=real, pictured=pictured)


def bring_in(paper, folder, user):
    """By files, with names of their own, and by an upload that is looked at and one that is refused."""
    pages = {
        f"2024-12-06/01-{FILE[:60]}.txt": hostile(f"{JUMP_FROM_1}\n\n{SCHOOL}"),
        "2024-12-06/03.txt": hostile(f"{JUMP_ON_3}\n\n{MARKET}"),
        f"2024-12-07/{FILE[:60]}.txt": hostile(BUS),
    }
    write_pages(folder / "pages", pages)
    (folder / "pages" / "2024-12-06" / "03.jpg").write_bytes(PNG)
    assert {result for _, result, *_ in import_files(paper, folder / "pages")} == {"created"}
    for page in Page.objects.filter(issue=None):
        corrections.set_date(page=page, date="2024-12-07", user=user)
    archived = zipped({f"{FILE}/{FILE}.txt": hostile(BRIDGE), f"2024-12-09/{FILE}.jpg": PNG})
    look_at(paper, sent(f"{FILE}.zip", archived), sent("x.zip", b"PK"), user=user)
    upload = look_at(paper, sent("2024-12-09-02.txt", hostile(BRIDGE)), user=user)
    uploads.ask_for_import(upload)


def name_things(user):
    category = Category.objects.create(name=f"类{SHORT}", slug="evil", description=EVIL[:200])
    Article.objects.update(category=category)
    person = Person.objects.order_by("pk").first()
    Person.objects.filter(pk=person.pk).update(note=EVIL[:100])
    corrections.rename_name(named=person, name=f"人{SHORT}", user=user)
    Issue.objects.update(number=EVIL[:30])


def correct(user):
    """What an editor can say of a page and of an article."""
    first, second, *rest = Article.objects.living().order_by("pk")
    page = Page.objects.order_by("pk").first()
    passages = Block.objects.filter(page=page, article=first, role="body")
    corrections.edit_text(block=passages.first(), text=f"改{EVIL}", user=user)
    corrections.set_column(article=first, column=f"栏{EVIL[:90]}", user=user)
    corrections.set_keywords(article=first, keywords=[f"词{SHORT}", EVIL[:20]], user=user)
    corrections.set_credits(article=first, credits=[(f"人{SHORT}", "reporter", EVIL[:90])], user=user)
    for headline in Block.objects.filter(article=second, role="headline"):
        corrections.set_role(block=headline, role="body", user=user)
    second.refresh_from_db()
    corrections.supply_headline(article=second, text=f"题{EVIL}"[:180], user=user)
    corrections.withdraw_article(article=rest[-1], reason=EVIL[:400], user=user)
    corrections.set_name(page=page, name=f"版{EVIL[:40]}", user=user)
    corrections.mark_unfixable(page=Page.objects.order_by("pk").last(), reason=EVIL[:200], user=user)
    corrections.set_aside(blocks=[passages.last()], note=EVIL[:200], user=user)
    Doubt.objects.create(page=page, article=first, start=1, end=9, code="cut", text=EVIL[:500])


def report():
    """What a reader can say."""
    article = Article.objects.living().order_by("pk").first()
    said = {"quote": EVIL[:400], "proposal": SHORT, "note": EVIL[:200]}
    for kind in MistakeReport.Kind.values:
        report_mistake(Mistake(kind=kind, **said), article, kind)


def real(route, parameter):
    """Values of a parameter that lead somewhere: every row, so that nothing shown is left out."""
    first, second, third, *_ = [*route.path.replace(".", "/").split("/"), "", ""]
    if parameter in ("object_id", "pk", "id") and route.is_admin:
        if second in ("articles", "auth"):
            return apps.get_model(second, third).objects.order_by("pk").values_list("pk", flat=True)[:4]
        if "done" in route.path:
            return Correction.objects.order_by("pk").values_list("pk", flat=True)[:4]
        return [real_name().pk]
    rows = {"articles": Article, "columns": Column, "people": Person}
    if parameter == "pk":
        return rows[first].objects.order_by("pk").values_list("pk", flat=True)
    page = pictured().get()
    found = {
        "slug": ["evil"],
        "label": [page.issue.label],
        "address": [page.address],
        "year": [2024],
        "form": ["bib", "ris", "txt"],
        "token": MistakeReport.objects.values_list("token", flat=True)[:2],
        "word": [word for keywords in Article.objects.values_list("keywords", flat=True) for word in keywords][:4],
        "name": {"sitemap": ["articles", "site"], "admin": ["set_name"]}.get(first, [f"人{SHORT}"]),
        "number": [0],
        "kind": ["person"],
        "content_type_id": [1],
    }
    if parameter not in found:
        pytest.fail(f"say in tests/adversary/conftest.py what is a real {parameter} of {route.path}")
    return found[parameter]


def pictured():
    """The page that has a facsimile."""
    return Page.objects.exclude(issue=None).exclude(facsimile="")


def real_name():
    return Person.objects.living().order_by("pk").first()


@pytest.fixture
def clients(archive):
    """Whoever may look: anybody, and one who may see everything."""
    chief = Client(raise_request_exception=False)
    chief.force_login(archive.user)
    return {"anybody": Client(raise_request_exception=False), "chief": chief}
