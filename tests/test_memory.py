"""What memory holds of each award, measured in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import generated

MOST_HELD = 4_000  # bytes for each further award at the peak, everything in a process counted

# Makes what all awards of a program share, and the files of a few, of one program after the other; tells the peak after each.
GROWTH = """
import sys
from datetime import date
from pathlib import Path
from blazon import aside, opened, site
from blazon.diagnostics import Report
from blazon.keys import DEMO_SEED, Secret

aside.FEWEST = 100

def peak():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))

def make(root):
    today, report = date(2026, 11, 20), Report()
    _, found = opened.open_program(root, report, today)
    assert found and not report.failed, [one.as_text() for one in report]
    made = site.publish(found.program, found.plan, [Secret(DEMO_SEED)], found.theme, today)
    for piece in [*made.pieces[:2], made.pieces[-1]]:
        for path, data in piece():
            pass

for root in map(Path, sys.argv[1:]):
    make(root)
    print(peak())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of a process is told in /proc")
def test_memory_holds_little_of_each_award(tmp_path: Path) -> None:
    few, many = 1_000, 3_000
    generated.write(tmp_path / "few", few)
    generated.write(tmp_path / "many", many)
    words = [sys.executable, "-c", GROWTH, str(tmp_path / "few"), str(tmp_path / "many")]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    first, second = map(int, done.stdout.split())
    assert (second - first) * 1024 / (many - few) <= MOST_HELD
