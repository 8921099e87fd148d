"""The command that checks badges as a stranger would: on a disk, in a site, or where they are published."""

# ruff: noqa: PLC0415 - a command imports what it needs when it runs, so that the others start quickly

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from blazon.shell import PATH, Desk, Line, at_desk, example, judged, now

if TYPE_CHECKING:
    from blazon.answering import Answers
    from blazon.judging import Judged, Tally
    from blazon.online import Online


@click.command(epilog=example("blazon verify dist/", "blazon verify --online badge.png"))
@click.argument("targets", nargs=-1, required=True, metavar="FILE…")
@click.option("--online", is_flag=True, help="Ask the network for addresses, and for what a badge names.")
@click.option(
    "--pin",
    "pins",
    multiple=True,
    metavar="KEY",
    help="The key that has to have signed, z6Mk…, or a root key that vouches for it; others fail. May be repeated.",
)
@click.option(
    "--pin-threshold",
    type=click.IntRange(min=1),
    metavar="NUMBER",
    help="How many of the root keys that are named have to vouch; one, unless told.",
)
@click.option(
    "--pin-number",
    type=click.IntRange(min=1),
    metavar="NUMBER",
    help="The number of the last list of keys that you know of; earlier ones fail.",
)
@click.option("--site", type=PATH, help="The built site to look things up in; dist where there is one.")
@click.option("--key", type=PATH, help="The issuer's did.json, when there is no site.")
@click.option("--status", type=PATH, help="The issuer's status list, when there is no site.")
@click.option(
    "--document",
    "documents",
    type=PATH,
    multiple=True,
    help="Another document that the badge names, such as its assertion.json. May be repeated.",
)
@click.option("--issued", is_flag=True, help="Ask what was issued, not whether it still counts.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to say it.")
@at_desk
def verify(
    desk: Desk,
    /,
    targets: Sequence[str],
    pins: Sequence[str],
    pin_threshold: int | None,
    pin_number: int | None,
    site: Path | None,
    key: Path | None,
    status: Path | None,
    documents: Sequence[Path],
    form: str,
    *,
    online: bool,
    issued: bool,
) -> int:
    """Check badges as a stranger would.

    FILE is a PNG, SVG or JSON file, a folder, a built site, "-" for standard input, or with --online an https address.
    Of a folder, badges that passed are only counted; "blazon -v verify" lists them too. Without --online the network is never used.

    Ends with 0 when every step passed, 1 when a badge is not good, 3 when something could not be decided. Programs look
    with --issued at what they publish: then it is no fault that a badge ran out or was withdrawn, nor what its picture looks like.
    """
    from blazon import answering, gathering, judging, pinning

    pointed = gathering.Targets(tuple(targets), desk.at, desk.read_input)
    pointed.refuse(online=online)
    given = [desk.at(path) for path in (key, status, *documents) if path]
    network = _network() if online else None
    around = gathering.surroundings(site and desk.at(site), desk.at(Path("dist")), given, network)
    moment, pinned = now(), pinning.named(pins, pin_threshold, pin_number)
    answers = (
        answering.Json(moment) if form == "json" else answering.Text(judged, quiet=desk.quiet, verbose=desk.verbose)
    )
    badges = (judging.judge(one, moment, pinned) if one else None for one in pointed.pieces(around))
    return _judge(desk, badges, answers, judging.Tally(issued=issued))


def _judge(desk: Desk, badges: Iterable[Judged | None], answers: Answers, tally: Tally) -> int:
    """Say what was found out about badges as they come, None standing for a file that is no badge, and how that ends."""
    line = Line(desk)
    desk.say(*answers.begin())
    for badge in badges:
        if badge is None:
            tally.others += 1
            continue
        tally.add(badge)
        if lines := list(answers.one(badge)):
            line.clear()
            desk.say(*lines)
        line.show(lambda: f"{tally.verdicts.total():,} badges checked, {tally.wrong:,} of them not good or not decided")
    line.clear()
    desk.say(*answers.end(tally))
    return tally.exit_code


def _network() -> Online:
    """The network, for a command that was asked to use it."""
    from blazon import online

    return online.Online(online.network())
