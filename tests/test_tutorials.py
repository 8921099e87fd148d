"""The tutorials, and guides that go on from them, followed command by command with the package installed: what they promise is what happens."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import tutorial
from blazon import files

ROOT = Path(__file__).parents[1]
TUTORIALS = ROOT / "docs" / "tutorial"
GUIDES = (
    "rotate-keys",
    "a-key-was-lost",
    "a-key-was-stolen",
    "pin-a-root-key",
    "change-a-name",
    "stack-badges",
    "publish-pages-of-your-own",
)
COMMANDS = str(Path(sys.executable).parent)


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[tutorial.Reader, Path]]:
    """Somebody who has followed both tutorials, and the folder with all that is theirs."""
    folder = tmp_path_factory.mktemp("reader")
    with tutorial.reader(folder, COMMANDS) as reader:
        reader.follow(TUTORIALS / "first-badge.md")
        assert reader.place == folder / "work" / "harbor"
        reader.follow(TUTORIALS / "publish.md")
        yield reader, folder


def test_somebody_who_follows_both_tutorials_gets_what_they_promise(followed: tuple[tutorial.Reader, Path]) -> None:
    reader, folder = followed
    assert reader.commands > 15
    award = next((reader.place / "dist" / "awards").iterdir())
    assert "Ada Okafor" in (award / "index.html").read_text("utf-8")
    command = ["git", "-C", str(folder / "host.git"), "ls-tree", "-r", "--name-only", "main"]
    pushed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    assert "content/site.yaml" in pushed
    assert not [path for path in pushed if path.startswith(("dist/", "look/")) or path.endswith(".key")]
    secret = (folder / "home" / "harbor.key").read_bytes().strip()
    told = [path for path in (folder / "work").rglob("*") if path.is_file() and secret in path.read_bytes()]
    assert not told, "the secret key is nowhere in the program"


@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_does_what_it_promises(guide: str, followed: tuple[tutorial.Reader, Path], tmp_path: Path) -> None:
    with tutorial.reader(tmp_path, COMMANDS) as reader:
        shutil.copytree(followed[0].place, tmp_path / "work" / "harbor")
        shutil.copy(followed[1] / "home" / "harbor.key", tmp_path / "home")
        reader.place /= "harbor"
        aged(reader)
        copy = next(reader.place.glob("dist/awards/*/badge.png")).rename(tmp_path / "badge.png")
        reader.follow(ROOT / "docs" / "how-to" / f"{guide}.md")
        command = [f"{COMMANDS}/blazon", "verify", str(copy), "--site", "dist"]
        checked = subprocess.run(
            command, cwd=reader.place, env=reader.environment, check=False, capture_output=True, text=True
        )
    if guide == "a-key-was-stolen":
        assert checked.returncode == 1
        assert "its issuer reports the key that signed it as stolen since" in checked.stdout
    else:
        assert checked.returncode == 0, checked.stdout


def test_a_program_takes_a_new_release_as_the_guide_says(tmp_path: Path) -> None:
    with tutorial.reader(tmp_path, COMMANDS) as reader:
        template = files.read_template()
        for path, data in template.items():
            (reader.place / path).parent.mkdir(parents=True, exist_ok=True)
            (reader.place / path).write_bytes(data)
        for path in (".github/blazon.txt", ".github/CODEOWNERS", "schemas/key.schema.json"):
            (reader.place / path).write_text("what an earlier release had, or somebody wrote\n")
        commands = "git init -q; git add -A; git -c user.name=A -c user.email=a@example.org commit -qm Begin"
        subprocess.run(["bash", "-c", commands], cwd=reader.place, check=True)
        reader.follow(ROOT / "docs" / "how-to" / "upgrade.md")
        changed = {path for path, data in template.items() if (reader.place / path).read_bytes() != data}
        assert changed == {".github/CODEOWNERS"}


def aged(reader: tutorial.Reader) -> None:
    """Let the program be one that began in January and gave its award in June, built with its key."""
    dates = {
        "content/earners/ada-okafor/reading-buddy.yaml": (r"(?m)^(issued:|    date:) .*$", r"\1 2026-06-15"),
        "keys/key-1.yaml": (r"(?m)^from: .*$", "from: 2026-01-01"),
    }
    for path, (pattern, to) in dates.items():
        file = reader.place / path
        file.write_text(re.sub(pattern, to, file.read_text("utf-8")), "utf-8")
    shutil.rmtree(reader.place / "dist")
    subprocess.run(["git", "commit", "-aqm", "Age"], cwd=reader.place, env=reader.environment, check=True)
    command = [f"{COMMANDS}/blazon", "-q", "build", "--key-file", f"{reader.environment['HOME']}/harbor.key"]
    subprocess.run(command, cwd=reader.place, env=reader.environment, check=True, capture_output=True)


@pytest.mark.parametrize(("shown", "said", "is_so"), [
    ("", "", True), ("", "a\n", False), ("a", "a\n", True), ("a", "b\n", False), ("a … c", "a b c\n", True), ("a … c", "a b\n", False),
    ("…", "a\nb\n", True), ("…", "", True), ("a\n…", "a\n", True), ("a\n…\nc", "a\nb\nb\nc\n", True), ("a\n…\nc", "a\nb\n", False), ("a.c", "abc\n", False),
])  # fmt: skip
def test_answers_are_compared_but_for_what_is_left_out(shown: str, said: str, is_so: bool) -> None:
    assert tutorial.fits(shown, said) is is_so


def test_a_change_is_made_where_it_is_told_and_nowhere_else() -> None:
    assert tutorial.changed("a\nb\nc\n", " a\n-b\n+x\n+y") == "a\nx\ny\nc\n"
    for text in ("a\nc\n", "a\nb\na\nb\n", "a\nbb\n"):
        with pytest.raises(AssertionError):
            tutorial.changed(text, " a\n-b\n+x")


def test_a_tutorial_that_promises_something_else_is_noticed(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    with tutorial.reader(tmp_path, COMMANDS) as reader:
        page.write_text(
            "# A\n\n```console\n$ mkdir b && cd b\n$ echo one\none\n$ pwd\n…/b\n```\n\n```text c.txt\nd\n```\n\n```console\n$ cat c.txt\nd\n```\n"
        )
        reader.follow(page)
        assert reader.commands == 4
        page.write_text("# A\n\n```console\n$ echo one\ntwo\n```\n")
        with pytest.raises(AssertionError, match="instead of"):
            reader.follow(page)
