"""What a request would change for the public: a row for each thing that happens, in every form, whatever names hold."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import goldens
import programs
import strangers
from blazon import cli, ed25519, files, load, markup, png, recount
from blazon.becoming import Shown
from blazon.contrast import Addresses, Change, Contrast
from blazon.diagnostics import Report
from blazon.keys import Secret
from blazon.plaintext import plain
from blazon.render import Theme
from test_markup import ALIVE, commands, seen

AWARD = programs.AWARD
BADGE = f"content/badges/{programs.BADGE}/badge.yaml"
EARNER = "content/earners/priya-raman/earner.yaml"
TODAY = "2026-11-20"
ISSUED = "Awarded to Priya Raman by Riverbend Afterschool Network on 14 May 2026."


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return programs.small(tmp_path / "base")


@pytest.fixture
def now(base: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(base, tmp_path / "now"))


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli.blazon, ["-C", str(folder), *arguments])


def done(folder: Path, *arguments: str) -> None:
    result = run(folder, *arguments)
    assert result.exit_code == 0, result.output


def diff(now: Path, base: Path, *arguments: str) -> Result:
    return run(now, "diff", "--against", str(base), "--today", TODAY, *arguments)


def told(now: Path, base: Path, code: int = 0) -> dict[str, Any]:
    """What diff says as JSON."""
    result = diff(now, base, "--format", "json")
    assert result.exit_code == code, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def rows(now: Path, base: Path, name: str, code: int = 0) -> list[tuple[list[str], str]]:
    """The rows of a list: what happens, and the sentence."""
    return [(one["what"], one["sentence"]) for one in told(now, base, code)[name]]


def edit(folder: Path, path: str, old: str, new: str) -> None:
    text = (folder / path).read_text()
    assert old in text
    (folder / path).write_text(text.replace(old, new, 1))


def test_nothing_changes_where_nothing_changed(now: Path, base: Path) -> None:
    edit(now, AWARD, "issued:", "# a comment says nothing to the public\nissued:")
    result = diff(now, base)
    assert (result.exit_code, result.stderr) == (0, "")
    first, second = result.stdout.splitlines()
    assert first == "Riverbend Afterschool Network: nothing changes"
    assert re.fullmatch(r"addresses: (\d+) before, \1 now; 0 new, 0 gone", second)


def test_an_added_award_has_its_sentence_address_and_reviewers(now: Path, base: Path) -> None:
    (base / AWARD).unlink()
    (one,) = told(now, base)["awards"]
    address = re.search(r"^id: (\S+)", (now / AWARD).read_text(), re.MULTILINE)
    assert address is not None
    assert one["what"] == ["added"]
    assert (one["name"], one["earner"], one["file"]) == ("STEM Night Lead", "Priya Raman", AWARD)
    assert one["address"] == f"https://riverbend.example/badges/awards/{address[1]}/"
    assert re.match(
        r"Awarded to Priya Raman by Riverbend Afterschool Network on \d+ \w+ 20\d\d\. Plans", one["sentence"]
    )
    assert (one["approvals"]["counting"], one["approvals"]["met"]) == (2, True)
    assert {who["role"] for who in one["approvals"]["reviewers"]} == {"site lead", "programme lead"}
    text = diff(now, base).stdout
    assert text.startswith("Riverbend Afterschool Network: 1 award added; ")
    assert f"award added: STEM Night Lead – Priya Raman ({AWARD})\n  {one['sentence']}\n  2 of 2 approvals by" in text
    assert "; the policy is met\n" in text
    assert "10 new, 0 gone" in text


def test_an_award_without_enough_approvals_says_so(now: Path, base: Path) -> None:
    (base / AWARD).unlink()
    edit(now, AWARD, "decision: approve", "decision: revise")
    (one,) = told(now, base, code=1)["awards"]
    assert (one["approvals"]["counting"], one["approvals"]["needed"], one["approvals"]["met"]) == (1, 2, False)
    assert "; the policy is not met" in diff(now, base).stdout
    assert "check found 1 error: what follows is what can be read." in diff(now, base).stdout


def test_a_claim_is_a_claim_until_it_is_issued(now: Path, base: Path) -> None:
    edit(base, AWARD, re.search(r"issued: .*\n", (base / AWARD).read_text())[0], "")  # type: ignore[index]
    assert told(now, base)["awards"][0]["what"] == ["added"]
    found = told(base, now, code=1)
    assert [one["what"] for one in found["claims"]] == [["changed"]]
    shutil.rmtree(now / "content/earners")
    found = told(base, now)
    assert [(one["what"], one["sentence"]) for one in found["claims"]] == [(["added"], "Approved by enough")]
    assert found["claims"][0]["address"] == "https://riverbend.example/badges/review/"
    assert found["claims"][0]["approvals"]["met"] is True
    assert [one["what"] for one in told(now, base)["claims"]] == [["taken away"]]
    assert "1 claim added" in diff(base, now).stdout


@pytest.mark.parametrize(
    ("command", "what", "sentence"),
    [
        (
            ("revoke", "--reason", "It was a mistake"),
            "withdrawn",
            r"Withdrawn by the issuer\. On 2 .*It was a mistake\. Do",
        ),
        (
            ("suspend", "--reason", "We look at it"),
            "put on hold",
            r"On hold\. Riverbend .* paused it on 2 Nov.* at it\.",
        ),
        (("erase", "--yes"), "erased", r"This award was deleted\. Its earner asked for it, .* on 2 November 2026\."),
    ],
)
def test_what_happens_to_an_award_later_is_told_as_its_page_will_tell_it(
    now: Path, base: Path, command: tuple[str, ...], what: str, sentence: str
) -> None:
    done(now, command[0], AWARD, *command[1:], "--on", "2026-11-02")
    ((happens, said),) = rows(now, base, "awards")
    assert happens == [what]
    assert re.match(sentence, said)
    assert f"1 award {what}" in diff(now, base).stdout


def test_a_pause_that_ends_is_told(now: Path, base: Path) -> None:
    done(base, "suspend", AWARD, "--reason", "x", "--on", "2026-11-02")
    ((happens, said),) = rows(now, base, "awards")
    assert happens == ["no longer on hold"]
    assert said.startswith("Awarded to Priya Raman")


def test_a_replacement_is_two_rows(now: Path, base: Path) -> None:
    done(now, "supersede", AWARD, "--name", "Priya R.", "--issued", "2026-11-10")
    found = {what[0]: (what, said) for what, said in rows(now, base, "awards")}
    assert found["added"][0] == ["added", "replaces another"]
    assert found["added"][1].startswith("Awarded to Priya R. by")
    assert found["replaced"][0] == ["replaced"]
    assert found["replaced"][1].startswith("Replaced by a newer award.")


@pytest.mark.parametrize(
    ("wish", "what", "sentence"),
    [
        ("visibility: public", "made public", "Awarded to Priya Raman"),
        ("visibility: withheld", "made withheld", ""),
        (
            f"awards: {{{programs.BADGE}: {{visibility: private, key: {'A' * 42}E}}}}",
            "made private",
            "This award is private.",
        ),
    ],
)
def test_what_an_earner_shows_and_hides_is_told(now: Path, base: Path, wish: str, what: str, sentence: str) -> None:
    (now / EARNER).write_text(f"name: Priya Raman\n{wish}\n")
    ((happens, said),) = rows(now, base, "awards")
    assert happens == [what]
    assert said.startswith(sentence)
    assert bool(said) is bool(sentence)
    found = told(now, base)
    assert found["addresses"]["vanishing"] == []
    assert bool(found["addresses"]["gone"]) is (what != "made public")


def test_pages_of_earners_come_change_and_go(now: Path, base: Path) -> None:
    (now / EARNER).write_text("name: Priya R.\nvisibility: public\nlisted: true\n")
    (one,) = told(now, base)["earners"]
    assert (one["what"], one["name"], one["file"]) == (["page added"], "Priya R.", EARNER)
    assert one["address"].endswith("/earners/priya-raman/")
    assert told(now, base)["awards"][0]["what"] == ["made public", "under another name"]
    (base / EARNER).write_text("name: Priya R.\nvisibility: public\nlisted: true\nabout: Leads evenings.\n")
    assert [one["what"] for one in told(now, base)["earners"]] == [["changed: about"]]
    (base / EARNER).write_text("name: Priya R.\nvisibility: withheld\n")
    assert [one["what"] for one in told(base, now)["earners"]] == [["page taken away"]]


def test_badges_come_change_are_renewed_and_retire(now: Path, base: Path) -> None:
    done(now, "new", "badge", "Spare", "--kind", "skill")
    done(now, "new", "version", programs.BADGE)
    edit(now, BADGE, "\nsummary: ", "\nsummary: Also ")
    found = {one["name"]: one for one in told(now, base)["badges"]}
    assert found["Spare"]["what"] == ["added"]
    assert found["Spare"]["address"] == "https://riverbend.example/badges/badges/spare/"
    assert found["STEM Night Lead"]["what"] == ["new version 2", "changed: summary"]
    assert found["STEM Night Lead"]["sentence"].startswith("Also Plans and leads")
    assert told(now, base)["awards"] == []
    edit(now, BADGE, "\nkind: ", "\nstatus: retired\nkind: ")
    found = {one["name"]: one for one in told(now, base)["badges"]}
    assert found["STEM Night Lead"]["what"] == ["new version 2", "retired", "changed: summary"]
    assert found["STEM Night Lead"]["sentence"].startswith("This badge is retired. It is no longer awarded.")


def test_addresses_that_would_vanish_are_refused_and_come_first(now: Path, base: Path) -> None:
    done(base, "new", "badge", "Spare", "--kind", "skill")
    found = told(now, base, code=1)
    assert [one["code"] for one in found["refused"]] == ["vanishing-address"]
    assert "badges/spare/index.html" in found["addresses"]["vanishing"]
    assert [one["what"] for one in found["badges"]] == [["removed"]]
    lines = diff(now, base).stdout.splitlines()
    assert lines[1].startswith("refused: content/badges/spare/badge.yaml: the address")
    assert lines[2].startswith("vanishing: ")
    text = diff(now, base, "--format", "markdown").stdout
    assert text.index("#### Refused") < text.index("#### Addresses that would vanish") < text.index("#### Badges")
    twin = told(base, now)
    assert (twin["refused"], twin["addresses"]["vanishing"]) == ([], [])


def test_an_award_that_is_changed_or_removed_is_refused(now: Path, base: Path) -> None:
    edit(now, AWARD, "name: Priya Raman", "name: Somebody Else")
    found = told(now, base, code=1)
    assert [one["what"] for one in found["awards"]] == [["changed: name"]]
    assert [one["code"] for one in found["refused"]] == ["changed-award"]
    (now / AWARD).unlink()
    found = told(now, base, code=1)
    assert [one["what"] for one in found["awards"]] == [["removed"]]
    assert [one["code"] for one in found["refused"]] == ["removed-award"]
    assert found["awards"][0]["address"] == ""


def test_a_withdrawal_that_is_taken_back_is_a_change(now: Path, base: Path) -> None:
    done(base, "revoke", AWARD, "--reason", "x", "--on", "2026-11-02")
    assert [one["what"] for one in told(now, base, code=1)["awards"]] == [["changed: revoked"]]


def test_settings_and_other_files_are_listed(now: Path, base: Path) -> None:
    edit(now, "content/site.yaml", "\ntagline: ", "\ntagline: More ")
    (now / ".github").mkdir()
    (now / ".github/CODEOWNERS").write_text("x")
    (base / "Makefile").write_text("x")
    edit(now, "content/reviewers.yaml", "policy:", "# a word\npolicy:")
    found = [(one["file"], one["what"]) for one in told(now, base)["files"]]
    assert found == [
        (".github/CODEOWNERS", ["added"]),
        ("Makefile", ["removed"]),
        ("content/reviewers.yaml", ["changed"]),
        ("content/site.yaml", ["changed: tagline"]),
    ]
    for number in range(30):
        (now / f".github/{number}").touch()
    text = diff(now, base).stdout
    assert text.count("\nother file ") == 20
    assert "and 14 other files more\n" in text


def test_content_with_mistakes_is_told_as_far_as_it_can_be_read(now: Path, base: Path) -> None:
    done(now, "new", "badge", "Spare", "--kind", "skill")
    (now / AWARD).write_text("id: &x y")
    found = told(now, base, code=1)
    assert found["errors"] > 0
    assert found["unread"] == [AWARD]
    assert (found["awards"], found["addresses"]["vanishing"]) == ([], [])
    assert [one["name"] for one in found["badges"]] == ["Spare"]
    assert f"cannot be read: {AWARD}" in diff(now, base).stdout
    assert "Check found" in diff(now, base, "--format", "markdown").stdout


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (AWARD, f"badge: {programs.BADGE}", "badge: no-such-badge"),
        (AWARD, "issued: ", "issued: in "),
        (AWARD, "id: ", "idd: "),
        (AWARD, "issued: ", "version: 7\nissued: "),
        (AWARD, "issued: ", "parts: [{award: nothing}]\nissued: "),
        (BADGE, "name: ", "name: ["),
        (BADGE, "kind: skill", "kind: nothing"),
        ("content/site.yaml", "url: https", "url: ftp"),
        ("content/site.yaml", "name: ", "name: ["),
        ("content/reviewers.yaml", "policy:", "policy: ["),
        ("keys/demo.yaml", "public_key: ", "public_key: z"),
    ],
)
def test_no_mistake_ends_in_anything_but_1(now: Path, base: Path, path: str, old: str, new: str) -> None:
    edit(now, path, old, new)
    for form in ("text", "markdown", "json"):
        result = diff(now, base, "--format", form)
        assert result.exit_code == 1, result.output
        assert "bug" not in result.output
    edit(now, path, new, old)
    assert diff(now, base).exit_code == 0


def test_e7_a_picture_that_is_none_is_told_of_and_not_shown(now: Path, base: Path) -> None:
    for root in (now, base):
        edit(root, BADGE, "kind: ", "image: {alt: A patch}\nkind: ")
        (root / BADGE).with_name("image.svg").write_bytes(strangers.SVG)
        (root / BADGE).with_name("image.png").write_bytes(png.write(64, 64, ((0, 0, 0, 255),), bytes(64 * 64)))
    assert diff(now, base).exit_code == 0
    for root in (now, base):
        (root / BADGE).with_name("image.png").write_bytes(b"GIF89a")
        result = diff(now, base)
        assert result.exit_code == 1, result.output
        assert "bug" not in result.output
        assert "the file is not a PNG but a GIF" in run(now, "check").output


@pytest.mark.parametrize("score", ["60.5", "Meets all"])
def test_a_score_that_its_row_cannot_have_is_told_as_none(now: Path, base: Path, score: str) -> None:
    edit(now, AWARD, "tables: Meets", f"tables: {score}")
    result = diff(now, base)
    assert result.exit_code == 1, result.output
    assert "bug" not in result.output
    assert f'has no level called "{score}"' in run(now, "check").output


@pytest.mark.parametrize("spoil", ["nothing", "award"])
def test_a_base_that_cannot_be_read_ends_with_3(now: Path, base: Path, spoil: str) -> None:
    if spoil == "award":
        (base / AWARD).write_text("id: &x y")
    else:
        shutil.rmtree(base)
    result = diff(now, base)
    assert result.exit_code == 3
    assert "compare" in result.stderr


def test_the_sentence_is_in_the_words_of_the_site(now: Path, base: Path) -> None:
    done(now, "revoke", AWARD, "--reason", "x", "--on", "2026-11-02")
    strings = now / "themes/stitch/strings/en.yaml"
    strings.parent.mkdir(parents=True)
    strings.write_text("state:\n  withdrawn: We took this back\n")
    assert rows(now, base, "awards")[0][1].startswith("We took this back. On 2 November 2026.")
    for folder in (now, base):
        edit(folder, "content/site.yaml", "language: en", "language: es")
    assert rows(now, base, "awards")[0][1].startswith("Anulado por el emisor. El 2 de noviembre")


def test_no_secret_is_needed(now: Path, base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BLAZON_SIGNING_KEY", raising=False)
    (base / AWARD).unlink()
    for folder in (now, base):
        (folder / "keys/demo.yaml").unlink()
        public = ed25519.write(Secret(bytes(32)).public)
        (folder / "keys/key-1.yaml").write_text(f"public_key: {public}\nfrom: 2024-01-01\n")
    assert [one["what"] for one in told(now, base)["awards"]] == [["added"]]
    assert run(now, "build", "--today", TODAY).exit_code == 3


def test_no_review_policy_is_needed(now: Path, base: Path) -> None:
    (base / AWARD).unlink()
    for folder in (now, base):
        (folder / "content/reviewers.yaml").unlink()
    (one,) = told(now, base)["awards"]
    assert one["approvals"] is None
    assert one["sentence"].startswith("Awarded to Priya Raman")


def test_another_address_of_the_site_is_no_link(now: Path, base: Path) -> None:
    (base / AWARD).unlink()
    assert "](<https://riverbend.example/badges/awards/" in diff(now, base, "--format", "markdown").stdout
    edit(now, "content/site.yaml", "url: https://riverbend.example/badges/", "url: https://evil.example/")
    text = diff(now, base, "--format", "markdown").stdout
    assert "](" not in text
    assert "vanishing-address" in text


HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "[here](https://evil.example) | `x` | @octocat #1",
    "**bold** ![p](https://evil.example/p.png)",
    "https://evil.example www.evil.example",
    "##[add-mask]x",
    "::error::x",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_names_of_others_stay_names(now: Path, base: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    (base / AWARD).unlink()
    edit(now, AWARD, "name: Priya Raman", f"name: {json.dumps(name)}")
    edit(now, BADGE, "name: STEM Night Lead", f"name: {json.dumps(name)}")
    edit(now, "content/site.yaml", "name: Riverbend", f"name: {json.dumps(name)} #")
    links = re.compile(r"\]\(<https://riverbend\.example/badges/[a-z0-9/-]+>\)")
    source = diff(now, base, "--format", "markdown").stdout
    found = seen(re.sub(r"\[([^\]]+)\]\(<[^>]+>\)", r"\1", source))
    assert links.search(source)
    assert re.sub(links, "", source).count("](") == 0
    assert {tag.strip("/") for tag in found.tags} <= {
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "code",
        "h3",
        "h4",
        "p",
        "strong",
    }
    assert ALIVE.search(found.outside) is None
    assert name in found.outside.replace("\u200b", "")
    for form in ("text", "json", "markdown"):
        assert commands(diff(now, base, "--format", form).output) == []


def test_characters_that_steer_are_shown_as_what_they_are() -> None:
    hostile = "Ada\u202eevil\u0007\n::error::x"
    change = Change(("added",), hostile, hostile, "content/x.yaml", "", hostile)
    found = Contrast(hostile, "https://a.example/", (change,), (), (), (), (), Addresses(1, 2), (), ())
    for form in ("text", "markdown", "json"):
        text = "\n".join(recount.recounted(found, Report(), form))
        assert not {"\u202e", "\u0007"} & {*text}
        assert commands(text) == []
    assert "Ada\\u202eevil\\x07\\n::error::x" in "\n".join(recount.recounted(found, Report(), "text"))


def test_a_summary_that_is_too_long_says_how_much_is_missing() -> None:
    change = Change(("added",), "x" * 200, "y" * 200, "content/x.yaml", "", "z" * 200)
    found = Contrast("a", "", (change,) * 2_000, (), (), (), (), Addresses(1, 2), (), ())
    text = "\n".join(recount.recounted(found, Report(), "markdown"))
    assert len(text.encode()) <= markup.LARGEST
    assert text.endswith(" more lines do not fit here. `blazon diff` says all of them.")
    assert text.count("| added |") > 1_000


@pytest.mark.parametrize("name", goldens.SITES)
def test_every_address_of_a_golden_site_is_known(name: str) -> None:
    root = goldens.HERE / name / "program"
    program = load.load(files.read_tree(root, Report()), Report())
    assert program is not None
    words = Theme(files.read_theme(root, program.settings.theme), program.settings.language).words
    made = {path for path in goldens.golden(name) if not path.startswith("static/")}
    assert Shown.of(program, words, goldens.TODAY).paths == made


def test_plain_text_is_what_is_read_aloud() -> None:
    html = '<div title="no"><svg><path d="M0 0"/></svg><strong>Gone &amp; over</strong><p>On\n 2 <b>May</b>. Why?</p></div>'
    assert plain(html) == "Gone & over. On 2 May. Why?"
    assert plain("") == ""


def test_the_guide_shows_what_the_demo_says(tmp_path: Path) -> None:
    for folder in (tmp_path / "base", tmp_path / "now"):
        for part in ("content", "keys"):
            shutil.copytree(programs.DEMO / part, folder / part)
    (tmp_path / "base" / AWARD).unlink()
    guide = (programs.DEMO / "docs/how-to/read-a-request.md").read_text("utf-8")
    shown = re.findall(r"```text\n(.*?)```", guide, re.DOTALL)
    said = diff(tmp_path / "now", tmp_path / "base").stdout
    assert [re.sub(r"\d+ before, \d+ now", "", one) for one in shown] == [re.sub(r"\d+ before, \d+ now", "", said)]
