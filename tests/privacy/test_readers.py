"""What readers get of a number in an old notice: nothing, wherever they look."""

import pytest
from django.core.files.base import ContentFile

from articles import corrections
from articles.assembly import find_columns, lay_out
from articles.corrections.revealing import reveal_article
from articles.management.commands import mask as command
from articles.models import Article, Block, Page, Reveal, SearchDocument
from articles.reading.mistakes import Mistake, find_quote, report_mistake
from articles.search import documents
from tests.factories import make_article, make_issue, make_newspaper
from tests.importing.paper import import_files, write_pages
from tests.views.conftest import print_page

from .made import identity_number

ID = identity_number()
MOBILE = "13800138000"
NOTICE = (
    f"遗失声明\n\n桥头村村民遗失身份证一张，号码{ID}，声明作废。拾到者请与本人联系，电话\n{MOBILE[:7]}\n{MOBILE[7:]}，当面致谢。\n\n"
    "桥头小学招收新生\n\n□本报记者 柳青禾\n\n桥头小学从今天起招收新生，学校电话0571-87654321，家长可以带孩子去看看。\n"
)
SECRETS = (ID, ID[2:], ID[6:14], ID[-4:], MOBILE, MOBILE[3:], MOBILE[:7] + "\n" + MOBILE[7:])


@pytest.fixture
def notice(db, tmp_path):
    import_files(make_newspaper(), write_pages(tmp_path / "in", {"2024-05-06-1.txt": NOTICE}))
    return Page.objects.get()


def leaks(text):
    return [secret for secret in SECRETS if secret in text]


def everything_written(page):
    rows = [*Article.objects.values_list(), *SearchDocument.objects.values_list()]
    return "\n".join(str(value) for row in rows for value in row)


def test_nothing_that_is_written_for_readers_has_a_number(notice):
    written = everything_written(notice)
    assert "桥头村村民遗失身份证" in written and "0571-87654321" in written
    assert leaks(written) == []
    assert leaks(notice.source_text) == [*SECRETS[:4], MOBILE[:7] + "\n" + MOBILE[7:]]


def test_the_index_equals_a_rebuild(notice):
    assert documents.check().faults == []


@pytest.mark.parametrize("wanted", [ID, MOBILE, ID[6:14], f'"{MOBILE}"', MOBILE[3:]])
def test_a_search_for_it_finds_nothing(client, notice, wanted):
    assert client.get("/search.json", {"q": wanted}).json()["total"] == 0
    assert client.get("/search.json", {"q": "0571-87654321"}).json()["total"] == 1


def test_a_columns_name_has_none(newspaper):
    found = find_columns(newspaper.pk, [f"热线直通 {MOBILE}", "街巷"])
    assert [column.name for column in found.values()] == ["热线直通 138＊＊＊＊＊＊＊＊", "街巷"]
    assert find_columns(newspaper.pk, [f"热线直通 {MOBILE}"])[f"热线直通 {MOBILE}"] == found[f"热线直通 {MOBILE}"]


def test_a_number_broken_between_passages_is_covered(db):
    article = make_article(issue=make_issue())
    print_page(
        article.issue,
        ("body", "拾到者请联系138001", article),
        ("headline", "另一篇", make_article(issue=article.issue)),
        ("body", "38000张先生。", article, {"joins": True}),
    )
    article.refresh_from_db()
    assert article.body == "拾到者请联系138＊＊＊＊＊＊＊＊张先生。"


def test_a_correction_that_brings_a_number_is_covered(notice, editor):
    block = Block.objects.filter(role="body", article__headline__contains="小学").first()
    text = f"学校电话0571-87654321，校长电话{MOBILE}。"
    corrections.edit_text(block=block, text=text, user=editor)
    assert leaks(everything_written(notice)) == []
    block.refresh_from_db()
    assert block.corrected_text == text


@pytest.mark.parametrize(
    "write",
    [
        lambda article, user: corrections.withdraw_article(article=article, reason=f"有{ID}", user=user),
        lambda article, user: corrections.set_aside(blocks=article.blocks.all()[:1], note=f"有{ID}", user=user),
    ],
)
def test_what_editors_type_for_readers_is_covered_too(notice, editor, write):
    write(Article.objects.filter(body__contains="遗失").get(), editor)
    rows = [*Article.objects.values_list(), *Block.objects.values_list("reason_note")]
    assert leaks(str(rows)) == []


def test_a_reader_cannot_ask_whether_a_number_is_there(client, notice):
    passages = lay_out(notice, notice.blocks.all())
    assert find_quote(passages, f"号码{ID}") == []
    assert find_quote(passages, "号码33")


def test_a_readers_report_puts_no_cover_into_the_text(notice):
    article = Article.objects.get(body__contains="遗失")
    quote = article.body[:40]
    assert "＊" in quote
    report = report_mistake(Mistake("typo", quote, quote.replace("一张", "壹张")), article, "x")
    assert report.doubt.proposal is None


class TestFacsimile:
    @pytest.fixture
    def address(self, notice):
        notice.facsimile.save("a.png", ContentFile(b"x"))
        return notice.get_absolute_url() + "facsimile/"

    def test_a_picture_of_what_is_masked_is_kept_from_readers(self, client, notice, address):
        assert notice.has_masked
        assert client.get(address).status_code == 404
        said = client.get(notice.get_absolute_url()).content.decode()
        assert "版面图不公开" in said and address not in said
        assert client.get(notice.get_absolute_url().rstrip("/") + ".json").json()["page"]["facsimile"] is None

    def test_editors_and_readers_by_the_owners_word_get_it(self, client, address, editor, settings):
        client.force_login(editor)
        assert client.get(address).status_code == 200
        client.logout()
        settings.SHOW_MASKED_FACSIMILES = True
        assert client.get(address).status_code == 200

    def test_a_page_that_nobody_has_looked_at_shows_none(self, client, address):
        Page.objects.update(has_masked=None)
        assert client.get(address).status_code == 404


class TestReveal:
    @pytest.fixture
    def mender(self, client, editor):
        from django.contrib.auth.models import Permission

        editor.user_permissions.add(Permission.objects.get(codename="mend_page"))
        client.force_login(editor)
        return editor

    @pytest.fixture
    def article(self, notice):
        return Article.objects.get(body__contains="遗失")

    def test_a_signed_in_editor_sees_what_readers_see(self, client, mender, article):
        for address in (article.get_absolute_url(), f"{article.get_absolute_url()}source/"):
            said = client.get(address).content.decode()
            assert leaks(said) == []
            assert "显示原文" in said
        assert not Reveal.objects.exists()

    def test_the_print_is_a_press_away_and_the_press_is_noted(self, client, mender, article):
        response = client.post(f"{article.get_absolute_url()}original/")
        assert ID in response.content.decode()
        assert "no-store" in response["Cache-Control"]
        (noted,) = Reveal.objects.all()
        assert (noted.user, noted.article) == (mender, article)

    def test_readers_and_staff_without_the_right_are_refused(self, client, article, editor):
        for sign_in in (client.logout, lambda: client.force_login(editor)):
            sign_in()
            response = client.post(f"{article.get_absolute_url()}original/")
            assert response.status_code == 403
            assert leaks(response.content.decode()) == []
        assert client.get(f"{article.get_absolute_url()}original/").status_code == 405
        assert not Reveal.objects.exists()

    def test_readers_are_offered_no_press(self, client, article):
        said = client.get(article.get_absolute_url()).content.decode()
        assert "已遮盖" in said and "显示原文" not in said

    def test_the_note_stands_in_the_admin(self, admin_client, admin_user, article):
        reveal_article(article=article, user=admin_user)
        said = admin_client.get("/admin/articles/reveal/").content.decode()
        assert str(article) in said
        assert admin_client.get("/admin/articles/reveal/add/").status_code == 403


class TestAnOlderArchive:
    @pytest.fixture
    def stored_plain(self, notice):
        """As a version before masking left it."""
        article = Article.objects.get(body__contains="遗失")
        Page.objects.update(has_masked=None)
        Article.objects.filter(pk=article.pk).update(body=f"号码{ID}", keywords=["遗失", "E12345678"])
        SearchDocument.objects.filter(article=article).update(body=ID)
        return article

    def run(self, capsys, **options):
        from django.core.management import call_command

        call_command(command.Command(), **options)
        return capsys.readouterr().out

    def test_the_command_brings_it_up_to_date(self, stored_plain, notice, capsys):
        assert "看过 1 版，其中 1 版有须遮盖的" in self.run(capsys)
        stored_plain.refresh_from_db()
        assert leaks(everything_written(notice)) == []
        assert stored_plain.keywords == ["遗失"]
        assert documents.check().faults == []
        notice.refresh_from_db()
        assert notice.has_masked and not notice.touched

    def test_what_editors_typed_is_covered_where_nothing_else_is(self, db, tmp_path, capsys):
        import_files(make_newspaper(), write_pages(tmp_path / "in", {"2024-05-06-1.txt": NOTICE.split("\n\n", 2)[2]}))
        Page.objects.update(has_masked=None)
        Article.objects.update(headline="", supplied_headline=f"电话{MOBILE}")
        self.run(capsys)
        assert leaks(everything_written(Page.objects.get())) == []
        assert documents.check().faults == []

    def test_it_looks_at_a_page_once_unless_told(self, stored_plain, capsys):
        self.run(capsys)
        assert "看过 0 版" in self.run(capsys)
        assert "看过 1 版" in self.run(capsys, all=True)

    def test_innocent_pages_are_not_written(self, db, tmp_path, capsys):
        import_files(make_newspaper(), write_pages(tmp_path / "in", {"2024-05-06-1.txt": NOTICE.split("\n\n", 2)[2]}))
        Page.objects.update(has_masked=None)
        changed = list(Article.objects.values_list("changed_at"))
        assert "其中 0 版" in self.run(capsys)
        assert Page.objects.get().has_masked is False
        assert list(Article.objects.values_list("changed_at")) == changed


def test_a_hidden_newspaper_of_masked_things_is_hidden_all_the_same(client, db):
    article = make_article(issue=make_issue(make_newspaper(shows_unreviewed=False)))
    print_page(article.issue, ("body", f"号码{ID}", article))
    assert client.get(article.get_absolute_url()).status_code == 404
