"""Whoever is named in a commit message has reviewed nothing (security case F8): approvals stand in the award's own file."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from click.testing import CliRunner

import programs
from blazon import cli

MESSAGE = """Award STEM Night Lead

Reviewed-by: Tuan Nguyen <tuan-nguyen@riverbend.example>
Approved-by: Ngozi Adeyemi <ngozi-adeyemi@riverbend.example>
"""


def committed(root: Path) -> None:
    """Commit a whole program, with reviewers in the message and nowhere else."""
    who = ["-c", "user.name=Tuan Nguyen", "-c", "user.email=tuan-nguyen@riverbend.example"]
    for command in (["init", "-q"], ["add", "."], [*who, "commit", "-q", "--no-gpg-sign", "-m", MESSAGE]):
        subprocess.run(["git", "-C", str(root), *command], check=True)


def test_a_name_in_a_commit_message_is_no_approval(tmp_path: Path) -> None:
    root = programs.small(tmp_path)
    award = root / programs.AWARD
    reviewed = award.read_text("utf-8")
    unreviewed = re.sub(r"^reviews:\n(?:[ -].*\n|\n)+", "", reviewed, flags=re.MULTILINE)
    assert unreviewed != reviewed
    award.write_text(unreviewed, "utf-8")
    committed(root)
    refused = CliRunner().invoke(cli.blazon, ["-C", str(root), "check"])
    assert refused.exit_code == 1
    assert "this award has 0 of 2 approvals. [too-few-approvals]" in refused.stdout
    award.write_text(reviewed, "utf-8")
    assert CliRunner().invoke(cli.blazon, ["-C", str(root), "check"]).exit_code == 0
