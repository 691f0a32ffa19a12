"""What can go wrong with a server, in words: where it is, and what helps."""

from __future__ import annotations

from antragsbuch.store.errors import StoreError


class RemoteError(StoreError):
    """A server that can't be used as it answers, or an address that is not asked."""


class NotThere(RemoteError):
    """The server says that there is nothing at this address, or that the question is wrong."""


class Unanswered(RemoteError):
    """No answer for now, or one that was cut off: it may come the next time.

    `wait` are the seconds that the server asks for, None where it does not say.
    """

    def __init__(self, problem: str, remedy: str = "", wait: float | None = None) -> None:
        super().__init__(problem, remedy)
        self.wait = wait
