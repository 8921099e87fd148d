"""A build whose documents are broken is stopped by our own check: no verifier, and no key, ever sees them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import programs
from blazon import cli, ob3

Json = dict[str, Any]


def undefined_term(document: Json) -> None:
    """A word that no context defines."""
    document["credentialSubject"]["grade"] = "A"


def relative_id(document: Json) -> None:
    """An id that is no absolute address."""
    document["credentialSubject"]["achievement"] = {
        **document["credentialSubject"]["achievement"],
        "id": "achievements/x.json",
    }


def missing_type(document: Json) -> None:
    """A node that does not say what it is, so that its words mean nothing."""
    achievement = dict(document["credentialSubject"]["achievement"])
    del achievement["type"]
    document["credentialSubject"]["achievement"] = achievement


def array_subject(document: Json) -> None:
    """A subject in a list of one, which means the same and crashes others."""
    document["credentialSubject"] = [document["credentialSubject"]]


def second_context(document: Json) -> None:
    """One context more than verifiers have, which changes nothing that is signed."""
    document["@context"] = [*document["@context"], "https://w3id.org/vc/status-list/2021/v1"]


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (undefined_term, 'it says "grade", a word that no standard defines.'),
        (relative_id, '"id" is not an absolute address.'),
        (missing_type, "in a node without a type"),
        (array_subject, '"credentialSubject" is a list.'),
        (second_context, "it is written in a vocabulary that we do not know."),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_our_own_check_catches(
    spoil: Callable[[Json], None], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = programs.small(tmp_path / "program")
    compose = ob3.credential

    def broken(*arguments: Any) -> Json:
        document = compose(*arguments)
        spoil(document)
        return document

    monkeypatch.setattr(ob3, "credential", broken)
    result = CliRunner().invoke(cli.blazon, ["-C", str(root), "build", "--today", "2026-11-26"])
    assert result.exit_code == 1
    assert "[unverifiable]" in result.stderr
    assert told in result.stderr or spoil is missing_type
    assert not (root / "dist").exists()


def test_the_same_program_is_built_when_nothing_is_broken(tmp_path: Path) -> None:
    root = programs.small(tmp_path / "program")
    result = CliRunner().invoke(cli.blazon, ["-C", str(root), "build", "--today", "2026-11-26"])
    assert result.exit_code == 0, result.stderr
    assert (root / "dist" / "index.html").exists()
