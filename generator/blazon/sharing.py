"""What the page with every way to share an award shows: values to copy, addresses to follow and text to paste."""

from __future__ import annotations

from blazon import address, jsontext, outlets
from blazon.address import Plan
from blazon.model import Settings
from blazon.profiles import files_shown
from blazon.views import AwardPage, SharePage
from blazon.words import Words


class Sharing:
    """Makes the share pages of a site's awards."""

    def __init__(self, plan: Plan, settings: Settings, words: Words) -> None:
        """The sharing of a program's awards."""
        self._plan = plan
        self._settings = settings
        self._words = words
        self._link = words("share.check", host=plan.base.partition("://")[2].rstrip("/"))

    def shown(self, award: AwardPage, *, listed: bool) -> SharePage:
        """What the share page of an award shows; a résumé is among it when the award is `listed` there."""
        card, badge = award.card, award.badge
        issuer, lines = self._settings.issuer.name, self._lines(award)
        return SharePage(
            fields=self._fields(award),
            linkedin=outlets.linkedin(badge.name, issuer, card.issued, card.expires, award.address, award.record.id),
            snippets=self._snippets(award, lines),
            signature=lines,
            link=self._link,
            files=files_shown(award.record.earner) if listed else (),
        )

    def oembed(self, award: AwardPage) -> tuple[str, bytes]:
        """How other sites show an award (oEmbed 1.0 §2.3.4): a frame with its card, which says how it stands."""
        badge = award.badge
        width, height = badge.png_size
        document = {
            "version": "1.0",
            "type": "rich",
            "title": award.title,
            "provider_name": self._settings.name,
            "provider_url": self._plan.base,
            "html": self._frame(award),
            "width": outlets.EMBED_WIDTH,
            "height": outlets.EMBED_HEIGHT,
            "thumbnail_url": self._plan.url(badge.png),
            "thumbnail_width": width,
            "thumbnail_height": height,
        }
        return address.oembed(award.record), jsontext.hosted(document)

    def _fields(self, award: AwardPage) -> dict[str, str]:
        """What forms for certificates ask for, by the name of the text that says what it is."""
        month, card = self._words.month, award.card
        return {
            "name": award.badge.name,
            "organization": self._settings.issuer.name,
            "issued": month(card.issued),
            **({"expires": month(card.expires)} if card.expires else {}),
            "id": award.record.id,
            "url": award.address,
        }

    def _snippets(self, award: AwardPage, lines: tuple[str, ...]) -> dict[str, str]:
        """Text to paste, by the name of the text that says where."""
        alt = self._words("share.alt", badge=award.badge.alt, name=award.name)
        image, own = self._plan.url(award.badge.png), self._plan.url(award.files.get("png", award.badge.png))
        return {
            "frame": self._frame(award),
            "picture": outlets.picture(award.address, own, alt),
            "markdown": outlets.markdown(award.address, own, alt),
            "signature": outlets.signature(award.address, image, award.badge.alt, lines, self._link),
        }

    def _frame(self, award: AwardPage) -> str:
        """HTML of a frame with the award's card."""
        return outlets.frame(self._plan.url(address.embed_page(award.record)), award.title)

    def _lines(self, award: AwardPage) -> tuple[str, ...]:
        """The lines of an e-mail signature."""
        date = self._words.month(award.card.issued)
        return award.badge.name, self._words("share.issued_by", issuer=self._settings.issuer.name, date=date)
