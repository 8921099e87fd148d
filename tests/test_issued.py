"""What `verify --issued` lets pass: what has ended since it was issued, and nothing else."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import stackbook
from blazon import cli, lookup
from blazon.outcome import Verdict, failed, only_ended, passed, undecided
from blazon.verify import examine
from goldens import HERE
from stackbook import STACK


def verify(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli.blazon, ["verify", *map(str, arguments)])


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with a withdrawn award, one whose picture was never signed, and one that still counts."""
    return Path(shutil.copytree(HERE / "academy/site", tmp_path / "dist"))


def test_a_site_with_badges_that_have_ended_is_as_it_was_issued(site: Path) -> None:
    plain, issued = verify(site), verify("--issued", site)
    assert (plain.exit_code, issued.exit_code) == (1, 0)
    assert "7 of these are as they were issued" in issued.stdout
    assert "as they were issued" not in plain.stdout
    assert "status: it has been withdrawn by its issuer" in issued.stdout


def test_what_is_altered_is_not_what_was_issued_even_where_it_was_withdrawn(site: Path) -> None:
    path = site / "awards/c99d/credential.json"
    path.write_text(path.read_text().replace("Example Academy", "Example Academie"))
    assert verify("--issued", site).exit_code == 1


def test_what_cannot_be_decided_stays_undecided(tmp_path: Path) -> None:
    site = Path(shutil.copytree(HERE / "newcomer/site", tmp_path / "dist"))
    assert verify("--issued", site).exit_code == 0
    (site / "status/revocation-1.json").unlink()
    assert verify("--issued", site).exit_code == 3


def test_both_forms_end_alike_and_the_object_keeps_its_shape(site: Path) -> None:
    found = verify("--issued", "--format", "json", site)
    assert found.exit_code == 0
    steps = [step for one in json.loads(found.stdout)["files"] for step in one["steps"]]
    assert {tuple(step) for step in steps} == {("step", "verdict", "sentence")}


@pytest.mark.parametrize(("withdrawn", "ended"), [(True, True), (False, False)])
def test_a_stack_has_ended_with_its_part_and_is_wrong_with_a_part_that_is_not_what_it_was(
    withdrawn: bool, ended: bool
) -> None:
    part = "revoked: {on: 2026-06-05, reason: Not hers.}\n" if withdrawn else ""
    built = stackbook.site(stackbook.tree(makers_1=part))
    if not withdrawn:
        built[f"awards/{stackbook.FIRST}/credential.json"] += b" "
    moment = datetime(2026, 6, 20, tzinfo=UTC)
    outcomes = examine(built[f"awards/{STACK}/credential.json"], lookup.published(built.get), moment).outcomes
    assert [one.ended for one in outcomes if one.verdict is Verdict.FAILED] == [ended]


def test_one_thing_that_has_ended_excuses_nothing_else() -> None:
    good, bad, open_ = passed("a", "x"), failed("b", "x"), undecided("c", "x")
    assert only_ended([good])
    assert not only_ended([good, bad])
    assert not only_ended([good, open_])
