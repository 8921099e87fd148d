"""Reading programs, themes and secrets from the disk: what is refused, and that its twin is accepted (security.md A, G)."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from blazon import disk, files, load, signatures
from blazon.diagnostics import BlazonError, Report
from planted import AWARD, plant, put


@pytest.fixture
def program(tmp_path: Path) -> Path:
    return plant(tmp_path / "program")


def read(root: Path) -> tuple[dict[str, bytes], list[str]]:
    report = Report()
    tree = dict(files.read_tree(root, report))
    return tree, [one.as_text().split("\n")[0] for one in report]


def test_reads_content_and_keys_and_nothing_else_sorted_by_path(program: Path) -> None:
    put(program, "README.md")
    put(program, "content/badges/a-b/badge.yaml", b"1")
    put(program, "content/badges/a/badge.yaml", b"2")
    tree, said = read(program)
    assert list(tree) == sorted(tree)
    assert set(tree) == {
        "content/badges/a-b/badge.yaml",
        "content/badges/a/badge.yaml",
        AWARD,
        "content/site.yaml",
        "keys/key-1.yaml",
    }
    assert tree["content/badges/a/badge.yaml"] == b"2"
    assert said == []


def test_a_file_of_another_kind_is_read_for_load_to_refuse(program: Path) -> None:
    put(program, "content/run.py")
    put(program, "content/.htaccess")
    report = Report()
    load.load(files.read_tree(program, report), report)
    assert {str(one.place) for one in report if one.code == "unknown-file"} == {"content/run.py", "content/.htaccess"}


def test_a_folder_without_content_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(BlazonError) as caught:
        read(tmp_path)
    assert caught.value.exit_code == 2


def link_file(root: Path) -> str:
    (root / AWARD).unlink()
    (root / AWARD).symlink_to("/etc/passwd")
    return AWARD


def link_folder(root: Path) -> str:
    (root / "content/earners/eve").symlink_to("../..")
    return "content/earners/eve"


def link_content(root: Path) -> str:
    (root / "content").rename(root / "elsewhere")
    (root / "content").symlink_to("elsewhere")
    return "content"


def link_to_nothing(root: Path) -> str:
    (root / "keys/key-2.yaml").symlink_to("nowhere")
    return "keys/key-2.yaml"


def modules_file(root: Path) -> str:
    put(root, ".gitmodules")
    return ".gitmodules"


def module(root: Path) -> str:
    put(root, "content/badges/x/.git", b"gitdir: ../../../.git/modules/x\n")
    return "content/badges/x/.git"


def repository(root: Path) -> str:
    put(root, "content/badges/x/.git/HEAD")
    return "content/badges/x/.git"


def executable(root: Path) -> str:
    (root / AWARD).chmod(0o755)
    return AWARD


def fifo(root: Path) -> str:
    os.mkfifo(root / "content/pipe.yaml")
    return "content/pipe.yaml"


def long_path(root: Path) -> str:
    path = f"content/{'b' * 100}/{'c' * 100}.yaml"
    put(root, path)
    return path


def deep_path(root: Path) -> str:
    put(root, "content/a/b/c/d/e/f.yaml")
    return "content/a/b/c/d/e/f.yaml"


def not_utf8(root: Path) -> str:
    with (root / os.fsdecode(b"content/caf\xe9.yaml")).open("wb"):
        return "content/caf\\udce9.yaml"


def newline(root: Path) -> str:
    put(root, "content/a\nb\x1b[31m.yaml")
    return "content/a\\nb\\x1b[31m.yaml"


def bidi(root: Path) -> str:
    put(root, "content/a\u202eb.yaml")
    return "content/a\\u202eb.yaml"


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (link_file, "symlink"),
        (link_folder, "symlink"),
        (link_content, "symlink"),
        (link_to_nothing, "symlink"),
        (modules_file, "submodule"),
        (module, "submodule"),
        (repository, "submodule"),
        (executable, "executable-file"),
        (fifo, "special-file"),
        (long_path, "bad-name"),
        (deep_path, "bad-name"),
        (not_utf8, "bad-name"),
        (newline, "bad-name"),
        (bidi, "bad-name"),
    ],
)
def test_what_is_not_a_plain_file_of_ours_is_refused_and_named(
    program: Path, spoil: Callable[[Path], str], code: str
) -> None:
    assert read(program)[1] == []
    shown = spoil(program)
    tree, said = read(program)
    assert len(said) == 1
    assert said[0].startswith(f"{shown}: error: ")
    assert said[0].endswith(f"[{code}]")
    assert shown not in tree


def test_the_target_of_a_link_is_never_opened(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link_file(program)
    link_folder(program)
    opened: list[str] = []
    real = os.open

    def noting(path: Path, flags: int) -> int:
        opened.append(str(path))
        return real(path, flags)

    monkeypatch.setattr(os, "open", noting)
    read(program)
    assert sorted(opened) == [str(program / "content/site.yaml"), str(program / "keys/key-1.yaml")]


@pytest.mark.parametrize(
    ("name", "limit"),
    [("x.yaml", 65_536), (".htaccess", 65_536), ("x.json", 262_144), ("x.svg", 262_144), ("x.png", 1_048_576)],
)
def test_a_file_over_its_limit_is_not_read(program: Path, name: str, limit: int) -> None:
    path = f"content/badges/x/{name}"
    put(program, path, bytes(limit))
    assert len(read(program)[0][path]) == limit
    put(program, path, bytes(limit + 1))
    tree, said = read(program)
    assert path not in tree
    assert said == [f"{path}: error: this file has {limit + 1:,} bytes; it was not read. [file-too-large]"]


def test_a_huge_file_costs_nothing(program: Path) -> None:
    with (program / "content/huge.yaml").open("wb") as file:
        file.truncate(50_000_000_000)
    began = time.monotonic()
    _, said = read(program)
    assert "file-too-large" in said[0]
    assert time.monotonic() - began < 2


def test_too_many_files_are_refused_by_count_before_any_is_read(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(17):
        put(program, f"content/earners/ada-{number}/earner.yaml")
    report = Report()
    assert len(files.read_tree(program, report, 20)) == 20  # folders do not count
    assert list(report) == []
    put(program, "content/earners/ada/earner.yaml")
    monkeypatch.setattr(files, "_read_same", None)
    assert files.read_tree(program, report, 20) == {}
    said = [one.as_text().partition("\n")[0] for one in report]
    assert said == ["content: error: there are more than 20 files here; none was read. [too-many-files]"]


def test_files_that_are_too_large_together_are_refused_by_size_before_any_is_read(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MOST_READ", 1_000)
    monkeypatch.setattr(files, "MOST_READ_A_FILE", 100)
    monkeypatch.setattr(files, "MOST_COPIED", 50)
    small = {path: len(data) for path, data in read(program)[0].items()}
    left = 1_000 + 100 * (len(small) + 1) - sum(small.values())
    put(program, "content/earners/zoe/earner.yaml", b"a" * left)
    put(program, "content/badges/soldering/image.png", b"a" * 49)
    put(program, "content/badges/soldering/image.svg", b"a")
    assert read(program)[1] == []
    put(program, "content/earners/zoe/earner.yaml", b"a" * (left + 1))
    put(program, "content/badges/soldering/image.svg", b"ab")
    monkeypatch.setattr(files, "_read_same", None)
    tree, said = read(program)
    assert tree == {}
    assert [one.partition(" the ")[0] for one in said] == [
        "content/badges/soldering/image.png: error:",
        "content/earners/zoe/earner.yaml: error:",
    ]
    report = Report()
    files.too_much({"content/a.json": 201, "content/b.yaml": 1_000}, report)
    (told,) = report
    assert str(told.place) == "content/b.yaml"
    assert told.message == "the YAML and JSON files have 1,201 bytes together; of 2 such files, at most 1,200 are read."


def test_a_file_that_cannot_be_read_for_its_size_does_not_count(program: Path) -> None:
    with (program / AWARD).open("wb") as file:
        file.truncate(files.MOST_READ + 1_000_000)
    assert [one.rpartition(" ")[2] for one in read(program)[1]] == ["[file-too-large]"]


def test_a_program_of_two_hundred_thousand_rich_awards_is_read() -> None:
    report = Report()
    sizes = {f"content/earners/e{number}/a.yaml": 4_100 for number in range(files.MOST_FILES)}
    assert not files.too_much(sizes, report)
    assert list(report) == []


def test_a_file_that_is_replaced_between_two_looks_is_refused(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = files._read_same

    def swap_then_read(path: Path, seen: bytes) -> bytes:
        if path.name == "soldering.yaml":
            path.unlink()
            path.symlink_to("/etc/passwd")
        return real(path, seen)

    monkeypatch.setattr(files, "_read_same", swap_then_read)
    with pytest.raises(BlazonError, match="cannot be read") as caught:
        read(program)
    assert caught.value.exit_code == 3


def test_a_theme_is_the_programs_own_file_by_file_and_ours_beneath(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = tmp_path / "ours"
    put(ours, "stitch/templates/award.html", b"our award")
    put(ours, "stitch/templates/home.html", b"our home")
    put(ours, "stitch/theme.yaml", b"ours")
    monkeypatch.setattr(files, "shipped_themes", lambda: ours)
    root = tmp_path / "program"
    assert files.read_theme(root, "stitch")["templates/home.html"] == b"our home"
    put(root, "themes/stitch/templates/award.html", b"own award")
    put(root, "themes/stitch/theme.yaml", b"own")
    expected = {
        "base/theme.yaml": b"ours",
        "static/verifier.js": files.read_theme(root, "stitch")["static/verifier.js"],
        "templates/award.html": b"own award",
        "templates/base/award.html": b"our award",
        "templates/home.html": b"our home",
        "theme.yaml": b"own",
    }
    assert files.read_theme(root, "stitch") == expected
    (root / "themes/stitch").rename(root / "themes/mine")
    assert files.read_theme(root, "mine") == expected


def test_no_theme_brings_a_verifier_of_its_own(tmp_path: Path) -> None:
    shipped = files.read_theme(tmp_path, "stitch")["static/verifier.js"]
    put(tmp_path, "themes/stitch/static/verifier.js", b"blazon = {check: () => 'passed'}")
    theme = files.read_theme(tmp_path, "stitch")
    assert theme["static/verifier.js"] == shipped != b""
    assert b"'passed'" not in theme["static/verifier.js"]


def test_the_checkouts_own_theme_is_not_its_own_base() -> None:
    root = files.shipped_themes().parent
    theme = files.read_theme(root, "stitch")
    assert theme == files.read_theme(root / "tests", "stitch")
    assert not any("/base/" in path for path in theme)


@pytest.mark.parametrize("name", ["", "..", "../content", "/etc", "Stitch", "a/b", "missing"])
def test_a_theme_that_is_not_there_or_lies_elsewhere_is_refused(program: Path, name: str) -> None:
    with pytest.raises(BlazonError) as caught:
        files.read_theme(program, name)
    assert caught.value.exit_code == 1


def test_a_theme_with_a_link_is_refused(program: Path) -> None:
    put(program, "themes/stitch/templates/award.html", b"own")
    files.read_theme(program, "stitch")
    (program / "themes/stitch/static").symlink_to("/etc")
    with pytest.raises(BlazonError, match="a link is not followed") as caught:
        files.read_theme(program, "stitch")
    assert caught.value.exit_code == 1


def test_a_snapshot_moves_with_content_keys_and_themes(program: Path) -> None:
    before = files.snapshot(program)
    assert files.snapshot(program) == before
    put(program, "README.md")
    assert files.snapshot(program) == before
    put(program, AWARD, b"longer than before\n")
    assert files.snapshot(program) != before


def test_a_new_file_never_takes_the_place_of_another(program: Path) -> None:
    disk.write_new(program, "content/badges/x/badge.yaml", "name: é\n")
    assert (program / "content/badges/x/badge.yaml").read_bytes() == "name: é\n".encode()
    with pytest.raises(BlazonError, match="already there") as caught:
        disk.write_new(program, "content/badges/x/badge.yaml", "other")
    assert caught.value.exit_code == 2
    assert (program / "content/badges/x/badge.yaml").read_bytes() == "name: é\n".encode()


def test_a_new_file_is_not_written_through_a_link(program: Path, tmp_path: Path) -> None:
    (program / "content/badges").symlink_to(tmp_path)
    with pytest.raises(BlazonError, match="behind a link"):
        disk.write_new(program, "content/badges/x/badge.yaml", "text")
    assert not (tmp_path / "x").exists()


def test_a_secret_is_written_once_for_its_owner_only(program: Path, tmp_path: Path) -> None:
    path = tmp_path / "private" / "key"
    before = os.umask(0)
    try:
        disk.write_secret(path, "zsecret\n", program)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert disk.read_secret(path) == "zsecret\n"
    with pytest.raises(BlazonError, match="never overwritten"):
        disk.write_secret(path, "other\n", program)
    assert path.read_text() == "zsecret\n"


def test_a_secret_is_never_written_into_the_repository(program: Path, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()  # the program lies below the top of its repository
    link = tmp_path.parent / f"{tmp_path.name}-link"
    link.symlink_to(program)
    for place in (program / "keys/key", program / "new/key", tmp_path / "beside", link / "key"):
        with pytest.raises(BlazonError, match="never lies inside") as caught:
            disk.write_secret(place, "zsecret\n", program)
        assert caught.value.exit_code == 2
        assert not place.exists()


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o700, 0o400])
def test_a_key_file_with_another_mode_is_refused(tmp_path: Path, mode: int) -> None:
    path = put(tmp_path, "key", b"zsecret\n")
    path.chmod(0o600)
    assert disk.read_secret(path) == "zsecret\n"
    path.chmod(mode)
    with pytest.raises(BlazonError) as caught:
        disk.read_secret(path)
    assert caught.value.exit_code == 3
    assert "zsecret" not in f"{caught.value} {caught.value.hint}"


def test_a_link_to_a_key_file_and_other_things_are_refused(tmp_path: Path) -> None:
    path = put(tmp_path, "key", b"zsecret\n")
    path.chmod(0o600)
    (tmp_path / "link").symlink_to(path)
    os.mkfifo(tmp_path / "pipe", 0o600)
    put(tmp_path, "large", bytes(65_537)).chmod(0o600)
    for name in ("link", "pipe", "large", "missing", "."):
        with pytest.raises(BlazonError) as caught:
            disk.read_secret(tmp_path / name)
        assert caught.value.exit_code == 3


def test_a_given_file_is_read_up_to_a_limit() -> None:
    assert disk.read_given(Path("/dev/zero"), 10) == bytes(11)
    with pytest.raises(BlazonError) as caught:
        disk.read_given(Path("/nowhere"), 10)
    assert caught.value.exit_code == 2


def test_a_file_that_grows_between_two_looks_is_refused(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = files._read_same

    def grow_then_read(path: Path, seen: bytes) -> bytes:
        path.write_bytes(path.read_bytes() + b"more")
        return real(path, seen)

    monkeypatch.setattr(files, "_read_same", grow_then_read)
    with pytest.raises(BlazonError) as caught:
        read(program)
    assert caught.value.message == f"{program / 'content/earners/ada/soldering.yaml'} changed while it was read."
    assert (caught.value.hint, caught.value.exit_code) == ("try again.", 3)


def test_a_theme_has_no_file_that_is_larger_than_two_mebibytes(program: Path) -> None:
    put(program, "themes/stitch/static/film", bytes(2 << 20))
    assert len(files.read_theme(program, "stitch")["static/film"]) == 2 << 20
    put(program, "themes/stitch/static/film", bytes((2 << 20) + 1))
    with pytest.raises(BlazonError) as caught:
        files.read_theme(program, "stitch")
    assert caught.value.message == "stitch/static/film in themes is larger than 2,097,152 bytes."
    assert caught.value.exit_code == 1


def test_a_template_with_a_link_in_it_is_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "template/content/site.yaml")
    monkeypatch.setattr(files, "_PACKAGE", tmp_path)
    put(tmp_path, "template/.github/workflows/ci.yml")  # the generator's own
    assert list(files.read_template()) == ["content/site.yaml"]
    (tmp_path / "template/content/badges").symlink_to("/etc")
    with pytest.raises(BlazonError) as caught:
        files.read_template()
    assert caught.value.message == "the template is damaged: content/badges: a link is not followed."
    assert (caught.value.hint, caught.value.exit_code) == ("install blazon again.", 3)


def test_what_is_refused_is_told_with_a_sentence_and_a_hint(program: Path) -> None:
    for spoil in (link_file, modules_file, module, fifo, long_path, deep_path, newline):
        spoil(program)
    put(program, "content/run.yaml").chmod(0o755)
    put(program, "content/large.md", bytes(262_145))
    report = Report()
    files.read_tree(program, report)
    found = {(one.code, one.message, one.hint) for one in report}
    assert found == {
        ("symlink", "a link is not followed.", "put the file itself here."),
        ("submodule", "a program has no submodules.", "put the files themselves here."),
        ("submodule", "a repository inside the program is refused.", "put the files themselves here."),
        ("special-file", "this is neither a file nor a folder.", "remove it."),
        ("bad-name", "the path is longer than 200 bytes.", "use shorter names."),
        ("bad-name", "the path is more than 6 names deep.", "move it up."),
        (
            "bad-name",
            "the name is not printable UTF-8 text.",
            "rename it: lower-case letters, digits and inner hyphens.",
        ),
        ("executable-file", "content is never executable.", "type: chmod a-x content/run.yaml"),
        (
            "file-too-large",
            "this file has 262,145 bytes; it was not read.",
            "files of its kind have at most 262,144 bytes.",
        ),
    }


def test_a_path_may_be_as_long_and_as_deep_as_its_limit(program: Path) -> None:
    path = f"content/{'b' * 100}/{'c' * 86}.yaml"
    assert len(path) == 200
    put(program, path)
    put(program, "content/a/b/c/d/e.yaml")
    tree, told = read(program)
    assert told == []
    assert {path, "content/a/b/c/d/e.yaml"} <= set(tree)
    put(program, f"content/{'b' * 100}/{'c' * 87}.yaml")
    assert len(read(program)[1]) == 1


def test_a_program_and_its_theme_are_told_to_be_missing(program: Path, tmp_path: Path) -> None:
    with pytest.raises(BlazonError) as caught:
        files.refuse_missing(tmp_path)
    assert caught.value.message == f"there is no content/ folder in {tmp_path}."
    assert caught.value.hint == (
        "go to your program's folder, or name it: blazon -C FOLDER …; a new one begins with: blazon init my-badges"
    )
    hint = 'write "theme: stitch" in content/site.yaml, or make the folder themes/<name>.'
    for name, message in (
        ("Stitch", '"Stitch" cannot be the name of a theme.'),
        ("missing", 'there is no theme called "missing".'),
    ):
        with pytest.raises(BlazonError) as caught:
            files.read_theme(program, name)
        assert (caught.value.message, caught.value.hint) == (message, hint)


def test_a_program_begins_in_an_empty_folder_only(tmp_path: Path) -> None:
    files.refuse_filled(tmp_path)
    files.refuse_filled(tmp_path / "new")
    (tmp_path / ".git").mkdir()
    files.refuse_filled(tmp_path)
    for name, message, hint in (
        ("b", "is not empty: b is in it.", "name a new folder: blazon init my-badges"),
        ("a", "is not empty: a is in it.", "name a new folder: blazon init my-badges"),
    ):
        (tmp_path / name).touch()
        with pytest.raises(BlazonError) as caught:
            files.refuse_filled(tmp_path)
        assert (caught.value.message, caught.value.hint) == (f"{tmp_path} {message}", hint)
        assert caught.value.exit_code == 2
    with pytest.raises(BlazonError) as caught:
        files.refuse_filled(tmp_path / "a")
    assert (caught.value.message, caught.value.hint) == (f"{tmp_path / 'a'} is not a folder.", "name a new folder.")
    assert caught.value.exit_code == 2


def test_signatures_are_read_where_they_are_a_plain_file(program: Path) -> None:
    assert files.read_signatures(program) is None
    place = program / signatures.FILE
    put(program, signatures.FILE, b"some")
    assert files.read_signatures(program) == b"some"
    place.rename(program / "elsewhere")
    place.symlink_to(program / "elsewhere")
    with pytest.raises(BlazonError) as caught:
        files.read_signatures(program)
    assert caught.value.message == f"{signatures.FILE} cannot be read: it is a link."
    assert (caught.value.hint, caught.value.exit_code) == ("put the file itself there.", 1)
    place.unlink()
    place.mkdir()
    with pytest.raises(BlazonError, match="cannot be read: it is not a plain file"):
        files.read_signatures(program)


def test_each_limit_is_where_it_is_said_to_be() -> None:
    assert (files.MOST_FILES, files.LONGEST_PATH, files.DEEPEST_PATH) == (200_000, 200, 6)
    assert (files.LARGEST_PAGE, files.LARGEST_THEME_FILE) == (262_144, 2_097_152)


def test_a_file_that_goes_away_between_two_looks_is_no_part_of_a_snapshot(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert str(program / AWARD) in files.snapshot(program)
    real = os.walk

    def walk_then_remove(top: Path) -> Iterator[tuple[str, list[str], list[str]]]:
        for found in list(real(top)):
            (program / AWARD).unlink(missing_ok=True)
            yield found

    monkeypatch.setattr(os, "walk", walk_then_remove)
    seen = files.snapshot(program)
    assert str(program / AWARD) not in seen
    assert str(program / "content/site.yaml") in seen
