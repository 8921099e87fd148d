"""The kinds of value that fields hold: how each is read from text, and what a JSON Schema says of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from difflib import get_close_matches
from typing import Generic, Protocol, TypeVar

from blazon import ed25519, prose, sshsig
from blazon.diagnostics import Report, listed
from blazon.model import Duration
from blazon.prose import Fault, short
from blazon.source import Node, Text, name_of

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

MOST_CANDIDATES = 2_000
MOST_GUESSED = 200
FIRST_YEAR, LAST_YEAR = 1900, 2199

# Names that folders cannot have: Windows keeps the first for its devices, our own addresses use the second, and an earner's own
# file one of them: an award that is named like its badge would be taken for that file.
DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{digit}" for port in ("com", "lpt") for digit in range(10))})
ADDRESSES = frozenset({
    "404", "about", "achievements", "assets", "awards", "badges", "certificate", "claim", "claims", "did", "docs", "earner",
    "earners", "embed", "endorsements", "feed", "index", "keys", "kind", "ob2", "page", "pathways", "review", "search", "share",
    "skill", "static", "status", "subject", "verify", "versions",
})  # fmt: skip
MOST_SLUG = 64

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T([0-9]{2}):([0-9]{2}):([0-9]{2})Z)?")
_DURATION = re.compile(
    r"P(?=[0-9T])(?:([0-9]{1,3})Y)?(?:([0-9]{1,4})M)?(?:([0-9]{1,4})W)?(?:([0-9]{1,5})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,5})H)?(?:([0-9]{1,5})M)?)?",
)
_WHOLE = re.compile(r"0|[1-9][0-9]{0,17}")
_DECIMAL = re.compile(r"(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{1,4})?")
_DID_WEB = re.compile(
    r"did:web:(?:[a-z0-9-]{1,63}\.)+[a-z][a-z0-9-]{0,62}(?:%3A[0-9]{1,5})?(?::[A-Za-z0-9._-]{1,100}){0,8}"
)
_LANGUAGE = re.compile(r"[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_BASE = re.compile(r"https://[a-z0-9.-]+(?::[0-9]+)?(?:/[A-Za-z0-9._-]+)*/?")
_EMAIL = re.compile(r"[A-Za-z0-9._+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}")


class Reader(Protocol[T_co]):
    """Turns a node of a file into a value, or reports what is wrong and answers None."""

    @property
    def schema(self) -> Mapping[str, object]:
        """What a JSON Schema says of the value."""

    def read(self, node: Node, report: Report) -> T_co | None:
        """The value, or None when the report says why there is none."""


# What an editor may take text without quotes for: 012 is a number to it, and true is a yes. We read all of it as text.
SCALARS = ("string", "number", "boolean")
STRING = "string"  # of what can only look like text: dates, addresses, words from a list


@dataclass(frozen=True, slots=True)
class Value(Generic[T]):
    """A kind of value that is written as text. `noun` is how sentences call it, `example` what one looks like."""

    noun: str
    example: str
    convert: Callable[[Text, Report], T | None]
    constraints: Mapping[str, object] = field(default_factory=dict)

    @property
    def schema(self) -> Mapping[str, object]:
        """What a JSON Schema says of the value."""
        told = (
            {"patternErrorMessage": f"Write {self.noun}, such as {self.example}"}
            if "pattern" in self.constraints
            else {}
        )
        return {"type": [*SCALARS], **self.constraints, **told}

    def read(self, node: Node, report: Report) -> T | None:
        """The value that text stands for."""
        if not isinstance(node, Text):
            report.error("not-text", node.place, f"here stands {name_of(node)}; it should be {self.noun}.", self._hint)
            return None
        if not node.value or node.value.isspace():
            report.error("empty-value", node.place, f"nothing is written here; it should be {self.noun}.", self._hint)
            return None
        return self.convert(node, report)

    @property
    def _hint(self) -> str:
        """What to type."""
        return f"write {self.noun}, such as {self.example}; or delete the field"


def nearest(word: str, words: Iterable[str], report: Report | None = None) -> str:
    """The hint for a word that is unknown: the known one that looks most like it, or nothing.

    Looking takes long; once a report has many entries, nobody reads them one by one, and guessing stops.
    """
    if len(word) > MOST_SLUG * 2 or (report is not None and len(report) > MOST_GUESSED):
        return ""
    candidates = list(words)
    near = get_close_matches(word, candidates, n=1) if len(candidates) <= MOST_CANDIDATES else []
    return guess(near[0]) if near else ""


def guess(word: str) -> str:
    """The hint that a word was probably meant."""
    return f'did you mean "{word}"?'


def refused(text: Text, fault: Fault | None, report: Report) -> bool:
    """Whether text has a fault, which is then reported."""
    if fault:
        report.error(fault.code, text.place, fault.sentence, fault.hint)
    return fault is not None


def fault_in_slug(slug: str) -> Fault | None:
    """What is wrong with a name that becomes part of a path and of an address."""
    if len(slug) > MOST_SLUG:
        return Fault("bad-slug", f'"{short(slug)}" has {len(slug)} characters.', f"at most {MOST_SLUG} fit")
    if slug.startswith("xn--"):
        return Fault("bad-slug", f'"{slug}" begins with "xn--", which belongs to host names.', "use another name")
    if not _SLUG.fullmatch(slug):
        return Fault(
            "bad-slug",
            f'"{short(slug)}" is not made of lower-case words joined by "-".',
            f"{_suggested(slug)} a to z, 0 to 9, and - between words",
        )
    if slug in DEVICES:
        return Fault("bad-slug", f'"{slug}" is a name that Windows reserves.', "use another name")
    return None


def _suggested(slug: str) -> str:
    """What to write in place of a slug that is none."""
    words = re.sub("[^a-z0-9]+", "-", slug.lower()).strip("-")
    if words in DEVICES or not re.fullmatch("[A-Za-z0-9 ._-]*[A-Za-z0-9][A-Za-z0-9 ._-]*", slug):
        return "use words such as trail-first-aid, of"
    return f'use "{words}", of'


def _name(text: Text, report: Report) -> str | None:
    """A name or title."""
    return None if refused(text, prose.fault_in_name(text.value), report) else text.value


def _line(text: Text, report: Report) -> str | None:
    """One line of ordinary text."""
    value = text.value.strip()
    return None if refused(text, prose.fault_in_line(value), report) else value


def _markdown(text: Text, report: Report) -> str | None:
    """Long text, without the line ends around it."""
    value = text.value.strip("\n").rstrip()
    return None if refused(text, prose.fault_in_markdown(value), report) else value


def _slug(text: Text, report: Report) -> str | None:
    """A name that becomes part of an address."""
    return None if refused(text, fault_in_slug(text.value), report) else text.value


def _https(text: Text, report: Report) -> str | None:
    """An address that begins with https."""
    return None if refused(text, prose.fault_in_url(text.value), report) else text.value


def _term(text: Text, report: Report) -> str | None:
    """The address of a term in a framework, which may begin with http."""
    return None if refused(text, prose.fault_in_url(text.value, http=True), report) else text.value


def _base(text: Text, report: Report) -> str | None:
    """The base address of a site, with a slash at its end."""
    if refused(text, prose.fault_in_url(text.value), report):
        return None
    if "?" in text.value or "#" in text.value or "//" in text.value[8:] or "/." in text.value:
        report.error(
            "bad-url",
            text.place,
            "the address of a site has no question mark, no # and no empty or dotted part.",
            hint="such as https://example.org/badges/",
        )
        return None
    if not _BASE.fullmatch(text.value):
        message = "the issuer's identity is made from this address, and verifiers could not find it again."
        hint = "write the host in lower case, and after it only letters, digits, and . _ - between the slashes"
        report.error("bad-url", text.place, message, hint)
        return None
    return text.value if text.value.endswith("/") else f"{text.value}/"


def _date(text: Text, report: Report) -> datetime | None:
    """A moment in UTC; a date alone is its first second."""
    match = _DATE.fullmatch(text.value)
    hint = "write the year, month and day: 2026-05-14, or with the time in UTC: 2026-05-14T09:00:00Z"
    if not match:
        report.error("bad-date", text.place, f'"{short(text.value)}" is not a date that we read.', hint)
        return None
    try:
        moment = datetime(*(int(part or 0) for part in match.groups()), tzinfo=UTC)  # type: ignore[misc,arg-type] # six numbers, no zone
    except ValueError:
        report.error("bad-date", text.place, f'"{text.value}" is not in the calendar.', hint)
        return None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        report.error("bad-date", text.place, f"the year {moment.year:04} is not one that we read.", hint)
        return None
    return moment


def _duration(text: Text, report: Report) -> Duration | None:
    """An ISO 8601 duration."""
    match = _DURATION.fullmatch(text.value)
    units = [int(part or 0) for part in match.groups()] if match else []
    if not any(units):
        report.error(
            "bad-duration",
            text.place,
            f'"{short(text.value)}" is not a duration that we read.',
            hint="write P2Y for two years, P6M for six months, P10D for ten days, PT12H for twelve hours, PT1H30M",
        )
        return None
    return Duration(*units)


def _validity(text: Text, report: Report) -> Duration | None:
    """How long something counts; the empty duration stands for "ever"."""
    return Duration() if text.value == "ever" else _duration(text, report)


def _decimal(text: Text, report: Report) -> Decimal | None:
    """A number that is not negative, with at most four decimals."""
    if not _DECIMAL.fullmatch(text.value):
        report.error(
            "bad-number",
            text.place,
            f'"{short(text.value)}" is not a number that we read.',
            hint="write digits, with a point before at most four decimals: 1.5",
        )
        return None
    return Decimal(text.value)


def _figure(text: Text, report: Report) -> str | None:
    """A number, kept as it was written."""
    return None if _decimal(text, report) is None else text.value


def _yes_or_no(text: Text, report: Report) -> bool | None:
    """True or false, in these words only."""
    if text.value in ("true", "false"):
        return text.value == "true"
    meant = {"yes": "true", "on": "true", "no": "false", "off": "false"}.get(text.value.lower(), text.value.lower())
    report.error(
        "bad-choice",
        text.place,
        f'"{short(text.value)}" is neither true nor false.',
        hint=f"write {meant}" if meant in ("true", "false") else "write true or false",
    )
    return None


def _language(text: Text, report: Report) -> str | None:
    """A language tag of the shape that Open Badges admits."""
    if _LANGUAGE.fullmatch(text.value):
        return text.value
    report.error(
        "bad-language",
        text.place,
        f'"{short(text.value)}" is not a language tag.',
        hint="write two letters, and a country or script where it matters: en, nl, pt-BR, sr-Latn",
    )
    return None


def is_email(text: str) -> bool:
    """Whether a text is one e-mail address, in plain letters."""
    return _EMAIL.fullmatch(text) is not None


def _email(text: Text, report: Report) -> str | None:
    """An e-mail address."""
    if is_email(text.value):
        return text.value
    report.error(
        "bad-email", text.place, f'"{short(text.value)}" is not an e-mail address.', "such as badges@example.org"
    )
    return None


def _contact(text: Text, report: Report) -> str | None:
    """A web address, an e-mail address, or a line of text."""
    if is_email(text.value) or not prose.fault_in_url(text.value):
        return text.value
    if "://" in text.value:
        return _https(text, report)
    return _line(text, report)


def _identity(text: Text, report: Report) -> str | None:
    """Who somebody is: a web address, a did:key or a did:web."""
    value = text.value
    if prose.has_email(value):
        report.error(
            "email-in-clear",
            text.place,
            "an e-mail address stands here in clear, and would be public for ever.",
            hint="write its hash and salt, a did:key, the address of the earner's own page, or nothing",
        )
        return None
    if value.startswith("did:key:"):
        return None if _public_key(Text(value.removeprefix("did:key:"), text.place), report) is None else value
    if value.startswith("did:"):
        if _DID_WEB.fullmatch(value):
            return value
        hint = "write did:web:example.org, or did:key:z6Mk…"
        report.error("bad-identity", text.place, f'"{short(value)}" is not a DID that we read.', hint)
        return None
    return _https(text, report)


def _public_key(text: Text, report: Report) -> bytes | None:
    """The bytes of an Ed25519 public key."""
    try:
        return ed25519.read(text.value)
    except ValueError as error:
        hint = 'copy the line that begins with z6Mk from "blazon key show"'
        report.error("bad-key", text.place, f"this is not a public key that we accept: {error}.", hint)
        return None


def _ssh_key(text: Text, report: Report) -> bytes | None:
    """The bytes of an Ed25519 public key as OpenSSH writes it; the comment after it is not kept."""
    if refused(text, prose.fault_in_line(text.value), report):
        return None
    try:
        return sshsig.read_key(text.value)
    except ValueError as error:
        hint = "make one with: ssh-keygen -t ed25519, and copy the line in its .pub file"
        report.error("bad-key", text.place, f"this is not a key to sign reviews with: {error}.", hint)
        return None


def whole(least: int, most: int) -> Value[int]:
    """A whole number between two others."""

    def convert(text: Text, report: Report) -> int | None:
        hint = f"write a number from {least} to {most:,}, in digits" if most < MOST_CANDIDATES else "write it in digits"
        if _WHOLE.fullmatch(text.value) and least <= int(text.value) <= most:
            return int(text.value)
        report.error("bad-number", text.place, f'"{short(text.value, 20)}" is not a number that fits here.', hint)
        return None

    bounds = {"type": ["integer", "string"], "pattern": f"^(?:{_WHOLE.pattern})$"}
    return Value("a whole number", str(least), convert, {**bounds, "minimum": least, "maximum": most})


def choice(*words: str) -> Value[str]:
    """One of a few words."""
    return chosen({word: word for word in words})


def chosen(values: Mapping[str, T]) -> Value[T]:
    """One of a few words, each of which stands for a value."""

    def convert(text: Text, report: Report) -> T | None:
        if text.value in values:
            return values[text.value]
        hint = nearest(text.value.lower(), values, report) or f"write {listed(values)}"
        report.error("bad-choice", text.place, f'"{short(text.value)}" is not one of {listed(values, "and")}.', hint)
        return None

    return Value(listed(values), next(iter(values)), convert, {"type": STRING, "enum": list(values)})


def pattern(expression: str, noun: str, example: str) -> Value[str]:
    """Text of a fixed shape."""
    compiled = re.compile(expression)

    def convert(text: Text, report: Report) -> str | None:
        if compiled.fullmatch(text.value):
            return text.value
        if prose.has_email(text.value):
            return _identity(text, report)
        report.error("bad-value", text.place, f'"{short(text.value)}" is not {noun}.', f"such as {example}")
        return None

    return Value(noun, example, convert, {"pattern": f"^(?:{expression})$"})


NAME = Value("a name", "Ada Example", _name, {"maxLength": prose.MOST_NAME})
LINE = Value("one line of text", "Leads a group of young people", _line, {"maxLength": prose.MOST_LINE})
MARKDOWN = Value("text", "Plan and lead two sessions.", _markdown, {"maxLength": prose.MOST_TEXT})
SLUG = Value(
    "a name for an address", "trail-first-aid", _slug, {"pattern": f"^{_SLUG.pattern}$", "maxLength": MOST_SLUG}
)
HTTPS = Value(
    "a web address", "https://example.org/plans.pdf", _https, {"type": STRING, "format": "uri", "pattern": "^https://"}
)
TERM = Value(
    "a web address",
    "http://data.europa.eu/esco/skill/1",
    _term,
    {"type": STRING, "format": "uri", "pattern": "^https?://"},
)
BASE = Value(
    "the address of the site",
    "https://example.org/badges/",
    _base,
    {"type": STRING, "format": "uri", "pattern": "^https://"},
)
DATE = Value("a date", "2026-05-14", _date, {"type": STRING, "pattern": f"^{_DATE.pattern}$"})
DURATION = Value("a duration", "P2Y", _duration, {"type": STRING, "pattern": f"^{_DURATION.pattern}$"})
VALIDITY = Value(
    "a duration or the word ever", "P2Y", _validity, {"type": STRING, "pattern": f"^(?:ever|{_DURATION.pattern})$"}
)
_NUMBER = {"type": ["number", "string"], "minimum": 0, "pattern": f"^(?:{_DECIMAL.pattern})$"}
DECIMAL = Value("a number", "1.5", _decimal, _NUMBER)
FIGURE = Value("a number", "60", _figure, _NUMBER)
YES_NO = Value("true or false", "true", _yes_or_no, {"type": ["boolean", "string"], "pattern": "^(?:true|false)$"})
LANGUAGE = Value("a language tag", "en", _language, {"pattern": f"^{_LANGUAGE.pattern}$"})
EMAIL = Value("an e-mail address", "badges@example.org", _email, {"type": STRING, "format": "email"})
CONTACT = Value("an address or e-mail address", "badges@example.org", _contact)
IDENTITY = Value(
    "a web address or DID", "https://partner.example.org/", _identity, {"type": STRING, "pattern": "^(?:https://|did:)"}
)
OPTION = pattern(r"[a-z][a-z0-9_]{0,39}", "the name of an option", "accent")
PUBLIC_KEY = Value(
    "a public key",
    "z6MkmQqaGDjvPZ4JkDPRVMqSwGJr1paMutKXeh2cq6k4oVAh",
    _public_key,
    {"type": STRING, "pattern": "^z6Mk"},
)
SHA256 = pattern("[0-9a-f]{64}", "a SHA-256 digest (64 lower-case hex digits)", "the output of: sha256sum FILE")
SSH_KEY = Value(
    "an OpenSSH public key", "ssh-ed25519 AAAA… (the .pub file)", _ssh_key, {"type": STRING, "pattern": "^ssh-ed25519 "}
)
