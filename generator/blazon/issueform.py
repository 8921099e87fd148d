"""The claim form of an issue at GitHub: the form itself, and what somebody wrote in it as the fields of an award."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from blazon.diagnostics import BlazonError, Place, Report
from blazon.jsontext import Unreadable, parse, text_of
from blazon.model import EvidenceRequirement, Program
from blazon.roster import Entry
from blazon.scaffold import scalar
from blazon.source import Node, Sequence, Table, Text

PATH = ".github/ISSUE_TEMPLATE/claim.yaml"
LABEL = "claim"
MOST_BYTES = 1024 * 1024
ACTIONS = ("opened", "edited", "labeled", "reopened")
CONSENT = (
    "I agree that this claim is kept in the program's files, and that the award's page shows it once it is approved."
)
_CONSENT_LABEL = "Consent"
_NOTHING = "_No response_"
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S*")
_PRIVATE = re.compile(r"\s*\(private\)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """One field of the form: its id, which the claim page fills in, and what people read."""

    id: str
    label: str
    help: str
    example: str = ""
    long: bool = False
    required: bool = False


QUESTIONS = (
    Question("badge", "Badge", "The last part of the badge's address.", "trail-first-aid", required=True),
    Question(
        "name", "Name on the award", "In any script; a pseudonym is fine. No e-mail address, please.", required=True
    ),
    Question(
        "earner", "Folder of your awards", "If you have claimed before, the same one. Small letters and hyphens.", "ada"
    ),
    Question("did", "What you did", "Facts, in the past tense.", long=True),
    Question("start", "First day", "If you know it.", "2026-03-02"),
    Question("end", "Last day", "If you know it.", "2026-04-10"),
    Question(
        "evidence",
        "Evidence",
        'For each thing that the badge asks for "- ", its name, a colon, and an address or words; after the name "(private)" if pages shall not show it.',
        "- Photo of the kit: https://example.org/kit.jpg",
        long=True,
    ),
    Question("prior_learning", "Prior learning", "What you learned before, if it shall count."),
    Question("waiver", "Waiver", "Why you do not need a badge that is asked for first."),
)


def template() -> str:
    """The text of the form, as a repository at GitHub keeps it."""
    return "\n".join(_template()) + "\n"


def _template() -> Iterator[str]:
    """The lines of the form."""
    yield "# The claim form; `blazon claim` reads what comes of it, by these labels. The claim page fills it in by these ids."
    yield "name: Claim a badge"
    yield "description: Tell the program that you earned one of its badges."
    yield 'title: "Claim: "'
    yield f"labels: [{LABEL}]"
    yield "body:"
    yield "  - type: markdown"
    yield "    attributes:"
    yield "      value: Everybody can read what you write here. Leave out e-mail addresses, birth dates, and names of children."
    for one in QUESTIONS:
        yield f"  - type: {'textarea' if one.long else 'input'}"
        yield f"    id: {one.id}"
        yield "    attributes:"
        yield f"      label: {scalar(one.label)}"
        yield f"      description: {scalar(one.help)}"
        if one.example:
            yield f"      placeholder: {scalar(one.example)}"
        yield "    validations:"
        yield f"      required: {str(one.required).lower()}"
    yield "  - type: checkboxes"
    yield "    id: consent"
    yield "    attributes:"
    yield f"      label: {_CONSENT_LABEL}"
    yield "      options:"
    yield f"        - label: {scalar(CONSENT)}"
    yield "          required: true"


def entry(data: bytes, program: Program, report: Report) -> Entry | None:
    """The claim in the event of an issue, or None when the report says what is wrong with it.

    Raises BlazonError when the event is of no claim at all.
    """
    said = _answers(_body(data), report)
    if said is None:
        return None
    made = Entry(Place("issue", 1))
    made.earner = said.get("earner")
    made.fields = {name: said[name] for name in ("badge", "name", "did", "prior_learning", "waiver") if name in said}
    span: dict[str, Node] = {name: said[name] for name in ("start", "end") if name in said}
    if span:
        made.fields["activity"] = _table(span)
    if "evidence" in said:
        badge = program.achievements.get(said["badge"].value) if "badge" in said else None
        made.fields["evidence"] = _evidence(said["evidence"], badge.evidence if badge else (), report)
    return made


def _body(data: bytes) -> str:
    """What the issue of an event says; raises BlazonError when it is none that asks for a claim."""
    try:
        event = parse(data, MOST_BYTES)
    except Unreadable as error:
        raise BlazonError(f"the event cannot be read: {error}", "name the file in GITHUB_EVENT_PATH.", 1) from error
    issue: Any = event.get("issue")
    if not isinstance(issue, dict):
        raise BlazonError("this is no event of an issue.", "name the file in GITHUB_EVENT_PATH.", 1)
    if event.get("action") not in ACTIONS:
        raise BlazonError("nothing was asked in this event.", f"the workflow heeds {', '.join(ACTIONS)}.", 1)
    labels = issue.get("labels")
    names = [one.get("name") for one in labels if isinstance(one, dict)] if isinstance(labels, list) else []
    if LABEL not in names:
        raise BlazonError(f'the issue has no label "{LABEL}".', "open it with the claim form, or add the label.", 1)
    return text_of(issue.get("body")).replace("\r\n", "\n").replace("\r", "\n")


def _answers(body: str, report: Report) -> Mapping[str, Text] | None:
    """The answers in the body of an issue by question, or None when they are not those of our form."""
    labels = {f"### {one.label}": one.id for one in QUESTIONS} | {f"### {_CONSENT_LABEL}": "consent"}
    found: dict[str, tuple[int, list[str]]] = {}
    here: list[str] = []
    for number, line in enumerate(body.split("\n"), 1):
        if (name := labels.get(line.rstrip())) is None:
            here.append(line)
            continue
        if name in found:
            message = f'"{line.rstrip()}" stands twice, on line {found[name][0]} as well.'
            report.error("bad-form", Place("issue", number), message, "delete such a line from your own text")
            return None
        here = []
        found[name] = number, here
    said = {
        name: Text(text, Place("issue", number + 2))
        for name, (number, lines) in found.items()
        if (text := _said(lines))
    }
    if missing := [one.label for one in QUESTIONS if one.required and one.id not in said]:
        report.error(
            "bad-form", Place("issue"), f'the form says nothing under "{missing[0]}".', "edit the issue and fill it in"
        )
        return None
    if "consent" not in said or not re.match(r"- \[[xX]\] ", said["consent"].value):
        report.error(
            "bad-form", Place("issue"), "the form was sent without consent.", "edit the issue and tick the box"
        )
        return None
    return said


def _said(lines: list[str]) -> str:
    """An answer, or "" for none."""
    text = "\n".join(lines).strip()
    return "" if text == _NOTHING else text


def _evidence(said: Text, wanted: tuple[EvidenceRequirement, ...], report: Report) -> Sequence:
    """The pieces of evidence that an answer lists: each begins with "- ", or stands on a line of its own where none does."""
    lines = said.value.split("\n")
    marked = any(line.startswith("- ") for line in lines)
    pieces: list[tuple[int, list[str]]] = []
    for number, line in enumerate(lines):
        if line.startswith("- ") or not pieces or (not marked and line.strip()):
            pieces.append((number, [line.removeprefix("- ")]))
        else:
            pieces[-1][1].append(line)
    tables = []
    for number, piece in pieces:
        place = Place(said.place.path, said.place.line + number, 1)
        if table := _piece("\n".join(piece).strip(), place, wanted, report):
            tables.append(table)
    return Sequence(tuple(tables), said.place)


def _piece(text: str, place: Place, wanted: tuple[EvidenceRequirement, ...], report: Report) -> Table | None:
    """One piece of evidence: its title, and an address or words, or both."""
    known = [one for one in wanted if re.match(rf"{re.escape(one.name)}(?:\s*\(private\))?\s*:", text, re.IGNORECASE)]
    row = max(known, key=lambda one: len(one.name), default=None)
    title, colon, rest = text.partition(":")
    if row:
        rest = text[len(row.name) :].partition(":")[2]
        title, colon = text[: len(text) - len(rest) - 1], ":"
    if not colon or not title.strip() or _ADDRESS.match(text):
        message = "this piece of evidence has no name."
        report.error("bad-form", place, message, "write its name, a colon, and then its address or what it is")
        return None
    nodes: dict[str, Node] = {"title": Text(row.name if row else _PRIVATE.sub("", title).strip(), place)}
    if row and row.setting:
        nodes["setting"] = Text(row.setting, place)
    rest = rest.strip()
    if found := _ADDRESS.match(rest):
        nodes["url"] = Text(found[0], place)
        rest = rest[found.end() :]
    if rest.strip():
        nodes["text"] = Text(rest.strip(), place)
    if _PRIVATE.search(title):
        nodes["private"] = Text("true", place)
    return _table(nodes)


def _table(nodes: Mapping[str, Node]) -> Table:
    """Fields as a table, which begins where the first of them stands."""
    return Table(dict(nodes), {name: node.place for name, node in nodes.items()}, next(iter(nodes.values())).place)
