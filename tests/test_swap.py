"""Replacing a site: refused targets, two builds at once, full disks, and a process killed at any file operation (J)."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

import mounts
from blazon import folder, swap
from blazon.diagnostics import BlazonError, Report

ADDRESS = "https://riverbend.example/badges/"
OLD = {"index.html": b"old", "a/1.json": b"1", "a/2.json": b"2", "b/3.json": b"old 3", "static/old.css": b"x" * 5000}
NEW = {"index.html": b"new", "a/1.json": b"1", "a/2.json": b"2", "b/3.json": b"new 3", "c/4.json": b"y" * 5000}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "program"
    (root / "content").mkdir(parents=True)
    return root


def write(root: Path, site: dict[str, bytes], target: Path | None = None) -> folder.Changes:
    return folder.write_site(site.items(), target or root / "dist", ADDRESS, root=root, report=Report())


def on_disk(place: Path) -> dict[str, bytes]:
    return {
        path.relative_to(place).as_posix(): path.read_bytes()
        for path in sorted(place.rglob("*"))
        if path.is_file() and path.name != swap.MARK
    }


def begun(act: Callable[[], object]) -> int:
    """A process of its own, which acts and ends with it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # other tests may have left threads, which no child needs
        child = os.fork()
    if child == 0:
        try:
            act()
        except BlazonError as error:
            os._exit(error.exit_code)
        except BaseException:  # noqa: BLE001 - a child never returns into the test
            os._exit(99)
        os._exit(0)
    return child


def in_a_child(act: Callable[[], object]) -> int:
    """The exit code of an act in a process of its own."""
    return os.waitstatus_to_exitcode(os.waitpid(begun(act), 0)[1])


def killed_at(number: int, root: Path, site: dict[str, bytes], *, by_renames: bool) -> int:
    """The exit code of a build that ends at its n-th file operation, as a killed one does: 137, or 0 when it has fewer."""

    def act() -> None:
        seen = 0

        def count(event: str, _: object) -> None:
            nonlocal seen
            if event == "open" or event.startswith(("os.", "shutil.", "ctypes.", "fcntl.")):
                seen += 1
                if seen == number:
                    os._exit(137)

        if by_renames:
            swap._exchange = lambda *_: False
        sys.addaudithook(count)
        write(root, site)

    return in_a_child(act)


@pytest.mark.parametrize("by_renames", [False, True], ids=["exchange", "renames"])
@pytest.mark.parametrize("before", [{}, OLD], ids=["first build", "rebuild"])
def test_killed_at_any_file_operation_the_site_is_the_old_or_the_new_one(
    tmp_path: Path, by_renames: bool, before: dict[str, bytes]
) -> None:
    number = 0
    codes: set[int] = set()
    while 0 not in codes:
        number += 1
        root = tmp_path / str(number)
        (root / "content").mkdir(parents=True)
        if before:
            write(root, before)
        codes.add(killed_at(number, root, NEW, by_renames=by_renames))
        found = on_disk(root / "dist")
        between = by_renames and (root / ".dist.blazon-note").exists()
        assert found in (before, NEW) or (between and not found), number
        write(root, NEW)
        assert on_disk(root / "dist") == NEW
        assert sorted(path.name for path in root.iterdir()) == ["content", "dist"], number
        shutil.rmtree(root)
    assert codes == {0, 137}
    assert number > 15


def write_on_a_full_disk(root: Path, site: dict[str, bytes], limit: int) -> None:
    """Write a site where no file may grow beyond a limit."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    write(root, site)


def test_a_disk_that_is_full_leaves_the_old_site(root: Path) -> None:
    write(root, OLD)
    codes: set[int] = set()
    for limit in (0, 1, 2, 4, 50, 200, 4_999, 5_000):
        codes.add(in_a_child(partial(write_on_a_full_disk, root, NEW, limit)))
        assert on_disk(root / "dist") == (NEW if 0 in codes else OLD), limit
        assert sorted(path.name for path in root.iterdir()) == ["content", "dist"]
    assert codes == {3, 0}


def write_as_nobody(root: Path, site: dict[str, bytes]) -> int:
    """The exit code of a build by a user without rights."""

    def act() -> None:
        os.setuid(65534)
        write(root, site)

    return in_a_child(act)


@pytest.fixture
def nobodys() -> Iterator[Path]:
    """A program that belongs to a user without rights, at a place that user can reach."""
    if os.geteuid() != 0:
        pytest.skip("only root can become somebody else")
    place = Path(tempfile.mkdtemp(dir="/tmp"))
    place.chmod(0o755)
    (place / "program/content").mkdir(parents=True)
    yield place / "program"
    subprocess.run(["chmod", "-R", "u+w", str(place)], check=True)
    shutil.rmtree(place)


@pytest.mark.parametrize("locked", ["", "dist"])
def test_a_target_or_parent_that_may_not_be_written_stays(nobodys: Path, locked: str) -> None:
    write(nobodys, OLD)
    for path in (nobodys, *nobodys.rglob("*")):
        os.chown(path, 65534, 65534)
    (nobodys / locked).chmod(0o555)
    assert write_as_nobody(nobodys, NEW) == 3
    assert on_disk(nobodys / "dist") == OLD
    (nobodys / locked).chmod(0o755)
    assert write_as_nobody(nobodys, NEW) == 0
    assert on_disk(nobodys / "dist") == NEW
    assert sorted(path.name for path in nobodys.iterdir()) == ["content", "dist"]


def test_a_target_that_may_not_be_written_is_told_with_what_to_type(nobodys: Path) -> None:
    write(nobodys, OLD)
    for path in (nobodys, *nobodys.rglob("*")):
        os.chown(path, 65534, 65534)
    (nobodys / "dist").chmod(0o555)
    os.setresuid(65534, 65534, 0)
    try:
        with pytest.raises(BlazonError) as caught:
            write(nobodys, NEW)
    finally:
        os.setresuid(0, 0, 0)
    place = nobodys / "dist"
    assert (caught.value.message, caught.value.hint) == (f"{place} may not be written.", f"type: chmod u+w {place}")
    assert on_disk(place) == OLD


def refused_at(event: str, number: int, refuse: Callable[[], object], root: Path, *, by_renames: bool) -> str:
    """What a build hints at that the system refuses to go on, from the n-th event of a kind on, in a process with mounts of its own."""

    def act(_: Path) -> None:
        seen = 0

        def count(heard: str, details: tuple[object, ...]) -> None:
            nonlocal seen
            seen += heard == event or event in details
            if seen == number and (heard == event or event in details):
                refuse()

        mounts.be_alone()
        if by_renames:
            swap._exchange = lambda *_: False
        sys.addaudithook(count)
        try:
            write(root, NEW)
        except BlazonError as error:
            raise OSError(error.hint) from error

    return mounts.why_not(act)


def no_more_memory() -> None:
    """Refuse one thing, and nothing after it."""
    raise OSError(errno.ENOMEM, os.strerror(errno.ENOMEM))


UNTOUCHED = "the site that was there is untouched."
BESIDE = "the site stands beside that place; build again, and it gets there."
IN_PLACE = "the new site is in its place; the next build removes what is left beside it."


@pytest.mark.parametrize(
    ("event", "number", "by_renames", "hint", "left"),
    [
        ("renameat2", 1, False, UNTOUCHED, OLD),
        ("os.rename", 1, True, UNTOUCHED, OLD),
        ("os.rename", 2, True, BESIDE, {}),
        ("os.remove", 1, True, IN_PLACE, NEW),
        ("os.remove", 1, False, IN_PLACE, NEW),
    ],
)
def test_j17_where_a_disk_turns_read_only_it_is_said_which_site_is_there(
    root: Path, event: str, number: int, by_renames: bool, hint: str, left: dict[str, bytes]
) -> None:
    if why := mounts.refusal():
        pytest.skip(f"this user may not mount anything here: {why}")
    write(root, OLD)
    said = refused_at(event, number, partial(mounts.write_protect, root), root, by_renames=by_renames)
    assert (said, on_disk(root / "dist")) == (hint, left)
    write(root, NEW)
    assert on_disk(root / "dist") == NEW
    assert sorted(path.name for path in root.iterdir()) == ["content", "dist"]


@pytest.mark.parametrize(("number", "hint", "left"), [(1, UNTOUCHED, OLD), (2, IN_PLACE, NEW)])
def test_j17_a_rename_that_the_system_refuses_once_loses_no_site(
    root: Path, number: int, hint: str, left: dict[str, bytes]
) -> None:
    if why := mounts.refusal():
        pytest.skip(f"this user may not mount anything here: {why}")
    write(root, OLD)
    said = refused_at("os.rename", number, no_more_memory, root, by_renames=True)
    assert (said, on_disk(root / "dist")) == (hint, left)
    assert sorted(path.name for path in root.iterdir()) == ["content", "dist"]


def test_what_is_said_to_stand_is_what_is_there(tmp_path: Path) -> None:
    place = tmp_path / "dist"
    place.mkdir()
    before = swap.identity(place)
    assert folder._what_stands(place, before) == UNTOUCHED
    place.rename(tmp_path / "beside")
    assert folder._what_stands(place, before) == BESIDE
    place.mkdir()
    assert folder._what_stands(place, before) == IN_PLACE


def test_two_folders_of_which_one_is_missing_do_not_trade_names(tmp_path: Path) -> None:
    (tmp_path / "dist").mkdir()
    with pytest.raises(FileNotFoundError, match="fresh"):
        swap._exchange(tmp_path / "dist", tmp_path / "fresh")
    assert (tmp_path / "dist").is_dir()


def root_itself(root: Path) -> Path:
    return root


def above(root: Path) -> Path:
    return root.parent


def content(root: Path) -> Path:
    return root / "content"


def in_content(root: Path) -> Path:
    return root / "content/badges/new"


def in_keys(root: Path) -> Path:
    return root / "keys/dist"


def git(root: Path) -> Path:
    return root / ".git"


def by_detour(root: Path) -> Path:
    return root / "dist/../content"


def through_a_link(root: Path) -> Path:
    (root / "link").symlink_to(root)
    return root / "link/content/x"


def home(_: Path) -> Path:
    return Path.home()


def above_home(_: Path) -> Path:
    return Path.home().parent


def top(_: Path) -> Path:
    return Path("/")


def a_link(root: Path) -> Path:
    write(root, OLD, root / "real")
    (root / "dist").symlink_to("real")
    return root / "dist"


def a_file(root: Path) -> Path:
    (root / "dist").write_bytes(b"x")
    return root / "dist"


def anothers(root: Path) -> Path:
    (root / "dist").mkdir()
    (root / "dist/thesis.txt").write_bytes(b"x")
    return root / "dist"


def anothers_mark(root: Path) -> Path:
    (root / "dist").mkdir()
    (root / "dist/.blazon").write_bytes(b"mine\nhttps://riverbend.example/badges/\n")
    return root / "dist"


def another_site(root: Path) -> Path:
    folder.write_site(OLD.items(), root / "dist", "https://other.example/", root=root, report=Report())
    return root / "dist"


@pytest.mark.parametrize(
    "target_of",
    [
        root_itself,
        above,
        content,
        in_content,
        in_keys,
        git,
        by_detour,
        through_a_link,
        home,
        above_home,
        top,
        a_link,
        a_file,
        anothers,
        anothers_mark,
        another_site,
    ],
)
def test_only_a_folder_of_ours_is_replaced(
    root: Path, target_of: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "people/ada"))
    Path.home().mkdir(parents=True)
    target = target_of(root)
    before = sorted((str(path), path.lstat().st_mtime_ns) for path in (tmp_path, *tmp_path.rglob("*")))
    with pytest.raises(BlazonError, match="is not replaced") as caught:
        write(root, NEW, target)
    assert caught.value.exit_code == 2
    after = sorted((str(path), path.lstat().st_mtime_ns) for path in tmp_path.rglob("*") if path != root)
    assert after == [one for one in before if one[0] not in (str(tmp_path), str(root))]


def test_a_second_build_at_the_same_time_ends_with_an_error(root: Path) -> None:
    write(root, OLD)

    def slow() -> Iterator[tuple[str, bytes]]:
        for number, one in enumerate(NEW.items()):
            if number == 2:
                with pytest.raises(BlazonError, match="another build") as caught:
                    write(root, {"index.html": b"other"})
                assert caught.value.exit_code == 3
                assert on_disk(root / "dist") == OLD
            yield one

    folder.write_site(slow(), root / "dist", ADDRESS, root=root, report=Report())
    assert on_disk(root / "dist") == NEW
    assert sorted(path.name for path in root.iterdir()) == ["content", "dist"]


OF_OTHERS = {
    "of a dead process": "4194305\n",  # above the greatest number that Linux gives
    "of a number that another process has now": f"{os.getpid()}\n",
    "of another machine": "1 printer.example.org\n",
    "of nobody": "",
}


@pytest.fixture
def build_at_work(root: Path) -> Iterator[int]:
    """A build of another process that has the lock, has written half of a folder, and waits."""
    write(root, OLD)
    at_work, tell = os.pipe()

    def halting() -> Iterator[tuple[str, bytes]]:
        for number, one in enumerate(NEW.items()):
            if number == 2:
                os.write(tell, b"x")
                signal.pause()
            yield one

    child = begun(lambda: folder.write_site(halting(), root / "dist", ADDRESS, root=root, report=Report()))
    os.read(at_work, 1)
    for file in (at_work, tell):
        os.close(file)
    yield child
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)


@pytest.mark.parametrize("says", OF_OTHERS.values(), ids=OF_OTHERS)
def test_j6_a_lock_is_heeded_as_long_as_its_process_lives_whatever_it_says(
    root: Path, build_at_work: int, says: str
) -> None:
    (root / ".dist.blazon-lock").write_text(says)
    with pytest.raises(BlazonError, match="another build is writing"):
        write(root, NEW)
    assert on_disk(root / "dist") == OLD
    assert len(on_disk(root / ".dist.blazon-new")) == 2
    os.kill(build_at_work, signal.SIGKILL)
    os.waitpid(build_at_work, 0)
    assert (root / ".dist.blazon-lock").read_text() == says
    write(root, NEW)
    assert on_disk(root / "dist") == NEW
    assert sorted(path.name for path in root.iterdir()) == ["content", "dist"]


@pytest.mark.parametrize("says", OF_OTHERS.values(), ids=OF_OTHERS)
def test_j6_a_note_finishes_a_swap_whatever_it_says(root: Path, says: str) -> None:
    write(root, OLD)
    write(root, NEW, root / "made")
    (root / "dist").rename(root / ".dist.blazon-old")
    (root / "made").rename(root / ".dist.blazon-new")
    (root / ".dist.blazon-note").write_text(says)
    assert write(root, NEW).same == len(NEW)
    assert on_disk(root / "dist") == NEW
    assert sorted(path.name for path in root.iterdir()) == ["content", "dist"]


def test_j6_a_note_without_a_swap_means_nothing(root: Path) -> None:
    write(root, OLD)
    (root / ".dist.blazon-note").touch()
    assert write(root, NEW).written
    assert sorted(path.name for path in root.iterdir()) == ["content", "dist"]


def test_j6_a_lock_that_leads_elsewhere_is_not_followed(root: Path) -> None:
    write(root, OLD)
    (root / "thesis.txt").write_text("mine")
    lock = root / ".dist.blazon-lock"
    lock.symlink_to("thesis.txt")
    with pytest.raises(BlazonError, match="could not be written: too many levels of symbolic links") as caught:
        write(root, NEW)
    assert (caught.value.exit_code, caught.value.hint) == (3, UNTOUCHED)
    assert (on_disk(root / "dist"), (root / "thesis.txt").read_text()) == (OLD, "mine")
    lock.unlink()
    assert write(root, NEW).written


def test_a_lock_that_a_killed_run_left_means_nothing(root: Path) -> None:
    (root / ".dist.blazon-lock").touch()
    assert write(root, NEW).written
    assert not (root / ".dist.blazon-lock").exists()


def test_a_lock_that_was_removed_while_we_waited_is_taken_anew(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = fcntl.flock
    removed: list[Path] = []

    def removing(file: int, how: int) -> None:
        if not removed:
            removed.append(root / ".dist.blazon-lock")
            removed[0].unlink()
        real(file, how)

    monkeypatch.setattr(fcntl, "flock", removing)
    assert write(root, NEW).written


@pytest.mark.parametrize("name", ["new", "old"])
def test_what_others_put_beside_the_target_is_not_removed(root: Path, name: str) -> None:
    write(root, OLD)
    beside = root / f".dist.blazon-{name}"
    beside.mkdir()
    (beside / "thesis.txt").write_bytes(b"x")
    with pytest.raises(BlazonError, match="in the way"):
        write(root, NEW)
    assert (beside / "thesis.txt").read_bytes() == b"x"
    assert on_disk(root / "dist") == OLD
    (beside / "thesis.txt").rename(beside / swap.MARK)
    assert write(root, NEW).written
    assert not beside.exists()


def test_without_an_exchange_two_renames_do(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    for site in (OLD, NEW):
        folder.write_site(site.items(), root / "dist", ADDRESS, root=root, report=Report(), keep=None)
        assert on_disk(root / "dist") == site
        assert sorted(path.name for path in root.iterdir()) == ["content", "dist"]


def test_a_file_beside_the_target_is_not_taken_for_a_folder_of_ours(root: Path) -> None:
    (root / ".dist.blazon-new").write_bytes(b"mine")
    with pytest.raises(BlazonError) as caught:
        write(root, NEW)
    where = root / ".dist.blazon-new"
    assert caught.value.message == f"{where} is in the way, and not ours to remove."
    assert where.read_bytes() == b"mine"


def test_on_another_system_two_renames_do_and_everything_is_flushed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    for site in (OLD, NEW):
        write(root, site)
        assert on_disk(root / "dist") == site
        assert sorted(path.name for path in root.iterdir()) == ["content", "dist"]


def test_an_exchange_says_when_the_system_has_none_and_fails_when_a_folder_is_gone(tmp_path: Path) -> None:
    for name in ("a/inside", "b"):
        (tmp_path / name).mkdir(parents=True)
    if sys.platform != "linux":
        pytest.skip("the call is Linux's")
    assert swap._exchange(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b/inside").is_dir()
    assert not swap._exchange(tmp_path / "b", tmp_path / "b/inside")  # which no system does
    with pytest.raises(FileNotFoundError):
        swap._exchange(tmp_path / "a", tmp_path / "gone")
