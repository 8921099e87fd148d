"""Rules for what is signed: nothing is published in our name that a verifier would not take."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from blazon import address, jsontext, ob3, quads, shape
from blazon.address import Plan
from blazon.diagnostics import Report
from blazon.documents import Document
from blazon.model import Achievement, Award, Program
from blazon.ob3 import Digests
from blazon.outcome import Verdict

LARGEST_CREDENTIAL = 256 * 1024

# What an award is given on top of what its badge and its own lists have, in nodes, statements and bytes.
_SPARE_NODES, _SPARE_QUADS, _SPARE_BYTES = 8, 60, 8 * 1024
_QUADS_OF_A_PIECE, _BYTES_OF_A_PIECE = 9, 400
_BYTES_OF_A_LETTER = 6  # a brace inside a picture is written `\u007b`
_BYTES_OF_A_PROOF = 1024
_DIGEST = "0" * 64


@dataclass(frozen=True, slots=True)
class _Measured:
    """A badge as it stands in its awards, and how much of what one document may have it takes."""

    node: Document
    blank_nodes: int
    quads: int
    size: int


def documents_can_be_verified(program: Program, report: Report) -> None:
    """Every badge and award of a program without mistakes becomes a document that a verifier takes."""
    plan = address.plan_of(program)
    issuer = ob3.profile(plan, program.settings.issuer)
    measured: dict[tuple[str, int], _Measured] = {}
    for key, achievement in program.versions.items():
        node = ob3.achievement(plan, achievement, program.settings.language)
        if _refuse_endorsements(achievement, {plan.did, node["id"]}, report):
            continue
        if why := _fault(ob3.credential(plan, _plainest(achievement), achievement, issuer, node, _digests(), "")):
            message = f"no award of this badge would pass a check: {why}"
            hint = "shorten its texts, or name fewer competencies, alignments and rubric levels"
            report.error("unverifiable", achievement.place, message, hint)
        else:
            measured[key] = _measured(node)
    for award in program.awards:
        if award.issued is None or award.erased is not None:
            continue
        achievement = program.achievement_of(award)
        found = measured.get((achievement.slug, achievement.version))
        if found is not None and not _is_small(award, achievement, found, plan):
            document = ob3.credential(plan, award, achievement, issuer, found.node, _digests(), _DIGEST)
            _refuse_award(award, document, report)


def _refuse_endorsements(achievement: Achievement, subjects: Container[object], report: Report) -> bool:
    """Whether an endorsement of a badge is none that could stand in a credential, which is then reported."""
    refused = False
    for index, endorsement in enumerate(achievement.endorsements):
        if why := _fault_of_endorsement(endorsement, subjects):
            place = achievement.places.get(f"endorsements.{index}", achievement.place)
            hint = "ask its issuer for an EndorsementCredential of Open Badges 3.0"
            report.error("bad-endorsement", place, f"this endorsement cannot be published: {why}", hint)
            refused = True
    return refused


def _fault_of_endorsement(endorsement: Mapping[str, object], subjects: Container[object]) -> str:
    """Why an endorsement could not stand in a credential; whether its signature holds is for those who have its issuer's keys."""
    if "proof" not in endorsement:
        return "nobody has signed it."
    if why := _fault(endorsement):
        return why
    types, about = endorsement["type"], endorsement.get("credentialSubject")
    if not isinstance(types, list) or "EndorsementCredential" not in types:
        return "it is another kind of document."
    if not isinstance(about, dict) or about.get("id") not in subjects:
        return "it is about something else than this badge."
    return ""


def _refuse_award(award: Award, credential: Document, report: Report) -> None:
    """Say why the credential of an award would not pass a check."""
    if why := _fault(credential):
        place = award.places.get("evidence", award.place)
        hint = "shorten its texts, list less evidence, and give each piece a title of its own"
        report.error("unverifiable", place, f"this award would not pass a check: {why}", hint)


def _fault(document: Mapping[str, object]) -> str:
    """Why a verifier would not take a document, in a sentence; "" when it would."""
    outcome = shape.judge(document, ob3.CONTEXT)
    if outcome.verdict is not Verdict.PASSED:
        return outcome.sentence
    size = max(len(jsontext.write(document).encode()), len(jsontext.embeddable(document).encode())) + _BYTES_OF_A_PROOF
    if size > LARGEST_CREDENTIAL:
        return f"it would have {size:,} bytes, and at most {LARGEST_CREDENTIAL:,} are read."
    return ""


def _plainest(achievement: Achievement) -> Award:
    """An award of a badge that says nothing more than it must."""
    name = "a" * 26
    return Award(name, name, name, 0, achievement.slug, name=name, issued=datetime(2000, 1, 1, tzinfo=UTC))


def _measured(node: Document) -> _Measured:
    """A badge with what it takes of a document's limits."""
    document = ob3.achievement_document(node)
    statements = quads.expand(document).quads
    blank = {term for quad in statements for term in (quad[0], quad[3]) if term.startswith("_:")}
    size = max(len(jsontext.write(document).encode()), len(jsontext.embeddable(document).encode()))
    return _Measured(node, len(blank), len(statements), 2 * size)  # indented once more, it grows


def _is_small(award: Award, achievement: Achievement, badge: _Measured, plan: Plan) -> bool:
    """Whether an award is, by a generous guess, far from every limit, and no two pieces of its evidence can look alike."""
    rows = len(achievement.assessment.rubric)
    pieces = len(award.evidence)
    public = {(one.title, one.kind, one.sha256) for one in award.evidence}
    return (
        len(public) == pieces
        and badge.blank_nodes + pieces + rows + _SPARE_NODES <= quads.MOST_BLANK_NODES
        and badge.quads + _QUADS_OF_A_PIECE * pieces + 3 * rows + _SPARE_QUADS <= quads.MOST_QUADS
        and badge.size
        + _BYTES_OF_A_LETTER * _letters(award)
        + (pieces + rows + _SPARE_NODES) * (_BYTES_OF_A_PIECE + 2 * len(plan.base))
        + _SPARE_BYTES
        <= LARGEST_CREDENTIAL
    )


def _letters(award: Award) -> int:
    """How many characters the texts of an award have that stand in its credential."""
    own = (award.name, award.name, award.did, award.role, award.term, award.summary, award.alt)
    pieces = ((one.title, one.url, one.text, one.description, one.kind, one.audience) for one in award.evidence)
    return sum(map(len, own)) + sum(len(text) for piece in pieces for text in piece)


def _digests() -> Digests:
    """Digests of a picture that nobody has drawn yet."""
    return Digests(_DIGEST, _DIGEST)
