"""A small program for tests: one badge and one award of the demo, so that a build takes a moment and no more."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

DEMO = Path(__file__).parents[1]
BADGE = "stem-night-lead"
AWARD = f"content/earners/priya-raman/{BADGE}.yaml"


def small(root: Path) -> Path:
    """Lay the program out below a folder, signed by the demo key."""
    for path in ("content/site.yaml", f"content/badges/{BADGE}/badge.yaml", AWARD, "keys/demo.yaml"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(DEMO / path, root / path)
    settings = (root / "content/site.yaml").read_text()
    (root / "content/site.yaml").write_text(re.sub(r" +#.*\n +endorsements: .*\n", "", settings))
    reviewers = (DEMO / "content/reviewers.yaml").read_text()
    without_rules = re.sub(r"\n  badges:\n(?:    .*\n)+", "\n", reviewers)
    (root / "content/reviewers.yaml").write_text(re.sub(r"badges: \[.*\]", f"badges: [{BADGE}]", without_rules))
    return root
