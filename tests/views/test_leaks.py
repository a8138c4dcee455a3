"""Nothing leaks: every public address, asked for by each group, with secrets planted in all that is hidden.

A new address fails here until `places` says what can be asked for there.
"""

import datetime
import re

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import urlencode

from articles import corrections
from articles.converters import IssueLabel
from articles.groups import ADDED, make_groups
from articles.models import Article, Block, Category, Column, Correction, Issue, MistakeReport, Newspaper, Page, Person
from articles.publishing.sitemaps import SECTIONS
from articles.search import write_documents
from articles.urls import urlpatterns
from tests.factories import make_article, make_issue, make_newspaper
from tests.privacy.made import identity_number

from .conftest import print_page, sign

# What each hidden thing says; readers are given the first half to search for, and must not get the second.
SECRETS = {
    "unreviewed": ("灯塔守夜", "暗渡芦湾"),
    "withdrawn": ("石埠旧约", "墨匣深藏"),
    "furniture": ("渡头暗语", "铜铃三响"),
    "repeated": ("竹简残篇", "青缣裹书"),
    "undated": ("沙洲孤馆", "夜雨翻书"),
    "merged": ("井栏遗墨", "苔痕半掩"),
    "gone": ("古寺钟楼", "断碑无字"),
    "name": ("穆青", "青棠"),
    "hand": ("阮知", "知秋"),
}
NUMBER = identity_number()
MASKED = (NUMBER[2:10], NUMBER[10:], "阮知秋")
OPEN = "老堤加固完工"


def body(name):
    known, secret = SECRETS[name]
    return f"{known}之事，{secret}，另行通报。"


@pytest.fixture
def world(db, editor):
    """An open newspaper with everything that can be hidden in it, and a newspaper that hides what is not signed off."""
    issue = make_issue(make_newspaper("临江晚报", slug="linjiang"), "2024-12-06")
    shown, notice = make_article(issue=issue), make_article(issue=issue)
    page = print_page(
        issue,
        ("headline", OPEN, shown),
        ("body", "老堤昨日加固完工，两岸居民沿堤走了一遍。", shown),
        ("body", f"遗失身份证{NUMBER}，失主阮知秋，声明作废。", notice),
    )
    page.facsimile.save("a.png", ContentFile(b"x"))
    sign(shown, "杜小禾")
    write_documents(articles=[shown, notice], pages=[page])
    corrections.hide_text(block=notice.blocks.get(), words="阮知秋", user=editor)
    return {"issue": issue, "shown": shown, "notice": notice}


@pytest.fixture
def hidden(world, editor):
    issue = world["issue"]
    withdrawn = make_article(issue=issue)
    print_page(
        issue,
        ("headline", body("withdrawn"), withdrawn),
        ("body", body("withdrawn"), withdrawn),
        ("furniture", body("furniture"), withdrawn),
        ("body", body("repeated"), withdrawn),
        ("body", body("repeated"), None, {"reason": "", "duplicate_start": 0, "duplicate_end": 1}),
        number="2",
    )
    page = Page.objects.get(number="2")
    first = page.blocks.order_by("start")[3].start
    page.blocks.filter(duplicate_start=0).update(duplicate_start=first, duplicate_end=first + 4)
    sign(withdrawn, "穆青棠")
    report = MistakeReport.objects.create(article=withdrawn, page=page, kind="other", note="有误")
    corrections.withdraw_article(article=withdrawn, reason="当事人要求", user=editor)
    closed = make_issue(make_newspaper("穆青棠报", slug="closed", shows_unreviewed=False), "2023-11-05")
    unreviewed = make_article(
        issue=closed,
        category=Category.objects.create(name="穆青棠类", slug="secret-category"),
        column=Column.objects.create(name="穆青棠栏", newspaper=closed.newspaper),
        keywords=["穆青棠"],
    )
    print_page(closed, ("headline", body("unreviewed"), unreviewed), ("body", body("unreviewed"), unreviewed))
    Page.objects.filter(issue=closed).get().facsimile.save("b.png", ContentFile(b"x"))
    sign(unreviewed, "穆青棠")
    undated = make_article(newspaper=issue.newspaper, dated=False)
    print_page(None, ("headline", body("undated"), undated), newspaper=issue.newspaper, number="9")
    make_article(body("merged"), body("merged"), issue=issue, merged_into=world["shown"])
    make_article(body("gone"), body("gone"), issue=issue, gone=True)
    write_documents(articles=Article.objects.all(), pages=Page.objects.all())
    return {"withdrawn": withdrawn, "unreviewed": unreviewed, "undated": undated, "report": report}


def asked():
    """What is searched for and filtered by: what a reader could know of the secrets."""
    return [OPEN[:2], NUMBER[4:16], NUMBER[6:14], *(known for known, _ in SECRETS.values())]


def places():
    """By the arguments of an address, what can be asked for there; the addresses without are lists."""
    papers = [{"slug": paper.slug} for paper in Newspaper.objects.all()]
    issues = [
        {"slug": issue.newspaper.slug, "label": IssueLabel(issue.date, issue.edition)} for issue in Issue.objects.all()
    ]
    pages = [place | {"address": address} for place in issues for address in ("1", "2", "9")]
    return {
        (): [{}],
        ("articles", "pk"): [{"pk": pk} for pk in Article.objects.values_list("pk", flat=True)],
        ("articles", "pk", "form"): [
            {"pk": pk, "form": form} for pk in Article.objects.values_list("pk", flat=True) for form in FORMS
        ],
        ("categories", "slug"): [{"slug": slug} for slug in Category.objects.values_list("slug", flat=True)],
        ("columns", "pk"): [{"pk": pk} for pk in Column.objects.values_list("pk", flat=True)],
        ("columns", "pk", "name"): [{"pk": c.pk, "name": c.name} for c in Column.objects.all()],
        ("people", "pk"): [{"pk": pk} for pk in Person.objects.values_list("pk", flat=True)],
        ("people", "pk", "name"): [{"pk": p.pk, "name": p.name} for p in Person.objects.all()],
        ("keywords", "word"): [{"word": "穆青棠"}, {"word": NUMBER[4:16]}],
        ("reports", "token"): [{"token": token} for token in MistakeReport.objects.values_list("token", flat=True)],
        ("sitemap", "name", "number"): [{"name": name, "number": 0} for name in ("site", *SECTIONS)],
        ("slug",): papers,
        ("slug", "year"): [paper | {"year": year} for paper in papers for year in (2023, 2024)],
        ("slug", "label"): issues,
        ("slug", "label", "address"): pages,
    }


FORMS = ("bib", "ris", "txt")
SEARCHED = ("search", "search-export-csv", "search-export-json", "search-hit", "search-suggest", "person-list")
OPENED = ("article", "page")  # from a search
FILTERED = (*SEARCHED[:4], "article-list", "archive")


def kind_of(pattern):
    """What an address is about: its first word, where it is fixed, and its arguments."""
    names = tuple(pattern.pattern.converters)
    word = re.match(r"(\w+)[/-]", str(pattern.pattern))
    return (word.group(1), *names) if names and word else names


def address_of(pattern, place):
    for name in filter(None, (pattern.name, f"{pattern.name}-json")):
        try:
            return reverse(name, kwargs=place)
        except NoReverseMatch:
            continue
    route = str(pattern.pattern)
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(place[match.group(1)]), route)


def addresses():
    """Every public address with everything that can stand in it, and with what can be asked after the `?`."""
    known = places()
    for pattern in urlpatterns:
        assert kind_of(pattern) in known, f"{pattern.pattern}：places() 里没有这种地址"
        for place in known[kind_of(pattern)]:
            address = address_of(pattern, place)
            yield address
            name = (pattern.name or "").removesuffix("-json")
            for words in asked() if name in SEARCHED else asked()[:1] if name in OPENED else ():
                yield f"{address}?{urlencode({'q': words, 'n': 1})}"
            if name in FILTERED:
                yield f"{address}?{urlencode({'q': OPEN[:2], 'person': '穆青'})}"
                yield f"{address}?{urlencode({'q': OPEN[:2], 'newspaper': 'closed'})}"


def answer_of(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    told = ((name, value) for name, value in response.headers.items() if name != "X-Request-ID")
    headers = "".join(f"{name}: {value}\n" for name, value in told)
    return headers + content.decode()


@pytest.mark.parametrize("group", ["reader", "account", *ADDED])
def test_no_address_tells_a_secret(client, world, hidden, group, django_user_model):
    make_groups()
    if group != "reader":
        user = django_user_model.objects.create_user(group, is_staff=group in ADDED)
        user.groups.set(Group.objects.filter(name=group))
        client.force_login(user)
    secrets = [*MASKED] if group in ADDED else [*MASKED, *(secret for _, secret in SECRETS.values())]
    statuses = set()
    for address in addresses():
        response = client.get(address)
        said = answer_of(response)
        statuses.add(response.status_code)
        assert [secret for secret in secrets if secret in said] == [], address
    assert statuses >= {200, 302, 405, 410} | ({404} if group not in ADDED else set())
    assert max(statuses) < 500


def test_the_secrets_are_there_to_be_found(client, world, hidden, editor):
    """Staff get what is not masked, so that the walk above passes by it."""
    client.force_login(editor)
    said = "".join(answer_of(client.get(address)) for address in addresses())
    told = {name for name, (_, secret) in SECRETS.items() if secret in said}
    assert told >= {"unreviewed", "withdrawn", "furniture", "repeated", "undated", "name"}
    assert NUMBER in Page.objects.get(number="1", issue=world["issue"]).source_text


@pytest.fixture
def fixed_clock(monkeypatch):
    from articles.reading import tallies

    moment = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)
    monkeypatch.setattr(tallies.timezone, "now", lambda: moment)


def test_counts_and_facets_do_not_tell(client, world, hidden, fixed_clock):
    """What readers get is, byte for byte, what they would get if there were nothing hidden."""
    told = {address: answer_of(client.get(address)) for address in addresses()}
    remove(hidden)
    left = list(addresses())
    assert len(left) > 150
    for address in left:
        assert STAMPS.sub("", told[address]) == STAMPS.sub("", answer_of(client.get(address))), address


def remove(hidden):
    """Take away everything that readers do not see; the page that a withdrawn article stood on is theirs."""
    MistakeReport.objects.all().delete()
    Correction.objects.all().delete()
    Block.objects.filter(article__in=[article.pk for name, article in hidden.items() if name != "report"]).delete()
    Block.objects.filter(duplicate_start__isnull=False).delete()
    Page.objects.exclude(issue__newspaper__slug="linjiang").delete()
    Article.objects.exclude(blocks__isnull=False).delete()
    Category.objects.all().delete()
    Column.objects.all().delete()
    Person.objects.filter(name="穆青棠").delete()
    Issue.objects.filter(newspaper__slug="closed").delete()
    Newspaper.objects.filter(slug="closed").delete()
    write_documents(articles=Article.objects.all(), pages=Page.objects.all())


# What changes with every write, with every form, or with the clock.
STAMPS = re.compile(
    r"(Content-Length|ETag|Expires|Last-Modified|Set-Cookie): .*|导出时间.{0,40}|value=.[\w.:-]{40,}"
    r"|\d{4}-\d\d-\d\dT[\d:.+]+|\d\d:\d\d"
)


def pairs(hidden):
    """(address of what is hidden, address of what is missing)."""
    article, column = hidden["unreviewed"], hidden["unreviewed"].column
    person = Person.objects.get(name="穆青棠")
    for form in ("/articles/{}/", "/articles/{}.json", "/articles/{}/source/", "/articles/{}/cite.bib"):
        yield form.format(article.pk), form.format(10**9)
        yield form.format(hidden["undated"].pk), form.format(10**9)
    yield f"/articles/{article.pk}/report/", f"/articles/{10**9}/report/"
    yield f"/articles/{article.pk}/qr.svg", f"/articles/{10**9}/qr.svg"
    for thing, kind in ((column, "columns"), (person, "people")):
        for tail in ("/", ".json", "-x/", "-x/feed/"):
            yield f"/{kind}/{thing.pk}{tail}", f"/{kind}/{10**9}{tail}"
    for tail in ("/", ".json", "/feed/"):
        yield f"/categories/secret-category{tail}", f"/categories/nothing-here{tail}"
        yield f"/closed{tail}", f"/nothing{tail}"
    yield "/keywords/穆青棠/", "/keywords/没有的词/"
    for tail in ("2023/", "2023-11-05/", "2023-11-05/1/", "2023-11-05/1.json", "2023-11-05/1/facsimile/"):
        yield f"/closed/{tail}", f"/nothing/{tail}"
    yield "/linjiang/2024-12-06/9/", "/linjiang/2024-12-06/8/"
    yield "/archive/?newspaper=closed", "/archive/?newspaper=nothing"


def test_the_hidden_takes_what_the_missing_takes(client, world, hidden):
    """The same queries and the same answer: neither the clock nor a word tells one from the other."""
    for of_hidden, of_missing in pairs(hidden):
        client.get(of_missing)  # what is counted is kept
        told = []
        for address in (of_hidden, of_missing):
            with CaptureQueriesContext(connection) as queries:
                response = client.get(address)
            assert response.status_code == 404, address
            told.append(([shape_of(q["sql"]) for q in queries], answer_of(response)))
        assert told[0] == told[1], of_hidden


def shape_of(sql):
    return re.sub(r"'[^']*'|\b\d+\b", "?", sql)


def test_a_copy_is_good_at_its_own_address_only(client, world, hidden):
    """Who has a good copy of one page is not told that they have one of another, or of none."""
    etag = client.get("/")["ETag"]
    for address in (hidden["unreviewed"].get_absolute_url(), f"/articles/{10**9}/", "/closed/", "/nothing/"):
        assert client.get(address, headers={"if-none-match": etag}).status_code == 404
    gone = hidden["withdrawn"].get_absolute_url()
    assert client.get(gone, headers={"if-none-match": etag}).status_code == 410


def test_initials_are_of_people_whom_one_sees(client, world, hidden, editor):
    assert "穆" not in client.get("/people/").content.decode()
    client.force_login(editor)
    assert "穆" in client.get("/people/").content.decode()


def test_a_masked_picture_is_no_answer(client, world):
    assert client.get(f"{world['shown'].page.get_absolute_url()}facsimile/").status_code == 404


class TestWithdrawal:
    """It counts at once, everywhere, and says why and when."""

    @pytest.fixture
    def keeping(self, settings, request):
        memory = "django.core.cache.backends.locmem.LocMemCache"
        settings.CACHES = settings.CACHES | {"pages": {"BACKEND": memory, "LOCATION": request.node.name}}

    def test_it_leaves_everything_but_its_reason(self, client, keeping, world, editor):
        shown = world["shown"]
        twins = [f"{shown.get_absolute_url()}", f"/articles/{shown.pk}.json"]
        own = [*twins, f"{twins[0]}source/", f"{twins[0]}cite.bib", f"{twins[0]}qr.svg"]
        others = [a for a in addresses() if not a.startswith((twins[0], twins[1])) and "/search/hit" not in a]
        telling = [a for a in others if OPEN in answer_of(client.get(a))]
        assert {"/", "/feed/", "/index.json", "/articles/"} <= set(telling)
        corrections.withdraw_article(article=shown, reason="当事人要求更正", user=editor)
        assert [a for a in others if OPEN in answer_of(client.get(a))] == []
        for address in own:
            response = client.get(address)
            said = answer_of(response)
            assert response.status_code == 410 and OPEN not in said, address
        assert "当事人要求更正" in client.get(twins[0]).content.decode()
        error = client.get(twins[1]).json()["error"]
        assert error["reason"] == "当事人要求更正"
        assert error["withdrawn_on"] == timezone.localdate().isoformat()
        assert client.get("/search.json", {"q": "老堤加固"}).json()["total"] == 0
        assert client.get("/search/suggest/?q=老堤").json()["suggestions"] == []
        assert shown.get_absolute_url() not in answer_of(client.get("/sitemap/articles-0.xml"))

    def test_it_comes_back_with_its_undoing(self, client, keeping, world, editor):
        entry = corrections.withdraw_article(article=world["shown"], reason="有误", user=editor)
        assert OPEN not in client.get("/").content.decode()
        corrections.undo(entry=entry, user=editor)
        assert OPEN in client.get("/").content.decode()
