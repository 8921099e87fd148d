"""Asks a host that means harm for a document: python -m limits.asking FOLDER PATH. Ends with 3 and says why nothing came."""

from __future__ import annotations

import ssl
import sys
import time
from pathlib import Path

import loopback
from blazon import online
from blazon.online import Online
from blazon.outcome import Doubt
from loopback import answer

HOST = "badges.example.org"
JSON = "Content-Type: application/json"
HEAD = f"HTTP/1.1 200 OK\r\n{JSON}\r\n\r\n".encode()


def endless(line: ssl.SSLSocket) -> None:
    """Send for as long as somebody listens."""
    line.sendall(HEAD)
    while True:
        line.sendall(b" " * 65536)


def slow(line: ssl.SSLSocket) -> None:
    """Send a byte now and then."""
    line.sendall(HEAD)
    while True:
        line.sendall(b" ")
        time.sleep(0.05)


ANSWERS: dict[str, loopback.Answer] = {
    f"https://{HOST}/large": answer(b" " * (online.LARGEST_BODY + 1), JSON),
    f"https://{HOST}/endless": endless,
    f"https://{HOST}/slow": slow,
}


def main(folder: Path, path: str) -> int:
    """Ask for a document."""
    with loopback.running(folder, ANSWERS, {HOST: [loopback.PUBLIC]}) as server:
        source = Online(server.network())
        source.begin()
        try:
            source.document(f"https://{HOST}{path}")
        except Doubt as doubt:
            sys.stdout.write(f"{doubt}\n")
            return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
