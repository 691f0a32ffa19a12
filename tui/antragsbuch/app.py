"""The full-screen program: it opens the register, holds the state that all screens share, and leads between them."""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from rich.segment import Segment, Segments
from textual import events
from textual.app import App
from textual.binding import BindingType
from textual.screen import Screen

from antragsbuch_schema.i18n import Language

from . import clipboard, i18n, theme
from . import config as configuration
from .commands import Command
from .driver import driver_class
from .i18n import _
from .messages import NotOpened, Opened, StatusRead
from .screens import SCREENS
from .screens.base import Frame
from .session import Session, problem_log
from .state import AppState, Goto, Loudness, Note
from .typed_ahead import TypedAhead


class AntragsbuchApp(App[None]):
    """The program. `session` is the open register, None until it is open (or where there is none)."""

    TITLE = "Antragsbuch"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []
    CSS = """
    * { scrollbar-size-vertical: 1; scrollbar-size-horizontal: 1; }
    """

    def __init__(self, start: Path | None = None, config: configuration.Config | None = None) -> None:
        # with colours of its own an app under NO_COLOR would paint greys; the terminal's own can be left out
        super().__init__(driver_class=driver_class(), ansi_color=True if os.environ.get("NO_COLOR") else None)
        self.start = start
        self.config = config or configuration.load()
        self.state = AppState(notes=tuple(Note(complaint, "warning") for complaint in self.config.complaints))
        self.session: Session | None = None
        self.copied = ""
        self.terminal_lost = False
        self.failures: list[BaseException] = []
        self.typed_ahead = TypedAhead(self, super().on_event)
        self.animation_level = "none"
        self.register_theme(theme.DARK)
        self.register_theme(theme.LIGHT)
        self.theme = theme.chosen(self.config.theme, os.environ)
        if not theme.known(self.config.theme):
            complaint = _("configuration: there is no theme {name}").format(name=self.config.theme)
            self.state = self.state.noted(Note(complaint, "warning"))

    def on_mount(self) -> None:
        """Show the frame at once; the register is read beside it."""
        self.open(Goto("register"))

    async def on_event(self, event: events.Event) -> None:
        """Keys and pastes go one after another, everything else as it comes."""
        if isinstance(event, (events.Key, events.Paste)) and not event.is_forwarded:
            self.typed_ahead.take(event)
        else:
            await super().on_event(event)

    @property
    def takes_keys(self) -> bool:
        """Whether the screen that is shown has what it was opened for."""
        screen = self.screen
        return screen.ready if isinstance(screen, Frame) else True

    @property
    def _background_screens(self) -> list[Screen[Any]]:
        # every screen fills the terminal: one below is not to be seen, and what changes there must paint nothing
        return []

    # --- ways between screens

    def leads_to(self, command: Command) -> bool:
        """Whether the screen that `command` leads to is part of this program."""
        return command.screen in SCREENS

    def open(self, goto: Goto) -> None:
        """Go to a screen."""
        module, _colon, name = SCREENS[goto.screen].partition(":")
        screen: Callable[[Goto], Frame] = getattr(importlib.import_module(module), name)
        self.push_screen(screen(goto))

    def back(self, then: Callable[[Frame], None] | None = None) -> None:
        """Leave the screen; `then` gets the one that comes to light. The last one ends the program."""
        if len(self.screen_stack) <= 2:
            self.exit()
            return
        self.pop_screen()
        below = self.screen
        if isinstance(below, Frame):
            below.refresh_lines()
            if then is not None:
                then(below)

    def frames(self) -> list[Frame]:
        """The screens that are open, the uppermost last."""
        return [screen for screen in self.screen_stack if isinstance(screen, Frame)]

    # --- what happened

    def arrived(self, event: Opened | NotOpened | StatusRead) -> None:
        """The transition of what concerns all screens."""
        match event:
            case Opened(session, register, notes):
                self.session = session
                self.change(AppState(register, "", (*self.state.notes, *notes)))
            case NotOpened(reason):
                self.change(AppState(None, reason, self.state.notes))
            case StatusRead(register):
                self.change(AppState(register, "", self.state.notes))

    def change(self, state: AppState) -> None:
        """Take another state, and let every screen show it."""
        self.state = state
        for frame in self.frames():
            frame.app_changed(state)

    def failed(self, error: BaseException, report: str) -> None:
        """A mistake in the program: say it, and keep the report for those who can mend it."""
        self.failures.append(error)
        where = problem_log(report)
        text = _("A mistake in the program: {error}. Nothing is lost; the report is in {path}.").format(
            error=type(error).__name__, path=where
        )
        if frames := self.frames():
            frames[-1].say(text, "error")

    def _handle_exception(self, error: Exception) -> None:
        if self.is_headless:
            # a test is to see where it happened
            super()._handle_exception(error)
            return
        where = problem_log("".join(traceback.format_exception(error)))
        said = _("A mistake in the program ended it: {error}. What was typed is kept; the report is in {path}.").format(
            error=type(error).__name__, path=where
        )
        self._return_code = 1
        self.panic(Segments([Segment(said)]))

    def repaint(self) -> None:
        """Paint the whole screen again: something else has written on the terminal."""
        self.screen.refresh(layout=True)
        self.refresh(repaint=True, layout=True)

    def copy(self, text: str, what: str) -> tuple[str, Loudness]:
        """Copy `text` to the clipboard of the person's terminal; what to say about it."""
        try:
            sent = clipboard.sequence(text, os.environ)
        except clipboard.TooLong:
            return _("{what}: too long for the clipboard of a terminal").format(what=what), "warning"
        if self._driver is not None:
            self._driver.write(sent.sequence)
        self.copied = text
        if sent.through == "tmux":
            return _("{what} sent to the clipboard through tmux (set-clipboard on)").format(what=what), "good"
        if sent.through:
            return _("{what} sent to the clipboard through {through}").format(what=what, through=sent.through), "good"
        return _("{what} sent to the clipboard of your terminal").format(what=what), "good"

    def lost(self, why: str) -> None:
        """The terminal is gone: write down what is unsaved, and end."""
        self.terminal_lost = True
        for frame in self.frames():
            frame.flush()
        self.exit(return_code=129 if why == "SIGHUP" else 143 if why == "SIGTERM" else 1)

    def _on_exit_app(self) -> Any:
        for frame in self.frames():
            frame.flush()
        return super()._on_exit_app()


def run(start: Path | None = None, lang: Language | None = None) -> int:
    """Run the program on the register at or above `start` (the current folder); the exit status."""
    if lang is not None:
        i18n.use(lang)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        print(
            _("The full-screen program needs a terminal; antrag --help lists what works without one."), file=sys.stderr
        )
        return 2
    app = AntragsbuchApp(start)
    app.run(mouse=app.config.mouse)
    if app.session is not None:
        app.session.close()
    if app.terminal_lost:
        # what Python flushes at its end has nowhere to go
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
            os.dup2(nowhere.fileno(), sys.stderr.fileno())
    return app.return_code or 0
