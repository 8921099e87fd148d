"""Every page of a site but those of awards: which values its template is given, and where it goes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from heapq import nlargest
from itertools import islice

from blazon import address, indexes
from blazon.address import Plan
from blazon.award_pages import AwardPages, Qr
from blazon.catalogue import Catalogue
from blazon.claim_view import claim_shown
from blazon.editions import Editions
from blazon.feeds import Feeds
from blazon.frame import ATOM, Frame, Rendered
from blazon.manual import Manual
from blazon.matrix import matrix
from blazon.model import Achievement, Brief, Program, Visibility
from blazon.profiles import Profiles, files_shown
from blazon.render import Theme, data_block
from blazon.review_view import STATES, claims_hidden, claims_shown
from blazon.roll import Roll
from blazon.shelf import Shelf
from blazon.standing import Standing
from blazon.views import Alternate, BadgeShown, EarnerPage, FilterShown, PathwayShown, Reference
from blazon.vouchers import vouchers_shown

RECENT = 8
MOST_ON_THE_WAY = 60
_PAST = frozenset({Standing.EXPIRED, Standing.WITHDRAWN, Standing.REPLACED})


class Pages:
    """The pages of a program's site; `awards` makes those of awards."""

    def __init__(
        self,
        program: Program,
        plan: Plan,
        theme: Theme,
        today: date,
        *,
        qr: Qr | None = None,
        demo: bool = False,
        preview: bool = False,
    ) -> None:
        """The pages as they are on a day; `qr` makes the address of a picture of an address's QR code."""
        self._program = program
        self._plan = plan
        self._theme = theme
        self._today = today
        self._words = theme.words
        self._shelf = Shelf(program, theme.words, today)
        self._catalogue = Catalogue(self._shelf, theme.words)
        self._frame = Frame(program, plan, theme, today, self._navigation(), demo=demo, preview=preview)
        self._editions = Editions(program, plan, theme, today, self._shelf, self._catalogue, self._frame)
        self.awards = AwardPages(program, plan, theme.words, self._shelf, self._catalogue, self._frame, qr)
        self._roll = Roll(program, plan, self._shelf)
        self._feeds = Feeds(plan, program.settings, theme.words, self._roll)
        self._profiles = Profiles(plan, program.settings, theme.words, self._roll)

    def fixed(self) -> Iterator[Rendered]:
        """Every page but those of awards and earners, the tombstones of erased awards, what programs read, and the theme's static files."""
        yield from (self.home(), self.catalogue(), self.verify(), self.claim(), self.about(), self.review())
        yield self.not_found()
        yield from (self.filtered(chosen) for filters in self._catalogue.filters.values() for chosen in filters)
        for achievement in self._shelf.achievements.values():
            yield from self._editions.of(achievement)
        if self._shelf.stacks:
            yield self.pathways()
            yield from map(self.pathway, self._shelf.stacks)
        yield self.earners()
        self._frame.found += [link.path for link, _, _ in self._directory()]
        yield from (self.tombstone(award) for award in self._program.in_brief if award.erased)
        if self._program.docs:
            yield from Manual(self._program.docs, self._program.settings.repository, self._theme, self._frame).files()
        yield from self._for_programs()
        yield from self._theme.static()

    def of_earner(self, slug: str) -> Iterator[Rendered]:
        """The page of an earner who has listed awards, its feed, and what they can take along; nothing for anybody else."""
        if listed := self._shelf.listed.get(slug):
            name = self._program.name_of(listed[0])
            yield self.earner(slug)
            yield self._feeds.of_earner(slug, name)
            yield from self._profiles.of_earner(slug, name)

    def _for_programs(self) -> Iterator[Rendered]:
        """The feeds and the lists of the whole site; the list of pages comes last."""
        yield from self._feeds.files(self._shelf)
        yield indexes.catalogue(self._plan, self._program.settings, self._shelf)
        yield indexes.sitemap(self._plan, self._frame.found, self._roll)

    def home(self) -> Rendered:
        """The home page."""
        settings, shelf = self._program.settings, self._shelf
        hero = self._chosen()
        listed = (award for awards in shelf.listed.values() for award in awards)
        fresh = (award for award in listed if shelf.standings(award)[0] is Standing.UNCHECKED)
        recent = nlargest(RECENT, fresh, key=lambda award: (award.issued, award.id))
        page = self._frame.page(
            address.HOME,
            settings.name,
            settings.tagline or self._words("home.description", issuer=settings.issuer.name),
            thread=hero.thread if hero else "",
            card=hero.card if hero else None,
        )
        return self._frame.render(
            "home.html",
            page,
            hero=hero,
            headline=self._frame.options["headline"] or settings.name,
            pathways=self._pathways(),
            badges=self._named() or [entry.badge for entry in self._catalogue.single()],
            recent=[shelf.card(award) for award in recent],
        )

    def catalogue(self) -> Rendered:
        """The list of all badges: pathways with their levels, badges on their own, and retired ones."""
        page = self._frame.page(
            address.CATALOGUE,
            self._words("badges.title"),
            self._words("badges.description", issuer=self._program.settings.issuer.name),
            current="badges",
        )
        return self._frame.render(
            "badges.html",
            page,
            families=tuple(self._catalogue.families()),
            badges=self._catalogue.single(),
            retired=self._catalogue.retired,
            count=self._catalogue.count,
            filters=self._catalogue.filters,
            chosen=None,
        )

    def filtered(self, chosen: FilterShown) -> Rendered:
        """The badges of one kind, skill or subject."""
        badges, retired = self._catalogue.left(chosen)
        title = self._words(f"badges.of.{chosen.name}", title=chosen.title)
        page = self._frame.page(
            chosen.page,
            title,
            self._words("badges.of.text", title=chosen.title, issuer=self._program.settings.issuer.name),
            current="badges",
            crumbs=(self._frame.crumb("badges"), Reference(chosen.title)),
        )
        return self._frame.render(
            "badges.html",
            page,
            families=(),
            badges=badges,
            retired=retired,
            count=len(badges),
            filters=self._catalogue.filters,
            chosen=chosen,
        )

    def claim(self) -> Rendered:
        """How to claim a badge, with a worksheet for each of those that are claimed one by one."""
        page = self._frame.page(address.CLAIM, self._words("claim.title"), self._words("claim.lead"), current="claim")
        badges = self._active()
        shown = claim_shown(self._program, badges, self._words)
        return self._frame.render(
            "claim.html",
            page,
            badges=badges,
            claim=shown,
            data=data_block(shown.data),
            source=shown.source,
            listed=self._program.settings.visibility is Visibility.PUBLIC,
            open=bool(shown.host) and self._program.settings.public_repository,
        )

    def review(self) -> Rendered:
        """The claims that wait for something, and how to review one; searches do not find it."""
        lead = self._words("review.lead")
        page = self._frame.page(address.REVIEW, self._words("review.title"), lead, hidden=True)
        claims = claims_shown(self._program, self._shelf, self._today)
        groups = [(state, found) for state in STATES if (found := [one for one in claims if one.state == state])]
        return self._frame.render("review.html", page, groups=groups, left=claims_hidden(self._program))

    def tombstone(self, award: Brief) -> Rendered:
        """The page of an award that was deleted at the earner's wish: it keeps the address and names nobody."""
        title = self._words("tombstone.title")
        page = self._frame.page(address.award_page(award), title, title, hidden=True)
        return self._frame.render("tombstone.html", page, erased=award.erased)

    def earner(self, slug: str) -> Rendered:
        """The page of an earner who has listed awards."""
        shelf = self._shelf
        awards = shelf.listed[slug]
        earner = self._program.earners.get(slug)
        cards = sorted((shelf.card(award) for award in awards), key=lambda card: card.issued, reverse=True)
        held = {award.achievement for award in awards}
        paths = [shelf.pathway(stack, awards) for stack in shelf.stacks if held & {*stack.levels}]
        shown = EarnerPage(
            name=cards[0].name,
            about=earner.about if earner else "",
            links=earner.links if earner else (),
            current=tuple(card for card in cards if card.standing not in _PAST),
            past=tuple(card for card in cards if card.standing in _PAST),
            pathways=tuple(paths),
            transcript=shelf.transcript(slug),
            files=files_shown(slug),
        )
        listed = earner is not None and earner.listed
        page = self._frame.page(
            address.earner_page(slug),
            shown.name,
            self._words("earner.description", name=shown.name, count=len(cards), program=self._program.settings.name),
            current="earners",
            crumbs=(*((self._frame.crumb("earners"),) if listed else ()), Reference(shown.name)),
            alternates=(self._feed("feed.earner", address.earner_feed(slug), name=shown.name),),
            hidden=not listed,
        )
        return self._frame.render("earner.html", page, earner=shown)

    def earners(self) -> Rendered:
        """The directory of earners who asked to be in it."""
        page = self._frame.page(
            address.EARNERS, self._words("earners.title"), self._words("earners.lead"), current="earners"
        )
        return self._frame.render("earners.html", page, earners=self._directory())

    def pathways(self) -> Rendered:
        """The list of micro-credentials."""
        page = self._frame.page(
            address.PATHWAYS, self._words("pathways.title"), self._words("pathways.lead"), current="pathways"
        )
        return self._frame.render("pathways.html", page, pathways=self._pathways())

    def pathway(self, stack: Achievement) -> Rendered:
        """A stack's page: its levels in order."""
        shown = self._shelf.pathway(stack)
        badge = shown.badge
        page = self._frame.page(
            shown.page,
            badge.name,
            badge.summary,
            thread=badge.thread,
            current="pathways",
            crumbs=(self._frame.crumb("pathways"), Reference(badge.name)),
            card=badge.card,
        )
        way = tuple(islice(self._shelf.on_the_way(stack), MOST_ON_THE_WAY))
        shows = matrix(self._program, self._shelf, stack)
        return self._frame.render("pathway.html", page, pathway=shown, badge=badge, matrix=shows, way=way)

    def verify(self) -> Rendered:
        """How to check an award, and which keys count."""
        page = self._frame.page(
            address.VERIFY, self._words("verify.title"), self._words("verify.lead"), current="verify"
        )
        numbers = {1, *(address.status_list_number(award.status_index) for award in self._program.in_brief)}
        return self._frame.render("verify.html", page, lists=[address.status_list(one) for one in sorted(numbers)])

    def about(self) -> Rendered:
        """What badges are, and what they are to earners, employers and programs."""
        lead = self._words("about.description", program=self._program.settings.name)
        page = self._frame.page(address.ABOUT, self._words("about.title"), lead, current="about")
        vouchers = vouchers_shown(self._plan, self._program.settings.issuer, self._today)
        return self._frame.render("about.html", page, vouchers=vouchers)

    def not_found(self) -> Rendered:
        """The page for addresses that do not exist; a host serves it at any depth, so its links begin at the root."""
        title = self._words("not_found.title")
        page = self._frame.page(address.NOT_FOUND, title, self._words("not_found.lead"), hidden=True)
        return self._frame.render("404.html", page)

    def _feed(self, key: str, path: str, **values: object) -> Alternate:
        """A feed as the head of a page names it."""
        settings = self._program.settings
        title = self._words(key, program=settings.name, issuer=settings.issuer.name, **values)
        return self._frame.alternate(ATOM, title, path)

    def _active(self) -> list[BadgeShown]:
        """The badges that can be earned today, without the stacks that they make up."""
        found = self._shelf.achievements.values()
        return [self._shelf.badge(one) for one in found if one.status == "active" and not one.levels]

    def _pathways(self) -> list[PathwayShown]:
        """The stacks, each with its levels."""
        return [self._shelf.pathway(stack) for stack in self._shelf.stacks if stack.status != "retired"]

    def _chosen(self) -> BadgeShown | None:
        """The badge that stands on the home page: the first that the theme's option names, else the highest level, else any."""
        highest = [self._shelf.badge_called(stack.levels[-1]) for stack in self._shelf.stacks]
        return next((badge for badge in (*self._named(), *highest, *self._active()) if badge), None)

    def _named(self) -> list[BadgeShown]:
        """The badges that the theme's option wants on the home page."""
        named = self._frame.options["home_badges"]
        found = map(self._shelf.badge_called, named if isinstance(named, tuple) else ())
        return [badge for badge in found if badge]

    def _directory(self) -> list[tuple[Reference, str, int]]:
        """The earners who asked to be listed: link, one line about them, number of listed awards."""
        return [
            (Reference(self._program.name_of(awards[0]), address.earner_page(slug)), earner.about, len(awards))
            for slug, awards in sorted(self._shelf.listed.items())
            if (earner := self._program.earners.get(slug)) and earner.listed
        ]

    def _navigation(self) -> tuple[tuple[str, str], ...]:
        """The pages that every page links to, by the name of their text; lists of nothing are left out."""
        places = {
            "badges": address.CATALOGUE,
            "pathways": address.PATHWAYS if self._shelf.stacks else "",
            "earners": address.EARNERS if self._directory() else "",
            "verify": address.VERIFY,
            "claim": address.CLAIM,
        }
        return tuple((name, path) for name, path in places.items() if path)
