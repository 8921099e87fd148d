"""The commands that take in claims and awards from elsewhere: a table of people, and the event of an issue form."""

# ruff: noqa: PLC0415 - a command imports what it needs when it runs, so that the others start quickly

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from blazon.diagnostics import BlazonError, Report, Severity, counted
from blazon.shell import PATH, WELL, WRONG, Desk, at_desk, coloured, example, on_a_day

if TYPE_CHECKING:
    from blazon.entering import Entered
    from blazon.model import Program
    from blazon.roster import Entry


@click.command("import", epilog=example("blazon import roster.csv --dry-run", "blazon import roster.csv --dates dmy"))
@click.argument("roster", type=PATH, metavar="ROSTER.csv")
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@click.option("--dates", type=click.Choice(["dmy", "mdy"]), default=None, help="How days with slashes are to be read.")
@click.option(
    "--hash-email", is_flag=True, help="Write a salted hash of each e-mail address, which are left out otherwise."
)
@on_a_day
@at_desk
def import_roster(desk: Desk, roster: Path, dates: str | None, today: date, *, dry_run: bool, hash_email: bool) -> int:
    """Write an award for each row of a table that a spreadsheet saved.

    Rows that are issued and reviewed become awards, the others claims. Every mistake is said at once, with its row and
    column, and then nothing is written. docs/reference/roster.md has the columns.
    """
    from blazon import batch, disk, sheets
    from blazon import roster as columns

    batch.take_back(desk.root)
    report = Report()
    sheet = sheets.read(str(roster), disk.read_given(desk.at(roster), sheets.MOST_BYTES), report)
    rows = columns.entries(sheet, dates or "", report) if sheet else []
    made = _entered(desk, rows, today, report, hash_email=hash_email)
    if made is None:
        desk.say(*(coloured(one.as_text()) for one in report))
        desk.say(f"{report.counted(Severity.ERROR)} in {counted(len(rows), 'row')}; nothing was written")
        return WRONG
    desk.tell(*(coloured(one.as_text()) for one in report), *(f"note: {one}" for one in made.notes))
    if not dry_run:
        batch.write_all_new(desk.root, [(one.path, one.text) for one in made.files])
    if dry_run or desk.verbose:
        desk.say(*(one.path for one in made.files))
    awards, claims = counted(made.issued, "award"), counted(len(made.files) - made.issued, "claim")
    desk.say(f"{'would write' if dry_run else 'wrote'} {counted(len(made.files), 'file')}: {awards} and {claims}")
    desk.tell("next: blazon check")
    return WELL


@click.command(epilog=example("blazon claim event.json"))
@click.argument("event", type=PATH, metavar="EVENT.json")
@on_a_day
@at_desk
def claim(desk: Desk, event: Path, today: date) -> int:
    """Write the claim that somebody sent with the issue form at GitHub.

    EVENT.json is the file that GitHub writes for a workflow when an issue is opened, edited or labelled. The path of the
    claim's file is printed, and nothing else; what is wrong is told beside it, and then nothing is written.
    """
    from blazon import batch, disk, issueform
    from blazon.entering import Entering

    batch.take_back(desk.root)
    tree, program = _read(desk)
    report = Report()
    found = issueform.entry(disk.read_given(desk.at(event), issueform.MOST_BYTES), program, report)
    made = Entering(program, tree, secrets.token_bytes).enter([found], today, report) if found else None
    for one in report:
        click.echo(coloured(one.as_text()), err=True)
    if made is None:
        return WRONG
    desk.tell(*(f"note: {one}" for one in made.notes))
    batch.write_all_new(desk.root, [(one.path, one.text) for one in made.files])
    desk.say(*(one.path for one in made.files))
    return WELL


def _read(desk: Desk) -> tuple[Mapping[str, bytes], Program]:
    """The files of the program and what they say; raises BlazonError when they cannot be read."""
    from blazon.opened import read_and_load

    tree, program = read_and_load(desk.root, Report())
    if program is None:
        raise BlazonError("the content cannot be read.", "see what is wrong with: blazon check", WRONG)
    return tree, program


def _entered(
    desk: Desk, entries: Sequence[Entry], today: date, report: Report, *, hash_email: bool = False
) -> Entered | None:
    """The files of entries, or None when the report says what is wrong with them."""
    from blazon.entering import Entering

    tree, program = _read(desk)
    if not entries and not report.failed:
        raise BlazonError("there is no row below the headings.", "write a row for each award.", WRONG)
    return Entering(program, tree, secrets.token_bytes, hash_email=hash_email).enter(entries, today, report)
