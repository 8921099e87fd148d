"""Bakes credentials into a picture: `python bake_with_blazon.py PICTURE CREDENTIALS`, a credential in each line but the first."""

from __future__ import annotations

import sys
from pathlib import Path

from stopwatch import Stopwatch

from blazon import bake


def main() -> None:
    """Print the seconds that baking took."""
    picture, file = map(Path, sys.argv[1:])
    texts = file.read_text("utf-8").splitlines()[1:]
    data = picture.read_bytes()
    watch = Stopwatch()
    prepared = (bake.prepare_png if picture.suffix == ".png" else bake.prepare_svg)(data)
    for text in texts:
        prepared.bake(text, "")
    print(watch.stop())


if __name__ == "__main__":
    main()
