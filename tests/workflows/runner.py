"""A small runner of our workflow files: their own commands in a clean environment, and real deeds for the actions that they use.

What it cannot do is be GitHub: rights of tokens are compared only by `gh` and by the push to the repository.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import deeds
import yaml
from expressions import Closed, UnknownExpression, as_text, bare, evaluate, fill
from host import Host

_STATUS = ("success()", "failure()", "cancelled()", "always()")


@dataclass
class Step:
    """A step as it was run: what it was given, what it printed and how it ended."""

    name: str
    env: dict[str, str] = field(default_factory=dict)
    log: str = ""
    outcome: str = "skipped"
    outputs: dict[str, str] = field(default_factory=dict)


@dataclass
class Job:
    """A job as it was run."""

    name: str
    result: str = "skipped"
    steps: list[Step] = field(default_factory=list)
    outputs: dict[str, str] = field(default_factory=dict)
    summary: str = ""
    folder: Path = Path()

    def step(self, name: str) -> Step:
        """A step by its name."""
        return next(one for one in self.steps if one.name == name)


@dataclass
class Run:
    """A workflow as it was run."""

    jobs: dict[str, Job]

    @property
    def log(self) -> str:
        """All that was printed."""
        return "\n".join(step.log for job in self.jobs.values() for step in job.steps)

    @property
    def results(self) -> dict[str, str]:
        """How each job ended."""
        return {name: job.result for name, job in self.jobs.items()}


@dataclass
class Running:
    """One run of a workflow for an event: the workflow comes from the commit that the event is about."""

    host: Host
    event_name: str
    event: Mapping[str, Any]
    ref: str
    sha: str
    folder: Path

    def run(self, path: str) -> Run:
        """Run the jobs of a workflow, each after those that it needs."""
        text = self.host.git("show", f"{self.sha}:{path}")
        workflow = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - it makes texts and nothing else
        assert self.event_name in workflow["on"], f"{path} does not run on {self.event_name}"
        assert workflow["defaults"] == {"run": {"shell": "bash"}}
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "event.json").write_text(json.dumps(self.event), "utf-8")
        fill(workflow["concurrency"]["group"], {"github": self._github({}, Path())})
        done: dict[str, Job] = {}
        waiting = dict(workflow["jobs"])
        while waiting:
            name = next(one for one in waiting if set(needs(waiting[one])) <= done.keys())
            done[name] = self._job(name, waiting.pop(name), workflow, done)
        return Run(done)

    def _github(self, rights: Mapping[str, str], workspace: Path) -> Closed:
        """What an expression may ask of the run."""
        return Closed(event=self.event, workspace=str(workspace), ref=self.ref, token=token(rights))

    def _job(self, name: str, said: dict[str, Any], workflow: dict[str, Any], done: dict[str, Job]) -> Job:
        """Run a job, unless its condition says otherwise."""
        job = Job(name, folder=self.folder / name)
        before = ancestors(name, workflow["jobs"])
        well = all(done[one].result == "success" for one in before)
        broken = any(done[one].result == "failure" for one in before)
        asked = {one: Closed(result=done[one].result, outputs=done[one].outputs) for one in needs(said)}
        contexts: dict[str, Any] = {"github": self._github(said["permissions"], job.folder), "needs": Closed(asked)}
        if not holds(said.get("if", ""), contexts, well=well, broken=broken):
            return job
        environment = said.get("environment", "")
        environment = environment if isinstance(environment, str) else environment["name"]
        contexts |= {"secrets": self.host.secrets(environment, self.ref), "vars": self.host.variables(environment)}
        job.folder.mkdir(parents=True)
        job_env = {key: fill(value, contexts) for key, value in said.get("env", {}).items()}
        Steps(self, job, contexts, job_env, said).run()
        job.outputs = Closed({key: fill(value, contexts) for key, value in said.get("outputs", {}).items()})
        return job


@dataclass
class Steps:
    """The steps of one job."""

    running: Running
    job: Job
    contexts: dict[str, Any]
    env: dict[str, str]
    said: dict[str, Any]
    path: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Run every step whose condition holds; the job fails with the first that does."""
        well = True
        known = (one["id"] for one in self.said["steps"] if "id" in one)
        self.contexts["steps"] = Closed(
            {name: {"outputs": {}} for name in known}
        )  # until they have run, they say nothing
        install = "\n".join(one["run"] for one in self.said["steps"] if "pip install" in one.get("run", ""))
        for said in self.said["steps"]:
            step = Step(said["name"])
            self.job.steps.append(step)
            if not holds(said.get("if", ""), self.contexts, well=well, broken=not well):
                continue
            step.env = {key: fill(value, self.contexts) for key, value in said.get("env", {}).items()}
            if "run" in said:
                self._command(step, said["run"])
            else:
                given = {key: fill(value, self.contexts) for key, value in said.get("with", {}).items()}
                self._action(step, said["uses"].partition("@")[0], given, install)
            well = well and step.outcome == "success"
            if "id" in said and well:
                self.contexts["steps"][said["id"]] = Closed(outputs=step.outputs, outcome=step.outcome)
        summary = self.job.folder.with_name(f"{self.job.name}.summary")
        self.job.summary = summary.read_text("utf-8") if summary.exists() else ""
        self.job.result = "success" if well else "failure"

    def _command(self, step: Step, script: str) -> None:
        """Run a step's commands with nothing in the environment but what GitHub and the file put there."""
        if "${{" in script:
            raise UnknownExpression(script)  # GitHub would put it into the command; ours have none
        base = self.job.folder.with_name(self.job.name)
        files = {f"GITHUB_{name}": Path(f"{base}.{name.lower()}") for name in ("OUTPUT", "ENV", "PATH")}
        for one in files.values():
            one.write_text("")
        home = Path(f"{base}.home")
        home.mkdir(exist_ok=True)
        (written := Path(f"{base}.sh")).write_text(script, "utf-8")
        running = self.running
        environment = {
            **running.host.machine(),
            "PATH": ":".join((*self.path, str(running.host.tools), "/usr/bin", "/bin")),
            "HOME": str(home),
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(self.job.folder),
            "GITHUB_EVENT_NAME": running.event_name,
            "GITHUB_EVENT_PATH": str(running.folder / "event.json"),
            "GITHUB_STEP_SUMMARY": f"{base}.summary",
            "GITHUB_REPOSITORY": running.host.name,
            "GITHUB_REF": running.ref,
            "GITHUB_REF_NAME": running.ref.removeprefix("refs/heads/"),
            "GITHUB_SHA": running.sha,
            **{name: str(path) for name, path in files.items()},
            **self.env,
            **step.env,
        }
        command = ["/bin/bash", "--noprofile", "--norc", "-eo", "pipefail", str(written)]
        done = subprocess.run(
            command,
            cwd=self.job.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        step.log = done.stdout.decode(errors="replace")
        step.outcome = "failure" if done.returncode else "success"
        assert not files["GITHUB_ENV"].read_text() + files["GITHUB_PATH"].read_text(), "this runner knows outputs only"
        lines = files["GITHUB_OUTPUT"].read_text("utf-8").splitlines()
        step.outputs = Closed(line.split("=", 1) for line in lines)

    def _action(self, step: Step, name: str, given: dict[str, str], install: str) -> None:
        """Do what an action would do."""
        work = deeds.Work(self.running.host, self.running.sha, self.running.ref, self.job.folder, given, install)
        try:
            outputs = deeds.DEEDS[name](work)
        except deeds.Refused as why:
            step.log, step.outcome = f"{name}: {why}", "failure"
            return
        self.path += work.path
        step.outputs, step.outcome = Closed(outputs), "success"


def needs(job: Mapping[str, Any]) -> list[str]:
    """The jobs that a job needs."""
    found = job.get("needs", [])
    return [found] if isinstance(found, str) else list(found)


def ancestors(name: str, jobs: Mapping[str, Any]) -> set[str]:
    """Every job that has to be over before one: GitHub's success() asks about all of them."""
    direct = set(needs(jobs[name]))
    return direct.union(*(ancestors(one, jobs) for one in direct))


def holds(condition: str, contexts: Mapping[str, Any], *, well: bool, broken: bool) -> bool:
    """Whether a condition holds; without a word about success it asks for success too."""
    functions = {
        "success": lambda: well,
        "failure": lambda: broken,
        "cancelled": lambda: False,
        "always": lambda: True,
    }
    value = evaluate(bare(condition), contexts, functions) if condition else True
    spoken = any(word in condition for word in _STATUS)
    return as_text(value) not in ("", "false", "0") and (spoken or well)


def token(rights: Mapping[str, str]) -> str:
    """The token of a job, which spells out what it may do."""
    return "ghs_" + ",".join(f"{name}:{right}" for name, right in rights.items())


def python() -> str:
    """The Python that stands for the one a workflow asks for."""
    return sys.executable
