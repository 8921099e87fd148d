"""The commands from outside: what they print and where, what they leave on the disk, and how they end (ux.md §6)."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import programs
from blazon import __version__, cli, ed25519, keys, publishing, shell
from blazon.keys import Secret

TODAY = "2026-11-20"
GENERATOR = str(Path(cli.__file__).parents[1])
COMMANDS = (
    (),
    ("check",),
    ("build",),
    ("sign",),
    ("preview",),
    ("diff",),
    ("verify",),
    ("new",),
    ("new", "badge"),
    ("new", "earner"),
    ("new", "award"),
    ("new", "version"),
    ("revoke",),
    ("suspend",),
    ("supersede",),
    ("erase",),
    ("derive",),
    ("private",),
    ("hand-over",),
    ("key",),
    ("key", "compromised"),
    ("key", "new"),
    ("key", "show"),
)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("BLAZON_SIGNING_KEY", "BLAZON_PASSPHRASE", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return programs.small(tmp_path / "program")


def run(program: Path, *arguments: str | Path, given: bytes | None = None) -> Result:
    return CliRunner().invoke(cli.blazon, ["-C", str(program), *map(str, arguments)], given)


def build(program: Path, *arguments: str | Path) -> Result:
    return run(program, "build", "--today", TODAY, *arguments)


def edit(program: Path, path: str, old: str, new: str) -> None:
    text = (program / path).read_text()
    assert old in text
    (program / path).write_text(text.replace(old, new, 1))


def own_key(program: Path, seed: bytes = bytes(32), dates: str = "from: 2024-01-01") -> Secret:
    """Give the program a key of its own in place of the demo's."""
    secret = Secret(seed)
    (program / "keys/demo.yaml").unlink(missing_ok=True)
    (program / "keys/key-1.yaml").write_text(f"public_key: {ed25519.write(secret.public)}\n{dates}\n")
    return secret


def digest(folder: Path) -> str:
    """One hash over every path, mode and byte of a folder."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        found.update(f"{path.relative_to(folder)} {path.stat().st_mode:o}\n".encode())
        found.update(path.read_bytes() if path.is_file() else b"")
    return found.hexdigest()


def wherever(program: Path) -> list[str]:
    return sorted(path.name for path in program.iterdir())


# check


def test_check_says_that_all_is_well_and_writes_nothing(program: Path) -> None:
    result = run(program, "check", "--today", TODAY)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "no mistakes in 5 files\n", "")
    assert wherever(program) == ["content", "keys"]


def test_check_shows_every_mistake_where_it_was_made(program: Path) -> None:
    edit(program, programs.AWARD, f"badge: {programs.BADGE}", "badge: stem-nightlead")
    edit(program, f"content/badges/{programs.BADGE}/badge.yaml", "icon: flask", "icon: flsk")
    result = run(program, "check", "--today", TODAY)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert f"content/badges/{programs.BADGE}/badge.yaml" in lines[0]
    assert re.fullmatch(
        rf'{programs.AWARD}:\d+:\d+: error: there is no badge called "stem-nightlead"\. \[unknown-badge\]', lines[2]
    )
    assert lines[3] == '  hint: did you mean "stem-night-lead"?'
    assert lines[-1] == "2 errors in 5 files"


def test_check_as_json_is_one_object(program: Path) -> None:
    edit(program, programs.AWARD, f"badge: {programs.BADGE}", "badge: nothing")
    result = run(program, "check", "--format", "json", "--today", TODAY)
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (found["version"], found["summary"]) == (__version__, "1 error in 5 files")
    assert [one["code"] for one in found["diagnostics"]] == ["unknown-badge"]


def test_check_for_github_puts_errors_first(program: Path) -> None:
    edit(program, f"content/badges/{programs.BADGE}/badge.yaml", "\nevidence:", "\nx-evidence:")
    edit(program, programs.AWARD, "issued:", "# issued:")
    result = run(program, "check", "--format", "github", "--today", TODAY)
    marks = [line.split(" ")[0] for line in result.stdout.splitlines() if line.startswith("::")]
    assert result.exit_code == 1
    assert len(set(marks)) == 2
    assert marks == sorted(marks)
    assert f"::error file=content/badges/{programs.BADGE}/badge.yaml,line=" in result.stdout


def test_strict_takes_warnings_for_errors(program: Path) -> None:
    text = (program / programs.AWARD).read_text()
    (program / programs.AWARD).write_text(re.sub(r"\nreviews:.*?\nissued:[^\n]*", "\n", text, flags=re.DOTALL))
    assert run(program, "check", "--today", TODAY).exit_code == 0
    assert "waiting" in run(program, "check", "--today", TODAY).stdout
    assert run(program, "check", "--strict", "--today", TODAY).exit_code == 1
    assert build(program, "--strict").exit_code == 1
    assert not (program / "dist").exists()
    assert build(program).exit_code == 0


def test_a_folder_without_a_program_is_wrong_usage(tmp_path: Path) -> None:
    for command in ("check", "build", "preview"):
        result = run(tmp_path, command)
        assert result.exit_code == 2
        assert "there is no content/ folder" in result.stderr
        assert "blazon init my-badges" in result.stderr
    result = run(tmp_path, "new", "badge", "x")
    assert (result.exit_code, "blazon init my-badges" in result.stderr) == (2, True)


def test_names_from_files_never_reach_the_terminal_raw(program: Path) -> None:
    (program / "content/a\x1b[31m\u202e.yaml").touch()
    for form in ("text", "github", "json"):
        result = run(program, "check", "--format", form)
        assert result.exit_code == 1
        assert "\x1b" not in result.output
        assert "\u202e" not in result.output


# build


def test_build_says_what_it_did_and_does_it_once(program: Path) -> None:
    result = build(program)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "Riverbend Afterschool Network: 1 badge, 1 earner, 1 award"
    assert lines[1] == "signed 1 award with the demo key, which everybody has: this site proves nothing"
    assert re.fullmatch(r"dist: \d+ files, \d+ kB \(\d+ new\) in \d+\.\d s", lines[2])
    assert lines[3:] == ["host: 0.0 % full, when it takes 1 GB as GitHub Pages does"]
    assert result.stderr == "next: blazon preview --open\n"
    before = digest(program / "dist"), (program / "dist").stat().st_mtime_ns
    again = build(program)
    unchanged = r"dist: \d+ files, \d+ kB \(nothing changed since the last build\) in \d+\.\d s"
    assert re.fullmatch(unchanged, again.stdout.splitlines()[2])
    assert (again.stdout.splitlines()[:2], again.stdout.splitlines()[3:]) == (lines[:2], lines[3:])
    assert again.stderr == result.stderr
    whole = build(program, "--no-cache")
    assert re.fullmatch(r"dist: \d+ files, \d+ kB \(\d+ same\) in \d+\.\d s", whole.stdout.splitlines()[2])
    assert (digest(program / "dist"), (program / "dist").stat().st_mtime_ns) == before
    assert wherever(program) == [".dist.blazon-record", "content", "dist", "keys"]


def test_a_build_of_wrong_content_writes_nothing(program: Path) -> None:
    build(program)
    before = digest(program / "dist")
    edit(program, programs.AWARD, f"badge: {programs.BADGE}", "badge: nothing")
    result = build(program)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "[unknown-badge]" in result.stderr
    assert digest(program / "dist") == before


def test_j9_a_clock_that_is_years_behind_publishes_nothing(program: Path) -> None:
    build(program)
    before = digest(program / "dist")
    result = run(program, "build", "--today", "2016-11-20")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "[future-date]" in result.stderr
    assert digest(program / "dist") == before


def test_the_same_program_gives_the_same_bytes_everywhere(program: Path, tmp_path: Path) -> None:
    places = (
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Adak", "LANG": "tr_TR"},
    )
    seen = set()
    for number, place in enumerate(places):
        target = tmp_path / str(number)
        code = f"import os; os.umask({0o077 * number}); from blazon.cli import main; main()"
        arguments = [sys.executable, "-c", code, "-C", str(program), "build", "-o", str(target), "--today", TODAY]
        environment = {"PYTHONPATH": GENERATOR, "PATH": os.environ["PATH"], "HOME": "/", **place}
        subprocess.run(arguments, env=environment, cwd=target.parent, check=True, capture_output=True)
        seen.add(digest(target))
    assert len(seen) == 1


def test_a_published_credential_and_its_address_stay(program: Path) -> None:
    build(program)
    before = digest(program / "dist")
    credential = next((program / "dist").glob("awards/*/credential.json"))
    path = credential.relative_to(program / "dist").as_posix()
    edit(program, f"content/badges/{programs.BADGE}/badge.yaml", "name: STEM Night Lead", "name: STEM Evening Lead")
    result = build(program)
    assert result.exit_code == 1
    assert f"dist/{path}: error: this was published and signed, and would change. [changed-credential]" in result.stderr
    assert digest(program / "dist") == before
    accepted = [f"--accept-change={path}" for path in re.findall(r"--accept-change (\S+)", result.stderr)]
    assert build(program, *accepted).exit_code == 0
    assert digest(program / "dist") != before
    (program / programs.AWARD).unlink()
    result = build(program)
    assert result.exit_code == 1
    assert f"dist/{path}: error: this address was published, and would vanish. [vanished-address]" in result.stderr
    award = path.removesuffix("credential.json")
    accepted = ["--accept-change", award, "--accept-change", "earners/priya-raman/"]
    assert build(program, *accepted).exit_code == 0
    assert not credential.exists()


def test_a_badge_that_nobody_holds_may_still_change(program: Path) -> None:
    run(program, "new", "badge", "Bicycle Repair")
    build(program)
    edit(program, "content/badges/bicycle-repair/badge.yaml", "name: Bicycle Repair", "name: Repair Bicycles")
    assert build(program).exit_code == 0
    assert b"Repair Bicycles" in (program / "dist/achievements/bicycle-repair-1.json").read_bytes()


def test_what_a_record_says_is_gone_may_go(program: Path) -> None:
    build(program)
    award = re.search(r"^id: (\S+)$\n^status_index: (\d+)$", (program / programs.AWARD).read_text(), re.MULTILINE)
    assert award
    text = f"id: {award[1]}\nstatus_index: {award[2]}\nerased:\n  on: 2026-11-01\n"
    (program / programs.AWARD).write_text(text)
    result = build(program, "--accept-change", "earners/priya-raman/")
    assert result.exit_code == 0, result.stderr
    assert not (program / f"dist/awards/{award[1]}/credential.json").exists()


@pytest.mark.parametrize("target", [".", "..", "content", "content/x", "keys", "/", "~", "dist/../content", "other"])
def test_a_folder_that_is_not_ours_is_left_alone(program: Path, target: str) -> None:
    (program / "other").mkdir()
    (program / "other/file").touch()
    result = build(program, "-o", target)
    assert result.exit_code == 2
    assert "is not replaced" in result.stderr
    assert (program / "other/file").exists()
    assert run(program, "check", "--today", TODAY).exit_code == 0


def test_another_base_address_is_another_site(program: Path, tmp_path: Path) -> None:
    build(program)
    assert build(program, "--base-url", "https://other.example/x").exit_code == 2
    target = tmp_path / "other"
    assert build(program, "-o", target, "--base-url", "https://other.example/x").exit_code == 0
    assert json.loads((target / "did.json").read_bytes())["id"] == "did:web:other.example:x"
    for url in ("http://x.example/", "https://localhost/", "javascript:x", "https://x.example/?y"):
        result = build(program, "-o", target, "--base-url", url)
        assert result.exit_code == 2
        assert "--base-url" in result.stderr


# keys


def test_a_build_signs_with_the_key_in_the_environment(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = own_key(program)
    monkeypatch.setenv("BLAZON_SIGNING_KEY", secret.one_line())
    result = build(program)
    assert result.exit_code == 0, result.stderr
    assert f"signed 1 award with key {ed25519.fingerprint(ed25519.write(secret.public))}" in result.stdout
    assert secret.one_line() not in result.output


@pytest.mark.parametrize("given", [None, "", "z", "{0}\n\n", "{0}{0}", "{1}", "not a key", "{0} "])
def test_without_the_right_secret_nothing_is_written(
    program: Path, monkeypatch: pytest.MonkeyPatch, given: str | None
) -> None:
    secret = own_key(program)
    if given is not None:
        monkeypatch.setenv("BLAZON_SIGNING_KEY", given.format(secret.one_line(), Secret(b"\1" * 32).one_line()))
    result = build(program)
    assert result.exit_code == 3
    assert result.stdout == ""
    assert result.stderr.startswith("error: ")
    assert wherever(program) == ["content", "keys"]
    assert not given or len(given) < 5 or given not in result.output
    assert secret.one_line() not in result.output


@pytest.mark.parametrize("dates", ["from: 2024-01-01\nuntil: 2026-11-01", "from: 2024-01-01\ncompromised: 2026-11-01"])
def test_a_retired_or_compromised_key_signs_nothing(program: Path, monkeypatch: pytest.MonkeyPatch, dates: str) -> None:
    secret = own_key(program, dates=dates)
    monkeypatch.setenv("BLAZON_SIGNING_KEY", secret.one_line())
    assert build(program).exit_code in (1, 3)
    assert wherever(program) == ["content", "keys"]


def test_a_build_signs_with_a_key_file(program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = own_key(program)
    path = tmp_path / "key"
    path.write_text(secret.one_line() + "\n")
    path.chmod(0o644)
    result = build(program, "--key-file", path)
    assert (result.exit_code, "chmod 600" in result.stderr) == (3, True)
    path.chmod(0o600)
    (tmp_path / "link").symlink_to(path)
    assert build(program, "--key-file", tmp_path / "link").exit_code == 3
    assert wherever(program) == ["content", "keys"]
    assert build(program, "--key-file", path).exit_code == 0
    path.write_text(keys.protect(secret, "correct horse", os.urandom))
    result = build(program, "--key-file", path)
    assert (result.exit_code, "BLAZON_PASSPHRASE" in result.stderr) == (3, True)
    monkeypatch.setenv("BLAZON_PASSPHRASE", "wrong")
    assert build(program, "--key-file", path).exit_code == 3
    monkeypatch.setenv("BLAZON_PASSPHRASE", "correct horse")
    assert build(program, "--key-file", path).exit_code == 0


@pytest.mark.parametrize("passphrase", ["", "correct horse"])
def test_a_new_key_signs_the_next_build(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, passphrase: str
) -> None:
    path = tmp_path / "safe" / "my.key"
    arguments: list[str | Path] = ["key", "new", path, "--today", "2024-01-01"]
    if passphrase:
        monkeypatch.setenv("BLAZON_PASSPHRASE", passphrase)
    else:
        result = run(program, *arguments)
        assert (result.exit_code, path.exists()) == (2, False)
        arguments.append("--no-passphrase")
    result = run(program, *arguments)
    assert result.exit_code == 0, result.stderr
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    text = path.read_text()
    assert keys.is_protected(text) == bool(passphrase)
    secret = keys.unprotect(text, passphrase) if passphrase else keys.parse_secret(text)
    assert secret.one_line() not in result.output
    assert ed25519.write(secret.public) in (program / "keys/key-1.yaml").read_text()
    assert ed25519.write(secret.public) in result.stdout
    issuer = "did:web:riverbend.example:badges"
    assert f"--issuer {issuer} --key-file {path}\n" in result.stdout or not passphrase
    assert f"and {issuer} into its variable BLAZON_ISSUER\n" in result.stdout or passphrase
    (program / "keys/demo.yaml").unlink()
    assert build(program, "--key-file", path).exit_code == 0
    assert run(program, *arguments).exit_code == 2
    assert path.read_text() == text
    assert not (program / "keys/key-2.yaml").exists()


def test_a_new_key_goes_to_a_folder_of_its_owner_and_never_into_the_repository(program: Path, tmp_path: Path) -> None:
    result = run(program, "key", "new", "--no-passphrase")
    assert result.exit_code == 0, result.stderr
    assert [path.name for path in (tmp_path / "home").rglob("*.key")] == ["riverbend.example-badges-key-1.key"]
    told = "write your own address into content/site.yaml before the first award"
    assert told in result.stdout
    result = run(program, "key", "new", "keys/secret", "--no-passphrase")
    assert (result.exit_code, "never lies inside" in result.stderr) == (2, True)
    assert sorted(path.name for path in (program / "keys").iterdir()) == ["demo.yaml", "key-1.yaml"]


def test_key_show_names_public_keys_and_their_dates(program: Path) -> None:
    own_key(program, dates="from: 2024-01-01\nuntil: 2026-01-01")
    (program / "keys/key-2.yaml").write_text(
        f"public_key: {ed25519.write(Secret(b'2' * 32).public)}\nfrom: 2026-01-01\n"
    )
    result = run(program, "key", "show", "--today", TODAY)
    assert result.exit_code == 0
    first, second = result.stdout.splitlines()
    assert re.fullmatch(r"key-1: z6Mk\w+ from 2024-01-01, until 2026-01-01 \(not in force\)", first)
    assert re.fullmatch(r"key-2: z6Mk\w+ from 2026-01-01 \(in force\)", second)


# verify


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    program = programs.small(tmp_path_factory.mktemp("built"))
    assert build(program).exit_code == 0
    return program


def badge(program: Path, name: str) -> Path:
    return next((program / "dist").glob(f"awards/*/{name}"))


@pytest.mark.parametrize("name", ["credential.json", "badge.png", "badge.svg"])
def test_verify_passes_what_was_built_and_nothing_else(built: Path, tmp_path: Path, name: str) -> None:
    path = badge(built, name)
    result = run(built, "verify", path)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == f"{path}: every step passed"
    assert len(lines) > 5
    assert all(line.startswith("  passed     ") for line in lines[1:-2])
    assert re.fullmatch(r"  compare    the address https://\S+/ and the key z6Mk\w+ with .*", lines[-2])
    assert lines[-1].endswith("is for demos, and everybody has it: what it signed proves nothing.")
    data = path.read_bytes()
    changed = tmp_path / name
    changed.write_bytes(data.replace(b"Priya", b"Pryia"))
    assert data != changed.read_bytes()
    result = run(built, "verify", changed)
    assert result.exit_code == 1
    assert result.stdout.startswith(
        (f"{changed}: do not rely on this badge", f"{changed}: this is not a badge that we can read")
    )
    assert run(built, "verify", path, changed).exit_code == 1


def test_verify_reads_standard_input_up_to_a_limit(built: Path) -> None:
    data = badge(built, "badge.png").read_bytes()
    assert run(built, "verify", "-", given=data).exit_code == 0
    assert run(built, "verify", "-", given=b"").exit_code == 1
    arguments = [sys.executable, "-m", "blazon", "-C", str(built), "verify", "-"]
    with open("/dev/zero", "rb") as endless:  # noqa: PTH123 - there is nothing to it
        result = subprocess.run(
            arguments, stdin=endless, env={"PYTHONPATH": GENERATOR}, check=False, capture_output=True, timeout=20
        )
    assert result.returncode == 1
    assert run(built, "verify", "/dev/zero").exit_code == 1


def test_verify_without_the_issuers_documents_is_undecided(built: Path, tmp_path: Path) -> None:
    path = badge(built, "badge.png")
    result = run(tmp_path, "verify", path)
    assert result.exit_code == 3
    assert "could not be decided" in result.stdout
    assert "valid" not in result.stdout
    documents: list[str | Path] = [
        "--key",
        built / "dist/did.json",
        "--status",
        built / "dist/status/revocation-1.json",
    ]
    credential = badge(built, "credential.json")
    assert run(tmp_path, "verify", credential, *documents).exit_code == 0
    assert run(tmp_path, "verify", credential, *documents[:2]).exit_code == 3
    assert run(tmp_path, "verify", path, "--site", built / "dist").exit_code == 0


def test_verify_takes_each_document_by_its_own_flag(built: Path, tmp_path: Path) -> None:
    site, picture = built / "dist", badge(built, "badge.png")
    documents = ("--key", site / "did.json", "--status", site / "status" / "revocation-1.json")
    (tmp_path / "content").mkdir()
    assert run(tmp_path, "verify", *documents, badge(built, "credential.json")).exit_code == 0
    without = run(tmp_path, "verify", *documents, picture)
    assert (without.exit_code, "undecided  hosted" in without.stdout) == (3, True)
    whole = run(tmp_path, "verify", *documents, "--document", badge(built, "assertion.json"), picture)
    assert whole.exit_code == 0, whole.stdout


def test_verify_with_documents_that_are_none_is_wrong_usage(built: Path, tmp_path: Path) -> None:
    path = badge(built, "badge.png")
    (tmp_path / "x.json").write_bytes(b"[]")
    for option, value in (("--site", tmp_path), ("--key", tmp_path / "x.json"), ("--key", tmp_path / "missing")):
        result = run(tmp_path, "verify", path, option, value)
        assert result.exit_code == 2
        assert result.stderr.startswith("error: ")
    assert run(tmp_path, "verify", tmp_path / "missing").exit_code == 2
    assert run(tmp_path, "verify").exit_code == 2
    assert "this is not a badge that we can read" in run(tmp_path, "verify", tmp_path / "x.json").stdout


def test_verify_as_json_has_every_step(built: Path) -> None:
    result = run(built, "verify", "--format", "json", badge(built, "badge.svg"))
    found = json.loads(result.stdout)
    assert found["summary"] == "every step passed for 1 of 1 file"
    steps = {step["step"]: step["verdict"] for step in found["files"][0]["steps"]}
    assert set(steps.values()) == {"passed"}
    assert {"readable", "proof", "issuer", "dates", "status", "picture"} <= set(steps)


# new


def test_new_files_are_written_once_and_pass(program: Path) -> None:
    assert run(program, "new", "badge", "Bicycle Repair", "--kind", "skill").exit_code == 0
    assert run(program, "new", "earner", "ada", "--title", "Ada Lovelace").exit_code == 0
    result = run(program, "new", "award", "ada", "bicycle-repair", "--today", TODAY)
    assert result.stdout == "wrote content/earners/ada/bicycle-repair.yaml\n"
    assert "name: Ada Lovelace\n" in (program / "content/earners/ada/bicycle-repair.yaml").read_text()
    assert run(program, "check", "--today", TODAY).exit_code == 0
    before = digest(program)
    result = run(program, "new", "badge", "bicycle-repair")
    assert (result.exit_code, "already there" in result.stderr) == (2, True)
    assert digest(program) == before
    run(program, "new", "badge", "../../$(touch x)/y")
    assert digest(program) != before
    assert (program / "content/badges/touch-x-y/badge.yaml").is_file()


def test_new_ids_are_never_the_same(program: Path) -> None:
    for _ in range(3):
        run(program, "new", "award", "ada", programs.BADGE)
    texts = [path.read_text() for path in (program / "content/earners/ada").iterdir()]
    assert len({re.search("^id: (.*)$", text, re.MULTILINE)[1] for text in texts}) == 3  # type: ignore[index]


# all of them


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_works_everywhere_and_ends_with_an_example(command: tuple[str, ...]) -> None:
    for flag in ("-h", "--help"):
        result = CliRunner().invoke(cli.blazon, [*command, flag])
        assert result.exit_code == 0
        example = result.stdout.rstrip().split("\n\n")[-1]
        assert example.lstrip().startswith("Example:\n")
        assert f"blazon {' '.join(command)}".rstrip() in example


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["biuld"], 'there is no command called "biuld".', 'did you mean "build"?'),
        (["new", "bagde"], 'there is no command called "bagde".', 'did you mean "badge"?'),
        (["check", "--strickt"], 'there is no option called "--strickt".', 'did you mean "--strict"?'),
        (["--vreson"], 'there is no option called "--vreson".', 'did you mean "--version"?'),
        (["x\x1b[31m"], 'there is no command called "x\\x1b[31m".', "the commands are"),
        (["check", "--today", "2026-02-30"], "invalid value for '--today'", ""),
        (["check", "--format", "xml"], "invalid value for '--format'", ""),
        (["new", "badge"], "missing argument 'NAME'.", "-h"),
    ],
)
def test_wrong_usage_is_told_with_the_nearest_name(arguments: list[str], message: str, hint: str) -> None:
    result = CliRunner().invoke(cli.blazon, arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(f"error: {message}")
    assert hint in result.stderr
    assert "\x1b" not in result.stderr


def test_no_command_at_all_shows_the_help() -> None:
    result = CliRunner().invoke(cli.blazon, [])
    assert result.exit_code == 2
    assert "Commands:" in result.stderr


def test_the_version_is_told() -> None:
    assert CliRunner().invoke(cli.blazon, ["--version"]).stdout == f"blazon {__version__}\n"


def test_a_bug_of_ours_is_told_as_one(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr(publishing, "build", broken)
    result = build(program)
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith("error: this is our bug: KeyError: 'x'\n  hint: ")
    assert "Traceback" not in result.stderr
    result = CliRunner().invoke(cli.blazon, ["-v", "-C", str(program), "build"])
    assert (result.exit_code, "Traceback" in result.stderr) == (3, True)


def test_quiet_says_nothing_but_errors(program: Path) -> None:
    result = CliRunner().invoke(cli.blazon, ["-q", "-C", str(program), "build", "--today", TODAY])
    assert (result.exit_code, result.output) == (0, "")
    result = CliRunner().invoke(cli.blazon, ["-q", "-C", str(program), "check", "--today", TODAY])
    assert (result.exit_code, result.output) == (0, "")
    (program / "content/x.txt").touch()
    assert "1 error" in CliRunner().invoke(cli.blazon, ["-q", "-C", str(program), "check"]).stdout


def test_a_long_build_counts_on_a_terminal_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for terminal, said in ((False, ""), (True, "\r\x1b[K2 files; signed 1 of 5 awards\r\x1b[K")):
        clock = iter((100.0, 100.5, 101.5, 101.55))
        monkeypatch.setattr(time, "monotonic", lambda clock=clock: next(clock))
        monkeypatch.setattr(sys.stderr, "isatty", lambda terminal=terminal: terminal)
        progress = shell.Progress(shell.Desk(tmp_path, quiet=False, verbose=False))
        hear = progress.begin(5)
        for numbers in ((1, 0), (2, 1), (3, 1)) if hear else ():
            hear(*numbers)  # type: ignore[misc]
        progress.end()
        assert capsys.readouterr().err == said


def test_colour_is_for_those_who_want_it(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (program / "content/x.txt").touch()
    plain = run(program, "check").stdout
    assert "\x1b" not in plain
    coloured = CliRunner().invoke(cli.blazon, ["--color", "always", "-C", str(program), "check"], color=True).stdout
    assert "\x1b[31m" in coloured
    monkeypatch.setenv("NO_COLOR", "1")
    assert CliRunner().invoke(cli.blazon, ["-C", str(program), "check"]).stdout == plain


def test_starting_costs_little_and_python_m_works_too() -> None:
    code = "import sys; sys.argv = ['blazon', '--version']; import blazon.cli; print(*sys.modules)"
    modules = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": GENERATOR}, check=True, capture_output=True, text=True
    ).stdout.split()
    assert not {"PIL", "jinja2", "markdown", "nacl", "yaml", "qrcode", "hypothesis"} & set(modules)
    arguments = [sys.executable, "-m", "blazon", "--version"]
    result = subprocess.run(arguments, env={"PYTHONPATH": GENERATOR}, check=True, capture_output=True, text=True)
    assert result.stdout == f"blazon {__version__}\n"


@pytest.mark.parametrize(("break_it", "code"), [(False, 0), (True, 1)])
def test_the_process_ends_with_the_code(program: Path, break_it: bool, code: int) -> None:
    if break_it:
        (program / "content/x.txt").touch()
    arguments = [sys.executable, "-m", "blazon", "-C", str(program), "check", "--today", TODAY]
    assert subprocess.run(arguments, env={"PYTHONPATH": GENERATOR}, check=False, capture_output=True).returncode == code


def test_a_theme_with_a_link_is_refused(program: Path) -> None:
    (program / "themes/stitch/templates").mkdir(parents=True)
    assert build(program).exit_code == 0
    (program / "themes/stitch/templates/award.html").symlink_to("/etc/hostname")
    result = build(program)
    assert (result.exit_code, "a link is not followed" in result.stderr) == (1, True)
