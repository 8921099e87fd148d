"""The guard works: against the network for every test, against files elsewhere, and where a test is alone, against all else."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import conftest
import guard


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


def test_what_reads_hostile_bytes_is_tried_alone() -> None:
    names = {path.stem for path in Path(__file__).parent.glob("test_*.py")}
    assert {"test_stories", "test_corpus", "test_verify"} <= conftest.ALONE <= names


TRIES = """
import pathlib, socket, subprocess
def test_socket(): socket.socket()
def test_program(): subprocess.run(["true"])
def test_file(): pathlib.Path("/var/new").write_text("x")
def test_nothing(): pass
"""


@pytest.mark.parametrize(
    ("name", "ends"), [("test_stories", "3 failed, 1 passed, 3 errors"), ("test_other", "4 passed")]
)
def test_a_test_that_is_alone_reaches_nothing_whatever_it_tries(name: str, ends: str, tmp_path: Path) -> None:
    for file in ("conftest.py", "guard.py"):
        shutil.copy(Path(__file__).with_name(file), tmp_path)
    tries = TRIES if name == "test_stories" else TRIES.replace("/var/new", "/dev/null")
    (tmp_path / f"{name}.py").write_text(tries)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", str(tmp_path)]
    assert ends in subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False).stdout
