"""Work for all cores: one process each, that ends with whoever started it."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import closing
from itertools import islice
from typing import NamedTuple, TypeVar

_Job = TypeVar("_Job")
_Result = TypeVar("_Result")


def _nothing() -> None:
    """A worker that needs no preparation."""


def spread(
    work: Callable[[_Job], _Result],
    jobs: Iterable[_Job],
    processes: int,
    begin: Callable[[], None] = _nothing,
) -> Iterator[_Result]:
    """What `work` makes of each job, as it comes; the first ones first, more or less.

    Runs in so many processes, each of which calls `begin` once. Jobs are taken no sooner than they are needed.
    """
    waiting = iter(jobs)
    # a fork of a process with threads can hang in a lock that a thread holds
    method = "fork" if threading.active_count() == 1 else "spawn"
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context(method), _begin, (begin,))
    with closing(_Pool(pool)):
        running: set[Future[_Result]] = set()
        while True:
            running |= {pool.submit(work, job) for job in islice(waiting, 2 * processes - len(running))}
            if not running:
                return
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()


class _Pool(NamedTuple):
    pool: ProcessPoolExecutor

    def close(self) -> None:
        self.pool.shutdown(wait=True, cancel_futures=True)


def _begin(begin: Callable[[], None]) -> None:
    begin()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work without end."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
