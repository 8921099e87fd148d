"""Rules for endorsements: they are signed, by somebody else, about what they stand beside, and a verifier would take them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from blazon import address, ed25519, jsontext, ob3, prose, shape, vouching
from blazon.address import Plan
from blazon.diagnostics import Report
from blazon.documents import moment
from blazon.model import Endorsement, Program
from blazon.outcome import Outcome, Verdict
from blazon.values import fault_in_slug

LARGEST_CREDENTIAL = 256 * 1024

Signed: TypeAlias = Callable[[Mapping[str, object]], Outcome]
"""Looks at a document's signature: passed, failed, or undecided when its key is not at hand."""

_BYTES_OF_A_PROOF = 1024
# What an endorsement may say, and nothing more: whatever else it said would be said of what has the same id in an award.
_MEMBERS = frozenset(
    [
        "@context",
        "id",
        "type",
        "name",
        "issuer",
        "validFrom",
        "validUntil",
        "credentialStatus",
        "credentialSubject",
        "proof",
    ]
)
_OF_AN_ISSUER = frozenset({"id", "type", "name", "url"})
_OF_A_SUBJECT = frozenset({"id", "type", "endorsementComment"})
_ASK = "ask its issuer for an EndorsementCredential of Open Badges 3.0"


@dataclass(frozen=True, slots=True)
class _Found:
    """An endorsement, the id that it has to be about, and what that is called."""

    endorsement: Endorsement
    subject: str
    noun: str


def endorsements_hold(program: Program, report: Report, today: date, signed: Signed | None) -> None:
    """Every endorsement can be published; without `signed` nobody looks at signatures."""
    plan = address.plan_of(program)
    all_found = list(_endorsements(program, plan))
    own = _own_identities(program, plan) if all_found else frozenset()
    for found in all_found:
        place, document = found.endorsement.place, found.endorsement.document
        why = _fault(found, plan, own, today)
        outcome = None if why or signed is None else signed(document)
        if outcome is not None and (
            outcome.verdict is Verdict.FAILED
            or (outcome.verdict is Verdict.UNDECIDED and vouching.key_of(document))  # its key was at hand
        ):
            why = outcome.sentence
        if why:
            report.error("bad-endorsement", place, f"this endorsement cannot be published: {why}", _ASK)
            continue
        if outcome is not None and outcome.verdict is Verdict.UNDECIDED:
            message = f"nobody has looked at the signature of this endorsement: {outcome.sentence}"
            hint = "its page says so; an endorsement made with blazon endorse carries its key"
            report.warn("unchecked-endorsement", place, message, hint)
        ends = moment(document.get("validUntil"))
        if ends is not None and ends.date() <= today:
            message = f"this endorsement ended on {ends:%Y-%m-%d}."
            report.warn("ended-endorsement", place, message, hint="its page says so; ask its issuer for a new one")


def fault_in(document: Mapping[str, object]) -> str:
    """Why a verifier would not take a document with the words of a badge, in a sentence; "" when it would."""
    outcome = shape.judge(document, ob3.CONTEXT)
    if outcome.verdict is not Verdict.PASSED:
        return outcome.sentence
    size = len(jsontext.embeddable(document).encode()) + _BYTES_OF_A_PROOF  # no form that we publish is longer
    if size > LARGEST_CREDENTIAL:
        return f"it would have {size:,} bytes, and at most {LARGEST_CREDENTIAL:,} are read."
    return ""


def _endorsements(program: Program, plan: Plan) -> Iterator[_Found]:
    """Every endorsement of a program, with what it has to be about."""
    for achievement in program.versions.values():
        subject = plan.url(address.achievement_document(achievement))
        for one in achievement.endorsements:
            yield _Found(one, subject, f"version {achievement.version} of this badge")
    for one in program.settings.issuer.endorsements:
        yield _Found(one, plan.did, "this issuer")


def _own_identities(program: Program, plan: Plan) -> frozenset[str]:
    """The identities that cannot vouch: those that a program signs with, and those that its earners are named by."""
    own = {plan.did, *(f"did:key:{ed25519.write(key.public)}" for key in program.keys)}
    return frozenset(own | {award.recipient.id for award in program.awards if award.recipient and award.recipient.id})


def _fault(found: _Found, plan: Plan, own: frozenset[str], today: date) -> str:
    """Why an endorsement could not be published, but for its signature; "" when it could."""
    document = found.endorsement.document
    if "proof" not in document:
        return "nobody has signed it."
    if vouching.voucher(document) in own:
        return "the program or one of its earners has signed it; somebody else has to vouch."
    return (
        fault_in(document)
        or _fault_in_name(document.get("id"), plan)
        or _fault_in_members(document)
        or _fault_in_subject(document, found)
        or _fault_in_words(document)
        or _fault_in_dates(document, today)
    )


def _fault_in_members(document: Mapping[str, object]) -> str:
    """What an endorsement says beyond what one has to say; "" when nothing is."""
    issuer = document.get("issuer")
    if not isinstance(issuer, dict):
        return "it does not say who vouches."
    more = sorted((document.keys() - _MEMBERS) | (issuer.keys() - _OF_AN_ISSUER))
    if more or issuer.get("type") != ["Profile"]:
        return f"it says more than who vouches for what: {jsontext.quoted(more[0] if more else 'type')}."
    return ""


def _fault_in_subject(document: Mapping[str, object], found: _Found) -> str:
    """What is wrong with the kind of an endorsement, or with what it is about."""
    types, about = document["type"], document.get("credentialSubject")
    if not isinstance(types, list) or "EndorsementCredential" not in types:
        return "it is another kind of document."
    if not isinstance(about, dict) or about.get("id") != found.subject:
        return f"it is about something else than {found.noun}."
    if not set(about) <= _OF_A_SUBJECT or about.get("type") != ["EndorsementSubject"]:
        return f"it says more about {found.noun} than a comment."
    return ""


def _fault_in_name(name: object, plan: Plan) -> str:
    """What is wrong with an endorsement's id: nothing else of this site may have it, or both would be taken for one."""
    if not isinstance(name, str):
        return "it has no id."
    if name.startswith((plan.base, plan.did)) and not plan.is_endorsement(name):
        return "its id is an address of this site, where something else stands."
    return "its id is no name of a file." if plan.is_endorsement(name) and _is_device(name) else ""


def _is_device(name: str) -> bool:
    """Whether an address ends in a name that no file may have everywhere."""
    return fault_in_slug(name.rpartition("/")[2].removesuffix(".json")) is not None


def _fault_in_words(document: Mapping[str, object]) -> str:
    """What is wrong with the words of an endorsement that pages show; "" when nothing is."""
    issuer, subject = document.get("issuer"), document["credentialSubject"]
    name = issuer.get("name") if isinstance(issuer, dict) else None
    comment = subject.get("endorsementComment", "") if isinstance(subject, dict) else ""
    if not isinstance(name, str) or not name:
        return "it does not say who vouches."
    if not isinstance(comment, str):
        return "what it states is not text."
    fault = prose.fault_in_name(name) or prose.fault_in_markdown(comment)
    return f"{fault.sentence.rstrip('.')}, in what its page shows." if fault else ""


def _proofs(document: Mapping[str, object]) -> list[Mapping[str, object]]:
    """The proofs of an endorsement, which stand in a list."""
    found = document.get("proof")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _fault_in_dates(document: Mapping[str, object], today: date) -> str:
    """What is wrong with the time that an endorsement is for; "" when nothing is."""
    begins, ends = moment(document.get("validFrom")), moment(document.get("validUntil"))
    if begins is None or ("validUntil" in document and ends is None):
        return "its dates are not written like 2026-05-14T09:00:00Z."
    if begins.date() > today:
        return f"it begins on {begins:%Y-%m-%d}, which is after today."
    signed = [moment(one.get("created")) for one in _proofs(document)]
    if any(made is None or made.date() > today for made in signed):
        return "it is not signed on a day that has come."
    if ends is not None and ends <= begins:
        return "it ends before it begins."
    return ""
