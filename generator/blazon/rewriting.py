"""Changes one field of a file that somebody wrote, and leaves every other byte as it is, comments too."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise
from textwrap import indent
from typing import Any

from blazon import source
from blazon.diagnostics import BlazonError, Report, printable


@dataclass(frozen=True, slots=True)
class Part:
    """One field of a file: its name, the comments and empty lines above it, and its own lines."""

    name: str
    above: str
    text: str


def parts(path: str, data: bytes) -> tuple[list[Part], str]:
    """The fields of a file in their order, and what follows the last one; all of it in one is the file again.

    Raises BlazonError when the file is not written with a line, or lines, for each field.
    """
    table = _table(path, data)
    lines = data.decode().splitlines(keepends=True)
    begins = [place.line - 1 for place in table.places_of_keys.values()]
    if any(place.column != 1 for place in table.places_of_keys.values()) or begins != sorted(set(begins)):
        message = f"{printable(path)} has several fields in one line, and can be changed by hand only."
        raise BlazonError(message, "give each field a line of its own, and try again.", 1)
    found, above = [], "".join(lines[: begins[0]])
    for name, (first, last) in zip(table.entries, pairwise([*begins, len(lines)]), strict=True):
        end = last
        while end > first + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
            end -= 1
        found.append(Part(name, above, "".join(lines[first:end])))
        above = "".join(lines[end:last])
    return found, above


def with_field(path: str, data: bytes, name: str, text: str) -> bytes:
    """A file with one more field at its end; `text` is its lines, name included."""
    text = text.replace("\n", "\r\n") if b"\r\n" in data else text
    end = b"" if data.endswith(b"\n") else b"\r\n" if b"\r\n" in data else b"\n"
    return _proven(path, data, data + end + text.encode(), name)


def with_entry(path: str, data: bytes, name: str, entry: str) -> bytes:
    """A file with one more entry at the end of a list, which begins with it where there is none; `entry` is the lines of a table.

    Raises BlazonError when the list is written on one line.
    """
    table, (found, after) = _table(path, data), parts(path, data)
    list_ = table.entries.get(name)
    if list_ is None:
        return with_field(path, data, name, f"\n{name}:\n{_dashed(entry, 2)}")
    own = next(part for part in found if part.name == name).text
    line, depth = data.decode().splitlines()[list_.place.line - 1], list_.place.column - 1
    empty = isinstance(list_, source.Sequence) and not list_.entries
    if not empty and line[depth : depth + 1] != "-":
        message = f'"{name}" in {printable(path)} is written on one line, and can be changed by hand only.'
        raise BlazonError(message, 'give each entry lines of its own, after "- ", and try again.', 1)
    head = own.replace("[", "", 1).replace("]", "", 1) if empty else own
    end = "\r\n" if b"\r\n" in data else "\n"
    longer = head + ("" if head.endswith("\n") else end)
    longer += _dashed(entry, 2 if empty else depth).replace("\n", end)
    whole = "".join(part.above + (longer if part.name == name else part.text) for part in found)
    changed = _proven(path, data, (whole + after).encode(), name)
    node = _table(path, changed).entries[name]
    if not isinstance(node, source.Sequence) or source.plain(node)[:-1] != source.plain(list_):
        raise BlazonError(f'"{name}" in {printable(path)} ends in an unusual way.', "write the entry by hand.", 1)
    return changed


def _dashed(entry: str, depth: int) -> str:
    """The lines of a table as an entry of a list, that far from the edge."""
    return indent(f"- {indent(entry, '  ').removeprefix('  ')}", " " * depth)


def without_field(path: str, data: bytes, name: str) -> bytes:
    """A file without one of its fields; comments stay."""
    found, after = parts(path, data)
    left = "".join(part.above + part.text * (part.name != name) for part in found)
    return _proven(path, data, (left + after).encode(), name)


def below_field(path: str, data: bytes, name: str, new: str, text: str) -> bytes:
    """A file with one more field right below another."""
    found, after = parts(path, data)
    text = text.replace("\n", "\r\n") if b"\r\n" in data else text
    whole = "".join(part.above + part.text + text * (part.name == name) for part in found)
    return _proven(path, data, (whole + after).encode(), new)


def with_text(path: str, data: bytes, name: str, text: str) -> bytes:
    """A file with another value in one of its fields, which stands on the line of its name; comments stay."""
    found, after = parts(path, data)
    changed = "".join(part.above + (_renamed(part, text) if part.name == name else part.text) for part in found)
    return _proven(path, data, (changed + after).encode(), name)


def _renamed(part: Part, text: str) -> str:
    """A field's own lines with another text after its name."""
    end = part.text[len(part.text.rstrip("\r\n")) :]
    return f"{part.name}: {text}{end}"


def with_values(path: str, data: bytes, name: str, entry: str, values: Mapping[str, str]) -> bytes:
    """A file in which one entry of a table of tables has these values, beside those that it had.

    Raises BlazonError when the table is not written with a line for each value.
    """
    there, text = _table(path, data), "".join(f"    {key}: {value}\n" for key, value in values.items())
    if name not in there.entries:
        return with_field(path, data, name, f"{name}:\n  {entry}:\n{text}")
    lines = data.decode().splitlines(keepends=True)
    end = "\r\n" if b"\r\n" in data else "\n"
    outer = there.entries[name]
    inner = outer.entries.get(entry) if isinstance(outer, source.Table) else None
    if isinstance(outer, source.Table) and inner is None and outer.entries:
        indent = " " * (min(place.column for place in outer.places_of_keys.values()) - 1)
        new = [f"{indent}{entry}:{end}", *(f"{indent}  {key}: {value}{end}" for key, value in values.items())]
        lines[there.places_of_keys[name].line : there.places_of_keys[name].line] = new
    elif isinstance(inner, source.Table) and inner.entries:
        indent = " " * (min(place.column for place in inner.places_of_keys.values()) - 1)
        for key, value in values.items():
            if key in inner.entries:
                lines[inner.places_of_keys[key].line - 1] = f"{indent}{key}: {value}{end}"
        first = min(place.line for place in inner.places_of_keys.values()) - 1
        lines[first:first] = [
            f"{indent}{key}: {value}{end}" for key, value in values.items() if key not in inner.entries
        ]
    return _only_values(path, data, "".join(lines).encode(), (name, entry), values)


def _only_values(path: str, before: bytes, after: bytes, place: tuple[str, str], values: Mapping[str, str]) -> bytes:
    """Changed text, once it is certain that it has new values at one place and is otherwise as it was."""
    name, entry = place
    old, new = source.plain(_table(path, before)), source.parse(path, after, Report())
    wanted: dict[str, Any] = old[name] if isinstance(old.get(name), dict) else {}
    had: dict[str, Any] = wanted[entry] if isinstance(wanted.get(entry), dict) else {}
    if new is None or source.plain(new) != {**old, name: {**wanted, entry: {**had, **values}}}:
        message = f'the entry "{entry}" cannot be written into {printable(path)}, which is written in an unusual way.'
        lines = " and ".join(f'"{key}: {value}"' for key, value in values.items())
        raise BlazonError(message, f"write {lines} there by hand, below {name} and {entry}.", 1)
    return after


def without(found: Collection[Part], names: Collection[str], values: Mapping[str, str]) -> str:
    """Fields as text, some left out with the comments above them, and some with another value."""
    kept = (part for part in found if part.name not in names)
    return "".join(
        part.above + (f"{part.name}: {values[part.name]}\n" if part.name in values else part.text) for part in kept
    )


def _table(path: str, data: bytes) -> source.Table:
    """The fields of a file; raises BlazonError when it cannot be read."""
    report = Report()
    table = source.parse(path, data, report)
    if table is None:
        raise BlazonError(f"{printable(path)} cannot be read.", "see what is wrong with: blazon check", 1)
    return table


def _proven(path: str, before: bytes, after: bytes, name: str) -> bytes:
    """Changed text, once it is certain that nothing but one field changed in it."""
    report = Report()
    old, new = _table(path, before), source.parse(path, after, report)
    if new is None or _others(old, name) != _others(new, name):
        message = f'"{name}" cannot be written into {printable(path)}, as that file ends in an unusual way.'
        raise BlazonError(message, "write it by hand, and type: blazon check", 1)
    return after


def _others(table: source.Table, name: str) -> dict[str, Any]:
    """The values of all fields but one."""
    return {key: source.plain(node) for key, node in table.entries.items() if key != name}
