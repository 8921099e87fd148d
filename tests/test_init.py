"""What a new program begins with: the template to the byte, and a program that is checked, shown and built as it is."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from fnmatch import fnmatch
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from blazon import batch, cli, disk, files, source, template
from blazon.diagnostics import Report

ROOT = Path(__file__).parents[1]

# What a copy of this repository has and a program that init wrote has not: the generator, and what is about it.
GENERATORS_OWN = {
    *(".ci", "docs", "generator", "tests", "themes"),
    *("CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", "pyproject.toml"),
}
LEFT_BY_WORK = {
    ".git",
    "PKG-INFO",
    *(line.strip("/") for line in (ROOT / ".gitignore").read_text("utf-8").splitlines()),
}


def run(root: Path, *args: str) -> Result:
    """What the command does in a folder."""
    return CliRunner().invoke(cli.blazon, ["-C", str(root), *args])


def laid(folder: Path) -> dict[str, bytes]:
    """The files below a folder, by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def said(result: Result) -> list[str]:
    """The diagnostics that a command printed."""
    return re.findall(r"^\S+: (?:error|warning): .*", result.stdout, re.MULTILINE)


def test_init_writes_the_template(tmp_path: Path) -> None:
    result = run(tmp_path, "init", "mine")
    assert result.exit_code == 0, result.output
    assert laid(tmp_path / "mine") == files.read_template()
    assert result.stdout == f"wrote {len(files.read_template())} files to {tmp_path / 'mine'}\n"
    assert [line.split("#")[0].strip() for line in result.stderr.splitlines()[:4]] == [
        "next:",
        "cd mine",
        "blazon preview --open",
        'blazon new badge "Our first badge"',
    ]


def test_the_template_is_this_repository_but_for_what_is_the_generators() -> None:
    tops = {path.name for path in ROOT.iterdir() if not any(fnmatch(path.name, one) for one in LEFT_BY_WORK)}
    assert tops - GENERATORS_OWN == set(template.TOPS)
    for path, data in files.read_template().items():
        assert data == (ROOT / template.KEPT_AT.get(path, path)).read_bytes()
    assert template.KEPT_AT.keys() == {"README.md"}


def test_workflows_of_the_generator_are_left_out_and_all_others_are_in() -> None:
    ours = {path.relative_to(ROOT).as_posix() for path in (ROOT / ".github").rglob("*") if path.is_file()}
    taken = {path for path in files.read_template() if path.startswith(".github/")}
    assert ours - taken == {path for path in ours if path in template.FOR_THE_GENERATOR}
    assert ".github/workflows/ci.yml" in ours
    assert ".github/workflows/publish.yml" in taken


def test_a_program_that_was_begun_is_checked_like_the_demo_and_builds_and_verifies(tmp_path: Path) -> None:
    assert run(tmp_path, "init").exit_code == 0
    assert said(run(tmp_path, "check")) == said(run(ROOT, "check"))
    built = run(tmp_path, "build")
    assert built.exit_code == 0, built.output
    assert (tmp_path / "dist/index.html").is_file()
    assert run(tmp_path, "verify", "--issued", "dist").exit_code == 0


@pytest.mark.parametrize(
    "path",
    [
        batch.NOTE,
        ".dist.blazon-lock",
        ".dist.blazon-new/index.html",
        ".requests.json.new",
        "content/badges/stem-night-lead/.badge.yaml.new",
    ],
)
def test_j6_what_a_killed_run_leaves_is_never_committed(tmp_path: Path, path: str) -> None:
    assert run(tmp_path, "init").exit_code == 0
    subprocess.run(["git", "-C", str(tmp_path), "init", "-q"], check=True)
    kept = "content/badges/stem-night-lead/badge.yaml"
    words = ["git", "-C", str(tmp_path), "check-ignore", path, kept]
    asked = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (asked.stdout, asked.stderr) == (f"{path}\n", "")


def test_a_demo_can_have_another_name(tmp_path: Path) -> None:
    assert run(tmp_path, "init", "--name", "Harbor: Library").exit_code == 0
    there, whole = laid(tmp_path), files.read_template()
    site = whole.pop("content/site.yaml").decode()
    changed = site.replace("\nname: Riverbend Afterschool Network\n", '\nname: "Harbor: Library"\n', 1)
    assert there.pop("content/site.yaml").decode() == changed != site
    assert there == whole
    assert said(run(tmp_path, "check")) == said(run(ROOT, "check"))


def test_an_empty_program_names_nobody_else_and_says_what_is_missing(tmp_path: Path) -> None:
    result = run(
        tmp_path, "init", "harbor", "--empty", "--name", "Harbor Library", "--base-url", "https://harbor.example.net/b"
    )
    assert result.exit_code == 0, result.output
    assert "missing yet: a key." in result.stderr
    folder = tmp_path / "harbor"
    there = laid(folder)
    assert not [path for path, data in there.items() if b"riverbend" in data.lower()]
    assert {path for path in there if path.startswith(("content/", "keys/"))} == {
        "content/site.yaml",
        "content/reviewers.yaml",
    }
    assert b"https://harbor.example.net/b/claim/" in there[".github/ISSUE_TEMPLATE/config.yaml"]
    table = source.parse("content/site.yaml", there["content/site.yaml"], Report())
    assert table is not None
    plain = source.plain(table)
    assert (plain["name"], plain["issuer"]["name"], plain["url"]) == (
        "Harbor Library",
        "Harbor Library",
        "https://harbor.example.net/b/",
    )
    checked = run(folder, "check")
    assert (checked.exit_code, said(checked)) == (
        0,
        ["keys: warning: there is no public key yet; nothing can be signed. [no-key]"],
    )


def test_an_empty_program_is_the_template_otherwise(tmp_path: Path) -> None:
    assert run(tmp_path, "init", "--empty").exit_code == 0
    there, whole = laid(tmp_path), files.read_template()
    same = {path for path in there if there[path] == whole.get(path)}
    assert there.keys() - same == {"content/site.yaml", "content/reviewers.yaml", ".github/ISSUE_TEMPLATE/config.yaml"}
    assert whole.keys() - there.keys() == {
        path for path in whole if path.startswith(("content/", "keys/")) and path not in there
    }


def test_an_empty_program_is_shown_and_grows(tmp_path: Path) -> None:
    program, shown = tmp_path / "program", tmp_path / "shown"
    assert run(tmp_path, "init", "program", "--empty", "--name", "Harbor Library").exit_code == 0
    assert run(program, "new", "badge", "Weaving").exit_code == 0
    assert run(program, "preview", "-o", str(shown)).exit_code == 0
    pages = [path.read_text("utf-8") for path in shown.rglob("*.html")]
    assert any("Harbor Library" in page for page in pages)
    assert not any("Riverbend" in page for page in pages)


@pytest.mark.parametrize("there", ["note.txt", ".gitignore", "content/site.yaml"])
def test_a_folder_that_is_not_empty_is_refused_and_untouched(tmp_path: Path, there: str) -> None:
    (tmp_path / there).parent.mkdir(exist_ok=True)
    (tmp_path / there).write_text("mine")
    result = run(tmp_path, "init")
    assert result.exit_code == 2
    assert f"is not empty: {there.split('/', maxsplit=1)[0]} is in it." in result.stderr
    assert "hint: name a new folder: blazon init my-badges" in result.stderr
    assert laid(tmp_path) == {there: b"mine"}


def test_an_empty_repository_is_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/config").write_text("[core]")
    assert run(tmp_path, "init").exit_code == 0
    assert laid(tmp_path).keys() - {".git/config"} == files.read_template().keys()


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("x")
    result = run(tmp_path, "init", "mine")
    assert (result.exit_code, "is not a folder." in result.stderr) == (2, True)


def test_a_program_is_begun_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = disk.write_new
    monkeypatch.setattr(disk, "write_new", partial(_fails_at, "keys/demo.yaml", whole))
    result = run(tmp_path, "init", "a/mine")
    assert result.exit_code == 3
    assert "no space left on device" in result.stderr
    assert list(tmp_path.iterdir()) == []


def _fails_at(
    last: str, write: Callable[..., None], root: Path, path: str, text: str | bytes, *, lasting: bool
) -> None:
    """Write a file, until a disk is full."""
    if path == last:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    write(root, path, text, lasting=lasting)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--empty", "--name", "a\nb"], "--name: "),
        (["--name", "a\u202eb"], "--name: "),
        (["--empty", "--base-url", "http://example.org/"], "--base-url: "),
        (["--empty", "--base-url", "https://example.org/a b/"], "--base-url: "),
        (["--base-url", "https://example.org/"], "the demo has an address of its own"),
    ],
)
def test_what_cannot_be_a_name_or_an_address_is_wrong_usage(
    tmp_path: Path, arguments: list[str], sentence: str
) -> None:
    result = run(tmp_path, "init", "mine", *arguments)
    assert result.exit_code == 2
    assert f"error: {sentence}" in result.stderr
    assert "\u202e" not in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_template_is_ours_to_answer_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "blazon"
    (package / "template" / "content").mkdir(parents=True)
    (package / "template" / "content" / "site.yaml").symlink_to(ROOT / "content/site.yaml")
    monkeypatch.setattr(files, "_PACKAGE", package)
    result = run(tmp_path, "init", "mine")
    assert result.exit_code == 3
    assert "the template is damaged: content/site.yaml: a link is not followed." in result.stderr


README = (ROOT / "generator/program/README.md").read_text("utf-8")


def test_the_readme_of_a_program_tells_commands_that_exist() -> None:
    told = {words.split()[0] for words in re.findall(r"blazon ([a-z]+)", README)}
    assert told >= {"preview", "check", "build", "new", "review", "key", "init"}
    assert told <= cli.blazon.commands.keys()


def test_the_steps_of_the_readme_take_the_demo_out(tmp_path: Path) -> None:
    program, ours = tmp_path / "program", tmp_path / "ours"
    assert "blazon init ../ours --empty" in README
    for arguments in (
        ["init", "program"],
        ["-C", str(program), "new", "badge", "Weaving"],
        ["init", "ours", "--empty"],
    ):
        assert run(tmp_path, *arguments).exit_code == 0
    made = (program / "content/badges/weaving/badge.yaml").read_text("utf-8")
    shutil.rmtree(program / "content")
    shutil.rmtree(program / "keys")
    shutil.copytree(ours / "content", program / "content")
    (program / "content/badges/weaving").mkdir(parents=True)
    (program / "content/badges/weaving/badge.yaml").write_text(made)
    checked = run(program, "check")
    assert (checked.exit_code, [line.rpartition("[")[2] for line in said(checked)]) == (0, ["no-key]"])


@pytest.mark.parametrize(
    ("address", "warned"),
    [
        ("https://badges.example.org/", True),
        ("https://harbor.example/b/", True),
        ("https://harbor.test:8443/", True),
        ("https://harbor-library.org/badges/", False),
        ("https://myexample.org/", False),
        ("https://example.org.uk/", False),
    ],
)
def test_a_key_for_an_address_that_nobody_can_have_comes_with_a_word_about_it(
    tmp_path: Path, address: str, warned: bool
) -> None:
    program = tmp_path / "program"
    assert run(tmp_path, "init", "program", "--empty", "--base-url", address).exit_code == 0
    made = run(program, "key", "new", str(tmp_path / "a.key"), "--no-passphrase")
    assert made.exit_code == 0, made.output
    assert ("write your own address into content/site.yaml" in made.stdout) == warned


def test_each_new_file_says_what_comes_after_it(tmp_path: Path) -> None:
    assert run(tmp_path, "init", "--empty").exit_code == 0
    path = "content/earners/ada-okafor/weaving.yaml"
    for arguments, then in (
        (("badge", "Weaving"), "blazon preview --open"),
        (("earner", "Ada Okafor"), "blazon new award ada-okafor BADGE"),
        (("award", "ada-okafor", "weaving"), f"blazon review {path}"),
    ):
        assert run(tmp_path, "new", *arguments).stderr == f"next: put your own words in it, then: {then}\n"
