"""Rules on the documentation that a program publishes: every page is listed and has a title, every link leads somewhere."""

from __future__ import annotations

from collections.abc import Callable

from blazon import doctext, png, svg
from blazon.diagnostics import Place, Report
from blazon.doclinks import FOLDER, Links
from blazon.model import DocPage, Docs, Program
from blazon.prose import Fault, short


def documentation_holds_together(program: Program, report: Report) -> None:
    """Every page has one title, every link and picture is there, and no page is left out by accident."""
    docs = program.docs
    if docs is None:
        return
    links = Links(docs, program.settings.repository)
    for path in docs.unlisted:
        hint = f'add "- {path.removeprefix(FOLDER)}" to docs/pages.yaml, or move it out of docs/'
        report.warn("unlisted-page", Place(path), "this page is not listed, so it is not published.", hint)
    for page in docs.pages:
        _has_one_title(page, report)
        _links_lead_somewhere(page, links, report)
    for path in shown(docs, links):
        _can_be_published(path, docs.pictures[path], report)


def shown(docs: Docs, links: Links) -> tuple[str, ...]:
    """The pictures that pages show or lead to, by their paths below docs/."""
    found: dict[str, None] = {}
    for page in docs.pages:
        for one in doctext.read(page.text).links():
            path = links.picture(page, one.target)
            if isinstance(path, str):
                found[path] = None
    return tuple(sorted(found))


def _has_one_title(page: DocPage, report: Report) -> None:
    """A page begins with its title, the only heading of the first level."""
    document, place = doctext.read(page.text), FOLDER + page.path
    titles = [one for one in document.headings if one.level == 1]
    if not titles or document.blocks[0] != titles[0]:
        message = "a page begins with its title."
        report.error("page-title", Place(place, 1), message, 'write it into the first line: "# Title"')
    for extra in titles[1:]:
        message = f'"{short(doctext.plain(extra.spans))}" is a second title.'
        report.error("page-title", Place(place, extra.line), message, "begin it with ## instead")


def _links_lead_somewhere(page: DocPage, links: Links, report: Report) -> None:
    """Every link leads to a page, a heading or a file, and every picture is there."""
    ways: dict[str, Callable[[DocPage, str], object]] = {"link": links.follow, "image": links.picture}
    for one in doctext.read(page.text).links():
        fault = ways[one.kind](page, one.target)
        if isinstance(fault, Fault):
            report.error(fault.code, Place(FOLDER + page.path, one.line), fault.sentence, fault.hint)


def _can_be_published(path: str, data: bytes, report: Report) -> None:
    """A picture is a plain one: nothing in it moves, asks another site, or hides."""
    fault = (png if path.endswith(".png") else svg).refuse(data)
    if fault:
        why, _, advice = fault.rpartition("; ")
        report.error("bad-picture", Place(FOLDER + path), f"{why}.", hint=advice.removesuffix("."))
