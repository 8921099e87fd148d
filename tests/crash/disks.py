"""Real disks whose power can fail: a file that the system uses as one, with the file system that most machines have."""

from __future__ import annotations

import fcntl
import os
import shutil
import struct
import subprocess
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import mounts

_SHUTDOWN = 0x8004587D  # ext4 and others: from now on, nothing reaches the disk
_BYTES = 12 << 20


class Lost(Enum):
    """What a power failure loses. What was flushed stays in any case."""

    ALL = "all that was not flushed is lost"
    CONTENTS = "names are on the disk, and contents that were not flushed are lost"

    def __str__(self) -> str:
        """As a person reads it."""
        return self.value


def refusal() -> str:
    """Why the system does not let this user mount disks and cut their power; empty where it does."""
    return mounts.why_not(_try)


def _try(place: Path) -> None:
    """Use a disk as the scenes do."""
    (place / "disk").mkdir()
    disk = Disk.holding(place / "disk", place / "image")
    disk.renew(place / "disk")
    disk.lose(Lost.ALL)
    disk.unmount()


@dataclass(slots=True)
class Disk:
    """A disk in a file, and the same as it was first."""

    image: Path
    first: Path
    place: Path = Path()

    @classmethod
    def holding(cls, folder: Path, image: Path) -> Disk:
        """A disk that holds what is in a folder."""
        first = image.with_suffix(".first")
        with first.open("wb") as file:
            file.truncate(_BYTES)
        _call("mkfs.ext4", "-q", "-F", "-d", str(folder), str(first))
        return cls(image, first)

    def renew(self, place: Path) -> None:
        """Mount it at a place as it was first."""
        shutil.copyfile(self.first, self.image)
        self.place = place
        self._mount()

    def flush(self) -> None:
        """Wait until everything on it would last."""
        _call("sync", "-f", str(self.place))

    def lose(self, lost: Lost) -> None:
        """Let its power fail."""
        top = os.open(self.place, os.O_RDONLY)
        fcntl.ioctl(top, _SHUTDOWN, struct.pack("I", 2 if lost is Lost.ALL else 1))
        os.close(top)

    def mount_again(self) -> None:
        """Mount it once the power is back."""
        self.unmount()
        self._mount()

    def unmount(self) -> None:
        """Take it away."""
        _call("umount", str(self.place))

    def _mount(self) -> None:
        """Mount it."""
        _call("mount", "-o", "loop", str(self.image), str(self.place))


def _call(*words: str) -> None:
    """Run a program of the system; OSError where it cannot, with what it says."""
    ended = subprocess.run(words, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise OSError(f"{words[0]}: {ended.stderr.strip()}")
