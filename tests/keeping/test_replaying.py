"""What imports and undoings do between acts is no fault of the journal; what nobody acknowledged is."""

import datetime

import pytest

from articles import corrections
from articles.importing import Import, Options
from articles.importing.taking_back import take_back
from articles.keeping.replaying import replay_journal
from articles.models import Article, Column, ImportRun, Page
from tests.importing.paper import BRIDGE, write_pages

BETTER = BRIDGE + "\n\n桥头另有新碑。"


def complaints():
    return [words for words in replay_journal() if words]


@pytest.fixture
def import_text(newspaper, tmp_path):
    def import_text(text):
        write_pages(tmp_path, {"02.txt": text})
        options = Options(date=datetime.date(2024, 12, 6), number="2")
        (outcome,) = Import([tmp_path / "02.txt"], newspaper, options)
        return outcome

    import_text(BRIDGE)
    return import_text


def test_a_page_that_was_free_between_acts_may_have_changed(import_text, editor):
    page = Page.objects.get()
    block = page.blocks.filter(role="body").first()
    entry = corrections.edit_text(block=block, text="改正。", user=editor)
    undone = corrections.undo(entry=entry, user=editor)
    again = corrections.undo(entry=undone, user=editor)
    corrections.undo(entry=again, user=editor)
    assert import_text(BETTER).result == "revised"
    page = Page.objects.get()
    corrections.set_name(page=page, name="要闻", user=editor)
    corrections.edit_text(block=page.blocks.filter(role="body").last(), text="又改正。", user=editor)
    assert complaints() == []
    Page.objects.update(name="")
    (words,) = complaints()
    assert words.startswith(f"版面 {page.pk}不是最后一次改动")


def test_a_page_that_was_taken_back_is_not_missed(import_text, editor):
    corrections.undo(entry=corrections.set_name(page=Page.objects.get(), name="要闻", user=editor), user=editor)
    assert [step.act for step in take_back(ImportRun.objects.get())] == ["remove"]
    assert complaints() == []


def test_names_articles_and_blocks_are_followed(import_text, newspaper, editor):
    column = Column.objects.create(newspaper=newspaper, name="桥边")
    article = Article.objects.get()
    corrections.set_column(article=article, column=column, user=editor)
    entry = corrections.rename_name(named=column, name="渡口", user=editor)
    corrections.undo(entry=corrections.undo(entry=entry, user=editor), user=editor)
    corrections.set_kind(article=article, kind="feature", user=editor)
    assert complaints() == []
    for rows, change in (
        (Column.objects.filter(pk=column.pk), {"name": "河边"}),
        (Article.objects.filter(pk=article.pk), {"kind": "opinion"}),
    ):
        before = rows.values(*change).get()
        rows.update(**change)
        assert len(complaints()) == 1 and str(rows.get().pk) in complaints()[0]
        rows.update(**before)
    assert complaints() == []
