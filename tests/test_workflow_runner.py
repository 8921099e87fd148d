"""The runner of workflows itself: it works expressions out as GitHub does, refuses what it does not know, and keeps steps apart."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import deeds
import pytest
from expressions import Closed, UnknownExpression, evaluate, fill
from host import Host
from runner import Run, Running, ancestors, holds, token

EVENT = {"issue": {"labels": [{"name": "claim"}, {"name": "help"}], "number": 7}}
CONTEXTS: dict[str, Any] = {
    "github": Closed(event=EVENT),
    "needs": Closed(sign=Closed(result="skipped", outputs=Closed(requests="0"))),
}
WORKFLOW = """\
on: [push]
permissions: {}
defaults: {run: {shell: bash}}
concurrency: {group: x}
jobs:
  first:
    permissions: {contents: read}
    environment: signing
    outputs: {said: "${{ steps.one.outputs.said }}"}
    steps:
      - {name: One, id: one, run: "echo said=good >> $GITHUB_OUTPUT; echo secret=${SECRET:-none}; env"}
      - {name: Two, run: "echo secret=$SECRET", env: {SECRET: "${{ secrets.SECRET }}"}}
      - {name: Three, run: "false | true"}
      - {name: Four, run: "echo never"}
      - {name: Five, if: "${{ always() }}", run: "echo at last"}
  second:
    permissions: {contents: read}
    needs: first
    steps: [{name: Six, run: "echo never"}]
  third:
    permissions: {contents: read}
    needs: first
    if: ${{ !cancelled() && needs.first.outputs.said == 'good' }}
    steps: [{name: Seven, run: "echo secret=$SECRET; echo $SAID", env: {SECRET: "${{ secrets.SECRET }}", SAID: "${{ needs.first.outputs.said }}"}}]
"""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("contains(github.event.issue.labels.*.name, 'claim')", True),
        ("contains(github.event.issue.labels.*.name, 'other')", False),
        ("needs.sign.outputs.requests != '0'", False),
        ("needs.sign.result == 'SKIPPED'", True),
        ("!(needs.sign.result == 'success' || needs.sign.result == 'skipped')", False),
        ("github.event.issue.number == 7 && github.event.nothing.more == ''", True),
        ("'it''s'", "it's"),
    ],
)
def test_expressions_are_worked_out(text: str, value: Any) -> None:
    assert evaluate(text, CONTEXTS, {}) == value


@pytest.mark.parametrize(
    "text", ["env.X", "needs.other.result", "github.actor", "hashFiles('x')", "1 +", "needs.sign.outputs.x", "a b", "("]
)
def test_what_the_runner_does_not_know_is_an_error(text: str) -> None:
    with pytest.raises(UnknownExpression):
        evaluate(text, CONTEXTS, {})


def test_texts_are_filled_in() -> None:
    assert fill("a ${{ github.event.issue.number }} b ${{ github.event.none }}.", CONTEXTS) == "a 7 b ."


@pytest.mark.parametrize(
    ("condition", "well", "expected"),
    [
        ("", True, True),
        ("", False, False),
        ("always()", False, True),
        ("failure()", False, True),
        ("'x'", False, False),
    ],
)
def test_a_condition_asks_for_success_unless_it_speaks_of_it(condition: str, well: bool, expected: bool) -> None:
    assert holds(condition, {}, well=well, broken=not well) is expected


def test_a_job_waits_for_all_that_comes_before_it() -> None:
    assert ancestors("c", {"a": {}, "b": {"needs": "a"}, "c": {"needs": ["b"]}}) == {"a", "b"}


@pytest.fixture
def host(tmp_path: Path) -> Host:
    """A host with a secret."""
    found = Host(tmp_path / "host", "a/b", "https://a.example/", tmp_path / "environments", "none")
    found.kept = {"signing": {"SECRET": "canary"}}
    return found


def run(host: Host, ref: str = "refs/heads/main") -> Run:
    """The workflow above, run for a push."""
    work = host.root / "work"
    (work / "w").mkdir(parents=True, exist_ok=True)
    (work / "w/x.yml").write_text(WORKFLOW)
    script = (
        "git init -q -b main; git add .; git -c user.name=a -c user.email=a@b commit -qm x; "
        f"git push -q {host.repository} HEAD:main"
    )
    subprocess.run(["sh", "-ec", script], cwd=work, check=True, env=host.clean())
    sha = host.git("rev-parse", "main").strip()
    return Running(host, "push", {}, ref, sha, host.root / "run").run("w/x.yml")


def test_steps_see_what_the_file_gives_them_and_nothing_else(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STRAY", "stray")
    done = run(host)
    first, third = done.jobs["first"], done.jobs["third"]
    assert done.results == {"first": "failure", "second": "skipped", "third": "success"}
    assert "secret=none" in first.step("One").log
    assert "canary" not in first.step("One").log + first.step("Five").log
    assert "stray" not in first.step("One").log
    assert first.step("Two").log == "secret=canary\n"
    assert [one.outcome for one in first.steps] == ["success", "success", "failure", "skipped", "success"]
    assert third.step("Seven").log == "secret=\ngood\n"


def test_another_branch_gets_no_secret(host: Host) -> None:
    assert run(host, "refs/heads/other").jobs["first"].step("Two").log == "secret=\n"


@pytest.mark.parametrize("asked", ["true", "false"])
def test_hidden_files_are_kept_only_when_asked_for(host: Host, tmp_path: Path, asked: str) -> None:
    for path in ("x/a.txt", "x/.well-known/did.json", "x/.nojekyll"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x")
    given = {"name": "site", "path": "x", "include-hidden-files": asked}
    deeds.DEEDS["actions/upload-artifact"](deeds.Work(host, "", "", tmp_path, given, ""))
    kept = {path.name for path in (host.artefacts / "site").rglob("*") if path.is_file()}
    assert kept == ({"a.txt", "did.json", ".nojekyll"} if asked == "true" else {"a.txt"})


def test_gh_does_what_the_rights_of_a_token_allow(host: Host, tmp_path: Path) -> None:
    (tmp_path / "body").write_text("x")
    command = [str(host.tools / "gh"), "issue", "comment", "7", "--edit-last", "--create-if-none"]
    for right, code in (("read", 1), ("write", 0)):
        env = {**host.clean(), "GH_TOKEN": token({"issues": right})}
        done = subprocess.run(
            [*command, "--body-file", "body"], cwd=tmp_path, env=env, capture_output=True, check=False
        )
        assert done.returncode == code
    assert host.asked["answers"] == {"7": "x"}
