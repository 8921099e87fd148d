"""The guard works: against the network for every test, against files elsewhere, and where a test is alone, against all else."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

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
