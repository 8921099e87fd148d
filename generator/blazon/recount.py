"""What a request would change, as lines for a terminal, as Markdown for the summary of a workflow, or as one JSON object."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from blazon import __version__, markup
from blazon.contrast import Addresses, Approvals, Change, Contrast
from blazon.diagnostics import Diagnostic, Report, Severity, counted, json_of, listed, printable

_AWARD = re.compile(r"(awards/[^/]+/).+")
_LISTS = (("awards", "award"), ("claims", "claim"), ("badges", "badge"), ("earners", "earner"), ("files", "other file"))
_MOST_IN_TEXT = 20  # addresses, and other files


def recounted(found: Contrast, report: Report, form: str) -> list[str]:
    """A contrast as the lines of a form: text, markdown or json; `report` is what `check` found in what is asked for."""
    match form:
        case "json":
            return [_json(found, report)]
        case "markdown":
            more = "{} more lines do not fit here. `blazon diff` says all of them."
            return markup.fitted(list(_markdown(found, report)), more)
        case _:
            return [printable(line) for line in _text(found, report)]


def summary(found: Contrast) -> str:
    """What changes, in numbers: `1 award added, 2 claims added, 1 badge changed; 11 addresses more`."""
    counts: Counter[tuple[str, str]] = Counter()
    for name, noun in _LISTS:
        changes: tuple[Change, ...] = getattr(found, name)
        counts.update((noun, what.partition(":")[0]) for change in changes for what in change.what)
    said = [f"{counted(number, noun)} {what}" for (noun, what), number in counts.items()]
    more = found.addresses.now - found.addresses.before
    moved = f"{abs(more):,} {'address' if abs(more) == 1 else 'addresses'} {'more' if more > 0 else 'less'}"
    return ", ".join(said or ["nothing changes"]) + (f"; {moved}" if more else "")


def _faults(report: Report) -> str:
    """That check found mistakes, or "" when it did not."""
    if not report.failed:
        return ""
    return f"check found {report.counted(Severity.ERROR)}: what follows is what can be read."


def _said(one: Approvals) -> str:
    """Who approved an award by role, how many approvals count, and whether that is enough."""
    people = [
        f"{who.role or 'no reviewer'} ({who.name}, {who.date:%Y-%m-%d}{_noted(who.conflict, who.waived_by)})"
        for who in one.reviewers
    ]
    verdict = "the policy is met" if one.met else "the policy is not met"
    by = f" by {listed(people, 'and')}" if people else ""
    return f"{one.counting} of {counted(one.needed, 'approval')}{by}; {verdict}"


def _noted(conflict: str, waived_by: str) -> str:
    """A conflict of interest that a reviewer stated."""
    waived = f", set aside by {waived_by}" if waived_by else ""
    return f"; conflict of interest: {conflict.rstrip('.')}{waived}" if conflict else ""


def _text(found: Contrast, report: Report) -> Iterator[str]:
    """Lines for a terminal: what is refused, then what changes, then addresses."""
    yield f"{found.program}: {summary(found)}"
    yield from filter(None, [_faults(report)])
    for one in found.refused:
        yield f"refused: {one.place}: {one.message} [{one.code}]"
    yield from (f"vanishing: {path}" for path in found.addresses.vanishing[:_MOST_IN_TEXT])
    yield from (f"cannot be read: {path}" for path in found.unread)
    for name, noun in _LISTS:
        changes: tuple[Change, ...] = getattr(found, name)
        for change in changes if name != "files" else changes[:_MOST_IN_TEXT]:
            who = " – ".join(filter(None, (change.name, change.earner)))
            file = f" ({change.file})" if change.file != change.name else ""
            yield f"{noun} {', '.join(change.what)}: {who}{file}"
            yield from (f"  {line}" for line in (change.sentence, change.approvals and _said(change.approvals)) if line)
    if left := len(found.files[_MOST_IN_TEXT:]):
        yield f"and {counted(left, 'other file')} more"
    at = found.addresses
    yield f"addresses: {at.before:,} before, {at.now:,} now; {len(at.new):,} new, {len(at.gone):,} gone"


def _markdown(found: Contrast, report: Report) -> Iterator[str]:
    """Markdown: what is refused first, then a table for each kind of thing that changes, then addresses."""
    yield f"### Changes: {summary(found)}"
    yield ""
    if faults := _faults(report):
        yield from (f"**{faults[:1].upper()}{faults[1:]}**", "")
    yield from _refused(found)
    if found.unread:
        yield from _section("Cannot be read", ("File",), [(markup.code(path),) for path in found.unread])
    awards = ("What", "Badge", "Earner", "What the public will read", "Reviews", "File")
    for title, changes in (("Awards", found.awards), ("Claims", found.claims)):
        yield from _section(title, awards, [_award(change, found.base) for change in changes])
    for title, changes in (("Badges", found.badges), ("Earners", found.earners)):
        head = ("What", "Name", "What the public will read", "File")
        yield from _section(title, head, [_thing(change, found.base) for change in changes])
    files = [(markup.text(", ".join(change.what)), markup.code(change.file)) for change in found.files]
    yield from _section("Other files", ("What", "File"), files)
    yield from _all_addresses(found.addresses)


def _section(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A table with its title, or nothing for no rows."""
    return [f"#### {title}", "", *markup.table(head, rows), ""] if rows else []


def _refused(found: Contrast) -> list[str]:
    """What check says against a request, and the addresses that would vanish with it."""
    rows = [_diagnostic(one) for one in found.refused]
    lines = _section("Refused", ("Where", "What is wrong", "What to do"), rows)
    paths = [(markup.code(path), "was published") for path in _grouped(found.addresses.vanishing)]
    return [*lines, *_section("Addresses that would vanish", ("Address", ""), paths)]


def _diagnostic(one: Diagnostic) -> tuple[str, str, str]:
    """A row of what is refused."""
    return markup.code(str(one.place)), f"{markup.text(one.message)} {markup.code(one.code)}", markup.text(one.hint)


def _award(change: Change, base: str) -> tuple[str, ...]:
    """The row of an award or a claim."""
    approvals = markup.text(_said(change.approvals)) if change.approvals else ""
    return (
        markup.text(", ".join(change.what)),
        markup.text(change.name),
        markup.text(change.earner),
        _public(change, base),
        approvals,
        markup.code(change.file),
    )


def _thing(change: Change, base: str) -> tuple[str, ...]:
    """The row of a badge or of an earner's page."""
    return (
        markup.text(", ".join(change.what)),
        markup.text(change.name),
        _public(change, base),
        markup.code(change.file),
    )


def _public(change: Change, base: str) -> str:
    """What the public will read, and where: as a link below the address that the site has already."""
    if not change.path:
        return "no page"
    path = change.path.removesuffix("index.html")
    where = f"[{markup.text(path)}](<{base}{path}>)" if base else markup.code(path)
    return f"{markup.text(change.sentence)} {where}".strip()


def _all_addresses(one: Addresses) -> Iterator[str]:
    """The addresses that come and go, those of an award together."""
    yield from ("#### Addresses", "")
    yield f"{one.before:,} before, {one.now:,} now, without the files of the theme."
    for title, paths in (("New", one.new), ("Gone, as records say", one.gone)):
        if paths:
            rows = [(markup.code(path),) for path in _grouped(paths)]
            yield from ("", *markup.table((f"{title}: {len(paths):,}",), rows))


def _grouped(paths: Sequence[str]) -> Iterator[str]:
    """Paths, those of each award as one."""
    counts = Counter(_AWARD.sub(r"\1", path) for path in paths)
    return (f"{path} ({counted(number, 'file')})" if number > 1 else path for path, number in counts.items())


def _json(found: Contrast, report: Report) -> str:
    """One object with version, summary and lists."""
    lists = {name: [_plain(one, found.base) for one in getattr(found, name)] for name, _ in _LISTS}
    addresses = asdict(found.addresses)
    return json_of(
        {
            "version": __version__,
            "summary": summary(found),
            "errors": report.errors,
            "warnings": report.warnings,
            "refused": [one.as_json() for one in found.refused],
            "unread": list(found.unread),
            **lists,
            "addresses": {name: list(one) if isinstance(one, tuple) else one for name, one in addresses.items()},
        }
    )


def _plain(change: Change, base: str) -> dict[str, object]:
    """A change as an object."""
    approvals = change.approvals and {
        "counting": change.approvals.counting,
        "needed": change.approvals.needed,
        "met": change.approvals.met,
        "reviewers": [
            {"role": one.role, "name": one.name, "date": f"{one.date:%Y-%m-%d}", "conflict": one.conflict}
            for one in change.approvals.reviewers
        ],
    }
    address = base + change.path.removesuffix("index.html") if change.path else ""
    own = {name: value for name, value in asdict(change).items() if name not in {"path", "what", "approvals"}}
    return {"what": list(change.what), **own, "address": address, "approvals": approvals}
