"""What GitHub is given to show and to run: text of others in Markdown, in annotations, and in the logs of workflows."""

from __future__ import annotations

import html
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import programs
from blazon import cli, markup, shell, telling
from blazon.diagnostics import Diagnostic, Place, Report, Severity, printable

HOSTILE = (
    "a | b\n| c |\n\n# Head",
    "<img src=x onerror=alert(1)> <!-- ",
    "[click](https://evil.example) ![x](https://evil.example/x.png) <https://evil.example>",
    "https://evil.example www.evil.example mailto:a@evil.example a@evil.example",
    "@octocat and @org/team, see #12, GH-12, org/repo#3, org/repo@deadbeef1",
    "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef",
    "`code` ``` *bold* _it_ ~~gone~~ $x^2$ :tada: [^1] \\| \\",
    "&lt;b&gt; &amp; &#64;octocat",
    "\u202eevil\u202c\u0007\u001b[31m\u2066",
    "</code><b>x</b>",
)
# What GitHub's own look at the text of a page makes links of (names, issues, commits), or pictures.
ALIVE = re.compile(
    r"(?<![\w`])@[a-z0-9]|\w@[a-z0-9]|#[0-9]|gh-[0-9]|https?://|www\.|mailto:[a-z]|:[a-z]+:|\b[0-9a-f]{7,40}\b",
    re.IGNORECASE,
)


class Seen(HTMLParser):
    """The tags of a page, and its text outside of `<code>`."""

    def __init__(self) -> None:
        """Nothing was seen yet."""
        super().__init__()
        self.tags: list[str] = []
        self.outside, self.inside = "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember a tag; none of ours has attributes."""
        assert attrs == []
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Remember the end of a tag."""
        self.tags.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        """Remember text."""
        if self.tags[-1:] == ["code"]:
            self.inside += data
        else:
            self.outside += data


def seen(source: str) -> Seen:
    """What a reader of Markdown with raw HTML makes of a text."""
    found = Seen()
    found.feed(markdown.markdown(source, extensions=["tables"]))
    found.close()
    return found


@pytest.mark.parametrize("words", HOSTILE)
def test_text_of_others_means_itself_and_leads_nowhere(words: str) -> None:
    found = seen(f"Said: {markup.text(words)}")
    assert found.tags == ["p", "/p"]
    assert found.outside.replace("\u200b", "") == f"Said: {printable(words)}"
    assert ALIVE.search(found.outside) is None


@given(st.text())
def test_no_text_comes_to_life(words: str) -> None:
    source = f"Said: {markup.text(words)}."
    assert "\n" not in source
    found = seen(source)
    assert (found.tags, ALIVE.search(found.outside)) == (["p", "/p"], None)
    assert re.sub("[\u200b\u2068\u2069]", "", found.outside) == f"Said: {printable(words)}."


@pytest.mark.parametrize("words", [words for words in HOSTILE if words])
def test_code_is_what_was_typed_and_ends_where_it_ends(words: str) -> None:
    found = seen(f"Type {markup.code(words)}.")
    assert found.tags == ["p", "code", "/code", "/p"]
    assert (found.inside, found.outside) == (printable(words), "Type .")
    assert markup.code("") == ""


def test_a_row_keeps_its_cells_whatever_they_hold() -> None:
    lines = markup.table(("One", "Two"), [(markup.text(words), markup.code(words)) for words in HOSTILE])
    found = seen("\n".join(lines))
    assert found.tags.count("tr") == len(HOSTILE) + 1
    assert found.tags.count("td") == 2 * len(HOSTILE)
    assert {tag.strip("/") for tag in found.tags} == {"table", "thead", "tbody", "tr", "th", "td", "code"}


def test_names_from_right_to_left_stay_by_themselves() -> None:
    assert markup.text("ليلى حداد") == "\u2068ليلى حداد\u2069"
    assert markup.text("Zoë Ångström") == "Zoë Ångström"


def test_what_does_not_fit_is_counted() -> None:
    lines = ["| x |"] * 10
    assert markup.fitted(lines, "{} more.", 60) == lines
    shorter = markup.fitted(lines, "{} more.", 59)
    assert shorter == ["| x |", "| x |", "| x |", "", "7 more."]
    assert len("\n".join(markup.fitted(["é" * 100] * 20_000, "{} more.")).encode()) <= markup.LARGEST
    assert markup.fitted(["| 1 |", "é" * 400], "{} more.", 400) == ["| 1 |", "", "1 more."]
    assert markup.fitted([], "{} more.", 0) == []


def report(number: int = 1) -> Report:
    """A warning, then errors, in files with hostile names."""
    found = Report()
    found.warn("waiting", Place("content/a.yaml", 1, 2), "waiting: 1 of 2 approvals.")
    for one in range(number):
        found.error("bad-name", Place(f"content/b{one}|@octocat\n::error::x.yaml", 3), HOSTILE[0], "see @octocat")
    return found


def test_the_summary_of_a_check_has_errors_first_and_everything() -> None:
    lines = telling.diagnosed(report(), "markdown", 7)
    assert lines[0] == "### Check: 1 error and 1 warning in 7 files"
    found = seen("\n".join(lines))
    assert found.tags.count("tr") == 3
    assert found.inside == "content/b0|@octocat\\n::error::x.yaml:3bad-namecontent/a.yaml:1:2waiting"
    assert found.outside.index("error\n") < found.outside.index("warning\n")
    assert "see @\u200boctocat" in found.outside
    assert ALIVE.search(found.outside) is None
    assert telling.diagnosed(Report(), "markdown", 7) == ["### Check: no mistakes in 7 files", ""]


def test_a_summary_that_is_too_long_says_how_much_is_missing() -> None:
    lines = telling.diagnosed(report(10_000), "markdown", 7)
    assert len("\n".join(lines).encode()) <= markup.LARGEST
    shown = sum(line.startswith("| error") for line in lines)
    assert 1000 < shown < 10_000
    assert lines[-1] == f"{10_001 - shown:,} more do not fit here. `blazon check` says more."


def test_of_very_many_mistakes_the_first_are_told_and_that_there_are_more() -> None:
    """Warnings leave room for errors, what is said twice counts once, and a report that is full has failed all the same."""
    found = Report(2)
    for number in (1, 2, 2, 1):
        found.warn("w", Place("content/a.yaml", number), "a warning")
        found.error("e", Place("content/b.yaml", number), "an error")
    assert telling.verdict(found, 3) == "2 errors and 2 warnings in 3 files"
    found.error("e", Place("content/a.yaml"), "an error")
    assert telling.verdict(found, 3) == "more than 2 errors and 2 warnings in 3 files"
    found.warn("w", Place("content/a.yaml"), "a warning")
    assert telling.verdict(found, 3) == "more than 2 errors and more than 2 warnings in 3 files"
    assert [(str(one.place), one.code) for one in found] == [
        ("content/a.yaml:1", "w"),
        ("content/a.yaml:2", "w"),
        ("content/b.yaml:1", "e"),
        ("content/b.yaml:2", "e"),
    ]
    assert (found.errors, found.warnings, len(found), found.failed) == (2, 2, 4, True)


def test_json_is_one_object_with_version_summary_and_diagnostics() -> None:
    found = Report()
    found.error("x", Place("content/a.yaml"), "##[add-mask]a")
    text = "\n".join(telling.diagnosed(found, "json", 2))
    assert "##[" not in text
    document = json.loads(text)
    assert list(document) == ["version", "summary", "diagnostics"]
    assert document["summary"] == "1 error in 2 files"
    assert document["diagnostics"][0]["message"] == "##[add-mask]a"


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """The commands that GitHub's runner reads in a log: lines that begin with `::`, and `##[` anywhere (ActionCommand.cs)."""
    found = []
    for line in re.split(r"\r\n|\n|\r", text):
        if line.lstrip().startswith("::") and "::" in line.lstrip()[2:]:
            head, _, message = line.lstrip()[2:].partition("::")
            name, _, rest = head.partition(" ")
            named = dict(pair.partition("=")[::2] for pair in rest.split(",") if pair)
            found.append((name, {key: unescaped(value) for key, value in named.items()}, unescaped(message)))
        elif "##[" in line and "]" in line.partition("##[")[2]:
            found.append((line.partition("##[")[2].partition("]")[0], {}, ""))
    return found


def unescaped(text: str) -> str:
    """What the runner reads an escaped text as."""
    for written, meant in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(written, meant)
    return text


@given(st.text(), st.text(), st.text())
def test_an_annotation_is_one_command_whatever_names_and_messages_hold(path: str, message: str, hint: str) -> None:
    one = Diagnostic("bad-name", Place(path, 3, 4), message, hint, Severity.WARNING)
    said = f"{printable(message)} {printable(hint)}" if hint else printable(message)
    properties = {"file": printable(path), "line": "3", "col": "4", "title": "bad-name"}
    expected = {name: value for name, value in properties.items() if value}
    assert commands(one.as_annotation()) == [("warning", expected, said)]


@pytest.mark.parametrize(
    "hostile",
    ["x\n::add-mask::a", "x\r::add-mask::a", "x%0A::add-mask::a", "::stop-commands::a", "##[add-mask]a", "a,b:c=d"],
)
def test_no_hostile_name_or_message_starts_another_command(hostile: str) -> None:
    found = Report()
    found.error("bad-name", Place(f"content/{hostile}"), hostile, hostile)
    text = "\n".join(telling.diagnosed(found, "github", 1))
    assert [name for name, _, _ in commands(text)] == ["error"]


@pytest.mark.parametrize("name", ['"::add-mask::a"', '"##[add-mask]a"'])
def test_a_log_of_a_workflow_takes_no_command_from_the_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    program = programs.small(tmp_path / "program")
    site = program / "content/site.yaml"
    site.write_text(re.sub(r"(?m)^name: .*$", f"name: {name}", site.read_text(), count=1))

    def said() -> str:
        arguments = ["-C", str(program), "preview", "-o", str(tmp_path / "shown")]
        result = CliRunner().invoke(cli.blazon, arguments)
        assert result.exit_code == 0
        return result.output

    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    assert len(commands(said())) == 1
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert commands(said()) == []


def test_nothing_that_is_printed_becomes_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    for text in ("::a::b", "  ::a::b", "x\n::a::b", "x\r ::a::b", "x ##[a]b", "##[a]##[b]"):
        assert commands(shell.harmless(text)) == [], text
    assert shell.harmless("a::b # [c]") == "a::b # [c]"
    monkeypatch.delenv("GITHUB_ACTIONS")
    assert shell.harmless("::a::b") == "::a::b"


@pytest.mark.parametrize("form", ["text", "github", "markdown", "json"])
def test_check_says_what_is_wrong_in_every_form(tmp_path: Path, form: str) -> None:
    program = programs.small(tmp_path / "program")
    arguments = ["-C", str(program), "check", "--today", "2026-11-20", "--format", form]
    well = CliRunner().invoke(cli.blazon, arguments)
    assert (well.exit_code, "no mistakes in 5 files" in well.stdout) == (0, True)
    award = program / programs.AWARD
    award.write_text(award.read_text().replace("issued:", "isued:"))
    wrong = CliRunner().invoke(cli.blazon, arguments)
    assert (wrong.exit_code, wrong.stderr) == (1, "")
    for words in (programs.AWARD, "isued", "unknown-field"):
        assert words in html.unescape(wrong.stdout)
