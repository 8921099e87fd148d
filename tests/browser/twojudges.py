"""Two judges of one corpus: `verify` in Python, and our verifier in headless Chromium. They have to agree on every step."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from blazon import browser, verify
from blazon.files import read_verifier
from blazon.lookup import Sources
from blazon.outcome import Outcome

HERE = Path(__file__).parent
REPLAY = HERE / "replay.mjs"
LARGEST = 12 << 20


@dataclass(slots=True)
class Case:
    """A file, the documents that were looked up for it by address, the moment, and what each step found."""

    data: bytes
    documents: dict[str, bytes | None]
    now: datetime
    outcomes: tuple[Outcome, ...] = ()

    @property
    def steps(self) -> list[list[str]]:
        """The verdict of each step."""
        return [[one.step, one.verdict.value] for one in self.outcomes]

    @property
    def line(self) -> str:
        """The case for the other judge."""
        documents = {url: data and b64encode(data).decode() for url, data in self.documents.items()}
        now = int(self.now.timestamp() * 1000)
        return json.dumps({"data": b64encode(self.data).decode(), "documents": documents, "now": now})


@dataclass(slots=True)
class Noted:
    """Sources that remember what they were asked for."""

    sources: Sources
    asked: dict[str, bytes | None] = field(default_factory=dict)

    def document(self, url: str) -> bytes | None:
        """What the sources behind it have."""
        self.asked[url] = self.sources.document(url)
        return self.asked[url]


def judged(data: bytes, sources: Sources, now: datetime) -> Case:
    """A case, judged in Python."""
    noted = Noted(sources)
    outcomes = verify.verify(data, noted, now)
    return Case(data, noted.asked, now, outcomes)


def in_browser(lines: Iterable[str], *options: str) -> Iterator[list[list[str]]]:
    """What the verifier in the browser found: per case the step, verdict and key of each outcome, then what `options` ask for."""
    with tempfile.TemporaryDirectory() as folder:
        script, asked, told = Path(folder, "verifier.js"), Path(folder, "asked"), Path(folder, "told")
        script.write_bytes(browser.script(read_verifier()))
        with asked.open("w") as file:
            file.writelines(line + "\n" for line in lines)
        with asked.open() as given, told.open("w") as answers:
            subprocess.run(["node", str(REPLAY), str(script), *options], stdin=given, stdout=answers, check=True)
        with told.open() as answers:
            yield from map(json.loads, answers)


def recorded(files: Sequence[str]) -> list[Case]:
    """Every badge that these test files hand to `verify`, once each."""
    import pytest  # noqa: PLC0415 - the tests are imported after verify is replaced

    cases: dict[str, Case] = {}
    original = verify.verify

    def recording(data: bytes, sources: Sources, now: datetime) -> tuple[Outcome, ...]:
        noted = Noted(sources)
        outcomes = original(data, noted, now)
        case = Case(data, noted.asked, now, outcomes)
        if len(data) <= LARGEST:
            cases.setdefault(case.line, case)
        return outcomes

    verify.verify = recording
    try:
        code = pytest.main(["-q", "--no-header", "-p", "no:cacheprovider", *files])
    finally:
        verify.verify = original
    if code:
        sys.exit(int(code))
    return list(cases.values())


def disagreements(cases: Sequence[Case], answers: Iterable[list[list[str]]]) -> Iterator[str]:
    """A line for each case on which the judges differ."""
    for case, answer in zip(cases, answers, strict=True):
        steps = [one[:2] for one in answer]
        stolen = ["stolen since" in one.sentence for one in case.outcomes if one.step == "issuer"]
        if steps != case.steps or [one[2] == "stolen-key" for one in answer if one[0] == "issuer"] != stolen:
            yield f"{case.data[:60]!r}\n  python  {case.steps} {[one.sentence for one in case.outcomes]}\n  browser {answer}"
