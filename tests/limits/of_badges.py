"""Limits of what is checked: a badge, the documents that it names, and the network."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import loopback
from blazon import authority, bake, base58, ed25519, jsontext, online, quads, thefts, validity, verify, wholeness
from blazon.jsontext import Unreadable
from blazon.online import Online
from blazon.outcome import Doubt, Verdict
from hostile import AWARD, COPY, a_part, at_part, made_of, names, subject
from limits.limit import Limit
from loopback import answer
from strangers import (
    BASE,
    COMPROMISED_KEYS,
    END,
    HEADER,
    METHOD,
    NOW,
    STRANGER,
    SVG,
    award,
    bits,
    changed,
    digest,
    encoded,
    png_chunk,
    put,
    seal,
    sources,
    status_list,
    text,
    vector,
)

Json = dict[str, Any]
Tried = Callable[[int], list[str]]
HOST = "badges.example.org"
HOME = f"https://{HOST}"
ENDORSEMENT = ("credentialSubject", "achievement", "endorsement")


def steps(data: bytes | Json, now: Any = NOW, **documents: bytes | None) -> list[str]:
    """What did not pass when a badge was checked: `status undecided`."""
    whole = data if isinstance(data, bytes) else text(data)
    found = verify.verify(whole, sources(**documents), now)
    return [f"{one.step} {one.verdict}" for one in found if one.verdict is not Verdict.PASSED]


def unreadable(read: Callable[[bytes], object], made: Callable[[int], bytes]) -> Tried:
    """Looks whether bytes that are made of a number can be read; a sentence says why not."""

    def tried(number: int) -> list[str]:
        try:
            read(made(number))
        except (Unreadable, ValueError) as error:
            return [str(error)]
        return []

    return tried


def large_picture(size: int) -> bytes:
    """A badge in a picture of so many bytes."""

    def filled(number: int) -> bytes:
        picture = HEADER + png_chunk(b"IDAT", bytes(number)) + END
        signed = award(put(digest(picture), "relatedResource", 0, "digestSRI"))
        return bake.bake_png(picture, jsontext.embeddable(signed), COPY)

    return filled(size - len(filled(0)))


def nested(number: int) -> bytes:
    """A document that is nested so deep."""
    return b'{"a": ' * (number - 1) + b"{}" + b"}" * (number - 1)


def with_proofs(number: int) -> list[str]:
    """What is found out about a badge with so many proofs that are all right."""
    proofs = [seal(AWARD, created=f"2026-03-01T09:00:{second:02}Z")["proof"][0] for second in range(number)]
    return steps({**AWARD, "proof": proofs})


def with_methods(number: int) -> list[str]:
    """What is found out about a badge whose issuer lists so many keys."""
    document = vector("did")
    one = document["verificationMethod"][0]
    more = [{**one, "id": f"{METHOD}-{key}"} for key in range(number - len(document["verificationMethod"]))]
    return steps(AWARD, keys=text({**document, "verificationMethod": [*document["verificationMethod"], *more]}))


def reported(number: int, size: int = 0) -> list[str]:
    """What is said of a badge whose key is not listed, unless its issuer reports it as stolen: one of so many, in so many bytes."""
    keys = [{"id": f"{METHOD}{one or ''}", "compromised": "2026-06-20"} for one in range(number)]
    report = text({"issuer": vector("did")["id"], "keys": keys}).ljust(size)
    at_hand = sources(keys=text({**vector("did"), "verificationMethod": []}))
    found = verify.verify(text(AWARD), type(at_hand)({**at_hand.documents, COMPROMISED_KEYS: report}), NOW)
    return [one.sentence for one in found if one.step == authority.ISSUER and "as stolen since" not in one.sentence]


def with_endorsements(number: int) -> list[str]:
    """What is found out about a badge with so many endorsements."""
    badge, key = vector("award-b81c"), ed25519.write(STRANGER.public)
    one = changed(badge["credentialSubject"]["achievement"]["endorsement"][0], put(f"did:key:{key}", "issuer", "id"))
    named = [{**one, "id": f"{BASE}endorsements/{name}.json"} for name in range(number)]
    signed = [seal(each, STRANGER, verificationMethod=f"did:key:{key}#{key}") for each in named]
    return steps(seal(changed(badge, put(signed, *ENDORSEMENT))))


def with_parts(number: int) -> list[str]:
    """What is found out about the award of a stack of so many parts."""
    parts = {one: a_part(one) for one in range(1, number + 1)}
    return in_stack(made_of(*(names(one, data) for one, data in parts.items())), parts)


def with_deep_parts(number: int) -> list[str]:
    """What is found out about the award of a stack in stacks."""
    parts = {number: a_part(number)}
    for one in range(number - 1, 0, -1):
        parts[one] = a_part(one, put([names(one + 1, parts[one + 1])], "evidence"))
    return in_stack(made_of(names(1, parts[1])), parts)


def with_a_large_part(number: int) -> list[str]:
    """What is found out about the award of a stack with a part of so many bytes."""
    part = a_part(1).ljust(number)
    return in_stack(made_of(names(1, part)), {1: part})


def in_stack(badge: bytes, parts: dict[int, bytes]) -> list[str]:
    """What is found out about the award of a stack, with its parts at hand."""
    at_hand = sources()
    documents = {**at_hand.documents, **{at_part(number): data for number, data in parts.items()}}
    found = verify.verify(badge, type(at_hand)(documents), NOW)
    return [f"{one.step} {one.verdict}" for one in found if one.verdict is not Verdict.PASSED]


def size_of(document: Json) -> tuple[int, int]:
    """How many statements, and how many nodes without an id, a document makes."""
    content = {name: value for name, value in document.items() if name != "proof"}
    found = quads.expand(content).quads
    return len(found), len({term for quad in found for term in (quad[0], quad[2], quad[3]) if term.startswith("_:")})


def with_statements(number: int) -> list[str]:
    """What is found out about a badge that makes so many statements."""
    tags = [f"tag {one}" for one in range(number - size_of(changed(AWARD, tagged([])))[0])]
    return steps(signed(changed(AWARD, tagged(tags))))


def signed(document: Json) -> Json:
    """A document signed again, where it is one that can be signed."""
    try:
        return seal(document)
    except quads.TooLarge:
        return document


def tagged(tags: list[str]) -> Callable[[Json], None]:
    """A badge with other words for its catalogue."""
    return lambda document: (
        document["credentialSubject"]["achievement"].update(tag=tags)
        if tags
        else document["credentialSubject"]["achievement"].pop("tag", None)
    )


def with_nodes(number: int) -> list[str]:
    """What is found out about a badge with so many nodes without an id."""
    more = [{"type": ["Evidence"], "name": f"Piece {one}"} for one in range(number)]
    fewer = size_of(award(put(more[:1], "evidence")))[1] - 1
    return steps(signed(changed(AWARD, put(more[: number - fewer], "evidence"))))


def listed(**changes: Any) -> list[str]:
    """What is found out about a badge whose status list has other bits."""
    return steps(AWARD, status=status_list(*(subject(name, value) for name, value in changes.items())))


def later(seconds: int) -> list[str]:
    """What is found out about a badge that is checked so many seconds before it begins."""
    begins = award(put("2026-11-23T12:00:00Z", "validFrom"))
    return steps(begins, NOW - timedelta(seconds=seconds))


def fetched(size: int) -> list[str]:
    """What comes of asking for a document of so many bytes."""
    return asked({f"{HOME}/0": answer(b" " * size, "Content-Type: application/json")}, [f"{HOME}/0"])


def led_on(number: int) -> list[str]:
    """What comes of asking for a document that leads on so many times."""
    answers = {
        f"{HOME}/{one}": answer(b"", f"Location: /{one - 1}", status="302 Found") for one in range(1, number + 1)
    }
    return asked({**answers, f"{HOME}/0": answer(b"{}", "Content-Type: application/json")}, [f"{HOME}/{number}"])


def many(number: int) -> list[str]:
    """What comes of asking for so many documents."""
    paths = [f"{HOME}/{one}" for one in range(number)]
    return asked(dict.fromkeys(paths, answer(b"{}", "Content-Type: application/json")), paths)


def long_address(number: int) -> list[str]:
    """What comes of asking at an address of so many characters."""
    url = f"{HOME}/".ljust(number, "a")
    return asked({url: answer(b"{}", "Content-Type: application/json")}, [url])


def asked(answers: dict[str, loopback.Answer], urls: list[str]) -> list[str]:
    """Why documents could not be had from a host that stands on this machine."""
    said = []
    with (
        tempfile.TemporaryDirectory() as folder,
        loopback.running(Path(folder), answers, {HOST: [loopback.PUBLIC]}) as server,
    ):
        source = Online(server.network())
        source.begin()
        for url in urls:
            try:
                source.document(url)
            except Doubt as doubt:
                said.append(str(doubt))
    return said


LIMITS = [
    Limit("file that is checked", "verify.LARGEST_FILE", verify.LARGEST_FILE, "readable failed", lambda number: steps(large_picture(number)), "bytes"),
    Limit("credential", "verify.LARGEST_CREDENTIAL", verify.LARGEST_CREDENTIAL, "readable failed", lambda number: steps(text(AWARD).ljust(number)), "bytes"),
    Limit("JSON of any other kind", "jsontext.LONGEST", jsontext.LONGEST, "longer than", unreadable(jsontext.parse, b"{}".ljust), "bytes"),
    Limit("nesting of JSON", "jsontext.DEEPEST", jsontext.DEEPEST, "nested", unreadable(jsontext.parse, nested)),
    Limit("whole number in JSON", "jsontext.LARGEST_INTEGER", jsontext.LARGEST_INTEGER, "number", unreadable(jsontext.parse, lambda number: b'{"a": %d}' % number)),
    Limit("letters of a number in base58", "base58.MOST_LETTERS", base58.MOST_LETTERS, "too long", unreadable(lambda data: base58.decode(data.decode()), lambda number: b"1" * number)),
    Limit("statements of a credential", "quads.MOST_QUADS", quads.MOST_QUADS, "format undecided", with_statements),
    Limit("nodes without an id in a credential", "quads.MOST_BLANK_NODES", quads.MOST_BLANK_NODES, "format undecided", with_nodes),
    Limit("proofs of a document", "authority.MOST_PROOFS", authority.MOST_PROOFS, "proof undecided", with_proofs),
    Limit("key document", "authority.LARGEST_KEY_DOCUMENT", authority.LARGEST_KEY_DOCUMENT, "issuer undecided", lambda number: steps(AWARD, keys=text(vector("did")).ljust(number)), "bytes"),
    Limit("keys in a key document", "authority.MOST_METHODS", authority.MOST_METHODS, "issuer undecided", with_methods),
    Limit("report of stolen keys", "thefts.LARGEST", thefts.LARGEST, "does not list the key", lambda number: reported(1, number), "bytes"),
    Limit("keys in a report of stolen keys", "thefts.MOST_KEYS", thefts.MOST_KEYS, "does not list the key", reported),
    Limit("endorsements in a badge", "verify.MOST_ENDORSEMENTS", verify.MOST_ENDORSEMENTS, "endorsement undecided", with_endorsements),
    Limit("parts of a stack", "wholeness.MOST_PARTS", wholeness.MOST_PARTS, "part undecided", with_parts),
    Limit("stacks in a stack", "wholeness.DEEPEST", wholeness.DEEPEST, "part undecided", with_deep_parts),
    Limit("part of a stack", "wholeness.LARGEST_PART", wholeness.LARGEST_PART, "part undecided", with_a_large_part, "bytes"),
    Limit("status list", "validity.LARGEST_LIST", validity.LARGEST_LIST, "status undecided", lambda number: steps(AWARD, status=status_list().ljust(number)), "bytes"),
    Limit("status list when it is expanded", "validity.LARGEST_BITS", validity.LARGEST_BITS, "status undecided", lambda number: listed(encodedList=encoded(bits(size=number))), "bytes"),
    Limit("smallest status list when it is expanded", "validity.SMALLEST_BITS", validity.SMALLEST_BITS, "status undecided", lambda number: listed(encodedList=encoded(bits(size=number))), "bytes", least=True),
    Limit("seconds by which clocks may differ", "validity.GRACE", int(validity.GRACE.total_seconds()), "dates failed", later),
    Limit("document from the network", "online.LARGEST_BODY", online.LARGEST_BODY, "longer than", fetched, "bytes"),
    Limit("times that an address leads on", "online.MOST_REDIRECTS", online.MOST_REDIRECTS, "leads on more than", led_on),
    Limit("documents from the network for one badge", "online.MOST_ASKED", online.MOST_ASKED, "was not asked for", many),
    Limit("address that is asked", "online._LONGEST_ADDRESS", online._LONGEST_ADDRESS, "only an https address", long_address, "characters"),
    Limit("chunks of a PNG with a badge", "bake._MOST_CHUNKS", bake._MOST_CHUNKS, "more than 10,000 parts", unreadable(bake.unbake_png, lambda number: HEADER + png_chunk(b"tEXt", b"a\0") * (number - 2) + END)),
    Limit("elements of an SVG with a badge", "bake._MOST_ELEMENTS", bake._MOST_ELEMENTS, "more than 100,000 elements", unreadable(bake.unbake_svg, lambda number: b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g/>" * (number - 1) + b"</svg>")),
    Limit("SVG with a badge", "bake._LARGEST_DRAWING", bake._LARGEST_DRAWING, "longer than", unreadable(bake.unbake_svg, SVG.ljust), "bytes"),
]  # fmt: skip
