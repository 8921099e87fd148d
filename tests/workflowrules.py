"""Our own rules for the workflows of programs, each a function from a workflow to what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".github/workflows"
NAMES = ("claim.yml", "publish.yml", "refresh.yml", "validate.yml")  # what every program has; ci.yml is ours alone

_PINNED = re.compile(r"[\w-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
_INSTALL = "python -m pip install "
_LOCKED = re.compile(r"--require-hashes --only-binary :all: -r (base/)?\.github/(requirements|signer)\.txt")
_SEEN = ["/.github/", "/generator/", "/signatures.json"]
_OURSELVES = re.compile(r"--no-deps --only-binary :all: -r (base/)?\.github/blazon\.txt")


@dataclass(frozen=True)
class Workflow:
    """The text of a workflow's file, and what it says."""

    name: str
    text: str

    @cached_property
    def said(self) -> dict[str, Any]:
        """The workflow as YAML: every scalar a text, so that `on` stays what it is."""
        found: dict[str, Any] = yaml.load(self.text, yaml.BaseLoader)  # noqa: S506 - it makes texts and nothing else
        return found

    @property
    def jobs(self) -> dict[str, dict[str, Any]]:
        """The jobs by name."""
        found: dict[str, dict[str, Any]] = self.said["jobs"]
        return found

    def steps(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every step, with the name of its job."""
        for name, job in self.jobs.items():
            yield from ((name, step) for step in job.get("steps", ()))

    def commands(self) -> Iterator[tuple[str, str]]:
        """Every line of every `run`, with the name of its job."""
        for name, step in self.steps():
            yield from ((name, line.strip()) for line in step.get("run", "").splitlines())


def ours(name: str) -> Workflow:
    """One of our workflows."""
    return Workflow(name, (FOLDER / name).read_text("utf-8"))


def triggers_are_harmless(workflow: Workflow) -> Iterator[str]:
    """Nothing runs with rights on what somebody else wrote."""
    yield from (one for one in workflow.said["on"] if one in ("pull_request_target", "workflow_run"))


def actions_are_pinned(workflow: Workflow) -> Iterator[str]:
    """Every action and workflow that is used is named by its commit, with the version beside it."""
    for line in workflow.text.splitlines():
        _, uses, what = line.partition("uses: ")
        if uses and not _PINNED.fullmatch(what):
            yield what


def commands_are_fixed(workflow: Workflow) -> Iterator[str]:
    """No command has anything put into it: neither of an event nor of anything else."""
    yield from (line for _, line in workflow.commands() if "${{" in line)


def rights_are_few(workflow: Workflow) -> Iterator[str]:
    """There are no rights on top; a job that may write runs nothing that we install."""
    if workflow.said.get("permissions") != {}:
        yield "permissions on top"
    for name, job in workflow.jobs.items():
        if not isinstance(job.get("permissions"), dict):
            yield f"permissions of {name}"
            continue
        may_write = "write" in job["permissions"].values()
        if may_write and any("python" in line for job, line in workflow.commands() if job == name):
            yield f"{name} may write and runs a program"


def checkouts_keep_no_credentials(workflow: Workflow) -> Iterator[str]:
    """No checkout leaves a token behind."""
    for name, step in workflow.steps():
        kept = step.get("with", {}).get("persist-credentials") != "false"
        if kept and step.get("uses", "").startswith("actions/checkout@"):
            yield f"{name}: {step['name']}"


def jobs_end(workflow: Workflow) -> Iterator[str]:
    """Every job has a limit."""
    yield from (name for name, job in workflow.jobs.items() if not 0 < int(job.get("timeout-minutes", 0)) <= 60)


def the_secret_has_one_place(workflow: Workflow) -> Iterator[str]:
    """A secret is named in the environment of one step of one job, which has the environment for it."""
    allowed = [
        step.get("env", {}).get("BLAZON_SIGNING_KEY", "")
        for name, step in workflow.steps()
        if (workflow.name, name, workflow.jobs[name].get("environment")) == ("publish.yml", "sign", "signing")
        and step["name"] == "Sign"
    ]
    if workflow.text.count("secrets") > "".join(allowed).count("secrets"):
        yield "secrets"


def nothing_is_cached(workflow: Workflow) -> Iterator[str]:
    """No cache lies where another run could have put something."""
    for name, step in workflow.steps():
        if "cache" in step.get("uses", "") or any("cache" in key for key in step.get("with", {})):
            yield f"{name}: {step['name']}"


def publishing_is_never_cancelled(workflow: Workflow) -> Iterator[str]:
    """One publishing run at a time, each to its end."""
    if workflow.name == "publish.yml" and workflow.said.get("concurrency", {}).get("cancel-in-progress") != "false":
        yield "concurrency"


def packages_are_locked(workflow: Workflow) -> Iterator[str]:
    """Whatever is installed is locked by digests, but for ourselves, locked by version."""
    for name, line in workflow.commands():
        what = line.partition(_INSTALL)[2]
        if "pip" in line and not (_LOCKED.fullmatch(what) or _OURSELVES.fullmatch(what)):
            yield f"{name}: {line}"


def the_signer_is_alone(workflow: Workflow) -> Iterator[str]:
    """Where the secret is, there is the signer and what it needs, and no content."""
    if workflow.name != "publish.yml":
        return
    for name, line in workflow.commands():
        other = " -m blazon" in line and " -m blazon.signer " not in line
        if name == "sign" and (other or "requirements.txt" in line):
            yield line
    for step in workflow.jobs["sign"]["steps"]:
        uses, given = step.get("uses", ""), step.get("with", {})
        if "checkout" in uses and given.get("sparse-checkout", "").split() != _SEEN:
            yield "what is fetched"
        if "download" in uses and given.get("path") != "requests":
            yield "what was handed on could lie where the signer is"


def hidden_files_go_along(workflow: Workflow) -> Iterator[str]:
    """A whole site is handed on, with what stands in `.well-known`."""
    for name, step in workflow.steps():
        given = step.get("with", {})
        site = "upload" in step.get("uses", "") and given.get("path") in ("dist", "preview")
        if site and given.get("include-hidden-files") != "true":
            yield f"{name}: {step['name']}"


def schedules_stand_alone(workflow: Workflow) -> Iterator[str]:
    """What a host may switch off is a file of its own."""
    if "schedule" in workflow.said["on"] and workflow.said["on"].keys() - {"schedule", "workflow_dispatch"}:
        yield "schedule"


def requests_are_checked_by_what_was_accepted(workflow: Workflow) -> Iterator[str]:
    """What a request brings is data: nothing of it is installed or run."""
    if workflow.name not in ("validate.yml", "claim.yml"):
        return
    for name, job in workflow.jobs.items():
        if any("candidate" in str(step) for step in job["steps"]):
            if job.get("env", {}).get("PYTHONPATH") != "${{ github.workspace }}/base/generator":
                yield f"PYTHONPATH of {name}"
            if job["env"].get("PYTHONSAFEPATH") != "1":
                yield f"PYTHONSAFEPATH of {name}"
    for _, line in workflow.commands():
        if "pip install" in line and " base/" not in line:
            yield line


RULES: tuple[Callable[[Workflow], Iterator[str]], ...] = (
    triggers_are_harmless,
    actions_are_pinned,
    commands_are_fixed,
    rights_are_few,
    checkouts_keep_no_credentials,
    jobs_end,
    the_secret_has_one_place,
    nothing_is_cached,
    publishing_is_never_cancelled,
    packages_are_locked,
    the_signer_is_alone,
    hidden_files_go_along,
    schedules_stand_alone,
    requests_are_checked_by_what_was_accepted,
)
