"""Repositories for the runner, through both doors: a copy of the template, and what `blazon init` writes, with a key of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from host import Host
from runner import Run, Running, token

import programs
from blazon import ed25519
from blazon.keys import Secret

ROOT = Path(__file__).parents[2]
EVENTS = Path(__file__).parent / "events"
CANARY = Secret(sha256(b"a canary of the workflows").digest())
NAME = "riverbend-afterschool/badges"
PAGES = "https://riverbend-afterschool.host.example/badges/"
OWN = "https://badges.host.example/"
ISSUER = "did:web:badges.host.example"
_AUTHOR = ("-c", "user.name=Newcomer", "-c", "user.email=newcomer@example.org")


@dataclass
class Place:
    """A repository at a host, with a checkout in which people work."""

    host: Host
    work: Path
    runs: int = 0
    seen: list[Run] = field(default_factory=list)

    def git(self, *words: str) -> str:
        """What git says in the checkout."""
        command: list[str | Path] = ["git", "-C", self.work, *_AUTHOR, *words]
        env = {**self.host.clean(), "GH_TOKEN": token({"contents": "write"})}  # people may push
        return subprocess.run(command, check=True, capture_output=True, env=env).stdout.decode().strip()

    def commit(self, branch: str = "main") -> str:
        """Commit what is in the checkout and bring it to the host."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "Change")
        self.git("push", "--quiet", "--force", self.host.repository.as_uri(), f"HEAD:refs/heads/{branch}")
        return self.git("rev-parse", "HEAD")

    def request(self) -> tuple[str, str]:
        """Make of the changes in the checkout what a pull request gives: the commit before, and the one that a merge would give."""
        base = self.git("rev-parse", "HEAD")
        self.git("checkout", "--quiet", "-B", "award")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "Award")
        merged = self.git("rev-parse", "HEAD")
        self.git("push", "--quiet", "--force", self.host.repository.as_uri(), "HEAD:refs/pull/12/merge")
        self.git("checkout", "--quiet", "main")
        return base, merged

    def run(self, workflow: str, name: str, event: str, sha: str = "", base: str = "", ref: str = "") -> Run:
        """Run a workflow for a recorded event, in which the commits are those of this repository."""
        return self.run_told(workflow, name, recorded(event), sha, base, ref)

    def run_told(
        self, workflow: str, name: str, event: dict[str, Any], sha: str = "", base: str = "", ref: str = ""
    ) -> Run:
        """The same for an event that is handed over."""
        self.runs += 1
        sha = sha or self.host.git("rev-parse", "refs/heads/main").strip()
        told = _with(event, {"HEAD": sha, "BASE": base or sha})
        folder = self.host.root / f"run-{self.runs}"
        run = Running(self.host, name, told, ref or "refs/heads/main", sha, folder).run(f".github/workflows/{workflow}")
        self.seen.append(run)
        return run


def recorded(event: str) -> dict[str, Any]:
    """An event as it was recorded."""
    found: dict[str, Any] = json.loads((EVENTS / f"{event}.json").read_text("utf-8"))
    return found


def _with(value: Any, words: dict[str, str]) -> Any:
    """An event in which some words stand for others."""
    if isinstance(value, dict):
        return {key: _with(one, words) for key, one in value.items()}
    if isinstance(value, list):
        return [_with(one, words) for one in value]
    return words.get(value, value) if isinstance(value, str) else value


def template_copy(root: Path, environments: Path) -> Place:
    """What "Use this template" gives: every file of this repository, signed by the demo key."""
    place = _place(root, Host(root / "host", NAME, PAGES, environments, "copy"))
    listed: list[str | Path] = ["git", "-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, check=True, capture_output=True).stdout.decode().split("\0")
    for name in filter(None, names):
        if not name.startswith(("tests/", "docs/")) and (ROOT / name).exists():  # many, and tried elsewhere
            (place.work / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, place.work / name)
    place.commit()
    place.host.guard()
    return place


def own_program(root: Path, environments: Path, wheels: Path) -> Place:
    """What somebody makes of what `blazon init` writes: one badge, one award, an address and a key of their own."""
    host = Host(root / "host", NAME, OWN, environments, "init", str(wheels))
    host.kept = {"signing": {"BLAZON_SIGNING_KEY": CANARY.one_line()}}
    host.told = {"signing": {"BLAZON_ISSUER": ISSUER}}
    place = _place(root, host)
    _init(place.work)
    for folder in ("content", "keys"):
        shutil.rmtree(place.work / folder)
    programs.small(place.work)
    (place.work / "keys/demo.yaml").unlink()
    (place.work / "keys/key-1.yaml").write_text(
        f"public_key: {ed25519.write(CANARY.public)}\nfrom: {date(2026, 1, 1)}\n"
    )
    settings = place.work / "content/site.yaml"
    settings.write_text(settings.read_text().replace("https://riverbend.example/badges/", OWN))
    place.commit()
    host.guard()
    return place


def _init(folder: Path) -> None:
    """What `blazon init` writes."""
    fresh = folder.with_name("fresh")
    subprocess.run([sys.executable, "-m", "blazon", "-q", "init", fresh], check=True, capture_output=True)
    shutil.copytree(fresh, folder, dirs_exist_ok=True)


def _place(root: Path, host: Host) -> Place:
    """An empty repository and a checkout of it."""
    place = Place(host, root / "work")
    place.work.mkdir(parents=True)
    place.git("init", "--quiet", "--initial-branch", "main")
    return place
