"""Opens private awards in headless Chromium: with the right key, with others, and with a page that was changed: part of `make judges`."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from base64 import b64decode, b64encode
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sealing
from blazon import publishing
from blazon.keys import Secret
from blazon.order import Order

READER = Path(__file__).parent / "sealed.mjs"
STRINGS = Path(__file__).parents[2] / "themes" / "stitch" / "strings"
ANOTHER = "A" * 43


def main() -> None:
    """Open every case, and say what is not as it should be."""
    with tempfile.TemporaryDirectory() as place:
        cases = [case for language in ("en", "es", "ar") for case in _cases(Path(place), language)]
        told = "".join(f"{json.dumps(case['asked'])}\n" for case in cases)
        run = subprocess.run(["node", str(READER)], input=told, stdout=subprocess.PIPE, text=True, check=True)
        answers = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(answers) == len(cases)
    wrong = [
        f"{case['name']}: {why}" for case, found in zip(cases, answers, strict=True) for why in _faults(case, found)
    ]
    if wrong:
        sys.exit("\n".join(wrong))
    sys.stdout.write(f"private awards: {len(cases)} pages opened in Chromium, all as they should be\n")


def _cases(place: Path, language: str) -> list[dict[str, Any]]:
    """The cases of a program whose pages are in a language."""
    root = place / language
    key, award = sealing.program(root, language)
    order = Order(root, root / "dist", datetime.now(UTC).date())
    built = publishing.build(order, lambda: [Secret(sealing.SEED)], lambda _: None)
    assert built.changes is not None, [one.as_text() for one in built.report]
    page, base = f"awards/{award}/", "https://riverbend.example/badges/"
    html = (root / "dist" / page / "index.html").read_text("utf-8")
    box = bytearray(b64decode(re.search(r'id="sealed">"([^"]+)"<', html)[1]))  # type: ignore[index]  # it is there
    cases = []

    def add(name: str, expected: str, at: str = base, **asked: Any) -> None:
        told = {"at": at, "root": str(root / "dist"), "page": page, **asked}
        cases.append(
            {"name": f"{language}: {name}", "expected": expected, "key": key, "language": language, "asked": told}
        )

    add("the right key", "valid", key=key)
    add("the right key, later", "valid", late=key, wait=9000)
    add("from disk", "disk", "file:", key=key)
    add("no key", "closed", wait=1500)
    add("a heading's name for a key", "closed", key="main", wait=1500)
    add("another key", "wrong", key=ANOTHER)
    add("half a key", "wrong", key=key[:30])
    for position in (0, 30, len(box) // 2, len(box) - 1):
        other = bytearray(box)
        other[position] ^= 1
        changed = html.replace(b64encode(box).decode(), b64encode(other).decode())
        add(
            f"byte {position} changed",
            "wrong",
            key=key,
            changed={f"{page}index.html": b64encode(changed.encode()).decode()},
        )
    return cases


def _faults(case: dict[str, Any], found: dict[str, Any]) -> list[str]:
    """What is wrong with what a page showed."""
    texts, expected, key = (STRINGS / f"{case['language']}.yaml").read_text("utf-8"), case["expected"], case["key"]
    opened = expected in {"valid", "disk"}
    told = found["text"]
    secrets = [one for one in (sealing.NAME, "at Oxbow Hall") if one in told]
    checks = {
        f"the errors of the page, {found['told']}": found["told"] == [],
        "its language": found["lang"] == case["language"],
        "its width": not found["overflow"],
        "its state": (found["state"] == expected) if opened else found["state"] == "",
        "what it says of the key": found["wrong"] == (expected == "wrong")
        and bool(found["shown"]) == (expected == "wrong"),
        "the sentence about the key": expected != "wrong" or _text(texts, "wrong") in told,
        "the sentence of a closed page": opened or _text(texts, "text") in told,
        "what it keeps to itself": opened == bool(secrets) and opened == (sealing.NAME in found["title"]),
        "the key in a request": not any(key[:20] in text for text in found["asked"]),
        "the key in a link or a store": not any(key[:20] in text for text in (*found["links"], found["kept"])),
    }
    if expected == "valid":
        data = found["saved"].encode()
        checks["the key in the address after the skip link"] = found["after"].endswith(f"#{key}")
        checks["the saved credential"] = found["name"].endswith(".json") and json.loads(data)["id"].endswith(
            "/credential.json"
        )
    return [name for name, so in checks.items() if not so]


def _text(texts: str, name: str) -> str:
    """A sentence about private pages."""
    block = texts[texts.index("\nprivate:\n") :]
    return re.search(rf'^  {name}: "(.+)"$', block, re.MULTILINE)[1]  # type: ignore[index]  # it is there


if __name__ == "__main__":
    main()
