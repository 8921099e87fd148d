"""Feeds of listed awards (Atom, RFC 4287) and the calendar of the days on which they run out (iCalendar, RFC 5545)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from blazon import address, contentlines
from blazon.address import Plan
from blazon.documents import timestamp
from blazon.model import Brief, Settings
from blazon.outlets import announcement
from blazon.roll import Entry, Roll
from blazon.shelf import Shelf
from blazon.words import Words

MOST_ENTRIES = 50

# What XML 1.0 has no way to say, §2.2.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_CALENDAR = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//blazon//expiries//EN")
# A calendar holds at least one component (§3.6), so one without events says what time is.
_NO_EVENT = (
    *("BEGIN:VTIMEZONE", "TZID:Etc/UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000"),
    *("TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE"),
)


@dataclass(frozen=True, slots=True)
class _Feed:
    """One feed: its own path, the page that it follows, its title, and the awards that may stand in it, newest first."""

    path: str
    page: str
    title: str
    awards: Sequence[Brief]


class Feeds:
    """The feeds and the calendar of a site. Their dates are those of the content: a build adds none."""

    def __init__(self, plan: Plan, settings: Settings, words: Words, roll: Roll) -> None:
        """The feeds of what stands on a roll."""
        self._plan = plan
        self._settings = settings
        self._words = words
        self._roll = roll
        self._author = f"<author><name>{_xml(settings.issuer.name)}</name><uri>{_xml(plan.base)}</uri></author>"

    def files(self, shelf: Shelf) -> Iterator[tuple[str, bytes]]:
        """The feed of the site and of each badge, and the calendar.

        A feed is there before it has an entry, so that its address stays whatever becomes of the awards.
        """
        words, roll = self._words, self._roll
        title = words("feed.title", program=self._settings.name)
        yield self._written(_Feed(address.FEED, address.HOME, title, roll.awards))
        for slug, one in shelf.achievements.items():
            title = words("feed.badge", badge=one.name, issuer=self._settings.issuer.name)
            yield self._written(_Feed(address.badge_feed(slug), address.badge_page(slug), title, roll.of_badge(slug)))
        yield address.EXPIRIES, self.calendar()

    def of_earner(self, slug: str, name: str) -> tuple[str, bytes]:
        """The feed of an earner who has a page."""
        title = self._words("feed.earner", name=name, program=self._settings.name)
        page, awards = address.earner_page(slug), self._roll.of_earner(slug)
        return self._written(_Feed(address.earner_feed(slug), page, title, awards))

    def calendar(self) -> bytes:
        """The whole days on which listed awards run out, from the date of the roll on, soonest first."""
        coming = [entry for entry in self._roll.current(self._roll.awards) if entry.expires]
        coming.sort(key=lambda entry: (entry.expires, entry.id))
        return contentlines.written(self._calendar(coming))

    def _calendar(self, coming: Sequence[Entry]) -> Iterator[str]:
        """The lines of a calendar, made when they are needed: a large program has millions."""
        title = contentlines.text(self._words("feed.calendar", program=self._settings.name))
        yield from (*_CALENDAR, f"NAME:{title}", f"X-WR-CALNAME:{title}", f"URL:{self._plan.base}")
        for entry in coming:
            yield from self._event(entry)
        yield from (*(() if coming else _NO_EVENT), "END:VCALENDAR")

    def _event(self, entry: Entry) -> Iterator[str]:
        """The day on which an award runs out. Its stamp is the award's own, since a build has no time."""
        assert entry.expires is not None  # noqa: S101 (only those that expire are in the calendar)
        summary = self._words("feed.expires", name=entry.name, badge=entry.badge.name)
        yield "BEGIN:VEVENT"
        yield f"UID:{entry.id}-expires@{urlsplit(self._plan.base).hostname}"
        yield f"DTSTAMP:{contentlines.moment(entry.issued)}"
        yield f"DTSTART;VALUE=DATE:{contentlines.moment(entry.expires)[:8]}"
        yield f"SUMMARY:{contentlines.text(summary)}"
        yield f"URL:{entry.address}"
        yield "TRANSP:TRANSPARENT"
        yield "END:VEVENT"

    def _written(self, feed: _Feed) -> tuple[str, bytes]:
        """A feed as a file of the site; its newest entry dates it, or else the first key."""
        awards = feed.awards[:MOST_ENTRIES]
        updated = awards[0].issued if awards else self._plan.founded
        url, page = self._plan.url(feed.path), self._plan.url(feed.page)
        lines = [
            '<?xml version="1.0" encoding="utf-8"?>',
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{_xml(self._words.language)}">',
            f"<id>{_xml(url)}</id>",
            f"<title>{_xml(feed.title)}</title>",
            f"<updated>{timestamp(updated)}</updated>",
            self._author,
            f'<link rel="self" type="application/atom+xml" href="{_xml(url)}"/>',
            f'<link rel="alternate" type="text/html" href="{_xml(page)}"/>',
            *map(self._entry, self._roll.entries(awards)),
            "</feed>\n",
        ]
        return feed.path, "\n".join(lines).encode()

    def _entry(self, entry: Entry) -> str:
        """An award as an entry. Its address is its identity for ever."""
        url, issued = _xml(entry.address), timestamp(entry.issued)
        title = self._words("feed.entry", name=entry.name, badge=entry.badge.name)
        return (
            f"<entry>\n<id>{url}</id>\n<title>{_xml(title)}</title>\n"
            f"<updated>{issued}</updated>\n<published>{issued}</published>\n"
            f'<link rel="alternate" type="text/html" href="{url}"/>\n'
            f'<category term="{_xml(entry.badge.slug)}" label="{_xml(entry.badge.name)}"/>\n'
            f"<summary>{_xml(self._summary(entry))}</summary>\n</entry>"
        )

    def _summary(self, entry: Entry) -> str:
        """What an award is, in a few sentences, of which the last says whether it runs out."""
        issuer = self._settings.issuer.name
        return announcement(self._words, issuer, entry.name, entry.badge, entry.issued, entry.expires)


def _xml(text: str) -> str:
    """Text that means itself between tags and in quotes."""
    return escape(_NOT_XML.sub(" ", text))
