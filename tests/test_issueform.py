"""The claim form of an issue: the form itself, and every event that becomes a file or is refused with a sentence."""

from __future__ import annotations

import json
import re
import secrets
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from blazon import check, cli, files, issueform, load, source
from blazon.diagnostics import BlazonError, Report
from blazon.entering import Entering

ROOT = Path(__file__).parents[1]
DAY = date(2026, 11, 23)
ANSWERS = {
    "badge": "trail-first-aid",
    "name": "Ada Okafor",
    "earner": "",
    "did": "Led a walk.\n\n### What happened\n\nNobody fell.",
    "start": "2026-03-02",
    "end": "2026-04-10",
    "evidence": (
        "- Trainer's record: https://example.org/record.pdf\n"
        "- Site lead's note from the walk (private): Nobody was lost.\n\n  All came back: tired.\n"
        "- Photo of the kit: https://example.org/kit.jpg\nTaken in May."
    ),
    "prior_learning": "",
    "waiver": "",
}


def body(**answers: str) -> str:
    """What GitHub makes of a form that was filled in."""
    said = {**ANSWERS, **answers}
    parts = [f"### {one.label}\n\n{said[one.id] or '_No response_'}" for one in issueform.QUESTIONS]
    return "\n\n".join((*parts, f"### Consent\n\n- [X] {issueform.CONSENT}"))


def event(text: str | None, **more: Any) -> dict[str, Any]:
    """The event of an issue with a body."""
    return {"action": "opened", "issue": {"number": 7, "body": text, "labels": [{"name": "claim"}]}, **more}


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """The demo, to be added to."""
    for folder in ("content", "keys"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def run(program: Path, told: dict[str, Any] | bytes) -> Result:
    data = told if isinstance(told, bytes) else json.dumps(told).encode()
    (program / "event.json").write_bytes(data)
    return CliRunner().invoke(cli.blazon, ["-C", str(program), "claim", "event.json", "--today", str(DAY)])


def paths(program: Path) -> set[str]:
    return {str(one.relative_to(program)) for one in (program / "content").rglob("*.yaml")}


def said(program: Path) -> set[str]:
    report = Report()
    loaded = load.load(files.read_tree(program, report), report)
    assert loaded is not None
    check.check(loaded, report, DAY)
    return {one.as_text() for one in report}


def test_an_issue_becomes_a_file_that_check_accepts(program: Path) -> None:
    before, told = paths(program), said(program)
    result = run(program, event(body()))
    path = "content/earners/ada-okafor/trail-first-aid.yaml"
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{path}\n", "")
    assert paths(program) - before == {path}
    (waiting,) = said(program) - told
    assert waiting.startswith(f"{path}:2:1: warning: waiting: 0 of 2 approvals.")
    lines = (program / path).read_text("utf-8").splitlines()
    assert re.fullmatch("id: [a-z2-7]{26}", lines[1])
    assert "\n".join(lines[3:]) == (
        "badge: trail-first-aid\nname: Ada Okafor\ndid: |\n  Led a walk.\n\n  ### What happened\n\n  Nobody fell.\n"
        "activity:\n  start: 2026-03-02\n  end: 2026-04-10\nevidence:\n"
        '  - title: Trainer\'s record\n    setting: training\n    url: "https://example.org/record.pdf"\n'
        "  - title: Site lead's note from the walk\n    setting: practice\n    text: |\n      Nobody was lost.\n\n"
        "        All came back: tired.\n    private: true\n"
        '  - title: Photo of the kit\n    setting: training\n    url: "https://example.org/kit.jpg"\n    text: |\n      Taken in May.'
    )


@pytest.mark.parametrize("action", issueform.ACTIONS)
def test_it_is_read_when_it_is_opened_and_when_it_changes(program: Path, action: str) -> None:
    assert run(program, event(body().replace("\n", "\r\n"), action=action)).exit_code == 0


def test_a_shell_sees_nothing_of_it(program: Path) -> None:
    text = "$(touch x) `touch x`; touch x & <script> ${{ secrets.KEY }} {{ 7*7 }}"
    result = run(program, event(body(did=text, name="Ada $(touch x)")))
    assert result.stdout == "content/earners/ada-touch-x/trail-first-aid.yaml\n"
    assert text in (program / result.stdout.strip()).read_text("utf-8")
    assert not (program / "x").exists()


def test_evidence_without_marks_is_a_piece_a_line(program: Path) -> None:
    assert run(program, event(body(evidence="Plan: https://example.org/a\nMy words: none"))).exit_code == 0
    text = (program / "content/earners/ada-okafor/trail-first-aid.yaml").read_text("utf-8")
    assert text.count("  - title: ") == 2
    assert "title: My words\n" in text


def test_a_folder_that_was_named_is_used(program: Path) -> None:
    assert (
        run(program, event(body(earner="night-heron"))).stdout == "content/earners/night-heron/trail-first-aid.yaml\n"
    )


def test_the_same_claim_twice_is_refused_and_nothing_is_overwritten(program: Path) -> None:
    path = program / "content/earners/ada-okafor/trail-first-aid.yaml"
    run(program, event(body()))
    before = path.read_bytes()
    result = run(program, event(body(did="Another story."), action="edited"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "[already-awarded]" in result.stderr
    assert path.read_bytes() == before


@pytest.mark.parametrize(("answers", "code", "line"), [
    ({"badge": "trail-firstaid"}, "unknown-badge", 3),
    ({"badge": "../../x"}, "bad-slug", 3),
    ({"badge": ""}, "bad-form", 0),
    ({"name": ""}, "bad-form", 0),
    ({"name": "ada@example.org"}, "email-in-text", 7),
    ({"name": "a" * 201}, "too-long", 7),
    ({"name": "Моzilla"}, "mixed-scripts", 7),
    ({"name": "A\u202eda"}, "name-character", 7),
    ({"earner": "Ada"}, "bad-slug", 11),
    ({"earner": "verify"}, "reserved-name", 11),
    ({"did": ""}, "missing-field", 1),
    ({"did": "Write to ada@example.org."}, "email-in-text", 15),
    ({"did": "x" * 4_001}, "too-long", 15),
    ({"did": "![x](https://example.org/)"}, "image-in-text", 15),
    ({"did": "[x](javascript:y)"}, "bad-link", 15),
    ({"did": "a\u2028b"}, "hidden-character", 15),
    ({"did": "Walked.\n\n### Evidence\n\nx"}, "bad-form", 29),
    ({"start": "in May"}, "bad-date", 23),
    ({"end": "2026-03-01"}, "date-order", 27),
    ({"evidence": "- https://example.org/"}, "bad-form", 31),
    ({"evidence": "- Plan: https://example.org/\n- words"}, "bad-form", 32),
    ({"evidence": "- Plan: http://example.org/"}, "bad-url", 31),
    ({"evidence": "- Plan: https://localhost/"}, "bad-url", 31),
    ({"evidence": "- Plan: javascript://x"}, "bad-url", 31),
    ({"evidence": "- Plan: ada@example.org"}, "email-in-text", 31),
    ({"waiver": "x" * 1_001}, "too-long", None),
    ({"prior_learning": "one\ntwo"}, "line-break", None),
])  # fmt: skip
def test_each_mistake_is_told_at_its_line_and_nothing_is_written(
    program: Path, answers: dict[str, str], code: str, line: int | None
) -> None:
    before = paths(program)
    result = run(program, event(body(**answers)))
    assert (result.exit_code, result.stdout) == (1, "")
    assert paths(program) == before
    found = re.findall(r"^issue(?::(\d+))?(?::\d+)?: error: .* \[([a-z-]+)\]$", result.stderr, re.MULTILINE)
    assert [one for _, one in found] == [code], result.stderr
    assert line is None or int(found[0][0] or 0) == line


def test_a_form_without_consent_is_refused(program: Path) -> None:
    for text in (body().replace("[X]", "[ ]"), body().partition("### Consent")[0]):
        result = run(program, event(text))
        assert (result.exit_code, result.stdout) == (1, "")
        assert "the form was sent without consent" in result.stderr


@pytest.mark.parametrize(("told", "sentence"), [
    (b"{", "the event cannot be read: "),
    (b'{"a": 1, "a": 2}', '"a" stands twice'),
    (b"[]", "not an object"),
    (b" " * (issueform.MOST_BYTES + 1), "longer than"),
    ({"action": "opened"}, "this is no event of an issue."),
    ({"action": "opened", "issue": "x"}, "this is no event of an issue."),
    (event("", action="closed"), "nothing was asked in this event."),
    ({"action": "opened", "issue": {"body": "", "labels": []}}, 'the issue has no label "claim".'),
    ({"action": "opened", "issue": {"body": "", "labels": "claim"}}, 'the issue has no label "claim".'),
    ({"action": "opened", "issue": {"body": "", "labels": [{"name": {"a": "claim"}}]}}, 'the issue has no label "claim".'),
    (event(None), 'the form says nothing under "Badge".'),
    (event("Hello"), 'the form says nothing under "Badge".'),
])  # fmt: skip
def test_an_event_that_is_no_claim_is_refused(program: Path, told: dict[str, Any] | bytes, sentence: str) -> None:
    before = paths(program)
    result = run(program, told)
    assert (result.exit_code, result.stdout) == (1, "")
    assert sentence in result.stderr
    assert paths(program) == before


TREE = files.read_tree(ROOT, Report())
LOADED = load.load(TREE, Report())
assert LOADED is not None
DEMO = LOADED


@given(
    st.dictionaries(
        st.sampled_from([*ANSWERS]), st.text(max_size=40) | st.text("-:/ \nahtps(private)", max_size=60), max_size=9
    )
)
@settings(deadline=None, max_examples=60)
def test_whatever_is_answered_becomes_a_file_or_diagnostics(answers: dict[str, str]) -> None:
    report = Report()
    told = json.dumps(event(body(**{**answers, "badge": "trail-first-aid"}))).encode()
    try:
        found = issueform.entry(told, DEMO, report)
    except BlazonError:  # half a character, which JSON refuses
        return
    made = Entering(DEMO, TREE, secrets.token_bytes).enter([found], DAY, report) if found else None
    assert (made is None) == report.failed
    for file in made.files if made else ():
        assert source.parse(file.path, file.text.encode(), Report()) is not None, file.text


def test_the_repository_has_the_form_that_is_read() -> None:
    assert (ROOT / issueform.PATH).read_text("utf-8") == issueform.template()


def test_the_form_is_one_that_github_takes() -> None:
    form = yaml.safe_load(issueform.template())
    assert form["labels"] == [issueform.LABEL]
    inputs = [one for one in form["body"] if one["type"] in {"input", "textarea"}]
    assert [one["id"] for one in inputs] == [one.id for one in issueform.QUESTIONS]
    assert len({one["attributes"]["label"] for one in inputs}) == len(inputs)
    assert [one["id"] for one in inputs if one["validations"]["required"]] == ["badge", "name"]
    consent = form["body"][-1]
    assert consent["attributes"]["options"] == [{"label": issueform.CONSENT, "required": True}]
    assert all(isinstance(one["attributes"].get("placeholder", ""), str) for one in inputs)


def test_the_claim_page_fills_in_the_fields_of_the_form() -> None:
    script = (ROOT / "themes/stitch/static/claimways.js").read_text("utf-8")
    named = set(re.findall(r"[{ ,](\w+): claim\.(?!path)", script)) | set(
        re.findall(r"\b(evidence): claim\.evidence\.map", script)
    )
    assert named == {one.id for one in issueform.QUESTIONS}
