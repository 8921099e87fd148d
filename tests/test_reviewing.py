"""`blazon review`: what it shows, asks and refuses, and that it adds one review to the file and changes no other byte."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import storybook
from blazon import check, cli, files, keys, load, reviewing, rewriting, sshsig
from blazon.diagnostics import BlazonError, Report
from blazon.model import Award, Review

AWARD = "content/earners/ada/soldering.yaml"
TODAY = "2026-06-01"
CLAIM = """\
id: r6qlhtaxbe5jckv3xsjm33eyou
status_index: 41873
badge: soldering   # which one
name: Ada Example
did: |
  Soldered ten joints.
evidence:
  - title: "Photo: the joints"
    url: https://files.example.org/joints.jpg
    setting: practice
"""
ANA = """\
reviews:
  # Ana was first.
  - reviewer: ana
    date: 2026-05-30
    conflict: none
    scores:
      joints: Perfect
    note: |
      Seen.
      # not a comment
"""
APPROVES = ("--reviewer", "kim", "--conflict", "none", "--decision", "approve", "--score", "joints=Good")


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program of the stories on disk, with an award that is a claim."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    root = tmp_path / "program"
    for path, text in {**storybook.base(), AWARD: CLAIM}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text.removeprefix("\n"))
    return root


def run(program: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(cli.blazon, ["-C", str(program), "review", AWARD, "--today", TODAY, *map(str, arguments)])


def refused(program: Path, *arguments: str | Path) -> str:
    """What a refusal says, once it is sure that nothing was written."""
    before = {path: path.read_bytes() for path in program.rglob("*") if path.is_file()}
    result = run(program, *arguments)
    assert result.exit_code in (1, 2, 3), result.output
    assert result.stdout == ""
    assert {path: path.read_bytes() for path in program.rglob("*") if path.is_file()} == before
    return result.stderr


def award(program: Path) -> Award:
    """The award in the file, which `check` has nothing against."""
    report = Report()
    loaded = load.load(files.read_tree(program, report), report)
    assert loaded is not None
    check.check(loaded, report, date(2026, 6, 1), verifies=keys.verify)
    assert [one.as_text() for one in report if one.severity == "error"] == []
    return next(one for one in loaded.awards if one.place.path == AWARD)


def edit(program: Path, path: str, old: str, new: str) -> None:
    text = (program / path).read_text()
    assert old in text
    (program / path).write_text(text.replace(old, new, 1))


def ssh_key(program: Path, reviewer: str = "") -> Path:
    """A key that ssh-keygen makes, outside the program; its public half is that of a reviewer when one is named."""
    path = program.parent / f"{reviewer or 'somebody'} -key"  # a space and a dash, which a shell would trip over
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path], check=True)
    if reviewer:
        line = f"    key: {Path(f'{path}.pub').read_text().strip()}\n"
        edit(program, "content/reviewers.yaml", f"  {reviewer}:\n", f"  {reviewer}:\n{line}")
    return path


# By options


@pytest.mark.parametrize("line", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("reviews", "after"),
    [
        ("", ""),
        ("", "\n# The date of the decision.\n# issued: 2026-06-01\n"),
        (ANA, ""),
        (ANA, "\n# Some more.\n"),
        (ANA, "\nsummary: What follows\n# is not touched.\n"),
        (ANA.replace("\n  ", "\n"), "summary: It stands at the edge.\n"),
        (ANA.replace("\n  ", "\n      "), "summary: It stands further in.\n"),
        ("reviews:   # none yet\n  - {reviewer: ana, date: 2026-05-30, conflict: none, scores: {joints: Good}}", ""),
        ("reviews: []   # none [yet]\n", "summary: More\n"),
    ],
)
def test_a_review_is_added_and_no_other_byte_changes(program: Path, reviews: str, after: str, line: str) -> None:
    before = f"{CLAIM}{reviews}{after}".replace("\n", line).encode()
    (program / AWARD).write_bytes(before)
    result = run(program, *APPROVES, "--note", "Heated first: well done.")
    assert (result.exit_code, result.stdout) == (0, f"changed {AWARD}\n"), result.output
    found = award(program).reviews
    assert [one.reviewer for one in found] == (["ana", "kim"] if "ana" in reviews else ["kim"])
    assert (found[-1].decision, found[-1].scores, found[-1].note) == (
        "approve",
        {"joints": "Good"},
        "Heated first: well done.",
    )
    new = (program / AWARD).read_bytes()
    assert new.count(b"\r") == (new.count(b"\n") if line == "\r\n" else 0)
    at = new.index(b"- reviewer: kim")
    begin = new.rindex(b"\n", 0, at) + 1
    end = new.index(b"well done.", at) + len('well done."') + len(line)
    without = new[:begin] + new[end:]
    if not reviews:
        added = f"{line}reviews:{line}".encode()
        assert added in without
        without = without.replace(added, b"")
    assert (
        without.rstrip() == before.replace(b"[]", b"").replace(b"[]", b"").rstrip()
        if "[]" in reviews
        else before.rstrip()
    )


def test_it_says_how_many_approvals_there_are_and_what_to_type(program: Path) -> None:
    assert run(program, *APPROVES).stderr == "1 of 2 approvals\nnext: propose the change\n"
    result = run(program, "--reviewer", "ana", "--conflict", "None.", "--decision", "approve", "--score", "joints=2")
    assert result.stderr == f"2 of 2 approvals: enough\nnext: blazon review {AWARD} --issue\n"
    assert award(program).issued is None
    result = run(program, "--issue")
    assert (result.exit_code, result.stderr) == (
        0,
        f"next: propose the change; it is issued on {TODAY} once that is merged\n",
    )
    assert str(award(program).issued) == "2026-06-01 00:00:00+00:00"


def test_the_last_review_can_issue_at_once(program: Path) -> None:
    (program / AWARD).write_text(CLAIM + ANA)
    assert run(program, *APPROVES, "--issue").exit_code == 0
    assert award(program).issued is not None
    assert (program / AWARD).read_text().endswith("\n\nissued: 2026-06-01\n")


def test_who_asked_for_a_revision_may_approve_later(program: Path) -> None:
    asked = (
        "--conflict",
        "none",
        "--decision",
        "revise",
        "--note",
        "Please show the back of the board, and say how hot it was when you began: I cannot see it here.",
    )
    result = run(program, "--reviewer", "kim", *asked)
    assert result.stderr == "0 of 2 approvals\nnext: propose the change\n"
    assert run(program, *APPROVES).stderr.startswith("1 of 2 approvals")
    assert [one.decision for one in award(program).reviews] == ["revise", "approve"]
    assert "note: >-\n      Please show" in (program / AWARD).read_text()


def test_a_conflict_is_written_with_who_set_it_aside(program: Path) -> None:
    options = [*APPROVES]
    options[options.index("none")] = "A friend: of the family."
    assert run(program, *options, "--waived-by", "ana").exit_code == 0
    assert (award(program).reviews[0].conflict, award(program).reviews[0].waived_by) == (
        "A friend: of the family.",
        "ana",
    )


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"--reviewer": "ada"}, '"ada" earned this award and cannot review it.'),
        ({"--reviewer": "kin"}, 'there is no reviewer called "kin".\n  hint: did you mean "kim"?'),
        ({"--reviewer": "ana"}, '"ana" has approved this award already.'),
        ({"--reviewer": "\x1b[31m"}, 'there is no reviewer called "\\x1b[31m".'),
        ({"--conflict": ""}, "nothing is written here"),
        ({"--conflict": "A friend.", "--waived-by": "kim"}, '"kim" cannot waive this conflict.'),
        ({"--conflict": "A friend.", "--waived-by": "bo"}, 'there is no reviewer called "bo".'),
        (
            {"--score": "joint=Good"},
            'the rubric of "soldering" has no row called "joint".\n  hint: did you mean "joints"?',
        ),
        ({"--score": "joints"}, 'the rubric of "soldering" has no row called "joints".'),
        ({"--score": "joints=Fine"}, 'the row "joints" has no level called "Fine".'),
        ({"--score": "joints=Cold"}, '"Cold" in the row "joints" is below "Good", which the badge asks for.'),
        ({"--score": "joints=4"}, 'the row "joints" has no level called "4".'),
        ({"--score": None}, 'the row "joints" has no score.\n  hint: add --score joints=LEVEL.'),
        ({"--decision": "revise"}, '"revise" needs a note'),
        ({"--decision": "decline"}, '"decline" needs a note'),
        ({"--decision": "maybe"}, "is not one of"),
        ({"--note": "Write to ada@example.org."}, "e-mail address"),
        ({"--today": "2026-05-30T"}, "is not a date"),
        ({"--issue": ""}, "this award has 1 of 2 approvals; "),
    ],
)
def test_what_check_would_refuse_is_refused_before_anything_is_written(
    program: Path, options: dict[str, str | None], why: str
) -> None:
    (program / AWARD).write_text(CLAIM + ANA)
    said: dict[str, str | None] = {**dict(zip(APPROVES[::2], APPROVES[1::2], strict=True)), **options}
    if "--issue" in said:
        del said["--issue"]
        said |= {"--conflict": "A friend."}
        assert why in refused(program, *(part for pair in said.items() for part in pair if part is not None), "--issue")
        return
    given = [part for name, value in said.items() if value is not None for part in (name, value)]
    assert why in refused(program, *given)


@pytest.mark.parametrize(
    ("path", "old", "new", "why"),
    [
        ("content/reviewers.yaml", "role: assessor", "role: lead", "asks for assessor"),
        ("content/reviewers.yaml", "role: assessor", "role: assessor\n    badges: [sawing]", '"kim" does not review "soldering".'),
        ("content/reviewers.yaml", "role: assessor", "role: assessor\n    until: 2026-02-01", '"kim" was no reviewer on 2026-06-01.'),
        ("content/reviewers.yaml", "approvals: 2", "approvals: 2\n  evidence: signed", 'approvals of "soldering" are signed'),
        (AWARD, "badge: soldering ", "badge: sawing ", 'there is no badge called "sawing"'),
        (AWARD, "name: Ada", "issued: 2026-05-31\nname: Ada", "this award was issued on 2026-05-31"),
        (AWARD, "evidence:", "reviews: [{reviewer: ana, date: 2026-05-30, conflict: none}]\nevidence:", "is written on one line"),
        (AWARD, CLAIM, "id: r6qlhtaxbe5jckv3xsjm33eyou\nstatus_index: 4\nerased: {on: 2026-05-31}\n", "this award was erased"),
        (AWARD, CLAIM, "{id: r6qlhtaxbe5jckv3xsjm33eyou, status_index: 4, badge: soldering, name: Ada, did: Soldered.}\n", "several fields in one line"),
    ],
)  # fmt: skip
def test_whoever_may_not_and_whatever_cannot_be_reviewed(
    program: Path, path: str, old: str, new: str, why: str
) -> None:
    edit(program, path, old, new)
    if "role: lead" in new:
        edit(program, "content/reviewers.yaml", "approvals: 2", "approvals: 2\n  roles: [assessor]")
    assert why in refused(program, *APPROVES)


def test_a_file_that_is_no_award_is_named(program: Path) -> None:
    result = CliRunner().invoke(cli.blazon, ["-C", str(program), "review", "content/earners/ada/soldring.yaml"])
    assert result.exit_code == 2
    assert f'did you mean "{AWARD}"?' in result.stderr


def test_a_note_can_be_anything_that_is_text(program: Path) -> None:
    note = 'First: "yes" # no\n\n- a list?\n\ttabs \\ and é 🧵'
    assert run(program, *APPROVES, "--note", note).exit_code == 0
    assert award(program).reviews[0].note == note


def test_nobody_is_asked_where_nobody_is(program: Path) -> None:
    said = refused(program)
    assert (
        "nobody is there to be asked, and this is missing: --reviewer ID, --conflict none, --decision approve." in said
    )
    assert f"type: blazon review {AWARD} --reviewer ID --conflict none --decision approve --score joints=LEVEL" in said
    assert "this is missing: --decision approve." in refused(program, "--reviewer", "kim", "--conflict", "none")


def test_an_odd_end_of_a_list_is_left_to_people(program: Path) -> None:
    text = f"{CLAIM}{ANA}".replace("note: |", "note: |+") + "\n\n"
    (program / AWARD).write_text(text)
    with pytest.raises(BlazonError, match=r"ends in an unusual way|cannot be written"):
        rewriting.with_entry(AWARD, text.encode(), "reviews", "reviewer: kim\n")


# Signed


def test_a_signed_review_holds(program: Path) -> None:
    key = ssh_key(program, "kim")
    edit(program, "content/reviewers.yaml", "approvals: 2", "approvals: 1\n  evidence: signed\n  reason: One key.")
    result = run(program, *APPROVES, "--sign", key, "--issue", "--note", "“Good”, said Zoë.")
    assert result.exit_code == 0, result.output
    (review,) = award(program).reviews  # which has looked at the signature
    assert sshsig.read(review.signature).namespace == "blazon-review"
    edit(program, AWARD, "Soldered ten", "Soldered nine")
    report = Report()
    loaded = load.load(files.read_tree(program, report), report)
    assert loaded is not None
    check.check(loaded, report, date(2026, 6, 1), verifies=keys.verify)
    assert [one.code for one in report] == ["bad-signature"]


def test_a_signature_by_another_key_is_not_written(program: Path) -> None:
    ssh_key(program, "kim")
    assert 'it is by another key than that of "kim"' in refused(program, *APPROVES, "--sign", ssh_key(program))


def test_a_reviewer_without_a_key_cannot_sign(program: Path) -> None:
    assert '"kim" has no key in content/reviewers.yaml' in refused(program, *APPROVES, "--sign", ssh_key(program))


def test_a_key_that_is_none_is_told(program: Path) -> None:
    assert "cannot be read" in refused(program, *APPROVES, "--sign", program.parent / "nothing")
    assert "ssh-keygen did not sign" in refused(program, *APPROVES, "--sign", program / AWARD)


def test_a_protected_key_is_not_asked_about_where_nobody_is(program: Path) -> None:
    key = program.parent / "protected"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "a passphrase", "-f", key], check=True)
    edit(program, "content/reviewers.yaml", "  kim:\n", f"  kim:\n    key: {Path(f'{key}.pub').read_text().strip()}\n")
    assert "ssh-keygen did not sign" in refused(program, *APPROVES, "--sign", key)


def test_without_openssh_nothing_is_signed(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = ssh_key(program, "kim")
    monkeypatch.setenv("PATH", str(program))
    assert "ssh-keygen, which signs, is not on this machine." in refused(program, *APPROVES, "--sign", key)


# At a terminal


CTRL_C = "\x03"


def drive(program: Path, answers: list[tuple[str, str]], *arguments: str) -> tuple[int, str]:
    """The exit code and everything that stands on the screen, when each question gets its answer.

    Ctrl-C is pressed again where nothing comes of it: a prompt that is not ready yet keeps the first one to itself.
    """
    command = [sys.executable, "-m", "blazon", "-C", str(program), "review", AWARD, "--today", TODAY, *arguments]
    child, screen = pty.fork()
    if not child:
        signal.signal(signal.SIGINT, signal.default_int_handler)  # where the tests run in the background, it is ignored
        environment = {**os.environ, "PYTHONPATH": str(Path(reviewing.__file__).parents[1])}
        os.execve(sys.executable, command, environment)  # noqa: S606 - there is no shell in it
    shown, left, ends = "", list(answers), time.monotonic() + 60
    seen, pressed = 0, 0.0
    while time.monotonic() < ends:
        if left and left[0][0] in shown[seen:]:
            seen = len(shown)
            answer = left.pop(0)[1]
            pressed = time.monotonic() if answer == CTRL_C else 0
            os.write(screen, (answer if answer == CTRL_C else f"{answer}\n").encode())
        if not select.select([screen], [], [], 0.2)[0]:
            if pressed and time.monotonic() > pressed + 3:
                pressed = time.monotonic()
                os.write(screen, CTRL_C.encode())
            continue
        try:
            read = os.read(screen, 65536)
        except OSError:  # the other end is closed
            break
        if not read:
            break
        shown += read.decode(errors="replace")
    os.close(screen)
    assert not left, f"nobody asked {left[0][0]!r}:\n{shown}"
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown


def test_a_reviewer_is_led_through_a_claim(program: Path) -> None:
    (program / AWARD).write_text(CLAIM + ANA)
    code, shown = drive(
        program,
        [
            ("Your name", "nobody"),
            ("no reviewer called", "kim"),
            ("A conflict of interest", "A colleague."),
            ("Who set it aside", "ana"),
            ("joints (empty", "9"),
            ("no level called", "1"),
            ("Decision", "approve"),
            ("is below", "rev"),
            ("What is asked", "Please show the back."),
            ("Add this", ""),
        ],
    )
    assert code == 0, shown
    for text in (
        "Soldering: Ada Example",
        "Soldered ten joints.",
        "- Photo: the joints (practice)",
        "https://files.example.org/joints.jpg",
        "- ana, 2026-05-30: approve",
        "2 Good",
        "I have read every piece of evidence.",
        "    decision: revise",
        "1 of 2 approvals",
    ):
        assert text in shown, text
    review: Review = award(program).reviews[-1]
    assert (review.reviewer, review.decision, review.conflict, review.waived_by) == (
        "kim",
        "revise",
        "A colleague.",
        "ana",
    )
    assert (review.scores, review.note) == ({"joints": "Cold"}, "Please show the back.")


def test_what_is_said_by_options_is_not_asked_for(program: Path) -> None:
    code, shown = drive(program, [], *APPROVES, "--note", "")
    assert code == 0, shown
    assert "?" not in shown
    assert award(program).reviews[0].note == ""


@pytest.mark.parametrize(("answer", "code"), [("n", 1), (CTRL_C, 130)])
def test_who_does_not_want_it_written_gets_nothing_written(program: Path, answer: str, code: int) -> None:
    options = [part for part in APPROVES if part not in ("--conflict", "none")]
    found, shown = drive(program, [("A conflict", ""), ("A note", "Good."), ("Add this", answer)], *options)
    assert found == code, shown
    assert (program / AWARD).read_text() == CLAIM


def test_a_program_without_reviewers_says_so_before_it_asks_anything(program: Path) -> None:
    (program / "content/reviewers.yaml").write_text("reviewers: {}\n")
    for arguments in ((), APPROVES):
        said = refused(program, *arguments)
        assert "content/reviewers.yaml names nobody who may review." in said
        assert 'hint: add yourself and others there, below "reviewers:".' in said


def test_a_claim_of_an_unknown_badge_says_that_there_is_none(program: Path) -> None:
    edit(program, AWARD, "badge: soldering ", "badge: solderin ")
    assert 'there is no badge called "solderin".\n' in refused(program, *APPROVES)
