"""From a folder to a published site: every step of a build in order, ending before the first one that went wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from blazon import address, folder, site
from blazon.catalogue import FILTERS
from blazon.diagnostics import Report
from blazon.folder import Changes
from blazon.keys import Secret
from blazon.model import Program
from blazon.opened import open_program
from blazon.standing import has_files


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody wants built: where to, for which day, and which published addresses may change or go."""

    root: Path
    target: Path
    today: date
    base: str = ""
    accepted: tuple[str, ...] = ()
    strict: bool = False


@dataclass(slots=True)
class Built:
    """How a build went. `changes` is None when it ended before anything was written."""

    report: Report = field(default_factory=Report)
    sources: int = 0
    program: Program | None = None
    secrets: Sequence[Secret] = ()
    awards: int = 0
    changes: Changes | None = None


def build(
    order: Order,
    secrets: Callable[[], Sequence[Secret]],
    progress: Callable[[int], Callable[[str], None] | None],
) -> Built:
    """Publish a program into a folder; the secrets are asked for once the content is known to be right.

    `progress` gives, for a number of awards, what hears the path of each file.
    """
    built = Built()
    tree, opened = open_program(order.root, built.report, order.today, order.base)
    built.sources = len(tree)
    if opened is None or built.report.failed or (order.strict and built.report.warnings):
        return built
    built.program, built.secrets = opened.program, secrets()
    built.awards = sum(1 for _ in site.published(opened.program))
    changes = folder.write_site(
        site.publish(opened.program, opened.plan, built.secrets, opened.theme, order.today),
        order.target,
        opened.plan.base,
        root=order.root,
        report=built.report,
        accepted=[*order.accepted, *meant(opened.program)],
        keep=kept(opened.program),
        progress=progress(built.awards),
    )
    built.changes = changes if changes.written else None
    return built


def meant(program: Program) -> list[str]:
    """The addresses that may go because a record says so: of awards that were erased, or that their earners hid.

    An earner may take back their page and what stands beside it in the same way. Lists of badges with something in common
    go with what they have in common.
    """
    gone = (award for award in program.awards if award.erased or not has_files(program, award))
    earners = {award.earner for award in program.awards}
    return [
        *(address.award_page(award).removesuffix("index.html") for award in gone if award.id),
        *(f"badges/{name}/" for name in FILTERS),
        *(path for earner in earners for path in address.of_earner(earner)),
    ]


def kept(program: Program) -> Callable[[str], bool]:
    """Tells which paths keep their bytes once published: credentials, endorsements, and definitions that somebody was awarded."""
    named: set[str] = set()
    for award in program.awards:
        if award.issued is not None and award.erased is None:
            achievement = program.achievement_of(award)
            named |= {address.achievement_document(achievement), address.badge_class(achievement)}
    return lambda path: path in named or path.startswith("endorsements/") or folder.is_credential(path)
