"""manage.py reindex, as an operator runs it."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from articles.models import SearchDocument
from articles.search.documents import write_documents
from tests.factories import make_article, make_issue, make_page

pytestmark = pytest.mark.django_db


def reindex(*args):
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("reindex", *args, stdout=out, stderr=err)
    finally:
        reindex.out, reindex.err = out.getvalue(), err.getvalue()
    return reindex.out


def test_reindex_writes_the_documents_and_says_how_many_it_changed():
    make_article(body="花灯"), make_page("报头", [{}], issue=make_issue())
    assert reindex() == "已重建索引，改动检索文本 2 份。\n"
    assert reindex() == "已重建索引，改动检索文本 0 份。\n"
    assert reindex("--check") == "检查了 1 篇文章、1 个版面，检索文本和索引一致。\n"
    assert reindex.err == ""


def test_a_check_lists_a_tampered_row_fails_and_changes_nothing():
    article = make_article(body="花灯")
    write_documents([article])
    SearchDocument.objects.update(body="伪造")
    with pytest.raises(CommandError, match="发现 1 处不符") as raised:
        reindex("--check")
    assert raised.value.returncode == 1
    assert reindex.out == f"文章 {article.pk} 检索文本与内容不符\n"
    assert SearchDocument.objects.get().body == "伪造"


def test_a_long_list_of_faults_is_cut():
    issue = make_issue()
    for n in range(60):
        make_article(body=f"花灯{n}", issue=issue)
    with pytest.raises(CommandError, match="发现 60 处不符"):
        reindex("--check")
    assert len(reindex.out.splitlines()) == 51 and "另有 10 处" in reindex.out


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own index")
def test_a_check_finds_an_index_that_was_written_past():
    write_documents([make_article(body="花灯")])
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_index_docsize")
    with pytest.raises(CommandError):
        reindex("--check")
    assert "索引" in reindex.out
    reindex()
    assert "一致" in reindex("--check")


def test_progress_is_shown_on_a_terminal_only():
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    make_article(body="花灯")
    terminal = Terminal()
    call_command("reindex", stdout=io.StringIO(), stderr=terminal)
    assert "1/1" in terminal.getvalue()
