"""The audit notices what it looks for: each check reports a page that has its defect, and a page without any passes all of them."""

from __future__ import annotations

import shutil
import sys
from collections import defaultdict
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent / "audit"))
import lighthouse

import audit
from audit import Finding

ROOT = Path(__file__).parents[1]
READY = Path(audit.CHROMIUM).exists() and (ROOT / "tests/audit/node_modules").exists()

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{name}</title>
<link rel="canonical" href="https://example.org/site/">
<link rel="icon" href="{root}mark.svg">
<link rel="stylesheet" href="{root}a.css">
{head}
</head>
<body>
<main>
<h1>{name}</h1>
{main}
</main>
</body>
</html>
"""
SHEET = """
@font-face{font-family:Slow;src:url(slow.woff2)}
.wide{width:900px}.low{height:1.6em;overflow:hidden;line-height:1.6}.pale{color:#bbb}.slow{font-family:Slow}
body{margin:1rem}main{max-width:40rem}
"""
SCRIPTS = {
    "line": "document.querySelector('main').append(Object.assign(document.createElement('p'), {textContent: 'only with a script'}));",
    "cookie": "document.cookie = 'a=1';",
    "error": "console.error('something went wrong');",
    "late": "new PerformanceObserver(() => document.querySelector('h1').before(Object.assign(document.createElement('p'), {innerHTML: 'x<br>'.repeat(12)}))).observe({type: 'paint', buffered: true});",
}
LONG = "<p>One line of many.</p>\n" * 200

# By path: what is in the head, what is in the main part, and the checks and rules that report it.
DEFECTS: dict[str, tuple[str, str, set[tuple[str, str]]]] = {
    "index.html": ("", "<p>All is well.</p>", set()),
    "markup.html": ("", '<p id="a">a</p>\n<p id="a">b</p>', {("html", "no-dup-id")}),
    "links.html": (
        "",
        '<p><a href="nothing.html">a</a> <a href="index.html#nowhere">b</a></p>',
        {("links", "no-file"), ("links", "no-fragment")},
    ),
    "pale.html": ("", '<p class="pale">Hard to read.</p>', {("axe", "color-contrast")}),
    "wide.html": ("", '<p class="wide">Wide</p>', {("reflow", "sideways"), ("spacing", "sideways")}),
    "low.html": (
        "",
        f'<p class="low">{"Words that take more room. " * 2}</p>',
        {("spacing", "clipped")},
    ),
    "line.html": ('<script defer src="line.js"></script>', "", {("scripts off", "missing-words")}),
    "asks.html": ("", '<p><img src="https://other.example/x.png" alt="x"></p>', {("requests", "outside")}),
    "cookie.html": ('<script defer src="cookie.js"></script>', "", {("cookies", "cookie")}),
    "error.html": ('<script defer src="error.js"></script>', "", {("console", "error")}),
    "late.html": (
        '<script defer src="late.js"></script>',
        f'<p class="slow">{"Words below. " * 60}</p>',
        {("shift", "layout-shift")},
    ),
    "awards/a/index.html": ("", LONG * 20, {("weight", "document"), ("weight", "everything"), ("print", "sheets")}),
    "awards/a/certificate/index.html": ("", LONG, {("print", "sheets")}),
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[tuple[str, str]]]:
    """What the audit reports of each page of a site with a defect on every page but the first."""
    if not READY:
        pytest.skip("needs Chromium, and make tests/audit/node_modules")
    work = tmp_path_factory.mktemp("audit")
    site = work / "site"
    for path, (head, main, _) in DEFECTS.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        page = PAGE.format(name=path.partition(".")[0].title(), head=head, main=main, root="../" * path.count("/"))
        (site / path).write_text(page, "utf-8")
    (site / "a.css").write_text(SHEET, "utf-8")
    (site / "mark.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    shutil.copy(ROOT / "themes/stitch/static/fonts/besley.woff2", site / "slow.woff2")
    for name, script in SCRIPTS.items():
        (site / f"{name}.js").write_text(script, "utf-8")
    reported = defaultdict(set)
    for one in audit.read({"site": site}, work, full={"site"}).findings:
        reported[one.page].add((one.check, one.rule))
    return reported


@pytest.mark.parametrize("path", DEFECTS)
def test_each_defect_is_reported(found: dict[str, set[tuple[str, str]]], path: str) -> None:
    expected = DEFECTS[path][2]
    assert expected <= found[path]
    assert expected or not found[path]


def test_every_check_has_a_page_that_breaks_it() -> None:
    assert {check for _, _, rules in DEFECTS.values() for check, _ in rules} == set(audit.CHECKS)


def test_findings_that_differ_in_the_page_alone_are_told_once() -> None:
    findings = [
        Finding("en", page, "axe", "color-contrast", "p", "too pale") for page in ("a.html", "b.html", "c.html")
    ]
    assert list(audit.told(findings)) == ["axe: color-contrast: en:a.html and 2 more: p: too pale"]


@pytest.mark.parametrize(("path", "kind"), [
    ("index.html", "home"), ("badges/index.html", "catalogue"), ("badges/skill/a/index.html", "filter"), ("awards/a/index.html", "award"),
    ("badges/a/index.html", "badge"), ("badges/a/es/index.html", "translation"), ("awards/a/share/index.html", "share"), ("x.html", "other"),
])  # fmt: skip
def test_pages_have_kinds(path: str, kind: str) -> None:
    assert audit.kind_of(path) == kind


@pytest.mark.parametrize(("signed", "size", "rules"), [
    (0, 20_000, set()),
    (0, 20_481, {"document"}),
    (10_000, 30_000, set()),
    (40_000, 60_000, {"with-credential"}),
])  # fmt: skip
def test_a_credential_is_weighed_apart(tmp_path: Path, signed: int, size: int, rules: set[str]) -> None:
    file = tmp_path / "index.html"
    file.write_text(f'<script type="application/json" id="credential">{"x" * signed}</script>', "utf-8")
    book = audit.Audit()
    page = audit.Page("en", "awards/a/index.html", "award", file, "http://127.0.0.1/", full=True)
    weights = [{"kind": "document", "bytes": size}, {"kind": "font", "bytes": 40_000}]
    audit._weighed(book, page, {"weights": weights, "shift": 0})
    assert {one.rule for one in book.findings} == rules


def test_lighthouse_says_which_scores_are_missed() -> None:
    scores = {"performance": 97, "accessibility": 100, "best-practices": 100, "seo": 99}
    assert lighthouse.missed(scores) == ["performance", "seo"]
    told = lighthouse.line("home", {"scores": scores, "figures": {"paint": 1234.0, "shift": 0.01}})
    assert "performance 97!" in told
    assert "seo 99!" in told
    assert "best-practices 100 " in told
