"""The form on the screen: it paints what changed, and takes the keys that type.

It holds the form and gives the screen around it a message whenever it is another one. Letters are text only while a
value is typed; before that only a digit on a count, a date or an amount begins one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import events
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip

from antragsbuch.editing import prose_keys, values
from antragsbuch.editing.buffer import Buffer
from antragsbuch.editing.form import Form
from antragsbuch.editing.rows import Part
from antragsbuch.i18n import _
from antragsbuch.widgets.line import Painted
from antragsbuch_schema.fields import Kind

from . import moving, typing_keys
from .canvas import Cells, pieces_of, stretches
from .lines import FormLine, Typed, lay_out
from .moving import Standing
from .painting import Window, caret, paint, standing_of
from .wrap import column_of, line_of, offset_at

_LONGEST = 200_000
"""Characters of a paste into a field: with more of them every letter typed after it would take its time."""
_NO_TEXT = (Kind.BOOLEAN, Kind.CHOICE, Kind.INTEGER, Kind.TABLE, Kind.TABLES)
"""Where no sentence can be typed."""


class FormView(Painted, can_focus=True):
    """One file as a form."""

    DEFAULT_CSS = """
    FormView { height: 1fr; width: 1fr; }
    """

    @dataclass
    class Changed(Message):
        """The form is another one: `edited` says that the data are, else only the cursor or what is offered."""

        view: FormView
        edited: bool

        @property
        def control(self) -> FormView:
            """The form on the screen."""
            return self.view

    @dataclass
    class Refused(Message):
        """Typing can't end: `reason` says why."""

        reason: str

    def __init__(self, form: Form, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.locked = False
        """Nothing can be typed."""
        self._form = form
        self._lines: tuple[FormLine, ...] = ()
        self._painted: tuple[Cells, ...] = ()
        self._top = 0
        self._column: int | None = None

    # --- the form

    @property
    def form(self) -> Form:
        """What is shown."""
        return self._form

    @property
    def typing(self) -> bool:
        """Whether letters are text now."""
        return self._form.typing is not None

    @property
    def lines(self) -> tuple[FormLine, ...]:
        """The form laid out, also where it is not seen."""
        return self._lines

    def show(self, form: Form) -> None:
        """Show another form; only what differs on the screen is painted."""
        before, self._form = self._form, form
        if not self.size.width:
            return
        typing = form.typing
        typed = Typed(typing.spot, typing.buffer.text) if typing is not None else None
        self._lines = lay_out(form.rows, self.size.width, typed)
        page = (form.look.section, form.look.element)
        if page != (before.look.section, before.look.element):
            self._top = 0
        self._reveal()
        self._repaint()
        if form is not before:
            self.post_message(self.Changed(self, form.editing is not before.editing))

    def _reveal(self) -> None:
        """Move the window by half its height where the cursor would not be seen."""
        height = max(1, self.size.height)
        last = max(0, len(self._lines) - height)
        at = caret(self._lines, self._form)
        if at is not None:
            line = at[0]
            first_stop = not any(before.stop for before in self._lines[:line])
            if line < self._top:
                self._top = 0 if first_stop else max(0, line - height // 2)
            elif line >= self._top + height:
                self._top = line - height // 2
        self._top = max(0, min(self._top, last))

    def _repaint(self) -> None:
        window = Window(self._top, self.size.height, self.size.width)
        before, self._painted = self._painted, paint(self._lines, self._form, window)
        if len(before) != len(self._painted) or (before and len(before[0]) != window.width):
            self.refresh()
            return
        for y, (old, new) in enumerate(zip(before, self._painted, strict=True)):
            for start, end in stretches(old, new) if old != new else ():
                self.refresh(Region(start, y, end - start, 1))
        at = caret(self._lines, self._form)
        if at is not None and self.has_focus:
            self.app.cursor_position = self.content_region.offset + Offset(at[1], at[0] - self._top)

    def render_line(self, y: int) -> Strip:
        """One line, as it was last worked out."""
        cells = self._painted[y] if y < len(self._painted) else ()
        return self.strip(pieces_of(cells), self.size.width)

    def on_resize(self) -> None:
        """Lay everything out anew."""
        self._painted = ()
        self.show(self._form)
        self.refresh()

    # --- moving

    def move(self, to: Callable[[tuple[FormLine, ...], Standing], Standing | None]) -> None:
        """Move the cursor to where `to` says."""
        found = to(self._lines, standing_of(self._form))
        if found is not None:
            self.show(self._form.at(found.spot, found.offset))

    def down(self, by: int = 1) -> None:
        """So many stops down, or up where negative."""
        self.move(lambda lines, standing: moving.vertical(lines, standing, by))

    def turn(self, pages: float) -> None:
        """So many pages down, or up where negative."""
        by = round(pages * max(2, self.size.height))
        self.move(lambda lines, standing: moving.by_lines(lines, standing, by))

    def sideways(self, by: int) -> None:
        """So many cells to the right, or to the left where negative."""
        self.move(lambda lines, standing: moving.horizontal(lines, standing, by))

    def next(self, by: int = 1) -> None:
        """To the next field, or the one before."""
        self.move(lambda lines, standing: moving.in_order(lines, standing, by))

    def edge(self, last: bool) -> None:
        """To the first stop, or the last."""
        self.move(lambda lines, _standing: moving.edge(lines, last))

    # --- keys

    def on_key(self, event: events.Key) -> None:
        """Type, or begin to type where a digit does that."""
        form = self._form
        if form.typing is None:
            character = event.character or ""
            if self.locked:
                return
            if form.kind in values.STRAIGHT and (character.isdigit() or (character == "-" and form.kind is Kind.CENTS)):
                self._take(event, form.begin(character))
            return
        if event.key == "escape":
            self._take(event, form.leave())
        elif event.key in ("tab", "shift+tab"):
            self._take(event, None)
            if self._finish():
                self.next(1 if event.key == "tab" else -1)
        elif event.key == "enter" and form.kind is not Kind.PROSE:
            self._take(event, None)
            self._finish()
        elif event.key in ("up", "down") and form.kind is not Kind.PROSE:
            self._take(event, form.point(1 if event.key == "down" else -1))
        elif event.key == "ctrl+z":
            self._take(event, self._again(form.undone()))
        elif event.key == "ctrl+r":
            self._take(event, self._again(form.redone()))
        else:
            self._type(event)

    def _type(self, event: events.Key) -> None:
        typing = self._form.typing
        assert typing is not None
        buffer, prose, key = typing.buffer, self._form.kind is Kind.PROSE, event.key
        cuts = typing_keys.IN_PROSE if prose else typing_keys.CUTS
        column, self._column = self._column, None
        if event.is_printable and event.character:
            self._take(event, self._form.typed(buffer.insert(event.character), "insert"))
        elif prose and key == "enter":
            self._take(event, self._form.typed(prose_keys.enter(buffer), "break"))
        elif key in cuts:
            self._take(event, self._form.typed(cuts[key](buffer), "delete" if key == "backspace" else key))
        elif key in typing_keys.MOVES:
            self._take(event, self._form.typed(typing_keys.MOVES[key](buffer)))
        elif key.removeprefix("shift+") in ("up", "down", "pageup", "pagedown", "home", "end"):
            self._column = column
            self._take(event, self._form.typed(self._along(buffer, key)))

    def _along(self, buffer: Buffer, key: str) -> Buffer:
        """The cursor moved along the lines as they are seen."""
        select, key = key.startswith("shift+"), key.removeprefix("shift+")
        typing = self._form.typing
        assert typing is not None
        shown = tuple(box.shown for _number, box in moving.boxes_of(self._lines, typing.spot))
        if not shown or not self._is_wrapped():
            return buffer.to(0 if key in ("home", "up", "pageup") else len(buffer.text), select=select)
        number = line_of(shown, buffer.cursor)
        if key in ("home", "end"):
            self._column = None
            column = 0 if key == "home" else self.size.width
            return buffer.to(offset_at(buffer.text, shown, number, column), select=select)
        by = {"up": -1, "down": 1, "pageup": 2 - self.size.height, "pagedown": self.size.height - 2}[key]
        if self._column is None:
            self._column = column_of(buffer.text, shown[number], buffer.cursor)
        target = number + by
        if not 0 <= target < len(shown):
            return buffer.to(0 if by < 0 else len(buffer.text), select=select)
        return buffer.to(offset_at(buffer.text, shown, target, self._column), select=select)

    def _is_wrapped(self) -> bool:
        at = moving.where(self._lines, standing_of(self._form))
        return at is not None and not self._lines[at[0]].columns

    def _take(self, event: events.Key, form: Form | None) -> None:
        event.stop()
        event.prevent_default()
        if form is not None:
            self.show(form)

    def _finish(self) -> bool:
        """End typing; False where what is typed can't be understood."""
        typing = self._form.typing
        done = self._form.finish()
        if done.typing is not None and typing is not None:
            self.post_message(self.Refused(typing.problem))
            return False
        self.show(done)
        return True

    def _again(self, form: Form) -> Form:
        """Typing goes on where undo was asked for while typing."""
        typing = self._form.typing
        if typing is None or form.typing is not None or form.spot != typing.spot:
            return form
        begun = form.begin()
        return begun.typed(begun.typing.buffer.to(typing.buffer.cursor)) if begun.typing else form

    def on_paste(self, event: events.Paste) -> None:
        """Take what was pasted: paragraphs into prose, one line elsewhere."""
        if not self.typing and self._form.kind in (None, *_NO_TEXT) and " " in event.text.strip():
            # a sentence: the screen may know what to do with it
            return
        event.stop()
        if len(event.text) > _LONGEST:
            self.post_message(self.Refused(_("too long for a field: nothing was pasted")))
            return
        form = self._form if self.typing else self._form.begin()
        if form.typing is None or self.locked:
            return
        prose = form.kind is Kind.PROSE
        text = prose_keys.pasted(event.text) if prose else prose_keys.one_line(event.text)
        self.show(form.typed(form.typing.buffer.insert(text), "paste"))

    # --- the mouse

    def on_click(self, event: events.Click) -> None:
        """Set the cursor; a second click on the same spot begins to type there."""
        number = self._top + event.y
        if not 0 <= number < len(self._lines):
            return
        line = self._lines[number]
        box = moving.clicked(line, event.x)
        if box is None:
            return
        typing = self._form.typing
        offset = box.shown.start
        if not line.columns and box.spot.part is Part.PROSE:
            offset = self._offset_at(box.spot, number, event.x)
        if typing is not None and typing.spot == box.spot and not line.columns:
            self.show(self._form.typed(typing.buffer.to(self._offset_at(box.spot, number, event.x))))
            return
        if typing is None or self._finish():
            self.show(self._form.at(box.spot, offset))

    def _offset_at(self, spot: object, number: int, x: int) -> int:
        boxes = [(place, box) for place, line in enumerate(self._lines) for box in line.boxes if box.spot == spot]
        shown = tuple(box.shown for _place, box in boxes)
        index = next(index for index, (place, _box) in enumerate(boxes) if place == number)
        typing = self._form.typing
        text = typing.buffer.text if typing is not None and typing.spot == spot else self._text_of(spot)
        return offset_at(text, shown, index, x - boxes[index][1].x)

    def _text_of(self, spot: object) -> str:
        return next((cell.text for row in self._form.rows for cell in row.cells if cell.spot == spot), "")

    def on_mouse_scroll_down(self) -> None:
        """Move the window down; the cursor stays."""
        self._scroll(3)

    def on_mouse_scroll_up(self) -> None:
        """Move the window up; the cursor stays."""
        self._scroll(-3)

    def _scroll(self, by: int) -> None:
        self._top = max(0, min(self._top + by, len(self._lines) - self.size.height))
        self._repaint()
