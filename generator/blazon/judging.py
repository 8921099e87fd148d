"""Badges and what was found out about them: verdicts, who signed, and what the answers on many amount to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from blazon import authority, lookup, pinning, reviewrecord
from blazon.authority import Document, issuer_of
from blazon.gathering import Piece
from blazon.outcome import only_ended, undecided
from blazon.pinning import PIN, Badge, Pinned, Pins
from blazon.verify import PICTURE, READABLE, Outcome, Verdict, examine, overall

_EXIT_CODES = {Verdict.PASSED: 0, Verdict.FAILED: 1, Verdict.UNDECIDED: 3}
_MOST_ISSUERS = 20


@dataclass(frozen=True, slots=True)
class Issuer:
    """Whoever a badge says issued it: identity, the address below which they publish ("" for none), and the keys that signed.

    A key is here when the issuer lists it; whether it signed what the badge says is what the steps tell.
    """

    id: str
    address: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A badge by the name of its file or address, what each step found, and who it says issued it.

    `found` says that it was found in a folder, so that nobody named it; `unseen` why the record of its review was not looked at.
    """

    file: str
    outcomes: tuple[Outcome, ...]
    issuer: Issuer | None = None
    found: bool = False
    unseen: str = ""

    @property
    def verdict(self) -> Verdict:
        """The verdict on the whole."""
        return overall(self.outcomes)

    @property
    def as_issued(self) -> bool:
        """Whether a badge that did not pass is what was issued: it has ended since, or its picture was never what was signed."""
        return self.verdict is not Verdict.PASSED and only_ended(one for one in self.outcomes if one.step != PICTURE)


@dataclass(slots=True)
class Tally:
    """What the answers on many badges amount to: how many of each verdict, of each step that failed, and of files passed over.

    `issued` asks whether they are what was issued, so that those which are, and did not pass, count as good.
    """

    verdicts: Counter[Verdict] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    others: int = 0
    issued: bool = False
    as_issued: Counter[Verdict] = field(default_factory=Counter)
    issuers: dict[Issuer, None] = field(default_factory=dict)
    folders: bool = False
    pinned: bool = False

    def add(self, one: Judged) -> None:
        """Count a badge."""
        self.verdicts[one.verdict] += 1
        self.as_issued[one.verdict] += one.as_issued
        self.failed.update({step.step for step in one.outcomes if step.verdict is Verdict.FAILED})
        self.folders |= one.found
        self.pinned |= is_pinned(one)
        if one.verdict is Verdict.PASSED and one.issuer is not None and len(self.issuers) < _MOST_ISSUERS:
            self.issuers[one.issuer] = None

    @property
    def wrong(self) -> int:
        """How many badges did not pass."""
        return self.verdicts.total() - self.verdicts[Verdict.PASSED]

    @property
    def exit_code(self) -> int:
        """What `verify` ends with: 1 when a badge is not good, else 3 when something could not be decided, else 0."""
        counted = self.verdicts - self.as_issued if self.issued else self.verdicts
        codes = {_EXIT_CODES[verdict] for verdict in counted}
        return next((code for code in (1, 3) if code in codes), 0)


def is_pinned(badge: Judged) -> bool:
    """Whether somebody named the keys that a badge has to rest on."""
    return any(one.step == PIN for one in badge.outcomes)


def judge(piece: Piece, now: datetime, pins: Pins | None = None) -> Judged:
    """What is found out about a badge at a moment; `pins` are the keys that it has to rest on."""
    if piece.data is None:
        return Judged(piece.name, (undecided(READABLE, piece.why),), None, piece.found)
    sources = lookup.remembered(piece.sources)
    seen = examine(piece.data, sources, now)
    if seen.credential is None:
        return Judged(piece.name, seen.outcomes, None, piece.found)
    found = Pinned(seen.outcomes, authority.signers(seen.credential, sources))
    if pins is not None:
        found = pinning.look(Badge(piece.data, seen.credential, seen.outcomes, sources, now), pins)
    stands = overall(found.outcomes) is not Verdict.FAILED  # else nothing that it names is worth looking for
    record = reviewrecord.look(seen.credential, sources) if stands else None
    outcomes = tuple(one for one in (*found.outcomes, record, found.outcome) if isinstance(one, Outcome))
    issuer = _issuer(seen.credential, found.keys)
    return Judged(piece.name, outcomes, issuer, piece.found, record if isinstance(record, str) else "")


def _issuer(credential: Document, keys: list[str]) -> Issuer:
    """Whoever a credential says issued it."""
    identity = issuer_of(credential)
    return Issuer(identity, lookup.home(identity) or "", tuple(dict.fromkeys(keys)))
