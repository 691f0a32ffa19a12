"""The history of one motion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Container

from antragsbuch.i18n import _, ngettext
from antragsbuch.screens.base import Frame
from antragsbuch.state import Goto, Situation
from antragsbuch.widgets.line import Line, Piece
from antragsbuch.widgets.line_list import LineList
from antragsbuch.widgets.row_list import RowList
from antragsbuch.widgets.status import Answer, StatusLine, spread
from antragsbuch.widgets.text_view import TextView

from . import jobs, rows

if TYPE_CHECKING:
    from antragsbuch.store.history import Version
    from antragsbuch_schema.change import Change

_PANES = ("", "-list", "-words")


class HistoryScreen(Frame):
    """The versions of a motion, and what each changed."""

    screen_name = "history"
    DEFAULT_CSS = """
    HistoryScreen {
        #panes { layout: vertical; }
        #versions { height: 1fr; }
        #rule { height: 1; }
        #words { height: 2fr; }
        &.-list #words, &.-list #rule { display: none; }
        &.-words #versions, &.-words #rule { display: none; }
    }
    """

    def __init__(self, goto: Goto) -> None:
        super().__init__(goto)
        self.versions: tuple[Version, ...] = ()
        self.changes: dict[str, tuple[Change, ...]] = {}
        self.marked: tuple[str, ...] = ()
        self.name_of_motion = ""
        self.folded = True
        self._loaded = False
        self._panes = ""

    def content(self) -> ComposeResult:
        """Versions, and the words of one."""
        with Container(id="panes"):
            yield LineList(id="versions")
            yield StatusLine(id="rule")
            yield TextView(id="words")

    def on_mount(self) -> None:
        """Read the versions."""
        self.list.focus()
        session, path = self.book.session, self.goto.path
        if session is not None:
            self.work_telling("load", lambda tell: jobs.load(session, path, tell))

    # --- what it looks like

    @property
    def list(self) -> LineList:
        """The versions."""
        return self.query_one("#versions", LineList)

    @property
    def words(self) -> TextView:
        """The words of a version."""
        return self.query_one("#words", TextView)

    @property
    def current(self) -> Version | None:
        """The version under the cursor."""
        return self.versions[self.list.index] if self.list.index < len(self.versions) else None

    @property
    def headline_title(self) -> str:
        """What this screen shows."""
        return _("History of {name}").format(name=self.name_of_motion)

    def headline(self, cells: int) -> Line:
        """Whose history, and how long it is."""
        count = len(self.versions)
        right = ngettext("{count} version", "{count} versions", count).format(count=count) if self._loaded else ""
        return spread(
            (Piece(" " + self.name_of_motion, "strong"), Piece("  " + _("History"))), (Piece(right + " "),), cells
        )

    def situation(self) -> Situation:
        """What the commands look at."""
        register = self.book.state.register
        return Situation(
            screen=self.screen_name,
            register=self.book.session is not None,
            motion=self.current is not None,
            committed=True,
            rows=len(self.versions),
            marked=len(self.marked),
            read_only=register.read_only if register else "",
        )

    def on_resize(self) -> None:
        """Lay everything out anew."""
        self._show()

    def _show(self, index: int | None = None) -> None:
        if not self.size.width:
            return
        cells = self.size.width - 3
        lines = [
            rows.row(version, self.changes.get(version.commit), version.commit in self.marked, cells)
            for version in self.versions
        ]
        empty = _("It has not been committed yet.") if self._loaded else _("Reading …")
        self.list.show(lines, index=self.list.index if index is None else index, empty=empty)
        self.query_one("#rule", StatusLine).show((Piece("─" * self.size.width, "dim"),))
        self.refresh_lines()

    @on(RowList.Rested)
    def _rested(self) -> None:
        if len(self.marked) < 2:
            self._show_words()

    def _show_words(self, keep: bool = False) -> None:
        version, folded = self.current, self.folded
        if version is not None:
            changes = self.changes.get(version.commit)
            self.words.show(lambda cells: rows.whole(version, changes, cells, folded), keep=keep)

    # --- what happens

    def received(self, result: object) -> None:
        """The transitions of this screen."""
        match result:
            case jobs.Versions(versions, name):
                self.versions, self.name_of_motion, self._loaded = versions, name, True
                self._show(0)
            case jobs.Changed(changes):
                self.changes |= changes
                self._show()
                self._show_words(keep=True)
            case jobs.Compared(older, newer, changes):
                head = _("{older}  to  {newer}").format(older=rows.when(older), newer=rows.when(newer))
                self.words.show(
                    lambda cells: [(Piece(" " + head, "strong"),), (), *rows.changed(changes, cells, self.folded)]
                )
            case jobs.BroughtBack(path):
                self.say(
                    _("The old version stands in {path} again; c reviews and commits it.").format(path=path), "good"
                )
            case _:
                super().received(result)

    # --- commands

    def do_open(self) -> None:
        """Into the words."""
        self.words.focus()

    def do_back(self) -> None:
        """Out of the words; then drop the marks; then back."""
        if self.words.has_focus and self._panes != "-words":
            self.list.focus()
        elif self.marked:
            self.marked = ()
            self._show()
            self._show_words()
        else:
            self.leave()

    def do_mark(self) -> None:
        """Mark a version; two are compared."""
        session, version = self.book.session, self.current
        if session is None or version is None:
            return
        if version.commit in self.marked:
            self.marked = tuple(commit for commit in self.marked if commit != version.commit)
        else:
            self.marked = (*self.marked[-1:], version.commit)
        self._show()
        if len(self.marked) == 2:
            newer, older = (one for one in self.versions if one.commit in self.marked)
            self.work("compare", lambda: jobs.compare(session, older, newer))
        else:
            self._show_words()

    def do_bring_back(self) -> None:
        """An old version into the work tree."""
        session, version, path = self.book.session, self.current, self.goto.path
        if session is None or version is None:
            return
        if version.blob is None:
            self.say(_("There the motion was deleted; choose an older version."), "warning")
            return
        self.ask(
            _("Bring back the version of {when}?").format(when=rows.when(version)),
            [Answer(("y", "j"), _("bring back"), "back")],
            lambda _value: self.work("back", lambda: jobs.bring_back(session, path, version)),
        )

    def do_fold(self) -> None:
        """Whole texts, or only what changed."""
        self.folded = not self.folded
        self._show_words()

    def do_copy(self) -> None:
        """The name of the commit."""
        version = self.current
        if version is not None:
            self.say(*self.book.copy(version.commit, version.commit[:10]))

    def do_wide(self) -> None:
        """Only the versions, only the words, both."""
        self._panes = _PANES[(_PANES.index(self._panes) + 1) % len(_PANES)]
        for panes in _PANES[1:]:
            self.set_class(self._panes == panes, panes)
        (self.words if self._panes == "-words" else self.list).focus()

    def do_next_pane(self) -> None:
        """Into the words, and back."""
        (self.words if self.list.has_focus and self.words.display else self.list).focus()

    do_previous_pane = do_next_pane
