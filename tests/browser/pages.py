"""Opens award and verify pages in headless Chromium, in good and in bad surroundings, and compares what they say: `make judges`."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import everything
from blazon import folder, lookup, publishing
from blazon.keys import DEMO_SEED, Secret
from blazon.outcome import Verdict, overall
from blazon.verify import verify

READER = Path(__file__).parent / "reader.mjs"
ROOT = Path(__file__).parents[2]
DEMO = "https://riverbend.example/badges/"
GOOD = {"valid", "expiring"}
UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Case:
    """What is opened where, and the states that are right."""

    name: str
    asked: dict[str, Any]
    states: set[str]


def main() -> None:
    """Prints a line for each page that says something else than it should, and how many there were; ends with 1 then."""
    with tempfile.TemporaryDirectory(prefix="pages-") as place:
        work = Path(place)
        everything.write(work / "program")
        rich, demo = work / "rich", work / "demo"
        _build(work / "program", rich, everything.SECRETS, everything.TODAY)
        _build(ROOT, demo, (Secret(DEMO_SEED),), date(2026, 11, 26))
        cases = [*_awards(rich), *_surroundings(rich), *_demo(demo)]
        asked = "\n".join(json.dumps(case.asked) for case in cases)
        ran = subprocess.run(["node", str(READER)], input=asked, capture_output=True, text=True, check=True)
        answers = list(map(json.loads, ran.stdout.splitlines()))
    wrong = 0
    for case, answer in zip(cases, answers, strict=True):
        told = [] if case.asked["at"] == "file:" else answer["told"]  # from disk a browser refuses fonts
        if (answer["state"] or UNCHECKED) not in case.states or answer["outside"] or told:
            wrong += 1
            print(f"{case.name}: {answer}; right would be {sorted(case.states)}")
    print(f"{len(cases)} pages opened, {wrong} said something else than they should")
    sys.exit(bool(wrong))


def _build(root: Path, target: Path, secrets: Any, today: date) -> None:
    """A program, built as `blazon build` does it."""
    built = publishing.build(publishing.Order(root, target, today), lambda: secrets, lambda _: None)
    if built.changes is None:
        sys.exit("\n".join(one.as_text() for one in built.report))


def _base(site: Path) -> str:
    """The address of a built site, as its own page tells it."""
    text = next((site / "static").glob("issuer.*.js")).read_text("utf-8")
    return str(json.loads(text.partition("=")[2].rstrip(";\n"))["base"])


def _awards(site: Path) -> Iterator[Case]:
    """Every award's page at its own address says what `verify` says of its credential."""
    base, sources = _base(site), lookup.published(folder.reader(site))
    for path in sorted(site.glob("awards/*/credential.json")):
        page = path.parent / "index.html"
        verdict = overall(verify(path.read_bytes(), sources, datetime.now(UTC)))
        told = "data-told=" in page.read_text("utf-8")
        good = {"recorded"} if told else GOOD
        states: set[str] = {
            Verdict.PASSED: good,
            Verdict.FAILED: {"recorded", "withdrawn", "on-hold", "expired", "not-yet"}
            - (set() if told else {"recorded"}),
            Verdict.UNDECIDED: set(),
        }[verdict]
        yield Case(
            f"award {path.parent.name}", {"at": base, "root": str(site), "page": f"awards/{path.parent.name}/"}, states
        )


def _surroundings(site: Path) -> Iterator[Case]:
    """One good award in bad surroundings, and what the verify page makes of files and addresses."""
    base, sources = _base(site), lookup.published(folder.reader(site))
    good = next(
        path.parent
        for path in sorted(site.glob("awards/*/credential.json"))
        if overall(verify(path.read_bytes(), sources, datetime.now(UTC))) is Verdict.PASSED
        and "data-told=" not in (path.parent / "index.html").read_text("utf-8")
        and b"credentialStatus" in path.read_bytes()
        and (path.parent / "badge.png").exists()
    )
    page, here = f"awards/{good.name}/", {"at": base, "root": str(site)}
    html = (good / "index.html").read_bytes()
    lists = sorted(path.relative_to(site).as_posix() for path in site.glob("status/*"))
    other = next(path for path in sorted(site.glob("awards/*/index.html")) if path.parent != good)

    def changed(name: str, states: set[str], **files: bytes | bytearray | None) -> Case:
        told = {path: data if data is None else b64encode(data).decode() for path, data in files.items()}
        return Case(name, {**here, "page": page, "changed": told, "patience": 6000}, states)

    flipped = {path: _flipped(bytearray((site / path).read_bytes())) for path in lists}
    yield changed("its list is gone", {"unreachable"}, **dict.fromkeys(lists))
    yield changed("a bit of its list is flipped", {"unreachable"}, **flipped)
    yield changed("its key document is gone", {"unknown-issuer"}, **dict.fromkeys(["did.json", ".well-known/did.json"]))
    yield changed("a word of its credential is changed", {"altered"}, **{f"{page}index.html": _reworded(html)})
    yield changed("its page is that of another award", {"another"}, **{f"{page}index.html": other.read_bytes()})
    renamed = html.replace(b"<h1><bdi>", b"<h1><bdi>Best of ", 1)
    yield changed("its page shows another name", {"another"}, **{f"{page}index.html": renamed})
    verifier = next((site / "static").glob("verifier.*.js")).relative_to(site).as_posix()
    yield changed("its verifier is gone", {UNCHECKED}, **{verifier: None})
    yield Case("a copy", {**here, "at": "https://copy.example/badges/", "page": page}, {"copy"})
    yield Case("from disk", {**here, "at": "file:", "page": f"{page}index.html"}, {"disk"})
    for name, chosen in (("credential.json", good), ("badge.png", good), ("badge.svg", good)):
        yield Case(f"a chosen {name}", {**here, "page": "verify/", "file": str(chosen / name)}, GOOD)
    yield Case("a chosen text", {**here, "page": "verify/", "file": str(ROOT / "LICENSE")}, {"unreadable"})
    for address, states in (
        (base + page, GOOD),
        (f"{base}{page}badge.png", GOOD),
        ("https://else.example/awards/x/", {"message"}),
        (f"{base}awards/none/", {"message"}),
    ):
        yield Case(f"the typed address {address}", {**here, "page": "verify/", "link": address}, set(states))
    yield Case("an award in the address", {**here, "page": f"verify/?award={good.name}"}, GOOD)


def _demo(site: Path) -> Iterator[Case]:
    """The demo never has good news, since everybody has its key."""
    for path in sorted(site.glob("awards/*/credential.json")):
        asked = {"at": DEMO, "root": str(site), "page": f"awards/{path.parent.name}/"}
        yield Case(f"demo award {path.parent.name}", asked, {"demo", "recorded"})


def _flipped(data: bytearray) -> bytearray:
    """A status list with one bit of its encoded list changed."""
    at = data.index(b'"encodedList"') + 40
    data[at] = data[at] ^ 1 if chr(data[at] ^ 1).isalnum() else data[at] ^ 2
    return data


def _reworded(html: bytes) -> bytes:
    """A page whose credential has another word in it."""
    start = html.index(b'id="credential"')
    return html[:start] + html[start:].replace(b'"description":"', b'"description":"Truly ', 1).replace(
        b'"description": "', b'"description": "Truly ', 1
    )


if __name__ == "__main__":
    main()
