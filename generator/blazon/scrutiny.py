"""What a signer asks of a document before it signs: read from the canonical texts alone, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from blazon import documents, tosign
from blazon.diagnostics import printable
from blazon.quads import Quad
from blazon.signatures import Signatures
from blazon.tosign import AWARD, Request
from blazon.vocabulary import RDF

_LONGEST_SHOWN = 200
_CREDENTIALS, _SECURITY = "https://www.w3.org/2018/credentials#", "https://w3id.org/security#"
_MOMENT = "^^<http://www.w3.org/2001/XMLSchema#dateTime>"
_PLACES = {
    tosign.AWARD: re.compile(r"awards/[a-z0-9]{1,64}/credential\.json"),
    tosign.LIST: re.compile(r"status/revocation-[1-9][0-9]{0,5}\.json"),
    tosign.TRANSCRIPT: re.compile(r"earners/[a-z0-9-]{1,64}/transcript\.json"),
}


@dataclass(frozen=True, slots=True)
class Scrutiny:
    """Who signs, with which methods, what was signed before, and on which day."""

    issuer: str
    methods: frozenset[str]
    before: Signatures
    today: date

    def faults(self, one: Request, payload: bytes) -> Iterator[str]:
        """Half a sentence for each reason not to sign a finished request, whose 64 bytes are `payload`."""
        statements = tosign.quads(one.document)
        kind = tosign.kind_of(one.id, statements)
        if not kind or kind != one.kind:
            yield "it is no document that we publish"
        elif not self._is_ours(one.id, kind):
            yield f"its address is none that a document of its kind has below {base(self.issuer)}"
        yield from self._about_issuer(one, statements)
        yield from self._about_date(one, statements)
        if one.method not in self.methods:
            yield f"{short(one.method)} is no method of this key"
        elif one.options != options(one.method, one.created):
            yield "its proof is not made with this method and date, by eddsa-rdfc-2022, to assert"
        if one.sha256 not in {"", payload.hex()}:
            yield "the hash that is told is not that of its texts"
        yield from self._about_past(one, kind, payload)

    def _is_ours(self, name: str, kind: str) -> bool:
        """Whether an address is one at which we publish a kind of document."""
        whole = base(self.issuer)
        return name.startswith(whole) and _PLACES[kind].fullmatch(name.removeprefix(whole)) is not None

    def _about_issuer(self, one: Request, statements: list[Quad]) -> Iterator[str]:
        """Reasons that lie in who issues: the document itself is ours, and in it only a transcript holds more of ours."""
        issued = [quad for quad in statements if quad[1] == f"<{_CREDENTIALS}issuer>"]
        own = {quad[2] for quad in issued if quad[0] == f"<{one.id}>" and not quad[3]}
        if own != {f"<{self.issuer}>"}:
            yield f"its issuer is not {self.issuer}"
        for quad in issued:
            held = one.kind == tosign.TRANSCRIPT and self._is_ours(quad[0][1:-1], AWARD)
            if quad[0] != f"<{one.id}>" and quad[2] == f"<{self.issuer}>" and not held:
                yield f"it holds another document of ours, {short(quad[0])}"

    def _about_date(self, one: Request, statements: list[Quad]) -> Iterator[str]:
        """Reasons that lie in its date: what a key signs in place of another is signed later than it is dated."""
        created = documents.moment(one.created)
        begins = {quad[2] for quad in statements if quad[:2] == (f"<{one.id}>", f"<{_CREDENTIALS}validFrom>")}
        own = [documents.moment(text.removesuffix(f'"{_MOMENT}').removeprefix('"')) for text in begins]
        if created is None or len(own) != 1 or own[0] is None or created < own[0]:
            yield f"{short(one.created)} is neither its own date nor one after it"
        elif created.date() > self.today + timedelta(days=1):
            yield f"its date, {one.created}, lies ahead"

    def _about_past(self, one: Request, kind: str, payload: bytes) -> Iterator[str]:
        """Reasons that lie in what was signed before under its id."""
        known = self.before.by_id.get(one.id)
        if known is None or known.sha256 == payload.hex():
            return
        if kind not in {tosign.LIST, tosign.TRANSCRIPT}:
            yield "it was signed before with other bytes, and what was awarded stays"
        elif one.created < known.created:
            yield f"it was signed before with a later date, {known.created}"


def base(issuer: str) -> str:
    """The address below which an issuer publishes, from its did:web."""
    host, *path = issuer.removeprefix("did:web:").split(":")
    return "/".join(("https:/", host.replace("%3A", ":"), *path, ""))


def options(method: str, created: str) -> str:
    """The canonical options of a proof that we make."""
    lines = {
        "<http://purl.org/dc/terms/created>": f'"{created}"{_MOMENT}',
        f"<{RDF}type>": f"<{_SECURITY}DataIntegrityProof>",
        f"<{_SECURITY}cryptosuite>": f'"eddsa-rdfc-2022"^^<{_SECURITY}cryptosuiteString>',
        f"<{_SECURITY}proofPurpose>": f"<{_SECURITY}assertionMethod>",
        f"<{_SECURITY}verificationMethod>": f"<{method}>",
    }
    return "".join(f"_:c14n0 {predicate} {value} .\n" for predicate, value in lines.items())


def short(text: str) -> str:
    """Text of a list as a sentence repeats it: printable, and whole unless it is longer than any of ours."""
    return printable(text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…")
