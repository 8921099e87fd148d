"""How long a watching Hugo takes to rebuild after a change: `python hugo_watch.py FILE HUGO ARGUMENT...`.

It is what Hugo tells itself: before it begins, it collects changes for up to half a second, and that wait says nothing about its work.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import sleep

SETTLED = 1.0  # seconds after a build until changes are heard


def main() -> None:
    """Start it, change one file, print the seconds that it says it took."""
    file = Path(sys.argv[1])
    with subprocess.Popen(
        [*sys.argv[2:], "--watch"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as hugo:
        assert hugo.stdout is not None
        try:
            _wait_for(hugo.stdout, "Watching for changes")
            sleep(SETTLED)
            file.write_text(file.read_text("utf-8") + " Once more.", "utf-8")
            told = _wait_for(hugo.stdout, "Total in")
        finally:
            hugo.terminate()
    print(json.dumps({"seconds": int(told.split()[-2]) / 1000}))


def _wait_for(lines: Iterator[str], text: str) -> str:
    """Read on to the line with a text; the line."""
    for line in lines:
        if text in line:
            return line
    sys.exit(f"it never said: {text}")


if __name__ == "__main__":
    main()
