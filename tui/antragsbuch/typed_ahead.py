"""Keys one after another: each is worked through before the next is looked at.

Over a slow line keys come in bursts, and people type ahead. Textual hands every key to the queue of the widget that
has the focus when the key arrives: what one key leads to (a field, another screen, a motion that is being read) may
not be there yet, so that keys overtake each other or land in the screen that is left. Here the next key waits until
the one before has gone through its widget, the widgets around it and the screen, and until the screen that is shown
then has what it was opened for.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual import events
from textual.message_pump import MessagePump

if TYPE_CHECKING:
    from antragsbuch.app import AntragsbuchApp

Hand = Callable[[events.Event], Awaitable[None]]
"""Gives one key to whoever has the focus."""

_PATIENCE = 5.0
"""Seconds that a key waits for a screen to be ready; then it goes on, so that nobody is locked out."""
_LOOK = 0.005


class TypedAhead:
    """The keys and pastes that wait."""

    def __init__(self, app: AntragsbuchApp, hand: Hand) -> None:
        self._app, self._hand = app, hand
        self._waiting: deque[events.Event] = deque()
        self._task: asyncio.Task[None] | None = None

    @property
    def idle(self) -> bool:
        """Whether every key has been worked through."""
        return self._task is None or self._task.done()

    def take(self, event: events.Event) -> None:
        """A key or a paste arrived."""
        self._waiting.append(event)
        if self.idle:
            self._task = asyncio.create_task(self._work())

    async def _work(self) -> None:
        while self._waiting and self._app.is_running:
            await self._ready()
            event = self._waiting.popleft()
            focused = self._app.focused or self._app.screen
            around = [node for node in focused.ancestors_with_self if node is not self._app]
            await self._hand(event)
            for node in around:
                await _passed(node)
            await _passed(self._app)

    async def _ready(self) -> None:
        """Until the screen that is shown can take a key."""
        end = asyncio.get_running_loop().time() + _PATIENCE
        while not self._app.takes_keys and asyncio.get_running_loop().time() < end:
            await asyncio.sleep(_LOOK)


async def _passed(node: MessagePump) -> None:
    """Until `node` has handled what lay in its queue, or is gone."""
    done = asyncio.Event()
    if node.is_running and not node._closing and node.call_later(done.set):
        while not done.is_set() and node.is_running:
            try:
                await asyncio.wait_for(done.wait(), 0.1)
            except TimeoutError:
                continue
