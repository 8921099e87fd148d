"""Signs what belongs to one award or one earner. What awards have in common is prepared once, in each form that it has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from blazon import address, canon, clr, ob3, vouching
from blazon.address import Plan
from blazon.canon import Prepared
from blazon.clr import Credentials
from blazon.diagnostics import BlazonError
from blazon.documents import Document
from blazon.keyring import Keyring
from blazon.model import Achievement, Award, Program
from blazon.ob3 import Digests
from blazon.quads import TooLarge


class Issuing:
    """Signs awards and transcripts of a program.

    A badge, like the issuer, has another form from the day on which somebody vouched for it: awards keep the one of their day.
    """

    def __init__(self, program: Program, plan: Plan, keyring: Keyring) -> None:
        """Nothing is prepared yet."""
        self._program = program
        self._plan = plan
        self._keyring = keyring
        self._issuers: dict[tuple[str, ...], Prepared] = {}
        self._badges: dict[tuple[str, int, tuple[str, ...]], Prepared] = {}

    def credential(self, award: Award, achievement: Achievement, digests: Digests, review: str) -> Document:
        """The signed credential of an issued award; `review` is the SHA-256 of its published review, or ""."""
        assert award.issued is not None  # noqa: S101 (published awards are issued)
        issuer, badge = self._issuer(award.issued), self._badge(achievement, award.issued)
        document = ob3.credential(
            self._plan, award, achievement, issuer.shared.node, badge.shared.node, digests, review
        )
        return self._keyring.sign(document, award.issued, (issuer, badge))

    def digest(self, award: Award, data: bytes) -> str:
        """The SHA-256 of an award's credential as it is published, in hex."""
        return self._keyring.digest(self._plan.url(address.credential(award)), data)

    def transcript(self, earner: str, found: Credentials, awards: Sequence[Award]) -> Document:
        """The signed transcript of an earner: `found` are the awards in it, newest first, and `awards` all of theirs.

        Raises BlazonError when there is none that could be signed.
        """
        date = clr.dated(self._program, awards)
        issuer = self._issuer(date).shared.node
        document = clr.transcript(self._program, self._plan, earner, issuer, found, date)
        try:
            return self._keyring.sign(document, date)
        except TooLarge as error:
            message = f'the transcript of "{earner}" cannot be signed: {error}.'
            raise BlazonError(message, clr.without(earner), exit_code=1) from error

    def _issuer(self, moment: datetime) -> Prepared:
        """The issuer as it stands in what is dated at a moment."""
        issuer = self._program.settings.issuer
        key = tuple(one.name for one in vouching.inside(issuer.endorsements, moment))
        if key not in self._issuers:
            profile = ob3.profile(self._plan, vouching.issuer_at(issuer, moment))
            self._issuers[key] = canon.prepare(profile, ob3.CONTEXT, "issuer")
        return self._issuers[key]

    def _badge(self, achievement: Achievement, moment: datetime) -> Prepared:
        """A badge as it stands in an award of a moment."""
        inside = vouching.inside(achievement.endorsements, moment)
        key = achievement.slug, achievement.version, tuple(one.name for one in inside)
        if key not in self._badges:
            badge = vouching.badge_at(achievement, moment)
            node = ob3.achievement(self._plan, badge, self._program.settings.language)
            self._badges[key] = canon.prepare(node, ob3.CONTEXT, "achievement")
        return self._badges[key]
