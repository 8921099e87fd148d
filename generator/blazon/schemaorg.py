"""What search engines are told in schema.org's words: a badge as something to earn, and who holds one. Nothing here is signed."""

from __future__ import annotations

from collections.abc import Iterable

from blazon import address, jsontext, periods
from blazon.address import Plan
from blazon.documents import Document, filled, timestamp
from blazon.model import Alignment, Competency, Settings
from blazon.standing import Standing
from blazon.views import AwardPage, BadgeShown, VoucherShown
from blazon.words import Words

CONTEXT = "https://schema.org"
CREDENTIAL = "EducationalOccupationalCredential"

_NO_MORE = frozenset({Standing.WITHDRAWN, Standing.ON_HOLD, Standing.INCOMPLETE, Standing.REPLACED})


def badge(
    plan: Plan, settings: Settings, words: Words, shown: BadgeShown, vouchers: Iterable[VoucherShown], language: str
) -> str:
    """A badge as JSON-LD, told in a language. It is recognised by whoever issues it, and by those whose signed word for it was looked at here."""
    others = [_organization(one.name, one.url) for one in vouchers if one.fingerprint and not one.ended]
    one = shown.definition
    document = filled(
        **{"@context": CONTEXT, "@type": CREDENTIAL},
        **_about(plan, shown),
        url=plan.url(shown.page),
        inLanguage=language,
        educationalLevel=words("level.of", level=shown.level, levels=shown.levels) if shown.level else "",
        competencyRequired=[_competency(competency) for competency in one.competencies],
        educationalAlignment=[_alignment(alignment) for alignment in one.alignments],
        recognizedBy=[_issuer(plan, settings), *others],
        validFor=periods.iso(one.valid_for) if one.valid_for else "",
    )
    return jsontext.compact(document)


def holder(plan: Plan, settings: Settings, shown: AwardPage) -> str:
    """Who holds a listed award, as JSON-LD; "" when it was withdrawn, paused or replaced."""
    if not _NO_MORE.isdisjoint(shown.standings):
        return ""
    card = shown.card
    credential = filled(
        **{"@type": CREDENTIAL},
        **_about(plan, shown.badge),
        url=shown.address,
        identifier=shown.record.id,
        datePublished=timestamp(card.issued)[:10],
        expires=timestamp(card.expires)[:10],
        recognizedBy=_issuer(plan, settings),
    )
    person = filled(
        **{"@context": CONTEXT, "@type": "Person"},
        name=shown.name,
        url=plan.url(shown.earner.path) if shown.earner.path else "",
        hasCredential=credential,
    )
    return jsontext.compact(person)


def _about(plan: Plan, shown: BadgeShown) -> Document:
    """What is said of a badge wherever it stands."""
    return {
        "name": shown.name,
        "description": shown.summary,
        "image": plan.url(shown.png),
        "credentialCategory": "micro-credential" if shown.definition.levels else "badge",
    }


def _competency(one: Competency) -> Document:
    """Something that a badge asks for."""
    return filled(**{"@type": "DefinedTerm"}, name=one.name, description=one.description)


def _alignment(one: Alignment) -> Document:
    """A name that somebody else's framework has for something that a badge asks for."""
    return filled(
        **{"@type": "AlignmentObject"}, educationalFramework=one.framework, targetName=one.name, targetUrl=one.url
    )


def _issuer(plan: Plan, settings: Settings) -> Document:
    """Who issues the badges."""
    return _organization(settings.issuer.name, settings.issuer.url or plan.url(address.HOME))


def _organization(name: str, url: str) -> Document:
    """An organization by name and address."""
    return filled(**{"@type": "Organization"}, name=name, url=url)
