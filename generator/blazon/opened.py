"""From a folder to a program that may be built: read, loaded, checked and laid out, with every mistake in one report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from blazon import address, authority, check, files, load, lookup
from blazon.address import Plan
from blazon.check_languages import languages_have_strings
from blazon.check_options import options_fit
from blazon.diagnostics import Report
from blazon.keys import Secret, verify
from blazon.model import Program
from blazon.outcome import Outcome, worst

NO_MOMENT = datetime.max.replace(tzinfo=UTC)  # only a listed key can have come to an end


@dataclass(frozen=True, slots=True)
class Opened:
    """A program, where its site will answer, and the files of its theme."""

    program: Program
    plan: Plan
    theme: dict[str, bytes]


def read_and_load(root: Path, report: Report) -> tuple[dict[str, bytes], Program | None]:
    """The files of a program, and what they say as far as they can be read; None for a program that says too little."""
    tree = files.read_tree(root, report)
    return tree, load.load(tree, report, _public_half) if tree else None


def open_program(root: Path, report: Report, today: date, base: str = "") -> tuple[dict[str, bytes], Opened | None]:
    """The files of a folder and the program they make; `base` takes the place of the program's own address.

    Nobody has endorsed what is at another address, so there it is left out.

    Raises BlazonError when there is no program at all, or its theme cannot be used.
    """
    tree, program = read_and_load(root, report)
    if program is None:
        return tree, None
    if base:
        program = _elsewhere(program, base)
    check.check(program, report, today, signed, verify)
    theme = files.read_theme(root, program.settings.theme)
    options_fit(program, theme, report)
    languages_have_strings(program, theme, report)
    return tree, Opened(program, address.lay_out(program, report), theme)


def _elsewhere(program: Program, base: str) -> Program:
    """A program at another address."""
    issuer = replace(program.settings.issuer, endorsements=())
    versions = {key: replace(one, endorsements=()) for key, one in program.versions.items()}
    return replace(
        program,
        settings=replace(program.settings, url=base, issuer=issuer),
        achievements={slug: versions[slug, one.version] for slug, one in program.achievements.items()},
        versions=versions,
    )


def signed(document: Mapping[str, object]) -> Outcome:
    """What can be said about a document's signature with nothing else at hand: a key is known when the issuer is named by it."""
    return worst(authority.signed(document, lookup.Given({}), NO_MOMENT))


def _public_half(seed: bytes) -> bytes:
    """The public key of a seed."""
    return Secret(seed).public
