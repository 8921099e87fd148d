"""The recipes of docs/how-to/publish-elsewhere.md, taken from the page and run as they stand there, as far as that goes without a host."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from places import CANARY, ROOT, Place

PAGE = ROOT / "docs/how-to/publish-elsewhere.md"
CHROMIUM = "/usr/bin/chromium"
MANY = 60
_SOMEBODY = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Newcomer"), ("EMAIL", "newcomer@example.org"))
}


def block(heading: str) -> str:
    """The block of code below a heading of the page; "" is the heading of the page itself."""
    text = PAGE.read_text("utf-8")
    part = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0] if heading else text.partition("\n## ")[0]
    (found,) = re.findall(r"```\w*\n(.*?)```", part, re.DOTALL)
    return str(found)


@dataclass(frozen=True)
class Machine:
    """A machine with a program on it, git, and a Python in which nothing is installed before."""

    place: Place
    environment: Path

    def __post_init__(self) -> None:
        """Make its Python, and the command that people who have installed blazon type."""
        if not self.environment.exists():
            venv.create(self.environment, with_pip=True)
        own = self.place.host.tools / "blazon"
        own.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT}/generator exec {sys.executable} -m blazon "$@"\n')
        own.chmod(0o755)

    def run(self, script: str, folder: Path, **env: str) -> str:
        """What a script prints, which has to end well."""
        environment = {
            **self.place.host.machine(),
            "PATH": f"{self.environment}/bin:{self.place.host.tools}:/usr/bin:/bin",
            "HOME": str(self.place.host.root),
            **env,
        }
        done = subprocess.run(
            ["/bin/bash", "-e"], input=script, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}"
        return done.stdout

    def checkout(self, name: str) -> Path:
        """A fresh clone of the repository."""
        folder = self.place.host.root / name
        self.run(f"git clone --quiet {self.place.host.repository} {folder}", self.place.host.root)
        return folder


def prepare(place: Place, environment: Path) -> Machine:
    """Sign at home, commit what was signed, and add the script that the recipes use."""
    machine = Machine(place, environment)
    told = {"BLAZON_SIGNING_KEY": CANARY.one_line(), **place.host.told["signing"]}
    machine.run("blazon build --record requests.json && blazon sign requests.json", place.work, **told)
    (place.work / "requests.json").unlink()
    (place.work / "publish.sh").write_text(block(""))
    place.git("add", "--all")
    place.git("commit", "--quiet", "--message", "Sign")
    push = f"git -C {place.work} push --quiet {place.host.repository} HEAD:main"
    machine.run(push, place.work, GH_TOKEN="contents:write")
    return machine


def files(folder: Path) -> dict[str, bytes]:
    """The files of a folder by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def gitlab(machine: Machine) -> dict[str, bytes]:
    """The site that the jobs for GitLab make, once the one for requests has run too."""
    said: dict[str, Any] = yaml.safe_load(block("GitLab Pages"))
    assert set(said) == {"default", "stages", "variables", "check", "pages"}
    assert {said["check"]["stage"], said["pages"]["stage"]} == set(said["stages"])
    folder = machine.checkout("gitlab-check")
    base = machine.run("git rev-parse HEAD", folder).strip()
    told = {"CI_PROJECT_DIR": str(folder), "CI_MERGE_REQUEST_DIFF_BASE_SHA": base}
    machine.run("\n".join(said["check"]["script"]), folder, **told)
    assert (folder / said["check"]["artifacts"]["paths"][0] / "index.html").exists()
    machine.run("git worktree remove --force ../accepted", folder)
    folder = machine.checkout("gitlab-pages")
    machine.run("\n".join(said["pages"]["script"]), folder, CI_PROJECT_DIR=str(folder))
    return files(folder / said["pages"]["pages"]["publish"])


def netlify(machine: Machine) -> dict[str, bytes]:
    """The site that Netlify would publish; a preview of it is another one."""
    said = tomllib.loads(block("Netlify"))
    folder = machine.checkout("netlify")
    machine.run(said["build"]["command"], folder)
    made = files(folder / said["build"]["publish"])
    folder = machine.checkout("netlify-preview")
    machine.run(said["context"]["deploy-preview"]["command"], folder)
    assert files(folder / said["build"]["publish"])["index.html"] != made["index.html"]
    return made


def cloudflare(machine: Machine) -> dict[str, bytes]:
    """The site that Cloudflare would publish; another branch gives a preview."""
    command, output = (line.partition(":")[2].strip() for line in block("Cloudflare Pages").splitlines())
    folder = machine.checkout("cloudflare")
    machine.run(command, folder, CF_PAGES_BRANCH="main")
    made = files(folder / output)
    folder = machine.checkout("cloudflare-preview")
    machine.run(command, folder, CF_PAGES_BRANCH="other")
    assert files(folder / output)["index.html"] != made["index.html"]
    return made


def codeberg(machine: Machine) -> dict[str, bytes]:
    """The site on the branch that Codeberg shows, after it was published twice."""
    folder = machine.checkout("codeberg")
    for _ in range(2):
        machine.run(block("Codeberg Pages"), folder, GH_TOKEN="contents:write", **_SOMEBODY)
    place = machine.place.host.root / "codeberg-pages"
    machine.run(f"git clone --quiet --branch pages {machine.place.host.repository} {place}", folder)
    return {path: data for path, data in files(place).items() if not path.startswith(".git/")}


def server(machine: Machine) -> dict[str, bytes]:
    """The site in the folder of a server."""
    folder, target = machine.checkout("server"), machine.place.host.root / "served"
    (target / "old").mkdir(parents=True)
    (target / "old/page.html").write_text("old")
    machine.run(block("A server of your own"), folder, SERVER=f"{target}/")
    return files(target)


def stick(machine: Machine) -> dict[str, bytes]:
    """The site on a stick, of which an award is opened from disk and says what it cannot know."""
    folder, target = machine.checkout("stick"), machine.place.host.root / "a stick"
    machine.run(block("A folder on a stick"), folder, STICK=str(target))
    award = next(target.glob("awards/*/index.html"))
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/chromium"]
    command += ["--virtual-time-budget=8000", "--dump-dom", award.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=MANY)
    assert re.findall(r'data-state="(\w+)"', done.stdout) == ["disk"]
    return files(target)


RECIPES = (gitlab, netlify, cloudflare, codeberg, server, stick)


def all_give_the_same(machine: Machine) -> None:
    """Every recipe publishes the same site, hidden files included."""
    made = {recipe.__name__: recipe(machine) for recipe in RECIPES}
    first = made["gitlab"]
    assert {".nojekyll", ".well-known/did.json", "index.html"} <= first.keys()
    for name, site in made.items():
        assert site == first, (name, sorted(site.keys() ^ first.keys()))
