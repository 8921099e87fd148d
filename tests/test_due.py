"""The awards of stacks that are due: for whom, for which reasons, and what `blazon derive` writes."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import stackbook
from blazon import cli, due, scaffold
from blazon.diagnostics import Report
from blazon.due import Due, Open
from blazon.load import load
from stackbook import ADA, FILES, FIRST, SECOND, THIRD

STACK_FILE = f"{ADA}makers.yaml"
TODAY = date(2026, 6, 10)


def finished(**texts: str) -> dict[str, bytes]:
    """The program before the stack's award is written: all levels are held."""
    files = stackbook.tree(**texts)
    del files[STACK_FILE]
    return files


def told(files: dict[str, bytes], today: date = TODAY) -> Due | Open:
    """What there is to say about the one earner who holds a part."""
    (found,) = due.look(stackbook.program(files), today)
    return found


def reasons(files: dict[str, bytes], today: date = TODAY) -> tuple[str, ...]:
    """Why nothing is due."""
    found = told(files, today)
    assert isinstance(found, Open)
    return found.reasons


def parts(files: dict[str, bytes], today: date = TODAY) -> dict[int, str]:
    """The ids of the awards that fill the levels."""
    found = told(files, today)
    assert isinstance(found, Due)
    return {level: award.id for level, award in found.parts.items()}


def written(files: dict[str, bytes]) -> str:
    """The claim that is due."""
    found = told(files)
    assert isinstance(found, Due)
    chance = random.Random(1)  # noqa: S311 (the same bytes in every run)
    return due.claim(
        stackbook.program(files), files, scaffold.Places({7}, chance.randbytes), found, TODAY, chance.randbytes
    ).text


def test_an_award_is_due_to_whoever_holds_every_level() -> None:
    assert parts(finished()) == {1: FIRST, 2: SECOND, 3: THIRD}
    assert list(due.reasons(told(finished())))[1] == f'level 2: "soldering" since 31 May 2026 ({FILES[SECOND]})'  # type: ignore[arg-type]


def test_nothing_is_due_to_whoever_has_the_award_or_a_claim_for_it() -> None:
    assert reasons(stackbook.tree()) == (f"there is one already: {STACK_FILE}.",)
    claim = finished() | {STACK_FILE: b"id: " + b"s" * 26 + b"\nstatus_index: 9\nbadge: makers\nname: Ada\ndid: It.\n"}
    assert reasons(claim) == (f"there is one already: {STACK_FILE}.",)
    erased = finished() | {STACK_FILE: b"id: " + b"s" * 26 + b"\nstatus_index: 9\nerased: {on: 2026-06-01}\n"}
    assert reasons(erased) == (f"one was erased: {STACK_FILE}.",)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("revoked: {on: 2026-06-05, reason: Not hers.}\n", "was withdrawn"),
        ("suspended: {from: 2026-06-05, reason: We look into it.}\n", "is on hold"),
        ("expires: 2026-06-09\n", "has expired"),
    ],
)
def test_a_part_that_does_not_stand_does_not_count(text: str, why: str) -> None:
    assert reasons(finished(makers_3=text)) == (
        f"{FILES[THIRD]} does not count: it {why}.",
        'level 3 is open: it takes "makers-3" or "makers-1".',
    )


def test_a_part_that_was_replaced_gives_way_to_the_newer_one() -> None:
    newer = finished()[FILES[THIRD]].replace(THIRD.encode(), b"d" * 26).replace(b"index: 8", b"index: 88")
    files = finished() | {f"{ADA}makers-3-2.yaml": newer + f"supersedes: {THIRD}\n".encode()}
    assert parts(files) == {1: FIRST, 2: SECOND, 3: "d" * 26}


def test_a_hold_that_is_over_and_an_end_that_is_to_come_do_no_harm() -> None:
    files = finished(makers_3="suspended: {from: 2026-06-01, reason: R., until: 2026-06-05}\nexpires: 2026-06-11\n")
    assert parts(files) == {1: FIRST, 2: SECOND, 3: THIRD}


def test_a_badge_that_counts_fills_a_level_that_is_open() -> None:
    other = finished()[FILES[FIRST]].replace(FIRST.encode(), b"e" * 26).replace(b"index: 7", b"index: 77")
    files = finished() | {f"{ADA}makers-1-2.yaml": other}
    assert parts(files)[3] == THIRD
    del files[FILES[THIRD]]
    assert set(parts(files).values()) == {FIRST, SECOND, "e" * 26}
    assert parts(files)[2] == SECOND


def test_what_comes_before_the_stack_is_held_first() -> None:
    badge = "content/badges/makers/badge.yaml"
    files = finished()
    files |= {
        badge: files[badge] + b"requires: [talk]\n",
        "content/badges/talk/badge.yaml": files["content/badges/makers-1/badge.yaml"],
    }
    assert reasons(files) == ('"talk" comes first.',)


def test_no_award_of_a_retired_stack_is_due() -> None:
    badge = "content/badges/makers/badge.yaml"
    files = finished()
    assert list(due.look(stackbook.program(files | {badge: files[badge] + b"status: retired\n"}), TODAY)) == []


def test_the_claim_names_the_parts_and_leaves_the_reviews_to_people() -> None:
    files = finished()
    text = written(files)
    loaded = load({**files, STACK_FILE: text.encode()}, Report())
    assert loaded is not None
    (claim,) = (award for award in loaded.awards if award.achievement == "makers")
    assert [part.award for part in claim.parts] == [FIRST, SECOND, THIRD]
    assert (claim.issued, claim.reviews, claim.name) == (None, (), "Ada Example")
    assert claim.did.strip() == "Earned all three levels of Makers on 31 May 2026."
    assert claim.status_index != 7
    assert "# issued: 2026-06-10" in text


def test_parts_that_fewer_people_find_are_named_without_their_addresses() -> None:
    text = "name: Ada Example\nvisibility: public\nawards: {makers-1: {visibility: unlisted}}\n"
    assert written(finished() | {f"{ADA}earner.yaml": text.encode()}).count("private: true") == 1
    assert "private" not in written(finished())


def test_a_claim_says_which_version_of_the_stack_it_is_for_and_who_the_earner_is() -> None:
    files = finished()
    badge = files["content/badges/makers/badge.yaml"]
    files |= {
        "content/badges/makers/badge.yaml": badge + b"version: 2\n",
        "content/badges/makers/versions/1.yaml": badge,
    }
    assert "version: 2\n" in written(files)
    newest = stackbook.program(files)
    awards = tuple(replace(one, issued=one.issued) for one in newest.awards)
    assert awards == newest.awards
    files[FILES[THIRD]] += b"recipient: {id: https://ada.example/}\n"
    files[FILES[THIRD]] = files[FILES[THIRD]].replace(b"2026-05-31", b"2026-06-01")
    assert "recipient:\n  id: https://ada.example/\n" in written(files)


# the command


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, data in finished().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    return tmp_path


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli.blazon, ["-C", str(root), *arguments, "--today", "2026-06-10"])


def everything(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_dry_run_says_what_is_due_and_writes_nothing(root: Path) -> None:
    before = everything(root)
    result = run(root, "derive", "--dry-run")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"would write {STACK_FILE}",
        f'  level 1: "makers-1" since 31 May 2026 ({FILES[FIRST]})',
        f'  level 2: "soldering" since 31 May 2026 ({FILES[SECOND]})',
        f'  level 3: "makers-3" since 31 May 2026 ({FILES[THIRD]})',
    ]
    assert result.stderr == "1 award of a stack is due\n"
    assert everything(root) == before


def test_a_second_run_writes_nothing_more(root: Path) -> None:
    result = run(root, "derive")
    assert result.stdout.startswith(f"wrote {STACK_FILE}\n")
    assert "have them reviewed" in result.stderr
    before = everything(root)
    again = run(root, "derive")
    assert (again.exit_code, again.stdout, again.stderr) == (0, "", "0 awards of stacks are due\n")
    assert everything(root) == before
    assert run(root, "check").exit_code == 0
    verbose = CliRunner().invoke(cli.blazon, ["-v", "-C", str(root), "derive", "--today", "2026-06-10"])
    assert verbose.stdout == f'ada: no award of "makers" is due\n  there is one already: {STACK_FILE}.\n'


def test_content_with_a_mistake_is_put_right_first(root: Path) -> None:
    (root / FILES[THIRD]).write_text((root / FILES[THIRD]).read_text() + "colour: red\n")
    before = everything(root)
    result = run(root, "derive")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "[unknown-field]" in result.stderr
    assert everything(root) == before


def test_whoever_erases_a_part_is_told_of_the_stack_that_holds_its_digest(root: Path) -> None:
    (root / STACK_FILE).write_bytes(stackbook.tree()[STACK_FILE])
    result = CliRunner().invoke(cli.blazon, ["-C", str(root), "erase", FIRST, "--yes", "--on", "2026-06-05"])
    assert result.exit_code == 0
    assert f"{STACK_FILE} has it among its parts: write name: Makers 1 and the sha256" in result.stderr
    found = run(root, "check")
    assert "[erased-part]" in found.stdout
    assert "[missing-requirement]" not in found.stdout


def test_where_the_site_stands_an_erased_part_s_digest_is_told(root: Path) -> None:
    stack = stackbook.tree()[STACK_FILE].decode()
    (root / STACK_FILE).write_text(stack)
    published = root / "dist" / "awards" / FIRST / "credential.json"
    published.parent.mkdir(parents=True)
    published.write_bytes(b"{}\n")
    result = CliRunner().invoke(cli.blazon, ["-C", str(root), "erase", FIRST, "--yes", "--on", "2026-06-05"])
    digest = sha256(b"{}\n").hexdigest()
    assert f"write name: Makers 1 and sha256: {digest} there." in result.stderr
    part = f"award: {FIRST}\n"
    assert part in stack
    indent = " " * (stack.index(part) - stack.rindex("\n", 0, stack.index(part)) - 1)
    (root / STACK_FILE).write_text(stack.replace(part, f"{part}{indent}name: Makers 1\n{indent}sha256: {digest}\n"))
    found = run(root, "check")
    assert (found.exit_code, found.stdout) == (0, "no mistakes in 11 files\n")
