"""What readers of a program's files answer."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import suppress
from functools import cache

import stackbook
import storybook
from answers import UNFIT, Tree, answered, said, words
from blazon import (
    address,
    check,
    check_options,
    contrast,
    load,
    opened,
    options,
    recount,
    render,
    rewriting,
    site,
    source,
    typeface,
)
from blazon.altering import Side
from blazon.check_against import check_against
from blazon.check_languages import languages_have_strings
from blazon.diagnostics import BlazonError, Report
from blazon.keys import verify
from blazon.model import Program

_SECTION = re.compile(rb"^-- (.+) --\n", re.MULTILINE)


def sections(tree: Tree) -> bytes:
    """A tree as one input."""
    return b"".join(b"-- %s --\n%s" % (path.encode("utf-8", "surrogateescape"), data) for path, data in tree.items())


def tree_of(data: bytes) -> Tree:
    """The tree that an input says."""
    _, *parts = _SECTION.split(data)
    return {words(path): content for path, content in zip(parts[::2], parts[1::2], strict=True)}


@cache
def base() -> Tree:
    """A small program in which nothing is wrong."""
    return {path: text.removeprefix("\n").encode() for path, text in storybook.base().items()}


def program_of(tree: Tree, report: Report) -> Program | None:
    """What check makes of a tree."""
    program = load.load(tree, report, opened._public_half)
    if program is not None:
        check.check(program, report, storybook.TODAY, opened.signed, verify)
        check_options.options_fit(program, storybook.THEME, report)
        languages_have_strings(program, storybook.THEME, report)
        address.lay_out(program, report)
    return program


def program(data: bytes) -> bool:
    """A whole tree."""
    report = Report()
    return answered(program_of(tree_of(data), report), report)


def file_in(path: str, around: Tree | None = None) -> Callable[[bytes], bool]:
    """One file of a program that is sound otherwise."""

    def read(data: bytes) -> bool:
        report = Report()
        return answered(program_of({**(base() if around is None else around), path: data}, report), report)

    return read


def built(data: bytes) -> bool:
    """A tree that check takes can be built, whatever stands in it."""
    report = Report()
    tree = {path: content for path, content in tree_of(data).items() if not path.startswith("keys/")}
    found = program_of({**tree, "keys/key-1.yaml": stackbook.tree()["keys/key-1.yaml"]}, report)
    if found is None or not said(report):
        return False
    plan = address.lay_out(found, Report())
    made = dict(site.publish(found, plan, [stackbook.SECRET], _theme(), storybook.TODAY))
    assert made, "nothing is built"
    return True


@cache
def _theme() -> Tree:
    """The theme of the stories."""
    return storybook.THEME


def request(data: bytes) -> bool:
    """A tree as a request against the small program: what check says of it, and what diff tells of it in each form."""
    report, now = Report(), Report()
    tree = tree_of(data)
    after, before = load.load(tree, now), load.load(base(), Report())
    if after is None or before is None:
        return answered(after, now)
    sides = Side(before, base()), Side(after, tree)
    check_against(*sides, report)
    found = contrast.contrast(*sides, _theme(), storybook.TODAY)
    lines = recount.recounted(found, now, "text")
    assert not any(UNFIT.search(line) or "\n" in line for line in lines), "a line of diff cannot be printed"
    "".join(recount.recounted(found, now, "markdown")).encode()
    json.loads("".join(recount.recounted(found, now, "json")))
    return said(report)


def yaml(data: bytes) -> bool:
    """A file in YAML."""
    report = Report()
    table = source.parse("a.yaml", data, report)
    if table is not None:
        json.dumps(source.plain(table), ensure_ascii=False).encode()
    return answered(table, report)


def edited(data: bytes) -> bool:
    """A file in YAML that a command changes: one field and nothing else, or it is refused."""
    path, taken = "a.yaml", 0
    edits: tuple[Callable[[], bytes], ...] = (
        lambda: rewriting.with_field(path, data, "issued", "\nissued: 2026-05-31\n"),
        lambda: rewriting.with_entry(path, data, "reviews", "reviewer: kim\ndate: 2026-05-30\n"),
        lambda: rewriting.without_field(path, data, "issued"),
        lambda: rewriting.below_field(path, data, "name", "about", "about: A line.\n"),
        lambda: rewriting.with_text(path, data, "name", '"Other"'),
        lambda: rewriting.with_values(path, data, "published", "1", {"slug": "a", "sha256": "none"}),
    )
    for edit in edits:
        with suppress(BlazonError):
            report = Report()
            assert source.parse(path, edit(), report) is not None, "a changed file cannot be read"
            taken += 1
    return taken == len(edits)


def theme_file(path: str) -> Callable[[bytes], bool]:
    """One file of a theme."""

    def read(data: bytes) -> bool:
        look = render.Theme({**_bare_theme(), path: data})
        assert isinstance(dict(look.static()), dict)
        return True

    return read


@cache
def _bare_theme() -> Tree:
    """The theme of the stories with no more than a style needs, and one string."""
    needed = (path for path in _theme() if path == options.FILE or path.startswith("static/fonts/"))
    return {**{path: _theme()[path] for path in needed}, "strings/en.yaml": b"nav: {badges: Badges}\n"}


def theme_options(data: bytes) -> bool:
    """What a theme lets programs choose, and a program that chooses nothing."""
    declared = options.declared({**_theme(), options.FILE: data})
    return isinstance(options.values(declared, {}), dict)


def letters(data: bytes) -> bool:
    """A file of letters of a theme, and a card's line written with them."""
    face = typeface.read("letters.txt", data)
    line = "Ada"
    if face.can_write(line):
        face.fitted(line, (40, 20), 2, 300)
        assert list(face.placed(line)) is not None
    return True
