"""The history of one motion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from antragsbuch.i18n import _, language, ngettext
from antragsbuch.messages import StatusRead
from antragsbuch.screens import frame_lines
from antragsbuch.session import refresh
from antragsbuch.state import Goto
from antragsbuch.widgets.line import Line, Piece
from antragsbuch.widgets.row_list import RowList
from antragsbuch.widgets.status import Answer, spread

from . import jobs, rows
from .showing import Entries
from .state import Committed, Item, NotCommitted, Origins

if TYPE_CHECKING:
    from antragsbuch.store.timeline_entries import Entry


class HistoryScreen(Entries):
    """The versions of a motion, and what each changed.

    `everything` are all of them; `items` those that the filter leaves. `marked` are the keys of those to compare.
    """

    screen_name = "history"

    def __init__(self, goto: Goto) -> None:
        super().__init__(goto)
        self.path = goto.path
        self.everything: tuple[Item, ...] = ()
        self.wanted: frozenset[str] | None = None
        self.marked: tuple[str, ...] = ()
        self.name_of_motion = ""
        self.text: rows.Blame = rows.Blame((), ())
        self._origins: Origins | None = None
        self._at = goto.commit

    def on_mount(self) -> None:
        """Read the versions."""
        self.entries.focus()
        self.entries.show(0, empty=_("Reading …"))
        self.look_again()

    def look_again(self) -> None:
        """Read the versions, then what each changed."""
        session, path, tip = self.session, self.path, self.goto.commit if self.goto.on else ""
        self.work_telling("load", lambda tell: jobs.read_motion(session, path, tip, tell))

    def on_screen_resume(self) -> None:
        """Somebody comes back from another screen: the file may be another one."""
        if self.loaded:
            self.look_again()

    # --- what it looks like

    @property
    def headline_title(self) -> str:
        """What this screen shows."""
        return _("History of {name}").format(name=self.name_of_motion)

    def headline(self, cells: int) -> Line:
        """Whose history, and how long it is."""
        count = sum(isinstance(item, Committed) for item in self.everything)
        right = ngettext("{count} version", "{count} versions", count).format(count=count) if self.loaded else ""
        if self.wanted is not None:
            right = _("{found} of {total}").format(found=len(self.items), total=len(self.everything))
        left = (
            *frame_lines.past_sign(self.goto.on),
            Piece(" " + self.name_of_motion, "strong"),
            Piece("  " + self._what()),
        )
        return spread(left, (Piece(right + " "),), cells)

    def _what(self) -> str:
        return _("Who wrote what") if self.blaming else _("History")

    def line_of(self, item: Item, cells: int) -> Line:
        """One version in a line."""
        return rows.row(item, self.changes.get(item.key), rows.Marks(item.key in self.marked), cells)

    def _show(self, at: str = "") -> None:
        """Show the versions that the filter leaves, with the cursor on the commit `at`, or where it was."""
        here = self.current
        chosen = [item for item in self.everything if self.wanted is None or item.key in self.wanted]
        self.items = dict(enumerate(chosen))
        index = next((i for i, item in self.items.items() if at and item.key.startswith(at)), None)
        if index is None and here is not None and self.loaded:
            index = next((i for i, item in self.items.items() if item.key == here.key), None)
        nothing = _("No version fits the filter. esc drops it.") if self.everything else _("Not committed yet.")
        self.share_room(len(chosen))
        self.entries.show(len(chosen), index if index is not None else 0, empty=nothing)
        self.refresh_lines()

    # --- what happens

    def received(self, result: object) -> None:
        """The transitions of this screen."""
        match result:
            case jobs.MotionRead(entries, not_committed, name, complete):
                self.everything = (*([not_committed] if not_committed else []), *map(Committed, entries))
                if not_committed:
                    self.changes.pop(not_committed.key, None)
                self.name_of_motion, at, self._at = name, self._at, ""
                self._show(at)
                self.loaded = True
                if not complete:
                    session, path, tip = self.session, self.path, self.goto.commit if self.goto.on else ""
                    self.work_telling("deepen", lambda tell: jobs.deepen_motion(session, path, tip, tell))
                if self.query_text:
                    self.search()
            case jobs.Chosen(keys, problems):
                self.wanted = keys
                self.understood(problems)
                self._show()
            case jobs.OriginsRead(key, origins):
                if self.current is not None and self.current.key == key:
                    self._origins = origins
                    self._show_origins()
            case jobs.Plan():
                self._planned(result)
            case jobs.BroughtBack(path):
                self._brought_back(path)
            case StatusRead():
                self.book.arrived(result)
            case None:
                pass
            case _:
                super().received(result)

    def show_item(self) -> None:
        """Show the version under the cursor, or the two that are compared."""
        if self.blaming:
            self._read_origins()
        elif len(self.marked) == 2 and not self.planning:
            self._compare()
        else:
            super().show_item()

    # --- who wrote what

    def do_blame(self) -> None:
        """The text beside who wrote it, and back."""
        self.set_class(not self.blaming, "-blame")
        if self.blaming:
            self._origins = None
            self._read_origins()
            self.origins.focus()
        else:
            self.entries.focus()
            self.show_item()
        self.refresh_lines()

    def _read_origins(self) -> None:
        item, session = self.current, self.session
        if item is None or jobs.is_gone(item):
            self.origins.show([], empty=_("Here the motion was deleted."))
            self.text = rows.Blame((), ())
            return
        position = self.everything.index(item)
        entries = [each.entry for each in self.everything[position:] if isinstance(each, Committed)]
        self.work("origins", lambda: jobs.origins(session, entries, item))

    def _show_origins(self) -> None:
        if self._origins is not None:
            self.text = rows.blame(self._origins, self.size.width - 2)
            self.origins.show(self.text.lines, index=self.origins.index)

    def on_resize(self) -> None:
        """Lay the text out anew."""
        self._show_origins()

    @on(RowList.Rested, "#origins")
    def _origin_rested(self) -> None:
        if self.blaming and self.origins.has_focus and (origin := self._origin()) is not None:
            self.say(rows.origin_in_words(origin[0]))

    def _origin(self) -> tuple[Entry | None] | None:
        index = self.origins.index
        return self.text.origins[index] if index < len(self.text.origins) else None

    # --- commands

    def do_open(self) -> None:
        """Into the words; from a line of the text, to the version that it comes from."""
        if not self.lower.has_focus:
            self.lower.focus()
        elif self.blaming and (origin := self._origin()) is not None:
            self._go_to(origin[0])

    def _go_to(self, entry: Entry | None) -> None:
        key = Committed(entry).key if entry else ""
        self.remove_class("-blame")
        self.entries.focus()
        if self.wanted is not None:
            self.wanted = None
            self.filter.value = ""
            self._show()
        for index, item in self.items.items():
            if item.key == key:
                self.entries.go(index)
        self.show_item()
        self.refresh_lines()

    def drop(self) -> bool:
        """Leave the text with its origins; then drop the marks."""
        if self.blaming:
            self.do_blame()
        elif self.marked:
            self.marked = ()
            self.entries.rows_read(self.entries.seen)
            self.show_item()
        else:
            return False
        return True

    def do_mark(self) -> None:
        """Mark a version; two are compared."""
        item = self.current
        if item is None:
            return
        if item.key in self.marked:
            self.marked = tuple(key for key in self.marked if key != item.key)
        else:
            self.marked = (*self.marked[-1:], item.key)
        self.entries.rows_read(self.entries.seen)
        if self.blaming:
            self.do_blame()
        self.show_item()
        one = len(self.marked) == 1
        self.say(_("Marked; space on another version compares the two.") if one else "")

    def _compare(self) -> None:
        both = [item for item in self.everything if item.key in self.marked]
        if len(both) == 2:
            (newer, older), session = both, self.session
            if self.shown != (older, newer):
                self.work("difference", lambda: jobs.compare(session, older, newer))

    def search(self) -> None:
        """Ask for the versions that the filter wants."""
        session, path, query = self.session, self.path, self.query_text
        if query:
            self.work("search", lambda: jobs.choose(session, path, query))
        else:
            self.forget("search")
            self.wanted = None
            self.understood(())
            self._show()

    def do_bring_back(self) -> None:
        """An old version, or a part of it, into the work tree; what that changes is shown first."""
        session, item, path = self.session, self.current, self.path
        if isinstance(item, NotCommitted) or item is None:
            return
        if item.entry.blob is None:
            self.say(_("There the motion was deleted; choose an older version."), "warning")
            return
        entry = item.entry
        self.work("begin", lambda: jobs.plan(session, path, entry))

    def _planned(self, plan: jobs.Plan) -> None:
        session, path, entry, changes = self.session, self.path, plan.entry, plan.changes
        if not changes:
            self.say(_("This is what stands there now."))
            return
        if self.blaming:
            self.do_blame()
        self.show_plan(_("Bringing back the version of {when} changes:").format(when=rows.when(entry)), changes)
        answers = [Answer(("y", "j"), _("bring back"), "all")]
        if len(changes) > 1 or changes[0].place:
            answers.append(Answer(("f",), _("one field"), "field"))

        def answered(value: str) -> None:
            if value == "field":
                self._choose_field(plan)
            else:
                self.work("save", lambda: jobs.bring_back(session, path, entry))

        self.ask(_("Bring this version back?"), answers, answered)

    def _choose_field(self, plan: jobs.Plan) -> None:
        from antragsbuch.screens.editor.choose import ChooseScreen, Offered

        session, path, entry = self.session, self.path, plan.entry
        parts = [change for change in plan.changes if change.place]
        said = [change.sentence(language()) for change in parts]

        def chosen(number: int) -> None:
            place = parts[number].place
            self.work("save", lambda: jobs.bring_back(session, path, entry, place))

        offered = [Offered(text, (Piece(text),)) for text in said]
        title = _("Bring back one field of {when}").format(when=rows.when(entry))
        self.book.push_screen(ChooseScreen(title, offered, chosen))

    def _brought_back(self, path: str) -> None:
        session, before = self.session, self.path
        self.path = path
        self.say(_("{path} holds it again; c reviews and commits it.").format(path=path), "good")
        self.entries.go(0)
        self.look_again()
        self.work_telling("status", lambda tell: refresh(session, tell, sorted({before, path})))

    def do_review(self) -> None:
        """See what changed, and commit it."""
        self.book.open(Goto("review", paths=(self.path,)))
