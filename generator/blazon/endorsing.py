"""An endorsement by somebody who holds a key of their own: what it is about, what it says, and where its file goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from blazon import address, ed25519, jsontext, ob3, proof, prose, scaffold, values
from blazon.diagnostics import BlazonError, printable
from blazon.keys import Secret
from blazon.model import Achievement, Endorsement, Program
from blazon.scaffold import NewFile

USAGE = 2


@dataclass(frozen=True, slots=True)
class Words:
    """What an endorser says: their name, what they state, their own address, and the last day on which it counts."""

    name: str
    comment: str = ""
    url: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Endorsed:
    """A new endorsement's file, and the line that names it with the field and the file where that line belongs."""

    file: NewFile
    line: str
    where: str


def endorse(program: Program, badge: str, words: Words, secret: Secret, today: date) -> Endorsed:
    """A signed endorsement of a badge as it is awarded today, or of the issuer when `badge` is "".

    It is dated today, so awards of earlier days stay as they are. Raises BlazonError when there is no such badge, when the
    words cannot be shown, and when the key is one of the program's own.
    """
    _refuse(program, words, secret, today)
    plan = address.plan_of(program)
    achievement = _badge(program, badge) if badge else None
    name = scaffold.named(words.name).slug
    folder = f"content/badges/{badge}" if achievement else "content"
    blank = Endorsement(name, {})
    document = ob3.endorsement(
        plan.url(plan.endorsement(blank, achievement)),
        plan.url(address.achievement_document(achievement)) if achievement else plan.did,
        ob3.Voucher(ed25519.write(secret.public), words.name, words.url),
        words.comment,
        _midnight(today),
        _midnight(words.until) if words.until else None,
    )
    identity = f"did:key:{ed25519.write(secret.public)}"
    signer = secret.signer(f"{identity}#{ed25519.write(secret.public)}")
    text = jsontext.write(proof.sign(document, signer, _midnight(today)))
    where = f"{folder}/badge.yaml" if achievement else "content/site.yaml, below issuer"
    return Endorsed(NewFile(f"{folder}/{name}.json", text), f"endorsements: [{name}.json]", where)


def _refuse(program: Program, words: Words, secret: Secret, today: date) -> None:
    """Raise BlazonError for a key or for words that `check` would refuse."""
    if any(key.public == secret.public for key in program.keys):
        message = "this is the program's own key, and nobody vouches for themselves."
        raise BlazonError(message, "the endorser makes a key of their own: blazon key new --endorser", USAGE)
    if words.comment and (fault := prose.fault_in_markdown(words.comment)):
        raise BlazonError(f"--comment: {fault.sentence}", fault.hint, USAGE)
    if words.url and (fault := prose.fault_in_url(words.url)):
        raise BlazonError(f"--url: {fault.sentence}", fault.hint, USAGE)
    if words.until and words.until <= today:
        raise BlazonError(f"--until: {words.until} is not after today.", "name a later day, or leave it out.", USAGE)


def _badge(program: Program, slug: str) -> Achievement:
    """The badge of a name."""
    achievement = program.achievements.get(slug)
    if achievement is None:
        hint = values.nearest(slug, program.achievements) or "the badges are the folders in content/badges/"
        raise BlazonError(f'there is no badge called "{printable(slug)}".', hint, USAGE)
    return achievement


def _midnight(day: date) -> datetime:
    """The beginning of a day."""
    return datetime.combine(day, time(), UTC)
