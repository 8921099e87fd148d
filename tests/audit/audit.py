"""Reads every page of the demo as people and machines get it, in each language, and of programs that are hard to show: `make audit`.

The table has a line for each type of page and a column for each check; each finding stands below it with its page, rule and
place. It ends with 0 when there is none. SHOTS=folder keeps pictures, SITES=en,one reads those programs alone.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

import demobook
import sitelinks
from blazon.serving import Server

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CHROMIUM = "/usr/bin/chromium"
READERS = 2

CHECKS = (
    "html",
    "links",
    "axe",
    "reflow",
    "spacing",
    "scripts off",
    "requests",
    "cookies",
    "console",
    "weight",
    "shift",
    "print",
)

# The types of pages by their addresses; the first that fits counts.
KINDS = {
    "home": r"index\.html",
    "filter": r"badges/(kind|skill|subject)/.+",
    "catalogue": r"badges/index\.html",
    "translation": r"badges/[^/]+/[^/]+/index\.html",
    "badge": r"badges/.+",
    "certificate": r"awards/[^/]+/certificate/.+",
    "embed": r"awards/[^/]+/embed/.+",
    "share": r"awards/[^/]+/share/.+",
    "award": r"awards/.+",
    "earners": r"earners/index\.html",
    "earner": r"earners/.+",
    "pathways": r"pathways/index\.html",
    "pathway": r"pathways/.+",
    "verify": r"verify/.+",
    "claim": r"claim/.+",
    "review": r"review/.+",
    "about": r"about/.+",
    "docs": r"docs/.+",
    "404": r"404\.html",
    "other": r".+",
}

# What a first visit may weigh in bytes, as files are on disk (docs/decisions, "How a page is weighed"): what readers get, the same
# with the signed credential that stands in an award's document, and what readers get by what a browser asks for.
READERS_GET = 71_680
WITH_CREDENTIAL = 81_920
LIMITS = {"document": 20_480, "stylesheet": 14_336, "script": 8_192}
SHEETS = {"award": 2, "certificate": 1}
SHIFT = 0.01
_ICON = re.compile(r'<link rel="icon" href="((?!/)[^"]+)"')
_CREDENTIAL = re.compile(rb'<script type="application/json" id="(?:credential|sealed)">(.*?)</script>', re.DOTALL)

# Pages of one type are made by one template: beyond the first few of a site, which are read in all sizes and schemes, the others
# are read on a light phone, with and without scripts, at 320 pixels and with wide letters.
FEW = 4


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check says against one page."""

    site: str
    page: str
    check: str
    rule: str
    where: str
    said: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a site; `full` asks for all sizes, schemes and limits, `shots` for pictures whose names begin so."""

    site: str
    path: str
    kind: str
    file: Path
    address: str
    full: bool
    shots: str = ""

    def entry(self) -> dict[str, Any]:
        """The page as the readers in Node get it."""
        return {
            "site": self.site,
            "path": self.path,
            "file": str(self.file),
            "address": self.address,
            "full": self.full,
            "missing": self.kind == "404",
            "sheets": SHEETS.get(self.kind, 0) if self.full or self.kind == "certificate" else 0,
            "shots": self.shots,
        }


@dataclass(slots=True)
class Audit:
    """What was read and what was found."""

    pages: list[Page] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    heaviest: dict[str, tuple[int, str]] = field(default_factory=dict)
    """By type of page: the bytes of the heaviest first visit, and what they are made of."""


def main() -> int:
    """Build, read, and print what was found."""
    began = perf_counter()
    shots = os.environ.get("SHOTS", "")
    with tempfile.TemporaryDirectory(prefix="audit-") as place:
        chosen = [name for name in os.environ.get("SITES", "").split(",") if name]
        programs = [one for one in demobook.programs(Path(place)) if not chosen or one.name in chosen]
        if not programs:
            raise SystemExit(f"SITES names no program: {', '.join(chosen)}")
        sites = {one.name: built(one, Path(place)) for one in programs}
        audit = read(sites, Path(place), shots=Path(shots) if shots else None, full=demobook.LANGUAGES)
    print("\n".join(table(audit)))
    print(f"{len(audit.pages)} pages, {len(audit.findings)} findings in {perf_counter() - began:.0f} s")
    return 1 if audit.findings else 0


def built(program: demobook.Written, work: Path) -> Path:
    """The site of a program, built by the command."""
    target = work / "sites" / program.name
    command = [sys.executable, "-m", "blazon", "-q", "-C", str(program.root), "build", "-o", str(target)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise SystemExit(f"{program.name} cannot be built:\n{ran.stdout}{ran.stderr}")
    return target


def read(sites: Mapping[str, Path], work: Path, *, full: Iterable[str] = (), shots: Path | None = None) -> Audit:
    """Everything that is found in built sites, which are named; those of `full` are read in all sizes and schemes."""
    audit = Audit()
    with served(sites) as addresses:
        for name, folder in sites.items():
            seen: Counter[str] = Counter()
            for path in sorted(one.relative_to(folder).as_posix() for one in folder.rglob("*.html")):
                kind = kind_of(path)
                pictured = shots is not None and not seen[kind]
                seen[kind] += 1
                audit.pages.append(
                    Page(
                        site=name,
                        path=path,
                        kind=kind,
                        file=folder / path,
                        address=addresses[name] + _asked(path),
                        full=name in full and (kind == "award" or seen[kind] <= FEW),
                        shots=f"{shots}/{name}-{kind}" if pictured else "",
                    )
                )
        if shots is not None:
            shots.mkdir(parents=True, exist_ok=True)
        order = work / "order.json"
        book = {"chromium": CHROMIUM, "readers": READERS, "pages": [page.entry() for page in audit.pages]}
        order.write_text(json.dumps(book), "utf-8")
        for name, folder in sites.items():
            audit.findings += (Finding(name, *one) for one in sitelinks.broken(folder, base_of(folder)))
        for script in ("validity.mjs", "browser.mjs"):
            _heard(audit, script, order)
    return audit


def _asked(path: str) -> str:
    """How people ask for a page: by its folder; the page for what is not there, by something that is not there."""
    if path == "404.html":
        return "nothing/is/here/"
    return path.removesuffix("index.html")


def base_of(folder: Path) -> str:
    """The address of a built site, from the canonical address of its home page."""
    found = re.search(r'<link rel="canonical" href="([^"]+)"', (folder / "index.html").read_text("utf-8"))
    assert found is not None
    return found[1]


@contextmanager
def served(sites: Mapping[str, Path]) -> Iterator[Mapping[str, str]]:
    """The sites at their own paths on this machine: the address of each."""
    servers: dict[str, Server] = {}
    try:
        for name, folder in sites.items():
            servers[name] = Server(0, folder, reload=False)
            servers[name].stage.show((), urlsplit(base_of(folder)).path)
            threading.Thread(target=servers[name].serve_forever, daemon=True).start()
        yield {name: server.address for name, server in servers.items()}
    finally:
        for server in servers.values():
            server.shutdown()
            server.server_close()


def _heard(audit: Audit, script: str, order: Path) -> None:
    """What a reader in Node says, added to an audit."""
    command = ["node", str(HERE / script), str(order)]
    pages = {(page.site, page.path): page for page in audit.pages}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        for line in map(json.loads, process.stdout):
            if "figures" in line:
                _weighed(audit, pages[line["site"], line["page"]], line["figures"])
            else:
                audit.findings.append(Finding(**line))
    if process.returncode:
        raise SystemExit(f"{script} ended with {process.returncode}.")


def _weighed(audit: Audit, page: Page, figures: Mapping[str, Any]) -> None:
    """The figures of a page: what is beyond a limit is a finding, but for the weight of programs made to be too much."""
    parts: Counter[str] = Counter()
    for one in figures["weights"]:
        parts[one["kind"]] += one["bytes"]
    if signed := _signed(page.file):
        parts += Counter({"document": -signed, "credential": signed})
    parts["icon"] = _icon(page.file)
    total = parts.total()
    made = ", ".join(f"{name} {size:,}" for name, size in parts.most_common())

    def find(check: str, rule: str, said: str) -> None:
        audit.findings.append(Finding(page.site, page.path, check, rule, page.kind, said))

    if page.full:
        audit.heaviest[page.kind] = max(audit.heaviest.get(page.kind, (0, "")), (total, made))
        for name, most in LIMITS.items():
            if parts[name] > most and (name != "document" or page.kind == "award"):
                find("weight", name, f"{parts[name]:,} bytes of {most:,}")
        if page.kind == "award" and total - signed > READERS_GET:
            find("weight", "everything", f"{total - signed:,} bytes of {READERS_GET:,}: {made}")
        if page.kind == "award" and total > WITH_CREDENTIAL:
            find("weight", "with-credential", f"{total:,} bytes of {WITH_CREDENTIAL:,}: {made}")
    if figures["shift"] > SHIFT:
        find("shift", "layout-shift", f"{figures['shift']:.4f} of {SHIFT}")


def _signed(file: Path) -> int:
    """The bytes of the signed credential inside a page, 0 where there is none."""
    found = _CREDENTIAL.search(file.read_bytes())
    return len(found[1]) if found else 0


def _icon(file: Path) -> int:
    """The bytes of the icon that a browser shows in a page's tab; it asks once for each site, and not every time."""
    found = _ICON.search(file.read_text("utf-8"))
    return (file.parent / found[1]).stat().st_size if found else 0


def kind_of(path: str) -> str:
    """The type of a page by its path in the site."""
    return next(kind for kind, pattern in KINDS.items() if re.fullmatch(pattern, path))


def table(audit: Audit) -> Iterator[str]:
    """The findings by type of page and check, the heaviest page of each type, then each finding."""
    kinds = {(page.site, page.path): page.kind for page in audit.pages}
    pages = Counter(page.kind for page in audit.pages)
    counted = Counter((kinds.get((one.site, one.page), "other"), one.check) for one in audit.findings)
    yield " ".join(
        (f"{'type of page':<14}", f"{'pages':>5}", *(f"{check:>{_width(check)}}" for check in CHECKS), "  heaviest")
    )
    for kind in (kind for kind in KINDS if pages[kind]):
        cells = (f"{counted[kind, check] or '·':>{_width(check)}}" for check in CHECKS)
        yield " ".join((f"{kind:<14}", f"{pages[kind]:>5}", *cells, f"{audit.heaviest.get(kind, (0, ''))[0]:>10,}"))
    yield from told(audit.findings)


def _width(check: str) -> int:
    """How wide a column is."""
    return max(len(check), 4)


def told(findings: Sequence[Finding]) -> Iterator[str]:
    """Each finding once with the pages it is on: one line for those that differ in nothing else."""
    same: dict[tuple[str, str, str, str], list[str]] = {}
    for one in findings:
        same.setdefault((one.check, one.rule, one.where, one.said), []).append(f"{one.site}:{one.page}")
    for (check, rule, where, said), pages in sorted(same.items()):
        more = f" and {len(pages) - 1} more" if len(pages) > 1 else ""
        yield f"{check}: {rule}: {pages[0]}{more}: {where}: {said}"


if __name__ == "__main__":
    sys.exit(main())
