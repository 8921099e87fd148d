"""How many values the files of a program hold together, told from their bytes: each takes time and memory, however short it is."""

from __future__ import annotations

from collections.abc import Mapping

from blazon.diagnostics import Place, Report

MOST_VALUES = 1_000_000  # in a program, beside those that each file of an award may well have:
MOST_VALUES_A_FILE = 200

_MARKS = (b",", b":", b"\n", b"[", b"{")  # one of them stands before or behind every name and value


def too_dense(tree: Mapping[str, bytes], report: Report) -> bool:
    """Whether files, by path, hold more names and values together than are read; the report names the one with the most."""
    held = {path: _values(data) for path, data in tree.items() if path.endswith((".yaml", ".json"))}
    total, most = sum(held.values()), MOST_VALUES + MOST_VALUES_A_FILE * len(held)
    if total <= most:
        return False
    message = (
        f"the YAML and JSON files have some {total:,} values together; of {len(held):,} such files, {most:,} are read."
    )
    hint = "this file has the most: take out what no record needs, or split the program, for example by year."
    report.error("program-too-large", Place(max(held, key=lambda path: held[path])), message, hint)
    return True


def _values(data: bytes) -> int:
    """How many names and values a file has at most, or a few more where its texts have commas and lines."""
    return sum(map(data.count, _MARKS))
