"""The pages of badges: one in the program's own language, and one in each language that a badge is translated to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from blazon import address, schemaorg, tongues
from blazon.address import Plan
from blazon.badge_view import badge_page
from blazon.catalogue import Catalogue
from blazon.frame import ATOM, Frame, Rendered
from blazon.model import Achievement, Program
from blazon.render import Theme, data_block
from blazon.shelf import Shelf
from blazon.tellings import Telling, telling
from blazon.views import BadgePage, BadgeShown, EditionShown, Reference
from blazon.words import Words


@dataclass(frozen=True, slots=True)
class _Edition:
    """What the pages of badges in one language are made of; `language` is the badges', that of `words` the frame's."""

    language: str
    program: Program
    words: Words
    shelf: Shelf
    frame: Frame
    tellings: Mapping[str, Telling]


class Editions:
    """Makes the pages of badges. What a language needs is made once, when the first badge is told in it."""

    def __init__(
        self, program: Program, plan: Plan, theme: Theme, today: date, shelf: Shelf, catalogue: Catalogue, frame: Frame
    ) -> None:
        """The pages of a program's badges on a day."""
        self._program = program
        self._plan = plan
        self._theme = theme
        self._today = today
        self._shelf = shelf
        self._catalogue = catalogue
        own = program.settings.language
        self._editions = {own: _Edition(own, program, theme.words, shelf, frame, {})}

    def of(self, achievement: Achievement) -> Iterator[Rendered]:
        """The pages of a badge: in the program's own language, then in the others in the order of its file."""
        for language in (self._program.settings.language, *translations(self._program, achievement)):
            yield self._page(self._edition(language), achievement)

    def _page(self, edition: _Edition, achievement: Achievement) -> Rendered:
        """The page of a badge in one language."""
        shelf, frame, words = edition.shelf, edition.frame, edition.words
        settings = self._program.settings
        badge = shelf.badge(shelf.achievements[achievement.slug])
        feed = words("feed.badge", program=settings.name, issuer=settings.issuer.name, badge=badge.name)
        here = Reference(badge.name, language=badge.language)
        page = frame.page(
            badge.page,
            self._title(edition, achievement, badge),
            badge.summary,
            thread=badge.thread,
            current="badges",
            crumbs=(frame.crumb("badges"), *((badge.pathway,) if badge.level else ()), here),
            card=badge.card,
            alternates=(frame.alternate(ATOM, feed, address.badge_feed(badge.slug)),),
            editions=tuple(self._shown(achievement)),
            edition=edition.language,
        )
        more = badge_page(edition.program, self._plan, shelf, self._catalogue, badge, self._today)
        more = self._told(edition, achievement, more)
        data = schemaorg.badge(self._plan, settings, words, badge, more.vouchers, edition.language)
        return frame.render("badge.html", page, badge=badge, more=more, schema=data_block(data))

    def _title(self, edition: _Edition, achievement: Achievement, badge: BadgeShown) -> str:
        """What a page is called: two pages of a badge whose name is the same are told apart by their languages."""
        if edition.language == self._program.settings.language or badge.name != achievement.name:
            return badge.name
        return f"{badge.name} ({tongues.own_name(edition.language)})"

    def _shown(self, achievement: Achievement) -> Iterator[EditionShown]:
        """Every language in which a badge has a page; of a badge that is not translated, none."""
        others = translations(self._program, achievement)
        for language in (self._program.settings.language, *others) if others else ():
            path = self._path(achievement.slug, language)
            yield EditionShown(
                language, tongues.own_name(language), path, self._plan.url(path), tongues.locale(language)
            )

    def _path(self, slug: str, language: str) -> str:
        """The page of a badge in a language."""
        own = self._program.settings.language
        return address.badge_page(slug) if language == own else address.badge_edition(slug, language)

    def _edition(self, language: str) -> _Edition:
        """What the pages in a language need."""
        if language not in self._editions:
            self._editions[language] = self._made(language)
        return self._editions[language]

    def _made(self, language: str) -> _Edition:
        """A program whose badges are told in a language, and a frame that speaks it, if the program offers that, or its own."""
        program = self._program
        own = self._editions[program.settings.language]
        speaks = tongues.offered(program.settings.languages, language) and self._theme.speaks(language)
        theme = self._theme.speaking(language) if speaks else self._theme
        tellings = {
            slug: telling(one, language)
            for slug, one in program.achievements.items()
            if language in translations(program, one)
        }
        told = {slug: found.badge for slug, found in tellings.items()}
        settled = {(slug, one.version): one for slug, one in told.items()}
        retold = replace(
            program, achievements={**program.achievements, **told}, versions={**program.versions, **settled}
        )
        pages = {slug: address.badge_edition(slug, language) for slug in told}
        named = {slug for slug, found in tellings.items() if "name" not in found.kept}
        tongue = {slug: language if slug in named else program.settings.language for slug in program.achievements}
        languages = {slug: one for slug, one in tongue.items() if one != theme.words.language}
        shelf = self._shelf.told(retold, theme.words, pages, languages)
        return _Edition(language, retold, theme.words, shelf, own.frame.speaking(theme), tellings)

    def _told(self, edition: _Edition, achievement: Achievement, more: BadgePage) -> BadgePage:
        """What a page shows beside a badge, with skills and subject that lead where the program's own do, and what is foreign on it."""
        found = edition.tellings.get(achievement.slug)
        if found is None:
            return more
        own = self._program.settings.language
        speaks = edition.words.language == edition.language
        foreign = found.kept | {"alignments"} if speaks else found.told
        language = own if speaks else edition.language
        links = zip(self._catalogue.skills(achievement), found.badge.skills, strict=True)
        return replace(
            more,
            skills=tuple(
                Reference(skill, link.path, language if f"skills.{index}" in foreign else "")
                for index, (link, skill) in enumerate(links)
            ),
            subject=Reference(found.badge.subject, self._catalogue.subject(achievement).path),
            foreign=foreign,
            language=language,
            direction=tongues.direction(language),
            partly=bool(found.kept) or not speaks,
        )


def translations(program: Program, achievement: Achievement) -> tuple[str, ...]:
    """The languages other than the program's own in which a badge has a page: those that it is translated to."""
    return tuple(language for language in achievement.translations if language != program.settings.language)
