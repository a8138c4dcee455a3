"""SQLite's index follows the documents, whatever writes them."""

import sqlite3
from functools import partial

import pytest
from django.db import DatabaseError, connection, models, transaction

from articles.models import Article, Page, SearchDocument
from articles.search import search
from articles.search.backends import sqlite, sqlite_index
from articles.search.backends.sqlite import SQLiteBackend
from articles.search.documents import write_documents
from articles.search.query import parse_query
from tests.factories import make_article, make_issue, make_page

from .conftest import found_by

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own index"),
]


found = partial(found_by, SQLiteBackend())


def test_the_index_follows_an_update_a_move_and_a_removal(document):
    SearchDocument.objects.update(body="城南庙会")
    assert (found("花灯"), found("庙会")) == (set(), {"城南庙会"})
    SearchDocument.objects.update(key=document.key + 1)
    assert found("庙会") == {"城南庙会"}
    SearchDocument.objects.all().delete()
    assert found("庙会") == set()
    assert SQLiteBackend().check() == []


def test_the_index_follows_plain_sql(document):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_searchdocument SET body = body || %s", ["庙会"])
    assert found("灯庙") == {"老街花灯庙会"}
    assert SQLiteBackend().check() == []


def test_the_index_is_rolled_back_with_the_rows(document):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        SearchDocument.objects.update(body="城南庙会")
        write_documents([make_article(body="城南年货")])
        raise ZeroDivisionError
    assert (found("城南"), found("花灯")) == (set(), {"老街花灯"})
    assert SQLiteBackend().check() == []


def test_a_write_past_the_triggers_is_noticed_and_mended(document):
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER search_index_update")
    assert SQLiteBackend().check() == ["索引缺少 search_index_update"]
    SearchDocument.objects.update(body="城南庙会")
    SQLiteBackend().rebuild()
    assert SQLiteBackend().check() == []
    assert found("庙会") == {"城南庙会"}


def test_an_index_of_another_make_is_noticed_and_mended(document, monkeypatch):
    with monkeypatch.context() as before:
        before.setattr(sqlite_index, "_TABLE", sqlite_index._TABLE.replace("body, title", "title, body"))
        SQLiteBackend().rebuild()
    assert SQLiteBackend().check() == ["索引 search_index 的定义与本版程序不符"]
    SQLiteBackend().rebuild()
    assert SQLiteBackend().check() == []


def test_what_others_write_during_a_rebuild_is_in_the_new_index(monkeypatch):
    """A document of each fate, before and after the batch that holds it is filled in."""
    issue = make_issue()
    articles = [make_article(body=f"花灯{n}号", issue=issue) for n in range(8)]
    write_documents(articles)
    keys = sorted(SearchDocument.objects.values_list("key", flat=True))

    def write_between(execute, sql, params, many, context):
        if sql.startswith("SELECT key FROM") and params[0] == keys[3]:
            for key in (keys[0], keys[4]):
                SearchDocument.objects.filter(key=key).delete()
            for key in (keys[1], keys[5]):
                SearchDocument.objects.filter(key=key).update(body="庙会")
            for key in (keys[2], keys[6]):
                SearchDocument.objects.filter(key=key).update(key=key + 1000)
            write_documents([make_article(body="年货", issue=issue)])
        return execute(sql, params, many, context)

    monkeypatch.setattr(sqlite_index, "BATCH", 2)
    with connection.execute_wrapper(write_between):
        SQLiteBackend().rebuild()
    assert SQLiteBackend().check() == []
    bodies = list(SearchDocument.objects.values_list("body", flat=True))
    assert sorted(bodies) == sorted(["年货", "庙会", "庙会"] + [b for b in bodies if b.startswith("花灯")])
    assert len(bodies) == 7 and found("花灯") | found("庙会") | found("年货") == set(bodies)


def test_a_rebuild_that_broke_off_is_made_good_by_the_next(document, monkeypatch):
    with monkeypatch.context() as broken, pytest.raises(DatabaseError):
        broken.setattr(sqlite_index, "_FILL", "broken %s %s")
        SQLiteBackend().rebuild()
    SearchDocument.objects.update(body="城南庙会")
    assert (found("庙会"), SQLiteBackend().check()) == ({"城南庙会"}, [])
    SQLiteBackend().rebuild()
    assert (found("庙会"), SQLiteBackend().check()) == ({"城南庙会"}, [])
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE name LIKE 'search_index_fresh%'")
        assert cursor.fetchone() == (0,)


def test_an_index_that_lacks_a_text_is_noticed(document):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_index(search_index, rowid, title, body) VALUES ('delete', %s, '', '老街 街花 花灯 灯')",
            [document.key],
        )
    (fault,) = SQLiteBackend().check()
    assert "索引与检索文本不符" in fault


def test_a_connection_without_the_functions_cannot_write_past_the_index():
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE articles_searchdocument (key bigint PRIMARY KEY, title text, body text)")
    for statement in (sqlite_index._VIEW, *sqlite_index._creation(sqlite_index.INDEX)):
        database.execute(statement)
    with pytest.raises(sqlite3.OperationalError, match="search_pieces"):
        database.execute("INSERT INTO articles_searchdocument VALUES (1, '', '花灯')")


@pytest.mark.parametrize("typed", ["花灯", "灯", "花灯 -庙会", "花灯|庙会", "花灯、庙", "花灯 日期:2024", "花灯 版:2"])
@pytest.mark.parametrize("newest", [True, False])
def test_the_first_hits_are_had_before_the_last_are_found(document, typed, newest):
    """The index leads: nothing is gathered before the first row comes, nor sorted after the last."""
    results = search(parse_query(typed), articles=Article.objects.visible_to(None), pages=Page.objects.visible_to(None))
    plan = results.backend.first(results.query, results._seen, newest, 20)[:20].explain()
    leader = next(line for line in plan.splitlines() if "CORRELATED" not in line)
    assert "SCAN search_index VIRTUAL TABLE" in leader and "TEMP B-TREE" not in plan, plan


def test_single_characters_are_looked_up_only_where_nothing_else_is():
    def expression(text):
        return sqlite.match_expression(parse_query(text))

    assert expression("灯 花灯") == '"花灯"'
    assert expression("灯") == '"灯" *'
    assert expression("12·4 -花灯 -街") == '("12 2") NOT ("花灯")'


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model, name", [(Article, "headline"), (Page, "name")])
def test_a_table_beside_the_documents_can_be_altered(model, name):
    """Django alters a table of SQLite by making it anew, which SQLite refuses when a view no longer fits."""
    write_documents([make_article(body="老街花灯")], [make_page("庙会", [{}])])
    old = model._meta.get_field(name)
    new = models.CharField(max_length=300, db_default="")
    new.set_attributes_from_name(name)
    new.model = model
    with connection.schema_editor() as editor:
        editor.alter_field(model, old, new)
    with connection.schema_editor() as editor:
        editor.alter_field(model, new, old)
    assert found("花灯") == {"老街花灯"}
    assert SQLiteBackend().check() == []


def test_the_index_can_be_taken_away_and_made_again(document):
    sqlite_index.drop_index(connection)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE name LIKE 'search%'")
        assert cursor.fetchone() == (0,)
    sqlite_index.create_index(connection)
    assert (found("花灯"), SQLiteBackend().check()) == ({"老街花灯"}, [])
