"""Trees of files to the last of them: what is counted, what is left out, and what may change between two looks (security.md A)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from blazon import files, signatures
from blazon.diagnostics import BlazonError, Report
from planted import AWARD, plant, put


@pytest.fixture
def program(tmp_path: Path) -> Path:
    return plant(tmp_path / "program")


def read(root: Path) -> tuple[dict[str, bytes], list[str]]:
    """The files of a program, and the place, code and hint of whatever was refused."""
    report = Report()
    tree = dict(files.read_tree(root, report))
    return tree, [f"{one.place} {one.code}: {one.hint}" for one in report]


def open_files() -> set[str]:
    """The numbers of the files that this process has open."""
    return {path.name for path in Path("/proc/self/fd").iterdir()}


def test_pages_and_pictures_of_the_documentation_are_read_where_a_list_of_them_is(program: Path) -> None:
    for path in ("docs/a.md", "docs/b/c.png", "docs/b/c.svg", "docs/b/c.yaml", "docs/run.py"):
        put(program, path)
    before, said = read(program)
    assert (set(before), said) == ({"content/site.yaml", AWARD, "keys/key-1.yaml"}, [])
    put(program, "docs/pages.yaml")
    tree, said = read(program)
    assert set(tree) - set(before) == {"docs/pages.yaml", "docs/a.md", "docs/b/c.png", "docs/b/c.svg"}
    assert said == []
    (program / "docs/d.md").symlink_to("a.md")
    assert read(program)[1] == ["docs/d.md symlink: put the file itself here."]


def test_one_file_too_many_is_seen_in_one_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_FILES", 3)
    for name in "abc":
        put(tmp_path, f"content/{name}.yaml")
    report = Report()
    assert len(files.read_tree(tmp_path, report, 3)) == 3
    put(tmp_path, "content/d.yaml")
    assert files.read_tree(tmp_path, report, 3) == {}
    (told,) = report
    assert (told.code, told.hint) == ("too-many-files", "split the program, for example by year.")


def test_paths_and_sizes_are_told_without_opening_anything(program: Path) -> None:
    put(program, "README.md")
    (program / "content/link.yaml").symlink_to("site.yaml")
    (program / AWARD).chmod(0)
    sizes = {path: (program / path).stat().st_size for path in ("content/site.yaml", AWARD, "keys/key-1.yaml")}
    assert files.sizes_of(program) == sizes
    assert files.sizes_of(program / "gone") == {}


def test_a_list_of_modules_is_refused_wherever_it_stands(program: Path) -> None:
    put(program, "content/badges/.gitmodules")
    assert read(program)[1] == ["content/badges/.gitmodules submodule: put the files themselves here."]


@pytest.mark.parametrize("mode", [0o744, 0o654, 0o645])
def test_nobody_may_run_content(program: Path, mode: int) -> None:
    (program / AWARD).chmod(0o644)
    assert read(program)[1] == []
    (program / AWARD).chmod(mode)
    assert read(program)[1] == [f"{AWARD} executable-file: type: chmod a-x {AWARD}"]


@pytest.mark.parametrize("mode", [0o666, 0o422, 0o246])
def test_whoever_may_write_content_does_not_matter(program: Path, mode: int) -> None:
    (program / AWARD).chmod(mode)
    assert read(program)[1] == []


def test_a_file_that_gives_way_to_another_of_its_size_is_refused(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = files._read_same

    def swap_then_read(path: Path, seen: bytes) -> bytes:
        if path == program / AWARD:
            put(program, "other", b"name: y\n").replace(path)
        return real(path, seen)

    monkeypatch.setattr(files, "_read_same", swap_then_read)
    with pytest.raises(BlazonError) as caught:
        read(program)
    assert caught.value.message == f"{program / AWARD} changed while it was read."


def test_a_file_is_read_whenever_it_is_asked_for_and_refused_once_it_is_another(program: Path) -> None:
    tree = files.read_tree(program, Report())
    assert (tree[AWARD], tree[AWARD]) == ((program / AWARD).read_bytes(),) * 2
    status = (program / AWARD).stat()
    os.utime(program / AWARD, ns=(status.st_atime_ns, status.st_mtime_ns + 1))  # as after a write of as many bytes
    assert AWARD in tree
    with pytest.raises(BlazonError) as caught:
        tree[AWARD].decode()
    assert caught.value.message == f"{program / AWARD} changed while it was read."
    assert "content/earners/nobody.yaml" not in tree
    with pytest.raises(KeyError):
        tree["content/earners/nobody.yaml"].decode()


def test_a_file_that_goes_away_between_two_looks_is_told(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = files._read_same

    def remove_then_read(path: Path, seen: bytes) -> bytes:
        path.unlink()
        return real(path, seen)

    monkeypatch.setattr(files, "_read_same", remove_then_read)
    with pytest.raises(BlazonError) as caught:
        read(program)
    wanted = f"{program / AWARD} cannot be read: no such file or directory."
    assert (caught.value.message, caught.value.hint, caught.value.exit_code) == (wanted, "try again.", 3)


def test_no_file_stays_open_that_was_read(program: Path) -> None:
    put(program, "themes/stitch/theme.yaml")
    before = open_files()
    read(program)
    files.read_theme(program, "stitch")
    assert open_files() == before


def test_signatures_are_read_up_to_one_byte_more_than_there_may_be(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signatures, "LARGEST", 3)
    put(program, signatures.FILE, b"12345")
    assert files.read_signatures(program) == b"1234"


@pytest.mark.parametrize("path", [AWARD, "keys/key-1.yaml", "themes/stitch/theme.yaml", "docs/a.md"])
def test_a_snapshot_moves_with_each_folder_that_a_site_is_made_of(program: Path, path: str) -> None:
    before = files.snapshot(program)
    put(program, path, b"longer than before\n")
    assert files.snapshot(program) != before


def test_what_comes_after_a_file_that_went_away_is_in_a_snapshot_too(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(program, "content/earners/ada/a.yaml")
    put(program, "content/earners/ada/z.yaml")
    real = os.walk

    def walk_then_remove(top: Path) -> list[tuple[str, list[str], list[str]]]:
        found = [(folder, folders, sorted(names)) for folder, folders, names in real(top)]
        (program / AWARD).unlink(missing_ok=True)
        return found

    monkeypatch.setattr(os, "walk", walk_then_remove)
    seen = {os.path.relpath(path, program) for path in files.snapshot(program)}
    assert {"content/earners/ada/a.yaml", "content/earners/ada/z.yaml"} <= seen
    assert AWARD not in seen


def test_a_theme_tells_what_it_does_not_follow(program: Path) -> None:
    put(program, "themes/stitch/theme.yaml")
    (program / "themes/stitch/static").symlink_to("/etc")
    with pytest.raises(BlazonError) as caught:
        files.read_theme(program, "stitch")
    assert caught.value.message == "stitch/static in themes: a link is not followed."
    assert caught.value.hint == "put the file itself here."


def test_the_first_of_the_shipped_themes_is_proposed(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = program / "ours"
    for name in ("zebra", "ash"):
        (ours / name).mkdir(parents=True)
    monkeypatch.setattr(files, "shipped_themes", lambda: ours)
    with pytest.raises(BlazonError) as caught:
        files.read_theme(program, "missing")
    assert caught.value.hint.startswith('write "theme: ash" in content/site.yaml')
    monkeypatch.setattr(files, "shipped_themes", lambda: program / "keys")
    with pytest.raises(BlazonError) as caught:
        files.read_theme(program, "missing")
    assert caught.value.hint == ""


def test_themes_and_template_lie_inside_a_wheel_and_above_the_package_in_a_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "generator/blazon"
    put(tmp_path, "themes/stitch/theme.yaml")
    put(tmp_path, "content/site.yaml", b"checkout")
    put(tmp_path, "README.md", b"about the generator")
    put(tmp_path, "generator/program/README.md", b"about a program")
    package.mkdir()
    monkeypatch.setattr(files, "_PACKAGE", package)
    assert files.shipped_themes() == tmp_path / "themes"
    assert files.read_template() == {"README.md": b"about a program", "content/site.yaml": b"checkout"}
    put(package, "themes/stitch/theme.yaml")
    put(package, "template/README.md", b"in a wheel")
    assert files.shipped_themes() == package / "themes"
    assert files.read_template() == {"README.md": b"in a wheel"}


def others(root: Path, *known: str) -> dict[str, bytes]:
    """What git would publish of a program beside what is known."""
    return dict(files.read_others(root, known))


def test_what_git_would_publish_is_read_to_be_searched(program: Path) -> None:
    for path in ("README.md", ".github/workflows/a.yml", "docs/a.md", "themes/stitch/a.css", "elsewhere/a.txt"):
        put(program, path, path.encode())
    (program / "link").symlink_to("README.md")
    (program / "docs/link.md").symlink_to("a.md")
    wanted = ["README.md", ".github/workflows/a.yml", "docs/a.md", "themes/stitch/a.css"]
    assert others(program) == {path: path.encode() for path in wanted}
    assert list(others(program, "README.md", "docs/a.md")) == [".github/workflows/a.yml", "themes/stitch/a.css"]
    (program / "themes").rename(program / "elsewhere/themes")
    (program / "themes").symlink_to("elsewhere/themes")
    assert "themes/stitch/a.css" not in others(program)


def test_of_a_large_file_the_first_mebibyte_is_searched(program: Path) -> None:
    put(program, "large", bytes(1 << 20) + b"x")
    assert others(program) == {"large": bytes(1 << 20)}


def test_what_cannot_be_searched_is_told(program: Path) -> None:
    put(program, "a")
    put(program, "b")
    found = files.read_others(program, ())
    next(found)
    (program / "b").unlink()
    with pytest.raises(BlazonError) as caught:
        next(found)
    assert caught.value.message == "b cannot be read: no such file or directory."
    assert caught.value.hint == "a private key may be in it, so let it be read, or move it away."
