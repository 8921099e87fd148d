"""The commands around a request: what it would change for the public, before somebody accepts it."""

# ruff: noqa: PLC0415 - a command imports what it needs when it runs, so that the others start quickly

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from blazon.diagnostics import Report
from blazon.shell import PATH, WELL, WRONG, Desk, at_desk, coloured, example, on_a_day


@click.command(
    epilog=example(
        "blazon diff --against ../accepted", "blazon diff --against ../accepted --format markdown > changes.md"
    )
)
@click.option(
    "--against", type=PATH, required=True, metavar="FOLDER", help="The files as they were, to compare with these."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    help="How to say it: markdown for the summary of a workflow.",
)
@on_a_day
@at_desk
def diff(desk: Desk, against: Path, form: str, today: date) -> int:
    """Say what would change for the public: awards, badges, pages of earners, addresses.

    Of each award it says the sentence that the public will read, and who approved it. It needs no key and writes nothing.

    Ends with 1 when the content has errors or changes what was issued, which check says in full, and with 3 when FOLDER cannot
    be read.
    """
    from blazon import comparing, contrast, recount, telling
    from blazon.opened import open_program

    report = Report()
    tree, opened = open_program(desk.root, report, today)
    now = comparing.side(desk.root, tree, opened.program) if opened else None
    base = comparing.base(desk.at(against), now)
    if now is None or opened is None:
        desk.warn(*map(coloured, telling.diagnosed(report, "text", len(tree))))
        return WRONG
    found = contrast.contrast(base, now, opened.theme, today)
    desk.say(*recount.recounted(found, report, form))
    return WRONG if report.failed or found.refused else WELL
