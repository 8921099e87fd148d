"""Tables as spreadsheets save them, as text with the place of each cell: commas, semicolons or tabs, and line breaks in quotes (RFC 4180)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from blazon.diagnostics import Place, Report, counted
from blazon.prose import short
from blazon.source import Text

MOST_BYTES = 4 * 1024 * 1024
MOST_ROWS = 2_000  # what one request may add
MOST_LINES = 3_000  # with those in which nothing stands, which programs for tables leave behind
MOST_COLUMNS = 200
_SEPARATORS = ",;\t"
_SAVE = 'save it from the spreadsheet as "CSV UTF-8"'
_WIDE = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: the headings, and rows with a cell for each of them; rows of nothing are left out."""

    headings: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]


class _BrokenError(Exception):
    """A place from which a table cannot be read on."""

    def __init__(self, place: Place, message: str, hint: str) -> None:
        super().__init__(message)
        self.said = (place, message, hint)


def read(path: str, data: bytes, report: Report) -> Sheet | None:
    """The table in a file, or None when it is refused and the report says why."""
    text = _text(path, data, report)
    if text is None:
        return None
    first, text = _separator(text)
    try:
        filled_rows = (row for row in _within(_rows(path, text, first, 1)) if any(cell.value for cell in row))
        rows = list(islice(filled_rows, MOST_ROWS + 2))  # no more than it takes to know that they are too many
    except _BrokenError as broken:
        report.error("bad-csv", *broken.said)
        return None
    if not rows:
        report.error("empty-file", Place(path), "there is nothing in this table.", "write a row of headings first")
        return None
    headings, *filled = rows
    if len(filled) > MOST_ROWS:
        message = f"this table has more than {counted(MOST_ROWS, 'row')}."
        report.error(
            "too-many-rows", filled[MOST_ROWS][0].place, message, f"split it: at most {MOST_ROWS:,} go at once"
        )
        return None
    return Sheet(tuple(headings), tuple(one for row in filled if (one := _fitted(row, len(headings), report))))


def _within(rows: Iterable[list[Text]]) -> Iterator[list[Text]]:
    """The rows of a table that has no more of them than are read."""
    for number, row in enumerate(rows):
        if number == MOST_LINES:
            message = f"this table has more than {counted(MOST_LINES, 'row')}, empty ones among them."
            raise _BrokenError(row[0].place, message, "take the empty rows away")
        yield row


def _text(path: str, data: bytes, report: Report) -> str | None:
    """A file as text, without a byte order mark, its lines ended by LF; None when it is refused."""
    if len(data) > MOST_BYTES:
        message = f"this file has more than {MOST_BYTES:,} bytes."
        report.error("file-too-large", Place(path), message, "split it")
        return None
    if data.startswith(_WIDE) or b"\0" in data[:1000]:
        report.error("not-utf8", Place(path), "this is UTF-16 text, or no text at all.", _SAVE)
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        report.error("not-utf8", Place(path, line), "this is not UTF-8 text.", _SAVE)
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _separator(text: str) -> tuple[str, str]:
    """What stands between cells, and the text; a first line such as `sep=;` says so, and becomes an empty one."""
    said = re.match(r"sep=([,;\t])(?=\n|\Z)", text)
    if said:
        return said[1], text[said.end() :]
    line = re.sub(r'"[^"]*"', "", text.lstrip("\n").partition("\n")[0])
    return max(_SEPARATORS, key=line.count), text


def _rows(path: str, text: str, separator: str, line: int) -> Iterator[list[Text]]:
    """The rows of a table, each cell without the space around it and with its place; lines are counted from `line`."""
    quoted = re.compile(r'[ ]*"([^"]*(?:""[^"]*)*)"[ ]*')
    plain = re.compile(f"[^\n{separator}]*")
    at, began, row = 0, 0, list[Text]()
    while at < len(text):
        place = Place(path, line, at - began + 1)
        found = quoted.match(text, at)
        if found is None:
            found = plain.match(text, at)
            assert found is not None  # noqa: S101 (it may be empty)
            if found[0].lstrip().startswith('"'):
                raise _BrokenError(
                    place, "a quotation mark opened here is not closed.", "close it, or write it twice inside a text"
                )
            row.append(Text(found[0].strip(), place))
        else:
            row.append(Text(found[1].replace('""', '"').strip(), place))
        if len(row) > MOST_COLUMNS:
            message = f"this row has more than {MOST_COLUMNS} cells."
            raise _BrokenError(place, message, "no table needs that many; take the empty columns away")
        line += (inside := found[0].count("\n"))
        at = found.end()
        began = text.rfind("\n", 0, at) + 1 if inside else began
        after = text[at : at + 1]
        if after not in ("", "\n", separator):
            message = f'after a closing quotation mark stands "{short(text[at : at + 10])}".'
            raise _BrokenError(Place(path, line, at - began + 1), message, "write a quotation mark inside a text twice")
        at += 1
        if after != separator:
            yield row
            row, line, began = [], line + 1, at
    if row:
        yield [*row, Text("", Place(path, line, at - began + 1))]


def _fitted(row: list[Text], width: int, report: Report) -> tuple[Text, ...] | None:
    """A row with one cell for each heading; one with more in it is refused."""
    if extra := next((cell for cell in row[width:] if cell.value), None):
        message = f'"{short(extra.value)}" stands in a column without a heading.'
        report.error(
            "long-row", extra.place, message, "give the column a heading, or put text with the separator in quotes"
        )
        return None
    empty = Text("", row[-1].place)
    return (*row[:width], *(empty for _ in range(width - len(row))))
