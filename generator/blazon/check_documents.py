"""Rules for what is signed: nothing is published in our name that a verifier would not take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from blazon import address, jsontext, ob3, quads, vouching
from blazon.address import Plan
from blazon.check_endorsements import LARGEST_CREDENTIAL, fault_in
from blazon.diagnostics import Report
from blazon.documents import Document
from blazon.model import Achievement, Award, Program
from blazon.ob3 import Digests
from blazon.parts import with_parts

# What an award is given on top of what its badge and its own lists have, in nodes, statements and bytes.
_SPARE_NODES, _SPARE_QUADS, _SPARE_BYTES = 8, 60, 8 * 1024
_QUADS_OF_A_PIECE, _BYTES_OF_A_PIECE = 9, 400
_BYTES_OF_A_LETTER = 6  # a brace inside a picture is written `\u007b`
_DIGEST = "0" * 64


@dataclass(frozen=True, slots=True)
class Measured:
    """A badge as it stands in its awards, and how much of what one document may have it takes."""

    node: Document
    ids: frozenset[str]
    blank_nodes: int
    quads: int
    size: int


def badges_can_be_verified(program: Program, report: Report) -> dict[tuple[str, int], Measured]:
    """Every badge of a program without mistakes can stand in a document that a verifier takes; those that can, measured."""
    plan = address.plan_of(program)
    issuer = _issuer(program, plan)
    measured: dict[tuple[str, int], Measured] = {}
    for key, achievement in program.versions.items():
        node = ob3.achievement(plan, vouching.badge_at(achievement, None), program.settings.language)
        if why := fault_in(ob3.credential(plan, _plainest(achievement), achievement, issuer, node, _digests(), "")):
            message = f"no award of this badge would pass a check: {why}"
            hint = "shorten its texts, or name fewer competencies, alignments and rubric levels"
            report.error("unverifiable", achievement.place, message, hint)
        else:
            measured[key] = _measured(node)
    return measured


def awards_can_be_verified(program: Program, measured: Mapping[tuple[str, int], Measured], report: Report) -> None:
    """Every award of a program without mistakes becomes a document that a verifier takes, unless its badge does not."""
    plan = address.plan_of(program)
    issuer = _issuer(program, plan)
    by_id = {award.id: award for award in program.awards}
    for award in program.awards:
        if award.issued is None or award.erased is not None:
            continue
        achievement = program.achievement_of(award)
        found = measured.get((achievement.slug, achievement.version))
        whole = with_parts(program, plan, award, by_id, lambda part: sha256(part.id.encode()).hexdigest())
        if found is not None and not _is_small(whole, achievement, found, plan):
            document = ob3.credential(plan, whole, achievement, issuer, found.node, _digests(), _DIGEST)
            _refuse_award(award, document, report)


def _issuer(program: Program, plan: Plan) -> Document:
    """The issuer as it stands in awards."""
    return ob3.profile(plan, vouching.issuer_at(program.settings.issuer, None))


def _refuse_award(award: Award, credential: Document, report: Report) -> None:
    """Say why the credential of an award would not pass a check."""
    if why := fault_in(credential):
        place = award.places.get("evidence", award.place)
        hint = "shorten its texts, list less evidence, and give each piece a title of its own"
        report.error("unverifiable", place, f"this award would not pass a check: {why}", hint)


def _plainest(achievement: Achievement) -> Award:
    """An award of a badge that says nothing more than it must."""
    name = "a" * 26
    return Award(name, name, name, 0, achievement.slug, name=name, issued=datetime(2000, 1, 1, tzinfo=UTC))


def _measured(node: Document) -> Measured:
    """A badge with what it takes of a document's limits."""
    document = ob3.achievement_document(node)
    statements = quads.expand(document).quads
    blank = {term for quad in statements for term in (quad[0], quad[3]) if term.startswith("_:")}
    size = len(jsontext.embeddable(document).encode())
    ids = frozenset(quad[0][1:-1] for quad in statements)
    return Measured(node, ids, len(blank), len(statements), size)


def _is_small(award: Award, achievement: Achievement, badge: Measured, plan: Plan) -> bool:
    """Whether an award is, by a generous guess, far from every limit, and no two pieces of its evidence can look alike."""
    rows = len(achievement.assessment.rubric)
    pieces = len(award.evidence)
    public = {(one.title, one.kind, one.sha256) for one in award.evidence}
    named = [name for name in _names(award) if name]
    return (
        len(public) == pieces
        and len(set(named)) == len(named)
        and badge.ids.isdisjoint(named)
        and badge.blank_nodes + pieces + rows + _SPARE_NODES <= quads.MOST_BLANK_NODES
        and badge.quads + _QUADS_OF_A_PIECE * pieces + 3 * rows + _SPARE_QUADS <= quads.MOST_QUADS
        and badge.size
        + _BYTES_OF_A_LETTER * _letters(award)
        + (pieces + rows + _SPARE_NODES) * (_BYTES_OF_A_PIECE + 2 * len(plan.base))
        + _SPARE_BYTES
        <= LARGEST_CREDENTIAL
    )


def _names(award: Award) -> Iterator[str]:
    """The identities that an award gives to what is in it; no two of them may be one."""
    yield from ("" if one.private else one.url for one in award.evidence)
    yield award.source.id if award.source else ""
    yield award.recipient.id if award.recipient else ""


def _letters(award: Award) -> int:
    """How many characters the texts of an award have that stand in its credential."""
    own = (award.name, award.name, award.did, award.role, award.term, award.summary, award.alt)
    pieces = ((one.title, one.url, one.text, one.description, one.kind, one.audience) for one in award.evidence)
    return sum(map(len, own)) + sum(len(text) for piece in pieces for text in piece)


def _digests() -> Digests:
    """Digests of a picture that nobody has drawn yet."""
    return Digests(_DIGEST, _DIGEST)
