"""Takes the time of a work inside a script, without the script's start, and tells it in a line that `running.py` reads."""

from __future__ import annotations

import json
from time import perf_counter, process_time


class Stopwatch:
    """Runs from the moment it is made."""

    def __init__(self) -> None:
        """Start."""
        self._wall, self._processor = perf_counter(), process_time()

    def stop(self) -> str:
        """The seconds since the start, as the line to print."""
        return json.dumps({"seconds": perf_counter() - self._wall, "processor": process_time() - self._processor})
