"""Pages of one shape, rendered once: the text that they share, and what of one award goes between.

A template is rendered with holes where the award's own values stand. A hole can be written out, and nothing else: whatever
looks into it is refused, and then pages of that shape are rendered whole. So a folded page has the bytes of a whole one.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, ItemsView, Iterable, KeysView, Mapping, ValuesView
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from operator import attrgetter
from types import SimpleNamespace
from typing import Any, NoReturn

from markupsafe import Markup, escape

OFTEN = 8
"""So many pages of a shape are rendered whole before it is folded: making a fold costs as much as a few pages."""

SIGN = "\x1d"
_MARK = re.compile(f"{SIGN}([0-9]+){SIGN}")
_SPECIAL = re.compile("[&<>'\"]").search
_SHAPES = 256
_VIEWS = (KeysView, ValuesView, ItemsView)

Make = Callable[[Any], object]
"""From the values of one page to what stands in a hole."""


class Refused(Exception):
    """Something looked into a value that only one award has."""


class _Closed:
    """What nothing may look into."""

    def _refuse(self, *_: object) -> NoReturn:
        """Refuse to be looked into."""
        raise Refused

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _refuse
    __hash__ = __str__ = __repr__ = __format__ = __len__ = __iter__ = __contains__ = __getitem__ = _refuse


class Hole(_Closed):
    """Where a value of one award stands. `held` is one such value where all of that shape are true in a condition."""

    def __init__(self, marked: list[Hole], make: Make, held: object = None) -> None:
        """A hole that notes itself among those `marked` once it is written out."""
        self._marked = marked
        self._number: int | None = None
        self.make = make
        self._held = held

    def __html__(self) -> str:
        """The mark of the hole in a page."""
        if self._number is None:
            self._number = len(self._marked)
            self._marked.append(self)
        return f"{SIGN}{self._number}{SIGN}"

    def __bool__(self) -> bool:
        """Whether a value stands here; raises Refused when that differs from award to award."""
        if self._held is None:
            raise Refused
        return True

    def then(self, step: Callable[[Any], object]) -> Hole:
        """The hole of what a step makes of the value."""
        make = self.make
        return Hole(self._marked, lambda values: step(make(values)))

    def attribute(self, name: str) -> Callable[[str], Hole]:
        """A moment can be written in any form; nothing else can be asked. Raises Refused."""
        if name != "strftime" or not isinstance(self._held, date):
            raise Refused
        return Knowing(lambda form: self.then(lambda moment: moment.strftime(plain(form))))


class Stand(_Closed):
    """What stands for an object in a template: its fields, those that only one award has as holes."""

    def __init__(self) -> None:
        """A stand-in without fields."""
        self._fields: dict[str, object] = {}

    def attribute(self, name: str) -> object:
        """A field; raises Refused when its value is not known of the shape."""
        if name not in self._fields:
            raise Refused
        return self._fields[name]

    def place(self, path: str, value: object) -> None:
        """Put a value at a dotted path of fields."""
        name, _, rest = path.partition(".")
        if not rest:
            self._fields[name] = value
            return
        inner = self._fields.setdefault(name, Stand())
        assert isinstance(inner, Stand)  # noqa: S101 (a path leads through objects)
        inner.place(rest, value)

    def __bool__(self) -> bool:
        """An object is there."""
        return True

    def names(self) -> dict[str, object]:
        """The fields by name."""
        return dict(self._fields)


class Knowing:
    """A function that may be given holes."""

    def __init__(self, work: Callable[..., Any]) -> None:
        """A function that knows what to do with holes."""
        self._work = work

    def __call__(self, *values: Any, **named: Any) -> Any:
        """What the function makes of the values."""
        return self._work(*values, **named)


@dataclass(frozen=True)
class Layout:
    """What a template may know of an object, by dotted path: texts and moments of `own` that only one award has, what is the
    `same` for a shape by value or, for large objects, by identity (`fixed`), texts by name or in a row (`rows`), rows of objects (`many`), and objects that may be missing (`maybe`).
    """

    own: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    many: Mapping[str, Layout] = field(default_factory=dict)
    maybe: Mapping[str, Layout] = field(default_factory=dict)

    @cached_property
    def _own(self) -> Callable[[object], tuple[Any, ...]]:
        return _all_of(self.own)

    @cached_property
    def _same(self) -> Callable[[object], tuple[Any, ...]]:
        return _all_of(self.same)

    @cached_property
    def keep(self) -> Callable[[object], tuple[Any, ...]]:
        """The objects that are told apart by identity: as long as they are kept, no other one has theirs."""
        return _all_of(self.fixed)

    @cached_property
    def _rows(self) -> Callable[[object], tuple[Any, ...]]:
        return _all_of(self.rows)

    @cached_property
    def _inner(self) -> tuple[tuple[Callable[[object], Any], Layout], ...]:
        return tuple((attrgetter(path), layout) for path, layout in self.many.items())

    @cached_property
    def _perhaps(self) -> tuple[tuple[Callable[[object], Any], Layout], ...]:
        return tuple((attrgetter(path), layout) for path, layout in self.maybe.items())

    def key(self, shown: object) -> tuple[object, ...]:
        """What tells the shape of an object: all that a template may look into, and which of its own values are there."""
        rows = [tuple([(name, one and True) for name, one in _entries(row)]) for row in self._rows(shown)]
        return (
            tuple([one and True for one in self._own(shown)]),
            self._same(shown),
            tuple([id(one) for one in self.keep(shown)]),
            *rows,
            *[tuple([layout.key(one) for one in get(shown)]) for get, layout in self._inner],
            *[None if (one := get(shown)) is None else layout.key(one) for get, layout in self._perhaps],
        )

    def stand(self, shown: object, marked: list[Hole], at: Make) -> Stand:
        """What stands for an object in a template; `at` finds the like of it among the values of a page."""
        stand = Stand()
        for path in (*self.same, *self.fixed):
            stand.place(path, attrgetter(path)(shown))
        for path in self.own:
            stand.place(path, _hole(attrgetter(path)(shown), marked, _chain(at, attrgetter(path))))
        for path in self.rows:
            stand.place(path, _row(attrgetter(path)(shown), marked, _chain(at, attrgetter(path))))
        for path, layout in self.many.items():
            row = attrgetter(path)(shown)
            get = _chain(at, attrgetter(path))
            stand.place(path, tuple(layout.stand(one, marked, _item(get, n)) for n, one in enumerate(row)))
        for path, layout in self.maybe.items():
            one = attrgetter(path)(shown)
            there = None if one is None else layout.stand(one, marked, _chain(at, attrgetter(path)))
            stand.place(path, there)
        return stand


def _entries(row: Any) -> Iterable[tuple[object, Any]]:
    """The texts of a row by number, or texts by name."""
    return row.items() if isinstance(row, dict) else enumerate(row)


def _all_of(paths: tuple[str, ...]) -> Callable[[object], tuple[Any, ...]]:
    """What finds the parts of an object at all paths."""
    if len(paths) > 1:
        return attrgetter(*paths)
    one = attrgetter(paths[0]) if paths else None
    return lambda shown: (one(shown),) if one else ()


def _page(values: Any) -> Any:
    """The values of a page, where every way to one of them begins."""
    return values


def _chain(first: Make, then: Make) -> Make:
    """One step after the other."""
    return then if first is _page else lambda values: then(first(values))


def _item(get: Make, place: object) -> Make:
    """What finds one of several."""
    return lambda values: get(values)[place]  # type: ignore[index]  # rows and texts by name


def _hole(value: object, marked: list[Hole], make: Make) -> object:
    """A hole for a value; what is empty is known of the shape."""
    return Hole(marked, make, value) if value else value


def _row(row: Any, marked: list[Hole], at: Make) -> object:
    """Holes for the texts of a row, or for texts by name."""
    if isinstance(row, dict):
        return {name: _hole(value, marked, _item(at, name)) for name, value in row.items()}
    return tuple(_hole(value, marked, _item(at, number)) for number, value in enumerate(row))


def plain(value: Any) -> Any:
    """A value that may be looked into; raises Refused when it is a hole, or has one within."""
    if isinstance(value, str):
        if SIGN in value:
            raise Refused
    elif isinstance(value, _Closed):
        raise Refused
    elif isinstance(value, dict):
        each(value)
        each(value.values())
    elif isinstance(value, (tuple, list, set, frozenset, *_VIEWS)):
        each(value)
    return value


def each(values: Iterable[object]) -> None:
    """Raise Refused when one of several values may not be looked into."""
    for value in values:
        plain(value)


def walked(value: Any) -> Any:
    """A row that may be walked through, whose entries may be holes; raises Refused when it is one text, or has such within."""
    if isinstance(value, (tuple, list, *_VIEWS)):
        each(one for one in value if isinstance(one, str))
        return value
    return plain(value)


class Fold:
    """The text that pages of a shape share, and what goes between."""

    def __init__(self, text: str, marked: list[Hole]) -> None:
        """A fold of a page in which marks stand; raises Refused when one of them was torn."""
        pieces = _MARK.split(text)
        if any(SIGN in piece for piece in pieces):
            raise Refused
        self._pieces = pieces
        self._order = [int(number) for number in pieces[1::2]]
        used = sorted(set(self._order))
        self._makes = [marked[number].make for number in used]
        self._order = [used.index(number) for number in self._order]

    def filled(self, values: object) -> str:
        """The page of an award, whose values are escaped as a template does it."""
        made = [_escaped(make(values)) for make in self._makes]
        pieces = self._pieces.copy()
        pieces[1::2] = [made[number] for number in self._order]
        return "".join(pieces)


def _escaped(value: object) -> str:
    """A value as a template writes it; most have nothing to escape, and finding that takes less than a library's call."""
    if type(value) is Markup or (type(value) is str and _SPECIAL(value) is None):
        return value
    return escape(value)


@dataclass(slots=True)
class _Shape:
    """How often a shape was seen, its fold, and what has to be kept so that nothing else is taken for it."""

    kept: tuple[object, ...]
    seen: int = 0
    fold: Fold | None = None


class Folds:
    """Renders pages, and folds the shapes that come often. It keeps the latest shapes and forgets the others."""

    def __init__(self, whole: Callable[..., str], marked: Callable[..., str]) -> None:
        """Folds over two ways to render a template: as it is, and with holes, when whatever looks into one raises Refused."""
        self._whole = whole
        self._marked = marked
        self._shapes: OrderedDict[object, _Shape] = OrderedDict()

    def page(self, template: str, layout: Layout, values: Mapping[str, Any]) -> str:
        """A page: folded when its shape is known, else whole."""
        root = SimpleNamespace(**values)
        try:
            shape = self._shape((template, layout.key(root)), layout, root)
        except TypeError:  # something in it cannot be told apart from others
            return self._whole(template, **values)
        if shape.fold:
            return shape.fold.filled(root)
        shape.seen += 1
        whole = self._whole(template, **values)
        if shape.seen == OFTEN and SIGN not in whole:
            shape.fold = self._folded(template, layout, root, whole)
        return whole

    def _shape(self, key: object, layout: Layout, root: object) -> _Shape:
        """What is known of a shape."""
        shape = self._shapes.get(key)
        if shape is None:
            while len(self._shapes) >= _SHAPES:
                self._shapes.popitem(last=False)
            shape = self._shapes[key] = _Shape(layout.keep(root))
        self._shapes.move_to_end(key)
        return shape

    def _folded(self, template: str, layout: Layout, root: SimpleNamespace, whole: str) -> Fold | None:
        """The fold of a page's shape, or None when its template looks into what only one award has."""
        marked: list[Hole] = []
        named = layout.stand(root, marked, _page).names()
        try:
            named = {**named, "to": _linking(root, marked), "part": _parting(root, marked)}
            if named.keys() != vars(root).keys():
                return None
            fold = Fold(self._marked(template, **named), marked)
        except Exception:  # noqa: BLE001 (whatever it was, the whole page does without)
            return None
        return fold if fold.filled(root) == whole else None


def _linking(root: SimpleNamespace, marked: list[Hole]) -> Knowing:
    """How pages of a shape link: to what lies in or around an award's own folder, each in its own way."""
    own = around(root.page.path)

    def to(path: object) -> object:
        if isinstance(path, Hole):
            make = path.make
            return Hole(marked, lambda values: values.to(make(values)))
        text = str(plain(path))
        return root.to(text) if own and not text.startswith(own) else Hole(marked, lambda values: values.to(text))

    return Knowing(to)


def around(path: str) -> str:
    """The folder around the one that a page stands in, "" when that is the site itself."""
    folder = path[: path.rfind("/") + 1]
    return folder[: folder.rfind("/", 0, -1) + 1]


def _parting(root: SimpleNamespace, marked: list[Hole]) -> Knowing:
    """How pages of a shape have parts: those of an award's own values are made for it, the others are the same."""

    def part(template: str, **values: object) -> object:
        own = {name: value for name, value in values.items() if isinstance(value, Hole)}
        rest = plain({name: value for name, value in values.items() if name not in own})
        if not own:
            return root.part(plain(template), **rest)
        return Hole(
            marked,
            lambda shown: Markup(  # noqa: S704 (a part is markup already)
                shown.part(template, **rest, **{name: hole.make(shown) for name, hole in own.items()})
            ),
        )

    return Knowing(part)
