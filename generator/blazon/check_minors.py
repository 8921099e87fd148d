"""Rules for those who are under age: pages say less of them, whoever agreed to what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from blazon.diagnostics import Report
from blazon.model import Award, Earner, Program

# A first name, and at most the first letter of another.
_FIRST_NAME = re.compile(r"\S+(?:[ -]\S\.?)?")
_FIRST_NAME_HINT = "write a first name or a pseudonym, with at most one more letter"
_FIRST_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9])?")


def minors_have_no_family_name(program: Program, report: Report) -> None:
    """A minor goes by a first name or a pseudonym on pages."""
    for earner in _minors(program):
        if earner.name and not _FIRST_NAME.fullmatch(earner.name):
            message = "a minor is named without a family name."
            report.error("minor-name", earner.places.get("name", earner.place), message, _FIRST_NAME_HINT)


def awards_of_minors_have_no_family_name(program: Program, report: Report) -> None:
    """A minor goes by a first name or a pseudonym in what is signed."""
    for award in _awards_of_minors(program):
        if award.name and not _FIRST_NAME.fullmatch(award.name):
            message = "a minor is named without a family name, and this name is signed."
            report.error("minor-name", award.places["name"], message, _FIRST_NAME_HINT)


def minors_have_no_full_address(program: Program, report: Report) -> None:
    """The folder of a minor, which becomes an address, is no full name."""
    for earner in _minors(program):
        if not _FIRST_SLUG.fullmatch(earner.slug):
            message = f'the folder "{earner.slug}" becomes an address, and looks like a full name.'
            hint = "give the folder one word, and at most one more letter, before an award is issued in it"
            report.error("minor-address", earner.place, message, hint)


def minors_link_to_no_profile(program: Program, report: Report) -> None:
    """No page leads from a minor to their profiles elsewhere."""
    hint = "delete it, or keep the work as evidence of an award"
    for earner in _minors(program):
        if earner.links:
            message = "the page of a minor has no links to pages of their own."
            report.error("minor-link", earner.places.get("links", earner.place), message, hint)


def awards_of_minors_link_to_no_profile(program: Program, report: Report) -> None:
    """No award names a page of a minor's own."""
    for award in _awards_of_minors(program):
        if award.recipient is not None and award.recipient.id.startswith("https://"):
            message = "an award of a minor does not name a page of theirs."
            report.error("minor-link", award.places["recipient"], message, hint="use a did:key, or nothing")


def minors_are_in_no_directory(program: Program, report: Report) -> None:
    """The list of earners, which anybody may search, has no minor in it."""
    for earner in _minors(program):
        if earner.listed:
            message = "the list of earners shows no minor."
            hint = 'write "listed: false"; awards that are public are found from their badges'
            report.error("minor-listed", earner.places.get("listed", earner.place), message, hint)


MINOR_RULES = (
    minors_have_no_family_name,
    minors_have_no_full_address,
    minors_link_to_no_profile,
    minors_are_in_no_directory,
)

RULES_FOR_AWARDS_OF_MINORS = (awards_of_minors_have_no_family_name, awards_of_minors_link_to_no_profile)


def _minors(program: Program) -> list[Earner]:
    """The earners whose file says that they are under age."""
    return [earner for earner in program.earners.values() if earner.minor]


def _awards_of_minors(program: Program) -> Iterator[Award]:
    """The awards and claims of those earners."""
    for award in program.awards:
        earner = program.earners.get(award.earner)
        if earner is not None and earner.minor:
            yield award
