"""PostgreSQL's index follows the documents, whatever and however many write them."""

import re
import threading
from functools import partial
from itertools import islice

import pytest
from django.db import connection, transaction
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import SearchDocument
from articles.search.backends import postgresql, postgresql_index
from articles.search.backends.postgresql import PostgreSQLBackend
from articles.search.documents import check, write_documents
from articles.search.folding import fold, pieces
from articles.search.query import parse_query
from tests.factories import make_article, make_issue

from .conftest import found_by

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own index; the database is another"),
]


found = partial(found_by, PostgreSQLBackend())


def execute(sql, params=None):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


def test_the_index_follows_an_update_a_move_a_removal_and_plain_sql(document):
    SearchDocument.objects.update(body="城南庙会")
    assert (found("花灯"), found("庙会")) == (set(), {"城南庙会"})
    SearchDocument.objects.update(key=document.key + 1)
    assert found("庙会") == {"城南庙会"}
    execute("UPDATE articles_searchdocument SET body = body || %s", ["灯"])
    assert found("会灯") == {"城南庙会灯"}
    assert {fault.what for fault in check().faults} == {"stale"}
    execute("DELETE FROM articles_searchdocument")
    assert found("庙会") == set()


def test_the_index_is_rolled_back_with_the_rows(document):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        SearchDocument.objects.update(body="城南庙会")
        write_documents([make_article(body="城南年货")])
        raise ZeroDivisionError
    assert (found("城南"), found("花灯")) == (set(), {"老街花灯"})


FUNCTION = (
    "CREATE OR REPLACE FUNCTION search_vector(title text, people text, column_name text, body text) RETURNS tsvector"
    " LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT ''::tsvector $$"
)


@pytest.mark.parametrize(
    "damage, words",
    [
        ("DROP INDEX search_index", ["缺少索引 search_index"]),
        (FUNCTION, ["函数 search_vector 与本版程序不符"]),
        ("DROP FUNCTION search_vector CASCADE", ["缺少函数 search_vector", "缺少索引 search_index"]),
        (
            "DROP INDEX search_index; CREATE INDEX search_index ON articles_searchdocument (title)",
            ["索引 search_index 的定义与本版程序不符"],
        ),
        (
            "CREATE INDEX search_index_fresh ON articles_searchdocument (title)",
            ["上次重建没有完成，留下了索引 search_index_fresh"],
        ),
    ],
)
def test_what_is_wrong_with_the_index_is_noticed_and_mended(damage, words):
    assert PostgreSQLBackend().check() == []
    execute(damage)
    assert PostgreSQLBackend().check() == words
    PostgreSQLBackend().rebuild()
    assert PostgreSQLBackend().check() == []


def test_an_index_that_was_not_finished_is_noticed():
    execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'search_index'::regclass")
    assert PostgreSQLBackend().check() == ["索引 search_index 没有建成"]


def test_the_index_can_be_taken_away_and_made_again(document):
    connection.check_constraints()
    postgresql_index.drop_index(connection)
    assert execute("SELECT to_regclass('search_index'), to_regproc('search_vector')") == [(None, None)]
    postgresql_index.create_index(connection)
    assert (found("花灯"), PostgreSQLBackend().check()) == ({"老街花灯"}, [])


def test_a_text_of_more_pieces_than_positions_is_found():
    """A tsvector cuts positions off at 16,383, and keeps 255 of a lexeme."""
    letters = map(chr, range(0x4E00, 0x9FA0))
    varied = "".join(islice(letters, 20_000)) + "".join(map(chr, range(0x4E00 + 20_000, 0x4E00, -2)))
    body = fold(varied + "花灯" * 300 + "老街花灯会开幕")
    write_documents([make_article(body=body), make_article(body="花灯会老街")])
    assert len(set(pieces(body).split())) > 20_000
    assert found("老街花灯会开幕") == found("灯花灯花") == {body}
    assert found("花灯") == {body, "花灯会老街"} and found("街老花灯会") == set()


def test_a_text_too_large_for_a_vector_is_kept_and_found():
    """More pieces than a tsvector has room for: such a document is a candidate whatever is looked for."""
    letters = [chr(code) for code in range(0x4E00, 0x4E00 + 700)]
    body = fold("".join(a + b for a in letters for b in letters) + "老街花灯会开幕")
    assert len(body.encode()) > 2**20
    SearchDocument.objects.create(key=1, article=make_article(), title="灯会", body=body)
    SearchDocument.objects.create(key=2, article=make_article(), body="街灯")

    def keys(text):
        return set(PostgreSQLBackend().match(parse_query(text)).values_list("key", flat=True))

    assert keys("老街花灯会开幕") == keys("花灯") == keys("标题:灯会") == {1}
    assert keys("灯") == {1, 2} and keys("灯 -花灯") == keys("街灯") == {2}
    assert keys("龘龘") == keys("标题:花灯") == keys("街灯、花灯") == set()


def test_barriers_are_those_of_python_for_every_character():
    """Code points from 1 without the halves of surrogate pairs; PostgreSQL holds no others."""
    codes = "SELECT code FROM generate_series(1, 1114111) AS code WHERE code NOT BETWEEN 55296 AND 57343"
    barriers = execute(f"SELECT array_agg(code) FROM ({codes} AND chr(code) ~ %s) AS x", [f"[{postgresql.barriers()}]"])
    expected = {code for code in range(1, 0x110000) if re.match(r"[\W_]", chr(code))} - set(range(0xD800, 0xE000))
    assert set(barriers[0][0]) == expected


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.tuples(*[st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))] * 4))
def test_a_vector_has_the_pieces_that_folding_makes_of_any_text(db, texts):
    for said in (texts, tuple(map(fold, texts))):
        vector = set(execute("SELECT tsvector_to_array(search_vector(%s, %s, %s, %s))", said)[0][0] or ())
        assert vector >= {piece for text in said for piece in pieces(text).split(" ") if len(piece) == 2}
        assert vector >= {f"\x01{piece}" for piece in pieces(said[0]).split(" ") if len(piece) == 2}
        # A character is looked for as the beginning of a piece.
        assert {piece[0] for piece in vector if piece} >= {
            piece for text in said for piece in pieces(text) if piece != " "
        }


@pytest.mark.parametrize(
    "typed, asked",
    [
        ("花灯会", "(('花灯' & '灯会')) | '\x04'"),
        ("灯", "(('灯':*)) | '\x04'"),
        ("灯|庙会 -街", "(('灯':* | '庙会') & !('街':*)) | '\x04'"),
        ("标题:花灯 -庙会开", "(('\x01花灯')) | '\x04'"),
        ("12·4", "(('12')) | '\x04'"),
        ("“it's”", "(('it' & 't''' & '''s')) | '\x04'"),
        ("“a\\b”", "(('a\\\\' & '\\\\b')) | '\x04'"),
    ],
)
def test_only_quoted_pieces_are_asked_for(typed, asked):
    assert postgresql.tsquery(parse_query(typed)) == asked


def test_candidates_come_from_the_index(document):
    execute("SET LOCAL enable_seqscan = off")
    for typed in ("花灯", "灯", "花灯会", "标题:花灯", "花灯 -庙会", "花灯|庙会", "花灯、庙会"):
        assert "search_index" in PostgreSQLBackend().match(parse_query(typed)).explain()
        assert "search_index" not in PostgreSQLBackend()._read(parse_query(typed)).explain()


@pytest.mark.parametrize("typed", ["花灯", "灯", "花灯会", "花灯 -庙会", "花灯、庙会", "标题:花灯|年货", "版:2"])
def test_few_hits_are_sorted_and_many_read_in_order_and_are_the_same(monkeypatch, typed):
    issue = make_issue()
    bodies = ["花灯", "花灯会，庙会", "街灯", "花灯，庙会", "年货"] * 3
    write_documents([make_article(body, body, issue=issue) for body in bodies])
    query, backend = parse_query(typed), PostgreSQLBackend()

    def keys(few):
        monkeypatch.setattr(postgresql, "FEW", few)
        with CaptureQueriesContext(connection) as captured:
            documents = backend.first(query, Q(key__gt=0), True, 4)[:4]
            return list(documents.values_list("key", flat=True)), len(captured)

    (sorted_keys, asked), (read_keys, asked_too) = keys(1000), keys(1)
    assert sorted_keys == read_keys == list(backend.match(query).order_by("-key").values_list("key", flat=True)[:4])
    assert asked == asked_too


def in_threads(*works):
    """Each work in a thread with a connection of its own, all at once; what they raised."""
    raised, start = [], threading.Barrier(len(works))

    def run(work):
        try:
            start.wait(30)
            work()
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not any(thread.is_alive() for thread in threads)
    return raised


@pytest.mark.django_db(transaction=True)
def test_writers_of_the_same_documents_neither_fail_nor_leave_an_old_text():
    issue = make_issue()
    articles = [make_article(body=f"花灯{n}", issue=issue) for n in range(20)]
    write_documents(articles)

    def writer(word, order):
        def work():
            for turn in range(10):
                for article in articles[::order]:
                    with transaction.atomic():
                        type(article).objects.filter(pk=article.pk).update(body=f"{word}{turn}")
                        write_documents([article])
                write_documents(articles[::order])

        return work

    assert in_threads(writer("庙会", 1), writer("年货", -1), writer("街市", 1)) == []
    assert SearchDocument.objects.count() == 20 and check().faults == []
    assert found("花灯") == set() and len(found("庙会9") | found("年货9") | found("街市9")) >= 1


@pytest.mark.django_db(transaction=True)
def test_writers_of_different_documents_lose_none():
    issue = make_issue()
    mine, yours = ([make_article(body=f"{word}{n}", issue=issue) for n in range(30)] for word in ("花灯", "庙会"))

    def writer(articles):
        def work():
            for article in articles:
                write_documents([article])

        return work

    assert in_threads(writer(mine), writer(yours)) == []
    assert (len(found("花灯")), len(found("庙会"))) == (30, 30)


@pytest.mark.django_db(transaction=True)
def test_what_others_write_during_a_rebuild_is_in_the_new_index():
    issue = make_issue()
    write_documents([make_article(body=f"花灯{n}", issue=issue) for n in range(10)])
    articles = [make_article(body=f"庙会{n}", issue=issue) for n in range(40)]
    old = execute("SELECT 'search_index'::regclass::oid")
    done = threading.Event()

    def write():
        for article in articles:
            write_documents([article])
        done.set()

    def rebuild():
        while not done.is_set():
            PostgreSQLBackend().rebuild()

    assert in_threads(write, rebuild) == []
    assert execute("SELECT 'search_index'::regclass::oid") != old and PostgreSQLBackend().check() == []
    assert (len(found("花灯")), len(found("庙会"))) == (10, 40)
