"""The network, and the only door to it: documents at public https addresses, read narrowly for `verify --online` and `confirm`.

Whoever made a badge chose the addresses in it, so none is trusted. Only port 443 of a named host is asked. Its addresses are looked
up once, every one has to be public, and the connection goes to one of those very addresses: what the name server says a moment
later changes nothing. Where an answer leads on, all of this holds again. Time and size have limits, only types that a
badge can have are read, and nothing of the environment is used: no proxy, no cookie, no password.
"""

from __future__ import annotations

import io
import re
import socket
import ssl
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from http.client import HTTPException, HTTPResponse
from ipaddress import IPv4Address, ip_address, ip_network
from threading import Thread
from urllib.parse import urljoin

from blazon import __version__
from blazon.jsontext import quoted
from blazon.outcome import Absent, Doubt

PORT = 443
MOST_REDIRECTS = 3
MOST_ASKED = 32  # documents for one badge
SECONDS = 10.0  # for one document, whatever it leads to
SECONDS_A_BADGE = 60.0
LARGEST_BODY = 2 << 20

_LONGEST_ADDRESS = 2_000
_LONGEST_HOST = 253
_MOST_TRIED = 4  # addresses of one host
_MOST_KEPT = 16  # documents
_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ADDRESS = re.compile(
    rf"https://((?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])?)(?::{PORT})?"
    r"(/[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*)?",
    re.IGNORECASE,
)
_TYPES = frozenset(
    {
        "",
        "application/did",
        "application/json",
        "application/octet-stream",
        "application/vc",
        "image/png",
        "image/svg+xml",
        "text/plain",
    }
)
_LEADS_ON = frozenset({301, 302, 303, 307, 308})
_GOOD = 200
_MISSING = frozenset({404, 410})

# What is not for everybody though `ipaddress` of some Python takes it for public, or what carries another address inside.
_CLOSED = tuple(
    map(
        ip_network,
        (
            *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
            *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"),
            *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
            "168.63.129.16/32",  # a cloud's own service, at an address that looks public
            *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),  # tunnels, documentation, 6to4
        ),
    )
)
_OPEN_6 = ip_network("2000::/3")  # everything else of version 6 is local, mapped, translated or not given out


@dataclass(frozen=True, slots=True)
class Seen:
    """What an address answered with: a number that says how it went, the media type, and the bytes. `open_to_all` says that pages of
    other sites may read it, `url` where it was found in the end.
    """

    status: int
    type: str
    open_to_all: bool
    data: bytes
    url: str = ""


class _RefusedError(Exception):
    """Ends a request; the message is half a sentence that says why."""


class _MissingError(_RefusedError):
    """Ends a request for what is not there, as its host says."""


@dataclass(frozen=True, slots=True)
class Network:
    """How hosts are looked up and reached: `resolve` gives a host's addresses, `connect` a socket to an address within seconds."""

    resolve: Callable[[str], Sequence[str]]
    connect: Callable[[str, float], socket.socket]
    security: ssl.SSLContext


@dataclass(slots=True)
class Online:
    """A source that asks the network, and each address once while it is remembered."""

    network: Network
    _kept: OrderedDict[str, bytes | Doubt] = field(default_factory=OrderedDict)
    _silent: set[str] = field(default_factory=set)
    _asked: int = 0
    _ends: float = 0.0

    def begin(self) -> None:
        """Another badge is looked at, which has asked for nothing so far."""
        self._asked, self._ends = 0, time.monotonic() + SECONDS_A_BADGE

    def document(self, url: str) -> bytes:
        """The bytes at an address. Raises Doubt, with a sentence that says why there are none, and Absent when its host says so."""
        if url not in self._kept:
            self._kept[url] = self._ask(url)
            if len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(url)
        found = self._kept[url]
        if isinstance(found, Doubt):
            raise type(found)(*found.args)
        return found

    def _ask(self, url: str) -> bytes | Doubt:
        """The bytes at an address, or why there are none: what is so for one badge alone is raised, and not kept for others."""
        self._asked += 1
        if self._asked > MOST_ASKED:
            raise Doubt(f"{quoted(url)} was not asked for: the badge names more than {MOST_ASKED} addresses.")
        began = time.monotonic()
        try:
            return fetch(url, self.network, min(began + SECONDS, self._ends), self._silent)
        except _RefusedError as why:
            kind = Absent if isinstance(why, _MissingError) else Doubt
            return kind(f"{quoted(url)} could not be read: {why}.")
        except TimeoutError:
            if self._ends < began + SECONDS:
                raise Doubt(f"{quoted(url)} was not waited for: what the badge names takes too long.") from None
            self._silent.add(_parts(url)[0])  # the host that was named, since others may have been made to look slow
            return Doubt(f"{quoted(url)} could not be read: it did not answer within {SECONDS:.0f} seconds.")


def network() -> Network:
    """The network as this machine reaches it, with the certificates that it trusts."""
    security = ssl.create_default_context()
    security.minimum_version = ssl.TLSVersion.TLSv1_2
    return Network(_addresses, _connected, security)


def is_public(address: str) -> bool:
    """Whether an address is one that everybody reaches: not private, local, reserved, nor another address in disguise."""
    try:
        one = ip_address(address)
    except ValueError:
        return False
    if any(one in closed for closed in _CLOSED if closed.version == one.version):
        return False
    return one.is_global and (isinstance(one, IPv4Address) or (one in _OPEN_6 and one.scope_id is None))


def fetch(url: str, network: Network, ends: float, silent: Collection[str] = ()) -> bytes:
    """The bytes at an https address, read before the clock says `ends`; hosts in `silent` are not asked.

    Raises _RefusedError, with half a sentence, and TimeoutError.
    """
    return _followed(url, network, ends, _only_badges, silent).data


def look(url: str, network: Network) -> Seen:
    """What an https address answers with, whatever that is. Raises Doubt, with half a sentence that says why nothing came."""
    try:
        return _followed(url, network, time.monotonic() + SECONDS, _whatever, ())
    except _RefusedError as why:
        raise Doubt(str(why)) from None
    except TimeoutError:
        raise Doubt(f"it did not answer within {SECONDS:.0f} seconds") from None


def _followed(url: str, network: Network, ends: float, takes: _Takes, silent: Collection[str]) -> Seen:
    """What stands where an address leads to."""
    for _ in range(MOST_REDIRECTS + 1):
        host, path = _parts(url)
        if host in silent:
            raise _RefusedError("its host did not answer before")
        answer = _answer(host, path, network, ends, takes)
        if isinstance(answer, Seen):
            return replace(answer, url=url)
        url = _next(url, answer)
    raise _RefusedError(f"it leads on more than {MOST_REDIRECTS} times")


def _next(url: str, location: str) -> str:
    """The address that an answer leads on to."""
    try:
        return urljoin(url, location)
    except ValueError:
        raise _RefusedError("it leads on to what is no address") from None


def _parts(url: str) -> tuple[str, str]:
    """Host and path of an address that may be asked for."""
    found = _ADDRESS.fullmatch(url.partition("#")[0]) if len(url) <= _LONGEST_ADDRESS else None
    if found is None or len(found[1]) > _LONGEST_HOST:
        raise _RefusedError("only an https address of a named host at port 443 is asked")
    return found[1].lower(), found[2] or "/"


def _answer(host: str, path: str, network: Network, ends: float, takes: _Takes) -> Seen | str:
    """What a host answers with, or the address that it leads on to."""
    line = _line(host, network, ends)
    try:
        line.settimeout(_left(ends))
        with network.security.wrap_socket(line, server_hostname=host) as secured:
            return _conversation(secured, host, path, ends, takes)
    except TimeoutError:
        raise
    except ssl.SSLCertVerificationError as error:
        raise _RefusedError(f"its certificate is not trusted ({error.verify_message.rstrip('.')})") from None
    except OSError:
        raise _RefusedError("the connection broke") from None
    except (HTTPException, ValueError):
        raise _RefusedError("its answer was not understood") from None
    finally:
        line.close()


def _line(host: str, network: Network, ends: float) -> socket.socket:
    """A connection to one of a host's addresses, all of which are public."""
    addresses = _within(ends, lambda: network.resolve(host))
    if not addresses:
        raise _RefusedError("its host has no address")
    if not all(map(is_public, addresses)):
        raise _RefusedError("its host is in a private network, where nothing is asked")
    for address in addresses[:_MOST_TRIED]:
        try:
            return network.connect(address, _left(ends))
        except TimeoutError:
            raise
        except OSError:
            continue
    raise _RefusedError("its host takes no connection")


def _conversation(secured: ssl.SSLSocket, host: str, path: str, ends: float, takes: _Takes) -> Seen | str:
    """What comes back for one request."""
    lines = (
        f"GET {path} HTTP/1.1",
        f"Host: {host}",
        "Accept: application/vc, application/json, image/png, image/svg+xml, */*;q=0.1",
        "Accept-Encoding: identity",
        f"User-Agent: blazon/{__version__}",
        "Connection: close",
    )
    secured.settimeout(_left(ends))
    secured.sendall("".join(f"{line}\r\n" for line in (*lines, "")).encode("ascii"))
    with closing(HTTPResponse(_Timed(secured, ends), method="GET")) as response:  # type: ignore[arg-type] # it asks for makefile alone
        return _understood(response, takes)


def _understood(response: HTTPResponse, takes: _Takes) -> Seen | str:
    """What an answer holds: a document, or the address to which it leads."""
    response.begin()
    if response.status in _LEADS_ON:
        return response.getheader("Location") or ""
    kind = (response.getheader("Content-Type") or "").partition(";")[0].strip().lower()
    takes(response.status, kind)
    if (response.getheader("Content-Encoding") or "identity").strip().lower() != "identity":
        raise _RefusedError("it is compressed, which was not asked for")
    data = response.read(LARGEST_BODY + 1)
    if len(data) > LARGEST_BODY:
        raise _RefusedError(f"it is longer than {LARGEST_BODY:,} bytes")
    if response.length:
        raise _RefusedError("its answer broke off")
    origin = (response.getheader("Access-Control-Allow-Origin") or "").strip()
    return Seen(response.status, kind, origin == "*", data)


_Takes = Callable[[int, str], None]
"""Raises _RefusedError for an answer whose number or type is not wanted, before it is read."""


def _only_badges(status: int, kind: str) -> None:
    """Take what may be a badge, or a document that one names."""
    if status != _GOOD:
        raise (_MissingError if status in _MISSING else _RefusedError)(f"it answered with {status}")
    if kind not in _TYPES and not (kind.startswith("application/") and kind.endswith("+json")):
        raise _RefusedError(f"it is of the type {quoted(kind)}, which no badge has")


def _whatever(_status: int, _kind: str) -> None:
    """Take anything."""


class _Timed(io.RawIOBase):
    """A connection as a reader of answers wants it, which ends when the clock says so, however slowly bytes drop in."""

    def __init__(self, secured: ssl.SSLSocket, ends: float) -> None:
        """Nothing was read yet."""
        self._secured, self._ends = secured, ends

    def makefile(self, _mode: str) -> io.BufferedReader:
        """The connection as a file."""
        return io.BufferedReader(self)

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override] # that is what it is called with
        """Read what is there, within the time that is left."""
        self._secured.settimeout(_left(self._ends))
        return self._secured.recv_into(buffer)


def _left(ends: float) -> float:
    """The seconds that are left. Raises TimeoutError when there are none."""
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _within(ends: float, work: Callable[[], Sequence[str]]) -> Sequence[str]:
    """What comes of work that knows no time limit of its own. Raises TimeoutError when it takes too long."""
    found: list[Sequence[str]] = []
    thread = Thread(target=lambda: found.append(work()), daemon=True)
    thread.start()
    thread.join(_left(ends))
    if thread.is_alive():
        raise TimeoutError
    return found[0] if found else ()


def _addresses(host: str) -> Sequence[str]:
    """The addresses of a host as this machine looks them up; none for a host that is not known."""
    try:
        found = socket.getaddrinfo(host, PORT, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return ()
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def _connected(address: str, seconds: float) -> socket.socket:
    """A connection to an address, which is looked at once more when it stands."""
    line = socket.create_connection((address, PORT), seconds)
    if is_public(line.getpeername()[0]):
        return line
    line.close()
    raise OSError
