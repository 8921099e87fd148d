"""The process that holds the key: it signs all of a list or nothing, and only what it can read and what is ours (row G8)."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import stackbook
from blazon import base58, canon, cli, ed25519, keys, scrutiny, shell, signatures, signer, tosign
from blazon.diagnostics import BlazonError
from blazon.jsontext import Unreadable
from blazon.keys import Secret
from blazon.signatures import Signatures
from blazon.tosign import Request, Requests
from twophases import SECRET, TODAY, stack, written

ROOT = Path(__file__).parents[1]
GENERATOR = str(Path(cli.__file__).parents[1])
DID = "did:web:badges.example.org"
PART = f"https://badges.example.org/awards/{stackbook.FIRST}/credential.json"
LIST = "https://badges.example.org/status/revocation-1.json"
TRANSCRIPT = "https://badges.example.org/earners/ada/transcript.json"
STACK = f"https://badges.example.org/awards/{stackbook.STACK}/credential.json"
NOTHING = Signatures(DID, {})

Change = Callable[[Request], Request]


def among(change: Change, name: str = PART) -> Requests:
    """The list of the stack program with one of its entries changed."""
    whole = stack().recorded()
    return replace(whole, requests=tuple(change(one) if one.id == name else one for one in whole.requests))


def refused(requests: Requests, before: Signatures = NOTHING, today: date = TODAY) -> list[str]:
    """Why a list is not signed; nothing when it is."""
    try:
        made = signer.sign(requests, before, [SECRET], today)
    except signer.Refused as error:
        return list(error.reasons)
    assert made.keys() == {one.id for one in requests.requests}
    return []


def worded(old: str, new: str) -> Change:
    """A change of an entry's words, told with the hash that belongs to them."""

    def change(one: Request) -> Request:
        assert old in one.document + one.options
        document = canon.canonicalize_quads(tosign.quads(one.document.replace(old, new)))
        options = one.options.replace(old, new)
        told = sha256(options.encode()).digest() + sha256(document.encode()).digest()
        return replace(one, document=document, options=options, sha256=told.hex())

    return change


def test_the_list_as_it_was_written_is_signed() -> None:
    assert refused(stack().recorded()) == []
    assert refused(replace(stack().recorded(), requests=())) == []


# Whose documents


def test_a_list_for_another_issuer_is_refused_whole() -> None:
    other = replace(stack().recorded(), issuer="did:web:evil.example")
    assert refused(other) == ["this list is for did:web:evil.example, and not for did:web:badges.example.org."]


ISSUER = "<https://www.w3.org/2018/credentials#issuer>"
ABOUT_ISSUER = f"<{PART}> {ISSUER}"


@pytest.mark.parametrize("name", [PART, LIST])
def test_a_document_of_a_foreign_issuer_is_refused(name: str) -> None:
    evil = worded(f"<{name}> {ISSUER} <{DID}>", f"<{name}> {ISSUER} <did:web:evil.example>")
    assert refused(among(evil, name)) == [f"{name}: its issuer is not {DID}."]


def test_a_document_with_two_issuers_is_refused() -> None:
    line = f"<{PART}> {ISSUER} <{DID}> .\n"
    both = worded(line, f"{line}<{PART}> {ISSUER} <did:web:evil.example> .\n")
    assert refused(among(both)) == [f"{PART}: its issuer is not {DID}."]


def test_another_document_of_ours_inside_is_refused_and_one_of_others_is_not() -> None:
    line = f"<{PART}> {ISSUER} <{DID}> .\n"
    inside = "<https://badges.example.org/awards/hidden/credential.json>"
    ours = worded(line, f"{line}{inside} {ISSUER} <{DID}> .\n")
    assert refused(among(ours)) == [f"{PART}: it holds another document of ours, {inside}."]
    assert refused(among(worded(line, f"{line}{inside} {ISSUER} <did:key:z6Mk> .\n"))) == []
    graph = worded(line, f"{line}{inside} {ISSUER} <{DID}> <https://x.example/> .\n")
    assert refused(among(graph)) == [f"{PART}: it holds another document of ours, {inside}."]


@pytest.mark.parametrize(
    "place",
    [
        "https://evil.example/awards/aaaaaaaaaaaaaaaaaaaaaaaaaa/credential.json",
        "https://badges.example.org.evil.example/awards/aaaaaaaaaaaaaaaaaaaaaaaaaa/credential.json",
        "https://badges.example.org/awards/x/credential.json/../../y",
        "https://badges.example.org/status/revocation-2.json",
    ],
)
def test_a_document_at_an_address_that_is_not_ours_is_refused(place: str) -> None:
    alone = replace(stack().recorded(), requests=stack().recorded().requests[:2])
    moved = replace(alone, requests=(alone.requests[0], replace(worded(PART, place)(alone.requests[1]), id=place)))
    assert refused(alone) == []
    assert refused(moved) == [
        f"{place}: its address is none that a document of its kind has below https://badges.example.org/."
    ]


def test_the_address_below_which_an_issuer_publishes_is_in_its_id() -> None:
    assert scrutiny.base("did:web:example.org") == "https://example.org/"
    assert scrutiny.base("did:web:example.org%3A8443:some:where") == "https://example.org:8443/some/where/"


# Which key


def test_a_method_of_another_key_is_refused() -> None:
    other = Secret(b"\5" * 32)
    whole = among(lambda one: replace(worded(f"{DID}#key-1", f"{DID}#key-2")(one), method=f"{DID}#key-2"))
    both = replace(whole, keys={**whole.keys, f"{DID}#key-2": ed25519.write(other.public)})
    assert refused(both) == [f"{PART}: {DID}#key-2 is no method of this key."]
    made = signer.sign(both, NOTHING, [SECRET, other], TODAY)
    assert keys.verify(other.public, made[PART].value, bytes.fromhex(made[PART].sha256))
    foreign = {"did:web:evil.example#key-1": ed25519.write(SECRET.public)}
    with pytest.raises(BlazonError, match="none of those that this list is for"):
        signer.sign(replace(whole, keys=foreign), NOTHING, [SECRET], TODAY)


@pytest.mark.parametrize("secrets", [[Secret(b"\5" * 32)], []])
def test_a_wrong_key_and_no_key_end_with_3(secrets: list[Secret]) -> None:
    with pytest.raises(BlazonError, match=r"the signing key is none of those|there is no signing key") as wrong:
        signer.sign(stack().recorded(), NOTHING, secrets, TODAY)
    assert wrong.value.exit_code == 3
    assert signer.sign(replace(stack().recorded(), requests=()), NOTHING, secrets, TODAY) == {}


def test_a_key_that_did_not_sign_what_was_signed_before_is_a_wrong_key() -> None:
    other = Secret(b"\5" * 32)
    lying = replace(stack().recorded(), keys={f"{DID}#key-1": ed25519.write(other.public)})
    with pytest.raises(BlazonError, match="none of those"):
        signer.sign(lying, stack().signed([SECRET]), [other], TODAY)
    assert signer.sign(lying, NOTHING, [other], TODAY)  # nothing tells yet; the build refuses it


# Which proof


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("eddsa-rdfc-2022", "eddsa-jcs-2022"),
        ("#assertionMethod>", "#authenticationMethod>"),
        ("DataIntegrityProof", "Ed25519Signature2020"),
        (f"{DID}#key-1", "did:web:evil.example#key-1"),
        ('"2026-05-31T00:00:00Z"^^', '"2026-05-30T00:00:00Z"^^'),
        ("_:c14n0 <http://purl.org", "_:c14n1 <http://purl.org"),
    ],
)
def test_a_proof_that_says_something_else_is_refused(old: str, new: str) -> None:
    def change(one: Request) -> Request:
        assert old in one.options
        options = one.options.replace(old, new)
        told = sha256(options.encode()).digest() + sha256(one.document.encode()).digest()
        return replace(one, options=options, sha256=told.hex())

    assert refused(among(change)) == [
        f"{PART}: its proof is not made with this method and date, by eddsa-rdfc-2022, to assert."
    ]


# Which date


def dated(day: str) -> Change:
    """An entry of another date."""
    begins = "2018/credentials#validFrom>"

    def change(one: Request) -> Request:
        old, new = '"2026-05-31T00:00:00Z"', f'"{day}T00:00:00Z"'
        moved = worded(f"{begins} {old}", f"{begins} {new}")(one)
        return replace(worded(f"created> {old}", f"created> {new}")(moved), created=f"{day}T00:00:00Z")

    return change


def test_a_date_that_is_not_the_documents_own_is_refused() -> None:
    told = among(lambda one: replace(one, created="2026-05-30T00:00:00Z"))
    assert refused(told) == [
        f"{PART}: 2026-05-30T00:00:00Z is neither its own date nor one after it.",
        f"{PART}: its proof is not made with this method and date, by eddsa-rdfc-2022, to assert.",
    ]
    told = among(lambda one: replace(one, created="tomorrow"))
    assert refused(told)[0] == f"{PART}: tomorrow is neither its own date nor one after it."


@pytest.mark.parametrize(
    "other",
    ['"2026-05-31T00:00:00Z"', '"yesterday"^^<http://www.w3.org/2001/XMLSchema#dateTime>', "<https://x.example/>"],
)
def test_a_date_of_another_form_is_refused(other: str) -> None:
    own = f"<{PART}> <https://www.w3.org/2018/credentials#validFrom> "
    line = f'{own}"2026-05-31T00:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> .\n'
    reason = [f"{PART}: 2026-05-31T00:00:00Z is neither its own date nor one after it."]
    assert refused(among(worded(line, f"{own}{other} .\n"))) == reason
    assert refused(among(worded(line, f"{line}{own}{other} .\n"))) == reason
    assert refused(among(worded(line, ""))) == reason


def test_what_is_signed_in_place_of_a_compromised_key_is_signed_later_than_it_is_dated() -> None:
    later = among(
        lambda one: replace(
            worded('created> "2026-05-31T', 'created> "2026-06-09T')(one), created="2026-06-09T00:00:00Z"
        )
    )
    assert refused(later) == []


def test_a_date_ahead_is_refused_and_tomorrow_is_not() -> None:
    ahead = among(dated("2026-06-12"))
    assert refused(ahead) == [f"{PART}: its date, 2026-06-12T00:00:00Z, lies ahead."]
    assert refused(ahead, today=date(2026, 6, 11)) == []
    assert refused(among(dated("2026-06-11"))) == []


# What was signed before


def test_an_award_that_was_signed_with_other_bytes_is_refused() -> None:
    before = stack().signed([SECRET])
    assert refused(stack().recorded(), before) == []  # the same bytes again are no other bytes
    other = worded('"Did it."', '"Did something else."')
    assert refused(among(other), before)[0] == (
        f"{PART}: it was signed before with other bytes, and what was awarded stays."
    )
    assert refused(among(other)) == []


@pytest.mark.parametrize("name", [LIST, TRANSCRIPT])
def test_what_moves_on_is_signed_anew_unless_its_date_is_older(name: str) -> None:
    before = stack().signed([SECRET])
    entry = before.by_id[name]
    for created, reasons in (
        ("2026-05-30T00:00:00Z", []),
        (entry.created, []),
        ("2026-06-01T00:00:00Z", [f"{name}: it was signed before with a later date, 2026-06-01T00:00:00Z."]),
    ):
        past = Signatures(DID, {**before.by_id, name: replace(entry, created=created, sha256="00" * 64)})
        assert refused(stack().recorded(), past) == reasons


# What a list is


def test_an_id_twice_is_refused() -> None:
    whole = stack().recorded()
    twice = replace(whole, requests=(*whole.requests, whole.requests[1]))
    assert refused(twice) == [f"{whole.requests[1].id}: it stands in this list twice."]


def test_10_001_entries_are_refused_and_10_000_are_not() -> None:
    whole = stack().recorded()
    one = whole.requests[0]

    def numbered(number: int) -> Request:
        name = f"https://badges.example.org/status/revocation-{number}.json"
        document = "".join(sorted(one.document.replace(one.id, name).splitlines(keepends=True)))
        return replace(one, id=name, document=document, sha256="")

    entries = tuple(numbered(number) for number in range(1, tosign.MOST + 2))
    assert refused(replace(whole, requests=entries)) == [
        "10,001 documents are on this list, and at most 10,000 are signed."
    ]
    assert refused(replace(whole, requests=entries[1:])) == []


def test_a_document_of_another_kind_is_refused() -> None:
    other = worded("vocab.html#OpenBadgeCredential>", "vocab.html#EndorsementCredential>")
    assert refused(among(other)) == [f"{PART}: it is no document that we publish."]
    assert refused(among(lambda one: replace(one, kind=tosign.LIST))) == [f"{PART}: it is no document that we publish."]


def test_a_hash_that_is_not_that_of_the_texts_is_refused() -> None:
    other = among(lambda one: replace(one, sha256="00" * 64))
    assert refused(other) == [f"{PART}: the hash that is told is not that of its texts."]


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda text: text.replace(" .\n", " \n", 1), "line 1 is not N-Quads"),
        (lambda text: text.replace(' "', ' "\x00', 1).replace("\x00", '"'), r"line \d+ is not N-Quads"),
        (lambda text: "\n" + text, "line 1 is not N-Quads"),
        (lambda text: text + text.splitlines(keepends=True)[0], "its text is not canonical"),
        (lambda text: "".join(reversed(text.splitlines(keepends=True))), "its text is not canonical"),
        (lambda text: text.replace("_:c14n0", "_:b0"), "its text is not canonical"),
        (lambda _: "", "it does not end with a line end"),
    ],
)
def test_text_that_cannot_be_read_is_refused(spoil: Callable[[str], str], why: str) -> None:
    spoilt = among(lambda one: replace(one, document=spoil(one.document)))
    (reason,) = refused(spoilt)
    assert re.fullmatch(rf"{re.escape(PART)}: it cannot be read: {why}\.", reason)


def test_a_text_that_waits_for_what_is_not_there_is_refused() -> None:
    whole = stack().recorded()
    late = replace(whole, requests=tuple(reversed(whole.requests)))
    assert refused(late)[0].startswith(f"{TRANSCRIPT}: it cannot be read: it needs the digest of ")
    without_file = among(lambda one: replace(one, file=""))
    assert (
        refused(without_file)[0]
        == f"{STACK}: it cannot be read: it needs the digest of {PART}, which does not come before it."
    )


def test_a_false_file_makes_a_signature_that_no_build_takes() -> None:
    lying = among(lambda one: replace(one, file=one.file.replace("Did it.", "Did more.")))
    made = signer.sign(lying, NOTHING, [SECRET], TODAY)
    with pytest.raises(BlazonError, match=f"the signature of {STACK} does not fit"):
        stack().assembled(Signatures(DID, made))


def test_every_reason_is_named_and_twenty_are_shown() -> None:
    whole = stack().recorded()
    entries = tuple(replace(whole.requests[1], id=f"https://evil.example/{number}") for number in range(9))
    reasons = refused(replace(whole, requests=entries))
    assert (
        len(reasons) == 36
    )  # each has another kind, issuer and date than what its text is about, and holds one of ours
    shown = signer.told(signer.Refused(tuple(reasons)))
    assert shown == [*reasons[:20], "and 16 more reasons.", "nothing was signed."]
    assert signer.told(signer.Refused(tuple(reasons[:20]))) == [*reasons[:20], "nothing was signed."]


# The two files


def table(requests: Requests) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(written(requests))
    return loaded


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda list_: list_.update(version=2), '"version" is not 1'),
        (lambda list_: list_.pop("keys"), 'no table called "keys"'),
        (lambda list_: list_.update(requests={}), 'no list called "requests"'),
        (lambda list_: list_["requests"].append("x"), "entry 8 has other members"),
        (lambda list_: list_["requests"][0].update(extra=1), "entry 1 has other members"),
        (lambda list_: list_["requests"][0].update(document="x"), "a text of entry 1 is not a list of lines"),
        (lambda list_: list_["requests"][0].update(options=["a\nb"]), "a text of entry 1 is not a list of lines"),
    ],
)
def test_a_list_that_is_none_is_refused(spoil: Callable[[dict[str, Any]], object], why: str) -> None:
    list_ = table(stack().recorded())
    assert tosign.read(json.dumps(list_).encode()) == stack().recorded()
    spoil(list_)
    with pytest.raises(Unreadable, match=why):
        tosign.read(json.dumps(list_).encode())


def test_signatures_are_one_a_line_sorted_and_come_back() -> None:
    made = stack().signed([SECRET])
    text = signatures.write(made)
    assert signatures.read(text.encode()) == made
    lines = [line for line in text.splitlines() if line.startswith('"https:')]
    assert lines == sorted(lines)
    assert len(lines) == len(made.by_id) == 7
    assert signatures.read(signatures.write(NOTHING).encode()) == NOTHING


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda file: file.update(version="1"), '"version" is not 1'),
        (lambda file: file.update(signatures=[]), "other members"),
        (lambda file: file.update(more=1), "other members"),
        (lambda file: file.update(issuer="https://badges.example.org/"), "no did:web"),
        (lambda file: file["signatures"][PART].update(note="x"), "other members than created"),
        (lambda file: file["signatures"][PART].update(created="2026"), '"created" of'),
        (lambda file: file["signatures"][PART].update(sha256="00"), '"sha256" of'),
        (lambda file: file["signatures"][PART].update(signature="z" + "1" * 88), '"signature" of'),
        (lambda file: file["signatures"][PART].update(signature="z" + "z" * 88), '"signature" of'),
        (lambda file: file["signatures"][PART].update(verificationMethod=1), '"verificationMethod" of'),
    ],
)
def test_signatures_that_are_none_are_refused(spoil: Callable[[dict[str, Any]], object], why: str) -> None:
    file = json.loads(signatures.write(stack().signed([SECRET])))
    assert signatures.read(json.dumps(file).encode())
    spoil(file)
    with pytest.raises(Unreadable, match=why):
        signatures.read(json.dumps(file).encode())


# The process


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "requests.json").write_text(written(stack().recorded()))
    return tmp_path


def process(
    place: Path, *arguments: str, python: str = sys.executable, **environment: str
) -> subprocess.CompletedProcess[str]:
    """The signer, run in a folder with nothing in its environment but what it needs."""
    clean = {"PATH": os.environ["PATH"], "PYTHONPATH": GENERATOR, **environment}
    command = [python, "-m", "blazon.signer", *arguments]
    return subprocess.run(command, cwd=place, env=clean, capture_output=True, text=True, check=False)


def test_the_process_signs_and_adds_to_what_is_there(place: Path) -> None:
    secret = {"BLAZON_SIGNING_KEY": SECRET.one_line()}
    done = process(place, "requests.json", BLAZON_ISSUER=DID, **secret)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"signed 7 documents with key z6Mk\S+: signatures.json has 7 now\n", done.stdout)
    first = (place / "signatures.json").read_text()
    assert signatures.read(first.encode()) == stack().signed([SECRET])
    assert process(place, "requests.json", **secret).returncode == 0  # the issuer is the one of the signatures
    assert (place / "signatures.json").read_text() == first
    (place / "requests.json").write_text(written(replace(stack().recorded(), requests=())))
    assert process(place, "requests.json").stdout == "there is nothing to sign\n"
    assert sorted(path.name for path in place.iterdir()) == ["requests.json", "signatures.json"]


def test_the_process_refuses_and_leaves_what_was_there(place: Path) -> None:
    secret = {"BLAZON_SIGNING_KEY": SECRET.one_line()}
    assert process(place, "requests.json", "--issuer", DID, **secret).returncode == 0
    before = (place / "signatures.json").read_bytes()
    (place / "requests.json").write_text(written(among(worded('"Did it."', '"Did more."'))))
    done = process(place, "requests.json", **secret)
    assert (done.returncode, done.stdout) == (1, "")
    assert (
        done.stderr.splitlines()[0]
        == f"error: {PART}: it was signed before with other bytes, and what was awarded stays."
    )
    assert done.stderr.endswith("error: nothing was signed.\n")
    assert (place / "signatures.json").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("requests.json",), 2, "nobody said which issuer signs"),
        (("requests.json", "--issuer", "https://badges.example.org/"), 2, "is no did:web"),
        (("nothing.json", "--issuer", DID), 2, "nothing.json cannot be read"),
        (("broken.json", "--issuer", DID), 1, "broken.json cannot be read: its brackets do not match"),
        (
            ("requests.json", "-o", "broken.json", "--issuer", DID),
            1,
            "broken.json cannot be read: its brackets do not match",
        ),
        (
            ("requests.json", "-o", "other.json", "--issuer", DID),
            2,
            "other.json holds signatures of did:web:other.example",
        ),
        (("requests.json", "-o", "no/where.json", "--issuer", DID), 3, "could not be written"),
        (
            ("requests.json", "--issuer", "did:web:evil.example"),
            1,
            f"this list is for {DID}, and not for did:web:evil.example",
        ),
    ],
)
def test_the_process_says_what_is_wrong(place: Path, arguments: tuple[str, ...], code: int, sentence: str) -> None:
    (place / "broken.json").write_text("{")
    (place / "other.json").write_text(signatures.write(Signatures("did:web:other.example", {})))
    done = process(place, *arguments, BLAZON_SIGNING_KEY=SECRET.one_line())
    assert (done.returncode, done.stdout) == (code, "")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("key", ["", "z" + base58.encode(b"\x80\x26" + b"\5" * 32), "zzz"])
def test_the_process_ends_with_3_without_its_key_and_never_shows_one(place: Path, key: str) -> None:
    done = process(place, "requests.json", "--issuer", DID, BLAZON_SIGNING_KEY=key)
    assert done.returncode == 3
    assert not key or key not in done.stderr + done.stdout
    assert done.stderr.count("error:") == 1
    assert not (place / "signatures.json").exists()


def test_a_key_file_signs_and_a_protected_one_asks_the_environment(place: Path) -> None:
    file = place / "secret.key"
    file.write_text(keys.protect(SECRET, "a passphrase", os.urandom))
    file.chmod(0o600)
    arguments = ("requests.json", "--issuer", DID, "--key-file", "secret.key")
    assert process(place, *arguments, BLAZON_PASSPHRASE="a passphrase").returncode == 0
    (place / "signatures.json").unlink()
    done = subprocess.run(
        [sys.executable, "-m", "blazon.signer", *arguments],
        cwd=place, env={"PYTHONPATH": GENERATOR}, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 3
    assert "put it into BLAZON_PASSPHRASE" in done.stderr


def test_what_the_list_says_reaches_a_terminal_escaped(place: Path) -> None:
    evil = among(lambda one: replace(one, id=f"\x1b[2J##[add-mask]{'x' * 300}"))
    (place / "requests.json").write_text(written(evil))
    done = process(place, "requests.json", "--issuer", DID, BLAZON_SIGNING_KEY=SECRET.one_line())
    assert done.returncode == 1
    assert r"\x1b[2J## [add-mask]xxx" in done.stderr
    assert "\x1b" not in done.stderr


def test_the_command_is_the_same(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BLAZON_SIGNING_KEY", SECRET.one_line())
    arguments = ["-C", str(place), "sign", "requests.json", "--today", "2026-06-10"]
    done = CliRunner().invoke(cli.blazon, [*arguments, "--issuer", DID])
    assert (done.exit_code, done.stderr) == (0, "next: blazon build\n")
    assert signatures.read((place / "signatures.json").read_bytes()) == stack().signed([SECRET])
    assert CliRunner().invoke(cli.blazon, ["-q", *arguments]).output == ""
    monkeypatch.setenv("BLAZON_ISSUER", "did:web:evil.example")
    assert CliRunner().invoke(cli.blazon, arguments).exit_code == shell.USAGE
    (place / "requests.json").write_text(written(among(lambda one: replace(one, sha256="00" * 64))))
    monkeypatch.delenv("BLAZON_ISSUER")
    done = CliRunner().invoke(cli.blazon, arguments)
    assert done.exit_code == 1
    assert (
        done.stderr == f"error: {PART}: the hash that is told is not that of its texts.\nerror: nothing was signed.\n"
    )
