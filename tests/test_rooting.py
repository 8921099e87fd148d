"""`blazon key root` and `blazon key list` from outside: what they write, what they say, and what they refuse."""

from __future__ import annotations

import json
import re
import stat
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import programs
import rootbook
from blazon import cli, ed25519, keylist
from blazon.keys import DEMO_SEED, Secret, parse_secret
from rootbook import FIRST, LIST, NOBODY, ROOT, SECOND, THIRD, public

PASSPHRASE = {"BLAZON_PASSPHRASE": "correct horse"}
DAY = ("--today", "2026-11-20")


def run(root: Path, *arguments: str | Path, passphrase: bool = False) -> Result:
    return CliRunner().invoke(cli.blazon, ["-C", str(root), *map(str, arguments)], env=PASSPHRASE if passphrase else {})


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program of one award, without root keys."""
    return programs.small(tmp_path / "program")


@pytest.fixture
def rooted(program: Path) -> Path:
    """The program with one root key, whose list is signed."""
    (program / ROOT).write_bytes(rootbook.roots(FIRST))
    assert sign(program, FIRST).exit_code == 0
    return program


def file_of(program: Path, secret: Secret) -> Path:
    """A key file beside the program."""
    path = program.parent / f"{public(secret)}.key"
    if not path.exists():
        path.touch(0o600)
        path.write_text(secret.one_line())
    return path


def sign(program: Path, secret: Secret, *arguments: str) -> Result:
    return run(program, "key", "list", "--key-file", file_of(program, secret), *(arguments or DAY))


def table(program: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((program / LIST).read_bytes())
    return found


def add_key(program: Path) -> None:
    """Let the program have a second key from tomorrow on."""
    (program / "keys/key-2.yaml").write_text(f"public_key: {public(NOBODY)}\nfrom: 2026-11-21\n")


# Making root keys


def test_a_root_key_is_made_outside_and_named_inside(program: Path, tmp_path: Path) -> None:
    result = run(program, "key", "root", tmp_path / "root.key", passphrase=True)
    assert result.exit_code == 0, result.output
    assert (tmp_path / "root.key").read_text().startswith("blazon-secret-key-1\n")
    assert stat.S_IMODE((tmp_path / "root.key").stat().st_mode) == 0o600
    (made,) = re.findall("z6Mk[A-Za-z0-9]{44}", (program / ROOT).read_text())
    assert result.stdout.splitlines() == [
        f"wrote {tmp_path}/root.key: the secret half of a root key, protected by your passphrase",
        f"wrote keys/root.yaml: its public half, {made}",
        "next:",
        f"  sign the list of keys: blazon key list --key-file {tmp_path}/root.key",
        "  then keep the secret half in two places that no network reaches; nobody can make it again",
        "  give the public half, whole, to whoever checks your badges: on paper, or where they know you",
    ]
    assert run(program, "key", "list", "--key-file", tmp_path / "root.key", passphrase=True).exit_code == 0
    assert table(program)["roots"] == [made]
    assert run(program, "check").exit_code == 0


def test_a_second_root_key_is_added_and_the_rest_of_the_file_stays(program: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert run(program, "key", "root", tmp_path / name, "--no-passphrase").exit_code == 0
    text = (program / ROOT).read_text()
    first, second = (ed25519.write(parse_secret((tmp_path / name).read_text()).public) for name in ("one", "two"))
    assert f"public_keys:\n  - {first}\n  - {second}\n# How many of them have to sign.\nthreshold: 1\n" in text


def test_a_list_of_root_keys_on_one_line_is_changed_by_hand_only(program: Path, tmp_path: Path) -> None:
    (program / ROOT).write_bytes(rootbook.roots(FIRST))
    result = run(program, "key", "root", tmp_path / "root.key", "--no-passphrase")
    assert result.exit_code == 1
    assert '"public_keys" in keys/root.yaml is written on one line' in result.stderr
    assert not [path for path in tmp_path.iterdir() if path.name != "program"]


def test_a_run_that_was_killed_is_finished(program: Path, tmp_path: Path) -> None:
    (program / ROOT).write_bytes(rootbook.roots(FIRST))
    (tmp_path / f".root.key.{public(FIRST)}.new").write_text(FIRST.one_line())
    result = run(program, "key", "root", tmp_path / "root.key", "--no-passphrase")
    assert result.exit_code == 0
    assert result.stdout == f"wrote {tmp_path}/root.key: the secret half of a key that a run before this one began\n"
    assert (tmp_path / "root.key").read_text() == FIRST.one_line()


def test_more_root_keys_than_fit_are_refused(program: Path, tmp_path: Path) -> None:
    many = (Secret(number.to_bytes(32)) for number in range(1, keylist.MOST_ROOTS + 1))
    (program / ROOT).write_bytes(rootbook.roots(*many))
    result = run(program, "key", "root", tmp_path / "root.key", "--no-passphrase")
    assert (result.exit_code, result.stderr) == (2, "error: there are 20 root keys, and more do not fit.\n")


@pytest.mark.parametrize("command", [("root", "x.key"), ("list", "--key-file", "x.key")])
def test_what_cannot_be_read_is_no_program_to_sign_for(program: Path, command: tuple[str, ...]) -> None:
    (program / ROOT).write_text("- x\n")
    result = run(program, "key", *command)
    assert (result.exit_code, result.stderr.splitlines()[0]) == (1, "error: a file in keys/ cannot be read.")
    (program / "content/site.yaml").write_text("name: A\n")
    result = run(program, "key", *command)
    assert result.stderr.splitlines()[0] == "error: content/site.yaml does not say where the site answers."


# Signing lists


def test_the_list_is_signed_once_and_then_stays(rooted: Path) -> None:
    data = (rooted / LIST).read_bytes()
    result = sign(rooted, FIRST, "--today", "2026-12-01")
    short = ed25519.fingerprint(public(FIRST))
    assert result.stdout == f"nothing to add to keys/list.json: number 1, 1 key, signed by {short}\n"
    assert (rooted / LIST).read_bytes() == data


def test_what_is_new_in_keys_gets_the_next_number(rooted: Path) -> None:
    add_key(rooted)
    result = sign(rooted, FIRST, "--today", "2026-12-01")
    assert result.stdout.splitlines() == [
        f"wrote keys/list.json: number 2, 2 keys, signed by {ed25519.fingerprint(public(FIRST))}",
        "next: commit keys/list.json, and publish",
    ]
    found = table(rooted)
    assert (found["number"], found["date"]) == (2, "2026-12-01")
    assert [one["name"] for one in found["keys"]] == ["demo", "key-2"]


def test_times_of_keys_are_in_the_list(rooted: Path) -> None:
    path = rooted / "keys/demo.yaml"
    path.write_text(
        re.sub(
            r"(?m)^from: .*\n",
            "from: 2024-01-01\nuntil: 2026-12-01\ncompromised: 2026-11-01T10:00:00Z\n",
            path.read_text(),
        )
    )
    assert sign(rooted, FIRST).exit_code == 0
    assert table(rooted)["keys"][0] == {
        "name": "demo",
        "key": public(Secret(DEMO_SEED)),
        "from": "2024-01-01T00:00:00Z",
        "until": "2026-12-01T00:00:00Z",
        "compromised": "2026-11-01T10:00:00Z",
    }


def test_two_of_three_sign_one_after_the_other(program: Path) -> None:
    (program / ROOT).write_bytes(rootbook.roots(FIRST, SECOND, THIRD, threshold=2))
    result = sign(program, SECOND)
    more = "it needs 1 more signature: blazon key list --key-file FILE, where another root key is"
    assert result.stdout.splitlines()[1:] == [f"next: {more}"]
    assert sign(program, SECOND).stdout.splitlines()[1:] == [f"next: {more}"]
    assert run(program, "build").exit_code == 1
    result = sign(program, THIRD, "--today", "2026-12-24")
    assert result.stdout.splitlines()[1:] == ["next: commit keys/list.json, and publish"]
    found = table(program)
    assert (found["number"], found["date"], len(found["signatures"])) == (1, "2026-11-20", 2)
    assert run(program, "check").exit_code == 0


def test_a_damaged_signature_is_replaced_by_its_owner(rooted: Path) -> None:
    whole = (rooted / LIST).read_bytes()
    found = table(rooted)
    found["signatures"][0]["signature"] = "z" + "1" * 64
    (rooted / LIST).write_text(json.dumps(found))
    assert sign(rooted, FIRST).exit_code == 0
    assert (rooted / LIST).read_bytes() == whole


def test_earlier_root_keys_sign_first(rooted: Path) -> None:
    (rooted / ROOT).write_bytes(rootbook.roots(SECOND))
    before = (rooted / LIST).read_bytes()
    result = sign(rooted, SECOND)
    assert result.stdout.splitlines()[1:] == [
        "note: of the root keys of number 1, none has signed it: whoever pinned one of them is not taken along",
        "  if you still have one, bring keys/list.json back as it was, and let that one sign first",
        "next: commit keys/list.json, and publish",
    ]
    (rooted / LIST).write_bytes(before)
    assert sign(rooted, FIRST).stdout.splitlines()[1:] == [
        "next: it needs 1 more signature: blazon key list --key-file FILE, where another root key is"
    ]
    assert sign(rooted, SECOND).stdout.splitlines()[1:] == ["next: commit keys/list.json, and publish"]
    assert [one["root"] for one in table(rooted)["signatures"]] == [public(FIRST), public(SECOND)]


def test_only_root_keys_sign_lists(rooted: Path) -> None:
    before = (rooted / LIST).read_bytes()
    add_key(rooted)
    result = sign(rooted, NOBODY)
    assert result.exit_code == 3
    assert result.stderr.splitlines() == [
        'error: this is the key "key-2", which signs badges, and a root key signs nothing but the list of keys.',
        "  hint: name the file of a root key.",
    ]
    result = sign(rooted, THIRD)
    assert (result.exit_code, result.stderr.splitlines()[0]) == (
        3,
        "error: this key is none of the root keys in keys/root.yaml.",
    )
    assert (rooted / LIST).read_bytes() == before


def test_a_root_key_signs_no_badges(rooted: Path) -> None:
    result = run(rooted, "build", "--key-file", file_of(rooted, FIRST))
    assert result.exit_code == 3
    assert "the public half of the signing key is not in keys/" in result.stderr
    assert not (rooted / "dist").exists()


def test_what_is_missing_is_told(program: Path) -> None:
    result = sign(program, FIRST)
    assert (result.exit_code, result.stderr.splitlines()[0]) == (1, "error: there is no keys/root.yaml.")
    (program / ROOT).write_bytes(rootbook.roots(FIRST))
    (program / LIST).write_text("{}")
    result = sign(program, FIRST)
    assert (result.exit_code, result.stderr.splitlines()[0][:50]) == (
        1,
        "error: keys/list.json cannot be read: its members ",
    )
    (program / "keys/demo.yaml").unlink()
    (program / LIST).unlink()
    result = sign(program, FIRST)
    assert (result.exit_code, result.stderr.splitlines()[0]) == (1, "error: there is no public key in keys/ to list.")


def test_more_keys_than_fit_are_refused(rooted: Path) -> None:
    for number in range(1, keylist.MOST_KEYS + 1):
        key = public(Secret(number.to_bytes(32)))
        (rooted / f"keys/key-{number}.yaml").write_text(f"public_key: {key}\nfrom: 2026-11-21\n")
    result = sign(rooted, FIRST)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0] == (
        'error: the list of keys cannot be written: its "keys" are no list of 1 to 100 entries.'
    )


def test_without_root_keys_nothing_is_said_of_them(program: Path) -> None:
    (line,) = run(program, "key", "show").stdout.splitlines()
    assert line.startswith("demo: z6Mk")


def test_root_keys_are_shown_with_the_others(rooted: Path) -> None:
    shown = run(rooted, "key", "show").stdout.splitlines()
    short = ed25519.fingerprint(public(FIRST))
    assert shown[1:] == [f"root: {public(FIRST)}", f"keys/list.json: list number 1 of 2026-11-20, signed by {short}"]
    (rooted / LIST).write_bytes(rootbook.sealed(table(rooted)))
    assert run(rooted, "key", "show").stdout.endswith(", signed by nobody\n")
    (rooted / LIST).unlink()
    assert run(rooted, "key", "show").stdout.endswith("keys/list.json: not signed yet\n")
