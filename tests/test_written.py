"""How a new file comes to be: nameless or beside its place, on the disk before it has its name, and readable by whom it should (security.md A, G, J)."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from blazon import disk
from blazon.diagnostics import BlazonError

SECRET_TEXT = "zsecret\n"


@contextmanager
def umask(mode: int) -> Iterator[None]:
    """For a while, what new files may not be."""
    before = os.umask(mode)
    try:
        yield
    finally:
        os.umask(before)


def mode_of(path: Path) -> int:
    """The permissions of a file or folder."""
    return path.stat().st_mode & 0o7777


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(path.name for path in folder.iterdir())


def open_files() -> set[str]:
    """The numbers of the files that this process has open."""
    return {path.name for path in Path("/proc/self/fd").iterdir()}


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """An empty program in a folder of its own."""
    root = tmp_path / "program"
    root.mkdir()
    return root


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What happens from now on: how many bytes are brought to the disk, or the names in a folder, and which names are given."""
    seen: list[str] = []
    sync, link, replace, rename = os.fsync, os.link, Path.replace, Path.rename

    def noting_sync(file: int) -> None:
        sync(file)
        status = os.fstat(file)
        seen.append("names" if stat.S_ISDIR(status.st_mode) else f"{status.st_size} bytes")

    def noting_link(source: str, place: Path, *, src_dir_fd: int, follow_symlinks: bool = True) -> None:
        seen.append(place.name)
        link(source, place, src_dir_fd=src_dir_fd, follow_symlinks=follow_symlinks)

    def noting_replace(path: Path, target: Path) -> Path:
        seen.append(target.name)
        return replace(path, target)

    def noting_rename(path: Path, target: Path) -> Path:
        seen.append(target.name)
        return rename(path, target)

    monkeypatch.setattr(os, "fsync", noting_sync)
    monkeypatch.setattr(os, "link", noting_link)
    monkeypatch.setattr(Path, "replace", noting_replace)
    monkeypatch.setattr(Path, "rename", noting_rename)
    return seen


def test_a_new_file_has_no_name_until_it_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill, during = disk._fill, list[list[str]]()

    def noting_fill(file: int, data: bytes, mode: int) -> None:
        during.append(names(tmp_path))
        fill(file, data, mode)
        during.append(names(tmp_path))

    monkeypatch.setattr(disk, "_fill", noting_fill)
    assert disk.put_new(tmp_path / "a", b"data")
    assert (during, names(tmp_path)) == ([[], []], ["a"])


def test_all_bytes_are_on_the_disk_before_a_file_has_its_name(program: Path, events: list[str]) -> None:
    disk.put_new(program / "new", b"1234")
    disk.replace_file(program, "new", b"1234", b"12345")
    disk.write_whole(program / "whole", ["123", "456"])
    disk.write_secret(program.parent / "key", SECRET_TEXT, program)
    assert events == [
        *("4 bytes", "new"),
        *("5 bytes", "new", "names"),
        *("6 bytes", "whole", "names"),
        *("8 bytes", ".key..new", "names", "key", "names"),
    ]


def test_a_new_file_is_on_the_disk_with_each_new_folder_on_its_way_unless_many_are_written(
    program: Path, events: list[str]
) -> None:
    disk.write_new(program, "a/b/c", "1234")
    assert events == ["4 bytes", "c", "names", "names", "names"]
    events.clear()
    disk.write_outside(program.parent / "d/e", b"12345")
    assert events == ["5 bytes", "e", "names", "names"]
    events.clear()
    disk.write_new(program, "a/f/g", "123456", lasting=False)
    assert events == ["6 bytes", "g"]


def test_a_file_of_our_own_takes_the_place_of_an_earlier_one_with_the_permissions_that_it_should_have(
    program: Path,
) -> None:
    (program / "a").write_text("an earlier one")
    disk.put_over(program / "a", b"data", 0o600)
    assert ((program / "a").read_bytes(), mode_of(program / "a")) == (b"data", 0o600)


def test_a_secret_that_the_system_refuses_is_told_and_leaves_nothing(program: Path) -> None:
    (program.parent / "file").touch()
    with pytest.raises(BlazonError) as caught:
        disk.write_secret(program.parent / "file/key", SECRET_TEXT, program)
    assert caught.value.message == f"{program.parent / 'file/key'} could not be written: file exists."
    assert (caught.value.hint, caught.value.exit_code) == ("nothing of it was left behind.", 3)


def test_what_a_killed_run_left_beside_a_file_goes_first(program: Path) -> None:
    (program / ".a.new").write_text("half of it, and longer than what is written now")
    disk.write_whole(program / "a", ["text"])
    assert (names(program), (program / "a").read_text()) == (["a"], "text")


def test_no_file_stays_open_that_was_read_or_written(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = open_files()
    disk.put_new(program / "a", b"data")
    disk.read_plain(program / "a", 9)
    disk.replace_file(program, "a", b"data", b"other")
    monkeypatch.setattr(disk, "_NAMELESS", 0)
    disk.put_new(program / "b", b"data")
    disk.write_whole(program / "c", ["data"])
    assert open_files() == before


@pytest.mark.parametrize(("forbidden", "file", "folder"), [(0, 0o666, 0o777), (0o027, 0o640, 0o750)])
def test_what_is_new_may_be_read_by_whom_the_system_lets(program: Path, forbidden: int, file: int, folder: int) -> None:
    with umask(forbidden):
        disk.write_new(program, "new/a", "text")
        disk.write_whole(program / "whole", ["text"])
    assert (mode_of(program / "new"), mode_of(program / "new/a"), mode_of(program / "whole")) == (folder, file, file)


@pytest.mark.parametrize("forbidden", [0, 0o777])
def test_a_secret_is_its_owners_whatever_the_system_would_let(program: Path, forbidden: int) -> None:
    with umask(forbidden):
        disk.write_secret(program.parent / "key", SECRET_TEXT, program)
        disk.write_outside(program.parent / "page", b"data")
    assert mode_of(program.parent / "key") == mode_of(program.parent / "page") == 0o600


def test_a_replaced_file_keeps_permissions_that_nobody_would_give_it(program: Path) -> None:
    (program / "a").write_bytes(b"old")
    (program / "a").chmod(0o4604)
    disk.replace_file(program, "a", b"old", b"new")
    assert mode_of(program / "a") == 0o4604


def test_a_file_of_the_largest_size_is_replaced_and_one_that_grew_by_a_byte_is_not(program: Path) -> None:
    largest = bytes(disk.LARGEST_TEXT)
    (program / "a").write_bytes(largest)
    disk.replace_file(program, "a", largest, largest[1:] + b"x")
    (program / "a").write_bytes(largest + b"x")
    with pytest.raises(BlazonError, match=r"^a changed while it was read\.$"):
        disk.replace_file(program, "a", largest, b"new")
    assert (program / "a").read_bytes() == largest + b"x"


def test_a_file_that_grows_while_it_is_read_shows_one_byte_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"123")
    look = os.fstat

    def look_then_grow(file: int) -> os.stat_result:
        status = look(file)
        (tmp_path / "a").write_bytes(b"123456")
        return status

    monkeypatch.setattr(os, "fstat", look_then_grow)
    assert disk.read_plain(tmp_path / "a", 9)[0] == b"1234"


def test_a_disk_that_is_full_at_once_is_told_and_nothing_else_is_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.open

    def refuse_nameless(path: Path, flags: int, mode: int = 0o777) -> int:
        if path == tmp_path:
            raise OSError(28, os.strerror(28))
        return real(path, flags, mode)

    monkeypatch.setattr(os, "open", refuse_nameless)
    with pytest.raises(OSError, match="No space left"):
        disk.put_new(tmp_path / "a", b"data")
    assert names(tmp_path) == []


@pytest.mark.parametrize("kind", ["file", "link"])
def test_what_somebody_puts_beside_a_place_at_the_last_moment_is_not_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    theirs = tmp_path / "theirs"
    theirs.write_bytes(b"theirs")
    remove = Path.unlink

    def remove_then_plant(path: Path, *, missing_ok: bool = False) -> None:
        remove(path, missing_ok=missing_ok)
        monkeypatch.setattr(Path, "unlink", remove)
        if kind == "link":
            path.symlink_to(theirs)
        else:
            os.link(theirs, path)

    monkeypatch.setattr(Path, "unlink", remove_then_plant)
    with pytest.raises(BlazonError) as caught:
        disk.write_whole(tmp_path / "a", ["ours"])
    assert caught.value.message == f"{tmp_path / 'a'} could not be written: file exists."
    assert theirs.read_bytes() == b"theirs"
    assert not (tmp_path / "a").exists()


def test_what_a_killed_run_left_of_a_secret_is_not_taken_for_the_new_one(program: Path) -> None:
    (program.parent / ".key.z6Mk.new").write_text("zold\n")
    with disk.secret_for(program.parent / "key", "z6Mk", SECRET_TEXT, program):
        pass
    assert (program.parent / "key").read_text() == SECRET_TEXT


def test_a_secret_that_somebody_took_away_does_not_hide_what_went_wrong(program: Path) -> None:
    with (  # noqa: PT012 - the fault comes later
        pytest.raises(ValueError, match="no public half"),
        disk.secret_for(program.parent / "key", "z6Mk", SECRET_TEXT, program),
    ):
        (program.parent / ".key.z6Mk.new").unlink()
        raise ValueError("no public half")
