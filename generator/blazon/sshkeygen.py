"""Asks ssh-keygen for a signature. It is the one program that we start: with a list of arguments, never through a shell."""

from __future__ import annotations

import subprocess
from pathlib import Path

from blazon.diagnostics import BlazonError

PROGRAM = "ssh-keygen"


def sign(key: Path, namespace: str, asks: bool, message: bytes) -> str:
    """A signature over a message with an SSH key. OpenSSH asks for the passphrase of the key by itself, when somebody can be asked.

    Raises BlazonError when there is no ssh-keygen, or when it does not sign.
    """
    command = [PROGRAM, "-q", "-Y", "sign", "-n", namespace, "-f", str(key.absolute())]
    try:
        # In a session of its own it has no terminal to ask at.
        done = subprocess.run(  # noqa: S603 - see above
            command, input=message, capture_output=True, check=False, start_new_session=not asks
        )
    except OSError:
        missing = f"{PROGRAM}, which signs, is not on this machine."
        raise BlazonError(missing, "install OpenSSH, or review without --sign where that is enough.") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").split("\n")
        why = next((line for line in reversed(said) if line.strip()), "it gave no reason")
        hint = "name the file of your private SSH key, or its .pub file when an agent holds the key."
        raise BlazonError(f"{PROGRAM} did not sign: {why}", hint)
    return done.stdout.decode(errors="replace")
