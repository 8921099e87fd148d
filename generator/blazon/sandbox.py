"""The sandbox that templates run in, and the same with a guard over what only one award has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from typing import Any

from jinja2 import BaseLoader, Environment, TemplateNotFound, TemplateSyntaxError, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import BlockReference, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from blazon.folding import Hole, Knowing, Refused, Stand, each, plain, walked

TEMPLATES = "templates/"

MAKING = frozenset({"date", "day", "markdown", "urlencode"})
"""The filters that make of a hole another one."""


class Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox, with a short way to what may be read anyway: the fields of our own values."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An attribute that a template asks for; whatever is not known to be harmless goes through all the checks."""
        if attribute in harmless(type(obj)):  # type: ignore[arg-type]  # any type can be hashed
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


@lru_cache(maxsize=256)
def harmless(kind: type) -> frozenset[str]:
    """What may be read of values of a type: the fields and properties of our own dataclasses, and where a loop is."""
    if kind is LoopContext:
        return frozenset({"first", "last"})
    fields = getattr(kind, "__dataclass_fields__", None)
    if fields is None:
        return frozenset()
    properties = (name for name, one in vars(kind).items() if isinstance(one, property))
    return frozenset(name for name in (*fields, *properties) if not name.startswith("_"))


class Loader(BaseLoader):
    """Finds templates among a theme's files and nowhere else; `base/x.html` is the one that the program's x.html replaces."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        """A loader for a theme's files."""
        self._files = files

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:  # noqa: ARG002
        """The text of a template and the path that messages name."""
        for name in (template, template.removeprefix("base/")):
            data = self._files.get(TEMPLATES + name)
            if data is not None:
                try:
                    return data.decode("utf-8"), TEMPLATES + name, None
                except UnicodeDecodeError:
                    raise TemplateSyntaxError("this is not UTF-8 text", 1, filename=TEMPLATES + name) from None
        raise TemplateNotFound(template)


class Guarded(Sandbox):
    """The sandbox for templates with holes: every way to look into a value asks first, and raises Refused at a hole."""

    intercepted_binops = frozenset(Sandbox.default_binop_table)

    def guard(self) -> None:
        """Let the filters and tests ask, once they are all there; the texts of the theme may have holes in their gaps."""
        texts = self.filters["t"]
        for name, work in list(self.filters.items()):
            self.filters[name] = _making(work) if name in MAKING else _asking(work)
        self.filters["t"], self.filters["length"] = _telling(texts), _counting
        for name, test in self.tests.items():
            self.tests[name] = _asking(test)
        self.filters[_PLAIN], self.filters[_WALKED] = plain, walked

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An attribute, of a hole only one that makes another."""
        if isinstance(obj, (Hole, Stand)):
            return obj.attribute(attribute)
        if isinstance(obj, str):
            plain(obj)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """An entry, of a stand-in one of its fields."""
        plain(argument)
        if isinstance(obj, (Hole, Stand)):
            return obj.attribute(argument)
        if isinstance(obj, str):
            plain(obj)
        return super().getitem(obj, argument)

    def call(self, context: Any, obj: Any, /, *values: Any, **named: Any) -> Any:
        """A call: of a macro, or of what knows holes, with any values."""
        if not isinstance(obj, (Macro, BlockReference, Knowing)):
            each(values)
            plain(named)
        return super().call(context, obj, *values, **named)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic."""
        return super().call_binop(context, operator, plain(left), plain(right))


_PLAIN, _WALKED = "a plain value", "a row to walk"


def _asking(work: Any) -> Callable[..., Any]:
    """A filter or a test that refuses holes."""

    @wraps(work)
    def asked(*values: Any, **named: Any) -> Any:
        each(values)
        plain(named)
        return work(*values, **named)

    return asked


def _making(work: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A filter that makes of a hole another one."""

    def made(value: Any) -> Any:
        return value.then(work) if isinstance(value, Hole) else work(plain(value))

    return made


def _telling(work: Callable[..., Any]) -> Callable[..., Any]:
    """The filter for texts of the theme, whose form depends on a count."""

    @wraps(work)
    def told(key: Any, /, **values: Any) -> Any:
        plain(values.get("count"))
        return work(plain(key), **values)

    return told


def _counting(row: Any) -> int:
    """How many there are in a row, which belongs to its shape; a text has to be plain."""
    return len(row if isinstance(row, (tuple, list, dict)) else plain(row))


class _Guards(NodeTransformer):
    """Puts a guard before what templates do with values without asking the environment."""

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802 (Jinja2's name)
        """Both sides of a comparison."""
        self.generic_visit(node)
        node.expr = _behind(_PLAIN, node.expr)
        for operand in node.ops:
            operand.expr = _behind(_PLAIN, operand.expr)
        return node

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802 (Jinja2's name)
        """What is sliced."""
        self.generic_visit(node)
        if isinstance(node.arg, nodes.Slice):
            node.node = _behind(_PLAIN, node.node)
        return node

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 (Jinja2's name)
        """What a loop walks through."""
        self.generic_visit(node)
        node.iter = _behind(_WALKED, node.iter)
        return node

    def visit_Assign(self, node: nodes.Assign) -> nodes.Node:  # noqa: N802 (Jinja2's name)
        """What is taken apart."""
        self.generic_visit(node)
        if isinstance(node.target, nodes.Tuple):
            node.node = _behind(_PLAIN, node.node)
        return node

    def visit_Pair(self, node: nodes.Pair) -> nodes.Node:  # noqa: N802 (Jinja2's name)
        """The key of a table."""
        self.generic_visit(node)
        node.key = _behind(_PLAIN, node.key)
        return node

    def visit_ScopedEvalContextModifier(self, node: nodes.Node) -> nodes.Node:  # noqa: ARG002, N802 (Jinja2's name)
        """Where escaping is switched off, nothing can be folded."""
        raise Refused


def _behind(guard: str, value: nodes.Node) -> Any:
    """A value behind a guard."""
    filtered = nodes.Filter(value, guard, [], [], None, None, lineno=value.lineno)
    filtered.environment = value.environment
    return filtered


class _Guarding(CodeGenerator):
    """Makes the code of a template whose values are guarded."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 (Jinja2's name)
        """The code of a whole template."""
        _Guards().visit(node)
        super().visit_Template(node, frame)


Guarded.code_generator_class = _Guarding
