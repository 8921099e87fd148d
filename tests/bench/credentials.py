"""The credentials of a generated program, unsigned, for whoever signs them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from blazon import canon, files, ob3, proof, vouching
from blazon.address import lay_out
from blazon.canon import Prepared
from blazon.diagnostics import Report
from blazon.keys import DEMO_SEED, Secret
from blazon.load import load
from blazon.ob3 import Digests

METHOD = "did:web:riverbend.example:badges#demo"
CREATED = datetime(2026, 1, 1, tzinfo=UTC)


def unsigned(folder: Path, count: int) -> list[tuple[dict[str, object], tuple[Prepared, Prepared]]]:
    """So many credentials of a program, each with what it shares with others of its badge."""
    report = Report()
    program = load(files.read_tree(folder, report), report)
    assert program is not None, list(report)
    plan = lay_out(program, report)
    assert not report.failed, [one.as_text() for one in report]
    issuer = ob3.profile(plan, vouching.issuer_at(program.settings.issuer, None))
    nodes = {slug: ob3.achievement(plan, one, "en") for slug, one in program.achievements.items()}
    shared = canon.prepare(issuer, ob3.CONTEXT, "issuer")
    prepared = {slug: (shared, canon.prepare(node, ob3.CONTEXT, "achievement")) for slug, node in nodes.items()}
    digests = Digests("aa" * 32, "bb" * 32)
    return [
        (
            ob3.credential(
                plan, award, program.achievement_of(award), issuer, nodes[award.achievement], digests, "cc" * 32
            ),
            prepared[award.achievement],
        )
        for award in islice(program.awards, count)
    ]


def write(folder: Path, count: int, target: Path) -> str:
    """Write a program's unsigned credentials, a JSON document in each line, with what signs them; the first signature of ours."""
    work = unsigned(folder, count)
    signer = Secret(DEMO_SEED).signer(METHOD)
    document, prepared = work[0]
    value = value_of(proof.sign(document, signer, CREATED, prepared))
    order = {
        "seed": DEMO_SEED.hex(),
        "method": METHOD,
        "created": CREATED.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "value": value,
    }
    target.write_text("\n".join(json.dumps(one) for one in [order, *(document for document, _ in work)]), "utf-8")
    return value


def value_of(signed: Mapping[str, Any]) -> str:
    """The signature of a credential."""
    return str(signed["proof"][0]["proofValue"])
