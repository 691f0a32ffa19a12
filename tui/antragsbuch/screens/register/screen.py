"""The list of motions, with a preview."""

from __future__ import annotations

from antragsbuch.messages import NotOpened, Opened
from antragsbuch.screens.base import Frame
from antragsbuch.session import open_session


class RegisterScreen(Frame):
    """The list of motions, with a preview."""

    screen_name = "register"

    def on_mount(self) -> None:
        """Open the register once the frame stands."""
        start = self.book.start
        self.work("register", lambda: open_session(start))

    def received(self, result: object) -> None:
        """The transition of this screen."""
        match result:
            case Opened() | NotOpened():
                self.book.arrived(result)
            case _:
                super().received(result)

    def do_quit(self) -> None:
        """Leave the program."""
        self.book.exit()
