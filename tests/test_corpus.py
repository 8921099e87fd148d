"""The corpus: every case found as it stands in its folder, beside a good twin, in step with the book that writes it."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import corpusbook
from blazon.lookup import Given
from blazon.outcome import overall
from blazon.verify import verify

ENTRIES: list[dict[str, Any]] = json.loads((corpusbook.HERE / "cases.json").read_bytes())
BY_NAME = {entry["name"]: entry for entry in ENTRIES}
BOOK = {case.name: case for case in corpusbook.cases()}
ELSEWHERE = {"H26", "H30", "H33", "H34"}  # too large for a folder, or not about a file: the README says where they are


def read(path: str) -> bytes:
    """A file of the corpus."""
    return (corpusbook.HERE / path).read_bytes()


@pytest.mark.parametrize("name", BY_NAME)
def test_each_step_finds_what_the_corpus_says(name: str) -> None:
    entry = BY_NAME[name]
    documents = {url: read(path) for url, path in entry["documents"].items()}
    outcomes = verify(read(entry["badge"]), Given(documents), datetime.fromisoformat(entry["now"]))
    assert [[one.step, one.verdict] for one in outcomes] == entry["steps"]
    assert overall(outcomes) == entry["verdict"]


@pytest.mark.parametrize("name", [name for name, entry in BY_NAME.items() if entry["verdict"] != "passed"])
def test_each_bad_case_has_a_good_twin(name: str) -> None:
    twin = BY_NAME[BY_NAME[name]["twin"]]
    assert twin["verdict"] == "passed"
    assert {verdict for _, verdict in twin["steps"]} == {"passed"}
    assert BY_NAME[name]["badge"] != twin["badge"]
    assert [read(BY_NAME[name]["badge"]), _documents(name)] != [read(twin["badge"]), _documents(twin["name"])]


def _documents(name: str) -> dict[str, bytes]:
    return {url: read(path) for url, path in BY_NAME[name]["documents"].items()}


def test_the_corpus_is_what_its_book_writes() -> None:
    assert list(BY_NAME) == list(BOOK), "run: make corpus"
    for name, case in BOOK.items():
        assert corpusbook.entry(case) == BY_NAME[name], "run: make corpus"
        if case.data[:1] == b"{":  # what is compressed differs between machines
            assert case.data == read(BY_NAME[name]["badge"]), f"{name}: run: make corpus"


def test_each_step_says_what_it_said() -> None:
    sentences = json.loads(read("sentences.json"))
    assert list(sentences) == list(BOOK), "run: make corpus"
    for name, case in BOOK.items():
        assert corpusbook.said(case) == sentences[name], f"{name}: run: make corpus"


def test_every_row_about_a_file_has_a_case() -> None:
    rows = {row for entry in ENTRIES for row in entry.get("rows", [])}
    assert rows | ELSEWHERE >= {f"H{number}" for number in range(1, 37)} | {"I4"}
    assert not rows & ELSEWHERE
    readme = read("README.md").decode()
    assert all(f"| {row} |" in readme for row in (*ELSEWHERE, "I1", "I2", "I3", "I5"))


def test_there_is_no_file_without_a_case() -> None:
    named = {entry["badge"] for entry in ENTRIES} | {path for entry in ENTRIES for path in entry["documents"].values()}
    there = {path.relative_to(corpusbook.HERE).as_posix() for path in Path(corpusbook.HERE).glob("*/*")}
    assert there == named


def test_most_cases_are_hostile() -> None:
    bad = [entry for entry in ENTRIES if entry["verdict"] != "passed"]
    assert len(bad) > 150
    assert len(bad) / len(ENTRIES) > 0.7
