"""What issue.json of a package holds (docs/package.md), and whether a value is that.

A shape is a type, a list of one shape, an object with just these fields, or Maybe of a shape. Texts hold no control
characters and no halves of surrogate pairs, whole numbers are not negative: no database takes others.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

FORMAT, VERSION = "newsroom-issue", 1
LARGEST = 2**31 - 1
_NEVER = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class BadPackage(Exception):
    """A package that does not say what one says; the message tells where."""


@dataclass(frozen=True)
class Maybe:
    shape: Any


TEXT_FILE = {"text": str, "text_sha256": str, "original": Maybe(str), "source_path": str, "encoding": str}
BLOCK = {
    "start": int,
    "role": str,
    "article": Maybe(int),
    "position": Maybe(int),
    "joins": bool,
    "repeats": Maybe([int]),
    "reason": str,
    "reason_note": str,
    "corrected_text": Maybe(str),
}
DOUBT = {
    "start": int,
    "end": int,
    "code": str,
    "text": str,
    "origin": str,
    "state": str,
    "article": Maybe(int),
    "proposal": Maybe({"act": str, "blocks": Maybe({}), "articles": Maybe({}), "fields": Maybe({})}),
}
PAGE = TEXT_FILE | {
    "number": str,
    "name": str,
    "staff": [[str]],
    "date_evidence": str,
    "state": str,
    "state_reason": str,
    "signed_off_at": Maybe(str),
    "touched": bool,
    "facsimile": Maybe(str),
    "extractor": str,
    "revision": int,
    "former_texts": [TEXT_FILE | {"revision": int, "replaced_at": str}],
    "former_addresses": [str],
    "lines": [[int]],
    "blocks": [BLOCK],
    "doubts": [DOUBT],
}
CREDIT = {
    "name": str,
    "role": str,
    "unit": str,
    "block": Maybe([int]),
    "person": Maybe({"name": str, "note": str}),
}
ARTICLE = {
    "text": str,
    "title": str,
    "supplied_headline": str,
    "kind": str,
    "category": Maybe({"name": str, "slug": str}),
    "column": Maybe(str),
    "keywords": [str],
    "parent": Maybe(int),
    "corrects": Maybe(int),
    "continued_from": str,
    "continued_on": str,
    "confidence": float,
    "fixed": [str],
    "state": str,
    "withdrawn_reason": str,
    "withdrawn_at": Maybe(str),
    "changed_at": str,
    "credits": [CREDIT],
}
ISSUE = {
    "format": str,
    "version": int,
    "newspaper": {
        "name": str,
        "slug": str,
        "publisher": str,
        "shows_unreviewed": bool,
        "needs_second_person": bool,
    },
    "issue": {"date": str, "edition": int, "number": str, "date_known": str},
    "pages": [PAGE],
    "articles": [ARTICLE],
}


def conform(value: Any, shape: Any, where: str = "issue.json") -> None:
    """Raises BadPackage unless the value has the shape."""
    if isinstance(shape, Maybe):
        if value is not None:
            conform(value, shape.shape, where)
    elif isinstance(shape, list):
        _demand(isinstance(value, list), where, "应是列表")
        for i, each in enumerate(value):
            conform(each, shape[0], f"{where}[{i}]")
    elif isinstance(shape, dict):
        _demand(isinstance(value, dict), where, "应是对象")
        _demand(not shape or value.keys() == shape.keys(), where, "的各项不对")
        for name, inner in shape.items():
            conform(value[name], inner, f"{where}.{name}")
    elif shape is float:
        _demand(type(value) in (int, float) and math.isfinite(value), where, "应是数")
    elif shape is int:
        _demand(type(value) is int and 0 <= value <= LARGEST, where, "应是非负整数")
    else:
        _demand(type(value) is shape, where, "的类型不对")
        if shape is str:
            check_text(value, where)


def check_text(text: str, where: str) -> None:
    _demand(not _NEVER.search(text), where, "里有控制字符")


def _demand(right: bool, where: str, wrong: str) -> None:
    if not right:
        raise BadPackage(f"{where} {wrong}。")
