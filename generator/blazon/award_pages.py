"""The pages of awards, and what other sites are told of them."""

from __future__ import annotations

from collections.abc import Iterator

from blazon import address, schemaorg, shapes
from blazon.address import Plan
from blazon.award_view import Qr, award_shown
from blazon.catalogue import Catalogue
from blazon.certificate import sheet_shown
from blazon.frame import OEMBED, Frame, Rendered
from blazon.model import Award, Program
from blazon.outlets import announcement, description
from blazon.plaintext import plain
from blazon.render import data_block
from blazon.sharing import Sharing
from blazon.shelf import Shelf
from blazon.standing import is_listed
from blazon.views import AwardPage, Reference
from blazon.words import Words

__all__ = ["AwardPages", "Qr"]


class AwardPages:
    """Makes the pages of one award after the other. Nothing of one is kept once its pages are out."""

    def __init__(
        self,
        program: Program,
        plan: Plan,
        words: Words,
        shelf: Shelf,
        catalogue: Catalogue,
        frame: Frame,
        qr: Qr | None,
    ) -> None:
        """The award pages of a site; `qr` makes the address of a picture of an address's QR code."""
        self._program = program
        self._plan = plan
        self._words = words
        self._shelf = shelf
        self._catalogue = catalogue
        self._frame = frame
        self._qr = qr
        self._sharing = Sharing(plan, program.settings, words)

    def of(self, award: Award, credential: str) -> Iterator[Rendered]:
        """The pages of a published award, and what other sites are told of it; its signed credential is in the first one."""
        shown = award_shown(self._program, self._plan, self._shelf, self._catalogue, self._words, award, self._qr)
        yield self._award(shown, credential)
        yield self._sharing.oembed(shown)
        yield self._share(shown)
        yield self._certificate(shown)
        yield self._embed(shown)

    def private(self, award: Award, credential: str) -> bytes:
        """The whole page of a private award, for whoever has its key: without what would need files of its own."""
        shown = award_shown(self._program, self._plan, self._shelf, self._catalogue, self._words, award, None)
        badge = shown.badge
        page = self._frame.page(
            shown.card.page,
            shown.title,
            "",
            thread=badge.thread,
            crumbs=(Reference(shown.name), Reference(badge.name)),
            hidden=True,
        )
        return self._frame.render(
            "private.html", page, award=shown, badge=badge, credential=data_block(credential), schema=""
        )[1]

    def closed(self, award: Award, sealed: str) -> Rendered:
        """The page at the address of a private award: what is sealed, and no word about it."""
        words = self._words
        page = self._frame.page(address.award_page(award), words("private.title"), words("private.text"), hidden=True)
        return self._frame.render("closed.html", page, sealed=sealed)

    def told(self, award: Award) -> str:
        """What the public reads of an award, as plain text: what it is, or else the bad news on its page, worst first."""
        shown = award_shown(self._program, self._plan, self._shelf, self._catalogue, self._words, award, None)
        if shown.gone:
            return plain(self._frame.part("parts/status.html", award=shown, badge=shown.badge))
        card, issuer = shown.card, self._program.settings.issuer.name
        return announcement(self._words, issuer, shown.name, card.badge, card.issued, card.expires)

    def _award(self, shown: AwardPage, credential: str) -> Rendered:
        """The page of a published award, with its signed credential as a JSON data block."""
        badge, name = shown.badge, shown.name
        listed = is_listed(self._program, shown.record)
        about = description(self._words, self._program.settings.issuer.name, name, badge, shown.card.issued)
        page = self._frame.page(
            shown.card.page,
            shown.title,
            about,
            thread=badge.thread,
            crumbs=(shown.earner, Reference(badge.name)),
            card=badge.card,
            alternates=(self._frame.alternate(OEMBED, shown.title, address.oembed(shown.record)),),
            hidden=not listed,
        )
        schema = schemaorg.holder(self._plan, self._program.settings, shown) if listed else ""
        return self._frame.folded(
            "award.html",
            shapes.AWARD,
            page,
            award=shown,
            badge=badge,
            credential=data_block(credential),
            schema=data_block(schema),
        )

    def _share(self, shown: AwardPage) -> Rendered:
        """The page with every way to share an award; it says so when there is nothing left to share."""
        badge, title = shown.badge, self._words("share.title")
        page = self._frame.page(
            shown.share,
            f"{title}: {shown.title}",
            self._words("share.lead"),
            thread=badge.thread,
            crumbs=(Reference(badge.name, shown.card.page), Reference(title)),
            card=badge.card,
            hidden=True,
        )
        share = self._sharing.shown(shown, listed=is_listed(self._program, shown.record))
        return self._frame.folded("share.html", shapes.SHARE, page, award=shown, badge=badge, share=share)

    def _certificate(self, shown: AwardPage) -> Rendered:
        """An award as a sheet to print."""
        badge, title = shown.badge, self._words("certificate.title")
        sheet = sheet_shown(shown, self._program.settings.issuer.name, self._words)
        page = self._frame.page(
            address.certificate(shown.record),
            f"{title}: {shown.title}",
            self._words("certificate.description", badge=badge.name, name=shown.name),
            thread=badge.thread,
            crumbs=(shown.earner, Reference(badge.name, shown.card.page), Reference(title)),
            hidden=True,
        )
        return self._frame.folded("certificate.html", shapes.CERTIFICATE, page, award=shown, badge=badge, sheet=sheet)

    def _embed(self, shown: AwardPage) -> Rendered:
        """An award as a small card for a frame on another page: recorded facts and a way to check them."""
        badge, name, issuer = shown.badge, shown.name, self._program.settings.issuer.name
        page = self._frame.page(
            address.embed_page(shown.record),
            shown.title,
            self._words("award.awarded", name=name, issuer=issuer),
            thread=badge.thread,
            hidden=True,
        )
        return self._frame.folded("embed.html", shapes.EMBED, page, award=shown, badge=badge)
