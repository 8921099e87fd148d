"""Who vouches for a badge or an issuer, and where that stands: inside awards when it lasts, else beside them (Open Badges 3.0, §B.1.10).

Verifiers check every endorsement inside a badge, and one that ends or is withdrawn would take the badge with it. So only
an endorsement whose key is in its issuer's own name, with no end and no list, is put inside, and only into awards that are
dated after it: what was published before somebody vouched stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from blazon.documents import moment
from blazon.model import Achievement, Endorsement, Profile

_KEY = "did:key:"


def voucher(document: Mapping[str, object]) -> str:
    """The identity of whoever gave an endorsement, or "" when it does not say."""
    issuer = document.get("issuer")
    identity = issuer.get("id") if isinstance(issuer, dict) else issuer
    return identity if isinstance(identity, str) else ""


def key_of(document: Mapping[str, object]) -> str:
    """The key that an endorsement's issuer is named by, as Multikey text, or "" when its key is kept elsewhere."""
    identity = voucher(document)
    return identity.removeprefix(_KEY) if identity.startswith(_KEY) else ""


def lasts(document: Mapping[str, object]) -> bool:
    """Whether an endorsement holds for ever: nobody has to be asked for its key, it has no end, and nothing can withdraw it."""
    return bool(key_of(document)) and "validUntil" not in document and "credentialStatus" not in document


def inside(endorsements: Iterable[Endorsement], issued: datetime | None) -> tuple[Endorsement, ...]:
    """The endorsements that stand in an award issued at a moment; without one, those that stand in some award."""
    return tuple(one for one in endorsements if one.embed and lasts(one.document) and _before(one, issued))


def badge_at(achievement: Achievement, issued: datetime | None) -> Achievement:
    """A badge as it stands in an award of a moment."""
    return replace(achievement, endorsements=inside(achievement.endorsements, issued))


def issuer_at(issuer: Profile, issued: datetime | None) -> Profile:
    """The issuer as it stands in an award of a moment."""
    return replace(issuer, endorsements=inside(issuer.endorsements, issued))


def _before(endorsement: Endorsement, issued: datetime | None) -> bool:
    """Whether an endorsement is older than an award, and was here before it as far as the program says."""
    given, since = moment(endorsement.document.get("validFrom")), endorsement.since
    if given is None or issued is None:
        return given is not None
    return given < issued and (since is None or since <= issued)
