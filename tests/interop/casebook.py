"""The cases that a judge reads and the lines in which it answers. Knows no judge, and nothing beyond Python itself."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from enum import StrEnum
from pathlib import Path
from typing import Any


class Missing(Exception):
    """The cases lack something that a judge asks for. The message lands in `told`, whatever the judge makes of it."""


class Verdict(StrEnum):
    """What a judge may say."""

    GOOD = "good"
    REVOKED = "revoked"
    EXPIRED = "expired"
    REFUSED = "refused"


Opinion = tuple[Verdict, str]


@dataclass(frozen=True, slots=True)
class Case:
    """One document or picture. `same` is the hosted document that a picture should hold."""

    name: str
    kind: str
    file: Path
    same: Path | None
    address: str | None


@dataclass(frozen=True, slots=True)
class Casebook:
    """All cases, what the world serves while they are judged, and the time it is."""

    cases: tuple[Case, ...]
    documents: Mapping[str, Path]
    now: datetime

    def fetch(self, address: str) -> bytes:
        """What is served at an address. There is no other network."""
        if address not in self.documents:
            raise Missing(f"the cases serve nothing at {address}")
        return self.documents[address].read_bytes()

    def serving(self, address: str, file: Path) -> Casebook:
        """The same world with a file at an address, so that a bad twin stands where the good one does."""
        return replace(self, documents={**self.documents, address: file})


def clock(time: datetime) -> type[datetime]:
    """A stand-in for `datetime` in a module that asks it for the time."""

    class Clock(datetime):
        """A clock that stands still."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override] # promises this class
            """Always the same, in any zone."""
            return time.astimezone(tz)

    return Clock


def opened(description: str | None) -> Casebook:
    """The casebook that the command line names."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("cases", type=Path)
    content = json.loads(parser.parse_args().cases.read_bytes())
    return Casebook(
        tuple(_case(entry) for entry in content["cases"]),
        {address: Path(file) for address, file in content["documents"].items()},
        datetime.fromisoformat(content["now"]),
    )


def _case(entry: Mapping[str, str]) -> Case:
    """One entry of the file."""
    same = entry.get("same")
    return Case(entry["name"], entry["kind"], Path(entry["file"]), Path(same) if same else None, entry.get("address"))


def judged(case: Case, judge: str, form: Callable[[], Opinion]) -> None:
    """Print a judge's opinion of a case; a judge that crashes has refused, and says with what."""
    try:
        verdict, told = form()
    except Exception as error:  # noqa: BLE001 - bad documents make judges crash in ways that nobody lists
        verdict, told = Verdict.REFUSED, f"{type(error).__name__}: {error}"
    line = {"case": case.name, "judge": judge, "verdict": verdict, "told": " ".join(told.split())}
    print(json.dumps(line, ensure_ascii=False), flush=True)


def differs(case: Case, text: str | bytes) -> str | None:
    """Why what a picture holds is not the hosted document, or nothing."""
    if case.same is None:
        raise Missing("the case names no document to compare with")
    held, hosted = json.loads(text), json.loads(case.same.read_bytes())
    if held == hosted:
        return None
    return f"the picture does not hold the hosted document; different: {', '.join(_different(held, hosted))}"


def _different(one: Any, other: Any) -> Iterable[str]:
    """The members in which two documents differ."""
    if not (isinstance(one, dict) and isinstance(other, dict)):
        return ["everything"]
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))
