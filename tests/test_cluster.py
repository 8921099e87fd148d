"""A build on a real Dask cluster of this machine: the same bytes, though a worker is killed, and clear words for what is missing."""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from types import MappingProxyType

import pytest

import programs
from blazon import __version__, cluster, errands, publishing, site
from blazon.diagnostics import BlazonError, Report
from blazon.errands import Elsewhere
from blazon.folder import listing
from blazon.keys import DEMO_SEED, Secret
from blazon.opened import Opened, open_program
from blazon.order import Order
from blazon.pieces import Site
from blazon.site import Errand

TODAY = date(2026, 11, 20)
DASK = [sys.executable, "-m", "dask"]
GIVES_UP_AT_ONCE = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
WORKERS = 3


@dataclass(frozen=True, slots=True)
class Cluster:
    """A scheduler and its workers, processes of this machine, and the address that a build is given."""

    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]
    address: str


@contextmanager
def running(
    folder: Path, workers: int, dask: Sequence[str] = DASK, settings: Mapping[str, str] = MappingProxyType({})
) -> Iterator[Cluster]:
    """A cluster with settings of its own, whose workers are begun by a command. They end by themselves once its scheduler has."""
    place = folder / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": {**os.environ, **settings}}
    begun = [subprocess.Popen([*DASK, "scheduler", *_options(place), "--port", "0"], cwd=folder, **quiet)]  # type: ignore[call-overload]
    try:
        address = _waited_for(lambda: place.exists() and json.loads(place.read_text() or "{}").get("address"))
        options = ["--nthreads", "1", "--no-nanny", "--death-timeout", "20", "--local-directory", str(folder)]
        begun += [
            subprocess.Popen([*dask, "worker", *_options(place), *options], cwd=folder, **quiet)  # type: ignore[call-overload]
            for _ in range(workers)
        ]
        _waited_for(lambda: _counted(str(address)) == workers)
        yield Cluster(begun[0], begun[1:], str(address).replace("tcp://", "dask://"))
        begun[0].terminate()
        for one in begun:
            one.wait(120)
    finally:
        for one in begun:
            one.kill()
            one.wait()


def _options(place: Path) -> list[str]:
    """What a scheduler and its workers are told: where they find each other, on this machine alone."""
    return ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(place)]


def _counted(address: str) -> int:
    """How many workers a scheduler knows."""
    from distributed import Client  # noqa: PLC0415 - half a second that most runs of the tests save

    with Client(address, timeout=60, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        return len(client.scheduler_info(n_workers=-1)["workers"])


def _waited_for(look: Callable[[], object]) -> object:
    """What is found once there is something; a machine may be busy."""
    until = time.monotonic() + 120
    while not (found := look()):
        assert time.monotonic() < until, "nothing came"
        time.sleep(0.1)
    return found


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with running(tmp_path_factory.mktemp("cluster"), WORKERS) as found:
        yield found


@pytest.fixture(scope="module")
def opened() -> Opened:
    found = open_program(programs.DEMO, Report(), TODAY)[1]
    assert found is not None
    return found


def built(order: Order, progress: Callable[[int, int], None] | None = None) -> dict[str, bytes]:
    made = publishing.build(order, lambda: [Secret(DEMO_SEED)], lambda _awards: progress)
    assert made.changes is not None, [one.as_text() for one in made.report]
    return {path: (order.target / path).read_bytes() for path in listing(order.target)}


def pieces(opened: Opened, *, away: bool) -> Site:
    return site.publish(opened.program, opened.plan, [Secret(DEMO_SEED)], opened.theme, TODAY, away=away)


def test_a_build_on_a_cluster_loses_nothing_with_a_worker(
    tmp_path: Path, three: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site, "AWARDS_IN_A_TASK", 1)
    order, killed = Order(programs.DEMO, tmp_path / "here", TODAY, processes=1), three.workers[0]
    seen: list[int] = []

    def kill(_files: int, credentials: int) -> None:
        if credentials:
            killed.kill()
        seen.append(credentials)

    elsewhere = built(replace(order, target=tmp_path / "there", executor=three.address), kill)
    assert killed.wait(60) == -signal.SIGKILL
    assert seen[-1] > next(filter(None, seen)), "it was killed when all was done"
    assert elsewhere == built(order)
    assert [one.poll() for one in three.workers[1:]] == [None, None], "the others go on without us"


def test_any_executor_makes_the_same_site_and_gets_no_key(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "AWARDS_IN_A_TASK", 4)
    sent: list[bytes] = []

    class Watched(ProcessPoolExecutor):
        """Processes that know nothing of this one; what they are sent is kept."""

        def submit(self, *args, **kwargs):  # type: ignore[no-untyped-def]  # noqa: ANN002, ANN003, ANN202 - as it comes
            sent.append(pickle.dumps(args))
            return super().submit(*args, **kwargs)

    made: dict[str, bytes] = {}
    with Watched(2, get_context("spawn")) as executor:
        for files in Elsewhere(executor, 2)(lambda piece: list(piece()), pieces(opened, away=True).pieces):
            assert not made.keys() & {path for path, _ in files}
            made.update(files)
    assert made == dict(pieces(opened, away=False))
    assert len(sent) > WORKERS
    assert not any(DEMO_SEED in one for one in sent)
    whole = [one for one in sent if len(one) > max(map(len, sent)) / 2]
    assert 0 < len(whole) <= 4, "a process gets the commission once, and not with each task"


def test_what_an_errand_is_signed_with_has_to_fit(opened: Opened) -> None:
    errand = next(one for one in pieces(opened, away=True).pieces if isinstance(one, Errand))
    awards = errand.task()
    name, (signature,) = next((name, found) for name, found in awards.known.items() if "/awards/" in name)
    forged = {**awards.known, name: (replace(signature, value=bytes(64)),)}
    place = site.Workplace(errand.commission)
    assert dict(place.files(awards)) == dict(errand())
    with pytest.raises(BlazonError, match="does not fit what would be published"):
        dict(place.files(replace(awards, known=forged)))


def test_a_process_of_another_version_makes_nothing() -> None:
    with pytest.raises(BlazonError, match=r"has blazon .*, and this is 9\.9") as caught:
        errands.do("9.9", "", b"", b"")
    assert caught.value.hint == "install the same version everywhere."


def told(address: str) -> tuple[str, str, int]:
    """What is said when a cluster cannot be joined: message, hint and exit code."""
    with pytest.raises(BlazonError) as caught, cluster.joined(address):
        pass
    return caught.value.message, caught.value.hint, caught.value.exit_code


@pytest.mark.parametrize("address", ["here", "dask://", "dask://host", "tcp://host:8786", "dask://a b:1"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    hint = "name it as dask://HOST:PORT, such as dask://10.0.0.7:8786."
    assert told(address) == (f"{address} is not the address of a Dask scheduler.", hint, 2)


def test_an_extra_that_is_missing_says_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    message = "a build on a cluster needs Dask, which is not installed here."
    assert told("dask://127.0.0.1:8786") == (message, "type: pip install 'blazon[dask]'", 2)


def test_a_scheduler_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_SECONDS", 1)
    message = "no Dask scheduler answers at dask://127.0.0.1:1."
    assert told("dask://127.0.0.1:1") == (message, "start one, or build without --executor.", 3)


def test_workers_of_another_version_are_refused(three: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = __version__
    monkeypatch.setattr(cluster, "__version__", "9.9")
    message = f"the workers of {three.address} have blazon {ours}, and this is 9.9."
    assert told(three.address) == (message, "install the same version everywhere.", 3)


def test_a_lost_scheduler_is_told_and_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "AWARDS_IN_A_TASK", 1)
    with running(tmp_path, 1) as found:
        order = Order(programs.DEMO, tmp_path / "site", TODAY, executor=found.address)

        def kill(_files: int, credentials: int) -> None:
            if credentials:
                found.scheduler.kill()

        with pytest.raises(BlazonError) as caught:
            built(order, kill)
        assert caught.value.message == f"the cluster at {found.address} was lost before the site was whole."
        assert caught.value.hint == "build again, or build without --executor."
    assert [one.name for one in tmp_path.iterdir() if "site" in one.name] == [], "nothing of it is left"


def test_a_piece_that_ends_every_process_is_told(tmp_path: Path) -> None:
    with running(tmp_path, 1, settings=GIVES_UP_AT_ONCE) as found:
        with pytest.raises(BlazonError) as caught, cluster.joined(found.address) as hands:
            hands.executor.submit(os._exit, 1).result()
        assert caught.value.message == (
            "a piece of the site ended every process that took it; perhaps there was not enough memory."
        )
        assert caught.value.hint == "give the workers more memory, or build without --executor."


def test_workers_without_blazon_are_told_what_they_need(tmp_path: Path) -> None:
    packages = tmp_path / "packages"
    packages.mkdir()
    for one in Path(pytest.__file__).parents[1].iterdir():
        if "blazon" not in one.name:
            (packages / one.name).symlink_to(one)
    without = [sys.executable, "-S", "-m", "dask"]
    with running(tmp_path, 1, without, {"PYTHONPATH": str(packages)}) as found:
        message = f"the workers of {found.address} have no blazon, or one that builds alone."
        hint = f"install blazon {__version__} with the extra where each of them runs."
        assert told(found.address) == (message, hint, 3)


def test_a_cluster_without_workers_says_how_to_start_one(tmp_path: Path) -> None:
    with running(tmp_path, 0) as found:
        scheduler = found.address.replace("dask://", "tcp://")
        hint = f"start one on each machine: dask worker {scheduler} --nthreads 1"
        assert told(found.address) == (f"the cluster at {found.address} has no worker.", hint, 3)
