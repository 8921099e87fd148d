"""An earner's transcript: a Comprehensive Learner Record 2.0 with whole awards inside, not yet signed (1EdTech CLR 2.0, §B.1).

It holds the awards that the earner lists and that still stand, newest first, as many as fit; which badge is a part of which
is said by associations between achievements.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import accumulate, pairwise
from typing import TypeAlias, TypeVar

from blazon import address, jsontext
from blazon.address import Plan
from blazon.diagnostics import BlazonError
from blazon.documents import Document, filled, timestamp
from blazon.model import Achievement, Award, Brief, Program
from blazon.periods import expires
from blazon.stacks import lost
from blazon.standing import is_listed
from blazon.vocabulary import BADGES_CONTEXT, CREDENTIALS_CONTEXT, RECORDS_CONTEXT

CONTEXT = [CREDENTIALS_CONTEXT, RECORDS_CONTEXT, BADGES_CONTEXT]
LARGEST = 256 * 1024

_BYTES_OF_A_PROOF = 1024
_LONGEST_SIGNATURE = "z" * 89
_MOST_ASSOCIATIONS = 100

Known = TypeVar("Known", bound=Brief)

Credentials: TypeAlias = Sequence[tuple[Award, Mapping[str, object]]]
"""Awards with their signed credentials."""


def asked(program: Program, earner: str) -> bool:
    """Whether an earner wants a transcript."""
    found = program.earners.get(earner)
    return found is not None and found.transcript


def wanted(program: Program, earner: str, awards: Sequence[Known]) -> list[Known]:
    """The awards that stand in an earner's transcript, newest first; none without one. `awards` are all of theirs.

    They are those that the earner lists and that were neither withdrawn nor replaced, lost no part, and had not run out by the
    transcript's own date.
    """
    if not asked(program, earner) or not (listed := [award for award in awards if is_listed(program, award)]):
        return []
    by_id = {award.id: award for award in awards}
    date, replaced = dated(program, awards), {award.supersedes for award in awards if award.issued is not None}

    def stands(award: Known) -> bool:
        ends = expires(award, program.achievement_of(award))
        whole = award.revoked is None and award.id not in replaced and not lost(award, by_id)
        return whole and (ends is None or ends > date)

    return sorted(filter(stands, listed), key=lambda award: (award.issued, award.id), reverse=True)


def dated(program: Program, awards: Iterable[Brief]) -> datetime:
    """The date of a transcript, so that a build needs no clock: the newest thing that happened to an award its earner lists.

    Nothing else may tell of what they do not list. Raises ValueError when they list nothing.
    """
    listed = [award for award in awards if is_listed(program, award)]
    dates = (moment for award in listed for moment in (award.issued, award.revoked and award.revoked.on) if moment)
    return max(dates)


def transcript(
    program: Program, plan: Plan, earner: str, issuer: Mapping[str, object], found: Credentials, date: datetime
) -> Document:
    """The unsigned transcript of an earner: of the awards that are found for it, newest first, as many as fit into LARGEST bytes.

    It always says that it is partial, since saying so only sometimes would tell of awards that are not listed. Raises
    BlazonError when not one award fits.
    """
    even = [(award, _even(credential)) for award, credential in found]
    for number in range(_fitting(even), 0, -1):
        if _size(_record(program, plan, earner, issuer, even[:number], date)) <= LARGEST:
            return _record(program, plan, earner, issuer, found[:number], date)
    message = f'the transcript of "{earner}" would be empty: none of its awards fits into {LARGEST:,} bytes.'
    raise BlazonError(message, without(earner), exit_code=1)


def without(earner: str) -> str:
    """The hint for a transcript that cannot be made."""
    return f"take transcript out of content/earners/{earner}/earner.yaml."


def _record(
    program: Program,
    plan: Plan,
    earner: str,
    issuer: Mapping[str, object],
    found: Credentials,
    date: datetime,
) -> Document:
    """A record of these awards."""
    subject = filled(
        id=_subject_id(plan, earner, [award for award, _ in found]),
        type=["ClrSubject"],
        identifier=_identifiers(credential for _, credential in found),
        verifiableCredential=[credential for _, credential in found],
        association=_associations(program, plan, [program.achievement_of(award) for award, _ in found]),
    )
    return filled(
        **{"@context": CONTEXT},
        id=plan.url(address.transcript(earner)),
        type=["VerifiableCredential", "ClrCredential"],
        name="Transcript",
        issuer=issuer,
        validFrom=timestamp(date),
        partial=True,
        credentialSubject=subject,
    )


def _fitting(found: Credentials) -> int:
    """How many of the first awards fit into one record by themselves, whatever else is in it."""
    sizes = accumulate(_size(credential) for _, credential in found)
    return sum(size <= LARGEST for size in sizes)


def _even(credential: Mapping[str, object]) -> Document:
    """A credential whose signature has its greatest length: which awards fit is known before those are signed."""
    proofs = credential.get("proof")
    named = [{**one, "proofValue": _LONGEST_SIGNATURE} for one in proofs] if isinstance(proofs, list) else proofs
    return {**credential, "proof": named}


def _size(document: Mapping[str, object]) -> int:
    """The bytes of a document as it is published, with its proof."""
    return len(jsontext.compact(document).encode()) + _BYTES_OF_A_PROOF


def _subject_id(plan: Plan, earner: str, awards: Iterable[Award]) -> str:
    """Whom the record is about: the identity that all its awards name, or else whoever the earner's page is about."""
    named = {award.recipient.id if award.recipient else "" for award in awards}
    return named.pop() if len(named) == 1 and all(named) else f"{plan.url(address.earner_page(earner))}#earner"


def _identifiers(credentials: Iterable[Mapping[str, object]]) -> list[object]:
    """The identities that the awards give, each once: nothing is said of the earner that no award says."""
    found: dict[str, object] = {}
    for credential in credentials:
        subject = credential["credentialSubject"]
        for one in subject.get("identifier", ()) if isinstance(subject, Mapping) else ():
            found.setdefault(jsontext.ordered(one), one)
    return list(found.values())


def _associations(program: Program, plan: Plan, held: Sequence[Achievement]) -> list[Document]:
    """How the badges in a record belong together: stacks with their parts, levels in order, and what took a badge's place."""
    ids = {one.slug: plan.url(address.achievement_document(one)) for one in reversed(held)}

    def named(slug: str) -> str:
        return ids.get(slug) or plan.url(address.achievement_document(program.achievements[slug]))

    pairs = [
        (kind, named(source), named(target))
        for kind, source, target in dict.fromkeys(_ties(program, ids.keys()))
        if source in program.achievements and target in program.achievements
    ]
    return [
        {"type": "Association", "associationType": kind, "sourceId": source, "targetId": target}
        for kind, source, target in pairs[:_MOST_ASSOCIATIONS]
    ]


def _ties(program: Program, held: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """The kind, source and target of each tie between badges, of which one at least is held."""
    own = set(held)
    for stack in program.achievements.values():
        parts = [*stack.levels, *(slot.badge for slot in stack.counts)]
        if stack.levels and not own.isdisjoint((stack.slug, *parts)):
            yield from (("isParentOf", stack.slug, level) for level in stack.levels)
            yield from (("precedes", first, then) for first, then in pairwise(stack.levels))
            yield from (("isPartOf", slot.badge, stack.slug) for slot in stack.counts if slot.badge in own)
        if stack.slug in own:
            yield from (("precedes", needed, stack.slug) for needed in stack.requires)
            yield from (("replacedBy", stack.slug, stack.successor) for _ in filter(None, [stack.successor]))
