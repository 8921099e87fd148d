"""Signers without a key: one finds signatures made before, one keeps those of another, one writes down what has to be signed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256, sha512

from blazon import base58, tosign
from blazon.diagnostics import BlazonError
from blazon.keys import Shown, Signer, verify
from blazon.signatures import Known, Signature
from blazon.tosign import Request

AGAIN = "sign it again: blazon build --record requests.json, then blazon sign requests.json"
_CHANGED = (
    "it was changed after it was signed: take the edit back; if it was never published, take its line out of "
    "signatures.json and sign it again"
)


class Unsigned(BlazonError):
    """A document has no signature, and nobody is there to make one."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Signs with a signature that was made before, once it has been verified; what has none goes to another signer.

    `otherwise` holds the key, or writes down, or is None. What can be signed anew is, where the key is at hand.
    """

    verification_method: str
    public: bytes
    known: Known
    otherwise: Signer | None

    def sign(self, payload: bytes, shown: Shown) -> bytes:
        """The signature over the payload.

        Raises Unsigned when there is none, and BlazonError when the one that there is does not fit.
        """
        found, named = self.known.get(shown.id, ()), payload.hex()
        over_this = [one for one in found if one.sha256 == named]
        for one in over_this:
            if verify(self.public, one.value, payload):
                return one.value
        if found and not isinstance(self.otherwise, _Recording):
            self._refuse(shown, AGAIN if over_this else _CHANGED)
        if self.otherwise is None:
            raise Unsigned(f"{shown.id} has no signature.", AGAIN)
        return self.otherwise.sign(payload, shown)

    def _refuse(self, shown: Shown, hint: str) -> None:
        """Raise BlazonError for a signature that does not fit, but where a key is at hand for what may be signed anew."""
        if _kind(shown) != tosign.AWARD:
            if self.otherwise is not None:
                return
            hint = AGAIN
        raise BlazonError(f"the signature of {shown.id} does not fit what would be published.", hint, exit_code=1)


@dataclass(frozen=True, slots=True)
class Keeping:
    """Signs as another signer does, and keeps the signatures by the id of what was signed."""

    signer: Signer
    kept: dict[str, tuple[Signature, ...]]

    @property
    def verification_method(self) -> str:
        """The id of the other signer's method."""
        return self.signer.verification_method

    def sign(self, payload: bytes, shown: Shown) -> bytes:
        """The signature over the payload."""
        value = self.signer.sign(payload, shown)
        self.kept[shown.id] = (Signature(shown.created, self.verification_method, payload.hex(), value),)
        return value


class Recorder:
    """Writes down what has to be signed. What it answers in place of a signature is told apart in later texts.

    `left` counts what came after one list was full; nothing is kept of that.
    """

    def __init__(self) -> None:
        """Nothing is written down yet."""
        self.left = 0
        self._size = 0
        self._requests: dict[str, Request] = {}
        self._files: dict[str, str] = {}
        self._stands_for: dict[str, str] = {}

    def signer(self, method: str) -> Signer:
        """The signer of a method."""
        return _Recording(method, self)

    def note(self, method: str, payload: bytes, shown: Shown) -> bytes:
        """Write a document down; 64 bytes that stand for its signature come back."""
        stand_in = sha512(f"blazon: not signed yet: {shown.id}".encode()).digest()
        if self.left or len(self._requests) >= tosign.MOST or self._size >= tosign.MOST_TEXT:
            self.left += 1
            return stand_in
        document = tosign.exchanged(shown.document, self._stands_for)
        told = payload.hex() if document == shown.document else ""
        request = Request(shown.id, _kind(shown), shown.created, method, shown.options, document, told)
        self._requests[shown.id] = request
        self._size += len(document.encode())
        self._stands_for["z" + base58.encode(stand_in)] = tosign.signature_of(shown.id)
        return stand_in

    def published(self, name: str, data: bytes) -> str:
        """The SHA-256 of a document's file in hex, which another document will name."""
        if name in self._requests:
            self._files[name] = tosign.exchanged_in_file(data.decode(), self._stands_for)
            self._size += len(data)
            self._stands_for[tosign.integrity(data)] = tosign.digest_of(name)
        return sha256(data).hexdigest()

    def requests(self) -> tuple[Request, ...]:
        """What was written down, each document after those that it names."""
        return tuple(replace(one, file=self._files.get(name, "")) for name, one in self._requests.items())


@dataclass(frozen=True, slots=True)
class _Recording:
    """Signs by writing down."""

    verification_method: str
    recorder: Recorder

    def sign(self, payload: bytes, shown: Shown) -> bytes:
        """What stands for the signature."""
        return self.recorder.note(self.verification_method, payload, shown)


def _kind(shown: Shown) -> str:
    """What kind of document is signed."""
    return tosign.kind_of(shown.id, tosign.quads(shown.document))
