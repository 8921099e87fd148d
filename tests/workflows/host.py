"""What stands for the host of a repository: its git, the secrets of its environments, its artefacts, and the site that it shows."""

from __future__ import annotations

import json
import mimetypes
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import loopback

HERE = Path(__file__).parent
_HOOK = '#!/bin/sh\ncase "$GH_TOKEN" in *contents:write*) ;; *) echo "the token may not push" >&2; exit 1 ;; esac\n'


@dataclass
class Host:
    """A repository at a host; `wheels` is what stands for the registry where it does not have our package."""

    root: Path
    name: str
    pages: str
    environments: Path
    door: str
    wheels: str = ""
    kept: dict[str, dict[str, str]] = field(default_factory=dict)
    told: dict[str, dict[str, str]] = field(default_factory=dict)
    answers: dict[str, loopback.Answer] = field(default_factory=dict)
    server: loopback.Server | None = None

    def __post_init__(self) -> None:
        """Make the repository, and the program that stands for GitHub's."""
        for folder in (self.artefacts, self.tools):
            folder.mkdir(parents=True)
        subprocess.run(["git", "init", "--quiet", "--bare", "-b", "main", self.repository], check=True)
        self.git("config", "uploadpack.allowAnySHA1InWant", "true")
        shutil.copy(HERE / "gh.py", self.tools / "gh.py")
        program = self.tools / "gh"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{self.tools}/gh.py" "$@"\n')
        program.chmod(0o755)

    @property
    def repository(self) -> Path:
        """The repository itself."""
        return self.root / "repository.git"

    @property
    def artefacts(self) -> Path:
        """Where artefacts are kept."""
        return self.root / "artefacts"

    @property
    def tools(self) -> Path:
        """Where programs of the host's machines lie."""
        return self.root / "tools"

    @property
    def asked(self) -> dict[str, Any]:
        """What `gh` was asked."""
        path = self.tools / "gh.json"
        found: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
        return found

    def git(self, *words: str) -> str:
        """What git says about the repository."""
        done = subprocess.run(["git", "-C", self.repository, *words], check=True, capture_output=True, env=self.clean())
        return done.stdout.decode()

    def guard(self) -> None:
        """From now on nobody pushes without the right to."""
        hook = self.repository / "hooks/pre-receive"
        hook.write_text(_HOOK)
        hook.chmod(0o755)

    def clean(self) -> dict[str, str]:
        """An environment in which git knows nobody's settings."""
        return {"PATH": "/usr/bin:/bin", "HOME": str(self.root), "GIT_CONFIG_NOSYSTEM": "1"}

    def machine(self) -> dict[str, str]:
        """How this machine reaches its registry of packages, and whom it trusts; nothing else of it reaches a step."""
        found = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
        if self.wheels:
            found["PIP_FIND_LINKS"] = f"{self.wheels} {found.get('PIP_FIND_LINKS', '')}".strip()
        if self.server is not None:
            found["SSL_CERT_FILE"] = str(self.server.folder / "loopback.pem")
            found["PIP_CERT"] = found.get("PIP_CERT") or "/etc/ssl/certs/ca-certificates.crt"
        return found

    def secrets(self, environment: str, ref: str) -> dict[str, str]:
        """What an environment keeps, for the publishing branch alone."""
        return self.kept.get(environment, {}) if ref == "refs/heads/main" else {}

    def variables(self, environment: str) -> dict[str, str]:
        """What an environment says openly."""
        return self.told.get(environment, {})

    def lead(self, path: Path) -> None:
        """Write down for an environment of Python where the site's host is."""
        server = self.server
        if server is not None:
            told = {"hosts": [urlsplit(self.pages).hostname], "address": loopback.PUBLIC, "port": server.port}
            path.write_text(json.dumps(told))
        else:
            path.unlink(missing_ok=True)

    def publish(self, folder: Path) -> None:
        """Answer with the files of a folder, a folder's address with its page."""
        self.answers.clear()
        for path in (one for one in folder.rglob("*") if one.is_file()):
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            given = loopback.answer(path.read_bytes(), f"Content-Type: {kind}")
            address = self.pages + path.relative_to(folder).as_posix()
            self.answers[address] = self.answers[address.removesuffix("index.html")] = given
