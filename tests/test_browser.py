"""The verifier for browsers: what is in the script, and that each thing it can find has words in every language."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

import blazon
from blazon import browser, shape, vocabulary
from blazon.files import read_verifier
from blazon.render import Theme
from pagebook import FILES
from samples import PLAN

PARTS = read_verifier()
SOURCE = b"\n".join(PARTS.values()).decode()
SCRIPT = browser.script(PARTS).decode()
CHECK = FILES["static/check.js"].decode()
LANGUAGES = sorted(path[8:-5] for path in FILES if path.startswith("strings/"))
GOAL = 25 * 1024

# How the parts name what was found: the key of a sentence.
FOUND = re.compile(
    r"""new\ (?:Failure|Doubt|Unreadable|Unusual)\("([a-z0-9-]+)" | outcome\("\w+",\ \w+,\ "([a-z0-9-]+)" | return\ \[?"([a-z-]+)"[;,]
    | \?\ \[?"([a-z-]+)"[,\ \]] | :\ \[?"([a-z-]+)"[,;\ \]]? | doubt\("([a-z-]+)" | (?:revocation|suspension):\ "([a-z-]+)"
    | decoded\([^;]*?,\ "([a-z0-9-]+)"\) | PASSED,\ record\ \?\ "(\w+)" | \(\)\ =>\ "([a-z-]+)" """,
    re.VERBOSE,
)


def test_every_part_is_in_the_script_and_in_the_package() -> None:
    folder = Path(blazon.__file__).parent / "verifier"
    assert sorted(browser.PARTS) == sorted(path.stem for path in folder.glob("*"))
    for data in PARTS.values():
        names = re.findall(r"^(?:async )?function\*? (\w+)|^class (\w+)", data.decode(), re.MULTILINE)
        assert all(
            re.search(rf"^(?:async )?(?:function\*?|class) {one or two}\b", SCRIPT, re.MULTILINE) for one, two in names
        )


def test_no_name_is_given_twice() -> None:
    # The parts become one script, in which a second `const` of a name is an error that keeps all of it from running.
    given = [
        name
        for line in re.findall(r"^(?:const|let) (.+)$", SOURCE, re.MULTILINE)
        for name in re.findall(r"(?:^|, )(\w+) =", line.partition("=>")[0])
    ]
    given += re.findall(r"^(?:async )?(?:function\*?|class) (\w+)", SOURCE, re.MULTILINE)
    assert len(given) > 100
    assert [name for name in given if given.count(name) > 1] == []


def test_the_script_is_small() -> None:
    assert len(gzip.compress(SCRIPT.encode(), 9)) <= GOAL


def test_the_script_asks_nobody_and_makes_no_code_from_text() -> None:
    assert not re.search(
        r"\b(?:fetch|XMLHttpRequest|WebSocket|import|eval|Function|innerHTML|document\.write)\s*\(", SCRIPT
    )
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|\beval\b|document\.write", CHECK)


def test_comments_are_left_out_and_code_is_not() -> None:
    parts = dict.fromkeys(
        browser.PARTS, b"/** Why. */\n  const a = 1; // kept\n\n/* two\n   lines */\n// gone\nlet b;\n"
    )
    assert "Why" not in browser.script(parts).decode()
    assert browser.script(parts).decode().count("const a = 1; // kept\nlet b;") == len(browser.PARTS)


def test_the_table_is_what_python_signs_with() -> None:
    told = json.loads(json.dumps(browser.table()))
    assert [tuple(one["context"]) for one in told["vocabularies"]] == list(vocabulary.VOCABULARIES)
    for one, ours in zip(told["vocabularies"], vocabulary.VOCABULARIES.values(), strict=True):
        for term, meaning in one["everywhere"].items():
            assert (meaning[0], *meaning[1:]) == tuple(browser._meaning(ours.everywhere[term]))
        assert one["types"] == dict(ours.types)
        assert one["scoped"].keys() == ours.scoped.keys()
    assert told["vocabularies"][-1]["inner"] >= 0
    assert set(told["form"]["lists"]) == shape.LISTS


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_can_be_found_has_a_sentence(language: str) -> None:
    texts = Theme(FILES, language).words.below("verdict")
    checks = b"\n".join(data for name, data in PARTS.items() if name != "state").decode()
    keys = {next(filter(None, groups)) for groups in FOUND.findall(checks)}
    assert {
        "altered",
        "unlisted-key",
        "withdrawn",
        "on-hold",
        "not-yet",
        "own-key",
        "transcript",
        "no-place",
        "at-home",
    } <= keys
    ours = {key.removeprefix("verdict.found.") for key in texts if key.startswith("verdict.found.")}
    assert {"twice", "forbidden-name", "known-words"} <= ours
    assert keys - ours == {"assertion", "proof", "verify"}  # names of members, which look the same in the parts
    assert [key for key in sorted(ours) if f'"{key}"' not in checks] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_and_step_has_its_words(language: str) -> None:
    texts = Theme(FILES, language).words.below("verdict")
    state = PARTS["state"].decode()
    states = {two or one for one, two in re.findall(r'\["(\w+)", "([a-z-]+)"', state)} | {"valid", "expiring", "unsure"}
    states |= set(re.findall(r'bare\("([a-z-]+)"\)|state: "([a-z]+)"', CHECK)[0]) - {""}
    states |= {"disk", "copy", "demo", "recorded", "another", "failure", "checking", "untrusted"}
    for name in states:
        assert f"verdict.state.{name}" in texts
        assert any(key.startswith(f"verdict.state.{name}_text") for key in texts), name
    steps = set(re.findall(r'(?:take|outcome)\("(\w+)"', SOURCE))
    assert steps >= {"proof", "status", "picture"}
    assert {f"verdict.step.{step}" for step in steps} <= texts.keys()
    others = {key for key in texts if not key.startswith(("verdict.state.", "verdict.found.", "verdict.step."))}
    spoken = set(re.findall(r'"(verdict\.\w+)"', CHECK)) | {
        f"verdict.{key}" for key in re.findall(r'\["(\w+)", said', CHECK)
    }
    assert {".".join(key.split(".")[:2]) for key in others} - spoken <= {
        "verdict.passed",
        "verdict.failed",
        "verdict.undecided",
    }


def test_the_page_knows_whose_it_is() -> None:
    told = json.loads(browser.facts(PLAN, b"{}\n").partition(b"=")[2].rstrip(b";\n"))
    assert told == {"base": PLAN.base, "identity": PLAN.did, "document": PLAN.url(PLAN.key_document), "keys": "{}\n"}
