"""Hands every document of two sites to verifiers that we did not write, and everything that is wrong with them: `make interop`.

The table has a line for each document and a column for each judge. It ends with 0 when every judge said what is right.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import everything
import worlds
from blazon import publishing
from blazon.diagnostics import BlazonError, Report
from blazon.keys import DEMO_SEED, Secret
from blazon.lookup import Given
from blazon.opened import open_program
from blazon.order import Order
from blazon.outcome import Verdict
from blazon.verify import overall, verify
from blazon.vocabulary import EXTENSIONS_CONTEXT, RECORDS_CONTEXT
from worlds import EXPIRED, GOOD, JUDGES, NOW, REFUSED, REVOKED, Case, Site, World

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
# Contexts that no package of Node's carries, by their files in openbadgeslib.
CONTEXTS = {RECORDS_CONTEXT: "clr_context_2.0.1.json", EXTENSIONS_CONTEXT: "ob-v3p0-extensions.json"}

# How each judge is run; the folder of environments is the one that make prepares.
COMMANDS = {
    ("DB", "DCC"): ["node", str(HERE / "node" / "judge.mjs")],
    ("OBL",): [sys.executable, str(HERE / "openbadgeslib_judge.py")],
    ("OB2py", "bakery"): [str(ROOT / ".venv" / "openbadges" / "bin" / "python"), str(HERE / "openbadges_judge.py")],
}

Verdicts = dict[tuple[str, str], tuple[str, str]]
"""Verdict and reason by case and judge."""


def main() -> int:
    """Build, judge, and print the table."""
    with tempfile.TemporaryDirectory(prefix="interop-") as place:
        work = Path(place)
        demo = _site("demo", ROOT, (Secret(DEMO_SEED),), work / "demo")
        everything.write(work / "program")
        rich = _site("everything", work / "program", everything.SECRETS, work / "everything")
        _issue(work)
        found = (
            demo.world(),
            rich.world(),
            worlds.foreign(work),
            worlds.bazaar(work),
            *worlds.twins(demo, work / "twins"),
        )
        return _told([(world, _judged(world, work)) for world in found])


def _site(name: str, root: Path, secrets: Sequence[Secret], target: Path) -> Site:
    """A program, built as `blazon build` does it."""
    order = Order(root, target, everything.TODAY if name == "everything" else date(2026, 11, 26))
    built = publishing.build(order, lambda: secrets, lambda _: None)
    if built.program is None or built.changes is None:
        raise BlazonError(f"{name} cannot be built: {[one.as_text() for one in built.report]}")
    _, opened = open_program(root, Report(), order.today)
    assert opened is not None
    return Site(name, target, opened.program, opened.plan)


def _issue(work: Path) -> None:
    """Let other libraries issue badges of their own."""
    for name, command in (
        ("obl", [sys.executable, str(HERE / "openbadgeslib_issue.py")]),
        ("db", ["node", str(HERE / "node" / "issue.mjs")]),
    ):
        (work / name).mkdir()
        subprocess.run([*command, str(work / name)], check=True, stdout=subprocess.DEVNULL)


def _judged(world: World, work: Path) -> Verdicts:
    """What every judge says about every case of a world."""
    book = work / "cases.json"
    book.write_text(json.dumps(_book(world)), "utf-8")
    found: Verdicts = {(case.name, "blazon"): _ours(world, case) for case in world.cases if "blazon" in case.expects()}
    for judges, command in COMMANDS.items():
        if not any(judge in case.expects() for case in world.cases for judge in judges):
            continue
        ran = subprocess.run(
            [*command, str(book)], check=True, capture_output=True, text=True, env={**os.environ, "NO_COLOR": "1"}
        )
        for line in map(json.loads, ran.stdout.splitlines()):
            found[line["case"], line["judge"]] = line["verdict"], line["told"]
    return found


def _book(world: World) -> Mapping[str, object]:
    """A world as judges read it."""
    library = find_spec("openbadgeslib")
    assert library is not None
    assert library.origin is not None
    contexts = Path(library.origin).parent / "ob3" / "contexts"
    return {
        "now": NOW.isoformat().replace("+00:00", "Z"),
        "documents": {address: str(path) for address, path in world.documents.items()},
        "contexts": {address: str(contexts / name) for address, name in CONTEXTS.items()},
        "cases": [case.entry() for case in world.cases],
    }


def _ours(world: World, case: Case) -> tuple[str, str]:
    """What our own verifier says."""
    sources = Given({address: path.read_bytes() for address, path in world.documents.items()})
    outcomes = verify(case.file.read_bytes(), sources, NOW)
    wrong = [one for one in outcomes if one.verdict is not Verdict.PASSED]
    told = "; ".join(f"{one.verdict} {one.step}: {one.sentence}" for one in wrong)
    if overall(outcomes) is Verdict.PASSED:
        return GOOD, "every step passed"
    failed = [one for one in wrong if one.verdict is Verdict.FAILED]
    if any(one.step == "status" for one in failed):
        return REVOKED, told
    return (EXPIRED if failed and all("expired on" in one.sentence for one in failed) else REFUSED), told


def _told(found: Iterable[tuple[World, Verdicts]]) -> int:
    """Print the table; 1 when a judge said something else than what is right, or nothing."""
    wrong: list[str] = []
    number = verdicts = 0
    print(f"{'':76}", *(f"{judge:8}" for judge in JUDGES))
    for world, said in found:
        for case in world.cases:
            number += 1
            row, complaints = _row(case, said)
            verdicts += sum(bool(one.strip()) for one in row)
            wrong += complaints
            print(f"{case.name:76}", *row)
    print("* known: this judge does not look at that, or the form says less to it than to others")
    print(f"{number} documents, {verdicts} verdicts, {len(wrong)} of them not as expected")
    print(*wrong, sep="\n", end="\n" if wrong else "")
    return 1 if wrong else 0


def _row(case: Case, said: Verdicts) -> tuple[list[str], list[str]]:
    """The verdicts on a case in the order of the columns, and what is not right about them."""
    row, wrong = [], []
    expected = case.expects()
    for judge in JUDGES:
        verdict, told = said.get((case.name, judge), ("", "said nothing"))
        right = expected.get(judge, "")
        known = "*" if verdict and verdict == right != case.expected else ""
        row.append(f"{verdict + known:8}")
        if verdict != right:
            wrong.append(
                f"{case.name}: {judge} says {verdict or 'nothing'} where {right or 'nothing'} is right: {told}"
            )
    return row, wrong


if __name__ == "__main__":
    sys.exit(main())
