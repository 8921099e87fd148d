"""How long a build takes on a Dask cluster of this machine: `python on_a_cluster.py WORKERS COMMAND...`.

The scheduler and its workers are started before and ended after, unmeasured: a cluster is there already when somebody builds on it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, perf_counter, sleep

DASK = [sys.executable, "-m", "dask"]
PATIENCE = 120  # seconds until a cluster that does not come is given up


def main() -> None:
    """Start a cluster, build on it, print the seconds of the build alone."""
    workers, command = int(sys.argv[1]), sys.argv[2:]
    with TemporaryDirectory() as folder, ExitStack() as ending:
        place = Path(folder, "scheduler.json")
        options = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(place)]
        alone = ["--nthreads", "1", "--no-nanny", "--local-directory", folder]
        for one in ([*DASK, "scheduler", *options, "--port", "0"], *[[*DASK, "worker", *options, *alone]] * workers):
            _started(one, folder, ending)
        scheduler = _address(place, workers)
        began = perf_counter()
        subprocess.run([*command, "--executor", scheduler.replace("tcp://", "dask://")], check=True)
        seconds = perf_counter() - began
    print(json.dumps({"seconds": seconds}))


def _started(command: list[str], folder: str, ending: ExitStack) -> None:
    """Start a process that says nothing, and is ended in the end."""
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    ending.callback(process.wait)
    ending.callback(process.kill)


def _address(place: Path, workers: int) -> str:
    """The address of the scheduler, once so many workers have come."""
    from distributed import Client  # noqa: PLC0415 - an extra

    until = monotonic() + PATIENCE
    while not place.exists():
        _sleep(until)
    scheduler = str(json.loads(place.read_text("utf-8"))["address"])
    with Client(scheduler, timeout=PATIENCE, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        while len(client.scheduler_info(n_workers=-1)["workers"]) < workers:
            _sleep(until)
    return scheduler


def _sleep(until: float) -> None:
    """Wait a little, unless the time is over."""
    if monotonic() > until:
        sys.exit("the cluster did not come")
    sleep(0.1)


if __name__ == "__main__":
    main()
