"""Awards from elsewhere, a table or an issue, as new files of a program: whose each is, what was drawn for it, and what `check` says of it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from blazon import check, fields, load, prose, recipients, scaffold, schemas, source, values, yamltext
from blazon.diagnostics import Report, Severity
from blazon.model import Award, Program
from blazon.roster import Entry
from blazon.scaffold import NewFile, Random
from blazon.source import MOST_BYTES, Table, Text

_ORDER = [*fields.AWARD.fields]
_EXPECTED = frozenset({"waiting"})  # what every claim is


@dataclass(slots=True)
class Entered:
    """The files of new awards, how many of them are issued, and what somebody should know."""

    files: list[NewFile] = field(default_factory=list)
    issued: int = 0
    notes: dict[str, None] = field(default_factory=dict)


class Entering:
    """Makes files of entries, one after the other; nothing is drawn twice, and nothing that is there is touched."""

    def __init__(
        self, program: Program, tree: Mapping[str, bytes], random: Random, *, hash_email: bool = False
    ) -> None:
        """New files of a program; with `hash_email` an e-mail address becomes a salted hash, else it is left out."""
        self._program = program
        self._random = random
        self._hash_email = hash_email
        self._paths = set(tree)
        self._places = scaffold.Places(scaffold.taken(tree), random)
        self._names = _names(program)
        self._known = {name: folder for folder, name in reversed(self._names.items())}
        self._folders: dict[str, str] = {}
        self._numbers: Counter[str] = Counter()
        self._lines: dict[tuple[str, str], int] = {}
        self._held = {(one.earner, one.achievement): one for one in program.awards if not (one.erased or one.revoked)}
        self.made = Entered()

    def enter(self, entries: Sequence[Entry], today: date, report: Report) -> Entered | None:
        """The files of all entries, or None when anything is wrong with one of them."""
        path = entries[0].place.path if entries else ""
        awards = [award for entry in entries if (award := self._award(entry, report))]
        checked = Report(sys.maxsize)  # however much is wrong with the program, what is wrong with entries is kept
        for one in report:  # what cannot be read is not composed
            checked.error(one.code, one.place, one.message, one.hint)
        program = replace(self._program, awards=(*self._program.awards, *awards))
        check.check(program, checked, today)
        refused = {one.place for one in report}
        for one in checked:
            if one.place.path == path and one.code not in _EXPECTED and one.place not in refused:
                told = report.error if one.severity is Severity.ERROR else report.warn
                told(one.code, one.place, one.message, one.hint)
        return None if report.failed else self.made

    def _award(self, entry: Entry, report: Report) -> Award | None:
        """The award that an entry makes; its file is among those that are made."""
        earner = self._earner(entry, report)
        badge = entry.fields.get("badge")
        if earner is None:
            return None
        if isinstance(badge, Text):
            self._refuse_again(earner, badge, report)
        stem = self._stem(earner, badge.value if isinstance(badge, Text) else "award")
        drawn = {"id": scaffold.award_id(self._random), "status_index": str(self._places.draw())}
        texts = {name: Text(value, entry.place) for name, value in drawn.items()}
        nodes = {**texts, **entry.fields, **self._recipient(entry, report)}
        table = Table(nodes, {name: node.place for name, node in nodes.items()}, entry.place)
        award = load.award_of(earner, stem, table, report)
        path = f"content/earners/{earner}/{stem}.yaml"
        lines = schemas.editor_line("award", path) + "\n".join(_lines(table)) + "\n"
        self._write(NewFile(path, lines), entry, report)
        self.made.issued += award.issued is not None
        return replace(award, unread=award.unread | entry.unread)

    def _write(self, file: NewFile, entry: Entry, report: Report) -> None:
        """Keep a file, unless it is longer than what is read."""
        if (size := len(file.text.encode())) > MOST_BYTES:
            message = f"the award's file would have {size:,} bytes; at most {MOST_BYTES:,} are read."
            report.error("file-too-large", entry.place, message, "shorten its texts")
        self._paths.add(file.path)
        self.made.files.append(file)

    def _earner(self, entry: Entry, report: Report) -> str | None:
        """The folder of an entry's earner: the one that was named, that of somebody of the same name, or a new one."""
        name = entry.fields.get("name")
        if entry.earner is not None:
            fault = values.fault_in_slug(entry.earner.value) or _own_address(entry.earner.value)
            if values.refused(entry.earner, fault, report):
                return None
            if name is None and (known := self._names.get(entry.earner.value)):
                entry.fields["name"] = Text(known, entry.earner.place)
            return entry.earner.value
        if not isinstance(name, Text):
            message = 'neither "earner" nor "name" says whose award this is.'
            report.error("missing-field", entry.place, message, "write the name that shall be read on the award")
            return None
        if name.value not in self._folders:
            self._folders[name.value] = self._folder(name.value)
        return self._folders[name.value]

    def _folder(self, name: str) -> str:
        """A folder for somebody of a name: theirs if there is one, else a new one, with a number where others are called alike."""
        if found := self._known.get(name):
            self.made.notes[f'"{name}" is taken to be the one whose folder {found} is there.'] = None
            return found
        wanted = scaffold.spelled(name)[: values.MOST_SLUG - 4].strip("-")
        if values.fault_in_slug(wanted) or wanted in values.ADDRESSES:
            wanted = f"earner-{scaffold.award_id(self._random)[:4]}"
            self.made.notes[f'"{name}" has the folder {wanted}, since no plain letters make one.'] = None
        folder = self._numbered(wanted, self._names.__contains__)
        if folder != wanted:
            self.made.notes[f'"{name}" has the folder {folder}, since {wanted} is that of "{self._names[wanted]}".'] = (
                None
            )
        self._names[folder] = name
        return folder

    def _stem(self, earner: str, badge: str) -> str:
        """The name of the file of a new award, without its ending."""
        folder = f"content/earners/{earner}/"
        own = f"{folder}earner"
        return self._numbered(folder + badge, lambda one: one == own or f"{one}.yaml" in self._paths).removeprefix(
            folder
        )

    def _numbered(self, name: str, taken: Callable[[str], bool]) -> str:
        """A name that is not taken: the one that is wanted, or that with the next number."""
        wanted = name
        while taken(name):
            self._numbers[wanted] += 1
            name = f"{wanted}-{self._numbers[wanted] + 1}"
        return name

    def _refuse_again(self, earner: str, badge: Text, report: Report) -> None:
        """Say that somebody gets a badge twice: in this table, or because they have it."""
        line = self._lines.setdefault((earner, badge.value), badge.place.line)
        if line != badge.place.line:
            message = f'"{earner}" gets the badge "{prose.short(badge.value)}" on line {line} already.'
            report.error("repeated-row", badge.place, message, "delete one of the two rows")
        elif held := self._held.get((earner, badge.value)):
            message = f'"{earner}" has the badge "{badge.value}" already, in {held.place.path}.'
            report.error("already-awarded", badge.place, message, "leave it out; blazon supersede replaces an award")

    def _recipient(self, entry: Entry, report: Report) -> dict[str, Table]:
        """The field that says whose the award is, by the hash of an e-mail address, which is repeated nowhere."""
        if entry.email is None:
            return {}
        if not self._hash_email:
            self.made.notes["the e-mail addresses were left out; --hash-email writes a hash of each."] = None
            return {}
        place = entry.email.place
        if not values.is_email(entry.email.value.lower()):
            report.error(
                "bad-email", place, "this is not an e-mail address.", "such as ada@example.org; or leave it empty"
            )
            return {}
        self.made.notes[f"{recipients.GUESSABLE}."] = None
        hashed = recipients.hashed(entry.email.value, self._random)
        nodes = {"hash": Text(hashed.hash, place), "salt": Text(hashed.salt, place)}
        return {"recipient": Table(nodes, dict.fromkeys(nodes, place), place)}


def _names(program: Program) -> dict[str, str]:
    """The name of everybody who has a folder: their own choice first."""
    found = {award.earner: award.name for award in program.awards}
    return {**found, **{slug: one.name for slug, one in program.earners.items()}}


def _own_address(slug: str) -> prose.Fault | None:
    """What is wrong with a folder's name that our own pages use."""
    if slug not in values.ADDRESSES:
        return None
    return prose.Fault("reserved-name", f'"{slug}" is a name that our own pages use.', f'such as "{slug}-1"')


def _lines(table: Table) -> Iterator[str]:
    """The lines of a new award's file, its fields in the order of the reference."""
    plain = source.plain(table)
    return yamltext.lines({name: plain[name] for name in sorted(plain, key=_ORDER.index)})
