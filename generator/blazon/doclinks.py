"""Where the links of the documentation lead: to a page of it, to one of its pictures, to a file of the repository, or out."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from blazon import address, doctext, prose
from blazon.hosting import shown_at
from blazon.model import DocPage, Docs, Repository
from blazon.prose import Fault, short
from blazon.values import nearest

FOLDER = "docs/"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_PICTURES = (".png", ".svg")
_TAKEN = frozenset({"main", "look", "docs_contents"})  # ids that every page has


@dataclass(frozen=True, slots=True)
class Lead:
    """Where a link leads: a path of the site with the id of a heading, or an address outside."""

    path: str = ""
    heading: str = ""
    url: str = ""


def identity(slug: str) -> str:
    """The id that a heading has on its page: its slug, unless that is taken or begins with something other than a letter."""
    return f"at_{slug}" if slug in _TAKEN or not slug[0].isalpha() else slug


class Links:
    """Follows the links of a program's documentation."""

    def __init__(self, docs: Docs, repository: Repository | None) -> None:
        """The links of some documentation; `repository` is where files outside of it are shown, if anywhere."""
        self._docs = docs
        self._repository = repository
        self._pages = {page.path: page for page in docs.pages}

    def follow(self, page: DocPage, target: str) -> Lead | Fault:
        """Where a link on a page leads, or what is wrong with it."""
        if _SCHEME.match(target):
            fault = prose.fault_in_url(target)
            return (
                Fault("bad-link", f'a link leads to "{short(target)}": {fault.sentence}', fault.hint)
                if fault
                else Lead(url=target)
            )
        path, _, fragment = unquote(target).partition("#")
        found = (
            posixpath.normpath(posixpath.join(FOLDER, posixpath.dirname(page.path), path))
            if path
            else FOLDER + page.path
        )
        if found.startswith("..") or target.startswith("/") or "\\" in found:
            return Fault(
                "dead-link", f'a link leads to "{short(target)}", outside the repository.', "name a file of it"
            )
        if found != FOLDER[:-1] and not found.startswith(FOLDER):
            return self._outside(found, fragment)
        return self._inside(found[len(FOLDER) :], fragment)

    def picture(self, page: DocPage, target: str) -> str | Fault:
        """The path below docs/ of a picture that a page shows, or what is wrong with it."""
        found = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), unquote(target)))
        if _SCHEME.match(target):
            return Fault("bad-link", f'a picture comes from "{short(target)}", another site.', "put it below docs/")
        if found in self._docs.pictures:
            return found
        hint = nearest(found, self._docs.pictures) or "pictures are PNG or SVG files below docs/"
        return Fault("dead-link", f'there is no picture "{short(found)}" below docs/.', hint)

    def _inside(self, path: str, fragment: str) -> Lead | Fault:
        """Where a link to a file below docs/ leads."""
        if path in self._docs.pictures:
            return Lead(address.docs_picture(path))
        page = self._pages.get(path) or self._pages.get(f"{path}/README.md".removeprefix("/"))
        if page is None:
            hint = f"list it in docs/pages.yaml: {path}" if f"{FOLDER}{path}" in self._docs.unlisted else ""
            hint = hint or nearest(path, self._pages) or "a link leads to a page that docs/pages.yaml lists"
            return Fault("dead-link", f'there is no page "{short(path)}" in the documentation.', hint)
        slugs = [heading.slug for heading in doctext.read(page.text).headings]
        if fragment and fragment not in slugs:
            return Fault(
                "dead-link", f'"{page.path}" has no heading "#{short(fragment)}".', _heading_hint(fragment, slugs)
            )
        return Lead(address.docs_page(page.path), identity(fragment) if fragment else "")

    def _outside(self, path: str, fragment: str) -> Lead | Fault:
        """Where a link to another file of the repository leads."""
        if self._repository is None:
            hint = 'say in content/site.yaml under "repository" where these files are kept, or delete the link'
            return Fault("dead-link", f'a link leads to "{short(path)}", which is not published.', hint)
        return Lead(url=shown_at(self._repository, path) + (f"#{fragment}" if fragment else ""))


def _heading_hint(fragment: str, slugs: Iterable[str]) -> str:
    """The hint for a heading that is not there."""
    return nearest(fragment, slugs) or "headings are called by their words in lower case, with hyphens for spaces"
