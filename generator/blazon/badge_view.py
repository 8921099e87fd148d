"""What the page of one badge shows beside the badge: its rubric, its neighbours, its holders and its files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from blazon import address
from blazon.address import Plan
from blazon.catalogue import Catalogue
from blazon.model import Achievement, Program
from blazon.rubrics import rubric_shown
from blazon.shelf import Shelf
from blazon.views import BadgePage, BadgeShown, Reference
from blazon.vouchers import vouchers_shown

MOST_HOLDERS = 60


def badge_page(
    program: Program, plan: Plan, shelf: Shelf, catalogue: Catalogue, badge: BadgeShown, today: date
) -> BadgePage:
    """What a badge's page shows beside the badge on a day. Its neighbours in a stack stand in the stack, not in lists of their own."""
    one = badge.definition
    stack = shelf.achievements.get(program.level_of(badge.slug)[0])
    family = stack.levels if stack else ()
    holders = shelf.holders(badge.slug)
    opened = (other for other in shelf.achievements.values() if badge.slug in other.requires)
    return BadgePage(
        rubric=rubric_shown(one),
        pathway=shelf.pathway(stack, here=badge.slug) if stack else shelf.pathway(one) if one.levels else None,
        requires=tuple(found for slug in one.requires if slug not in family and (found := shelf.badge_called(slug))),
        opens=tuple(shelf.badge(other) for other in opened if other.slug not in family),
        fills=tuple(_fills(shelf, badge.slug)),
        successor=shelf.badge_called(one.successor),
        aligned=one.alignments,
        holders=holders[:MOST_HOLDERS],
        holders_left=len(holders[MOST_HOLDERS:]),
        vouchers=vouchers_shown(plan, one, today),
        skills=catalogue.skills(one),
        subject=catalogue.subject(one),
        files=_files(one),
    )


def _fills(shelf: Shelf, slug: str) -> Iterator[tuple[Reference, int]]:
    """The stacks for which a badge counts, each with the level."""
    for stack in shelf.stacks:
        for slot in stack.counts:
            if slot.badge == slug:
                yield shelf.stack(stack), slot.level


def _files(achievement: Achievement) -> dict[str, str]:
    """The files for machines of a badge, by what they are."""
    return {
        "achievement": address.achievement_document(achievement),
        "class": address.badge_class(achievement),
        "png": address.badge_png(achievement),
        "svg": address.badge_svg(achievement),
    }
