"""A badge to a list of named outcomes. It reads our badges with a stranger's eyes: bytes, a key document, a status list, nothing else.

Steps are readable, format, proof, issuer, dates and status; for a picture also picture, and hosted when it carries an
Open Badges 2.0 copy; endorsement for each endorsement inside; part for each award that a stack is made of; for a transcript
award for each award inside, which is checked as if it stood alone. All that can be taken are taken, so bad news is complete.
"""

from __future__ import annotations

import re
from base64 import b64decode, urlsafe_b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from blazon import bake, jsontext, shape
from blazon.authority import Document, at_home, issuer_of, signed
from blazon.jsontext import Unreadable, quoted, text_of
from blazon.lookup import Remembered, Sources, remembered
from blazon.outcome import (
    Doubt,
    Ended,
    Failure,
    Outcome,
    Verdict,
    failed,
    only_ended,
    overall,
    passed,
    take,
    undecided,
    worst,
)
from blazon.validity import period, status
from blazon.vocabulary import BADGES_CONTEXT, CREDENTIALS_CONTEXT, EXTENSIONS_CONTEXT, RECORDS_CONTEXT
from blazon.wholeness import parts

__all__ = ["Outcome", "Verdict", "overall", "verify"]

READABLE, PICTURE, HOSTED, ENDORSEMENT, AWARD = "readable", "picture", "hosted", "endorsement", "award"

LARGEST_FILE = 8 * 1024 * 1024
LARGEST_CREDENTIAL = 256 * 1024
MOST_ENDORSEMENTS = 20
MOST_AWARDS = 200

_CONTEXT = (CREDENTIALS_CONTEXT, BADGES_CONTEXT)
_EXTENDED_CONTEXT = (*_CONTEXT, EXTENSIONS_CONTEXT)
_RECORD_CONTEXT = (CREDENTIALS_CONTEXT, RECORDS_CONTEXT, BADGES_CONTEXT)
_BADGE_TYPES = frozenset({"OpenBadgeCredential", "AchievementCredential"})
_RECORD_TYPES = frozenset({"ClrCredential"})
# What a transcript may say for itself: everything else in it is said by the awards inside, which are checked one by one.
_OF_A_RECORD = frozenset(
    [
        "@context",
        "id",
        "type",
        "name",
        "description",
        "issuer",
        "validFrom",
        "validUntil",
        "partial",
        "credentialStatus",
        "credentialSubject",
        "proof",
    ]
)
_OF_ITS_SUBJECT = frozenset({"id", "type", "identifier", "verifiableCredential", "association"})
_ASSERTION_CONTEXT = "https://w3id.org/openbadges/v2"
_PNG, _SVG = "image/png", "image/svg+xml"
_ENDINGS = {_PNG: ".png", _SVG: ".svg"}
_DIGEST = re.compile(r"sha256-([A-Za-z0-9+/]{43}=)")
_TOKEN = re.compile(r"\s*([A-Za-z0-9_-]+)\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*\s*")
_SIGNING_ALGORITHMS = frozenset({"RS256", "PS256", "ES256", "ES384", "EdDSA"})


@dataclass(frozen=True, slots=True)
class _Found:
    """What a file holds: the credential and the 2.0 assertion as text, and the picture around them with its media type."""

    credential: str | None
    assertion: str | None
    picture: bytes = b""
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Examined:
    """What each step found out about a badge, and its credential where one could be read."""

    outcomes: tuple[Outcome, ...]
    credential: Document | None = None


def verify(data: bytes, sources: Sources, now: datetime) -> tuple[Outcome, ...]:
    """What each step found out about a badge: a JSON credential, or a PNG or SVG with one inside.

    `sources` gives the documents that the badge names; `now` is a moment with a time zone. Anything may be in `data`:
    the answer is always outcomes, and the badge is good only when every one of them passed.
    """
    return examine(data, sources, now).outcomes


def examine(data: bytes, sources: Sources, now: datetime) -> Examined:
    """What `verify` finds, with the credential. Sources that are Remembered serve many badges, all of them at one moment."""
    try:
        found = _read(data)
        if found.credential is None:
            return Examined(_without_credential(found, sources))
        token = _TOKEN.fullmatch(found.credential)
        if token:
            return Examined((_token(token[1]),))
        document = jsontext.parse(found.credential.encode(), LARGEST_CREDENTIAL)
    except bake.Unusual as error:
        return Examined((undecided(READABLE, str(error)),))
    except Unreadable as error:
        return Examined((failed(READABLE, str(error)),))
    if document.get("@context") == _ASSERTION_CONTEXT and not found.media_type:
        return Examined(_without_credential(_Found(None, found.credential), sources))
    return Examined(tuple(_steps(document, found, remembered(sources), now.astimezone(UTC))), document)


def _steps(document: Document, found: _Found, sources: Remembered, now: datetime) -> Iterator[Outcome]:
    """The outcomes for a credential that could be read."""
    noun = "transcript" if _is_record(document) else "credential"
    yield passed(READABLE, f"it is a {noun}{' inside a picture' if found.media_type else ''}.")
    key = ("credential", jsontext.compact(document))  # the same one stands in several files of an award
    first, rest = sources.made(key, lambda: _said(document, sources, now))
    yield from first
    if found.media_type:
        yield _picture(document, found)
        if found.assertion is not None:
            assertion, name = found.assertion, document.get("id")
            copy = ("hosted", assertion, jsontext.compact(name))
            yield sources.made(copy, lambda: take(HOSTED, lambda: _hosted(assertion, name, sources)))
    yield from rest


def _said(document: Document, sources: Sources, now: datetime) -> tuple[list[Outcome], list[Outcome]]:
    """The outcomes for what a credential says, in whatever file it stands: of itself, and of the credentials inside it."""
    record = _is_record(document)
    form = _record_format(document) if record else _format(document)
    first = [form, *_standing(document, sources, now)]
    if form.verdict is not Verdict.PASSED:  # then the limits on its size do not bound what is inside
        return first, []
    if record:
        return first, list(_awards(document, sources, now))
    return first, [*_vouched(document, sources, now), *_whole(document, sources, now)]


def _is_record(document: Document) -> bool:
    """Whether a credential is a transcript."""
    return document.get("@context") == list(_RECORD_CONTEXT)


def _standing(document: Document, sources: Sources, now: datetime) -> Iterator[Outcome]:
    """The outcomes of proof, issuer, dates and status: who says it, and whether it counts."""
    proof, issuer = signed(document, sources, now)
    yield proof
    yield worst((issuer, at_home(document)))
    yield period(document, now)
    yield status(document, sources, now)


def _whole(document: Document, sources: Sources, now: datetime) -> Iterator[Outcome]:
    """The outcomes for the parts of a stack: each has to be what it was, signed, and not withdrawn."""

    def stands(part: Document) -> Iterator[Outcome]:
        proof, issuer = signed(part, sources, now)
        yield from (_format(part), proof, worst((issuer, at_home(part))), status(part, sources, now))

    yield from parts(document, sources, stands)


def _vouched(document: Document, sources: Sources, now: datetime) -> Iterator[Outcome]:
    """The outcomes for the endorsements inside a badge."""
    endorsements = list(_endorsements(document))
    if len(endorsements) > MOST_ENDORSEMENTS:
        yield undecided(ENDORSEMENT, f"it carries more than {MOST_ENDORSEMENTS} endorsements.")
        return
    for endorsement in endorsements:
        yield _endorsement(endorsement, document, sources, now)


def _awards(document: Document, sources: Sources, now: datetime) -> Iterator[Outcome]:
    """The outcomes for the awards inside a transcript, whose signature covers them and says nothing about whether each holds.

    Whoever vouches for its issuer is looked at too.
    """
    subject = document.get("credentialSubject")
    found = subject.get("verifiableCredential") if isinstance(subject, dict) else None
    yield from _vouched({name: document.get(name) for name in ("id", "issuer")}, sources, now)
    if not isinstance(found, list):
        yield undecided(AWARD, "it has no award inside.")
        return
    if len(found) > MOST_AWARDS:
        yield undecided(AWARD, f"it carries more than {MOST_AWARDS} awards.")
        return
    for one in found:  # objects, or the document would be none that we know
        yield _award(one, document, sources, now)


def _award(award: Document, document: Document, sources: Sources, now: datetime) -> Outcome:
    """Whether an award inside a transcript holds when it is looked at alone, and whose it is."""
    name = quoted(text_of(award.get("name")) or text_of(award.get("id")))
    inside = (*_vouched(award, sources, now), *_whole(award, sources, now))
    found = (_format(award), *_standing(award, sources, now), *inside)
    outcome = worst(found)
    if outcome.verdict is not Verdict.PASSED:
        sentence = f"{name} in it does not hold: {outcome.sentence}"
        return Outcome(AWARD, outcome.verdict, sentence, ended=only_ended(found))
    if issuer_of(award) != issuer_of(document):
        return passed(AWARD, f"{name} in it holds; {quoted(issuer_of(award))} issued it.")
    return passed(AWARD, f"{name} in it holds.")


def _record_format(document: Document) -> Outcome:
    """The outcome of the step format: the one form of a transcript."""
    outcome = _typed(shape.judge(document, _RECORD_CONTEXT), document, _RECORD_TYPES)
    subject = document.get("credentialSubject")
    if outcome.verdict is not Verdict.PASSED or not isinstance(subject, dict):
        return outcome
    more = sorted((document.keys() - _OF_A_RECORD) | (subject.keys() - _OF_ITS_SUBJECT))
    if more or subject.get("type") != ["ClrSubject"]:
        what = quoted(more[0] if more else "type")
        return undecided(shape.STEP, f"it says something beside its awards that we do not check: {what}.")
    return outcome


def _read(data: bytes) -> _Found:
    """The parts of a file, whose first bytes say what it is."""
    if len(data) > LARGEST_FILE:
        raise Unreadable(f"it is longer than {LARGEST_FILE:,} bytes.")
    if data.startswith(b"\x89PNG"):
        baked, media_type = bake.unbake_png(data), _PNG
    elif data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        baked, media_type = bake.unbake_svg(data), _SVG
    else:
        try:
            return _Found(data.decode(), None)
        except UnicodeDecodeError:
            raise Unreadable("it is not a badge that we can read: we read PNG, SVG and JSON.") from None
    return _Found(baked.credential, baked.assertion, baked.picture, media_type)


def _without_credential(found: _Found, sources: Sources) -> tuple[Outcome, ...]:
    """The outcomes for a file that is at best an Open Badges 2.0 assertion, which nobody signed."""
    if found.assertion is None:
        return (failed(READABLE, "it carries no badge."),)
    sentence = "it is an Open Badges 2.0 assertion, which is not signed: ask the address that it names."
    assertion = found.assertion
    return undecided(READABLE, sentence), take(HOSTED, lambda: _hosted(assertion, None, sources))


def _token(header: str) -> Outcome:
    """The outcome for a credential that is a JSON Web Token, a form that we do not check."""
    try:
        content = jsontext.parse(urlsafe_b64decode(header + "=" * (-len(header) % 4)), LARGEST_CREDENTIAL)
    except ValueError:
        return failed(READABLE, "it is not a badge that we can read: we read PNG, SVG and JSON.")
    if str(content.get("alg")) not in _SIGNING_ALGORITHMS or "jwk" in content:
        return failed(READABLE, "it is a token that anybody could have made.")
    return undecided(READABLE, "it is a signed token (JWT), a form of badge that we do not check.")


def _format(document: Document) -> Outcome:
    """The outcome of the step format: the one form of an Open Badges 3.0 award."""
    context = _EXTENDED_CONTEXT if document.get("@context") == list(_EXTENDED_CONTEXT) else _CONTEXT
    return _typed(shape.judge(document, context), document, _BADGE_TYPES)


def _typed(outcome: Outcome, document: Document, wanted: frozenset[str]) -> Outcome:
    """The outcome of the step format for a document that has to be of one of these types."""
    types = document.get("type")
    if outcome.verdict is Verdict.PASSED and (
        not isinstance(types, list) or "VerifiableCredential" not in types or wanted.isdisjoint(map(str, types))
    ):
        return undecided(shape.STEP, "it is a signed document, but not a badge.")
    return outcome


def _picture(document: Document, found: _Found) -> Outcome:
    """Whether the picture around a credential is the one whose digest is signed with it (VC 2.0, §5.3)."""
    resources = document.get("relatedResource")
    ending = _ENDINGS[found.media_type]
    digests = [
        _DIGEST.fullmatch(text_of(one.get("digestSRI")))
        for one in (resources if isinstance(resources, list) else [])
        if isinstance(one, dict)
        and one.get("mediaType", found.media_type) == found.media_type
        and text_of(one.get("id")).endswith(ending)
    ]
    if not digests:
        return undecided(PICTURE, "its issuer has not signed what its picture looks like.")
    if len(digests) > 1 or digests[0] is None:
        return undecided(PICTURE, "what is signed about its picture is in a form that we do not know.")
    if b64decode(digests[0][1]) != sha256(found.picture).digest():
        return failed(PICTURE, "the picture is not the one that belongs to this badge.")
    return passed(PICTURE, "the picture is the one that was signed.")


def _hosted(assertion: str, credential: object, sources: Sources) -> str:
    """What is to be said about an Open Badges 2.0 copy that is what its own address says, and about the same award.

    `credential` is the address of the 3.0 credential beside it, or None without one.
    """
    if not assertion.lstrip().startswith("{"):
        raise Doubt("the Open Badges 2.0 copy is in a form that we do not check.")
    try:
        copy = jsontext.parse(assertion.encode(), LARGEST_CREDENTIAL)
    except Unreadable as error:
        raise Failure(f"the Open Badges 2.0 copy cannot be read: {error}") from None
    url = copy.get("id")
    if not isinstance(url, str) or (credential is not None and _folder(url) != _folder(text_of(credential))):
        raise Failure("the Open Badges 2.0 copy belongs to another award.")
    data = sources.document(url)
    if data is None:
        raise Doubt("the Open Badges 2.0 document is not here to compare with.")
    try:
        original = jsontext.parse(data, LARGEST_CREDENTIAL)
    except Unreadable as error:
        raise Doubt(f"the Open Badges 2.0 document cannot be read: {error}") from None
    if original.get("id") == url and original.get("revoked") is True:
        raise Ended("the Open Badges 2.0 document says that it has been withdrawn.")
    if not jsontext.same(copy, original):
        raise Failure("the Open Badges 2.0 copy is not what its issuer published.")
    return "the Open Badges 2.0 copy is what its issuer published."


def _folder(url: str) -> str:
    """The folder of an address: everything up to its last slash."""
    return url[: url.rfind("/") + 1]


def _endorsements(value: object) -> Iterator[Document]:
    """Every endorsement inside a document, wherever the standard lets one stand."""
    if isinstance(value, Mapping):
        for name, one in value.items():
            if name == "endorsement" and isinstance(one, list):
                yield from (entry for entry in one if isinstance(entry, dict))
            elif name != "proof" and not isinstance(one, str):
                yield from _endorsements(one)
    elif isinstance(value, list):
        for one in value:
            if not isinstance(one, str):
                yield from _endorsements(one)


def _endorsement(endorsement: Document, document: Document, sources: Sources, now: datetime) -> Outcome:
    """Whether an endorsement is signed by its own issuer, in force, and about this badge (Open Badges 3.0, §B.1.10)."""
    subject = document.get("credentialSubject")
    achievement = subject.get("achievement") if isinstance(subject, dict) else None
    about = endorsement.get("credentialSubject")
    endorsed = about.get("id") if isinstance(about, dict) else None
    known = (document.get("id"), issuer_of(document), achievement.get("id") if isinstance(achievement, dict) else None)
    if endorsed is None or endorsed not in known:
        return failed(ENDORSEMENT, "an endorsement in it is about something else.")
    if next(_endorsements(endorsement), None) is not None:
        return undecided(ENDORSEMENT, "an endorsement in it carries an endorsement of its own, which we do not check.")
    looked = (*signed(endorsement, sources, now), period(endorsement, now), status(endorsement, sources, now))
    outcomes = (*looked, shape.judge(endorsement, _CONTEXT))
    outcome = worst(outcomes)
    if outcome.verdict is Verdict.PASSED:
        return passed(ENDORSEMENT, "an endorsement in it is signed by whoever gave it.")
    sentence = f"an endorsement in it does not hold: {outcome.sentence}"
    return Outcome(ENDORSEMENT, outcome.verdict, sentence, ended=only_ended(outcomes))
