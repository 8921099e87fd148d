"""Reads stories: a content tree and what `check` says about it, in one text. `stories/_base.txt` explains the form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from blazon.address import lay_out
from blazon.altering import Side
from blazon.check import check
from blazon.check_against import check_against
from blazon.check_languages import languages_have_strings
from blazon.check_options import options_fit
from blazon.diagnostics import Report
from blazon.files import read_theme
from blazon.keys import verify
from blazon.load import load
from blazon.opened import signed

FOLDER = Path(__file__).parent / "stories"
TODAY = date(2026, 6, 1)
THEME = read_theme(FOLDER, "stitch")

_SECTION = re.compile(r"^-- (.+) --$", re.MULTILINE)
_WITHOUT = re.compile(r"^# without (\w+)$", re.MULTILINE)
_FIELDS = re.compile(r"^(?=\w+:)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Story:
    """A title, a tree, what is said about it, and the tree put right, which is None where there is no such thing.

    `before` is what the tree is compared with, or None where nothing was before.
    """

    title: str
    tree: Mapping[str, bytes]
    expected: str
    twin: Mapping[str, bytes] | None
    before: Mapping[str, bytes] | None


def read(path: Path) -> Story:
    """The story in a file."""
    title, *sections = _SECTION.split(path.read_text(encoding="utf-8"))
    given = dict(zip(sections[::2], sections[1::2], strict=True))
    expected = given.pop("expected").strip("\n").lstrip("\n")
    before = {name.removeprefix("before: "): text for name, text in given.items() if name.startswith("before")}
    given = {name: text for name, text in given.items() if not name.startswith("before")}
    was = bool(before)
    right = {name.removeprefix("twin: "): text for name, text in given.items() if name.startswith("twin: ")}
    wrong = {name: text for name, text in given.items() if not name.startswith("twin: ")}
    put_right = {name: text for name, text in wrong.items() if _path(name) not in set(map(_path, right))} | right
    before.pop("before", None)
    return Story(
        title=title.strip(),
        tree=_tree(wrong, base()),
        expected=expected,
        twin=_tree(put_right, wrong | base()) if right else None,
        before=_tree(before, base()) if was else None,
    )


def base() -> dict[str, str]:
    """The files that every story has."""
    _, *sections = _SECTION.split((FOLDER / "_base.txt").read_text(encoding="utf-8"))
    return dict(zip(sections[::2], sections[1::2], strict=True))


def said(tree: Mapping[str, bytes], before: Mapping[str, bytes] | None = None) -> str:
    """What `check` says about a tree, as it is printed; with `before` also when it is compared with that."""
    report = Report()
    program = load(tree, report)
    if program is not None:
        check(program, report, TODAY, signed, verify)
        lay_out(program, report)
        options_fit(program, THEME, report)
        languages_have_strings(program, THEME, report)
        if before is not None:
            base_program = load(before, Report())
            assert base_program is not None
            check_against(Side(base_program, before), Side(program, tree), report)
    return "\n".join(one.as_text() for one in report)


def _path(name: str) -> str:
    """The path that a section is about."""
    return name.removeprefix("no ").removesuffix(" +")


def _tree(sections: Mapping[str, str], below: Mapping[str, str]) -> dict[str, bytes]:
    """The base program with the files of a story in their places; fields are laid over the files below."""
    files = base()
    for name, text in sections.items():
        path = _path(name)
        if name.startswith("no "):
            files.pop(path, None)
        elif name.endswith(" +"):
            files[path] = _merged(text, below[path])
        else:
            files[path] = text
    return {path: text.removeprefix("\n").encode() for path, text in files.items()}


def _merged(text: str, below: str) -> str:
    """The fields of one text, followed by those of another that the first neither has nor leaves out."""
    own = {*re.findall(r"^(\w+):", text, re.MULTILINE), *_WITHOUT.findall(text)}
    return text + "".join(
        field for field in _FIELDS.split(below.removeprefix("\n")) if field.partition(":")[0] not in own
    )
