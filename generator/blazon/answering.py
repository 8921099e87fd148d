"""What `verify` says, badge by badge as they are judged: lines for people, or one JSON object for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Protocol

from blazon import __version__, ed25519
from blazon.diagnostics import counted, printable
from blazon.documents import timestamp
from blazon.judging import Issuer, Judged, Tally, is_pinned
from blazon.keys import DEMO_SEED, Secret
from blazon.reviewrecord import REVIEW
from blazon.verify import READABLE, Verdict

_VERDICTS = {
    Verdict.PASSED: "every step passed",
    Verdict.FAILED: "do not rely on this badge",
    Verdict.UNDECIDED: "could not be decided",
}


class Answers(Protocol):
    """A form of answers, as lines."""

    def begin(self) -> Iterator[str]:
        """What stands before all badges."""

    def one(self, badge: Judged) -> Iterator[str]:
        """What is said about a badge."""

    def end(self, tally: Tally) -> Iterator[str]:
        """What stands after all badges."""


_DEMO_KEY = ed25519.write(Secret(DEMO_SEED).public)
_EVERYBODYS = (
    f"the key {ed25519.fingerprint(_DEMO_KEY)} is for demos, and everybody has it: what it signed proves nothing."
)


@dataclass(frozen=True, slots=True)
class Text:
    """Answers for people. Of a folder, badges and steps that passed are not listed, unless `verbose`; `quiet` lists no badge that
    passed.
    """

    style: Callable[[str], str]
    quiet: bool = False
    verbose: bool = False

    def begin(self) -> Iterator[str]:
        """Nothing."""
        yield from ()

    def one(self, badge: Judged) -> Iterator[str]:
        """The verdict, what each step found, and what the reader has to compare."""
        passed = badge.verdict is Verdict.PASSED
        if passed and (self.quiet or (badge.found and not self.verbose)):
            return
        yield f"{printable(badge.file)}: {_in_short(badge)}"
        for step in badge.outcomes:
            if badge.found and not self.verbose and step.verdict is Verdict.PASSED:
                continue
            yield f"  {self.style(step.verdict.ljust(9))}  {step.step}: {printable(step.sentence)}"
        if badge.unseen and (self.verbose or not badge.found):
            yield f"  {'not seen':9}  {REVIEW}: {printable(badge.unseen)}"
        if passed and badge.issuer is not None:
            yield f"  {'compare':9}  {_compared(badge.issuer, pinned=is_pinned(badge))}"
            yield from (f"  {'demo':9}  {_EVERYBODYS}" for _ in _of_demo(badge.issuer))

    def end(self, tally: Tally) -> Iterator[str]:
        """The figures, where there is more than one badge, and in a folder whose badges they are."""
        if self.quiet and tally.exit_code == 0:
            return
        if tally.folders and not self.verbose:
            yield from (f"compare    {_compared(one, pinned=tally.pinned)}" for one in tally.issuers)
            yield from (f"demo       {_EVERYBODYS}" for one in tally.issuers for _ in _of_demo(one))
        if tally.folders or tally.verdicts.total() > 1:
            yield summary(tally)


@dataclass(slots=True)
class Json:
    """Answers for programs: one object, written as the badges come, so that a long run needs no memory for it."""

    checked: datetime
    _held: str = ""

    def begin(self) -> Iterator[str]:
        """The object's first members."""
        yield "{"
        yield f'  "version": {json.dumps(__version__)},'
        yield f'  "checked": {json.dumps(timestamp(self.checked))},'
        yield '  "files": ['

    def one(self, badge: Judged) -> Iterator[str]:
        """The badge before, which now has one after it."""
        if self._held:
            yield f"{self._held},"
        content = {
            "file": badge.file,
            "verdict": badge.verdict,
            "issuer": badge.issuer and asdict(badge.issuer),
            "steps": [{"step": one.step, "verdict": one.verdict, "sentence": one.sentence} for one in badge.outcomes],
            **({"not_seen": {REVIEW: badge.unseen}} if badge.unseen else {}),
        }
        self._held = "    " + json.dumps(content, indent=2).replace("\n", "\n    ")

    def end(self, tally: Tally) -> Iterator[str]:
        """The last badge, and the object's last members."""
        if self._held:
            yield self._held
        counts = {verdict.value: tally.verdicts[verdict] for verdict in Verdict}
        yield "  ],"
        yield f'  "counts": {json.dumps({**counts, "other": tally.others})},'
        yield f'  "summary": {json.dumps(summary(tally))}'
        yield "}"


def summary(tally: Tally) -> str:
    """The figures: `every step passed for 38 of 44 files; 4 failed (dates 2, status 2); 2 could not be decided`."""
    good, bad, open_ = (tally.verdicts[verdict] for verdict in Verdict)
    parts = [f"every step passed for {good:,} of {counted(tally.verdicts.total(), 'file')}"]
    if bad:
        steps = ", ".join(f"{step} {number:,}" for step, number in sorted(tally.failed.items()))
        parts.append(f"{bad:,} failed ({steps})")
    if tally.issued and (known := tally.as_issued.total()):
        parts.append(f"{known:,} of these are as they were issued")
    if open_:
        parts.append(f"{open_:,} could not be decided")
    if tally.others:
        parts.append(f"{counted(tally.others, 'other file')} passed over")
    return "; ".join(parts)


def _of_demo(issuer: Issuer) -> Iterator[str]:
    """The key of demos, where it is one of those that signed."""
    return (key for key in issuer.keys if key == _DEMO_KEY)


def _compared(issuer: Issuer, *, pinned: bool) -> str:
    """What nobody but the reader knows: whether the address, and a key that was not named, are those of the issuer they mean."""
    address = printable(issuer.address or issuer.id)
    if pinned:
        return f"the address {address} with the one that you know."
    return f"the address {address} and the key {', '.join(issuer.keys)} with what you know of the issuer."


def _in_short(badge: Judged) -> str:
    """The verdict on a badge in a few words; the steps below it give the reasons."""
    unreadable = any(one.step == READABLE and one.verdict is Verdict.FAILED for one in badge.outcomes)
    return "this is not a badge that we can read" if unreadable else _VERDICTS[badge.verdict]
