"""An earner's listed awards as they can be taken elsewhere: JSON Résumé, vCard (RFC 6350) and lines of text for a CV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from blazon import address, contentlines, jsontext
from blazon.address import Plan
from blazon.documents import Document, timestamp
from blazon.model import Settings
from blazon.outlets import cv_line
from blazon.roll import Entry, Roll
from blazon.views import FileShown
from blazon.words import Words

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"


def profile_files(earner: str) -> dict[str, str]:
    """The files that an earner can take along, by what they are."""
    return {"cv": address.cv(earner), "resume": address.resume(earner), "vcard": address.vcard(earner)}


def files_shown(earner: str) -> tuple[FileShown, ...]:
    """The same files as pages show them."""
    files = profile_files(earner).items()
    return tuple(FileShown(kind, path, f"{kind}-{earner}.{path.rpartition('.')[2]}") for kind, path in files)


class Profiles:
    """What each earner who has listed awards can take along: those that stand and had not run out by the date of the roll."""

    def __init__(self, plan: Plan, settings: Settings, words: Words, roll: Roll) -> None:
        """The profiles of the earners on a roll."""
        self._plan = plan
        self._issuer = settings.issuer.name
        self._words = words
        self._roll = roll

    def of_earner(self, slug: str, name: str) -> Iterator[tuple[str, bytes]]:
        """Three files for an earner who has a page."""
        page, awards = self._plan.url(address.earner_page(slug)), self._roll.of_earner(slug)
        entries = list(self._roll.current(awards))
        changed = awards[0].issued or self._roll.date if awards else self._plan.founded
        yield address.resume(slug), jsontext.hosted(self._resume(slug, name, entries, changed))
        yield address.vcard(slug), self._card(slug, name, entries, changed)
        yield address.cv(slug), "\n".join([name, page, "", *map(self._line, entries), ""]).encode()

    def _resume(self, slug: str, name: str, entries: Sequence[Entry], changed: datetime) -> Document:
        """A JSON Résumé that has certificates and nothing else; an award that runs out says so in its name."""
        return {
            "$schema": SCHEMA,
            "basics": {"name": name, "url": self._plan.url(address.earner_page(slug))},
            "certificates": [
                {
                    "name": self._named(entry),
                    "date": timestamp(entry.issued)[:10],
                    "issuer": self._issuer,
                    "url": entry.address,
                }
                for entry in entries
            ],
            "meta": {
                "canonical": self._plan.url(address.resume(slug)),
                "version": "v1.0.0",
                "lastModified": timestamp(changed)[:19],
            },
        }

    def _card(self, slug: str, name: str, entries: Sequence[Entry], changed: datetime) -> bytes:
        """A card with the name, the page and the awards; there is nothing else that the site knows of anybody."""
        page = self._plan.url(address.earner_page(slug))
        note = "\n".join(map(self._line, entries))
        lines = [
            *("BEGIN:VCARD", "VERSION:4.0", "KIND:individual", f"FN:{contentlines.text(name)}"),
            *(f"URL:{page}", f"SOURCE:{self._plan.url(address.vcard(slug))}", f"UID:{page}"),
            *([f"NOTE:{contentlines.text(note)}"] if note else ()),
            *(f"REV:{contentlines.moment(changed)}", "END:VCARD"),
        ]
        return contentlines.written(lines)

    def _named(self, entry: Entry) -> str:
        """A badge's name, and until when the award counts if it runs out: a résumé is read on a later day."""
        if entry.expires is None:
            return entry.badge.name
        return self._words("share.until", badge=entry.badge.name, date=self._words.day(entry.expires))

    def _line(self, entry: Entry) -> str:
        """An award as a line of a CV."""
        return cv_line(self._words, self._issuer, entry.badge, entry.issued, entry.expires, entry.address)
