"""What follows when somebody else may have a key: which files change, what is signed again, and what people do next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from itertools import groupby

from blazon import address, clr, rewriting, signatures
from blazon.diagnostics import BlazonError, counted, listed, printable
from blazon.jsontext import Unreadable
from blazon.keymaking import list_step
from blazon.model import Program, VerificationMethod
from blazon.resigning import Again
from blazon.signatures import Signatures
from blazon.succession import first_key_for, in_force
from blazon.values import nearest


@dataclass(frozen=True, slots=True)
class Theft:
    """A key of a program that somebody else may have, since when, and the key that signs in its place, None while there is none."""

    program: Program
    key: VerificationMethod
    since: date
    successor: VerificationMethod | None

    @property
    def name(self) -> str:
        """What the key that signs in its place is called."""
        return self.successor.name if self.successor else ""


def theft(program: Program, name: str, since: date | None, today: date, *, fresh: bool) -> Theft:
    """What somebody says about a key; `fresh` says that a new key shall take its place, unless one does already.

    Raises BlazonError when there is no such key, or another date stands there already.
    """
    by_name = {key.name: key for key in program.keys}
    key = by_name.get(name)
    if key is None:
        hint = nearest(name, by_name) or f"the keys in keys/ are {listed(sorted(by_name), 'and')}."
        raise BlazonError(f'there is no key "{printable(name)}" in keys/.', hint, 2)
    known = key.compromised.date() if key.compromised else None
    if since and since > today:
        raise BlazonError(f"{since} is in the future; today is {today}.", "say since when somebody may have it.", 2)
    if since and known and since != known:
        message = f'"{name}" is marked as compromised since {known} already.'
        raise BlazonError(message, f"leave out --since, or correct the date in {key.place.path} by hand.", 2)
    now = datetime.combine(today, time.max, UTC)
    there = [one for one in program.keys if name in one.replaces]
    others = [one for one in program.keys if one is not key and in_force(one, now)]
    if not there and not fresh:
        there = sorted(others, key=lambda one: (one.since, one.name))[-1:]
    return Theft(program, key, since or known or today, there[0] if there else None)


def with_successor(one: Theft, new: VerificationMethod) -> Theft:
    """The same once a new key is among those of the program."""
    program = replace(one.program, keys=(*one.program.keys, new))
    return replace(one, program=program, successor=new)


def edits(one: Theft, tree: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The files of keys that change, with their new bytes; first the one that tells which key signs from now on."""
    name, successor = one.key.name, one.successor
    if successor and name not in successor.replaces and successor.place.path in tree:
        path, names = successor.place.path, listed_in_yaml((*successor.replaces, name))
        if successor.replaces:
            yield path, rewriting.with_text(path, tree[path], "replaces", names)
        else:
            yield path, rewriting.with_field(path, tree[path], "replaces", f"replaces: {names}\n")
    if one.key.compromised is None:
        path = one.key.place.path
        yield path, rewriting.with_field(path, tree[path], "compromised", f"compromised: {one.since}\n")


def listed_in_yaml(names: Sequence[str]) -> str:
    """One name, or several as a list on one line."""
    return names[0] if len(names) == 1 else f"[{', '.join(names)}]"


def left_of(data: bytes, one: Theft) -> Signatures | None:
    """The signatures in a file that still count, or None when all of them do.

    Raises BlazonError for a file that cannot be read.
    """
    try:
        found = signatures.read(data)
    except Unreadable as error:
        hint = "bring it back as it was, or delete it and sign anew."
        raise BlazonError(f"{signatures.FILE} cannot be read: {error}", hint, 1) from error
    again = _again(one)
    if all(made.method not in again.methods for made in found.by_id.values()):
        return None
    gone = set(again.of_the_signatures({name: made.method for name, made in found.by_id.items()}))
    return Signatures(found.issuer, {name: made for name, made in found.by_id.items() if name not in gone})


def told(one: Theft) -> Iterator[str]:
    """What is signed again, line by line: each award with its day, badge and earner, and how much else."""
    again = _again(one)
    whole = one.program.whole(lambda award: award.id in again.awards)
    awards = sorted(whole, key=lambda award: (str(award.issued), award.place.path))
    yield f"{counted(len(awards), 'award')} {'is' if len(awards) == 1 else 'are'} signed again{':' if awards else ''}"
    for award in awards:
        badge = one.program.achievements.get(award.achievement)
        what = badge.name if badge else award.achievement
        yield printable(f"  {award.issued:%Y-%m-%d} {what}, {award.earner} ({award.place.path})")
    rest = [(_transcripts(again), "transcript"), (_lists(one), "status list")]
    if more := [counted(number, noun) for number, noun in rest if number]:
        yield f"and with them {listed(more, 'and')}"


def next_steps(one: Theft, key_file: str, *, new: bool) -> list[str]:
    """What people do once the files are written."""
    assert one.successor is not None  # noqa: S101 (it was found or made)
    name, successor, issuer = one.key.name, one.successor.name, address.did_web(one.program.settings.url)
    keep = ["  keep a copy of the new secret half where you keep what must not be lost"] if new else []
    return [
        "next:",
        "  look at each award above, with git's history beside it: what you did not decide, take out before you sign",
        *keep,
        *list_step(one.program),
        f"  delete the secret half of {name} wherever it is, and let your workflow sign with that of {successor}",
        f"  build with: blazon build --key-file {key_file}",
        f"  or sign elsewhere: blazon build --record requests.json, then blazon sign requests.json --issuer {issuer}",
        "  tell earners: copies of before fail their check, and a new one is at the same address",
    ]


def _again(one: Theft) -> Again:
    """What the program signs again once the key is marked."""
    marked = replace(one.key, compromised=datetime.combine(one.since, time.min, UTC))
    keys = tuple(marked if key.name == marked.name else key for key in one.program.keys)
    return Again(replace(one.program, keys=keys), address.plan_of(one.program))


def _transcripts(again: Again) -> int:
    """How many transcripts hold an award that is signed again, or are dated when a compromised key signed."""
    number = 0
    for earner, found in groupby(again.program.awards, key=lambda award: award.earner):
        awards = list(found)
        if wanted := clr.wanted(again.program, earner, awards):
            key = first_key_for(again.program.keys, clr.dated(again.program, awards))
            number += any(award.id in again.awards for award in wanted) or bool(key and key.compromised)
    return number


def _lists(one: Theft) -> int:
    """How many status lists the key signed: all, when it was the newest one that nobody had put away."""
    before = [key for key in one.program.keys if key.until is None and key is not one.successor]
    newest = max(before, key=lambda key: (key.since, key.name), default=None)
    decided = [award for award in one.program.awards if award.issued or award.erased]
    numbers = {1, *(address.status_list_number(award.status_index) for award in decided)}
    return len(numbers) if newest is one.key else 0
