"""What JSON answers look like, said once: a Shape writes an object, describes it in JSON Schema and in words.

A type has `dump(value, site)` -> JSON and `schema()`, the JSON Schema of that.
"""

from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, eq=False)
class Plain:
    """A value that is JSON already, or becomes it by `convert`."""

    said: dict
    convert: Any = None

    def dump(self, value, site):
        return value if self.convert is None else self.convert(value)

    def schema(self):
        return self.said


class Address:
    """A path of this site, written in full."""

    def dump(self, value, site):
        return site.absolute(value)

    def schema(self):
        return {"type": "string", "format": "uri"}


@dataclass(frozen=True, eq=False)
class Maybe:
    """None for what is unknown; so is an empty text."""

    type: Any

    def dump(self, value, site):
        return None if value is None or value == "" else self.type.dump(value, site)

    def schema(self):
        said = self.type.schema()
        if "$ref" in said:
            return {"anyOf": [said, {"type": "null"}]}
        return said | {"type": [said["type"], "null"]}


@dataclass(frozen=True, eq=False)
class ListOf:
    type: Any

    def dump(self, value, site):
        return [self.type.dump(each, site) for each in value]

    def schema(self):
        return {"type": "array", "items": self.type.schema()}


@dataclass(frozen=True, eq=False)
class Field:
    """`get`: a function of the row; without one, what the row has under that name."""

    name: str
    type: Any
    words: str
    get: Any = None

    def value(self, row):
        if self.get is not None:
            return self.get(row)
        return row[self.name] if isinstance(row, dict) else getattr(row, self.name)


@dataclass(frozen=True, eq=False)
class Shape:
    """An object with these fields, always all of them."""

    name: str
    words: str
    fields: tuple

    def plus(self, name, words, *fields):
        """Another shape: this one and more."""
        return replace(self, name=name, words=words, fields=self.fields + fields)

    def dump(self, value, site):
        return {field.name: field.type.dump(field.value(value), site) for field in self.fields}

    def schema(self):
        return {"$ref": f"#/components/schemas/{self.name}"}

    def definition(self):
        return {
            "type": "object",
            "description": self.words,
            "properties": {field.name: describe(field) for field in self.fields},
            "required": [field.name for field in self.fields],
        }

    def parts(self):
        """Itself and every shape in it."""
        found = [self]
        for field in self.fields:
            inner = field.type
            while not isinstance(inner, Shape) and hasattr(inner, "type"):
                inner = inner.type
            if isinstance(inner, Shape):
                found += inner.parts()
        return list(dict.fromkeys(found))


def describe(field):
    return field.type.schema() | {"description": field.words}


def one_of(choices):
    """A code of a TextChoices."""
    return Plain({"type": "string", "enum": list(choices.values)})


TEXT = Plain({"type": "string"})
INTEGER = Plain({"type": "integer"})
NUMBER = Plain({"type": "number"})
BOOLEAN = Plain({"type": "boolean"}, bool)
DATE = Plain({"type": "string", "format": "date"}, lambda day: day.isoformat())
TIME = Plain({"type": "string", "format": "date-time"}, lambda moment: moment.isoformat(timespec="seconds"))
ADDRESS = Address()


def words_of(type):
    """A type in Chinese words, for people; and the shape in it, if there is one."""
    if isinstance(type, Maybe):
        words, shape = words_of(type.type)
        return f"{words}或 null", shape
    if isinstance(type, ListOf):
        words, shape = words_of(type.type)
        return f"{words}的列表", shape
    if isinstance(type, Shape):
        return type.words, type
    said = type.schema()
    if "enum" in said:
        return "、".join(said["enum"]), None
    return WORDS[said.get("format") or said["type"]], None


WORDS = {
    "string": "文字",
    "integer": "整数",
    "number": "数",
    "boolean": "true、false",
    "uri": "网址",
    "date": "日期",
    "date-time": "时间",
}
