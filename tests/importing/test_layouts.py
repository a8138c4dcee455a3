"""ALTO and hOCR files become pages like others, with the places of their lines beside them."""

import hashlib

import pytest

from articles.importing import Import, Options
from articles.importing.taking_back import take_back
from articles.keeping.verifying import check_pages
from articles.models import Article, ImportRun, Original, Page, PageLayout
from tests.extraction.ocr_files import STORY, alto, hocr
from tests.importing.paper import import_files, results, write_pages, write_zip

METS = '<?xml version="1.0"?><mets xmlns="http://www.loc.gov/METS/"><fileSec/></mets>'
LATER = [*STORY, [("桥头新添了路灯。", 140, 400, 160, 20)]]


def wrong(check):
    return [finding.words for finding in check() if finding]


@pytest.mark.parametrize(("suffix", "write"), [("xml", alto), ("hocr", hocr), ("html", hocr)])
def test_a_page_keeps_its_bytes_text_and_places(newspaper, tmp_path, suffix, write):
    data = write(STORY).encode()
    write_pages(tmp_path, {f"2024-12-06/02.{suffix}": data, "2024-12-06/02.jpg": b"\xff\xd8\xff\xe0picture"})
    ((name, result, reason, page),) = import_files(newspaper, tmp_path)
    assert (name, result, reason) == (f"02.{suffix}", "created", "")
    page.refresh_from_db()
    assert page.original.data == data and page.original_id == hashlib.sha256(data).hexdigest()
    assert (str(page.issue.date), page.number) == ("2024-12-06", "2") and page.facsimile
    assert Article.objects.get(page=page).headline == "青杨渡石桥修缮完工"
    spans = [page.source_text[start:end] for start, end, *_ in page.layout.lines]
    assert spans == [text for block in STORY for text, *_ in block] or spans[0] == STORY[0][0][0]
    assert not wrong(check_pages)
    assert results(import_files(newspaper, tmp_path)) == [(f"02.{suffix}", "unchanged")]


def test_other_markup_and_plain_text_beside_are_told_of_and_left(newspaper, tmp_path):
    files = {"02.xml": alto(STORY), "02.txt": "另一种读法。", "mets.xml": METS, "index.html": "<p>目录</p>"}
    folder = write_pages(tmp_path / "in", {f"2024-12-06/{name}": text for name, text in files.items()})
    archive = write_zip(tmp_path / "2024-12-07.zip", files)
    for path in (folder, archive):
        job = Import([path], newspaper, Options(dry_run=True))
        assert [o.path.rpartition("/")[2] for o in job] == ["02.xml"]
        assert sum(job.ignored.values()) == 3
        assert {name.rpartition("/")[2] for name, _ in job.found.named} == {"02.txt", "mets.xml", "index.html"}


def test_a_damaged_layout_is_told_and_stops_nothing(newspaper, tmp_path):
    pages = {"01.xml": alto(STORY)[:900], "02.xml": '<!DOCTYPE alto [<!ENTITY a "甲">]><alto>&a;</alto>'}
    write_pages(tmp_path, pages | {"03.xml": alto(LATER)})
    found = import_files(newspaper, tmp_path, date=None)
    assert results(found) == [("01.xml", "failed"), ("02.xml", "failed"), ("03.xml", "created")]
    assert "XML 有错" in found[0][2] and "文档类型声明" in found[1][2]


def test_a_better_text_brings_its_own_places_and_taking_it_back_the_former(newspaper, tmp_path):
    path = "2024-12-06/02.xml"
    import_files(newspaper, write_pages(tmp_path, {path: alto(STORY)}))
    page = Page.objects.get()
    former = page.layout.lines
    assert results(import_files(newspaper, write_pages(tmp_path, {path: alto(LATER)}))) == [("02.xml", "revised")]
    assert len(PageLayout.objects.get(page=page).lines) == len(former) + 1
    assert not wrong(check_pages)
    list(take_back(ImportRun.objects.latest("pk")))
    assert PageLayout.objects.get(page=page).lines == former
    text = {"2024-12-06/02.txt": Page.objects.get().source_text + "\n\n桥头添了灯。"}
    (tmp_path / path).unlink()
    assert results(import_files(newspaper, write_pages(tmp_path, text))) == [("02.txt", "revised")]
    assert not PageLayout.objects.exists()
    assert Original.objects.count() == 3 - 1


def test_readers_programs_get_the_places_of_what_readers_see(newspaper, tmp_path, client):
    import_files(newspaper, write_pages(tmp_path, {"2024-12-06/02.xml": alto(STORY)}))
    article = Article.objects.get()
    zones = client.get("/qingyang/2024-12-06/2.json").json()["zones"]
    assert {zone["article"] for zone in zones} == {article.pk}
    assert zones[0] == {
        "article": article.pk,
        "role": "headline",
        "left": 0.1,
        "top": 0.05,
        "width": 0.8,
        "height": 0.04,
    }
    from articles.corrections import withdraw_article

    withdraw_article(article=article, reason="应作者请求", user=None)
    assert client.get("/qingyang/2024-12-06/2.json").json()["zones"] == []
