"""Asks ssh-keygen for a signature. It is the one program that we start: with a list of arguments, never through a shell."""

from __future__ import annotations

import subprocess
from pathlib import Path

from blazon.diagnostics import BlazonError, printable

PROGRAM = "ssh-keygen"


def sign(key: Path, namespace: str, message: bytes) -> str:
    """A signature over a message with an SSH key, whose passphrase OpenSSH asks for by itself.

    Raises BlazonError when there is no ssh-keygen, or when it does not sign.
    """
    command = [PROGRAM, "-q", "-Y", "sign", "-n", namespace, "-f", str(key.absolute())]
    try:
        done = subprocess.run(command, input=message, capture_output=True, check=False)  # noqa: S603 - see above
    except OSError:
        message_ = f"{PROGRAM}, which signs, is not on this machine."
        raise BlazonError(message_, "install OpenSSH, or review without --sign where that is enough.") from None
    if done.returncode:
        why = (
            printable(done.stderr.decode(errors="replace").strip().splitlines()[-1])
            if done.stderr.strip()
            else "no reason"
        )
        hint = "name the file of your private SSH key, or its .pub file when an agent holds the key."
        raise BlazonError(f"{PROGRAM} did not sign: {why}", hint)
    return done.stdout.decode(errors="replace")
