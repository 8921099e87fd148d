"""What a new root key is written into, which list of keys comes next, and what its owner does then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from blazon import ed25519, keylist, rewriting, schemas
from blazon.check_roots import composed
from blazon.diagnostics import BlazonError, Report, counted, listed
from blazon.jsontext import Unreadable
from blazon.keylist import KeyList
from blazon.keys import Secret, verify
from blazon.layout import KEY_LIST, ROOT
from blazon.model import Program
from blazon.opened import read_and_load

_SEE = "see what is wrong with: blazon check"


@dataclass(frozen=True, slots=True)
class Held:
    """A program that root keys are made for or sign for, and the file of its root keys, which may be missing."""

    program: Program
    roots: bytes | None

    @property
    def publics(self) -> set[str]:
        """The root keys that it has already."""
        return set(map(ed25519.write, self.program.roots.public)) if self.program.roots else set()


@dataclass(frozen=True, slots=True)
class Signing:
    """A list of keys before and after somebody signed it; `before` is None for the first one."""

    before: KeyList | None
    after: KeyList

    @property
    def changed(self) -> bool:
        """Whether there is anything to write."""
        return self.before != self.after


def held(root: Path) -> Held:
    """The program in a folder; raises BlazonError when it, or a file in its keys/, cannot be read."""
    tree, program = read_and_load(root, Report())
    if program is None or not program.settings.url:
        raise BlazonError("content/site.yaml does not say where the site answers.", _SEE, 1)
    if any(name.startswith("keys/") for name in program.broken):
        raise BlazonError("a file in keys/ cannot be read.", _SEE, 1)
    return Held(program, tree.get(ROOT))


def with_root(before: bytes | None, secret: Secret) -> bytes:
    """The file of root keys with one more; `before` is None where there was none."""
    public = ed25519.write(secret.public)
    if before is not None:
        return rewriting.with_entry(ROOT, before, "public_keys", f"{public}\n")
    return f"""\
{schemas.editor_line("root", ROOT)}\
# Root keys sign the list of keys in list.json, and nothing else. Their secret halves are kept offline.
public_keys:
  - {public}
# How many of them have to sign.
threshold: 1
""".encode()


def root_steps(place: Path, secret: Secret, *, protected: bool) -> list[str]:
    """What was written and what to do with it, line by line; the secret itself is never shown."""
    return [
        f"wrote {place}: the secret half of a root key{', protected by your passphrase' if protected else ''}",
        f"wrote {ROOT}: its public half, {ed25519.write(secret.public)}",
        "next:",
        f"  sign the list of keys: blazon key list --key-file {place}",
        "  then keep the secret half in two places that no network reaches; nobody can make it again",
        "  give the public half, whole, to whoever checks your badges: on paper, or where they know you",
    ]


def next_list(program: Program, secret: Secret, today: date) -> Signing:
    """The list of a program's keys with the signature of a root key: a new number when it says something new.

    Raises BlazonError when the key is none that signs lists, or the last list cannot be read.
    """
    before = _last(program)
    _refuse(program, before, secret)
    after = composed(program, before.number if before else 1, before.date if before else f"{today}")
    if before is not None and not after.same_as(before):
        after = composed(program, before.number + 1, f"{today}")
    elif before is not None:
        after = before
    if (root := ed25519.write(secret.public)) not in after.signers(verify):
        after = after.without(root).signed(root, secret.signer("").sign(after.message))
    return Signing(before, _readable(after))


def list_steps(made: Signing) -> Iterator[str]:
    """What was written and what to do with it, line by line."""
    one, right = made.after, made.after.signers(verify)
    what = "wrote" if made.changed else "nothing to add to"
    yield f"{what} {KEY_LIST}: number {one.number}, {counted(len(one.keys), 'key')}, signed by {_signers(one)}"
    if made.before and right.union(one.roots).isdisjoint(made.before.roots):
        yield f"note: of the root keys of number {made.before.number}, none has signed it: whoever pinned one of them is not taken along"
        yield f"  if you still have one, bring {KEY_LIST} back as it was, and let that one sign first"
    if (missing := one.threshold - len(right.intersection(one.roots))) > 0:
        yield f"next: it needs {counted(missing, 'more signature')}: blazon key list --key-file FILE, where another root key is"
    elif made.changed:
        yield f"next: commit {KEY_LIST}, and publish"


def shown(program: Program) -> Iterator[str]:
    """The root keys of a program and its list of keys, line by line; nothing without root keys."""
    if program.roots is not None:
        yield from (f"root: {ed25519.write(public)}" for public in program.roots.public)
        last = _last(program)
        signed = f"{last.named}, signed by {_signers(last)}" if last else "not signed yet"
        yield f"{KEY_LIST}: {signed}"


def _signers(one: KeyList) -> str:
    """Who signed a list, in short."""
    return listed(map(ed25519.fingerprint, sorted(one.signers(verify))), "and") or "nobody"


def _last(program: Program) -> KeyList | None:
    """The list that was signed last, or None before the first."""
    try:
        return keylist.read(program.key_list) if program.key_list else None
    except Unreadable as error:
        raise BlazonError(f"{KEY_LIST} cannot be read: {error}", "bring it back as it was.", 1) from error


def _refuse(program: Program, before: KeyList | None, secret: Secret) -> None:
    """Raise BlazonError unless a secret is that of a root key, of those of today or of those that signed the last list."""
    if program.roots is None:
        raise BlazonError(f"there is no {ROOT}.", "make a root key: blazon key root FILE", 1)
    if not program.keys:
        raise BlazonError("there is no public key in keys/ to list.", "make one with: blazon key new", 1)
    for key in program.keys:
        if key.public == secret.public:
            message = (
                f'this is the key "{key.name}", which signs badges, and a root key signs nothing but the list of keys.'
            )
            raise BlazonError(message, "name the file of a root key.")
    earlier = (*before.roots, *(root for root, _ in before.signatures)) if before else ()
    if ed25519.write(secret.public) not in {*map(ed25519.write, program.roots.public), *earlier}:
        raise BlazonError(f"this key is none of the root keys in {ROOT}.", "name the file of one of those.")


def _readable(one: KeyList) -> KeyList:
    """A list that can be read again. Raises BlazonError when it is longer than lists may be."""
    try:
        return keylist.read(keylist.write(one).encode())
    except Unreadable as error:
        raise BlazonError(f"the list of keys cannot be written: {error}", _SEE, 1) from error
