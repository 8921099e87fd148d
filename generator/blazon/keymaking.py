"""What a new key is called, where its two halves go, and what its owner does next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from urllib.parse import urlsplit

from blazon import address, ed25519, schemas
from blazon.diagnostics import BlazonError, Place, Report
from blazon.keyring import is_demo
from blazon.keys import DEMO_SEED, Secret
from blazon.model import Program, VerificationMethod
from blazon.opened import read_and_load

# Names that nobody can have: RFC 2606 and RFC 6761 keep them for examples and tests.
_ADDRESS_OF_NOBODY = re.compile(r"(?:.+\.)?(?:example(?:\.com|\.net|\.org)?|invalid|test)")


@dataclass(frozen=True, slots=True)
class Request:
    """Where a new key goes: the file of its secret half, the path of its public half, and the program that gets it."""

    secret: Path
    public: str
    program: Program


def request(root: Path, home: Path, path: Path | None) -> Request:
    """The places of a new key: `path` for the secret half, or a file in `home` named after the program's address.

    Raises BlazonError when the program cannot be read well enough to name it.
    """
    tree, program = read_and_load(root, Report())
    if program is None or not program.settings.url:
        raise BlazonError("content/site.yaml does not say where the site answers.", "see: blazon check", 1)
    name = next(name for name in map("key-{}".format, range(1, 10_000)) if f"keys/{name}.yaml" not in tree)
    parts = urlsplit(program.settings.url)
    place = re.sub(r"[^a-z0-9.]+", "-", f"{parts.netloc}{parts.path}".lower()).strip("-.")
    return Request(path or home / f"{place}-{name}.key", f"keys/{name}.yaml", program)


def publics(made: Request) -> set[str]:
    """The public keys that a program has already."""
    return {ed25519.write(key.public) for key in made.program.keys}


def public_text(path: str, secret: Secret, today: date, replaces: str = "") -> str:
    """The text of a new public key's file; `replaces` is a compromised key in whose place it signs."""
    replaced = f"replaces: {replaces}\n" if replaces else ""
    return f"""\
{schemas.editor_line("key", path)}\
# The public half of a signing key. The secret half never lies in the repository.
# When another key takes its place, add "until: <date>" and keep this file: old awards name it.
public_key: {ed25519.write(secret.public)}
from: {today}
{replaced}"""


def public_half(made: Request, secret: Secret, today: date) -> VerificationMethod:
    """A new public key as the model has it."""
    since = datetime.combine(today, time.min, UTC)
    return VerificationMethod(Path(made.public).stem, secret.public, since, place=Place(made.public))


def endorser_steps(place: Path, secret: Secret) -> list[str]:
    """What was written for somebody who endorses, and what to do with it."""
    return [
        f"wrote {place}: the secret half of a key to endorse with",
        f"its public half is {ed25519.write(secret.public)}; it stands in every endorsement",
        "next:",
        "  keep a copy where you keep what must not be lost, and tell people the public half where they know you",
        f"  endorse with: blazon endorse BADGE --key {place} --name YOURS",
    ]


def _address_first(url: str) -> Iterator[str]:
    """What to do before all else when the program's address is one that nobody can have."""
    if _ADDRESS_OF_NOBODY.fullmatch(urlsplit(url).netloc.partition(":")[0]):
        yield "  write your own address into content/site.yaml before the first award: every award names it, for ever"


def list_step(program: Program) -> Iterator[str]:
    """What to do after any change of keys where a program has root keys."""
    if program.roots is not None:
        yield "  let whoever holds a root key sign the list of keys: blazon key list --key-file FILE"


def next_steps(made: Request, secret: Secret, today: date, *, protected: bool) -> list[str]:
    """What was written and what to do with it, line by line; the secret itself is never shown."""
    lines = [
        f"wrote {made.secret}: the secret half{', protected by your passphrase' if protected else ''}",
        f"wrote {made.public}: the public half, {ed25519.write(secret.public)}",
        "next:",
        *_address_first(made.program.settings.url),
        "  keep a copy of the secret half where you keep what must not be lost; nobody can make it again",
        f"  commit {made.public}",
        *list_step(made.program),
    ]
    demo = [key.name for key in made.program.keys if key.public == Secret(DEMO_SEED).public]
    if is_demo(made.program):
        lines.append(
            f"  delete keys/{demo[0]}.yaml and the demo's awards before you publish: they are signed by everybody's key"
        )
    elif others := [key.name for key in made.program.keys if key.until is None and key.compromised is None]:
        lines.append(f'  in keys/{others[-1]}.yaml add "until: {today}", and keep the file')
    issuer = address.did_web(made.program.settings.url)
    if protected:
        lines.append(f"  build with: blazon build --key-file {made.secret}")
        lines.append(
            "  or sign here and let a workflow publish: blazon build --record requests.json, then "
            f"blazon sign requests.json --issuer {issuer} --key-file {made.secret}"
        )
    else:
        lines.append(f"  put the content of {made.secret} into the secret BLAZON_SIGNING_KEY of your workflow,")
        lines.append(f"  and {issuer} into its variable BLAZON_ISSUER")
        lines.append("  anybody who reads that file can issue badges in your name")
    return lines
