"""The commands that make something new: files of the content, endorsements, keys."""

# ruff: noqa: PLC0415 - a command imports what it needs when it runs, so that the others start quickly

from __future__ import annotations

import secrets
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from blazon.diagnostics import BlazonError, Report, counted, printable
from blazon.shell import (
    PATH,
    USAGE,
    WELL,
    WRONG,
    Commands,
    Day,
    Desk,
    alone,
    at_desk,
    example,
    new_passphrase,
    on_a_day,
    secret_in,
)

if TYPE_CHECKING:
    from blazon.scaffold import NewFile


@click.command(epilog=example("blazon init my-badges", 'blazon init my-badges --empty --name "Harbor Library"'))
@click.argument("folder", type=PATH, default=Path(), metavar="[DIR]")
@click.option("--empty", is_flag=True, help="Leave out the demo: its badges, earners, reviewers and key.")
@click.option("--name", default="", help="What the program is called.")
@click.option("--base-url", default="", help="The address the site will answer at. With --empty.")
@at_desk
def init(desk: Desk, folder: Path, name: str, base_url: str, *, empty: bool) -> int:
    """Begin a program in DIR, a new or an empty folder.

    It gets a demo that is complete, to look at and to change, or with --empty a site to fill in; and what goes around the
    content: workflows, schemas for editors. Nothing is asked, and the network is not used.
    """
    from blazon import batch, files, founding

    if base_url and not empty:
        message = "the demo has an address of its own, for which its endorsements were signed."
        raise BlazonError(message, "add --empty to begin a program of your own.", USAGE)
    batch.take_back(desk.at(folder))
    files.refuse_filled(desk.at(folder))
    template = files.read_template()
    program = founding.empty(template, name, base_url) if empty else founding.demo(template, name)
    batch.write_all_new(desk.at(folder), sorted(program.items()))
    desk.say(f"wrote {counted(len(program), 'file')} to {printable(str(desk.at(folder)))}")
    desk.tell(*founding.next_steps(folder, empty=empty))
    return WELL


@click.group(cls=Commands, epilog=example('blazon new badge "Bicycle Repair" --kind skill'))
def new() -> None:
    """Write a new file of the content.

    It is commented, with examples to put your own words in place of.
    """


_title = click.option("--title", default="", help="The name on pages, when it is not the one that was typed.")


@new.command(
    "badge", epilog=example('blazon new badge "Bicycle Repair" --kind skill', "blazon new badge repair --level 1")
)
@click.argument("name")
@_title
@click.option(
    "--kind",
    type=click.Choice(["skill", "knowledge", "life-skill", "participation", "identity", "micro-credential"]),
    default="skill",
    show_default=True,
    help="What the badge stands for.",
)
@click.option("--level", type=click.IntRange(1, 3), help="The level of a micro-credential that this badge is.")
@at_desk
def new_badge(desk: Desk, name: str, title: str, kind: str, level: int | None) -> int:
    """Write content/badges/NAME/badge.yaml."""
    from blazon import newbadge, scaffold
    from blazon.model import Kind

    return _write_new(desk, newbadge.badge(scaffold.named(name, title), Kind(kind), level or 0))


@new.command("earner", epilog=example('blazon new earner "Ada Okafor"', 'blazon new earner ada --title "Ada Okafor"'))
@click.argument("name")
@_title
@at_desk
def new_earner(desk: Desk, name: str, title: str) -> int:
    """Write content/earners/NAME/earner.yaml, which is the earner's own to change."""
    from blazon import scaffold

    who = scaffold.person(name, title)
    return _write_new(desk, scaffold.earner(who), f"blazon new award {who.slug} BADGE")


@new.command(
    "award",
    epilog=example(
        "blazon new award ada-okafor bicycle-repair",
        "blazon new award ada-okafor bicycle-repair --start 2026-03-02 --end 2026-04-10",
    ),
)
@click.argument("earner")
@click.argument("badge")
@click.option("--name", default="", help="The name on the award, when it is not the folder's.")
@click.option("--start", type=Day(), default=None, help="The first day of what was done.")
@click.option("--end", type=Day(), default=None, help="The last day of it.")
@click.option("--email", is_flag=True, help="Ask for the earner's e-mail address, and write its hash.")
@on_a_day
@at_desk
def new_award(
    desk: Desk, /, earner: str, badge: str, name: str, start: date | None, end: date | None, today: date, *, email: bool
) -> int:
    """Write a claim of EARNER for BADGE: an award once it is reviewed and dated. blazon import writes those of a group."""
    from blazon import recipients, scaffold
    from blazon.opened import read_and_load

    tree, program = read_and_load(desk.root, Report())
    if program is None:
        raise BlazonError("the content cannot be read.", "see what is wrong with: blazon check", WRONG)
    if start and end and end < start:
        raise BlazonError(f"--end {end} is before --start {start}.", "exchange the two.", USAGE)
    who = scaffold.person(earner, name)
    file = scaffold.award(program, tree, who, badge, today, secrets.token_bytes, (start, end))
    if email:
        hashed = recipients.hashed(desk.ask_address(), secrets.token_bytes)
        file = scaffold.NewFile(file.path, f"{file.text}\n# Who may say that it is theirs.\n{recipients.text(hashed)}")
        desk.tell(f"note: {recipients.GUESSABLE}.")
    return _write_new(desk, file, f"blazon review {file.path}")


@click.command(
    epilog=example(
        'blazon endorse trail-first-aid --key ~/league.key --name "Regional League"',
        'blazon endorse --issuer --key ~/council.key --name "City Council"',
    )
)
@click.argument("badge", required=False)
@click.option("--issuer", is_flag=True, help="Vouch for the issuer instead of one badge.")
@click.option("--key", "key_file", type=PATH, required=True, help="The file with the endorser's own secret key.")
@click.option("--name", required=True, help="Who vouches, as pages will show it.")
@click.option("--comment", default="", help="What the endorser states, in a sentence or two.")
@click.option("--url", default="", help="The endorser's own address.")
@click.option("--until", type=Day(), help="The day on which it ends. With an end it stands beside awards, not in them.")
@on_a_day
@at_desk
def endorse(desk: Desk, /, badge: str | None, key_file: Path, today: date, *, issuer: bool, **said: Any) -> int:
    """Sign an endorsement of BADGE.

    It is for somebody other than the program, with a key of their own: make one with blazon key new --endorser.
    """
    from blazon import disk, endorsing
    from blazon.opened import read_and_load

    if issuer == bool(badge):
        raise BlazonError("say what is endorsed: a badge, or --issuer.", "see: blazon endorse -h", USAGE)
    _, program = read_and_load(desk.root, Report())
    if program is None or not program.settings.url:
        raise BlazonError("the content cannot be read.", "see what is wrong with: blazon check", WRONG)
    endorsed = endorsing.endorse(program, badge or "", endorsing.Words(**said), secret_in(desk, key_file), today)
    disk.write_new(desk.root, endorsed.file.path, endorsed.file.text)
    desk.say(f"wrote {endorsed.file.path}")
    desk.tell(f'next: the program adds "{endorsed.line}" to {endorsed.where}')
    return WELL


@click.command(epilog=example("blazon recipient"))
@at_desk
def recipient(desk: Desk) -> int:
    """Hash an earner's e-mail address for one award.

    The address is asked for, or read from standard input, and written nowhere. What is printed goes into the award's file.
    """
    from blazon import recipients

    desk.say(recipients.text(recipients.hashed(desk.ask_address(), secrets.token_bytes)).rstrip())
    desk.tell(f"note: {recipients.GUESSABLE}.", "next: put these lines into the award's file, for this award only")
    return WELL


@click.group(cls=Commands, epilog=example("blazon key new", "blazon key show"))
def key() -> None:
    """Make keys, show the public ones."""


@key.command("new", epilog=example("blazon key new", "blazon key new ~/ci.key --no-passphrase"))
@click.argument("path", type=PATH, required=False)
@click.option("--no-passphrase", is_flag=True, help="Write the one-line form, which a workflow's secret takes.")
@click.option("--endorser", is_flag=True, help="A key to endorse with: nothing is written to keys/.")
@on_a_day
@at_desk
@alone
def key_new(desk: Desk, path: Path | None, today: date, *, no_passphrase: bool, endorser: bool) -> int:
    """Make a signing key: the secret half outside the repository, the public half in keys/."""
    from blazon import disk, ed25519, keymaking, keys

    home, place = Path(click.get_app_dir("blazon")), path and desk.at(path)
    request = None if endorser else keymaking.request(desk.root, home, place)
    if request and (finished := disk.finish_secrets(request.secret, keymaking.publics(request))):
        desk.say(*(f"wrote {one}: the secret half of a key that a run before this one began" for one in finished))
        return WELL
    passphrase = "" if no_passphrase else new_passphrase()
    secret = keys.Secret(secrets.token_bytes(keys.SEED_SIZE))
    text = keys.protect(secret, passphrase, secrets.token_bytes) if passphrase else secret.one_line() + "\n"
    if request is None:
        place = place or home / "endorser.key"
        disk.write_secret(place, text, desk.root)
        desk.say(*keymaking.endorser_steps(place, secret))
        return WELL
    with disk.secret_for(request.secret, ed25519.write(secret.public), text, desk.root):
        disk.write_new(desk.root, request.public, keymaking.public_text(request.public, secret, today))
    desk.say(*keymaking.next_steps(request, secret, today, protected=bool(passphrase)))
    return WELL


@key.command("show", epilog=example("blazon key show"))
@on_a_day
@at_desk
def key_show(desk: Desk, today: date) -> int:
    """Print the public keys and their dates."""
    from blazon import rootmaking, telling
    from blazon.opened import read_and_load

    _, program = read_and_load(desk.root, Report())
    if program is None or not program.keys:
        raise BlazonError("there is no public key in keys/.", "make one with: blazon key new", WRONG)
    desk.say(*(telling.key_line(one, today) for one in program.keys), *rootmaking.shown(program))
    return WELL


def _write_new(desk: Desk, file: NewFile, then: str = "blazon preview --open") -> int:
    """Write a scaffolded file, and say where it is and what to type once it is filled in."""
    from blazon import disk, files

    files.refuse_missing(desk.root)
    disk.write_new(desk.root, file.path, file.text)
    desk.say(f"wrote {file.path}")
    desk.tell(f"next: put your own words in it, then: {then}")
    return WELL
