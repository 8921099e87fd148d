"""Inputs that are grown rather than bent: well-formed as far as their format goes, and odd in what they say."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from strangers import png_chunk

_NAMES = ("a", "é", "", "id", "@id", "@context", "type", "name", "proof", "issuer", "__proto__", "constructor", "1", "x" * 70)  # fmt: skip
_TEXTS = (
    *("", "a", "é", "𝔞", "\0", "\ud800", "</script>", "urn:uuid:1", "https://example.org/a", "did:web:example.org", "_:b0", "2026-05-14"),
    *("2026-05-14T09:00:00Z", "2026-02-30T09:00:00Z", "0000-01-01T00:00:00Z", "z6Mk", "sha256-", "\u202e", "x" * 300, "true", "null"),
)  # fmt: skip
_ATOMS: tuple[Any, ...] = (None, True, False, 0, -0.0, 1, -1, 3.0, 0.1, 1e-7, 1e20, 2**53 - 1, 2**53, -(2**53), 1e308, [], {}, [[]], [{}], {"": {}})  # fmt: skip

Letters = Callable[[Random], str]


def json_of(random: Random) -> bytes:
    """An object in JSON, now and then with something that the standard does not allow, or that readers see differently."""
    text = json.dumps(_object(random, 0), ensure_ascii=random.random() < 0.5).encode("utf-8", "surrogatepass")
    if random.random() < 0.2:
        deep = random.choice((31, 32, 33, 1000, 100_000))
        opened, closed = random.choice(((b"[", b"]"), (b'{"a":', b"}")))
        text = b'{"a":' + opened * deep + b"1" + closed * random.choice((deep, deep - 1)) + b"}"
    return text


def _object(random: Random, depth: int) -> dict[str, Any]:
    """An object."""
    return {random.choice(_NAMES): value_of(random, depth + 1) for _ in range(random.randrange(6))}


def value_of(random: Random, depth: int = 0) -> Any:
    """Any value, most of them small."""
    kind = random.random()
    if depth < 6 and kind < 0.2:
        return _object(random, depth)
    if depth < 6 and kind < 0.4:
        return [value_of(random, depth + 1) for _ in range(random.randrange(5))]
    return random.choice(_TEXTS) if kind < 0.7 else random.choice(_ATOMS)


def changed_json(random: Random, data: bytes) -> bytes:
    """A document in JSON in which some values are others, are missing, stand twice, or have another name."""
    text = data.decode()
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        document = json.loads(
            text
        )  # anew, so that what stands twice is two things, and none comes to stand within itself
        place = _place(random, document)
        if isinstance(place, list) and place:
            _change_list(random, place)
        elif isinstance(place, dict) and place:
            _change_object(random, place)
        text = json.dumps(document, ensure_ascii=False)
    return text.encode("utf-8", "surrogatepass")


def _place(random: Random, document: Any) -> Any:
    """An object or a list somewhere in a document."""
    place = document
    while random.random() < 0.7:
        inside = [one for one in (place.values() if isinstance(place, dict) else place) if isinstance(one, dict | list)]
        if not inside:
            break
        place = random.choice(inside)
    return place


def _change_list(random: Random, place: list[Any]) -> None:
    """Change something in a list."""
    at = random.randrange(len(place))
    match random.randrange(4):
        case 0:
            del place[at]
        case 1:
            place.insert(at, place[at])
        case 2:
            place.extend([place[at]] * random.choice((5, 30, 300)))
        case _:
            place[at] = value_of(random)


def _change_object(random: Random, place: dict[str, Any]) -> None:
    """Change something in an object."""
    name = random.choice(list(place))
    match random.randrange(5):
        case 0:
            del place[name]
        case 1:
            place[random.choice(_NAMES)] = place[name]
        case 2:
            place[name] = random.choice(
                ([place[name]], {"id": place[name]}, [place[name], place[name]], {"a": place[name]})
            )
        case 3:
            place[name] = random.choice(list(place.values()))
        case _:
            place[name] = value_of(random)


def yaml_of(fields: Sequence[str]) -> Callable[[Random], bytes]:
    """What grows files in YAML with these fields."""

    def grow(random: Random) -> bytes:
        names = random.sample(fields, min(len(fields), random.randint(1, 8)))
        lines = [
            f"{name}:{_yaml(random, 1, fields)}" for name in (*names, *random.sample(_NAMES[:9], random.randrange(2)))
        ]
        return ("\n".join(lines) + "\n").encode("utf-8", "replace")

    return grow


_SCALARS = (
    *("a", "true", "NO", "~", "1.10", "010", "12:30", "0x1F", "1_000", "2026-05-14", "2026-02-30", "P2Y", "P99999D", "PT1H", "none", "ever"),
    *("https://example.org/x", "http://127.0.0.1/", '"a\\u0041"', "'it''s'", "&a b", "*a", "!!binary aGk=", "!x y", "[a, b]", "{a: b}", "[]"),
    *("{}", "|\n    long\n    text", ">-\n    folded\n\n    text", "? a", "- a", "%", "@", "`", "#c", "a: b", '"\\ud800"', '"\\x00"', "", "é"),
    *("Иван Petrov", "e\u0301", "a@example.org", "z6MkmQqaGDjvPZ4JkDPRVMqSwGJr1paMutKXeh2cq6k4oVAh", "9" * 5000, "x" * 300, "🎓"),
)  # fmt: skip


def _yaml(random: Random, depth: int, fields: Sequence[str]) -> str:
    """What stands after a name."""
    kind, inner = random.random(), "  " * depth
    if depth < 5 and kind < 0.2:
        return "".join(
            f"\n{inner}{name}:{_yaml(random, depth + 1, fields)}" for name in random.sample(fields, min(3, len(fields)))
        )
    if depth < 5 and kind < 0.35:
        return "".join(f"\n{inner}-{_yaml(random, depth + 1, fields)}" for _ in range(random.randint(1, 4)))
    if kind > 0.98:
        return " " + random.choice("[{") * random.choice((15, 17, 20_000))
    return f" {random.choice(_SCALARS)}"


def png_of(random: Random) -> bytes:
    """A PNG whose chunks are whole, with odd sizes, kinds and orders."""
    width, height = random.choice((0, 1, 31, 32, 40, 512, 2000, 2001, 50_000, 2**31)), random.choice((1, 32, 40, 2000))
    depth, colour = random.choice((1, 2, 4, 8, 8, 8, 16, 3)), random.choice((0, 2, 3, 4, 6, 5))
    header = (
        width.to_bytes(4)
        + height.to_bytes(4)
        + bytes((depth, colour, *random.choice(((0, 0, 0), (0, 0, 1), (1, 0, 0), (0, 1, 2)))))
    )
    pixels = zlib.compress(bytes(random.choice((0, 1, 1640, 4840, 6500, 9840, 1_000_000))), 9)
    text = random.choice((b"openbadges\0", b"openbadgecredential\0", b"Comment\0", b"OpenBadges\0"))
    parts = {
        b"IHDR": header[: random.choice((13, 13, 13, 12))],
        b"PLTE": random.randbytes(random.choice((3, 12, 768, 769, 0))),
        b"tRNS": random.randbytes(random.choice((1, 2, 6, 256, 0))),
        b"IDAT": random.choice((pixels, pixels, pixels[:-3], pixels + b"x", b"")),
        b"sRGB": random.choice((b"\0", b"")),
        b"pHYs": bytes(random.choice((9, 8))),
        b"iTXt": text
        + random.choice((b"\0\0\0\0{}", b"\0\0\0\0{", b"\1\0\0\0" + pixels, b"\0\0", b"", b'\0\0\0\0{"a":1}')),
        b"tEXt": text + b"{}",
        b"zTXt": text + b"\0" + pixels,
        b"acTL": bytes(8),
        b"ab\xff\0": b"",
    }
    usual = [b"IHDR", b"PLTE", b"IDAT", b"IEND"] if colour == 3 else [b"IHDR", b"IDAT", b"IEND"]
    for _ in range(random.choice((0, 0, 1, 1, 2, 5))):
        usual.insert(random.randint(0, len(usual)), random.choice([*parts]))
    chunks = (png_chunk(kind, parts.get(kind, b"")) for kind in usual)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks) + random.choice((b"", b"", b"", b"PK\3\4"))


_ELEMENTS = (
    *("g", "path", "rect", "circle", "use", "defs", "symbol", "text", "title", "linearGradient", "stop", "clipPath", "mask", "pattern", "svg"),
    *("script", "image", "a", "foreignObject", "animate", "openbadges:credential", "openbadges:assertion", "x:y", "style"),
)  # fmt: skip
_ATTRIBUTES = (
    *('id="a"', 'id="b"', 'href="#a"', 'href="#b"', 'xlink:href="#a"', 'fill="url(#a)"', 'fill="url(https://x.y/)"', 'd="M0 0h9"'),
    *('viewBox="0 0 1.2.3 9"', 'viewBox="0 0 512 512"', 'onload="x()"', 'style="x:y"', 'fill="rgb(1,2,3)"', 'd="((((((("', "a='\"'", 'x="1"'),
    *('xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"', 'xmlns:openbadges="http://openbadges.org"', 'xmlns="u"', 'verify="{}"'),
)  # fmt: skip
_BETWEEN = ("", "\n", "é", "&lt;", "&#0;", "&amp;#x202e;", "<![CDATA[{}]]>", "<![CDATA[]]]]>", "<!-- - -->", "<?p q?>", "\0", "&b;", "]]>")  # fmt: skip
_BEFORE = ("", "", "\n", "<!-- a -->", '<?xml version="1.0" encoding="UTF-8"?>', '<?xml version="1.0" encoding="latin-1"?>', "<!DOCTYPE svg>")  # fmt: skip
_ROOT = 'svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 512 512"'


def svg_of(random: Random) -> bytes:
    """A drawing that is well-formed for the most part."""
    root = random.choice((_ROOT, _ROOT, _ROOT, "svg", 'svg xmlns="http://www.w3.org/2000/svg"', "html"))
    inside = "".join(_element(random, 1) for _ in range(random.randrange(5)))
    if random.random() < 0.1:
        deep = random.choice((31, 32, 33, 3000))
        inside = "<g>" * deep + inside + "</g>" * deep
    if random.random() < 0.1:
        inside += "".join(f'<g id="n{n}"><use href="#n{n + 1}"/><use href="#n{n + 1}"/></g>' for n in range(40))
    name = root.split()[0]
    whole = f"<{root}>{inside}</{name}>" if random.random() < 0.95 else f"<{root}/>"
    return f"{random.choice(_BEFORE)}{whole}{random.choice(('', '', chr(10), '<!-- b -->', 'x'))}".encode()


def _element(random: Random, depth: int) -> str:
    """An element, or text."""
    if random.random() < 0.25:
        return random.choice(_BETWEEN)
    name = random.choice(_ELEMENTS)
    attributes = "".join(f" {one}" for one in random.sample(_ATTRIBUTES, random.choice((0, 1, 1, 2))))
    inside = "".join(_element(random, depth + 1) for _ in range(random.randrange(4))) if depth < 5 else ""
    return f"<{name}{attributes}>{inside}</{name}>" if inside else f"<{name}{attributes}/>"


def gzip_of(random: Random) -> bytes:
    """What may be the bits of a list: one member of gzip, or something near it."""
    size = random.choice((0, 1, 16_383, 16_384, 16_385, 131_072, 1 << 20, (1 << 20) + 1, 20 << 20))
    made = zlib.compress(random.choice((bytes(size), b"\xff" * size)), 9, wbits=random.choice((31, 31, 31, 15, -15)))
    return random.choice(
        (made, made, made + b"x", made + made, made[:-1], made[:-8] + bytes(8), b"\x1f\x8b\x08\x1f" + made[4:])
    )


_CELLS = (
    *("", " ", "a", '"a"', '"a""b"', '"a\nb"', '"', '"a"b', "=1+1", "Ada", "Иван", "2026-05-14", "14/05/2026", "5/14/2026", "46000", "true", "x"),
    *("trail-first-aid", "soldering", "ada", "kim", "none", "Good", "https://example.org/a.pdf", "ada@example.org", "Ünï", "https://x", "P1Y"),
)  # fmt: skip
_HEADINGS = (
    *("earner", "name", "badge", "did", "issued", "reviewer", "reviewer 2", "date", "conflict", "evidence 1 title", "evidence 1 url", "email"),
    *("evidence 1 text", "evidence 49 title", "evidence 50 title", "score joints", "score ", "start", "end", "birthdate", "Evidence: 1 Title", "note 9"),
)  # fmt: skip


def csv_of(random: Random) -> bytes:
    """A table."""
    separator, end = random.choice((",", ",", ";", "\t")), random.choice(("\n", "\r\n", "\r"))
    head = ["badge", "name", "did", *random.choices(_HEADINGS, k=random.randrange(6))]
    random.shuffle(head)
    rows = [
        [random.choice(_CELLS) for _ in range(random.choice((len(head), len(head), 1, len(head) + 2)))]
        for _ in range(random.randrange(6))
    ]
    text = end.join(separator.join(row) for row in (head, *rows))
    return random.choice(("", "", "\ufeff", "sep=;\n")).encode() + text.encode() + random.choice((b"", end.encode()))


_PIECES = (
    *("a", " ", "\n", "\n\n", "  \n", "*", "**", "_", "`", "```", "```yaml x\n", "# ", "## ", "- ", "1. ", "> ", "| a | b |\n|---|---|\n| c | d |\n"),
    *("[a](https://example.org/)", "[a](javascript:x)", "[a][b]", "[b]: https://example.org/\n", "![a](b.png)", "[", "](", ")", "<b>", "<", ">"),
    *("&amp;", "&#58;", "&", "\\", "---\n", "===\n", "    code\n", "\t", "é", "\x02", "\x03", "stx", "klzzwxh:0000", "https://a.b", "a@b.de", "{: x}"),
    *("[a](<b c>)", "[a](page.md#x)", "[^1]", "~~~\n", "<!-- x -->", "<?x?>", "\u2028", "123456789123456789. ", "+ ", "0) ", "[a](b 'c')"),
)  # fmt: skip


def markdown_of(random: Random) -> bytes:
    """Long text."""
    made = "".join(random.choice(_PIECES) for _ in range(random.randint(1, 30)))
    if random.random() < 0.1:
        made += random.choice(_PIECES) * random.choice((190, 210, 1500))
    if random.random() < 0.05:
        made = random.choice((">", "> ", "- ", "1. ", "*", "[", "  ")) * random.choice((30, 300)) + made
    return made.encode()


_PARTS = (
    *("https://", "http://", "HTTPS://", "//", "did:web:", "did:key:", "mailto:", "javascript:", "example.org", "xn--a", "EXAMPLE.ORG", "пример.рф"),
    *("127.0.0.1", "[::1]", "localhost", "a.local", ":443", ":99999", ":", "/", "/..", "/a", "//", "?", "#", "%41", "%", "%zz", "@", "\\", " ", "\n"),
    *("é", "&amp;", "&", "a" * 64, "a" * 2000, ".", "..", "-", "_", "%3A8080", "z6MkmQqaGDjvPZ4JkDPRVMqSwGJr1paMutKXeh2cq6k4oVAh", "٣", "\0"),
)  # fmt: skip


def address_of(random: Random) -> bytes:
    """An address, or what looks a little like one."""
    start = (
        random.choice(("https://example.org", "https://", "did:web:example.org", "")) if random.random() < 0.7 else ""
    )
    return (start + "".join(random.choice(_PARTS) for _ in range(random.randrange(8)))).encode()


_SIGNS = (
    *("a", "Z", "é", "e\u0301", "я", "א", "ع", "क", "ก", "한", "カ", "漢", "ሀ", "𞤀", "ß", "İ", "ﬁ", "１", "٣", "\u0300", "\u200d", "\u200c", "\u202e", "\u034f"),
    *("\u3164", "\u00a0", "\u2028", "\0", "\x1b", "\ue000", "\U000e0041", "\ufdd0", "🏴\U000e0067", "👩‍🔬", "'", "’", "-", " ", "@", ".", "<", "&", '"', "{"),
    *("CON", "nul", "xn--", "..", "/", "\\", "\n", "\r", "%2e", "𝔞", "ͺ", "ª", "〆", "ー", "Μ", "µ", "0", "2026-05-14", "P1Y2M3DT4H5M6S", "1.5", "1e3", "1_0"),
)  # fmt: skip


def words_of(random: Random) -> bytes:
    """A name, a date, a number, or nothing of the kind."""
    made = "".join(random.choice(_SIGNS) for _ in range(random.choice((1, 2, 3, 5, 8, 30))))
    return (made * random.choice((1, 1, 1, 1, 90))).encode()
