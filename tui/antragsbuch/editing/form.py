"""The form while a person works in it: where the cursor stands, what is being typed, and what follows from a key.

Pure transitions: each gives the form as it is afterwards. How lines are laid out on the screen is not known here.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from antragsbuch_schema import places, prose
from antragsbuch_schema.diagnostics import Finding
from antragsbuch_schema.edits import MISSING, Data
from antragsbuch_schema.fields import Field, Kind, field_at
from antragsbuch_schema.places import Item, Place

from . import values
from .buffer import Buffer
from .build import Look, rows, section_of
from .changed import changed_places
from .completion import Candidate, Words, candidates
from .editing import Editing
from .rows import Part, Row, Spot
from .spots import element_above, field_of, kind_at, nearest, page_above


@dataclass(frozen=True, slots=True)
class Typing:
    """A value that is being typed. `meaning` is what was understood, `problem` why nothing was.

    `candidates` are what it could mean, `chosen` the number of the one that is pointed at, -1 for none. `before`
    is the value when typing began. `how` is what was done last ("insert", "delete", "move").
    """

    spot: Spot
    field: Field
    buffer: Buffer
    before: Any
    visit: int
    chunk: int = 0
    how: str = ""
    candidates: tuple[Candidate, ...] = ()
    chosen: int = -1
    meaning: str = ""
    problem: str = ""

    @property
    def token(self) -> str:
        """Letters with the same token are one step of undo."""
        return f"{self.visit}.{self.chunk}"

    @property
    def searching(self) -> bool:
        """Whether what is typed only chooses among the candidates."""
        return self.field.kind is Kind.CHOICE


@dataclass(frozen=True, slots=True)
class Form:
    """One file in the form. `spot` is where the cursor stands, `offset` where in the paragraphs of a prose field."""

    editing: Editing
    look: Look
    spot: Spot
    words: Words
    today: dt.date
    offset: int = 0
    typing: Typing | None = None
    visits: int = 0

    @property
    def rows(self) -> tuple[Row, ...]:
        """What the form shows."""
        return rows(self.editing, self.look)

    @property
    def field(self) -> Field | None:
        """The field that the cursor stands in."""
        return field_of(self.spot.place, self.editing)

    @property
    def kind(self) -> Kind | None:
        """What the value under the cursor is: an entry of a list of texts is a text."""
        return kind_at(self.spot, self.editing)

    @property
    def finding(self) -> Finding | None:
        """The worst finding at the cursor."""
        here = self.editing.named(self.spot.place)
        about = [finding for finding in self.look.findings if finding.place[: len(here)] == here]
        return max(about, key=lambda finding: finding.severity, default=None)

    @property
    def element(self) -> Place | None:
        """The row of a table, or the entry of a list, that the cursor stands in."""
        named = self.editing.named(self.spot.place)
        shown = len(self.look.element)
        for length in range(shown + 1, len(named) + 1):
            if (
                isinstance(named[length - 1], Item | int)
                and places.value_at(named[:length], self.editing.data) is not None
            ):
                return named[:length]
        return None

    def with_editing(self, editing: Editing) -> Form:
        """With other data: what is changed is looked at anew, the cursor stays where that is still there."""
        committed = self.look.committed
        changed = changed_places(committed, editing.data, editing.fields) if committed is not None else frozenset()
        return replace(self, editing=editing, look=replace(self.look, changed=changed)).settled()

    def compared(self, committed: Data | None) -> Form:
        """With the marks of what differs from `committed`, the data at the last commit."""
        return replace(self, look=replace(self.look, committed=committed)).with_editing(self.editing)

    def with_findings(self, findings: tuple[Finding, ...]) -> Form:
        """With what is wrong with the data as they are."""
        return replace(self, look=replace(self.look, findings=findings)).settled()

    def settled(self) -> Form:
        """With the cursor on a spot that there is: the same, or the nearest that was close to it."""
        spots = [spot for row in self.rows for spot in row.spots]
        if self.spot in spots or not spots:
            return self
        return replace(self, spot=nearest(self.spot, spots), offset=0)

    def at(self, spot: Spot, offset: int = 0) -> Form:
        """With the cursor on `spot`."""
        return replace(self, spot=spot, offset=offset)

    def goto(self, place: Place) -> Form:
        """With the cursor at `place`, in the section and on the row whose details show it."""
        form = replace(self, look=replace(self.look, element=()))
        if self.look.section or not place:
            section = section_of(place, self.editing.fields)
            form = replace(form, look=replace(form.look, section=section.name if self.look.section else ""))
        named = self.editing.named(place)
        for _depth in range(len(named)):
            spots = [spot for row in form.rows for spot in row.spots if spot.part is not Part.MORE]
            exact = [spot for spot in spots if self.editing.named(spot.place) == named]
            if exact:
                return form.at(exact[0])
            inside = element_above(named, form.look.element)
            if inside is None or places.value_at(inside, self.editing.data) is None:
                break
            form = form.opened(inside)
        return form.at(nearest(Spot(named), spots)) if spots else form

    def in_section(self, name: str) -> Form:
        """With the cursor at the beginning of a section, which is shown if only one is."""
        look = replace(self.look, section=name if self.look.section else "", element=())
        form = replace(self, look=look, offset=0)
        spots = [spot for row in form.rows for spot in row.spots]
        return form.at(next((s for s in spots if section_of(s.place, self.editing.fields).name == name), spots[0]))

    def laid_out(self, section: str) -> Form:
        """With only one section shown, or with all of them for ""."""
        return replace(self, look=replace(self.look, section=section)).settled()

    def opened(self, element: Place) -> Form:
        """With the details of a row."""
        form = replace(self, look=replace(self.look, element=element), offset=0)
        spots = [spot for row in form.rows for spot in row.spots]
        return form.at(spots[0]) if spots else form

    def closed(self) -> Form:
        """Back from the details of a row to the page that it stands on."""
        element = self.look.element
        above = page_above(element)
        return replace(self, look=replace(self.look, element=above), spot=Spot(element, Part.ROW), offset=0).settled()

    def added(self, place: Place) -> Form:
        """With the empty field at `place` shown, and the cursor in it."""
        form = replace(self, look=replace(self.look, added=self.look.added | {place}))
        spots = [spot for row in form.rows for spot in row.spots if spot.place[: len(place)] == place]
        return form.at(next((spot for spot in spots if spot.part is not Part.MORE), form.spot))

    # --- typing

    def begin(self, first: str | None = None) -> Form:
        """Typing at the cursor: behind the value that is there, or with `first` in place of it."""
        field, kind = self.field, self.kind
        if field is None or kind is None or field.name == "id":
            return self
        value = places.value_at(self.spot.place, self.editing.data)
        text = values.typed_form(field, value) if kind is not Kind.CHOICE else ""
        buffer = Buffer.at_end(text)
        if kind is Kind.PROSE:
            buffer = buffer.to(min(self.offset, len(text)))
        elif kind in values.STRAIGHT and first is None:
            buffer = buffer.select_all()
        typing = Typing(self.spot, field, buffer, _or_missing(value), self.visits + 1)
        if typing.searching:
            typing = _searched(typing, self.words, value)
        form = replace(self, typing=typing, visits=self.visits + 1)
        return form.typed(Buffer.at_end(first), "insert") if first is not None else form

    def begin_entry(self) -> Form:
        """Typing of a new entry behind the cursor's list of texts."""
        place = self.spot.place if self.spot.part is Part.LIST else self.spot.place[:-1]
        entries = places.value_at(place, self.editing.data) or []
        field = field_at(place, self.editing.fields)
        if field is None:
            return self
        spot = Spot((*place, len(entries)))
        typing = Typing(spot, field, Buffer("", 0), MISSING, self.visits + 1)
        look = replace(self.look, added=self.look.added | {spot.place})
        return replace(self, look=look, spot=spot, typing=typing, visits=self.visits + 1)

    def typed(self, buffer: Buffer, how: str = "") -> Form:
        """With another text or cursor; in prose another `how` ("insert", "delete") or a new word is a step of undo."""
        typing = self.typing
        if typing is None:
            return self
        if buffer.text == typing.buffer.text:
            return replace(self, typing=replace(typing, buffer=buffer, how="move"))
        chunk = typing.chunk + _is_new_chunk(typing, buffer, how)
        typing = replace(typing, buffer=buffer, chunk=chunk, how=how, chosen=-1)
        if typing.searching:
            return replace(self, typing=_searched(typing, self.words, None))
        understood = values.understand(typing.field, buffer.text, self.today, self._row(typing.spot))
        offered = candidates(typing.field, buffer.text, self.words)
        if isinstance(understood, values.NotUnderstood):
            typing = replace(typing, candidates=offered, meaning="", problem=understood.reason)
            value = typing.before
        else:
            typing = replace(typing, candidates=offered, meaning=understood.meaning, problem="")
            value = understood.value
        if value is MISSING and isinstance(typing.spot.place[-1], int):
            # an entry of a list leaves it when typing ends, else the next one would come under the cursor
            value = "" if places.value_at(typing.spot.place, self.editing.data) is not None else MISSING
        return replace(self, typing=typing)._put(typing.spot, value, typing.token)

    def point(self, by: int) -> Form:
        """With the candidate pointed at that is `by` further down."""
        typing = self.typing
        if typing is None or not typing.candidates:
            return self
        count = len(typing.candidates)
        first = 0 if typing.searching else -1
        chosen = (typing.chosen - first + by) % (count - first) + first
        return replace(self, typing=replace(typing, chosen=chosen))

    def take(self, number: int | None = None) -> Form:
        """With the candidate that is pointed at, or that with `number`, as the value; typing ends."""
        typing = self.typing
        if typing is None:
            return self
        chosen = typing.chosen if number is None else number
        if not 0 <= chosen < len(typing.candidates):
            return self
        return self._ended()._put(typing.spot, typing.candidates[chosen].value, typing.token).settled()

    def finish(self) -> Form:
        """Typing ends; the same form where what is typed can't be understood."""
        typing = self.typing
        if typing is None or typing.problem:
            return self
        if typing.searching and not typing.buffer.text.strip():
            # a choice is left as it is unless another one was pointed at
            moved = 0 <= typing.chosen < len(typing.candidates)
            return self.take() if moved else self._ended()
        if typing.chosen >= 0:
            return self.take()
        if typing.searching:
            return self
        form = replace(self._ended(), offset=typing.buffer.cursor if self.kind is Kind.PROSE else 0)
        if self.kind in (Kind.TEXT, Kind.PROSE):
            text = typing.buffer.text
            plain = prose.normalise(text) if self.kind is Kind.PROSE else text.strip()
            form = form._put(typing.spot, plain or MISSING, typing.token)
        return form.settled()

    def leave(self) -> Form:
        """Typing ends in any case; what can't be understood is dropped, a choice stays what it was."""
        done = self.finish() if self.typing and not self.typing.searching else self
        return done._ended().settled() if done.typing else done

    def clear(self) -> Form:
        """Without the value under the cursor."""
        return self.stated(MISSING)

    def stated(self, value: Any) -> Form:
        """With `value` under the cursor; `MISSING` for nothing."""
        return self._put(self.spot, value, "")

    def reset(self) -> Form:
        """With the value under the cursor as it was when the file was opened."""
        editing = self.editing.reset(self.editing.named(self.spot.place))
        return self if editing is self.editing else self.with_editing(editing)

    def toggle(self) -> Form:
        """With the boolean under the cursor switched."""
        field = self.field
        if field is None or field.kind is not Kind.BOOLEAN:
            return self
        value = places.value_at(self.spot.place, self.editing.data)
        return self._put(self.spot, values.toggled(field, value), "")

    def undone(self) -> Form:
        """With the last step taken back, and the cursor where it was made."""
        place = self.editing.steps[self.editing.done - 1].place if self.editing.can_undo else ()
        return self._travelled(self.editing.undo(), place)

    def redone(self) -> Form:
        """With the step that was taken back done again, and the cursor there."""
        place = self.editing.steps[self.editing.done].place if self.editing.can_redo else ()
        return self._travelled(self.editing.redo(), place)

    def _ended(self) -> Form:
        """Without typing, and without the entry of a list that was to be typed."""
        look = replace(self.look, added=frozenset(p for p in self.look.added if not isinstance(p[-1], int)))
        return replace(self, typing=None, look=look)

    def _travelled(self, editing: Editing, place: Place) -> Form:
        if editing is self.editing:
            return self
        form = replace(self, typing=None).with_editing(editing)
        return form.goto(place) if editing.named(form.spot.place)[: len(place)] != place else form

    def _put(self, spot: Spot, value: Any, token: str) -> Form:
        virtual = any(isinstance(step, int) for step in spot.place[:-1])
        editing = self.editing.put(spot.place, value, token, prune=virtual)
        return self if editing is self.editing else self.with_editing(editing)

    def _row(self, spot: Spot) -> dict[str, Any] | None:
        value = places.value_at(spot.place[:-1], self.editing.data)
        return value if isinstance(value, dict) else None


def start(editing: Editing, look: Look, vocabulary: Words, today: dt.date) -> Form:
    """The form of a file as it is opened, the cursor on the first field of the section."""
    form = Form(editing, look, Spot(()), vocabulary, today)
    spots = [spot for row in form.rows for spot in row.spots]
    return form.with_editing(editing).at(spots[0]) if spots else form


def _searched(typing: Typing, vocabulary: Words, value: Any) -> Typing:
    offered = candidates(typing.field, typing.buffer.text, vocabulary)
    codes = [candidate.value for candidate in offered]
    chosen = codes.index(value) if value in codes else (0 if typing.buffer.text.strip() and offered else -1)
    problem = "" if offered else values.no_choice()
    return replace(typing, candidates=offered, chosen=chosen, problem=problem)


def _is_new_chunk(typing: Typing, new: Buffer, how: str) -> bool:
    """Whether undo should stop here: in prose, something else is done than before, or a new word begins."""
    if typing.field.kind is not Kind.PROSE:
        return False
    if typing.how not in ("", how) or how not in ("insert", "delete"):
        return True
    if how == "delete":
        return False
    typed = new.text[: new.cursor]
    return len(typed) > 1 and typed[-2].isspace() and not typed[-1].isspace()


def _or_missing(value: Any) -> Any:
    return MISSING if value is None else value
