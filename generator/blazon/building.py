"""The commands that write a site: a build, and the parts of one put together."""

# ruff: noqa: PLC0415 - a command imports what it needs when it runs, so that the others start quickly

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import click

from blazon.diagnostics import BlazonError, Place, Report, counted
from blazon.shell import (
    PATH,
    USAGE,
    WELL,
    WRONG,
    Desk,
    Progress,
    at_desk,
    coloured,
    example,
    on_a_day,
    secrets_of,
    strictly,
)

if TYPE_CHECKING:
    from blazon.keys import Secret
    from blazon.order import Order
    from blazon.publishing import Built
    from blazon.remembering import Said

Begin: TypeAlias = Callable[[int], Callable[[int, int], None] | None]
"""From a number of awards to what hears how many files and credentials are made."""


@click.command(
    epilog=example(
        "blazon build",
        "blazon build -o public --base-url https://example.org/badges/",
        "blazon build --record requests.json",
    )
)
@click.option("-o", "--output", type=PATH, default=Path("dist"), show_default=True, help="The folder to write.")
@click.option("--base-url", default="", help="Where the site will answer, instead of the address in site.yaml.")
@click.option("--host", default="", help="Where the host will show the site: it has to be the address in site.yaml.")
@click.option("--key-file", "key_files", type=PATH, multiple=True, help="A file with a secret key. May be repeated.")
@click.option(
    "--signatures", type=PATH, multiple=True, metavar="FILE", help="Signatures made elsewhere. May be repeated."
)
@click.option(
    "--processes", type=click.IntRange(min=0), default=0, help="How many processes build; 0 for as many as pay."
)
@click.option(
    "--executor", default="", metavar="ADDRESS", help="A Dask cluster that builds, such as dask://10.0.0.7:8786."
)
@click.option("--part", default="", metavar="N/M", help="Build one part of so many: blazon merge puts them together.")
@click.option("--record", type=PATH, metavar="FILE", help="Write what has to be signed, build nothing. Needs no key.")
@click.option(
    "--accept-change",
    "accepted",
    multiple=True,
    metavar="ADDRESS",
    help="A published address that may change or go; * is any one name in it.",
)
@click.option("--no-cache", is_flag=True, help="Build everything, whatever the last build remembered.")
@strictly
@on_a_day
@at_desk
def build(
    desk: Desk,
    /,
    output: Path,
    key_files: Sequence[Path],
    record: Path | None,
    today: date,
    *,
    no_cache: bool,
    **choices: Any,
) -> int:
    """Check the content, sign it, and write the website.

    It is written whole or not at all, and an address once published stays.

    The secret key is read from BLAZON_SIGNING_KEY or from a key file outside the repository. BLAZON_PASSPHRASE opens a
    protected key file where nobody can be asked. Signatures in signatures.json, beside content/, are taken once they are verified.
    """
    from blazon import batch, remembering

    batch.settle(desk.root)
    began, moment = time.perf_counter(), 0 if no_cache else time.time_ns()
    order = _order(desk, output, today, began=moment, **choices)
    if record is not None:
        return _record(desk, order, record)
    keys = cache(lambda: secrets_of(desk, key_files))
    said = remembering.unchanged(order, keys)
    return _build(desk, output, order, keys, began) if said is None else _again(desk, output, said, began)


def _again(desk: Desk, output: Path, said: Said, began: float) -> int:
    """Say what the last build said, which would not be any different now."""
    from blazon import room

    _complain(desk, said.report, said.sources)
    if not desk.quiet:
        seconds = time.perf_counter() - began
        amount = f"{counted(said.files, 'file')}, {room.amount(said.size)}"
        desk.say(*said.sentences, f"{output}: {amount} (nothing changed since the last build) in {seconds:.1f} s")
        desk.say(room.told(said.size))
        desk.tell("next: blazon preview --open")
    return WELL


def _build(desk: Desk, output: Path, order: Order, keys: Callable[[], Sequence[Secret]], began: float) -> int:
    """Make a site, and say what it is."""
    from blazon import publishing, telling

    built = _written(desk, output, began, lambda begin: publishing.build(order, keys, begin), publishing.sentences)
    if built is None:
        return WRONG
    if built.program and built.changes and built.changes.again:
        names = [key.name for key in built.program.keys if key.compromised]
        desk.tell(telling.signed_again(names, built.changes.again))
    desk.tell("next: blazon preview --open")
    return WELL


def _written(
    desk: Desk, output: Path, began: float, make: Callable[[Begin], Built], told: Callable[[Built], list[str]]
) -> Built | None:
    """A site that was made and written, once that is said; None, and why, when it was not."""
    from blazon import room, telling

    progress = Progress(desk)
    try:
        built = make(progress.begin)
    finally:
        progress.end()
    _complain(desk, built.report, built.sources)
    if built.program is None or built.changes is None:
        return None
    if not desk.quiet:
        desk.say(*told(built))
        desk.say(telling.written(output, built.changes, time.perf_counter() - began), room.told(built.changes.size))
    return built


@click.command(epilog=example("blazon merge part-1 part-2 part-3 -o dist"))
@click.argument("folders", type=PATH, nargs=-1, metavar="FOLDER...")
@click.option("-o", "--output", type=PATH, default=Path("dist"), show_default=True, help="The folder to write.")
@click.option("--base-url", default="", help="Where the site will answer, as the parts were told.")
@click.option("--host", default="", help="Where the host will show the site, as the parts were told.")
@click.option(
    "--accept-change",
    "accepted",
    multiple=True,
    metavar="ADDRESS",
    help="A published address that may change or go; * is any one name in it.",
)
@strictly
@on_a_day
@at_desk
def merge(desk: Desk, /, folders: Sequence[Path], output: Path, today: date, **choices: Any) -> int:
    """Put the parts of a build together, and write the website.

    Each FOLDER was made by blazon build --part, from the same files, for the same day, by the same version. All parts have to
    be there, and as they were made. The site is the one that a build without parts writes.
    """
    from blazon import batch, publishing

    batch.settle(desk.root)
    began, order = time.perf_counter(), _order(desk, output, today, **choices)
    places = [*map(desk.at, folders)]
    built = _written(
        desk,
        output,
        began,
        lambda begin: publishing.merge(order, places, begin),
        lambda built: publishing.sentences(built)[:1],
    )
    return WRONG if built is None else WELL


def _order(
    desk: Desk,
    output: Path,
    today: date,
    base_url: str,
    host: str,
    signatures: Sequence[Path] = (),
    part: str = "",
    **choices: Any,
) -> Order:
    """What somebody wants built."""
    from blazon import shares
    from blazon.order import Order

    if base_url and host:
        message = "--base-url and --host both say where the site answers."
        raise BlazonError(message, "a workflow says --host, a preview elsewhere --base-url.", USAGE)
    named = tuple(map(desk.at, signatures))
    base, host = _base("--base-url", base_url), _base("--host", host)
    share = shares.read(part) if part else None
    return Order(desk.root, desk.at(output), today, base, host, named, part=share, **choices)


def _record(desk: Desk, order: Order, place: Path) -> int:
    """Write what has to be signed, and say how much that is."""
    from blazon import disk, publishing, telling, tosign

    built, requests = publishing.record(order)
    _complain(desk, built.report, built.sources)
    if requests is None:
        return WRONG
    disk.write_whole(desk.at(place), tosign.write(requests))
    if not desk.quiet:
        desk.say(telling.to_sign(requests, place))
        desk.tell(*telling.after_recording(requests, place))
    return WELL


def _complain(desk: Desk, report: Report, sources: int) -> None:
    """Say what is wrong with the content, beside the results."""
    if report:
        from blazon import telling

        desk.warn(*map(coloured, telling.diagnosed(report, "text", sources)))


def _base(option: str, url: str) -> str:
    """The base address that was typed, with a slash at its end."""
    if not url:
        return ""
    from blazon import source, values

    report = Report()
    read = values.BASE.read(source.Text(url, Place(option)), report)
    for one in report:
        raise BlazonError(f"{option}: {one.message}", one.hint, USAGE)
    return read or ""
