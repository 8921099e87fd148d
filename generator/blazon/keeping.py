"""The commands for keys that are out of use: what one signed is kept, or, where somebody else may have it, signed again."""

# ruff: noqa: PLC0415 - a command imports what it needs when it runs, so that the others start quickly

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from blazon.diagnostics import BlazonError, Report, counted, printable
from blazon.shell import PATH, WELL, WRONG, Day, Desk, alone, at_desk, example, new_passphrase, on_a_day

if TYPE_CHECKING:
    from blazon.compromising import Theft
    from blazon.keymaking import Request
    from blazon.keys import Secret
    from blazon.signatures import Signatures


@click.command(
    epilog=example(
        "blazon key compromised key-1 --since 2026-11-20 --dry-run",
        "blazon key compromised key-1 ~/new.key --since 2026-11-20",
    )
)
@click.argument("key")
@click.argument("path", type=PATH, required=False)
@click.option("--since", type=Day(), help="Since when somebody else may have it; today when it is not said.")
@click.option("--no-passphrase", is_flag=True, help="Write a new key in the one-line form.")
@click.option("--dry-run", is_flag=True, help="Say what is signed again, and write nothing.")
@on_a_day
@at_desk
@alone
def compromised(
    desk: Desk, /, key: str, path: Path | None, since: date | None, today: date, *, no_passphrase: bool, dry_run: bool
) -> int:
    """Say that somebody else may have KEY, and let another key sign again what it signed.

    With PATH a new key takes its place, and its secret half is written there. Without PATH another key that is in force does,
    and a new one is made only where there is none. Where a run was killed, the same command goes on.
    """
    from blazon import compromising, disk, keymaking
    from blazon.opened import read_and_load

    tree, program = read_and_load(desk.root, Report())
    if program is None or not program.settings.url:
        raise BlazonError("the content cannot be read.", "see what is wrong with: blazon check", WRONG)
    one = compromising.theft(program, key, since, today, fresh=path is not None)
    if dry_run:
        desk.say(*compromising.told(one))
        return WELL
    request = keymaking.request(desk.root, Path(click.get_app_dir("blazon")), path and desk.at(path))
    wrote = [f"{place}: the secret half" for place in disk.finish_secrets(request.secret, keymaking.publics(request))]
    new = one.successor is None
    if new:
        secret = _make(desk, request, key, today, protected=not no_passphrase)
        one = compromising.with_successor(one, keymaking.public_half(request, secret, today))
        wrote += [f"{request.secret}: the secret half", f"{request.public}: the public half"]
    wrote += _write(desk, one, tree)
    if not wrote:
        message = f'"{key}" is marked as compromised, and "{one.name}" signs in its place already.'
        raise BlazonError(message, "see what is left to do with: blazon check", WRONG)
    desk.say(*(f"wrote {line}" for line in wrote), *compromising.told(one))
    desk.tell(*compromising.next_steps(one, str(request.secret) if new else "FILE", new=new))
    return WELL


@click.command("keep", epilog=example("blazon key keep", "blazon key keep ~/downloads/site"))
@click.argument("site", type=PATH, default=Path("dist"))
@at_desk
@alone
def key_keep(desk: Desk, site: Path) -> int:
    """Keep the signatures of the published site in the folder SITE, or dist, in signatures.json.

    What was signed before is then published without the secret half that signed it, which may be put away or lost. Each signature
    is verified with the public keys in keys/; a compromised key's do not count. What is kept already stays.
    """
    from blazon import address, disk, folder, retrieving, signatures
    from blazon.opened import read_and_load

    _, program = read_and_load(desk.root, Report())
    if program is None or not program.settings.url:
        raise BlazonError("the content cannot be read.", "see what is wrong with: blazon check", WRONG)
    plan, read = address.plan_of(program), folder.reader(desk.at(site))
    keys = {plan.verification_method(key.name): key.public for key in program.keys if key.compromised is None}
    documents = (read(path) or b"" for path in folder.listing(desk.at(site)) if path.endswith(".json"))
    found, before = retrieving.retrieved(documents, keys), _kept(desk, plan.did)
    if not found:
        message = f"there is nothing in {printable(str(site))} that a key in keys/ has signed."
        raise BlazonError(message, "name the folder of the site as it is published.", WRONG)
    after = signatures.Signatures(plan.did, {**found, **before.by_id})
    if after != before:
        disk.write_whole(desk.root / signatures.FILE, [signatures.write(after)])
    new = counted(len(after.by_id) - len(before.by_id), "signature")
    desk.say(f"took {new} from {printable(str(site))}: {signatures.FILE} has {len(after.by_id):,} now")
    return WELL


def _kept(desk: Desk, issuer: str) -> Signatures:
    """The signatures that an issuer keeps beside the content already."""
    from blazon import files, signatures
    from blazon.jsontext import Unreadable

    data = files.read_signatures(desk.root)
    try:
        kept = signatures.read(data) if data is not None else signatures.Signatures(issuer, {})
    except Unreadable as error:
        raise BlazonError(f"{signatures.FILE} cannot be read: {error}", "bring it back as it was.", WRONG) from error
    if kept.issuer != issuer:
        message = f"{signatures.FILE} holds signatures of {kept.issuer}, and this program is {issuer}."
        raise BlazonError(message, "bring it back as it was.", WRONG)
    return kept


def _make(desk: Desk, request: Request, key: str, today: date, *, protected: bool) -> Secret:
    """A new key that takes the place of another, once both of its halves are written."""
    from blazon import disk, ed25519, keymaking, keys

    passphrase = new_passphrase() if protected else ""
    secret = keys.Secret(secrets.token_bytes(keys.SEED_SIZE))
    text = keys.protect(secret, passphrase, secrets.token_bytes) if passphrase else secret.one_line() + "\n"
    with disk.secret_for(request.secret, ed25519.write(secret.public), text, desk.root):
        disk.write_new(desk.root, request.public, keymaking.public_text(request.public, secret, today, key))
    return secret


def _write(desk: Desk, one: Theft, tree: Mapping[str, bytes]) -> list[str]:
    """Write what changes in files that are there already; what was written.

    Which key signs from now on is written first: killed after that, `check` refuses the program until the rest is written.
    """
    from blazon import compromising, disk, files, signatures

    wrote = []
    for path, data in compromising.edits(one, tree):
        disk.replace_file(desk.root, path, tree[path], data)
        wrote.append(path)
    kept = files.read_signatures(desk.root)
    if kept is not None and (left := compromising.left_of(kept, one)) is not None:
        disk.write_whole(desk.root / signatures.FILE, [signatures.write(left)])
        wrote.append(f"{signatures.FILE}, without the signatures that count no more")
    return wrote
