"""What becomes of awards, badges and earners between two sides of a comparison, in a word each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from blazon import address, outline
from blazon.address import Plan
from blazon.altering import meaning
from blazon.catalogue import Catalogue
from blazon.check_against import edited
from blazon.diagnostics import listed
from blazon.model import Achievement, Award, Program
from blazon.shelf import Shelf
from blazon.standing import Standing
from blazon.words import Words

_NEWS = {Standing.INCOMPLETE: "no longer complete", Standing.REPLACED: "replaced"}
_STATUS = {"active": "opened", "retired": "retired", "draft": "made a draft"}
_ASIDE = frozenset({"place", "places", "unread", "slug"})


@dataclass(frozen=True, slots=True)
class Shown:
    """One side of a comparison as its pages show it; `paths` are the addresses of its site without those of the theme."""

    program: Program
    plan: Plan
    shelf: Shelf
    paths: frozenset[str]

    @classmethod
    def of(cls, program: Program, words: Words, today: date) -> Shown:
        """A program as its pages show it on a day."""
        plan, shelf = address.plan_of(program), Shelf(program, words, today)
        return cls(program, plan, shelf, frozenset(outline.paths(program, plan, shelf, Catalogue(shelf, words))))


def is_claim(award: Award) -> bool:
    """Whether an award is not issued yet."""
    return award.issued is None and award.erased is None


def of_award(was: Shown, before: Award | None, now: Shown, after: Award) -> Iterator[str]:
    """What happens to an award or a claim; nothing when it stays as it is."""
    if before is None or (is_claim(before) and not is_claim(after)):
        yield "erased" if after.erased else "added"
        if after.issued is not None and after.supersedes:
            yield "replaces another"
    elif is_claim(after):
        if before.place.path != after.place.path or meaning(before) != meaning(after):
            yield "changed"
    elif before.erased is None and after.erased is not None:
        yield "erased"
    elif after.erased is None:
        yield from _later(was, before, now, after)


def _later(was: Shown, before: Award, now: Shown, after: Award) -> Iterator[str]:
    """What happens to an award that was issued and still is."""
    changed = set() if before is after else edited(before, after, was.program)
    changed |= {"file"} if before.place.path != after.place.path else set()
    if meaning(before.revoked) != meaning(after.revoked):
        if before.revoked is None:
            yield "withdrawn"
        else:
            changed.add("revoked")
    if meaning(before.suspended) != meaning(after.suspended):
        yield "put on hold" if after.suspended else "no longer on hold"
    if before.erased is None:
        news = {*now.shelf.standings(after)} - {*was.shelf.standings(before)}
        yield from (said for standing, said in _NEWS.items() if standing in news)
        if was.program.visibility_of(before) != now.program.visibility_of(after):
            yield f"made {now.program.visibility_of(after)}"
        if "name" not in changed and was.program.name_of(before) != now.program.name_of(after):
            yield "under another name"
    if changed:
        yield f"changed: {listed(sorted(changed), 'and')}"


def of_badge(before: Achievement | None, after: Achievement | None) -> Iterator[str]:
    """What happens to a badge."""
    if before is None or after is None:
        yield "added" if before is None else "removed"
        return
    if before.version != after.version:
        yield f"new version {after.version}"
    if before.status != after.status:
        yield _STATUS.get(after.status, after.status)
    if changed := list(_differing(before, after, {"version", "status"})):
        yield f"changed: {listed(changed, 'and')}"


def of_earner(was: Shown, now: Shown, slug: str) -> Iterator[str]:
    """What happens to the page of an earner who has one on a side."""
    if slug not in was.shelf.listed or slug not in now.shelf.listed:
        yield "page added" if slug in now.shelf.listed else "page taken away"
        return
    before, after = was.program.earners.get(slug), now.program.earners.get(slug)
    changed = list(_differing(before, after, {"awards", "visibility"})) if before and after else []
    if changed:
        yield f"changed: {listed(changed, 'and')}"


def of_settings(before: Program, after: Program) -> Iterator[str]:
    """Which settings change."""
    if changed := list(_differing(before.settings, after.settings, set())):
        yield f"changed: {listed(changed, 'and')}"


def _differing(before: Any, after: Any, aside: set[str]) -> Iterator[str]:
    """The fields of two records of one kind that do not mean the same."""
    for one in fields(before):
        if one.name not in _ASIDE | aside and meaning(getattr(before, one.name)) != meaning(getattr(after, one.name)):
            yield one.name
