"""The commands for what happens to awards and badges afterwards: each changes files as text, and says what comes next."""

# ruff: noqa: PLC0415 - a command imports what it needs when it runs, so that the others start quickly

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from blazon import making
from blazon.diagnostics import BlazonError, Report
from blazon.shell import PATH, USAGE, WELL, WRONG, Day, Desk, alone, at_desk, example, on_a_day, secrets_of, today

if TYPE_CHECKING:
    from blazon.afterwards import Case
    from blazon.scaffold import NewFile

_EXAMPLE = "content/earners/ada-okafor/bicycle-repair.yaml"
_on = click.option("--on", "on", type=Day(), default=today, help="The day of the decision; today when it is not said.")


@click.command(epilog=example(f'blazon revoke {_EXAMPLE} --reason "Issued in error."'))
@click.argument("award")
@click.option("--reason", required=True, help="Why, in a sentence that everybody can read.")
@_on
@at_desk
@alone
def revoke(desk: Desk, award: str, reason: str, on: date) -> int:
    """Withdraw AWARD, for ever.

    AWARD is the award's file, its id or its address. Its page stays and says so; so does everybody's check.
    """
    from blazon import afterwards

    one = case_of(desk, award)
    _rewrite(desk, one, afterwards.revoked(one, reason, on))
    desk.tell("next: propose the change; the award counts no more once the site is built again")
    return WELL


@click.command(
    epilog=example(f'blazon suspend {_EXAMPLE} --reason "Under review."', f"blazon suspend {_EXAMPLE} --lift")
)
@click.argument("award")
@click.option("--reason", default="", help="Why, in a sentence that everybody can read.")
@click.option("--until", type=Day(), help="The day on which it ends by itself.")
@click.option("--lift", is_flag=True, help="End the pause.")
@_on
@at_desk
@alone
def suspend(desk: Desk, /, award: str, reason: str, until: date | None, on: date, *, lift: bool) -> int:
    """Pause AWARD for a while, or end the pause.

    AWARD is the award's file, its id or its address. Its page says that it is on hold; the list of withdrawn awards does not
    name it, since what that says is for ever.
    """
    from blazon import afterwards

    if lift == bool(reason):
        raise BlazonError("say why it is paused, or that the pause ends.", "add --reason, or --lift.", USAGE)
    one = case_of(desk, award)
    _rewrite(desk, one, afterwards.lifted(one) if lift else afterwards.suspended(one, reason, on, until))
    desk.tell("next: propose the change; the page says so once the site is built again")
    return WELL


@click.command(
    epilog=example(f"blazon supersede {_EXAMPLE}", f'blazon supersede {_EXAMPLE} --name "Ada Lind" --issued 2026-06-01')
)
@click.argument("award")
@click.option("--name", default="", help="The corrected name, where that is what changes.")
@click.option(
    "--issued", type=Day(), help="The day of the decision. Without it the new file is a claim to be reviewed."
)
@click.option("--expires", type=Day(), help="When the new award ends, in place of the badge's own rule.")
@click.option("--today", "now", type=Day(), default=today, help="Take this for today's date.")
@at_desk
def supersede(desk: Desk, award: str, name: str, issued: date | None, expires: date | None, now: date) -> int:
    """Write a new award that takes the place of AWARD, renewed or with a corrected name.

    AWARD is the award's file, its id or its address, and stays as it is: its page leads to the new one once that is issued.
    """
    from blazon import afterwards, disk

    one = case_of(desk, award)
    new = afterwards.superseding(one, afterwards.Successor(name, issued, expires), now, secrets.token_bytes)
    afterwards.refuse_faults(one, new, now)
    disk.write_new(desk.root, new.path, new.text)
    desk.say(f"wrote {new.path}")
    desk.tell(*(f"note: {line}" for line in afterwards.left_out(one)))
    desk.tell("next: look it over, then propose it" if issued else "next: put your own words in it, then propose it")
    return WELL


@click.command(epilog=example(f"blazon erase {_EXAMPLE}"))
@click.argument("award")
@click.option("--yes", is_flag=True, help="Do not ask; needed where nobody can be asked.")
@_on
@at_desk
@alone
def erase(desk: Desk, award: str, on: date, *, yes: bool) -> int:
    """Erase AWARD at its earner's wish: everything but its number goes.

    AWARD is the award's file, its id or its address. Its address says from then on that something was erased there, and names nobody.
    """
    from blazon import address, afterwards, folder

    one = case_of(desk, award)
    file = afterwards.erased(one, on)
    if not yes:
        desk.agree(f"Erase {one.path} for good?", "say --yes when nobody can be asked.")
    _rewrite(desk, one, file)
    published = folder.reader(desk.at(Path("dist")))(address.credential(one.award))
    desk.tell(*(f"note: {line}" for line in afterwards.reminders(one, published)))
    desk.tell("next: propose the change; the documents go once the site is built again")
    return WELL


@click.command(epilog=example(f"blazon private {_EXAMPLE}"))
@click.argument("award")
@at_desk
@alone
def private(desk: Desk, award: str) -> int:
    """Make AWARD private, and print the one link that opens its page.

    AWARD is the award's file, its id or its address. A new key is written into earner.yaml; run it again to cancel the links
    that were given before.
    """
    from blazon import afterwards, disk

    one = case_of(desk, award)
    file = afterwards.private(one, secrets.token_bytes)
    link = afterwards.link(one.program, file, one)
    if file.path in one.tree:
        disk.replace_file(desk.root, file.path, one.tree[file.path], file.text.encode())
    else:
        disk.write_new(desk.root, file.path, file.text)
    desk.say(f"{'changed' if file.path in one.tree else 'wrote'} {file.path}", link)
    if one.program.settings.public_repository:
        desk.tell("note: the repository is public, and so is the key in it: this hides nothing.")
    desk.tell("next: hand the link to the earner; it opens the page once the site is built again")
    return WELL


@click.command("hand-over", epilog=example("blazon hand-over ../for-earners"))
@click.argument("folder", type=PATH)
@click.option("--key-file", "key_files", type=PATH, multiple=True, help="A file with a secret key. May be repeated.")
@on_a_day
@at_desk
def hand_over(desk: Desk, folder: Path, key_files: Sequence[Path], today: date) -> int:
    """Write the awards that have no files on the site into FOLDER, to be handed to their earners.

    Those are the withheld and the private ones: credential.json, badge.png, badge.svg and review.json of each. FOLDER lies outside
    the repository and every built site. The secret key is read as in blazon build.
    """
    from blazon import handing, telling

    report = Report()
    made = handing.hand_over(desk.root, desk.at(folder), lambda: secrets_of(desk, key_files), today, report)
    if report.failed:
        click.echo("\n".join(telling.diagnosed(report, "text", 0)), err=True)
        return WRONG
    desk.say(*(f"wrote {folder / one}" for one in made))
    if not made:
        desk.tell("nothing is withheld or private.")
    return WELL


@making.new.command("version", epilog=example("blazon new version bicycle-repair"))
@click.argument("badge")
@at_desk
@alone
def new_version(desk: Desk, badge: str) -> int:
    """Keep BADGE as it is awarded today, and open its next version.

    What was published stays as it was; edit badge.yaml afterwards. Awards and claims say from then on which version they are of.
    """
    from blazon import disk, newversion
    from blazon.opened import read_and_load

    tree, program = read_and_load(desk.root, Report())
    if program is None:
        raise BlazonError("the content cannot be read.", "see what is wrong with: blazon check", WRONG)
    for one in newversion.version(program, tree, badge):
        if one.before is None:
            disk.write_new(desk.root, one.path, one.data)
        else:
            disk.replace_file(desk.root, one.path, one.before, one.data)
        desk.say(f"{'wrote' if one.before is None else 'changed'} {one.path}")
    desk.tell(f"next: edit content/badges/{badge}/badge.yaml")
    return WELL


def case_of(desk: Desk, wanted: str) -> Case:
    """The case of the award that somebody named."""
    from blazon import afterwards
    from blazon.opened import read_and_load

    tree, program = read_and_load(desk.root, Report())
    if program is None:
        raise BlazonError("the content cannot be read.", "see what is wrong with: blazon check", WRONG)
    return afterwards.case(program, tree, wanted)


def _rewrite(desk: Desk, one: Case, file: NewFile) -> None:
    """Write the changed file of an award, unless `check` would refuse it, and say so."""
    from blazon import afterwards, disk

    afterwards.refuse_faults(one, file, today())
    disk.replace_file(desk.root, one.path, one.data, file.text.encode())
    desk.say(f"changed {file.path}")
