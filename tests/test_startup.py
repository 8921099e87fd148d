"""A command imports what it needs and no more, so that it starts quickly."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import programs

# What costs the most to import: pictures, pages, other processes, the network and what a terminal never sees.
HEAVY = frozenset(
    [
        "PIL",
        "qrcode",
        "jinja2",
        "markupsafe",
        "markdown",
        "markdown_it",
        "nacl",
        "yaml",
        "distributed",
        "multiprocessing",
        "concurrent",
        "asyncio",
        "http",
        "ssl",
        "socket",
        "xml",
        "webbrowser",
    ]
)
CODE = "import sys; from blazon import cli\ntry: cli.blazon()\nfinally: print(*sys.modules, file=sys.stderr)"


def imported(*arguments: str) -> tuple[set[str], set[str]]:
    """What a command imports in a process of its own: modules of ours, and heavy packages of others."""
    done = subprocess.run([sys.executable, "-c", CODE, *arguments], capture_output=True, text=True, check=True)
    modules = done.stderr.splitlines()[-1].split()
    ours = {name.removeprefix("blazon.") for name in modules if name.startswith("blazon.")}
    return ours, {name.partition(".")[0] for name in modules} & HEAVY


def test_help_imports_nothing_but_the_commands() -> None:
    ours, heavy = imported("--help")
    assert heavy == set()
    assert not ours & {"model", "source", "load", "check", "site", "render", "folder", "keys", "publishing"}


def test_a_check_imports_what_reads_and_verifies_and_nothing_that_draws_or_renders() -> None:
    ours, heavy = imported("-C", str(programs.DEMO), "check")
    assert heavy == {"yaml", "nacl", "markdown_it", "xml"}, "the demo has documentation, endorsements and drawings"
    assert not ours & {"site", "render", "pages", "pictures", "hands", "cluster", "errands", "publishing"}


def test_a_check_reads_no_markdown_where_there_is_no_documentation(tmp_path: Path) -> None:
    assert "markdown_it" not in imported("-C", str(programs.small(tmp_path)), "check")[1]
