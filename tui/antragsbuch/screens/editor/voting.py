"""Votes in the words of the minutes: typed at a step, or pasted there."""

from __future__ import annotations

from textual import events

from antragsbuch.i18n import _, language, ngettext
from antragsbuch_schema import places
from antragsbuch_schema.edits import Data
from antragsbuch_schema.exchange.minutes import Minutes
from antragsbuch_schema.i18n import date_text
from antragsbuch_schema.motion_fields import MOTION

from .saving import Saving


class Voting(Saving):
    """Records what minutes say."""

    def do_take_over(self) -> None:
        """Ask for the words of the minutes about the step under the cursor; elsewhere, about the one that decides."""
        if self.writable():
            position = self._step()
            self._in_words(self._deciding() if position is None else position, "")

    def on_paste(self, event: events.Paste) -> None:
        """Words that were pasted where no text is typed are those of the minutes."""
        event.stop()
        if self.view.display and not self.asking and self.writable():
            self._in_words(self._step(), event.text.strip())

    def _in_words(self, position: int | None, typed: str) -> None:
        # not at the top: few sessions need it
        from antragsbuch_schema.rules.directory import Directory

        from .in_words import InWordsScreen

        if position is None:
            self.say(_("Go to a step of the consultations first: g c."), "warning")
            return
        data = self.form.editing.data
        step = data["consultations"][position]
        day = step.get("date")
        name = str(step.get("organization", "")) or _("step {number}").format(number=position + 1)
        heading = f"{name}, {date_text(day, language())}" if day is not None else name
        factions = [name for group in Directory(self.session.council).factions.groups for name in group.names]
        self.app.push_screen(InWordsScreen(heading, data, position, factions, self._recorded, typed))

    def _step(self) -> int | None:
        """The position of the step under the cursor."""
        data = self.form.editing.data
        here = self.form.editing.named(self.form.spot.place)
        if here[:1] != ("consultations",) or not isinstance(places.value_at(here[:2], data), dict):
            return None
        position = places.resolve(here[:2], data)[-1]
        return position if isinstance(position, int) else None

    def _deciding(self) -> int | None:
        """The position of the only step that decides."""
        steps = self.form.editing.data.get("consultations") if self.fields is MOTION else None
        found = [
            number
            for number, step in enumerate(steps if isinstance(steps, list) else ())
            if isinstance(step, dict) and step.get("role") == "decision"
        ]
        return found[0] if len(found) == 1 else None

    def _recorded(self, data: Data, minutes: Minutes) -> None:
        self.step_to(data)
        if minutes.unread:
            count = len(minutes.unread)
            said = ngettext(
                "Recorded; {count} phrase was not understood and is kept as words.",
                "Recorded; {count} phrases were not understood and are kept as words.",
                count,
            )
            self.say(said.format(count=count), "warning")
        else:
            self.say(_("Recorded; u takes it back, w saves it, c commits it."), "good")
