"""The command that proposes the awards of stacks that are due."""

# ruff: noqa: PLC0415 - a command imports what it needs when it runs, so that the others start quickly

from __future__ import annotations

import secrets
from datetime import date

import click

from blazon.diagnostics import Report
from blazon.shell import WELL, WRONG, Desk, at_desk, coloured, example, on_a_day


@click.command(epilog=example("blazon derive --dry-run", "blazon derive", "blazon -v derive --dry-run"))
@click.option("--dry-run", is_flag=True, help="Say what is due and why, and write nothing.")
@on_a_day
@at_desk
def derive(desk: Desk, today: date, *, dry_run: bool) -> int:
    """Propose the awards of stacks that are now due.

    For everyone who holds an award for each level and none of the stack, a claim is written that names them; those who finished
    before the stack existed are found too. It needs the approvals that any claim needs. "blazon -v derive" also says who lacks what.
    """
    from blazon import disk, due, scaffold, telling
    from blazon.opened import open_program

    report = Report()
    tree, opened = open_program(desk.root, report, today)
    if opened is None or report.failed:
        desk.tell(*map(coloured, telling.diagnosed(report, "text", len(tree))))
        return WRONG
    written, places = 0, scaffold.Places(scaffold.taken(tree), secrets.token_bytes)
    for one in due.look(opened.program, today):
        if isinstance(one, due.Open):
            if desk.verbose:
                desk.say(f'{one.earner}: no award of "{one.stack.slug}" is due', *(f"  {why}" for why in one.reasons))
            continue
        file = due.claim(opened.program, tree, places, one, today, secrets.token_bytes)
        desk.say(f"{'would write' if dry_run else 'wrote'} {file.path}", *(f"  {why}" for why in due.reasons(one)))
        if not dry_run:
            disk.write_new(desk.root, file.path, file.text)
        written += 1
    desk.tell("1 award of a stack is due" if written == 1 else f"{written} awards of stacks are due")
    if written and not dry_run:
        desk.tell("next: look the claims over, propose them, and have them reviewed")
    return WELL
