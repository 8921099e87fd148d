"""What is asked of every answer: a refusal says why, in words that are fit to print."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from blazon.diagnostics import Report
from blazon.outcome import Outcome, Verdict

Tree = Mapping[str, bytes]

UNFIT = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def words(data: bytes) -> str:
    """Bytes as somebody may type them: what is no UTF-8 comes through as half characters."""
    return data.decode("utf-8", "surrogateescape")


def said(report: Report) -> bool:
    """Whether nothing was refused; what was said can be printed, shown on a request, and sent as JSON."""
    for one in report:
        assert not UNFIT.search(one.as_text()), "a diagnostic cannot be printed"
        assert "\n" not in one.as_annotation(), "a diagnostic breaks out of its line"
        json.dumps(one.as_json()).encode()
    return not report.failed


def answered(value: object, report: Report) -> bool:
    """Whether there is a value; where there is none, something was said about it."""
    assert value is not None or report.failed, "it is refused without a word"
    return said(report) and value is not None


def judged(outcomes: Iterable[Outcome]) -> bool:
    """Whether everything passed; every sentence can be kept."""
    found = list(outcomes)
    assert found, "there is no outcome"
    for one in found:
        one.sentence.encode()
    return all(one.verdict is Verdict.PASSED for one in found)
