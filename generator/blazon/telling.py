"""What commands say when they are done: sentences made of figures, without knowing where they are printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

from blazon import __version__, ed25519, markup
from blazon.diagnostics import Diagnostic, Report, Severity, as_json, counted, listed, printable
from blazon.folder import Changes
from blazon.keyring import is_demo
from blazon.keys import Secret
from blazon.model import Program, VerificationMethod
from blazon.room import amount
from blazon.succession import in_force
from blazon.tosign import AWARD, Requests


def diagnosed(report: Report, form: str, files: int) -> list[str]:
    """A report as the lines of a form: text, json, github (errors first, since GitHub shows ten of each) or markdown."""
    summary = verdict(report, files)
    match form:
        case "json":
            return [as_json(report, __version__, summary)]
        case "github":
            return [*(one.as_annotation() for one in _worst_first(report)), summary]
        case "markdown":
            rows = map(_row, _worst_first(report))
            lines = markup.table(("", "Where", "What is wrong", "What to do"), rows) if report else []
            more = "{} more do not fit here. `blazon check` says more."
            return markup.fitted([f"### Check: {summary}", "", *lines], more)
        case _:
            return [*map(Diagnostic.as_text, report), summary]


def _worst_first(report: Report) -> list[Diagnostic]:
    """The diagnostics of a report, errors before warnings."""
    return sorted(report, key=lambda one: one.severity is not Severity.ERROR)


def _row(one: Diagnostic) -> tuple[str, str, str, str]:
    """A diagnostic as the row of a table in Markdown."""
    message = f"{markup.text(one.message)} {markup.code(one.code)}"
    return str(one.severity), markup.code(str(one.place)), message, markup.text(one.hint)


def verdict(report: Report, files: int) -> str:
    """How many mistakes there are: `1 error and 1 warning in 31 files`."""
    amounts = [(Severity.ERROR, report.errors), (Severity.WARNING, report.warnings)]
    found = [report.counted(severity) for severity, number in amounts if number]
    return f"{listed(found, 'and') or 'no mistakes'} in {counted(files, 'file')}"


def overview(program: Program) -> str:
    """What a program has: `Riverbend: 10 badges, 1 pathway, 6 earners, 14 awards`."""
    stacks = sum(bool(one.levels) for one in program.achievements.values())
    earners = {*program.earners, *(award.earner for award in program.in_brief)}
    claims = sum(award.issued is None and award.erased is None for award in program.in_brief)
    parts = (
        (len(program.achievements) - stacks, "badge"),
        (stacks, "pathway"),
        (len(earners), "earner"),
        (len(program.awards) - claims, "award"),
        (claims, "open claim"),
    )
    figures = (counted(number, noun) for number, noun in parts if number)
    return f"{printable(program.settings.name)}: {', '.join(figures) or 'nothing in it yet'}"


def signed(program: Program, number: int, secrets: Sequence[Secret]) -> str:
    """Which key signed how much: `signed 14 awards with key z6MkpTH…Hq8w`."""
    awards = counted(number, "award")
    if not secrets and is_demo(program):
        return f"signed {awards} with the demo key, which everybody has: this site proves nothing"
    if not secrets:
        return f"verified the signatures of {awards}, which were made before"
    return f"signed {awards} with key {ed25519.fingerprint(ed25519.write(secrets[0].public))}"


def to_sign(requests: Requests, place: Path) -> str:
    """How much has to be signed: `2 documents to sign: requests.json`."""
    return f"{counted(len(requests.requests), 'document')} to sign: {place}"


def after_recording(requests: Requests, place: Path) -> list[str]:
    """What to do with a list of what has to be signed."""
    if not requests.requests:
        return ["next: blazon build"]
    lines = [f"next: blazon sign {place} --issuer {requests.issuer}, then: blazon build"]
    if requests.left:
        lines.insert(0, f"note: {counted(requests.left, 'document')} more did not fit; sign these, and record again")
    if any(one.kind == AWARD for one in requests.requests):
        lines.insert(0, f"note: {place} holds what every award says, private ones too")
    return lines


def written(target: Path, changes: Changes, seconds: float) -> str:
    """What was written: `dist: 212 files, 3.1 MB (3 new, 1 changed, 208 same) in 2.4 s`."""
    effects = ((changes.new, "new"), (changes.changed, "changed"), (changes.same, "same"), (changes.removed, "removed"))
    figures = ", ".join(f"{number:,} {what}" for number, what in effects if number)
    return f"{target}: {counted(changes.files, 'file')}, {amount(changes.size)} ({figures}) in {seconds:.1f} s"


def signed_again(names: Iterable[str], number: int) -> str:
    """How many published awards are signed again: `12 published awards are signed again, since key-1 is compromised`."""
    are = "is" if number == 1 else "are"
    return f"note: {counted(number, 'published award')} {are} signed again, since {compromised(names)}"


def compromised(names: Iterable[str]) -> str:
    """That keys are compromised: `key-1 is compromised`."""
    found = sorted(names)
    return f"{listed(found, 'and')} {'is' if len(found) == 1 else 'are'} compromised"


def key_line(key: VerificationMethod, today: date) -> str:
    """A public key with its dates, and whether it signs today."""
    dates = [f"from {key.since:%Y-%m-%d}"]
    dates += [f"until {key.until:%Y-%m-%d}"] if key.until else []
    dates += [f"compromised {key.compromised:%Y-%m-%d}"] if key.compromised else []
    dates += [f"in the place of {listed(key.replaces, 'and')}"] if key.replaces else []
    state = "in force" if in_force(key, datetime.combine(today, time.max, UTC)) else "not in force"
    return f"{key.name}: {ed25519.write(key.public)} {', '.join(dates)} ({state})"
