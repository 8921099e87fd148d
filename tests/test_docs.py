"""Every diagnostic code has a paragraph in the reference, and a story or test in which it is said; every command that is told exists."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

import referencebook
import tutorial
from blazon import address, cli, doctext, files, load, source
from blazon.diagnostics import Report
from blazon.fields import FILES
from blazon.options import declared
from blazon.standing import Standing

ROOT = Path(__file__).parent.parent
REFERENCE_FOLDER = ROOT / "docs" / "reference"
REFERENCE = (REFERENCE_FOLDER / "diagnostics.md").read_text(encoding="utf-8")

# Where codes stand in the sources: reported at once, or as the first of what a rule answers.
_CODES = re.compile(
    r"""(?:\.error|\.warn|Fault|_RefusedError|_add)\(\s*"([a-z0-9-]+)"|return "([a-z]+(?:-[a-z]+)*)", f?["']"""
)


def codes() -> list[str]:
    """The codes that the sources of the package report."""
    sources = "\n".join(
        path.read_text(encoding="utf-8") for path in sorted((ROOT / "generator" / "blazon").glob("*.py"))
    )
    return sorted({code or other for code, other in _CODES.findall(sources)})


def told() -> str:
    """All stories and tests in one text."""
    paths = [*(ROOT / "tests").rglob("*.txt"), *(ROOT / "tests").rglob("*.py")]
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(paths) if path != Path(__file__))


TOLD = told()


@pytest.mark.parametrize("code", codes())
def test_code_has_a_paragraph(code: str) -> None:
    assert re.search(rf"^## {code}\n\n\S", REFERENCE, re.MULTILINE)


@pytest.mark.parametrize("code", codes())
def test_code_is_said_in_a_story_or_test(code: str) -> None:
    is_said = re.search(rf'["\[]{code}[\]" ]', TOLD) is not None
    assert is_said, f"no story or test says {code}"


def test_the_reference_has_no_other_codes() -> None:
    headings = re.findall(r"^## (\S+)$", REFERENCE, re.MULTILINE)
    assert len(headings) == len(set(headings))
    assert set(headings) == set(codes())


@pytest.mark.parametrize(("page", "text"), referencebook.pages().items(), ids=lambda one: getattr(one, "name", ""))
def test_pages_that_are_made_are_what_the_program_says(page: Path, text: str) -> None:
    assert page.read_text("utf-8") == text, "type: make reference"


def test_every_field_and_every_option_has_its_sentence() -> None:
    for path, command in referencebook.tree(("blazon",), cli.blazon):
        assert command.help, path
        assert not [one.name for one in command.params if isinstance(one, click.Option) and not one.help], path
        assert isinstance(command, click.Group) or "Example:" in (command.epilog or ""), path
    assert all(field.help for record in FILES.values() for field in record.fields.values())


PAGES = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob(".github/**/*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("tests/*/README.md")]
)
OURS = [path for path in PAGES if "tests" not in path.relative_to(ROOT).parts and path.name != "CHANGELOG.md"]


def commands(path: Path) -> Iterator[str]:
    """Every command of ours that a page tells, in its code and between its words."""
    document = doctext.read(path.read_text("utf-8"))
    fenced = "\n".join(code.text for code in tutorial.codes(document.blocks)).replace("\\\n", " ")
    for line in [*fenced.split("\n"), *(one.text for one in document.spans() if one.kind == "code")]:
        if re.match(r"(\$ )?blazon -?\w", line) and "|" not in line:
            yield line.removeprefix("$ ")


COMMANDS = [(path.relative_to(ROOT).as_posix(), line) for path in OURS for line in commands(path)]
FOLDERS = ("tutorial", "how-to", "reference", "explanation")


@pytest.mark.parametrize(("page", "line"), COMMANDS)
def test_a_command_that_a_page_tells_exists_with_its_options(page: str, line: str) -> None:
    command: click.Command = cli.blazon
    words = shlex.split(line, comments=True)[1:]
    if page == "docs/reference/commands.md" and words[-2:] == ["COMMAND", "[ARGS]..."]:
        return  # the usage of a group of commands
    while isinstance(command, click.Group):
        known = {option: one for one in command.params for option in one.opts}
        while words and (option := known.get(words[0])):
            del words[: 1 if isinstance(option, click.Option) and option.is_flag else 2]
        if not words or words[0] == "--version":
            return
        command = command.commands[words.pop(0)]
    known_options = {option for parameter in command.params for option in parameter.opts}
    typed = {word.partition("=")[0] for word in words if re.fullmatch(r"--?[a-zA-Z][\w-]*(=.*)?", word)}
    assert typed <= known_options | {"-h", "--help"}, page


def test_pages_tell_commands() -> None:
    told = {page for page, _ in COMMANDS}
    assert told >= {"README.md", "docs/how-to/vouch-for-a-badge.md", "docs/how-to/publish-a-transcript.md"}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_of_every_page_leads_somewhere(path: Path) -> None:
    for link in doctext.read(path.read_text("utf-8")).links():
        if re.match(r"https?:", link.target):
            continue
        name, _, fragment = link.target.partition("#")
        found = (path.parent / name).resolve() if name else path
        assert found.exists(), f"line {link.line}: {link.target}"
        assert found.is_relative_to(ROOT), f"line {link.line}: {link.target}"
        if fragment:
            slugs = [heading.slug for heading in doctext.read(found.read_text("utf-8")).headings]
            assert fragment in slugs, f"line {link.line}: {link.target}"


def test_no_page_is_unlisted_and_each_folder_begins_with_its_index() -> None:
    report = Report()
    program = load.load(files.read_tree(ROOT, report), report)
    assert program is not None
    assert program.docs is not None
    assert program.docs.unlisted == ()
    for folder in FOLDERS:
        (section,) = [one for one in program.docs.sections if one.pages[0].path == f"{folder}/README.md"]
        paths = [page.path for page in section.pages[1:]]
        assert paths, folder
        assert all(path.startswith(f"{folder}/") for path in paths)
        linked = [link.target.partition("#")[0] for link in doctext.read(section.pages[0].text).links()]
        missing = {path.removeprefix(f"{folder}/") for path in paths} - set(linked)
        assert not missing, f"{folder}/README.md links all pages of its folder"


def test_every_how_to_begins_with_its_goal_and_ends_with_how_to_see_that_it_worked() -> None:
    for path in sorted((ROOT / "docs" / "how-to").glob("*.md")):
        document = doctext.read(path.read_text("utf-8"))
        if path.name != "README.md":
            assert document.lead.startswith("Goal:"), path.name
            assert "See that it worked" in path.read_text("utf-8"), path.name


def test_explanations_are_short() -> None:
    for path in sorted((ROOT / "docs" / "explanation").glob("*.md")):
        assert len(path.read_text("utf-8").splitlines()) <= 120, path.name


# Where each address of the site is told, by its name in address.py.
ADDRESSES = {
    "HOME": "`/`", "NOT_FOUND": "`/404.html`", "CATALOGUE": "`/badges/`", "PATHWAYS": "`/pathways/`", "EARNERS": "`/earners/`", "VERIFY": "`/verify/`",
    "CLAIM": "`/claim/`", "ABOUT": "`/about/`", "REVIEW": "`/review/`", "AWARDS": "`/awards/<id>/`", "FEED": "`/feed.xml`", "EXPIRIES": "`/expiries.ics`",
    "INDEX": "`/index.json`", "KEY_LIST": "`/keys.json`", "COMPROMISED_KEYS": "`/compromised-keys.json`", "SITEMAP": "`/sitemap.xml`", "ISSUER": "`/ob2/issuer.json`", "REVOCATIONS": "`/ob2/revocations.json`", "DOCS": "`/docs/…`",
    "key_document": "`/did.json` or `/.well-known/did.json`", "achievement_document": "`/achievements/<badge>-<version>.json`",
    "translated_document": "with `.<language>` before `.json`", "badge_class": "`/ob2/badges/<badge>-<version>.json`", "badge_page": "`/badges/<badge>/`",
    "badge_edition": "`/badges/<badge>/<language>/`", "badge_filter": "`/badges/skill/<tag>/`, `/badges/subject/<tag>/`",
    "badge_png": "`/badges/<badge>/badge.png`, `badge.svg`", "badge_svg": "`/badges/<badge>/badge.png`, `badge.svg`",
    "card_picture": "`/badges/<badge>/card.png`", "pathway_page": "`/pathways/<badge>/`", "earner_page": "`/earners/<earner>/`",
    "transcript": "`/earners/<earner>/transcript.json`", "badge_feed": "`/badges/<badge>/feed.xml`", "earner_feed": "`/earners/<earner>/feed.xml`",
    "resume": "`/earners/<earner>/resume.json`", "vcard": "`/earners/<earner>/vcard.vcf`", "cv": "`/earners/<earner>/cv.txt`",
    "endorsement": "`/endorsements/<name>.json`", "award_page": "`/awards/<id>/`", "share_page": "`/awards/<id>/share/`",
    "certificate": "`/awards/<id>/certificate/`", "embed_page": "`/awards/<id>/embed/`", "oembed": "`/awards/<id>/oembed.json`",
    "credential": "`/awards/<id>/credential.json`", "assertion": "`/awards/<id>/assertion.json`", "award_png": "`/awards/<id>/badge.png`, `badge.svg`",
    "award_svg": "`/awards/<id>/badge.png`, `badge.svg`", "review": "`/awards/<id>/review.json`", "docs_page": "`/docs/how-to/claim/`",
    "docs_picture": "a picture at its own path", "status_list": "`/status/revocation-<n>.json`",
}  # fmt: skip
NO_ADDRESSES = {"ENDORSED_ISSUER", "did_web", "document_name"}


def test_every_kind_of_address_is_on_its_page() -> None:
    code = (Path(address.__file__)).read_text("utf-8")
    names = {
        *re.findall(r'^([A-Z_]+) = "', code, re.MULTILINE),
        *re.findall(r"^def ([a-z]\w*)\(.*\) -> str:", code, re.MULTILINE),
    }
    assert names | {"key_document"} == ADDRESSES.keys() | NO_ADDRESSES
    page = (REFERENCE_FOLDER / "addresses.md").read_text("utf-8")
    assert not [name for name, told in ADDRESSES.items() if told not in page]


def test_every_state_is_on_its_page() -> None:
    page = (REFERENCE_FOLDER / "states.md").read_text("utf-8")
    said = set(re.findall(r"^\| (`[a-z-]+`(?:, `[a-z-]+`)*) \|", page, re.MULTILINE))
    told = {state for one in said for state in re.findall(r"`([a-z-]+)`", one)}
    strings = source.parse("en.yaml", (ROOT / "themes/stitch/strings/en.yaml").read_bytes(), Report())
    assert strings is not None
    texts: Any = strings.entries["verdict"]
    checked = {name for name in texts.entries["state"].entries if not name.endswith("_text")}
    assert told == {one.value for one in Standing} | checked


def test_every_variable_of_the_style_sheet_and_every_option_is_on_its_page() -> None:
    page = (REFERENCE_FOLDER / "themes.md").read_text("utf-8")
    sheet = (ROOT / "themes/stitch/static/stitch.css").read_text("utf-8")
    assert set(re.findall(r"(--[a-z0-9-]+):", sheet)) == set(re.findall(r"`(--[a-z0-9-]+)`", page))
    options = declared(files.read_theme(ROOT, "stitch"))
    assert all(f"| `{name}` | {option.type} |" in page for name, option in options.items())
