"""Which key signs what: the public keys of a program, the secrets that were handed over, and the rules between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from hashlib import sha256

from blazon import documents, ed25519, proof, signatures
from blazon.address import COMPROMISED_KEYS, Plan
from blazon.canon import Prepared
from blazon.diagnostics import BlazonError
from blazon.documents import Document
from blazon.keys import DEMO_SEED, Secret, Signer, verify
from blazon.model import Program, VerificationMethod
from blazon.recording import Finding, Keeping, Recorder
from blazon.signatures import NOTHING_KNOWN, Known, Signature
from blazon.succession import key_for, signed_at, standing_for

_TEST_MESSAGE = b"blazon: this key signs and verifies"


def is_demo(program: Program) -> bool:
    """Whether a program's newest key is the published demo key."""
    usable = [key for key in program.keys if key.compromised is None and key.until is None]
    return bool(usable) and max(usable, key=lambda key: key.since).public == Secret(DEMO_SEED).public


def key_document(plan: Plan, keys: Iterable[VerificationMethod]) -> Document:
    """The issuer's `did.json` (did:web; Controlled Identifiers 1.0 §2.2): every key that was never compromised, old ones too."""
    listed = sorted((key for key in keys if key.compromised is None), key=lambda key: (key.since, key.name))
    methods = [
        {
            "id": plan.verification_method(key.name),
            "type": "Multikey",
            "controller": plan.did,
            "publicKeyMultibase": ed25519.write(key.public),
        }
        for key in listed
    ]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": plan.did,
        "alsoKnownAs": [plan.url("ob2/issuer.json")],
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def compromised_keys(plan: Plan, keys: Sequence[VerificationMethod]) -> Document:
    """What `compromised-keys.json` tells of the keys that somebody else may have, by the day since when; {} where there are none.

    Nobody signs it, and it takes nothing back: such a key is not in `did.json`. It tells people why, and who signs now.
    """
    stolen = sorted((key.compromised, key.name, key) for key in keys if key.compromised is not None)
    entries = [
        documents.filled(
            id=plan.verification_method(key.name),
            publicKeyMultibase=ed25519.write(key.public),
            compromised=f"{since:%Y-%m-%d}",
            replacedBy=_replacing(plan, keys, key),
        )
        for since, _, key in stolen
    ]
    return {"id": plan.url(COMPROMISED_KEYS), "issuer": plan.did, "keys": entries} if entries else {}


def _replacing(plan: Plan, keys: Sequence[VerificationMethod], key: VerificationMethod) -> str:
    """The verification method of the key that signs in the place of a compromised one, or "" without one."""
    found = standing_for(keys, key)
    return "" if found.compromised else plan.verification_method(found.name)


class Keyring:
    """The signers of a program, chosen by date: a key signs what is dated within its window, so rotation re-signs nothing."""

    def __init__(
        self,
        program: Program,
        plan: Plan,
        secrets: Sequence[Secret],
        today: date,
        known: Known = NOTHING_KNOWN,
        recorder: Recorder | None = None,
        kept: dict[str, tuple[Signature, ...]] | None = None,
    ) -> None:
        """A keyring of the given secrets, the first of which must be in force today.

        Signatures that are `known` come before it, what nobody can sign is written down by the recorder, and all that it
        signs is put among those that are `kept`, if they are. Raises BlazonError,
        before anything is written, when a secret does not fit the public keys in `keys/`, or there is none of all these.
        """
        self._keys = program.keys
        self._today = today
        self._recorder = recorder
        if not program.keys:
            raise BlazonError("there is no public key in keys/.", "make one with: blazon key new")
        if is_demo(program) and not secrets:
            secrets = (Secret(DEMO_SEED),)
        if not secrets and not known and recorder is None:
            raise BlazonError(
                "there is no signing key.",
                "put it into BLAZON_SIGNING_KEY, or name its file with --key-file; make one with: blazon key new; or sign "
                "elsewhere: blazon build --record requests.json",
            )
        by_public = {key.public: key for key in program.keys}
        self._signers: dict[str, Signer] = {}
        for secret in secrets:
            key = _fitting(by_public, secret, today, current=secret is secrets[0])
            self._signers[key.name] = secret.signer(plan.verification_method(key.name))
        self._current = next(iter(self._signers), "")
        self._by_name = {key.name: key for key in program.keys}
        if known or recorder is not None:
            stolen = {plan.verification_method(key.name) for key in program.keys if key.compromised is not None}
            known = signatures.without(known, stolen)
            self._signers |= {key.name: self._finding(key, plan, known) for key in program.keys}
        if kept is not None:
            self._signers = {name: Keeping(signer, kept) for name, signer in self._signers.items()}

    def _finding(self, key: VerificationMethod, plan: Plan, known: Known) -> Signer:
        """A signer that looks for signatures of a key, and then goes to its secret or to the recorder."""
        method = plan.verification_method(key.name)
        recording = self._recorder.signer(method) if self._recorder else None
        return Finding(method, key.public, known, self._signers.get(key.name, recording))

    def sign(self, document: Document, moment: datetime, prepared: Sequence[Prepared] = ()) -> dict[str, object]:
        """A document that is dated at a moment, signed by the key of that time, or now by the one that replaces it.

        Raises BlazonError when no key was in force, or its secret was not handed over, and what `proof.sign` raises.
        """
        key = self._key(moment)
        return proof.sign(document, self._signer(key, moment), signed_at(key, moment), prepared)

    def sign_today(self, document: Document, moment: datetime) -> dict[str, object]:
        """A document that is said today, such as a status list, signed by the first secret's key, or else the newest in force."""
        key = self._by_name.get(self._current) or self._key(datetime.combine(self._today, time.max, UTC))
        return proof.sign(document, self._signers[key.name], signed_at(key, moment))

    def _signer(self, key: VerificationMethod, moment: datetime) -> Signer:
        """The signer of a key, for what is dated at a moment."""
        if key.name not in self._signers:
            raise BlazonError(
                f'what is dated {moment:%Y-%m-%d} is signed by the key "{key.name}", and its secret was not given.',
                "name the file of that key with --key-file too.",
            )
        return self._signers[key.name]

    def digest(self, name: str, data: bytes) -> str:
        """The SHA-256 of a signed document's file, in hex, for another document to name."""
        return sha256(data).hexdigest() if self._recorder is None else self._recorder.published(name, data)

    def _key(self, moment: datetime) -> VerificationMethod:
        """The key for a moment."""
        key = key_for(self._keys, moment)
        if key is None:
            raise BlazonError(f"no key in keys/ signs what is dated {moment:%Y-%m-%d}.", "see why: blazon check")
        return key


def _fitting(
    by_public: dict[bytes, VerificationMethod],
    secret: Secret,
    today: date,
    *,
    current: bool,
) -> VerificationMethod:
    """The public key of a secret, once everything that could be wrong with the pair has been ruled out."""
    key = by_public.get(secret.public)
    if key is None:
        raise BlazonError(
            "the public half of the signing key is not in keys/.",
            "add it with: blazon key new, or use the secret that belongs to one of the keys there.",
        )
    if key.compromised is not None:
        raise BlazonError(f'the key "{key.name}" is marked as compromised.', "sign with another key.")
    if current and key.until is not None and key.until.date() <= today:
        raise BlazonError(f'the key "{key.name}" is retired since {key.until:%Y-%m-%d}.', "sign with the newer key.")
    if not verify(key.public, secret.signer("").sign(_TEST_MESSAGE), _TEST_MESSAGE):
        raise BlazonError(
            f'the key "{key.name}" does not verify what it signed.', "make a new one with: blazon key new"
        )
    return key
