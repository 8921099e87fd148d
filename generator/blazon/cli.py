"""The commands, each a few lines: what it takes, what it calls, what it says. Those that make something new are in `making`."""

# ruff: noqa: PLC0415 - a command imports what it needs when it runs, so that the others start quickly

from __future__ import annotations

import os
import secrets
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from blazon import (
    __version__,
    building,
    deriving,
    joining,
    keeping,
    living,
    making,
    proposing,
    reviewing,
    rooting,
    signing,
    verifying,
)
from blazon.diagnostics import BlazonError, Report
from blazon.shell import (
    PATH,
    USAGE,
    WELL,
    WRONG,
    Blazon,
    Desk,
    at_desk,
    coloured,
    example,
    on_a_day,
    strictly,
    today,
)

if TYPE_CHECKING:
    from blazon.keys import Secret


@click.group(
    cls=Blazon,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=example("blazon init my-badges", "blazon preview --open", "blazon build"),
)
@click.option("-C", "directory", type=PATH, default=Path(), help="The folder of the program, instead of this one.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing when all is well.")
@click.option("-v", "--verbose", is_flag=True, help="Say more when something breaks.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colour in the output.")
@click.version_option(__version__, message="blazon %(version)s")
@click.pass_context
def blazon(ctx: click.Context, directory: Path, *, quiet: bool, verbose: bool, color: str) -> None:
    """Turn a git repository into a website of verifiable digital badges."""
    forced = {"always": True, "never": False}.get(color)
    ctx.color = False if forced is None and os.environ.get("NO_COLOR") else forced
    ctx.obj = Desk(directory, quiet, verbose)


@blazon.command(
    epilog=example("blazon check", "blazon check --strict --format github", "blazon check --against ../accepted")
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github", "markdown", "json"]),
    default="text",
    help="How to say it: github for its annotations, markdown for a summary.",
)
@click.option(
    "--against", type=PATH, metavar="FOLDER", help="The files as they were: what was issued there has to stay."
)
@click.option(
    "--profile", type=click.Choice(["program", "trusted", "eu"]), help="A framework whose fields to ask for as well."
)
@strictly
@on_a_day
@at_desk
def check(desk: Desk, form: str, against: Path | None, profile: str | None, today: date, *, strict: bool) -> int:
    """Find every mistake in the content. Needs no key and writes nothing.

    With --against it also compares with what was accepted before, which a request is checked with: no award that was issued
    may change, go or move, and no edit may alter what was published. Ends with 3 when that folder cannot be read.

    With --profile it warns of what badges do not say: "program" for a full catalogue, "trusted" for catalogues of trusted
    micro-credentials, "eu" for the European Union's elements of a micro-credential.
    """
    from blazon import telling
    from blazon.opened import open_program

    report, again = Report(), Counter[str]()
    if against is not None and _adds_too_much(desk, desk.at(against), report):
        (desk.annotate if form == "github" else desk.say)(*map(coloured, telling.diagnosed(report, form, 0)))
        return WRONG
    tree, opened = open_program(desk.root, report, today)
    if against is not None:
        from blazon import check_against, comparing

        now = comparing.side(desk.root, tree, opened.program) if opened else None
        base = comparing.base(desk.at(against), now)
        if now is not None:
            again = check_against.check_against(base, now, report)
    if profile is not None and opened is not None:
        from blazon import check_profiles

        check_profiles.profile_fits(opened.program, profile, report)
    if report or form != "text" or not desk.quiet:
        lines = telling.diagnosed(report, form, len(tree))
        (desk.annotate if form == "github" else desk.say)(*map(coloured, lines))
    if again.total():
        desk.tell(telling.signed_again(+again, again.total()))
    return WRONG if report.failed or (strict and report.warnings) else WELL


def _adds_too_much(desk: Desk, base: Path, report: Report) -> bool:
    """Whether a request is refused for the number or the size of its files alone, of which none is read."""
    from blazon import check_against, files

    files.refuse_missing(desk.root)
    if before := files.sizes_of(base):
        check_against.little_is_added(before, files.sizes_of(desk.root), report)
    return report.failed


@blazon.command(epilog=example("blazon preview --open", "blazon preview -o preview"))
@click.option("-o", "--output", type=PATH, help="Write the site into this folder instead of showing it, and end.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port to answer at.")
@click.option("--open", "opening", is_flag=True, help="Open the site in the browser.")
@click.option("--no-reload", is_flag=True, help="Leave pages as they are when the content changes.")
@at_desk
def preview(desk: Desk, output: Path | None, port: int, *, opening: bool, no_reload: bool) -> int:
    """Show the site while you write.

    It is signed with a throwaway key, answers to this machine only, and follows every change. Ctrl-C ends it.

    With -o it is written once, for somebody else to look at: every page says that it is a preview, and its badges prove nothing.
    """
    from blazon import files
    from blazon.keys import SEED_SIZE, Secret
    from blazon.preview import Workshop, run
    from blazon.serving import Server

    files.refuse_missing(desk.root)
    if output is not None:
        return _write_preview(desk, output, Secret(secrets.token_bytes(SEED_SIZE)), served=opening or no_reload)

    def ready(place: str) -> None:
        desk.tell(f"the preview is at {place} (Ctrl-C ends it)")
        if opening:
            import webbrowser

            webbrowser.open(place)

    def say(problems: Sequence[str]) -> None:
        desk.tell(*map(coloured, problems or [f"built at {datetime.now().astimezone():%H:%M:%S}"]))

    with tempfile.TemporaryDirectory(prefix="blazon-") as place:
        served = Path(place) / "site"
        server = Server(port, served, reload=not no_reload)
        try:
            run(
                Workshop(desk.root, served, Secret(secrets.token_bytes(SEED_SIZE)), today),
                desk.root,
                server,
                say,
                ready,
            )
        except KeyboardInterrupt:
            desk.tell("the preview has ended.")
    return WELL


def _write_preview(desk: Desk, output: Path, secret: Secret, *, served: bool) -> int:
    """Write a preview into a folder, and say what is in it."""
    from blazon import preview, telling

    if served:
        message = "a preview that is written with -o is not shown as well."
        raise BlazonError(message, "leave out -o, or --open and --no-reload.", USAGE)
    began = time.perf_counter()
    written = preview.write(desk.root, desk.at(output), secret, today())
    if written.report:
        desk.warn(*map(coloured, telling.diagnosed(written.report, "text", written.sources)))
    if written.program is None or written.changes is None:
        return WRONG
    if not desk.quiet:
        desk.say(telling.overview(written.program), "signed with a throwaway key: this preview proves nothing")
        desk.say(telling.written(output, written.changes, time.perf_counter() - began))
    return WELL


blazon.add_command(building.build)
blazon.add_command(building.merge)
blazon.add_command(proposing.diff)
blazon.add_command(proposing.confirm)
blazon.add_command(joining.import_roster)
blazon.add_command(joining.claim)
blazon.add_command(signing.sign)
blazon.add_command(verifying.verify)
making.key.add_command(keeping.compromised)
making.key.add_command(keeping.key_keep)
making.key.add_command(rooting.key_root)
making.key.add_command(rooting.key_list)
for _command in (making.init, making.new, making.endorse, making.recipient, making.key):
    blazon.add_command(_command)
for _command in (reviewing.review, living.revoke, living.suspend, living.supersede, living.erase, deriving.derive):
    blazon.add_command(_command)
for _command in (living.private, living.hand_over):
    blazon.add_command(_command)


def main() -> None:
    """Run the command line."""
    blazon()


if __name__ == "__main__":
    main()
