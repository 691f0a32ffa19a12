"""A motion in short: head, Beratungsfolge with votes, proposal. Pure functions from its data to lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from antragsbuch.i18n import _
from antragsbuch_schema.fields import Choice
from antragsbuch_schema.i18n import Language, Text, date_text
from antragsbuch_schema.motion_fields import OUTCOMES, RESULTS, ROLES

from .line import Line, Look, Piece, cut, fit, width, wrapped


def in_short(data: Mapping[str, Any], language: Language, cells: int) -> list[Line]:
    """The preview of a motion, laid out for `cells` cells. Whatever the values are, it never fails."""
    inner = max(10, cells - 2)
    lines = [_head(data, language, inner)]
    lines += [_indented(Piece(part, "strong")) for part in wrapped(_text(data.get("title")), inner)]
    if by := _movers(data, language):
        lines += [_indented(part) for part in wrapped(by, inner, 2)]
    steps = _tables(data.get("consultations"))
    if steps:
        lines += _steps(steps, language, inner)
    for name in ("proposal", "facts"):
        if prose := _text(data.get(name)):
            lines.append(())
            lines += paragraphs(prose, inner)
    return lines


def paragraphs(prose: str, cells: int) -> list[Line]:
    """A text of several paragraphs, wrapped; the further lines of a list item are indented."""
    lines: list[Line] = []
    for block in prose.strip().split("\n\n"):
        if lines:
            lines.append(())
        current = ""
        for row in block.split("\n"):
            if row.startswith("- ") and current:
                lines += _wrapped(current, cells)
                current = row
            else:
                current = f"{current} {row.strip()}" if current else row
        lines += _wrapped(current, cells)
    return lines


def _wrapped(text: str, cells: int) -> list[Line]:
    return [_indented(part) for part in wrapped(text, cells, 2 if text.startswith("- ") else 0)]


def broken(problem: str, source: str, cells: int) -> list[Line]:
    """A file that can't be read: why, and what stands in it."""
    lines: list[Line] = [
        (Piece(" ! " if number == 0 else "   ", "error"), Piece(part))
        for number, part in enumerate(wrapped(problem, cells - 4))
    ]
    return [*lines, (), *source_lines(source)]


def source_lines(source: str) -> list[Line]:
    """A file as it stands, with the numbers of its lines."""
    rows = source.split("\n")
    digits = len(str(len(rows)))
    return [(Piece(f" {number:>{digits}} ", "dim"), Piece(row.expandtabs(4))) for number, row in enumerate(rows, 1)]


def text_lines(text: str, cells: int) -> list[Line]:
    """A text that has its layout already; what is longer than the line is wrapped."""
    lines: list[Line] = []
    for row in text.split("\n"):
        if width(row) <= cells - 1:
            lines.append(_indented(row))
        else:
            indent = len(row) - len(row.lstrip())
            lines += [_indented(" " * indent + part) for part in wrapped(row, max(1, cells - 1 - indent))]
    return lines


def label(choices: Sequence[Choice], code: object, language: Language) -> str:
    """The word for a code; a code that is not known is shown as it is."""
    found = next((choice for choice in choices if choice.code == code), None)
    return Text(found.label)(language) if found else _text(code)


def votes_text(step: Mapping[str, Any]) -> str:
    """The counts of a step's last vote, `45:30:3`; a dash for one that is not stated; "" without counts."""
    for vote in reversed(_tables(step.get("votes"))):
        counts = [vote.get(name) for name in ("yes", "no", "abstentions")]
        if any(isinstance(count, int) for count in counts):
            return ":".join(str(count) if isinstance(count, int) else "–" for count in counts)
    return ""


def _head(data: Mapping[str, Any], language: Language, cells: int) -> Line:
    kind = _text(data.get("paper_type"))
    public = data.get("public", True)
    openness = _("public") if public is not False else _("not public")
    reference = _text(data.get("reference")) or _("without a number")
    date = _day(data.get("date"), language)
    about = ", ".join(part for part in (kind, openness) if part)
    room = max(1, cells - width(reference) - width(date) - 3)
    look: Look = "" if public is not False else "warning"
    return _indented(Piece(reference, "strong"), Piece("  "), Piece(fit(about, room), look), Piece(f" {date}"))


def _movers(data: Mapping[str, Any], language: Language) -> str:
    movers = data.get("originators")
    names = [name for name in movers if isinstance(name, str)] if isinstance(movers, list) else []
    submitted = _day(data.get("submitted"), language)
    if not names:
        return _("of {date}").format(date=submitted) if submitted else ""
    who = names[0] if len(names) == 1 else _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])
    if submitted:
        return _("Moved by {who}, {date}").format(who=who, date=submitted)
    return _("Moved by {who}").format(who=who)


def _steps(steps: Sequence[Mapping[str, Any]], language: Language, cells: int) -> list[Line]:
    """The Beratungsfolge: a line a step where there is room, else two."""
    roles = [_role(step, language) for step in steps]
    results = [_result(step, language) for step in steps]
    role_cells = min(22, max(width(role) for role in roles))
    result_cells = min(26, max(width(result) for result in results))
    name_cells = cells - 12 - (role_cells + 2 if role_cells else 0) - (result_cells + 2 if result_cells else 0)
    lines: list[Line] = []
    for step, role, result in zip(steps, roles, results, strict=True):
        date = Piece(fit(_day(step.get("date"), language), 10) + "  ", "dim")
        name = _text(step.get("organization")) or "–"
        if name_cells >= 18:
            parts: list[str | Piece] = [date, fit(name, name_cells)]
            if role_cells:
                parts.append("  " + fit(role, role_cells))
            if result_cells:
                parts.append(Piece("  " + cut(result, result_cells), "strong"))
            lines.append(_indented(*parts))
        else:
            lines.append(_indented(date, cut(name, cells - 12)))
            if role or result:
                room = cells - 14 - width(role)
                lines.append(_indented(" " * 12 + role + "  ", Piece(cut(result, max(0, room)), "strong")))
    return lines


def _role(step: Mapping[str, Any], language: Language) -> str:
    role = _text(step.get("role_text")) or label(ROLES, step.get("role"), language)
    return (role + " " + _("(lead)")).strip() if step.get("lead") is True else role


def _result(step: Mapping[str, Any], language: Language) -> str:
    """How a step ended, and its counts."""
    ended = label(OUTCOMES, step.get("outcome"), language) or _text(step.get("result_text"))
    votes = _tables(step.get("votes"))
    if not ended and votes:
        ended = label(RESULTS, votes[-1].get("result"), language)
    return " ".join(part for part in (ended, votes_text(step)) if part)


def _indented(*parts: str | Piece) -> Line:
    return (Piece(" "), *(part if isinstance(part, Piece) else Piece(part) for part in parts))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _day(value: object, language: Language) -> str:
    return date_text(value, language) if isinstance(value, dt.date) else _text(value)


def _tables(value: object) -> list[Mapping[str, Any]]:
    return [entry for entry in value if isinstance(entry, Mapping)] if isinstance(value, list) else []
