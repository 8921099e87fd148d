"""A stack with an earner who holds all of it, taken from a story, and the site that is built of it after any change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from blazon import address, ed25519
from blazon.check import check
from blazon.diagnostics import Report
from blazon.files import read_theme
from blazon.keys import DEMO_SEED, Secret
from blazon.load import load
from blazon.model import Program
from blazon.site import publish
from storybook import FOLDER, read

TODAY = date(2026, 6, 10)
SECRET = Secret(DEMO_SEED)
FIRST, SECOND, THIRD, STACK = "a" * 26, "r6qlhtaxbe5jckv3xsjm33eyou", "c" * 26, "s" * 26
ADA = "content/earners/ada/"
FILES = {FIRST: f"{ADA}makers-1.yaml", SECOND: f"{ADA}soldering.yaml", THIRD: f"{ADA}makers-3.yaml"}
_THEME = read_theme(FOLDER, "stitch")

Tree = dict[str, bytes]


def tree(**texts: str) -> Tree:
    """The files of the program; each text is added to the award of that name, such as `makers`."""
    story = read(FOLDER / "no-parts.txt")
    assert story.twin is not None
    key = f"public_key: {ed25519.write(SECRET.public)}\nfrom: 2026-01-01\n".encode()
    files = {**story.twin, "keys/key-1.yaml": key}
    for name, text in texts.items():
        path = f"{ADA}{name.replace('_', '-')}.yaml"
        files[path] = files.get(path, b"") + text.encode()
    return files


def program(files: Mapping[str, bytes]) -> Program:
    """What the files say, with no mistake in them."""
    report = Report()
    loaded = load(files, report)
    assert loaded is not None
    check(loaded, report, TODAY)
    assert not report.failed, [one.as_text() for one in report]
    return loaded


def site(files: Mapping[str, bytes], today: date = TODAY) -> dict[str, bytes]:
    """The site that the files make on a day."""
    loaded = program(files)
    return dict(publish(loaded, address.lay_out(loaded, Report()), [SECRET], _THEME, today))


@cache
def plain() -> dict[str, bytes]:
    """The site of the program as it is."""
    return site(tree())


def credential(built: Mapping[str, bytes], award: str) -> dict[str, Any]:
    """The signed credential of an award."""
    loaded: dict[str, Any] = json.loads(built[f"awards/{award}/credential.json"])
    return loaded


def page(built: Mapping[str, bytes], award: str) -> str:
    """The page of an award without the credential in it."""
    return built[f"awards/{award}/index.html"].decode().partition('<script type="application/json"')[0]
