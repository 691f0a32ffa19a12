"""The lines of the editor in words: where one is, the sections, what the field under the cursor wants. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from antragsbuch.editing import words
from antragsbuch.editing.build import section_of
from antragsbuch.editing.form import Form, Typing
from antragsbuch.editing.rows import Part
from antragsbuch.editing.shape import Section, sections
from antragsbuch.i18n import _, language, ngettext
from antragsbuch.state import Loudness, Note
from antragsbuch.widgets.line import Line, Piece, width
from antragsbuch.widgets.status import spread
from antragsbuch_schema import places
from antragsbuch_schema.diagnostics import Finding, Severity
from antragsbuch_schema.fields import Fields, Kind
from antragsbuch_schema.i18n import date_text
from antragsbuch_schema.motion_fields import MOTION

_BRIEF = 11
"""The names of sections in the line that lists them all have at most so many letters."""


def headline(form: Form, path: str, dirty: bool, new: bool, cells: int) -> Line:
    """The top line: the motion on the left, on the right what is not saved, changed and wrong."""
    data = form.editing.data
    reference, title = data.get("reference"), data.get("title") or data.get("name")
    nameless = _("no number") if form.editing.fields is MOTION else path.rpartition("/")[2]
    left = (
        Piece(" " + (reference if isinstance(reference, str) and reference else nameless), "strong"),
        Piece("  " + (title if isinstance(title, str) and title else path)),
    )
    right: list[Piece] = [Piece(" ")]
    if dirty:
        right += [Piece(_("* not saved"), "warning"), Piece("  ")]
    if new:
        right += [Piece(_("+ new"), "accent"), Piece("  ")]
    elif count := len(form.look.changed):
        text = ngettext("~ {count} field", "~ {count} fields", count).format(count=count)
        right += [Piece(text, "accent"), Piece("  ")]
    right += _severities(form.look.findings)
    return spread(left, tuple(right), cells)


def _severities(findings: Iterable[Finding]) -> list[Piece]:
    counts = dict.fromkeys((Severity.ERROR, Severity.WARNING), 0)
    for finding in findings:
        if finding.severity in counts:
            counts[finding.severity] += 1
    pieces = []
    if errors := counts[Severity.ERROR]:
        text = ngettext("! {count} error", "! {count} errors", errors).format(count=errors)
        pieces += [Piece(text, "error"), Piece(" ")]
    if warnings := counts[Severity.WARNING]:
        text = ngettext("? {count} warning", "? {count} warnings", warnings).format(count=warnings)
        pieces += [Piece(text, "warning"), Piece(" ")]
    return pieces


def section_bar(form: Form, cells: int) -> Line:
    """The sections side by side, that of the cursor in brackets; on the details of a row, the way to it."""
    if form.look.element:
        return (Piece(f" {way_to(form)}", "strong"),)
    fields = form.editing.fields
    here = section_of(form.spot.place, fields).name
    wrong = {section_of(f.place, fields).name for f in form.look.findings if f.severity is Severity.ERROR}
    shown = sections(fields)
    first = 0
    names = [words.title(section.title) + ("!" if section.name in wrong else "") for section in shown]
    active = next(number for number, section in enumerate(shown) if section.name == here)
    while first < active and 1 + sum(width(name) + 2 for name in names[first : active + 1]) > cells:
        first += 1
    pieces: list[Piece] = [Piece("<" if first else " ", "dim")]
    for number in range(first, len(names)):
        if number == active:
            if pieces[-1].text.endswith(" "):
                pieces[-1] = Piece(pieces[-1].text[:-1], pieces[-1].look)
            pieces += [Piece(f"[{names[number]}]", "strong"), Piece(" ")]
        else:
            pieces += [Piece(names[number], "error" if shown[number].name in wrong else "dim"), Piece("  ")]
    return tuple(pieces)


def way_to(form: Form) -> str:
    """The names of the rows whose details are shown: `Beratungsfolge › Regionsversammlung, 17.12.2024`."""
    parts: list[str] = []
    data: object = form.editing.data
    fields: Fields = form.editing.fields
    for length, step in enumerate(form.look.element, start=1):
        data = places.value_at(form.look.element[:length], form.editing.data)
        if type(step) is str:
            field = next(field for field in fields if field.name == step)
            fields = field.fields
            parts.append(words.label(field))
        elif isinstance(data, dict):
            parts.append(_name_of(data))
    return " › ".join(part for part in parts if part)


def _name_of(row: dict[str, object]) -> str:
    shown = []
    for key in ("organization", "subject", "name", "title", "label", "page", "passage", "year", "text"):
        value = row.get(key)
        if value:
            shown.append(str(value))
            break
    date = row.get("date")
    if type(date) is dt.date:
        shown.append(date_text(date, language()))
    return ", ".join(shown) or str(row.get("id", ""))


def letters(fields: Fields) -> dict[str, Section]:
    """The letter that leads to each section after `g`: the first of its name that none before it has."""
    found: dict[str, Section] = {}
    for section in sections(fields):
        name = words.title(section.title).lower()
        letter = next((one for one in name if one.isalpha() and one not in found and one != "g"), None)
        if letter is not None:
            found[letter] = section
    return found


def letters_line(fields: Fields) -> str:
    """The same in words, for the line that speaks."""
    return "g:  " + "  ".join(f"{letter} {_brief(words.title(one.title))}" for letter, one in letters(fields).items())


def _brief(name: str) -> str:
    return name if len(name) <= _BRIEF else name[: _BRIEF - 1] + "."


def speaking(form: Form) -> Note:
    """What the line says about the place of the cursor: what is understood, what is wrong, what belongs there."""
    if form.typing is not None:
        return _typing(form.typing)
    field = form.field
    if field is None:
        return Note()
    if form.spot.part is Part.MORE:
        return Note(_("enter or a: choose a field to add"))
    name = words.label(field)
    finding = form.finding
    if finding is not None and finding.help is not None:
        return Note(f"{name}: {finding.help(language())}", _LOUDNESS[finding.severity])
    return Note(f"{name}: {words.help_of(field)}")


_LOUDNESS: dict[Severity, Loudness] = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.REMARK: "plain"}


def _typing(typing: Typing) -> Note:
    name = words.label(typing.field)
    if typing.problem and typing.buffer.text.strip():
        return Note(f"{name}: {typing.problem}", "warning")
    if typing.meaning:
        return Note(f"{name}: = {typing.meaning}")
    if typing.searching:
        return Note(_("{field}: first letters, or up and down; enter takes it").format(field=name))
    if typing.candidates:
        return Note(_("{field}: down chooses one of these, enter takes what stands there").format(field=name))
    if typing.field.kind is Kind.PROSE:
        return Note(_("{field}: enter begins a paragraph, - an item; esc ends typing").format(field=name))
    return Note(_("{field}: {help}").format(field=name, help=words.help_of(typing.field)))


def typing_keys(typing: Typing) -> Line:
    """The bottom line while one types: letters are text then, and no commands."""
    keys = [("esc", _("ends typing")), ("tab", _("next")), ("^z", _("undo")), ("^s", _("save")), ("F1", _("help"))]
    if typing.field.kind is not Kind.PROSE:
        keys.insert(0, ("enter", _("take")))
    pieces: list[Piece] = [Piece(" ")]
    for key, title in keys:
        pieces += [Piece(key, "key"), Piece(f" {title}   ")]
    return tuple(pieces)


def offered(names: Sequence[tuple[str, str]]) -> list[Line]:
    """Choices as lines: a name, and what it means."""
    wide = min(30, max((width(name) for name, _help in names), default=0))
    return [(Piece(name + " " * max(1, wide + 2 - width(name)), "strong"), Piece(help)) for name, help in names]
