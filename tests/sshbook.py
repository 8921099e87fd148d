"""Signs as `ssh-keygen -Y sign` does, byte for byte, with keys that are made from words: they are published, and prove nothing.

The signatures of the demo's reviews and of the stories are made with these keys; `python tests/sshbook.py PATH` prints those
that an award of the demo should have.
"""

from __future__ import annotations

import sys
from base64 import b64encode
from datetime import date
from hashlib import sha256, sha512
from pathlib import Path
from textwrap import wrap

from blazon import sshsig
from blazon.keys import Secret
from blazon.sshsig import string
from blazon.statement import NAMESPACE, statement

_HASHES = {"sha256": sha256, "sha512": sha512}


def secret_of(reviewer: str) -> Secret:
    """The published key of a reviewer."""
    return Secret(
        sha256(f"blazon demo reviewer {reviewer}: published for everyone, so it proves nothing".encode()).digest()
    )


def line_of(reviewer: str) -> str:
    """The public half, as it stands in reviewers.yaml."""
    return sshsig.write_key(secret_of(reviewer).public)


def public_blob(public: bytes) -> bytes:
    """A public key as SSH packs it."""
    return string(b"ssh-ed25519") + string(public)


def blob(secret: Secret, message: bytes, namespace: str = NAMESPACE, algorithm: str = "sha512") -> bytes:
    """A signature as bytes."""
    name, digest = algorithm.encode(), _HASHES[algorithm](message).digest()
    covered = b"SSHSIG" + b"".join(map(string, (namespace.encode(), b"", name, digest)))
    signature = string(b"ssh-ed25519") + string(secret.signer("").sign(covered))
    parts = (public_blob(secret.public), namespace.encode(), b"", name, signature)
    return b"SSHSIG\0\0\0\1" + b"".join(map(string, parts))


def armored(data: bytes) -> str:
    """Bytes between the two lines that OpenSSH puts around a signature."""
    lines = "\n".join(wrap(b64encode(data).decode("ascii"), 70))
    return f"-----BEGIN SSH SIGNATURE-----\n{lines}\n-----END SSH SIGNATURE-----\n"


def sign(reviewer: str, message: bytes, namespace: str = NAMESPACE, algorithm: str = "sha512") -> str:
    """A reviewer's signature over a message."""
    return armored(blob(secret_of(reviewer), message, namespace, algorithm))


def main(path: str) -> None:
    """Writes down, for each signed review of an award of this repository, the signature that belongs there."""
    from blazon.diagnostics import Report  # noqa: PLC0415 - only when it is run
    from blazon.opened import open_program  # noqa: PLC0415

    _, opened = open_program(Path(__file__).parents[1], Report(), date(2100, 1, 1))
    program = opened.program if opened else sys.exit("the content cannot be read")
    award = next(award for award in program.awards if award.place.path == path)
    for review in award.reviews:
        if review.signature:
            made = sign(review.reviewer, statement(program, award, program.achievement_of(award), review))
            sys.stdout.write(f"{review.reviewer}\n{made}")


if __name__ == "__main__":
    main(*sys.argv[1:])
