"""From a folder to a program that may be built: read, loaded, checked and laid out, with every mistake in one report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from blazon import address, authority, check, files, leaks, load, lookup, signatures
from blazon.address import Plan
from blazon.check_languages import languages_have_strings
from blazon.check_options import options_fit
from blazon.diagnostics import BlazonError, Place, Report
from blazon.files import Sources
from blazon.jsontext import Unreadable
from blazon.keyring import is_demo
from blazon.keys import Secret, verify
from blazon.model import Program
from blazon.outcome import Outcome, worst
from blazon.signatures import Signatures

NO_MOMENT = datetime.max.replace(tzinfo=UTC)  # only a listed key can have come to an end


@dataclass(frozen=True, slots=True)
class Opened:
    """A program, where its site will answer, the files of its theme, and the signatures that it keeps."""

    program: Program
    plan: Plan
    theme: dict[str, bytes]
    signatures: Signatures | None


def read_and_load(root: Path, report: Report) -> tuple[dict[str, bytes], Program | None]:
    """The files of a program, and what they say as far as they can be read; None for a program that says too little.

    The files are held as they are now, for whoever is about to change some of them.
    """
    tree = dict(files.read_tree(root, report))
    return tree, load.load(tree, report, _public_half) if tree else None


def open_program(
    root: Path, report: Report, today: date, base: str = "", host: str = ""
) -> tuple[Sources, Opened | None]:
    """The files of a folder and the program they make; `base` takes the place of the program's own address.

    `host` is where the site will be shown: the demo moves there, any other program has to have that address. Nobody has
    endorsed what is at another address, so there it is left out.

    Raises BlazonError when there is no program at all, when it is shown elsewhere, or its theme cannot be used.
    """
    tree = files.read_tree(root, report)
    program = load.load(tree, report, _public_half) if tree else None
    if program is None:
        return tree, None
    leaks.refuse_secrets(
        files.read_others(root, tree), report, load.publics_of(program.keys, program.roots), _public_half
    )
    if not base and host and program.settings.url not in {"", host}:
        base = _moved(program, host)
    if base:
        program = _elsewhere(program, base)
    check.check(program, report, today, signed, verify)
    theme = files.read_theme(root, program.settings.theme)
    options_fit(program, theme, report)
    languages_have_strings(program, theme, report)
    plan = address.lay_out(program, report)
    return tree, Opened(program, plan, theme, _signatures(root, "" if base else plan.did, report))


def _signatures(root: Path, issuer: str, report: Report) -> Signatures | None:
    """The signatures beside the content, or None where there are none; `issuer` is whose they have to be, "" for anybody."""
    data = files.read_signatures(root)
    if data is None:
        return None
    place, hint = Place(signatures.FILE), "bring it back as it was; whoever holds the key can also sign again"
    try:
        found = signatures.read(data)
    except Unreadable as error:
        report.error("bad-signatures", place, f"these signatures cannot be read: {error}", hint)
        return None
    if issuer not in {"", found.issuer}:
        message = f"these are signatures of {found.issuer}, and this program is {issuer}."
        report.error("bad-signatures", place, message, "delete the file, and sign anew")
    return found


def _moved(program: Program, host: str) -> str:
    """The address at which a host shows a program. Raises BlazonError for one that has an address and a key of its own."""
    if not is_demo(program):
        message = f"the host shows this site at {host}, and content/site.yaml says {program.settings.url}."
        hint = f'addresses are for ever: set that domain at the host, or, before the first award, write "url: {host}"'
        raise BlazonError(message, hint, exit_code=1)
    return host


def _elsewhere(program: Program, base: str) -> Program:
    """A program at another address, for which nobody has endorsed anything and no root key has signed."""
    issuer = replace(program.settings.issuer, endorsements=())
    versions = {key: replace(one, endorsements=()) for key, one in program.versions.items()}
    return replace(
        program,
        settings=replace(program.settings, url=base, issuer=issuer),
        achievements={slug: versions[slug, one.version] for slug, one in program.achievements.items()},
        versions=versions,
        roots=None,
        key_list=b"",
    )


def signed(document: Mapping[str, object]) -> Outcome:
    """What can be said about a document's signature with nothing else at hand: a key is known when the issuer is named by it."""
    return worst(authority.signed(document, lookup.Given({}), NO_MOMENT))


def _public_half(seed: bytes) -> bytes:
    """The public key of a seed."""
    return Secret(seed).public
