"""Runs a command and writes what it took: `python measured.py REPORT COMMAND...`; ends with its code.

A process of its own that imports next to nothing: the system counts to the memory of a command what the process that started it had.
"""

import json
import os
import subprocess
import sys
from time import perf_counter


def main() -> int:
    """Write wall seconds, processor seconds and the peak in KiB of the command's largest process."""
    report, *command = sys.argv[1:]
    start = perf_counter()
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    wall = perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    with open(report, "w", encoding="utf-8") as file:  # noqa: PTH123 (pathlib would be imported for this alone)
        json.dump({"wall": wall, "processor": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss}, file)
    return process.returncode


if __name__ == "__main__":
    try:
        sys.exit(main())
    except OSError as error:
        sys.exit(f"{error.filename}: {error.strerror}")
