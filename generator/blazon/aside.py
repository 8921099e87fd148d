"""Awards of a large program, put aside into a file without a name: memory holds them in brief, and whole when their turn comes."""

from __future__ import annotations

import os
import pickle
import tempfile
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from io import BytesIO
from itertools import chain, islice
from operator import attrgetter
from typing import IO, Any, TypeVar, overload
from weakref import finalize

from blazon.diagnostics import BlazonError
from blazon.model import Aside, Award, Brief, Program

T = TypeVar("T")

FEWEST = 1_000  # awards that are put aside; fewer are held whole
AT_ONCE = 250  # awards that are read together, all those of an earner among them


def put_aside(awards: Iterable[Award]) -> Sequence[Award]:
    """The same awards: put aside, or as they are when there are few. Raises BlazonError when there is no room for them."""
    coming = iter(awards)
    few = tuple(islice(coming, FEWEST))
    return few if len(few) < FEWEST else _written(chain(few, coming))


def in_turns(program: Program, least: int = AT_ONCE) -> Iterator[Program]:
    """A program again and again, each time with some of its awards, all those of an earner together, until each had its turn."""
    for begun, ended in stretches(program.in_brief, least):
        yield replace(program, awards=program.awards[begun:ended])


def stretches(awards: Sequence[Brief], least: int, without: Collection[str] = ()) -> Iterator[tuple[int, int]]:
    """Where the awards of some earners begin and end: all awards of each earner, and at least so many but for the last time.

    The awards of earners that are left out do not count, and where there are no others, no place is given.
    """
    begun = wanted = 0
    for place, award in enumerate(awards, 1):
        wanted += award.earner not in without
        last = place == len(awards) or awards[place].earner != award.earner
        if last and wanted and (place == len(awards) or wanted >= least):
            yield begun, place
            begun, wanted = place, 0


class _InFile(Aside):
    """Awards in a file, one after the other; `ends` says where each of them ends."""

    def __init__(self, in_brief: Sequence[Brief], ends: array[int], file: IO[bytes]) -> None:
        """Awards that were written before."""
        self.in_brief = in_brief
        self._ends = ends
        self._file = file
        finalize(self, file.close)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._ends)

    @overload
    def __getitem__(self, index: int) -> Award: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Award, ...]: ...

    def __getitem__(self, index: int | slice) -> Award | tuple[Award, ...]:
        """An award, or several that follow each other, read now."""
        if isinstance(index, int):
            number = range(len(self))[index]
            return self._read(number, number + 1)[0]
        begun, ended, _ = index.indices(len(self))
        return self._read(begun, ended)

    def __iter__(self) -> Iterator[Award]:
        """All awards, some of them at a time."""
        for begun in range(0, len(self), AT_ONCE):
            yield from self._read(begun, min(begun + AT_ONCE, len(self)))

    def __reduce__(self) -> tuple[Callable[..., Aside], tuple[Sequence[Brief], array[int], bytes]]:
        """How the awards reach another process that this one did not fork."""
        return _received, (self.in_brief, self._ends, self._bytes(0, len(self)))

    def _read(self, begun: int, ended: int) -> tuple[Award, ...]:
        """The awards between two places."""
        data = BytesIO(self._bytes(begun, ended))
        return tuple(pickle.load(data) for _ in range(begun, ended))  # noqa: S301 - nobody else can reach a file without a name

    def _bytes(self, begun: int, ended: int) -> bytes:
        """What the file holds of the awards between two places; whoever reads it at the same time does not matter."""
        if begun >= ended:
            return b""
        first = self._ends[begun - 1] if begun else 0
        return os.pread(self._file.fileno(), self._ends[ended - 1] - first, first)


def _written(awards: Iterable[Award]) -> Aside:
    """Awards in a file of their own."""
    in_brief, ends, size = list[Brief](), array("Q"), 0
    try:
        file = _nameless()
        for award in awards:
            size += file.write(_pickled(award))
            ends.append(size)
            in_brief.append(_brief(award))
        file.flush()
    except OSError as error:
        raise _no_room(error) from error
    return _InFile(in_brief, ends, file)


class _Ways(dict[type, Callable[[Any], tuple[type, tuple[object, ...]]]]):
    """How values of our dataclasses are pickled: by the values of their fields, in order, which takes half the time of Python's own way."""

    def __missing__(self, kind: type) -> Callable[[Any], tuple[type, tuple[object, ...]]]:
        """The way of one more type; raises KeyError for one that is no dataclass, which has a way of its own."""
        if not is_dataclass(kind):
            raise KeyError(kind)
        names = [one.name for one in fields(kind)]
        all_of = attrgetter(*names)

        def way(value: Any) -> tuple[type, tuple[object, ...]]:
            return kind, all_of(value) if len(names) > 1 else (all_of(value),)

        self[kind] = way
        return way


_WAYS = _Ways()


def _pickled(award: Award) -> bytes:
    """An award as bytes."""
    data = BytesIO()
    pickler = pickle.Pickler(data, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _WAYS
    pickler.dump(award)
    return data.getvalue()


def _received(in_brief: Sequence[Brief], ends: array[int], data: bytes) -> Aside:
    """Awards that came from another process, in a file of this one."""
    try:
        file = _nameless()
        file.write(data)
        file.flush()
    except OSError as error:
        raise _no_room(error) from error
    return _InFile(in_brief, ends, file)


def _nameless() -> IO[bytes]:
    """A file that is gone when nobody has it open any more, however that comes."""
    return tempfile.TemporaryFile()


def _no_room(error: OSError) -> BlazonError:
    """The error for awards that cannot be put aside."""
    message = f"there is no room to put awards aside in a temporary file: {(error.strerror or str(error)).lower()}."
    return BlazonError(message, "name a folder with more room in the variable TMPDIR.")


def _brief(award: Award) -> Brief:
    """An award in brief; what other awards have as well is held once."""
    return Brief(
        slug=_once(award.slug),
        earner=_once(award.earner),
        id=award.id,
        status_index=award.status_index,
        achievement=_once(award.achievement),
        version=award.version,
        name=_once(award.name),
        parts=award.parts,
        issued=_once(award.issued),
        expires=_once(award.expires),
        revoked=award.revoked,
        suspended=award.suspended,
        supersedes=award.supersedes,
        erased=award.erased,
    )


@lru_cache(maxsize=4096)
def _once(value: T) -> T:
    """A value that equals others, held once."""
    return value
