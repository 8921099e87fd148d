"""Options of a theme: what its theme.yaml declares, and the values that a program chooses for its pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from blazon import source
from blazon.builders import values_and_places
from blazon.diagnostics import BlazonError, Place, Report
from blazon.records import Either, Field, Listing, Made, Mapped, Record, made
from blazon.source import Sequence, Text
from blazon.threads import THREADS
from blazon.values import LINE, OPTION, SLUG, YES_NO, Reader, choice, pattern

OptionValue: TypeAlias = str | bool | tuple[str, ...]
"""What a template is given: text, true or false, or the names of badges."""

FILE = "theme.yaml"
PICTURE = pattern(
    r"(?!\.)[A-Za-z0-9._-]{1,60}\.(?:svg|png)", "the name of an SVG or PNG in the theme's static/ folder", "logo.svg"
)
# How values are read, by the word that theme.yaml has for it, and what stands where nothing is chosen.
TYPES: Mapping[str, tuple[Reader[Any], OptionValue]] = {
    "text": (LINE, ""),
    "thread": (choice(*THREADS), next(iter(THREADS))),
    "picture": (PICTURE, ""),
    "badges": (Listing(SLUG, 100, one=True), ()),
    "yes-no": (YES_NO, False),
}


@dataclass(frozen=True, slots=True)
class Option:
    """An option as a theme declares it: one of the TYPES, and what is written where a program chooses nothing."""

    type: str = ""
    default: tuple[str, ...] = ()

    def value(self, written: tuple[str, ...], place: Place, report: Report) -> OptionValue | None:
        """The value of what is written, or None when it is none; without words, what stands for nothing."""
        reader, nothing = TYPES[self.type]
        if not written:
            return nothing
        texts = tuple(Text(one, place) for one in written)
        read: OptionValue | None = reader.read(texts[0] if len(texts) == 1 else Sequence(texts, place), report)
        return read


def _only_default(written: tuple[str, ...]) -> Option:
    """An option of which only the default is said: it is text, or of the type that the theme beneath says."""
    return Option("", written)


WRITTEN = Listing(LINE, 100, one=True, again=True)
OPTIONS = Record(
    "a theme",
    values_and_places,
    Field(
        "options",
        Mapped(
            OPTION,
            Either(
                Made(WRITTEN, _only_default),
                Record(
                    "an option",
                    made(Option),
                    Field("type", choice(*TYPES), "How its value is read.", "text", required=True),
                    Field("default", WRITTEN, "What stands where a program chooses nothing.", "spruce"),
                ),
            ),
            "options",
        ),
        "What a program may choose.",
        "{accent: {type: thread, default: spruce}}",
    ),
)


def declared(files: Mapping[str, bytes]) -> dict[str, Option]:
    """The options of a theme by name; where a program's own theme.yaml says less than ours beneath it, ours counts.

    Raises BlazonError when theme.yaml is missing, or says what cannot be.
    """
    if FILE not in files:
        raise BlazonError(f"the theme has no {FILE}.", "add it; it may be as short as: options: {}", exit_code=1)
    report = Report()
    found: dict[str, Option] = {}
    for path in (f"base/{FILE}", FILE):
        table = source.parse(path, files[path], report) if path in files else None
        if table is None:
            continue
        reading = OPTIONS.reading(table, report)
        for name, option in reading.values.get("options", {}).items():
            beneath = found.get(name, Option("text"))
            found[name] = option if option.type else replace(beneath, default=option.default)
            found[name].value(found[name].default, reading.places[f"options.{name}"], report)
    for one in report:
        raise BlazonError(f"{one.place} in the theme: {one.message}", one.hint, exit_code=1)
    return found


def values(options: Mapping[str, Option], chosen: Mapping[str, tuple[str, ...]]) -> dict[str, OptionValue]:
    """The value of every option, given what a program wrote; what cannot be read stands for nothing."""
    report, place = Report(), Place(FILE)
    found = {}
    for name, option in options.items():
        value = option.value(chosen.get(name, option.default), place, report)
        found[name] = TYPES[option.type][1] if value is None else value
    return found
