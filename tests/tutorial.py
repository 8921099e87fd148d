"""Follows a tutorial as a reader does: types what stands behind `$`, makes the changes to files that it shows, compares the answers.

- ```` ```console ```` : each line that begins with `$ ` is run by bash in the reader's folder; the lines below it are its answer, of both streams.
  `…` in a line stands for anything, and a line of `…` alone for any number of lines. A command without lines below it has no answer.
- ```` ```console second terminal ```` : its command keeps running until the page ends, at any free port; its first lines are compared.
- ```` ```diff FILE ```` : the lines that begin with `-` or a blank stand in the file exactly once, one after the other; those with `+` or a blank take their place.
- ```` ```yaml FILE ```` , or another language with a file's name: the file from now on.
- code without a name, in no language: not run.
"""

from __future__ import annotations

import os
import re
import select
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from blazon import doctext
from blazon.doctext import Block, Code, Listing, Quote

_ENDED = "\x1eended "


def codes(blocks: Sequence[Block]) -> Iterator[Code]:
    """All fenced code in some blocks."""
    for block in blocks:
        match block:
            case Code():
                yield block
            case Listing():
                for item in block.items:
                    yield from codes(item)
            case Quote():
                yield from codes(block.blocks)


@dataclass(slots=True)
class Reader:
    """Somebody who follows pages: where they are, what their shell knows, and what still runs in their second terminal."""

    place: Path
    environment: Mapping[str, str]
    commands: int = 0
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def follow(self, page: Path) -> None:
        """Do what a page says; raises AssertionError where it goes another way than told."""
        try:
            for code in codes(doctext.read(page.read_text("utf-8")).blocks):
                self._do(code)
        finally:
            for one in self.running:
                one.terminate()
                one.communicate(timeout=20)
            self.running.clear()

    def _do(self, code: Code) -> None:
        """Do what one piece of code says."""
        if code.language == "console" and code.title:
            self._begin(*next(typed(code.text)))
        elif code.language == "console":
            for command, answer in typed(code.text):
                self._run(command, answer)
        elif code.language == "diff":
            path = self.place / code.title
            path.write_text(changed(path.read_text("utf-8"), code.text), "utf-8")
        elif code.title:
            (self.place / code.title).parent.mkdir(parents=True, exist_ok=True)
            (self.place / code.title).write_text(f"{code.text}\n", "utf-8")

    def _run(self, command: str, answer: str) -> None:
        """Run a command, and go where it went."""
        script = f"{command}\ncode=$?\nprintf '{_ENDED}%s\\n' \"$PWD\"\nexit $code"
        done = subprocess.run(
            ["bash", "-c", script], cwd=self.place, env=self.environment, check=False, text=True, timeout=120,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        said, _, place = done.stdout.rpartition(_ENDED)
        self.place = Path(place.rstrip("\n"))
        self.commands += 1
        assert fits(answer, said), f"$ {command}\n{said}\ninstead of\n{answer}"

    def _begin(self, command: str, answer: str) -> None:
        """Begin a command that keeps running, and read as many lines as its answer has."""
        begun = subprocess.Popen(
            ["bash", "-c", f"exec {command} --port 0"], cwd=self.place, env=self.environment,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self.running.append(begun)
        self.commands += 1
        assert begun.stdout is not None
        said, until = "", time.monotonic() + 60
        while said.count("\n") < answer.count("\n") + 1 and time.monotonic() < until:
            if select.select([begun.stdout], [], [], 1)[0]:
                said += os.read(begun.stdout.fileno(), 4096).decode()
        assert fits(answer, said), f"$ {command}\n{said}\ninstead of\n{answer}"


def typed(text: str) -> Iterator[tuple[str, str]]:
    """The commands in the text of a terminal, each with its answer."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, answer = part.partition("\n")
        yield command, answer.strip("\n")


def fits(shown: str, said: str) -> bool:
    """Whether an answer is what is shown of it, `…` aside."""
    lines = [r"(?:.*\n)*" if line == "…" else f"{re.escape(line).replace('…', '.*')}\n" for line in shown.split("\n")]
    pattern = "".join(lines) if shown else ""
    return re.fullmatch(pattern, said) is not None


def changed(text: str, diff: str) -> str:
    """A text with one change made."""
    lines = diff.split("\n")
    before = "".join(f"{line[1:]}\n" for line in lines if line[:1] != "+")
    after = "".join(f"{line[1:]}\n" for line in lines if line[:1] != "-")
    assert text.count(before) == 1, f"{text.count(before)} places for\n{diff}"
    return text.replace(before, after)


@contextmanager
def reader(folder: Path, path: str) -> Iterator[Reader]:
    """Somebody in a new folder with a home of their own, who has the commands on a path, and a bare repository for a host."""
    home, host, work = folder / "home", folder / "host.git", folder / "work"
    for one in (home, work):
        one.mkdir()
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", str(host)], check=True)
    (home / ".gitconfig").write_text(
        "[user]\n\tname = A Reader\n\temail = reader@harbor-library.example\n"
        f'[url "{host}"]\n\tinsteadOf = git@github.com:harbor-library/badges.git\n',
        "utf-8",
    )
    kept = {name: os.environ[name] for name in ("LANG", "TMPDIR") if name in os.environ}
    given = {
        "PATH": f"{path}:/usr/bin:/bin",
        "HOME": str(home),
        "BROWSER": "true",
        "GIT_CONFIG_NOSYSTEM": "1",
        "PYTHONUNBUFFERED": "1",
    }
    yield Reader(work, {**kept, **given})
