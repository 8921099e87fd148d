"""What the actions do that our workflows use, done with git, folders and this machine's Python."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from host import Host

_LEDTO = (
    "import json, pathlib, socket\n"
    """
HERE = pathlib.Path(__file__).with_name("network.json")
if HERE.exists():
    told = json.loads(HERE.read_text())
    asked, connected = socket.getaddrinfo, socket.create_connection

    def getaddrinfo(host, port, *more, **named):
        if host in told["hosts"]:
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (told["address"], port))]
        return asked(host, port, *more, **named)

    class Led(socket.socket):
        def getpeername(self):
            return (told["address"], 443)

    def create_connection(address, *more, **named):
        if address[0] != told["address"]:
            return connected(address, *more, **named)
        line = connected(("127.0.0.1", told["port"]), *more, **named)
        seconds = line.gettimeout()
        led = Led(fileno=line.detach())
        led.settimeout(seconds)
        return led

    socket.getaddrinfo, socket.create_connection = getaddrinfo, create_connection
"""
)


class Refused(Exception):
    """An action that fails, as the real one would."""


@dataclass
class Work:
    """What an action is given; `path` is what it puts in front of the path of programs."""

    host: Host
    sha: str
    ref: str
    workspace: Path
    given: Mapping[str, str]
    install: str
    path: list[str] = field(default_factory=list)


def checkout(work: Work) -> dict[str, str]:
    """Clone the repository at a commit: with one commit and nothing else, unless more is asked for."""
    target = work.workspace / work.given.get("path", ".")
    target.mkdir(parents=True, exist_ok=True)

    def git(*words: str) -> None:
        subprocess.run(["git", "-C", target, *words], check=True, capture_output=True, env=work.host.clean())

    git("init", "--quiet", "--initial-branch", "main")
    git("remote", "add", "origin", work.host.repository.as_uri())
    if work.given["persist-credentials"] != "false":
        git("config", "http.extraheader", "AUTHORIZATION: basic kept")
    if patterns := work.given.get("sparse-checkout"):
        assert work.given["sparse-checkout-cone-mode"] == "false"
        git("sparse-checkout", "set", "--no-cone", *patterns.split())
    if work.given.get("fetch-depth") == "0":
        git("fetch", "--quiet", "origin", "+refs/heads/*:refs/remotes/origin/*")
    wanted = work.given.get("ref") or work.sha
    git("fetch", "--quiet", "--depth=1" if work.given.get("fetch-depth") != "0" else "--tags", "origin", wanted)
    git("checkout", "--quiet", "-B", "checked-out", "FETCH_HEAD")
    return {}


def setup_python(work: Work) -> dict[str, str]:
    """An environment of its own. Jobs with the same commands to install share one, in which those are really executed each time."""
    key = sha256(f"{work.install}{work.host.door}".encode()).hexdigest()[:12]
    place = work.host.environments / key
    if not place.exists():
        subprocess.run([sys.executable, "-m", "venv", place], check=True, capture_output=True)
        packages = next((place / "lib").glob("python3.*/site-packages"))
        (packages / "ledto.py").write_text(_LEDTO)
        (packages / "ledto.pth").write_text("import ledto\n")
    packages = next((place / "lib").glob("python3.*/site-packages"))
    work.host.lead(packages / "network.json")
    work.path.append(str(place / "bin"))
    return {}


def upload_artifact(work: Work) -> dict[str, str]:
    """Keep a file, or the files of a folder, for other jobs and for people; hidden ones only when asked."""
    source, target = work.workspace / work.given["path"], work.host.artefacts / work.given["name"]
    shutil.rmtree(target, ignore_errors=True)
    _keep(source, target, hidden=work.given.get("include-hidden-files") == "true")
    if not any(target.rglob("*")) and work.given.get("if-no-files-found") == "error":
        raise Refused(f"no files were found in {work.given['path']}")
    return {"artifact-url": f"https://github.com/{work.host.name}/actions/runs/1/artifacts/1"}


def download_artifact(work: Work) -> dict[str, str]:
    """Bring what another job kept."""
    source = work.host.artefacts / work.given["name"]
    if not source.exists():
        raise Refused(f"there is no artefact {work.given['name']}")
    shutil.copytree(source, work.workspace / work.given.get("path", "."), dirs_exist_ok=True)
    return {}


def configure_pages(work: Work) -> dict[str, str]:
    """Say where the site will be."""
    return {"base_url": work.host.pages.rstrip("/")}


def upload_pages_artifact(work: Work) -> dict[str, str]:
    """Keep the site that is to be published; hidden files only when asked."""
    target = work.host.artefacts / "github-pages"
    shutil.rmtree(target, ignore_errors=True)
    _keep(work.workspace / work.given["path"], target, hidden=work.given.get("include-hidden-files") == "true")
    return {}


def deploy_pages(work: Work) -> dict[str, str]:
    """Publish what was kept for it: from now on the host answers with it."""
    work.host.publish(work.host.artefacts / "github-pages")
    return {"page_url": work.host.pages}


DEEDS: dict[str, Callable[[Work], dict[str, str]]] = {
    "actions/checkout": checkout,
    "actions/setup-python": setup_python,
    "actions/upload-artifact": upload_artifact,
    "actions/download-artifact": download_artifact,
    "actions/configure-pages": configure_pages,
    "actions/upload-pages-artifact": upload_pages_artifact,
    "actions/deploy-pages": deploy_pages,
}


def _keep(source: Path, target: Path, *, hidden: bool) -> None:
    """Copy a file or the files of a folder."""
    target.mkdir(parents=True)
    for path in _files(source):
        place = path.relative_to(source if source.is_dir() else source.parent)
        if hidden or not any(part.startswith(".") for part in place.parts):
            (target / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target / place)


def _files(source: Path) -> Iterator[Path]:
    """A file itself, or every file below a folder."""
    if source.is_dir():
        yield from (path for path in sorted(source.rglob("*")) if path.is_file())
    elif source.is_file():
        yield source
