"""What belongs to a program: the files that `init` writes, which are this repository's own, wherever they are kept."""

from __future__ import annotations

TOPS = (".github", ".gitignore", ".vscode", "README.md", "content", "keys", "schemas")

# What has another place in the repository of the generator, whose README.md is about the generator.
KEPT_AT = {"README.md": "generator/program/README.md"}

# What stands among these files and is for the generator alone.
FOR_THE_GENERATOR = frozenset({".github/workflows/ci.yml", ".github/workflows/release.yml"})

# What shows how a program can look, and is left out where somebody wants none of it.
_SHOWN = ("content/", "keys/")


def is_of_a_program(path: str) -> bool:
    """Whether a file below the tops belongs to every program."""
    return path not in FOR_THE_GENERATOR


def is_of_the_demo(path: str) -> bool:
    """Whether a file of the template belongs to the invented program."""
    return path.startswith(_SHOWN)
