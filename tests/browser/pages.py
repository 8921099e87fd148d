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
import strangers
from blazon import folder, lookup, publishing
from blazon.keys import DEMO_SEED, Secret
from blazon.order import Order
from blazon.outcome import Verdict, overall
from blazon.verify import verify

CORPUS = Path(__file__).parents[1] / "corpus"
ACADEMY = Path(__file__).parents[1] / "golden" / "academy" / "site"
READER = Path(__file__).parent / "reader.mjs"
ROOT = Path(__file__).parents[2]
DEMO = "https://riverbend.example/badges/"
GOOD = {"valid", "expiring"}
UNCHECKED = "unchecked"

# The state that the verify page of the corpus's own issuer tells of each of these cases.
TOLD = {
    "an award": "valid",
    "an award in a PNG": "valid",
    "an award in an SVG": "valid",
    "an award of an endorsed badge": "valid",
    "an award that ends this second": "expiring",
    "H20 begins in an hour": "not-yet",
    "H20 expired a second ago": "expired",
    "H22 withdrawn by its list": "withdrawn",
    "H22 on hold": "on-hold",
    "H35 altered, expired and withdrawn at once": "altered",
    "H2 a field changed": "altered",
    "H3 no proof": "altered",
    "H27 another PNG": "other-picture",
    "H27 another SVG": "other-picture",
    "H29 an identity elsewhere": "untrusted",
    "H36 the key was taken out (keys)": "untrusted",
    "a key that was revoked before it signed (keys)": "untrusted",
    "an endorsement changed": "untrusted",
    "a key that was revoked after it signed (keys)": "unsure",
    "missing (keys)": "unknown-issuer",
    "an issuer who is a key": "unknown-issuer",
    "an issuer who is an address": "unknown-issuer",
    "H23 missing (list)": "unreachable",
    "H24 altered (list)": "unreachable",
    "H11 another context": "unknown-form",
    "version 2 alone": "unknown-form",
    "the original of version 2: missing": "unsure",
    "H31 NaN": "unreadable",
    "nothing inside": "unreadable",
    "I4 __proto__": "unreadable",
}


@dataclass(frozen=True, slots=True)
class Case:
    """What is opened where, and the states that are right."""

    name: str
    asked: dict[str, Any]
    states: set[str]
    silent: bool = False  # whether nothing on the page may be a verdict


LEAST_TEXT = 500
VERDICTS = ("This badge is valid", "Valid until", "The signature is right", "verified", "Verified", "genuine")


def main() -> None:
    """Prints a line for each page that says something else than it should, and how many there were; ends with 1 then."""
    with tempfile.TemporaryDirectory(prefix="pages-") as place:
        work = Path(place)
        everything.write(work / "program")
        rich, demo = work / "rich", work / "demo"
        _build(work / "program", rich, everything.SECRETS, everything.TODAY)
        _build(ROOT, demo, (Secret(DEMO_SEED),), date(2026, 11, 26))
        cases = [*_awards(rich), *_surroundings(rich), *_demo(demo), *_corpus(), *_places(rich, work)]
        asked = "\n".join(json.dumps(case.asked) for case in cases)
        ran = subprocess.run(["node", str(READER)], input=asked, stdout=subprocess.PIPE, text=True, check=True)
        answers = list(map(json.loads, ran.stdout.splitlines()))
    wrong = 0
    for case, answer in zip(cases, answers, strict=True):
        told = [] if case.asked["at"] == "file:" else answer["told"]  # from disk a browser refuses fonts
        claims = _claims(answer["text"]) if case.silent else []
        right = (answer["state"] or UNCHECKED) in case.states and answer.get("inert", True)
        if not right or answer["outside"] or told or claims:
            wrong += 1
            print(f"{case.name}: {answer}; right would be {sorted(case.states)}")
    print(f"{len(cases)} pages opened, {wrong} said something else than they should")
    sys.exit(bool(wrong))


def _claims(text: str) -> list[str]:
    """The verdicts in the text of a page, or that there was no page to read."""
    return [one for one in VERDICTS if one in text] if len(text) > LEAST_TEXT else ["nothing to read"]


def _build(root: Path, target: Path, secrets: Any, today: date) -> None:
    """A program, built as `blazon build` does it."""
    built = publishing.build(Order(root, target, today), lambda: secrets, lambda _: None)
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


def _good(site: Path) -> Path:
    """The folder of an award that passes, with a list and pictures."""
    sources = lookup.published(folder.reader(site))
    return next(
        path.parent
        for path in sorted(site.glob("awards/*/credential.json"))
        if overall(verify(path.read_bytes(), sources, datetime.now(UTC))) is Verdict.PASSED
        and "data-told=" not in (path.parent / "index.html").read_text("utf-8")
        and b"credentialStatus" in path.read_bytes()
        and (path.parent / "badge.png").exists()
    )


def _surroundings(site: Path) -> Iterator[Case]:
    """One good award in bad surroundings, and what the verify page makes of files and addresses."""
    base, good = _base(site), _good(site)
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


def _corpus() -> Iterator[Case]:
    """Badges of the corpus, chosen on the verify page of their own issuer with the documents around them."""
    entries = {entry["name"]: entry for entry in json.loads((CORPUS / "cases.json").read_bytes())}
    base = _base(ACADEMY)
    everywhere = {url.removeprefix(base) for entry in entries.values() for url in entry["documents"]}
    for name, state in TOLD.items():
        entry, documents = entries[name], dict.fromkeys(everywhere)
        documents |= {
            url.removeprefix(base): b64encode((CORPUS / path).read_bytes()).decode()
            for url, path in entry["documents"].items()
        }
        asked = {"at": base, "root": str(ACADEMY), "page": "verify/", "now": entry["now"], "changed": documents}
        yield Case(f"corpus: {name}", {**asked, "file": str(CORPUS / entry["badge"])}, {state})


def _places(site: Path, work: Path) -> Iterator[Case]:
    """Browsers that lack something, frames, pages without scripts, and names that are code (I2, I3, I5)."""
    base, good = _base(site), _good(site)
    page, here = f"awards/{good.name}/", {"at": base, "root": str(site)}
    for lacking in ("ed25519", "crypto"):
        yield Case(f"a browser without {lacking}", {**here, "page": page, "without": lacking}, GOOD)
        chosen = {**here, "page": "verify/", "without": lacking, "file": str(good / "badge.png")}
        yield Case(f"a chosen picture in a browser without {lacking}", chosen, GOOD)
    for where in (page, f"verify/?award={good.name}"):
        yield Case(f"{where} in a frame", {**here, "page": where, "framed": True}, {UNCHECKED}, silent=True)
        yield Case(f"{where} without scripts", {**here, "page": where, "quiet": True}, {UNCHECKED}, silent=True)
    waiting = {**here, "page": "verify/", "file": str(good / "badge.png"), "slow": "did.json"}
    yield Case("while nobody answers", waiting, {"checking"})
    code = "<img src=x onerror='ran=1'><script>ran=1</script>"
    named = work / "named.json"
    named.write_bytes(strangers.text(strangers.award(strangers.put(code, "credentialSubject", "achievement", "name"))))
    academy = {"at": _base(ACADEMY), "root": str(ACADEMY), "page": "verify/", "now": "2026-11-23T12:00:00Z"}
    yield Case("I2 a name that is code", {**academy, "file": str(named)}, {"valid"})


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
