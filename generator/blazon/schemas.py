"""What editors are told about the files that people write: a JSON Schema for each kind, made from the fields that are read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from blazon.fields import ERASED_AWARD, FILES
from blazon.records import Record

# Draft 7 is what the YAML extensions of editors know in full.
_DRAFT = "http://json-schema.org/draft-07/schema#"

# The kinds of files by name, and the place of each.
KINDS = {path.rpartition("/")[2].removesuffix(".yaml").strip("<>"): path for path in FILES}
KINDS["key"] = KINDS.pop("name")


def path_of(kind: str) -> str:
    """Where the schema of a kind of file lies in a program."""
    return f"schemas/{kind}.schema.json"


def schema(kind: str) -> Mapping[str, object]:
    """The JSON Schema of a kind of file."""
    record: Record[Any] = FILES[KINDS[kind]]
    head = {"$schema": _DRAFT, "title": f"{record.noun[:1].upper()}{record.noun[1:]}"}
    if kind != "award":
        return {**head, **record.schema}
    # An award that was erased has fields of its own; telling the two apart gives one sentence for each mistake.
    return {**head, "if": {"required": ["erased"]}, "then": ERASED_AWARD.schema, "else": record.schema}


def files() -> dict[str, str]:
    """The texts of all schemas, by path."""
    return {path_of(kind): json.dumps(schema(kind), indent=2, ensure_ascii=False) + "\n" for kind in KINDS}


def editor_line(kind: str, path: str) -> str:
    """The first line of a new file, by which editors find the schema of its kind."""
    return f"# yaml-language-server: $schema={'../' * path.count('/')}{path_of(kind)}\n"
