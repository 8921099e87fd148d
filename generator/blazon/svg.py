"""The gate for SVG files from outside: taken as they are, or refused with a reason; never repaired."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from xml.parsers import expat

from blazon.diagnostics import counted, printable

LARGEST_FILE = 256 * 1024
MOST_ELEMENTS = 5000
MOST_DRAWN = 50_000
DEEPEST = 32

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_BADGES = ("https://purl.imsglobal.org/ob/v3p0", "http://openbadges.org")
_MENTION = b"openbadges"
_NAMESPACES = {None: (_SVG,), "svg": (_SVG,), "xlink": (_XLINK,)}
_ELEMENTS = frozenset(
    "svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan"  # noqa: SIM905, see below
    " linearGradient radialGradient stop clipPath mask pattern".split()
)
_ATTRIBUTES = frozenset(
    "id viewBox preserveAspectRatio version baseProfile width height x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy d points"  # noqa: SIM905, as a list it would fill a page
    " transform href offset pathLength gradientUnits gradientTransform spreadMethod clipPathUnits maskUnits"
    " maskContentUnits patternUnits patternContentUnits patternTransform rotate textLength lengthAdjust"
    " fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit"
    " stroke-dasharray stroke-dashoffset opacity color stop-color stop-opacity clip-path clip-rule mask mask-type display"
    " visibility overflow paint-order vector-effect shape-rendering color-interpolation font-family font-size"
    " font-weight font-style letter-spacing text-anchor dominant-baseline role aria-hidden aria-label lang".split()
)
_COLOURS = ("linearGradient", "radialGradient", "stop")  # these are looked up, and not drawn again at each use
_NAMES = _ATTRIBUTES | {f"{_XLINK} href xlink", f"{_XML} space xml", f"{_XML} lang xml"}
_HREFS = ("href", f"{_XLINK} href xlink")
_FUNCTIONS = frozenset(("rgb", "rgba", "hsl", "hsla", "matrix", "translate", "scale", "rotate", "skewX", "skewY"))
_REASONS = {
    "script": "a picture runs no script",
    "style": "write colours as attributes such as fill instead",
    "a": "a picture has no links",
    "image": "a picture shows no other picture",
    "foreignObject": "a picture holds no page",
    "animate": "a picture stands still",
    "animateTransform": "a picture stands still",
    "animateMotion": "a picture stands still",
    "set": "a picture stands still",
}
_NO_WORD = re.compile(r"[^\w-]+")
_LOCAL = re.compile(r"#([A-Za-z_][\w.:-]*)", re.ASCII)
_LOCAL_URL = re.compile(r"url\((['\"]?)#([A-Za-z_][\w.:-]*)\1\)", re.ASCII)
_PLAIN = "save it as an optimised SVG without it"


class _RefusedError(Exception):
    """Carries a sentence out of the parser."""


def refuse(data: bytes) -> str:
    """Why a picture from outside is not taken, in a sentence with what to do; "" when it is."""
    if len(data) > LARGEST_FILE:
        return f"the SVG has {counted(len(data), 'byte')}, more than {LARGEST_FILE:,}; simplify its paths."
    try:
        data.decode("utf-8")
        gate = _Gate()
        gate.parser.Parse(data, True)
        gate.close()
    except UnicodeDecodeError:
        return "the SVG is not written in UTF-8; save it again with that encoding."
    except expat.ExpatError as error:
        return f"the SVG is not well-formed XML in line {error.lineno}: {expat.ErrorString(error.code)}; save it again."
    except _RefusedError as refusal:
        return str(refusal)
    if _MENTION in data:
        return "the SVG speaks of openbadges, as only a picture with a credential does; take that word out of it."
    return ""


class _Gate:
    """A parser that stops at the first thing that is not allowed, and counts what there is to draw."""

    def __init__(self) -> None:
        """A gate for one file."""
        self.parser = expat.ParserCreate("UTF-8", namespace_separator=" ")
        self.parser.namespace_prefixes = True
        self.parser.XmlDeclHandler = self._declaration
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._doctype
        self.parser.ProcessingInstructionHandler = self._instruction
        self.parser.StartNamespaceDeclHandler = self._namespace
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self._elements = 0
        self._open: list[tuple[str, str]] = []  # names and ids of the elements around
        self._sizes: Counter[str] = Counter()  # by id, how many elements it holds
        self._references: defaultdict[str, list[str]] = defaultdict(list)  # by id, what those elements refer to
        self._weights: dict[str, int] = {}

    def close(self) -> None:
        """Refuse a file that draws nothing, and a small one that draws a huge picture, or one that never ends, by way of references."""
        if self._elements == 1:
            raise _RefusedError("the SVG draws nothing; draw the badge in it.")
        if self._weight("", 0) > MOST_DRAWN:
            raise _RefusedError(f"the SVG draws more than {MOST_DRAWN:,} elements by repeating them; simplify it.")

    def _weight(self, name: str, depth: int) -> int:
        """How many elements are drawn for what has an id, those that it refers to included; "" is the whole file."""
        if depth > DEEPEST:
            raise _RefusedError("the SVG has references that lead in a circle or too far; draw the shapes themselves.")
        if name not in self._weights:
            repeated = sum(self._weight(one, depth + 1) for one in self._references[name])
            self._weights[name] = self._sizes[name] + repeated
        return self._weights[name]

    def _refuse(self, what: str, hint: str) -> None:
        """Stop with a sentence that says where."""
        raise _RefusedError(f"{what} in line {self.parser.CurrentLineNumber} of the SVG is not allowed; {hint}.")

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        """An encoding, where one is declared, is UTF-8."""
        if encoding and encoding.lower() != "utf-8":
            self._refuse(f"the encoding {printable(encoding)}", "save it as UTF-8")

    def _doctype(self, *_: object) -> None:
        """There is no DOCTYPE, and so no entity."""
        self._refuse("a DOCTYPE", "delete it: an SVG needs none")

    def _instruction(self, target: str, _data: str) -> None:
        """There is no processing instruction."""
        self._refuse(f"<?{_short(target)}?>", "delete it")

    def _namespace(self, prefix: str | None, uri: str | None) -> None:
        """Only SVG and XLink are spoken, under their usual names."""
        if uri in _BADGES:
            self._refuse("a credential", "this is somebody's badge, use its artwork")
        if uri not in _NAMESPACES.get(prefix, ()):
            self._refuse(f"the namespace {_short(uri or '')}", "save it as a plain SVG, without what an editor adds")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        """An element is one that draws, in its place, and within the limits."""
        uri, _, local = name.partition(" ")
        if uri != _SVG or local not in _ELEMENTS:
            element = (local or uri).split(" ")[0]
            self._refuse(f"the element {_short(element)}", _REASONS.get(element, _PLAIN))
        if (local == "svg") != (not self._open):
            self._refuse(f"the element {local}", "one svg element holds everything else")
        self._elements += 1
        self._open.append((local, attributes.get("id", "")))
        if self._elements > MOST_ELEMENTS:
            raise _RefusedError(f"the SVG has more than {MOST_ELEMENTS:,} elements; simplify it.")
        if len(self._open) > DEEPEST:
            raise _RefusedError(f"the SVG has elements nested deeper than {DEEPEST}; take some of the groups apart.")
        references = [one for key, value in attributes.items() for one in self._referred(key, value)]
        for holder in {"", *(name for _, name in self._open)}:
            self._sizes[holder] += local not in _COLOURS
            self._references[holder] += references

    def _end(self, _name: str) -> None:
        """An element is over."""
        self._open.pop()

    def _referred(self, name: str, value: str) -> list[str]:
        """What an attribute refers to; it is refused when it is unknown or leaves the file."""
        local = name.split(" ")[1] if " " in name else name
        if name not in _NAMES:
            hint = "write colours as attributes such as fill instead" if local == "style" else _PLAIN
            self._refuse(f"the attribute {_short(local)}", hint)
        if name in _HREFS:
            found = _LOCAL.fullmatch(value)
            if not found:
                self._refuse(f"the reference {_short(value)}", "refer to an id in the same file")
            return [found[1]] if found and self._open[-1][0] == "use" else []
        if name == "aria-label":
            return []
        if "\\" in value or not _functions(_LOCAL_URL.sub("", value)) <= _FUNCTIONS:
            self._refuse(
                f"the value {_short(value)}", "an attribute names a colour, numbers or url(#id) in the same file"
            )
        return [name for _, name in _LOCAL_URL.findall(value)]


def _functions(value: str) -> set[str]:
    """The functions that a value calls: the word before each parenthesis."""
    return {_NO_WORD.split(piece.rstrip())[-1] for piece in value.split("(")[:-1]}


def _short(text: str) -> str:
    """A word from the file as a sentence shows it."""
    return f"“{printable(text[:40])}”"
