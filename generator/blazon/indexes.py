"""Lists of a whole site for programs: the catalogue of badges as JSON, and the pages that search engines may show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import chain, islice

from blazon import address, jsontext, periods
from blazon.address import Plan
from blazon.documents import Document, filled, timestamp
from blazon.model import Settings
from blazon.roll import Roll
from blazon.shelf import Shelf
from blazon.views import BadgeShown

MOST_ADDRESSES = 50_000  # of one sitemap, as its protocol says


def catalogue(plan: Plan, settings: Settings, shelf: Shelf) -> tuple[str, bytes]:
    """Every badge of the catalogue, and no person."""
    document = filled(
        name=settings.name,
        url=plan.base,
        language=settings.language,
        issuer={"id": plan.did, "name": settings.issuer.name, "url": settings.issuer.url or plan.base},
        feed=plan.url(address.FEED),
        badges=[_badge(plan, shelf.badge(one)) for one in shelf.achievements.values()],
    )
    return address.INDEX, jsontext.hosted(document)


def _badge(plan: Plan, badge: BadgeShown) -> Document:
    """A badge as the catalogue tells it; levels of a micro-credential name theirs, and it names them in order."""
    one = badge.definition
    return filled(
        id=badge.slug,
        name=badge.name,
        summary=badge.summary,
        kind=badge.kind,
        status=one.status,
        version=one.version,
        url=plan.url(badge.page),
        definition=plan.url(address.achievement_document(one)),
        image=plan.url(badge.png),
        level=badge.level or None,
        pathway=plan.url(badge.pathway.path) if badge.level else None,
        levels=list(one.levels),
        requires=list(one.requires),
        skills=list(one.skills),
        subject=one.subject,
        audience=one.audience,
        format=one.format,
        effort={"time": periods.iso(one.effort.time), "mode": one.effort.mode, "language": one.effort.language},
        validFor=periods.iso(one.valid_for) if one.valid_for else None,
        feed=plan.url(address.badge_feed(badge.slug)),
    )


def sitemap(plan: Plan, pages: Iterable[str], roll: Roll) -> tuple[str, bytes]:
    """The pages that may be found by searching: `pages` are paths, and then come the awards of the roll, newest first."""
    entries = chain((_entry(plan.url(path)) for path in pages), _awards(roll))
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        *islice(entries, MOST_ADDRESSES),
        "</urlset>\n",
    ]
    return address.SITEMAP, "\n".join(lines).encode()


def _awards(roll: Roll) -> Iterator[str]:
    """The pages of awards, each with the day on which it was issued."""
    return (_entry(entry.address, timestamp(entry.issued)[:10]) for entry in roll.entries(roll.awards))


def _entry(url: str, changed: str = "") -> str:
    """One page of a sitemap."""
    day = f"<lastmod>{changed}</lastmod>" if changed else ""
    return f"<url><loc>{escape(url)}</loc>{day}</url>"
