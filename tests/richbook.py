"""The site that uses everything, built once for all tests that look into it."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import everything
from blazon import files, site
from blazon.address import Plan, lay_out
from blazon.check import check
from blazon.diagnostics import Report
from blazon.load import load
from blazon.lookup import Given
from blazon.model import Program
from blazon.opened import signed

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Rich:
    """A program, its plan and its whole site."""

    program: Program
    plan: Plan
    site: dict[str, bytes]

    def document(self, path: str) -> Json:
        """A JSON document of the site."""
        loaded: Json = json.loads(self.site[path])
        return loaded

    def documents(self, folder: str, name: str = "") -> dict[str, Json]:
        """The JSON documents below a folder, by path; those of one name, or all."""
        return {
            path: json.loads(data)
            for path, data in self.site.items()
            if path.startswith(folder) and path.endswith(name or ".json")
        }

    def pictures(self, ending: str) -> dict[str, bytes]:
        """The baked pictures of one form, by path."""
        return {path: data for path, data in self.site.items() if path.startswith("awards/") and path.endswith(ending)}

    def sources(self) -> Given:
        """The site as verifiers look things up in it."""
        return Given({self.plan.url(path): data for path, data in self.site.items()})


@cache
def rich() -> Rich:
    """The site that uses everything."""
    report = Report()
    with tempfile.TemporaryDirectory() as place:
        everything.write(Path(place))
        program = load(files.read_tree(Path(place), report), report)
        assert program is not None
        check(program, report, everything.TODAY, signed)
        plan = lay_out(program, report)
        theme = files.read_theme(Path(place), program.settings.theme)
    assert not report.failed, [one.as_text() for one in report]
    return Rich(program, plan, dict(site.publish(program, plan, everything.SECRETS, theme, everything.TODAY)))
