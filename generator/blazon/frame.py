"""What all pages of a site have in common: the head, what stands above and below, and how one page links to another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TypeAlias
from urllib.parse import urlsplit

from blazon import address, ed25519, options
from blazon.address import Plan
from blazon.folding import Layout, around
from blazon.model import Docs, Pictures, Program, VerificationMethod
from blazon.render import Theme
from blazon.views import Alternate, CardPicture, EditionShown, KeyShown, Page, Reference, SiteShown, To

Rendered: TypeAlias = tuple[str, bytes]
"""A path of the site and the page that stands there."""

ATOM = "application/atom+xml"
OEMBED = "application/json+oembed"
LISTS = {"badges": address.CATALOGUE, "pathways": address.PATHWAYS, "earners": address.EARNERS}


class Frame:
    """Turns values into pages of one site; what many pages share is rendered once."""

    def __init__(
        self,
        program: Program,
        plan: Plan,
        theme: Theme,
        today: date,
        navigation: Sequence[tuple[str, str]],
        *,
        demo: bool,
        preview: bool,
    ) -> None:
        """The frame of a program's site; `navigation` is what every page links to, as names of texts and paths."""
        self._program = program
        self._plan = plan
        self._theme = theme
        self.options = options.values(theme.options, program.settings.theme_options)
        self._site = self._site_shown(today, demo=demo, preview=preview)
        self._around = lru_cache(maxsize=64)(self._rendered_around)
        self._part = lru_cache(maxsize=8)(self._parts_of)
        self._navigation = navigation
        self.found: list[str] = []
        self._feed = self._feed_of_site()

    def speaking(self, theme: Theme) -> Frame:
        """The frame of pages of the same site in another language, in which a theme speaks; what is found, it notes with this one."""
        other = copy(self)
        own = self._theme.words.language
        other._theme = theme  # noqa: SLF001 (its own copy)
        other._site = replace(self._site, language="" if theme.words.language == own else own)  # noqa: SLF001
        other._around = lru_cache(maxsize=64)(other._rendered_around)  # noqa: SLF001
        other._part = lru_cache(maxsize=8)(other._parts_of)  # noqa: SLF001
        other._feed = other._feed_of_site()  # noqa: SLF001
        return other

    def page(
        self,
        path: str,
        title: str,
        description: str,
        *,
        thread: str = "",
        current: str = "",
        crumbs: tuple[Reference, ...] = (),
        card: CardPicture | None = None,
        alternates: tuple[Alternate, ...] = (),
        editions: tuple[EditionShown, ...] = (),
        edition: str = "",
        hidden: bool = False,
    ) -> Page:
        """What the head of a page says. Without `crumbs` its own title follows the home page's; `hidden` keeps it out of searches.

        The site's feed stands among the `alternates` of every page.
        """
        words = self._theme.words
        home = path in (address.HOME, address.NOT_FOUND)
        trail = (Reference(words("nav.home"), address.HOME), *(crumbs or (Reference(title),)))
        return Page(
            path=path,
            address=self._plan.url(path),
            title=title if path == address.HOME else f"{title} – {self._program.settings.name}",
            description=description,
            thread=thread or str(self.options["accent"]),
            language=words.language,
            direction=words.direction,
            current=current,
            crumbs=() if home else tuple(crumb for crumb in trail if crumb.title),
            hidden=hidden,
            card=card,
            card_address=self._plan.url(card.path) if card else "",
            alternates=(*alternates, self._feed),
            editions=editions,
            edition=edition,
        )

    def alternate(self, media_type: str, title: str, path: str) -> Alternate:
        """A file of the site that says what a page says, for programs that look for it in the page's head."""
        return Alternate(media_type, title, self._plan.url(path))

    def _feed_of_site(self) -> Alternate:
        """The feed of all listed awards, as the head of every page names it."""
        return self.alternate(ATOM, self._theme.words("feed.title", program=self._program.settings.name), address.FEED)

    def render(self, template: str, page: Page, /, **values: object) -> Rendered:
        """A page made from its template; `found` names those that may be found by searching, awards and earners apart."""
        self._note(page)
        return page.path, self._theme.page(template, **self._shared(page), **values)

    def folded(self, template: str, layout: Layout, page: Page, /, **values: object) -> Rendered:
        """The same for pages of which there are many of one shape, as a layout tells."""
        self._note(page)
        return page.path, self._theme.folded(template, layout, **self._shared(page), **values)

    def _note(self, page: Page) -> None:
        """Remember a page that may be found by searching."""
        if not page.hidden and not address.is_of_somebody(page.path):
            self.found.append(page.path)

    def _shared(self, page: Page) -> dict[str, object]:
        """What the template of every page knows."""
        to = self._to(page)
        exact = page.path in (*LISTS.values(), address.VERIFY, address.CLAIM, address.ABOUT)
        above, below = self._around(to, page.current, exact=exact)
        shared = {"site": self._site, "page": page, "above": above, "below": below, "part": self._part(to)}
        return {**shared, "to": near(to, page.path)}

    def part(self, template: str, /, **values: object) -> str:
        """A piece of a page on its own, as it stands on the home page."""
        return self._theme.fragment(template, site=self._site, to=linker(""), **values)

    def crumb(self, name: str) -> Reference:
        """The breadcrumb of a list of badges, pathways or earners."""
        return Reference(self._theme.words(f"nav.{name}"), LISTS[name])

    def _rendered_around(self, to: To, current: str, *, exact: bool) -> tuple[str, str]:
        """What stands above and below the content of a page, which many pages share."""
        values = {"site": self._site, "to": to, "navigation": self._navigation, "current": current, "exact": exact}
        return self._theme.fragment("parts/above.html", **values), self._theme.fragment("parts/below.html", **values)

    def _parts_of(self, to: To) -> Callable[..., str]:
        """What makes parts of pages that link to the site in one way: each is rendered once for the same values, which can be hashed."""

        @lru_cache(maxsize=512)
        def part(template: str, /, **values: object) -> str:
            """A part from its template, which knows the site, the way to link and the values."""
            return self._theme.fragment(template, site=self._site, to=to, **values)

        return part

    def _to(self, page: Page) -> To:
        """How a page links to paths of the site. A host serves the page of missing ones at any depth, so it begins at the root."""
        if page.path == address.NOT_FOUND:
            return linker(urlsplit(self._plan.base).path)
        return linker("../" * page.path.count("/"))

    def _site_shown(self, today: date, *, demo: bool, preview: bool) -> SiteShown:
        """What every page knows of the site."""
        settings = self._program.settings
        return SiteShown(
            name=settings.name,
            tagline=settings.tagline,
            about=settings.about,
            issuer=settings.issuer,
            did=self._plan.did,
            base=self._plan.base,
            key_document=self._plan.key_document,
            now=today,
            contact=_contact(settings.contact),
            funding=settings.funding,
            disclaimer=settings.disclaimer,
            quality=settings.quality,
            options=self.options,
            keys=tuple(_key_shown(key, self._plan) for key in self._program.keys),
            demo=demo,
            preview=preview,
            docs=first_page(self._program.docs),
            baked=settings.pictures is Pictures.BAKED,
        )


def first_page(docs: Docs | None) -> str:
    """The path of the page that documentation begins with, or "" when there is none."""
    pages = docs.pages if docs else ()
    return address.docs_page(pages[0].path) if pages else ""


@lru_cache(maxsize=8)
def linker(root: str) -> To:
    """A way to link from a page to paths of the site, given the way to its root."""

    def to(path: str) -> str:
        """The link to a path of the site; folders' pages are named in full, so that the site can be read from disk."""
        return root + path

    return to


def near(to: To, here: str) -> To:
    """A way to link from a page that names what lies in its own folder, and in the one around that, without the way to the root."""
    folder = here[: here.rfind("/") + 1]
    outer = around(here)

    def shorter(path: str) -> str:
        """The link to a path of the site."""
        if path.startswith(folder):
            return path[len(folder) :]
        return f"../{path[len(outer) :]}" if outer and path.startswith(outer) else to(path)

    return shorter if folder else to


def _key_shown(key: VerificationMethod, plan: Plan) -> KeyShown:
    """A public key as people compare it."""
    public = ed25519.write(key.public)
    return KeyShown(
        name=key.name,
        id=plan.verification_method(key.name),
        public=public,
        fingerprint=ed25519.fingerprint(public),
        since=key.since,
        until=key.until,
        compromised=key.compromised,
    )


def _contact(contact: str) -> Reference:
    """How the program is reached: a mail address or a web address."""
    if contact.startswith("https://"):
        return Reference(contact.removeprefix("https://").rstrip("/"), contact)
    return Reference(contact, f"mailto:{contact}" if "@" in contact else "")
