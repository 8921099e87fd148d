"""YAML as text and places: one narrow reader that guesses no types and refuses what can surprise a reviewer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import yaml

from blazon import complaints
from blazon.diagnostics import BlazonError, Place, Report
from blazon.prose import short

MOST_BYTES = 64 * 1024
MOST_DEPTH = 16
MOST_KEYS = 200

_SHORT = 24  # characters of a text that many files may have: the name of a level, of a reviewer, of a decision


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar, exactly as it was written."""

    value: str
    place: Place


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    entries: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Table:
    """Keys and their values, in the order of the file."""

    entries: Mapping[str, Node]
    places_of_keys: Mapping[str, Place]
    place: Place


Node: TypeAlias = Text | Sequence | Table

# YAML readers take some of these as line ends, where a reviewer's diff shows one line.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\r(?!\n)")

_YAML_TAG = "tag:yaml.org,2002:"


class _RefusedError(Exception):
    """A thing that YAML allows and we do not, where it was seen."""

    def __init__(self, code: str, place: Place, message: str, hint: str) -> None:
        super().__init__(message)
        self.diagnostic = (code, place, message, hint)


def parse(path: str, data: bytes, report: Report) -> Table | None:
    """The table that a YAML file holds, or None when it is refused and the report says why."""
    if not hasattr(yaml, "CSafeLoader"):
        raise BlazonError(
            "PyYAML is installed without its C parser (libyaml), which this program needs to read files safely.",
            hint='install PyYAML from a wheel: pip install --force-reinstall --only-binary ":all:" pyyaml',
        )
    if not _is_plain_text(path, data, report):
        return None
    try:
        return _Reader(path, yaml.CSafeLoader(data)).document()
    except _RefusedError as refused:
        report.error(*refused.diagnostic)
    except yaml.MarkedYAMLError as error:
        complaints.report_syntax(
            path, error.problem, _position(error.problem_mark), _position(error.context_mark), report
        )
    return None


def _text_of(path: str, data: bytes, report: Report) -> str | None:
    """A file's bytes as text, or None when they are not UTF-8 of a size that we read."""
    if len(data) > MOST_BYTES:
        report.error(
            "file-too-large",
            Place(path),
            f"this file has {len(data):,} bytes; at most {MOST_BYTES:,} are read.",
            hint="shorten it, and keep long documents elsewhere with a link to them",
        )
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line = before.count("\n") + 1
        column = len(before) - before.rfind("\n")
        report.error(
            "not-utf8",
            Place(path, line, column),
            "this is not UTF-8 text.",
            hint='save the file again with the encoding "UTF-8"',
        )
        return None


def _is_plain_text(path: str, data: bytes, report: Report) -> bool:
    """Whether a file is UTF-8 text with nothing in it that hides from a reviewer."""
    text = _text_of(path, data, report)
    if text is None:
        return False
    if text.startswith("\ufeff"):
        report.error(
            "byte-order-mark",
            Place(path, 1, 1),
            "the file begins with a byte order mark.",
            hint='save the file again with the encoding "UTF-8", without "BOM"',
        )
        return False
    found = _FORBIDDEN.search(text)
    if found is None:
        return True
    line = text.count("\n", 0, found.start()) + 1
    column = found.start() - text.rfind("\n", 0, found.start())
    report.error(
        "control-character",
        Place(path, line, column),
        f"here is a character that cannot be seen (U+{ord(found[0]):04X}).",
        hint="delete it; lines end with LF or CR LF, and tab is the only other control character",
    )
    return False


class _Reader:
    """Turns the events of one YAML document into nodes, refusing as it goes."""

    def __init__(self, path: str, loader: yaml.CSafeLoader) -> None:
        """A reader of the events that a loader yields for the file at path."""
        self.path = path
        self.next: Any = loader.get_event  # each event type has other attributes; the branches below know which
        self.depth = 0

    def document(self) -> Table:
        """The one table of the file."""
        self.next()  # the start of the stream
        start = self.next()
        if type(start) is yaml.StreamEndEvent:
            raise self._emptiness()
        if start.version is not None or start.tags:
            raise self._directive(start)
        root = self._node(self.next())
        self.next()  # the end of the document
        following = self.next()
        if type(following) is not yaml.StreamEndEvent:
            raise _RefusedError(
                "second-document",
                self._place(following),
                'a second document begins here with "---"; a file holds one.',
                'delete the "---" line, or move what follows to a file of its own',
            )
        if isinstance(root, Text) and not root.value:
            raise self._emptiness()
        if not isinstance(root, Table):
            message = f"the file holds {name_of(root)} where a table of fields belongs."
            raise _RefusedError("not-a-table", root.place, message, 'write its fields, one "name: value" a line')
        return root

    def _node(self, event: Any) -> Node:
        """The node that begins with an event."""
        kind = type(event)
        if event.anchor is not None:
            sign, name = ("*", "an alias") if kind is yaml.AliasEvent else ("&", "an anchor")
            raise _RefusedError(
                "yaml-anchor",
                self._place(event),
                f'"{sign}{event.anchor}" is {name}; each value is written out here.',
                f'write the value itself, or put the text in quotes if "{sign}" belongs to it',
            )
        if event.tag is not None:
            raise _RefusedError(
                "yaml-tag",
                self._place(event),
                f'"{short(event.tag.replace(_YAML_TAG, "!!"))}" is a tag; fields have their types already.',
                'delete the tag, or put the text in quotes if "!" belongs to it',
            )
        if kind is yaml.ScalarEvent:
            return Text(_shared(event.value) if len(event.value) <= _SHORT else event.value, self._place(event))
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise _RefusedError(
                "yaml-depth",
                self._place(event),
                f"this is nested more than {MOST_DEPTH} deep.",
                "no field needs that; put the text in quotes if its brackets belong to it",
            )
        node = self._table(event) if kind is yaml.MappingStartEvent else self._sequence(event)
        self.depth -= 1
        return node

    def _sequence(self, start: Any) -> Sequence:
        """The list that begins with an event."""
        entries = []
        while type(event := self.next()) is not yaml.SequenceEndEvent:
            entries.append(self._node(event))
        return Sequence(tuple(entries), self._place(start))

    def _table(self, start: Any) -> Table:
        """The table that begins with an event."""
        entries: dict[str, Node] = {}
        places: dict[str, Place] = {}
        while type(event := self.next()) is not yaml.MappingEndEvent:
            key = self._key(event, places)
            places[key.value] = key.place
            entries[key.value] = self._node(self.next())
        return Table(entries, places, self._place(start))

    def _key(self, event: Any, places: Mapping[str, Place]) -> Text:
        """The key that an event brings, a word that the table does not have yet."""
        key = self._node(event)
        if not isinstance(key, Text):
            message = f"{name_of(key)} stands where the name of a field belongs."
            raise _RefusedError("yaml-key", key.place, message, 'write a field as "name: value"')
        if key.value in places:
            raise _RefusedError(
                "duplicate-key",
                key.place,
                f'"{short(key.value)}" stands twice: on line {places[key.value].line} and on line {key.place.line}.',
                "delete one of them",
            )
        if key.value == "<<":
            message = '"<<" merges tables; each value is written out here.'
            raise _RefusedError("yaml-merge", key.place, message, "write the fields themselves")
        if len(places) == MOST_KEYS:
            message = f"this table has more than {MOST_KEYS} keys."
            raise _RefusedError("yaml-keys", key.place, message, "no table needs that many")
        return key

    def _emptiness(self) -> _RefusedError:
        """The refusal of a file with nothing in it."""
        message = "the file has no fields: it is empty, or all of it is comments."
        return _RefusedError("empty-file", Place(self.path), message, 'write its fields, one "name: value" a line')

    def _directive(self, start: Any) -> _RefusedError:
        """The refusal of a line such as `%YAML 1.2`."""
        message = 'a line that begins with "%" is a directive; none is needed.'
        return _RefusedError("yaml-directive", self._place(start), message, 'delete it, and the "---" after it')

    def _place(self, event: Any) -> Place:
        """Where an event begins."""
        mark = event.start_mark
        return Place(self.path, mark.line + 1, mark.column + 1)


def name_of(node: Node) -> str:
    """What a node is, as sentences call it."""
    if isinstance(node, Text):
        return "text"
    return "a list" if isinstance(node, Sequence) else "a table"


def plain(node: Node) -> Any:
    """A value as it was read, without the places of its parts."""
    if isinstance(node, Text):
        return node.value
    if isinstance(node, Sequence):
        return [plain(one) for one in node.entries]
    return {name: plain(one) for name, one in node.entries.items()}


def _position(mark: Any) -> tuple[int, int] | None:
    """The line and column of a parser's mark, counted from 1, if it has one."""
    return (mark.line + 1, mark.column + 1) if mark is not None else None


@lru_cache(maxsize=4096)
def _shared(text: str) -> str:
    """A text that many files have, once."""
    return text
