"""What came of each step of a verification. An answer is evidence, never a bare yes: failed outranks undecided, undecided passed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What one step found; undecided means that we could not know, and never counts as passed."""

    PASSED = "passed"
    FAILED = "failed"
    UNDECIDED = "undecided"


class Failure(ValueError):
    """Ends a step that found something wrong; the message is its sentence."""


class Ended(Failure):
    """Ends a step that found what is in order, but has run out or was withdrawn."""


class Doubt(ValueError):
    """Ends a step that cannot know; the message is its sentence."""


class Absent(Doubt):
    """Ends a step that looked where a document has to be, and nothing is there."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One step's verdict and the sentence that gives the reason; the sentence may quote the badge, so print it escaped.

    `ended` says of a step that failed that nothing else is wrong than that something has run out or was withdrawn.
    """

    step: str
    verdict: Verdict
    sentence: str
    ended: bool = False


def take(step: str, look: Callable[[], str]) -> Outcome:
    """The outcome of a step: `look` gives the sentence of one that passed, or raises Failure or Doubt."""
    try:
        return passed(step, look())
    except Failure as error:
        return Outcome(step, Verdict.FAILED, str(error), ended=isinstance(error, Ended))
    except Doubt as error:
        return undecided(step, str(error))


def passed(step: str, sentence: str) -> Outcome:
    """A step that found everything in order."""
    return Outcome(step, Verdict.PASSED, sentence)


def failed(step: str, sentence: str) -> Outcome:
    """A step that found something wrong."""
    return Outcome(step, Verdict.FAILED, sentence)


def undecided(step: str, sentence: str) -> Outcome:
    """A step that could not be taken, or whose answer we do not understand."""
    return Outcome(step, Verdict.UNDECIDED, sentence)


def overall(outcomes: Iterable[Outcome]) -> Verdict:
    """The verdict on the whole: bad news outranks missing news, and no news at all is undecided."""
    return worst(outcomes).verdict


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """The first failed outcome, or else the first undecided one, or else the first."""
    found = list(outcomes)
    for verdict in (Verdict.FAILED, Verdict.UNDECIDED):
        for one in found:
            if one.verdict is verdict:
                return one
    return found[0] if found else undecided("readable", "nothing was checked.")


def only_ended(outcomes: Iterable[Outcome]) -> bool:
    """Whether nothing is wrong or undecided but what has run out or was withdrawn."""
    return all(one.ended or one.verdict is Verdict.PASSED for one in outcomes)
