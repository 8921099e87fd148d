"""A folder that a run holds while it writes into it, and another one does not; the system lets go of it when the run dies, however it dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from blazon.diagnostics import BlazonError, printable


def alone(folder: Path) -> AbstractContextManager[None]:
    """Hold a folder, so that no other run writes into it, or takes our files for those of a killed one.

    Raises BlazonError when another run holds it.
    """
    return _held(folder, fcntl.LOCK_EX)


def looking(folder: Path) -> AbstractContextManager[None]:
    """Hold a folder with others who only look; raises BlazonError when another run is writing into it."""
    return _held(folder, fcntl.LOCK_SH)


@contextmanager
def _held(folder: Path, how: int) -> Iterator[None]:
    """Hold a folder, alone or with others."""
    file = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        message = f"another run is writing files into {printable(str(folder))}."
        raise BlazonError(message, "wait until it has ended, then try again.") from None
    finally:
        os.close(file)
