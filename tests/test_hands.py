"""Several processes build what one does, and whatever ends a build early leaves the old site and no process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest

import generated
import programs
from blazon import folder, hands, pictures, publishing, site
from blazon.diagnostics import BlazonError, Report
from blazon.folder import listing
from blazon.hands import Forked
from blazon.keys import DEMO_SEED, Secret
from blazon.order import Order
from blazon.pieces import Site
from blazon.recording import Unsigned

Found = TypeVar("Found")

ADDRESS = "https://riverbend.example/badges/"
OLD = {"index.html": b"old"}

# A program whose last earner is never finished; each process that makes an earner leaves its number.
HANGING = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # where the tests run in the background, it is ignored
import os, sys, time
from blazon import cli, site

def never(press, earner, awards):
    open(os.path.join(sys.argv[1], f"{os.getpid()}"), "x").close()
    time.sleep(600)
    yield "never.html", b""

site.AWARDS_IN_A_PIECE = 1
site._Press._earner = never
cli.blazon(["-C", sys.argv[1], "build", "--processes", "2", "--today", "2026-11-20"])
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    folder.write_site(OLD.items(), tmp_path / "dist", ADDRESS, root=tmp_path, report=Report())
    return tmp_path


def double(number: int) -> int:
    return number * 2


def process(_number: int) -> int:
    return os.getpid()


def built(order: Order) -> dict[str, bytes]:
    made = publishing.build(order, lambda: [Secret(DEMO_SEED)], lambda _awards: None)
    assert made.changes is not None, [one.as_text() for one in made.report]
    return {path: (order.target / path).read_bytes() for path in listing(order.target)}


def write(root: Path, made: Site) -> None:
    folder.write_site(made, root / "dist", ADDRESS, root=root, report=Report(), hands=Forked(2))


def is_as_it_was(root: Path) -> bool:
    """Whether the old site is there, and nothing beside it."""
    left = sorted(path.name for path in root.iterdir() if path.name.startswith(".dist"))
    return not left and (root / "dist/index.html").read_bytes() == OLD["index.html"]


def test_every_task_is_done_once_and_elsewhere() -> None:
    assert sorted(Forked(3)(double, range(50))) == [double(number) for number in range(50)]
    found = set(Forked(3)(process, range(50)))
    assert os.getpid() not in found
    assert len(found) <= 3
    assert list(Forked(2)(double, [])) == []


def test_three_processes_build_the_demo_as_one_does(tmp_path: Path) -> None:
    alone = Order(programs.DEMO, tmp_path / "one", date(2026, 11, 20), processes=1)
    assert built(alone) == built(replace(alone, target=tmp_path / "three", processes=3))


def test_a_generated_program_is_built_by_processes_when_that_pays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    generated.write(tmp_path / "program", 24)
    monkeypatch.setattr(site, "AWARDS_IN_A_PIECE", 5)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0, 1, 2})
    order = Order(tmp_path / "program", tmp_path / "one", date(2026, 11, 20))
    assert hands.chosen(24, 0) is map
    alone = built(replace(order, processes=1))
    monkeypatch.setattr(hands, "FEWEST_AWARDS", 24)
    assert hands.chosen(24, 0) == Forked(3)
    assert built(replace(order, target=tmp_path / "three")) == alone
    assert built(replace(order, target=tmp_path / "one")) == alone


@pytest.mark.parametrize(
    ("awards", "pictures", "wanted", "processors", "number"),
    [
        (299, 0, 0, 8, 1),
        (300, 0, 0, 8, 8),
        (99, 2, 0, 8, 1),
        (0, 3, 0, 8, 8),
        (300, 3, 0, 1, 1),
        (1_000_000, 0, 0, 96, 32),
        (1, 0, 4, 1, 4),
        (5_000, 9, 1, 8, 1),
    ],
)
def test_how_many_processes_build(
    awards: int, pictures: int, wanted: int, processors: int, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: set(range(processors)))
    assert hands.chosen(awards, pictures, wanted) == (map if number == 1 else Forked(number))
    monkeypatch.setattr(sys, "platform", "darwin")
    assert hands.chosen(awards, pictures, wanted) is map


def test_pictures_are_drawn_by_the_processes_that_build(tmp_path: Path) -> None:
    order = Order(programs.small(tmp_path / "program"), tmp_path / "two", date(2026, 11, 20), processes=2)
    pictures.draw.cache_clear()
    assert any(path.endswith(".png") for path in built(order))
    assert pictures.draw.cache_info().misses == 0


def test_a_process_that_dies_leaves_the_old_site(root: Path) -> None:
    def dying() -> Iterator[tuple[str, bytes]]:
        yield "index.html", b"new"
        os._exit(9)

    with pytest.raises(BlazonError, match="ended before its work was done") as caught:
        write(root, Site([lambda: [("a.html", b"a")], dying, *[list] * 20]))
    assert (caught.value.exit_code, caught.value.hint) == (3, "build in one process: blazon build --processes 1")
    assert is_as_it_was(root)


def test_a_mistake_says_the_same_from_another_process(root: Path) -> None:
    def mistaken() -> Iterator[tuple[str, bytes]]:
        yield "index.html", b"new"
        raise Unsigned("nobody signs this.", "bring a key.", 2)

    with pytest.raises(Unsigned) as caught:
        write(root, Site([mistaken, lambda: [("a.html", b"a")]]))
    assert (caught.value.message, caught.value.hint, caught.value.exit_code) == (
        "nobody signs this.",
        "bring a key.",
        2,
    )
    assert is_as_it_was(root)


def test_one_path_in_two_pieces_is_our_bug_whoever_makes_them(root: Path) -> None:
    with pytest.raises(ValueError, match="share the path"):
        write(root, Site([lambda: [("a.html", b"1")], lambda: [("a.html", b"1")]]))
    assert is_as_it_was(root)


@pytest.mark.parametrize(
    ("ended_by", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL), (signal.SIGTERM, -signal.SIGTERM)]
)
def test_what_ends_a_build_ends_all_its_processes(tmp_path: Path, ended_by: signal.Signals, code: int) -> None:
    root = programs.small(tmp_path / "program")
    begun = subprocess.Popen(
        [sys.executable, "-c", HANGING, str(root)], stderr=subprocess.PIPE, start_new_session=True, text=True
    )
    marks = _waited_for(lambda: [int(path.name) for path in root.iterdir() if path.name.isdigit()])
    (os.killpg if ended_by is signal.SIGINT else os.kill)(begun.pid, ended_by)
    said = begun.communicate(timeout=60)[1]  # until nobody has the other end any more
    assert begun.returncode == code, said
    assert _waited_for(lambda: not any(map(_lives, marks)))
    assert said.strip() == ("error: interrupted." if ended_by is signal.SIGINT else "")
    assert not (root / "dist").exists()


def _waited_for(look: Callable[[], Found]) -> Found:
    """What is found once there is something; a machine may be busy."""
    until = time.monotonic() + 120
    while not (found := look()):
        assert time.monotonic() < until, "nothing came"
        time.sleep(0.05)
    return found


def _lives(process: int) -> bool:
    """Whether a process is there and not only waits to be counted out."""
    try:
        return "State:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
