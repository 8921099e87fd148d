"""Rules for root keys and the list of keys that they sign: it says what keys/ says, enough of them signed it, and it only goes on."""

from __future__ import annotations

from collections.abc import Iterator

from blazon import address, ed25519, keylist
from blazon.diagnostics import Place, Report, counted, listed
from blazon.ed25519 import Verifies
from blazon.jsontext import Unreadable
from blazon.keylist import KeyList, ListedKey
from blazon.layout import KEY_LIST, ROOT
from blazon.model import Program, Roots

_SIGN = "sign the list again: blazon key list --key-file FILE, with the file of a root key"


def roots_hold(program: Program, report: Report, verifies: Verifies | None) -> None:
    """A program with root keys has a list that they signed; without `verifies` nobody does the arithmetic."""
    roots = program.roots
    if any(name.startswith("keys/") for name in program.broken):
        return
    if roots is None:
        if program.key_list:
            message = f"{KEY_LIST} is signed by root keys, and this file, which names them, is missing."
            report.error("missing-file", Place(ROOT), message, "bring it back as it was")
        return
    _roots_have_one_job(program, roots, report)
    if not roots.public:
        message = "there is no root key in this list."
        report.error("bad-threshold", roots.places["public_keys"], message, "list one, or delete the file")
    elif roots.threshold > len(roots.public):
        message = f"there {'is' if len(roots.public) == 1 else 'are'} {counted(len(roots.public), 'root key')}, and {roots.threshold} have to sign."
        report.error(
            "bad-threshold", roots.places["threshold"], message, f"write a number from 1 to {len(roots.public)}"
        )
    elif program.key_list:
        _list_is_signed(program, report, verifies)
    else:
        message = "there are root keys, and not yet the list of keys that they sign."
        report.error("missing-file", Place(KEY_LIST), message, _SIGN.replace("again", "now"))


def composed(program: Program, number: int, day: str) -> KeyList:
    """The list that a program with root keys has, with this number and date; nobody has signed it."""
    assert program.roots is not None  # noqa: S101 (whoever asks has seen to it)
    keys = (
        ListedKey(key.name, ed25519.write(key.public), key.since, key.until, key.compromised) for key in program.keys
    )
    return KeyList(
        id=f"{program.settings.url}{address.KEY_LIST}",
        issuer=address.did_web(program.settings.url),
        number=number,
        date=day,
        threshold=program.roots.threshold,
        roots=tuple(map(ed25519.write, program.roots.public)),
        keys=tuple(sorted(keys, key=lambda key: (key.since, key.name))),
    )


def list_goes_on(before: Program, now: Program, report: Report, verifies: Verifies) -> None:
    """A list that was published is followed by a later one, and other root keys have the word of those before them."""
    try:
        old, new = (keylist.read(one.key_list) if one.key_list else None for one in (before, now))
    except Unreadable:  # another rule says so
        return
    if old is None or any(name.startswith("keys/") for name in now.broken):
        return
    if new is None:
        message = f"{old.named} was published, and is gone."
        report.error("changed-key-list", Place(KEY_LIST), message, "bring it back as it was")
    elif new.number < old.number:
        message = f"this is {new.named}, and {old.named} was published."
        report.error(
            "changed-key-list", Place(KEY_LIST), message, "bring that list back, and sign the next one: blazon key list"
        )
    elif new.number == old.number and new.message != old.message:
        message = f"{old.named} was published, and said something else."
        report.error(
            "changed-key-list", Place(KEY_LIST), message, "bring that list back, and sign the next one: blazon key list"
        )
    elif (new.roots, new.threshold) != (old.roots, old.threshold):
        _earlier_roots_agree(old, new, report, verifies)


def _roots_have_one_job(program: Program, roots: Roots, report: Report) -> None:
    """A root key signs lists of keys, and no badges."""
    names = {key.public: key.name for key in program.keys}
    for index, public in enumerate(roots.public):
        if public in names:
            message = f'this is the key "{names[public]}", which signs badges, and a root key signs nothing but the list of keys.'
            hint = "take it out here, and make a root key: blazon key root FILE"
            report.error("root-key-signs", roots.places[f"public_keys.{index}"], message, hint)


def _list_is_signed(program: Program, report: Report, verifies: Verifies | None) -> None:
    """The list can be read, says what keys/ says, and has the signatures that it needs and no wrong one."""
    try:
        found = keylist.read(program.key_list)
    except Unreadable as error:
        message = f"this list of keys cannot be read: {error}"
        report.error("bad-key-list", Place(KEY_LIST), message, "bring it back as it was; nobody edits it by hand")
        return
    if differences := list(_differences(found, composed(program, found.number, found.date))):
        report.error("stale-key-list", Place(KEY_LIST), f"it {listed(differences, 'and')}.", _SIGN)
    elif verifies is not None:
        right = found.signers(verifies)
        wrong = [root for root, _ in found.signatures if root not in right]
        if wrong:
            message = f"the signature of {ed25519.fingerprint(wrong[0])} is not over what this list says."
            report.error("unsigned-key-list", Place(KEY_LIST), message, "bring it back as it was, or " + _SIGN)
        elif (number := len(right.intersection(found.roots))) < found.threshold:
            message = f"it has {number} of the {found.threshold} signatures that it needs."
            hint = "let somebody with another root key sign it too: blazon key list --key-file FILE"
            report.error("unsigned-key-list", Place(KEY_LIST), message, hint)


def _differences(found: KeyList, wanted: KeyList) -> Iterator[str]:
    """What a list says otherwise than the program, in half a sentence each."""
    if (found.id, found.issuer) != (wanted.id, wanted.issuer):
        yield f"is the list of {found.issuer}, and this program is {wanted.issuer}"
    if (found.roots, found.threshold) != (wanted.roots, wanted.threshold):
        yield f"has other root keys, or another threshold, than {ROOT}"
    there, here = ({key.name: key for key in one.keys} for one in (found, wanted))
    for name in sorted(there.keys() | here.keys()):
        if name not in there:
            yield f'leaves out the key "{name}"'
        elif name not in here:
            yield f'has a key "{name}", which is not in keys/'
        elif there[name] != here[name]:
            yield f'says of the key "{name}" something else than keys/{name}.yaml'


def _earlier_roots_agree(old: KeyList, new: KeyList, report: Report, verifies: Verifies) -> None:
    """Who pinned a root key follows to others only with its signature."""
    number = len(new.signers(verifies).intersection(old.roots))
    if number < old.threshold:
        message = (
            f"the root keys are others than in {old.named}, and of those {number} "
            f"{'has' if number == 1 else 'have'} signed this list; {old.threshold} must."
        )
        hint = "bring the earlier list back, and sign first with the earlier root key; if that is lost, tell everybody who pinned it"
        report.error("changed-root", Place(KEY_LIST), message, hint)
