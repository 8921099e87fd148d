"""The commands for root keys: make one, and sign the list of keys with it."""

# ruff: noqa: PLC0415 - a command imports what it needs when it runs, so that the others start quickly

from __future__ import annotations

import secrets
from datetime import date
from pathlib import Path

import click

from blazon.diagnostics import BlazonError, printable
from blazon.shell import PATH, USAGE, WELL, Desk, alone, at_desk, example, new_passphrase, on_a_day, secret_in


@click.command("root", epilog=example("blazon key root ~/root.key", "blazon key root /media/stick/root.key"))
@click.argument("path", type=PATH)
@click.option("--no-passphrase", is_flag=True, help="Write the secret half without protection.")
@at_desk
@alone
def key_root(desk: Desk, path: Path, *, no_passphrase: bool) -> int:
    """Make a root key: the secret half in the file PATH outside the repository, the public half in keys/root.yaml.

    A root key signs the numbered list of signing keys, which blazon key list makes, and nothing else, so it can be kept offline.
    Give its public half to whoever checks your badges: the list that it signs is published as keys.json.
    """
    from blazon import disk, ed25519, keylist, keys, rootmaking
    from blazon.layout import ROOT

    held, place = rootmaking.held(desk.root), desk.at(path)
    if finished := disk.finish_secrets(place, held.publics):
        desk.say(*(f"wrote {one}: the secret half of a key that a run before this one began" for one in finished))
        return WELL
    if len(held.publics) >= keylist.MOST_ROOTS:
        raise BlazonError(f"there are {keylist.MOST_ROOTS} root keys, and more do not fit.", exit_code=USAGE)
    passphrase = "" if no_passphrase else new_passphrase()
    secret = keys.Secret(secrets.token_bytes(keys.SEED_SIZE))
    text = keys.protect(secret, passphrase, secrets.token_bytes) if passphrase else secret.one_line() + "\n"
    with disk.secret_for(place, ed25519.write(secret.public), text, desk.root):
        data = rootmaking.with_root(held.roots, secret)
        if held.roots is None:
            disk.write_new(desk.root, ROOT, data)
        else:
            disk.replace_file(desk.root, ROOT, held.roots, data)
    desk.say(*map(printable, rootmaking.root_steps(place, secret, protected=bool(passphrase))))
    return WELL


@click.command("list", epilog=example("blazon key list --key-file /media/stick/root.key"))
@click.option("--key-file", type=PATH, required=True, help="The file with the secret half of a root key.")
@on_a_day
@at_desk
@alone
def key_list(desk: Desk, key_file: Path, today: date) -> int:
    """Sign the list of signing keys, keys/list.json, with a root key.

    Where keys/ says something new, the list gets the next number. Where it needs several signatures, each holder of a root key
    runs this once. Where nothing is new, nothing changes.
    """
    from blazon import disk, keylist, rootmaking
    from blazon.layout import KEY_LIST

    program = rootmaking.held(desk.root).program
    made = rootmaking.next_list(program, secret_in(desk, key_file), today)
    if made.changed and made.before is None:
        disk.write_new(desk.root, KEY_LIST, keylist.write(made.after))
    elif made.changed:
        disk.replace_file(desk.root, KEY_LIST, program.key_list, keylist.write(made.after).encode())
    desk.say(*rootmaking.list_steps(made))
    return WELL
