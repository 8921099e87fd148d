"""Signs a list of documents: the one process that needs the secret key. It reads two lists in JSON, and no content.

`python -m blazon.signer` needs PyNaCl and nothing else; `blazon sign` is the same.
"""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from blazon import disk, ed25519, keyfiles, proof, signatures, tosign
from blazon.diagnostics import BlazonError, counted, printable
from blazon.jsontext import Unreadable
from blazon.keys import Secret, verify
from blazon.quads import TooLarge
from blazon.scrutiny import Scrutiny, short
from blazon.signatures import Signature, Signatures
from blazon.tosign import Finisher, Request, Requests

MOST_SHOWN = 20
ISSUER_VARIABLE = "BLAZON_ISSUER"


@dataclass(frozen=True, slots=True)
class Refused(Exception):
    """Reasons not to sign a list; then nothing of it is signed."""

    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """What somebody wants signed: the file of the list, the file that is added to, who signs, and on which day."""

    requests: Path
    output: Path
    issuer: str
    today: date


def run(job: Job, secrets: Sequence[Secret]) -> str:
    """Sign a list and write the signatures, whole or not at all; what to say about it.

    Raises Refused, and BlazonError when something else is in the way.
    """
    requests = _requests(job.requests)
    before = _before(job)
    made = sign(requests, before, secrets, job.today)
    after = Signatures(before.issuer, {**before.by_id, **made})
    disk.write_whole(job.output, [signatures.write(after)])
    if not made:
        return "there is nothing to sign"
    used = {ed25519.write(one.public) for one in secrets} & set(requests.keys.values())
    with_keys = ", ".join(ed25519.fingerprint(key) for key in sorted(used))
    return f"signed {counted(len(made), 'document')} with key {with_keys}: {job.output} has {len(after.by_id):,} now"


def sign(requests: Requests, before: Signatures, secrets: Sequence[Secret], today: date) -> dict[str, Signature]:
    """The signature of each document of a list, by id.

    Raises Refused when there is a reason against any of them, BlazonError when no secret is one that the list needs.
    """
    if requests.issuer != before.issuer:
        raise Refused((f"this list is for {short(requests.issuer)}, and not for {before.issuer}.",))
    if len(requests.requests) > tosign.MOST:
        raise Refused(
            (f"{len(requests.requests):,} documents are on this list, and at most {tosign.MOST:,} are signed.",)
        )
    held = _held(requests, before, secrets)
    scrutiny = Scrutiny(before.issuer, frozenset(held), before, today)
    finisher, made, reasons = Finisher(), dict[str, Signature](), list[str]()
    seen, spoilt = set[str](), set[str]()
    for one in requests.requests:
        if spoilt.isdisjoint(tosign.waits(one.document)):
            whole, payload, found = _looked_at(one, finisher, scrutiny)
            found += ["it stands in this list twice"] if one.id in seen else []
            reasons += (f"{short(one.id)}: {why}." for why in found)
        seen.add(one.id)
        if reasons:  # nothing will be signed, and what needs something of it has nothing else wrong with it
            spoilt |= {tosign.signature_of(one.id), tosign.digest_of(one.id)}
            continue
        value = held[one.method].signer(one.method).sign(payload)
        made[one.id] = Signature(one.created, one.method, payload.hex(), value)
        finisher.signed(whole, value)
    if reasons:
        raise Refused(tuple(reasons))
    return made


def _looked_at(one: Request, finisher: Finisher, scrutiny: Scrutiny) -> tuple[Request, bytes, list[str]]:
    """A request with its text finished, the bytes to sign, and the reasons against it."""
    try:
        whole = finisher.finished(one)
        payload = proof.signed_bytes(whole.options, whole.document)
        return whole, payload, list(scrutiny.faults(whole, payload))
    except (Unreadable, TooLarge) as error:
        return one, b"", [f"it cannot be read: {str(error).removesuffix('.')}"]


def _held(requests: Requests, before: Signatures, secrets: Sequence[Secret]) -> Mapping[str, Secret]:
    """The secrets by the methods of the list that they sign for. Raises BlazonError when a list with documents needs none of them."""
    by_public = {ed25519.write(secret.public): secret for secret in secrets}
    ours = {method: key for method, key in requests.keys.items() if method.startswith(f"{before.issuer}#")}
    held = {method: by_public[key] for method, key in ours.items() if key in by_public}
    for method, secret in [*held.items()]:
        signed = [one for one in before.by_id.values() if one.method == method]
        if signed and not any(verify(secret.public, one.value, bytes.fromhex(one.sha256)) for one in signed):
            del held[method]
    if requests.requests and not held:
        message = "the signing key is none of those that this list is for." if secrets else "there is no signing key."
        hint = f"put it into {keyfiles.KEY_VARIABLE}, or name its file with --key-file."
        raise BlazonError(message, hint)
    return held


def _requests(path: Path) -> Requests:
    """The list in a file."""
    try:
        return tosign.read(disk.read_given(path, tosign.LARGEST))
    except Unreadable as error:
        hint = "the list comes from: blazon build --record requests.json"
        raise BlazonError(f"{printable(str(path))} cannot be read: {error}", hint, exit_code=1) from error


def _before(job: Job) -> Signatures:
    """What was signed before; the issuer is the one that was told, or else the one of that file."""
    if not os.path.lexists(job.output):
        if not job.issuer:
            hint = f"say --issuer did:web:…, or put it into {ISSUER_VARIABLE}; the list alone is not believed."
            raise BlazonError("nobody said which issuer signs.", hint, exit_code=2)
        if not signatures.ISSUER.fullmatch(job.issuer):
            raise BlazonError(
                f"{short(job.issuer)} is no did:web.", "it is the id in did.json of your site.", exit_code=2
            )
        return Signatures(job.issuer, {})
    try:
        before = signatures.read(disk.read_given(job.output, signatures.LARGEST))
    except Unreadable as error:
        hint = "bring it back as it was."
        raise BlazonError(f"{printable(str(job.output))} cannot be read: {error}", hint, exit_code=1) from error
    if job.issuer not in {"", before.issuer}:
        message = f"{printable(str(job.output))} holds signatures of {before.issuer}, not of {short(job.issuer)}."
        raise BlazonError(message, "name another file with -o.", exit_code=2)
    return before


def told(refused: Refused) -> list[str]:
    """What is said when nothing was signed: the first reasons, and how many more there are."""
    more = len(refused.reasons) - MOST_SHOWN
    last = [f"and {counted(more, 'more reason')}."] if more > 0 else []
    return [*refused.reasons[:MOST_SHOWN], *last, "nothing was signed."]


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    """What was typed."""
    parser = argparse.ArgumentParser("python -m blazon.signer", description="Sign a list of documents.")
    parser.add_argument("requests", type=Path, help="the list that blazon build --record wrote")
    parser.add_argument("-o", "--output", type=Path, default=Path(signatures.FILE), help="the file to add to")
    parser.add_argument("--issuer", default=os.environ.get(ISSUER_VARIABLE, ""), help="who signs, did:web:…")
    parser.add_argument("--key-file", type=Path, action="append", default=[], help="a file with a secret key")
    return parser.parse_args(given)


def _ask(path: Path) -> str:
    """The passphrase of a key file, from somebody at a terminal."""
    if not sys.stdin.isatty():
        message = f"the key file {printable(str(path))} is protected, and there is nobody to ask for the passphrase."
        raise BlazonError(message, f"put it into {keyfiles.PASSPHRASE_VARIABLE}.")
    return getpass.getpass(f"Passphrase of {printable(str(path))}: ")


def main(given: Sequence[str] | None = None) -> int:
    """Sign what was asked for; the exit code comes back."""
    typed = _arguments(given)
    job = Job(typed.requests, typed.output, typed.issuer, datetime.now(UTC).date())
    try:
        sys.stdout.write(run(job, keyfiles.given(typed.key_file, _ask)) + "\n")
    except Refused as refused:
        _complain(*told(refused))
        return 1
    except BlazonError as error:
        _complain(printable(error.message), hint=printable(error.hint))
        return error.exit_code
    return 0


def _complain(*messages: str, hint: str = "") -> None:
    """Print what is in the way; the log of a workflow takes `##[` for a command."""
    lines = [*(f"error: {message}" for message in messages), *([f"  hint: {hint}"] if hint else [])]
    sys.stderr.write("".join(f"{line.replace('##[', '## [')}\n" for line in lines))


if __name__ == "__main__":
    sys.exit(main())
