"""A list of people as a table: its columns, and each row as the fields of an award, every cell with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from blazon.diagnostics import Place, Report
from blazon.records import PRIVATE
from blazon.sheets import Sheet
from blazon.source import Node, Sequence, Table, Text
from blazon.values import nearest

_YEAR = 4  # digits
EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, in which `N` stands for a number and `ROW` for a row of the rubric, what it means, and an example."""

    heading: str
    help: str
    example: str = ""


COLUMNS = (
    Column("earner", "The folder of the earner's awards. Without it one is made from the name.", "ada-okafor"),
    Column("name", "The name on the award. Without it the one in `earner.yaml`.", "Ada Okafor"),
    Column("badge", "Which badge; every row needs it.", "trail-first-aid"),
    Column("version", "Which version of it, when there are several.", "1"),
    Column("did", "What the earner did. `narrative` is another word for it.", "Led the walk in May."),
    Column("role", "As what.", "Facilitator"),
    Column("start", "The first day of the activity.", "2026-03-02"),
    Column("end", "Its last day.", "2026-04-10"),
    Column("evidence N title", "What the earner showed: the first thing, the second, and so on.", "Session plans"),
    Column("evidence N url", "Where it is.", "https://example.org/plans.pdf"),
    Column("evidence N text", "The evidence itself, when it is words.", "I paired people."),
    Column("evidence N setting", "`training`, `practice` or `work`.", "practice"),
    Column("evidence N kind", "What sort of thing it is.", "Document"),
    Column("evidence N private", "`true` keeps it off the pages.", "true"),
    Column("score ROW", "What was agreed on for a row of the rubric, by the row's id.", "Meets"),
    Column("reviewer N", "Who reviewed, as in `content/reviewers.yaml`. The first needs no number.", "rosa-alvarez"),
    Column("date N", "When they reviewed.", "2026-05-13"),
    Column("conflict N", "Their conflict of interest, or the word `none`.", "none"),
    Column("decision N", "`approve`, `revise` or `decline`; `approve` when absent.", "approve"),
    Column("note N", "What they saw.", "I sat in on the second session."),
    Column("issued", "The date of the decision. Rows without it are claims.", "2026-05-14"),
    Column("expires", "When the award ends, in place of the badge's `valid_for`.", "2028-05-14"),
    Column("feedback", "To the earner; shown only when they say so.", "Your openings are short."),
    Column("prior_learning", "What was recognised from before.", "First-aid course of 2023."),
    Column("waiver", "Why a badge that comes first was not needed.", "Has led groups for ten years."),
    Column("credit", "Credits earned.", "1.5"),
    Column("term", "The term it was earned in.", "Spring 2026"),
    Column("locale", "The language it was earned in.", "en"),
    Column(EMAIL, "The earner's e-mail address: hashed with `--hash-email`, else left out. It is never written.", "–"),
)
_WORDS = {"narrative": "did"}
_TRUE = {"yes": "true", "x": "true", "1": "true", "no": "false", "0": "false"}
_PIECE = re.compile(r"evidence ([1-9]|[1-4][0-9]) (title|url|text|setting|kind|private)")
_REVIEW = re.compile(r"(reviewer|date|conflict|decision|note)(?: ([1-9]))?")
_SCORE = re.compile(r"score (\S+)")
_DATES = frozenset({"start", "end", "date", "issued", "expires"})
_PLAIN = frozenset(one.heading for one in COLUMNS if " " not in one.heading)
_SLASHED = re.compile(r"(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})")
_SERIAL = re.compile(r"[1-9]\d{4}(?:\.\d+)?")


@dataclass(slots=True)
class Entry:
    """A row: the fields of an award but those that are drawn, whose it is as somebody wrote it, and what an e-mail column holds."""

    place: Place
    fields: dict[str, Node] = field(default_factory=dict)
    earner: Text | None = None
    email: Text | None = None
    unread: set[str] = field(default_factory=set)


def entries(sheet: Sheet, dates: str, report: Report) -> list[Entry]:
    """The rows of a table; `dates` says in which order days written with slashes stand. What is wrong is reported."""
    known = _headings(sheet, report)
    return [_entry(row, known, dates, report) for row in sheet.rows] if "badge" in known.values() else []


def _headings(sheet: Sheet, report: Report) -> Mapping[int, str]:
    """What each column is, by its number; one that is none of ours, or stands twice, is reported."""
    known: dict[int, str] = {}
    for number, cell in enumerate(sheet.headings):
        name = _column(cell.value)
        if name in known.values():
            report.error("repeated-column", cell.place, f'there are two columns for "{name}".', "keep one of them")
        elif name:
            known[number] = name
        elif cell.value or any(row[number].value for row in sheet.rows):
            _refuse(cell, report)
    for needed in ("badge",) if "badge" not in known.values() and not report.failed else ():
        report.error(
            "missing-column", Place(sheet.headings[0].place.path, 1), f'there is no column "{needed}".', "add it"
        )
    return known


def _column(heading: str) -> str:
    """The name of the column that a heading means, or "" when it is none of ours."""
    words = re.sub(r"[\s:_.]+", " ", heading).strip().casefold()
    plain = words.replace(" ", "_")
    plain = _WORDS.get(plain, plain)
    if plain in _PLAIN:
        return plain
    score = _SCORE.fullmatch(re.sub(r"[\s:.]+", " ", heading).strip())
    if score:
        return f"score {score[1]}"
    review = _REVIEW.fullmatch(words)
    if review:
        return f"{review[1]} {review[2] or 1}"
    return words if _PIECE.fullmatch(words) else ""


def _refuse(cell: Text, report: Report) -> None:
    """Say that a column is none of ours."""
    name = cell.value.strip().casefold().replace(" ", "_")
    if name in PRIVATE:
        message = f'"{cell.value}" is personal; git would keep it for ever, and no badge needs it.'
        report.error("private-field", cell.place, message, "delete the column")
        return
    names = [one.heading.replace(" N", " 1") for one in COLUMNS]
    hint = nearest(cell.value.casefold(), names, report) or "the columns are in docs/reference/roster.md"
    report.error("unknown-column", cell.place, f'there is no column called "{cell.value}".', hint)


def _entry(row: tuple[Text, ...], known: Mapping[int, str], dates: str, report: Report) -> Entry:
    """One row as the fields of an award."""
    cells = {name: row[number] for number, name in known.items() if row[number].value}
    entry = Entry(row[0].place)
    entry.earner, entry.email = cells.pop("earner", None), cells.pop(EMAIL, None)
    groups: dict[str, dict[int, dict[str, Node]]] = {"evidence": {}, "reviews": {}, "activity": {}, "scores": {}}
    for name, cell in cells.items():
        group, number, part = _home(name)
        value = _dated(cell, dates, report) if part in _DATES else _said(cell) if part == "private" else cell
        if value is None:
            entry.unread.add(group or part)
        elif group:
            groups[group].setdefault(number, {})[part] = value
        else:
            entry.fields[part] = value
    for name, found in groups.items():
        if found and name not in entry.unread - {"activity"}:
            entry.fields[name] = _table(found[0]) if 0 in found else _listed(found)
    return entry


def _home(name: str) -> tuple[str, int, str]:
    """Where the cell of a column belongs: the field that holds it, or "", its number there, or 0, and what it is called there."""
    if piece := _PIECE.fullmatch(name):
        return "evidence", int(piece[1]), piece[2]
    if review := _REVIEW.fullmatch(name):
        return "reviews", int(review[2]), review[1]
    if score := _SCORE.fullmatch(name):
        return "scores", 0, score[1]
    return ("activity" if name in ("start", "end") else ""), 0, name


def _said(cell: Text) -> Text:
    """A cell that says yes or no, in the words of files."""
    return Text(_TRUE.get(cell.value.casefold(), cell.value.casefold()), cell.place)


def _dated(cell: Text, order: str, report: Report) -> Text | None:
    """A date as files write it; one that could mean two days, or is a mere number, is reported, and None."""
    value = cell.value
    numbers = _SLASHED.fullmatch(value)
    if numbers:
        first, second, third = numbers.groups()
        if len(first) == _YEAR:
            return Text(f"{first}-{second:>02}-{third:>02}", cell.place)
        if len(third) == _YEAR and order:
            day, month = (first, second) if order == "dmy" else (second, first)
            return Text(f"{third}-{month:>02}-{day:>02}", cell.place)
        if len(third) == _YEAR:
            hint = "say which comes first: --dates dmy or --dates mdy; or write 2026-05-14"
            report.error(
                "ambiguous-date", cell.place, f'"{value}" does not say whether the day or the month comes first.', hint
            )
            return None
    if _SERIAL.fullmatch(value):
        hint = "let the spreadsheet show the column as dates such as 2026-05-14, and save it again"
        report.error("serial-date", cell.place, f'"{value}" is how a spreadsheet counts days, not a date.', hint)
        return None
    return cell


def _table(cells: Mapping[str, Node]) -> Table:
    """Cells as a table, which begins where the first of them stands."""
    return Table(dict(cells), {name: cell.place for name, cell in cells.items()}, next(iter(cells.values())).place)


def _listed(found: Mapping[int, Mapping[str, Node]]) -> Sequence:
    """Numbered groups of cells as a list of tables."""
    tables = tuple(_table(cells) for _, cells in sorted(found.items()))
    return Sequence(tables, tables[0].place)


def reference() -> Iterator[str]:
    """The lines of the reference of columns."""
    yield "| Column | Meaning | Such as |"
    yield "|---|---|---|"
    for one in COLUMNS:
        yield (
            f"| `{one.heading}` | {one.help} | `{one.example}` |"
            if one.example != "–"
            else f"| `{one.heading}` | {one.help} | |"
        )
