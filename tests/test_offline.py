"""The guard against the network works."""

from __future__ import annotations

import socket

import pytest


def test_asking_another_machine_fails() -> None:
    with pytest.raises(AssertionError, match="asked the network"):
        socket.getaddrinfo("badges.example.org", 443)
    with socket.socket() as one, pytest.raises(AssertionError, match="asked the network"):
        one.connect(("192.0.2.1", 443))


def test_this_machine_may_be_asked() -> None:
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen(1)
        client.connect(server.getsockname())
