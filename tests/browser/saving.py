"""Saves pictures from award pages of sites without baked ones in headless Chromium, and compares them with a baked build: part of `make judges`."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import demobook
import everything
from blazon import folder, lookup, publishing
from blazon.keys import DEMO_SEED, Secret
from blazon.order import Order
from blazon.outcome import Verdict, overall
from blazon.verify import verify

HERE = Path(__file__).parent
SAVER, READER = HERE / "saver.mjs", HERE / "reader.mjs"
DEMO = "https://riverbend.example/badges/"
OFFERED = re.compile(r'id="bake" [^>]*data-name="([^"]+)"')
KINDS = ("png", "svg")
SAVED, FAILED, DISK, NONE = "made", "failed", "disk", ""


@dataclass(frozen=True, slots=True)
class Case:
    """What is asked for where; which of a page's own sentences is right about it, and the picture that is right, if any."""

    name: str
    asked: dict[str, Any]
    said: str
    right: bytes = b""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Twins:
    """The site of a program without baked pictures and the one with them, which both answer at one address."""

    base: str
    bare: Path
    baked: Path
    offered: dict[str, str] = field(default_factory=dict)

    def case(self, name: str, page: str, kind: str, said: str = SAVED, **asked: Any) -> Case:
        """A picture that is asked for on an award's page."""
        told = {"at": self.base, "root": str(self.bare), "page": page, "kind": kind, **asked}
        if said != SAVED:
            return Case(f"{name}, {kind}", told, said)
        right = (self.baked / page / f"badge.{kind}").read_bytes()
        return Case(f"{name}, {kind}", told, said, right, f"{self.offered[page]}.{kind}")


def main() -> None:
    """Prints a line for each picture that is not as it should be, and how many there were; ends with 1 then."""
    with tempfile.TemporaryDirectory(prefix="saving-") as place:
        work = Path(place)
        rich = _rich(work / "rich")
        cases = [*_every(rich), *_bad_hosts(rich)]
        for language in ("es", "ar"):
            cases += _some(_demo(work / language, language), language)
        answers = _answers(SAVER, [case.asked for case in cases])
        wrong = [
            f"{case.name}: {why}" for case, found in zip(cases, answers, strict=True) for why in _faults(case, found)
        ]
        wrong += _unverified(rich, cases, work)
    print(
        "\n".join(
            (*wrong, f"{len(cases)} pictures asked for on award pages, {len(wrong)} things were not as they should be")
        )
    )
    sys.exit(bool(wrong))


def _rich(work: Path) -> Twins:
    """The program that uses everything."""
    everything.write(work)
    return _twins(work, everything.BASE, everything.SECRETS, everything.TODAY)


def _demo(work: Path, language: str) -> Twins:
    """The demo in a language."""
    return _twins(demobook.translated(work, language), DEMO, (Secret(DEMO_SEED),), date(2026, 11, 26))


def _twins(root: Path, base: str, secrets: Any, today: date) -> Twins:
    """Both sites of a program."""
    settings = root / "content/site.yaml"
    text = re.sub(r'(?m)^"?pictures"?:.*\n', "", settings.read_text("utf-8"))
    for choice in ("baked", "on-demand"):
        settings.write_text(f"{text}\npictures: {choice}\n", "utf-8")
        built = publishing.build(Order(root, root / choice, today), lambda: secrets, lambda _: None)
        assert built.changes is not None, [one.as_text() for one in built.report]
    bare = root / "on-demand"
    pages = ((path, OFFERED.search(path.read_text("utf-8"))) for path in sorted(bare.glob("awards/*/index.html")))
    return Twins(
        base, bare, root / "baked", {f"awards/{path.parent.name}/": found[1] for path, found in pages if found}
    )


def _every(twins: Twins) -> Iterator[Case]:
    """Every third award in both kinds: what each of them bakes is compared where no browser is needed."""
    for page, name in list(twins.offered.items())[::3]:
        yield from (twins.case(name, page, kind) for kind in KINDS)


def _some(twins: Twins, language: str) -> Iterator[Case]:
    """Two awards of a site in another language, on a telephone in the dark, and without a script."""
    for page in list(twins.offered)[:2]:
        yield from (twins.case(language, page, kind, width=320, dark=True) for kind in KINDS)
        yield twins.case(f"{language}, no script", page, "png", NONE, quiet=True)


def _bad_hosts(twins: Twins) -> Iterator[Case]:
    """A host that has not what the page needs, or something else in its place; a disk; a browser without scripts."""
    page = next(iter(twins.offered))
    html = (twins.bare / page / "index.html").read_text("utf-8")
    assertion = f"{page}assertion.json"
    verifier = next(twins.bare.glob("static/verifier.*.js")).relative_to(twins.bare).as_posix()
    withdrawn = b64encode(b'{"revoked":true}').decode()
    for kind in KINDS:
        picture = re.search(rf'data-{kind}="(?:\.\./)+([^"]+)"', html)[1]  # type: ignore[index]  # the page offers both
        own = (twins.bare / picture).read_bytes()
        others = (path.read_bytes() for path in sorted(twins.bare.glob(f"badges/*/badge.{kind}")))
        other = b64encode(next(data for data in others if data != own)).decode()
        for name, changed in (
            ("the picture is gone", {picture: None}),
            ("another picture", {picture: other}),
            ("the assertion is gone", {assertion: None}),
            ("a page in place of the assertion", {assertion: b64encode(b"<!doctype html>").decode()}),
            ("withdrawn since", {assertion: withdrawn}),
            ("the verifier is gone", {verifier: None}),
        ):
            yield twins.case(name, page, kind, FAILED, changed=changed)
    yield twins.case("from disk", f"{page}index.html", "png", DISK, at="file:")
    yield twins.case("no script", page, "png", NONE, quiet=True)


def _answers(driver: Path, asked: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What a driver of the browser found, case by case."""
    text = "".join(f"{json.dumps(one)}\n" for one in asked)
    ran = subprocess.run(["node", str(driver)], input=text, stdout=subprocess.PIPE, text=True, check=True)
    return list(map(json.loads, ran.stdout.splitlines()))


def _faults(case: Case, found: dict[str, Any]) -> Iterator[str]:
    """What is wrong with what a page saved and said."""
    if found["outside"] or (found["told"] and case.said != DISK):  # from disk a browser refuses fonts
        yield f"it asked {found['outside']}, and the browser says {found['told']}"
    if b64decode(found["data"]) != case.right or found["name"] != case.file:
        yield f"it saved {len(found['data'])} letters as {found['name']!r}"
    if found["sentence"] != case.said:
        yield f"it said {found['status']!r}"
    if (found["buttons"] > 0) != (case.said in (SAVED, FAILED)) or not found["link"]:
        yield f"it has {found['buttons']} buttons, and the link {found['link']!r}"


def _unverified(twins: Twins, cases: list[Case], work: Path) -> Iterator[str]:
    """The saved pictures that the site which lacks them does not find good: on its own verify page, and by the command."""
    sources, now = lookup.published(folder.reader(twins.bare)), datetime.now(UTC)
    good = [one for one in cases if one.right and overall(verify(one.right, sources, now)) is Verdict.PASSED]
    bad = [one for one in cases if one.right and one.asked["at"] == twins.base and one not in good]
    for one in bad:
        baked = lookup.published(folder.reader(twins.baked))
        if overall(verify(one.right, baked, now)) is Verdict.PASSED:
            yield f"{one.name}: good on a baked site only"
    chosen = good[:: max(1, len(good) // 6)]
    assert chosen
    asked = []
    for one in chosen:
        path = work / one.file
        path.write_bytes(one.right)
        asked.append({"at": twins.base, "root": str(twins.bare), "page": "verify/", "file": str(path)})
    for one, found in zip(chosen, _answers(READER, asked), strict=True):
        if found["state"] not in ("valid", "expiring"):
            yield f"{one.name}, chosen on the verify page: {found}"


if __name__ == "__main__":
    main()
