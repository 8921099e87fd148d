"""What may still happen to an award once it is issued: the text of its file afterwards, or why that cannot be."""

from __future__ import annotations

import sys
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from hashlib import sha256

from blazon import check, keys, load, rewriting, scaffold, schemas
from blazon.diagnostics import BlazonError, Report, printable
from blazon.model import Award, Program
from blazon.scaffold import NewFile, Random, scalar

CLAIM_ONLY = frozenset({"issued", "expires", "reviews", "scores", "feedback"})
_NEVER_COPIED = frozenset({"revoked", "suspended", "supersedes"})


@dataclass(frozen=True, slots=True)
class Case:
    """An award that something happens to: the program around it, and the files as they are."""

    program: Program
    tree: Mapping[str, bytes]
    award: Award

    @property
    def path(self) -> str:
        """Where the award's file is."""
        return self.award.place.path

    @property
    def data(self) -> bytes:
        """The award's file."""
        return self.tree[self.path]


def case(program: Program, tree: Mapping[str, bytes], wanted: str) -> Case:
    """The case of the award that somebody names: by its file, its earner and name, its id or its address.

    Raises BlazonError when there is no such award.
    """
    shown = wanted.removeprefix("./").rstrip("/").removesuffix("/index.html")
    ids = shown.removeprefix(f"{program.settings.url}awards/")
    for award in program.awards:
        path = award.place.path
        if ids == award.id or shown in (path, path.removeprefix("content/earners/").removesuffix(".yaml")):
            return Case(program, tree, award)
    if shown in tree:
        raise BlazonError(f"{printable(shown)} cannot be read as an award.", "see what is wrong with: blazon check", 1)
    known = [name for award in program.awards for name in (award.place.path, award.id)]
    near = get_close_matches(shown, known, n=1) if len(shown) < 300 else []  # noqa: PLR2004 - no path of ours is longer
    hint = (
        f'did you mean "{near[0]}"?' if near else "name the award's file, such as content/earners/ada/soldering.yaml."
    )
    raise BlazonError(f'there is no award called "{printable(wanted)}".', hint, 2)


def revoked(one: Case, reason: str, on: date) -> NewFile:
    """The file of an award that is withdrawn, for ever."""
    _refuse_unissued(one, "withdraw")
    _refuse_revoked(one)
    return _with(one, "revoked", f"revoked:\n  on: {on}\n  reason: {scalar(reason)}\n")


def suspended(one: Case, reason: str, on: date, until: date | None) -> NewFile:
    """The file of an award that is paused, until a day or until that is lifted."""
    _refuse_unissued(one, "pause")
    _refuse_revoked(one)
    hold = one.award.suspended
    if hold is not None:
        message = f"this award is paused since {hold.since:%Y-%m-%d} already."
        raise BlazonError(message, f"end that first: blazon suspend {one.path} --lift", 1)
    end = f"  until: {until}\n" if until else ""
    return _with(one, "suspended", f"suspended:\n  from: {on}\n  reason: {scalar(reason)}\n{end}")


def lifted(one: Case) -> NewFile:
    """The file of an award that is paused no more."""
    if one.award.suspended is None:
        raise BlazonError("this award is not paused, so there is nothing to lift.", exit_code=1)
    return NewFile(one.path, rewriting.without_field(one.path, one.data, "suspended").decode())


def erased(one: Case, on: date) -> NewFile:
    """What is left of an award that is erased: its identity and its place in the status list, which stay taken."""
    if one.award.erased is not None:
        raise BlazonError(f"this award was erased on {one.award.erased:%Y-%m-%d} already.", exit_code=1)
    if one.award.issued is None:
        message = f"{one.path} is a claim: nothing of it was published."
        raise BlazonError(message, "delete the file.", 1)
    text = f"""\
{schemas.editor_line("award", one.path)}\
# Erased. The address and both numbers stay taken; nothing else is left.
id: {one.award.id}
status_index: {one.award.status_index}
erased:
  on: {on}
"""
    return NewFile(one.path, text)


@dataclass(frozen=True, slots=True)
class Successor:
    """What differs in the award that takes the place of another: the name, and the dates that make it more than a claim."""

    name: str = ""
    issued: date | None = None
    expires: date | None = None


def superseding(one: Case, new: Successor, today: date, random: Random) -> NewFile:
    """A new file for the same earner and badge that takes the place of an award.

    Without a date it is a claim: nothing of the earlier reviews is in it. A hashed e-mail address never is.
    """
    _refuse_unissued(one, "replace")
    _refuse_replaced(one)
    award, claim = one.award, new.issued is None
    if not claim and any(review.signature for review in award.reviews):
        message = "its reviewers signed their reviews, and a signature is for one award alone."
        raise BlazonError(message, "leave --issued out: that writes a claim, which they review and sign.", 1)
    found, _ = rewriting.parts(one.path, one.data)
    left = _NEVER_COPIED | (CLAIM_ONLY if claim else {"issued", "expires"})
    if award.recipient is not None and award.recipient.hash:
        left |= {"recipient"}
    values = {
        "id": scaffold.award_id(random),
        "status_index": str(scaffold.Places(scaffold.taken(one.tree), random).draw()),
        **({"name": scalar(new.name)} if new.name else {}),
        **_version(one, kept=bool(new.name)),
    }
    had = {part.name for part in found}
    body = rewriting.without([replace(found[0], above=""), *found[1:]], left, values).replace("\r\n", "\n")
    added = "".join(f"{name}: {value}\n" for name, value in values.items() if name not in had)
    dates = "".join(
        f"{name}: {day}\n" for name, day in (("issued", new.issued), ("expires", new.expires)) if day is not None
    )
    path = scaffold.free_path(one.tree, award.earner, award.achievement)
    head = (
        schemas.editor_line("award", path)
        + f"# This takes the place of {one.path}.\n"
        + (_RENEWED if claim and not new.name else "")
    )
    wanted = scaffold.reviews_wanted(one.program, one.program.achievement_of(award), award.earner, today)
    tail = f"\n{wanted}" if claim else ""
    return NewFile(path, f"{head}{body.rstrip()}\n{added}supersedes: {award.id}\n{dates}{tail}")


_RENEWED = "# Put what was done since then in place of what stands here, and what shows it.\n"


def private(one: Case, random: Random) -> NewFile:
    """The earner's own file, in which an award is private and has a new key; the links that were given before open nothing."""
    if one.award.erased is not None:
        raise BlazonError("this award is erased; nothing is left of it to show.", exit_code=1)
    key = urlsafe_b64encode(random(32)).decode().rstrip("=")
    path = f"content/earners/{one.award.earner}/earner.yaml"
    data = one.tree.get(path, f"{schemas.editor_line('earner', path)}name: {scalar(one.award.name)}\n".encode())
    text = rewriting.with_values(path, data, "awards", one.award.slug, {"visibility": "private", "key": key})
    return NewFile(path, text.decode())


def link(program: Program, file: NewFile, one: Case) -> str:
    """The whole link that opens a private award, from the file that its earner has now."""
    report = Report()
    now = load.load({**one.tree, file.path: file.text.encode()}, report)
    key = now.page_key_of(one.award) if now else ""
    if not key:
        first = next((found.message for found in report if found.place.path == file.path), "it cannot be read.")
        raise BlazonError(f"{file.path}: {first}", "see what is wrong with: blazon check", 1)
    return f"{program.settings.url}awards/{one.award.id}/#{key}"


def refuse_faults(one: Case, file: NewFile, today: date) -> None:
    """Raise BlazonError when `check` would refuse what a command is about to write."""
    report = Report(sys.maxsize)  # however much is wrong with the program, what is wrong with this file is kept
    program = load.load({**one.tree, file.path: file.text.encode()}, report)
    if program is not None:
        own = tuple(award for award in program.awards if award.earner == one.award.earner)
        check.check(replace(program, awards=own), report, today, verifies=keys.verify)
    for found in report:
        if found.place.path == file.path and found.severity == "error":
            raise BlazonError(found.message, found.hint, 1)


def left_out(one: Case) -> Iterable[str]:
    """What the earner of a superseded award should know: what the new file does not have, and who can find it."""
    if one.award.recipient is not None and one.award.recipient.hash:
        yield "the hash of the e-mail address was for the earlier award; draw another with: blazon recipient"
    earner = one.program.earners.get(one.award.earner)
    if earner is not None and one.award.slug in earner.awards:
        yield f'{earner.place.path} decides about "{one.award.slug}" alone; the new award needs an entry of its own there.'


def reminders(one: Case, credential: bytes | None) -> Iterable[str]:
    """What stays after an award was erased, which no command of ours can take away.

    `credential` is the award's credential.json as it was published, where a built site has it.
    """
    yield "git keeps the earlier text of this file, for everybody who has a copy of the repository; it cannot be called back."
    for award in one.program.awards:
        if any(part.award == one.award.id for part in award.parts):
            name = scalar(one.program.achievement_of(one.award).name)
            digest = f"sha256: {sha256(credential).hexdigest()}" if credential else "the sha256 of its credential.json"
            yield f"{award.place.path} has it among its parts: write name: {name} and {digest} there."
    yield f'the path of the file still says "{one.award.earner}" and "{one.award.slug}".'
    earner = f"content/earners/{one.award.earner}/earner.yaml"
    if earner in one.tree:
        yield f"{earner} is there still; change or delete it if they want that."


def _with(one: Case, name: str, text: str) -> NewFile:
    """The award's file with one more field."""
    return NewFile(one.path, rewriting.with_field(one.path, one.data, name, text).decode())


def _refuse_unissued(one: Case, what: str) -> None:
    """Raise BlazonError for a claim and for an erased award."""
    if one.award.erased is not None:
        message = f"this award was erased on {one.award.erased:%Y-%m-%d}; nothing is left of it to {what}."
        raise BlazonError(message, "an erased award counts no more.", 1)
    if one.award.issued is None:
        message = f"{one.path} is a claim: it was never issued, so there is nothing to {what}."
        raise BlazonError(message, "edit the file, or delete it.", 1)


def _refuse_revoked(one: Case) -> None:
    """Raise BlazonError for an award that is withdrawn."""
    if one.award.revoked is not None:
        message = f"this award was withdrawn on {one.award.revoked.on:%Y-%m-%d} already, and that is for ever."
        raise BlazonError(message, f"to give a new one in its place: blazon supersede {one.path}", 1)


def _refuse_replaced(one: Case) -> None:
    """Raise BlazonError for an award that another one takes the place of already."""
    newer = next((other for other in one.program.awards if other.supersedes == one.award.id), None)
    if newer is not None:
        message = f"this award is replaced by {newer.place.path} already."
        raise BlazonError(message, "replace that one, or edit it while it is a claim.", 1)


def _version(one: Case, *, kept: bool) -> Mapping[str, str]:
    """The version that a successor names: the same for a corrected name, else the one that is awarded today."""
    several = sum(slug == one.award.achievement for slug, _ in one.program.versions) > 1
    if kept or not several:
        return {}
    return {"version": str(one.program.achievements[one.award.achievement].version)}
