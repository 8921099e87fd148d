"""Open Badges 3.0 as openbadgeslib issues them, for our verifier to judge: `python openbadgeslib_issue.py FOLDER`.

Keys, dates and ids are fixed: the same files in every run. `obl-did.json` belongs to the issuer of `obl-web.json` and all that
follow it, `obl-list.json` to `obl-status.json`. `obl-tampered.json` was changed after it was signed.
"""

from __future__ import annotations

import argparse
import json
from base64 import b64decode
from contextlib import ExitStack
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from unittest import mock

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from openbadgeslib.keys import key_to_pem, public_jwk_from_pem
from openbadgeslib.ob3 import credential, did, ldp, status_list
from openbadgeslib.ob3.credential import OpenBadgeCredential

import casebook

SITE = "https://issuer.example.org/"
LIST = f"{SITE}status/revocation.json"
CREATED = datetime(2026, 3, 1, 9, tzinfo=UTC)
UNTIL = datetime(2036, 3, 1, 9, tzinfo=UTC)
INDEX = 77  # in obl-list.json 78 is revoked and this is not
PNG = b64decode(  # one grey pixel
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><path d="M0 0h64v64z"/></svg>'


def main() -> None:
    """Write every document into the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        # Its signer dates proofs by the clock where a picture is baked, and gzip dates the list.
        stack.enter_context(mock.patch.object(ldp, "datetime", casebook.clock(CREATED)))
        stack.enter_context(mock.patch("gzip.time.time", return_value=CREATED.timestamp()))
        for name, content in documents().items():
            (folder / f"obl-{name}").write_bytes(content)


def documents() -> dict[str, bytes]:
    """Every document by the end of its name."""
    keyed = ldp.OB3LdpSigner(_key("openbadgeslib issues by did:key"))
    key = _key("openbadgeslib issues by did:web")
    name = did.did_web_from_url(SITE)
    webbed = ldp.OB3LdpSigner(key, f"{name}#key-1")
    owner = keyed.verification_method.partition("#")[0]
    plain = webbed.sign_to_json(_plain(name, "web"))
    methods = [("key-1", public_jwk_from_pem(key_to_pem(key.public_key())))]
    revoked = status_list.build_status_list_credential(name, LIST, "revocation", [INDEX + 1], issued=CREATED)
    entry = status_list.status_entry(LIST, "revocation", INDEX)
    texts = {
        "key.json": keyed.sign_to_json(_plain(owner, "key")),
        "web.json": plain,
        "did.json": json.dumps(did.build_did_document(name, methods)),
        "rich.json": webbed.sign_to_json(_rich(name)),
        "status.json": webbed.sign_to_json(_plain(name, "status", entry)),
        "list.json": json.dumps(ldp.add_data_integrity_proof(revoked, key, f"{name}#key-1")),
        "tampered.json": plain.replace("Line follower", "Line leader"),
    }
    pictures = {
        "baked.png": webbed.sign_into_png(_plain(name, "png"), PNG),
        "baked.svg": webbed.sign_into_svg(_plain(name, "svg"), SVG),
    }
    return {name: text.encode() for name, text in texts.items()} | pictures


def _key(phrase: str) -> Ed25519PrivateKey:
    """A key that is no secret."""
    return Ed25519PrivateKey.from_private_bytes(sha256(phrase.encode()).digest())


def _plain(issuer: str, name: str, *status: dict[str, str]) -> OpenBadgeCredential:
    """The least that a credential holds."""
    return OpenBadgeCredential(
        id=f"{SITE}credentials/{name}",
        issuer=credential.Issuer(issuer, "Example Makers", url=SITE),
        recipient_id="did:example:ada",
        achievement=credential.Achievement(
            f"{SITE}achievements/line", "Line follower", "Builds a robot.", "Build a robot that follows a line."
        ),
        issuance_date=CREATED,
        credential_status=list(status),
    )


def _rich(issuer: str) -> OpenBadgeCredential:
    """All that its model has, JWT apart."""
    achievement = f"{SITE}achievements/line-2"
    skill = credential.Alignment(
        "program robots", "http://data.europa.eu/esco/skill/0", "ESCO", "S5", "Writes programs that move a robot."
    )
    score = credential.ResultDescription(
        f"{achievement}#score",
        "Score",
        "Percent",
        required_value="60",
        value_min="0",
        value_max="100",
        alignments=[skill],
    )
    grade = credential.ResultDescription(f"{achievement}#grade", "Grade", "LetterGrade", allowed_values=["A", "B", "C"])
    return OpenBadgeCredential(
        id="urn:uuid:5d5c7e0a-95f9-4d2c-8a52-3f0ad0a7e1b2",
        name="Line follower, with distinction",
        issuer=credential.Issuer(issuer, "Example Makers", SITE, "makers@example.org", f"{SITE}logo.png"),
        recipient_id=None,
        achievement=credential.Achievement(
            achievement,
            "Line follower, level 2",
            "Builds and programs a robot.",
            "Build a robot that stops at an *obstacle*.",
            image_url=f"{SITE}line-2.png",
            tags=["robotics", "making"],
            achievement_type="Badge",
            credits_available=1.5,
            alignments=[skill],
            result_descriptions=[score, grade],
        ),
        issuance_date=CREATED,
        expiration_date=UNTIL,
        evidence=[
            credential.Evidence(f"{SITE}work/42", "Built in *February*.", "The robot", "Photos", "Project", "Public"),
            credential.Evidence(narrative="Shown to a panel."),
        ],
        credits_earned=1.5,
        identifiers=[credential.IdentityObject.create("ada@example.org", salt="d2f1c09b6e5a4c1f")],
        results=[
            credential.Result("91", status="Completed", result_description=score.id),
            credential.Result("A", result_description=grade.id, alignments=[skill]),
        ],
    )


if __name__ == "__main__":
    main()
