"""A badge in another language: its translated words in the place of its own, and which of its words there are none for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from blazon.model import (
    Achievement,
    Assessment,
    AssessmentWording,
    Competency,
    EvidenceRequirement,
    RubricLevel,
    RubricRow,
    Translation,
    Wording,
)

T = TypeVar("T")

PLAIN = (
    *("name", "summary", "criteria", "curriculum", "alt", "subject", "audience", "format", "cost", "funding"),
    *("prior_learning", "quality"),
)
LISTS = ("skills", "accepted_by", "recognised_by")
LINKS = ("training", "see_also")
NOTHING = Wording()


@dataclass(frozen=True, slots=True)
class Telling:
    """A badge as it is told in a language. Texts have names, such as `criteria`, `competencies.0.name` or
    `rubric.1.levels.0.description`, where entries of lists are counted from 0: `told` are translated, `kept` are not.
    """

    badge: Achievement
    told: frozenset[str]
    kept: frozenset[str]


def telling(one: Achievement, language: str) -> Telling:
    """A version of a badge in a language to which it has a translation."""
    choice = _Choice()
    badge = _told(one, one.translations[language], choice)
    return Telling(badge, frozenset(choice.told), frozenset(choice.kept))


@dataclass(frozen=True, slots=True)
class _Choice:
    """Chooses between a translation and a badge's own text, and remembers what it chose."""

    told: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)

    def __call__(self, name: str, translated: T, own: T) -> T:
        """The translation of a text, or of a list of links, if there is one."""
        if translated or own:
            (self.told if translated else self.kept).add(name)
        return translated or own

    def part(self, name: str, words: Wording, one: Competency | EvidenceRequirement | RubricLevel) -> dict[str, Any]:
        """The name and the description of a part of a badge."""
        return {
            "name": self(f"{name}.name", words.name, one.name),
            "description": self(f"{name}.description", words.description, one.description),
        }


def _told(one: Achievement, words: Translation, choose: _Choice) -> Achievement:
    """A badge in the words of a translation."""
    competencies = {found.id: found for found in words.competencies}
    chosen: dict[str, Any] = {name: choose(name, getattr(words, name), getattr(one, name)) for name in (*PLAIN, *LINKS)}
    listed: dict[str, Any] = {
        name: tuple(
            choose(f"{name}.{index}", _at(getattr(words, name), index, ""), own)
            for index, own in enumerate(getattr(one, name))
        )
        for name in LISTS
    }
    return replace(
        one,
        **chosen,
        **listed,
        competencies=tuple(
            replace(own, **choose.part(f"competencies.{index}", competencies.get(own.id, NOTHING), own))
            for index, own in enumerate(one.competencies)
        ),
        evidence=tuple(
            replace(own, **choose.part(f"evidence.{index}", _at(words.evidence, index, NOTHING), own))
            for index, own in enumerate(one.evidence)
        ),
        assessment=_assessment(one.assessment, words.assessment, choose),
    )


def _assessment(one: Assessment, words: AssessmentWording, choose: _Choice) -> Assessment:
    """How the work is judged; rows go by their ids."""
    rows = {found.id: found for found in words.rubric}
    names = {
        level.name: told.name
        for row in one.rubric
        for level, told in zip(row.levels, rows.get(row.id, NOTHING).levels, strict=False)
        if told.name
    }
    return replace(
        one,
        method=choose("method", words.method, one.method),
        none=choose("none", words.none, one.none),
        rubric=tuple(
            _row(f"rubric.{index}", row, rows.get(row.id, NOTHING), names, choose)
            for index, row in enumerate(one.rubric)
        ),
    )


def _row(name: str, one: RubricRow, words: Wording, names: Mapping[str, str], choose: _Choice) -> RubricRow:
    """One row of a rubric. What one row calls a level in translation, all rows call it: `names` has those by the badge's own.

    The level that passes is called as it is among the levels; a number stays a number.
    """
    told = []
    passing = ""
    for index, level in enumerate(one.levels):
        found = _at(words.levels, index, NOTHING)
        found = replace(found, name=found.name or names.get(level.name, ""))
        told.append(replace(level, **choose.part(f"{name}.levels.{index}", found, level)))
        passing = found.name if level.name == one.pass_ else passing
    called = choose(f"{name}.name", words.name, one.name)
    needed = choose(f"{name}.pass", passing, one.pass_) if one.levels else one.pass_
    return replace(one, name=called, levels=tuple(told), pass_=needed)


def _at(values: Sequence[T], index: int, otherwise: T) -> T:
    """One entry of a list, which may be too short."""
    return values[index] if index < len(values) else otherwise
