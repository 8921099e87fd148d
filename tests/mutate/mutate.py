"""Makes small mistakes in a module, one at a time, and runs the tests that hold it: a mutant that no test kills shows what nobody looks at.

    make mutate

One process has the modules and their tests loaded. For each mutant a child of it takes the changed code into its functions and runs the tests
that pass its line, until one fails; what is changed outside of functions is imported anew. A child may not write outside of its own folder.
"""

from __future__ import annotations

import argparse
import gc
import importlib.abc
import importlib.util
import os
import pickle
import resource
import signal
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.machinery import ModuleSpec
from itertools import accumulate
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any, NoReturn

import changes
import coverage
import pytest
import survivors
from changes import PACKAGE, Mutant
from hypothesis import settings

import sampling

TESTS = Path(__file__).parents[1]
BOOK = tomllib.loads((Path(__file__).parent / "held.toml").read_text("utf-8"))
MEASURED: dict[str, list[str]] = BOOK.get("measured", {})
HELD: dict[str, list[str]] = {**BOOK["mutated"], **MEASURED}
LEAST = 90  # of a hundred
_LONGEST = 30  # seconds of tests for one mutant
_MEMORY = 3 << 30
_OPTIONS = [
    "-x",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:terminalreporter",
    "-o",
    "timeout=0",
    "--rootdir",
    str(TESTS.parent),
]
_OPTIONS += ["-c", str(TESTS.parent / "pyproject.toml"), "-W", "ignore::pytest.PytestAssertRewriteWarning"]
_CHANGING = {
    "os.mkdir": (0,),
    "os.rename": (0, 1),
    "os.remove": (0,),
    "os.rmdir": (0,),
    "os.link": (1,),
    "os.symlink": (1,),
    "os.chmod": (0,),
    "os.truncate": (0,),
    "shutil.rmtree": (0,),
}

Lines = Mapping[int, Sequence[str]]
"""The tests that pass each line of a module."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a run without mistakes showed: the seconds of each test, and the tests that pass each line."""

    seconds: Mapping[str, float]
    lines: Lines

    def tests(self, mutant: Mutant) -> list[str]:
        """The tests that may see a mutant, the quickest first, as many as half a minute takes."""
        passing = self.lines.get(mutant.line, ()) if mutant.function else self.seconds
        ordered = sorted(passing, key=lambda name: (self.seconds[name], name))
        ends = accumulate(self.seconds[name] for name in ordered)
        return [name for name, end in zip(ordered, ends, strict=True) if end < _LONGEST or name == ordered[0]]


class Runner:
    """A plugin of pytest that takes the place of its loop: it has the tests ready, and runs some of them in children."""

    def __init__(
        self, module: str, wanted: Sequence[Mutant], room: Path, patience: int, tell: Callable[[str], None]
    ) -> None:
        """A runner of the tests of one module, which grants each mutant so many seconds beyond those that its tests take."""
        self._module, self._wanted, self._room, self._patience, self._tell = module, wanted, room, patience, tell
        self._explained = survivors.explained()
        self.tally: Counter[str] = Counter()
        self.left: set[survivors.Key] = set()

    def pytest_collection(self) -> None:
        """Let generated inputs be the same in every child."""
        settings.register_profile("mutate", deadline=None, derandomize=True, database=None)
        settings.load_profile("mutate")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Learn what passes where, then try one mutant after the other."""
        items = {item.nodeid: item for item in session.items}
        functions = _functions(self._module)
        known = self._learnt(session, items)
        killers: dict[str, Counter[str]] = {}
        for mutant in self._wanted:
            killed_before = killers.setdefault(mutant.function, Counter())
            names = sorted(known.tests(mutant), key=lambda name: -killed_before[name])
            budget = self._patience + 5 * int(sum(known.seconds[name] for name in names))
            ended, answer = self._child(partial(_tried, mutant, names, session, items, functions), budget)
            how = _HOW.get(ended, "timeouts") if names else "survived"
            if how == "killed" and answer:
                killed_before[answer] += 1
            if how == "survived":
                self._note(mutant)
            else:
                self.tally[how] += 1
        self._doubt()
        return True

    def _note(self, mutant: Mutant) -> None:
        """Count a survivor, and tell of one that nobody has explained."""
        self.left.add(mutant.key)
        known = mutant.key in self._explained
        self.tally["explained" if known else "unexplained"] += 1
        if not known:
            self._tell(f"  unexplained: {mutant}")

    def _doubt(self) -> None:
        """Tell which explanations are wrong: those of mutants that were killed after all."""
        for key in {mutant.key: None for mutant in self._wanted}:
            if key in self._explained and key not in self.left:
                self._tell(f"  explained, but killed: {key[0]}.py: {key[2]}   in: {key[1]}")

    def _learnt(self, session: pytest.Session, items: Mapping[str, pytest.Item]) -> Known:
        """What a run without mistakes shows."""
        ended, answer = self._child(lambda: _watched(self._module, session, items), 3000)
        if ended or isinstance(answer, str):
            raise RuntimeError(f"without any mistake a test of {self._module} failed: {answer or ended}")
        known: Known = answer
        return known

    def _child(self, act: Callable[[], tuple[int, Any]], seconds: int) -> tuple[int, Any]:
        """How a child ended that did something, and what it answered: negative for a signal that stopped it."""
        answer = self._room / "answer"
        answer.unlink(missing_ok=True)
        child = os.fork()
        if child == 0:
            _live(act, answer, self._room, seconds)
        _, status = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(status), pickle.loads(answer.read_bytes()) if answer.exists() else None  # noqa: S301 - our own


_HOW = {0: "survived", 1: "killed"}


def _live(act: Callable[[], tuple[int, Any]], answer: Path, room: Path, seconds: int) -> NoReturn:
    """The life of a child."""
    code, found = 1, None
    try:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        signal.alarm(60 + seconds)
        quiet = os.open(os.devnull, os.O_WRONLY)
        for stream in (1, 2):
            os.dup2(quiet, stream)
        sys.addaudithook(_guard(str(room)))
        code, found = act()
        answer.write_bytes(pickle.dumps(found))
    finally:
        os._exit(code)


def _guard(room: str) -> Callable[[str, tuple[Any, ...]], None]:
    """A hook that stops whatever would change a file outside of a folder: a mutant may have lost what kept it from that."""

    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            named = arguments[:1] if arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) else ()
        else:
            named = tuple(arguments[number] for number in _CHANGING.get(event, ()))
        for one in named:
            if isinstance(one, str | bytes | os.PathLike):
                path = os.fsdecode(one)
                if Path(path).is_absolute() and not path.startswith((room, "/dev/null", "/proc/self/")):
                    raise AssertionError(f"a mutant wanted to change {path}")

    return hear


def _run(items: Iterable[pytest.Item], session: pytest.Session) -> Iterator[tuple[pytest.Item, bool]]:
    """Tests that were run, each with whether all is well so far."""
    for item in items:
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        yield item, not session.testsfailed


def _watched(module: str, session: pytest.Session, items: Mapping[str, pytest.Item]) -> tuple[int, Known | str]:
    """What a run of all tests shows about a module, or the name of the first that failed."""
    path = str(PACKAGE / f"{module}.py")
    watch = coverage.Coverage(data_file=None, include=[path], config_file=False)
    seconds = {}
    with watch.collect():
        for item in items.values():
            watch.switch_context(item.nodeid)
            began = time.process_time()
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
            seconds[item.nodeid] = time.process_time() - began
            if session.testsfailed:
                return 0, item.nodeid
    found = watch.get_data().contexts_by_lineno(path)
    return 0, Known(seconds, {line: [name for name in names if name] for line, names in found.items()})


def _tried(
    mutant: Mutant,
    names: Sequence[str],
    session: pytest.Session,
    items: Mapping[str, pytest.Item],
    functions: Mapping[str, list[FunctionType]],
) -> tuple[int, str]:
    """Whether tests see a mutant, and the first that does."""
    code = mutant.code()
    if not mutant.function:
        return _anew(mutant.module, code, names)
    fresh = dict(_codes(code))
    for function in functions[mutant.function]:
        function.__code__ = fresh[mutant.function]
    for item, well in _run((items[name] for name in names), session):
        if not well:
            return 1, item.nodeid
    return 0, ""


def _functions(module: str) -> dict[str, list[FunctionType]]:
    """The functions of a module, as mutants name them."""
    found: dict[str, list[FunctionType]] = {}
    path = str(PACKAGE / f"{module}.py")
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and one.__code__.co_filename == path:
            found.setdefault(_name(one.__code__), []).append(one)
    return found


def _codes(code: CodeType) -> Iterator[tuple[str, CodeType]]:
    """The code of every function in a module's code, as mutants name them."""
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield _name(one), one
            yield from _codes(one)


def _name(code: CodeType) -> str:
    """What mutants call a function."""
    return f"{code.co_name}:{code.co_firstlineno}"


class _Loader(importlib.abc.Loader, importlib.abc.MetaPathFinder):
    """Loads a changed module in place of the one of its name."""

    def __init__(self, module: str, code: CodeType) -> None:
        """A loader of one module."""
        self._module, self._code = f"blazon.{module}", code

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:  # noqa: ARG002
        """How the module is loaded, and nothing about others."""
        file = str(PACKAGE / f"{name.rpartition('.')[2]}.py")
        return importlib.util.spec_from_file_location(name, file, loader=self) if name == self._module else None

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed code."""
        exec(self._code, module.__dict__)  # noqa: S102 - that is what a mutant is for


class _Some:
    """A plugin of pytest that runs some tests, in some order, and remembers which failed."""

    def __init__(self, names: Sequence[str]) -> None:
        """Nothing failed yet."""
        self._order = {name: number for number, name in enumerate(names)}
        self.failed = ""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out what is not asked for."""
        items[:] = sorted((one for one in items if one.nodeid in self._order), key=lambda one: self._order[one.nodeid])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember what failed."""
        if report.failed:
            self.failed = report.nodeid


def _anew(module: str, code: CodeType, names: Sequence[str]) -> tuple[int, str]:
    """Whether tests see a mutant when everything of ours is imported anew."""
    for name, one in list(sys.modules.items()):
        if (
            str(getattr(one, "__file__", None) or "").startswith((str(PACKAGE), f"{TESTS}{os.sep}"))
            and one is not sys.modules["__main__"]
        ):
            del sys.modules[name]
    sys.meta_path.insert(0, _Loader(module, code))
    some = _Some(names)
    files = dict.fromkeys(str(TESTS.parent / name.partition("::")[0]) for name in names)
    return int(pytest.main([*_OPTIONS, *files], plugins=[some]) != 0), some.failed


def judge(module: str, wanted: Sequence[Mutant], patience: int, tell: Callable[[str], None]) -> Counter[str]:
    """Try mutants of a module: how many were killed, how many by time, and how many survived with an explanation and without."""
    memory = Path("/dev/shm")  # noqa: S108 - waiting for a disk shows nothing more
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as place:
        os.environ["TMPDIR"] = tempfile.tempdir = place
        runner = Runner(module, wanted, Path(place), patience, tell)
        code = pytest.main(
            [*_OPTIONS, f"--basetemp={place}/tests", *(str(TESTS / name) for name in HELD[module])], plugins=[runner]
        )
    if code:
        raise RuntimeError(f"the tests of {module} could not be run")
    return runner.tally


def told(module: str, tally: Counter[str]) -> str:
    """The figures of a module in a line; the second share is that of the mutants that nobody has explained."""
    number, killed, explained = tally.total(), tally["killed"] + tally["timeouts"], tally["explained"]
    return (
        f"{module:12} {number:4} mutants {killed:4} killed ({tally['timeouts']} by time) {100 * killed / number:.1f} %"
        f"   {number - killed:3} survived ({explained} explained) {100 * killed / ((number - explained) or 1):.1f} %"
    )


def main() -> int:
    """Try what was asked for, and print a line for each module; 1 when less than nine of ten mutants of one were killed that is held to it."""
    parser = argparse.ArgumentParser(description="Makes small mistakes in modules and sees whether tests fail.")
    parser.add_argument("modules", nargs="*", default=list(HELD), help="names of modules; all of them unless told")
    parser.add_argument("--sample", type=int, help="take so many mutants of each module")
    parser.add_argument("--patience", type=int, default=20, help="seconds for a mutant beyond those of its tests")
    asked = parser.parse_args()
    enough = True
    for module in asked.modules:
        everything = changes.mutants(module)
        wanted = sampling.sample(everything, asked.sample) if asked.sample else everything
        tally = judge(module, wanted, asked.patience, lambda line: print(line, flush=True))
        enough &= module in MEASURED or 100 * (tally["killed"] + tally["timeouts"]) >= LEAST * tally.total()
        print(told(module, tally), flush=True)
    return 0 if enough else 1


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    sys.exit(main())
