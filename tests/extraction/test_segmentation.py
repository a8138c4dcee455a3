"""jieba: loaded late, once, and from a cache that nobody else can write."""

import os
import stat
import subprocess
import sys
import threading

import pytest

from articles.extraction import segmentation


def test_text_is_cut_into_the_words_of_the_dictionary():
    assert segmentation.words("老城区举办灯会") == ("老城区", "举办", "灯会")
    assert "".join(segmentation.words("第3版 A b，完")) == "第3版 A b，完"
    assert segmentation.words("") == ()


@pytest.mark.parametrize(("text", "known"), [("灯会", True), ("区举", False), ("", False)])
def test_a_word_is_what_the_dictionary_has(text, known):
    assert segmentation.is_word(text) is known
    assert (segmentation.word_frequency(text) > 0) is known


@pytest.mark.parametrize("guess", [False, True])
def test_words_are_those_of_jiebas_own_search(tmp_path, guess):
    own = segmentation._import_jieba().Tokenizer()
    own.tmp_dir = str(tmp_path)
    for text in (
        "青石县老柳桥上,林小满与赵一舟研究生命起源。",
        "A02版 3.5万亩,㐀犇龘 hello",
        "结婚的和尚未结婚的",
        "",
        "𠮷",
        "3D打印T恤,AA制\r\n\r 5G+工业 50%-60%(a.b_c) \u3000①",
    ):
        assert segmentation.words(text, guess=guess) == tuple(own.cut(text, HMM=guess))


def test_words_are_tagged_with_their_part_of_speech():
    assert segmentation.tag_words("举办灯会") == (("举办", "v"), ("灯会", "n"))


def test_rare_words_have_a_higher_inverse_frequency():
    assert segmentation.inverse_frequency("灯会") > segmentation.inverse_frequency("工作")
    assert segmentation.inverse_frequency("青石县灯会") is None


def test_importing_extraction_loads_neither_django_nor_jieba():
    code = "import sys, articles.extraction; print([m for m in ('django', 'jieba') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (run.stdout.strip(), run.stderr) == ("[]", "")


@pytest.fixture
def unloaded(monkeypatch, tmp_path):
    """segmentation as it is before its first use, with temporary files in a directory of the test's own."""
    monkeypatch.setattr(segmentation, "_tokenizer", None)
    monkeypatch.setattr(segmentation, "_cache_dir", None)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_many_threads_load_the_dictionary_once(unloaded):
    loaded = []
    threads = [threading.Thread(target=lambda: loaded.append(segmentation._load())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(loaded) == 8 and len(set(map(id, loaded))) == 1


def test_the_cache_is_in_a_directory_of_this_user_only(unloaded, capfd):
    segmentation.preload()
    (directory,) = unloaded.iterdir()
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    assert [path.name for path in directory.iterdir()] == ["jieba.cache"]
    assert capfd.readouterr() == ("", "")


def test_a_directory_can_be_set(unloaded):
    segmentation.set_cache_dir(unloaded / "cache" / "jieba")
    segmentation.preload()
    assert (unloaded / "cache" / "jieba" / "jieba.cache").exists()


def test_a_directory_that_others_can_write_is_not_used(unloaded):
    planted = unloaded / f"newsroom-jieba-{os.getuid()}"
    planted.mkdir()
    planted.chmod(0o777)
    (planted / "jieba.cache").write_bytes(b"not a dictionary")
    segmentation.preload()
    assert segmentation.is_word("灯会")
    assert (planted / "jieba.cache").read_bytes() == b"not a dictionary"
