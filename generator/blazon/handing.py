"""Awards that have no files on the site, handed to their earners as files: into a folder outside the repository and every site."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path

from blazon import disk, site, swap
from blazon.diagnostics import BlazonError, Report, printable
from blazon.keys import Secret
from blazon.opened import open_program


def hand_over(
    root: Path, folder: Path, secrets: Callable[[], Sequence[Secret]], today: date, report: Report
) -> list[str]:
    """Write the files of withheld and private awards, and name the folders that they are in; a file that is there stays when it is the same.

    Nothing is written when the report has errors, or the folder is one that others can read in a repository or on a site.
    """
    refuse_public(root, folder)
    tree, opened = open_program(root, report, today)
    if opened is None or report.failed or not tree:
        return []
    made = list(site.handed_over(opened.program, opened.plan, secrets(), today))
    for path, data in made:
        disk.write_outside(folder / path, data)
    return [name for name, _ in groupby(path.rpartition("/")[0] for path, _ in made)]


def refuse_public(root: Path, folder: Path) -> None:
    """Raise BlazonError for a folder in the program's repository, or in a built site."""
    place = folder.resolve()
    if disk.repository(root) in (place, *place.parents):
        message = f"{printable(str(folder))} lies inside the repository, which keeps what it holds for ever."
        raise BlazonError(message, "name a folder elsewhere, for example ../for-earners.", 2)
    if any((one / swap.MARK).exists() for one in (place, *place.parents)):
        message = f"{printable(str(folder))} lies inside a built site."
        raise BlazonError(message, "name a folder elsewhere, for example ../for-earners.", 2)
