"""An issue goes out as a package and comes in again as it was; whatever is wrong with a package changes nothing."""

import datetime
import json
import random
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.management.color import no_style
from django.db import connection

from articles import corrections
from articles.importing import Import, Options
from articles.importing.taking_back import plan_taking_back
from articles.keeping.bags import BadBag
from articles.keeping.issue_export import ExportRefused, export_issue
from articles.keeping.issue_import import ImportRefused, import_issue
from articles.keeping.issue_shape import BadPackage
from articles.keeping.verifying import CHECKS
from articles.models import Article, Correction, Doubt, FormerAddress, ImportRun, Issue, Newspaper, Page, PageLayout
from tests.corrections.test_random_acts import random_act
from tests.extraction.ocr_files import STORY, alto
from tests.importing.paper import BRIDGE, BUS, MARKET, jumping_issue, write_pages
from tests.keeping import zips
from tests.keeping.conftest import PICTURE

SAMPLE = Path(__file__).parents[2] / "seeds" / "weijiang-ribao"


def forget_all():
    """Another archive, whose ids go on where these ended."""
    connection.check_constraints()
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    for statement in connection.ops.sql_flush(no_style(), tables):
        with connection.cursor() as cursor:
            cursor.execute(statement)


def take_in(newspaper, *paths, **options):
    for outcome in Import([Path(p) for p in paths], newspaper, Options(**options)):
        assert outcome.result in ("created", "revised"), outcome.reason


def wrong():
    return [finding.words for check in CHECKS.values() for finding in check() if finding]


def there_and_back(issue, folder):
    """The package of an issue, and that of the issue made of it in another archive."""
    export_issue(issue, folder / "first.zip")
    forget_all()
    taken = import_issue(folder / "first.zip")
    export_issue(taken.issue, folder / "second.zip")
    return (folder / "first.zip").read_bytes(), (folder / "second.zip").read_bytes()


@pytest.fixture
def busy(newspaper, editor, tmp_path):
    """An issue that has something of everything: jumps, a former text and address, acts, a picture, places, doubts."""
    folder = jumping_issue(tmp_path / "in")
    files = {"02.jpg": PICTURE, "05.xml": alto(STORY), "缺版次.txt": BUS * 2}
    write_pages(folder / "2024-12-06", files)
    take_in(newspaper, folder)
    write_pages(folder, {"2024-12-06/02.txt": BRIDGE + "\n\n桥头另有新碑。"})
    take_in(newspaper, folder / "2024-12-06" / "02.txt", date=datetime.date(2024, 12, 6), number="2")
    pages = {page.number: page for page in Page.objects.all()}
    two, three, five = pages["2"], pages["3"], pages["5"]
    block = two.blocks.filter(role="body").first()
    corrections.edit_text(block=block, text="改正过的一段，\n分了行。", user=editor)
    corrections.set_number(page=two, number="A02", user=editor)
    market = Article.objects.get(headline__contains="菜市")
    corrections.withdraw_article(article=market, reason="应作者请求", user=editor)
    corrections.set_keywords(article=market, keywords=["菜市", "顶棚"], user=editor)
    story = Article.objects.get(page=five)
    corrections.set_corrects(article=story, corrects=market, user=editor)
    corrections.sign_off(page=five, user=editor)
    corrections.mark_unfixable(page=pages["4"], reason="缺一角", user=editor)
    last = three.blocks.order_by("start").last()
    Doubt.objects.create(
        page=three,
        article=market,
        code="reader",
        text="读者说有错字",
        origin="reader",
        start=0,
        end=3,
        proposal={"act": "edit_text", "block": last.pk, "text": "菜", "was": three.source_text[last.start :].strip()},
    )
    return Issue.objects.get(date="2024-12-06")


def test_an_issue_comes_in_as_it_went_out(busy, tmp_path, client):
    before = client.get("/qingyang/2024-12-06.json").json()
    first, second = there_and_back(busy, tmp_path)
    assert first == second
    assert not wrong()
    two, five = Page.objects.get(number="A02"), Page.objects.get(number="5")
    assert (two.touched, two.revisions.count(), two.facsimile.read()) == (True, 1, PICTURE)
    assert two.former_addresses.get().path == "/qingyang/2024-12-06/2/"
    assert (five.state, bool(five.signed_off_at), len(five.layout.lines)) == ("reviewed", True, 6)
    assert Article.objects.get(state="withdrawn").withdrawn_reason == "应作者请求"
    assert Article.objects.get(corrects__isnull=False).corrects.state == "withdrawn"
    said = Doubt.objects.get(code="reader")
    assert said.page.blocks.order_by("start").last().pk == said.proposal["block"]
    after = client.get("/qingyang/2024-12-06.json").json()
    titles = [[e["article"]["title"] for e in page["entries"]] for page in before["pages"]]
    assert titles == [[e["article"]["title"] for e in page["entries"]] for page in after["pages"]]


def test_what_editors_did_elsewhere_is_kept_from_imports_and_from_undoing(busy, tmp_path):
    there_and_back(busy, tmp_path)
    entry = Correction.objects.filter(pages__number="A02").get()
    with pytest.raises(corrections.ActRefused, match="随包带入"):
        corrections.undo(entry=entry, user=None)
    newspaper = Newspaper.objects.get()
    job = Import([tmp_path / "in"], newspaper, Options(resplit=True))
    assert "kept" in [outcome.result for outcome in job]
    steps = {step.page: step.act for step in plan_taking_back(ImportRun.objects.earliest("pk"))}
    assert set(steps.values()) == {"keep", "remove"}


@pytest.mark.parametrize("seed", range(3))
def test_random_acts_on_the_sample_go_along(seed, newspaper, editor, tmp_path):
    take_in(newspaper, *sorted(SAMPLE.glob("2026-03-18/*.txt")))
    pages, rng = list(Page.objects.order_by("pk")), random.Random(seed)
    for _ in range(40):
        with suppress(corrections.ActRefused):
            random_act(rng, pages, editor)
    assert not wrong()
    first, second = there_and_back(pages[0].issue, tmp_path)
    assert first == second
    assert not wrong()


def test_a_package_is_a_bag_that_people_can_read(busy, tmp_path):
    export_issue(busy, tmp_path / "issue.zip")
    with zipfile.ZipFile(tmp_path / "issue.zip") as archive:
        names = {name.removeprefix("qingyang-2024-12-06/") for name in archive.namelist()}
        said = json.loads(archive.read("qingyang-2024-12-06/data/issue.json"))
        text = archive.read("qingyang-2024-12-06/" + "data/" + said["articles"][0]["text"]).decode()
        assert archive.read("qingyang-2024-12-06/bagit.txt") == (
            b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
        )
    assert {"bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt", "data/issue.json"} <= names
    assert "河道清淤见成效" in text and "问题写进河长的本子" in text
    assert "wang" not in json.dumps(said)


def test_a_lost_picture_is_told_and_nothing_written(busy, settings, tmp_path):
    next(Path(settings.MEDIA_ROOT).rglob("*.jpg")).unlink()
    with pytest.raises(ExportRefused, match="版面图"):
        export_issue(busy, tmp_path / "issue.zip")
    assert not list(tmp_path.glob("*.zip*"))


def test_an_issue_that_is_there_is_left_and_a_newspaper_of_another_name_told(busy, tmp_path):
    export_issue(busy, tmp_path / "issue.zip")
    with pytest.raises(ImportRefused, match="已在资料库里"):
        import_issue(tmp_path / "issue.zip")
    forget_all()
    Newspaper.objects.create(name="别的报", slug="qingyang")
    with pytest.raises(ImportRefused, match="改成一致"):
        import_issue(tmp_path / "issue.zip")
    assert not Page.objects.exists()


def changed(*path, to):
    """issue.json with one value changed."""

    def change(data):
        said = json.loads(data)
        inner = said
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = to(inner[path[-1]]) if callable(to) else to
        return json.dumps(said).encode()

    return zips.in_file("issue.json", change)


FORGED = {
    "no JSON": zips.in_file("issue.json", lambda data: data[:-20]),
    "deep": zips.in_file("issue.json", lambda data: b"[" * 100_000),
    "a list": zips.in_file("issue.json", lambda data: b"[]"),
    "another format": changed("format", to="other"),
    "a later version": changed("version", to=2),
    "an unknown field": changed("pages", 0, to=lambda page: page | {"id": 7}),
    "a field less": changed("articles", 0, to=lambda article: {k: v for k, v in article.items() if k != "kind"}),
    "a text for a number": changed("pages", 0, "blocks", 0, "start", to="0"),
    "a negative number": changed("pages", 0, "blocks", 1, "start", to=-1),
    "a huge number": changed("pages", 0, "blocks", 1, "position", to=10**30),
    "not a number": changed("articles", 0, "confidence", to=float("nan")),
    "more than sure": changed("articles", 0, "confidence", to=2),
    "a gap": changed("pages", 0, "blocks", 0, "start", to=1),
    "an overlap": changed("pages", 0, "blocks", 1, "start", to=0),
    "beyond the text": changed("pages", 0, "blocks", to=lambda blocks: [*blocks, blocks[-1] | {"start": 10**6}]),
    "no blocks": changed("pages", 0, "blocks", to=[]),
    "no such article": changed("pages", 0, "blocks", 0, "article", to=99),
    "in two places": changed("pages", 0, "blocks", 0, "reason", to="editor"),
    "an article without blocks": changed("articles", to=lambda articles: [*articles, articles[0]]),
    "its own parent": changed("articles", 1, "parent", to=1),
    "an unknown role": changed("pages", 0, "blocks", 0, "role", to="script"),
    "an unknown state": changed("pages", 0, "state", to="secret"),
    "withdrawn without a reason": changed("articles", 0, "state", to="withdrawn"),
    "a control character": changed("articles", 0, "supplied_headline", to="甲\x00"),
    "half a pair": changed("articles", 0, "supplied_headline", to="\ud800"),
    "too long": changed("pages", 0, "name", to="版" * 51),
    "no page number": changed("pages", 0, "number", to="../1"),
    "the same number twice": changed("pages", 1, "number", to="1"),
    "no day": changed("issue", "date", to="2024-13-01"),
    "no time": changed("articles", 0, "changed_at", to="gestern"),
    "a reserved address": changed("newspaper", "slug", to="admin"),
    "an address of no newspaper": changed("newspaper", "slug", to="../etc"),
    "another text": zips.in_file("pages/001.txt", lambda data: data + "多".encode()),
    "no UTF-8": zips.in_file("pages/001.txt", lambda data: b"\xff\xfe"),
    "a text elsewhere": changed("pages", 0, "text", to="../../../etc/passwd"),
    "no such picture": changed("pages", 0, "facsimile", to="facsimiles/none.jpg"),
    "no picture": changed("pages", 0, "facsimile", to="pages/001.txt"),
    "an act of its own": changed(
        "pages", 0, "doubts", to=lambda d: [*d, DOUBT | {"proposal": PROPOSAL | {"act": "withdraw_article"}}]
    ),
    "a field of its own": changed(
        "pages", 0, "doubts", to=lambda d: [*d, DOUBT | {"proposal": PROPOSAL | {"fields": {"act": "sign_off"}}}]
    ),
    "a place off the page": changed("pages", 0, "lines", to=[[0, 1, 9000, 0, 2000, 10]]),
    "too much of it": zips.in_file("pages/001.txt", lambda data: b"\0" * (300 * 2**20)),
}
DOUBT = {"start": 0, "end": 1, "code": "x", "text": "x", "origin": "machine", "state": "open", "article": None}
PROPOSAL = {"act": "set_kind", "blocks": {}, "articles": {"article": 0}, "fields": {"kind": "news"}}


@pytest.fixture(scope="module")
def package(tmp_path_factory, django_db_setup, django_db_blocker):
    """A package made once; nothing of it stays in the database."""
    from django.db import transaction

    folder = tmp_path_factory.mktemp("package")
    with django_db_blocker.unblock(), transaction.atomic():
        newspaper = Newspaper.objects.create(name="青杨日报", slug="qingyang")
        take_in(newspaper, jumping_issue(folder / "in"))
        export_issue(newspaper.issues.get(), folder / "issue.zip")
        transaction.set_rollback(True)
    return folder / "issue.zip"


@pytest.mark.parametrize("harm", [*zips.HARM, "text", *FORGED])
def test_a_bad_package_changes_nothing(harm, package, db, settings, tmp_path):
    change = FORGED.get(harm) or (zips.HARM | {"text": zips.damaged("pages/001.txt")})[harm]
    bad = zips.rewrite(package, tmp_path / "bad.zip", change)
    with pytest.raises((BadBag, BadPackage)):
        import_issue(bad)
    assert not Newspaper.objects.exists() and not Page.objects.exists()
    assert not list(Path(settings.MEDIA_ROOT).rglob("*"))


def test_links_and_passwords_are_refused(package, db, tmp_path):
    for attribute in ("link", "encrypted"):
        with zipfile.ZipFile(package) as archive, zipfile.ZipFile(tmp_path / "bad.zip", "w") as bad:
            for entry in archive.infolist():
                data = archive.read(entry)
                if entry.filename.endswith("pages/001.txt") and attribute == "link":
                    entry.external_attr = 0o120777 << 16
                bad.writestr(entry, data)
        if attribute == "encrypted":
            content = bytearray((tmp_path / "bad.zip").read_bytes())
            at = content.rindex(b"PK\x01\x02")
            content[at + 8] |= 1
            (tmp_path / "bad.zip").write_bytes(content)
        with pytest.raises(BadBag, match="链接"):
            import_issue(tmp_path / "bad.zip")


def test_pages_are_not_imported_out_of_a_package(package, newspaper):
    (outcome,) = Import([package], newspaper, Options())
    assert outcome.result == "failed" and "import_issue" in outcome.reason


def test_the_whole_package_is_good(package, db, tmp_path):
    """So that the tests above fail for what they change and nothing else."""
    assert import_issue(zips.rewrite(package, tmp_path / "same.zip", zips.forge)).pages == 4
    assert not FormerAddress.objects.exists() and not PageLayout.objects.exists()
    assert MARKET.split("\n")[0] in set(Article.objects.values_list("headline", flat=True))
