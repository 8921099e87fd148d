"""What is made to cost much and has to be refused cheaply, with the command that is handed it."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path

import storybook
from blazon import png
from blazon.png import Chunk
from hostile import AWARD as ADAS
from hostile import subject
from limits import of_badges, of_pictures
from mischief.attempts import AWARD, BADGE, TODAY, Changes, hollow, laid, lay_out, put_all
from mischief.with_text import ATTEMPTS
from strangers import METHOD, changed, multibase, put, seal, status_list, text, vector

MORE = "content/earners/ada/earner.yaml"
PICTURES = "content/badges/soldering/image"
CHECKED = ("-m", "blazon", "-C", "{}/now", "check", "--today", TODAY)
VERIFIED = ("-m", "blazon", "verify", "--issued", "--key", "{}/did.json", "--status", "{}/status.json")


@dataclass(frozen=True, slots=True)
class Case:
    """Something that is refused: what it is called with its row, whether it is a file or a tree, how it is laid out in a folder,
    the words after `python`, what that ends with and says, and the file that is its standard input.
    """

    name: str
    kind: str
    lay: Callable[[Path], object]
    words: tuple[str, ...]
    ends_with: int
    says: str
    given: str = os.devnull

    def __str__(self) -> str:
        """The name of a case."""
        return self.name

    def laid_out(self, folder: Path) -> list[str]:
        """Lay the case out; the command that is to refuse it."""
        folder.mkdir()
        self.lay(folder)
        return [word.replace("{}", str(folder)) for word in self.words]


def program(name: str, changes: Changes, code: str) -> Case:
    """A program that differs from the base program and that `blazon check` refuses."""
    return Case(name, "file", lambda folder: lay_out(folder / "now", changes), CHECKED, 1, f"[{code}]")


def text_of(row: str, word: str, code: str) -> Case:
    """One of the attempts with text, by its row and a word of its sentence."""
    attempt = next(one for one in ATTEMPTS if one.row == row and word in one.sentence)
    return program(str(attempt), attempt.changes, code)


def yaml(name: str, text: str, code: str) -> Case:
    """A program with an earner's file."""
    return program(name, {MORE: text}, code)


def picture(name: str, data: bytes, ending: str = "png", code: str = "bad-picture") -> Case:
    """A program whose badge brings a picture."""
    good = {f"{PICTURES}.png": of_pictures.sided(400, 400), f"{PICTURES}.svg": of_pictures.drawn("<g/>")}
    own = {BADGE: laid(BADGE, "image: {alt: A soldered joint}")}
    return program(name, {**own, **good, f"{PICTURES}.{ending}": data}, code)


def headed(width: int, height: int, *chunks: Chunk) -> bytes:
    """A PNG of one bit a pixel, with chunks behind its header."""
    header = Chunk(b"IHDR", width.to_bytes(4) + height.to_bytes(4) + bytes((1, 0, 0, 0, 0)))
    return png.SIGNATURE + b"".join(one.as_bytes() for one in (header, *chunks))


def endless(size: int) -> bytes:
    """Zeros of so many bytes, compressed without ever being there as a whole."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(size >> 20)) + packer.flush()


FLAT = f"activity: [{'a,' * 32_500}a]\n"
SCORES = ", ".join(f"k{one}: 1" for one in range(199))
SCORED = f"reviews: [{f'{{reviewer: kim, date: 2026-01-01, conflict: none, scores: {{{SCORES}}}}}, ' * 35}]\n"
WRONG = f"reviews: [{f'{{scores: {{{SCORES.upper()}}}}}, ' * 38}]\n"
END = Chunk(b"IEND", b"")
ROWS = Chunk(b"IDAT", zlib.compress(bytes(51 * 400)))


def many(folder: Path, number: int, name: str = "content/earners/e{}/a{}.yaml") -> None:
    """So many files, a hundred in a folder, which are one file by a hundred names."""
    for group, one in islice(product(range(number // 100 + 1), range(100)), number):
        place = folder / name.format(group, one)
        if one:
            place.hardlink_to(folder / name.format(group, 0))
        else:
            place.parent.mkdir(parents=True)
            place.write_text("name: Ada\n")


def crowded(name: str, number: int, code: str, form: str = "content/earners/e{}/a{}.yaml") -> Case:
    """A program of very many files."""

    def lay(folder: Path) -> None:
        lay_out(folder / "now", {})
        many(folder / "now", number, form)

    return Case(name, "tree", lay, CHECKED, 1, f"[{code}]")


def added(name: str, number: int) -> Case:
    """A request that adds files to the base program."""

    def lay(folder: Path) -> None:
        lay_out(folder / "before", {})
        lay_out(folder / "now", {})
        many(folder / "now", number)

    return Case(name, "tree", lay, (*CHECKED, "--against", "{}/before"), 1, "[too-many-added]")


def heavy(name: str, number: int) -> Case:
    """A request that brings files of which each keeps a reader busy for as long as it can."""

    def lay(folder: Path) -> None:
        lay_out(folder / "before", {})
        busy = f"about: [{'a,' * 32_700}a]\n"
        lay_out(folder / "now", {f"content/earners/e{one}/earner.yaml": busy for one in range(number)})

    return Case(name, "tree", lay, (*CHECKED, "--against", "{}/before"), 1, "[program-too-large]")


def dense(name: str, number: int, text: str, code: str) -> Case:
    """A program with awards that say the same, in as many words as fit."""

    def lay(folder: Path) -> None:
        usual = storybook.base()[AWARD].partition("reviews:")[0]
        lay_out(folder / "now", {f"content/earners/e{one}/a.yaml": usual + text for one in range(number)})

    return Case(name, "tree", lay, CHECKED, 1, f"[{code}]")


def pictures(folder: Path) -> None:
    """A program with pictures that are as large as may be, alone and together."""
    lay_out(folder / "now", {f"content/badges/b{one}/image.png": hollow(1 << 20) for one in range(256)})


def vouched(name: str, number: int) -> Case:
    """A badge with endorsements that are nothing but empty lists."""
    names = [f"e{one}.json" for one in range(number)]
    lists = f'{{"a": [{"[]," * 87_000}[]]}}'
    folder = BADGE.rpartition("/")[0]
    own = {BADGE: laid(BADGE, f"endorsements: [{', '.join(names)}]"), **{f"{folder}/{one}": lists for one in names}}
    return Case(name, "tree", lambda place: lay_out(place / "now", own), CHECKED, 1, "[bad-endorsement]")


def badge(name: str, ends_with: int, says: str, more: Changes) -> Case:
    """A badge that is checked, with the documents that it names, some of which are others."""

    def lay(folder: Path) -> None:
        usual: Changes = {"badge.json": text(ADAS), "did.json": text(vector("did")), "status.json": status_list()}
        put_all(folder, {**usual, **more})

    return Case(name, "file", lay, (*VERIFIED, "{}/badge.json"), ends_with, says)


def asking(name: str, path: str, says: str) -> Case:
    """A document of a host that means harm, which stands on this machine."""
    return Case(name, "file", lambda _: None, ("-m", "limits.asking", "{}", path), 3, says)


def table(name: str, data: bytes) -> Case:
    """A table of people."""

    def lay(folder: Path) -> None:
        lay_out(folder / "now", {"roster.csv": data})

    words = ("-m", "blazon", "-C", "{}/now", "import", "roster.csv", "--today", TODAY)
    return Case(name, "file", lay, words, 1, "empty ones among them")


def explosion() -> bytes:
    """A status list of a megabyte that becomes a gigabyte."""
    packer = zlib.compressobj(9, wbits=-15)
    megabyte = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    bomb = b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + megabyte * 1024 + b"\x03\0" + bytes(8)
    return status_list(subject("encodedList", multibase(bomb)))


def knotted(number: int) -> bytes:
    """A badge with nodes that have no id and all point to each other."""
    names = [f"_:n{one}" for one in range(number)]
    knots = [{"id": one, "type": ["Related"], "related": [other for other in names if other != one]} for one in names]
    return text(changed(ADAS, put(knots, "credentialSubject", "achievement", "related")))


def with_proofs(number: int) -> bytes:
    """A badge with so many proofs."""
    return text(
        {**ADAS, "proof": [seal(ADAS, created=f"2026-03-01T09:00:0{one}Z")["proof"][0] for one in range(number)]}
    )


def with_methods(number: int) -> bytes:
    """A key document with so many keys more."""
    document = vector("did")
    methods = document["verificationMethod"]
    return text(
        {
            **document,
            "verificationMethod": [*methods, *({**methods[0], "id": f"{METHOD}-{one}"} for one in range(number))],
        }
    )


CASES = [
    crowded("files, 200,001 of them", 200_001, "too-many-files"),
    crowded("files with names that are none, 100,000 of them", 100_000, "bad-name", "content/earners/e{}/A{}.yaml"),
    crowded("files of an unknown kind, 100,000 of them", 100_000, "unknown-file", "content/earners/e{}/a{}.exe"),
    added("A10 a request adds 2,001 files", 2_001),
    added("A10 a request adds 100,000 files", 100_000),
    dense("2,000 awards as full as may be", 2_000, FLAT, "program-too-large"),
    dense("30 awards as full as may be", 30, FLAT, "not-a-table"),
    dense("60 awards with as many scores as may be", 60, SCORED, "unknown-row"),
    dense("60 awards with as many mistakes as may be", 60, WRONG, "bad-slug"),
    Case("256 pictures of a MiB", "tree", pictures, CHECKED, 1, "[missing-file]"),
    vouched("five endorsements as full as may be", 5),
    heavy("A10 a request of 63 files that are as full as may be", 63),
    yaml("A11 YAML of 65,537 bytes", "name: Ada\n#".ljust(65_537, "a"), "file-too-large"),
    program("A11 YAML of a gigabyte", {MORE: hollow(1 << 30)}, "file-too-large"),
    yaml("nesting of 17", f"name: {'[' * 16}{']' * 16}\n", "yaml-depth"),
    yaml("keys, 201 of them", "".join(f"k{one}: a\n" for one in range(201)), "yaml-keys"),
    program("A8 a path of 201 bytes", {f"content/{'a' * 94}/{'b' * 93}.yaml": "name: Ada\n"}, "bad-name"),
    program("A8 a path of seven names", {"content/a/b/c/d/e/x.yaml": "name: Ada\n"}, "bad-name"),
    text_of("B1", "aliases", "yaml-anchor"),
    yaml("B2 tables are merged and merged", f"a: &a {{b: c}}\nname: {{<<: [{', '.join(['*a'] * 60)}]}}\n", "yaml-anchor"),
    text_of("B8", "[", "yaml-depth"),
    text_of("B8", "{", "yaml-depth"),
    text_of("C9", "[", "too-long"),
    text_of("C9", "<a", "too-long"),
    picture("E1 a picture of 20,000 by 20,000", headed(20_000, 20_000, Chunk(b"IDAT", endless(2501 * 20_000)), END)),
    picture("E2 a header of 50,000 by 50,000", headed(50_000, 50_000, END)),
    picture("E3 text that becomes 100 MB", headed(400, 400, Chunk(b"zTXt", b"a\0\0" + endless(100 << 20)), ROWS, END)),
    picture("pixels that become 100 MB", headed(400, 400, Chunk(b"IDAT", endless(100 << 20)), END)),
    picture("E4 a page behind a picture", of_pictures.sided(400, 400) + b"<html>" * 1000),
    picture("a PNG of 1,048,577 bytes", of_pictures.large_png((1 << 20) + 1), code="file-too-large"),
    picture("an SVG of 262,145 bytes", of_pictures.drawn("<g/>").ljust((256 << 10) + 1), "svg", "file-too-large"),
    picture("E13 an SVG of 5,001 groups", of_pictures.nested(5_001), "svg"),
    picture("an SVG of 5,001 elements", of_pictures.drawn("<g/>" * 5_000), "svg"),
    badge("a credential of 256 KiB and a byte", 1, "longer than", {"badge.json": text(ADAS).ljust((256 << 10) + 1)}),
    badge("a file of 8 MiB and a byte", 1, "longer than", {"badge.json": of_badges.large_picture((8 << 20) + 1)}),
    badge("H30 a file of a gigabyte", 1, "longer than", {"badge.json": hollow(1 << 30)}),
    Case("H30 endless input", "file", lambda _: None, ("-m", "blazon", "verify", "-"), 1, "longer than", "/dev/zero"),
    badge("a key document of 64 KiB and a byte", 3, "undecided", {"did.json": text(vector("did")).ljust((64 << 10) + 1)}),
    badge("a key document with 101 keys", 3, "undecided", {"did.json": with_methods(100)}),
    badge("H26 a status list that becomes a gigabyte", 3, "undecided", {"status.json": explosion()}),
    badge("five proofs", 3, "undecided", {"badge.json": with_proofs(5)}),
    badge("H31 JSON that is 100,000 deep", 1, "nested", {"badge.json": b'{"a": ' + b"[" * 100_000}),
    badge("H32 eight nodes in a knot", 3, "undecided", {"badge.json": knotted(8)}),
    table("a table of four million empty rows", b"name,badge\n".ljust(4 << 20, b"\n")),
    table("a table of 20,000 empty rows, each as wide as may be", b"name,badge\n" + (b"," * 199 + b"\n") * 20_900),
    asking("H33 a document of 2 MiB and a byte", "/large", "longer than"),
    asking("H33 a document without end", "/endless", "longer than"),
    asking("H33 a document that comes byte by byte", "/slow", "did not answer within"),
]  # fmt: skip
