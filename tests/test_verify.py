"""Verification: the hostile cases H1 to H35 of our security rules, each beside a badge that differs only in the hostile part and passes."""

from __future__ import annotations

import copy
import json
import socket
import time
import tracemalloc
import zlib
from datetime import UTC, datetime, timedelta

import pytest

from blazon import (
    authority,
    bake,
    base58,
    documents,
    ed25519,
    fields,
    jsontext,
    keys,
    lookup,
    proof,
    validity,
    wholeness,
)
from blazon import verify as verifying
from blazon.jsontext import Unreadable
from blazon.lookup import Given, Published, Several
from blazon.outcome import Outcome, Verdict, overall
from blazon.verify import MOST_ENDORSEMENTS, verify
from hostile import (
    ADDRESS,
    AWARD,
    B81C,
    BAD_DATES,
    COPY,
    EMBEDDED,
    ENDORSEMENT,
    FAILED,
    HOSTED,
    LOW_ORDER,
    METHOD_0,
    PASSED,
    UNDECIDED,
    UNREADABLE,
    addressed,
    at,
    ended,
    key_document,
    multikey,
    own_key,
    poison,
    proof_of,
    subject,
    web_key,
    with_signature,
)
from strangers import (
    BASE,
    DID,
    KEY_DOCUMENT,
    METHOD,
    NOW,
    PNG,
    SECRET,
    STATUS_LIST,
    STRANGER,
    SVG,
    Json,
    award,
    bits,
    changed,
    encoded,
    multibase,
    png_chunk,
    put,
    seal,
    sources,
    status_list,
    text,
    vector,
    without,
)

STEPS = ["readable", "format", "proof", "issuer", "dates", "status"]


def told(outcomes: tuple[Outcome, ...]) -> dict[str, Verdict]:
    """The verdict of each step that did not pass."""
    return {one.step: one.verdict for one in outcomes if one.verdict is not PASSED}


def look(document: Json | bytes, at: Given | None = None, now: datetime = NOW) -> dict[str, Verdict]:
    """What did not pass about a document."""
    data = document if isinstance(document, bytes) else text(document)
    return told(verify(data, at or sources(), now))


# What passes


@pytest.mark.parametrize("name", ["award-a7f3", "award-b81c"])
def test_the_examples_pass_every_step(name: str) -> None:
    outcomes = verify(text(vector(name)), sources(), NOW)
    assert [one.step for one in outcomes][:6] == STEPS
    assert told(outcomes) == {}
    assert overall(outcomes) is PASSED


def test_an_endorsement_inside_is_a_step_of_its_own() -> None:
    outcomes = verify(text(vector("award-b81c")), sources(), NOW)
    assert outcomes[-1] == Outcome("endorsement", PASSED, "an endorsement in it is signed by whoever gave it.")


@pytest.mark.parametrize(
    "data", [bake.bake_png(PNG, EMBEDDED, COPY), bake.bake_svg(SVG, EMBEDDED, COPY)], ids=["PNG", "SVG"]
)
def test_a_picture_passes_every_step(data: bytes) -> None:
    outcomes = verify(data, sources(), NOW)
    assert [one.step for one in outcomes] == [*STEPS, "picture", "hosted"]
    assert told(outcomes) == {}


def test_sentences_are_short_and_plain() -> None:
    outcomes = verify(bake.bake_png(PNG, EMBEDDED, COPY), sources(), NOW)
    assert [one.sentence for one in outcomes] == [
        "it is a credential inside a picture.",
        "every word in it is one that the standards define.",
        "it is unchanged since it was signed.",
        'the key that signed it is listed by "did:web:badges.example.org:academy".',
        "it counts from 1 March 2026 and does not expire.",
        "the issuer's list of 1 March 2026 does not name it.",
        "the picture is the one that was signed.",
        "the Open Badges 2.0 copy is what its issuer published.",
    ]


def test_the_second_key_of_an_issuer_is_as_good_as_the_first() -> None:
    document = vector("did")
    document["verificationMethod"][1]["publicKeyMultibase"] = ed25519.write(STRANGER.public)
    badge = seal(AWARD, STRANGER, verificationMethod=f"{DID}#key-2")
    assert look(badge, sources(keys=text(document))) == {}


def test_a_badge_without_a_status_entry_passes() -> None:
    assert look(award(without("credentialStatus")), sources(status=None)) == {}


# What is beside the cases of the corpus


def test_two_right_proofs_pass() -> None:
    second = proof_of(seal(AWARD, created="2026-03-02T09:00:00Z"))
    assert look(changed(AWARD, put([*AWARD["proof"], second], "proof"))) == {}


@pytest.mark.parametrize("date", BAD_DATES)
def test_h21_a_date_in_another_form_fails(date: str) -> None:
    assert look(award(put(date, "validFrom"))) == {"dates": FAILED}
    assert look(award(put(date, "awardedDate"))) == {"dates": FAILED}
    assert look(seal(AWARD, created=date)) == {"dates": FAILED}


def test_clocks_may_differ_by_five_minutes_for_what_begins_and_not_for_what_ends() -> None:
    begins = award(put("2026-11-23T12:04:59Z", "validFrom"))
    assert look(begins) == {}
    assert look(begins, now=NOW - timedelta(seconds=2)) == {"dates": FAILED}
    ends = award(put("2026-11-23T12:00:00Z", "validUntil"))
    assert look(ends) == {}
    assert look(ends, now=NOW + timedelta(seconds=1)) == {"dates": FAILED}
    assert look(seal(AWARD, created="2026-11-23T13:00:00Z")) == {"dates": FAILED}


def test_the_zone_of_now_does_not_matter() -> None:
    assert look(AWARD, now=datetime.fromisoformat("2026-11-23T23:00:00+11:00")) == {}


# Keys


def test_a_key_may_be_a_json_web_key() -> None:
    assert look(AWARD, sources(keys=web_key())) == {}


def test_a_key_may_have_an_end_that_is_still_to_come() -> None:
    assert look(AWARD, sources(keys=ended("expires", "2026-11-23T12:00:01Z"))) == {}
    assert look(AWARD, sources(keys=ended("revoked", "2027-01-01T00:00:00Z"))) == {}


def test_a_proof_that_says_no_date_may_come_after_the_end_of_its_key() -> None:
    content = {name: value for name, value in AWARD.items() if name != "proof"}
    options = {name: value for name, value in proof_of(AWARD).items() if name not in {"created", "proofValue"}}
    signature = SECRET.signer(METHOD).sign(proof.payload(content, options))
    undated = {**content, "proof": [{**options, "proofValue": "z" + base58.encode(signature)}]}
    found = look(undated, sources(keys=ended("expires", "2027-01-01T00:00:00Z")))
    assert found["issuer"] is UNDECIDED
    assert "issuer" not in look(undated)


def test_a_key_document_may_say_more_than_we_read() -> None:
    assert look(AWARD, sources(keys=key_document(put([], "service"), put("x", "note")))) == {}


def test_h18_a_signature_that_fits_every_message_fits_none() -> None:
    badge = with_signature("z" + base58.encode(LOW_ORDER + bytes(32)))
    data = key_document(put(multikey(b"\xed\x01" + LOW_ORDER), *METHOD_0, "publicKeyMultibase"))
    assert look(badge, sources(keys=data))["issuer"] is FAILED
    assert look(badge)["proof"] is FAILED
    assert not keys.verify(LOW_ORDER, LOW_ORDER + bytes(32), b"any message")


def test_an_issuer_may_be_a_key() -> None:
    assert look(own_key(), Given({})) == {}
    assert look(own_key(STRANGER), Given({})) == {"proof": FAILED}
    other = f"did:key:{ed25519.write(SECRET.public)}#key-1"
    assert look(own_key(method=other), Given({})) == {"proof": UNDECIDED, "issuer": FAILED}


def test_an_issuer_may_be_an_address() -> None:
    assert look(addressed(), Given(ADDRESS)) == {}
    assert look(addressed(), Given({})) == {"proof": UNDECIDED, "issuer": UNDECIDED}


def test_k5_a_preview_is_never_valid() -> None:
    name = "did:web:preview.invalid:academy"
    badge = json.loads(jsontext.compact(AWARD).replace(DID, name).replace("badges.example.org", "preview.invalid"))
    badge = seal(changed(badge, without("credentialStatus")), verificationMethod=f"{name}#key-1")
    document = json.loads(jsontext.compact(vector("did")).replace(DID, name))
    assert look(badge, lookup.given([text(document)])) == {"proof": UNDECIDED, "issuer": FAILED}


# Status lists


@pytest.mark.parametrize(
    "data",
    [
        status_list(),
        status_list(subject("encodedList", encoded(bits()))),
        status_list(subject("encodedList", encoded(bits(41_872, 41_874)))),
        status_list(subject("encodedList", encoded(bits(size=1024 * 1024)))),
        status_list(put("2026-11-23T12:00:01Z", "validUntil")),
        status_list(subject("ttl", "300000")),
    ],
    ids=["the example", "empty", "neighbours", "as long as allowed", "ends in a second", "more words"],
)
def test_a_status_list_that_does_not_name_the_badge(data: bytes) -> None:
    assert look(AWARD, sources(status=data)) == {}


def test_two_gzip_members_are_one_too_many() -> None:
    member = zlib.compress(bits(), wbits=31)
    two = status_list(subject("encodedList", multibase(member + member)))
    trailing = status_list(subject("encodedList", multibase(member + b"x")))
    one = status_list(subject("encodedList", multibase(member)))
    assert look(AWARD, sources(status=two)) == {"status": UNDECIDED}
    assert look(AWARD, sources(status=trailing)) == {"status": UNDECIDED}
    assert look(AWARD, sources(status=one)) == {}


def test_h22_withdrawn_and_on_hold_are_said_with_the_date_of_the_list() -> None:
    named = status_list(subject("encodedList", encoded(bits(41_873))))
    outcome = verify(text(AWARD), sources(status=named), NOW)[5]
    told = "it has been withdrawn by its issuer, says the issuer's list of 1 March 2026."
    assert outcome == Outcome("status", FAILED, told, ended=True)
    held = award(put("suspension", "credentialStatus", "statusPurpose"))
    paused = status_list(subject("statusPurpose", "suspension"), subject("encodedList", encoded(bits(41_873))))
    outcome = verify(text(held), sources(status=paused), NOW)[5]
    told = "its issuer has put it on hold, says the issuer's list of 1 March 2026."
    assert outcome == Outcome("status", FAILED, told, ended=True)
    free = status_list(subject("statusPurpose", "suspension"), subject("encodedList", encoded(bits())))
    assert look(held, sources(status=free)) == {}


def test_h26_a_list_that_explodes_is_not_expanded() -> None:
    packer = zlib.compressobj(9, wbits=-15)
    megabyte = packer.compress(bytes(1024 * 1024)) + packer.flush(zlib.Z_FULL_FLUSH)
    bomb = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff" + megabyte * 1024 + b"\x03\x00" + bytes(8)
    data = status_list(subject("encodedList", multibase(bomb)))
    assert len(data) > 1_000_000
    tracemalloc.start()
    began = time.process_time()
    assert look(AWARD, sources(status=data)) == {"status": UNDECIDED}
    assert time.process_time() - began < 2
    assert tracemalloc.get_traced_memory()[1] < 64 * 1024 * 1024
    tracemalloc.stop()


# Pictures


def test_a_later_version_of_a_badge_has_its_number_in_the_name_of_its_picture() -> None:
    badge = award(put(f"{BASE}badges/robotics-1/badge-2.png", "relatedResource", 0, "id"))
    assert look(bake.bake_png(PNG, jsontext.embeddable(badge), COPY)) == {}


def test_a_withdrawn_original_is_called_so() -> None:
    original = HOSTED["withdrawn"][0]
    outcome = verify(bake.bake_png(PNG, EMBEDDED, COPY), sources(assertion=original), NOW)[-1]
    assert outcome.sentence == "the Open Badges 2.0 document says that it has been withdrawn."


def test_the_order_of_keys_in_the_original_does_not_matter() -> None:
    turned = dict(reversed(vector("assertion-a7f3").items()))
    assert look(bake.bake_png(PNG, EMBEDDED, COPY), sources(assertion=text(turned))) == {}


@pytest.mark.parametrize(
    "data",
    [
        text(vector("assertion-a7f3")),
        PNG.replace(PNG[-12:], png_chunk(b"iTXt", b"openbadges\0\0\0\0\0" + COPY.encode()) + PNG[-12:]),
    ],
    ids=["JSON", "PNG"],
)
def test_version_2_alone_is_never_enough(data: bytes) -> None:
    assert look(data) == {"readable": UNDECIDED}
    assert look(data, Given({})) == {"readable": UNDECIDED, "hosted": UNDECIDED}


# Endorsements


def test_an_endorsement_by_somebody_whose_keys_we_lack_decides_nothing() -> None:
    endorsement = changed(
        at(B81C, ENDORSEMENT),
        put("did:web:league.example", "issuer", "id"),
    )
    endorsement = seal(endorsement, STRANGER, verificationMethod="did:web:league.example#key-1")
    badge = seal(changed(B81C, put(endorsement, *ENDORSEMENT)))
    assert told(verify(text(badge), sources(), NOW)) == {"endorsement": UNDECIDED}


def test_a_program_cannot_have_more_endorsements_than_are_looked_at() -> None:
    assert 2 * fields.MOST_ENDORSEMENTS <= MOST_ENDORSEMENTS


def test_twenty_endorsements_are_looked_at() -> None:
    endorsement = at(B81C, ENDORSEMENT)
    many = [{**endorsement, "id": f"{BASE}endorsements/{number}.json"} for number in range(21)]
    badge = changed(B81C, put(many, *ENDORSEMENT[:-1]))
    assert overall(verify(text(badge), sources(), NOW)) is not PASSED


# Reading


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_fails(name: str) -> None:
    began = time.process_time()
    assert look(UNREADABLE[name]) == {"readable": FAILED}
    assert time.process_time() - began < 2


def test_a_token_signed_with_a_key_is_undecided() -> None:
    assert look(b"eyJhbGciOiJFZERTQSJ9.e30.AAAA") == {"readable": UNDECIDED}


def test_spaces_around_a_credential_do_not_matter() -> None:
    assert look(b"\n " + text(AWARD) + b"\r\n") == {}


@pytest.mark.parametrize("name", ["did", "status-list", "issuer", "badge-class", "revocations"])
def test_another_document_is_not_a_badge(name: str) -> None:
    assert overall(verify(text(vector(name)), sources(), NOW)) is not PASSED


# Work and isolation


@pytest.mark.parametrize("shape", [(8, 0), (99, 0), (9, 1), (4, 2), (2, 5), (1, 25)])
def test_h32_alike_nodes_take_no_time(shape: tuple[int, int]) -> None:
    badge = changed(AWARD, put(poison(*shape), "credentialSubject", "achievement", "alignment"))
    began = time.process_time()
    assert overall(verify(text(badge), sources(), NOW)) is not PASSED
    assert time.process_time() - began < 2


def test_h32_nodes_that_point_to_each_other_are_undecided() -> None:
    names = [f"_:n{number}" for number in range(8)]
    related = [
        {"id": name, "type": ["Related"], "related": [other for other in names if other != name]} for name in names
    ]
    badge = changed(AWARD, put(related, "credentialSubject", "achievement", "related"))
    assert look(badge) == {"format": UNDECIDED, "proof": UNDECIDED}


def test_h34_no_socket_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket")

    monkeypatch.setattr(socket, "socket", refuse)
    assert look(bake.bake_png(PNG, EMBEDDED, COPY)) == {}
    assert look(AWARD, Given({})) == {"proof": UNDECIDED, "issuer": UNDECIDED, "status": UNDECIDED}


def test_h35_all_bad_news_is_told() -> None:
    named = status_list(subject("encodedList", encoded(bits(41_873))))
    badge = changed(award(put("2026-06-01T00:00:00Z", "validUntil")), put("Robotics, level 3", "name"))
    assert look(badge, sources(status=named)) == {"proof": FAILED, "dates": FAILED, "status": FAILED}


def test_nothing_at_hand_decides_nothing() -> None:
    assert overall(verify(text(AWARD), Given({}), NOW)) is UNDECIDED
    assert overall(()) is UNDECIDED


# Where documents come from


def test_a_built_site_answers_for_its_own_addresses() -> None:
    files = {"did.json": text(vector("did")), "status/revocation-1.json": text(vector("status-list"))}
    site = lookup.published(files.get)
    assert site.base == BASE
    assert site.document(KEY_DOCUMENT) == files["did.json"]
    for url in (
        "did.json",
        f"{BASE}../did.json",
        f"{BASE}a/../did.json",
        f"{BASE}/did.json",
        f"{BASE}did.json?x",
        f"{BASE}%64id.json",
        BASE,
    ):
        assert site.document(url) is None
    assert told(verify(text(AWARD), Several((Given({}), site)), NOW)) == {}


def test_a_site_at_the_root_keeps_its_keys_in_a_dot_folder() -> None:
    files = {".well-known/did.json": b'{"id": "did:web:badges.example.org"}'}
    site = lookup.published(files.get)
    assert site.base == "https://badges.example.org/"
    assert site.document("https://badges.example.org/.well-known/did.json") == files[".well-known/did.json"]
    assert Published(site.base, {".git/config": b""}.get).document("https://badges.example.org/.git/config") is None


@pytest.mark.parametrize("files", [{}, {"did.json": b"{}"}, {"did.json": b'{"id": "did:web:a/b"}'}, {"did.json": b"x"}])
def test_another_folder_is_not_a_site(files: dict[str, bytes]) -> None:
    with pytest.raises(Unreadable):
        lookup.published(files.get)


def test_files_are_given_under_their_own_names() -> None:
    found = lookup.given([text(vector("did")), text(vector("status-list"))])
    assert set(found.documents) == {KEY_DOCUMENT, STATUS_LIST}
    assert look(AWARD, found) == {}
    for data in (b"{}", b"x", b'{"id": "urn:uuid:1"}', b'{"id": 1}'):
        with pytest.raises(Unreadable):
            lookup.given([data])


@pytest.mark.parametrize(
    ("issuer", "url"),
    [
        ("did:web:badges.example.org:academy", "https://badges.example.org/academy/did.json"),
        ("did:web:badges.example.org", "https://badges.example.org/.well-known/did.json"),
        ("did:web:badges.example.org%3A8443", "https://badges.example.org:8443/.well-known/did.json"),
        ("did:web:badges.example.org%3A8443:a:b", "https://badges.example.org:8443/a/b/did.json"),
        ("https://badges.example.org/issuer.json", "https://badges.example.org/issuer.json"),
        ("did:web:badges.example.org:..", None),
        ("did:web:badges.example.org:a%2Fb", None),
        ("did:web:badges.example.org/a", None),
        ("did:web:user@badges.example.org", None),
        ("did:web:", None),
        ("did:example:1", None),
        ("http://badges.example.org/issuer.json", None),
    ],
)
def test_where_an_issuers_keys_are(issuer: str, url: str | None) -> None:
    assert lookup.key_document_url(issuer) == url


def test_the_first_source_that_answers_is_believed() -> None:
    assert Several((Given({"a": b"1"}), Given({"a": b"2", "b": b"3"}))).document("a") == b"1"
    assert Several((Given({"a": b"1"}), Given({"b": b"3"}))).document("b") == b"3"
    assert Several(()).document("a") is None


def test_verifying_changes_nothing() -> None:
    before = copy.deepcopy(AWARD)
    look(AWARD)
    assert before == AWARD


def test_an_issuer_of_a_kind_that_we_do_not_know_is_undecided() -> None:
    badge = changed(AWARD, put("did:example:1", "issuer", "id"), without("credentialStatus"))
    outcome = verify(text(seal(badge, verificationMethod="did:example:1#key-1")), sources(), NOW)[3]
    assert outcome == Outcome("issuer", UNDECIDED, 'we do not know how to find the keys of "did:example:1".')


def test_a_list_is_read_from_sources_that_remember_nothing() -> None:
    outcome = validity.status(AWARD, sources(), NOW)
    assert outcome == Outcome("status", PASSED, "the issuer's list of 1 March 2026 does not name it.")


def test_a_list_in_another_form_is_undecided() -> None:
    other = changed(vector("status-list"), put("StatusList2021", "credentialSubject", "type"))
    outcome = validity.status(AWARD, sources(status=text(other)), NOW)
    assert outcome.sentence == "the issuer's list of withdrawn awards is in a form that we do not know."
    assert outcome.verdict is UNDECIDED


def test_each_limit_is_where_it_is_said_to_be() -> None:
    assert (verifying.LARGEST_FILE, verifying.LARGEST_CREDENTIAL) == (8_388_608, 262_144)
    assert (verifying.MOST_ENDORSEMENTS, verifying.MOST_AWARDS) == (20, 200)
    assert (authority.MOST_PROOFS, authority.MOST_METHODS, authority.LARGEST_KEY_DOCUMENT) == (4, 100, 65_536)
    assert (timedelta(minutes=5), 2_097_152) == (validity.GRACE, validity.LARGEST_LIST)
    assert (validity.LARGEST_BITS, validity.SMALLEST_BITS) == (1_048_576, 16_384)
    assert (wholeness.MOST_PARTS, wholeness.DEEPEST, wholeness.LARGEST_PART) == (6, 2, 262_144)
    assert lookup._MOST_MADE == 32


def test_every_month_has_its_name() -> None:
    names = [documents.day(datetime(2026, month, 1, tzinfo=UTC)) for month in range(1, 13)]
    assert names == [
        *("1 January 2026", "1 February 2026", "1 March 2026", "1 April 2026", "1 May 2026", "1 June 2026"),
        *("1 July 2026", "1 August 2026", "1 September 2026", "1 October 2026", "1 November 2026", "1 December 2026"),
    ]


def test_a_status_of_another_kind_is_undecided() -> None:
    for change in (
        put("1EdTechRevocationList", "credentialStatus", "type"),
        put("refresh", "credentialStatus", "statusPurpose"),
        put(2, "credentialStatus", "statusSize"),
        put("a list of them", "credentialStatus"),
    ):
        outcome = validity.status(changed(AWARD, change), sources(), NOW)
        assert outcome == Outcome("status", UNDECIDED, "it can be withdrawn in a way that we do not know.")


def test_a_picture_without_a_copy_of_version_2_passes_every_step() -> None:
    outcomes = verify(bake.bake_png(PNG, EMBEDDED, ""), sources(), NOW)
    assert [one.step for one in outcomes] == [*STEPS, "picture"]
    assert told(outcomes) == {}


def test_a_drawing_whose_badge_is_written_in_another_way_is_undecided() -> None:
    usual = bake.bake_svg(SVG, EMBEDDED, "")
    unusual = usual.replace(b"<![CDATA[", b"").replace(b"]]>", b"")
    sentence = "the picture carries a badge in a form that is not the usual one."
    assert verify(unusual, sources(), NOW) == (Outcome("readable", UNDECIDED, sentence),)
