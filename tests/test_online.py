"""The network: which addresses are asked, what is read of an answer, and how long (rows H33 and H34 of our security rules)."""

from __future__ import annotations

import gzip
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

import loopback
from blazon import online
from blazon.lookup import Elsewhere
from blazon.online import Network, Online, is_public
from blazon.outcome import Doubt
from loopback import PUBLIC, answer

HOST = "badges.example.org"
HOME = f"https://{HOST}"
JSON = "Content-Type: application/json"
PRIVATE = {
    "private.example.org": ["10.0.0.1"],
    "mixed.example.org": [PUBLIC, "169.254.169.254"],
    "mapped.example.org": ["::ffff:127.0.0.1"],
}
HOSTS: Mapping[str, list[str]] = {
    HOST: [PUBLIC],
    "second.example.org": ["93.184.215.99", PUBLIC],
    "deaf.example.org": ["93.184.215.99"],
    "untrusted.example.org": [PUBLIC],
    **PRIVATE,
}


def leads_to(location: str, status: str = "302 Found") -> bytes:
    return answer(b"", f"Location: {location}", status=status)


def endless(line: ssl.SSLSocket) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    while True:
        line.sendall(b" " * 65536)


def endless_parts(line: ssl.SSLSocket) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        line.sendall(b"8000\r\n" + b" " * 0x8000 + b"\r\n")


def endless_patience(line: ssl.SSLSocket) -> None:
    while True:
        line.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")


def one_by_one(start: bytes) -> Callable[[ssl.SSLSocket], None]:
    def drop(line: ssl.SSLSocket) -> None:
        line.sendall(start)
        while True:
            line.sendall(b" ")
            time.sleep(0.05)

    return drop


def silent(_: ssl.SSLSocket) -> None:
    time.sleep(3)


ANSWERS: dict[str, loopback.Answer] = {
    f"{HOME}/did.json": answer(b'{"id": "x"}', JSON),
    f"{HOME}/": answer(b"the root", "Content-Type: text/plain"),
    f"{HOME}/no-type": answer(b"{}"),
    f"{HOME}/vc": answer(b"{}", "Content-Type: application/vc+ld+json; charset=utf-8"),
    f"{HOME}/empty": answer(b"", JSON),
    f"{HOME}/largest": answer(b" " * online.LARGEST_BODY, JSON),
    f"{HOME}/page": answer(b"<!doctype html>", "Content-Type: text/html; charset=utf-8"),
    f"{HOME}/large": answer(b" " * (online.LARGEST_BODY + 1), JSON),
    f"{HOME}/gzip": answer(gzip.compress(b"{}"), JSON, "Content-Encoding: gzip"),
    f"{HOME}/short": answer(b"{}", JSON).replace(b"Content-Length: 2", b"Content-Length: 9"),
    f"{HOME}/short-parts": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{}",
    f"{HOME}/garbage": b"\0\1\2\r\n\r\n",
    f"{HOME}/nothing": b"",
    f"{HOME}/long-line": b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000 + b"\r\n\r\n",
    f"{HOME}/lines": b"HTTP/1.1 200 OK\r\n" + b"X: x\r\n" * 200 + b"\r\n",
    f"{HOME}/endless": endless,
    f"{HOME}/endless-parts": endless_parts,
    f"{HOME}/endless-patience": endless_patience,
    f"{HOME}/slow-body": one_by_one(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"),
    f"{HOME}/slow-head": one_by_one(b"HTTP/1.1 200 OK\r\nX:"),
    f"{HOME}/silent": silent,
    f"{HOME}/on-3": leads_to("/on-2", "301 Moved Permanently"),
    f"{HOME}/on-2": leads_to(f"{HOME}:443/on-1#part", "307 Temporary Redirect"),
    f"{HOME}/on-1": leads_to("did.json", "308 Permanent Redirect"),
    f"{HOME}/on-4": leads_to("on-3"),
    f"{HOME}/on-and-on": leads_to(""),
    f"{HOME}/on-to-http": leads_to(f"http://{HOST}/did.json"),
    f"{HOME}/on-to-port": leads_to(f"{HOME}:8443/did.json"),
    f"{HOME}/on-to-file": leads_to("file:///etc/passwd"),
    f"{HOME}/on-to-number": leads_to("https://127.0.0.1/"),
    f"{HOME}/on-to-nothing": leads_to("https://[x"),
    f"{HOME}/on-to-private": leads_to("https://private.example.org/latest/meta-data/"),
    f"{HOME}/on-to-mixed": leads_to("https://mixed.example.org/"),
    f"{HOME}/cookie": answer(b"{}", JSON, "Set-Cookie: a=b"),
    "https://second.example.org/": answer(b"{}", JSON),
}

ONLY = "only an https address of a named host at port 443 is asked"
INSIDE = "its host is in a private network, where nothing is asked"


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[loopback.Server]:
    with loopback.running(tmp_path_factory.mktemp("tls"), ANSWERS, HOSTS) as server:
        yield server


@pytest.fixture
def server(serving: loopback.Server) -> loopback.Server:
    for seen in (serving.requests, serving.reached, serving.looked_up):
        seen.clear()
    return serving


def asking(network: Network) -> Online:
    asked = Online(network)
    asked.begin()
    return asked


def why(asked: Online, url: str) -> str:
    """Why nothing came from an address."""
    with pytest.raises(Doubt) as doubt:
        asked.document(url)
    shown = url if len(url) <= 60 else f"{url[:59]}…"
    return str(doubt.value).removeprefix(f'"{shown}" could not be read: ').removesuffix(".")


# What is read


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/did.json", b'{"id": "x"}'),
        ("", b"the root"),
        ("/no-type", b"{}"),
        ("/vc", b"{}"),
        ("/empty", b""),
        ("/largest", b" " * online.LARGEST_BODY),
        ("/did.json#key-1", b'{"id": "x"}'),
        (":443/did.json", b'{"id": "x"}'),
        ("/on-3", b'{"id": "x"}'),
    ],
)
def test_a_document_at_a_public_address_is_read(server: loopback.Server, path: str, body: bytes) -> None:
    assert asking(server.network()).document(HOME + path) == body


def test_a_request_says_nothing_about_who_asks(
    server: loopback.Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://user:password@127.0.0.1:9/")
    (tmp_path / ".netrc").write_text(f"machine {HOST} login me password secret\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    asked = asking(server.network())
    asked.document(f"{HOME}/cookie")
    asked.document(f"{HOME}/did.json")
    assert [request.splitlines()[0] for request in server.requests] == [
        "GET /cookie HTTP/1.1",
        "GET /did.json HTTP/1.1",
    ]
    names = {line.partition(":")[0] for request in server.requests for line in request.splitlines()[1:]}
    assert names == {"Host", "Accept", "Accept-Encoding", "User-Agent", "Connection", ""}


def test_an_address_is_asked_once(server: loopback.Server) -> None:
    asked = asking(server.network())
    assert asked.document(f"{HOME}/did.json") == asked.document(f"{HOME}/did.json")
    assert why(asked, f"{HOME}/missing") == why(asked, f"{HOME}/missing") == "it answered with 404"
    assert len(server.requests) == 2


def test_only_the_last_documents_are_kept(server: loopback.Server) -> None:
    asked = asking(server.network())
    for number in range(online._MOST_KEPT):
        why(asked, f"{HOME}/{number}")
    asked.document(f"{HOME}/did.json")
    why(asked, f"{HOME}/1")
    why(asked, f"{HOME}/0")
    assert [request.split(" ")[1] for request in server.requests[-2:]] == ["/did.json", "/0"]


def test_another_address_of_a_host_is_tried(server: loopback.Server) -> None:
    assert asking(server.network()).document("https://second.example.org/") == b"{}"
    assert server.reached == HOSTS["second.example.org"]


def test_a_site_that_is_looked_at_answers_for_itself(server: loopback.Server) -> None:
    source = Elsewhere(f"{HOME}/badges/", asking(server.network()))
    assert source.document(f"{HOME}/badges/did.json") is None
    assert source.document(f"{HOME}/did.json") == b'{"id": "x"}'


# What is not read: row H33


@pytest.mark.parametrize(
    "url",
    [
        f"http://{HOST}/did.json",
        f"ftp://{HOST}/",
        "file:///etc/passwd",
        f"{HOME}:8443/",
        f"{HOME}:80/",
        f"https://me@{HOST}/",
        f"https://me:secret@{HOST}/",
        f"https://{HOST}\\@private.example.org/",
        f"{HOME}/a b",
        f"{HOME}/a\r\nX: y",
        f"{HOME}/é",
        f"{HOME}?query",
        "https://bädges.example.org/",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f.0x1/",
        "https://0177.0.0.1/",
        "https://[::1]/",
        "https://localhost/",
        "https://intranet/",
        f"https://{HOST}./",
        "https:///did.json",
        "",
        f"{HOME}/{'x' * 2000}",
        f"https://{'a.' * 127}org/",
    ],
)
def test_h33_only_plain_https_addresses_are_asked(server: loopback.Server, url: str) -> None:
    assert why(asking(server.network()), url) == ONLY
    assert (server.looked_up, server.reached) == ([], [])


@pytest.mark.parametrize("host", PRIVATE)
def test_h33_a_private_address_gets_no_request(server: loopback.Server, host: str) -> None:
    assert why(asking(server.network()), f"https://{host}/") == INSIDE
    assert server.reached == []


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/on-to-http", ONLY),
        ("/on-to-port", ONLY),
        ("/on-to-file", ONLY),
        ("/on-to-number", ONLY),
        ("/on-to-nothing", "it leads on to what is no address"),
        ("/on-to-private", INSIDE),
        ("/on-to-mixed", INSIDE),
        ("/on-4", "it leads on more than 3 times"),
        ("/on-and-on", "it leads on more than 3 times"),
    ],
)
def test_h33_the_same_rules_hold_where_an_answer_leads_on(server: loopback.Server, path: str, reason: str) -> None:
    assert why(asking(server.network()), HOME + path) == reason
    assert set(server.reached) == {PUBLIC}
    assert len(server.requests) <= online.MOST_REDIRECTS + 1


@pytest.mark.parametrize("kind", ["at once", "on the way"])
def test_h33_a_name_that_changes_its_address_leads_nowhere_else(server: loopback.Server, kind: str) -> None:
    """Each request looks the name up once, and connects to what was looked at."""
    plain, names = server.network(), iter([[PUBLIC], ["10.0.0.1"], [PUBLIC], ["10.0.0.1"]])
    changing = Network(lambda _: next(names), plain.connect, plain.security)
    path = "/did.json" if kind == "at once" else "/on-1"
    asked = asking(changing)
    if kind == "at once":
        assert asked.document(HOME + path) == b'{"id": "x"}'
    else:
        assert why(asked, HOME + path) == INSIDE
    assert server.reached == [PUBLIC]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/missing", "it answered with 404"),
        ("/page", 'it is of the type "text/html", which no badge has'),
        ("/gzip", "it is compressed, which was not asked for"),
        ("/large", "it is longer than 2,097,152 bytes"),
        ("/endless", "it is longer than 2,097,152 bytes"),
        ("/endless-parts", "it is longer than 2,097,152 bytes"),
        ("/short", "its answer broke off"),
        ("/short-parts", "its answer was not understood"),
        ("/garbage", "its answer was not understood"),
        ("/long-line", "its answer was not understood"),
        ("/lines", "its answer was not understood"),
        ("/nothing", "the connection broke"),
    ],
)
def test_h33_an_odd_answer_is_no_document(server: loopback.Server, path: str, reason: str) -> None:
    assert why(asking(server.network()), HOME + path) == reason


@pytest.mark.parametrize(
    ("host", "reason"),
    [
        ("unknown.example.org", "its host has no address"),
        ("deaf.example.org", "its host takes no connection"),
    ],
)
def test_h33_a_host_that_is_not_there_is_said_to_be_so(server: loopback.Server, host: str, reason: str) -> None:
    assert why(asking(server.network()), f"https://{host}/") == reason


def test_h33_a_certificate_for_another_host_is_not_trusted(server: loopback.Server) -> None:
    assert why(asking(server.network()), "https://untrusted.example.org/").startswith(
        "its certificate is not trusted ("
    )
    assert server.requests == []


def test_h33_a_certificate_that_nobody_vouches_for_is_not_trusted(server: loopback.Server) -> None:
    ours = server.network()
    usual = Network(ours.resolve, ours.connect, online.network().security)
    assert why(asking(usual), f"{HOME}/").startswith("its certificate is not trusted (self")
    assert server.requests == []


@pytest.mark.parametrize("path", ["/silent", "/slow-body", "/slow-head"])
def test_h33_no_answer_in_time_is_no_document(
    server: loopback.Server, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(online, "SECONDS", 0.5)
    asked, began = asking(server.network()), time.monotonic()
    assert why(asked, HOME + path).startswith("it did not answer within ")
    assert time.monotonic() - began < 2
    assert why(asked, f"{HOME}/did.json") == "its host did not answer before"


def test_h33_a_host_that_asks_for_patience_for_ever_has_no_document(
    server: loopback.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python 3.14 counts how often a host asks; older ones wait until the time is over."""
    monkeypatch.setattr(online, "SECONDS", 0.5)
    told = why(asking(server.network()), f"{HOME}/endless-patience")
    assert told.startswith("it did not answer within ") or told == "its answer was not understood"


def test_h33_a_name_server_that_does_not_answer_is_not_waited_for(
    server: loopback.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(online, "SECONDS", 0.2)
    plain, began = server.network(), time.monotonic()

    def slow(_: str) -> list[str]:
        time.sleep(2)
        return [PUBLIC]

    assert why(asking(Network(slow, plain.connect, plain.security)), HOME).startswith("it did not answer within ")
    assert time.monotonic() - began < 1
    assert server.reached == []


def test_h33_a_host_that_never_says_hello_is_not_waited_for(
    server: loopback.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(online, "SECONDS", 0.3)
    plain, began = server.network(), time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as mute:
        asked = asking(
            Network(
                plain.resolve, lambda _, seconds: socket.create_connection(mute.getsockname(), seconds), plain.security
            )
        )
        assert why(asked, HOME).startswith("it did not answer within ")
    assert time.monotonic() - began < 2


def test_only_a_few_addresses_of_a_host_are_tried(server: loopback.Server) -> None:
    many = [f"93.184.216.{number}" for number in range(100)]
    plain = server.network()
    assert why(asking(Network(lambda _: many, plain.connect, plain.security)), HOME) == "its host takes no connection"
    assert server.reached == many[: online._MOST_TRIED]


def test_one_badge_may_not_ask_for_ever(server: loopback.Server) -> None:
    asked = asking(server.network())
    for number in range(online.MOST_ASKED):
        why(asked, f"{HOME}/{number}")
    assert why(asked, f"{HOME}/did.json").endswith("was not asked for: the badge names more than 32 addresses")
    assert len(server.requests) == online.MOST_ASKED
    asked.begin()  # another badge has not asked for anything
    assert asked.document(f"{HOME}/did.json") == b'{"id": "x"}'


def test_one_badge_may_not_take_for_ever(server: loopback.Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(online, "SECONDS_A_BADGE", 0.3)
    asked = asking(server.network())
    assert why(asked, f"{HOME}/silent").endswith("was not waited for: what the badge names takes too long")
    assert why(asked, f"{HOME}/no-type").endswith("was not waited for: what the badge names takes too long")
    asked.begin()
    assert asked.document(f"{HOME}/did.json") == b'{"id": "x"}'


# Which addresses are public


@pytest.mark.parametrize("address", [PUBLIC, "1.1.1.1", "2606:4700:4700::1111", "2a00:1450:4001:81b::200e"])
def test_public_addresses_are_known(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("0.0.0.1", "10.1.2.3", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.0.1"),
        *("169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1"),
        *("192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
        "168.63.129.16",
        *("::", "::1", "::127.0.0.1", "::ffff:10.0.0.1", "::ffff:93.184.215.14", "64:ff9b::a00:1", "64:ff9b:1::1"),
        *("100::1", "2001::1", "2001:db8::1", "2002:a00:1::", "3fff::1", "fc00::1", "fd00:ec2::254"),
        *("fe80::1", "fe80::1%eth0", "2606:4700:4700::1111%eth0", "fec0::1", "ff02::1", "5f00::1"),
        *("", "x", "127.1", "0x7f000001"),
    ],
)
def test_h33_addresses_that_are_not_for_everybody_are_known(address: str) -> None:
    assert not is_public(address)


# The network as this machine has it


def test_a_host_is_looked_up_as_the_machine_does() -> None:
    assert set(online._addresses("localhost")) & {"127.0.0.1", "::1"}
    assert online._addresses("a" * 64 + ".example.org") == ()


def test_h33_this_machine_itself_is_never_asked() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening, pytest.MonkeyPatch.context() as changed:
        changed.setattr(online, "PORT", listening.getsockname()[1])
        with pytest.raises(OSError):  # noqa: PT011 - it says nothing
            online._connected("127.0.0.1", 1)


def test_the_connection_is_secured_as_browsers_do() -> None:
    security = online.network().security
    assert security.check_hostname
    assert security.verify_mode is ssl.CERT_REQUIRED
    assert security.minimum_version >= ssl.TLSVersion.TLSv1_2
