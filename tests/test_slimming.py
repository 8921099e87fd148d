"""Style sheets and scripts lose what is for their authors alone, and nothing that a browser could notice."""

from __future__ import annotations

from pathlib import Path

import pytest

from blazon import slimming
from blazon.render import Theme
from pagebook import FILES

STATIC = Path(__file__).parents[1] / "themes/stitch/static"


@pytest.mark.parametrize(("text", "slim"), [
    ("/* what it is for */\na { b: c }\n\n  d { e: f }\n", "a { b: c }\nd { e: f }"),
    ("a{b:c}/* over\nlines */\nd{e:f}", "a{b:c}\nd{e:f}"),
    ("/*! Licence: MIT */\na{}", "/*! Licence: MIT */\na{}"),
    ("/* Copyright 2026 by Ada */a{}", "/* Copyright 2026 by Ada */a{}"),
    ('a{content:"/* said */"}', 'a{content:"/* said */"}'),
    ("a{content:'\\'/* said */'}", "a{content:'\\'/* said */'}"),
    ("a{b:url(data:text/plain,/*x*/)}", "a{b:url(data:text/plain,/*x*/)}"),
    ("a/* parts two words */b{}", "a/* parts two words */b{}"),
    ('a{content:"goes\\\n   on"} /* stays */', 'a{content:"goes\\\n   on"} /* stays */'),
    ("a{} /* never ends", "a{} /* never ends"),
    ("", ""),
])  # fmt: skip
def test_sheets(text: str, slim: str) -> None:
    assert slimming.sheet(text) == slim


@pytest.mark.parametrize(("text", "slim"), [
    ("// what it is for\n(function () {\n  go();  // at once\n\n}());\n", "(function () {\ngo();  // at once\n}());"),
    ("  // Copyright 2026 by Ada\ngo();", "// Copyright 2026 by Ada\ngo();"),
    ("/*\n// ends here */\ngo();", "/*\n// ends here */\ngo();"),
    ("go(`\n  // said\n`);", "go(`\n  // said\n`);"),
    ("go('goes\\\n  // on');", "go('goes\\\n  // on');"),
    ("a = b\n\n(c)", "a = b\n(c)"),
])  # fmt: skip
def test_scripts(text: str, slim: str) -> None:
    assert slimming.script(text) == slim


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.css")), ids=lambda path: path.name)
def test_our_own_sheets_keep_every_rule(path: Path) -> None:
    slim = slimming.sheet(path.read_text("utf-8"))
    assert "/*" not in slim
    assert slim.count("{") == slim.count("}") == path.read_text("utf-8").count("{")
    assert slimming.sheet(slim) == slim


def test_themes_publish_slim_files_and_leave_others_alone() -> None:
    files = {
        "static/a.css": b"/* x */\na{}\n",
        "static/a.js": b"// x\ngo();\n",
        "static/a.txt": b"/* x */\n",
        "static/b.css": b"/* \xff */\n",
    }
    assert {*files.values()} & {data for _, data in Theme({**FILES, **files}).static()} == {
        b"/* x */\n",
        b"/* \xff */\n",
    }
    assert {b"a{}", b"go();"} <= {data for _, data in Theme({**FILES, **files}).static()}
