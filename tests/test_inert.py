"""Texts that look like markup, templates or the end of a script are the characters that were written, in every file of a whole site (rows C1 to C8)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import everything
from blazon import files, load, preview, site
from blazon.address import lay_out
from blazon.check import check
from blazon.diagnostics import Report
from blazon.opened import signed
from mischief import inert
from mischief.inert import Say

Site = Mapping[str, bytes]
Shape = tuple[str, tuple[str, ...]]
SCRIPT = "<script>alert(1)</script>"
ENDED = "</script><!--"


@dataclass(slots=True)
class Page(HTMLParser):
    """What a browser makes of a page: its elements with the names of their attributes, and its text."""

    shapes: list[Shape] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin to read."""
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        self.shapes.append((tag, tuple(sorted(name for name, _ in attrs))))
        self.told += [value or "" for _, value in attrs]

    def handle_data(self, data: str) -> None:
        """Text stands between elements."""
        self.told.append(data)

    def handle_comment(self, data: str) -> None:
        """A comment."""
        self.comments.append(data)


def read(data: bytes) -> Page:
    """A page as a browser reads it."""
    page = Page()
    page.feed(data.decode())
    page.close()
    return page


def published(root: Path, say: Say, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """The site of a program, really built, and its preview below `preview/`."""
    inert.write(root, say, monkeypatch)
    report = Report()
    program = load.load(files.read_tree(root, report), report)
    assert program is not None
    check(program, report, everything.TODAY, signed)
    assert not report.failed, [one.as_text() for one in report]
    plan, theme = lay_out(program, report), files.read_theme(root, program.settings.theme)
    made = dict(site.publish(program, plan, everything.SECRETS, theme, everything.TODAY))
    shown = preview.disguised(program, everything.NEW_KEY)
    first = site.publish(shown, lay_out(shown, report), [everything.NEW_KEY], theme, everything.TODAY, preview=True)
    return made | {f"preview/{path}": data for path, data in first}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Site]]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        hostile, twin = (
            published(tmp_path_factory.mktemp("inert"), say, monkeypatch) for say in (inert.hostile, inert.harmless)
        )
        yield hostile, twin


def test_no_page_has_an_element_or_attribute_that_its_twin_does_not_have(sites: tuple[Site, Site]) -> None:
    hostile, twin = ({path: read(data) for path, data in one.items() if path.endswith(".html")} for one in sites)
    known = {shape for page in twin.values() for shape in page.shapes}
    for path, page in hostile.items():
        assert set(page.shapes) <= known, path
        assert page.comments == [], path
        if path in twin:
            assert page.shapes == twin[path].shapes, path


def test_the_text_is_there_as_the_characters_that_were_written(sites: tuple[Site, Site]) -> None:
    told = {path: "\n".join(read(data).told) for path, data in sites[0].items() if path.endswith(".html")}
    for whole in (SCRIPT, '" onmouseover="alert(1)', '{{ 7*7 }}{% include "x" %}', ENDED):
        missing = [path for path, text in told.items() if whole not in text]
        assert len(missing) < len(told) / 20, (whole, missing)
    for whole in ("<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "{: onclick=alert(1)}"):
        assert sum(whole in text for text in told.values()) > 20, whole
    assert not any(SCRIPT.encode() in data for path, data in sites[0].items() if path.endswith(".html"))


def elements(data: bytes) -> tuple[set[Shape], str]:
    """The elements of an XML file with the names of their attributes, and all of its text, that of attributes too."""
    found = list(ET.fromstring(data).iter())  # noqa: S314 - our own bytes
    told = [text for one in found for text in (one.text, one.tail, *one.attrib.values()) if text]
    return {(one.tag, tuple(sorted(one.attrib))) for one in found}, "\n".join(told)


@pytest.mark.parametrize(
    ("ending", "written"), [(".svg", r"\u003cscript\u003ealert(1)\u003c/script\u003e"), (".xml", SCRIPT)]
)
def test_no_drawing_and_no_feed_has_an_element_that_its_twin_does_not_have(
    sites: tuple[Site, Site], ending: str, written: str
) -> None:
    hostile, twin = ({path: elements(data) for path, data in one.items() if path.endswith(ending)} for one in sites)
    known = set().union(*(shapes for shapes, _ in twin.values()))
    assert all(shapes <= known for shapes, _ in hostile.values())
    assert sum(written in text for _, text in hostile.values()) > 5


def strings(value: object) -> Iterator[str]:
    """Every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from strings(one)


def test_documents_say_what_was_written(sites: tuple[Site, Site]) -> None:
    documents = {path: json.loads(data) for path, data in sites[0].items() if path.endswith(".json")}
    credentials = [path for path in documents if path.endswith("credential.json")]
    assert credentials
    for path in ("index.json", "ob2/issuer.json", *credentials):
        assert any(SCRIPT in text and '{{ 7*7 }}{% include "x" %}' in text for text in strings(documents[path])), path


def test_calendars_have_no_line_that_their_twins_do_not_have(sites: tuple[Site, Site]) -> None:
    lines = [
        {
            path: [line.partition(":")[0] for line in data.decode().splitlines() if line[:1] != " "]
            for path, data in one.items()
            if path.endswith(".ics")
        }
        for one in sites
    ]
    assert lines[0] == lines[1]
    assert lines[0]


def test_a_page_that_lets_a_text_become_markup_would_be_seen() -> None:
    for text in (SCRIPT, '<p title="" onmouseover="alert(1)">', "<!-- a comment -->"):
        page = read(f"<p>{text}</p>".encode())
        assert page.shapes != [("p", ())] or page.comments
    assert read(b"<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>").told == [SCRIPT]
