"""A claim as a reviewer reads it at the terminal: what was done, what shows it, what is looked at, and what others said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from blazon.afterwards import Case
from blazon.claims import counting, missing_evidence
from blazon.diagnostics import printable
from blazon.model import Achievement, Evidence, Review, RubricRow
from blazon.policy import policy_of

CHECKLIST = (
    "Before you decide:",
    "  - I have no conflict of interest, or I have stated it.",
    "  - I have read every piece of evidence.",
    "  - Each row that counts has a level, and my note says what I saw.",
    "  - The name and the dates are right.",
    "  - Nothing private is in it, and nothing about children.",
)


def claim(one: Case, badge: Achievement) -> list[str]:
    """Everything that a reviewer has to know of a claim, line by line."""
    return [printable(line) for line in _lines(one, badge)]


def row(one: RubricRow) -> list[str]:
    """A row of a rubric with its levels, each with its number, or with the numbers that it takes."""
    return [printable(line) for line in _row(one)]


def _lines(one: Case, badge: Achievement) -> Iterator[str]:
    """The same, as it is written in the files."""
    award = one.award
    yield f"{badge.name}: {one.program.name_of(award) or award.earner}"
    yield f"  {one.path}"
    yield from _section("What was done", award.did.splitlines())
    dates = [f"{day:%Y-%m-%d}" for day in (award.started, award.ended) if day is not None]
    yield from (f"  {line}" for line in (" to ".join(dates), award.role) if line)
    if award.prior_learning:
        yield from _section("What counts from before", [award.prior_learning])
    if award.waiver:
        yield from _section("Why a badge that comes first was not needed", [award.waiver])
    yield from _section("What shows it", [line for piece in award.evidence for line in _evidence(piece)])
    if missing := missing_evidence(award, badge):
        yield from _section("What the badge asks for, and nothing here stands for", [wanted.name for wanted in missing])
    yield from _section("What it takes", badge.criteria.splitlines())
    policy = policy_of(one.program, badge)
    needed = f", {len(counting(award))} of {policy.approvals} approvals" if policy else ""
    if award.reviews:
        yield from _section(f"Reviews so far{needed}", [line for review in award.reviews for line in _review(review)])


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    """A title and what is below it."""
    yield ""
    yield title
    yield from (f"  {line}".rstrip() for line in lines)


def _evidence(one: Evidence) -> Iterator[str]:
    """A piece of evidence with its address."""
    facts = ", ".join(filter(None, (one.kind, one.setting, "private" if one.private else "")))
    yield f"- {one.title}{f' ({facts})' if facts else ''}"
    yield from (f"  {line}" for line in (one.url, one.description, *one.text.splitlines()) if line)
    if one.sha256:
        yield f"  SHA-256: {one.sha256}"


def _row(one: RubricRow) -> Iterator[str]:
    """A row of a rubric."""
    needed = f', needs "{one.pass_}"' if one.pass_ and one.required else "" if one.required else ", not needed"
    yield f"{one.name}{needed}"
    for number, level in enumerate(one.levels, 1):
        yield f"  {number} {level.name}{f': {level.description}' if level.description else ''}"
    if not one.levels:
        yield f"  a number from {one.minimum or '0'}{f' to {one.maximum}' if one.maximum else ''}"


def _review(one: Review) -> Iterator[str]:
    """What somebody said before."""
    conflict = "" if one.conflict == "none" else f"; conflict: {one.conflict}"
    yield f"- {one.reviewer}, {one.date:%Y-%m-%d}: {one.decision}{conflict}"
    yield from (f"  {name}: {score}" for name, score in one.scores.items())
    yield from (f"  {line}" for line in one.note.splitlines())
