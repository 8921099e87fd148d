"""Transcripts: what stands in one, that it is bounded, and that it says nothing which its awards do not say."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import judges
import programs
from blazon import canon, cli, clr, jsontext, ob3, proof
from blazon.diagnostics import BlazonError
from blazon.issuing import Issuing
from blazon.keyring import Keyring
from blazon.keys import Secret
from blazon.lookup import Given
from blazon.model import Award, Earner, EarnerAward, Evidence, Program, Recipient, Revocation, Visibility
from blazon.outcome import Outcome, Verdict, overall
from blazon.verify import AWARD, ENDORSEMENT, verify
from hostile import own_key
from richbook import rich
from samples import A7F3, B81C, C99D, LEVEL_2, NINE, PLAN, PROGRAM, SECRET
from strangers import Json, changed, put, seal, sources, vector, without
from worlds import NOW

ADA = Earner("ada", "Ada", listed=True, transcript=True, visibility=Visibility.PUBLIC)
ASKED = replace(PROGRAM, earners={"ada": ADA})
LATER = datetime(2026, 8, 1, tzinfo=UTC)


def names(program: Program, awards: list[Award]) -> list[str]:
    """The awards in Ada's transcript."""
    return [award.id for award in clr.wanted(program, "ada", awards)]


def test_a_transcript_has_what_its_earner_lists_and_what_stands() -> None:
    awards = [A7F3, replace(B81C, issued=LATER), C99D]
    assert names(ASKED, awards) == ["b81c", "a7f3"]
    hidden = replace(ADA, visibility=Visibility.UNLISTED)
    assert names(replace(ASKED, earners={"ada": hidden}), awards) == []


def test_nobody_has_a_transcript_who_has_not_asked() -> None:
    assert names(PROGRAM, [A7F3]) == []
    assert names(replace(PROGRAM, earners={"ada": replace(ADA, transcript=False)}), [A7F3]) == []


def test_what_was_replaced_or_has_run_out_by_then_is_left_out() -> None:
    newer = replace(A7F3, id="d000", issued=LATER, supersedes="a7f3")
    assert names(ASKED, [A7F3, newer]) == ["d000"]
    short = replace(A7F3, expires=datetime(2026, 7, 1, tzinfo=UTC))
    assert names(ASKED, [short]) == ["a7f3"]
    assert names(ASKED, [short, replace(B81C, issued=LATER)]) == ["b81c"]


def test_a_transcript_is_dated_by_the_newest_thing_that_happened() -> None:
    assert clr.dated(ASKED, [A7F3]) == NINE
    assert clr.dated(ASKED, [A7F3, replace(C99D, revoked=Revocation(LATER, "Oops."))]) == LATER


def test_nothing_in_a_transcript_tells_of_what_is_not_listed() -> None:
    hidden = replace(B81C, issued=LATER)
    choosing = replace(ADA, awards={hidden.slug: EarnerAward(Visibility.UNLISTED)})
    program = replace(ASKED, earners={"ada": choosing})
    erased = Award("x", "ada", "x", 1, "", erased=LATER)
    for awards in ([A7F3], [A7F3, hidden], [A7F3, erased]):
        assert names(program, awards) == ["a7f3"]
        assert clr.dated(program, awards) == NINE


def signed(award: Award) -> Json:
    """An award's credential."""
    badge = ASKED.achievement_of(award)
    issuer, node = ob3.profile(PLAN, ASKED.settings.issuer), ob3.achievement(PLAN, badge, "en")
    document = ob3.credential(PLAN, award, badge, issuer, node, ob3.Digests("aa" * 32, "bb" * 32), "")
    return proof.sign(document, SECRET.signer(f"{PLAN.did}#key-1"), NINE)


def transcript(*awards: Award) -> Json:
    """The signed transcript of these awards."""
    issuer = ob3.profile(PLAN, ASKED.settings.issuer)
    found = [(award, signed(award)) for award in awards]
    document = clr.transcript(ASKED, PLAN, "ada", issuer, found, NINE)
    return proof.sign(document, SECRET.signer(f"{PLAN.did}#key-1"), NINE)


def look(document: Json, at: Given | None = None) -> list[Outcome]:
    """What did not pass about a transcript."""
    outcomes = verify(json.dumps(document).encode(), at or sources(), NOW)
    return [one for one in outcomes if one.verdict is not Verdict.PASSED]


def test_awards_stand_in_it_unchanged_with_their_own_contexts_and_proofs() -> None:
    document = transcript(B81C, A7F3)
    subject = document["credentialSubject"]
    assert subject["verifiableCredential"] == [signed(B81C), signed(A7F3)]
    assert document["partial"] is True
    assert look(document) == []


def test_it_says_of_its_earner_what_the_awards_say() -> None:
    subject = transcript(B81C, A7F3)["credentialSubject"]
    assert subject["id"] == f"{PLAN.base}earners/ada/#earner"
    assert [one["identityType"] for one in subject["identifier"]] == ["emailAddress", "name"]  # each once
    held = Recipient(id="did:key:z6Mkrx6XCGj6xQgvh79NshhXq6ovcZWQXFzkYoKREeMGLzpP")
    same = transcript(*(replace(award, recipient=held) for award in (B81C, A7F3)))
    assert same["credentialSubject"]["id"] == held.id
    nameless = transcript(replace(A7F3, recipient=None))["credentialSubject"]
    assert "identifier" not in nameless
    assert nameless["id"]


def test_the_canonical_form_is_the_judges() -> None:
    found = rich().documents("earners/", "/transcript.json")
    assert len(found) == 2
    for document in (*found.values(), transcript(B81C, A7F3)):
        assert judges.undefined_terms(document) == []
        content = {name: value for name, value in document.items() if name != "proof"}
        assert canon.canonicalize(content) == judges.pyld_canonical(content)


def test_stacks_are_told_by_associations() -> None:
    document = rich().document("earners/stacker/transcript.json")
    found = {
        (
            one["associationType"],
            *(one[end].rpartition("/")[2].removesuffix(".json") for end in ("sourceId", "targetId")),
        )
        for one in document["credentialSubject"]["association"]
    }
    assert found == {
        ("isParentOf", "stack-1", "stack-1-1"),  # version 1 of the stack, and of its levels
        ("isParentOf", "stack-1", "stack-2-1"),
        ("isParentOf", "stack-1", "stack-3-1"),
        ("precedes", "stack-1-1", "stack-2-1"),
        ("precedes", "stack-2-1", "stack-3-1"),
    }
    others = rich().document("earners/fates/transcript.json")["credentialSubject"]["association"]
    assert ("isPartOf", f"{rich().plan.base}achievements/making-2.json") in {
        (one["associationType"], one["sourceId"]) for one in others
    }


def test_the_oldest_awards_are_left_out_of_what_would_be_too_large() -> None:
    long = tuple(Evidence(f"Piece {number}", text="x" * 3_000) for number in range(20))
    many = [replace(A7F3, id=f"a{number}", evidence=long) for number in range(6)]
    document = transcript(*many)
    kept = [one["id"].split("/")[-2] for one in document["credentialSubject"]["verifiableCredential"]]
    assert kept == ["a0", "a1", "a2", "a3"]
    assert document["partial"] is True
    assert len(jsontext.compact(document).encode()) <= clr.LARGEST


def test_a_transcript_without_room_for_one_award_is_a_mistake_that_says_where() -> None:
    long = tuple(Evidence(f"Piece {number}", text="x" * 15_000) for number in range(20))
    with pytest.raises(BlazonError) as found:
        transcript(replace(A7F3, evidence=long))
    assert found.value.message == 'the transcript of "ada" would be empty: none of its awards fits into 262,144 bytes.'
    assert "content/earners/ada/earner.yaml" in found.value.hint
    assert found.value.exit_code == 1


def test_a_transcript_that_takes_too_long_to_sign_is_a_mistake_that_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    secret = Secret(SECRET.seed)
    program = replace(ASKED, awards=(B81C, A7F3))
    issuing = Issuing(program, PLAN, Keyring(program, PLAN, [secret], NOW.date()))
    found = [(award, signed(award)) for award in (B81C, A7F3)]
    assert issuing.transcript("ada", found, [B81C, A7F3])["type"] == ["VerifiableCredential", "ClrCredential"]
    monkeypatch.setattr(canon, "MOST_STEPS", 0)
    doubled = [(replace(B81C, id=name), signed(replace(B81C, id=name))) for name in ("one", "two")]
    with pytest.raises(BlazonError) as error:
        issuing.transcript("ada", doubled, [award for award, _ in doubled])
    assert error.value.message == (
        'the transcript of "ada" cannot be signed: naming the nodes without an id would take too long.'
    )
    assert error.value.hint == "take transcript out of content/earners/ada/earner.yaml."


# What verify says


def vector_endorsement() -> Json:
    """The example's endorsement."""
    found: Json = vector("award-b81c")["credentialSubject"]["achievement"]["endorsement"][0]
    return found


INNER = ("credentialSubject", "verifiableCredential")


@pytest.mark.parametrize(
    ("change", "steps"),
    [
        (put("More", *INNER, 0, "name"), {"proof", AWARD}),
        (without(*INNER, 0, "proof"), {"proof", "format"}),
        (put("partial", "partial"), {"proof", "format"}),
        (put(False, "partial"), {"proof"}),
        (without("partial"), {"proof"}),
        (put("text", "credentialSubject"), {"proof", "format"}),
        (put({}, *INNER), {"proof", "format"}),
        (put("x", *INNER, 0), {"proof", "format"}),
        (put(["https://www.w3.org/ns/credentials/v2"], *INNER, 0, "@context"), {"proof", "format"}),
        (lambda one: one["credentialSubject"]["verifiableCredential"].reverse(), set()),  # order is not signed
        (lambda one: one["credentialSubject"]["verifiableCredential"].pop(), {"proof"}),
        (lambda one: one["type"].reverse(), set()),
        (put(["VerifiableCredential"], "type"), {"proof", "format"}),
    ],
)
def test_a_changed_transcript_does_not_pass(change: Any, steps: set[str]) -> None:
    assert {one.step for one in look(changed(transcript(B81C, A7F3), change))} == steps


def test_an_award_inside_is_looked_at_as_if_it_stood_alone() -> None:
    revoked = transcript(replace(A7F3, id="c99d", status_index=77))
    (wrong,) = look(revoked)
    assert (wrong.step, wrong.verdict) == (AWARD, Verdict.FAILED)
    assert wrong.sentence.startswith('"Robotics, level 1" in it does not hold: it has been withdrawn')
    inner = changed(signed(A7F3), put("Bigger", "name"))
    issuer = ob3.profile(PLAN, ASKED.settings.issuer)
    forged = clr.transcript(ASKED, PLAN, "ada", issuer, [(A7F3, inner)], NINE)
    resigned = proof.sign(forged, SECRET.signer(f"{PLAN.did}#key-1"), NINE)
    assert [(one.step, one.verdict) for one in look(resigned)] == [(AWARD, Verdict.FAILED)]


def test_whoever_vouches_for_its_issuer_is_looked_at() -> None:
    path = "earners/stacker/transcript.json"
    outcomes = verify(rich().site[path], rich().sources(), NOW)
    assert [one.step for one in outcomes].count(ENDORSEMENT) == 1
    document = rich().document(path)
    forged = document["issuer"]["endorsement"][0]
    forged["id"] = "urn:uuid:0"
    forged["credentialSubject"]["endorsementComment"] = "Splendid."
    (wrong,) = [
        one
        for one in verify(json.dumps(document).encode(), rich().sources(), NOW)
        if one.step == ENDORSEMENT and one.verdict is not Verdict.PASSED
    ]
    assert wrong.verdict is Verdict.FAILED


@pytest.mark.parametrize(
    "change",
    [
        put([{"id": "https://example.org/e", "type": ["Evidence"], "name": "A doctorate"}], "evidence"),
        put([vector_endorsement()], "endorsement"),
        put([vector_endorsement()], "credentialSubject", "endorsement"),
        put([{"id": "urn:x", "type": ["Achievement"], "name": "PhD"}], "credentialSubject", "achievement"),
        put(["ClrSubject", "Related"], "credentialSubject", "type"),
    ],
)
def test_what_a_transcript_says_beside_its_awards_is_not_ours_to_check(change: Any) -> None:
    document = changed({name: value for name, value in transcript(A7F3).items() if name != "proof"}, change)
    resigned = proof.sign(document, SECRET.signer(f"{PLAN.did}#key-1"), NINE)
    assert ("format", Verdict.UNDECIDED) in [(one.step, one.verdict) for one in look(resigned)]


def test_an_endorsement_inside_an_endorsement_is_undecided() -> None:
    document = copy.deepcopy(vector("award-b81c"))
    inner = {**vector_endorsement(), "id": "urn:uuid:1"}
    document["credentialSubject"]["achievement"]["endorsement"][0]["issuer"]["endorsement"] = [inner]
    outcomes = verify(json.dumps(seal(document)).encode(), sources(), NOW)
    told = [one for one in outcomes if one.step == ENDORSEMENT]
    assert [one.verdict for one in told] == [Verdict.UNDECIDED]
    assert told[0].sentence.startswith("an endorsement in it carries an endorsement of its own")


def test_a_transcript_that_holds_nothing_is_no_transcript() -> None:
    document = transcript(A7F3)
    del document["credentialSubject"]["verifiableCredential"]
    empty = proof.sign(
        {name: value for name, value in document.items() if name != "proof"}, SECRET.signer(f"{PLAN.did}#key-1"), NINE
    )
    assert [(one.step, one.verdict) for one in look(empty)] == [(AWARD, Verdict.UNDECIDED)]


def test_many_awards_with_one_endorsement_take_no_time() -> None:
    assert LEVEL_2.endorsements
    many = [replace(B81C, id=f"b{number}") for number in range(12)]
    outcomes = verify(json.dumps(transcript(*many)).encode(), sources(), NOW)
    assert overall(outcomes) is Verdict.PASSED
    assert [one.step for one in outcomes].count(AWARD) == 12


# From the file to the site


def run(program: Path, *arguments: str) -> Result:
    """A command in the program's folder."""
    return CliRunner().invoke(cli.blazon, ["-C", str(program), *arguments])


def test_an_earner_asks_for_a_transcript_and_takes_it_back(tmp_path: Path) -> None:
    root = programs.small(tmp_path / "program")
    earner = root / "content/earners/priya-raman/earner.yaml"
    earner.write_text("name: Priya\nvisibility: public\ntranscript: true\n")
    result = run(root, "build", "--today", "2026-11-26")
    assert result.exit_code == 0, result.stderr
    path = root / "dist/earners/priya-raman/transcript.json"
    page = root / "dist/earners/priya-raman/index.html"
    assert 'href="transcript.json"' in page.read_text()
    checked = run(root, "verify", str(path), "--site", str(root / "dist"))
    assert checked.exit_code == 0, checked.stdout
    assert 'passed     award: "STEM Night Lead" in it holds.' in checked.stdout

    earner.write_text("name: Priya\nvisibility: public\n")
    assert run(root, "build", "--today", "2026-11-26").exit_code == 0
    assert not path.exists()
    assert "transcript" not in page.read_text().lower()

    earner.write_text("name: Priya\nvisibility: unlisted\ntranscript: true\n")
    result = run(root, "build", "--today", "2026-11-26")
    assert result.exit_code == 0, result.stderr
    assert not path.exists()
    assert not page.exists()


@pytest.mark.parametrize(("number", "many"), [(200, False), (201, True)])
def test_only_so_many_awards_are_looked_at(number: int, many: bool) -> None:
    document = transcript(A7F3)
    del document["proof"]
    inside = [{"id": f"urn:x:{one}", "type": ["VerifiableCredential"]} for one in range(number)]
    document["credentialSubject"]["verifiableCredential"] = inside
    found = look(seal(document, SECRET))
    assert ([one.sentence for one in found] == ["it carries more than 200 awards."]) is many
    assert many or len(found) == 200


def test_an_award_of_another_issuer_is_told_with_its_issuer() -> None:
    other = own_key()
    document = seal(changed(transcript(A7F3), put([other], "credentialSubject", "verifiableCredential")), SECRET)
    found = [one for one in verify(json.dumps(document).encode(), sources(), NOW) if one.step == AWARD]
    sentence = f'"{other["name"]}" in it holds; "{other["issuer"]["id"]}" issued it.'
    assert found == [Outcome(AWARD, Verdict.PASSED, sentence)]
