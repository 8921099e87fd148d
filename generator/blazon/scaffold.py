"""The text of new files: commented, with examples to replace, and passing `check` as they are wherever that is possible."""

from __future__ import annotations

import json
import re
import unicodedata
from base64 import b32encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain, count
from typing import TypeAlias

from blazon import prose, schemas, values
from blazon.address import STATUS_LIST_ENTRIES, filled, first_place
from blazon.claims import may_review
from blazon.diagnostics import BlazonError, printable
from blazon.model import Achievement, EvidenceRequirement, Policy, Program, RubricRow
from blazon.policy import policy_of

Random: TypeAlias = Callable[[int], bytes]
"""Gives that many random bytes."""


# Letters that do not fall apart into a plain one and a mark.
_SPELLED = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_PLAIN = re.compile(r"[^\W\d_](?:[\w ,.()'’-]*[\w.)])?")
_TAKEN = re.compile(rb"^status_index:[ \t]*[\"']?(\d{1,12})", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to be written: its path in the program and its text."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Named:
    """How something new is called: in paths, and on pages."""

    slug: str
    name: str


class Places:
    """Places in status lists that nobody has: random ones in the first list that is less than half full, so they say nothing of each other."""

    def __init__(self, used: Iterable[int], random: Random) -> None:
        """Places beside those that are used."""
        self._used, self._random = set(used), random
        self._filled = filled(self._used)

    def draw(self) -> int:
        """A place, which is used from now on."""
        first = first_place(self._filled)
        while (index := first + int.from_bytes(self._random(4), "big") % STATUS_LIST_ENTRIES) in self._used:
            pass
        self._used.add(index)
        self._filled.update(filled([index]))
        return index


def named(argument: str, title: str = "") -> Named:
    """A slug and a name from what was typed: either one of them, or the slug and a title.

    Raises BlazonError when no good name of a folder can be made of it.
    """
    is_slug = values.fault_in_slug(argument) is None
    name = title or (argument[:1].upper() + argument[1:].replace("-", " ") if is_slug else argument)
    if fault := prose.fault_in_name(name):
        raise BlazonError(f'"{printable(name[:80])}" cannot be a name: {fault.sentence}', fault.hint, 2)
    slug = spelled(argument)
    if not slug:
        message = f'no folder name can be made of "{printable(argument[:80])}".'
        raise BlazonError(message, "type a short name in plain letters, and the full one after --title.", 2)
    fault = values.fault_in_slug(slug)
    if fault or slug in values.ADDRESSES:
        message = fault.sentence if fault else f'"{slug}" is a name that our own addresses use.'
        raise BlazonError(message, "type a short name in plain letters, and the full one after --title.", 2)
    return Named(slug, name)


def spelled(name: str) -> str:
    """A name in plain lower-case letters joined by "-"; "" when it has none."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(_SPELLED))
    letters = plain.encode("ascii", "ignore").decode("ascii").replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def person(argument: str, title: str = "") -> Named:
    """A slug and a name for somebody, whose name has capital letters."""
    is_slug = values.fault_in_slug(argument) is None
    return named(argument, title or (argument.replace("-", " ").title() if is_slug else ""))


def earner(new: Named) -> NewFile:
    """A new earner's own page, not listed until they say so."""
    path = f"content/earners/{new.slug}/earner.yaml"
    text = f"""\
{schemas.editor_line("earner", path)}\
# This file belongs to the earner. It is never signed; changing it changes no award.
# A pseudonym is fine. The repository is read by others: no e-mail address, no birth date, no photo.
name: {scalar(new.name)}

# A line about them, if they want one.
# about: Lead facilitator at the Eastside site.

# "true" shows them in the list of earners, with every award that is public.
listed: false

# Who finds their awards: public (listed), unlisted (whoever has the link), private, withheld (no page).
# visibility: public
"""
    return NewFile(path, text)


def award(
    program: Program,
    tree: Mapping[str, bytes],
    who: Named,
    badge: str,
    today: date,
    random: Random,
    span: tuple[date | None, date | None] = (None, None),
) -> NewFile:
    """A new claim by an earner for a badge, with an identity and a status index drawn from `random`; `span` is when it was done.

    Raises BlazonError when the program has no such badge.
    """
    achievement = program.achievements.get(badge)
    if achievement is None:
        hint = values.nearest(badge, program.achievements) or f"make it first: blazon new badge {printable(badge)}"
        raise BlazonError(f'there is no badge called "{printable(badge)}".', hint, 2)
    found = program.earners.get(who.slug)
    typed = who != person(who.slug)
    name = found.name if found and found.name and not typed else who.name
    path = free_path(tree, who.slug, badge)
    parts = (
        f"""\
{schemas.editor_line("award", path)}\
# A claim. It becomes an award when reviewers have approved it and "issued" gives the date.
# Both numbers were drawn at random for this award. They never change.
id: {award_id(random)}
status_index: {Places(taken(tree), random).draw()}
badge: {badge}
# The name that will be signed, as the earner wants it. A pseudonym is fine.
name: {scalar(name)}
""",
        _did(achievement),
        _activity(*span),
        _evidence_list(achievement.evidence),
        reviews_wanted(program, achievement, who.slug, today),
    )
    return NewFile(path, "\n".join(part for part in parts if part))


def free_path(tree: Mapping[str, bytes], earner: str, badge: str) -> str:
    """Where an earner's next award for a badge goes: named like the badge, with a number when there is one already."""
    folder = f"content/earners/{earner}"
    names = chain([badge], (f"{badge}-{number}" for number in count(2)))
    return next(path for name in names if (path := f"{folder}/{name}.yaml") not in tree)


def award_id(random: Random) -> str:
    """A new award's identity: 128 random bits as 26 letters and digits."""
    return b32encode(random(16)).decode("ascii").rstrip("=").lower()


def taken(tree: Mapping[str, bytes]) -> frozenset[int]:
    """The status indices that files of earners name, in broken files too."""
    files = (tree[path] for path in tree if path.startswith("content/earners/"))
    return frozenset(int(number) for data in files for number in _TAKEN.findall(data))


def scalar(text: str) -> str:
    """Text as a YAML value that reads as the same text."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _did(achievement: Achievement) -> str:
    """The field that says what the earner did."""
    return """\
# What the earner did: facts, in the past tense, without praise. Put yours in place of this example.
did: |
  Made a bench for the garden from old pallets, with two others, in four afternoons.
""" + (
        f"\n# Needed first: {', '.join(achievement.requires)}. Without them, say why:\n# waiver: Did the same work elsewhere for three years.\n"
        if achievement.requires
        else ""
    )


def _activity(start: date | None, end: date | None) -> str:
    """The field that says when it was done, as a comment when nobody said so."""
    if start is None and end is None:
        return "# When.\n# activity: {start: 2026-03-02, end: 2026-04-10}\n"
    said = {"start": start, "end": end}
    return "".join(("activity:\n", *(f"  {name}: {day}\n" for name, day in said.items() if day)))


def _evidence_list(wanted: tuple[EvidenceRequirement, ...]) -> str:
    """One entry for each thing that the badge asks for."""
    rows = wanted or (EvidenceRequirement("What shows it"),)
    lines = [
        '# What shows it. Give each an address ("url: https://…") or words ("text:"), or hide it ("private: true").'
    ]
    lines.append("evidence:")
    for row in rows:
        lines.append(f"  - title: {scalar(row.name)}")
        if row.setting:
            lines.append(f"    setting: {row.setting}")
        lines.append("    text: Say here what it is and who can see it.")
    return "\n".join(lines) + "\n"


def reviews_wanted(program: Program, achievement: Achievement, earner: str, today: date) -> str:
    """The commented reviews and date that turn a claim into an award."""
    policy = policy_of(program, achievement) or Policy()
    able = [one.id for one in may_review(program, achievement, policy, earner)]
    reviewers = [*able, "somebody-in-reviewers-yaml"]
    lines = [
        f"# Approvals needed: {policy.approvals}. Each reviewer adds an entry like these; nobody approves their own award.",
        "# conflict: none, or what it is and who waived it. decision: approve, revise or decline.",
        "# reviews:",
    ]
    for number in range(policy.approvals):
        lines += [
            f"#   - reviewer: {reviewers[min(number, len(reviewers) - 1)]}",
            f"#     date: {today}",
            "#     conflict: none",
            "#     decision: approve",
        ]
        if rows := achievement.assessment.rubric:
            lines.append("#     scores:")
            lines += [f"#       {row.id}: {_example_score(row)}" for row in rows]
        lines.append("#     note: What you saw, in a sentence or two.")
    return "\n".join((*lines, "", "# The date of the decision.", f"# issued: {today}", ""))


def _example_score(row: RubricRow) -> str:
    """A score that a reviewer could give: the lowest that counts."""
    if row.levels:
        return scalar(row.pass_ or row.levels[0].name)
    return row.pass_ or row.maximum
