"""What somebody wants built, as the words of a command say it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from blazon import room
from blazon.shares import Part


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody wants built: where to, for which day, and which published addresses may change or go.

    A site with more bytes than `fullest` is warned of, since it nearly fills its host. `processes` is how many build, or 0
    for as many as pay; an `executor` such as `dask://scheduler.example:8786` makes what it can elsewhere. With a `part` only
    that part of the site is built, to be put together with the others. `began` is when it was said, in nanoseconds of the clock;
    with 0 the last build is not believed, and nothing kept for the next one.
    """

    root: Path
    target: Path
    today: date
    base: str = ""
    host: str = ""
    signatures: tuple[Path, ...] = ()
    accepted: tuple[str, ...] = ()
    strict: bool = False
    fullest: int = room.FULLEST
    processes: int = 0
    executor: str = ""
    part: Part | None = None
    began: int = 0
