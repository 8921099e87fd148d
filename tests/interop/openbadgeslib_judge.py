"""What openbadgeslib says about our Open Badges 3.0 documents: `python openbadgeslib_judge.py CASES.json`.

It knows its own contexts and no others. For awards and pictures its whole verifier speaks: types, issuer and key, proof, dates,
revocation. It reads signed status lists as JWT only, so an award's list is read unverified; our list's proof is a case of its
own. For endorsements, transcripts and lists only its check of a proof exists: no dates, no shape.
"""

from __future__ import annotations

import json
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from unittest import mock

from openbadgeslib.ob3 import clr, did, ldp, status, verifier
from openbadgeslib.ob3.verifier import OB3VerificationError, OB3Verifier

import casebook
from casebook import Case, Casebook, Opinion, Verdict

JUDGE = "OBL"
PROOF_ONLY = frozenset({"endorsement", "transcript", "list"})
READERS = {"png3": OB3Verifier.extract_token_from_png, "svg3": OB3Verifier.extract_token_from_svg}


def main() -> None:
    """Judge every case of ours, at the time that the cases name."""
    book = casebook.opened(__doc__)
    with ExitStack() as stack:
        for module in (ldp, status, verifier):
            stack.enter_context(mock.patch.object(module, "datetime", casebook.clock(book.now)))
        for case in book.cases:
            if case.kind == "award":
                casebook.judged(case, JUDGE, partial(award, book, case.file))
            elif case.kind in READERS:
                casebook.judged(case, JUDGE, partial(picture, book, case))
            elif case.kind in PROOF_ONLY:
                casebook.judged(case, JUDGE, partial(signed, book, case.file))


def picture(book: Casebook, case: Case) -> Opinion:
    """What is said about the credential in a picture."""
    held = READERS[case.kind](case.file.read_bytes())
    difference = casebook.differs(case, held)
    return (Verdict.REFUSED, difference) if difference else _award(book, held)


def award(book: Casebook, file: Path) -> Opinion:
    """What is said about a credential as it is hosted."""
    return _award(book, file.read_bytes())


def _award(book: Casebook, text: str | bytes) -> Opinion:
    """What is said about a credential, by everything that it has for one."""
    try:
        found = ldp.OB3LdpVerifier().verify(text, check_status=True, download=book.fetch, verify_status_list=False)
    except OB3VerificationError as error:
        return _verdict(str(error)), str(error)
    looked_up = "status read" if found.credential_status else "no status"
    return Verdict.GOOD, f"issued by {found.issuer.id}, {looked_up}"


def signed(book: Casebook, file: Path) -> Opinion:
    """What is said about the proof of a document. That its key is the issuer's is looked after here: the check takes any key."""
    document = json.loads(file.read_bytes())
    proof = document["proof"]
    [proof] = proof if isinstance(proof, list) else [proof]
    method = proof["verificationMethod"]
    issuer = document["issuer"]
    name = issuer if isinstance(issuer, str) else issuer["id"]
    if method.partition("#")[0] != name:
        return Verdict.REFUSED, f"{name} issued it, {method} signed it"
    try:
        key = did.resolve_verification_method(method, download=book.fetch)
        ldp.verify_data_integrity_proof(document, key, extra_contexts=clr.bundled_clr_contexts())
    except OB3VerificationError as error:
        return Verdict.REFUSED, str(error)
    return Verdict.GOOD, f"the proof of {method} holds"


def _verdict(reason: str) -> Verdict:
    """What a refusal amounts to, going by its words."""
    if reason.startswith("Credential status 'revocation' is set"):
        return Verdict.REVOKED
    return Verdict.EXPIRED if reason.startswith("Credential has expired") else Verdict.REFUSED


if __name__ == "__main__":
    main()
