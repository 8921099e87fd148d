"""Small mistakes that somebody could make in a module: each is one changed place in its syntax tree, and a mutant when it is compiled."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any, cast

import blazon

PACKAGE = Path(blazon.__file__).parent

_LOOSER: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_OTHER: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
# What says nothing about what happens: types, and how records are laid out.
_SILENT = frozenset({"annotation", "returns", "decorator_list", "format_spec"})
_REMOVED = (ast.AugAssign, ast.Delete, ast.Raise, ast.Continue, ast.Break)
_TEXTS = (ast.JoinedStr, ast.List, ast.ListComp, ast.Tuple)  # nobody takes one from another by mistake

Step = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed place: on which line, what it was and became, and in which function; "" outside of functions."""

    module: str
    line: int
    text: str
    change: str
    function: str
    path: tuple[Step, ...]
    number: int

    def __str__(self) -> str:
        """As a person reads it."""
        return f"{self.module}.py:{self.line}: {self.change}   in: {self.text}"

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from others for as long as its line stays as it is."""
        return self.module, self.text, self.change

    def code(self) -> CodeType:
        """The changed module, compiled."""
        tree = ast.parse(source(self.module))
        holder: ast.AST = tree
        for name, index in self.path[:-1]:
            holder = _child(holder, name, index)
        name, index = self.path[-1]
        fresh = list(_changed(_child(holder, name, index), name))[self.number]
        if index is None:
            setattr(holder, name, fresh)
        else:
            getattr(holder, name)[index] = fresh
        return compile(ast.fix_missing_locations(tree), str(PACKAGE / f"{self.module}.py"), "exec", dont_inherit=True)


def source(module: str) -> str:
    """The text of a module of ours."""
    return (PACKAGE / f"{module}.py").read_text("utf-8")


def mutants(module: str) -> list[Mutant]:
    """Every mutant of a module, from top to bottom."""
    text = source(module)
    lines = text.splitlines()
    found = []
    for node, path, function in _places(ast.parse(text), (), ""):
        for number, fresh in enumerate(_changed(node, path[-1][0])):
            line = _line(node)
            found.append(Mutant(module, line, lines[line - 1].strip(), _told(node, fresh), function, path, number))
    return found


def _line(node: Any) -> int:
    """The number of the line on which a node begins."""
    number: int = (node.pattern if isinstance(node, ast.match_case) else node).lineno
    return number


def _told(node: ast.AST, fresh: ast.AST) -> str:
    """A change in a line."""
    whole = ast.fix_missing_locations(ast.copy_location(fresh, node))
    before, after = (" ".join(ast.unparse(one).split()) for one in (node, whole))
    return f"{before} is removed" if isinstance(fresh, ast.Pass) else f"{before} → {after}"


def _child(node: ast.AST, name: str, index: int | None) -> ast.AST:
    """What a node holds under a name."""
    found = getattr(node, name)
    one: ast.AST = found if index is None else found[index]
    return one


def _places(node: ast.AST, path: tuple[Step, ...], function: str) -> Iterator[tuple[ast.AST, tuple[Step, ...], str]]:
    """Every place below a node that can be changed: the node there, the way to it, and the outermost function around it."""
    for name, value in ast.iter_fields(node):
        if name in _SILENT or (isinstance(node, ast.ClassDef) and name in {"bases", "keywords"}):
            continue
        inside = function or (_named(node) if name == "body" else "")
        for index, one in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(one, ast.AST) or _is_silent(node, one):
                continue
            way = (*path, (name, index))
            yield one, way, inside
            yield from _places(one, way, inside)


def _named(node: ast.AST) -> str:
    """What tells a function from all others of its module: its name, and the line on which it begins with its decorators."""
    if not isinstance(node, ast.FunctionDef):
        return ""
    lines = [node.lineno, *(one.lineno for one in node.decorator_list)]
    return f"{node.name}:{min(lines)}"


def _is_silent(around: ast.AST, node: ast.AST) -> bool:
    """Whether a node is a docstring, a list of names or types, or a piece of a text that is changed as a whole."""
    if isinstance(node, ast.Assign) and ast.unparse(node).startswith(("__all__ = ", "T = TypeVar(")):
        return True
    if isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "TypeAlias":
        return True
    told = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return told or (isinstance(around, ast.JoinedStr) and isinstance(node, ast.Constant))


def _changed(node: ast.AST, where: str) -> Iterator[ast.AST]:
    """Everything that a node could be by mistake; `where` is what it is of the node around it."""
    yield from _CHANGES.get(type(node), _nothing)(node)
    if isinstance(node, _REMOVED) or _is_call(node):
        yield ast.Pass()
    if where in {"test", "ifs", "guard"} and not isinstance(node, ast.Compare | ast.UnaryOp):
        yield ast.UnaryOp(ast.Not(), cast("ast.expr", node))


def _is_call(node: ast.AST) -> bool:
    """Whether a statement does something and goes on."""
    return isinstance(node, ast.Expr) and not isinstance(node.value, ast.Yield | ast.YieldFrom)


def _is_number(node: ast.AST) -> bool:
    """Whether an operand may be a number or a set."""
    return not isinstance(node, _TEXTS) and not (isinstance(node, ast.Constant) and isinstance(node.value, str | bytes))


def _nothing(_: ast.AST) -> Iterator[ast.AST]:
    """No mistakes."""
    return iter(())


def _other(node: ast.AST, **changes: object) -> ast.AST:
    """A copy of a node with other parts."""
    fresh = copy.copy(node)
    for name, value in changes.items():
        setattr(fresh, name, value)
    return fresh


def _compare(node: ast.Compare) -> Iterator[ast.AST]:
    """Comparisons the other way, and beside the boundary."""
    for number, operator in enumerate(node.ops):
        for other in _LOOSER[type(operator)]:
            yield _other(node, ops=[*node.ops[:number], other(), *node.ops[number + 1 :]])


def _both(node: ast.BoolOp) -> Iterator[ast.AST]:
    """And for or, or for and, and one part fewer."""
    yield _other(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
    for number in range(len(node.values)):
        rest = [*node.values[:number], *node.values[number + 1 :]]
        yield rest[0] if len(rest) == 1 else _other(node, values=rest)


def _sign(node: ast.UnaryOp) -> Iterator[ast.AST]:
    """Without its sign."""
    yield node.operand


def _assignment(node: ast.Assign) -> Iterator[ast.AST]:
    """Without it, where there is a value to go on with."""
    target = node.targets[0]
    names = {one.id for one in ast.walk(node.value) if isinstance(one, ast.Name)}
    if target.id in names if isinstance(target, ast.Name) else not isinstance(target, ast.Tuple):
        yield ast.Pass()


def _sum(node: ast.BinOp) -> Iterator[ast.AST]:
    """Another operation, and one flag fewer."""
    if type(node.op) in _OTHER and _is_number(node.left) and _is_number(node.right):
        yield _other(node, op=_OTHER[type(node.op)]())
    if isinstance(node.op, ast.BitOr):
        yield node.left


def _growth(node: ast.AugAssign) -> Iterator[ast.AST]:
    """Another operation, and none."""
    if type(node.op) in _OTHER and _is_number(node.value):
        yield _other(node, op=_OTHER[type(node.op)]())
    yield ast.Assign([node.target], node.value)


def _constant(node: ast.Constant) -> Iterator[ast.AST]:
    """One more, one less, the opposite, another text."""
    match node.value:
        case bool():
            yield ast.Constant(not node.value)
        case int():
            yield ast.Constant(node.value + 1)
            yield ast.Constant(node.value - 1)
        case str():
            yield ast.Constant("XX" + node.value)
        case bytes():
            yield ast.Constant(b"XX" + node.value)


def _text(node: ast.JoinedStr) -> Iterator[ast.AST]:
    """Another text around the same values."""
    yield _other(node, values=[ast.Constant("XX"), *node.values])


def _set(node: ast.Set) -> Iterator[ast.AST]:
    """Without one member."""
    for number in range(len(node.elts) if len(node.elts) > 1 else 0):
        yield _other(node, elts=[*node.elts[:number], *node.elts[number + 1 :]])


def _call(node: ast.Call) -> Iterator[ast.AST]:
    """The first two arguments swapped, and without a named one."""
    first = node.args[:2]
    different = len({ast.dump(one) for one in first}) == 2
    if different and not any(isinstance(one, ast.Starred) for one in first):
        yield _other(node, args=[first[1], first[0], *node.args[2:]])
    for number, one in enumerate(node.keywords):
        if one.arg is not None:
            yield _other(node, keywords=[*node.keywords[:number], *node.keywords[number + 1 :]])


def _return(node: ast.Return) -> Iterator[ast.AST]:
    """Nothing comes back, where something did that is not as good as nothing."""
    if node.value is not None and ast.unparse(node.value) not in {"None", "False"}:
        yield ast.Return(ast.Constant(None))


def _continue(_: ast.Continue) -> Iterator[ast.AST]:
    """The loop ends."""
    yield ast.Break()


def _break(_: ast.Break) -> Iterator[ast.AST]:
    """The loop goes on."""
    yield ast.Continue()


def _handler(node: ast.ExceptHandler) -> Iterator[ast.AST]:
    """Nothing is caught, and one kind fewer is."""
    yield _other(node, type=ast.Tuple([], ast.Load()))
    kinds = node.type.elts if isinstance(node.type, ast.Tuple) else []
    for number in range(len(kinds)):
        yield _other(node, type=ast.Tuple([*kinds[:number], *kinds[number + 1 :]], ast.Load()))


def _case(node: ast.match_case) -> Iterator[ast.AST]:
    """A case that is never met."""
    yield _other(node, guard=ast.Constant(False))


_CHANGES: dict[type[ast.AST], Callable[..., Iterator[ast.AST]]] = {
    ast.Compare: _compare,
    ast.BoolOp: _both,
    ast.UnaryOp: _sign,
    ast.Assign: _assignment,
    ast.BinOp: _sum,
    ast.AugAssign: _growth,
    ast.Constant: _constant,
    ast.JoinedStr: _text,
    ast.Set: _set,
    ast.Call: _call,
    ast.Return: _return,
    ast.Continue: _continue,
    ast.Break: _break,
    ast.ExceptHandler: _handler,
    ast.match_case: _case,
}
