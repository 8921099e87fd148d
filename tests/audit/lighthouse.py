"""Lighthouse, as a phone on a slow network, on the first page of each kind that people open: `make lighthouse`.

It ends with 0 when the median of the rounds reaches every score. ROUNDS says how many there are, 3 unless it is told.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import audit
import demobook

LEAST = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
KINDS = ("home", "catalogue", "award", "earner")


def main() -> int:
    """Build the demo, ask Lighthouse, and print a line for each page."""
    with tempfile.TemporaryDirectory(prefix="lighthouse-") as work:
        place = Path(work)
        site = audit.built(demobook.Written("demo", demobook.translated(place / "demo", "en")), place)
        with audit.served({"demo": site}) as addresses:
            pages = {f"{addresses['demo']}{path}": kind for kind, path in first_pages(site).items()}
            found = list(_asked(pages))
    for kind, result in found:
        print(line(kind, result))
        print("".join(f"  {one}\n" for one in result["failed"]), end="")
    return 1 if any(missed(result["scores"]) for _, result in found) else 0


def first_pages(site: Path) -> Mapping[str, str]:
    """For each kind the first page that searching may find, by how it is asked for."""
    pages: dict[str, str] = {}
    for file in sorted(site.rglob("index.html")):
        path = file.relative_to(site).as_posix()
        if 'content="noindex"' not in file.read_text("utf-8"):
            pages.setdefault(audit.kind_of(path), path.removesuffix("index.html"))
    return {kind: pages[kind] for kind in KINDS}


def _asked(pages: Mapping[str, str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What Lighthouse says about each address, with the kind of its page."""
    script = Path(__file__).with_suffix(".mjs")
    command = ["node", str(script), audit.CHROMIUM, os.environ.get("ROUNDS", "3"), *pages]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        for result in map(json.loads, process.stdout):
            yield pages[result["address"]], result
    if process.returncode:
        raise SystemExit(f"{script.name} ended with {process.returncode}.")


def missed(scores: Mapping[str, int]) -> list[str]:
    """The categories whose score is too low."""
    return [name for name, least in LEAST.items() if scores[name] < least]


def line(kind: str, result: Mapping[str, Any]) -> str:
    """A page's scores and figures."""
    scores, figures = result["scores"], result["figures"]
    told = "  ".join(f"{name} {scores[name]}{'!' if name in missed(scores) else ''}" for name in LEAST)
    return f"{kind:<10} {told}  largest paint {figures['paint']:,} ms  shift {figures['shift']:.3f}"


if __name__ == "__main__":
    sys.exit(main())
