"""A site on the disk: what is written, what is left alone, what was published and stays, and reading it back."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from blazon import lookup, swap
from blazon.diagnostics import BlazonError, Place, Report
from blazon.folder import Changes, LeftOut, is_credential, is_signed, listing, reader, write_site
from blazon.pieces import Site

ADDRESS = "https://riverbend.example/badges/"
SITE = {
    "index.html": b"<h1>home</h1>",
    "did.json": b"{}",
    "awards/a/credential.json": b'{"id": "a"}',
    "awards/a/index.html": b"award a",
    "awards/b/credential.json": b'{"id": "b"}',
    "achievements/x-1.json": b"{}",
    "ob2/badges/x-1.json": b"{}",
    "static/site.css": b"body {}",
    ".nojekyll": b"",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "program"
    (root / "content").mkdir(parents=True)
    return root


def write(root: Path, site: dict[str, bytes], **more: object) -> tuple[Changes, list[str]]:
    report = Report()
    changes = write_site(site.items(), root / "dist", ADDRESS, root=root, report=report, **more)  # type: ignore[arg-type]
    return changes, [f"{one.code} {one.place}" for one in report]


def on_disk(folder: Path) -> dict[str, bytes]:
    paths = sorted(path for path in folder.rglob("*") if not path.is_dir())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.name != swap.MARK}


def looks(folder: Path) -> dict[str, tuple[int, int, int]]:
    return {
        str(path): (status.st_mtime_ns, status.st_ino, status.st_mode)
        for path in (folder, *folder.rglob("*"))
        for status in [path.stat()]
    }


def test_a_first_build_writes_everything_for_everybody_to_read(root: Path) -> None:
    before = os.umask(0o077)
    try:
        changes, said = write(root, SITE)
        assert os.umask(0o077) == 0o077
    finally:
        os.umask(before)
    assert (changes.new, changes.changed, changes.same, changes.removed) == (9, 0, 0, 0)
    assert (changes.files, changes.size, changes.written) == (9, sum(map(len, SITE.values())), True)
    assert said == []
    assert on_disk(root / "dist") == dict(sorted(SITE.items()))
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (root / "dist").rglob("*") if path.is_file()}
    assert modes == {0o644}
    assert {stat.S_IMODE(path.stat().st_mode) for path in (root / "dist").rglob("*") if path.is_dir()} == {0o755}
    assert stat.S_IMODE((root / "dist").stat().st_mode) == 0o755
    assert sorted(path.name for path in root.iterdir()) == ["content", "dist"]


def test_a_second_build_touches_nothing(root: Path) -> None:
    write(root, SITE)
    before = looks(root / "dist")
    changes, _ = write(root, SITE)
    assert (changes.new, changes.changed, changes.same, changes.written) == (0, 0, 9, True)
    assert looks(root / "dist") == before


def test_unchanged_files_keep_their_inode_and_changed_ones_get_a_new_one(root: Path) -> None:
    write(root, SITE)
    before = looks(root / "dist")
    changes, said = write(root, {**SITE, "index.html": b"<h1>new</h1>", "new.html": b"new"})
    assert (changes.new, changes.changed, changes.same, changes.removed) == (1, 1, 8, 0)
    assert said == []
    after = looks(root / "dist")
    moved = {Path(path).name for path in after if Path(path).is_file() and before.get(path) != after[path]}
    assert moved == {"index.html", "new.html", swap.MARK}
    assert on_disk(root / "dist")["index.html"] == b"<h1>new</h1>"


def test_where_files_cannot_be_linked_they_are_written(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root, SITE)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    changes, _ = write(root, {**SITE, "index.html": b"new"})
    assert (changes.changed, changes.same) == (1, 8)
    assert on_disk(root / "dist") == dict(sorted({**SITE, "index.html": b"new"}.items()))


def test_an_empty_folder_may_be_used(root: Path) -> None:
    (root / "dist").mkdir()
    assert write(root, SITE)[0].written
    assert on_disk(root / "dist") == dict(sorted(SITE.items()))


def test_the_parents_of_a_target_are_made(root: Path) -> None:
    target = root / "out" / "site"
    write_site(SITE.items(), target, ADDRESS, root=root, report=Report())
    assert on_disk(target) == dict(sorted(SITE.items()))


def test_an_address_that_would_vanish_is_refused_and_nothing_is_written(root: Path) -> None:
    write(root, SITE)
    before = looks(root / "dist")
    fewer = {path: data for path, data in SITE.items() if not path.startswith("awards/b/")}
    changes, said = write(root, {**fewer, "index.html": b"new"})
    assert not changes.written
    assert changes.removed == 1
    assert said == ["published-site-kept dist", "vanished-address dist/awards/b/credential.json"]
    assert looks(root / "dist") == before
    assert sorted(path.name for path in root.iterdir()) == ["content", "dist"]


def test_a_star_in_what_is_accepted_is_any_one_name(root: Path) -> None:
    site = {**SITE, "awards/a/badge.png": b"a", "awards/b/badge.png": b"b", "awards/b/more/badge.png": b"c"}
    write(root, site)
    _, said = write(root, SITE, accepted=["awards/*/badge.png"])
    assert said == ["published-site-kept dist", "vanished-address dist/awards/b/more/badge.png"]
    assert not write(root, SITE, accepted=["awards/*", "*/more/", "awards/*/badge.pn", "awards/./badge.png"])[0].written
    assert write(root, SITE, accepted=[f"{ADDRESS}awards/*/badge.png", "awards/*/more/"])[0].written


def test_what_a_choice_leaves_out_is_told_of_once(root: Path) -> None:
    pictures = {f"awards/{number}/badge.png": b"a" for number in range(30)}
    left = LeftOut(
        re.compile("awards/[^/]+/badge[.]png"), Place("content/site.yaml", 3, 1), "{} of them".format, "a hint"
    )
    write(root, {**SITE, **pictures})
    changes, said = write(root, SITE, left_out=left)
    assert not changes.written
    assert said == ["vanished-address content/site.yaml:3:1", "published-site-kept dist"]
    assert write(root, SITE, left_out=left, accepted=["awards/1/"])[1] == said
    changes, said = write(root, SITE, left_out=left, accepted=["awards/*/badge.png"])
    assert (changes.written, said) == (True, [])


def test_an_asset_may_vanish(root: Path) -> None:
    write(root, SITE)
    changes, said = write(root, {path: data for path, data in SITE.items() if not path.startswith("static/")})
    assert changes.written
    assert changes.removed == 1
    assert said == []
    assert "static/site.css" not in on_disk(root / "dist")


@pytest.mark.parametrize("path", ["awards/a/credential.json", "achievements/x-1.json", "ob2/badges/x-1.json"])
def test_a_published_signed_document_keeps_its_bytes(root: Path, path: str) -> None:
    write(root, SITE)
    other = {**SITE, path: b'{"id": "other"}'}
    changes, said = write(root, other)
    assert not changes.written
    assert said == ["published-site-kept dist", f"changed-credential dist/{path}"]
    assert on_disk(root / "dist") == dict(sorted(SITE.items()))
    changes, said = write(root, other, accepted=[path])
    assert changes.written
    assert said == []
    assert on_disk(root / "dist") == dict(sorted(other.items()))


@pytest.mark.parametrize(
    "accepted",
    [
        "awards/b/credential.json",
        "/awards/b/credential.json",
        f"{ADDRESS}awards/b/credential.json",
        "awards/b/",
        f"{ADDRESS}awards/b/",
    ],
)
def test_a_loss_is_accepted_by_address(root: Path, accepted: str) -> None:
    write(root, SITE)
    fewer = {path: data for path, data in SITE.items() if not path.startswith("awards/b/")}
    assert write(root, fewer, accepted=[accepted])[0].written


@pytest.mark.parametrize("accepted", ["", "/", ADDRESS, "awards/a/", "awards/b", "https://other.example/awards/b/"])
def test_other_addresses_accept_nothing(root: Path, accepted: str) -> None:
    write(root, SITE)
    fewer = {path: data for path, data in SITE.items() if not path.startswith("awards/b/")}
    assert not write(root, fewer, accepted=[accepted])[0].written


def test_only_the_first_refusals_are_named(root: Path) -> None:
    many = {f"awards/{number}/index.html": b"x" for number in range(100)}
    write(root, {**SITE, **many})
    report = Report()
    write_site(SITE.items(), root / "dist", ADDRESS, root=root, report=report)
    assert report.errors == 21
    assert any("80 more changes" in one.message for one in report)


def test_without_keeping_anything_may_change(root: Path) -> None:
    write(root, SITE)
    assert write(root, {"index.html": b"all new"}, keep=None)[0].written
    assert on_disk(root / "dist") == {"index.html": b"all new"}


def test_a_file_may_become_a_folder_and_a_folder_a_file(root: Path) -> None:
    write(root, {"a": b"file", "b/c": b"in a folder"})
    write(root, {"a/b": b"in a folder", "b": b"file"}, keep=None)
    assert on_disk(root / "dist") == {"a/b": b"in a folder", "b": b"file"}


def test_links_in_the_old_site_are_neither_read_nor_kept(root: Path, tmp_path: Path) -> None:
    write(root, SITE)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "credential.json").write_bytes(SITE["awards/a/credential.json"])
    (outside / "index.html").write_bytes(SITE["index.html"])
    (root / "dist/awards/a").rename(tmp_path / "gone")
    (root / "dist/awards/a").symlink_to(outside)
    (root / "dist/index.html").unlink()
    (root / "dist/index.html").symlink_to(outside / "index.html")
    write(root, SITE, keep=None)
    assert on_disk(root / "dist") == dict(sorted(SITE.items()))
    assert not (root / "dist/awards/a").is_symlink()
    assert (root / "dist/index.html").stat().st_ino != (outside / "index.html").stat().st_ino
    assert (outside / "index.html").read_bytes() == SITE["index.html"]


def test_progress_hears_how_many_files_and_credentials_there_are_after_each_piece(root: Path) -> None:
    heard: list[tuple[int, int]] = []
    halves = Site([lambda: list(SITE.items())[:3], lambda: list(SITE.items())[3:]])
    write_site(
        halves, root / "dist", ADDRESS, root=root, report=Report(), progress=lambda *numbers: heard.append(numbers)
    )
    assert heard == [(3, 1), (9, 2)]
    assert on_disk(root / "dist") == dict(sorted(SITE.items()))


@pytest.mark.parametrize(
    "path", ["../x", "a/../../x", "/etc/x", "a//b", "./a", "a/.", "", "a/", ".blazon", "a\\b", "é", "a b"]
)
def test_a_path_that_no_site_has_is_our_bug_and_leaves_the_old_site(root: Path, path: str) -> None:
    write(root, SITE)
    before = looks(root / "dist")
    with pytest.raises(ValueError, match="no file of a site"):
        write(root, {"index.html": b"new", path: b"x"})
    assert looks(root / "dist") == before
    assert sorted(one.name for one in root.iterdir()) == ["content", "dist"]


def test_one_path_twice_is_our_bug(root: Path) -> None:
    twice: Iterable[tuple[str, bytes]] = [("a.html", b"1"), ("a.html", b"1")]
    for _ in range(2):  # as a new file, then as an unchanged one
        with pytest.raises(ValueError, match="share the path"):
            write_site(twice, root / "dist", ADDRESS, root=root, report=Report())
        write(root, {"a.html": b"1"})


def test_a_failing_site_leaves_the_old_one(root: Path) -> None:
    write(root, SITE)
    before = looks(root / "dist")

    def failing() -> Iterator[tuple[str, bytes]]:
        yield "index.html", b"new"
        raise KeyError("bug")

    with pytest.raises(KeyError):
        write_site(failing(), root / "dist", ADDRESS, root=root, report=Report())
    assert looks(root / "dist") == before
    assert sorted(path.name for path in root.iterdir()) == ["content", "dist"]


def test_signed_documents_are_known_by_their_paths() -> None:
    signed = [path for path in (*SITE, "awards/a/assertion.json", "achievements/a/b.json") if is_signed(path)]
    assert signed == [
        "awards/a/credential.json",
        "awards/b/credential.json",
        "achievements/x-1.json",
        "ob2/badges/x-1.json",
    ]


def test_documents_are_found_by_path_and_nothing_outside_is(root: Path) -> None:
    write(root, SITE)
    (root / "dist/link.json").symlink_to("/etc/hostname")
    (root / "dist/folder").symlink_to("/etc")
    (root / "secret.json").write_bytes(b"secret")
    read = reader(root / "dist")
    assert read("did.json") == b"{}"
    assert read("awards/a/credential.json") == b'{"id": "a"}'
    for path in (
        "",
        "missing.json",
        "awards",
        "awards/",
        "../secret.json",
        "awards/../did.json",
        "./did.json",
        "%2e%2e/secret.json",
        "/etc/hostname",
        "did.json?x",
        "did.json#key-1",
        "did.json\0",
        "did.json\n",
        "link.json",
        "folder/hostname",
        "folder/../did.json",
    ):
        assert read(path) is None, path


def test_a_built_site_tells_its_own_address(root: Path) -> None:
    site = {**SITE, "did.json": b'{"id": "did:web:riverbend.example:badges"}'}
    write(root, site)
    source = lookup.published(reader(root / "dist"))
    assert source.base == ADDRESS
    assert source.document(f"{ADDRESS}awards/a/credential.json") == b'{"id": "a"}'
    assert source.document("https://other.example/badges/awards/a/credential.json") is None


def test_a_site_that_the_system_refuses_is_told_with_its_reason(root: Path) -> None:
    (root / "file").touch()
    target = root / "file/dist"
    with pytest.raises(BlazonError) as caught:
        write_site(SITE.items(), target, ADDRESS, root=root, report=Report())
    assert caught.value.message == f"{target} could not be written: file exists."
    assert (caught.value.hint, caught.value.exit_code) == ("the site that was there is untouched.", 3)


def test_a_name_that_the_system_cannot_hold_leaves_the_old_site(root: Path) -> None:
    write(root, SITE)
    with pytest.raises(BlazonError, match=r"could not be written: file name too long\.$"):
        write(root, SITE | {"a" * 256: b""})
    assert on_disk(root / "dist") == SITE


def test_credentials_are_told_from_other_documents() -> None:
    assert is_credential("awards/a/credential.json")
    assert not is_credential("achievements/x-1.json")
    assert not is_credential("awards/a/index.html")


def test_the_files_of_a_site_are_listed_in_order_and_links_are_files(root: Path) -> None:
    write(root, SITE)
    (root / "dist/link").symlink_to("static")
    assert sorted(listing(root / "dist")) == sorted([*SITE, swap.MARK, "link"])
    assert list(listing(root / "missing")) == []


def test_a_document_that_was_signed_again_may_take_the_place_of_what_was_published(root: Path) -> None:
    write(root, SITE)
    path = "awards/a/credential.json"
    seen: list[tuple[str, bytes, bytes]] = []

    def again(*told: str | bytes) -> bool:
        seen.append(told)  # type: ignore[arg-type]
        return told[1] != b""

    changes, said = write(root, SITE | {path: b"new"}, again=again)
    assert (seen, said, changes.written) == ([(path, SITE[path], b"new")], [], True)
    (root / "dist" / path).unlink()
    (root / "dist" / path).symlink_to("index.html")
    changes, said = write(root, SITE | {path: b"newer"}, again=again)
    assert seen[1:] == [(path, b"", b"newer")]
    assert not changes.written
    assert f"changed-credential dist/{path}" in said
