"""The commands on both sides of a publication: what a request would change, and whether the site answers as it was built."""

# ruff: noqa: PLC0415 - a command imports what it needs when it runs, so that the others start quickly

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from blazon.diagnostics import Report
from blazon.shell import PATH, WELL, WORLD, WRONG, Desk, at_desk, coloured, example, on_a_day


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


@click.command(epilog=example("blazon confirm dist", "blazon confirm dist --wait 600"))
@click.argument("folder", type=PATH)
@click.option(
    "--wait",
    type=click.IntRange(0, 3600),
    default=0,
    show_default=True,
    metavar="SECONDS",
    help="How long to ask again until the site fits: hosts need a while to show what was deployed.",
)
@at_desk
def confirm(desk: Desk, folder: Path, wait: int) -> int:
    """Ask the site's own address whether it shows what was built in FOLDER, byte by byte.

    Looked at are the key document, the status lists, the issuer, the home page, and the newest award in all its forms. This
    uses the network: only the address that the site itself names is asked, over https.

    Ends with 0 when all of them fit, 1 when one is missing or differs, 3 when the network is in the way.
    """
    from blazon import confirming, online

    network, wanted = online.network(), confirming.expected(desk.at(folder))
    found = confirming.confirm(wanted, lambda url: online.look(url, network), wait, time.monotonic, _sleep(desk))
    for kind, faults in (("error", found.faults), ("warning", found.notes)):
        for one in faults:
            desk.say(coloured(f": {kind}: {one.url}: {one.sentence}").removeprefix(": "), f"  hint: {one.hint}")
    if found.faults or not desk.quiet:
        number = f"{found.fitting} of {found.addresses}" if found.faults else f"{found.fitting}"
        desk.say(f"{confirming.home(wanted)}: {number} addresses answer as they were built")
    if found.faults:
        return WORLD if all(one.unreachable for one in found.faults) else WRONG
    return WELL


def _sleep(desk: Desk) -> Callable[[str, float], None]:
    """What waits, and says how it stands."""

    def sleep(words: str, seconds: float) -> None:
        desk.tell(f"{words}; asking again in {seconds:.0f} s")
        time.sleep(seconds)

    return sleep
