"""Where secret keys come from: the environment first, then key files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from blazon import disk, keys
from blazon.keys import Secret

KEY_VARIABLE = "BLAZON_SIGNING_KEY"
PASSPHRASE_VARIABLE = "BLAZON_PASSPHRASE"  # noqa: S105 - the name of a variable, not a passphrase


def given(paths: Iterable[Path], ask: Callable[[Path], str]) -> list[Secret]:
    """The secret keys of a run: the one in the environment first, then those in files, whose passphrases `ask` may give."""
    found = [keys.parse_secret(text)] if (text := os.environ.get(KEY_VARIABLE)) else []
    return [*found, *(read(path, ask) for path in paths)]


def read(path: Path, ask: Callable[[Path], str]) -> Secret:
    """The secret key in a file; the passphrase of a protected one stands in the environment, or is asked for."""
    text = disk.read_secret(path)
    if not keys.is_protected(text):
        return keys.parse_secret(text)
    return keys.unprotect(text, os.environ.get(PASSPHRASE_VARIABLE) or ask(path))
