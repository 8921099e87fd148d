"""A theme, whose templates run in a sandbox, and Markdown with raw HTML switched off: the only module that knows Markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from datetime import date
from difflib import get_close_matches
from functools import cached_property, lru_cache, partial
from hashlib import sha256
from html import unescape
from traceback import walk_tb
from typing import TYPE_CHECKING, TypeVar

from jinja2 import StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from markupsafe import Markup, escape

from blazon import options, prose, slimming, source, tongues
from blazon.diagnostics import BlazonError, Report
from blazon.folding import Folds, Layout
from blazon.model import Duration
from blazon.sandbox import TEMPLATES, Guarded, Loader, Sandbox
from blazon.words import Words, filled

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown

STATIC = "static/"

Kind = TypeVar("Kind", bound=Sandbox)

_ADDRESS = re.compile(r"(?:(?!\.)[A-Za-z0-9._~-]+/)*(?!\.)[A-Za-z0-9._~-]+")
# What lets a browser ask another site: an element of a page, a rule of a style sheet or of a drawing.
_ASKING_PAGE = re.compile(
    rb"<(?:script|link|img|iframe|frame|embed|object|source|audio|video|track|input|image|use|form|base)\b[^>]{0,2000}?"
    rb"[\s\"'](?:src|srcset|href|data|poster|action|xlink:href)\s{0,9}=\s{0,9}[\"']?\s{0,9}(?:[a-z]{1,9}:)?//",
    re.IGNORECASE,
)
_ASKING_STYLE = re.compile(
    rb"(?:url\(|@import)\s{0,9}[\"']?\s{0,9}(?:[a-z]{1,9}:)?//",
    re.IGNORECASE,
)
_STYLED = (".css", ".svg")
_NAMED = re.compile(rb"url\(\s*[\"']?(?!data:|#)([^)\"']{1,200}?)[\"']?\s*\)")
_OBJECT = re.compile(r"'blazon\.[\w.]+ object'")
_UNDEFINED = re.compile(r"'([^']+)' is undefined|has no attribute '([^']+)'")


class Theme:
    """How pages look: templates, static files and interface text, by path in the theme; nothing is read from disk.

    Where a program replaces a file of ours, the files hold ours as well, one folder down in `base/`.
    """

    def __init__(self, files: Mapping[str, bytes], language: str = "en") -> None:
        """A theme in one language.

        Raises BlazonError when theme.yaml or the strings cannot be read, the theme has no text in the language, or a file
        of it cannot be published.
        """
        _refuse_requests(files)
        self.words = Words(_texts(files, language), language)
        if verdicts := self.words.below("verdict"):
            files = {**files, STATIC + "verdicts.js": _verdicts({**verdicts, **self.words.below("date")})}
        self._files = files
        self._static = _linked({path: _slim(path, data) for path, data in sorted(files.items()) if _is_static(path)})
        self._assets = {path: _hashed(path, data) for path, data in self._static.items()}
        self.options = options.declared(files)
        self._environment = self._sandbox(Sandbox)
        self._folds = Folds(self.fragment, self._marked)

    def speaks(self, language: str) -> bool:
        """Whether the theme has text in a language."""
        return bool(tongues.strings_of(self._files, language))

    def speaking(self, language: str) -> Theme:
        """The same theme in another language; raises BlazonError when it has no text in it."""
        other = copy(self)
        other.words = Words(_texts(self._files, language), language)
        other._environment = other._sandbox(Sandbox)  # noqa: SLF001 (its own copy)
        vars(other).pop("_guarded", None)
        other._folds = Folds(other.fragment, other._marked)  # noqa: SLF001
        return other

    def page(self, template: str, /, **values: object) -> bytes:
        """A page as bytes; raises BlazonError when a template is missing, wrong, or asks for what is not there."""
        return self.fragment(template, **values).encode()

    def folded(self, template: str, layout: Layout, /, **values: object) -> bytes:
        """The same page; of a shape that came before, only what is another award's is put in anew. A layout says what a shape is."""
        return self._folds.page(template, layout, values).encode()

    def fragment(self, template: str, /, **values: object) -> Markup:
        """A piece of a page, safe to stand in another one."""
        try:
            return Markup(self._environment.get_template(template).render(values))  # noqa: S704 (autoescape is on)
        except (TemplateError, TypeError, ValueError, LookupError, ArithmeticError, RecursionError) as error:
            raise _explained(error, template, values) from error

    def static(self) -> Iterator[tuple[str, bytes]]:
        """The theme's static files with their paths on the site."""
        return ((address, self._static[path]) for path, address in self._assets.items())

    def asset(self, name: str) -> str:
        """The path on the site of a static file, which has a hash of its content in it so that browsers may keep it."""
        path = STATIC + name
        if path not in self._assets:
            raise _no_such_file(path, self._assets)
        return self._assets[path]

    def _sandbox(self, kind: type[Kind]) -> Kind:
        """Templates that escape everything, know no Python, and treat a name that is not there as a mistake."""
        environment = kind(
            loader=Loader(self._files),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        environment.filters.update(
            asset=self.asset,
            date=lru_cache(maxsize=512)(self._date),
            day=self.words.day,
            duration=self._duration,
            markdown=markdown,
            t=self._text,
        )
        return environment

    def _marked(self, template: str, /, **values: object) -> str:
        """A template with holes. Whatever looks into one raises Refused, and so may any mistake raise what it likes."""
        return self._guarded.get_template(template).render(values)

    @cached_property
    def _guarded(self) -> Guarded:
        """The same sandbox with a guard over holes, made once it is needed; filters that know holes make another of one."""
        environment = self._sandbox(Guarded)
        environment.guard()
        return environment

    def _text(self, key: str, /, **values: object) -> Markup:
        """The filter `t`: interface text with its gaps filled, both escaped."""
        pattern = _escaped(self.words.pattern(key, values))
        if not values:
            return pattern
        return Markup(filled(pattern, {name: escape(value) for name, value in values.items()}))  # noqa: S704

    def _date(self, when: date) -> Markup:
        """The filter `date`: a date in words, and for machines."""
        return Markup('<time datetime="{}">{}</time>').format(when.strftime("%Y-%m-%d"), self.words.day(when))

    def _duration(self, span: Duration) -> str:
        """The filter `duration`: a duration in words."""
        return self.words.duration(span)


def look(files: Mapping[str, bytes], language: str) -> Theme:
    """A theme in one language, which is at hand with the templates it has read when the same files are asked for again."""
    return _looked(tuple(sorted(files.items())), language)


@lru_cache(maxsize=4)
def _looked(files: tuple[tuple[str, bytes], ...], language: str) -> Theme:
    """The theme of these files; raises BlazonError."""
    return Theme(dict(files), language)


@lru_cache(maxsize=1024)
def _escaped(pattern: str) -> Markup:
    """Interface text with its markup characters escaped."""
    return escape(pattern)


def _texts(files: Mapping[str, bytes], language: str) -> dict[str, str]:
    """The texts of a language; those that a program's own file leaves out are ours."""
    found = tongues.strings_of(files, language)
    if not found:
        hint = "add it, or choose another language."
        raise BlazonError(f"the theme has no strings/{language}.yaml.", hint, exit_code=1)
    report = Report()
    texts: dict[str, str] = {}
    for one in found:
        texts.update(_flat(source.parse(one, files[one], report), ""))
    for diagnostic in report:
        raise BlazonError(f"{diagnostic.place} in the theme: {diagnostic.message}", diagnostic.hint, exit_code=1)
    return texts


def _verdicts(texts: Mapping[str, str]) -> bytes:
    """The texts of a check in the reader's browser, and the dates in them, as a script."""
    told = json.dumps(texts, ensure_ascii=False, separators=(",", ":"))
    return f"globalThis.blazonTexts={told};\n".encode()


def _flat(node: source.Node | None, key: str) -> Iterator[tuple[str, str]]:
    """The texts of a table by dotted key; entries of a list are counted from 1."""
    match node:
        case source.Text():
            yield key, node.value
        case source.Table():
            for name, entry in node.entries.items():
                yield from _flat(entry, f"{key}.{name}" if key else name)
        case source.Sequence():
            for number, entry in enumerate(node.entries, 1):
                yield from _flat(entry, f"{key}.{number}")


def _refuse_requests(files: Mapping[str, bytes]) -> None:
    """Raise BlazonError for a file that makes browsers ask another site, or that no address can name.

    It finds what somebody pasted in good faith; a theme is trusted, and pages forbid browsers to ask others anyway.
    """
    for path, data in files.items():
        if _is_static(path) and not _ADDRESS.fullmatch(path):
            hint = "rename it: letters, digits, and . _ ~ - between them."
            raise BlazonError(f'the theme\'s file "{path}" has a name that no address can have.', hint, exit_code=1)
        if path.startswith(TEMPLATES):
            found = _ASKING_PAGE.search(data)
        else:
            found = _ASKING_STYLE.search(data) if path.endswith(_STYLED) else None
        if found:
            line = data.count(b"\n", 0, found.end()) + 1
            hint = "put the file into the theme's static/ folder, and name it with the filter asset."
            raise BlazonError(f"{path}:{line} in the theme: here a page asks another site.", hint, exit_code=1)


def _is_static(path: str) -> bool:
    """Whether a file of a theme goes to the site."""
    return path.startswith(STATIC) and not path.startswith(f"{STATIC}base/")


def _slim(path: str, data: bytes) -> bytes:
    """A static file as browsers get it: style sheets and scripts without what is for their authors alone."""
    slim = slimming.sheet if path.endswith(".css") else slimming.script if path.endswith(".js") else None
    try:
        return slim(data.decode()).encode() if slim else data
    except UnicodeDecodeError:
        return data


def _linked(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Static files in which style sheets name the others by their paths on the site; in the theme, paths begin at `static/`."""
    return {
        path: _NAMED.sub(partial(_named, files, "../" * (path.count("/") - 1)), data) if path.endswith(".css") else data
        for path, data in files.items()
    }


def _named(files: Mapping[str, bytes], up: str, found: re.Match[bytes]) -> bytes:
    """A file's name in a style sheet, with its hash; `up` leads from the sheet to `static/`."""
    path = STATIC + found[1].decode("utf-8", "replace")
    if path not in files:
        raise _no_such_file(path, files)
    return f"url({up}{_hashed(path, files[path]).removeprefix(STATIC)})".encode()


def _no_such_file(path: str, files: Iterable[str]) -> BlazonError:
    """What is said of a static file that is not there."""
    near = get_close_matches(path, files, n=1)
    hint = f'did you mean "{near[0].removeprefix(STATIC)}"?' if near else ""
    return BlazonError(f'the theme has no file called "{path}".', hint, exit_code=1)


def _hashed(path: str, data: bytes) -> str:
    """The path on the site of a static file: `static/stitch.css` as `static/stitch.1f0e3dad.css`."""
    stem, dot, ending = path.rpartition(".")
    return f"{stem}.{sha256(data).hexdigest()[:8]}{dot}{ending}"


def _explained(error: Exception, template: str, values: Mapping[str, object]) -> BlazonError:
    """A template's mistake as one sentence with its file and line, and a near name as the hint."""
    message = _OBJECT.sub("this", (str(error) or type(error).__name__).rstrip("."))
    if isinstance(error, TemplateNotFound):
        return BlazonError(f'the theme has no template called "{message}".', "add it to templates/.", exit_code=1)
    if isinstance(error, TemplateSyntaxError):
        message = (error.message or "this cannot be read").rstrip(".")
        return BlazonError(f"{error.filename or template}:{error.lineno}: {message}.", exit_code=1)
    frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    place = next((f"{file}:{line}" for file, line in reversed(frames) if file.startswith(TEMPLATES)), template)
    return BlazonError(f"{place}: {message}.", _near_name(message, values), exit_code=1)


def _near_name(message: str, values: Mapping[str, object]) -> str:
    """The hint for a name that a template uses and nobody gave it."""
    found = _UNDEFINED.search(message)
    if not found:
        return ""
    name = found[1] or found[2]
    fields = {field for value in values.values() for field in getattr(type(value), "__dataclass_fields__", ())}
    near = get_close_matches(name, sorted({*values, *fields}), n=1)
    return f'did you mean "{near[0]}"?' if near else f"this page knows {', '.join(sorted(values))}."


# What text needs before Markdown has anything to say about it: a mark, a list, a quote, a heading, a break or a second paragraph.
_MARKUP = re.compile(r"[\\`*_\[\r\t\x02\x03]|^[ >+=#-]|^\d+\.|  $|\n[ ]*\n", re.MULTILINE)
# What may mean more than a paragraph, or reach from one to another: other ways to begin a line, space around one, a place for a link.
_MORE_THAN_PARAGRAPHS = re.compile(r"[\r\t\x02\x03\[]|^[>+=#*_`~:|<&\\-]|^\d|^[^\S\n]|[^\S\n]$|\n\n\n", re.MULTILINE)
_KEPT = frozenset({"p", "br", "strong", "em", "code", "pre", "ul", "ol", "li", "blockquote", "hr"})
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SWITCHED_OFF = ("image_link", "image_reference", "short_image_ref", "autolink", "automail", "html", "entity")
_DEEPEST = 24


@lru_cache(maxsize=512)
def markdown(text: str) -> Markup:
    """Long text as HTML of a short list of tags without attributes, links to https apart; everything else is text.

    Text that would keep Markdown busy is shown as it was written, and so is text that it cannot read.
    """
    text = text.strip()
    if not _MARKUP.search(text):
        return Markup("<p>{}</p>").format(text) if text else Markup()
    if prose.keeps_busy(text):
        return _as_written(text)
    try:
        if _MORE_THAN_PARAGRAPHS.search(text):
            return Markup(_converter().reset().convert(text))  # noqa: S704 (made by _html)
        return Markup().join(map(_paragraph, text.split("\n\n")))
    except RecursionError:
        return _as_written(text)


@lru_cache(maxsize=512)
def _paragraph(text: str) -> Markup:
    """A paragraph that no other one means anything to: most have no markup, and people say some of them again and again."""
    if _MARKUP.search(text):
        return Markup(_converter().reset().convert(text))  # noqa: S704 (made by _html)
    return Markup("<p>{}</p>").format(text)


def _as_written(text: str) -> Markup:
    """Text without any markup, paragraph by paragraph."""
    return Markup().join(Markup("<p>{}</p>").format(part) for part in re.split(r"\n\s*\n", text))


@lru_cache(maxsize=1)
def _converter() -> Markdown:
    """Markdown without raw HTML, pictures and automatic links, written out by our own hand."""
    from markdown import Markdown  # noqa: PLC0415 (85 ms that most commands do not need)

    converter = Markdown()
    converter.preprocessors.deregister("html_block")
    for name in _SWITCHED_OFF:
        converter.inlinePatterns.deregister(name)
    converter.treeprocessors.deregister("prettify")
    for name in ("raw_html", "amp_substitute"):
        converter.postprocessors.deregister(name)
    converter.stripTopLevelTags = False
    converter.serializer = _serialized
    return converter


def _serialized(root: Element) -> str:
    """The HTML of a tree that Markdown made."""
    return "".join(_html(root, _outline(root), 0))


def _outline(root: Element) -> Mapping[Element, str]:
    """A tag for each heading: below the page's own, without gaps, in the order that the text means."""
    headings = [element for element in root.iter() if element.tag in _HEADINGS]
    ranks = {tag: rank for rank, tag in enumerate(sorted({element.tag for element in headings}), 3)}
    tags, last = {}, 2
    for element in headings:
        last = min(ranks[element.tag], last + 1, 6)
        tags[element] = f"h{last}"
    return tags


def _html(element: Element, headings: Mapping[Element, str], depth: int) -> Iterator[str]:
    """The pieces of an element's HTML: its tag if it is a kept one, and its text escaped."""
    tag = headings.get(element, element.tag)
    if depth > _DEEPEST:
        yield str(escape("".join(element.itertext())))
        return
    opening, closing = _tags(element, tag)
    text = element.text or ""
    yield opening
    yield str(escape(_uncoded(text).rstrip("\n") if tag == "code" else text))
    for child in element:
        yield from _html(child, headings, depth + 1)
        yield str(escape(child.tail or ""))
    yield closing


def _tags(element: Element, tag: str) -> tuple[str, str]:
    """What stands before and after an element's content; a link that leads nowhere good leaves only its text."""
    if tag in ("br", "hr"):
        return f"<{tag}>", ""
    if tag == "a":
        href = unescape(element.get("href", ""))
        if prose.fault_in_url(href):
            return "", ""
        return f'<a href="{escape(href)}" rel="nofollow ugc noopener noreferrer">', "</a>"
    return (f"<{tag}>", f"</{tag}>") if tag in _KEPT or tag in _HEADINGS else ("", "")


def _uncoded(text: str) -> str:
    """The text of code as it was written: Markdown escapes it once before we do."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def data_block(json: str) -> Markup:
    """JSON text as the content of a script element that no parser can leave: `<`, `>`, `&` and line separators are escaped."""
    for character in "<>&\u2028\u2029":
        json = json.replace(character, f"\\u{ord(character):04x}")
    return Markup(json)  # noqa: S704 (escaped above)


def written(html: str) -> Markup:
    """HTML that our own hand wrote, with every text in it escaped, as a template shows it."""
    return Markup(html)  # noqa: S704 (made by dochtml)
