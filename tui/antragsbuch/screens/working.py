"""Work beside the screen: jobs in threads, and what they give back.

A thread can't be ended, so what it brings may be stale: each group of work counts its generations, and only the
newest is listened to.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass

from textual.message import Message
from textual.screen import Screen
from textual.worker import Worker, WorkerState, get_current_worker

from antragsbuch.messages import Failed, Tell
from antragsbuch.store.errors import StoreError

KEYS_WAIT_FOR = frozenset({"begin", "commit", "delete", "load", "open", "save", "search"})
"""Groups of work that the next key waits for: it is meant for what they bring."""


class Working(Screen[None]):
    """A screen that lets jobs run beside it."""

    @dataclass
    class Ended(Message):
        """Nothing more comes of the work of this generation."""

        group: str
        generation: int

    @dataclass
    class Finished(Message):
        """Work in a thread is done."""

        group: str
        generation: int
        result: object

    def __init__(self) -> None:
        super().__init__()
        self._generations: dict[str, int] = {}
        self._under_way: set[str] = set()

    def received(self, result: object) -> None:
        """What a job gave back or told."""

    def mistaken(self, error: BaseException, report: str) -> None:
        """A job failed by a mistake in the program; `report` is the traceback."""

    def work(self, group: str, job: Callable[[], object]) -> None:
        """Run `job` in a thread; `received` gets what it gives back, unless newer work of `group` has begun."""
        self.work_telling(group, lambda _tell: job())

    @property
    def ready(self) -> bool:
        """Whether the screen stands and has what it was opened for, so that a key means what the person meant."""
        return self.is_mounted and not self._under_way & KEYS_WAIT_FOR

    def work_telling(self, group: str, job: Callable[[Tell], object]) -> None:
        """The same for a job that speaks while it goes on: `received` gets each event that it tells too."""
        generation = self._generations[group] = self._generations.get(group, 0) + 1
        self._under_way.add(group)

        def run() -> None:
            worker = get_current_worker()
            teller = _Teller(self, group, generation, worker)
            try:
                try:
                    result = job(teller)
                except StoreError as error:
                    result = Failed(error.message)
                if not worker.is_cancelled:
                    teller(result)
            finally:
                # after the result, where there is one
                self.post_message(Working.Ended(group, generation))

        self.run_worker(run, group=group, exclusive=True, thread=True, exit_on_error=False)

    def forget(self, group: str) -> None:
        """Whatever runs for `group` is not wanted any more."""
        self._under_way.discard(group)
        self._generations[group] = self._generations.get(group, 0) + 1

    def on_working_finished(self, event: Finished) -> None:
        """Hand a result on if it is not stale."""
        event.stop()
        if self._generations.get(event.group) == event.generation:
            self.received(event.result)

    def on_working_ended(self, event: Ended) -> None:
        """The newest work of a group has come to its end."""
        event.stop()
        if self._generations.get(event.group) == event.generation:
            self._under_way.discard(event.group)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Work that failed in a way that it should not have."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            error = event.worker.error
            self.mistaken(error, "".join(traceback.format_exception(error)))


@dataclass(frozen=True, slots=True)
class _Teller:
    """What a job speaks with. Posting is safe from any thread."""

    screen: Working
    group: str
    generation: int
    worker: Worker[None]

    def __call__(self, event: object) -> None:
        self.screen.post_message(Working.Finished(self.group, self.generation, event))

    def cancelled(self) -> bool:
        return self.worker.is_cancelled
