"""Hands what has to be refused to the command, each in a process of its own, and says what that cost in processor time and memory.

make limits
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from limits.costly import CASES, Case

LIMITS = {"file": 2.0, "tree": 10.0}  # seconds of processor time
MOST_MEMORY = 512  # MiB
USUAL = {"PYTHONPATH": os.pathsep.join(map(str, (Path(__file__).parents[2] / "generator", Path(__file__).parents[1])))}

# A process is said to have had at least the memory of the one that started it, so a small one starts what is measured.
_STARTER = r"""
import os, sys
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, used = os.wait4(child, 0)
sys.stderr.write(f"\n{used.ru_utime + used.ru_stime} {used.ru_maxrss / 1024} {os.waitstatus_to_exitcode(status)}")
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a case cost: seconds of processor time, MiB of memory at most; and what was wrong with the answer, if anything."""

    seconds: float
    memory: float
    wrong: str

    def faults(self, case: Case) -> list[str]:
        """Why a case did not go as it should."""
        slow, large = self.seconds > LIMITS[case.kind], self.memory > MOST_MEMORY
        return [self.wrong] * bool(self.wrong) + ["took too long"] * slow + ["took too much memory"] * large


def measured(case: Case, folder: Path) -> Cost:
    """What it costs to refuse a case that is laid out in a folder."""
    command = [sys.executable, "-S", "-c", _STARTER, sys.executable, *case.laid_out(folder)]
    with Path(case.given).open("rb") as given:
        done = subprocess.run(command, stdin=given, capture_output=True, env={**os.environ, **USUAL}, check=True)
    seconds, memory, code = done.stderr.rpartition(b"\n")[2].split()
    said = (done.stdout + done.stderr).decode(errors="replace")
    right = int(code) == case.ends_with and case.says in said
    return Cost(float(seconds), float(memory), "" if right else f"ended with {int(code)}: {said[-300:]}")


def main(words: Sequence[str]) -> int:
    """Measure all cases, or those that have a word in their name; 1 when one of them went wrong."""
    failed = 0
    worst: dict[str, list[Cost]] = {kind: [] for kind in LIMITS}
    for case in (one for one in CASES if not words or any(word in str(one) for word in words)):
        with tempfile.TemporaryDirectory(prefix="blazon-limits-") as folder:
            cost = measured(case, Path(folder, "laid"))
        faults = cost.faults(case)
        failed += bool(faults)
        worst[case.kind].append(cost)
        sys.stdout.write(
            f"{case!s:<74} {cost.seconds:6.2f} s {cost.memory:6.0f} MiB  {'; '.join(faults) or 'refused'}\n"
        )
        sys.stdout.flush()
    for kind, costs in worst.items():
        if costs:
            seconds, memory = max(one.seconds for one in costs), max(one.memory for one in costs)
            limits = f"limits: {LIMITS[kind]:.0f} s, {MOST_MEMORY} MiB"
            sys.stdout.write(f"worst {kind} of {len(costs)}: {seconds:.2f} s, {memory:.0f} MiB ({limits})\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
