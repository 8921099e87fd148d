"""What a verification says to the last word, the last second and the last bit: what the corpus of whole badges does not tell apart."""

from __future__ import annotations

import random
import zlib
from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import Any

import pytest

from blazon import bake, jsontext, shape, validity, verify, wholeness
from blazon.lookup import Given
from blazon.outcome import Doubt, Failure, Outcome, Verdict, take
from blazon.vocabulary import BADGES_CONTEXT, CREDENTIALS_CONTEXT, EXTENSIONS_CONTEXT
from hostile import (
    AWARD,
    B81C,
    COPY,
    EMBEDDED,
    ENDORSEMENT,
    FAILED,
    PART_1,
    PASSED,
    UNDECIDED,
    at,
    at_part,
    hidden,
    names,
    own_key,
    subject,
)
from strangers import (
    ASSERTION,
    BASE,
    DID,
    NOW,
    PNG,
    STRANGER,
    SVG,
    Json,
    award,
    bits,
    changed,
    digest,
    encoded,
    multibase,
    put,
    seal,
    sources,
    status_list,
    text,
    vector,
    without,
)
from test_hostile_graphs import record

UNKNOWN_WAY = "it can be withdrawn in a way that we do not know."
NOT_ENCODED = "the issuer's list is not encoded as lists are."
NO_BADGE = "it is a signed document, but not a badge."


def dates(*changes: Any) -> str:
    """What is said about the dates of the award after changes."""
    return validity.period(changed(AWARD, *changes), NOW).sentence


def withdrawn(document: Json, data: bytes | None) -> str:
    """What is said about whether an award was withdrawn, with a list."""
    return validity.status(document, sources(status=data), NOW).sentence


def at_place(number: int) -> Json:
    """The award with another place in the list."""
    return changed(AWARD, put(str(number), "credentialStatus", "statusListIndex"))


# Dates


def test_a_badge_that_ends_when_it_begins_never_counted() -> None:
    assert dates(put("2026-03-01T09:00:00Z", "validUntil")) == "it ends before it begins."
    assert dates(put("2026-12-01T09:00:00Z", "validUntil")) == "it counts from 1 March 2026 to 1 December 2026."


def test_grace_ends_with_the_fifth_minute() -> None:
    last, late = "2026-11-23T12:05:00Z", "2026-11-23T12:05:01Z"
    assert dates(put(last, "validFrom")) == "it counts from 23 November 2026 and does not expire."
    assert dates(put(late, "validFrom")) == "it is not valid yet: it starts on 23 November 2026."
    for made in ("2026-11-23T11:59:00Z", last):
        assert dates(put(made, "proof", 0, "created")) == "it counts from 1 March 2026 and does not expire."
    assert dates(put(late, "proof", 0, "created")) == "it is said to be signed on a day that has not come."
    assert timedelta(minutes=5) == validity.GRACE


@pytest.mark.parametrize("name", ["activityStartDate", "activityEndDate"])
def test_the_dates_of_an_activity_are_dates(name: str) -> None:
    assert dates(put("2026-03-01T09:00:00Z", "credentialSubject", name)).startswith("it counts")
    assert dates(put("May", "credentialSubject", name)) == f'"{name}" is not a date in the form 2026-05-14T09:00:00Z.'


# Status lists


def test_the_first_and_the_last_place_of_a_list_are_places() -> None:
    end = len(bits()) * 8
    free = "the issuer's list of 1 March 2026 does not name it."
    gone = "it has been withdrawn by its issuer, says the issuer's list of 1 March 2026."
    for place in (0, 8, end - 1):
        others = [one for one in range(end - 16, end) if one != place] + [one for one in range(24) if one != place]
        assert withdrawn(at_place(place), status_list(subject("encodedList", encoded(bits(*others))))) == free
        assert withdrawn(at_place(place), status_list(subject("encodedList", encoded(bits(place))))) == gone
    assert withdrawn(at_place(end), status_list()) == "its place is beyond the end of the issuer's list."


@pytest.mark.parametrize(
    "change",
    [
        put(7, "credentialStatus", "statusListCredential"),
        put([], "credentialStatus", "statusPurpose"),
        put(None, "credentialStatus", "statusPurpose"),
    ],
)
def test_an_entry_in_another_form_is_not_known(change: Any) -> None:
    assert withdrawn(changed(AWARD, change), status_list()) == UNKNOWN_WAY


def test_a_list_says_in_its_own_form_that_it_is_one() -> None:
    named = changed(vector("status-list"), put("VerifiableCredential BitstringStatusListCredential", "type"))
    assert withdrawn(AWARD, text(named)) == "what is at the address of the issuer's list is another document."
    listed = changed(vector("status-list"), put([], "credentialSubject"))
    told = "the issuer's list of withdrawn awards is in a form that we do not know."
    assert withdrawn(AWARD, text(listed)) == told


def _gzip_of(length: int) -> bytes:
    """An empty list as a gzip member, as many bytes longer as asked for by the comment in its header."""
    body = zlib.compress(bits(), wbits=31)
    return body[:3] + b"\x10" + body[4:10] + b"x" * length + b"\0" + body[10:]


@pytest.mark.parametrize("length", range(4))
def test_a_list_is_read_whatever_the_length_of_its_text(length: int) -> None:
    data = status_list(subject("encodedList", multibase(_gzip_of(length))))
    assert withdrawn(AWARD, data) == "the issuer's list of 1 March 2026 does not name it."


@pytest.mark.parametrize("encoded_list", [7, None, "", "u", "x" + "A" * 8, "uAAAAA", "uA", "u" + "A" * 29, "uAA="])
def test_a_text_that_is_no_list_is_called_so(encoded_list: object) -> None:
    with pytest.raises(Doubt) as caught:
        validity._bits({"credentialSubject": {"encodedList": encoded_list}})
    assert str(caught.value) == NOT_ENCODED


def test_a_list_is_compressed_with_gzip_and_with_its_largest_window() -> None:
    noise = random.Random(1).randbytes(20_000)  # noqa: S311 - the same bytes every time
    far = validity._bits({"credentialSubject": {"encodedList": encoded(noise * 2)}})
    assert far == noise * 2
    with pytest.raises(Doubt, match=r"^the issuer's list is not compressed as lists are\.$"):
        validity._bits({"credentialSubject": {"encodedList": multibase(zlib.compress(bits()))}})


# Parts of a stack


def parts_of(evidence: list[Any], issuer: str = DID) -> list[Verdict]:
    """The verdict on each part that is named in an award's evidence."""
    document = {"issuer": issuer, "evidence": evidence}
    found = wholeness.parts(document, Given({at_part(1): PART_1}), lambda _: [Outcome("format", PASSED, "")])
    return [one.verdict for one in found]


def test_six_parts_are_looked_at_and_no_seventh() -> None:
    assert parts_of([hidden(number) for number in range(6)]) == [PASSED] * 6
    assert parts_of([hidden(number) for number in range(7)]) == [UNDECIDED]


def test_a_part_is_found_behind_evidence_of_other_kinds() -> None:
    part, unnamed = names(1, PART_1), hidden(2)
    others: list[Any] = [
        "a word such as digestSRI",
        {"id": at_part(1)},
        {"digestSRI": digest(b"")},
        {**unnamed, "genre": "Film"},
        {**part, "id": f"{BASE}awards/p1/report.pdf"},
        {**part, "id": 7},
        {**part, "id": "https://other.example/credential.json"},
    ]
    assert parts_of([*others, part]) == [PASSED]
    assert parts_of([*others, part, unnamed]) == [PASSED, PASSED]
    assert parts_of([part], "did:key:z6Mk") == []
    assert parts_of([unnamed], "did:key:z6Mk") == [PASSED]


# Reading


@pytest.mark.parametrize("algorithm", ["RS256", "PS256", "ES256", "ES384", "EdDSA"])
@pytest.mark.parametrize("spaces", range(12))
def test_a_signed_token_is_undecided_whatever_its_length(algorithm: str, spaces: int) -> None:
    header = urlsafe_b64encode(b'{"alg":"%s"%s}' % (algorithm.encode(), b" " * spaces)).decode().rstrip("=")
    sentence = "it is a signed token (JWT), a form of badge that we do not check."
    assert verify.verify(f"{header}.e30.AAAA".encode(), sources(), NOW) == (Outcome("readable", UNDECIDED, sentence),)


def test_a_file_may_be_as_large_as_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    data = text(AWARD)
    monkeypatch.setattr(verify, "LARGEST_FILE", len(data))
    assert verify.verify(data, sources(), NOW)[0].verdict is PASSED
    monkeypatch.setattr(verify, "LARGEST_FILE", len(data) - 1)
    sentence = f"it is longer than {len(data) - 1:,} bytes."
    assert verify.verify(data, sources(), NOW) == (Outcome("readable", FAILED, sentence),)


def test_spaces_before_a_drawing_do_not_matter_and_letters_do() -> None:
    drawing = bake.bake_svg(SVG, EMBEDDED, "")
    assert verify.verify(b"\xef\xbb\xbf" + drawing, sources(), NOW)[-1] == Outcome(
        "picture", FAILED, "the picture is not the one that belongs to this badge."
    )
    assert verify.verify(b"X" + drawing, sources(), NOW)[0].sentence.startswith("it is not JSON")


def test_a_picture_with_version_2_in_the_place_of_a_credential_is_looked_at_as_one() -> None:
    outcomes = verify.verify(bake.bake_png(PNG, COPY, ""), sources(), NOW)
    assert outcomes[0] == Outcome("readable", PASSED, "it is a credential inside a picture.")
    assert outcomes[1].verdict is UNDECIDED
    assert outcomes[2] == Outcome("proof", FAILED, "it is not signed.")


# Format


@pytest.mark.parametrize("kind", ["OpenBadgeCredential", "AchievementCredential"])
def test_a_badge_has_one_of_two_names(kind: str) -> None:
    assert verify.verify(text(award(put(["VerifiableCredential", kind], "type"))), sources(), NOW)[1].verdict is PASSED


def test_a_badge_may_name_the_context_of_schemas() -> None:
    context = [CREDENTIALS_CONTEXT, BADGES_CONTEXT, EXTENSIONS_CONTEXT]
    rules = f"{shape.SCHEMAS}achievementcredential_schema.json"
    schema = [{"id": rules, "type": "1EdTechJsonSchemaValidator2019"}]
    badge = award(put(context, "@context"), put(schema, "credentialSchema"))
    outcomes = verify.verify(text(badge), sources(), NOW)
    assert {one.verdict for one in outcomes} == {PASSED}


@pytest.mark.parametrize("types", [["OpenBadgeCredential"], ["VerifiableCredential"]])
def test_a_document_of_other_types_is_no_badge(types: object) -> None:
    document = {"@context": [CREDENTIALS_CONTEXT, BADGES_CONTEXT], "id": "urn:x:y", "type": types, "name": "x"}
    assert verify._format(document) == Outcome("format", UNDECIDED, NO_BADGE)


def test_a_word_that_nobody_defines_is_worse_than_another_type() -> None:
    document = changed(AWARD, put("A", "credentialSubject", "grade"), put(["VerifiableCredential"], "type"))
    assert verify._format(document).verdict is FAILED


# Pictures


def test_a_digest_is_that_of_the_picture_with_its_type_and_its_ending() -> None:
    def said(*resources: Any) -> str:
        return verify._picture({"relatedResource": [*resources]}, verify._Found("", None, PNG, "image/png")).sentence

    right = {"id": f"{BASE}badge.png", "digestSRI": digest(PNG), "mediaType": "image/png"}
    good = "the picture is the one that was signed."
    none = "its issuer has not signed what its picture looks like."
    untyped = {name: value for name, value in right.items() if name != "mediaType"}
    assert said(right) == said(untyped) == good
    assert said("a word", {**right, "mediaType": "image/svg+xml"}, {**right, "id": f"{BASE}badge.svg"}, right) == good
    assert said({**right, "mediaType": "image/svg+xml"}) == said({**untyped, "id": f"{BASE}badge.svg"}) == none
    assert said(right, right) == "what is signed about its picture is in a form that we do not know."


def test_a_copy_of_version_2_lies_in_the_folder_of_its_award() -> None:
    def hosted(credential: str, **members: object) -> tuple[Verdict, str]:
        copy = jsontext.embeddable({**vector("assertion-a7f3"), **members})
        found = take("hosted", lambda: verify._hosted(copy, credential, sources()))
        return found.verdict, found.sentence

    assert hosted(f"{BASE}awards/a7f3/credential.json")[0] is PASSED
    for other in ("awards/a7f4/credential.json", "awards/a7f3", "awards/a7f3x/credential.json", "a7f3/credential.json"):
        sentence = "the Open Badges 2.0 copy belongs to another award."
        assert hosted(f"{BASE}{other}") == (FAILED, sentence)
    sentence = "the Open Badges 2.0 document is not here to compare with."
    assert hosted("urn:x:1", id="urn:y:2") == (UNDECIDED, sentence)


def test_another_document_that_was_withdrawn_says_nothing_about_a_copy() -> None:
    other = text({"id": f"{BASE}awards/b81c/assertion.json", "revoked": True})
    with pytest.raises(Failure, match=r"^the Open Badges 2\.0 copy is not what its issuer published\.$"):
        verify._hosted(COPY, None, Given({ASSERTION: other}))


# Endorsements


def test_endorsements_are_found_wherever_they_stand_and_in_no_proof() -> None:
    one, two = {"id": "urn:x:1"}, {"id": "urn:x:2"}
    document = {
        "name": "x",
        "proof": [{"endorsement": [two]}],
        "evidence": ["x", {"endorsement": [one, "a word"]}, [[{"endorsement": [two]}]]],
        "issuer": {"endorsement": {"endorsement": [one]}},
    }
    assert list(verify._endorsements(document)) == [one, two, one]


def test_twenty_endorsements_are_looked_at_and_no_more() -> None:
    endorsement = at(B81C, ENDORSEMENT)
    found = list(verify._vouched({"endorsement": [endorsement] * 20}, sources(), NOW))
    assert len(found) == 20
    found = list(verify._vouched({"endorsement": [endorsement] * 21}, sources(), NOW))
    assert found == [Outcome("endorsement", UNDECIDED, "it carries more than 20 endorsements.")]


def endorsed(about: object, *changes: Any) -> Json:
    """The example's endorsement of something, by the academy and changed before it is signed."""
    ours = put(DID, "issuer", "id")
    return seal(changed(at(B81C, ENDORSEMENT), put(about, "credentialSubject", "id"), ours, *changes))


def test_an_endorsement_is_about_the_award_its_issuer_or_its_achievement() -> None:
    document = {
        "id": "urn:x:1",
        "issuer": {"id": "urn:x:2"},
        "credentialSubject": {"achievement": {"id": "urn:x:3"}},
    }
    for name in ("urn:x:1", "urn:x:2", "urn:x:3"):
        assert verify._endorsement(endorsed(name), document, sources(), NOW).verdict is PASSED
    other = Outcome("endorsement", FAILED, "an endorsement in it is about something else.")
    assert verify._endorsement(endorsed("urn:x:4"), document, sources(), NOW) == other
    nameless = changed(endorsed("urn:x:1"), without("credentialSubject", "id"))
    assert verify._endorsement(nameless, {}, sources(), NOW) == other


def test_an_endorsement_that_has_run_out_has_only_ended() -> None:
    over = endorsed("urn:x:1", put("2026-11-01T00:00:00Z", "validUntil"))
    sentence = "an endorsement in it does not hold: it expired on 1 November 2026."
    wanted = Outcome("endorsement", FAILED, sentence, ended=True)
    assert verify._endorsement(over, {"id": "urn:x:1"}, sources(), NOW) == wanted
    forged = {**over, "proof": seal(over, STRANGER)["proof"]}
    assert not verify._endorsement(forged, {"id": "urn:x:1"}, sources(), NOW).ended


# Transcripts


def test_a_transcript_is_called_one() -> None:
    assert verify.verify(record(), sources(), NOW)[0].sentence == "it is a transcript."


def form(**members: Any) -> Outcome:
    """What is found about the form of a transcript."""
    return verify._record_format(jsontext.parse(record(**members)))


def test_a_transcript_may_say_what_belongs_to_it() -> None:
    more = {
        "name": "x",
        "description": "x",
        "validUntil": "2027-01-01T00:00:00Z",
        "partial": True,
        "credentialStatus": AWARD["credentialStatus"],
    }
    person = {"type": ["ClrSubject"], "id": "urn:x:y", "verifiableCredential": [AWARD]}
    assert form(**more, credentialSubject=person).verdict is PASSED


def test_what_a_transcript_says_beside_its_awards_is_named() -> None:
    evidence = [{"type": ["Evidence"], "name": "x"}]
    told = "it says something beside its awards that we do not check: {}."
    assert form(evidence=evidence, inLanguage="en") == Outcome("format", UNDECIDED, told.format('"evidence"'))
    person = {"type": ["ClrSubject", "Evidence"], "verifiableCredential": [AWARD]}
    assert form(credentialSubject=person) == Outcome("format", UNDECIDED, told.format('"type"'))
    grade = {"type": ["ClrSubject"], "verifiableCredential": [AWARD], "grade": "A"}
    assert form(credentialSubject=grade, evidence=evidence).verdict is FAILED
    assert "beside its awards" not in form(credentialSubject="urn:x:y").sentence


def in_transcript(*found: Any, **members: Any) -> list[Outcome]:
    """The outcomes for what is inside a transcript of the academy."""
    document = {"id": "urn:x:record", "issuer": {"id": DID}, "credentialSubject": {"verifiableCredential": [*found]}}
    return list(verify._awards({**document, **members}, sources(), NOW))


def test_an_award_in_a_transcript_is_called_by_its_name_or_its_identity() -> None:
    assert in_transcript(AWARD) == [Outcome("award", PASSED, '"Robotics, level 1" in it holds.')]
    nameless = award(without("name"))
    assert in_transcript(nameless) == [Outcome("award", PASSED, f"{jsontext.quoted(AWARD['id'])} in it holds.")]
    key = own_key()
    said = f'"Robotics, level 1" in it holds; "{key["issuer"]["id"]}" issued it.'
    assert in_transcript(key) == [Outcome("award", PASSED, said)]
    assert in_transcript(credentialSubject={}) == [Outcome("award", UNDECIDED, "it has no award inside.")]


def test_an_award_in_a_transcript_that_has_run_out_has_only_ended() -> None:
    (found,) = in_transcript(award(put("2026-11-01T00:00:00Z", "validUntil")))
    sentence = '"Robotics, level 1" in it does not hold: it expired on 1 November 2026.'
    assert found == Outcome("award", FAILED, sentence, ended=True)
    (forged,) = in_transcript(changed(AWARD, put("x", "name")))
    assert (forged.verdict, forged.ended) == (FAILED, False)


def test_whoever_vouches_for_an_award_or_a_transcript_is_looked_at() -> None:
    (found,) = in_transcript(B81C)
    assert found.verdict is PASSED
    foreign = seal(changed(B81C, put("urn:x:4", *ENDORSEMENT, "credentialSubject", "id")))
    (found,) = in_transcript(foreign)
    assert found.sentence.endswith(" in it does not hold: an endorsement in it is about something else.")
    issuer = {"id": DID, "endorsement": [endorsed("urn:x:record")]}
    assert [one.verdict for one in in_transcript(AWARD, issuer=issuer)] == [PASSED, PASSED]
