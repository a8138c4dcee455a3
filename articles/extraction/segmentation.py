"""Chinese words, by jieba's dictionary: loaded at the first use, once, whichever thread asks first.

    words("老城区举办灯会")      -> ("老城区", "举办", "灯会")
    is_word("灯会"), is_word("区举")  -> True, False

jieba caches its dictionary with `marshal` in the shared temporary directory unless told otherwise; a file that anybody
may replace is code that anybody may run, so the cache lives in a directory that only its owner can write.
"""

from __future__ import annotations

import math
import os
import re
import stat
import tempfile
import threading
import warnings
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

# As jieba cuts a text before it looks for words: what words are made of, and everything else character by character.
_BLOCK = re.compile(r"[\u4e00-\u9fd5a-zA-Z0-9+#&._%-]+|\r\n|.", re.DOTALL)

_lock = threading.Lock()
_cache_dir: Path | None = None
_tokenizer: Any = None
_tags: dict[str, str] | None = None
_idf: dict[str, float] | None = None


def set_cache_dir(path: str | os.PathLike[str]) -> None:
    """Keep jieba's cache in `path`, a directory that only this user can write. Has no effect once loaded."""
    global _cache_dir
    _cache_dir = Path(path)


def preload() -> None:
    """Load the dictionary and its parts of speech now: before a server forks, not in its first request.

    Takes about a second and 120 MB. The table of rarity, which only keywords need, is left for its first use.
    """
    _load()
    _load_tags()


def words(text: str, *, guess: bool = False) -> tuple[str, ...]:
    """The words of `text` in order, punctuation and white space too; `guess` lets jieba join unknown words (names)."""
    return tuple(_load().cut(text) if guess else _load().cut_known(text))


def longest_words(text: str) -> dict[str, str]:
    """The words of two characters or more that reading `text` from left to right finds, each time the longest, and
    their parts of speech. It reads a tenth of what is there otherwise than `words`, at a third of the cost.
    """
    frequency, tags = _load().FREQ.get, _load_tags()
    found: dict[str, str] = {}
    start, size = 0, len(text)
    while start < size - 1:
        longest, end = "", start + 2
        count = frequency(part := text[start:end])
        while count is not None:  # of a word, or 0 of what only begins words
            if count:
                longest = part
            if end == size:
                break
            end += 1
            count = frequency(part := text[start:end])
        if longest:
            found[longest] = tags.get(longest, "")
        start += len(longest) or 1
    return found


def is_word(text: str) -> bool:
    return word_frequency(text) > 0


def word_frequency(text: str) -> int:
    """How often jieba's corpus has `text` as a word; 0 for what is not in the dictionary."""
    return int(_load().FREQ.get(text, 0))


def tag_words(text: str, *, guess: bool = False) -> tuple[tuple[str, str], ...]:
    """Words of `text` with jieba's part of speech ("n", "nr", "v", ...; "" for words it does not know)."""
    tags = _load_tags()
    return tuple((word, tags.get(word, "")) for word in words(text, guess=guess))


def inverse_frequency(word: str) -> float | None:
    """How rare `word` is among documents (jieba's IDF table, about 1.5 to 14); None for what is not in the table."""
    return _load_idf().get(word)


def _load() -> Any:
    global _tokenizer
    if _tokenizer is None:
        with _lock:
            if _tokenizer is None:
                tokenizer = _make_tokenizer()
                tokenizer.tmp_dir = str(_private_dir())
                tokenizer.initialize()
                _tokenizer = tokenizer
    return _tokenizer


def _make_tokenizer() -> Any:
    """jieba's, with its search for the likeliest words in one pass: the same words in two thirds of the time."""

    class Tokenizer(_import_jieba().Tokenizer):  # type: ignore[misc]
        def get_DAG(self, sentence: str) -> None:
            """The words at each place are found where they are weighed."""

        def calc(self, sentence: str, DAG: None, route: dict[int, tuple[float, int]]) -> None:
            """What jieba asks for: for each place of `sentence` where the word there has its last character."""
            for start, end in enumerate(self.ends(sentence)):
                route[start] = 0.0, end - 1

        def ends(self, sentence: str) -> list[int]:
            """Where the word at each place of `sentence` ends in its likeliest reading from there on."""
            frequency, log, total, size = self.FREQ.get, math.log, math.log(self.total), len(sentence)
            points, ends = [0.0] * (size + 1), list(range(1, size + 1))
            for start in range(size - 1, -1, -1):
                best, end = -math.inf, start + 1
                count = frequency(sentence[start])
                while count is not None:  # of a word, or 0 of what only begins words
                    if count and (value := log(count) - total + points[end]) >= best:
                        best, ends[start] = value, end
                    if end == size:
                        break
                    end += 1
                    count = frequency(sentence[start:end])
                points[start] = best if best > -math.inf else points[start + 1] - total
            return ends

        def cut_known(self, text: str) -> list[str]:
            """`cut` without guessing."""
            found: list[str] = []
            for block in _BLOCK.findall(text):
                if len(block) == 1 or block == "\r\n":
                    found.append(block)
                    continue
                ends, at, latin = self.ends(block), 0, 0  # characters of a foreign word so far
                while at < len(block):
                    end = ends[at]
                    if end - at == 1 and block[at].isascii() and block[at].isalnum():
                        latin += 1
                    else:
                        found += (block[at - latin : at], block[at:end]) if latin else (block[at:end],)
                        latin = 0
                    at = end
                if latin:
                    found.append(block[-latin:])
            return found

    return Tokenizer()


def _load_tags() -> dict[str, str]:
    """Parts of speech, read from jieba's dictionary; its own tagger would load the whole dictionary a second time."""
    global _tags
    if _tags is None:
        tokenizer = _load()
        with _lock:
            if _tags is None:
                _tags = _read_tags(tokenizer.get_dict_file())
    return _tags


def _read_tags(lines: Iterable[bytes]) -> dict[str, str]:
    tags: dict[str, str] = {}
    for line in lines:
        fields = line.decode().split()
        if len(fields) == 3:
            # One string object a tag, not one a line: there are a few dozen tags and 350,000 words.
            tags[fields[0]] = _shared(fields[2])
    return tags


@cache
def _shared(tag: str) -> str:
    return tag


def _load_idf() -> dict[str, float]:
    global _idf
    if _idf is None:
        jieba = _import_jieba()
        with _lock:
            if _idf is None:
                # Line by line: the table is 6 MB, its lines as a list another 30.
                with open(Path(jieba.__file__).parent / "analyse" / "idf.txt", encoding="utf-8") as lines:
                    _idf = {word: float(value) for word, value in (line.split() for line in lines if line.strip())}
    return _idf


def _import_jieba() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pkg_resources, and escapes in jieba's regular expressions
        import jieba
    jieba.setLogLevel(100)  # above every level: it writes to stderr on import of its dictionary
    return jieba


def _private_dir() -> Path:
    """The directory set, or one of this user's in the temporary directory; another user's is never trusted."""
    path = _cache_dir or Path(tempfile.gettempdir()) / f"newsroom-jieba-{os.getuid()}"
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = path.lstat()
    except OSError:
        return Path(tempfile.mkdtemp(prefix="newsroom-jieba-"))
    writable_by_others = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid() or writable_by_others:
        return Path(tempfile.mkdtemp(prefix="newsroom-jieba-"))
    return path
