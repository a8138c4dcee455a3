"""Gold files, and what is said of those that cannot be read."""

import json

import pytest

from articles.evaluation.gold import BadGold, find_gold, read_gold_file

from .pages import TEXT, gold


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "02.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "02.json").write_text(json.dumps(gold()), encoding="utf-8")
    (tmp_path / "newspaper.json").write_text("{}", encoding="utf-8")
    return tmp_path


def test_a_folder_a_text_and_a_gold_file_lead_to_the_same_page(folder):
    wanted = [folder / "02.json"]
    assert [list(find_gold([path])) for path in (folder, folder / "02.txt", folder / "02.json")] == [wanted] * 3


def test_passages_are_the_lines_that_are_not_blank(folder):
    text, truth = read_gold_file(folder / "02.json")
    lines = [text[start:end] for start, end in truth.passages]
    assert lines == TEXT.split("\n\n")
    assert [[lines[i] for i in p] for p in truth.articles[0].paragraphs][1] == ["灯要到月底才撤。"]
    assert truth.articles[0].people == (frozenset({"林小满"}),) and truth.articles[1].people == ()
    assert truth.subheadings_told and not truth.woven


def test_of_pages_that_a_program_laid_out_kinds_and_subheadings_are_not_scored(folder):
    (folder / "02.json").write_text(json.dumps(gold(made="by program")), encoding="utf-8")
    _, truth = read_gold_file(folder / "02.json")
    assert not truth.subheadings_told and truth.articles[0].kinds == frozenset()


@pytest.mark.parametrize(
    ("content", "words"),
    [("{", "JSON"), ("[]", "格式"), ("{}", "格式"), (json.dumps(gold(duplicates=[{"line": 2}])), "格式")],
)
def test_what_is_no_gold_is_said(folder, content, words):
    (folder / "02.json").write_text(content, encoding="utf-8")
    with pytest.raises(BadGold, match=words):
        read_gold_file(folder / "02.json")


def test_gold_without_its_page_and_paths_that_are_nowhere(folder):
    (folder / "02.txt").unlink()
    with pytest.raises(BadGold, match=r"没有 02\.txt"):
        read_gold_file(folder / "02.json")
    with pytest.raises(BadGold, match="没有这个文件"):
        list(find_gold([folder / "nowhere"]))
