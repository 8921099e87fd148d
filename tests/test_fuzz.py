"""The harness that hands odd inputs to readers finds what goes wrong in them, and no reader of ours is left out of its table."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

import blazon
import harness
from harness import Fault, Reader

PACKAGE = Path(blazon.__file__).parent
FUZZ = Path(__file__).parent / "fuzz"
SEEDS = (b"a good input, with a WORD in it", b"another one")

# What makes something of bytes or of text from outside. A function that calls one of these is a reader.
OPENING = frozenset(
    "ParserCreate b64decode decode decompress frombytes from_bytes fromhex fromisoformat loads"  # noqa: SIM905, as a list it would fill a page
    " parse read_jwk read_key strptime unhexlify unquote urlsafe_b64decode urljoin".split()
)

# Functions that call one of these and read nothing from outside, or what another reader has read.
NOT_FROM_OUTSIDE = {
    "afterwards._with": "what another reader has read, or made of it",
    "afterwards.lifted": "what another reader has read, or made of it",
    "afterwards.private": "what another reader has read, or made of it",
    "appraising._with": "what another reader has read, or made of it",
    "appraising.issued": "what another reader has read, or made of it",
    "reviewing._added": "what another reader has read, or made of it",
    "reviewing._as_it_is": "what another reader has read, or made of it",
    "site._private": "what another reader has read, or made of it",
    "site._signed": "what another reader has read, or made of it",
    "browser.script": "our own words and documents",
    "recording.published": "our own words and documents",
    "records._typed": "our own words and documents",
    "records._whole": "our own words and documents",
    "sshsig.write_key": "our own words and documents",
    "confirming._newest": "a site that we built, read by jsontext alone",
    "resigning.only_signed_again": "what jsontext and proof have read",
    "errands.do": "what a sender sends who chose this code too",
    "shell.ask_address": "what was typed, which values.BASE reads",
    "sshkeygen.sign": "what OpenSSH says",
}


def stumbles(data: bytes) -> bool:
    return {"WORD": True}[data.decode("latin-1")[27:31]] if b"TRIP" in data else True


def hangs(data: bytes) -> bool:
    while b"TRIP" in data:
        pass
    return True


def eats(data: bytes) -> bool:
    return bool(bytearray(1 << 30)) if b"TRIP" in data else True


def dies(data: bytes) -> NoReturn:
    raise SystemExit(len(data))


def planted(read: object, *words: bytes) -> Reader:
    return Reader("planted", read, SEEDS, words)  # type: ignore[arg-type] # some never return


def faults(reader: Reader, inputs: int = 400) -> list[str]:
    return [one.what for one in harness.run(reader, 1, inputs).faults]


def test_a_reader_that_answers_has_no_fault() -> None:
    def read(data: bytes) -> bool:
        if b"WORD" not in data:
            raise ValueError(data)
        return True

    tally = harness.run(Reader("sound", read, SEEDS, answers=(ValueError,)), 1, 400)
    assert not tally.faults
    assert (tally.inputs, tally.values + tally.refused) == (400, 400)
    assert min(tally.values, tally.refused) > 50


def test_a_reader_that_raises_is_found_and_its_input_made_small() -> None:
    reader = planted(stumbles, b"TRIP")
    found = harness.run(reader, 1, 400).faults
    assert {one.what.split(" in ")[0] for one in found} == {"KeyError"}
    assert harness.smallest(reader, found[0]) == b"TRIP"


def test_a_reader_that_hangs_is_found_and_the_others_of_its_inputs_are_read() -> None:
    began = time.process_time()
    tally = harness.run(planted(hangs, b"TRIP"), 1, 60)
    assert {one.what for one in tally.faults} == {"no answer after 2 seconds of the processor"}
    assert tally.inputs == 60 or len(tally.faults) == harness.MOST_FAULTS
    assert time.process_time() - began < 60


def test_a_reader_that_eats_memory_is_found() -> None:
    assert faults(planted(eats, b"TRIP")) == ["more than 512 MiB of memory"]


def test_a_reader_that_ends_the_program_is_found() -> None:
    assert [one.split(" in ")[0] for one in faults(planted(dies))] == ["SystemExit"]


def test_a_number_gives_the_same_input_again() -> None:
    reader, other = planted(stumbles, b"TRIP"), planted(stumbles, b"TRIP")
    assert [reader.input(5, n) for n in range(300)] == [other.input(5, n) for n in range(300)]
    assert len({reader.input(5, n) for n in range(300)}) > 250
    assert reader.input(5, 9) != reader.input(6, 9)


def test_a_fault_that_needs_what_came_before_keeps_its_input() -> None:
    fault = Fault(3, "KeyError in a.py:1 a", b"never wrong alone")
    assert harness.smallest(planted(stumbles), fault) == fault.data


def test_no_reader_is_left_out() -> None:
    """Whatever opens bytes in the package is run by a reader of the table, or is named here with the reason."""
    told = subprocess.run([sys.executable, str(FUZZ / "reached.py")], check=True, capture_output=True, text=True).stdout
    reached = {tuple(one) for one in json.loads(told)}
    left = {name for name in _opening() if name not in reached}
    assert {".".join(one) for one in left} == set(NOT_FROM_OUTSIDE)


def _opening() -> set[tuple[str, str]]:
    """Every function that opens bytes, by its module and its name."""
    found = set()
    for path in sorted(PACKAGE.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and _opens(node):
                found.add((path.stem, node.name))
    return found


def _opens(function: ast.FunctionDef) -> bool:
    """Whether a function calls what opens bytes."""
    called = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
    return any((one.attr if isinstance(one, ast.Attribute) else getattr(one, "id", "")) in OPENING for one in called)
