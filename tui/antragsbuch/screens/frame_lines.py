"""The words of the frame: top line, message line and bottom line. Pure functions of plain values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from antragsbuch.commands import Command
from antragsbuch.i18n import _, language, ngettext
from antragsbuch.keymap import shown
from antragsbuch.state import AppState, Note, RegisterState, Situation
from antragsbuch.widgets.line import Line, Look, Piece, width
from antragsbuch.widgets.status import spread
from antragsbuch_schema.i18n import date_text

_LOOKS: dict[str, tuple[str, Look]] = {
    "plain": ("", ""),
    "good": ("", "good"),
    "warning": ("? ", "warning"),
    "error": ("! ", "error"),
}


def top(state: AppState, cells: int) -> Line:
    """Where one is: the program, the register, and how it stands."""
    register = state.register
    left = (Piece(" Antragsbuch", "strong"), Piece("  " + (register.name if register else "")))
    return spread(left, standing(register), cells) if register else left


def standing(register: RegisterState) -> Line:
    """How the register stands: branch, what is not pushed, changed, wrong. Nothing is said of what is in order."""
    parts: list[Piece] = []
    if register.operation:
        parts.append(Piece(_("in the middle of: {operation}").format(operation=register.operation), "error"))
    branch = _("no branch") if register.detached else register.branch
    parts.append(Piece(branch, "warning" if register.detached else ""))
    if register.ahead:
        parts.append(Piece(ngettext("{count} to push", "{count} to push", register.ahead).format(count=register.ahead)))
    if register.behind:
        parts.append(
            Piece(ngettext("{count} to fetch", "{count} to fetch", register.behind).format(count=register.behind))
        )
    if count := len(register.changed):
        parts.append(Piece(ngettext("{count} changed", "{count} changed", count).format(count=count), "strong"))
    if register.errors:
        parts.append(
            Piece(ngettext("{count} error", "{count} errors", register.errors).format(count=register.errors), "error")
        )
    if not register.public:
        parts.append(Piece(_("confidential"), "warning"))
    if register.read_only:
        parts.append(Piece(_("read only"), "warning"))
    line: list[Piece] = []
    for part in parts:
        line += [part, Piece("   ")]
    line[-1:] = [Piece(" ")]
    return tuple(line)


def as_of(day: dt.date) -> str:
    """Which day is shown, where it is a past one."""
    return _("As of {date}").format(date=date_text(day, language()))


def past(day: dt.date) -> str:
    """Why nothing can be changed where a past day is shown."""
    return _("{as_of}: the past can't be changed").format(as_of=as_of(day))


def past_sign(day: dt.date | None) -> Line:
    """What a top line begins with where a past day is shown; nothing where it is not."""
    return (Piece(f" {as_of(day)} ", "reverse"), Piece(" ")) if day else ()


def message(note: Note) -> Line:
    """The line that speaks."""
    glyph, look = _LOOKS[note.loudness]
    return (Piece(f" {glyph}", look), Piece(note.text, look if not glyph else "")) if note.text else ()


def bottom(commands: Sequence[Command], situation: Situation, cells: int) -> Line:
    """The commands that matter here, as many as there is room for; those that can't run now are dimmed.

    The last of `commands` that is called "help" is always there: from it all others are found.
    """
    chosen = [command for command in commands if command.shown]
    last = [command for command in commands if command.id == "help"]
    room = cells - 1 - sum(_wide(command) for command in last)
    fitting: list[Command] = []
    for command in chosen:
        if _wide(command) > room:
            break
        room -= _wide(command)
        fitting.append(command)
    line = [Piece(" ")]
    for command in [*fitting, *last]:
        can = command.enabled(situation) is None
        line += [
            Piece(shown(command.keys[0]), "key" if can else "dim"),
            Piece(f" {_(command.title)}", "" if can else "dim"),
            Piece("   "),
        ]
    return tuple(line)


def asked() -> Line:
    """What can be done while a line of text is asked for."""
    return (
        Piece(" "),
        Piece("enter", "key"),
        Piece(" " + _("take it") + "   "),
        Piece("esc", "key"),
        Piece(" " + _("leave it")),
    )


def _wide(command: Command) -> int:
    return width(shown(command.keys[0])) + width(_(command.title)) + 4
