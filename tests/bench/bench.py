"""What our own work costs beside a peer and beside the floor, in one run: ratios, since machines differ.

Run with `make bench`. `--awards 1000 10000` chooses the sizes of the generated programs, `--signed 200` how many credentials are
signed in each round.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import Any

from nacl.signing import SigningKey

sys.path.insert(0, str(Path(__file__).parents[1]))

import stages

import generated
import judges
from blazon import base58, canon, files, ob3, pictures, proof, vouching
from blazon.address import lay_out
from blazon.cards import Cards
from blazon.diagnostics import Report
from blazon.keys import DEMO_SEED, Secret
from blazon.load import load
from blazon.ob3 import Digests
from blazon.render import Theme

ROUNDS = 5
ROOT = Path(__file__).parents[2]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--awards", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--signed", type=int, default=200)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        signing(Path(folder) / "signed", options.signed)
        drawing()
        builds(Path(folder), options.awards)
        by_stage(Path(folder), max(options.awards))


def signing(folder: Path, count: int) -> None:
    """Canonicalize and sign the same credentials by blazon and by PyLD with PyNaCl, in turns."""
    generated.write(folder, count)
    work = _documents(folder)
    documents = [document for document, _ in work]
    signer = Secret(DEMO_SEED).signer("did:web:riverbend.example:badges#demo")
    key = SigningKey(DEMO_SEED)
    created = datetime(2026, 1, 1, tzinfo=UTC)
    shown = proof.sign(documents[0], signer, created, work[0][1])
    _expect_equal(shown, documents[0], key)

    def ours() -> None:
        for document, prepared in work:
            proof.sign(document, signer, created, prepared)

    def whole() -> None:
        for document in documents:
            proof.sign(document, signer, created)

    canonical = [canon.canonicalize(document).encode() for document in documents]

    def floor() -> None:
        for text in canonical:
            key.sign(sha256(text).digest() * 2)

    few = documents[: max(20, count // 10)]

    def peer() -> None:
        for document in few:
            _peer_sign(document, shown["proof"], key)

    timed = {
        "blazon, badge prepared once": (ours, count),
        "blazon, each document whole": (whole, count),
        "PyLD + PyNaCl": (peer, len(few)),
        "floor: SHA-256 + Ed25519": (floor, count),
    }
    costs = _interleaved(timed)
    base = costs["blazon, badge prepared once"]
    print(
        f"canonicalize + sign, {count} credentials of {len(canon.canonicalize(documents[0]).splitlines())} statements"
    )
    for name, cost in costs.items():
        print(f"  {name:30} {1 / cost:9,.0f} awards/s   {cost / base:7.2f} x")


def drawing() -> None:
    """Draw the pictures of badges, and their social cards, each anew."""
    program = load(files.read_tree(ROOT, Report()), Report())
    assert program is not None
    theme = files.read_theme(ROOT / "themes", "stitch")
    laid_out = Cards(program, theme, Theme(theme).words)
    badges = list(program.achievements.values())[:4]
    art = {one.slug: pictures.draw(one.slug, one.kind, 0, one.art).png for one in badges}

    def draw() -> None:
        pictures.draw.cache_clear()
        for one in badges:
            pictures.draw(one.slug, one.kind, 0, one.art)

    def draw_cards() -> None:
        pictures.draw_card.cache_clear()
        for one in badges:
            pictures.draw_card(laid_out.of(one), art[one.slug])

    costs = _interleaved({"a badge's picture": (draw, len(badges)), "its social card": (draw_cards, len(badges))})
    print(f"pictures of {len(badges)} badges")
    base = costs["a badge's picture"]
    for name, cost in costs.items():
        print(f"  {name:30} {cost * 1000:9.1f} ms a badge   {cost / base:5.2f} x")


def builds(folder: Path, sizes: list[int]) -> None:
    """Build generated programs of several sizes with the command itself; peak memory is the process's own."""
    print("whole build (read, check, sign, bake, render, write)")
    first = 0.0
    for size in sizes:
        root = folder / f"program-{size}"
        generated.write(root, size)
        runs = [_built(root, folder / f"site-{size}-{turn}") for turn in range(3 if size <= min(sizes) else 1)]
        seconds = statistics.median(run[0] for run in runs)
        peak = max(run[1] for run in runs)
        each = seconds / size
        first = first or each
        print(
            f"  {size:7,} awards   {each * 1000:7.2f} ms an award   {each / first:5.2f} x   peak {peak / 1024:6.0f} MiB"
        )


def by_stage(folder: Path, size: int) -> None:
    """Where the time of the largest build goes. Pages of awards are rendered per award, all others per badge, earner or site."""
    seconds = stages.measure(folder / f"program-{size}", folder / "by-stage")
    whole = sum(seconds.values())
    print(f"by stage, {size:,} awards, {whole / size * 1000:.2f} ms an award with the clock running")
    for stage, spent in seconds.items():
        print(f"  {stage:34} {spent / size * 1000:7.3f} ms an award   {spent / whole:5.1%}")
    rendering = sum(spent for stage, spent in seconds.items() if stage.startswith("render"))
    print(f"  {'rendering in all':34} {rendering / size * 1000:7.3f} ms an award   {rendering / whole:5.1%}")


def _built(root: Path, target: Path) -> tuple[float, int]:
    """Seconds and peak KiB of one build."""
    command = [sys.executable, "-m", "blazon", "-q", "-C", str(root), "build", "-o", str(target)]
    start = perf_counter()
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0, "the build failed"
    return perf_counter() - start, usage.ru_maxrss


def _documents(folder: Path) -> list[tuple[dict[str, object], tuple[canon.Prepared, canon.Prepared]]]:
    """The unsigned credentials of a generated program, each with what it shares with others of its badge."""
    report = Report()
    program = load(files.read_tree(folder, report), report)
    assert program is not None, list(report)
    plan = lay_out(program, report)
    assert not report.failed, [one.as_text() for one in report]
    issuer = ob3.profile(plan, vouching.issuer_at(program.settings.issuer, None))
    nodes = {slug: ob3.achievement(plan, one, "en") for slug, one in program.achievements.items()}
    shared = canon.prepare(issuer, ob3.CONTEXT, "issuer")
    prepared = {slug: (shared, canon.prepare(node, ob3.CONTEXT, "achievement")) for slug, node in nodes.items()}
    digests = Digests("aa" * 32, "bb" * 32)
    return [
        (
            ob3.credential(
                plan,
                award,
                program.achievement_of(award),
                issuer,
                nodes[award.achievement],
                digests,
                "cc" * 32,
            ),
            prepared[award.achievement],
        )
        for award in program.awards
    ]


def _peer_sign(document: Mapping[str, Any], proofs: Any, key: SigningKey) -> bytes:
    """The signature over a document by PyLD and PyNaCl."""
    options = {name: value for name, value in proofs[0].items() if name != "proofValue"}
    configuration = judges.pyld_canonical({"@context": document["@context"], **options})
    payload = sha256(configuration.encode()).digest() + sha256(judges.pyld_canonical(document).encode()).digest()
    return key.sign(payload).signature


def _expect_equal(credential: Mapping[str, Any], document: Mapping[str, Any], key: SigningKey) -> None:
    """Stop when the peer would sign something else: a ratio between different works says nothing."""
    value = "z" + base58.encode(_peer_sign(document, credential["proof"], key))
    assert credential["proof"][0]["proofValue"] == value


def _interleaved(timed: Mapping[str, tuple[Callable[[], None], int]]) -> dict[str, float]:
    """The median seconds for one award of each work, all of them run in turns."""
    seconds: dict[str, list[float]] = {name: [] for name in timed}
    for _ in range(ROUNDS):
        for name, (work, count) in timed.items():
            start = perf_counter()
            work()
            seconds[name].append((perf_counter() - start) / count)
    return {name: statistics.median(times) for name, times in seconds.items()}


if __name__ == "__main__":
    main()
