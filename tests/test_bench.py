"""What `make bench` prints: costs beside each other, a reason where there is none."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from functools import partial
from pathlib import Path

import pytest

import generated
import ground
import rows
from blazon import files
from blazon.check import check
from blazon.diagnostics import Report
from blazon.load import load
from running import CommandFailed, Cost, Work, interleaved, run

HERE = Path(__file__).parent
AWARDS = 15  # three of each badge, by five earners
LARGEST_AWARD = 60_000  # bytes; 45,000 are worked towards, and the four copies of a credential alone take 29,000
ROW = rows.Row("build", "ours / theirs", "ours", "theirs", "≤ 1/3")


def test_signing_is_measured_beside_a_peer_and_each_other_peer_has_its_line() -> None:
    environment = os.environ | {"AWARDS": "3", "ROUNDS": "1", "ROWS": "sign", "PYTHONPATH": str(HERE)}
    done = subprocess.run(
        [sys.executable, str(HERE / "bench/bench.py")], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    for row in rows.chosen({"sign"}):
        line = next(line for line in done.stdout.splitlines() if line.startswith(row.title))
        assert re.search(r" ms +\d+\.\d+ ms +[\d./]+", line) or "cannot be measured: " in line
    assert re.search(r"PyLD and PyNaCl +\d+\.\d+ ms +\d+\.\d+ ms +1/\d", done.stdout)


def test_an_award_of_a_generated_program_stays_within_its_bytes(tmp_path: Path) -> None:
    program = ground.Ground(tmp_path, AWARDS)
    run(program.works["blazon"]())
    parts = ground.of_an_award(program.bytes_by_kind())
    own = [path for path in program.site.glob("awards/*/**/*") if path.is_file()]
    assert len(own) == AWARDS * sum(map(len, ground.PARTS.values()))
    assert sum(parts.values()) == sum(path.stat().st_size for path in own)
    assert min(parts.values()) > 0
    assert sum(parts[part] for part in ground.COUNTED) / AWARDS <= LARGEST_AWARD


def test_a_file_of_an_award_that_nobody_counts_is_an_error() -> None:
    assert ground.of_an_award({"awards/…/badge.png": 5, "awards/…/badge.svg": 2, "badges/": 9})["pictures"] == 7
    with pytest.raises(KeyError, match=re.escape("awards/…/badge.webp")):
        ground.of_an_award({"awards/…/badge.webp": 5})


def test_a_row_that_does_not_exist_is_refused_by_name() -> None:
    environment = os.environ | {"ROWS": "signs", "PYTHONPATH": str(HERE)}
    done = subprocess.run(
        [sys.executable, str(HERE / "bench/bench.py")], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("there is no row signs; there are: ")


def test_a_ratio_is_of_one_award_and_start_up_is_left_out_where_it_is_told() -> None:
    costs = {"ours": Cost(3.0, 3.0, 1024, 1.0, 0.9, 10), "theirs": Cost(5.0, 5.0, 1024, 4.0, 1.2, 8)}
    assert re.sub(" +", " ", ROW.line(costs, {})) == "ours / theirs 100.000 ms 500.000 ms 1/5.0 0.60 ≤ 1/3"


def test_a_peer_that_fails_has_a_line_with_what_it_said() -> None:
    works = {
        "ours": Work([sys.executable, "-c", "print('done')"], 1),
        "theirs": Work([sys.executable, "-c", "import sys; sys.exit('out of  paper')"], 1),
    }
    costs, failures = interleaved(works, 2)
    assert costs.keys() == {"ours"}
    assert re.sub(" +", " ", ROW.line(costs, failures)) == "ours / theirs cannot be measured: out of paper"


def test_a_command_that_is_not_there_is_named() -> None:
    with pytest.raises(CommandFailed, match=r"^/nowhere/peer: No such file or directory$"):
        run(Work(["/nowhere/peer"], 1))


def test_a_peer_that_makes_fewer_pages_than_it_should_has_failed(tmp_path: Path) -> None:
    (tmp_path / "index.html").touch()
    (tmp_path / "style.css").touch()
    command = [sys.executable, "-c", ""]
    run(Work(command, 1, after=partial(ground._expect_pages, tmp_path, 1)))
    with pytest.raises(CommandFailed, match=r"^it made 1 of 2 pages$"):
        run(Work(command, 1, after=partial(ground._expect_pages, tmp_path, 2)))


def test_works_are_run_in_turns() -> None:
    order: list[str] = []
    command = [sys.executable, "-c", ""]
    works = {name: Work(command, 1, partial(order.append, name)) for name in ("one", "two")}
    interleaved(works, 2)
    assert order == ["one", "two", "one", "two"]


def test_memory_and_time_are_those_of_the_command(tmp_path: Path) -> None:
    script = tmp_path / "large.py"
    script.write_text("b = b'x' * (200 << 20)\nprint('{\"seconds\": 1.5, \"processor\": 0.75}')\n")
    cost = run(Work([sys.executable, str(script)], 3))
    assert 200 << 10 <= cost.peak < 240 << 10
    assert (cost.inner, cost.each, cost.each_processor) == (1.5, 0.5, 0.25)


def test_half_of_the_generated_awards_are_written_as_people_write_and_all_say_the_same_kind_of_thing(
    tmp_path: Path,
) -> None:
    generated.write(tmp_path, 12)
    report = Report()
    program = load(files.read_tree(tmp_path, report), report)
    assert program is not None
    check(program, report, date(2026, 11, 1))
    assert [one.as_text() for one in report] == []
    texts = [path.read_text() for path in (tmp_path / "content/earners").glob("*/*.yaml") if path.stem != "earner"]
    by_hand = [text for text in texts if text.startswith("#")]
    assert (len(texts), len(by_hand)) == (12, 6)
    assert all(re.fullmatch(r"[^\n]+\n\n[^\n]+", award.did.strip()) for award in program.awards)
