"""Canonicalizes and signs the credentials of a program as a build does: `python sign_with_blazon.py PROGRAM COUNT SIGNATURE`.

Ends with an error unless the first proof has the given signature, which a peer is held to as well.
"""

from __future__ import annotations

import sys
from pathlib import Path

from stopwatch import Stopwatch

import credentials
from blazon import proof
from blazon.keys import DEMO_SEED, Secret


def main() -> None:
    """Print the seconds that signing took."""
    folder, count, expected = sys.argv[1:]
    work = credentials.unsigned(Path(folder), int(count))
    signer = Secret(DEMO_SEED).signer(credentials.METHOD)
    watch = Stopwatch()
    signed = [proof.sign(document, signer, credentials.CREATED, prepared) for document, prepared in work]
    told = watch.stop()
    assert credentials.value_of(signed[0]) == expected, "it signed something else"
    print(told)


if __name__ == "__main__":
    main()
