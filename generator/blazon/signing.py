"""The command that signs what a build wrote down: for people, on the machine where the key is."""

# ruff: noqa: PLC0415 - a command imports what it needs when it runs, so that the others start quickly

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from blazon.shell import PATH, WELL, WRONG, Desk, at_desk, example, on_a_day, secrets_of


@click.command(
    epilog=example(
        "blazon sign requests.json --issuer did:web:example.org:badges",
        "blazon sign requests.json --key-file ~/badges.key",
    )
)
@click.argument("requests", type=PATH)
@click.option(
    "-o", "--output", type=PATH, default=Path("signatures.json"), show_default=True, help="The file to add to."
)
@click.option("--issuer", default="", envvar="BLAZON_ISSUER", help="Who signs: the id in did.json of your site.")
@click.option("--key-file", "key_files", type=PATH, multiple=True, help="A file with a secret key. May be repeated.")
@on_a_day
@at_desk
def sign(desk: Desk, requests: Path, output: Path, issuer: str, key_files: Sequence[Path], today: date) -> int:
    """Sign what blazon build --record wrote into REQUESTS.

    It reads that list and no content, and signs all of it or nothing. The issuer is told by --issuer or BLAZON_ISSUER, or by the
    signatures that are there already. The same without the rest of blazon: python -m blazon.signer
    """
    from blazon import signer

    job = signer.Job(desk.at(requests), desk.at(output), issuer, today)
    try:
        said = signer.run(job, secrets_of(desk, key_files))
    except signer.Refused as refused:
        desk.warn(*(f"error: {line}" for line in signer.told(refused)))
        return WRONG
    if not desk.quiet:
        desk.say(said)
        desk.tell("next: blazon build")
    return WELL
