"""The tables of fields: each is described, each example is one that its reader accepts, and places are exact."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

import sshbook
from blazon import fields, values
from blazon.diagnostics import Place, Report
from blazon.model import Duration, Recipient
from blazon.records import Either, Field, Listing, Made, Mapped, Record
from blazon.source import Node, Text, parse
from blazon.values import nearest, whole

PLACE = Place("x.yaml", 1, 1)


def records(reader: Any) -> Iterator[Record[Any]]:
    """Every record that a reader is made of."""
    match reader:
        case Record():
            yield reader
            for field in reader.fields.values():
                yield from records(field.reader)
        case Listing():
            yield from records(reader.entry)
        case Mapped():
            yield from records(reader.value)
        case Either():
            yield from records(reader.text)
            yield from records(reader.table)
        case Made():
            yield from records(reader.of)


EVERY_RECORD = [one for record in (*fields.FILES.values(), fields.ERASED_AWARD) for one in records(record)]
SHORTENED = ("…", "ssh-keygen", "sha256sum")
EVERY_FIELD = [(record, field) for record in EVERY_RECORD for field in record.fields.values()]
WITH_WHOLE_EXAMPLE = [
    field for _, field in EVERY_FIELD if field.example and not any(mark in field.example for mark in SHORTENED)
]


def value_of(text: str, reader: Any) -> Any:
    """What a reader makes of text, which it must accept."""
    report = Report()
    value = reader.read(Text(text, PLACE), report)
    assert [one.as_text() for one in report] == []
    return value


def code_of(text: str, reader: Any) -> str:
    """The code of the one diagnostic with which a reader refuses text."""
    report = Report()
    assert reader.read(Text(text, PLACE), report) is None
    (diagnostic,) = report
    assert diagnostic.hint
    return diagnostic.code


@pytest.mark.parametrize(
    ("record", "field"), EVERY_FIELD, ids=lambda one: getattr(one, "name", getattr(one, "noun", ""))
)
def test_every_field_says_what_it_is_and_shows_how_it_looks(record: Record[Any], field: Field) -> None:
    assert field.help.endswith(".")
    assert field.example or (record.noun, field.name) == ("the list of reviewers", "reviewers")


@pytest.mark.parametrize("field", WITH_WHOLE_EXAMPLE, ids=lambda field: field.name)
def test_every_example_is_accepted(field: Field) -> None:
    in_braces = isinstance(field.reader, Mapped) and not field.example.startswith("{")
    text = f"{field.name}: {{{field.example}}}\n" if in_braces else f"{field.name}: {field.example}\n"
    report = Report()
    table = parse("x.yaml", text.encode(), report)
    assert table is not None
    field.reader.read(table.entries[field.name], report)
    assert [one.as_text() for one in report if one.code != "missing-field"] == []


def test_every_file_has_a_schema() -> None:
    for record in fields.FILES.values():
        schema = record.schema
        assert schema["additionalProperties"] is False
        properties = schema["properties"]
        assert isinstance(properties, dict)
        assert list(properties) == list(record.fields)
        assert all(one["description"] for one in properties.values())


def test_dates_are_moments_in_utc() -> None:
    assert value_of("2026-05-14", values.DATE) == datetime(2026, 5, 14, tzinfo=UTC)
    assert value_of("2026-05-14T09:30:00Z", values.DATE) == datetime(2026, 5, 14, 9, 30, tzinfo=UTC)
    assert value_of("2028-02-29", values.DATE).day == 29


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30", "2026-13-01", "2026-5-14", "26-05-14", "2026-05-14T09:00:00", "2026-05-14T09:00:00+02:00",
        "2026-05-14T24:00:00Z", "2026-05-14T09:00:60Z", "2026-05-14t09:00:00z", "2026-W20-4", "٢٠٢٦-٠٥-١٤",
        "1899-12-31", "2200-01-01", "0000-00-00", "2026-05-14 ", "2026-05-14T09:00:00.0Z",
    ],
)  # fmt: skip
def test_other_dates_are_refused(text: str) -> None:
    assert code_of(text, values.DATE) == "bad-date"


def test_durations_are_calendar_units() -> None:
    assert value_of("P2Y", values.DURATION) == Duration(years=2)
    assert value_of("P1Y6M2W3DT4H5M", values.DURATION) == Duration(1, 6, 2, 3, 4, 5)
    assert value_of("PT90M", values.DURATION) == Duration(minutes=90)
    assert value_of("ever", values.VALIDITY) == Duration()


@pytest.mark.parametrize(
    "text", ["P", "PT", "P0D", "2Y", "P2", "PT1.5H", "P1D2Y", "PT1S", "P-1D", "P1YT", "P" + "9" * 50 + "Y", "Ever"]
)
def test_other_durations_are_refused(text: str) -> None:
    assert code_of(text, values.VALIDITY) == "bad-duration"


def test_numbers_are_what_they_look_like() -> None:
    assert value_of("41873", whole(0, 99_999)) == 41873
    assert value_of("1.5", values.DECIMAL) == Decimal("1.5")
    assert value_of("60.50", values.FIGURE) == "60.50"


@pytest.mark.parametrize("text", ["010", "-1", "1_000", "0x1F", "1e3", "+1", "٣", "9" * 5_000, "100000", "1.0", ""])
def test_b7_other_whole_numbers_are_refused(text: str) -> None:
    assert code_of(text, whole(0, 99_999)) in {"bad-number", "empty-value"}


@pytest.mark.parametrize("text", ["1,5", "1.", ".5", "1.23456", "-1", "NaN", "inf", "1e3", "9" * 5_000])
def test_other_numbers_are_refused(text: str) -> None:
    assert code_of(text, values.DECIMAL) == "bad-number"


def test_refused_numbers_are_not_printed_whole() -> None:
    report = Report()
    whole(0, 9).read(Text("9" * 5_000, PLACE), report)
    (diagnostic,) = report
    assert len(diagnostic.as_text()) < 200


@pytest.mark.parametrize("text", ["yes", "no", "True", "TRUE", "1", "on"])
def test_only_true_and_false_are_true_and_false(text: str) -> None:
    assert value_of("true", values.YES_NO) is True
    assert value_of("false", values.YES_NO) is False
    assert code_of(text, values.YES_NO) == "bad-choice"


@pytest.mark.parametrize("slug", ["a", "trail-first-aid", "summer-2026", "0", "a" * 64])
def test_slugs_are_words_joined_by_hyphens(slug: str) -> None:
    assert value_of(slug, values.SLUG) == slug


@pytest.mark.parametrize(
    "slug",
    [
        "A", "a b", "a.", "-a", "a-", "a--b", "..", "%2e%2e", "a\\b", "a\n", "$(touch x)", "а", "\u212a", "é", "．．",
        "a/b", "con", "nul", "com1", "lpt9", "aux", "xn--a", "a" * 65, "a_b",
    ],
)  # fmt: skip
def test_a4_to_a8_other_slugs_are_refused(slug: str) -> None:
    assert code_of(slug, values.SLUG) == "bad-slug"


def test_languages_are_tags_that_open_badges_admits() -> None:
    for tag in ("en", "nl", "pt-BR", "sr-Latn", "es-419", "zh-Hant-TW"):
        assert value_of(tag, values.LANGUAGE) == tag
    for tag in ("english", "EN", "en-us", "e", "en_US", "en\n"):
        assert code_of(tag, values.LANGUAGE) == "bad-language"


def test_identities_are_addresses_and_dids() -> None:
    key = "did:key:z6MkmQqaGDjvPZ4JkDPRVMqSwGJr1paMutKXeh2cq6k4oVAh"
    for identity in (key, "did:web:example.org", "did:web:example.org%3A8443:a:b", "https://example.org/"):
        assert value_of(identity, values.IDENTITY) == identity
    assert code_of("did:key:z6Mk", values.IDENTITY) == "bad-key"
    assert code_of("did:web:localhost", values.IDENTITY) == "bad-identity"
    assert code_of("did:example:1", values.IDENTITY) == "bad-identity"
    assert code_of("http://example.org/", values.IDENTITY) == "bad-url"
    assert code_of("mailto:ada@example.org", values.IDENTITY) == "email-in-clear"


def test_a_recipient_may_be_an_identity_alone() -> None:
    reader = fields.AWARD.fields["recipient"].reader
    assert value_of("did:web:example.org", reader) == Recipient(id="did:web:example.org")


def test_base_addresses_end_with_a_slash() -> None:
    assert value_of("https://example.org", values.BASE) == "https://example.org/"
    assert value_of("https://example.org/a/", values.BASE) == "https://example.org/a/"


@pytest.mark.parametrize("end", ["~ada/", "@ada/", "a:b/", "a&b/", "a'b/", "a;b=c/", "a%20b/", "%2e%2e/", "a b/"])
def test_base_addresses_become_identities_that_are_found_again(end: str) -> None:
    report = Report()
    assert values.BASE.read(Text(f"https://example.org/{end}", Place("content/site.yaml", 1, 6)), report) is None
    assert [one.code for one in report] == ["bad-url"]
    for text in (
        "https://example.org/?a",
        "https://example.org/#a",
        "https://example.org//a",
        "https://example.org/../a",
    ):
        assert code_of(text, values.BASE) == "bad-url"


def test_contacts_are_addresses_mail_or_words() -> None:
    for contact in ("badges@example.org", "https://example.org/contact", "Mill Street 1, Riverbend"):
        assert value_of(contact, values.CONTACT) == contact
    assert code_of("http://example.org/", values.CONTACT) == "bad-url"


def test_signatures_and_ssh_keys_have_their_shape() -> None:
    signature = "-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\nAAAA==\n-----END SSH SIGNATURE-----\n"
    assert value_of(signature, fields.SSH_SIGNATURE) == signature
    assert code_of("signed, Kim", fields.SSH_SIGNATURE) == "bad-value"
    assert value_of(f"{sshbook.line_of('kim')} kim's laptop", values.SSH_KEY) == sshbook.secret_of("kim").public
    assert code_of("ssh-rsa AAAA", values.SSH_KEY) == "bad-key"


def test_near_misses_are_suggested_and_far_ones_are_not() -> None:
    assert nearest("soldring", ["soldering", "welding"]) == 'did you mean "soldering"?'
    assert nearest("xyz", ["soldering", "welding"]) == ""
    assert nearest("a" * 5_000, ["a" * 5_000]) == ""
    assert nearest("a1", [f"a{number}" for number in range(5_000)]) == ""


@pytest.mark.parametrize(
    "reader", [values.NAME, Listing(values.NAME), fields.EFFORT, Mapped(values.SLUG, values.NAME, "names")]
)
def test_what_is_of_another_shape_is_refused(reader: Any) -> None:
    table = parse("x.yaml", b"text: x\nnothing:\nlist: [[x]]\ntable: {x: [y]}\n", Report())
    assert table is not None
    for name, node in table.entries.items():
        report = Report()
        _read(node, reader, report)
        assert all(one.hint for one in report), name
        assert all(
            one.code in {"not-text", "not-a-list", "not-a-table", "empty-value", "unknown-field", "missing-field"}
            for one in report
        )


def _read(node: Node, reader: Any, report: Report) -> None:
    assert (reader.read(node, report) is None) == bool(len(report))


def test_long_lists_are_refused() -> None:
    table = parse("x.yaml", b"a: [x, x, x]", Report())
    assert table is not None
    report = Report()
    assert Listing(values.NAME, most=2).read(table.entries["a"], report) is None
    assert [one.code for one in report] == ["too-long"]
