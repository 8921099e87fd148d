"""The commands, each a few lines: what it takes, what it calls, what it says."""

# ruff: noqa: PLC0415 - a command imports what it needs when it runs, so that the others start quickly

from __future__ import annotations

import os
import secrets
import tempfile
import time
import webbrowser
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from blazon import __version__
from blazon.diagnostics import BlazonError, Place, Report
from blazon.shell import (
    USAGE,
    WELL,
    WRONG,
    Blazon,
    Commands,
    Day,
    Desk,
    Progress,
    coloured,
    example,
    new_passphrase,
    secret_in,
    secrets_of,
    today,
)

if TYPE_CHECKING:
    from blazon.scaffold import NewFile

_today = click.option("--today", type=Day(), default=today, help="Take this for today's date, to repeat a build.")
_strict = click.option("--strict", is_flag=True, help="Take warnings for errors.")
_desk = click.pass_obj
_path = click.Path(path_type=Path)


@click.group(
    cls=Blazon,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=example("blazon build", "blazon preview --open"),
)
@click.option("-C", "directory", type=_path, default=Path(), help="The folder of the program, instead of this one.")
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


@blazon.command(epilog=example("blazon check", "blazon check --strict --format github"))
@click.option("--format", "form", type=click.Choice(["text", "github", "json"]), default="text", help="How to say it.")
@_strict
@_today
@_desk
def check(desk: Desk, form: str, today: date, *, strict: bool) -> int:
    """Find every mistake in the content. Needs no key and writes nothing."""
    from blazon import telling
    from blazon.opened import open_program

    report = Report()
    tree, _ = open_program(desk.root, report, today)
    if report or form != "text" or not desk.quiet:
        desk.say(*map(coloured, telling.diagnosed(report, form, len(tree))))
    return WRONG if report.failed or (strict and report.warnings) else WELL


@blazon.command(epilog=example("blazon build", "blazon build -o public --base-url https://example.org/badges/"))
@click.option("-o", "--output", type=_path, default=Path("dist"), show_default=True, help="The folder to write.")
@click.option("--base-url", default="", help="Where the site will answer, instead of the address in site.yaml.")
@click.option("--key-file", "key_files", type=_path, multiple=True, help="A file with a secret key. May be repeated.")
@click.option(
    "--accept-change", "accepted", multiple=True, metavar="ADDRESS", help="A published address that may change or go."
)
@_strict
@_today
@_desk
def build(desk: Desk, /, output: Path, base_url: str, key_files: Sequence[Path], today: date, **choices: Any) -> int:
    """Check the content, sign it, and write the website.

    It is written whole or not at all, and an address once published stays.

    The secret key is read from BLAZON_SIGNING_KEY or from a key file outside the repository. BLAZON_PASSPHRASE opens a
    protected key file where nobody can be asked.
    """
    from blazon import publishing, telling

    began, progress = time.perf_counter(), Progress(desk)
    order = publishing.Order(desk.root, desk.at(output), today, _base(base_url), **choices)
    try:
        built = publishing.build(order, lambda: secrets_of(desk, key_files), progress.begin)
    finally:
        progress.end()
    if built.report:
        click.echo("\n".join(map(coloured, telling.diagnosed(built.report, "text", built.sources))), err=True)
    if built.program is None or built.changes is None:
        return WRONG
    if not desk.quiet:
        desk.say(telling.overview(built.program), telling.signed(built.program, built.awards, built.secrets))
        desk.say(telling.written(output, built.changes, time.perf_counter() - began))
        desk.tell("next: blazon preview --open")
    return WELL


@blazon.command(epilog=example("blazon preview --open"))
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port to answer at.")
@click.option("--open", "opening", is_flag=True, help="Open the site in the browser.")
@click.option("--no-reload", is_flag=True, help="Leave pages as they are when the content changes.")
@_desk
def preview(desk: Desk, port: int, *, opening: bool, no_reload: bool) -> int:
    """Show the site while you write.

    It is signed with a throwaway key, answers to this machine only, and follows every change. Ctrl-C ends it.
    """
    from blazon import files
    from blazon.keys import SEED_SIZE, Secret
    from blazon.preview import Workshop, run
    from blazon.serving import Server

    files.refuse_missing(desk.root)

    def ready(place: str) -> None:
        desk.tell(f"the preview is at {place} (Ctrl-C ends it)")
        if opening:
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


@blazon.command(epilog=example("blazon verify dist/awards/*/badge.png", "blazon verify --key did.json badge.svg"))
@click.argument("files", type=click.Path(path_type=Path, allow_dash=True), nargs=-1, required=True, metavar="FILE…")
@click.option("--site", type=_path, help="The built site to look things up in; dist where there is one.")
@click.option("--key", type=_path, help="The issuer's did.json, when there is no site.")
@click.option("--status", type=_path, help="The issuer's status list, when there is no site.")
@click.option(
    "--document",
    "documents",
    type=_path,
    multiple=True,
    help="Another document that the badge names, such as its assertion.json. May be repeated.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to say it.")
@_desk
def verify(
    desk: Desk,
    files: Sequence[Path],
    site: Path | None,
    key: Path | None,
    status: Path | None,
    documents: Sequence[Path],
    form: str,
) -> int:
    """Check badges as a stranger would.

    FILE is a PNG, SVG or JSON file, or "-" for standard input. The network is never used.

    Ends with 0 when every step passed, 1 when a badge is not good, 3 when something could not be decided.
    """
    from blazon import judging, telling
    from blazon.files import read_given
    from blazon.verify import LARGEST_FILE

    given = [desk.at(path) for path in (key, status, *documents) if path]
    sources = judging.sources(site and desk.at(site), desk.at(Path("dist")), given)
    judged = []
    for file in files:
        data = desk.read_input(LARGEST_FILE) if str(file) == "-" else read_given(desk.at(file), LARGEST_FILE)
        judged.append(judging.judge(str(file), data, sources, datetime.now(UTC)))
    desk.say(*telling.judged(judged, form))
    return judging.exit_code(judged)


@blazon.group(cls=Commands, epilog=example('blazon new badge "Bicycle Repair" --kind skill'))
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
@_desk
def new_badge(desk: Desk, name: str, title: str, kind: str, level: int | None) -> int:
    """Write content/badges/NAME/badge.yaml."""
    from blazon import newbadge, scaffold
    from blazon.model import Kind

    return _write_new(desk, newbadge.badge(scaffold.named(name, title), Kind(kind), level or 0))


@new.command("earner", epilog=example('blazon new earner "Ada Okafor"', 'blazon new earner ada --title "Ada Okafor"'))
@click.argument("name")
@_title
@_desk
def new_earner(desk: Desk, name: str, title: str) -> int:
    """Write content/earners/NAME/earner.yaml, which is the earner's own to change."""
    from blazon import scaffold

    return _write_new(desk, scaffold.earner(scaffold.person(name, title)))


@new.command("award", epilog=example("blazon new award ada-okafor bicycle-repair"))
@click.argument("earner")
@click.argument("badge")
@click.option("--email", is_flag=True, help="Ask for the earner's e-mail address, and write its hash.")
@_today
@_desk
def new_award(desk: Desk, earner: str, badge: str, today: date, *, email: bool) -> int:
    """Write a claim of EARNER for BADGE: an award once it is reviewed and dated."""
    from blazon import recipients, scaffold
    from blazon.opened import read_and_load

    tree, program = read_and_load(desk.root, Report())
    if program is None:
        raise BlazonError("the content cannot be read.", "see what is wrong with: blazon check", WRONG)
    file = scaffold.award(program, tree, earner, badge, today, secrets.token_bytes)
    if email:
        hashed = recipients.hashed(desk.ask_address(), secrets.token_bytes)
        file = scaffold.NewFile(file.path, f"{file.text}\n# Who may say that it is theirs.\n{recipients.text(hashed)}")
        desk.tell(f"note: {recipients.GUESSABLE}.")
    return _write_new(desk, file)


@blazon.command(
    epilog=example(
        'blazon endorse trail-first-aid --key ~/league.key --name "Regional League"',
        'blazon endorse --issuer --key ~/council.key --name "City Council"',
    )
)
@click.argument("badge", required=False)
@click.option("--issuer", is_flag=True, help="Vouch for the issuer instead of one badge.")
@click.option("--key", "key_file", type=_path, required=True, help="The file with the endorser's own secret key.")
@click.option("--name", required=True, help="Who vouches, as pages will show it.")
@click.option("--comment", default="", help="What the endorser states, in a sentence or two.")
@click.option("--url", default="", help="The endorser's own address.")
@click.option("--until", type=Day(), help="The day on which it ends. With an end it stands beside awards, not in them.")
@_today
@_desk
def endorse(desk: Desk, /, badge: str | None, key_file: Path, today: date, *, issuer: bool, **said: Any) -> int:
    """Sign an endorsement of BADGE.

    It is for somebody other than the program, with a key of their own: make one with blazon key new --endorser.
    """
    from blazon import endorsing, files
    from blazon.opened import read_and_load

    if issuer == bool(badge):
        raise BlazonError("say what is endorsed: a badge, or --issuer.", "see: blazon endorse -h", USAGE)
    _, program = read_and_load(desk.root, Report())
    if program is None or not program.settings.url:
        raise BlazonError("the content cannot be read.", "see what is wrong with: blazon check", WRONG)
    endorsed = endorsing.endorse(program, badge or "", endorsing.Words(**said), secret_in(desk, key_file), today)
    files.write_new(desk.root, endorsed.file.path, endorsed.file.text)
    desk.say(f"wrote {endorsed.file.path}")
    desk.tell(f'next: the program adds "{endorsed.line}" to {endorsed.where}')
    return WELL


@blazon.command(epilog=example("blazon recipient"))
@_desk
def recipient(desk: Desk) -> int:
    """Hash an earner's e-mail address, for the field "recipient" of an award.

    The address is asked for, or read from standard input. It is written nowhere.
    """
    from blazon import recipients

    desk.say(recipients.text(recipients.hashed(desk.ask_address(), secrets.token_bytes)).rstrip())
    desk.tell(f"note: {recipients.GUESSABLE}.", "next: put these lines into the award's file, for this award only")
    return WELL


@blazon.group(cls=Commands, epilog=example("blazon key new", "blazon key show"))
def key() -> None:
    """Make keys, show the public ones."""


@key.command("new", epilog=example("blazon key new", "blazon key new ~/ci.key --no-passphrase"))
@click.argument("path", type=_path, required=False)
@click.option("--no-passphrase", is_flag=True, help="Write the one-line form, which a workflow's secret takes.")
@click.option("--endorser", is_flag=True, help="A key to endorse with: nothing is written to keys/.")
@_today
@_desk
def key_new(desk: Desk, path: Path | None, today: date, *, no_passphrase: bool, endorser: bool) -> int:
    """Make a signing key: the secret half outside the repository, the public half in keys/."""
    from blazon import files, keymaking, keys

    home, place = Path(click.get_app_dir("blazon")), path and desk.at(path)
    request = None if endorser else keymaking.request(desk.root, home, place)
    passphrase = "" if no_passphrase else new_passphrase()
    secret = keys.Secret(secrets.token_bytes(keys.SEED_SIZE))
    text = keys.protect(secret, passphrase, secrets.token_bytes) if passphrase else secret.one_line() + "\n"
    if request is None:
        place = place or home / "endorser.key"
        files.write_secret(place, text, desk.root)
        desk.say(*keymaking.endorser_steps(place, secret))
        return WELL
    files.write_secret(request.secret, text, desk.root)
    files.write_new(desk.root, request.public, keymaking.public_text(secret, today))
    desk.say(*keymaking.next_steps(request, secret, today, protected=bool(passphrase)))
    return WELL


@key.command("show", epilog=example("blazon key show"))
@_today
@_desk
def key_show(desk: Desk, today: date) -> int:
    """Print the public keys and their dates."""
    from blazon import telling
    from blazon.opened import read_and_load

    _, program = read_and_load(desk.root, Report())
    if program is None or not program.keys:
        raise BlazonError("there is no public key in keys/.", "make one with: blazon key new", WRONG)
    desk.say(*(telling.key_line(one, today) for one in program.keys))
    return WELL


def _write_new(desk: Desk, file: NewFile) -> int:
    """Write a scaffolded file, and say where it is."""
    from blazon import files

    if not (desk.root / "content").is_dir():
        raise BlazonError(
            "there is no content/ folder here.", "name the program's folder: blazon -C FOLDER new …", USAGE
        )
    files.write_new(desk.root, file.path, file.text)
    desk.say(f"wrote {file.path}")
    desk.tell("next: put your own words in it, then: blazon preview --open")
    return WELL


def _base(url: str) -> str:
    """The base address that was typed, with a slash at its end."""
    if not url:
        return ""
    from blazon import source, values

    report = Report()
    read = values.BASE.read(source.Text(url, Place("--base-url")), report)
    for one in report:
        raise BlazonError(f"--base-url: {one.message}", one.hint, USAGE)
    return read or ""


def main() -> None:
    """Run the command line."""
    blazon()


if __name__ == "__main__":
    main()
