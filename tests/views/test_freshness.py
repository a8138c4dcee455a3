"""Copies that readers keep: good as long as nothing public has changed, and never for who is signed in."""

import subprocess
import sys
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import corrections
from articles.models import Category, Correction, Newspaper, Page, SavedFilter
from articles.publishing import freshness
from articles.triggers import changes
from tests.factories import make_article, make_newspaper

from .conftest import print_page

ADDRESSES = ["/", "/articles/", "/categories/", "/columns/", "/people/", "/search/?q=老堤", "/linjiang/"]
ADDRESSES += ["/linjiang/2024/", "/linjiang/2024-12-06/", "/linjiang/2024-12-06/1/"]


def again(client, address, etag, **headers):
    return client.get(address, headers={"if-none-match": etag, **headers})


@pytest.fixture
def stamp(db):
    def changed():
        """Has the stamp changed since it was last asked for?"""
        before, changed.last = changed.last, freshness.read_stamp()[0]
        return before != changed.last

    changed.last = freshness.read_stamp()[0]
    return changed


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_copy_is_good_until_something_changes(client, dyke, address):
    first = client.get(address)
    assert (first.status_code, first["Cache-Control"]) == (200, "no-cache")
    assert "Cookie" in first["Vary"] and first["Last-Modified"]
    same = again(client, address, first["ETag"])
    assert (same.status_code, same.content) == (304, b"")
    assert (same["ETag"], same["Cache-Control"], same["Vary"]) == (first["ETag"], "no-cache", first["Vary"])
    Newspaper.objects.update(name="改了名的晚报")
    changed = again(client, address, first["ETag"])
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_a_good_copy_costs_one_query_and_no_rendering(client, dyke):
    etag = client.get(dyke.get_absolute_url())["ETag"]
    with CaptureQueriesContext(connection) as queries:
        response = again(client, dyke.get_absolute_url(), etag)
    assert response.status_code == 304
    assert len(queries) == 1
    assert not response.templates


def test_head_answers_like_get(client, dyke):
    etag = client.get("/")["ETag"]
    assert client.head("/")["ETag"] == etag
    assert client.head("/", headers={"if-none-match": etag}).status_code == 304


def test_any_of_several_tags_will_do_but_a_star_says_nothing(client, dyke):
    etag = client.get("/")["ETag"]
    assert again(client, "/", f'"other", {etag}').status_code == 304
    assert again(client, "/", "*").status_code == 200


@pytest.mark.parametrize("model", list(apps.get_app_config("articles").get_models()), ids=lambda m: m.__name__)
def test_every_table_that_readers_see_is_watched(model):
    watched = model._meta.db_table in changes.watched_tables()
    assert watched == (model.__name__ not in changes.UNSEEN)


def test_what_is_called_unseen_exists():
    assert {m.__name__ for m in apps.get_app_config("articles").get_models()} >= changes.UNSEEN


def test_rows_written_changed_and_deleted_in_any_way_are_noticed(stamp):
    assert not stamp()
    category = Category.objects.create(name="水利", slug="water")
    assert stamp()
    category.save()
    assert stamp()
    Category.objects.filter(pk=category.pk).update(name="水")
    assert stamp()
    Category.objects.bulk_update([category], ["order"])
    assert stamp()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_category SET name = '江'")
    assert stamp()
    Category.objects.all()._raw_delete("default")
    assert stamp()
    Category.objects.bulk_create([Category(name="农业", slug="farm")])
    assert stamp()


def test_what_readers_do_not_see_leaves_copies_good(staff, stamp):
    SavedFilter.objects.create(user=staff, name="今天", query="a=1")
    staff.last_login = timezone.now()
    staff.save(update_fields=["last_login"])
    assert not stamp()


def test_an_editors_name_is_seen_by_readers(stamp, staff):
    staff.last_name = "林"
    staff.save()
    assert stamp()


def test_a_withdrawal_counts_at_once(client, dyke, staff):
    address = dyke.get_absolute_url()
    etag = client.get(address)["ETag"]
    corrections.withdraw_article(article=dyke, reason="当事人要求", user=staff)
    assert again(client, address, etag).status_code == 410


def test_an_act_and_its_undoing_are_two_changes(stamp, dyke, staff):
    page = Page.objects.filter(number="1").get()
    corrections.set_name(page=page, name="头版", user=staff)
    first = stamp.last
    assert stamp()
    corrections.undo(entry=page.corrections.get(), user=staff)
    assert stamp()
    assert stamp.last != first


def test_a_change_taken_back_with_its_transaction_was_none(client, dyke):
    from django.db import transaction

    etag = client.get("/")["ETag"]
    with transaction.atomic():
        make_newspaper()
        transaction.set_rollback(True)
    assert again(client, "/", etag).status_code == 304


@pytest.mark.parametrize("address", ["/", "/articles/", "/articles.json"])
def test_nobody_signed_in_gets_or_leaves_a_copy(client, dyke, django_user_model, address):
    etag = client.get(address)["ETag"]
    client.force_login(django_user_model.objects.create_user("reader"))
    response = again(client, address, etag)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert "ETag" not in response and "Last-Modified" not in response
    assert "Cookie" in response["Vary"]


def test_the_admin_is_left_alone(client, db):
    response = client.get("/admin/login/")
    assert "ETag" not in response
    assert "no-store" in response["Cache-Control"]


def test_tomorrow_copies_are_asked_for_anew(stamp, monkeypatch):
    later = timezone.localtime() + timedelta(days=1)
    monkeypatch.setattr(freshness.timezone, "localtime", lambda: later)
    assert stamp()


def test_another_release_or_setting_makes_other_pages(stamp, settings):
    settings.SITE_NAME = "另一个资料库"
    freshness.release.cache_clear()
    assert stamp()
    settings.SITE_NAME = "报纸资料库"
    freshness.release.cache_clear()


def test_processes_agree_on_the_release():
    code = "import django; django.setup(); from articles.publishing.freshness import release; print(release())"
    seen = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout for _ in "ab"
    }
    assert len(seen) == 1


def test_errors_and_redirects_are_asked_for_again(client, dyke):
    gone = make_article("旧闻", issue=dyke.issue, gone=True)
    for address, status in ((gone.get_absolute_url(), 410), ("/articles/99999/", 404)):
        response = client.get(address)
        assert (response.status_code, response["Cache-Control"]) == (status, "no-cache")
        assert "ETag" not in response


def test_triggers_lost_with_a_table_made_anew_are_made_again(stamp, db):
    changes.drop_triggers()
    make_newspaper()
    assert not stamp()
    changes.create_triggers()
    assert stamp()
    make_newspaper()
    assert stamp()


def test_the_facsimile_has_a_tag_too(client, issue, tmp_path):
    from django.core.files.base import ContentFile

    page = print_page(issue, ("headline", "图", make_article(issue=issue)))
    page.facsimile.save("a.png", ContentFile(b"x" * 500))
    response = client.get(page.get_absolute_url() + "facsimile/")
    assert again(client, page.get_absolute_url() + "facsimile/", response["ETag"]).status_code == 304


@pytest.fixture
def keeping(settings, request):
    """The server's own copies, in a place of this test's."""
    memory = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = settings.CACHES | {"pages": {"BACKEND": memory, "LOCATION": request.node.name}}


def test_the_server_renders_a_page_once(client, keeping, dyke):
    first = client.get("/articles/?kind=news")
    with CaptureQueriesContext(connection) as queries:
        second = client.get("/articles/?kind=news")
    assert len(queries) == 1
    assert second.content == first.content
    assert dict(second.headers) | {"X-Request-ID": first["X-Request-ID"]} == dict(first.headers)
    assert client.get("/articles/?kind=opinion").content != first.content
    Newspaper.objects.update(name="改了名的晚报")
    assert "改了名的晚报" in client.get("/articles/?kind=news").content.decode()


def test_a_kept_page_is_that_of_an_address_in_full(client, keeping, dyke, settings):
    settings.ALLOWED_HOSTS = ["one.example.cn", "other.example.cn"]
    for host in settings.ALLOWED_HOSTS:
        assert f"http://{host}/" in client.get("/", headers={"host": host}).content.decode()
    assert (
        "https://one.example.cn/" in client.get("/", secure=True, headers={"host": "one.example.cn"}).content.decode()
    )


def test_a_page_and_its_twin_are_kept_apart(client, keeping, dyke):
    for _ in range(2):
        assert client.get("/articles.json")["Content-Type"] == "application/json"
        assert client.get("/articles/")["Content-Type"] == "text/html; charset=utf-8"
    with CaptureQueriesContext(connection) as queries:
        client.get("/articles.json")
    assert len(queries) == 1


def test_nobody_signed_in_gets_or_leaves_a_kept_page(client, keeping, dyke, staff):
    client.force_login(staff)
    assert "编辑后台" in client.get("/").content.decode()
    client.logout()
    assert "编辑后台" not in client.get("/").content.decode()
    client.force_login(staff)
    assert "编辑后台" in client.get("/").content.decode()


def test_a_withdrawn_article_is_in_no_kept_page(client, keeping, dyke, staff):
    assert client.get(dyke.get_absolute_url()).status_code == 200
    corrections.withdraw_article(article=dyke, reason="当事人要求", user=staff)
    assert client.get(dyke.get_absolute_url()).status_code == 410
    corrections.undo(entry=Correction.objects.latest("pk"), user=staff)
    assert client.get(dyke.get_absolute_url()).status_code == 200


def test_errors_are_not_kept(client, keeping, dyke):
    missing = client.get("/articles/99999/")
    assert missing.status_code == 404
    with CaptureQueriesContext(connection) as queries:
        client.get("/articles/99999/")
    assert len(queries) > 1


def test_pages_are_compressed_and_pictures_are_not(client, issue):
    from django.core.files.base import ContentFile

    page = print_page(issue, ("headline", "图", make_article(issue=issue)))
    page.facsimile.save("a.png", ContentFile(b"x" * 5000))
    headers = {"accept-encoding": "gzip"}
    assert client.get("/", headers=headers)["Content-Encoding"] == "gzip"
    assert client.get("/index.json", headers=headers)["Content-Encoding"] == "gzip"
    picture = client.get(page.get_absolute_url() + "facsimile/", headers=headers)
    assert "Content-Encoding" not in picture
    assert picture["Content-Length"] == "5000"
