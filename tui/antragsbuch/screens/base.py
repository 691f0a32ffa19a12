"""The frame that every screen stands in.

    line 1     where one is              (`headline`, by default the register and its state)
    ...        the content of the screen (`content`)
    line n-1   the one line that speaks  (`say`, `ask`, `prompt`)
    line n     the commands that matter  (made from the commands of the screen)

To add a screen: list its commands in `commands/<name>.py` and in `commands.BY_SCREEN`; derive a class from `Frame`
with `screen_name`, `content()` and a method `do_<id>` for each command (dashes become underscores); enter it in
`screens.SCREENS`. It gets the `Goto` that led to it. Slow work runs with `work(group, job)`: `job` is called in a
thread and gives back a plain value of `messages` (or of the screen's own); `received` gets it unless newer work of
the same group has begun, and hands it to a pure transition. A job may raise the errors of the store; they come as
`Failed`. A widget that takes typed text says so with the attribute `typing = True`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.reactive import Reactive
from textual.widget import Widget

from antragsbuch.commands import BY_SCREEN, Command
from antragsbuch.i18n import _
from antragsbuch.keymap import KeyTable, key_of, shown, with_keys
from antragsbuch.messages import Failed
from antragsbuch.state import AppState, Goto, Loudness, Note, Situation
from antragsbuch.widgets.line import Line
from antragsbuch.widgets.line_input import LineInput
from antragsbuch.widgets.row_list import RowList, Way
from antragsbuch.widgets.status import Answer, Question, StatusLine
from antragsbuch.widgets.text_view import TextView

from . import frame_lines
from .working import Working

if TYPE_CHECKING:
    from antragsbuch.app import AntragsbuchApp


class Frame(Working):
    """A screen with its four parts, its commands and its work."""

    screen_name: ClassVar[str] = ""
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[Any]] = []
    DEFAULT_CSS = """
    Frame { layout: vertical; overflow: hidden; }
    Frame > #content { height: 1fr; width: 1fr; }
    Frame > #speaking { height: 1; }
    """

    # Textual repaints the whole screen when the focus moves; the widgets that it moves between do that for themselves
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def __init__(self, goto: Goto) -> None:
        super().__init__()
        self.goto = goto
        self.commands: tuple[Command, ...] = ()
        self.keys = KeyTable({})
        self._pending = ""
        self._pressed = ""
        self._answered: Callable[[str], None] | None = None
        self._prompted: Callable[[str], str | None] | None = None
        self._complete: Callable[[str], str] | None = None
        self._focus_before: Widget | None = None
        self._note = Note()

    @property
    def book(self) -> AntragsbuchApp:
        """The program."""
        from antragsbuch.app import AntragsbuchApp

        app = self.app
        assert isinstance(app, AntragsbuchApp)
        return app

    # --- what a screen says about itself

    def content(self) -> ComposeResult:
        """The widgets between the top line and the message line."""
        yield from ()

    def situation(self) -> Situation:
        """What the commands look at."""
        return Situation(screen=self.screen_name, register=self.book.session is not None)

    def headline(self, cells: int) -> Line:
        """The top line."""
        return frame_lines.top(self.book.state, cells)

    @property
    def headline_title(self) -> str:
        """What this screen shows, in a word or two: the screens that come before it say so."""
        return self.book.state.register.name if self.book.state.register else ""

    def help_lines(self, cells: int) -> list[Line]:
        """What the help says below the commands: signs, languages, habits of this screen."""
        return []

    @property
    def below(self) -> Frame:
        """The screen that this one was opened from."""
        frames = self.book.frames()
        return frames[frames.index(self) - 1]

    def received(self, result: object) -> None:
        """The result of work: the screen's own transition. What it does not know is a mistake in the program."""
        if isinstance(result, Failed):
            self.say(result.reason, "error")

    def mistaken(self, error: BaseException, report: str) -> None:
        """A mistake in the program must not take the person's work with it: it is said, and written to the log."""
        self.book.failed(error, report)

    def app_changed(self, state: AppState) -> None:
        """The state of the whole program changed."""
        self.refresh_lines()

    def flush(self) -> None:
        """Write down at once what must not be lost: the terminal is gone, or the program ends."""

    def leave(self) -> None:
        """Go back to the screen before."""
        self.book.back()

    # --- the four parts

    def compose(self) -> ComposeResult:
        """The four parts. The keys of the person's configuration are bound before anything is mounted."""
        commands = with_keys(BY_SCREEN[self.screen_name], self.book.config.keys)
        self.commands = tuple(command for command in commands if not command.screen or self.book.leads_to(command))
        self.keys = KeyTable.of(self.commands)
        yield StatusLine(id="top")
        with Vertical(id="content"):
            yield from self.content()
        with Vertical(id="speaking"):
            yield StatusLine(id="message")
        yield StatusLine(id="bottom")

    def on_mount(self) -> None:
        """Show the lines."""
        self.refresh_lines()

    def on_resize(self) -> None:
        """Lay the lines out anew."""
        self.refresh_lines()

    def refresh_lines(self) -> None:
        """Show top line and bottom line as they are now."""
        if not self.is_mounted or not self.size.width:
            return
        self.query_one("#top", StatusLine).show(self.headline(self.size.width))
        self.query_one("#bottom", StatusLine).show(self._bottom())

    def _bottom(self) -> Line:
        if self._answered is not None:
            return ()
        if self._prompted is not None:
            return frame_lines.asked()
        return frame_lines.bottom(self.commands, self.situation(), self.size.width)

    # --- speaking

    def say(self, text: str, loudness: Loudness = "plain") -> None:
        """Let the message line say `text` until the next one."""
        self.note(Note(text, loudness))

    def note(self, note: Note) -> None:
        """Let the message line say a note; an empty one clears it."""
        self._note = note
        if self.is_mounted:
            self.query_one("#message", StatusLine).show(frame_lines.message(note))

    def ask(self, question: str, answers: Sequence[Answer], then: Callable[[str], None]) -> None:
        """Ask in the message line; `then` gets the value of the answer. Escape answers nothing and changes nothing.

        The key that led to the question is no answer to it: a key pressed twice by mistake confirms nothing.
        """
        safe = [
            Answer(tuple(key for key in answer.keys if key != self._pressed), answer.title, answer.value)
            for answer in answers
        ]
        self._answered = then
        self._speak(Question(question, [answer for answer in safe if answer.keys], _("leave it")))

    def prompt(
        self,
        label: str,
        then: Callable[[str], str | None],
        value: str = "",
        placeholder: str = "",
        complete: Callable[[str], str] | None = None,
    ) -> None:
        """Ask for a line of text. `then` gets it and gives back None, or why it can't be taken: then it is asked on.

        With `complete`, tab completes what is typed.
        """
        self._prompted, self._complete = then, complete
        self._speak(LineInput(value, label=f" {label} ", placeholder=placeholder, complete=complete))

    @property
    def asking(self) -> bool:
        """Whether a question stands in the message line."""
        return self._answered is not None or self._prompted is not None

    def _speak(self, widget: Widget) -> None:
        if not self.query(".asked"):
            self._focus_before = self.focused
        self._remove_asked()
        self.query_one("#message").display = False
        widget.add_class("asked")
        self.query_one("#speaking").mount(widget)
        self.refresh_lines()
        widget.focus(scroll_visible=False)

    def _spoken(self) -> None:
        self._remove_asked()
        self.query_one("#message").display = True
        self._answered = self._prompted = None
        self.refresh_lines()
        before, self._focus_before = self._focus_before, None
        self.set_focus(before if before is not None and before.is_attached else None, scroll_visible=False)

    def _remove_asked(self) -> None:
        for widget in self.query(".asked"):
            widget.remove_class("asked")
            widget.display = False
            widget.remove()

    def on_question_answered(self, event: Question.Answered) -> None:
        """Hand the answer on."""
        event.stop()
        then = self._answered
        self._spoken()
        if event.value is not None and then is not None:
            then(event.value)

    @on(LineInput.Submitted, ".asked")
    def _prompt_submitted(self, event: LineInput.Submitted) -> None:
        event.stop()
        then = self._prompted
        self._spoken()
        if then is not None and (wrong := then(event.value)):
            self.prompt(wrong, then, event.value, complete=self._complete)

    @on(LineInput.Changed, ".asked")
    def _prompt_changed(self, event: LineInput.Changed) -> None:
        event.stop()

    # --- keys and commands

    def on_key(self, event: events.Key) -> None:
        """Run the command of a key that no widget took."""
        key = key_of(event.key, event.character)
        focused = self.focused
        typing = focused is not None and (
            getattr(focused, "typing", False) or focused.check_consume_key(event.key, event.character)
        )
        if focused is not None and focused.has_class("asked"):
            if key == "escape":
                event.stop()
                self._spoken()
            return
        before, self._pending = self._pending, ""
        if typing and len(key) == 1:
            return
        if not before and not typing and self.keys.begins(key) and self.keys.command(key) is None:
            self._pending = key
            self.say(f"{shown(key)} …")
            event.stop()
            return
        if before:
            self.say("")
        command = self.keys.command(key, before)
        if command is None or (typing and not command.typing):
            return
        event.stop()
        event.prevent_default()
        self._pressed = key
        self.run_command(command)

    def run_command(self, command: Command) -> None:
        """Run a command of this screen, or say why it can't run now."""
        reason = self.why_not(command)
        if reason:
            self.say(_("{command}: {reason}").format(command=_(command.title), reason=reason), "warning")
            return
        method: Callable[[], None] = getattr(self, command.method)
        method()

    def why_not(self, command: Command) -> str | None:
        """Why `command` can't run now, or None."""
        return command.enabled(self.situation())

    def command(self, id: str) -> Command:
        """The command of this screen with this id. Raises `KeyError` where it has none."""
        return {command.id: command for command in self.commands}[id]

    def do_back(self) -> None:
        """Back to where one came from."""
        self.leave()

    def do_repaint(self) -> None:
        """Paint everything again."""
        self.book.repaint()

    def do_help(self) -> None:
        """What can be done here."""
        self.book.open(Goto("help"))

    def do_palette(self) -> None:
        """Choose a command by its name."""
        self.book.open(Goto("palette"))

    def do_next_pane(self) -> None:
        """To the next field or pane."""
        self.focus_next()

    def do_previous_pane(self) -> None:
        """To the previous field or pane."""
        self.focus_previous()

    def _move(self, way: Way) -> None:
        mover = self.mover()
        if mover is not None:
            mover.move(way)

    def mover(self) -> RowList | TextView | None:
        """What the keys for moving move: what has the focus, if it can be moved in."""
        focused = self.focused
        return focused if isinstance(focused, (RowList, TextView)) else None

    def do_down(self) -> None:
        """One line down."""
        self._move("down")

    def do_up(self) -> None:
        """One line up."""
        self._move("up")

    def do_half_down(self) -> None:
        """Half a page down."""
        self._move("half-down")

    def do_half_up(self) -> None:
        """Half a page up."""
        self._move("half-up")

    def do_page_down(self) -> None:
        """A page down."""
        self._move("page-down")

    def do_page_up(self) -> None:
        """A page up."""
        self._move("page-up")

    def do_first(self) -> None:
        """To the first line."""
        self._move("first")

    def do_last(self) -> None:
        """To the last line."""
        self._move("last")
