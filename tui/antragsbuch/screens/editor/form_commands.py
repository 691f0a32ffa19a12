"""What is done in the form: typing, rows and entries, undo, finding."""

from __future__ import annotations

from dataclasses import replace

from antragsbuch.editing import row_steps, search, words
from antragsbuch.editing.build import addable, section_of
from antragsbuch.editing.rows import Part, Spot
from antragsbuch.editing.spots import field_of
from antragsbuch.i18n import _, ngettext
from antragsbuch.widgets.status import Answer
from antragsbuch_schema import places
from antragsbuch_schema.edits import MISSING
from antragsbuch_schema.fields import Field, Kind
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.places import Place

from .choose import ChooseScreen, Offered
from .moving import Moving
from .words import offered


class FormCommands(Moving):
    """The commands of the form. What is searched for stays for n and N."""

    wanted = ""
    _hit: search.Hit | None = None

    # --- typing and switching

    def do_open(self) -> None:
        """Type in the field, or open what stands under the cursor."""
        form, spot = self.form, self.form.spot
        if not self.in_form:
            return
        if spot.part is Part.ROW:
            self.show_form(form.opened(form.editing.named(spot.place)))
        elif spot.part is Part.MORE:
            self._add_field()
        elif spot.part is Part.LIST:
            self._add_to_list()
        elif not self.writable():
            return
        elif form.field is not None and form.field.name == "id":
            self.say(_("The identity is given once and never changed."), "warning")
        elif form.kind is Kind.BOOLEAN:
            self.show_form(form.toggle())
        elif self._hit is not None and self._hit.spot == spot:
            begun, hit = form.begin(), self._hit
            self._hit = None
            if begun.typing is not None:
                buffer = begun.typing.buffer.to(hit.start).to(hit.end, select=True)
                self.show_form(begun.typed(buffer))
        else:
            self.show_form(form.begin())

    def do_details(self) -> None:
        """Every field of the row under the cursor."""
        element = self._row()
        if element is not None:
            self.show_form(self.form.opened(element))
        else:
            self.say(_("There is no row here."), "warning")

    def do_mark(self) -> None:
        """Switch a boolean; with an empty list, say that there is none."""
        form = self.form
        field = form.field
        if not self.writable() or field is None:
            return
        if form.kind is Kind.BOOLEAN:
            self.show_form(form.toggle())
        elif form.spot.part is Part.LIST and field.kind is Kind.TABLES and field.keep:
            value = places.value_at(form.spot.place, form.editing.data)
            if not value:
                self.show_form(form.stated([] if value is None else MISSING))

    # --- rows and entries

    def do_add(self) -> None:
        """Add a row or an entry below the cursor; elsewhere, choose a field."""
        if not self.writable():
            return
        form = self.form
        field = form.field
        if form.spot.part is Part.MORE:
            self._add_field()
        elif form.spot.part is Part.LIST or (field is not None and field.kind in (Kind.TEXTS, Kind.INTEGERS)):
            self._add_to_list()
        elif (row := self._row()) is not None:
            position = places.resolve(row, form.editing.data)[-1]
            assert isinstance(position, int)
            self._insert_row(row[:-1], position + 1)
        elif field is not None and field.kind is Kind.MAP:
            self._add_key(form.spot.place[:-1])
        else:
            self._add_field()

    def _add_to_list(self) -> None:
        form, field = self.form, self.form.field
        if field is None or not self.writable():
            return
        if field.kind is Kind.TABLES:
            place = form.editing.named(form.spot.place)
            self._insert_row(place, len(places.value_at(place, form.editing.data) or []))
        elif field.kind is Kind.MAP:
            self._add_key(form.spot.place)
        else:
            self.show_form(form.begin_entry())

    def _insert_row(self, place: Place, position: int) -> None:
        self.show_form(row_steps.inserted(self.form, place, position, {}))
        self.say(_("A row is added: tab goes through it, o shows every field."), "good")

    def _add_key(self, place: Place) -> None:
        def take(key: str) -> str | None:
            key = key.strip()
            if not key:
                return _("a name is needed:")
            self.show_form(self.form.at(Spot((*place, key))).begin())
            return None

        self.prompt(_("Name"), take)

    def _add_field(self) -> None:
        form = self.form
        above = form.spot.place[:-1] if form.spot.part is Part.MORE else self._table_above()
        section = section_of(form.spot.place, self.fields).name
        fields = addable(form.editing, replace(form.look, section=section), above)
        if not fields:
            self.say(_("Every field of this part is shown already."), "warning")
            return
        lines = offered([(words.label(field), words.help_of(field)) for field in fields])
        names = [Offered(words.label(field), line) for field, line in zip(fields, lines, strict=True)]

        def take(number: int) -> None:
            self._add((*above, fields[number].name), fields[number])

        self.app.push_screen(ChooseScreen(_("Add"), names, take))

    def _add(self, place: Place, field: Field) -> None:
        form = self.form.added(place)
        if field.kind is Kind.BOOLEAN:
            self.show_form(form.toggle())
        elif field.kind is Kind.TABLE:
            self.show_form(form)
        elif field.kind in (Kind.TABLES, Kind.TEXTS, Kind.INTEGERS, Kind.MAP):
            self.show_form(form)
            self._add_to_list()
        else:
            self.show_form(form.begin())

    def _table_above(self) -> Place:
        """The table whose fields stand around the cursor: a row's details, a table of the section, or the section."""
        named = self.form.editing.named(self.form.spot.place)
        for length in range(len(named) - 1, 0, -1):
            field = field_of(named[:length], self.form.editing)
            if field is not None and field.kind in (Kind.TABLE, Kind.TABLES):
                above = named[:length]
                return above if field.kind is Kind.TABLE or above == self.form.look.element else self.form.look.element
        return ()

    def do_delete(self) -> None:
        """Remove the row, the entry or the value under the cursor."""
        form = self.form
        if not self.writable() or form.field is None:
            return
        named = form.editing.named(form.spot.place)
        if form.spot.part is Part.ROW:
            row = places.value_at(named, form.editing.data)
            if isinstance(row, dict) and set(row) <= {"id"}:
                self._remove(named)
            else:
                answers = [Answer(("y", "j"), _("remove"), "yes")]
                self.ask(_("Remove this row with everything in it?"), answers, lambda _answer: self._remove(named))
        elif isinstance(named[-1], int) and form.spot.part is Part.VALUE:
            self._remove(named)
        elif form.field.name == "id":
            self.say(_("The identity is given once and never changed."), "warning")
        elif form.spot.part is Part.PROSE and len(str(places.value_at(named, form.editing.data) or "")) > 80:
            answers = [Answer(("y", "j"), _("remove"), "yes")]
            self.ask(_("Remove the whole text?"), answers, lambda _answer: self._clear())
        elif form.spot.part in (Part.VALUE, Part.PROSE):
            self._clear()
        else:
            self.say(_("There is nothing here to remove."), "warning")

    def _remove(self, place: Place) -> None:
        self.show_form(row_steps.removed(self.form, place))
        self.say(_("Removed; u brings it back."), "good")

    def _clear(self) -> None:
        self.show_form(self.form.clear().settled())
        self.say(_("Removed; u brings it back."), "good")

    def do_move_down(self) -> None:
        """Move the row or entry down."""
        self._shift(1)

    def do_move_up(self) -> None:
        """Move the row or entry up."""
        self._shift(-1)

    def _shift(self, by: int) -> None:
        element = self.form.element
        if not self.writable():
            return
        if element is None:
            self.say(_("There is no row here that could be moved."), "warning")
            return
        self.show_form(row_steps.shifted(self.form, element, by))

    def do_duplicate(self) -> None:
        """A copy of the row below it."""
        row = self._row()
        if row is None or not self.writable():
            self.say(_("There is no row here."), "warning")
            return
        self.show_form(row_steps.duplicated(self.form, row))

    def _row(self) -> Place | None:
        """The row of a table that the cursor stands in."""
        element = self.form.element
        value = places.value_at(element, self.form.editing.data) if element else None
        return element if isinstance(value, dict) else None

    def do_template(self) -> None:
        """Add the steps of a template."""
        if not self.writable() or self.fields is not MOTION:
            return
        templates = [
            template
            for template in self.session.council.get("templates", [])
            if isinstance(template, dict) and template.get("steps")
        ]
        own = self.form.editing.data.get("paper_type")
        templates.sort(key=lambda template: own not in template.get("paper_types", []))
        if not templates:
            self.say(_("council.toml has no template of a Beratungsfolge."), "warning")
            return
        texts = [
            (str(template.get("name", "")), " › ".join(str(step.get("organization", "")) for step in template["steps"]))
            for template in templates
        ]
        names = [Offered(text[0], line) for text, line in zip(texts, offered(texts), strict=True)]

        def take(number: int) -> None:
            steps = templates[number]["steps"]
            plain = [{key: value for key, value in step.items() if key != "id"} for step in steps]
            self.show_form(row_steps.with_steps(self.form, plain))
            count = ngettext("{count} step added.", "{count} steps added.", len(steps)).format(count=len(steps))
            self.say(count, "good")

        self.app.push_screen(ChooseScreen(_("Template"), names, take))

    # --- undo

    def do_undo(self) -> None:
        """Take the last edit back."""
        self.show_form(self.form.undone())

    def do_redo(self) -> None:
        """Do it again."""
        self.show_form(self.form.redone())

    def do_reset_field(self) -> None:
        """Set the field to what it was."""
        if self.writable():
            self.show_form(self.form.reset())

    # --- finding and copying

    def do_filter(self) -> None:
        """Ask for words, and go to the first place that has them."""
        self.prompt(_("Find"), self._find, self.wanted)

    def _find(self, wanted: str) -> str | None:
        if not search.hits(self.form.editing, wanted):
            return _("not found:") if wanted.strip() else None
        self.wanted = wanted
        self._to_hit(1)
        return None

    def do_next(self) -> None:
        """To the next that was found."""
        self._to_hit(1)

    def do_previous(self) -> None:
        """To the one before."""
        self._to_hit(-1)

    def _to_hit(self, by: int) -> None:
        form = self.form
        hit = search.next_hit(search.hits(form.editing, self.wanted), form.spot, form.offset, by)
        if hit is None:
            self.say(_("not found any more"), "warning")
            return
        self.show_form(form.goto(hit.spot.place).at(hit.spot, hit.start))
        self._hit = hit

    def do_copy(self) -> None:
        """Copy the value under the cursor."""
        form = self.form
        text = next((cell.text for row in form.rows for cell in row.cells if cell.spot == form.spot), "")
        field = form.field
        if text and field is not None:
            self.say(*self.book.copy(text, words.label(field)))
