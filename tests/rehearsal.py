"""A release, rehearsed: builds both packages, installs the wheel as a stranger would, and lives the first day of a program with it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ROOT / "build"
REVIEWERS = """\
reviewers:
  rosa-alvarez:
    name: Rosa Alvarez
    role: assessor
  tuan-nguyen:
    name: Tuan Nguyen
    role: assessor
"""
AWARD = "content/earners/ada-okafor/bicycle-repair.yaml"


@dataclass
class Day:
    """What happens in one place away from the repository, with nothing of this environment at hand."""

    place: Path
    secret: str = ""
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """The variables that a stranger's terminal has."""
        path = os.pathsep.join((str(self.place / "venv/bin"), "/usr/bin", "/bin"))
        return {"PATH": path, "HOME": str(self.place / "home"), "LANG": "C.UTF-8", "BLAZON_SIGNING_KEY": self.secret}

    def do(self, *command: str, at: str = ".", shown: int = 3) -> str:
        """Run a command, print it and the first lines that it says, and give all of them; ends the rehearsal when it fails."""
        began = time.perf_counter()
        folder = self.place / at
        done = subprocess.run(command, cwd=folder, env=self.environment, capture_output=True, text=True, check=False)
        lines = (done.stdout + done.stderr).splitlines()
        took = time.perf_counter() - began
        self.seconds[" ".join(command)] = took
        told = lines[:shown] if done.returncode == 0 else lines
        say(f"$ {' '.join(command)}   ({took:.1f} s)", *(f"    {line}" for line in told))
        if done.returncode != 0:
            sys.exit(f"rehearsal: this ended with {done.returncode}")
        return done.stdout


def say(*lines: str) -> None:
    """Print lines at once."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def packages() -> Path:
    """The wheel, made anew beside the source distribution; both are named with their digests."""
    shutil.rmtree(PACKAGES, ignore_errors=True)
    command = [sys.executable, "-m", "hatchling", "build", "--directory", str(PACKAGES)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    for path in sorted(PACKAGES.iterdir()):
        say(f"{sha256(path.read_bytes()).hexdigest()}  build/{path.name}  {path.stat().st_size:,} bytes")
    (wheel,) = PACKAGES.glob("*.whl")
    return wheel


def demo(day: Day) -> None:
    """The README's two commands: a complete site of the demo."""
    day.do("blazon", "init", "badges")
    day.do("blazon", "build", at="badges")
    day.do("blazon", "verify", "--issued", "dist/", at="badges")
    assert (day.place / "badges/dist/index.html").is_file()


def own(day: Day) -> None:
    """A program of one's own, up to a signed award that verifies."""
    address = "https://harbor.example.net/badges/"
    day.do("blazon", "init", "harbor", "--empty", "--name", "Harbor Library", "--base-url", address, shown=1)
    reviewers = day.place / "harbor/content/reviewers.yaml"
    text = reviewers.read_text("utf-8")
    reviewers.write_text(text.replace("reviewers: {}\n", REVIEWERS), "utf-8")
    day.do("blazon", "new", "badge", "Bicycle Repair", at="harbor")
    day.do("blazon", "new", "earner", "Ada Okafor", at="harbor")
    day.do("blazon", "new", "award", "ada-okafor", "bicycle-repair", at="harbor")
    day.do("blazon", "key", "new", str(day.place / "home/harbor.key"), "--no-passphrase", at="harbor", shown=2)
    day.secret = (day.place / "home/harbor.key").read_text("ascii").strip()
    given = ("--conflict", "none", "--score", "work=Meets", "--note", "I saw the bicycle, and it rolls.")
    for reviewer, last in (("rosa-alvarez", ()), ("tuan-nguyen", ("--issue",))):
        options = (*given, "--decision", "approve", *last)
        day.do("blazon", "review", AWARD, "--reviewer", reviewer, *options, at="harbor", shown=1)
    day.do("blazon", "check", at="harbor")
    day.do("blazon", "build", at="harbor")
    verified = day.do("blazon", "verify", "dist/", at="harbor", shown=6)
    key = re.search("z6Mk[A-Za-z0-9]+", (day.place / "harbor/keys/key-1.yaml").read_text("utf-8"))
    assert key is not None
    day.do("blazon", "verify", "--pin", key[0], "dist/", at="harbor")
    assert "every step passed for 3 of 3 files" in verified, verified


def nothing_leaked(day: Day) -> None:
    """Ends the rehearsal when the secret key is in any file of the program or its site."""
    files = (path for path in (day.place / "harbor").rglob("*") if path.is_file())
    found = [path for path in files if day.secret.encode() in path.read_bytes()]
    if found or not day.secret:
        sys.exit(f"rehearsal: the secret key is in {found}")


def main() -> None:
    """Rehearse a release, and say how long it took."""
    began = time.perf_counter()
    wheel = packages()
    with tempfile.TemporaryDirectory(prefix="blazon-") as place:
        day = Day(Path(place))
        (day.place / "home").mkdir()
        subprocess.run([sys.executable, "-m", "venv", str(day.place / "venv")], check=True)
        say("installing the wheel and what it needs into an environment of its own")
        pip = [str(day.place / "venv/bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, str(wheel)], cwd=day.place, check=True)
        day.do("blazon", "--version")
        demo(day)
        own(day)
        nothing_leaked(day)
    say(f"rehearsed in {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
