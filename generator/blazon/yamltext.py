"""Values as the lines of a file: every text reads back as it was, and long ones stand in blocks that a reviewer can read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from blazon.scaffold import scalar

LONG = frozenset({"did", "text", "note", "feedback"})
_BARE = re.compile(r"[a-z0-9][a-z0-9.-]*")  # numbers, dates and names for addresses


def lines(table: Mapping[str, Any], indent: str = "") -> Iterator[str]:
    """The lines of a table, whose values are texts, lists of tables, and tables; text of LONG fields stands in a block."""
    for name, value in table.items():
        match value:
            case str() if name in LONG:
                yield f"{indent}{name}: |"
                yield from (f"{indent}  {line}" if line else "" for line in value.split("\n"))
            case str():
                yield f"{indent}{name}: {value if _BARE.fullmatch(value) else scalar(value)}"
            case Mapping():
                yield f"{indent}{name}:"
                yield from lines(value, f"{indent}  ")
            case Sequence():
                yield f"{indent}{name}:"
                for entry in value:
                    first, *more = lines(entry, f"{indent}    ")
                    yield f"{indent}  - {first.lstrip()}"
                    yield from more
