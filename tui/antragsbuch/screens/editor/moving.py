"""Moving in the form, and in the texts that stand in its place."""

from __future__ import annotations

from antragsbuch.editing.build import section_of
from antragsbuch.editing.shape import sections

from .base import EditorBase


class Moving(EditorBase):
    """The commands that only move."""

    @property
    def in_form(self) -> bool:
        """Whether the form is what is shown."""
        return bool(self.view.display)

    def do_down(self) -> None:
        """To the next line."""
        if self.in_form:
            self.view.down()
        else:
            super().do_down()

    def do_up(self) -> None:
        """To the line before."""
        if self.in_form:
            self.view.down(-1)
        else:
            super().do_up()

    def do_half_down(self) -> None:
        """Half a page down."""
        if self.in_form:
            self.view.turn(0.5)
        else:
            super().do_half_down()

    def do_half_up(self) -> None:
        """Half a page up."""
        if self.in_form:
            self.view.turn(-0.5)
        else:
            super().do_half_up()

    def do_page_down(self) -> None:
        """A page down."""
        if self.in_form:
            self.view.turn(1)
        else:
            super().do_page_down()

    def do_page_up(self) -> None:
        """A page up."""
        if self.in_form:
            self.view.turn(-1)
        else:
            super().do_page_up()

    def do_first(self) -> None:
        """To the first line."""
        if self.in_form:
            self.view.edge(False)
        else:
            super().do_first()

    def do_last(self) -> None:
        """To the last line."""
        if self.in_form:
            self.view.edge(True)
        else:
            super().do_last()

    def do_left(self) -> None:
        """A cell to the left."""
        self.view.sideways(-1)

    def do_right(self) -> None:
        """A cell to the right."""
        self.view.sideways(1)

    def do_next_pane(self) -> None:
        """To the next field."""
        self.view.next()

    def do_previous_pane(self) -> None:
        """To the field before."""
        self.view.next(-1)

    def do_next_section(self) -> None:
        """To the next section."""
        self._section_by(1)

    def do_previous_section(self) -> None:
        """To the section before."""
        self._section_by(-1)

    def _section_by(self, by: int) -> None:
        every = sections(self.fields)
        here = section_of(self.form.spot.place, self.fields).name
        number = next(number for number, section in enumerate(every) if section.name == here)
        self.to_section(every[(number + by) % len(every)].name)

    def to_section(self, name: str) -> None:
        """Show a section, or go to it where all are shown."""
        section = next(section for section in sections(self.fields) if section.name == name)
        form = self.form.in_section(section.name)
        self.show_form(form)
