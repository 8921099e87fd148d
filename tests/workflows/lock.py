"""Writes the locks that workflows install from: every version and the digest of each of its files, for all systems. Needs uv and the registry."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCKS = {
    ".github/requirements.txt": (
        "# What blazon needs, by version and by the digest of each file that a registry may hand over. Made with: make lock",
        (),
    ),
    ".github/signer.txt": (
        "# What the signer needs, and nothing else: this is installed where the key is. Made with: make lock",
        ("pynacl",),
    ),
}


def wanted(only: tuple[str, ...]) -> list[str]:
    """The dependencies that are locked: all of blazon's, or some of them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return [one for one in project["dependencies"] if not only or one.startswith(only)]


def locked(only: tuple[str, ...]) -> str:
    """The lines of a lock, with the versions that our tests run with."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "-", "--quiet", "--universal", "--generate-hashes"]
    command += ["--python-version", "3.11", "--no-header", "--no-annotate", "-c", "tests/constraints.txt"]
    given = "\n".join(wanted(only))
    return subprocess.run(command, cwd=ROOT, input=given, capture_output=True, text=True, check=True).stdout


def main() -> None:
    """Write both locks."""
    for path, (header, only) in LOCKS.items():
        (ROOT / path).write_text(f"{header}\n{locked(only)}", "utf-8")


if __name__ == "__main__":
    main()
