"""What the public validator of 1EdTech asks of a badge, in its order, asked of every document of a site that uses everything.

Each test has the name of a check. The schemas are not ours to ship: what they require is said here once more, in our words.
"""

from __future__ import annotations

import re
import zlib
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import pytest

import everything
import judges
from blazon import bake, ed25519, jsontext, keys, proof, shape
from blazon.diagnostics import Report
from blazon.documents import moment
from blazon.outcome import Verdict
from blazon.prose import fault_in_url
from blazon.validity import period
from blazon.verify import overall, verify
from blazon.vocabulary import BADGES_CONTEXT, CREDENTIALS_CONTEXT, RECORDS_CONTEXT
from richbook import Json, rich
from worlds import NOW

BADGES = [CREDENTIALS_CONTEXT, BADGES_CONTEXT]
LISTS = [CREDENTIALS_CONTEXT]
RECORDS = [CREDENTIALS_CONTEXT, RECORDS_CONTEXT, BADGES_CONTEXT]


def awards() -> dict[str, Json]:
    """The credentials of all awards."""
    return rich().documents("awards/", "/credential.json")


def endorsements() -> dict[str, Json]:
    """The endorsements, as they are published."""
    return rich().documents("endorsements/")


def transcripts() -> dict[str, Json]:
    """The transcripts."""
    return rich().documents("earners/", "/transcript.json")


def lists() -> dict[str, Json]:
    """The status lists."""
    return rich().documents("status/")


def signed_documents() -> dict[str, Json]:
    """Everything that is signed."""
    return awards() | endorsements() | transcripts() | lists()


def nodes(value: object, name: str = "") -> Iterator[tuple[str, Json]]:
    """Every object in a document, with the name of the member it stands in."""
    if isinstance(value, dict):
        yield name, value
        for member, one in value.items():
            yield from nodes(one, member)
    elif isinstance(value, list):
        for one in value:
            yield from nodes(one, name)


def test_the_program_uses_every_field() -> None:
    assert everything.unused() == set()


def test_parses_and_png_and_svg_carry_one_credential() -> None:
    unbaked: list[tuple[str, Callable[[bytes], bake.Baked]]] = [(".png", bake.unbake_png), (".svg", bake.unbake_svg)]
    for ending, unbake in unbaked:
        pictures = rich().pictures(ending)
        assert len(pictures) == len(awards()) > 40
        for path, data in pictures.items():
            found = unbake(data)
            folder = path.rpartition("/")[0]
            assert found.credential is not None
            assert found.assertion is not None
            assert jsontext.parse(found.credential.encode()) == rich().document(f"{folder}/credential.json")
            copy, hosted = jsontext.parse(found.assertion.encode()), rich().document(f"{folder}/assertion.json")
            assert copy == hosted or hosted["revoked"] is True
            assert data.count(b"openbadgecredential" if ending == ".png" else b"<openbadges:credential>") == 1


def test_no_undefined_term() -> None:
    for path, document in signed_documents().items():
        assert judges.undefined_terms(document) == [], path
    for path, document in (rich().documents("achievements/")).items():
        assert judges.undefined_terms(document) == [], path
    spoilt = next(iter(awards().values())) | {"grade": "A"}
    assert judges.undefined_terms(spoilt) == ["grade"]


def test_contexts_and_types_in_place() -> None:
    for found, context, kind in (
        (awards(), BADGES, "OpenBadgeCredential"),
        (endorsements(), BADGES, "EndorsementCredential"),
        (transcripts(), RECORDS, "ClrCredential"),
        (lists(), LISTS, "BitstringStatusListCredential"),
    ):
        assert found
        for document in found.values():
            assert document["@context"] == context
            assert document["type"] == ["VerifiableCredential", kind]


# What the JSON Schema of Open Badges 3.0 requires of each object, by its type or by the member it stands in.
REQUIRED = {
    "OpenBadgeCredential": "@context id type issuer validFrom credentialSubject",
    "EndorsementCredential": "@context id type name issuer validFrom credentialSubject",
    "AchievementSubject": "type achievement",
    "EndorsementSubject": "id type",
    "Achievement": "id type name description criteria",
    "Profile": "id type",
    "Alignment": "type targetName targetUrl",
    "ResultDescription": "id type name resultType",
    "RubricCriterionLevel": "id type name",
    "Result": "type",
    "Related": "id type",
    "Evidence": "type",
    "Image": "id type",
    "IdentityObject": "type hashed identityHash identityType",
    "BitstringStatusListEntry": "id type",
    "DataIntegrityProof": "type created proofPurpose proofValue verificationMethod",
}
ONLY = {"Image": "id type caption", "IdentityObject": "type hashed identityHash identityType salt"}
AS_TEXT = {"Image", "IdentityObject", "DataIntegrityProof", "BitstringStatusListEntry"}
LISTED = "alignment endorsement evidence identifier proof related relatedResource result resultDescription rubricCriterionLevel tag"
TEXT = "points level valueMin valueMax requiredValue value name description narrative version"
MOMENTS = "validFrom validUntil awardedDate activityStartDate activityEndDate created"
LANGUAGE = re.compile(r"[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")


def schema_faults(document: Json) -> Iterator[str]:
    """What a document lacks of what the schema requires."""
    for name, node in nodes(document):
        types = node.get("type", [])
        kind = types if isinstance(types, str) else (types or [""])[-1]
        if isinstance(types, str) != (kind in AS_TEXT) and kind:
            yield f"{name}: the type {kind} in the wrong form"
        yield from (f"{name}: no {one}" for one in REQUIRED.get(kind, "").split() if one not in node)
        if kind in ONLY and not set(node) <= set(ONLY[kind].split()):
            yield f"{name}: more than fits"
        for member, value in node.items():
            listed = member in {*LISTED.split(), "@context"} or (member == "type" and kind not in AS_TEXT)
            if isinstance(value, list) != (listed and (kind, member) != ("Result", "resultDescription")):
                yield f"{name}: {member} in the wrong form"
            if member in TEXT.split() and not isinstance(value, str):
                yield f"{name}: {member} is no text"
            if member in MOMENTS.split() and moment(value) is None:
                yield f"{name}: {member} is no moment"
            if member == "inLanguage" and not LANGUAGE.fullmatch(value):
                yield f"{name}: {value} is no language"
            if member in {"creditsAvailable", "creditsEarned"} and not isinstance(value, int | float):
                yield f"{name}: {member} is no number"


def test_json_schema_3_0_and_any_inline_credential_schema() -> None:
    inner = [one for record in transcripts().values() for one in record["credentialSubject"]["verifiableCredential"]]
    for document in (*awards().values(), *endorsements().values(), *inner):
        assert list(schema_faults(document)) == [], document["id"]
        assert not [node for _, node in nodes(document) if "credentialSchema" in node]
        assert shape.judge(document, BADGES).verdict is Verdict.PASSED


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda one: one["credentialSubject"]["achievement"].pop("criteria"), "achievement: no criteria"),
        (lambda one: one.update(proof=one["proof"][0]), ": proof in the wrong form"),
        (lambda one: one.update(credentialSubject=[one["credentialSubject"]]), ": credentialSubject in the wrong form"),
        (lambda one: one.update(validFrom="2026-05-14"), ": validFrom is no moment"),
        (lambda one: one["credentialSubject"]["achievement"].update(inLanguage="EN"), "achievement: EN is no language"),
    ],
)
def test_the_schema_is_not_met_by_everything(spoil: Callable[[Json], object], told: str) -> None:
    document = rich().document(next(iter(awards())))
    spoil(document)
    assert told in list(schema_faults(document))


def test_subject_with_achievement() -> None:
    for document in awards().values():
        subject = document["credentialSubject"]
        assert subject["type"] == ["AchievementSubject"]
        assert subject["achievement"]["type"] == ["Achievement"]
        assert subject.get("id") or subject["identifier"]


def test_evidence_well_formed() -> None:
    found = [one for document in awards().values() for one in document.get("evidence", ())]
    assert len(found) > 100
    for one in found:
        assert one["type"] == ["Evidence"]
        assert one["name"]
        assert "id" not in one or not fault_in_url(one["id"])
        assert "digestSRI" not in one or re.fullmatch(r"sha256-[A-Za-z0-9+/]{43}=", one["digestSRI"])


def test_issuer_profile_and_url_answers() -> None:
    base = rich().plan.base
    for document in (*awards().values(), *transcripts().values()):
        issuer = document["issuer"]
        assert issuer["id"] == rich().plan.did
        assert issuer["type"] == ["Profile"]
        assert {"name", "url", "email"} <= set(issuer)
    assert "index.html" in rich().site  # what answers where no `url` of the issuer's own is given
    assert base == "https://everything.example/"
    assert rich().document("ob2/issuer.json")["url"].startswith("https://")


def test_proof_suite_controller_assertion_method_signature() -> None:
    document = rich().document(rich().plan.key_document)
    methods = {one["id"]: one for one in document["verificationMethod"]}
    names = set()
    for path, signed in (awards() | transcripts() | lists()).items():
        (one,) = signed["proof"]
        assert (one["type"], one["cryptosuite"], one["proofPurpose"]) == (
            "DataIntegrityProof",
            "eddsa-rdfc-2022",
            "assertionMethod",
        )
        method = methods[one["verificationMethod"]]
        issuer = signed["issuer"]
        assert method["controller"] == document["id"] == (issuer if isinstance(issuer, str) else issuer["id"])
        assert one["verificationMethod"] in document["assertionMethod"]
        assert _holds(signed, ed25519.read(method["publicKeyMultibase"])), path
        names.add(one["verificationMethod"])
    assert len(names) == 2  # an old key and a new one


def _holds(document: Json, key: bytes) -> bool:
    """Whether a document's proof is right, with the canonical form that a judge made."""
    (one,) = document["proof"]
    content = {name: value for name, value in document.items() if name != "proof"}
    options = {name: value for name, value in one.items() if name != "proofValue"} | {"@context": document["@context"]}
    hashes = proof.signed_bytes(judges.pyld_canonical(options), judges.pyld_canonical(content))
    return keys.verify(key, _signature(one["proofValue"]), hashes)


def _signature(text: str) -> bytes:
    """The bytes of a proof value."""
    number = 0
    for letter in text[1:]:
        number = number * 58 + "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".index(letter)
    return number.to_bytes(64)


def test_no_refresh_service() -> None:
    for document in signed_documents().values():
        assert not [node for _, node in nodes(document) if "refreshService" in node]


def test_status_list_loads_verifies_is_long_enough_same_purpose_and_bit_0() -> None:
    revoked = {award.id for award in rich().program.awards if award.revoked}
    seen = set()
    for path, document in awards().items():
        entry = document["credentialStatus"]
        assert entry["type"] == "BitstringStatusListEntry"
        assert entry["id"] == f"{entry['statusListCredential']}#{entry['statusListIndex']}"
        listed = rich().document(entry["statusListCredential"].removeprefix(rich().plan.base))
        seen.add(listed["id"])
        subject = listed["credentialSubject"]
        assert listed["id"] == entry["statusListCredential"]
        assert listed["issuer"] == document["issuer"]["id"]
        assert (subject["type"], subject["statusPurpose"]) == ("BitstringStatusList", entry["statusPurpose"])
        text = subject["encodedList"]
        bits = zlib.decompress(urlsafe_b64decode(text[1:] + "=" * (-(len(text) - 1) % 4)), wbits=31)
        assert len(bits) * 8 >= 131_072
        place = int(entry["statusListIndex"])
        assert bool(bits[place >> 3] & (0x80 >> (place & 7))) is (path.split("/")[1] in revoked)
    assert len(seen) == 2


def test_not_expired_and_already_issued() -> None:
    for path, document in awards().items():
        ended = "validUntil" in document and datetime.fromisoformat(document["validUntil"]) <= NOW
        assert (period(document, NOW).verdict is Verdict.FAILED) is ended, path
        assert datetime.fromisoformat(document["validFrom"]) <= NOW
    assert sum("validUntil" in one for one in awards().values()) > 20


def test_every_endorsement_anywhere_is_itself_valid() -> None:
    inside = [
        one
        for document in (*awards().values(), *transcripts().values())
        for _, node in nodes(document)
        for one in node.get("endorsement", ())
    ]
    assert len(inside) > 40
    for one in (*inside, *endorsements().values()):
        key = one["issuer"]["id"].removeprefix("did:key:")
        assert one["proof"][0]["verificationMethod"] == f"did:key:{key}#{key}"
        assert _holds(one, ed25519.read(key))
        assert period(one, NOW).verdict is Verdict.PASSED
    for one in inside:
        assert "validUntil" not in one
        assert "credentialStatus" not in one


URL_2 = re.compile(r"https://everything\.example/[!-~]*")


def test_2_0_compaction_graph_fields_origin_dates_and_revocation_list() -> None:
    documents = rich().documents("awards/", "/assertion.json")
    issuer = rich().document("ob2/issuer.json")
    listed = rich().document(issuer["revocationList"].removeprefix(rich().plan.base))
    revoked = {one["id"] for one in listed["revokedAssertions"]}
    assert (issuer["type"], bool(issuer["name"]), "@" in issuer["email"]) == ("Issuer", True, True)
    for path, document in documents.items():
        assert document["@context"] == "https://w3id.org/openbadges/v2"
        assert document["id"] == rich().plan.url(path)
        assert document["id"].startswith(issuer["verification"]["startsWith"])
        assert urlsplit(document["id"]).hostname == issuer["verification"]["allowedOrigins"]
        if document.get("revoked"):
            assert set(document) == {"@context", "type", "id", "revoked", "revocationReason"}
            assert document["id"] in revoked
            continue
        assert document["id"] not in revoked
        assert moment(document["issuedOn"]) is not None
        assert "expires" not in document or moment(document["expires"]) is not None
        assert set(document["recipient"]) >= {"type", "identity", "hashed"}
        badge = rich().document(document["badge"].removeprefix(rich().plan.base))
        assert badge["id"] == document["badge"]
        assert {"name", "description", "image", "criteria", "issuer"} <= set(badge)
        assert badge["issuer"] == issuer["id"]
        assert URL_2.fullmatch(badge["image"]["id"])
        for evidence in document.get("evidence", ()):
            assert "type" not in evidence
    assert len(revoked) == 2


def test_our_own_verifier_says_the_same() -> None:
    sources = rich().sources()
    fates = {
        award.id: (
            Verdict.FAILED if award.revoked or (award.expires is not None and award.expires <= NOW) else Verdict.PASSED
        )
        for award in rich().program.awards
    }
    for path in awards():
        for name in ("credential.json", "badge.png", "badge.svg"):
            data = rich().site[path.replace("credential.json", name)]
            assert overall(verify(data, sources, NOW)) is fates[path.split("/")[1]], path
    for path in transcripts():
        assert overall(verify(rich().site[path], sources, NOW)) is Verdict.PASSED
    assert not Report().failed


def test_badges_of_the_site_say_everything_that_the_standard_has_a_field_for() -> None:
    document = rich().document("achievements/making-2.json")
    assert [one["targetType"] for one in document["alignment"]] == [
        "ext:ESCOSkill",
        "ext:ONET",
        "CFRubricCriterion",
        "ceasn:Competency",
        "ext:Making",
    ]
    assert document["alignment"][0]["targetDescription"] == "Writes programs that move a machine."
    rows: dict[str, Any] = {one["name"]: one for one in document["resultDescription"]}
    assert {name: row["resultType"] for name, row in rows.items()} == {
        "Doing": "RubricCriterionLevel",
        "Saying": "Percent",
        "Points": "RawScore",
        "Safety": "Status",
    }
    assert rows["Safety"]["requiredValue"] == "Completed"
    assert [one["inLanguage"] for one in document["related"]] == ["nl", "zh-Hant-TW"]
    assert "endorsement" not in document
