"""What is wrong with content: where it is, in one sentence, and what to type instead."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

MOST_TOLD = 10_000  # errors, and as many warnings


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a file: a POSIX path relative to the program, line and column counted from 1, 0 for the whole file."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """The place as editors and terminals write it: `path:line:column`."""
        parts = (printable(self.path), *(str(number) for number in (self.line, self.column) if number))
        return ":".join(parts)


class Severity(StrEnum):
    """How much a diagnostic weighs: an error stops the build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing that is wrong, where it is, and what to do about it."""

    code: str
    place: Place
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    def as_text(self) -> str:
        """The diagnostic for a terminal: a line, and an indented hint when there is one."""
        line = f"{self.place}: {self.severity}: {printable(self.message)} [{self.code}]"
        return f"{line}\n  hint: {printable(self.hint)}" if self.hint else line

    def as_annotation(self) -> str:
        """The diagnostic as a GitHub workflow command, which GitHub shows on the line of the pull request."""
        properties = {"file": self.place.path, "line": self.place.line, "col": self.place.column, "title": self.code}
        named = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items() if value)
        text = f"{self.message} {self.hint}" if self.hint else self.message
        return f"::{self.severity} {named}::{_message(text)}"

    def as_json(self) -> dict[str, object]:
        """The diagnostic as a JSON object with the keys code, severity, path, line, column, message and hint."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            "path": self.place.path,
            "line": self.place.line,
            "column": self.place.column,
            "message": self.message,
            "hint": self.hint,
        }


class Report:
    """The diagnostics of one run; reading goes on after a mistake, so that all of them are seen at once.

    Of very many the first are kept, as a file of a few thousand bytes can be wrong in thousands of ways.
    """

    def __init__(self, most: int = MOST_TOLD) -> None:
        """An empty report, which keeps at most so many errors, and as many warnings."""
        self._kept: dict[Severity, dict[Diagnostic, None]] = {severity: {} for severity in Severity}
        self._most = most
        self._left_out: set[Severity] = set()

    def error(self, code: str, place: Place, message: str, hint: str = "") -> None:
        """Note a mistake that stops a build."""
        self._keep(Diagnostic(code, place, message, hint))

    def warn(self, code: str, place: Place, message: str, hint: str = "") -> None:
        """Note something that a program should look at, and may leave."""
        self._keep(Diagnostic(code, place, message, hint, Severity.WARNING))

    def __iter__(self) -> Iterator[Diagnostic]:
        """The diagnostics, sorted by place."""
        return iter(sorted(chain(*self._kept.values()), key=lambda one: (one.place, one.code)))

    def __len__(self) -> int:
        """How many diagnostics are kept."""
        return self.errors + self.warnings

    @property
    def errors(self) -> int:
        """How many errors are kept."""
        return len(self._kept[Severity.ERROR])

    @property
    def warnings(self) -> int:
        """How many warnings are kept."""
        return len(self._kept[Severity.WARNING])

    @property
    def failed(self) -> bool:
        """Whether anything in here stops a build."""
        return self.errors > 0

    def counted(self, severity: Severity) -> str:
        """How much there is of a severity: `1 error`, `more than 10,000 warnings`."""
        more = "more than " if severity in self._left_out else ""
        return more + counted(len(self._kept[severity]), severity)

    def _keep(self, one: Diagnostic) -> None:
        """Keep a diagnostic, or remember that it was left out."""
        kept = self._kept[one.severity]
        if len(kept) < self._most:
            kept[one] = None
        elif one not in kept:
            self._left_out.add(one.severity)


class BlazonError(Exception):
    """Something outside the content is in the way: a missing key, a full disk, a flag that makes no sense.

    `exit_code` is 2 for wrong usage and 3 for the world; `hint` says what to do.
    """

    def __init__(self, message: str, hint: str = "", exit_code: int = 3) -> None:
        """An error with one sentence, a hint, and the code that the command ends with."""
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.exit_code = exit_code

    def __reduce__(self) -> tuple[type[BlazonError], tuple[str, str, int]]:
        """How the error reaches another process: with all that it says."""
        return type(self), (self.message, self.hint, self.exit_code)


def printable(text: str) -> str:
    """Text as it may reach a terminal: control, format and bidirectional characters are written as escapes."""
    return text if text.isascii() and text.isprintable() else "".join(map(_visible, text))


def listed(words: Iterable[str], conjunction: str = "or") -> str:
    """Words as a sentence lists them: `a, b or c`."""
    *others, last = [*words] or [""]
    return f"{', '.join(others)} {conjunction} {last}" if others else last


def counted(number: int, noun: str) -> str:
    """A number and its noun: `1 error`, `2 errors`, `1,000 files`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def as_json(report: Report, version: str, summary: str) -> str:
    """A report as one JSON object with version, summary and diagnostics."""
    return json_of({"version": version, "summary": summary, "diagnostics": [one.as_json() for one in report]})


def json_of(document: dict[str, object]) -> str:
    """An object as JSON in plain characters; nothing in it begins like a command to the host of a workflow (`##[`)."""
    return json.dumps(document, ensure_ascii=True, indent=2).replace("##[", "#\\u0023[")


def _visible(character: str) -> str:
    """One character as itself when it prints, else as a Python escape."""
    if character.isprintable():
        return character
    return character.encode("unicode_escape").decode("ascii")


def _message(text: str) -> str:
    """Text as the message of a workflow command."""
    return printable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Text as the value of a workflow command's property."""
    return _message(text).replace(":", "%3A").replace(",", "%2C")
