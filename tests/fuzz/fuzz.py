"""Hands many odd inputs to every reader of bytes from outside, each in a child with limits: a value or a refusal has to come of it.

    make fuzz                                  INPUTS=100000   READERS='png svg'   SEED=7

A seed is drawn and printed unless one is given. What gets no answer is made smaller and kept in build/fuzz/.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import secrets
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from harness import LONG_RUN, MEMORY, SECONDS, Reader, Tally, run, smallest
from readers import READERS

KEPT = Path(__file__).parents[2] / "build" / "fuzz"
PROCESSES = 2


def is_asked(name: str, asked: Sequence[str]) -> bool:
    """Whether a reader is asked for: by its name, or by a word of it that is no reader's name."""
    return name in asked or any(word in name.split() for word in asked if word not in READERS)


def tallied(names: Sequence[str], seed: int, inputs: int) -> Iterator[Tally]:
    """What each reader makes of its inputs, two of them at once."""
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(PROCESSES, context) as pool:
        yield from pool.map(_tally, names, [seed] * len(names), [inputs] * len(names))


def _tally(name: str, seed: int, inputs: int) -> Tally:
    """What a reader makes of its inputs."""
    return run(READERS[name], seed, inputs)


def kept(reader: Reader, tally: Tally) -> Iterator[str]:
    """A line for each fault of a reader, which names the file with the smallest input that shows it."""
    for fault in tally.faults:
        data = smallest(reader, fault)
        path = KEPT / f"{reader.name.replace(' ', '-')}-{sha256(data).hexdigest()[:8]}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        yield f"{reader.name}: input {fault.number}: {fault.what}\n  {path} ({len(data):,} bytes): {data[:100]!r}"


def table(tally: Tally) -> str:
    """A line of the table."""
    return (
        f"{tally.name:<34}{tally.inputs:>9,}{tally.values:>9,}{tally.refused:>9,}{len(tally.faults):>7}"
        f"{tally.slowest:>11,.1f}{tally.seconds:>9,.1f}{tally.memory:>6}"
    )


def figure(tallies: Sequence[Tally], seconds: float) -> str:
    """All readers in a sentence."""
    inputs, values, refused = (sum(getattr(one, name) for one in tallies) for name in ("inputs", "values", "refused"))
    return (
        f"{len(tallies)} readers, {inputs:,} inputs in {seconds:,.0f} s: {values:,} values, {refused:,} refusals,"
        f" {sum(len(one.faults) for one in tallies)} without an answer; at the most {max(one.slowest for one in tallies):,.0f} ms"
        f" and {max(one.memory for one in tallies)} MiB"
    )


def main() -> int:
    """Read what was asked for; 1 when something got no answer."""
    parser = argparse.ArgumentParser(description="Hands odd inputs to every reader of bytes from outside.")
    parser.add_argument("readers", nargs="*", help="names of readers or words of them; all readers unless told")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000), help="what inputs are made of")
    parser.add_argument("--inputs", type=int, default=LONG_RUN, help="inputs for each reader")
    parser.add_argument("--json", action="store_true", help="a line of JSON for each reader in place of the table")
    asked = parser.parse_args()
    names = [name for name in READERS if not asked.readers or is_asked(name, asked.readers)]
    if not asked.json:
        print(f"seed {asked.seed}; each input has {SECONDS:.0f} s of the processor and {MEMORY >> 20} MiB")
        print(
            f"{'reader':<34}{'inputs':>9}{'values':>9}{'refused':>9}{'faults':>7}{'slowest ms':>11}{'seconds':>9}{'MiB':>6}"
        )
    began, tallies = time.monotonic(), list[Tally]()
    for tally in tallied(names, asked.seed, asked.inputs):
        tallies.append(tally)
        lines = list(kept(READERS[tally.name], tally))
        if asked.json:
            print(json.dumps({**asdict(tally), "faults": lines}), flush=True)
        else:
            print("\n".join((table(tally), *lines)), flush=True)
    if tallies and not asked.json:
        print(figure(tallies, time.monotonic() - began))
    return 1 if not tallies or any(one.faults for one in tallies) else 0


if __name__ == "__main__":
    sys.exit(main())
