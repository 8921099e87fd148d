"""Secrets that strayed into the tree: private keys in every form that we know, found before they are published."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from blazon import base58, spellings
from blazon.diagnostics import Place, Report
from blazon.ed25519 import KEY_SIZE, SECRET_PREFIX

# What every private key of a form has in it, and what such a key looks like whole.
_FORMS = {
    b" PRIVATE KEY": re.compile(rb"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?:-----(?:[^-]|-(?!----))*-----END)?"),
    b"blazon-secret-key": re.compile(rb"blazon-secret-key"),
    b"PuTTY-User-Key-File": re.compile(rb"PuTTY-User-Key-File-[0-9]"),
    b"3u2": re.compile(rb"z?(?P<multikey>3u2[1-9A-HJ-NP-Za-km-z]{40,46})"),
    b"kty": re.compile(rb"(?<![\w-])d\\?[\"']?\s{0,20}:\s{0,20}\\?[\"']?(?P<jwk>[A-Za-z0-9_-]{43,})"),
}
_DER = re.compile(rb"\x06\x03\x2b\x65\x70(?:\x05\x00)?\x04\x22\x04\x20")  # Ed25519, and a seed (RFC 8410 §7)
_BRACES = re.compile(rb"[{}]")
_OPENSSH = b"openssh-key-v1\0"
_LONGEST = 3 * KEY_SIZE  # bytes of which the first or the last may be a seed
_NEAR = 2000  # bytes between the parts of one JSON Web Key


@dataclass(frozen=True, slots=True)
class Search:
    """What tells a private key; `is_own` says whether 32 bytes are the seed of a key of the program."""

    publics: Collection[bytes]
    is_own: Callable[[bytes], bool]

    def in_text(self, data: bytes) -> Iterator[tuple[int, int]]:
        """Where private keys are written, from and to."""
        for part, form in _FORMS.items():
            if part in data:
                yield from (one.span() for one in form.finditer(data) if _is_secret(one))
        for run, meant in spellings.read(data):
            if self.in_bytes(meant):
                start = data.find(run)
                yield start, start + len(run)

    def in_bytes(self, data: bytes) -> bool:
        """Whether bytes are a private key or hold one that can be told: by its wrapping, its size, or its public half behind it."""
        if _OPENSSH in data or _DER.search(data):
            return True
        seeds = {data[:KEY_SIZE], data[-KEY_SIZE:]} if KEY_SIZE <= len(data) <= _LONGEST else set[bytes]()
        for public in self.publics:
            seeds |= {before[-KEY_SIZE:] for before in data.split(public)[:-1] if len(before) >= KEY_SIZE}
        return any(map(self.is_own, seeds))


def refuse_secrets(
    files: Iterable[tuple[str, bytes]],
    report: Report,
    publics: Collection[bytes] = (),
    public_half: Callable[[bytes], bytes] | None = None,
) -> None:
    """Report every private key in files, without showing it.

    `public_half` makes a public key from a seed: with it, seeds of the program's own keys are found, as bytes and as text.
    """
    for _ in searched(files, report, publics, public_half):
        pass


def searched(
    files: Iterable[tuple[str, bytes]],
    report: Report,
    publics: Collection[bytes] = (),
    public_half: Callable[[bytes], bytes] | None = None,
) -> Iterator[tuple[str, bytes]]:
    """The same files one by one, each once its private keys are reported, as above."""
    if public_half is None:
        search = Search((), lambda _: False)
    else:
        search = Search(publics, lambda seed: public_half(seed) in publics)
    for path, data in files:
        text = data.replace(b"\0", b"")  # text in UTF-16 has a zero beside each letter
        places = list(_places(path, text, sorted(search.in_text(text))))
        for place in places:
            _report(place, report)
        if not places and search.in_bytes(data):
            _report(Place(path), report)
        yield path, data


def _places(path: str, text: bytes, spans: Iterable[tuple[int, int]]) -> Iterator[Place]:
    """Where spans of a file begin, in order, without those that begin inside one before."""
    line, begin, seen, end = 1, 0, 0, 0  # the line of what was seen last, where it begins, and up to where all is said
    for start, stop in spans:
        if start >= end:
            line += text.count(b"\n", seen, start)
            begin = max(text.rfind(b"\n", seen, start) + 1, begin)
            seen = start
            yield Place(path, line, start - begin + 1)
        end = max(end, stop)


def _is_secret(found: re.Match[bytes]) -> bool:
    """Whether what looks like a private key is one."""
    if found.lastgroup == "multikey":
        data = base58.decode(found["multikey"].decode("ascii"))
        return data.startswith(SECRET_PREFIX) and len(data) == len(SECRET_PREFIX) + KEY_SIZE
    return found.lastgroup != "jwk" or _is_in_jwk(found.string, found.start())


def _is_in_jwk(data: bytes, start: int) -> bool:
    """Whether a member of an object stands beside the type of a key (RFC 7517 §4.1)."""
    before, after = _BRACES.split(data[max(start - _NEAR, 0) : start]), _BRACES.split(data[start : start + _NEAR])
    return b"kty" in before[-1] + after[0]


def _report(place: Place, report: Report) -> None:
    """Say where a private key stands; its value is not shown."""
    report.error(
        "secret-in-tree",
        place,
        "a private key stands here; whoever reads it can issue badges in your name.",
        hint="take it out of git's history too, make another with: blazon key new, and mark this one compromised in keys/",
    )
