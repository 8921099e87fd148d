"""The documentation that a program publishes, from docs/pages.yaml and the Markdown that it lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from blazon import fields, prose, source
from blazon.diagnostics import Place, Report
from blazon.model import DocPage, Docs, DocSection
from blazon.values import nearest

FOLDER = "docs/"
PAGES = "docs/pages.yaml"
_PICTURES = (".png", ".svg")


def load_docs(tree: Mapping[str, bytes], report: Report) -> Docs | None:
    """The documentation that a tree holds, as far as it can be read; None when nothing lists its pages."""
    if PAGES not in tree:
        return None
    table = source.parse(PAGES, tree[PAGES], report)
    reading = fields.DOCS.reading(table, report) if table else None
    if reading is None or reading.unread:
        return None
    listed = _Listed(tree, report)
    sections = tuple(
        DocSection(values["title"], tuple(listed.pages(values["pages"], places)))
        for values, places in reading.values["sections"]
    )
    return Docs(
        tuple(section for section in sections if section.pages),
        {path.removeprefix(FOLDER): tree[path] for path in tree if _is_picture(path)},
        reading.values.get("language", ""),
        tuple(path for path in tree if path.startswith(FOLDER) and path.endswith(".md") and path not in listed.seen),
    )


def _is_picture(path: str) -> bool:
    """Whether a path of a tree is a picture of the documentation."""
    return path.startswith(FOLDER) and path.endswith(_PICTURES)


class _Listed:
    """Reads the pages that are listed, each once."""

    def __init__(self, tree: Mapping[str, bytes], report: Report) -> None:
        """Nothing was read yet."""
        self._tree = tree
        self._report = report
        self.seen: dict[str, Place] = {}

    def pages(self, paths: tuple[str, ...], places: Mapping[str, Any]) -> Iterator[DocPage]:
        """The pages of a section that can be read."""
        for index, path in enumerate(paths):
            place = places[f"pages.{index}"]
            before = self.seen.setdefault(f"{FOLDER}{path}", place)
            if before is not place:
                message = f'"{path}" is listed in line {before.line} already.'
                self._report.error("repeated-entry", place, message, hint="list each page once")
                continue
            text = self._text(path, place)
            if text is not None:
                yield DocPage(path, text, place)

    def _text(self, path: str, place: Place) -> str | None:
        """The text of a page, or None when there is none."""
        data = self._tree.get(f"{FOLDER}{path}")
        if data is None:
            there = [one.removeprefix(FOLDER) for one in self._tree if one.startswith(FOLDER) and one.endswith(".md")]
            hint = nearest(path, there, self._report) or "write it, or delete the line"
            self._report.error("missing-file", place, f'there is no file "{path}" below docs/.', hint)
            return None
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            self._report.error(
                "not-utf8", Place(f"{FOLDER}{path}", line), "this is not UTF-8 text.", "save it as UTF-8."
            )
            return None
        return text if not self._hides(path, text) else None

    def _hides(self, path: str, text: str) -> bool:
        """Whether a page has a character that cannot be seen, which is then reported."""
        for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
            if fault := prose.fault_of_hidden(line):
                self._report.error(fault.code, Place(f"{FOLDER}{path}", number), fault.sentence, fault.hint)
                return True
        return False
