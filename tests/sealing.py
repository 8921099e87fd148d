"""A small program with a private award and a key of its own, for tests of what is sealed."""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from pathlib import Path

import programs
from blazon import ed25519
from blazon.keys import Secret

SEED = bytes(range(32))
NAME = "Priya Raman"
KEY = urlsafe_b64encode(bytes(range(100, 132))).decode().rstrip("=")
EARNER = "content/earners/priya-raman/earner.yaml"


def program(root: Path, language: str = "en", visibility: str = "private") -> tuple[str, str]:
    """Lay the program out below a folder; the key of its award's page, and the award's id."""
    programs.small(root)
    (root / "keys/demo.yaml").unlink()
    (root / "keys/key-1.yaml").write_text(f"public_key: {ed25519.write(Secret(SEED).public)}\nfrom: 2024-01-01\n")
    settings = (root / "content/site.yaml").read_text()
    (root / "content/site.yaml").write_text(settings.replace("\nlanguage: en\n", f"\nlanguage: {language}\n"))
    (root / EARNER).write_text(
        f"name: {NAME}\nawards:\n  {programs.BADGE}:\n    visibility: {visibility}\n    key: {KEY}\n"
    )
    found = re.search(r"^id: (\w+)$", (root / programs.AWARD).read_text(), re.MULTILINE)
    assert found is not None
    return KEY, found[1]
