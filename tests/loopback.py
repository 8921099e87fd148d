"""A TLS server on this machine that answers for named hosts, with a certificate made on the spot, and the network that leads to it."""

from __future__ import annotations

import socket
import ssl
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from blazon.keys import Secret
from blazon.online import Network

PUBLIC = "93.184.215.14"  # nobody is asked there: what connects to it is led to the server
ED25519 = bytes.fromhex("06032b6570")  # 1.3.101.112
COMMON_NAME = bytes.fromhex("0603550403")
BASIC_CONSTRAINTS, ALTERNATIVE_NAMES = bytes.fromhex("0603551d13"), bytes.fromhex("0603551d11")

Answer = bytes | Callable[[ssl.SSLSocket], None]


def der(tag: int, *parts: bytes) -> bytes:
    """A value in ASN.1's distinguished encoding."""
    content = b"".join(parts)
    size = len(content)
    length = bytes([size]) if size < 128 else bytes([0x82]) + size.to_bytes(2)
    return bytes([tag]) + length + content


def certificate(hosts: Sequence[str], secret: Secret) -> bytes:
    """A certificate for some hosts (RFC 5280, RFC 8410), signed by its own key, in PEM with the key."""
    sequence, algorithm = 0x30, der(0x30, ED25519)
    name = der(sequence, der(0x31, der(sequence, COMMON_NAME, der(0x0C, b"loopback"))))
    alternatives = der(sequence, *(der(0x82, host.encode()) for host in hosts))
    extensions = (
        der(sequence, BASIC_CONSTRAINTS, der(0x01, b"\xff"), der(0x04, der(sequence, der(0x01, b"\xff")))),
        der(sequence, ALTERNATIVE_NAMES, der(0x04, alternatives)),
    )
    content = der(
        sequence,
        der(0xA0, der(0x02, b"\x02")),
        der(0x02, b"\x01"),
        algorithm,
        name,
        der(sequence, der(0x17, b"200101000000Z"), der(0x18, b"21200101000000Z")),
        name,
        der(sequence, algorithm, der(0x03, b"\0", secret.public)),
        der(0xA3, der(sequence, *extensions)),
    )
    whole = der(sequence, content, algorithm, der(0x03, b"\0", secret.signer("").sign(content)))
    key = der(sequence, der(0x02, b"\0"), algorithm, der(0x04, der(0x04, SEED)))
    return pem("CERTIFICATE", whole) + pem("PRIVATE KEY", key)


SEED = bytes(range(32))


def pem(label: str, content: bytes) -> bytes:
    """Bytes as text between two lines that say what they are."""
    text = b64encode(content).decode()
    lines = "\n".join(text[at : at + 64] for at in range(0, len(text), 64))
    return f"-----BEGIN {label}-----\n{lines}\n-----END {label}-----\n".encode()


def answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """A whole answer of a server."""
    lines = (f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", "")
    return "\r\n".join(lines).encode() + body


@dataclass(slots=True)
class Server:
    """Answers by host and path; remembers every request, and every address that a connection was asked for."""

    folder: Path
    answers: Mapping[str, Answer]
    hosts: Mapping[str, Sequence[str]]
    requests: list[str] = field(default_factory=list)
    reached: list[str] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)
    port: int = 0

    def network(self) -> Network:
        """The network in which all public addresses lead here."""
        security = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        security.load_verify_locations(self.folder / "loopback.pem")
        return Network(self._resolve, self._connect, security)

    def _resolve(self, host: str) -> Sequence[str]:
        self.looked_up.append(host)
        return self.hosts.get(host, ())

    def _connect(self, address: str, seconds: float) -> socket.socket:
        self.reached.append(address)
        if address != PUBLIC:
            raise ConnectionRefusedError
        return socket.create_connection(("127.0.0.1", self.port), seconds)

    def serve(self, listening: socket.socket, security: ssl.SSLContext) -> None:
        """Answer until the socket is closed."""
        while True:
            try:
                line, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(line, security), daemon=True).start()

    def _talk(self, line: socket.socket, security: ssl.SSLContext) -> None:
        with suppress(OSError), security.wrap_socket(line, server_side=True) as secured:
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                head += secured.recv(4096)
            request = head.decode()
            self.requests.append(request)
            host = request.partition("\r\nHost: ")[2].partition("\r\n")[0]
            found = self.answers.get(f"https://{host}{request.split(' ')[1]}", answer(b"", status="404 Not Found"))
            if callable(found):
                found(secured)
            else:
                secured.sendall(found)


@contextmanager
def running(folder: Path, answers: Mapping[str, Answer], hosts: Mapping[str, Sequence[str]]) -> Iterator[Server]:
    """A server that answers while the block runs; its certificate is for the hosts that `trusted` would name."""
    named = [host for host in hosts if not host.startswith("untrusted.")]
    (folder / "loopback.pem").write_bytes(certificate(named, Secret(SEED)))
    security = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    security.load_cert_chain(folder / "loopback.pem")
    server = Server(folder, answers, hosts)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server.port = listening.getsockname()[1]
        thread = threading.Thread(target=server.serve, args=(listening, security), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join(5)
