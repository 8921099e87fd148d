"""Writes the corpus: badges with the documents around them, and what each step of a verification has to find. Run as a program."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from blazon import bake, base58, ed25519, jsontext
from blazon.lookup import Given
from blazon.outcome import Verdict, overall
from blazon.verify import verify
from hostile import (
    ADDRESS,
    AWARD,
    B81C,
    BAD_DATES,
    COPY,
    DIGESTS,
    EMBEDDED,
    ENDORSEMENTS,
    FAILED,
    HOSTED,
    ISSUER,
    KEY_DOCUMENTS,
    LOW_ORDER,
    METHOD_0,
    PASSED,
    PICTURES,
    SIGNED,
    STACKS,
    STATUS_LISTS,
    UNDECIDED,
    UNREADABLE,
    UNSIGNED_CHANGES,
    addressed,
    at_part,
    ended,
    key_document,
    multikey,
    own_key,
    proof_of,
    subject,
    web_key,
    with_signature,
)
from strangers import (
    ASSERTION,
    BASE,
    COMPROMISED_KEYS,
    DID,
    KEY_DOCUMENT,
    METHOD,
    NOW,
    PNG,
    SECRET,
    STATUS_LIST,
    SVG,
    award,
    bits,
    changed,
    encoded,
    put,
    seal,
    status_list,
    text,
    vector,
    without,
)

HERE = Path(__file__).parent / "corpus"
LARGEST = 20_000
USUAL: dict[str, bytes | None] = {
    KEY_DOCUMENT: text(vector("did")),
    STATUS_LIST: text(vector("status-list")),
    ASSERTION: text(vector("assertion-a7f3")),
}


@dataclass(frozen=True, slots=True)
class Case:
    """A file, the documents that are at hand by address, and the verdict of each step that does not pass; `twin` names a good case."""

    name: str
    data: bytes
    expected: Mapping[str, Verdict] = field(default_factory=dict)
    twin: str = ""
    documents: Mapping[str, bytes | None] = field(default_factory=dict)
    now: datetime = NOW

    @property
    def at_hand(self) -> dict[str, bytes]:
        """The documents by address: the usual ones, unless the case says otherwise."""
        return {url: data for url, data in {**USUAL, **self.documents}.items() if data is not None}

    @property
    def rows(self) -> list[str]:
        """The rows of our security rules that the name begins with."""
        return re.findall("^[HI][0-9]+", self.name)


def cases() -> list[Case]:
    """All cases, each good one before its twins."""
    found = [
        *_good(),
        *_changed(),
        *_signed(),
        *_keys(),
        *_thefts(),
        *_lists(),
        *_stacks(),
        *_pictures(),
        *_unreadable(),
    ]
    return [one for one in found if len(one.data) + sum(map(len, one.at_hand.values())) - _USUAL_SIZE <= LARGEST]


_USUAL_SIZE = sum(len(data) for data in USUAL.values() if data)
_PNG = bake.bake_png(PNG, EMBEDDED, COPY)
_SVG = bake.bake_svg(SVG, EMBEDDED, COPY)
_AWARD, _IN_PNG, _IN_SVG, _ENDORSED = (
    "an award",
    "an award in a PNG",
    "an award in an SVG",
    "an award of an endorsed badge",
)
_HELD = award(put("suspension", "credentialStatus", "statusPurpose"))


def _good() -> Iterator[Case]:
    """What passes every step."""
    yield Case(_AWARD, text(AWARD))
    yield Case(_IN_PNG, _PNG)
    yield Case(_IN_SVG, _SVG)
    yield Case(_ENDORSED, text(seal(B81C)))
    yield Case("an award of our description of the standards", text(vector("award-a7f3")))
    yield Case("an award with spaces around it", b"\n " + text(AWARD) + b"\r\n")
    second = proof_of(seal(AWARD, created="2026-03-02T09:00:00Z"))
    yield Case("an award with two proofs", text(changed(AWARD, put([*AWARD["proof"], second], "proof"))))
    yield Case("an award that names no list", text(award(without("credentialStatus"))), documents={STATUS_LIST: None})
    yield Case("an award that ends this second", text(award(put("2026-11-23T12:00:00Z", "validUntil"))))
    yield Case("an award that begins in less than five minutes", text(award(put("2026-11-23T12:04:59Z", "validFrom"))))
    yield Case("a key as a JSON Web Key", text(AWARD), documents={KEY_DOCUMENT: web_key()})
    key = key_document(put([], "service"), put("x", "note"))
    yield Case("a key document that says more than we read", text(AWARD), documents={KEY_DOCUMENT: key})
    key = ended("expires", "2026-11-23T12:00:01Z")
    yield Case("a key whose end is still to come", text(AWARD), documents={KEY_DOCUMENT: key})
    for name, data in (
        ("a list that names nobody", status_list(subject("encodedList", encoded(bits())))),
        ("a list that names the neighbours", status_list(subject("encodedList", encoded(bits(41_872, 41_874))))),
        ("a list that ends in a second", status_list(put("2026-11-23T12:00:01Z", "validUntil"))),
    ):
        yield Case(name, text(AWARD), documents={STATUS_LIST: data})
    free = status_list(subject("statusPurpose", "suspension"), subject("encodedList", encoded(bits())))
    yield Case("an award that could be put on hold", text(_HELD), documents={STATUS_LIST: free})
    later = award(put(f"{BASE}badges/robotics-1/badge-2.png", "relatedResource", 0, "id"))
    yield Case("a picture of a later version", bake.bake_png(PNG, jsontext.embeddable(later), COPY))
    yield Case("an issuer who is a key", text(own_key()), documents=dict.fromkeys(USUAL))
    yield Case("an issuer who is an address", text(addressed()), documents={**dict.fromkeys(USUAL), **ADDRESS})


def _changed() -> Iterator[Case]:
    """What was changed after it was signed, or signed by somebody else."""
    for name, (badge, expected) in UNSIGNED_CHANGES.items():
        yield Case(name, text(badge), expected, _AWARD)
    flipped = text(AWARD).replace(b"Robotics", b"Sobotics", 1)
    yield Case("H1 a bit of a name", flipped, {"proof": FAILED}, _AWARD)
    other = changed(AWARD, put("2027-01-01T00:00:00Z", "validUntil"))
    yield Case("H2 a field added", text(other), {"proof": FAILED}, _AWARD)
    yield Case("H2 a field removed", text(changed(AWARD, without("awardedDate"))), {"proof": FAILED}, _AWARD)
    yield Case("H2 a field changed", text(changed(AWARD, put("Robotics, level 3", "name"))), {"proof": FAILED}, _AWARD)
    universal = with_signature("z" + base58.encode(LOW_ORDER + bytes(32)))
    yield Case("H18 a signature that fits every message", text(universal), {"proof": FAILED}, _AWARD)
    key = {KEY_DOCUMENT: key_document(put(multikey(b"\xed\x01" + LOW_ORDER), *METHOD_0, "publicKeyMultibase"))}
    expected = {"proof": UNDECIDED, "issuer": FAILED, "status": UNDECIDED}
    yield Case("H18 a key and a signature that fit every message", text(universal), expected, _AWARD, key)
    badge = changed(award(put("2026-06-01T00:00:00Z", "validUntil")), put("Robotics, level 3", "name"))
    expected = dict.fromkeys(("proof", "dates", "status"), FAILED)
    yield Case("H35 altered, expired and withdrawn at once", text(badge), expected, _AWARD, {STATUS_LIST: _NAMED})
    for name, changes, verdict in ((name, *one) for name, one in ENDORSEMENTS.items()):
        if verdict is not PASSED:
            badge = seal(changed(B81C, *changes))
            yield Case(f"an endorsement {name}", text(badge), {"endorsement": verdict}, _ENDORSED)
    names = [f"_:n{number}" for number in range(8)]
    related = [{"id": one, "type": ["Related"], "related": [two for two in names if two != one]} for one in names]
    badge = changed(AWARD, put(related, "credentialSubject", "achievement", "related"))
    expected = {"format": UNDECIDED, "proof": UNDECIDED}
    yield Case("H32 eight nodes that point to each other", text(badge), expected, _AWARD)


def _signed() -> Iterator[Case]:
    """What the issuer signed itself, and what still does not count."""
    for name, (change, expected) in SIGNED.items():
        yield Case(name, text(award(change)), expected, _AWARD)
    for number, date in enumerate(BAD_DATES, 1):
        yield Case(
            f"H21 a begin in another form, {number}", text(award(put(date, "validFrom"))), {"dates": FAILED}, _AWARD
        )
    yield Case("H21 a day in another form", text(award(put("2026-03-01", "awardedDate"))), {"dates": FAILED}, _AWARD)
    yield Case(
        "H21 a signature's date in another form", text(seal(AWARD, created="2026-03-01")), {"dates": FAILED}, _AWARD
    )
    late = text(seal(AWARD, created="2026-11-23T13:00:00Z"))
    yield Case("a signature made in an hour", late, {"dates": FAILED}, _AWARD)
    other = text(own_key(method=f"did:key:{ed25519.write(SECRET.public)}#key-1"))
    expected = {"proof": UNDECIDED, "issuer": FAILED}
    yield Case(
        "an issuer who is a key of another name", other, expected, "an issuer who is a key", dict.fromkeys(USUAL)
    )
    unknown = {"proof": UNDECIDED, "issuer": UNDECIDED}
    missing = dict.fromkeys(USUAL)
    yield Case(
        "an issuer whose address does not answer", text(addressed()), unknown, "an issuer who is an address", missing
    )


def _keys() -> Iterator[Case]:
    """Key documents that do not let the key sign."""
    for name, (data, expected) in KEY_DOCUMENTS.items():
        json_web_key, end = "JSON Web Key" in name, "end" in name or "revoked" in name
        twin = "a key as a JSON Web Key" if json_web_key else "a key whose end is still to come" if end else _AWARD
        yield Case(f"{name} (keys)", text(AWARD), expected, twin, {KEY_DOCUMENT: data})


def _stolen(name: object = METHOD, since: object = "2026-06-20", issuer: str = DID) -> bytes:
    """What an issuer tells of a key that somebody else may have."""
    return text({"id": COMPROMISED_KEYS, "issuer": issuer, "keys": [{"id": name, "compromised": since}]})


def _thefts() -> Iterator[Case]:
    """Keys that an issuer reports as stolen, or does not: that says why a key is not listed, and nothing else."""
    listed = "a key that is listed, whatever is reported beside it"
    yield Case(listed, text(AWARD), documents={COMPROMISED_KEYS: _stolen()})
    data, expected = KEY_DOCUMENTS["H36 the key was taken out"]
    for name, reported in {
        "since a day": _stolen(),
        "by another issuer": _stolen(issuer="did:web:other.example"),
        "under another name": _stolen(f"{DID}#key-2"),
        "since a day that there is not": _stolen(since="2026-02-30"),
        "since two days": _stolen(since=["2026-06-20"]),
        "since nobody knows when": _stolen(since=None),
        "in a list of nothing": text({"issuer": DID, "keys": None}),
        "in a list that is no JSON": b"stolen",
    }.items():
        documents = {KEY_DOCUMENT: data, COMPROMISED_KEYS: reported}
        yield Case(
            f"H36 the key was taken out, and is reported as stolen {name}", text(AWARD), expected, listed, documents
        )
    elsewhere = award(put(f"{BASE}elsewhere/credential.json", "id"))
    documents = {KEY_DOCUMENT: data, COMPROMISED_KEYS: _stolen()}
    name = "H36 the key was taken out, and is reported as stolen, of a document that is no award's"
    yield Case(name, text(elsewhere), expected, listed, documents)


_NAMED = status_list(subject("encodedList", encoded(bits(41_873))))


def _lists() -> Iterator[Case]:
    """Status lists that cannot be relied on, or that name the badge."""
    for name, data in STATUS_LISTS.items():
        yield Case(f"{name} (list)", text(AWARD), {"status": UNDECIDED}, _AWARD, {STATUS_LIST: data})
    yield Case(
        "H22 withdrawn by its list", text(AWARD), {"status": FAILED}, "a list that names nobody", {STATUS_LIST: _NAMED}
    )
    paused = status_list(subject("statusPurpose", "suspension"), subject("encodedList", encoded(bits(41_873))))
    twin = "an award that could be put on hold"
    yield Case("H22 on hold", text(_HELD), {"status": FAILED}, twin, {STATUS_LIST: paused})


def _stacks() -> Iterator[Case]:
    """Stacks with their parts, the good ones first."""
    for name, (data, documents, expected) in STACKS.items():
        twin = "a stack in a stack" if " in a stack " in f" {name} " else "a stack whose parts stand"
        yield Case(f"a stack {name}", data, expected, twin if expected else "", documents)


def _pictures() -> Iterator[Case]:
    """Pictures with something else inside, or that are something else."""
    for name, (data, expected) in PICTURES.items():
        yield Case(name, data, expected, _IN_PNG if data.startswith(PNG[:8]) else _IN_SVG)
    for name, (change, verdict) in DIGESTS.items():
        data = bake.bake_png(PNG, jsontext.embeddable(award(change)), COPY)
        yield Case(f"a digest: {name}", data, {"picture": verdict}, _IN_PNG)
    for name, (original, verdict) in HOSTED.items():
        yield Case(f"the original of version 2: {name}", _PNG, {"hosted": verdict}, _IN_PNG, {ASSERTION: original})


def _unreadable() -> Iterator[Case]:
    """What is no badge, or none that we can read."""
    for name, data in UNREADABLE.items():
        yield Case(name, data, {"readable": FAILED}, _AWARD)
    yield Case("H31 66 deep", b'{"a":' * 66 + b"1" + b"}" * 66, {"readable": FAILED}, _AWARD)
    yield Case("a token that is signed", b"eyJhbGciOiJFZERTQSJ9.e30.AAAA", {"readable": UNDECIDED}, _AWARD)
    yield Case("version 2 alone", text(vector("assertion-a7f3")), {"readable": UNDECIDED}, _AWARD)


def slug(name: str) -> str:
    """The name of a case as that of a file."""
    return re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")


def entry(case: Case) -> dict[str, Any]:
    """A case as it stands in `cases.json`; its steps are what `verify` finds, which has to be what the case expects."""
    outcomes = verify(case.data, Given(case.at_hand), case.now)
    found = {one.step: one.verdict for one in outcomes if one.verdict is not PASSED}
    assert found == case.expected, (case.name, found)
    return {
        "name": case.name,
        **({"rows": case.rows} if case.rows else {}),
        "badge": f"badges/{_file(slug(case.name), case.data)}",
        "documents": {url: f"documents/{_document(case, url, data)}" for url, data in case.at_hand.items()},
        "now": f"{case.now:%Y-%m-%dT%H:%M:%SZ}",
        "verdict": overall(outcomes),
        "steps": [[one.step, one.verdict] for one in outcomes],
        **({"twin": case.twin} if case.twin else {}),
    }


def said(case: Case) -> list[str]:
    """What `verify` says about a case, a sentence for each step."""
    outcomes = verify(case.data, Given(case.at_hand), case.now)
    return [f"{one.step}: {one.sentence}{' (it ended)' if one.ended else ''}" for one in outcomes]


def files(case: Case) -> Iterator[tuple[str, bytes]]:
    """The files of a case by their paths in the corpus."""
    told = entry(case)
    yield told["badge"], case.data
    yield from ((told["documents"][url], data) for url, data in case.at_hand.items())


_NAMES = {
    COMPROMISED_KEYS: "stolen",
    KEY_DOCUMENT: "keys",
    STATUS_LIST: "list",
    ASSERTION: "assertion",
    ISSUER: "issuer",
}
_NAMES |= {at_part(number): f"part-{number}" for number in range(1, 5)}


def _document(case: Case, url: str, data: bytes) -> str:
    """The name of a document's file: that of what it is, and of its case where it is not the usual one."""
    return _file(_NAMES[url] if data == USUAL.get(url) else f"{_NAMES[url]}-{slug(case.name)}", data)


def _file(name: str, data: bytes) -> str:
    """A name with the ending that fits the content."""
    endings = {b"\x89": "png", b"<": "svg", b"{": "json"}
    return f"{name}.{endings.get(data.lstrip()[:1], 'bin')}"


def main() -> None:
    """Writes `tests/corpus` anew, but for what people wrote there."""
    for folder in ("badges", "documents"):
        shutil.rmtree(HERE / folder, ignore_errors=True)
        (HERE / folder).mkdir(parents=True)
    everything = cases()
    for case in everything:
        for path, data in files(case):
            (HERE / path).write_bytes(data)
    lines = ",\n".join(json.dumps(entry(case), ensure_ascii=False) for case in everything)
    (HERE / "cases.json").write_text(f"[\n{lines}\n]\n", "utf-8")
    told = json.dumps({case.name: said(case) for case in everything}, ensure_ascii=False, indent=1)
    (HERE / "sentences.json").write_text(f"{told}\n", "utf-8")


if __name__ == "__main__":
    main()
