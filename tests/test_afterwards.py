"""What happens to an award afterwards: each command changes its one file as text, and refuses what `check` would."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import programs
from blazon import cli, disk, files, load, rewriting
from blazon.diagnostics import BlazonError, Report
from blazon.model import Award

AWARD = programs.AWARD


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("NO_COLOR", raising=False)
    return programs.small(tmp_path / "program")


def run(program: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli.blazon, ["-C", str(program), *arguments])


def award(program: Path, path: str = AWARD) -> Award:
    loaded = load.load(files.read_tree(program, Report()), Report())
    assert loaded is not None
    return next(one for one in loaded.awards if one.place.path == path)


def edited(program: Path, old: str, new: str, path: str = AWARD) -> None:
    text = (program / path).read_bytes().decode()
    assert old in text
    (program / path).write_bytes(text.replace(old, new, 1).encode())


def said(result: Result, exit_code: int = 1) -> str:
    assert result.exit_code == exit_code, result.output
    assert result.stdout == ""
    return result.stderr


@pytest.mark.parametrize("ends", ["\n", "", "\n\n\n", "\n# the end\n", "\n# the end"])
@pytest.mark.parametrize("line", ["\n", "\r\n"])
def test_a_revocation_adds_lines_and_changes_no_other_byte(program: Path, ends: str, line: str) -> None:
    before = ((program / AWARD).read_text().rstrip("\n") + ends).replace("\n", line).encode()
    (program / AWARD).write_bytes(before)
    result = run(program, "revoke", AWARD, "--reason", "Issued in error: it was a mix-up.", "--on", "2026-11-02")
    assert (result.exit_code, result.stdout) == (0, f"changed {AWARD}\n")
    after = (program / AWARD).read_bytes()
    assert after.startswith(before)
    added = after[len(before) :].decode().removeprefix(line if not before.endswith(b"\n") else "")
    assert added.splitlines(keepends=True) == [
        f"revoked:{line}",
        f"  on: 2026-11-02{line}",
        f'  reason: "Issued in error: it was a mix-up."{line}',
    ]
    assert run(program, "check", "--today", "2026-11-20").exit_code == 0


@pytest.mark.parametrize(
    "name",
    [AWARD, f"./{AWARD}", "priya-raman/stem-night-lead", "{id}", "https://riverbend.example/badges/awards/{id}/"],
)
def test_an_award_is_named_in_many_ways(program: Path, name: str) -> None:
    named = name.replace("{id}", award(program).id)
    assert run(program, "revoke", named, "--reason", "Issued in error.").exit_code == 0
    assert award(program).revoked is not None


def test_an_unknown_award_gets_a_near_name(program: Path) -> None:
    assert "did you mean" in said(run(program, "revoke", AWARD.replace("priya", "prya"), "--reason", "x"), 2)
    near = award(program).id[:-1] + "7"
    assert award(program).id in said(run(program, "revoke", near, "--reason", "x"), 2)
    far = said(run(program, "revoke", "zzz\x1b[31m", "--reason", "x"), 2)
    assert "name the award's file" in far
    assert "\x1b" not in far


def test_a_file_that_cannot_be_read_is_not_changed(program: Path) -> None:
    edited(program, "issued:", "issued:\nissued:")
    assert "cannot be read as an award" in said(run(program, "revoke", AWARD, "--reason", "x"))


def test_what_is_withdrawn_is_withdrawn_for_ever(program: Path) -> None:
    assert run(program, "revoke", AWARD, "--reason", "Issued in error.").exit_code == 0
    before = (program / AWARD).read_bytes()
    again = said(run(program, "revoke", AWARD, "--reason", "Once more."))
    assert "was withdrawn on" in again
    assert f"blazon supersede {AWARD}" in again
    assert "was withdrawn on" in said(run(program, "suspend", AWARD, "--reason", "x"))
    assert (program / AWARD).read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("revoke", AWARD, "--reason", "Issued in error.", "--on", "2199-01-01"), "is in the future"),
        (
            ("revoke", AWARD, "--reason", "Issued in error.", "--on", "2001-01-01"),
            '"revoked.on" (2001-01-01) is before',
        ),
        (("revoke", AWARD, "--reason", " "), "nothing is written here"),
        (("revoke", AWARD, "--reason", "a\u202eb"), "character"),
        (("suspend", AWARD, "--reason", "x", "--on", "2026-11-02", "--until", "2026-11-01"), '"suspended.until"'),
    ],
)
def test_what_check_would_refuse_is_not_written(program: Path, arguments: tuple[str, ...], sentence: str) -> None:
    before = (program / AWARD).read_bytes()
    assert sentence in said(run(program, *arguments))
    assert (program / AWARD).read_bytes() == before


def test_a_pause_begins_and_ends(program: Path) -> None:
    edited(program, "issued:", "# The date of the decision.\nissued:")
    before = (program / AWARD).read_bytes()
    assert run(program, "suspend", AWARD, "--reason", "Under review.", "--on", "2026-11-02").exit_code == 0
    hold = award(program).suspended
    assert hold is not None
    assert (hold.since.date(), hold.reason, hold.until) == (date(2026, 11, 2), "Under review.", None)
    assert "--lift" in said(run(program, "suspend", AWARD, "--reason", "x"))
    assert run(program, "suspend", AWARD, "--lift").exit_code == 0
    assert (program / AWARD).read_bytes() == before
    assert "not paused" in said(run(program, "suspend", AWARD, "--lift"))


def test_lifting_a_pause_leaves_what_stands_around_it(program: Path) -> None:
    before = (program / AWARD).read_text()
    own = "\n# why\nsuspended: {from: 2026-11-02,\n  reason: Under review.}\n\n# a note\n"
    (program / AWARD).write_text(before + own + "term: Spring\n")
    assert run(program, "suspend", AWARD, "--lift").exit_code == 0
    assert (program / AWARD).read_text() == before + "\n# why\n\n# a note\nterm: Spring\n"


def test_a_pause_says_why_or_that_it_ends(program: Path) -> None:
    for arguments in ((), ("--reason", "x", "--lift")):
        assert "say why it is paused" in said(run(program, "suspend", AWARD, *arguments), 2)


def test_a_claim_is_edited_or_deleted(program: Path) -> None:
    text = (program / AWARD).read_text()
    (program / AWARD).write_text(text[: text.index("\nreviews:")] + "\n")
    for command in (("revoke", "--reason", "x"), ("suspend", "--reason", "x"), ("supersede",)):
        assert "is a claim: it was never issued" in said(run(program, command[0], AWARD, *command[1:]))
    assert "delete the file" in said(run(program, "erase", AWARD, "--yes"))


def test_an_erased_award_keeps_its_numbers_and_nothing_else(program: Path) -> None:
    old = award(program)
    assert "nobody is there to be asked" in said(run(program, "erase", AWARD), 2)
    result = run(program, "erase", AWARD, "--yes", "--on", "2026-11-02")
    assert result.exit_code == 0
    assert "git keeps the earlier text" in result.stderr
    assert "priya-raman" in result.stderr
    new = award(program)
    assert (new.id, new.status_index) == (old.id, old.status_index)
    assert new.erased is not None
    assert (new.name, new.did, new.issued) == ("", "", None)
    assert run(program, "check", "--today", "2026-11-20").exit_code == 0
    assert "was erased on 2026-11-02 already" in said(run(program, "erase", AWARD, "--yes"))
    for command in (("revoke", "--reason", "x"), ("suspend", "--reason", "x"), ("supersede",)):
        assert "was erased on 2026-11-02" in said(run(program, command[0], AWARD, *command[1:]))


def test_erasing_names_the_earners_own_file(program: Path) -> None:
    (program / "content/earners/priya-raman/earner.yaml").write_text("name: Priya Raman\n")
    assert "earner.yaml is there still" in run(program, "erase", AWARD, "--yes").stderr


def test_an_erased_award_is_a_set_bit_and_a_page_that_names_nobody(program: Path) -> None:
    build = ("build", "--today", "2026-11-20")
    assert run(program, *build).exit_code == 0
    old, lists = award(program), (program / "dist/status/revocation-1.json").read_bytes()
    assert run(program, "erase", AWARD, "--yes", "--on", "2026-11-02").exit_code == 0
    assert run(program, *build).exit_code == 0
    assert (program / "dist/status/revocation-1.json").read_bytes() != lists
    left = sorted(path.relative_to(program / "dist").as_posix() for path in (program / "dist/awards").rglob("*.*"))
    assert left == [f"awards/{old.id}/index.html"]
    for path in (program / "dist").rglob("*"):
        assert path.is_dir() or b"Priya" not in path.read_bytes(), path


def test_a_renewal_is_a_claim_with_numbers_of_its_own(program: Path) -> None:
    before, old = (program / AWARD).read_bytes(), award(program)
    result = run(program, "supersede", AWARD, "--today", "2026-11-20")
    path = AWARD.replace(".yaml", "-2.yaml")
    assert (result.exit_code, result.stdout) == (0, f"wrote {path}\n")
    assert (program / AWARD).read_bytes() == before
    new = award(program, path)
    assert new.supersedes == old.id
    assert {new.id, new.status_index}.isdisjoint({old.id, old.status_index})
    assert (new.issued, new.reviews, new.achievement, new.did) == (None, (), old.achievement, old.did)
    checked = run(program, "check", "--today", "2026-11-20")
    assert checked.exit_code == 0
    assert "waiting: 0 of 2 approvals" in checked.stdout
    assert f"is replaced by {path} already" in said(run(program, "supersede", AWARD))


def test_a_corrected_name_keeps_what_was_reviewed(program: Path) -> None:
    old = award(program)
    arguments = ("--name", "Priya Raman-Lind", "--issued", "2026-11-10", "--expires", "2028-11-10")
    assert run(program, "supersede", old.id, *arguments).exit_code == 0
    new = award(program, AWARD.replace(".yaml", "-2.yaml"))
    assert (new.name, new.reviews[0].reviewer) == ("Priya Raman-Lind", old.reviews[0].reviewer)
    assert new.issued is not None
    assert new.expires is not None
    assert run(program, "check", "--today", "2026-11-20").stdout.startswith("no mistakes")
    page = (program / "dist/awards" / old.id / "index.html", program / "dist/expiries.ics")
    assert run(program, "build", "--today", "2026-11-20").exit_code == 0
    assert "Replaced by a newer award" in page[0].read_text()


def test_a_successor_leaves_out_what_was_drawn_for_the_earlier_award(program: Path) -> None:
    assert "\nrecipient:\n  hash: sha256$" in (program / AWARD).read_text()
    (program / "content/earners/priya-raman/earner.yaml").write_text(
        "name: Priya Raman\nawards:\n  stem-night-lead: {visibility: unlisted}\n"
    )
    result = run(program, "supersede", AWARD)
    assert result.exit_code == 0, result.output
    assert "blazon recipient" in result.stderr
    assert "needs an entry of its own" in result.stderr
    assert award(program, AWARD.replace(".yaml", "-2.yaml")).recipient is None


def test_a_successor_that_check_would_refuse_is_not_written(program: Path) -> None:
    assert "is before" in said(run(program, "supersede", AWARD, "--issued", "2026-11-10", "--expires", "2026-11-09"))
    assert len([*(program / AWARD).parent.iterdir()]) == 1


def test_a_file_that_is_written_in_an_unusual_way_is_changed_by_hand() -> None:
    with pytest.raises(BlazonError, match="several fields in one line"):
        rewriting.without_field("x.yaml", b"{id: a, name: b}\n", "id")
    for text in (b"{id: a, name: b}\n", b"id: a\n...\n"):
        with pytest.raises(BlazonError, match="in an unusual way"):
            rewriting.with_field("x.yaml", text, "new", "new: 1\n")


def test_parts_are_the_file_again() -> None:
    text = "# top\n\na: |\n  x\n\n\n# b\nb:\n  - 1\n# end\n"
    found, after = rewriting.parts("x.yaml", text.encode())
    assert "".join(part.above + part.text for part in found) + after == text
    assert [(part.name, part.above) for part in found] == [("a", "# top\n\n"), ("b", "\n\n# b\n")]


def test_a_link_is_not_written_through(program: Path, tmp_path: Path) -> None:
    folder = (program / AWARD).parent
    data = (program / AWARD).read_bytes()
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BlazonError, match="behind a link"):
        disk.replace_file(program, AWARD, data, b"x")
    assert (tmp_path / "elsewhere/stem-night-lead.yaml").read_bytes() == data


def test_a_file_that_changed_meanwhile_stays(program: Path) -> None:
    with pytest.raises(BlazonError, match="changed while it was read"):
        disk.replace_file(program, AWARD, b"another", b"x")
    mode = (program / AWARD).stat().st_mode
    disk.replace_file(program, AWARD, (program / AWARD).read_bytes(), b"x: y\n")
    assert (program / AWARD).read_text() == "x: y\n"
    assert (program / AWARD).stat().st_mode == mode
    assert [path.name for path in (program / AWARD).parent.iterdir()] == ["stem-night-lead.yaml"]


def test_signed_reviews_are_not_copied_into_another_award(program: Path) -> None:
    armored = "".join(f"      -----{one} SSH SIGNATURE-----\n" for one in ("BEGIN", "END")).replace(
        "\n", "\n      U1NIU0lH\n", 1
    )
    edited(program, "    conflict: none\n", f"    conflict: none\n    signature: |\n{armored}")
    before = sorted((program / "content/earners").rglob("*.yaml"))
    refused = said(run(program, "supersede", AWARD, "--issued", "2026-11-02"))
    assert "its reviewers signed their reviews, and a signature is for one award alone." in refused
    assert "leave --issued out" in refused
    assert sorted((program / "content/earners").rglob("*.yaml")) == before
    assert run(program, "supersede", AWARD).exit_code == 0
