"""Who vouches for a badge or an issuer, as pages show it: their words, their key, and what nobody here can know."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from blazon import ed25519, prose
from blazon.address import Plan
from blazon.documents import moment
from blazon.model import Achievement, Endorsement, Profile
from blazon.views import VoucherShown
from blazon.vouching import inside, key_of


def vouchers_shown(plan: Plan, one: Achievement | Profile, today: date) -> tuple[VoucherShown, ...]:
    """The endorsements of a badge or of the issuer, oldest first; those that have ended come last and say so."""
    achievement = one if isinstance(one, Achievement) else None
    shown = [
        _shown(found, plan.endorsement(found, achievement), today, inside=bool(inside([found], None)))
        for found in one.endorsements
    ]
    return tuple(sorted(shown, key=lambda found: (found.ended, found.begins, found.name)))


def _shown(endorsement: Endorsement, path: str, today: date, *, inside: bool) -> VoucherShown:
    """One endorsement, which `check` has let pass."""
    document = endorsement.document
    issuer, subject = _object(document, "issuer"), _object(document, "credentialSubject")
    url, ends = str(issuer.get("url", "")), moment(document.get("validUntil"))
    begins = moment(document.get("validFrom"))
    assert begins is not None  # noqa: S101 (an endorsement without a date is refused)
    return VoucherShown(
        name=str(issuer.get("name", "")),
        url="" if prose.fault_in_url(url) else url,
        comment=str(subject.get("endorsementComment", "")),
        begins=begins,
        ends=ends,
        ended=ends is not None and ends <= datetime.combine(today, time(), UTC),
        fingerprint=ed25519.fingerprint(key_of(document)),
        withdrawable="credentialStatus" in document,
        inside=inside,
        file=path,
    )


def _object(document: Mapping[str, object], name: str) -> Mapping[str, object]:
    """A member that is an object, or an empty one."""
    found = document.get(name)
    return found if isinstance(found, dict) else {}
