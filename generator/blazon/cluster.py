"""A Dask cluster that is there already, as the executor of a build: the only module that knows `distributed`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from importlib import metadata
from typing import TYPE_CHECKING

from blazon import __version__, errands
from blazon.diagnostics import BlazonError, listed, printable

if TYPE_CHECKING:
    from distributed import Client

_ADDRESS = re.compile(r"dask://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]):([0-9]{1,5})")
_USAGE = 2
_SECONDS = 10  # until a scheduler that says nothing is given up
_ALONE = "build without --executor"


@contextmanager
def joined(address: str) -> Iterator[errands.Elsewhere]:
    """Hands of the cluster at an address such as `dask://scheduler.example:8786`; it goes on without us afterwards.

    Raises BlazonError when the address is none, the extra is not installed, nobody answers, no worker is there, or versions
    differ; and later, when the cluster is lost.
    """
    found = _ADDRESS.fullmatch(address)
    if found is None:
        message = f"{printable(address)} is not the address of a Dask scheduler."
        raise BlazonError(message, "name it as dask://HOST:PORT, such as dask://10.0.0.7:8786.", _USAGE)
    try:
        from distributed import Client  # noqa: PLC0415 - an extra, and only a build on a cluster needs it
        from distributed.comm.core import CommClosedError  # noqa: PLC0415 - as above
        from distributed.scheduler import KilledWorker  # noqa: PLC0415 - as above
    except ImportError:
        message = "a build on a cluster needs Dask, which is not installed here."
        raise BlazonError(message, "type: pip install 'blazon[dask]'", _USAGE) from None
    scheduler = f"tcp://{found[1]}:{found[2]}"
    try:
        client = Client(scheduler, timeout=_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise BlazonError(f"no Dask scheduler answers at {address}.", f"start one, or {_ALONE}.") from error
    with client:
        workers = _workers(client, address, scheduler)
        try:
            executor = client.get_executor(pure=False)  # type: ignore[no-untyped-call]
            yield errands.Elsewhere(executor, workers)
        except KilledWorker as error:
            message = "a piece of the site ended every process that took it; perhaps there was not enough memory."
            raise BlazonError(message, f"give the workers more memory, or {_ALONE}.") from error
        except (CommClosedError, CancelledError) as error:
            message = f"the cluster at {address} was lost before the site was whole."
            raise BlazonError(message, f"build again, or {_ALONE}.") from error


def _workers(client: Client, address: str, scheduler: str) -> int:
    """How many workers a cluster has, all of which have this version of blazon.

    They are asked for what is installed: a function of ours would not reach those who have none.
    """
    try:
        versions = client.run(metadata.version, "blazon")
    except ModuleNotFoundError as error:
        message = f"the workers of {address} have no blazon, or one that builds alone."
        raise BlazonError(message, f"install blazon {__version__} with the extra where each of them runs.") from error
    if not versions:
        message = f"the cluster at {address} has no worker."
        raise BlazonError(message, f"start one on each machine: dask worker {scheduler} --nthreads 1")
    if other := sorted({*versions.values()} - {__version__}):
        message = (
            f"the workers of {address} have blazon {listed(map(printable, other), 'and')}, and this is {__version__}."
        )
        raise BlazonError(message, "install the same version everywhere.")
    return len(versions)
