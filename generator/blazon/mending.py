"""A program with mistakes in it, as far as it can be read: what cannot be is taken from what the program was before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from blazon import png
from blazon.check_against import is_broken
from blazon.layout import SITE
from blazon.model import Achievement, Award, Picture, Program


@dataclass(frozen=True, slots=True)
class Mended:
    """A program that pages can be made of, and the files of awards and badges in it that could not be read."""

    program: Program
    unread: tuple[str, ...] = ()


def mended(now: Program, base: Program) -> Mended:
    """A program in which everything that is named is there."""
    lost = {slug: one for slug, one in base.achievements.items() if is_broken(now, one.place.path)}
    earners = {slug: one for slug, one in base.earners.items() if is_broken(now, one.place.path)}
    program = replace(
        now,
        settings=base.settings if is_broken(now, SITE) else now.settings,
        achievements={slug: _pictured(one, base) for slug, one in {**now.achievements, **lost}.items()},
        versions={
            **{key: _pictured(one, base) for key, one in now.versions.items()},
            **{key: _pictured(one, base) for key, one in base.versions.items() if key[0] in lost},
        },
        earners={**now.earners, **earners},
        policy=now.policy or base.policy,
    )
    good = sound(program, now.awards)
    paths = {award.place.path for award in good}
    unread = {award.place.path for award in now.awards} - paths
    unread |= {award.place.path for award in base.awards if is_broken(now, award.place.path)}
    kept = [award for award in base.awards if award.place.path in unread and award.id not in {one.id for one in good}]
    awards = sorted((*good, *sound(program, (*good, *kept))[len(good) :]), key=lambda award: award.place.path)
    files = (*sorted(one.place.path for one in lost.values()), *sorted(unread))
    return Mended(replace(program, awards=tuple(awards)), files)


def _pictured(achievement: Achievement, base: Program) -> Achievement:
    """A badge with its picture or, where that is none, the one it had before; drawn where neither can be shown."""
    if achievement.picture is None or _is_shown(achievement.picture):
        return achievement
    before = base.versions.get((achievement.slug, achievement.version), achievement).picture
    return replace(achievement, picture=before if before and _is_shown(before) else None)


def _is_shown(picture: Picture) -> bool:
    """Whether pages can say how large a picture is."""
    return not png.refuse(picture.png)


def sound(program: Program, awards: Iterable[Award]) -> list[Award]:
    """The awards that were read whole and name only badges and awards that are there, in their order."""
    left = [award for award in awards if _names_a_badge(program, award)]
    while True:
        known = {award.id for award in left}
        good = [award for award in left if known.issuperset(part.award for part in award.parts)]
        if len(good) == len(left):
            return good
        left = good


def _names_a_badge(program: Program, award: Award) -> bool:
    """Whether an award was read whole, and the version of the badge that it names is there; an erased one names none."""
    if award.unread or not award.id or award.status_index < 0:
        return False
    if award.erased is not None:
        return True
    version = award.version is None or (award.achievement, award.version) in program.versions
    return award.achievement in program.achievements and version
