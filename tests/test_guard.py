"""The guard works: against the network for every test, against files elsewhere, and where a test is alone, against all else."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import guard
from reach import NEEDED


def test_asking_another_machine_fails() -> None:
    with pytest.raises(AssertionError, match="asked the network"):
        socket.getaddrinfo("badges.example.org", 443)
    with socket.socket() as one, pytest.raises(AssertionError, match="asked the network"):
        one.connect(("192.0.2.1", 443))


def test_this_machine_may_be_asked() -> None:
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen(1)
        client.connect(server.getsockname())


def test_alone_there_is_no_socket_and_no_other_program(tmp_path: Path) -> None:
    def start() -> None:
        subprocess.run(["true"], check=True)

    for act in (socket.socket, start):
        # Whoever catches the first error meets the second.
        with pytest.raises(AssertionError, match="went too far"), guard.only(tmp_path), pytest.raises(AssertionError):
            act()


CHANGES: dict[str, Callable[[Path], object]] = {
    "written": lambda path: path.write_text("x"),
    "opened to be written": lambda path: os.open(path, os.O_RDWR | os.O_CREAT),
    "made": lambda path: path.mkdir(),
    "linked": lambda path: path.symlink_to("/etc"),
    "given a second name": lambda path: os.link(path.with_name("there"), path),
    "renamed to": lambda path: path.with_name("there").rename(path),
    "renamed from": lambda path: path.with_name("there").rename(path.with_name("mine") / "x"),
    "removed": lambda path: path.with_name("there").unlink(),
    "removed as a folder": lambda path: path.with_name("empty").rmdir(),
    "made readable": lambda path: path.with_name("there").chmod(0o644),
    "removed with its folder": lambda path: shutil.rmtree(path.with_name("empty")),
    "emptied": lambda path: os.truncate(path.with_name("there"), 0),
    "reached by a detour": lambda path: (path.with_name("mine") / "../new").write_text("x"),
    "reached through a link": lambda path: (path.with_name("mine") / "out/new").write_text("x"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_no_file_outside_is(name: str, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "out").symlink_to("..")
    (tmp_path / "there").write_text("x")
    (tmp_path / "empty").mkdir()
    before = {path: path.lstat() for path in tmp_path.iterdir()}
    with pytest.raises(AssertionError, match="went too far"), guard.only(mine), pytest.raises(AssertionError):
        CHANGES[name](tmp_path / "new")
    assert {path: path.lstat() for path in tmp_path.iterdir()} == before


def test_inside_everything_may_be_done_and_what_was_opened_is_known(tmp_path: Path) -> None:
    with guard.only(tmp_path) as watch:
        (tmp_path / "a").write_text("x")
        (tmp_path / "a").rename(tmp_path / "b")
        (tmp_path / "b").read_text()
        Path("/dev/null").write_text("x")
    assert watch.opened == [str(tmp_path / "a"), str(tmp_path / "b"), "/dev/null"]


TRIES = """
import contextlib, pathlib, pytest, socket, subprocess
def test_socket(): socket.socket()
def test_program(): subprocess.run(["true"])
def test_file(): pathlib.Path({path!r}).write_text("x")
def test_caught():
    with contextlib.suppress(BaseException): socket.socket()
@pytest.fixture(scope="module")
def begun(): return socket.socket()
def test_fixture(begun): begun.close()
@pytest.fixture
def ended():
    yield
    socket.socket().close()
def test_end(ended): pass
def test_nothing(): pass
"""


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """What pytest says of tests that run in one process of their own."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--tb=short", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("name", "words", "ends"),
    [
        ("test_other", (), "4 failed, 2 passed, 2 errors"),
        ("test_online", ("--alone",), "4 failed, 2 passed, 2 errors"),
        ("test_online", (), "7 passed"),
    ],
)
def test_a_test_reaches_nothing_whatever_it_tries(name: str, words: tuple[str, ...], ends: str, tmp_path: Path) -> None:
    for file in ("conftest.py", "guard.py", "reach.py"):
        shutil.copy(Path(__file__).with_name(file), tmp_path)
    (tmp_path / f"{name}.py").write_text(TRIES.format(path="/dev/null" if ends == "7 passed" else "/var/new"))
    assert ends in run(tmp_path, *words, str(tmp_path)).stdout


def test_who_reaches_further_has_to(tmp_path: Path) -> None:
    """A module that can be left alone has no business in the list: the test that stands for it meets the guard, or lacks the program that it starts."""
    report = tmp_path / "report.xml"
    places = {path.stem: path for path in Path(__file__).parent.rglob("test_*.py")}
    tests = [f"{places[module]}::{test}" for module, (_, test) in NEEDED.items()]
    run(Path(__file__).parents[1], "--alone", f"--junitxml={report}", *tests)
    ends = {
        case.attrib["classname"].rpartition(".")[2]: list(case)
        for case in ET.parse(report).iter("testcase")  # noqa: S314 - pytest wrote it
    }
    assert ends.keys() == NEEDED.keys()
    assert [name for name, said in ends.items() if not any(map(met_the_guard, said))] == []


def met_the_guard(said: ET.Element) -> bool:
    """Whether a test ended at the guard, or was skipped."""
    return (
        said.tag == "skipped" or re.search("a test may not do this: (?:socket|subprocess)", said.text or "") is not None
    )


def test_a_folder_that_becomes_a_link_is_followed_anew(tmp_path: Path) -> None:
    mine, other = tmp_path / "mine", tmp_path / "other"
    (mine / "folder").mkdir(parents=True)
    other.mkdir()
    with guard.only(mine) as watch:
        (mine / "folder/a").write_text("x")
        (mine / "folder/a").unlink()
        (mine / "folder").rmdir()
        (mine / "folder").symlink_to(other)
        with pytest.raises(AssertionError, match=f"{other}/b"):
            (mine / "folder/b").write_text("x")
        watch.wrong.clear()


def test_a_process_that_is_forked_is_no_freer(tmp_path: Path) -> None:
    with guard.only(tmp_path):
        child = os.fork()
        if child == 0:
            try:
                socket.socket()
            except AssertionError:
                os._exit(7)
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
