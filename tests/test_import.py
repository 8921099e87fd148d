"""Tables of people become awards and claims: every separator and date, every mistake at its cell, and all of it or nothing."""

from __future__ import annotations

import csv
import io
import re
import secrets
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from blazon import batch, check, cli, files, load, roster, sheets, source, yamltext
from blazon.diagnostics import BlazonError, Report
from blazon.entering import Entering
from blazon.source import Table

ROOT = Path(__file__).parents[1]
TODAY = "2026-11-23"
DAY = date(2026, 11, 23)
FIRST_AID = "treatment,group,kit"
HEAD = (
    "name,badge,did,start,end,evidence 1 title,evidence 1 url,evidence 2 title,evidence 2 text,score treatment,score group,"
    "score kit,reviewer,date,conflict,note,reviewer 2,date 2,conflict 2,issued"
)
GOOD = (
    "{name},trail-first-aid,Led a walk.,2026-03-02,2026-04-10,Record,https://example.org/{number}.pdf,Note,It went well.,Meets,Meets,"
    "Goes beyond,callum-reid,2026-05-12,none,I was there.,tuan-nguyen,2026-05-13,none,2026-05-14"
)


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """The demo, to be added to."""
    for folder in ("content", "keys"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def run(program: Path, text: str | bytes, *options: str) -> Result:
    (program / "roster.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    return CliRunner().invoke(cli.blazon, ["-C", str(program), "import", "roster.csv", "--today", TODAY, *options])


def snapshot(program: Path) -> dict[str, bytes]:
    return {
        str(one.relative_to(program)): one.read_bytes()
        for one in sorted((program / "content").rglob("*"))
        if one.is_file()
    }


def added(program: Path, before: dict[str, bytes]) -> dict[str, str]:
    return {path: data.decode() for path, data in snapshot(program).items() if path not in before}


def said(result: Result) -> list[tuple[int, int, str]]:
    """The mistakes that were told: line, column and code."""
    found = re.findall(r"^roster\.csv:(\d+):(\d+): error: .*\[([a-z0-9-]+)\]$", result.stdout, re.MULTILINE)
    return [(int(line), int(column), code) for line, column, code in found]


def rows(count: int) -> list[str]:
    return [GOOD.format(name=f"Person {number:03}", number=number) for number in range(count)]


def checked(program: Path) -> list[str]:
    report = Report()
    loaded = load.load(files.read_tree(program, report), report)
    assert loaded is not None
    check.check(loaded, report, DAY)
    return [one.as_text() for one in report if one.code != "waiting"]


def test_five_hundred_rows_go_in_one_command(program: Path) -> None:
    before = snapshot(program)
    result = run(program, "\n".join((HEAD, *rows(500))))
    assert result.exit_code == 0, result.stdout
    assert result.stdout == "wrote 500 files: 500 awards and 0 claims\n"
    assert len(added(program, before)) == 500
    assert checked(program) == checked_before(program, before)


def checked_before(program: Path, before: dict[str, bytes]) -> list[str]:
    report = Report()
    tree = {**before, **{f"keys/{one.name}": one.read_bytes() for one in (program / "keys").iterdir()}}
    loaded = load.load(tree, report)
    assert loaded is not None
    check.check(loaded, report, DAY)
    return [one.as_text() for one in report if one.code != "waiting"]


# What is planted into good rows: which cell becomes what, and the code that has to stand at it.
PLANTED = (
    ("trail-first-aid", "trail-firstaid", "unknown-badge"),
    ("trail-first-aid", "Trail First Aid", "bad-slug"),
    ("trail-first-aid", "", "missing-field"),
    ("Led a walk.", "", "missing-field"),
    ("Led a walk.", "Write to ada@example.org.", "email-in-text"),
    ("Led a walk.", "![x](https://example.org/x.png)", "image-in-text"),
    ("Led a walk.", "[x](javascript:alert)", "bad-link"),
    ("Led a walk.", "a\u202eb", "hidden-character"),
    ("2026-03-02", "02/03/2026", "ambiguous-date"),
    ("2026-03-02", "46083", "serial-date"),
    ("2026-03-02", "2026-02-30", "bad-date"),
    ("2026-04-10", "2026-03-01", "date-order"),
    ("https://example.org/7.pdf", "http://example.org/", "bad-url"),
    ("https://example.org/7.pdf", "https://localhost/", "bad-url"),
    ("Record", "", "missing-field"),
    ("Meets", "Excellent", "unknown-level"),
    ("Meets", "Not yet", "below-pass"),
    ("Meets", "", "missing-score"),
    ("callum-reid", "callum-ried", "unknown-reviewer"),
    ("callum-reid", "rosa-alvarez", "reviewer-role"),
    ("2026-05-12", "2026-05-15", "late-review"),
    ("2026-05-12", "13.05.2026", "ambiguous-date"),
    ("none,I was there.", ",I was there.", "missing-field"),
    ("none,I was there.", "Her brother.,I was there.", "too-few-approvals"),
    ("tuan-nguyen", "callum-reid", "approved-twice"),
    ("2026-05-14", "2026-11-24", "future-date"),
    ("2026-05-14", "14/05/2026", "ambiguous-date"),
    ("2026-05-14", "14.05.26", "bad-date"),
    ("Person 007", "", "missing-field"),
    ("Person 007", "Pеrson", "mixed-scripts"),
    ("Person 007", "a" * 201, "too-long"),
    ("Person 007", "ada@example.org", "email-in-text"),
    ("Person 007", "A\u200bb", "name-character"),
    ("Person 007", "ليلى حداد", "already-awarded"),
    ("Person 007", "Person 001", "repeated-row"),
    ("I was there.", "Ask tuan@example.org.", "email-in-text"),
    ("I was there.", "x" * 4_001, "too-long"),
    ("It went well.", "`" * 201, "too-long"),
    ("2026-05-14", "soon", "bad-date"),
    ("2026-05-13,none,2026-05-14", "2026-05-13,none,2026-05-14,one more", "long-row"),
)


def planted(old: str, new: str, row: str) -> str:
    assert old in row, old
    return row.replace(old, new, 1)


def test_forty_mistakes_in_five_hundred_rows_are_forty_diagnostics(program: Path) -> None:
    assert len(PLANTED) == 40
    before = snapshot(program)
    good = rows(500)
    for number, (old, new, _) in enumerate(PLANTED):
        place = 10 + number * 12
        row = GOOD.format(name="Person 007" if "Person 007" in old else f"Person {place:03}", number=7)
        good[place] = planted(old, new, row.replace("Person 007", f"Person {place:03}") if "Person" not in old else row)
    good[7] = GOOD.format(name="Person seven", number=7)
    result = run(program, "\n".join((HEAD, *good)))
    assert result.exit_code == 1
    found = said(result)
    assert [(line, code) for line, _, code in found] == [
        (12 + number * 12, code) for number, (_, _, code) in enumerate(PLANTED)
    ]
    assert (result.stdout.count(": error: "), result.stdout.count(": warning: ")) == (40, 0)
    assert result.stdout.endswith("40 errors in 499 rows; nothing was written\n")
    assert snapshot(program) == before


@pytest.mark.parametrize(("old", "new", "code"), PLANTED)
def test_each_mistake_stands_at_its_cell(program: Path, old: str, new: str, code: str) -> None:
    first = GOOD.format(name="Person 001", number=1)
    row = planted(old, new, GOOD.format(name="Person 007", number=7))
    before = snapshot(program)
    found = said(run(program, f"{HEAD}\n{first}\n{row}\n"))
    assert [one for *_, one in found] == [code]
    line, column, _ = found[0]
    assert line == 3
    assert 1 <= column <= len(row)
    if new and code not in {
        "too-few-approvals",
        "missing-score",
        "missing-field",
        "already-awarded",
        "repeated-row",
        "long-row",
    }:
        assert row[column - 1 :].startswith(new.partition(",")[0])
    assert snapshot(program) == before


def test_a_row_becomes_the_file_that_it_says(program: Path) -> None:
    before = snapshot(program)
    text = f"{HEAD},role,prior_learning,credit,term,locale,feedback\n{GOOD.format(name='Ada Okafor', number=1)},Lead,A course: 2023,1.5,Spring,en,=SUM(A1)\n"
    assert run(program, text).exit_code == 0
    new = added(program, before)
    assert [*new] == ["content/earners/ada-okafor/trail-first-aid.yaml"]
    lines = new["content/earners/ada-okafor/trail-first-aid.yaml"].splitlines()
    assert lines[0] == "# yaml-language-server: $schema=../../../schemas/award.schema.json"
    assert re.fullmatch("id: [a-z2-7]{26}", lines[1])
    assert re.fullmatch(r"status_index: \d+", lines[2])
    assert "\n".join(lines[3:]) == (
        "badge: trail-first-aid\nname: Ada Okafor\ndid: |\n  Led a walk.\nrole: Lead\nactivity:\n  start: 2026-03-02\n  end: 2026-04-10\n"
        'evidence:\n  - title: Record\n    url: "https://example.org/1.pdf"\n  - title: Note\n    text: |\n      It went well.\n'
        "reviews:\n  - reviewer: callum-reid\n    date: 2026-05-12\n    conflict: none\n    note: |\n      I was there.\n"
        "  - reviewer: tuan-nguyen\n    date: 2026-05-13\n    conflict: none\n"
        "scores:\n  treatment: Meets\n  group: Meets\n  kit: Goes beyond\nfeedback: |\n  =SUM(A1)\nissued: 2026-05-14\n"
        'prior_learning: "A course: 2023"\ncredit: 1.5\nterm: Spring\nlocale: en'
    )


MINIMAL = "name,badge\nAda Okafor,site-mentor\n"


@pytest.mark.parametrize("text", [
    MINIMAL,
    MINIMAL.replace(",", ";"),
    MINIMAL.replace(",", "\t"),
    f"sep=;\n{MINIMAL.replace(',', ';')}",
    f"\ufeff{MINIMAL}",
    MINIMAL.replace("\n", "\r\n"),
    MINIMAL.replace("\n", "\r"),
    MINIMAL.rstrip("\n"),
    f"\n{MINIMAL}\n,\n\n",
    'Name , "BADGE"\n "Ada Okafor" ,site-mentor\n',
    "name,badge,did\nAda Okafor,site-mentor\n",
])  # fmt: skip
def test_tables_are_read_however_they_were_saved(program: Path, text: str) -> None:
    before = snapshot(program)
    result = run(program, text)
    assert result.exit_code == 0, result.stdout
    assert [*added(program, before)] == ["content/earners/ada-okafor/site-mentor.yaml"]
    assert "name: Ada Okafor\n" in added(program, before)["content/earners/ada-okafor/site-mentor.yaml"]


@pytest.mark.parametrize(("data", "code"), [
    (MINIMAL.encode("utf-16"), "not-utf8"),
    (MINIMAL.encode("utf-16-le"), "not-utf8"),
    ("name,badge\nZo\u00eb,site-mentor\n".encode("latin-1"), "not-utf8"),
    (b"", "empty-file"),
    (b"\n,,\n", "empty-file"),
    (b'name,badge\n"Ada,site-mentor\n', "bad-csv"),
    (b'name,badge\n"Ada" Okafor,site-mentor\n', "bad-csv"),
    (b"x" * (sheets.MOST_BYTES + 1), "file-too-large"),
    (b"name,badge\n" + b"Ada,site-mentor\n" * 2_001, "too-many-rows"),
    (b"name,badge" + b"," * 250 + b"\n", "bad-csv"),
    (b"," * sheets.MOST_BYTES, "bad-csv"),
    (b"name,bagde\nAda,site-mentor\n", "unknown-column"),
    (b"name,did\nAda,x\n", "missing-column"),
    (b"name,badge,Badge\nAda,site-mentor,x\n", "repeated-column"),
    (b"name,badge,birthdate\nAda,site-mentor,2000-01-01\n", "private-field"),
    (b"name,badge,\nAda,site-mentor,x\n", "unknown-column"),
    (b"earner,name,badge\nAda,Ada,site-mentor\n", "bad-slug"),
    (b"earner,name,badge\nverify,Ada,site-mentor\n", "reserved-name"),
    (b"earner,badge\nada,site-mentor\n", "missing-field"),
])  # fmt: skip
def test_a_table_that_cannot_be_read_is_refused_with_one_sentence(program: Path, data: bytes, code: str) -> None:
    before = snapshot(program)
    result = run(program, data)
    assert (result.exit_code, result.stdout.count("[")) == (1, 1), result.stdout
    assert f"[{code}]" in result.stdout
    assert snapshot(program) == before


def test_a_table_of_headings_alone_says_so(program: Path) -> None:
    result = run(program, "name,badge\n")
    assert result.exit_code == 1
    assert "there is no row below the headings." in result.stderr


def test_a_table_that_is_not_there_is_wrong_usage(program: Path) -> None:
    result = CliRunner().invoke(cli.blazon, ["-C", str(program), "import", "nothing.csv"])
    assert result.exit_code == 2
    assert "nothing.csv cannot be read" in result.stderr


def test_a_program_that_cannot_be_read_gets_nothing(program: Path) -> None:
    (program / "content/site.yaml").write_text("name: [")
    result = run(program, MINIMAL)
    assert result.exit_code == 1
    assert "the content cannot be read." in result.stderr


@pytest.mark.parametrize(("order", "typed", "read"), [
    ("dmy", "02/03/2026", "2026-03-02"),
    ("mdy", "02/03/2026", "2026-02-03"),
    ("dmy", "2.3.2026", "2026-03-02"),
    ("mdy", "3-2-2026", "2026-03-02"),
    ("dmy", "2026-03-02", "2026-03-02"),
    ("dmy", "2026/3/2", "2026-03-02"),
])  # fmt: skip
def test_days_are_read_in_the_order_that_was_said(program: Path, order: str, typed: str, read: str) -> None:
    before = snapshot(program)
    assert run(program, f"name,badge,start\nAda,site-mentor,{typed}\n", "--dates", order).exit_code == 0
    assert f"  start: {read}\n" in added(program, before)["content/earners/ada/site-mentor.yaml"]


def test_a_day_that_is_not_in_the_calendar_is_refused_in_either_order(program: Path) -> None:
    for order in ("dmy", "mdy"):
        found = said(run(program, "name,badge,start\nAda,site-mentor,31/31/2026\n", "--dates", order))
        assert [code for *_, code in found] == ["bad-date"]


def test_places_count_lines_and_columns_of_the_file(program: Path) -> None:
    text = 'name,badge,did,start\n"Ada","site-mentor","one\ntwo",2026-03-02\n"Bo","site-mentor","x\ny",soon\n'
    assert said(run(program, text)) == [(5, 4, "bad-date")]


def test_a_dry_run_writes_nothing(program: Path) -> None:
    before = snapshot(program)
    result = run(program, MINIMAL, "--dry-run")
    assert result.stdout == "content/earners/ada-okafor/site-mentor.yaml\nwould write 1 file: 0 awards and 1 claim\n"
    assert snapshot(program) == before


def test_people_of_one_folder_name_are_told_apart_and_it_is_said(program: Path) -> None:
    before = snapshot(program)
    text = "name,badge\nZoë Li,site-mentor\nZoe Li,site-mentor\nZoë Li,family-voices\nليلى,site-mentor\n"
    result = run(program, text.replace("family-voices", "summer-programme-2026"))
    assert result.exit_code == 0, result.stdout
    paths = sorted(added(program, before))
    drawn = next(path for path in paths if "/earner-" in path)
    assert re.fullmatch(r"content/earners/earner-[a-z2-7]{4}/site-mentor\.yaml", drawn)
    assert [path for path in paths if path != drawn] == [
        "content/earners/zoe-li-2/site-mentor.yaml",
        "content/earners/zoe-li/site-mentor.yaml",
        "content/earners/zoe-li/summer-programme-2026.yaml",
    ]
    assert 'note: "Zoe Li" has the folder zoe-li-2, since zoe-li is that of "Zoë Li".' in result.stderr
    assert "since no plain letters make one" in result.stderr


def test_somebody_who_has_a_folder_keeps_it(program: Path) -> None:
    before = snapshot(program)
    result = run(program, "name,badge\nMaya Okafor,site-mentor\n")
    assert [*added(program, before)] == ["content/earners/maya-okafor/site-mentor.yaml"]
    assert '"Maya Okafor" is taken to be the one whose folder maya-okafor is there.' in result.stderr
    assert run(program, "earner,badge\npriya-raman,site-mentor\n").exit_code == 0
    assert "name: Priya Raman\n" in (program / "content/earners/priya-raman/site-mentor.yaml").read_text()


def test_an_e_mail_address_is_written_nowhere(program: Path) -> None:
    before = snapshot(program)
    text = "name,badge,E-mail\nAda,site-mentor,ada.secret@example.org\n".replace("E-mail", "email")
    plain = run(program, text, "--dry-run")
    assert "the e-mail addresses were left out" in plain.stderr
    hashed = run(program, text, "--hash-email")
    assert hashed.exit_code == 0
    file = added(program, before)["content/earners/ada/site-mentor.yaml"]
    assert re.search(r'recipient:\n  hash: "sha256\$[0-9a-f]{64}"\n  salt: [0-9a-f]{32}\n', file)
    assert "secret" not in file + plain.output + hashed.output
    wrong = run(program, "name,badge,email\nBo,site-mentor,secret at example\n", "--hash-email")
    assert [code for *_, code in said(wrong)] == ["bad-email"]
    assert "secret" not in wrong.output


def test_a_failure_half_way_leaves_nothing_behind(program: Path) -> None:
    before, folders = snapshot(program), sorted((program / "content/earners").iterdir())
    (program / "content/earners/person-005").write_text("in the way")
    with pytest.raises(BlazonError, match="could not be written"):
        batch.write_all_new(program, [(f"content/earners/person-{number:03}/x.yaml", "x\n") for number in (1, 2, 5, 6)])
    (program / "content/earners/person-005").unlink()
    assert snapshot(program) == before
    assert sorted((program / "content/earners").iterdir()) == folders


def test_a_file_that_is_there_stays_and_what_came_before_it_goes(program: Path) -> None:
    before = snapshot(program)
    mentor = "content/earners/layla-haddad/site-mentor.yaml"
    with pytest.raises(BlazonError, match="is already there"):
        batch.write_all_new(program, [("content/earners/new/a.yaml", "x\n"), (mentor, "x\n")])
    assert snapshot(program) == before
    assert not (program / "content/earners/new").exists()


@pytest.mark.parametrize(
    "text", ["no", "2026-05-14", "1.5", "a: b", "- x", "x\n\n  y: # z", '"', "| x", "…", "a" * 300]
)
def test_values_read_back_as_they_were(text: str) -> None:
    table = {
        "did": text,
        "name": text.replace("\n", " "),
        "evidence": [{"title": "T", "text": text}, {"title": "U"}],
        "scores": {"a": "b"},
    }
    report = Report()
    read = source.parse("x.yaml", ("\n".join(yamltext.lines(table)) + "\n").encode(), report)
    assert isinstance(read, Table), [one.as_text() for one in report]
    found = source.plain(read)
    assert found["did"].rstrip("\n") == text
    assert found["evidence"][0]["text"].rstrip("\n") == text
    assert {**found, "did": "", "evidence": ""} == {**table, "did": "", "evidence": ""}


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12) | st.sampled_from(
    ['"', ",", "\n", "=1", "x"]
)


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=5), st.sampled_from(",;\t"))
@settings(deadline=None)
def test_a_table_reads_back_as_it_was_saved(table: list[list[str]], separator: str) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(
        [["a", "b", "c", "d"], *table]
    )
    read = sheets.read("x.csv", written.getvalue().encode(), report := Report())
    assert read is not None, [one.as_text() for one in report]
    kept = [[re.sub("\r\n?", "\n", cell).strip() for cell in row] for row in table]
    assert [[cell.value for cell in row] for row in read.rows] == [
        [*row, *[""] * (4 - len(row))] for row in kept if any(row)
    ]


@given(st.binary(max_size=200) | st.text('a,;"\n\r\t =', max_size=200).map(str.encode))
@settings(deadline=None)
def test_whatever_is_read_as_a_table_is_a_table_or_a_diagnostic(data: bytes) -> None:
    report = Report()
    read = sheets.read("x.csv", data, report)
    assert (read is None) <= report.failed
    if read:
        roster.entries(read, "", report)


@given(
    cells=st.lists(
        st.tuples(st.sampled_from([one.heading.replace("N", "1") for one in roster.COLUMNS]), CELL), max_size=9
    )
)
@settings(deadline=None, max_examples=60)
def test_whatever_stands_in_cells_becomes_files_or_diagnostics(cells: list[tuple[str, str]]) -> None:
    named = dict(cells) | {"badge": "site-mentor"}
    written = io.StringIO()
    csv.writer(written).writerows([[*named], [*named.values()]])
    report = Report()
    read = sheets.read("x.csv", written.getvalue().encode(), report)
    if read is None:
        return
    found = roster.entries(read, "dmy", report)
    made = Entering(DEMO, TREE, secrets.token_bytes).enter(found, DAY, report)
    assert (made is None) == report.failed
    for file in made.files if made else ():
        assert source.parse(file.path, file.text.encode(), Report()) is not None, file.text


TREE = files.read_tree(ROOT, Report())
LOADED = load.load(TREE, Report())
assert LOADED is not None
DEMO = LOADED


def test_the_reference_of_columns_is_what_is_read() -> None:
    page = (ROOT / "docs/reference/roster.md").read_text("utf-8")
    assert "\n".join(roster.reference()) in page
