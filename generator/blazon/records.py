"""Tables of fields: how a declared list of fields reads a table of a file, and says what is missing or unknown."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar

from blazon.diagnostics import Place, Report, listed
from blazon.placing import Places
from blazon.prose import short
from blazon.source import Node, Sequence, Table, Text, name_of, parse, plain
from blazon.values import Reader, guess, nearest

T = TypeVar("T")

_BARE = re.compile(r"true|false|(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{1,4})?")

# What no program needs to know about a person, and no repository should remember.
PRIVATE = frozenset({
    "address", "birth_date", "birth_place", "birthdate", "birthday", "cell", "date_of_birth", "dob", "e_mail", "email",
    "ethnicity", "face", "family_name", "first_name", "gender", "home_address", "last_name", "mail", "mobile", "national_id",
    "passport", "phone", "photo", "portrait", "postal_address", "postcode", "pupil_id", "religion", "school_id",
    "school_number", "ssn", "street", "student_id", "student_number", "surname", "telephone", "zip",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a table. `to` is the attribute it becomes where that has another name; `example` shows what to type."""

    name: str
    reader: Reader[Any]
    help: str
    example: str = ""
    required: bool = False
    to: str = ""

    @property
    def schema(self) -> Mapping[str, object]:
        """What a JSON Schema says of the field. An example that is cut short explains; only a whole one is offered."""
        whole = _whole(self)
        if whole is None:
            shown = f" For example: {self.example}" if self.example else ""
            return {**self.reader.schema, "description": self.help + shown}
        return {**self.reader.schema, "description": self.help, "examples": [whole]}

    @property
    def attribute(self) -> str:
        """The attribute that the field becomes."""
        return self.to or self.name


NOTHING_UNREAD: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a table held: values by attribute, the places of fields, and the fields that could not be read."""

    values: dict[str, Any]
    places: Mapping[str, Place]
    unread: frozenset[str]
    place: Place


class Record(Generic[T]):
    """A table with declared fields, which becomes a value. `noun` is how sentences call it."""

    def __init__(self, noun: str, build: Callable[[Reading, Report], T | None], *declared: Field) -> None:
        """A record of these fields; `build` makes its value from what was read."""
        self.noun = noun
        self.build = build
        self.fields = {field.name: field for field in declared}
        self._required = tuple(field for field in declared if field.required)

    @property
    def schema(self) -> Mapping[str, object]:
        """What a JSON Schema says of the table."""
        return {
            "type": "object",
            "properties": {name: field.schema for name, field in self.fields.items()},
            "required": [field.name for field in self._required],
            "additionalProperties": False,
        }

    def read(self, node: Node, report: Report) -> T | None:
        """The value that a table stands for, or None when anything in it is wrong."""
        if not isinstance(node, Table):
            message = f"here stands {name_of(node)}; a table with fields belongs here."
            hint = f"its fields are {listed(self.fields, 'and')}, each on a line of its own"
            report.error("not-a-table", node.place, message, hint)
            return None
        reading = self.reading(node, report)
        return None if reading.unread else self.build(reading, report)

    def reading(self, table: Table, report: Report) -> Reading:
        """Everything in a table that can be read; a required field that is missing counts as one that cannot."""
        values: dict[str, Any] = {}
        places: dict[str, Place] = {}
        unread = set()
        guesses = set()
        for name, node in table.entries.items():
            field = self.fields.get(name)
            if field is None:
                guesses.add(self._refuse_unknown(name, table.places_of_keys[name], report))
                continue
            places.update(_places(name, node))
            value = field.reader.read(node, report)
            if value is None:
                unread.add(name)
            else:
                values[field.attribute] = value
        for field in self._required:
            if field.name in table.entries:
                continue
            unread.add(field.name)
            if guess(field.name) not in guesses:  # a misspelt field is one mistake, not two
                hint = f'add "{field.name}: {field.example}"' if field.example else f'add "{field.name}:"'
                report.error("missing-field", table.place, f'{self.noun} needs the field "{field.name}".', hint)
        return Reading(values, Places(places), frozenset(unread) if unread else NOTHING_UNREAD, table.place)

    def _refuse_unknown(self, name: str, place: Place, report: Report) -> str:
        """Say why a field is not one of ours; the hint, which may name the one that was meant, comes back."""
        if name.lower().replace("-", "_") in PRIVATE:
            report.error(
                "private-field",
                place,
                f'"{name}" is personal; git would keep it for ever, and no badge needs it.',
                hint=f"delete it{EMAIL_HINT if 'mail' in name else ''}",
            )
            return ""
        hint = homes_of(name, self.noun) or nearest(name, self.fields, report)
        if not hint:
            hint = f"its fields are {listed(self.fields, 'and')}"
        report.error("unknown-field", place, f'{self.noun} has no field "{short(name)}".', hint)
        return hint


def made(build: Callable[..., T]) -> Callable[[Reading, Report], T]:
    """The builder for a class whose attributes are the fields, with places where it keeps them."""
    names = {one.name for one in fields(build)}  # type: ignore[arg-type] # a dataclass
    with_place, with_places = "place" in names, "places" in names

    def build_it(reading: Reading, _: Report) -> T:
        values = reading.values
        if with_place:
            values["place"] = reading.place
        if with_places:
            values["places"] = reading.places
        return build(**values)

    return build_it


def _places(name: str, node: Node) -> Iterator[tuple[str, Place]]:
    """The place of a field, of texts in its list (`levels.0`), and of texts or keys in its table (`scores.design`)."""
    yield name, node.place
    if isinstance(node, Sequence):
        yield from ((f"{name}.{index}", entry.place) for index, entry in enumerate(node.entries) if type(entry) is Text)
    elif isinstance(node, Table):
        for key, entry in node.entries.items():
            yield f"{name}.{key}", entry.place if type(entry) is Text else node.places_of_keys[key]


def _whole(field: Field) -> Any:
    """A field's example with the types that an editor sees, or None when its reader refuses it."""
    example = field.example
    if isinstance(field.reader, Mapped) and not example.startswith("{"):
        example = f"{{{example}}}"
    report = Report()
    table = parse("", f"{field.name}: {example}\n".encode(), report)
    node = table.entries[field.name] if table is not None else None
    if node is None or field.reader.read(node, report) is None or report:
        return None
    return _typed(plain(node))


def _typed(value: Any) -> Any:
    """A value in which numbers and yes or no are what an editor takes them for."""
    match value:
        case dict():
            return {name: _typed(entry) for name, entry in value.items()}
        case list():
            return [_typed(entry) for entry in value]
    return json.loads(value) if _BARE.fullmatch(value) else value


EMAIL_HINT = '; an award can name its earner under "recipient", by a hash'

# The fields of whole files, by noun: filled where they are declared, so that a field in the wrong file can be sent home.
HOMES: dict[str, tuple[str, frozenset[str]]] = {}


def homes_of(name: str, noun: str) -> str:
    """The hint for a field that belongs to exactly one other kind of file, or nothing."""
    if noun not in HOMES:
        return ""
    homes = [path for path, names in HOMES.values() if name in names]
    return f'"{name}" is a field of {homes[0]}' if len(homes) == 1 else ""


@dataclass(frozen=True, slots=True)
class Listing(Generic[T]):
    """A list of values of one kind; `one` admits a single value without a list around it, `again` the same value twice."""

    entry: Reader[T]
    most: int = 1_000
    one: bool = False
    again: bool = False

    @property
    def schema(self) -> Mapping[str, object]:
        """What a JSON Schema says of the list."""
        many = {"type": "array", "items": self.entry.schema, "maxItems": self.most}
        return {"anyOf": [self.entry.schema, many]} if self.one else many

    def read(self, node: Node, report: Report) -> tuple[T, ...] | None:
        """The values of a list, or None when one of them is wrong."""
        if self.one and not isinstance(node, Sequence):
            node = Sequence((node,), node.place)
        if not isinstance(node, Sequence):
            hint = 'write each entry on a line of its own, after "- "'
            if isinstance(node, Text) and not node.value:
                report.error("empty-value", node.place, "nothing is written here; it should be a list.", hint)
            else:
                report.error("not-a-list", node.place, f"here stands {name_of(node)}; it should be a list.", hint)
            return None
        if len(node.entries) > self.most:
            message = f"this list has {len(node.entries):,} entries."
            report.error("too-long", node.place, message, hint=f"at most {self.most:,} fit")
            return None
        values = [self.entry.read(entry, report) for entry in node.entries]
        read: list[T] = []
        for entry, value in zip(node.entries, values, strict=True):
            if value is not None and value in read and not self.again:
                # A signature does not see how often something stands in a list, so verifiers call it undecided.
                message = "the same stands in this list already."
                report.error("repeated-entry", entry.place, message, hint="write it once")
            elif value is not None:
                read.append(value)
        return tuple(read) if len(read) == len(values) else None


@dataclass(frozen=True, slots=True)
class Mapped(Generic[T]):
    """A table whose keys the writer chooses: each is read by one reader, each value by another."""

    key: Reader[str]
    value: Reader[T]
    noun: str

    @property
    def schema(self) -> Mapping[str, object]:
        """What a JSON Schema says of the table."""
        return {"type": "object", "propertyNames": self.key.schema, "additionalProperties": self.value.schema}

    def read(self, node: Node, report: Report) -> dict[str, T] | None:
        """The values by key, or None when a key or a value is wrong."""
        if not isinstance(node, Table):
            message = f"here stands {name_of(node)}; it should be a table of {self.noun}."
            report.error("not-a-table", node.place, message, hint='write each on a line of its own: "name: value"')
            return None
        values: dict[str, T] = {}
        for name, entry in node.entries.items():
            key = self.key.read(Text(name, node.places_of_keys[name]), report)
            value = self.value.read(entry, report)
            if key is not None and value is not None:
                values[key] = value
        return values if len(values) == len(node.entries) else None


@dataclass(frozen=True, slots=True)
class Either(Generic[T]):
    """A value that is written as text or as a table."""

    text: Reader[T]
    table: Reader[T]

    @property
    def schema(self) -> Mapping[str, object]:
        """What a JSON Schema says of the value."""
        return {"anyOf": [self.text.schema, self.table.schema]}

    def read(self, node: Node, report: Report) -> T | None:
        """The value, read by the reader for what stands there."""
        return (self.table if isinstance(node, Table) else self.text).read(node, report)


@dataclass(frozen=True, slots=True)
class Made(Generic[T]):
    """A value made from another by a function that cannot fail."""

    of: Reader[Any]
    make: Callable[[Any], T]

    @property
    def schema(self) -> Mapping[str, object]:
        """What a JSON Schema says of the value it is made from."""
        return self.of.schema

    def read(self, node: Node, report: Report) -> T | None:
        """The value made from what was read."""
        value = self.of.read(node, report)
        return None if value is None else self.make(value)
