"""What text, names and addresses may hold: pure rules on strings, shared by the readers of files and by the pages."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from itertools import groupby

MOST_NAME = 200
MOST_LINE = 1_000
MOST_TEXT = 16_000
MOST_PARAGRAPH = 4_000
MOST_MARKS = 200
MOST_URL = 2_000
MOST_COMBINING = 3
MOST_QUOTED = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text is refused: a stable code, a sentence, and what to type instead."""

    code: str
    sentence: str
    hint: str = ""


_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_AT_HOME = r"(?i:local|localhost|localdomain|internal)"  # the last word of names that mean another machine everywhere
_HOST = (
    rf"(?=[^/?#:]{{4,253}}(?:[/?#:]|\Z))(?:{_LABEL}\.)+"
    rf"(?!{_AT_HOME}(?:[/?#:]|\Z))[a-zA-Z](?:[a-zA-Z0-9-]{{0,61}}[a-zA-Z0-9])"
)
_PORT = r"(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"
_CHARACTER = r"(?:[A-Za-z0-9._~:@!$'()*+,;=-]|&(?!#|[A-Za-z0-9]+;)|%[0-9A-Fa-f]{2})"
_AFTER_HOST = rf"(?::{_PORT})?(?:/(?:{_CHARACTER}|/)*(?:\?(?:{_CHARACTER}|[/?])*)?(?:#(?:{_CHARACTER}|[/?])*)?)?"
_HTTPS = re.compile(rf"https://{_HOST}{_AFTER_HOST}")
_HTTP_OR_HTTPS = re.compile(rf"https?://{_HOST}{_AFTER_HOST}")

# Code points that Unicode keeps for ever as no characters: no document and no signature can carry the last two of a plane.
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(f"{chr(end - 1)}{chr(end)}" for end in range(0xFFFF, 0x110000, 0x10000))
_EMAIL = re.compile(r"(?<=[\w.%+-])@\w[\w-]*(?:\.[\w-]+)+")
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffc\U000e0000-\U000e007f"
    f"{_NONCHARACTERS}]"
)
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")  # letters, marks and symbols that show nothing
_NEEDS_A_LOOK = re.compile(r"[^ -~\n]|[\[<`@]")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_IMAGE = re.compile(r"(?<!\\)!\[")
_LINK_TARGET = re.compile(r"\]\(\s*(?:<([^>\n]*)>|([^\s)]*))")
_LINK_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]+\]:[ \t]*\n?[ \t]*(?:<([^>\n]*)>|(\S*))", re.MULTILINE)
_WORD_BREAK = re.compile(r"[\W_]+")


def fault_in_name(text: str, most: int = MOST_NAME) -> Fault | None:
    """What is wrong with a name or title: NFC, 1 to 200 characters, each of which a reader can see and tell apart."""
    if len(text) > most:
        hint = f"at most {most} characters fit; put the rest into the summary or the text"
        return Fault("too-long", f"this has {len(text):,} characters.", hint)
    if text.isascii() and text.isprintable() and "@" not in text and text == text.strip():
        return None
    return (
        _fault_of_edges(text)
        or _fault_of_characters(text)
        or _fault_of_normalization(text)
        or _fault_of_marks(text)
        or _fault_of_scripts(text)
        or _fault_of_emails(text)
    )


def fault_in_line(text: str, most: int = MOST_LINE) -> Fault | None:
    """What is wrong with one line of ordinary text."""
    if len(text) > most:
        return Fault("too-long", f"this has {len(text):,} characters.", f"at most {most:,} characters fit here")
    if "\n" in text:
        return Fault("line-break", "this has a line break; it is shown on one line.", "write it as one line")
    if not _NEEDS_A_LOOK.search(text):
        return None
    return fault_of_hidden(text) or _fault_of_normalization(text) or _fault_of_emails(text)


def fault_in_markdown(text: str) -> Fault | None:
    """What is wrong with long text, as far as its characters tell: sizes, images, link targets, e-mail addresses.

    What Markdown makes of it is judged where it is rendered; nothing that gets past here can keep that busy.
    """
    if len(text) > MOST_TEXT:
        hint = f"at most {MOST_TEXT:,} fit; keep long documents elsewhere with a link to them"
        return Fault("too-long", f"this text has {len(text):,} characters.", hint)
    if len(text) <= MOST_PARAGRAPH and not _NEEDS_A_LOOK.search(text):
        return None
    return (
        fault_of_hidden(text)
        or _fault_of_paragraphs(text)
        or _fault_of_images(text)
        or _fault_of_links(text)
        or _fault_of_normalization(text)
        or _fault_of_emails(text)
    )


def keeps_busy(text: str) -> bool:
    """Whether long text is so long, or so full of markup, that reading it takes long, whatever else is wrong with it."""
    return len(text) > MOST_TEXT or _fault_of_paragraphs(text) is not None


def fault_in_url(url: str, *, http: bool = False) -> Fault | None:
    """What is wrong with an address that people will follow; `http` admits the names of terms in older frameworks."""
    if len(url) > MOST_URL:
        return Fault(
            "bad-url", f"this address has {len(url):,} characters.", f"at most {MOST_URL:,} characters are kept"
        )
    if (_HTTP_OR_HTTPS if http else _HTTPS).fullmatch(url):
        return None
    return Fault("bad-url", *_refused_url(url, http=http))


def short(text: str, most: int = MOST_QUOTED) -> str:
    """Text as a sentence quotes it: whole when it is short, else its beginning."""
    return text if len(text) <= most else f"{text[:most]}…"


def has_email(text: str) -> bool:
    """Whether an e-mail address stands somewhere in a text."""
    return "@" in text and _EMAIL.search(text) is not None


def _refused_url(url: str, *, http: bool) -> tuple[str, str]:
    """The sentence and the hint for an address that is refused."""
    scheme, colon, rest = url.partition("://")
    if not colon or scheme not in ("http", "https"):
        return "this is no web address.", "write the whole address, beginning with https://"
    if scheme == "http" and not http:
        return "this address begins with http://, which anyone on the way can change.", f"https://{rest[:60]}"
    return _refused_host(url, re.split(r"[/?#\\]", rest, maxsplit=1)[0])


def _refused_host(url: str, authority: str) -> tuple[str, str]:
    """The sentence and the hint for an address whose scheme is good and whose host, or the rest, is not."""
    if "@" in authority:
        return "this address carries a user name.", "delete what stands between // and @"
    host = authority.partition(":")[0]
    if not url.isascii():
        return _refused_script(host)
    if authority.startswith("[") or host.rpartition(".")[2].isdigit():
        return "this address uses numbers in place of a host name.", "use the name of the site"
    if "." not in host.strip(".") or re.fullmatch(_AT_HOME, host.rpartition(".")[2]):
        return "the name after https:// is not one of the public internet.", "use an address that anybody can open"
    return (
        "this address has characters that do not belong in one.",
        "copy it from the browser's address bar; a space is written %20",
    )


def _refused_script(host: str) -> tuple[str, str]:
    """The sentence and the hint for an address with characters beyond ASCII, in its host or after it."""
    if host.isascii():
        return (
            "this address has characters beyond ASCII.",
            "copy it from the browser's address bar, which writes them as %C3%A9",
        )
    try:
        written = host.encode("idna").decode("ascii")
    except UnicodeError:
        written = "its xn-- form"
    return "the host of this address is not written in ASCII.", f"write the host as {written}"


def _fault_of_edges(text: str) -> Fault | None:
    """A name has something in it, and no space around it."""
    if text == text.strip():
        return None
    return Fault("name-character", "this begins or ends with a space.", f'write "{text.strip()}"')


def _fault_of_characters(text: str) -> Fault | None:
    """A name holds no character that is invisible or has no agreed look."""
    for index, character in enumerate(text):
        category = unicodedata.category(character)
        if category[0] != "C" and category not in ("Zl", "Zp") and character not in _BLANK:
            continue
        if character in "\u200c\u200d" and _is_between_letters(text, index):
            continue
        return Fault(
            "name-character",
            f"character {index + 1} of this name cannot be seen (U+{ord(character):04X}).",
            "delete it; typing the name again by hand is the quickest way",
        )
    return None


def _is_between_letters(text: str, index: int) -> bool:
    """Whether a joiner stands where some scripts and emoji need one: between two characters beyond ASCII."""
    return 0 < index < len(text) - 1 and not text[index - 1].isascii() and not text[index + 1].isascii()


def fault_of_hidden(text: str) -> Fault | None:
    """Text holds no control character and none that changes the direction of its surroundings."""
    found = _HIDDEN.search(text)
    if not found:
        return None
    return Fault(
        "hidden-character", f"this text has a character that cannot be seen (U+{ord(found[0]):04X}).", "delete it"
    )


def _fault_of_normalization(text: str) -> Fault | None:
    """Text is in Unicode's composed form, so that equal texts are equal bytes."""
    if unicodedata.is_normalized("NFC", text):
        return None
    composed = unicodedata.normalize("NFC", text)
    hint = (
        f'write "{composed}"'
        if len(composed) <= MOST_QUOTED
        else "type its accented letters again; some are stored in two pieces"
    )
    return Fault("not-nfc", "this is not in Unicode's composed form (NFC).", hint)


def _fault_of_marks(text: str) -> Fault | None:
    """At most three combining marks stand on one letter."""
    marks = (
        len(list(run)) for is_mark, run in groupby(text, lambda one: unicodedata.category(one)[0] == "M") if is_mark
    )
    if max(marks, default=0) <= MOST_COMBINING:
        return None
    return Fault("combining-marks", f"more than {MOST_COMBINING} marks are stacked on one letter.", "delete the marks")


def _fault_of_scripts(text: str) -> Fault | None:
    """The letters of one word come from one script, so that a name cannot be imitated by look-alikes."""
    for word in _WORD_BREAK.split(text):
        if word.isascii():
            continue
        scripts = {script: letter for letter in word if (script := _script(letter))}
        if len(scripts) > 1:
            named = " and ".join(f"{script.capitalize()} ({letter})" for script, letter in sorted(scripts.items()))
            return Fault(
                "mixed-scripts",
                f'the word "{word[:40]}" mixes letters of different scripts: {named}.',
                "type the word again on one keyboard layout",
            )
    return None


# The first word of a letter's Unicode name tells its script, but for these.
_SCRIPTS = {
    "CJK": "east Asian",
    "IDEOGRAPHIC": "east Asian",
    "HIRAGANA": "east Asian",
    "KATAKANA": "east Asian",
    "KATAKANA-HIRAGANA": "east Asian",
    "BOPOMOFO": "east Asian",
    "HANGUL": "east Asian",
    "FEMININE": "LATIN",
    "MASCULINE": "LATIN",
    "MODIFIER": "",
    "MICRO": "",
}


def _script(letter: str) -> str:
    """The script that a letter belongs to, or nothing for marks, digits and letters that all scripts share."""
    if unicodedata.category(letter)[0] != "L":
        return ""
    first = unicodedata.name(letter, "").partition(" ")[0]
    return _SCRIPTS.get(first, first)


def _fault_of_emails(text: str) -> Fault | None:
    """No text holds an e-mail address: what git keeps, it keeps for ever."""
    if not has_email(text):
        return None
    return Fault(
        "email-in-text",
        "this text has an e-mail address in it, which would be public for ever.",
        'delete it; an award names its earner under "recipient", by a hash, and the program its own address under "contact"',
    )


def _fault_of_paragraphs(text: str) -> Fault | None:
    """No paragraph is so long, or so full of markup, that reading it takes long."""
    for paragraph in _BLANK_LINE.split(text):
        if len(paragraph) > MOST_PARAGRAPH:
            hint = f"at most {MOST_PARAGRAPH:,} fit; put an empty line between paragraphs"
            return Fault("too-long", f"a paragraph has {len(paragraph):,} characters.", hint)
        for mark in "[<`":
            if paragraph.count(mark) > MOST_MARKS:
                hint = f"at most {MOST_MARKS} fit; put an empty line between paragraphs"
                return Fault("too-long", f'a paragraph has "{mark}" {paragraph.count(mark):,} times.', hint)
    return None


def _fault_of_images(text: str) -> Fault | None:
    """Text brings no pictures."""
    if not _IMAGE.search(text):
        return None
    return Fault(
        "image-in-text",
        'text cannot show a picture ("![").',
        "link to it without the exclamation mark, or list it as evidence",
    )


def _fault_of_links(text: str) -> Fault | None:
    """Every link leads to an https address."""
    if "](" not in text and "]:" not in text:
        return None
    for match in (*_LINK_TARGET.finditer(text), *_LINK_DEFINITION.finditer(text)):
        target = html.unescape(match[1] or match[2] or "")
        fault = fault_in_url(target)
        if fault:
            return Fault("bad-link", f'a link leads to "{short(target)}": {fault.sentence}', fault.hint)
    return None
