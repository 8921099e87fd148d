"""What readers answer who keep a key, and whom others send something."""

from __future__ import annotations

import json
import os
import secrets
import socket
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, cast

import storybook
import twophases
from answers import answered
from answers_of_files import base
from blazon import (
    batch,
    issueform,
    keyfiles,
    keylist,
    load,
    online,
    roster,
    serving,
    sheets,
    signatures,
    signer,
    source,
    swap,
    tosign,
)
from blazon.diagnostics import Report
from blazon.entering import Entering
from blazon.keys import verify
from blazon.model import Program
from blazon.online import Network

PASSPHRASE = "correct horse"
_SHARED = "/dev/shm"  # noqa: S108 - each file has a folder of its own


# What the one with the key is given


def signature_list(data: bytes) -> bool:
    """The file of signatures, which is written again as it is."""
    found = signatures.read(data)
    assert signatures.read(signatures.write(found).encode()) == found, "what was written is read as something else"
    return True


def key_list(data: bytes) -> bool:
    """The list of keys that root keys sign, which is written again as it is."""
    found = keylist.read(data)
    assert keylist.read(keylist.write(found).encode()) == found, "what was written is read as something else"
    return bool(found.signers(verify))


def requests(data: bytes) -> bool:
    """The list of what has to be signed."""
    found = tosign.read(data)
    before = signatures.Signatures("did:web:badges.example.org", {})
    return bool(signer.sign(found, before, [twophases.SECRET], twophases.TODAY)) or not found.requests


def key_file(data: bytes) -> bool:
    """A file with a secret key."""
    with tempfile.TemporaryDirectory(dir=fast()) as folder:
        path = Path(folder) / "a.key"
        path.touch(mode=0o600)
        path.write_bytes(data)
        return bool(keyfiles.read(path, lambda _: PASSPHRASE))


def fast() -> str | None:
    """A place for files that are soon gone."""
    return _SHARED if os.access(_SHARED, os.W_OK) else None


def unfinished(data: bytes) -> bool:
    """The note of a run that was killed, and the mark of a built site."""
    with tempfile.TemporaryDirectory(dir=fast()) as folder:
        root = Path(folder)
        (root / swap.MARK).write_bytes(data)
        swap.marked(root).encode()
        note = root / batch.NOTE
        note.touch(mode=0o600)
        note.write_bytes(data)
        batch.take_back(root)
        assert not note.exists(), "the note is still there"
        return True


# What others send


@cache
def loaded() -> Program:
    """The small program."""
    found = load.load(base(), Report())
    assert found is not None
    return found


def _entered(entries: list[roster.Entry], report: Report) -> bool:
    """New awards; whatever file is made of them can be read."""
    made = Entering(loaded(), dict(base()), secrets.token_bytes, hash_email=True).enter(
        entries, storybook.TODAY, report
    )
    for one in made.files if made else ():
        reading = Report()
        assert source.parse(one.path, one.text.encode(), reading) is not None, "a file that was made cannot be read"
    return answered(made, report)


def issue(data: bytes) -> bool:
    """The event of an issue."""
    report = Report()
    entry = issueform.entry(data, loaded(), report)
    return answered(entry, report) and entry is not None and _entered([entry], report)


def issue_body(data: bytes) -> bool:
    """What somebody wrote into the form of an issue."""
    event = {"action": "opened", "issue": {"body": data.decode("utf-8", "replace"), "labels": [{"name": "claim"}]}}
    return issue(json.dumps(event).encode())


def sheet(data: bytes) -> bool:
    """A table of people."""
    report = Report()
    found = sheets.read("roster.csv", data, report)
    if found is None:
        return answered(found, report)
    return _entered(roster.entries(found, "dmy", report), report)


class Unsecured:
    """Talks to a host without TLS."""

    def wrap_socket(self, line: socket.socket, **_: object) -> socket.socket:
        """The line as it is."""
        return line


def host_answer(data: bytes) -> bool:
    """What a host answers, again and again where it leads on."""

    def connect(_address: str, _seconds: float) -> socket.socket:
        ours, theirs = socket.socketpair()
        theirs.sendall(data[: 64 << 10])
        theirs.shutdown(socket.SHUT_WR)
        kept.append(theirs)
        return ours

    kept: list[socket.socket] = []
    network = Network(lambda _: ["93.184.216.34"], connect, cast("Any", Unsecured()))
    asked = online.Online(network)
    asked.begin()
    try:
        return bool(asked.document("https://example.org/a")) or True
    finally:
        for line in kept:
            line.close()


def preview(data: bytes) -> bool:
    """What a browser asks of a preview, and hangs up."""
    ours, theirs = socket.socketpair()
    with ours:
        port = str(_server().server_port).encode()
        theirs.sendall(data.replace(b"PORT", port)[: 64 << 10])
        theirs.close()
        try:
            serving._Handler(ours, ("127.0.0.1", 1), _server())
        except ConnectionError:  # nobody listens any more
            return True
    return False


@cache
def _server() -> serving.Server:
    """A preview of a folder with a page."""
    folder = Path(tempfile.mkdtemp(dir=fast()))
    (folder / "index.html").write_text("<!doctype html><body></body>")
    server = serving.Server(0, folder)
    server.stage.show((), "/badges/")
    return server
