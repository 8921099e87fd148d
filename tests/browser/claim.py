"""Drives the claim page in headless Chromium by keyboard, on each way that a claim can go, to a file that `check` accepts: `make claims`."""

from __future__ import annotations

import json
import re
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import demobook
from blazon import check, issueform, load, source
from blazon.diagnostics import Report
from blazon.entering import Entering
from blazon.opened import open_program
from blazon.pages import Pages
from blazon.render import Theme

HERE = Path(__file__).parent
DEMO = HERE.parents[1]
DRIVER = HERE / "claim.mjs"
BASE = "https://riverbend.example/badges/"
TODAY = date(2026, 11, 23)
MOST_ADDRESS, MOST_MAIL = 4_000, 1_800
CONTACT = "badges@riverbend.example"

# Besides the demo's own badges: two that ask for no evidence, one that is not told about, and one of several versions.
WITHOUT = ("site-mentor", "family-voices")

ARABIC = (
    "قدتُ مع مجموعة من الشباب مشروعًا لترميم حديقة الحي على مدى ستة أسابيع، وتعلّمنا كيف نوزّع العمل ونصغي بعضنا إلى بعض.\n\n"
) * 12
ARABIC = ARABIC[:1400]
LATIN = "Led a walk of nine people along the river: counted them, *twice*, and wrote down what happened.\n\nThen # packed: the kit."
PIECES = [
    ["https://example.org/a%20record.pdf?x=1&y=2#page-3:", ""],
    ["", '- in "words": # of my own\n\n  with a second paragraph'],
    ["https://example.org/b", "Both.", True],
]


@dataclass(frozen=True, slots=True)
class Case:
    """What is typed on a page, and what is right about the answer; `ways` names those that have to be offered."""

    name: str
    site: str
    asked: Mapping[str, Any]
    ways: frozenset[str] = frozenset()
    wrong: Mapping[str, str] = field(default_factory=dict)
    earner: str = ""


def main() -> None:
    """Prints a line for each claim that did not become what it should, and how many there were; ends with 1 then."""
    with tempfile.TemporaryDirectory(prefix="claims-") as place:
        sites = {name: _site(Path(place) / name, name) for name in SITES}
        cases = [*_ways(), *_people(), *_refusals(), *_places()]
        asked = [{"at": BASE, "root": str(sites[one.site].root), **one.asked} for one in cases]
        command = ["node", str(DRIVER)]
        text = "\n".join(map(json.dumps, asked))
        ran = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
        answers = list(map(json.loads, ran.stdout.splitlines()))
        found = [
            f"{one.name}: {said}"
            for one, answer in zip(cases, answers, strict=True)
            for said in _faults(one, answer, sites[one.site])
        ]
    print("\n".join((*found, f"{len(cases)} claims made, {len(found)} things were not as they should be")))
    sys.exit(bool(found))


@dataclass(frozen=True, slots=True)
class Site:
    """A claim page with its scripts in a folder, and the files of the program that it belongs to."""

    root: Path
    tree: Mapping[str, bytes]


# The sites by name: a language of pages, and where the program's files are kept.
SITES = {
    "en": ("en", "github"),
    "es": ("es", "github"),
    "ar": ("ar", "github"),
    "gitlab": ("en", "gitlab"),
    "codeberg": ("en", "codeberg"),
    "none": ("en", ""),
    "none-ar": ("ar", ""),
}


def _site(root: Path, name: str) -> Site:
    """The claim page of the demo in a language and at a host, written below a folder with what it loads."""
    language, host = SITES[name]
    program = demobook.translated(root / "program", language)
    settings = program / "content/site.yaml"
    if host:
        _change(settings, "host: github", f"host: {host}")
    else:
        _change(settings, r"(?m)^repository:\n(?:  .*\n)+", "")
    for slug in WITHOUT:
        _change(program / f"content/badges/{slug}/badge.yaml", r"(?m)^evidence:\n(?:[ -].*\n)+", "")
    report = Report()
    tree, opened = open_program(program, report, TODAY)
    assert opened is not None, [one.as_text() for one in report]
    theme = Theme({**opened.theme, "static/issuer.js": b""}, language)
    pages = Pages(opened.program, opened.plan, theme, TODAY, demo=True)
    for path, data in (pages.claim(), *theme.static()):
        (root / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "site" / path).write_bytes(data)
    return Site(root / "site", tree)


def _change(path: Path, pattern: str, to: str) -> None:
    """Replace what a pattern finds in a file, which must be there."""
    changed, count = re.subn(pattern, to, path.read_text("utf-8"))
    assert count, pattern
    path.write_text(changed, "utf-8")


FIRST_AID = {"page": "claim/?badge=trail-first-aid", "name": "Ada Example", "evidence": PIECES, "consent": True}
AT_GITHUB = frozenset({"go", "issue", "save", "mail"})


def _ways() -> Iterator[Case]:
    """Each way that a claim can go, in each language: short and long, at each host and at none."""
    for language in ("en", "es", "ar"):
        yield Case(
            f"{language}: short, at GitHub", language, {**FIRST_AID, "did": LATIN, "start": "2026-03-02"}, AT_GITHUB
        )
        long = {**FIRST_AID, "did": ARABIC, "start": "2026-03-02", "end": "2026-04-10"}
        yield Case(
            f"{language}: 1,400 Arabic letters, by pasting",
            language,
            long,
            frozenset({"paste", "issue", "save", "mail"}),
        )
    asked = {**FIRST_AID, "did": LATIN}
    yield Case("at GitLab", "gitlab", asked, frozenset({"paste", "save", "mail"}))
    yield Case("at Codeberg", "codeberg", asked, frozenset({"go", "save", "mail"}))
    yield Case("at Codeberg, by pasting", "codeberg", {**asked, "did": ARABIC}, frozenset({"paste", "save", "mail"}))
    for name in ("none", "none-ar"):
        yield Case(f"{name}: no repository", name, asked, frozenset({"save", "mail"}))
        yield Case(f"{name}: no repository, long", name, {**asked, "did": ARABIC}, frozenset({"save", "mail"}))
    yield Case("from disk", "en", {**asked, "at": "file:"}, AT_GITHUB)
    yield Case(
        "from disk, in Arabic",
        "ar",
        {**asked, "at": "file:", "did": ARABIC},
        frozenset({"paste", "issue", "save", "mail"}),
    )
    bare = {"page": "claim/", "badge": "family-voices", "name": "Ada", "did": LATIN, "consent": True}
    yield Case("a badge that asks for no evidence", "en", bare, AT_GITHUB)
    yield Case("a badge of which nothing is told", "en", {**bare, "badge": "site-mentor", "did": ""}, AT_GITHUB)
    waived = {
        "page": "claim/?badge=youth-facilitation-2",
        "name": "Ada",
        "did": LATIN,
        "evidence": [["https://example.org/a", ""]] * 3,
        "prior": "A course: of 2023 # in Ghent",
        "waiver": "Has led groups for ten years.",
        "consent": True,
    }
    yield Case("a badge after another one", "en", waived, AT_GITHUB)
    optional = {**waived, "page": "claim/?badge=youth-facilitation-3"}
    yield Case("a piece that may be left out", "en", optional, AT_GITHUB)


def _people() -> Iterator[Case]:
    """Names in several scripts and the folders that come from them, and one that was typed."""
    names = {
        "Zoë O'Brien-Łukasz": "zoe-obrien-lukasz",
        "Straße Æsop": "strasse-aesop",
        "ليلى حداد": "earner-????",
        "Софія": "earner-????",
        "李小龍": "earner-????",
        "मीरा": "earner-????",
        "مهسا رستمی\u200cپور": "earner-????",
        "Verify": "earner-????",
        "no": "no",
        "2026": "2026",
        '"quoted": # {{ x }}': "quoted-x",
        "e\u0301lan": "elan",
    }
    for name, earner in names.items():
        asked = {"page": "claim/?badge=site-mentor", "name": name, "consent": True, "quick": True}
        yield Case(f"the name {name}", "en", asked, frozenset({"go"}), earner=earner)
    asked = {"page": "claim/?badge=site-mentor", "name": "Ada", "earner": "night-heron", "consent": True}
    yield Case("a folder of their own", "ar", asked, frozenset({"go"}), earner="night-heron")


def _refusals() -> Iterator[Case]:
    """Everything that is refused, once: which field, and which sentence."""
    good = {
        "page": "claim/?badge=family-voices",
        "name": "Ada",
        "earner": "ada",
        "did": "Talked.",
        "consent": True,
        "quick": True,
    }

    def refused(name: str, fault: str, /, *, site: str = "en", said: str = "", **asked: Any) -> Case:
        return Case(f"{name}: {fault} {said}", site, {**good, **asked}, wrong={name: fault})

    yield refused("badge", "empty", page="claim/")
    yield refused("badge", "empty", page="claim/?badge=constructor", said="(a word of the language)")
    for name, text, fault in (
        ("name", "", "empty"),
        ("name", "a" * 201, "long"),
        ("name", "a\u202eb", "hidden"),
        ("name", "a\u200bb", "hidden"),
        ("name", "a\U000e0041b", "hidden"),
        ("name", "a\u200db", "hidden"),
        ("name", "a" + "\u0320" * 4, "marks"),
        ("name", "Моzilla", "mixed"),
        ("name", "ada@example.org", "email"),
        ("earner", "", "empty"),
        ("earner", "Ada", "folder"),
        ("earner", "a--b", "folder"),
        ("earner", "xn--ada", "folder"),
        ("earner", "a" * 65, "folder"),
        ("earner", "con", "reserved"),
        ("earner", "verify", "reserved"),
        ("did", "", "empty"),
        ("did", f"{'x' * 3_990}\n\n" * 5, "long"),
        ("did", "x" * 4_001, "paragraph"),
        ("did", "[" * 201, "markup"),
        ("did", "a\u2066b", "hidden"),
        ("did", "a\ufdd0b", "hidden"),
        ("did", "Write to ada@example.org.", "email"),
        ("did", "![x](https://example.org/a.png)", "image"),
        ("did", "[x](javascript:alert)", "link"),
        ("did", "[x](http://example.org/)", "link"),
        ("did", "[x]\n\n[x]: data:text", "link"),
    ):
        yield refused(name, fault, said=repr(text[:20]), **{name: text})
    yield refused("consent", "consent", consent=False)
    yield refused("end", "order", start="2026-03-02", end="2026-03-01")
    yield refused("start", "date", start="1899-03-02")
    pieces = {**good, "page": "claim/?badge=trail-first-aid"}
    for url, fault in (
        ("http://example.org/", "https"),
        ("example.org", "https"),
        ("HTTPS://example.org/", "https"),
        ("https://user:pw@example.org/", "address"),
        ("https://127.0.0.1/", "address"),
        ("https://localhost/", "address"),
        ("https://host.internal/", "address"),
        ("https://пример.example/", "address"),
        ("https://example.org/é", "address"),
        ("https://example.org/a b", "address"),
        ("https://example.org/?a=&#106;", "address"),
        (f"https://example.org/{'a' * 2_000}", "long"),
        ("", "piece"),
    ):
        asked = {**pieces, "evidence": [[url, ""], PIECES[1], PIECES[2]]}
        yield Case(f"an address {url[:40]}: {fault}", "en", asked, wrong={"piece-0-0": fault})
    asked = {**pieces, "evidence": [PIECES[0], ["", "ada@example.org"], PIECES[2]]}
    yield Case("words with an e-mail address", "en", asked, wrong={"piece-1-1": "email"})
    waived = {**good, "page": "claim/?badge=youth-facilitation-2", "evidence": [PIECES[0]] * 3}
    yield Case("a waiver that is long", "en", {**waived, "waiver": "x" * 1_001}, wrong={"waiver": "long"})
    yield Case(
        "prior learning with an e-mail address", "en", {**waived, "prior": "ada@example.org"}, wrong={"prior": "email"}
    )
    for language in ("es", "ar"):
        yield refused("name", "empty", site=language, name="")
    many = {"page": "claim/?badge=trail-first-aid"}
    fields = ("name", "earner", "did", "piece-0-0", "piece-1-0", "piece-2-0")
    yield Case(
        "nothing at all",
        "en",
        many,
        wrong={**dict.fromkeys(fields, "empty"), "consent": "consent"} | dict.fromkeys(fields[3:], "piece"),
    )


def _places() -> Iterator[Case]:
    """A phone of 320 pixels, a page without scripts, and a claim that is corrected after it was written."""
    for language in ("en", "es", "ar"):
        yield Case(
            f"{language}: 320 pixels", language, {**FIRST_AID, "did": ARABIC, "width": 320}, frozenset({"paste"})
        )
        yield Case(f"{language}: without scripts", language, {"page": "claim/", "quiet": True})
    yield Case("none: without scripts", "none", {"page": "claim/", "quiet": True})
    yield Case("corrected once", "en", {**FIRST_AID, "did": LATIN, "again": {"did": "Better."}}, AT_GITHUB)
    renamed = {**FIRST_AID, "did": LATIN, "again": {"earner": "another"}}
    yield Case("for somebody else", "en", renamed, AT_GITHUB)


def _faults(case: Case, answer: Mapping[str, Any], site: Site) -> Iterator[str]:
    """What is not as it should be with an answer."""
    yield from (f"it asked for {one}" for one in answer["outside"])
    yield from answer["errors"]
    if answer["errors"]:
        return
    if case.asked.get("quiet"):
        yield from _plain(case, answer)
        return
    if answer["wide"] or answer["kept"]:
        yield "it is wider than the page, or something was kept"
    if case.wrong or not answer["done"]:
        yield from _wrong(case, answer, site)
        return
    yield from (
        said for rule in (_offered, _written, _earner, _again, _as_an_issue) for said in rule(case, answer, site)
    )


def _plain(case: Case, answer: Mapping[str, Any]) -> Iterator[str]:
    """Without scripts there are the worksheets, the contact and where there is one the issue form, and no field."""
    hosted = case.site != "none"
    links = [one for one in answer["links"] if one.endswith("/issues/new?template=claim.yaml")]
    if bool(links) != hosted or f"mailto:{CONTACT}" not in answer["links"]:
        yield f"it links {answer['links']}"
    if "Trail First Aid" not in answer["text"] or "Photo of the kit" not in answer["text"]:
        yield "there is no worksheet"


def _wrong(case: Case, answer: Mapping[str, Any], site: Site) -> Iterator[str]:
    """What was refused stands beside its field, in the words of the page, and the first one has the focus."""
    texts = json.loads(_data(site))["texts"]
    right = {
        name: texts[fault].replace("{most}", _most(answer["wrong"].get(name, ""))) for name, fault in case.wrong.items()
    }
    if answer["wrong"] != right:
        yield f"it refuses {answer['wrong']}, not {right}"
    if answer["marked"] != list(answer["wrong"]) or not answer["described"]:
        yield f"marked are {answer['marked']}"
    if answer["focused"] != next(iter(right), "") or answer["status"] != texts["again"]:
        yield f"the focus is on {answer['focused']}, and it says {answer['status']!r}"


def _most(said: str) -> str:
    """The number in a sentence."""
    found = re.search(r"\d+", said)
    return found[0] if found else ""


def _data(site: Site) -> str:
    """The data that a page brings for its script."""
    page = (site.root / "claim/index.html").read_text("utf-8")
    return page.partition('<script type="application/json" id="claim-data">')[2].partition("</script>")[0]


def _offered(case: Case, answer: Mapping[str, Any], _: Site) -> Iterator[str]:
    """The ways that are offered are those that there are, and each brings the file along, or says that it has to be brought."""
    offered = {name for name in ("go", "paste", "issue", "mail") if answer[name]} | {"save"}
    if not case.ways <= offered or offered & {"go", "paste"} != case.ways & {"go", "paste"}:
        yield f"it offers {sorted(offered)}"
    if ("issue" in offered) != (case.site in ("en", "es", "ar")):
        yield "it offers an issue where there is none, or none where there is one"
    for name, brought in _brought(case, answer):
        if brought != answer["file"]:
            yield f"{name} brings {brought!r}"
    if answer["focused"] != "made":
        yield f"the focus is on {answer['focused']}"


def _brought(case: Case, answer: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The file as each way brings it, and the ways that break their own limits as an empty one."""
    yield "the clipboard", answer["copied"]
    yield "the file that is saved", answer["saved"]
    asked = parse_qs(urlsplit(answer["go"] or answer["paste"]).query)
    if answer["go"]:
        yield "the address", asked["value"][0] if len(answer["go"]) <= MOST_ADDRESS else ""
    if answer["paste"] and "value" in asked:
        yield "the short address", ""
    if answer["go"] or answer["paste"]:
        name = "file_name" if case.site == "gitlab" else "filename"
        yield "the name in the address", answer["file"] if asked[name][0] == answer["path"] else ""
    body = parse_qs(urlsplit(answer["mail"]).query).get("body", [""])[0].replace("\r\n", "\n")
    if not answer["attach"]:
        yield "the mail", body if len(answer["mail"]) <= MOST_MAIL + 200 else ""
    elif body:
        yield "the mail that is too long", ""
    if len(answer["issue"]) > MOST_ADDRESS:
        yield "the issue", ""


def _written(_: Case, answer: Mapping[str, Any], site: Site) -> Iterator[str]:
    """`check` accepts the file where it belongs, but for the approvals that it waits for."""
    tree = {**site.tree, answer["path"]: answer["file"].encode()}
    said = set(_said(tree)) - set(_said(site.tree))
    waiting = [one for one in said if one.startswith(f"{answer['path']}:") and "warning: waiting: 0 of " in one]
    if len(waiting) != 1 or len(said) != 1:
        yield f"check says {sorted(said)} of\n{answer['file']}"


def _said(tree: Mapping[str, bytes]) -> Iterator[str]:
    """What `check` says of a tree."""
    report = Report()
    program = load.load(tree, report)
    if program:
        check.check(program, report, TODAY)
    return (one.as_text() for one in report)


def _earner(case: Case, answer: Mapping[str, Any], _: Site) -> Iterator[str]:
    """The folder is the one that was proposed or typed."""
    pattern = case.earner.replace("????", "[a-z2-7]{4}")
    if pattern and not re.fullmatch(pattern, answer["earner"]):
        yield f"the folder is {answer['earner']}, not {case.earner}"
    if not answer["path"].startswith(f"content/earners/{answer['earner']}/{answer['badge']}"):
        yield f"the file is {answer['path']}"


def _again(case: Case, answer: Mapping[str, Any], _: Site) -> Iterator[str]:
    """A file that is corrected keeps what was drawn for it; one for another earner has its own."""
    if "again" not in case.asked:
        return
    first, second = (re.findall(r"(?m)^(?:id|status_index): (.+)$", one["file"]) for one in (answer["first"], answer))
    if (first == second) != ("earner" not in case.asked["again"]) or answer["first"]["file"] == answer["file"]:
        yield f"it drew {first}, then {second}"


def _as_an_issue(_: Case, answer: Mapping[str, Any], site: Site) -> Iterator[str]:
    """The issue form, sent as it was filled in, becomes the file that the page wrote, but for what is drawn."""
    if not answer["issue"] or answer["cut"]:
        return
    asked = {name: values[0] for name, values in parse_qs(urlsplit(answer["issue"]).query).items()}
    parts = [f"### {one.label}\n\n{asked.get(one.id, '_No response_')}" for one in issueform.QUESTIONS]
    body = "\n\n".join((*parts, f"### Consent\n\n- [X] {issueform.CONSENT}"))
    event = {"action": "opened", "issue": {"body": body, "labels": [{"name": "claim"}]}}
    report = Report()
    program = load.load(site.tree, report)
    assert program is not None
    entry = issueform.entry(json.dumps(event).encode(), program, report)
    made = entry and Entering(program, dict(site.tree), secrets.token_bytes).enter([entry], TODAY, report)
    if not made:
        yield f"the issue is refused: {[one.as_text() for one in report]}"
    elif made.files[0].path != answer["path"] or _kept(made.files[0].text) != _kept(answer["file"]):
        yield f"the issue becomes\n{made.files[0].text}"


def _kept(text: str) -> dict[str, Any]:
    """The values of a file but for those that are drawn."""
    table = source.parse("claim.yaml", text.encode(), Report())
    assert table is not None
    found: dict[str, Any] = source.plain(table)
    return {name: value for name, value in found.items() if name not in {"id", "status_index"}}


if __name__ == "__main__":
    main()
