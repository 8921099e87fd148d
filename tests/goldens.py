"""Rewrites the golden sites from their programs; the difference belongs in the pull request, where a reviewer reads it."""

from __future__ import annotations

import shutil
import sys
from datetime import date
from hashlib import sha256
from pathlib import Path

from blazon import files, site
from blazon.address import lay_out
from blazon.check import check
from blazon.diagnostics import Report
from blazon.keys import Secret
from blazon.load import load

HERE = Path(__file__).parent / "golden"
SITES = ("academy", "newcomer")
SECRET = Secret(sha256(b"sample key 1").digest())
TODAY = date(2026, 11, 23)


def built(name: str) -> dict[str, bytes]:
    """The whole site of a golden program, collected: a build is a value."""
    report = Report()
    root = HERE / name / "program"
    program = load(files.read_tree(root, report), report)
    assert program is not None, [one.as_text() for one in report]
    check(program, report, TODAY)
    plan = lay_out(program, report)
    assert not report.failed, [one.as_text() for one in report]
    theme = files.read_theme(root, program.settings.theme)
    return dict(site.publish(program, plan, [SECRET], theme, TODAY))


def golden(name: str) -> dict[str, bytes]:
    """The site as it was accepted last."""
    root = HERE / name / "site"
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def main() -> None:
    """Write what the programs give today."""
    for name in SITES:
        shutil.rmtree(HERE / name / "site", ignore_errors=True)
        for path, data in built(name).items():
            target = HERE / name / "site" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    sys.stdout.write(f"rewrote {', '.join(SITES)}\n")


if __name__ == "__main__":
    main()
