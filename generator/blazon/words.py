"""Interface text: sentences from a theme's strings, dates and durations as people read them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from difflib import get_close_matches
from functools import lru_cache

from blazon import plurals, tongues
from blazon.diagnostics import BlazonError
from blazon.model import Duration

_GAP = re.compile(r"\{(\w+)\}")


class Words:
    """The strings of one language, by dotted key; a key with plural forms has one entry per form, such as `badges.one`."""

    def __init__(self, texts: Mapping[str, str], language: str) -> None:
        """The words of a language."""
        self._texts = texts
        self.language = language

    @property
    def direction(self) -> str:
        """The direction the language is written in, as HTML says it."""
        return tongues.direction(self.language)

    def __call__(self, key: str, /, **values: object) -> str:
        """The text of a key with its gaps filled; `count` chooses the plural form."""
        return filled(self.pattern(key, values), values)

    def pattern(self, key: str, values: Mapping[str, object]) -> str:
        """The text of a key as the theme writes it, in the form for this very `count`, or else its plural form."""
        found = self._texts.get(key)
        if found is None and "count" in values:
            count = values["count"]
            category = plurals.category(self.language, count) if isinstance(count, int) else "other"
            forms = (str(count), category, "other")
            found = next((self._texts[f"{key}.{form}"] for form in forms if f"{key}.{form}" in self._texts), None)
        if found is None:
            near = get_close_matches(key, self._texts, n=1)
            raise BlazonError(
                f'the theme has no text called "{key}" in strings/{self.language}.yaml.',
                f'did you mean "{near[0]}"?' if near else "add it there.",
                exit_code=1,
            )
        return found

    def below(self, *keys: str) -> dict[str, str]:
        """The texts whose keys begin with one of these and a dot, as the theme writes them, by key."""
        starts = tuple(f"{key}." for key in keys)
        return {key: text for key, text in sorted(self._texts.items()) if key.startswith(starts)}

    def day(self, when: date) -> str:
        """A date in words: `14 May 2026`."""
        return _day(self, when.year, when.month, when.day)

    def month(self, when: date) -> str:
        """The month of a date in words: `May 2026`."""
        return _month(self, when.year, when.month)

    def duration(self, span: Duration) -> str:
        """A duration in words: `2 years`, `1 hour and 30 minutes`."""
        amounts = [(unit.name, getattr(span, unit.name)) for unit in fields(span)]
        return self.all_of([self(f"duration.{name}", count=amount) for name, amount in amounts if amount])

    def all_of(self, parts: Iterable[str]) -> str:
        """Parts as a sentence lists them: `a, b and c`."""
        *most, last = [*parts] or [""]
        return self("list.and", first=self("list.comma").join(most), last=last) if most else last


@lru_cache(maxsize=1024)
def _day(words: Words, year: int, month: int, day: int) -> str:
    """A day in words, which many awards and pages name."""
    return words("date.day", day=day, month=words(f"date.months.{month}"), year=year)


@lru_cache(maxsize=256)
def _month(words: Words, year: int, month: int) -> str:
    """A month in words."""
    return words("date.month", month=words(f"date.months.{month}"), year=year)


def filled(pattern: str, values: Mapping[str, object]) -> str:
    """A pattern with each `{gap}` replaced by the value of that name."""
    pieces = list(split(pattern))
    for index in range(1, len(pieces), 2):
        name = pieces[index]
        if name not in values:
            raise BlazonError(f'the text "{pattern}" needs a value for "{name}".', exit_code=1)
        pieces[index] = str(values[name])
    return "".join(pieces)


@lru_cache(maxsize=1024)
def split(pattern: str) -> tuple[str, ...]:
    """A pattern as text and names of gaps in turn, beginning and ending with text."""
    return tuple(_GAP.split(pattern))
