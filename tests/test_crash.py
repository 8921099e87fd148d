"""Runs that die half-way, in small: a sample of `make crash`, and what the next run makes of what is left (J1, J2, J6)."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from itertools import count
from pathlib import Path

import points
import pytest
from click.testing import CliRunner, Result

import crash
import disks
import mounts
import programs
import scenes
import staging
from blazon import batch, cli, disk, ed25519, keys, swap
from blazon.diagnostics import BlazonError

CRASH = Path(__file__).parent / "crash" / "crash.py"
TODAY = "2026-11-20"
ROSTER = "name,badge,did\nAda Okafor,stem-night-lead,Led.\nBo Lind,stem-night-lead,Led.\n"
ADA = "content/earners/ada-okafor/stem-night-lead.yaml"
NEW = [("content/earners/a/x.yaml", "x\n"), ("content/earners/b/x.yaml", "y\n")]


@pytest.fixture
def program(tmp_path: Path) -> Path:
    root = programs.small(tmp_path / "program")
    (root / "roster.csv").write_text(ROSTER)
    return root


def imported(program: Path) -> Result:
    return CliRunner().invoke(cli.blazon, ["-C", str(program), "import", "roster.csv", "--today", TODAY])


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def killed_while_writing(root: Path) -> None:
    """Write two new files in a child that is killed when the second one is due."""
    child = os.fork()
    if child == 0:
        whole = disk.write_new

        def dying(root: Path, path: str, text: str | bytes, *, lasting: bool = True) -> None:
            if path == NEW[1][0]:
                os._exit(9)
            whole(root, path, text, lasting=lasting)

        disk.write_new = dying
        try:
            batch.write_all_new(root, NEW)
        finally:
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def swept(*words: str) -> str:
    """What `make crash` says about some of its points, all of which have to be well."""
    path = os.pathsep.join((str(CRASH.parent), str(CRASH.parents[1])))
    command = [sys.executable, str(CRASH), "--processes", "1", *words, "--without", *crash.REFUSALS]
    ended = subprocess.run(command, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


@pytest.fixture
def mounts_allowed() -> None:
    if why := mounts.refusal():
        pytest.skip(f"this user may not mount anything here: {why}")


def test_j1_j2_j3_a_sample_of_points_leaves_the_old_or_the_new_and_the_next_run_ends_well() -> None:
    """Every seventh point of three commands: killed before them, in the middle of them, refused by a full disk or by modes."""
    kinds = ["killed", "cut off", "refused", "no rights"]
    said = swept("--every", "7", *(f"--kind={kind}" for kind in kinds), "import", "key new", "revoke")
    assert said.count("points, 0 wrong") == len(kinds) * 3 + 1


@pytest.mark.usefixtures("mounts_allowed")
def test_j2_j3_a_disk_that_is_full_or_turns_read_only_leaves_the_old_and_the_next_run_ends_well() -> None:
    kinds = ["full disk", "read-only", "turned read-only"]
    said = swept("--every", "7", *(f"--kind={kind}" for kind in kinds), "import", "key new", "revoke")
    assert said.count("points, 0 wrong") == len(kinds) * 3 + 1
    assert "NOT RUN" not in said


def test_j2_the_power_fails_and_what_was_said_to_be_written_is_there() -> None:
    if why := disks.refusal():
        pytest.skip(f"this user may not mount a disk here: {why}")
    said = swept("--every", "5", "--kind=power cut", "import", "key new", "revoke")
    assert said.count("points, 0 wrong") == 4
    assert "NOT RUN" not in said


@pytest.mark.parametrize(
    "name", ["first build", "rebuild with a change", "rebuild by renames", "rebuild for one earner"]
)
def test_j1_all_of_a_site_is_flushed_before_it_takes_its_place(tmp_path: Path, name: str) -> None:
    scene = next(one for one in scenes.SCENES if one.name == name)
    seen = staging.stage(scene, tmp_path).operations
    swaps = [number for number, one in enumerate(seen) if "renameat2" in one.place or one.event == "os.rename"]
    flushed = next(number for number, one in enumerate(seen) if one.place == "syncfs")
    kept = next(number for number, one in enumerate(seen) if one.place.endswith(".dist.blazon-record.new"))
    assert flushed < swaps[0] < kept
    between = [one for one in seen[flushed:kept] if one.event in {"open", "write", "os.mkdir", "os.link"}]
    assert all(one.place.endswith(".dist.blazon-note") for one in between), between


def test_j2_a_flush_that_fails_is_told_before_the_swap() -> None:
    """On a disk whose power is gone, what was asked to reach it did not."""

    def act(place: Path) -> None:
        (place / "made").mkdir()
        (place / "disk").mkdir()
        disk = disks.Disk.holding(place / "made", place / "image")
        disk.renew(place / "disk")
        (place / "disk/x").write_bytes(b"x")
        disk.lose(disks.Lost.ALL)
        try:
            swap._flush(place / "disk")
        finally:
            disk.unmount()

    if why := disks.refusal():
        pytest.skip(f"this user may not mount a disk here: {why}")
    assert mounts.why_not(act).startswith("[Errno 5] Input/output error: ")


def test_j4_of_two_runs_at_once_one_is_refused_or_both_end_well() -> None:
    said = swept("--every", "24", "--kind=one waits", "--kind=together", "build + another build", "build + revoke")
    assert said.count("points, 0 wrong") == 5


def test_j14_what_a_killed_run_wrote_of_several_files_is_taken_back(program: Path) -> None:
    before = files(program)
    killed_while_writing(program)
    assert files(program).keys() - before.keys() == {batch.NOTE, NEW[0][0]}
    result = imported(program)
    assert result.exit_code == 0, result.output
    assert files(program).keys() - before.keys() == {ADA, ADA.replace("ada-okafor", "bo-lind")}
    assert not (program / "content/earners/a").exists()


def test_j6_what_a_killed_run_did_not_finish_is_taken_back_on_another_machine_too(
    program: Path, tmp_path: Path
) -> None:
    before = files(program)
    killed_while_writing(program)
    shutil.copytree(program, tmp_path / "elsewhere")
    for place in (tmp_path / "elsewhere", program):
        batch.take_back(place)
        assert files(place) == before


def test_j6_a_note_is_heeded_as_long_as_its_process_lives(tmp_path: Path) -> None:
    """An import stops before its last operation, when its note and all files are there; then it is killed."""
    scene = next(one for one in scenes.SCENES if one.name == "import")
    one = staging.stage(scene, tmp_path)
    program = one.world / "program"
    number = next(
        n for n, seen in enumerate(one.operations, 1) if seen.event == "os.remove" and batch.NOTE in seen.place
    )
    one.renew()
    before = files(program)
    running = points.begin(scene.act(one.world), one.world, points.How.STOPPED, number)
    assert running.stopped()
    halfway = files(program)
    assert halfway.keys() - before.keys() == {batch.NOTE, ADA, ADA.replace("ada-okafor", "bo-lind")}
    for act in (batch.take_back, batch.settle):
        with pytest.raises(BlazonError, match="another run is writing files into"):
            act(program)
    assert files(program) == halfway
    running.kill()
    running.close()
    batch.settle(program)
    assert files(program) == before


def test_j14_what_somebody_changed_since_stays(program: Path) -> None:
    killed_while_writing(program)
    (program / NEW[0][0]).write_text("mine\n")
    batch.take_back(program)
    assert (program / NEW[0][0]).read_text() == "mine\n"
    assert not (program / batch.NOTE).exists()


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ('[[], {"content/site.yaml": "0"}]', 0o644),
        ('[[], {"/etc/passwd": "0"}]', 0o600),
        ('[["/tmp"], {}]', 0o600),
        ("[[], {}", 0o600),
        ('[["."], {}]', 0o600),
        ('[["a\\u0000b"], {}]', 0o600),
        ('[[], {"\\ud800": "0"}]', 0o600),
        ("[[], [[1, 2]]]", 0o600),
        ("[1]", 0o600),
        ("7", 0o600),
    ],
)
def test_j15_a_note_that_came_with_the_repository_is_not_believed(program: Path, text: str, mode: int) -> None:
    (program / batch.NOTE).write_text(text)
    (program / batch.NOTE).chmod(mode)
    before = files(program)
    result = imported(program)
    assert (result.exit_code, ".blazon-unfinished is in the way" in result.stderr) == (3, True), result.stderr
    assert files(program) == before
    (program / batch.NOTE).unlink()
    assert imported(program).exit_code == 0


def test_j15_a_note_never_leads_out_of_the_program(program: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").write_bytes(b"")
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    (program / batch.NOTE).write_text(f'[[], {{"../mine": "{empty}"}}]')
    (program / batch.NOTE).chmod(0o600)
    assert imported(program).exit_code == 2
    assert (tmp_path / "mine").exists()


def test_j4_two_runs_do_not_write_files_at_once(program: Path) -> None:
    killed_while_writing(program)
    folder = os.open(program, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    with pytest.raises(BlazonError, match="another run is writing files into"):
        batch.take_back(program)
    with pytest.raises(BlazonError, match="another run is writing files into"):
        batch.write_all_new(program, [("content/z.yaml", "z")])
    os.close(folder)
    batch.take_back(program)
    batch.write_all_new(program, NEW)
    assert (program / NEW[1][0]).read_text() == "y\n"


@pytest.mark.parametrize(
    "words",
    [
        ("build", "--today", TODAY),
        ("revoke", programs.AWARD, "--reason", "Issued in error.", "--on", TODAY),
        ("suspend", programs.AWARD, "--reason", "Under review.", "--on", TODAY),
        ("erase", programs.AWARD, "--yes", "--on", TODAY),
        ("private", programs.AWARD),
        ("new", "version", programs.BADGE),
        ("key", "new", "HOME/a.key", "--no-passphrase", "--today", TODAY),
        ("key", "root", "HOME/root.key", "--no-passphrase"),
        ("key", "compromised", "demo", "HOME/b.key", "--no-passphrase", "--today", TODAY),
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_j4_nothing_is_built_or_changed_while_another_run_writes(
    program: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    given = ["-C", str(program), *(word.replace("HOME", str(tmp_path / "home")) for word in words)]
    before = files(tmp_path)
    folder = os.open(program, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    refused = CliRunner().invoke(cli.blazon, given)
    os.close(folder)
    message = f"error: another run is writing files into {program}.\n  hint: wait until it has ended, then try again.\n"
    assert (refused.exit_code, refused.output) == (3, message)
    assert files(tmp_path) == before
    given_again = CliRunner().invoke(cli.blazon, given)
    assert given_again.exit_code == 0, given_again.output
    assert files(tmp_path) != before


def test_j14_a_build_publishes_nothing_of_an_import_that_was_killed_half_way(program: Path) -> None:
    before = files(program)
    killed_while_writing(program)
    built = CliRunner().invoke(cli.blazon, ["-C", str(program), "build", "--today", TODAY])
    assert built.exit_code == 0, built.output
    beside = ("dist/", ".dist.blazon-record")
    assert {path: data for path, data in files(program).items() if not path.startswith(beside)} == before


@pytest.mark.parametrize("note", ['[[], "ab"]', '[[], ["a"]]', "[{}, 1]", "[" * 5000])
def test_a_note_of_another_form_is_in_the_way(program: Path, note: str) -> None:
    (program / batch.NOTE).write_text(note)
    (program / batch.NOTE).chmod(0o600)
    with pytest.raises(BlazonError, match="is in the way"):
        batch.take_back(program)
    assert (program / batch.NOTE).exists()


def test_where_there_is_no_program_nothing_is_taken_back(tmp_path: Path) -> None:
    batch.settle(tmp_path / "gone")
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_did_not_finish_is_not_written_over(program: Path) -> None:
    killed_while_writing(program)
    with pytest.raises(BlazonError, match="is in the way"):
        batch.write_all_new(program, [("content/z.yaml", "z")])
    assert (program / NEW[0][0]).exists()


def key_new(program: Path, path: Path) -> Result:
    return CliRunner().invoke(cli.blazon, ["-C", str(program), "key", "new", str(path), "--no-passphrase"])


def halves(world: Path) -> tuple[set[bytes], set[bytes]]:
    """The public halves of new keys in both programs, and those of all secrets."""
    public = {
        ed25519.read(path.read_text().split("public_key: ")[1].split("\n")[0])
        for path in world.glob("*/keys/key-2.yaml")
    }
    return public, {keys.parse_secret(path.read_text()).public for path in (world / "home").iterdir()}


def test_j18_of_two_keys_in_the_same_file_at_once_one_is_refused_and_no_secret_is_lost(tmp_path: Path) -> None:
    """The first run stops at each of its operations in turn, until the second has ended."""
    first, second = scenes.ONE_PATH
    before, world = tmp_path / "before", tmp_path / "world"
    first.prepare(before)
    seen = set()
    for number in count(1):
        scenes.fresh(before, world)
        running = points.begin(first.act(world), world, points.How.STOPPED, number)
        if not running.stopped():
            running.close()
            break
        other = points.run(second.act(world), world)
        running.go_on()
        seen.add(codes := (running.ended().code, other.code))
        public, secret = halves(world)
        assert (len(public), public) == (1, secret), (number, codes, other.said)
    assert seen == {(2, 0), (0, 3)}


def test_j16_a_secret_whose_public_half_was_written_is_not_lost(program: Path, tmp_path: Path) -> None:
    secret = tmp_path / "home/a.key"
    assert key_new(program, secret).exit_code == 0
    public = (program / "keys/key-1.yaml").read_text().split("public_key: ")[1].split("\n")[0]
    text = secret.read_text()
    secret.rename(
        secret.with_name(f".a.key.{public}.new")
    )  # what a run leaves that is killed before its last operation
    again = key_new(program, secret)
    assert (again.exit_code, "the secret half of a key that a run before this one began" in again.output) == (0, True)
    assert secret.read_text() == text
    assert [path.name for path in secret.parent.iterdir()] == ["a.key"]
    assert sorted(path.name for path in (program / "keys").iterdir()) == ["demo.yaml", "key-1.yaml"]


def test_j16_a_secret_that_nobody_saw_is_drawn_anew(program: Path, tmp_path: Path) -> None:
    secret = tmp_path / "a.key"
    begun = tmp_path / ".a.key.z6MktZoFn9cyg7WGu9y7TNonqvShLY2T9PMnR6SrLvWW3esX.new"
    anothers = tmp_path / ".b.key.z6MktZoFn9cyg7WGu9y7TNonqvShLY2T9PMnR6SrLvWW3esX.new"
    begun.write_text("half")
    anothers.write_text("of another program, which it still may need")
    assert key_new(program, secret).exit_code == 0
    assert (begun.exists(), anothers.exists()) == (False, True)


def test_j1_a_file_is_written_anew_where_a_killed_run_left_half_of_one(program: Path) -> None:
    place = program / programs.AWARD
    place.with_name(f".{place.name}.new").write_text("half")
    words = ["-C", str(program), "revoke", programs.AWARD, "--reason", "Issued in error.", "--on", TODAY]
    result = CliRunner().invoke(cli.blazon, words)
    assert result.exit_code == 0, result.output
    assert "Issued in error." in place.read_text()
    assert not place.with_name(f".{place.name}.new").exists()


def test_j2_a_full_disk_is_told_and_no_folder_stays(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "_fill", _full)
    before = sorted(program.rglob("*"))
    for named in (0, disk._NAMELESS):
        monkeypatch.setattr(disk, "_NAMELESS", named)
        with pytest.raises(
            BlazonError, match=r"content/badges/x/badge.yaml could not be written: no space left"
        ) as caught:
            disk.write_new(program, "content/badges/x/badge.yaml", "x")
        assert caught.value.exit_code == 3
        with pytest.raises(BlazonError, match=r"a.key could not be written: no space left"):
            disk.write_secret(program.parent / "home/a.key", "zsecret\n", program)
        assert sorted(program.rglob("*")) == before
        assert [path.name for path in program.parent.iterdir()] == ["program"]


def _full(*_: object) -> None:
    raise OSError(28, os.strerror(28))


def test_j2_of_several_new_files_none_is_left_on_a_full_disk(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(program)
    monkeypatch.setattr(disk, "_fill", _full)
    with pytest.raises(BlazonError) as caught:
        batch.write_all_new(program, NEW)
    message = "the files could not be written: no space left on device."
    assert (caught.value.message, caught.value.hint) == (message, "nothing of them was left behind.")
    assert files(program) == before
