"""The maker of small mistakes: it makes those that it should and no others, a weak test lets one live, and what runs for ever is dead."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import changes
import pytest
import survivors

TESTS = Path(__file__).parent
MODULE = '''\
"""Numbers and lists."""

LIMIT = 3


def is_small(number: int) -> bool:
    """Whether a number is small."""
    return number < LIMIT


def emptied(entries: list[int]) -> list[int]:
    """A list without its entries."""
    while entries:
        entries.pop()
    return entries
'''
WEAK = """\
from blazon.planted import emptied, is_small

def test_small_numbers_are_told_from_large_ones():
    assert is_small(1)
    assert not is_small(5)

def test_a_list_is_emptied():
    assert emptied([1, 2]) == []
"""
STRONG = WEAK.replace("is_small(1)", "is_small(2)").replace("is_small(5)", "is_small(3)")
SURVIVORS = [
    "unexplained: planted.py:3: 3 → 4 in: LIMIT = 3",
    "unexplained: planted.py:3: 3 → 2 in: LIMIT = 3",
    "unexplained: planted.py:8: number < LIMIT → number <= LIMIT in: return number < LIMIT",
]


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that the maker takes for a module called planted."""
    monkeypatch.setattr(changes, "PACKAGE", tmp_path)
    return tmp_path / "planted.py"


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("x = a < b", ["a < b → a <= b", "a < b → a >= b"]),
        ("x = a <= b", ["a <= b → a < b", "a <= b → a > b"]),
        ("x = a > b", ["a > b → a >= b", "a > b → a <= b"]),
        ("x = a >= b", ["a >= b → a > b", "a >= b → a < b"]),
        ("x = a == b", ["a == b → a != b"]),
        ("x = a != b", ["a != b → a == b"]),
        ("x = a is b", ["a is b → a is not b"]),
        ("x = a is not b", ["a is not b → a is b"]),
        ("x = a in b", ["a in b → a not in b"]),
        ("x = a not in b", ["a not in b → a in b"]),
        (
            "x = a < b < c",
            ["a < b < c → a <= b < c", "a < b < c → a >= b < c", "a < b < c → a < b <= c", "a < b < c → a < b >= c"],
        ),
        ("x = a and b", ["a and b → a or b", "a and b → b", "a and b → a"]),
        (
            "x = a or b or c",
            ["a or b or c → a and b and c", "a or b or c → b or c", "a or b or c → a or c", "a or b or c → a or b"],
        ),
        ("x = not a", ["not a → a"]),
        ("x = -a", ["-a → a"]),
        ("x = a", []),
        ("x = x.strip", ["x = x.strip is removed"]),
        ("x.y = a", ["x.y = a is removed"]),
        ("x[a] = b", ["x[a] = b is removed"]),
        ("x, y = a", []),
        ("x = a + b", ["a + b → a - b"]),
        ("x = a - b", ["a - b → a + b"]),
        ("x = a * b", ["a * b → a + b"]),
        ("x = a // b", ["a // b → a * b"]),
        ("x = a % b", ["a % b → a * b"]),
        ("x = a << b", ["a << b → a >> b"]),
        ("x = a >> b", ["a >> b → a << b"]),
        ("x = a | b", ["a | b → a & b", "a | b → a"]),
        ("x = a & b", ["a & b → a | b"]),
        ("x = a / b", []),
        ("x = [a] + b", []),
        ("x = f'{a}' + b", ["f'{a}' → f'XX{a}'"]),
        ("x = 'a' + b", ["'a' → 'XXa'"]),
        ("x += a", ["x += a → x -= a", "x += a → x = a", "x += a is removed"]),
        ("x += [a]", ["x += [a] → x = [a]", "x += [a] is removed"]),
        ("x = True", ["True → False"]),
        ("x = False", ["False → True"]),
        ("x = 7", ["7 → 8", "7 → 6"]),
        ("x = 'a'", ["'a' → 'XXa'"]),
        ("x = b'a'", ["b'a' → b'XXa'"]),
        ("x = None", []),
        ("x = 1.5", []),
        ("x = f'a{b:>3}c'", ["f'a{b:>3}c' → f'XXa{b:>3}c'"]),
        ("x = {a, b}", ["{a, b} → {b}", "{a, b} → {a}"]),
        ("x = {a}", []),
        ("x = f(a, b)", ["f(a, b) → f(b, a)"]),
        ("x = f(a, a)", []),
        ("x = f(a)", []),
        ("x = f(*a, b)", []),
        ("x = f(a, b=c)", ["f(a, b=c) → f(a)"]),
        ("x = f(**a)", []),
        ("f(a)", ["f(a) is removed"]),
        ("del a", ["del a is removed"]),
        ("raise a", ["raise a is removed"]),
        ("x: int = a", []),
        ("x: Literal['a'] = a", []),
        ("X: TypeAlias = a | b", []),
        ("T = TypeVar('T')", []),
        ("__all__ = ['a', 'b']", []),
        ("'''A sentence about a module.'''", []),
        ("import a", []),
        ("assert a", ["a → not a"]),
        ("x = a if b else c", ["b → not b"]),
        ("x = a if b < c else d", ["b < c → b <= c", "b < c → b >= c"]),
        ("x = [a for a in b if a]", ["a → not a"]),
        ("if a: pass", ["a → not a"]),
        ("while a: pass", ["a → not a"]),
        ("while a: break", ["a → not a", "break → continue", "break is removed"]),
        ("for a in b: continue", ["continue → break", "continue is removed"]),
    ],
)
def test_each_mistake_is_made_where_it_can_be_and_no_other(planted: Path, line: str, wanted: list[str]) -> None:
    planted.write_text(f"{line}\n", "utf-8")
    found = changes.mutants("planted")
    assert [mutant.change for mutant in found] == wanted
    assert {(mutant.line, mutant.text, mutant.function) for mutant in found} <= {(1, line, "")}
    for mutant in found:
        assert mutant.code() != compile(line, str(planted), "exec", dont_inherit=True), mutant


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("def f():\n    return a\n", ["return a → return None"]),
        ("def f():\n    return False\n", ["False → True"]),
        ("def f():\n    return None\n", []),
        ("def f():\n    return\n", []),
        ("def f():\n    yield a\n", []),
        ("def f():\n    yield from a\n", []),
        ("def f(x: 'int' = 1) -> 'int':\n    pass\n", ["1 → 2", "1 → 0"]),
        ("@a('b')\ndef f():\n    '''A sentence.'''\n", []),
        ("class A(B, c='d'):\n    '''A sentence.'''\n    e = 'f'\n", ["'f' → 'XXf'"]),
        ("try:\n    pass\nexcept A:\n    pass\n", ["except A: pass → except (): pass"]),
        (
            "try:\n    pass\nexcept (A, B):\n    pass\n",
            [
                "except (A, B): pass → except (): pass",
                "except (A, B): pass → except (B,): pass",
                "except (A, B): pass → except (A,): pass",
            ],
        ),
        (
            "match a:\n    case B():\n        pass\n    case C() if d:\n        pass\n",
            ["case B(): pass → case B() if False: pass", "case C() if d: pass → case C() if False: pass", "d → not d"],
        ),
    ],
)
def test_each_mistake_of_more_than_a_line_is_made_and_no_other(planted: Path, text: str, wanted: list[str]) -> None:
    planted.write_text(text, "utf-8")
    assert [mutant.change for mutant in changes.mutants("planted")] == wanted


def test_a_mistake_tells_its_place_and_its_outermost_function(planted: Path) -> None:
    planted.write_text("@a\ndef f():\n    def g():\n        return b\n\n\ndef h(x=1): pass\n", "utf-8")
    inner, *outer = changes.mutants("planted")
    assert str(inner) == "planted.py:4: return b → return None   in: return b"
    assert (inner.key, inner.function) == (("planted", "return b", "return b → return None"), "f:1")
    assert [(mutant.line, mutant.function) for mutant in outer] == [(7, ""), (7, "")]


def test_a_changed_module_does_what_the_change_says(planted: Path) -> None:
    planted.write_text("def f(a, b):\n    return [a < b, a + 2 * b]\n", "utf-8")
    said = []
    for mutant in changes.mutants("planted"):
        names: dict[str, object] = {}
        exec(mutant.code(), names)  # noqa: S102 - that is what a mutant is for
        said.append(names["f"](3, 3))  # type: ignore[operator]
    assert said == [None, [True, 9], [True, 9], [False, -3], [False, 8], [False, 12], [False, 6]]


HELD = '[mutated]\nplanted = ["test_planted.py"]\n'
MEASURED = f"[mutated]\n\n{HELD.replace('mutated', 'measured')}"


def _tried(root: Path, tests: str, explanations: str = "", held: str = HELD) -> tuple[int, list[str]]:
    """How the routine ends for the planted module, and its lines."""
    for path, text in {
        "blazon/__init__.py": "",
        "blazon/planted.py": MODULE,
        "tests/test_planted.py": tests,
        "tests/mutate/held.toml": held,
        "tests/mutate/survivors.toml": explanations,
        "pyproject.toml": "",
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    shutil.copy(TESTS / "sampling.py", root / "tests")
    for name in ("mutate.py", "changes.py", "survivors.py"):
        shutil.copy(TESTS / "mutate" / name, root / "tests/mutate")
    way = os.pathsep.join(str(root / name) for name in (".", "tests", "tests/mutate"))
    ended = subprocess.run(
        [sys.executable, "tests/mutate/mutate.py", "--patience", "1"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": way},
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.returncode, [" ".join(line.split()) for line in (ended.stdout + ended.stderr).splitlines()]


def test_a_weak_test_lets_mistakes_live_and_the_routine_fails(tmp_path: Path) -> None:
    figures = "planted 8 mutants 5 killed (1 by time) 62.5 % 3 survived (0 explained) 62.5 %"
    assert _tried(tmp_path, WEAK) == (1, [*SURVIVORS, figures])


def test_of_a_module_that_is_only_measured_the_share_is_told(tmp_path: Path) -> None:
    code, lines = _tried(tmp_path, WEAK, held=MEASURED)
    assert (code, lines[-1].split()[:6]) == (0, ["planted", "8", "mutants", "5", "killed", "(1"])


def test_a_strong_test_kills_every_mistake_and_one_that_runs_for_ever_is_dead(tmp_path: Path) -> None:
    figures = "planted 8 mutants 8 killed (1 by time) 100.0 % 0 survived (0 explained) 100.0 %"
    assert _tried(tmp_path, STRONG) == (0, [figures])


def test_an_explained_mistake_counts_apart_and_a_wrong_explanation_is_told(tmp_path: Path) -> None:
    explanations = """\
[[survivor]]
module = "planted"
line = "LIMIT = 3"
changes = ["3 → 4", "3 → 2"]
why = "nobody says where the limit is"

[[survivor]]
module = "planted"
line = "return number < LIMIT"
changes = ["number < LIMIT → number >= LIMIT"]
why = "nobody looks"
"""
    killed = "explained, but killed: planted.py: number < LIMIT → number >= LIMIT in: return number < LIMIT"
    figures = "planted 8 mutants 5 killed (1 by time) 62.5 % 3 survived (2 explained) 83.3 %"
    assert _tried(tmp_path, WEAK, explanations) == (1, [SURVIVORS[2], killed, figures])


def test_a_test_that_fails_without_any_mistake_ends_the_routine(tmp_path: Path) -> None:
    code, lines = _tried(tmp_path, WEAK.replace("== []", "== [1]"))
    assert (code, lines[-1]) == (1, "RuntimeError: the tests of planted could not be run")
    said = "RuntimeError: without any mistake a test of planted failed: tests/test_planted.py::test_a_list_is_emptied"
    assert any(line.endswith(said) for line in lines)


def test_each_explanation_is_of_a_change_that_can_be_made() -> None:
    explained = survivors.explained()
    modules = {module for module, _, _ in explained}
    possible = {mutant.key for module in modules for mutant in changes.mutants(module)}
    assert [key for key in explained if key not in possible] == []
    assert [key for key, why in explained.items() if len(why.split()) < 4] == []
