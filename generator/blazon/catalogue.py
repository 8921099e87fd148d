"""The catalogue: every badge once, and the ways to narrow the list by kind, skill and subject."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from blazon import address
from blazon.model import Achievement, Kind
from blazon.shelf import Shelf
from blazon.tags import tags
from blazon.views import EntryShown, FilterShown, PathwayShown, Reference
from blazon.words import Words

FILTERS = ("kind", "skill", "subject")
ACTIVE, RETIRED = "active", "retired"


class Catalogue:
    """The badges that have a page, as the catalogue lists them; worked out once for a site."""

    def __init__(self, shelf: Shelf, words: Words) -> None:
        """The catalogue of a shelf."""
        self._shelf = shelf
        self._words = words
        shown = tuple(one for one in shelf.achievements.values() if one.status in (ACTIVE, RETIRED))
        self._skills = tags(skill for one in shown for skill in one.skills)
        self._subjects = tags(one.subject for one in shown if one.subject)
        entries = [(one, self._entry(one)) for one in shown]
        self._entries = {one.slug: entry for one, entry in entries if one.status == ACTIVE}
        self.retired = tuple(entry for one, entry in entries if one.status == RETIRED)
        self.filters: Mapping[str, tuple[FilterShown, ...]] = {name: tuple(self._filters(name)) for name in FILTERS}

    @property
    def count(self) -> int:
        """How many badges there are to earn."""
        return len(self._entries)

    def families(self) -> Iterator[tuple[PathwayShown, tuple[EntryShown, ...]]]:
        """The stacks that can be earned today, each with its levels in order and itself at the end; no badge stands in two."""
        left = dict(self._entries)
        for stack in self._shelf.stacks:
            if stack.slug in self._entries:
                found = (left.pop(slug, None) for slug in (*stack.levels, stack.slug))
                yield self._shelf.pathway(stack), tuple(entry for entry in found if entry)

    def single(self) -> tuple[EntryShown, ...]:
        """The badges that are in no stack that can be earned today."""
        together = {entry.badge.slug for _, entries in self.families() for entry in entries}
        return tuple(entry for slug, entry in self._entries.items() if slug not in together)

    def left(self, chosen: FilterShown) -> tuple[tuple[EntryShown, ...], tuple[EntryShown, ...]]:
        """The badges that a filter leaves: those to earn, and retired ones."""
        return (
            tuple(entry for entry in self._entries.values() if chosen.tag in _asked(entry, chosen.name)),
            tuple(entry for entry in self.retired if chosen.tag in _asked(entry, chosen.name)),
        )

    def skills(self, one: Achievement) -> tuple[Reference, ...]:
        """The skills of a version of a badge, each with the page that lists its badges; of one no longer listed the name alone."""
        return tuple(self._named("skill", self._skills, skill) for skill in one.skills)

    def subject(self, one: Achievement) -> Reference:
        """The subject of a version of a badge, in the same way."""
        return self._named("subject", self._subjects, one.subject)

    def _named(self, name: str, known: Mapping[str, str], title: str) -> Reference:
        """A skill or subject with its page."""
        return Reference(title, address.badge_filter(name, known[title]) if title in known else "")

    def _entry(self, one: Achievement) -> EntryShown:
        """A badge as the catalogue lists it."""
        return EntryShown(
            badge=self._shelf.badge(one),
            kind=str(one.kind),
            skills=tuple(dict.fromkeys(self._skills[skill] for skill in one.skills)),
            subject=self._subjects.get(one.subject, ""),
            words=" ".join((one.summary, *one.skills, one.subject, one.audience)),
        )

    def _filters(self, name: str) -> Iterator[FilterShown]:
        """The filters of one name that leave something: kinds in their own order, the rest by their words."""
        entries = (*self._entries.values(), *self.retired)
        known = {tag for entry in entries for tag in _asked(entry, name)}
        counts = Counter(tag for entry in self._entries.values() for tag in _asked(entry, name))
        for tag, title in self._titles(name):
            if tag in known:
                yield FilterShown(name, tag, title, address.badge_filter(name, tag), counts[tag])

    def _titles(self, name: str) -> Iterable[tuple[str, str]]:
        """The tags of one name with their words; of words that share a tag the first one stands."""
        if name == "kind":
            return ((str(kind), self._words(f"kind.{kind}")) for kind in Kind)
        spelt: dict[str, str] = {}
        for title, tag in (self._skills if name == "skill" else self._subjects).items():
            spelt.setdefault(tag, title)
        return sorted(spelt.items(), key=lambda one: (one[1].casefold(), one[1]))


def _asked(entry: EntryShown, name: str) -> tuple[str, ...]:
    """What a badge answers when a filter of that name asks."""
    match name:
        case "kind":
            return (entry.kind,)
        case "skill":
            return entry.skills
        case _:
            return (entry.subject,) if entry.subject else ()
