"""Which awards of stacks are due: who holds an award for each level, and the text of the claim that says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from blazon import scaffold, schemas
from blazon.diagnostics import listed
from blazon.documents import day
from blazon.model import Achievement, Award, Program
from blazon.scaffold import NewFile, Random, scalar
from blazon.stacks import filled, fitting, hides, levels_for, standing_of
from blazon.standing import Standing

_BECAUSE = {
    Standing.WITHDRAWN: "was withdrawn",
    Standing.ON_HOLD: "is on hold",
    Standing.INCOMPLETE: "lost a part itself",
    Standing.REPLACED: "was replaced by a newer one",
    Standing.EXPIRED: "has expired",
}


@dataclass(frozen=True, slots=True)
class Due:
    """An earner who holds all parts of a stack and no award of it; `parts` are the awards by level."""

    earner: str
    stack: Achievement
    parts: Mapping[int, Award]


@dataclass(frozen=True, slots=True)
class Open:
    """An earner who holds a part of a stack, and why no award of it is due."""

    earner: str
    stack: Achievement
    reasons: tuple[str, ...]


def look(program: Program, today: date) -> Iterator[Due | Open]:
    """What there is to say on a day about each earner and each stack that they hold a part of."""
    stacks = [one for one in program.achievements.values() if one.levels and one.status == "active"]
    for earner, found in groupby(program.awards, key=lambda award: award.earner):
        awards = list(found)
        for stack in stacks:
            if any(award.issued and levels_for(stack, award.achievement) for award in awards):
                yield _judged(program, earner, awards, stack, today)


def reasons(due: Due) -> Iterator[str]:
    """Why an award of a stack is due, line by line: which award fills which level, and since when."""
    for level, award in due.parts.items():
        assert award.issued is not None  # noqa: S101 (a part was issued)
        yield f'level {level}: "{award.achievement}" since {day(award.issued)} ({award.place.path})'


def claim(
    program: Program, tree: Mapping[str, bytes], places: scaffold.Places, due: Due, today: date, random: Random
) -> NewFile:
    """The claim of an award that is due. Its place in the status list is drawn."""
    versions = sum(slug == due.stack.slug for slug, _ in program.versions)
    path = scaffold.free_path(tree, due.earner, due.stack.slug)
    return NewFile(
        path,
        "\n".join(
            (
                schemas.editor_line("award", path)
                + "# A claim that blazon derive wrote: every level is filled. It becomes an award when reviewers have approved it\n"
                '# and "issued" gives the date. Both numbers were drawn at random for this award. They never change.\n'
                f"id: {scaffold.award_id(random)}\nstatus_index: {places.draw()}\nbadge: {due.stack.slug}\n"
                + (f"version: {due.stack.version}\n" if versions > 1 else "")
                + _holder(due),
                _parts(program, due, path),
                _did(due),
                scaffold.reviews_wanted(program, due.stack, due.earner, today),
            )
        ),
    )


def _judged(program: Program, earner: str, awards: Sequence[Award], stack: Achievement, today: date) -> Due | Open:
    """Whether an earner's award of a stack is due, or why it is not."""
    own = next((award for award in awards if award.achievement == stack.slug), None)
    if own is not None:
        return Open(earner, stack, (f"there is one already: {own.place.path}.",))
    gone = next((award for award in awards if award.erased and _is_called(program, award.slug, stack.slug)), None)
    if gone is not None:
        return Open(earner, stack, (f"one was erased: {gone.place.path}.",))
    found = standing_of(program, awards, today)
    standing = [(award, how) for award, how in found if levels_for(stack, award.achievement)]
    taken, why = _filled(stack, standing)
    held = {award.achievement for award in awards if award.issued}
    why += [f'"{slug}" comes first.' for slug in stack.requires if slug not in held]
    if len(taken) == len(stack.levels) and held.issuperset(stack.requires):
        return Due(earner, stack, taken)
    return Open(earner, stack, tuple(why))


def _is_called(program: Program, name: str, slug: str) -> bool:
    """Whether a file has the name that awards of a badge get: the badge's own, or that with a number that no other badge has."""
    numbered = name.startswith(f"{slug}-") and name.removeprefix(f"{slug}-").isdigit()
    return name == slug or (numbered and name not in program.achievements)


def _filled(stack: Achievement, standing: Sequence[tuple[Award, Standing]]) -> tuple[dict[int, Award], list[str]]:
    """The awards that fill levels, and why other awards and levels do not count."""
    good = [award for award, how in standing if how is Standing.UNCHECKED]
    taken = filled(
        stack, sorted(good, key=lambda award: (award.achievement not in stack.levels, award.issued, award.id))
    )
    why = [
        f"{award.place.path} does not count: it {_BECAUSE[how]}."
        for award, how in standing
        if how is not Standing.UNCHECKED
    ]
    for level in range(1, len(stack.levels) + 1):
        if level not in taken:
            wanted = listed((f'"{slug}"' for slug in fitting(stack, level)), "or")
            why.append(f"level {level} is open: it takes {wanted}.")
    return taken, why


def _holder(due: Due) -> str:
    """The name and the identity of the earner, as the newest part has them."""
    newest = max(due.parts.values(), key=lambda award: (award.issued, award.id))
    name = f"name: {scalar(newest.name)}\n" if newest.name else ""
    own = newest.recipient.id if newest.recipient else ""
    return name + (f"recipient:\n  id: {own}\n" if own else "")


def _parts(program: Program, due: Due, path: str) -> str:
    """The awards that fill the levels; those that fewer people find than the stack are named without their addresses."""
    lines = ["# The awards that fill the levels.", "parts:"]
    slug = path.rpartition("/")[2].removesuffix(".yaml")
    shown = Award(slug, due.earner, "", -1, due.stack.slug)
    for award, why in zip(due.parts.values(), reasons(due), strict=True):
        lines += [f"  # {why[:1].upper()}{why[1:]}", f"  - award: {award.id}"]
        lines += ["    private: true"] if hides(program, award, shown) else []
    return "\n".join((*lines, ""))


def _did(due: Due) -> str:
    """What the earner did, in a sentence."""
    dates = sorted(award.issued for award in due.parts.values() if award.issued)
    numbers = {2: "both", 3: "all three"}
    levels = numbers.get(len(due.parts), f"all {len(due.parts)}")
    when = f"on {day(dates[0])}" if dates[0] == dates[-1] else f"from {day(dates[0])} to {day(dates[-1])}"
    return f"did: |\n  Earned {levels} levels of {due.stack.name} {when}.\n"
