"""What the search for private keys costs beside reading the same files: a ratio of one run, since machines differ.

`--awards 10000` is the size of the generated program.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from hashlib import sha256
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

import generated
from blazon import files, leaks
from blazon.diagnostics import Report
from blazon.keys import DEMO_SEED, Secret

ROUNDS = 5


def main() -> None:
    """Print what reading the files of a generated program takes, and what searching them takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--awards", type=int, default=10_000)
    with tempfile.TemporaryDirectory() as folder:
        generated.write(Path(folder), parser.parse_args().awards)
        rounds = [_seconds(Path(folder)) for _ in range(ROUNDS)]
        tree = files.read_tree(Path(folder), Report())
    bare, read, searched = (median(column) for column in zip(*rounds, strict=True))
    print(f"{len(tree):,} files, {sum(map(len, tree.values())):,} bytes, as the median of {ROUNDS} rounds")
    for name, seconds in (("open and read, nothing else", bare), ("our reading", read), ("our search", searched)):
        print(f"  {name:30} {seconds:8.3f} s   {seconds / bare:6.2f} x")


def _seconds(folder: Path) -> tuple[float, float, float]:
    """What a bare reading of all files, our reading and our search took."""
    public, publics = _public_half, {_public_half(DEMO_SEED), _public_half(sha256(b"another").digest())}
    times = [perf_counter()]
    for path in folder.rglob("*"):
        if path.is_file():
            path.read_bytes()
    times.append(perf_counter())
    tree, report = files.read_tree(folder, Report()), Report()
    times.append(perf_counter())
    leaks.refuse_secrets(tree.items(), report, publics, public)
    times.append(perf_counter())
    assert not len(report)
    return times[1] - times[0], times[2] - times[1], times[3] - times[2]


def _public_half(seed: bytes) -> bytes:
    """The public key of a seed."""
    return Secret(seed).public


if __name__ == "__main__":
    main()
