"""Every reader of bytes from outside, in one table: the short properties and `make fuzz` are both made of it.

A reader of ours that is not run by one of these is found by a test (tests/test_fuzz.py), which looks for whatever opens bytes.
"""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import answers_of_builds

import answers_of_keepers
import answers_of_texts
import answers_of_verify
import growing
import hostile
import rootbook
import sshbook
import strangers
import twophases
from blazon import recalling, signatures
from blazon.diagnostics import BlazonError
from blazon.jsontext import Unreadable
from blazon.outcome import Doubt
from blazon.quads import Malformed, TooLarge
from blazon.signer import Refused
from blazon.vocabulary import UnknownTerm
from found import FOUND
from harness import Reader
from readers_of_files import of_files
from refused import REFUSED
from seeds import (
    ANSWERS,
    GET_WORDS,
    HTTP_WORDS,
    JSON_WORDS,
    KEY,
    MARKDOWN,
    MARKDOWN_WORDS,
    PNG_WORDS,
    QUESTIONS,
    REVIEWER,
    SVG_WORDS,
    TESTS,
    baked,
    corpus,
    documents,
    encoded,
    forms,
    mostly_cheap,
    protected,
    requested,
)


def _of_texts() -> Iterator[Reader]:
    """What people write."""
    addresses = encoded(
        "https://example.org/a?b=c#d",
        "did:web:example.org%3A8080:a",
        f"did:key:{KEY}",
        "http://data.europa.eu/esco/skill/1",
    )
    names = encoded(
        "Ada Okafor",
        "Иван Петров",
        "李小龙",
        "نور",
        "2026-05-14",
        "2026-05-14T09:00:00Z",
        "P1Y2M",
        "1.5",
        "true",
        "en",
        "ada@example.org",
        sshbook.line_of(REVIEWER),
        KEY,
    )
    yield Reader("Markdown", answers_of_texts.markdown, MARKDOWN, MARKDOWN_WORDS, growing.markdown_of)
    yield Reader("address", answers_of_texts.value, addresses, encoded(*growing._PARTS), growing.address_of)
    yield Reader("name, date, number or key", answers_of_texts.value, names, encoded(*growing._SIGNS), growing.words_of)
    yield Reader(
        "words at a command",
        answers_of_texts.typed,
        (*names, *addresses),
        encoded(*growing._SIGNS, *growing._PARTS),
        growing.words_of,
    )


def _of_documents() -> Iterator[Reader]:
    """Documents, and what they are made of."""
    graph = json.loads(requested())["requests"][0]["document"]
    jwk = json.dumps(
        {"kty": "OKP", "crv": "Ed25519", "x": hostile.WEB_X, "use": "sig", "key_ops": ["verify"], "alg": "EdDSA"}
    ).encode()
    signature = sshbook.sign(REVIEWER, b"message").encode()
    letters = encoded("1", "z", "l", "0", "z6Mk")
    yield Reader("JSON", answers_of_texts.json_text, documents(), JSON_WORDS, growing.json_of, (Unreadable,))
    yield Reader(
        "document to be made canonical",
        answers_of_texts.canonical,
        documents(),
        JSON_WORDS,
        growing.json_of,
        (Unreadable, UnknownTerm, Malformed, TooLarge),
    )
    yield Reader(
        "N-Quads",
        answers_of_texts.statements,
        encoded("\n".join(graph) + "\n"),
        encoded("_:b0", "_:c14n1", " .\n", "<", '"', "\\u0041"),
        answers=(Unreadable, TooLarge),
    )
    yield Reader(
        "base58", answers_of_texts.base_58, encoded(KEY[1:], "111", ""), letters, growing.words_of, (ValueError,)
    )
    yield Reader(
        "public key",
        answers_of_texts.public_key,
        encoded(KEY, strangers.SECRET.one_line()),
        letters,
        growing.words_of,
        (ValueError,),
    )
    yield Reader(
        "JSON Web Key",
        answers_of_texts.web_key,
        (jwk,),
        JSON_WORDS,
        partial(growing.changed_json, data=jwk),
        (ValueError,),
    )
    yield Reader(
        "line of an SSH key",
        answers_of_texts.ssh_key,
        encoded(sshbook.line_of(REVIEWER)),
        encoded("ssh-rsa", " ", "AAAA", "=", "+"),
        answers=(ValueError,),
    )
    yield Reader(
        "signature by SSH",
        answers_of_texts.ssh_signature,
        (signature,),
        encoded("=\n", "-----", "AAAA", "\r\n"),
        answers=(ValueError,),
    )


def _of_strangers() -> Iterator[Reader]:
    """What verify is given."""
    good, (in_png, in_svg) = strangers.text(strangers.award()), baked()
    keys, bits = answers_of_verify.around()[strangers.KEY_DOCUMENT], zlib.compress(strangers.bits(), wbits=31)
    copy, status = answers_of_verify.around()[strangers.ASSERTION], answers_of_verify.around()[strangers.STATUS_LIST]
    token = b"eyJhbGciOiJFZERTQSJ9.e30.c2ln"
    badges = (token, *(data for data in corpus(".json", ".png", ".svg", ".bin") if len(data) < 20_000))
    listed = encoded("u" + urlsafe_b64encode(bits).decode().rstrip("="))
    yield Reader(
        "badge of any form",
        answers_of_verify.badge,
        (good, in_png, in_svg, *badges),
        (*JSON_WORDS, *PNG_WORDS, *SVG_WORDS),
        partial(growing.changed_json, data=good),
    )
    yield Reader(
        "badge in a PNG",
        answers_of_texts.baked_png,
        (in_png, *corpus(".png")[:40]),
        PNG_WORDS,
        growing.png_of,
        (Unreadable,),
    )
    yield Reader(
        "badge in an SVG",
        answers_of_texts.baked_svg,
        (in_svg, *corpus(".svg")[:40]),
        SVG_WORDS,
        growing.svg_of,
        (Unreadable,),
    )
    yield Reader(
        "badge that its issuer signed",
        answers_of_verify.signed_badge,
        documents(),
        JSON_WORDS,
        partial(growing.changed_json, data=good),
        (Unreadable, UnknownTerm, Malformed, TooLarge, LookupError),
    )
    yield Reader(
        "key document",
        answers_of_verify.beside(strangers.KEY_DOCUMENT),
        (keys, *corpus(".bin")[:1]),
        JSON_WORDS,
        partial(growing.changed_json, data=keys),
    )
    stolen = strangers.text({"issuer": strangers.DID, "keys": [{"id": strangers.METHOD, "compromised": "2026-02-20"}]})
    yield Reader(
        "list of stolen keys",
        answers_of_verify.stolen_keys,
        (stolen,),
        JSON_WORDS,
        partial(growing.changed_json, data=stolen),
    )
    yield Reader(
        "status list",
        answers_of_verify.beside(strangers.STATUS_LIST),
        (status,),
        JSON_WORDS,
        partial(growing.changed_json, data=status),
    )
    yield Reader("bits of a status list", answers_of_verify.status_bits, (bits,), (b"\x1f\x8b\x08\0",), growing.gzip_of)
    yield Reader(
        "text of a status list",
        answers_of_verify.status_text,
        listed,
        encoded("u", "H4sI", "=", "-", "_"),
        answers=(Malformed,),
    )
    yield Reader(
        "document of version 2.0",
        answers_of_verify.beside(strangers.ASSERTION),
        (copy,),
        JSON_WORDS,
        partial(growing.changed_json, data=copy),
    )
    yield Reader(
        "document that is handed over",
        answers_of_verify.handed_over,
        (keys, status),
        JSON_WORDS,
        growing.json_of,
        (Unreadable,),
    )
    yield Reader("file of a built site", answers_of_verify.built_site, (keys, *badges), JSON_WORDS, growing.json_of)
    yield Reader("answer of a host", answers_of_keepers.host_answer, ANSWERS, HTTP_WORDS, answers=(Doubt,))
    yield Reader("question of a browser", answers_of_keepers.preview, QUESTIONS, GET_WORDS)


def _of_keepers() -> Iterator[Reader]:
    """What those get who hold the key, and what programs are sent."""
    listed, stored = requested(), signatures.write(twophases.stack().signed([twophases.SECRET])).encode()
    event = json.dumps(
        {"action": "opened", "issue": {"body": forms()[0].decode(), "labels": [{"name": "claim"}]}}
    ).encode()
    events = tuple(path.read_bytes() for path in sorted((TESTS / "workflows" / "events").glob("*.json")))
    table = encoded(
        "name,badge,did,reviewer,date,conflict,evidence 1 title,evidence 1 url,score joints,email\nBo,soldering,Soldered.,kim,2026-05-30,none,Photo of the joints,https://example.org/a,Good,bo@example.org\n"
    )
    note = json.dumps([["content/a"], {"content/a/x.yaml": "0" * 64}]).encode()
    mark = b"This folder was made by blazon. It is replaced as a whole when the site below is built again.\nhttps://badges.example.org/\n"
    yield Reader(
        "signatures.json",
        answers_of_keepers.signature_list,
        (stored,),
        JSON_WORDS,
        partial(growing.changed_json, data=stored),
        (Unreadable,),
    )
    signed = rootbook.signed(rootbook.program(rootbook.FIRST), rootbook.FIRST)[rootbook.LIST]
    yield Reader(
        "list of keys",
        answers_of_keepers.key_list,
        (signed,),
        JSON_WORDS,
        partial(growing.changed_json, data=signed),
        (Unreadable,),
    )
    yield Reader(
        "requests.json",
        answers_of_keepers.requests,
        (listed,),
        JSON_WORDS,
        partial(growing.changed_json, data=listed),
        (Unreadable, Refused, BlazonError),
    )
    yield Reader(
        "key file",
        answers_of_keepers.key_file,
        (protected(), strangers.SECRET.one_line().encode(), b"\xff"),
        encoded("z", "1", " MiB"),
        mostly_cheap,
        (BlazonError,),
    )
    yield Reader(
        "event of an issue",
        answers_of_keepers.issue,
        (event, *events),
        JSON_WORDS,
        partial(growing.changed_json, data=event),
        (BlazonError,),
    )
    yield Reader(
        "form of an issue",
        answers_of_keepers.issue_body,
        forms(),
        encoded("### ", "### Badge\n\n", "- ", " (private): ", "https://", "_No response_", "- [x] "),
        answers=(BlazonError,),
    )
    yield Reader(
        "table of people",
        answers_of_keepers.sheet,
        (*table, b"PK\3\4" + bytes(40)),
        encoded(*growing._CELLS, *growing._HEADINGS, ",", ";", "\n", '"'),
        growing.csv_of,
    )
    yield Reader(
        "note of a killed run",
        answers_of_keepers.unfinished,
        (note, b"[[], {}]", mark),
        JSON_WORDS,
        growing.json_of,
        (BlazonError,),
    )


def _of_builds() -> Iterator[Reader]:
    """What a build reads that an earlier one left."""
    head, piece, record = answers_of_builds.HEAD, answers_of_builds.PIECE, answers_of_builds.RECORD
    recalled = answers_of_builds.RECALLED
    signed = answers_of_builds.credentials()
    refusal = (BlazonError,)
    yield Reader(
        "record of the last build",
        answers_of_builds.record,
        (record,),
        encoded("SOURCES", "SITE", "nearly-full", *'[]{},:"0'),
        partial(growing.changed_json, data=record),
    )
    yield Reader(
        "what the last build kept to be taken over",
        answers_of_builds.recalled,
        (recalled,),
        JSON_WORDS,
        partial(growing.changed_json, data=recalled),
        recalling.UNREAD,
    )
    yield Reader(
        "list of a part",
        answers_of_builds.list_of_part,
        (head,),
        JSON_WORDS,
        partial(growing.changed_json, data=head),
        refusal,
    )
    yield Reader(
        "list of a piece",
        answers_of_builds.list_of_piece,
        (piece,),
        encoded("index.html", ".blazon-part/", "../", "a/", *'[]{},:"0'),
        partial(growing.changed_json, data=piece),
        refusal,
    )
    yield Reader(
        "published document whose signature is kept",
        answers_of_builds.published,
        signed,
        JSON_WORDS,
        partial(growing.changed_json, data=signed[0]),
    )


READERS = {
    one.name: replace(
        one,
        found=tuple(FOUND.get(one.name, {}).values()),
        refused=(REFUSED[one.name],) if one.name in REFUSED else (),
    )
    for part in (of_files, _of_texts, _of_documents, _of_strangers, _of_keepers, _of_builds)
    for one in part()
}
