"""The few expressions that our workflows use, worked out as GitHub does; whatever else stands in one is an error."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

_TOKEN = re.compile(r"\s*('(?:[^']|'')*'|\d+|[A-Za-z_][\w-]*|\|\||&&|==|!=|[!().,*])")
_PLACED = re.compile(r"\$\{\{(.*?)\}\}")


class UnknownExpression(Exception):
    """An expression that this runner does not know, so that no test passes by chance."""


def evaluate(text: str, contexts: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]]) -> Any:
    """What an expression amounts to."""
    tokens, at = [], 0
    text = text.strip()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if not found:
            raise UnknownExpression(text)
        tokens.append(found[1])
        at = found.end()
    return _Parser(text, tokens, contexts, {"contains": _contains, **functions}).whole()


def fill(text: str, contexts: Mapping[str, Any]) -> str:
    """A text with each expression in it replaced by what it amounts to."""
    return _PLACED.sub(lambda found: as_text(evaluate(found[1], contexts, {})), text)


def bare(text: str) -> str:
    """An expression without what may stand around it in a condition."""
    found = _PLACED.fullmatch(text.strip())
    return found[1] if found else text


def as_text(value: Any) -> str:
    """A value as it is put into a text."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _contains(where: Any, what: Any) -> bool:
    """Whether a list has an element, or a text a part; capitals do not matter."""
    if isinstance(where, list):
        return any(as_text(one).lower() == as_text(what).lower() for one in where)
    return as_text(what).lower() in as_text(where).lower()


@dataclass
class _Parser:
    """Reads an expression from left to right."""

    text: str
    tokens: list[str]
    contexts: Mapping[str, Any]
    functions: Mapping[str, Callable[..., Any]]
    at: int = field(default=0)

    def whole(self) -> Any:
        """The value of all of it."""
        value = self._either()
        if self.at != len(self.tokens):
            raise UnknownExpression(self.text)
        return value

    def _take(self, *wanted: str) -> str:
        """The next token when it is one of those, else nothing."""
        if self.at < len(self.tokens) and self.tokens[self.at] in wanted:
            self.at += 1
            return self.tokens[self.at - 1]
        return ""

    def _next(self) -> str:
        """The next token, whatever it is."""
        if self.at == len(self.tokens):
            raise UnknownExpression(self.text)
        self.at += 1
        return self.tokens[self.at - 1]

    def _either(self) -> Any:
        value = self._both()
        while self._take("||"):
            other = self._both()
            value = value or other
        return value

    def _both(self) -> Any:
        value = self._compared()
        while self._take("&&"):
            other = self._compared()
            value = value and other
        return value

    def _compared(self) -> Any:
        value = self._single()
        while sign := self._take("==", "!="):
            other = self._single()
            value = (as_text(value).lower() == as_text(other).lower()) is (sign == "==")
        return value

    def _single(self) -> Any:
        if self._take("!"):
            return not self._single()
        if self._take("("):
            value = self._either()
            if not self._take(")"):
                raise UnknownExpression(self.text)
            return value
        token = self._next()
        if token.startswith("'"):
            return token[1:-1].replace("''", "'")
        if token.isdigit() or token in ("true", "false"):
            return token
        return self._call(token) if self._take("(") else self._named(token)

    def _call(self, name: str) -> Any:
        """What a function says."""
        if name not in self.functions:
            raise UnknownExpression(f"{name}() in {self.text}")
        given: list[Any] = []
        while not self._take(")"):
            given.append(self._either())
            self._take(",")
        return self.functions[name](*given)

    def _named(self, name: str) -> Any:
        """What stands under a name with dots; the first part has to be known, and what is a plain mapping has to have the rest."""
        if name not in self.contexts:
            raise UnknownExpression(f"{name} in {self.text}")
        value = self.contexts[name]
        while self._take("."):
            part = self._next()
            if part == "*":
                value = value if isinstance(value, list) else []
            elif isinstance(value, list):
                value = [one.get(part) for one in value]
            elif isinstance(value, Closed) and part not in value:
                raise UnknownExpression(f"{part} in {self.text}")
            else:
                value = value.get(part) if isinstance(value, Mapping) else None
        return value


class Closed(dict[str, Any]):
    """A context whose names are all known: any other is a slip of the pen."""
