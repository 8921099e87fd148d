"""What is interrupted: commands, each in a small world of its own, with a state before it and a state after it."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import programs
from blazon import cli, disk, ed25519, swap
from blazon.keys import Secret

SECRET = Secret(bytes(range(7, 39)))
TODAY = "2026-11-20"
DID = "did:web:riverbend.example:badges"
ROSTER = """\
name,badge,did,start,end,evidence 1 title,evidence 1 text
Ada Okafor,stem-night-lead,Led one evening.,2026-03-02,2026-04-10,Note,It went well.
Bo Lind,stem-night-lead,Led two evenings.,2026-03-02,2026-04-11,Note,It went very well.
"""
_OURS = re.compile(r"(?:^|.*/)\.(?:[^/]*\.(?:blazon-(?:lock|new|old|note)|new)|blazon-unfinished)(?:/.*)?")

State = dict[str, tuple[int, bytes]]


@dataclass(frozen=True, slots=True)
class Scene:
    """A command that is interrupted. `whole` paths change all at once, or, `by_steps`, files that were there one after the other;
    `again` says that the command may be given once more, and `elsewhere` that the system is one without Linux's own calls. What
    is drawn by chance follows from `chance`. `settle` is done each time in the world itself, whose files are copies of what was prepared.
    """

    name: str
    prepare: Callable[[Path], object]
    words: tuple[str, ...]
    whole: bool = True
    by_steps: bool = False
    again: bool = True
    elsewhere: bool = False
    chance: str = "drawn"
    settle: Callable[[Path], object] = lambda _world: None

    @property
    def lasting(self) -> bool:
        """Whether what it did is on the disk once it has ended well; a build that is lost is built again."""
        return self.words[0] != "build"

    def act(self, world: Path) -> Callable[[], object]:
        """The command, as a child runs it."""

        def command() -> None:
            _surround(world, self.chance)
            if self.elsewhere:
                swap._exchange = lambda *_: False
                disk._NAMELESS = 0
            cli.blazon(["-C", str(world / "program"), *(word.replace("WORLD", str(world)) for word in self.words)])

        return command


def state(world: Path) -> State:
    """Everything there is in a world: of each path its mode and its bytes; folders end with a slash.

    What a build leaves for the next one is left out: whether it is there or not changes nothing.
    """
    found: State = {}
    for folder, folders, names in os.walk(world):
        folders[:] = [name for name in folders if not name.endswith(".blazon-spare")]
        for name in folders:
            path = Path(folder, name)
            found[f"{path.relative_to(world).as_posix()}/"] = (path.stat().st_mode, b"")
        for name in names:
            if name.endswith(".blazon-record"):
                continue
            path = Path(folder, name)
            found[path.relative_to(world).as_posix()] = (path.lstat().st_mode, path.read_bytes())
    return found


def without_ours(found: State) -> State:
    """A state without what we keep beside things while we work."""
    return {path: one for path, one in found.items() if not _OURS.fullmatch(path)}


def _surround(world: Path, chance: str) -> None:
    """Nothing of this machine, its clock or its chance: the same is drawn each time, so that states can be compared."""
    for name in ("BLAZON_PASSPHRASE", "BLAZON_ISSUER", "XDG_CONFIG_HOME"):
        os.environ.pop(name, None)
    os.environ |= {"HOME": str(world / "home"), "TMPDIR": str(world / "tmp"), "BLAZON_SIGNING_KEY": SECRET.one_line()}
    os.chdir(world / "program")
    os.umask(0o022)
    drawn = iter(range(1_000_000))
    secrets.token_bytes = lambda nbytes=None: sha256(f"{chance} {next(drawn)}".encode()).digest()[:nbytes]
    vars(cli)["today"] = lambda: date.fromisoformat(TODAY)


def _program(world: Path) -> Path:
    """A program with a key of its own, a home and a folder for temporary files."""
    for name in ("home", "tmp", "program"):
        (world / name).mkdir(parents=True)
    root = programs.small(world / "program")
    (root / "keys/demo.yaml").unlink()
    (root / "keys/key-1.yaml").write_text(f"public_key: {ed25519.write(SECRET.public)}\nfrom: 2024-01-01\n")
    return root


def _act(world: Path, *words: str) -> None:
    """Give a command in a world beforehand, in a child."""
    child = os.fork()
    if child == 0:
        try:
            for stream in (1, 2):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
            Scene("", _program, words).act(world)()
        except SystemExit as ended:
            os._exit(int(ended.code or 0))
        finally:
            os._exit(97)
    if code := os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
        raise RuntimeError(f"{words} ended with {code}")


def _built(world: Path) -> None:
    """A program that was built, and says something else since."""
    root = _program(world)
    _act(world, "build", "--today", TODAY)
    site = root / "content/site.yaml"
    site.write_text(site.read_text().replace("tagline: >-\n", "tagline: >-\n  Hello.\n"))


def _two_earners(world: Path) -> None:
    """A program with two earners."""
    root = _program(world)
    award = (root / programs.AWARD).read_text()
    other = root / "content/earners/quinn/stem-night-lead.yaml"
    other.parent.mkdir()
    other.write_text(award.replace("id: ", f"id: {'a' * 26} # ", 1).replace("status_index: ", "status_index: 7 # ", 1))


def _built_twice(world: Path) -> None:
    """Build, and again after an earner said something, so that the site before the last one is there; another has something to say now."""
    _act(world, *BUILD)
    (world / "program/content/earners/quinn/earner.yaml").write_text("name: Quinn\nvisibility: public\n")
    _act(world, *BUILD)
    (world / "program/content/earners/priya-raman/earner.yaml").write_text("name: Priya\nvisibility: public\n")


def _with_roster(world: Path) -> None:
    """A program, and a table of people."""
    (_program(world) / "roster.csv").write_text(ROSTER)


def _everything(world: Path) -> None:
    """A program that was built and says something else since, another one of the same address that says more, and a table of people."""
    _built(world)
    shutil.copytree(world / "program", world / "other", ignore=shutil.ignore_patterns("dist"))
    site = world / "other/content/site.yaml"
    site.write_text(site.read_text().replace("Hello.", "Somebody else."))
    (world / "program/roster.csv").write_text(ROSTER)


def _recorded(world: Path) -> None:
    """A program of which it was written down what has to be signed."""
    _program(world)
    _act(world, "build", "--record", "requests.json", "--today", TODAY)


def _two_programs(world: Path) -> None:
    """A program, and another one."""
    _program(world)
    shutil.copytree(world / "program", world / "other")


def _signed(world: Path) -> None:
    """A program whose signatures are kept beside the content, and which was built with them."""
    _recorded(world)
    _act(world, "sign", "requests.json", "--issuer", DID, "--today", TODAY)
    _act(world, "build", "--today", TODAY)


def _with_root(world: Path) -> None:
    """A program with a root key, which signed the list of keys; another key begins since."""
    _program(world)
    _act(world, "key", "root", "WORLD/home/root.key", "--no-passphrase")
    _act(world, *_LIST)
    other = f"public_key: {ed25519.write(Secret(bytes(32)).public)}\nfrom: {TODAY}\n"
    (world / "program/keys/key-2.yaml").write_text(other)


def _with_git(world: Path) -> None:
    """An empty repository."""
    _program(world)
    (world / "home/mine/.git").mkdir(parents=True)


BUILD = ("build", "--today", TODAY)
_REVOKE = ("revoke", programs.AWARD, "--reason", "Issued in error.", "--on", TODAY)
_LIST = ("key", "list", "--key-file", "WORLD/home/root.key", "--today", TODAY)
_COMPROMISED = ("key", "compromised", "key-1", "WORLD/home/k/a.key", "--no-passphrase", "--today", TODAY)
SCENES = (
    Scene("first build", _program, BUILD),
    Scene("rebuild with a change", _built, BUILD),
    Scene("rebuild by renames", _built, BUILD, elsewhere=True),
    Scene("rebuild for one earner", _two_earners, BUILD, settle=_built_twice),
    Scene("record", _program, ("build", "--record", "requests.json", "--today", TODAY)),
    Scene("sign", _recorded, ("sign", "requests.json", "--issuer", DID, "--today", TODAY)),
    Scene("import", _with_roster, ("import", "roster.csv", "--today", TODAY), whole=False, again=False),
    Scene(
        "import elsewhere",
        _with_roster,
        ("import", "roster.csv", "--today", TODAY),
        whole=False,
        again=False,
        elsewhere=True,
    ),
    Scene("key new", _program, ("key", "new", "--no-passphrase", "--today", TODAY), whole=False, again=False),
    Scene(
        "key new PATH",
        _program,
        ("key", "new", "WORLD/home/k/a.key", "--no-passphrase", "--today", TODAY),
        whole=False,
        again=False,
    ),
    Scene("key compromised", _signed, _COMPROMISED, whole=False, by_steps=True, again=False),
    Scene("key root", _program, ("key", "root", "WORLD/home/k/a.key", "--no-passphrase"), whole=False, again=False),
    Scene("key list", _with_root, _LIST),
    Scene("init", _program, ("init", "WORLD/home/mine", "--empty"), whole=False, again=False),
    Scene("init in a repository", _with_git, ("init", "WORLD/home/mine", "--empty"), whole=False, again=False),
    Scene("revoke", _program, _REVOKE, again=False),
    Scene("new badge", _program, ("new", "badge", "Bicycle repair", "--kind", "skill"), whole=False, again=False),
)


# Two commands that are given at once, in the world of the first.
_BUILD = Scene("build", _everything, BUILD)
_OTHER_BUILD = Scene(
    "another build", _everything, ("-C", "../other", "build", "-o", "../program/dist", "--today", TODAY)
)
_IMPORT = Scene("import", _everything, ("import", "roster.csv", "--today", TODAY))
_PREVIEW = Scene("preview", _everything, ("preview", "-o", "preview"))
_REVOKING = Scene("revoke", _everything, _REVOKE)
_PRIVATE = Scene("private", _everything, ("private", programs.AWARD))
_KEY_NEW = Scene("key new", _everything, ("key", "new", "--no-passphrase", "--today", TODAY))
PAIRS = (
    (_BUILD, _OTHER_BUILD),
    (_BUILD, _IMPORT),
    (_IMPORT, _BUILD),
    (_BUILD, _PREVIEW),
    (_PREVIEW, _BUILD),
    (_BUILD, _REVOKING),
    (_REVOKING, _BUILD),
    (_PRIVATE, replace(_PRIVATE, name="private again", chance="drawn by the other")),
    (_KEY_NEW, replace(_KEY_NEW, name="another key new", chance="drawn by the other")),
)
# A key for each of two programs, whose secret halves are to be in the same file: only one of them can be.
_TO_A_PATH = ("key", "new", "WORLD/home/a.key", "--no-passphrase", "--today", TODAY)
ONE_PATH = (
    Scene("key new", _two_programs, _TO_A_PATH),
    Scene("key new elsewhere", _two_programs, ("-C", "../other", *_TO_A_PATH), chance="drawn by the other"),
)


def fresh(before: Path, world: Path) -> None:
    """Put a world back to what it was before."""
    if world.exists():
        shutil.rmtree(world)
    shutil.copytree(before, world, symlinks=True)
