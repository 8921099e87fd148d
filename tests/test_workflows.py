"""Our workflows read as text: what we ask of them, what zizmor asks, and that each bad twin of ours is found by both."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

import blazon
import lock
from blazon import __version__, issueform
from workflowrules import (
    FOLDER,
    NAMES,
    ROOT,
    RULES,
    Workflow,
    actions_are_pinned,
    checkouts_keep_no_credentials,
    commands_are_fixed,
    hidden_files_go_along,
    jobs_end,
    nothing_is_cached,
    ours,
    packages_are_locked,
    publishing_is_never_cancelled,
    requests_are_checked_by_what_was_accepted,
    rights_are_few,
    schedules_stand_alone,
    the_secret_has_one_place,
    the_signer_is_alone,
    triggers_are_harmless,
)

COMMIT = "3d3c42e5aac5ba805825da76410c181273ba90b1"
CACHE = f"      - name: Cache\n        uses: actions/cache@{COMMIT} # v7.0.1\n        with:\n          path: x\n          key: y\n\n"
SIGN = "      - name: Sign\n"
SECRET = "          BLAZON_SIGNING_KEY: ${{ secrets.BLAZON_SIGNING_KEY }}\n"
DAY = "          DAY: ${{ needs.prepare.outputs.day }}\n"
CALL = "  other:\n    name: Other\n    permissions: {}\n    uses: somebody/something/.github/workflows/other.yml@main\n"
RIGHTS = "    permissions:\n      contents: read # to read what was accepted and what is asked for\n"
TITLE = "        run: echo ${{ github.event.pull_request.title }} # python -m blazon -C candidate preview"


@dataclass(frozen=True)
class Twin:
    """One of our workflows with one thing changed, the rule of ours that has to see it, and what zizmor calls it, if it does."""

    rule: Any
    file: str
    old: str
    new: str
    zizmor: str = ""

    def made(self) -> Workflow:
        """The twin."""
        text = ours(self.file).text
        assert self.old in text, self.old
        return Workflow(self.file, text.replace(self.old, self.new, 1))


TWINS = {
    "k1-target": Twin(
        triggers_are_harmless, "validate.yml", "  pull_request:\n", "  pull_request_target:\n", "dangerous-triggers"
    ),
    "k1-run": Twin(
        triggers_are_harmless,
        "validate.yml",
        "  pull_request:\n",
        "  workflow_run:\n    workflows: [Claim]\n",
        "dangerous-triggers",
    ),
    "k2": Twin(actions_are_pinned, "validate.yml", f"checkout@{COMMIT} # v7.0.1", "checkout@v7", "unpinned-uses"),
    "k2-no-version": Twin(actions_are_pinned, "publish.yml", f"{COMMIT} # v7.0.1", COMMIT),
    "k2-called": Twin(actions_are_pinned, "refresh.yml", "jobs:\n", f"jobs:\n{CALL}", "unpinned-uses"),
    "k3": Twin(
        commands_are_fixed,
        "validate.yml",
        "        run: python -m blazon -C candidate preview",
        TITLE,
        "template-injection",
    ),
    "k4-elsewhere": Twin(the_secret_has_one_place, "publish.yml", DAY, DAY + SECRET, "secrets-outside-env"),
    "k4-no-environment": Twin(
        the_secret_has_one_place, "publish.yml", "    environment: signing\n", "", "secrets-outside-env"
    ),
    "k4-all": Twin(
        the_secret_has_one_place,
        "refresh.yml",
        "jobs:\n",
        "jobs:\n  other:\n    name: Other\n    permissions: {}\n"
        f"    uses: a/b/.github/workflows/c.yml@{COMMIT} # v7.0.1\n    secrets: inherit\n",
        "secrets-inherit",
    ),
    "k4-cache": Twin(nothing_is_cached, "publish.yml", SIGN, CACHE + SIGN),
    "cache-of-packages": Twin(
        nothing_is_cached,
        "publish.yml",
        '          python-version: "3.13"\n',
        '          python-version: "3.13"\n          cache: pip\n',
    ),
    "token-left": Twin(
        checkouts_keep_no_credentials,
        "publish.yml",
        "          persist-credentials: false\n",
        "          persist-credentials: true\n",
        "artipacked",
    ),
    "token-not-spoken-of": Twin(
        checkouts_keep_no_credentials,
        "publish.yml",
        "        with:\n          persist-credentials: false\n",
        "",
        "artipacked",
    ),
    "rights-on-top": Twin(
        rights_are_few, "publish.yml", "permissions: {}\n", "permissions: write-all\n", "excessive-permissions"
    ),
    "no-rights-said": Twin(rights_are_few, "validate.yml", RIGHTS, ""),
    "writer-runs-us": Twin(
        rights_are_few,
        "claim.yml",
        "      contents: read # to read the program\n",
        "      contents: write # for nothing\n",
    ),
    "no-limit": Twin(jobs_end, "claim.yml", "    timeout-minutes: 10\n", ""),
    "cancelled": Twin(
        publishing_is_never_cancelled, "publish.yml", "cancel-in-progress: false", "cancel-in-progress: true"
    ),
    "unlocked": Twin(
        packages_are_locked, "publish.yml", "pip install --require-hashes --only-binary :all:", "pip install"
    ),
    "unlocked-by-name": Twin(
        packages_are_locked, "validate.yml", "--no-deps --only-binary :all: -r base/.github/blazon.txt", "blazon"
    ),
    "signer-with-more": Twin(the_signer_is_alone, "publish.yml", "signer.txt", "requirements.txt"),
    "signer-with-content": Twin(
        the_signer_is_alone, "publish.yml", "/generator/\n", "/generator/\n            /content/\n"
    ),
    "signer-is-blazon": Twin(the_signer_is_alone, "publish.yml", "-m blazon.signer ", "-m blazon sign "),
    "signer-overwritten": Twin(the_signer_is_alone, "publish.yml", "          path: requests\n", ""),
    "no-well-known": Twin(
        hidden_files_go_along,
        "publish.yml",
        "          path: dist\n          include-hidden-files: true\n",
        "          path: dist\n",
    ),
    "no-well-known-in-previews": Twin(
        hidden_files_go_along, "validate.yml", "          include-hidden-files: true\n", ""
    ),
    "schedule-in-publish": Twin(
        schedules_stand_alone, "publish.yml", "  workflow_dispatch:\n", '  schedule:\n    - cron: "1 1 * * 1"\n'
    ),
    "checker-of-the-request": Twin(
        requests_are_checked_by_what_was_accepted, "validate.yml", "}}/base/generator", "}}/candidate/generator"
    ),
    "lock-of-the-request": Twin(
        requests_are_checked_by_what_was_accepted, "validate.yml", "-r base/.github/req", "-r candidate/.github/req"
    ),
}


def zizmor(folder: Path) -> set[str]:
    """What zizmor finds below a folder at its strictest, without the network and without heeding what asks it to look away."""
    program = Path(sys.executable).with_name("zizmor")
    command: list[str | Path] = [program, "--offline", "--no-ignores", "--strict-collection", "--collect", "all"]
    command += ["--persona", "auditor", "--format", "json", folder]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (0, *range(11, 15)), done.stderr
    return {one["ident"] for one in json.loads(done.stdout)}


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("name", NAMES)
def test_our_workflows_keep_our_rules(name: str, rule: Any) -> None:
    assert list(rule(ours(name))) == []


@pytest.mark.parametrize("name", TWINS)
def test_our_rules_see_each_bad_twin(name: str) -> None:
    assert list(TWINS[name].rule(TWINS[name].made())), TWINS[name].rule.__doc__


def test_each_rule_has_a_bad_twin() -> None:
    assert {twin.rule for twin in TWINS.values()} == set(RULES)


def test_zizmor_finds_nothing_in_ours() -> None:
    assert zizmor(ROOT / ".github") == set()
    assert "zizmor:" not in "".join(path.read_text("utf-8") for path in FOLDER.iterdir())


@pytest.mark.parametrize("name", [name for name, twin in TWINS.items() if twin.zizmor])
def test_zizmor_finds_each_bad_twin(name: str, tmp_path: Path) -> None:
    twin = TWINS[name]
    (tmp_path / ".github/workflows").mkdir(parents=True)
    (tmp_path / ".github/workflows" / twin.file).write_text(twin.made().text)
    assert twin.zizmor in zizmor(tmp_path)


@pytest.mark.parametrize("name", ["k4-cache", "cache-of-packages"])
def test_zizmor_finds_a_cache_where_it_knows_that_something_is_published(name: str, tmp_path: Path) -> None:
    """It knows that of runs that a tag starts; ours is started by a branch, so there our own rule has to do."""
    folder = tmp_path / ".github/workflows"
    folder.mkdir(parents=True)
    for text, found in ((TWINS[name].made().text, {"cache-poisoning"}), (ours("publish.yml").text, set())):
        tagged = text.replace("    branches: [main]\n", '    tags: ["v*"]\n')
        assert tagged != text
        (folder / "publish.yml").write_text(tagged)
        assert zizmor(tmp_path) == found


def test_the_test_of_blazon_itself_is_pinned_and_has_no_rights() -> None:
    test = ours("ci.yml")
    for rule in (triggers_are_harmless, actions_are_pinned, commands_are_fixed, rights_are_few, nothing_is_cached):
        assert list(rule(test)) == []
    for rule in (checkouts_keep_no_credentials, jobs_end, the_secret_has_one_place):
        assert list(rule(test)) == []
    assert [job["if"] for job in test.jobs.values()] == ["github.event.repository.is_template"]
    versions = re.findall(r'"Programming Language :: Python :: (3\.\d+)"', (ROOT / "pyproject.toml").read_text("utf-8"))
    assert test.jobs["test"]["strategy"]["matrix"]["python"] == versions


def test_the_release_of_blazon_itself_is_pinned_and_what_publishes_runs_nothing_of_ours() -> None:
    release = ours("release.yml")
    for rule in (triggers_are_harmless, actions_are_pinned, commands_are_fixed, rights_are_few, nothing_is_cached):
        assert list(rule(release)) == []
    for rule in (checkouts_keep_no_credentials, jobs_end, the_secret_has_one_place, packages_are_locked):
        assert list(rule(release)) == []
    assert {job["if"] for job in release.jobs.values()} == {"github.event.repository.is_template"}
    assert [job.get("permissions") for job in release.jobs.values()] == [{"contents": "read"}, {"id-token": "write"}]
    assert {name for name, _ in release.commands()} == {"build"}


def test_a_tag_has_to_be_the_version() -> None:
    (step,) = [step for _, step in ours("release.yml").steps() if step["name"] == "Compare the tag with the version"]
    for tag, code in ((f"v{__version__}", 0), ("v9.9.9", 1), (f"x{__version__}", 1), ("v", 1)):
        done = subprocess.run(
            ["bash", "-c", step["run"]], cwd=ROOT, env={**os.environ, "GITHUB_REF_NAME": tag}, check=False
        )
        assert done.returncode == code, tag


def test_every_workflow_is_one_that_we_know() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted((*NAMES, "ci.yml", "release.yml"))


# What workflows install


def _locked(path: str) -> dict[str, str]:
    """The versions in a lock by name."""
    text = (ROOT / path).read_text("utf-8")
    entries = re.findall(r"^([\w-]+)==([\w.]+)[^\\\n]*((?: \\\n    --hash=sha256:[0-9a-f]{64})+)$", text, re.MULTILINE)
    assert len(entries) == len(re.findall("^[^ #]", text, re.MULTILINE)), "a line that we do not know"
    return {name: version for name, version, _ in entries}


def _tested() -> dict[str, str]:
    """The versions that our tests run with."""
    lines = (ROOT / "tests/constraints.txt").read_text("utf-8").splitlines()
    return dict(line.lower().replace("_", "-").split("==") for line in lines if "==" in line)


@pytest.mark.parametrize("path", lock.LOCKS)
def test_locks_hold_what_is_needed_in_the_versions_that_are_tested(path: str) -> None:
    found, tested = _locked(path), _tested()
    wanted = {re.split(r"[<>=]", one)[0] for one in lock.wanted(lock.LOCKS[path][1])}
    assert wanted <= found.keys()
    windows = {"colorama": found["colorama"]} if "colorama" in found else {}  # click asks for it on Windows alone
    assert found == {name: tested[name] for name in found.keys() - windows.keys()} | windows
    assert (ROOT / path).read_text("utf-8").startswith(lock.LOCKS[path][0])


def test_the_signer_gets_less_than_blazon() -> None:
    assert _locked(".github/signer.txt").items() < _locked(".github/requirements.txt").items()
    assert _locked(".github/signer.txt").keys() == {"cffi", "pycparser", "pynacl"}


def test_programs_get_this_version() -> None:
    lines = (ROOT / ".github/blazon.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == [f"blazon=={blazon.__version__}"]


# What stands beside the workflows


def test_issues_are_claims_and_other_ways_are_named() -> None:
    config = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/config.yaml").read_text("utf-8"))
    assert config["blank_issues_enabled"] is False
    site = yaml.safe_load((ROOT / "content/site.yaml").read_text("utf-8"))
    assert [link["url"] for link in config["contact_links"]] == [f"{site['url']}claim/"]
    assert all(link["name"] and link["about"] for link in config["contact_links"])


def test_the_claim_workflow_looks_for_the_label_that_the_form_gives() -> None:
    assert f"labels.*.name, '{issueform.LABEL}')" in ours("claim.yml").text
    assert set(ours("claim.yml").said["on"]["issues"]["types"]) <= set(issueform.ACTIONS)


def test_owners_are_named_for_what_decides_how_awards_are_made() -> None:
    text = (ROOT / ".github/CODEOWNERS").read_text("utf-8")
    assert all(line.startswith("#") for line in text.splitlines() if line), "nobody's name is right for every program"
    paths = re.findall(r"^# (/\S+) @", text, re.MULTILINE)
    assert {"/.github/", "/generator/", "/keys/", "/themes/", "/signatures.json", "/content/reviewers.yaml"} <= set(
        paths
    )


def test_reviewers_are_asked_seven_things() -> None:
    text = (ROOT / ".github/pull_request_template.md").read_text("utf-8")
    assert len(re.findall(r"^- \[ \] ", text, re.MULTILINE)) == 7


def test_updates_come_for_actions_and_locks() -> None:
    updates = yaml.safe_load((ROOT / ".github/dependabot.yml").read_text("utf-8"))["updates"]
    found = {(one["package-ecosystem"], one["directory"]) for one in updates}
    assert found == {("github-actions", "/"), ("pip", "/.github")}
