"""Prints which functions of the package the readers of the table run, as pairs of a module and a name in JSON."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from pathlib import Path
from types import FrameType

sys.path.insert(0, str(Path(__file__).parents[1]))

import blazon
from readers import READERS

PACKAGE = str(Path(blazon.__file__).parent)
INPUTS = 12  # behind the good ones, of which there are more than enough

_reached: set[tuple[str, str]] = set()


def _seen(frame: FrameType, event: str, _: object) -> None:
    """Note a function of ours that is called."""
    code = frame.f_code
    if event == "call" and code.co_filename.startswith(PACKAGE):
        _reached.add((Path(code.co_filename).stem, code.co_name))


if __name__ == "__main__":
    sys.setprofile(_seen)
    for reader in READERS.values():
        given = len(reader.given())
        numbers = [*range(min(given, INPUTS)), *range(given, given + INPUTS)]
        for number in numbers:
            with suppress(*reader.answers):
                reader.read(reader.input(0, number))
    sys.setprofile(None)
    print(json.dumps(sorted(_reached)))
