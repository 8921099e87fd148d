"""Rules for keys: each is another one, has its time, replaces only what was compromised, and there is one for each award."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from blazon.diagnostics import Place, Report, counted
from blazon.model import Program, VerificationMethod
from blazon.succession import first_key_for, standing_for
from blazon.values import nearest

COMMAND = "blazon key compromised"


def keys_begin_before_they_end(program: Program, report: Report) -> None:
    """The dates of a key are in order."""
    for key in program.keys:
        if key.until and key.until <= key.since:
            message = '"until" is not after "from".'
            report.error("date-order", key.places["until"], message, hint="exchange the two dates, or correct one")


def keys_are_different(program: Program, report: Report) -> None:
    """A key stands in one file."""
    seen: dict[bytes, VerificationMethod] = {}
    for key in program.keys:
        other = seen.setdefault(key.public, key)
        if other is not key:
            message = f'this is the key of "{other.name}" once more.'
            report.error("repeated-key", key.place, message, hint="delete one of the two files")


def keys_replace_what_was_compromised(program: Program, report: Report) -> None:
    """A key replaces others that are compromised, each of them is replaced by one, and at the end there is one that signs."""
    if _some_are_unread(program):
        return
    by_name, replaced = {key.name: key for key in program.keys}, dict[str, str]()
    for key in program.keys:
        for number, name in enumerate(key.replaces):
            place = key.places.get(f"replaces.{number}", key.places["replaces"])
            other, first = by_name.get(name), replaced.setdefault(name, key.name)
            if other is None:
                hint = nearest(name, by_name, report) or "write the name of its file in keys/, without .yaml"
                report.error("bad-succession", place, f'there is no key "{name}".', hint)
            elif other is key:
                report.error("bad-succession", place, "a key cannot replace itself.", hint="delete this entry")
            elif other.compromised is None:
                message = f'"{name}" is not marked as compromised, so it signs for itself.'
                hint = f'type: {COMMAND} {name}; a key that is only put away says "until:" instead'
                report.error("bad-succession", place, message, hint)
            elif first != key.name:
                message = f'"{name}" is replaced by "{first}" already.'
                report.error("bad-succession", place, message, hint="let one of the two replace it")
            elif standing_for(program.keys, other).compromised and _is_followed(program.keys, key):
                message = f'"{name}" and "{key.name}" replace each other.'
                hint = f"type: {COMMAND} {key.name}, once one of the two entries is deleted"
                report.error("bad-succession", place, message, hint)


def there_is_a_key(program: Program, report: Report) -> None:
    """Something can be signed."""
    if not program.keys and not _some_are_unread(program):
        message = "there is no public key yet; nothing can be signed."
        report.warn("no-key", Place("keys"), message, "make one with: blazon key new")


def a_key_is_in_force_for_each_award(program: Program, report: Report) -> None:
    """Each award is dated when a key could sign it."""
    if _some_are_unread(program):
        return
    for award in program.awards if program.keys else ():
        if award.issued is not None and first_key_for(program.keys, award.issued) is None:
            message = f"no key was in force on {award.issued:%Y-%m-%d}."
            since = min(key.since for key in program.keys)
            hint = f"the first key in keys/ begins on {since:%Y-%m-%d}; correct this date, or the key's"
            report.error("no-key-in-force", award.places["issued"], message, hint)


def what_a_compromised_key_signed_has_another(program: Program, report: Report) -> None:
    """Where awards were signed by a compromised key, somebody has said which other one signs them again.

    None is guessed: what is signed again is looked at first, and the command that lists it writes down the key.
    """
    if _some_are_unread(program):
        return
    replaced = {name for key in program.keys for name in key.replaces}
    signed = Counter[str]()
    for award in program.in_brief:
        first = first_key_for(program.keys, award.issued) if award.issued and not award.erased else None
        if first is not None:
            signed[standing_for(program.keys, first).name] += 1
    for key in program.keys:
        if key.compromised is not None and key.name in signed.keys() - replaced:
            message = f'no key signs again what "{key.name}" signed: {counted(signed[key.name], "award")}.'
            hint = f"type: {COMMAND} {key.name} --dry-run; look at what it lists, then type it without --dry-run"
            report.error("no-successor", key.places["compromised"], message, hint)


KEY_RULES = (
    keys_begin_before_they_end,
    keys_are_different,
    keys_replace_what_was_compromised,
    there_is_a_key,
    what_a_compromised_key_signed_has_another,
)


def _some_are_unread(program: Program) -> bool:
    """Whether something is wrong with the file of a key, which is said already."""
    return any(name.startswith("keys/") for name in program.broken)


def _is_followed(keys: Collection[VerificationMethod], key: VerificationMethod) -> bool:
    """Whether a key is replaced by one that it replaces, itself or through others."""
    by_replaced = {name: one for one in keys for name in one.replaces}
    seen, name = set[str](), key.name
    while name in by_replaced and name not in seen:
        seen.add(name)
        name = by_replaced[name].name
    return name == key.name and bool(seen)
