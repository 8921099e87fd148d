"""A program built in two phases, for tests: recorded without a key, signed from the text of the list alone, and built again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256

import sealing
import stackbook
from blazon import address, ed25519, signatures, signer, site, tosign
from blazon.address import Plan
from blazon.diagnostics import Report
from blazon.files import read_theme
from blazon.keys import Secret
from blazon.model import Program
from blazon.signatures import Signatures
from blazon.tosign import Requests
from stackbook import ADA, FIRST, SECOND, STACK, THIRD
from storybook import FOLDER

SECRET = Secret(sha256(b"two phases").digest())
TODAY = date(2026, 6, 10)
TOP = "t" * 26


def written(requests: Requests) -> str:
    """The text of a list."""
    return "".join(tosign.write(requests))


@dataclass(frozen=True, slots=True)
class Opened:
    """A program, its plan and its theme."""

    program: Program
    plan: Plan
    theme: Mapping[str, bytes]
    today: date = TODAY

    def in_place(self, secrets: Sequence[Secret]) -> dict[str, bytes]:
        """The site, signed in place."""
        return dict(site.publish(self.program, self.plan, secrets, self.theme, self.today))

    def recorded(self, before: Signatures | None = None) -> Requests:
        """What has to be signed, read from its text again."""
        known = signatures.together([before] if before else [])
        return tosign.read(written(site.unsigned(self.program, self.plan, (), self.today, known)).encode())

    def signed(self, secrets: Sequence[Secret], before: Signatures | None = None) -> Signatures:
        """The signatures of all that, read from their text again."""
        before = before or Signatures(self.plan.did, {})
        made = signer.sign(self.recorded(before), before, secrets, self.today)
        return signatures.read(signatures.write(Signatures(before.issuer, {**before.by_id, **made})).encode())

    def assembled(self, made: Signatures, secrets: Sequence[Secret] = ()) -> dict[str, bytes]:
        """The site, with signatures that were made before."""
        known = signatures.together([made])
        return dict(site.publish(self.program, self.plan, secrets, self.theme, self.today, known=known))


def opened(files: Mapping[str, bytes]) -> Opened:
    """A program of these files."""
    program = stackbook.program(files)
    return Opened(program, address.lay_out(program, Report()), read_theme(FOLDER, "stitch"))


def files() -> dict[str, bytes]:
    """A stack in which another stack stands, with parts that have no address, whose earner wants a transcript and sealed one award.

    Parts without an address are nodes without an id, whose names in the canonical text hang on their digests.
    """
    tree = stackbook.tree()
    tree["keys/key-1.yaml"] = f"public_key: {ed25519.write(SECRET.public)}\nfrom: 2026-01-01\n".encode()
    makers = tree[f"{ADA}makers.yaml"]
    for part in (FIRST, SECOND, THIRD):
        makers = makers.replace(part.encode(), f"{part}\n    private: true".encode())
    tree[f"{ADA}makers.yaml"] = makers
    tree["content/badges/masters/badge.yaml"] = (
        tree["content/badges/makers/badge.yaml"]
        .replace(b"name: Makers", b"name: Masters")
        .replace(b"levels: [makers-1, soldering, makers-3]", b"levels: [makers, soldering, makers-3]")
        .replace(b"counts: [{badge: makers-1, level: 3}]\n", b"")
    )
    tree[f"{ADA}masters.yaml"] = (
        f"id: {TOP}\nstatus_index: 10\nbadge: masters\nname: Ada Example\ndid: Did it.\nissued: 2026-05-31\n"
        f"parts:\n  - award: {STACK}\n  - award: {SECOND}\n    private: true\n  - award: {THIRD}\n    private: true\n"
    ).encode()
    tree[f"{ADA}earner.yaml"] = (
        "name: Ada Example\nlisted: true\nvisibility: public\ntranscript: true\n"
        f"awards:\n  soldering:\n    visibility: private\n    key: {sealing.KEY}\n"
    ).encode()
    return tree


@cache
def stack() -> Opened:
    """That program."""
    return opened(files())
