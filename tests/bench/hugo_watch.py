"""How long a watching Hugo takes from a change to the end of its rebuild: `python hugo_watch.py FILE HUGO ARGUMENT...`."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, sleep

SETTLED = 1.0  # seconds after a build until changes are heard


def main() -> None:
    """Start it, change one file, print the seconds until it says that it is done."""
    file = Path(sys.argv[1])
    with subprocess.Popen(
        [*sys.argv[2:], "--watch"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as hugo:
        assert hugo.stdout is not None
        try:
            _wait_for(hugo.stdout, "Watching for changes")
            sleep(SETTLED)
            start = perf_counter()
            file.write_text(file.read_text("utf-8") + " Once more.", "utf-8")
            _wait_for(hugo.stdout, "Total in")
            seconds = perf_counter() - start
        finally:
            hugo.terminate()
    print(json.dumps({"seconds": seconds}))


def _wait_for(lines: Iterator[str], text: str) -> None:
    """Read on to the line with a text."""
    for line in lines:
        if text in line:
            return
    sys.exit(f"it never said: {text}")


if __name__ == "__main__":
    main()
