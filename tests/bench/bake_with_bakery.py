"""Bakes credentials with openbadges-bakery: `python bake_with_bakery.py PICTURE CREDENTIALS`, a credential in each line but the first."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from openbadges_bakery import bake  # type: ignore[import-not-found] # not in the environment of the tests
from stopwatch import Stopwatch


def main() -> None:
    """Print the seconds that baking took."""
    picture, file = map(Path, sys.argv[1:])
    texts = file.read_text("utf-8").splitlines()[1:]
    data = picture.read_bytes()
    watch = Stopwatch()
    for text in texts:
        bake(BytesIO(data), text, BytesIO())
    print(watch.stop())


if __name__ == "__main__":
    main()
