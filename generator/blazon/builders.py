"""How tables become values where that is more than passing the fields on: what must stand together, and what must not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from blazon.diagnostics import Place, Report
from blazon.model import (
    Assessment,
    Endorsement,
    Profile,
    Recipient,
    Review,
    Reviewer,
    RubricLevel,
    RubricRow,
    Scale,
    Slot,
)
from blazon.records import Reading

# The words of the standard for a row that is done or not done (Open Badges 3.0, §B.2.7).
NOT_DONE, DONE = "Failed", "Completed"


def span(reading: Reading, _: Report) -> tuple[Any, Any]:
    """The start and the end of an activity; each may be missing."""
    return reading.values.get("start"), reading.values.get("end")


def only(reading: Reading, _: Report) -> Any:
    """The value of the one field that a table has."""
    (value,) = reading.values.values()
    return value


def table(reading: Reading, _: Report) -> dict[str, Any]:
    """The values as they are, to become attributes of what is around."""
    return reading.values


def values_and_places(reading: Reading, _: Report) -> tuple[dict[str, Any], Mapping[str, Place]]:
    """The values as they are, and where they stand."""
    return reading.values, reading.places


def assessment(reading: Reading, report: Report) -> Assessment | None:
    """How a badge is assessed: a method, or the reason why nothing is."""
    values = reading.values
    if "none" in values and len(values) > 1:
        report.error(
            "bad-assessment",
            reading.places["none"],
            "this says that nothing is assessed, and the fields around it say how it is.",
            hint='keep "none", or keep "method" and "rubric"',
        )
        return None
    if "none" not in values and "method" not in values:
        hint = 'add "method:" with how reviewers judge it, or "none:" with the reason why nothing is assessed'
        report.error("missing-field", reading.place, 'an assessment needs the field "method" or "none".', hint)
        return None
    return Assessment(**values)


def row(reading: Reading, report: Report) -> RubricRow | None:
    """One row of a rubric: levels with names, or a scale with numbers."""
    values = reading.values
    scale = values.get("scale", Scale.LEVELS)
    misplaced = {Scale.LEVELS: {"min", "max"}, Scale.STATUS: {"levels", "min", "max"}}.get(scale, {"levels"})
    found = [name for name in reading.places if name in misplaced]
    if found:
        meant = (
            "a row with a scale has no levels of its own"
            if scale is not Scale.LEVELS
            else 'these belong to a row with "scale"'
        )
        message = f'"{found[0]}" does not fit this row: {meant}.'
        report.error(
            "bad-scale", reading.places[found[0]], message, 'keep "levels", or keep "scale" with "min" and "max"'
        )
        return None
    if scale is Scale.LEVELS and not values.get("levels"):
        hint = 'add "levels:" with a name and a description each, lowest first; or "scale: percent"'
        report.error("missing-field", reading.place, 'a rubric row needs the field "levels" or "scale".', hint)
        return None
    if scale is Scale.STATUS:
        values = {"pass_": DONE} | values | {"levels": (RubricLevel(NOT_DONE), RubricLevel(DONE))}
    if scale is Scale.PERCENT:
        values = {"minimum": "0", "maximum": "100"} | values
    places = {"pass": reading.places["id"], **reading.places}
    return RubricRow(**values, place=reading.places["id"], places=places)


def reviewer(reading: Reading, report: Report) -> Reviewer | None:
    """Somebody who may approve awards; the id, which is the key of the table, is filled in by `load`."""
    values = reading.values
    if "name" not in values and "shown_as" not in values:
        hint = 'add "name:", or "shown_as:" with what pages show in place of a name'
        report.error("missing-field", reading.place, 'a reviewer needs the field "name" or "shown_as".', hint)
        return None
    values.setdefault("name", values.get("shown_as", ""))
    return Reviewer(id="", **values, place=reading.place, places=reading.places)


def endorsement_named(name: str) -> Endorsement:
    """An endorsement by the name of its file, which is not read yet."""
    return Endorsement(name.removesuffix(".json"), {})


def endorsement(reading: Reading, _: Report) -> Endorsement:
    """An endorsement of which more is said than the name of its file."""
    named = endorsement_named(reading.values["file"])
    values = reading.values
    return replace(named, embed=values.get("embed", True), since=values.get("since"), place=reading.place)


def placed(endorsements: Iterable[Endorsement], places: Mapping[str, Place]) -> tuple[Endorsement, ...]:
    """Endorsements with their places: one that is written as a mere name stands where the list's entry does."""
    return tuple(
        replace(one, place=places.get(f"endorsements.{index}", one.place)) for index, one in enumerate(endorsements)
    )


def profile(reading: Reading, _: Report) -> Profile:
    """The issuer, whose endorsements have places."""
    values = reading.values
    return Profile(**values | {"endorsements": placed(values.get("endorsements", ()), reading.places)})


def slot(reading: Reading, _: Report) -> Slot:
    """A badge that fills one level of a stack, at the place where it is named."""
    return Slot(**reading.values, place=reading.places["badge"])


def recipient(reading: Reading, report: Report) -> Recipient | None:
    """Who may say that an award is theirs: a hash with its salt, an identity, or both."""
    values = reading.values
    if ("hash" in values) != ("salt" in values) or not values:
        hint = "write both; a hash without its salt fits nobody"
        report.error("missing-field", reading.place, 'a recipient needs the fields "hash" and "salt", or "id".', hint)
        return None
    return Recipient(**values)


def conflict(reading: Reading, _: Report) -> tuple[str, str]:
    """A conflict of interest and the reviewer who set it aside."""
    return reading.values["text"], reading.values.get("waived_by", "")


def review(reading: Reading, _: Report) -> Review:
    """A review, whose conflict is two attributes."""
    values = reading.values
    conflict, waived_by = values.pop("conflict")
    return Review(
        **values, conflict=conflict, waived_by=waived_by, place=reading.places["reviewer"], places=reading.places
    )
