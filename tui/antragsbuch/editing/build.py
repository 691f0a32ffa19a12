"""The rows of the form, from the data and the field tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from antragsbuch.i18n import _, language, ngettext
from antragsbuch_schema import places, prose
from antragsbuch_schema.diagnostics import Finding
from antragsbuch_schema.edits import Data
from antragsbuch_schema.fields import Field, Fields, Kind, by_name
from antragsbuch_schema.places import Item, Place

from . import values, words
from .editing import Editing
from .rows import Cell, Part, Row, Shape, Spot
from .shape import Column, Keys, Section, column_field, columns, sections, usual


@dataclass(frozen=True, slots=True)
class Look:
    """What the form is to show.

    `element` is the row whose details are shown, or () for the sections of the file, all or the one called
    `section`. `added` are the places of fields, and of new entries of lists, that are shown though empty. `changed`
    are the places that differ from the last commit, `committed` is the data there.
    """

    section: str = ""
    element: Place = ()
    added: frozenset[Place] = frozenset()
    changed: frozenset[Place] = frozenset()
    committed: Data | None = None
    findings: tuple[Finding, ...] = field(default=())


def rows(editing: Editing, look: Look) -> tuple[Row, ...]:
    """The rows of the form as `look` wants it."""
    made = list(_Builder(editing, look).all())
    return tuple(_with_findings(made, look, editing))


def addable(editing: Editing, look: Look, place: Place) -> tuple[Field, ...]:
    """The fields of the table at `place` that are not shown; for () those of the section."""
    builder = _Builder(editing, look)
    return tuple(f for f in builder.fields_of(place) if not builder.visible(f, place) and f.name != "id")


def keys_of(place: Iterable[object]) -> Keys:
    """The names of the fields on the way to `place`."""
    return tuple(step for step in place if type(step) is str)


def section_of(place: Place, fields: Fields) -> Section:
    """The section in which `place` stands; the last one for a key that no field has."""
    every = sections(fields)
    return next((s for s in every if place and place[0] in by_name(s.fields)), every[-1])


class _Builder:
    def __init__(self, editing: Editing, look: Look) -> None:
        self.editing, self.look = editing, look
        self.data = editing.data
        self._wrong = {finding.place[: n + 1] for finding in look.findings for n in range(len(finding.place))}

    def all(self) -> Iterator[Row]:
        if self.look.element:
            yield from self._table(self.fields_of(self.look.element), self.look.element)
            return
        for section in sections(self.editing.fields):
            if self.look.section == section.name:
                yield from self._table(section.fields, (), section.fields)
            elif not self.look.section:
                yield Row(Shape.SECTION, words.title(section.title))
                yield from self._table(section.fields, (), section.fields)
                yield Row(Shape.SPACE)

    def fields_of(self, place: Place) -> Fields:
        if not place:
            every = sections(self.editing.fields)
            chosen = next((s for s in every if s.name == self.look.section), None)
            return chosen.fields if chosen else self.editing.fields
        fields = self.editing.fields
        for key in keys_of(place):
            fields = by_name(fields)[key].fields
        return fields

    def visible(self, field: Field, above: Place) -> bool:
        place = (*above, field.name)
        return (
            field.name in usual(self.editing.fields, keys_of(above))
            or places.value_at(place, self.data) not in (None, [], {})
            or place in self.look.added
            or place in self._wrong
        )

    def _table(self, fields: Fields, above: Place, only: Fields | None = None, indent: int = 0) -> Iterator[Row]:
        hidden = [f for f in fields if not self.visible(f, above) and f.name != "id"]
        alone = only is not None and len(only) == 1
        for f in fields:
            if f.name == "id" and above:
                continue
            if self.visible(f, above):
                yield from self._field(f, above, alone and not hidden, indent)
        if hidden:
            names = ", ".join(words.label(f) for f in hidden)
            spot = Spot((*above, hidden[0].name), Part.MORE)
            yield Row(Shape.MORE, "+", (Cell(spot, names, faint=True),), indent=indent)

    def _field(self, field: Field, above: Place, alone: bool, indent: int) -> Iterator[Row]:
        place = (*above, field.name)
        value = places.value_at(place, self.data)
        if field.kind is Kind.TABLES and isinstance(value, list | None):
            yield from self._tables(field, place, value, alone, indent)
        elif field.kind is Kind.TABLE and isinstance(value, dict | None):
            if not alone:
                yield Row(Shape.HEADING, words.label(field), indent=indent)
            yield from self._table(field.fields, place, indent=indent if alone else indent + 2)
        elif field.kind is Kind.PROSE and isinstance(value, str | None):
            yield from self._prose(field, place, value, alone, indent)
        elif field.kind in (Kind.TEXTS, Kind.INTEGERS) and isinstance(value, list | None):
            yield from self._entries(field, place, value or [], indent)
        elif field.kind is Kind.MAP and isinstance(value, dict | None):
            yield from self._map(field, place, value or {}, indent)
        else:
            row = places.value_at(above, self.data) if above else self.data
            cell = self._cell(field, Spot(place), value, row)
            yield Row(Shape.FIELD, words.label(field), (cell,), mark=cell.mark, indent=indent)

    def _tables(self, field: Field, place: Place, value: list[Any] | None, alone: bool, indent: int) -> Iterator[Row]:
        elements = value or []
        if not elements or not alone:
            text = "" if elements else _("none") if field.keep and value is not None else "–"
            cell = Cell(Spot(place, Part.LIST), text, faint=True)
            yield Row(Shape.HEADING, words.label(field), (cell,), mark=self._mark(place), indent=indent)
        if not elements:
            return
        shown = columns(self.editing.fields, keys_of(place))
        yield Row(Shape.COLUMNS, columns=shown, indent=indent)
        for position, element in enumerate(elements):
            step = _step(element, position)
            handle = Spot((*place, step), Part.ROW)
            cells = tuple(self._column(field, handle.place, column, element) for column in shown)
            yield Row(Shape.ELEMENT, "", cells, shown, handle, self._mark(handle.place), indent)
            yield from self._more_inside(field, handle.place, shown, indent)

    def _more_inside(self, field: Field, row: Place, shown: Sequence[Column], indent: int) -> Iterator[Row]:
        """What a row has more of than its columns show: further votes of a consultation."""
        for name in dict.fromkeys(str(column.way[0]) for column in shown if 0 in column.way):
            inside = places.value_at((*row, name), self.data)
            if isinstance(inside, list) and len(inside) > 1:
                told = _("{what}: {count}, the first of them is shown; o leads to all")
                label = words.label(by_name(field.fields)[name])
                yield Row(Shape.NOTE, told.format(what=label, count=len(inside)), indent=indent)

    def _column(self, table: Field, above: Place, column: Column, element: object) -> Cell:
        known = column_field(table.fields, column)
        place = (*above, *column.way)
        value = places.value_at(place, self.data)
        if known.kind is Kind.TABLES:
            count = len(value) if isinstance(value, list) else 0
            return Cell(Spot(place, Part.LIST), str(count) if count else "–", faint=not count)
        row = element if isinstance(element, Mapping) else {}
        cell = self._cell(known, Spot(place), value, row)
        if known.kind is Kind.CHOICE and (choice := known.choice(value)):
            lead = known.name == "role" and row.get("lead") is True
            short = words.short_choice(choice)
            short, text = (
                (
                    _("{role} (lead)").format(role=short[:4].rstrip(" .") + "."),
                    _("{role} (lead)").format(role=cell.text),
                )
                if lead
                else (short, cell.text)
            )
            return Cell(cell.spot, text, cell.faint, cell.mark, short)
        return cell

    def _entries(self, field: Field, place: Place, entries: Sequence[Any], indent: int) -> Iterator[Row]:
        label, mark = words.label(field), self._mark(place)
        texts = [values.shown(field, entry) for entry in entries]
        if (*place, len(entries)) in self.look.added:
            texts.append("")
        if not texts:
            yield Row(Shape.FIELD, label, (Cell(Spot(place, Part.LIST), "–", faint=True),), mark=mark, indent=indent)
        for position, text in enumerate(texts):
            cell = Cell(Spot((*place, position)), text, mark=mark)
            yield Row(Shape.FIELD, label if not position else "", (cell,), mark=mark, indent=indent)

    def _map(self, field: Field, place: Place, entries: Mapping[str, Any], indent: int) -> Iterator[Row]:
        cell = Cell(Spot(place, Part.LIST), "" if entries else "–", faint=True)
        yield Row(Shape.HEADING, words.label(field), (cell,), mark=self._mark(place), indent=indent)
        for key, value in entries.items():
            mark = self._mark((*place, key))
            inner = Cell(Spot((*place, key)), str(value), mark=mark)
            yield Row(Shape.FIELD, key, (inner,), mark=mark, indent=indent + 2)

    def _prose(self, field: Field, place: Place, value: str | None, alone: bool, indent: int) -> Iterator[Row]:
        mark = self._mark(place)
        if not alone:
            yield Row(Shape.HEADING, words.label(field), indent=indent, mark=mark)
        text = values.shown(field, value)
        cell = Cell(Spot(place, Part.PROSE), text or "–", faint=not text, mark=mark)
        yield Row(Shape.PROSE, "", (cell,), mark=mark, indent=indent)
        if text:
            yield Row(Shape.NOTE, counted(text), indent=indent)

    def _cell(self, field: Field, spot: Spot, value: Any, row: Any) -> Cell:
        text = values.shown(field, value, row if isinstance(row, Mapping) else None)
        mark = self._mark(spot.place)
        return Cell(spot, text or values.empty(field, value), faint=not text, mark=mark)

    def _mark(self, place: Place) -> str:
        if not self.look.changed:
            return ""
        named = self.editing.named(place)
        if named in self.look.changed and isinstance(named[-1], Item):
            return "+" if places.value_at(named, self.look.committed or {}) is None else "~"
        inside = any(changed[: len(named)] == named for changed in self.look.changed)
        above = any(named[: len(changed)] == changed for changed in self.look.changed)
        return "~" if inside or above else ""


def counted(text: str) -> str:
    """How many sentences and words a text in the model form has, in words."""
    sentences, many = len(prose.sentences(text)), len(text.split())
    return ", ".join(
        (
            ngettext("{count} sentence", "{count} sentences", sentences).format(count=sentences),
            ngettext("{count} word", "{count} words", many).format(count=many),
        )
    )


def _with_findings(made: list[Row], look: Look, editing: Editing) -> Iterator[Row]:
    """The rows, each followed by the findings that are about it; what is about none stands first."""
    under: dict[int, list[Finding]] = {}
    for finding in sorted(look.findings, key=lambda finding: -finding.severity):
        number = _row_for(finding.place, made, look, editing)
        if number is not None:
            under.setdefault(number, []).append(finding)
    for finding in under.get(-1, ()):
        yield _told(finding, 0)
    for number, row in enumerate(made):
        yield row
        for finding in under.get(number, ()):
            yield _told(finding, row.indent)


def _told(finding: Finding, indent: int) -> Row:
    text = f"{finding.code}  {finding.message(language())}"
    return Row(Shape.FINDING, text, indent=indent, severity=finding.severity)


def _row_for(place: Place, made: list[Row], look: Look, editing: Editing) -> int | None:
    """The row that a finding at `place` stands under: -1 before the first, None if it is about another page."""
    if look.element and place[: len(look.element)] != look.element:
        return None
    if not look.element and look.section and section_of(place, editing.fields).name != look.section:
        return None
    best, best_length = -1, 0
    for number, row in enumerate(made):
        for spot in row.spots:
            named = editing.named(spot.place)
            # a paragraph and its count belong together
            at = number + 1 if row.shape is Shape.PROSE and number + 1 < len(made) else number
            if spot.part is not Part.MORE and len(named) > best_length and place[: len(named)] == named:
                best, best_length = at, len(named)
    return best


def _step(element: object, position: int) -> Item | int:
    identity = element.get("id") if isinstance(element, Mapping) else None
    return Item(identity) if isinstance(identity, str) and places.ID.fullmatch(identity) else position
