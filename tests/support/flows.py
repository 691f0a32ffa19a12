"""Scenarios with the real program on a real repository: set up, press keys, look at the screen, look at git.

    async def test_a_motion_is_deleted_and_comes_back(clone: Repository) -> None:
        async with program(clone.root) as flow:
            await flow.see("Durchführung einer Konferenz")
            await flow.do("delete")            # the key of the command, as the screen has it
            await flow.press("y")
            await flow.see("1 motion deleted")
            assert clone.changed() == " D motions/V/2200/2292-HHA.toml"

`see` waits until a text stands on the screen: nothing in a scenario sleeps for a fixed time. A mistake in a worker
thread of the program fails the scenario.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from antragsbuch import i18n
from antragsbuch.app import AntragsbuchApp
from antragsbuch.config import Config
from antragsbuch.screens.base import Frame
from antragsbuch_schema.i18n import Language

PATIENCE = 15.0
"""Seconds until something that never comes is a failure."""


@dataclass
class Flow:
    """The running program. `seen` are all screens that were looked at, for the report of a failure."""

    app: AntragsbuchApp
    pilot: Pilot[Any]
    pressed: list[str] = field(default_factory=list)

    @property
    def frame(self) -> Frame:
        """The screen that is shown."""
        screen = self.app.screen
        assert isinstance(screen, Frame)
        return screen

    def lines(self) -> list[str]:
        """The screen as lines of text."""
        # what is painted, not what a widget believes to show
        strips = self.app.screen._compositor.render_strips()
        return [strip.text.rstrip() for strip in strips]

    def line(self, part: str) -> str:
        """The first line with `part`."""
        found = [line for line in self.lines() if part in line]
        assert found, f"no line has {part!r}:\n{self.picture()}"
        return found[0]

    @property
    def message(self) -> str:
        """The line that speaks."""
        return self.lines()[-2].strip()

    def picture(self) -> str:
        """The whole screen, for a report."""
        return "\n".join(["-" * self.app.size.width, *self.lines(), f"pressed: {' '.join(self.pressed)}"])

    async def press(self, *keys: str) -> None:
        """Press keys, each by its name or character."""
        for key in keys:
            self.pressed.append(key)
            await self.pilot.press(key)
        await self.until(lambda: self.app.typed_ahead.idle, "every key worked through")
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type a text."""
        await self.press(*("space" if letter == " " else letter for letter in text))

    async def do(self, command: str) -> None:
        """Press the key of a command of this screen."""
        key = self.frame.command(command).keys[0]
        await self.press(*key.split(" "))

    async def until(self, condition: Callable[[], object], what: str = "") -> None:
        """Wait until `condition` holds."""
        end = time.monotonic() + PATIENCE
        while not condition():
            assert not self.app.failures, f"a worker failed: {self.app.failures!r}\n{self.picture()}"
            assert time.monotonic() < end, f"it never came to that: {what}\n{self.picture()}"
            await self.pilot.pause()
            await asyncio.sleep(0.005)

    async def see(self, *texts: str) -> None:
        """Wait until all of `texts` stand on the screen, each within a line."""
        await self.until(
            lambda: all(any(text in line for line in self.lines()) for text in texts), f"to see {', '.join(texts)}"
        )

    async def miss(self, text: str) -> None:
        """Wait until `text` stands nowhere on the screen."""
        await self.until(lambda: not any(text in line for line in self.lines()), f"not to see {text}")

    async def on(self, screen: str) -> None:
        """Wait until the screen called `screen` is shown."""
        await self.until(
            lambda: isinstance(self.app.screen, Frame) and self.app.screen.screen_name == screen, f"screen {screen}"
        )
        await self.pilot.pause()

    async def rest(self) -> None:
        """Wait until no work is under way."""
        await self.until(lambda: not any(worker.is_running for worker in self.app.workers), "no work under way")
        await self.pilot.pause()


@asynccontextmanager
async def program(
    start: Path, *, size: tuple[int, int] = (80, 24), language: Language = "en", config: Config | None = None
) -> AsyncIterator[Flow]:
    """The program on the register at `start`, without a terminal. No configuration of the machine is read."""
    before = i18n.language()
    i18n.use(language)
    app = AntragsbuchApp(start, config or Config())
    try:
        async with app.run_test(size=size) as pilot:
            flow = Flow(app, pilot)
            yield flow
            assert not app.failures, f"a worker failed: {app.failures!r}\n{flow.picture()}"
    finally:
        if app.session is not None:
            app.session.close()
        i18n.use(before)
