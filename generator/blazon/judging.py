"""Badges and what was found out about them: where `verify` looks things up, and what its answers amount to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from blazon import files, folder, lookup
from blazon.diagnostics import BlazonError, printable
from blazon.jsontext import Unreadable
from blazon.lookup import Sources
from blazon.verify import Outcome, Verdict, overall, verify

LARGEST_DOCUMENT = 2 << 20

_EXIT_CODES = {Verdict.PASSED: 0, Verdict.FAILED: 1, Verdict.UNDECIDED: 3}


@dataclass(frozen=True, slots=True)
class Judged:
    """A badge by the name of its file, and what each step found."""

    file: str
    outcomes: tuple[Outcome, ...]

    @property
    def verdict(self) -> Verdict:
        """The verdict on the whole."""
        return overall(self.outcomes)


def judge(name: str, data: bytes, sources: Sources, now: datetime) -> Judged:
    """What is found out about the bytes of a file."""
    return Judged(name, verify(data, sources, now))


def sources(site: Path | None, default: Path, given: Sequence[Path]) -> Sources:
    """Where documents are looked up: in the files that were given, then in a built site.

    Raises BlazonError when a file or the site that was named is none; a default site that is not there is left out.
    """
    found: list[Sources] = []
    for path in given:
        try:
            found.append(lookup.given([files.read_given(path, LARGEST_DOCUMENT)]))
        except Unreadable as error:
            raise BlazonError(
                f"{printable(str(path))} is no key document or status list: {error}", exit_code=2
            ) from None
    if site or default.is_dir():
        try:
            found.append(lookup.published(folder.reader(site or default)))
        except Unreadable as error:
            if site:
                raise BlazonError(f"{printable(str(site))} is no built site: {error}", "build it first.", 2) from None
    return lookup.Several(tuple(found))


def exit_code(judged: Sequence[Judged]) -> int:
    """What `verify` ends with: 1 when a badge is not good, else 3 when something could not be decided, else 0."""
    codes = {_EXIT_CODES[one.verdict] for one in judged}
    return next((code for code in (1, 3) if code in codes), 0)
