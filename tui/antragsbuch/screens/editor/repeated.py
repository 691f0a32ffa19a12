"""One job in a thread of its own, done as often as it is asked for and never twice at once."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Repeated:
    """Does `job` in a daemon thread; what is asked for while it runs makes one more run, however often it was asked.

    `job` returns the seconds to wait before the next run, which asking for the end cuts short.
    """

    def __init__(self, name: str, job: Callable[[], float]) -> None:
        self._name, self._job = name, job
        self._changed = threading.Condition()
        self._asked = self._running = self._hurried = self._ending = False
        self._thread: threading.Thread | None = None

    def ask(self) -> None:
        """One more run, as soon as possible."""
        with self._changed:
            self._asked = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def wait(self, patience: float) -> None:
        """Until everything that was asked for is done, `patience` seconds at the most."""
        with self._changed:
            self._hurried = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: not (self._asked or self._running), patience)
            self._hurried = False

    def end(self, patience: float) -> None:
        """Do what was asked for and let the thread go; `ask` begins another one."""
        self.wait(patience)
        with self._changed:
            thread, self._thread, self._ending = self._thread, None, True
            self._changed.notify_all()
        if thread is not None:
            thread.join(patience)
        self._ending = False

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._asked or self._ending)
                if not self._asked:
                    return
                self._asked, self._running = False, True
            pause = self._job()
            with self._changed:
                self._running = False
                self._changed.notify_all()
                if pause:
                    self._changed.wait_for(lambda: self._hurried or self._ending, pause)
