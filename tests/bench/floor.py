"""What no program can do without: `python floor.py SIZES FOLDER`.

SIZES has a line for each file of a built site, its size and its path. Writes files of these sizes into a fresh folder, hashes what
is JSON with SHA-256, and makes one Ed25519 signature for each credential.
"""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path
from random import Random

from nacl.signing import SigningKey


def main() -> None:
    """Sign, hash and write."""
    sizes, target = map(Path, sys.argv[1:])
    key = SigningKey(bytes(32))
    sources = sizes.read_text("utf-8").splitlines()
    longest = max(int(line.partition(" ")[0]) for line in sources)
    some = memoryview(Random(1).randbytes(longest))  # noqa: S311 (any bytes will do)
    made: set[Path] = set()
    for line in sources:
        size, _, path = line.partition(" ")
        data, file = some[: int(size)], target / path
        if path.endswith(".json"):
            digest = sha256(data).digest()
            if path.endswith("credential.json"):
                key.sign(sha256(digest).digest() + digest)
        if file.parent not in made:
            file.parent.mkdir(parents=True)
            made |= {file.parent, *file.parent.parents}
        file.write_bytes(data)


if __name__ == "__main__":
    main()
