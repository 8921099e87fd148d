"""What holds for every test: nothing is asked from the network, and nothing fails for want of speed."""

from __future__ import annotations

import ipaddress
import sys
from typing import Any

from hypothesis import settings

# Machines are busy at times; what is too slow is found by `make bench` and by tests that count work.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

_ASKING = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}


def is_here(host: object) -> bool:
    """Whether a host is this machine, by an address that needs no look-up."""
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return host in {"localhost", None, ""}


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """Stop a test that asks another machine; sockets of files are no network."""
    if event not in _ASKING:
        return
    target = arguments[1] if event in {"socket.connect", "socket.sendto"} else arguments[0]
    host = target[0] if isinstance(target, tuple) else target
    if isinstance(target, (str, bytes)) and event in {"socket.connect", "socket.sendto"}:
        return
    if not is_here(host):
        raise AssertionError(f"a test asked the network for {host!r}")


sys.addaudithook(_refuse)
