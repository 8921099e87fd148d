"""The model as Open Badges 2.0 hosted documents, beside 3.0 and from the same records (IMS Open Badges 2.0 §4)."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from blazon import address, periods
from blazon.address import Plan
from blazon.documents import Document, filled, timestamp
from blazon.model import Achievement, Alignment, Award, Brief, Evidence, Profile

CONTEXT = "https://w3id.org/openbadges/v2"

_SIBLING_TYPES = ["BadgeClass", "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Achievement"]


def issuer(plan: Plan, profile: Profile) -> Document:
    """The issuer (§4.4), who says where its assertions live and where withdrawn ones are listed."""
    return filled(
        **{"@context": CONTEXT},
        type="Issuer",
        id=plan.url(address.ISSUER),
        name=profile.name,
        url=profile.url or plan.base,
        email=profile.email,
        description=profile.description,
        image=profile.image,
        verification={
            "type": "VerificationObject",
            "allowedOrigins": urlsplit(plan.base).netloc,
            "startsWith": plan.url("awards/"),
        },
        revocationList=plan.url(address.REVOCATIONS),
    )


def badge_class(plan: Plan, one: Achievement, language: str) -> Document:
    """A badge (§4.3)."""
    return filled(
        **{"@context": CONTEXT},
        type="BadgeClass",
        id=plan.url(address.badge_class(one)),
        name=one.name,
        description=one.summary,
        image=filled(id=plan.url(address.badge_png(one)), caption=one.alt),
        criteria={"id": plan.url(address.badge_page(one.slug)), "narrative": one.criteria},
        issuer=plan.url(address.ISSUER),
        tags=list(one.skills),
        alignment=[_alignment(found) for found in one.alignments],
        version=str(one.version),
        **{"@language": language},
        related=[
            {
                "type": _SIBLING_TYPES,
                "id": plan.url(address.achievement_document(one)),
                "version": "Open Badges v3p0",
            },
        ],
    )


def assertion(plan: Plan, award: Award, one: Achievement) -> Document:
    """An award (§4.2): whole, or when it was withdrawn nothing but that, since validators pass anything more."""
    if award.revoked is not None:
        return {
            "@context": CONTEXT,
            "type": "Assertion",
            "id": plan.url(address.assertion(award)),
            "revoked": True,
            "revocationReason": award.revoked.reason,
        }
    return whole_assertion(plan, award, one)


def whole_assertion(plan: Plan, award: Award, one: Achievement) -> Document:
    """An award as it was issued. It names no picture: that of its badge stands for it, in whatever picture it is carried."""
    return filled(
        **{"@context": CONTEXT},
        type="Assertion",
        id=plan.url(address.assertion(award)),
        recipient=_recipient(plan, award),
        badge=plan.url(address.badge_class(one)),
        verification={"type": "HostedBadge"},
        issuedOn=timestamp(award.issued),
        expires=timestamp(periods.expires(award, one)),
        narrative=award.did,
        evidence=[_evidence(found) for found in award.evidence],
    )


def revocation_list(plan: Plan, awards: Iterable[Brief]) -> Document:
    """The withdrawn assertions with their reasons (§4.10)."""
    revoked = [
        {"id": plan.url(address.assertion(award)), "revocationReason": award.revoked.reason}
        for award in awards
        if award.revoked is not None
    ]
    return {
        "@context": CONTEXT,
        "type": "RevocationList",
        "id": plan.url(address.REVOCATIONS),
        "issuer": plan.url(address.ISSUER),
        "revokedAssertions": revoked,
    }


def _recipient(plan: Plan, award: Award) -> Document:
    """Who holds the award (§4.2.1): the hash the earner agreed to, or an address."""
    if award.recipient is not None and award.recipient.hash:
        return {
            "type": "email",
            "hashed": True,
            "salt": award.recipient.salt,
            "identity": award.recipient.hash,
        }
    named = award.recipient.id if award.recipient is not None else ""
    return {"type": "url", "hashed": False, "identity": named or plan.earner_of(award)}


def _evidence(one: Evidence) -> Document:
    """One piece of evidence (§4.6); of a private one no more than its title and kind."""
    return filled(
        id="" if one.private else one.url,
        name=one.title,
        description="" if one.private else one.description,
        narrative="" if one.private else one.text,
        genre=one.kind,
        audience="" if one.private else one.audience,
    )


def _alignment(one: Alignment) -> Document:
    """A competency in a framework (§4.8)."""
    return filled(
        targetName=one.name,
        targetUrl=one.url,
        targetDescription=one.description,
        targetFramework=one.framework,
        targetCode=one.code,
    )
