"""Files one by one: what is said when the system refuses, and that nothing half-done is left (security.md A, G, J)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from blazon import disk, keyfiles, keys
from blazon.diagnostics import BlazonError
from blazon.keys import Secret

SECRET = Secret(bytes(range(32)))


def said(caught: pytest.ExceptionInfo[BlazonError]) -> tuple[str, str, int]:
    """Sentence, hint and exit code of an error."""
    return caught.value.message, caught.value.hint, caught.value.exit_code


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(path.name for path in folder.iterdir())


def _full(*_: object) -> None:
    raise OSError(28, os.strerror(28))


def test_a_file_that_was_named_and_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    wanted = (f"{gone} cannot be read: no such file or directory.", "", 2)
    with pytest.raises(BlazonError) as caught:
        disk.read_given(gone, 10)
    assert said(caught) == wanted
    with pytest.raises(BlazonError) as caught:
        disk.refuse_absent(gone)
    assert said(caught) == wanted
    disk.refuse_absent(tmp_path)


def test_a_given_file_is_read_up_to_one_byte_more(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert disk.read_given(tmp_path / "a", 3) == b"1234"
    assert disk.read_given(tmp_path / "a", 9) == b"12345"


def test_a_plain_file_is_read_with_its_permissions_and_nothing_else_is(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    (tmp_path / "a").chmod(0o640)
    assert disk.read_plain(tmp_path / "a", 3) == (b"123", 0o640)
    assert disk.read_plain(tmp_path / "a", 9) == (b"12345", 0o640)
    (tmp_path / "link").symlink_to("a")
    os.mkfifo(tmp_path / "pipe")
    for name, why in (("link", "Too many levels"), ("pipe", "not a plain file"), (".", "not a plain file")):
        with pytest.raises(OSError, match=why):
            disk.read_plain(tmp_path / name, 9)


def test_a_folder_that_was_named_is_walked_in_order_without_following_anything(tmp_path: Path) -> None:
    for path in ("b/c", "a", "d/e/f"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    (tmp_path / "b/link").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "z")
    found = [(os.path.relpath(path, tmp_path), why) for path, why in disk.walk_given(tmp_path)]
    link = "it is a link, and inside a folder none is followed"
    assert found == [("a", ""), ("b/c", ""), ("b/link", link), ("d/e/f", ""), ("z", "it is not a plain file")]


def test_a_folder_that_goes_away_while_others_are_walked_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    (tmp_path / "b").mkdir()
    walk = disk.walk_given(tmp_path)
    assert next(walk) == (str(tmp_path / "a"), "")
    (tmp_path / "b").rmdir()
    assert list(walk) == [(str(tmp_path / "b"), "it cannot be read: no such file or directory")]


def test_a_new_file_is_written_where_no_file_can_be_nameless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "_NAMELESS", 0)
    assert disk.put_new(tmp_path / "a", b"data")
    assert ((tmp_path / "a").read_bytes(), names(tmp_path)) == (b"data", ["a"])
    assert not disk.put_new(tmp_path / "a", b"other")
    assert (tmp_path / "a").read_bytes() == b"data"


def test_a_new_file_in_a_folder_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        disk.put_new(tmp_path / "gone/a", b"data")


def test_a_new_file_takes_nobodys_name_and_goes_through_no_link(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("nowhere")
    (tmp_path / "b").symlink_to(tmp_path.parent)
    with pytest.raises(BlazonError) as caught:
        disk.write_new(tmp_path, "a", "text")
    assert said(caught) == ("a is already there.", "choose another name, or edit that file.", 2)
    with pytest.raises(BlazonError) as caught:
        disk.write_new(tmp_path, "b/c", "text")
    assert said(caught) == ("b/c lies behind a link, where we do not write.", "", 2)
    disk.write_new(tmp_path, "c/d", b"bytes")
    assert (tmp_path / "c/d").read_bytes() == b"bytes"


def test_j2_a_new_file_on_a_full_disk_leaves_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "_fill", _full)
    with pytest.raises(BlazonError) as caught:
        disk.write_new(tmp_path, "a/b/c", "text")
    wanted = ("a/b/c could not be written: no space left on device.", "nothing of it was left behind.", 3)
    assert (said(caught), names(tmp_path)) == (wanted, [])


def test_folders_that_somebody_filled_meanwhile_stay(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="enough"), disk.new_folders(tmp_path / "a/b"):  # noqa: PT012 - the fault comes later
        (tmp_path / "a/mine").touch()
        raise ValueError("enough")
    assert names(tmp_path / "a") == ["mine"]


def test_a_file_is_replaced_with_its_permissions_when_it_is_what_was_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "a").chmod(0o640)
    disk.replace_file(tmp_path, "a", b"old", b"new")
    assert ((tmp_path / "a").read_bytes(), (tmp_path / "a").stat().st_mode & 0o777) == (b"new", 0o640)
    with pytest.raises(BlazonError) as caught:
        disk.replace_file(tmp_path, "a", b"old", b"newer")
    assert said(caught) == ("a changed while it was read.", "try again.", 3)
    assert ((tmp_path / "a").read_bytes(), names(tmp_path)) == (b"new", ["a"])


def test_a_replaced_file_goes_through_no_link(tmp_path: Path) -> None:
    (tmp_path / "program").mkdir()
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "program/link").symlink_to(tmp_path)
    with pytest.raises(BlazonError, match=r"^link/a lies behind a link"):
        disk.replace_file(tmp_path / "program", "link/a", b"old", b"new")
    assert (tmp_path / "a").read_bytes() == b"old"


def test_j2_a_file_stays_as_it_is_when_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"old")
    monkeypatch.setattr(disk, "_fill", _full)
    with pytest.raises(BlazonError) as caught:
        disk.replace_file(tmp_path, "a", b"old", b"new")
    assert said(caught) == ("a could not be written: no space left on device.", "the file is as it was.", 3)
    assert ((tmp_path / "a").read_bytes(), names(tmp_path)) == (b"old", ["a"])


def test_a_file_that_was_named_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    disk.write_whole(tmp_path / "a", ["é", "b"])
    assert (tmp_path / "a").read_bytes() == "éb".encode()

    def pieces() -> Iterator[str]:
        yield "x"
        raise OSError(5, "Input/output error")

    with pytest.raises(BlazonError) as caught:
        disk.write_whole(tmp_path / "a", pieces())
    assert said(caught) == (
        f"{tmp_path / 'a'} could not be written: input/output error.",
        "what was there is as it was.",
        3,
    )
    assert ((tmp_path / "a").read_bytes(), names(tmp_path)) == ("éb".encode(), ["a"])


def test_a_file_for_somebody_else_is_written_once(tmp_path: Path) -> None:
    place = tmp_path / "a/b"
    disk.write_outside(place, b"data")
    disk.write_outside(place, b"data")
    assert (place.stat().st_mode & 0o777, place.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(place)
    for path, data in ((place, b"other"), (tmp_path / "folder", b"data"), (tmp_path / "link", b"data")):
        with pytest.raises(BlazonError) as caught:
            disk.write_outside(path, data)
        hint = "move it away, or name another folder."
        assert said(caught) == (f"{path} is already there, and is another file.", hint, 2)
    assert place.read_bytes() == b"data"


def test_a_secret_lies_outside_and_is_never_overwritten(tmp_path: Path) -> None:
    root = tmp_path / "program"
    root.mkdir()
    with pytest.raises(BlazonError) as caught:
        disk.write_secret(root / "key", "zsecret\n", root)
    hint = "name a file elsewhere, for example in your home folder."
    assert said(caught) == ("a secret never lies inside the repository.", hint, 2)
    disk.write_secret(tmp_path / "key", "zsecret\n", root)
    assert (tmp_path / "key").read_text() == "zsecret\n"
    with pytest.raises(BlazonError) as caught:
        disk.write_secret(tmp_path / "key", "zother\n", root)
    wanted = f"{tmp_path / 'key'} is already there, and a key is never overwritten."
    assert said(caught) == (wanted, "name another file.", 2)


def test_a_secret_whose_public_half_cannot_be_written_goes_again(tmp_path: Path) -> None:
    root = tmp_path / "program"
    root.mkdir()
    with (  # noqa: PT012 - the fault comes later
        pytest.raises(ValueError, match="no public half"),
        disk.secret_for(tmp_path / "a/key", "z6Mk", "zsecret\n", root),
    ):
        assert names(tmp_path / "a") == [".key.z6Mk.new"]
        raise ValueError("no public half")
    assert names(tmp_path) == ["program"]
    with disk.secret_for(tmp_path / "a/key", "z6Mk", "zsecret\n", root):
        assert (tmp_path / "a/.key.z6Mk.new").stat().st_mode & 0o777 == 0o600
    assert names(tmp_path / "a") == ["key"]


def test_secrets_are_finished_whose_public_halves_are_there(tmp_path: Path) -> None:
    begun = {
        name: tmp_path / f".{name}.new"
        for name in ("a.key.z6Mk1", "b.key.z6Mk2", "c.key.z6Mk3", ".z6Mk4", "a.key.mine")
    }
    for path in begun.values():
        path.touch()
    (tmp_path / "b.key").touch()
    finished = disk.finish_secrets(tmp_path / "a.key", {"z6Mk1", "z6Mk2"})
    assert finished == [tmp_path / "a.key"]
    left = ["..z6Mk4.new", ".a.key.mine.new", ".b.key.z6Mk2.new", ".c.key.z6Mk3.new", "a.key", "b.key"]
    assert names(tmp_path) == left


def test_a_begun_secret_that_nobody_saw_is_removed(tmp_path: Path) -> None:
    (tmp_path / ".a.key.z6Mk1.new").touch()
    (tmp_path / ".b.key.z6Mk1.new").touch()
    assert disk.finish_secrets(tmp_path / "a.key", ()) == []
    assert names(tmp_path) == [".b.key.z6Mk1.new"]


def test_j18_a_secret_stays_whose_public_half_was_written_before_somebody_interrupted(tmp_path: Path) -> None:
    with (
        pytest.raises(KeyboardInterrupt),
        disk.secret_for(tmp_path / "a.key", "z6Mk1", "zsecret\n", tmp_path / "program"),
    ):
        raise KeyboardInterrupt
    assert names(tmp_path) == [".a.key.z6Mk1.new"]
    assert disk.finish_secrets(tmp_path / "a.key", {"z6Mk1"}) == [tmp_path / "a.key"]
    assert (tmp_path / "a.key").read_text() == "zsecret\n"


def test_j18_a_secret_never_takes_the_place_of_another(tmp_path: Path) -> None:
    with (
        pytest.raises(BlazonError) as caught,
        disk.secret_for(tmp_path / "a.key", "z6Mk1", "zsecret\n", tmp_path / "program"),
    ):
        (tmp_path / "a.key").write_text("zanother\n")
    hint = "move it away and give the command again, which finishes the key that was begun."
    assert said(caught) == (f"{tmp_path / 'a.key'} is already there, and a key is never overwritten.", hint, 2)
    assert disk.finish_secrets(tmp_path / "a.key", {"z6Mk1"}) == []
    (tmp_path / "a.key").rename(tmp_path / "b.key")
    assert disk.finish_secrets(tmp_path / "a.key", {"z6Mk1"}) == [tmp_path / "a.key"]
    assert [(tmp_path / name).read_text() for name in ("a.key", "b.key")] == ["zsecret\n", "zanother\n"]


def test_j18_a_secret_that_cannot_have_its_name_is_told_to_be_begun(tmp_path: Path) -> None:
    with (
        pytest.raises(BlazonError) as caught,
        disk.secret_for(tmp_path / "a.key", "z6Mk1", "zsecret\n", tmp_path / "program"),
    ):
        (tmp_path / ".a.key.z6Mk1.new").unlink()
    message = f"{tmp_path / 'a.key'} could not get its name: no such file or directory."
    assert said(caught) == (message, "give the command again, which finishes the key that was begun.", 3)


def test_j18_a_run_that_is_at_the_same_folder_is_not_disturbed(tmp_path: Path) -> None:
    first, root = tmp_path / "a.key", tmp_path / "program"
    with disk.secret_for(first, "z6Mk1", "zsecret\n", root):
        with pytest.raises(BlazonError) as caught:
            disk.finish_secrets(first, ())
        hint = "wait until it has ended, then try again."
        assert said(caught) == (f"another run is writing files into {tmp_path}.", hint, 3)
        with pytest.raises(BlazonError, match="another run"), disk.secret_for(first, "z6Mk2", "zother\n", root):
            pass
        assert names(tmp_path) == [".a.key.z6Mk1.new"]
    assert names(tmp_path) == ["a.key"]
    with disk.secret_for(tmp_path / "b.key", "z6Mk2", "zother\n", root):
        pass
    assert (first.read_text(), (tmp_path / "b.key").read_text()) == ("zsecret\n", "zother\n")


def test_a_key_file_that_is_not_one_is_told_apart(tmp_path: Path) -> None:
    key = tmp_path / "key"
    cases = [
        (b"zsecret\n", 0o644, f"the key file {key} has the mode 0644.", f"type: chmod 600 {key}"),
        (b"x" * 65_537, 0o600, f"{key} is not a key file.", "a key file comes from: blazon key new"),
    ]
    for data, mode, message, hint in cases:
        key.write_bytes(data)
        key.chmod(mode)
        with pytest.raises(BlazonError) as caught:
            disk.read_secret(key)
        assert said(caught) == (message, hint, 3)
    key.write_bytes(b"x" * 65_536)
    assert disk.read_secret(key) == "x" * 65_536
    (tmp_path / "link").symlink_to(key)
    for name, why in (("link", "it is a link"), ("gone", "no such file or directory"), (".", "it is not a plain file")):
        with pytest.raises(BlazonError) as caught:
            disk.read_secret(tmp_path / name)
        message = f"the key file {tmp_path / name} cannot be read: {why}."
        assert said(caught) == (message, "name the file itself.", 3)


def test_a_repository_is_the_nearest_folder_that_git_knows(tmp_path: Path) -> None:
    (tmp_path / "a/b/c").mkdir(parents=True)
    assert disk.repository(tmp_path / "a/b/c") == tmp_path / "a/b/c"
    (tmp_path / ".git").mkdir()
    assert disk.repository(tmp_path / "a/b/c") == tmp_path
    (tmp_path / "a/b/.git").touch()
    assert disk.repository(tmp_path / "a/b/c") == tmp_path / "a/b"


def test_a_reason_is_the_systems_own_word_or_the_name_of_the_error() -> None:
    assert disk.reason(OSError(28, "No space left")) == "no space left"
    assert disk.reason(TimeoutError()) == "timeouterror"


def test_each_limit_is_where_it_is_said_to_be() -> None:
    assert (disk.LARGEST_TEXT, disk.LARGEST_SECRET) == (65_536, 65_536)


def test_secret_keys_come_from_the_environment_first_and_then_from_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, asked = Secret(bytes(32)), list[Path]()
    plain, protected = tmp_path / "plain", tmp_path / "protected"
    plain.write_text(other.one_line() + "\n")
    protected.write_text(keys.protect(SECRET, "correct horse", bytes))
    for path in (plain, protected):
        path.chmod(0o600)

    def ask(path: Path) -> str:
        asked.append(path)
        return "correct horse"

    monkeypatch.delenv(keyfiles.KEY_VARIABLE, raising=False)
    monkeypatch.delenv(keyfiles.PASSPHRASE_VARIABLE, raising=False)
    assert keyfiles.given([plain, protected], ask) == [other, SECRET]
    assert asked == [protected]
    monkeypatch.setenv(keyfiles.KEY_VARIABLE, SECRET.one_line())
    assert keyfiles.given([plain], ask) == [SECRET, other]
    monkeypatch.setenv(keyfiles.PASSPHRASE_VARIABLE, "correct horse")
    assert keyfiles.read(protected, ask) == SECRET
    assert asked == [protected]
