"""Graphs that are made to take long: refused by counting, whatever their size."""

from __future__ import annotations

import json
import time
import tracemalloc
from typing import Any

import pytest

from blazon import canon
from blazon.outcome import Verdict, overall
from blazon.quads import Quad, TooLarge
from blazon.verify import verify
from blazon.vocabulary import BADGES_CONTEXT, CREDENTIALS_CONTEXT, RECORDS_CONTEXT
from strangers import DID, NOW, bits, changed, encoded, put, sources, status_list, text, vector

RECORDS = [CREDENTIALS_CONTEXT, RECORDS_CONTEXT, BADGES_CONTEXT]
PROOF = vector("award-a7f3")["proof"]


def hub(name: str, number: int) -> list[Quad]:
    """A node that sees so many others in one way."""
    return [(f"_:{name}", "<urn:p>", f"_:{name}{one}", "") for one in range(number)]


@pytest.mark.parametrize("number", [65, 990])
def test_many_alike_neighbours_are_refused(number: int) -> None:
    with pytest.raises(TooLarge):
        canon.canonicalize_quads([*hub("a", number), *hub("b", number)])


def test_few_alike_neighbours_are_named() -> None:
    assert canon.canonicalize_quads([*hub("a", 3), *hub("b", 3)]).count("\n") == 6


def test_a_long_chain_of_alike_nodes_is_refused() -> None:
    ring: list[Quad] = [(f"_:n{one}", "<urn:p>", f"_:n{(one + 1) % 400}", "") for one in range(400)]
    with pytest.raises(TooLarge):
        canon.canonicalize_quads(ring)


def test_statements_are_counted_and_not_only_paths() -> None:
    seen = [(f"_:x{end}", f"<urn:p{one}>", f'"{one}"', f"_:g{end}") for end in range(7) for one in range(70)]
    graph: list[Quad] = [*seen, *(("<urn:s>", "<urn:q>", f"_:g{end}", "") for end in range(7))]
    began = time.process_time()
    with pytest.raises(TooLarge):
        canon.canonicalize_quads([*graph, *((f"_:g{one}", "<urn:r>", f"_:g{(one + 1) % 7}", "") for one in range(7))])
    assert time.process_time() - began < 2  # the limit on any input, not a measure of speed


def record(**members: Any) -> bytes:
    """A transcript that nobody has signed."""
    document = {
        "@context": RECORDS,
        "id": "https://badges.example.org/academy/t.json",
        "type": ["VerifiableCredential", "ClrCredential"],
        "issuer": {"id": DID, "type": ["Profile"], "name": "Example Academy"},
        "validFrom": "2026-03-01T09:00:00Z",
        "credentialSubject": {"type": ["ClrSubject"], "verifiableCredential": [vector("award-a7f3")]},
        "proof": PROOF,
        **members,
    }
    return json.dumps(document, separators=(",", ":")).encode()


def bush(depth: int, width: int) -> dict[str, Any]:
    """Objects without an id, all alike."""
    if not depth:
        return {"type": ["Alignment"]}
    return {"type": ["Achievement"], "related": [bush(depth - 1, width) for _ in range(width)]}


@pytest.mark.parametrize(
    "data",
    [
        record(evidence=[{"type": ["Evidence"], "name": "a", "alignment": [bush(3, 8)]} for _ in range(4)]),
        record(evidence=[bush(2, 40), bush(2, 40)]),
        record(proof=[{**PROOF[0], "proof": [{**PROOF[0]} for _ in range(60)]} for _ in range(7)]),
    ],
    ids=["bush", "wide", "proofs in proofs"],
)
def test_hostile_transcripts_are_undecided_in_time_and_space(data: bytes) -> None:
    tracemalloc.start()
    began = time.process_time()
    outcomes = verify(data, sources(), NOW)
    took, (_, peak) = time.process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert overall(outcomes) is not Verdict.PASSED
    assert {one.step: one.verdict for one in outcomes}["format"] is Verdict.UNDECIDED
    assert took < 8  # with memory traced; the limit is 2 s without
    assert peak < 64 << 20


def test_a_status_list_is_read_once_for_all_awards_of_a_transcript(monkeypatch: pytest.MonkeyPatch) -> None:
    from blazon import validity  # noqa: PLC0415 (patched below)

    read: list[str] = []
    original = validity._list

    def counted(entry: Any, *rest: Any) -> Any:
        read.append(entry.url)
        return original(entry, *rest)

    monkeypatch.setattr(validity, "_list", counted)
    inner = [{**vector("award-a7f3"), "id": f"urn:x:{number}"} for number in range(5)]
    subject = {"type": ["ClrSubject"], "verifiableCredential": inner}
    verify(record(issuer=inner[0]["issuer"], credentialSubject=subject), sources(), NOW)
    assert len(read) == 1
    read.clear()
    broken = status_list(put(encoded(bits(size=8)), "credentialSubject", "encodedList"))
    verify(record(issuer=inner[0]["issuer"], credentialSubject=subject), sources(status=broken), NOW)
    assert len(read) == 1


# Key documents in forms that are legal and that we do not know


@pytest.mark.parametrize("kind", [["Multikey"], [], {}, 7, None])
def test_a_key_of_a_strange_type_is_no_crash(kind: Any) -> None:
    document = changed(vector("did"), put(kind, "verificationMethod", 0, "type"))
    outcomes = verify(text(vector("award-a7f3")), sources(keys=text(document)), NOW)
    assert {one.step: one.verdict for one in outcomes}["issuer"] is Verdict.FAILED
