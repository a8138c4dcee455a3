"""Archives of their own on either database, with pages, pictures, editors' acts and an upload that waits."""

import os
import shutil
import uuid

import psycopg
import pytest

from tests.commands.conftest import Archive
from tests.importing.paper import BRIDGE, jumping_issue, write_pages

POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith("postgres")
VENDORS = ("sqlite", "postgresql") if POSTGRESQL else ("sqlite",)
OWN = VENDORS[-1:]  # what the suite runs on
PICTURE = b"\xff\xd8\xff\xe0" + b"0123456789" * 300
ACTS = """
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from articles.corrections import articles, pages, passages
from articles.importing.uploads import receive
from articles.models import Article, Page
user = User.objects.create_user("wang", password="qingyang-dukou", is_staff=True)
page = Page.objects.get(issue__date="2024-12-06", number="2")
article = Article.objects.get(blocks__page=page, blocks__role="headline")
block = article.blocks.filter(role="body").first()
passages.edit_text(block=block, text="改正过的一段话。", user=user)
pages.set_name(page=page, name="民生", user=user)
pages.set_number(page=page, number="6", user=user)
articles.withdraw_article(article=article, reason="应作者请求", user=user)
other = Page.objects.get(issue__date="2024-12-06", number="4")
articles.set_kind(article=other.blocks.filter(article__isnull=False).last().article, kind="feature", user=user)
pages.send_to_review(page=other, user=user)
gone = Page.objects.create(newspaper=page.newspaper, source_text="x", text_sha256="0")
print(gone.pk)
gone.delete()
receive(newspaper=page.newspaper, files=[SimpleUploadedFile("05.txt", "还没有导入的一版。".encode())], user=user)
"""


class Archives:
    """Makes archives in a folder, on databases without tables or with those of another, and removes their databases."""

    def __init__(self, folder):
        self.folder, self.made = folder, []

    def make(self, vendor="sqlite", like=None):
        archive = Archive(self.folder / f"var{len(self.made)}")
        if like:
            shutil.copytree(like.var, archive.var)
        else:
            archive.var.mkdir(parents=True)
        if vendor == "postgresql":
            server, name = os.environ["DATABASE_URL"].rpartition("/")[0], f"keeping_{uuid.uuid4().hex[:12]}"
            archive.environment["DATABASE_URL"] = f"{server}/{name}"
            template = like.environment["DATABASE_URL"].rpartition("/")[2] if like else "template1"
            _on_server(f"CREATE DATABASE {name} TEMPLATE {template}")
        self.made.append(archive)
        return archive

    def remove(self):
        for archive in self.made:
            address, _, name = archive.environment["DATABASE_URL"].rpartition("/")
            if address.startswith("postgres"):
                _on_server(f"DROP DATABASE {name} WITH (FORCE)")


def _on_server(statement):
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(statement)


def page_files(folder):
    """An issue with jumps and two pictures, and a page of another day."""
    jumping_issue(folder)
    for number in ("01", "03"):
        (folder / "2024-12-06" / f"{number}.jpg").write_bytes(PICTURE + number.encode())
    return write_pages(folder, {"2024-12-07/01.txt": BRIDGE.replace("石桥", "木桥")})


def fill(archive, folder):
    """Import pages, one of them twice, and let an editor do something of everything."""
    command = ("import_pages", folder, "--newspaper", "青杨日报", "--slug", "qingyang")
    for more in ("", "\n\n明年再修引桥。"):
        (folder / "2024-12-07" / "01.txt").write_text(BRIDGE.replace("石桥", "木桥") + more)
        imported = archive.run(*command)
        assert imported.returncode == 0, imported.err
    archive.read(ACTS)


@pytest.fixture(scope="session")
def samples(tmp_path_factory):
    """For each database an archive that is migrated, and one that is filled."""
    archives, folder = Archives(tmp_path_factory.mktemp("samples")), page_files(tmp_path_factory.mktemp("in"))
    made = {}
    for vendor in VENDORS:
        made[vendor, "empty"] = archives.make(vendor)
        assert made[vendor, "empty"].run("migrate", "-v0").returncode == 0
        made[vendor, "filled"] = archives.make(vendor, made[vendor, "empty"])
        fill(made[vendor, "filled"], folder)
    yield made
    archives.remove()


@pytest.fixture
def make_archive(samples, tmp_path):
    """An archive of a test's own: with no tables, "empty" or "filled"."""
    archives = Archives(tmp_path / "archives")
    yield lambda vendor="sqlite", how=None: archives.make(vendor, samples.get((vendor, how)))
    archives.remove()
