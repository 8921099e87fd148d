"""The model as Open Badges 3.0 documents, not yet signed (1EdTech Open Badges 3.0, Appendix B)."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from blazon import address
from blazon.address import Plan
from blazon.documents import Document, filled, timestamp
from blazon.model import Achievement, Alignment, Award, Evidence, Kind, Party, Profile, RubricRow, Scale
from blazon.periods import expires
from blazon.results import results
from blazon.vocabulary import BADGES_CONTEXT, CREDENTIALS_CONTEXT

CONTEXT = [CREDENTIALS_CONTEXT, BADGES_CONTEXT]

# Which one is not said: the earlier award may be one that its earner does not list.
_REPLACES = "It replaces an earlier award."
_TARGET_TYPES = {"ESCO": "ext:ESCOSkill", "O*NET": "ext:ONET", "CASE": "CFItem", "CTDL": "CTDL"}


@dataclass(frozen=True, slots=True)
class Digests:
    """What a credential binds by digest: SHA-256 of the badge's unbaked PNG and SVG, as lower-case hex."""

    png: str
    svg: str


def integrity(sha256: str) -> str:
    """A SHA-256 in hex as a subresource integrity value."""
    return "sha256-" + b64encode(bytes.fromhex(sha256)).decode("ascii")


def number(value: Decimal) -> int | float:
    """A decimal number as JSON writes it: whole where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)


def profile(plan: Plan, issuer: Profile) -> Document:
    """The issuer as it stands in credentials (§B.1.16), with the endorsements that it is given."""
    return filled(
        id=plan.did,
        type=["Profile"],
        name=issuer.name,
        url=issuer.url or plan.base,
        email=issuer.email,
        description=issuer.description,
        image={"id": issuer.image, "type": "Image"} if issuer.image else None,
        endorsement=[dict(found.document) for found in issuer.endorsements],
    )


def achievement(plan: Plan, one: Achievement, language: str) -> Document:
    """A badge as it stands in credentials (§B.1.1), with the endorsements that it is given; its words are in `language`."""
    url = plan.url(address.achievement_document(one))
    return filled(
        id=url,
        type=["Achievement"],
        achievementType="MicroCredential" if one.kind is Kind.MICRO_CREDENTIAL else "Badge",
        name=one.name,
        description=one.summary,
        criteria={"id": plan.url(address.badge_page(one.slug)), "narrative": one.criteria},
        image=filled(id=plan.url(address.badge_png(one)), type="Image", caption=one.alt),
        inLanguage=language,
        version=str(one.version),
        tag=list(one.skills),
        creditsAvailable=None if one.credit is None else number(one.credit),
        fieldOfStudy=one.subject,
        specialization=one.specialization,
        humanCode=one.code,
        creator=_party(one.creator),
        alignment=[_alignment(found) for found in one.alignments],
        related=[_related(plan, one, other) for other in one.translations],
        resultDescription=[_result_description(url, row) for row in one.assessment.rubric],
        endorsement=[dict(found.document) for found in one.endorsements],
    )


@dataclass(frozen=True, slots=True)
class Voucher:
    """Somebody who endorses, known by a key: its Multikey text, their name, and their own address or ""."""

    key: str
    name: str
    url: str = ""


def endorsement(url: str, subject: str, by: Voucher, comment: str, begins: datetime, ends: datetime | None) -> Document:
    """An unsigned endorsement (§B.1.10) that answers at `url`, of whatever has the id `subject`, by the holder of a key."""
    return filled(
        **{"@context": CONTEXT},
        id=url,
        type=["VerifiableCredential", "EndorsementCredential"],
        name=f"Endorsement by {by.name}",
        issuer=filled(id=f"did:key:{by.key}", type=["Profile"], name=by.name, url=by.url),
        validFrom=timestamp(begins),
        validUntil=timestamp(ends),
        credentialSubject=filled(id=subject, type=["EndorsementSubject"], endorsementComment=comment),
    )


def achievement_document(node: Mapping[str, object]) -> Document:
    """An achievement as a document of its own, at the address that is its id."""
    return {"@context": CONTEXT, **node}


def translation(plan: Plan, one: Achievement, node: Document, own: str, language: str) -> Document:
    """An achievement in another language, tied to the one in the badge's own by `related`."""
    words = one.translations[language]
    criteria = {"id": plan.url(address.badge_page(one.slug)), "narrative": words.criteria or one.criteria}
    image = filled(id=plan.url(address.badge_png(one)), type="Image", caption=words.alt or one.alt)
    return {
        "@context": CONTEXT,
        **node,
        "id": plan.url(address.translated_document(one, language)),
        "name": words.name or one.name,
        "description": words.summary or one.summary,
        "criteria": criteria,
        "image": image,
        "inLanguage": language,
        "related": [{"id": node["id"], "type": ["Related"], "inLanguage": own, "version": str(one.version)}],
    }


def credential(
    plan: Plan,
    award: Award,
    one: Achievement,
    issuer: Mapping[str, object],
    node: Mapping[str, object],
    digests: Digests,
    review: str,
) -> Document:
    """An award as an unsigned credential (§B.1.2); `review` is the SHA-256 of its published review, or "" without one.

    `issuer` and `node` are the profile and the achievement that all awards of the badge share.
    """
    issued = timestamp(award.issued)
    return filled(
        **{"@context": CONTEXT},
        id=plan.url(address.credential(award)),
        type=["VerifiableCredential", "OpenBadgeCredential"],
        name=one.name,
        issuer=issuer,
        validFrom=issued,
        awardedDate=issued,
        credentialSubject=_subject(plan, award, one, node),
        credentialStatus=_status(plan, award),
        validUntil=timestamp(expires(award, one)),
        description=" ".join(filter(None, (award.summary, _REPLACES if award.supersedes else ""))),
        image={"id": plan.url(address.award_png(award)), "type": "Image", "caption": award.alt} if award.alt else None,
        evidence=[_evidence(found) for found in award.evidence],
        relatedResource=_related_resources(plan, award, one, digests, review),
    )


def _subject_id(plan: Plan, award: Award) -> str:
    """Who an award is about: the identity the earner gave, or else whoever its page is about.

    The standard asks for an id or an identifier, so a name or a hash needs none.
    """
    if award.recipient is not None and award.recipient.id:
        return award.recipient.id
    if award.name or award.recipient is not None:
        return ""
    return plan.earner_of(award)


def _subject(plan: Plan, award: Award, one: Achievement, node: Mapping[str, object]) -> Document:
    """The AchievementSubject of an award (§B.1.3)."""
    return filled(
        id=_subject_id(plan, award),
        type=["AchievementSubject"],
        name=award.name,
        identifier=_identifiers(award),
        activityStartDate=timestamp(award.started),
        activityEndDate=timestamp(award.ended),
        creditsEarned=None if award.credit is None else number(award.credit),
        role=award.role,
        term=award.term,
        narrative=award.did,
        source=_party(award.source),
        achievement=node,
        result=[_result(node, row, reached) for row, reached in results(award, one)],
    )


def _identifiers(award: Award) -> list[Document]:
    """The salted hash of an e-mail address and the name, as far as the award gives them (§B.1.14)."""
    found: list[Document] = []
    if award.recipient is not None and award.recipient.hash:
        found.append(
            {
                "type": "IdentityObject",
                "hashed": True,
                "identityHash": award.recipient.hash,
                "identityType": "emailAddress",
                "salt": award.recipient.salt,
            },
        )
    if award.name:
        found.append({"type": "IdentityObject", "hashed": False, "identityHash": award.name, "identityType": "name"})
    return found


def _status(plan: Plan, award: Award) -> Document:
    """Where a verifier sees whether the award was revoked (Bitstring Status List §2.1)."""
    url = plan.url(address.status_list(address.status_list_number(award.status_index)))
    place = str(award.status_index % address.STATUS_LIST_ENTRIES)
    return {
        "id": f"{url}#{place}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": place,
        "statusListCredential": url,
    }


def _related_resources(
    plan: Plan,
    award: Award,
    one: Achievement,
    digests: Digests,
    review: str,
) -> list[Document]:
    """What the credential binds by digest: the badge's picture in both forms, and the review (VC 2.0 §5.3)."""
    match one.published.picture:
        case "none":
            found = []
        case "":
            found = [
                _resource(plan.url(address.badge_png(one)), digests.png, "image/png"),
                _resource(plan.url(address.badge_svg(one)), digests.svg, "image/svg+xml"),
            ]
        case pinned:
            found = [_resource(plan.url(address.badge_png(one)), pinned, "image/png")]
    if review:
        found.append(_resource(plan.url(address.review(award)), review, "application/json"))
    return found


def _resource(url: str, sha256: str, media_type: str) -> Document:
    """One resource with its digest."""
    return {"id": url, "digestSRI": integrity(sha256), "mediaType": media_type}


def _evidence(one: Evidence) -> Document:
    """One piece of evidence (§B.1.11); of a private one only its title, kind, setting and digest are signed."""
    setting = f"Setting: {one.setting}." if one.setting else ""
    return filled(
        id="" if one.private else one.url,
        type=["Evidence"],
        name=one.title,
        description=" ".join(filter(None, ("" if one.private else one.description, setting))),
        narrative="" if one.private else one.text,
        genre=one.kind,
        audience="" if one.private else one.audience,
        digestSRI=integrity(one.sha256) if one.sha256 else "",
    )


def _alignment(one: Alignment) -> Document:
    """A competency in a framework (§B.1.6)."""
    return filled(
        type=["Alignment"],
        targetType=one.type or _TARGET_TYPES.get(one.framework, ""),
        targetName=one.name,
        targetDescription=one.description,
        targetFramework=one.framework,
        targetCode=one.code,
        targetUrl=one.url,
    )


def _related(plan: Plan, one: Achievement, language: str) -> Document:
    """The same badge in another language (§B.1.17)."""
    url = plan.url(address.translated_document(one, language))
    return {"id": url, "type": ["Related"], "inLanguage": language, "version": str(one.version)}


def _result_description(url: str, row: RubricRow) -> Document:
    """A rubric row (§B.1.19): a ladder of levels, a number between two others, or a status."""
    laddered = row.scale is Scale.LEVELS
    levels = [_level(url, row, position) for position in range(1, len(row.levels) + 1)] if laddered else []
    passing = [found["id"] for found in levels if found["name"] == row.pass_]
    return filled(
        id=f"{url}#{row.id}",
        type=["ResultDescription"],
        name=row.name,
        resultType=str(row.scale),
        requiredLevel=passing[0] if passing else "",
        rubricCriterionLevel=levels,
        valueMin=row.minimum,
        valueMax=row.maximum,
        requiredValue="" if laddered else row.pass_,
    )


def _level(url: str, row: RubricRow, position: int) -> Document:
    """One level of a rubric row (§B.1.20), counted from 1."""
    level = row.levels[position - 1]
    return filled(
        id=f"{url}#{row.id}-{position}",
        type=["RubricCriterionLevel"],
        name=level.name,
        level=str(position),
        description=level.description,
        points=level.points,
    )


def _result(node: Mapping[str, object], row: RubricRow, reached: str) -> Document:
    """What an award reached in a rubric row (§B.1.18)."""
    description = f"{node['id']}#{row.id}"
    if row.scale is not Scale.LEVELS:
        member = "status" if row.scale is Scale.STATUS else "value"
        return {"type": ["Result"], "resultDescription": description, member: reached}
    position = [level.name for level in row.levels].index(reached) + 1
    return {"type": ["Result"], "resultDescription": description, "achievedLevel": f"{description}-{position}"}


def _party(party: Party | None) -> Document | None:
    """Somebody other than the issuer, as a profile."""
    return {"id": party.id, "type": ["Profile"], "name": party.name} if party else None
