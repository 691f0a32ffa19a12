"""How the history looks, of a motion and of the register: filter, entries, and the words of one of them."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal

from antragsbuch.i18n import _
from antragsbuch.messages import Filling
from antragsbuch.screens import frame_lines
from antragsbuch.screens.base import Frame
from antragsbuch.session import Session
from antragsbuch.state import Goto, Situation
from antragsbuch.widgets.change_lines import LAYOUTS, Layout, usual
from antragsbuch.widgets.change_view import ChangeView
from antragsbuch.widgets.line import Line, Piece, cut
from antragsbuch.widgets.line_input import LineInput
from antragsbuch.widgets.line_list import LineList
from antragsbuch.widgets.row_list import RowList
from antragsbuch.widgets.status import Answer, Question, StatusLine
from antragsbuch.widgets.text_view import TextView
from antragsbuch.widgets.window_list import WindowList
from antragsbuch_schema.change import Change

from . import jobs, rows
from .state import Committed, Difference, Item

_PANES = ("", "-list", "-words")
_AHEAD = 2
"""Pages before and behind the one that is seen, of which it is told what changed."""


class Entries(Frame):
    """The parts that both histories have. `items` are the entries that were read, by their position."""

    DEFAULT_CSS = """
    Entries {
        #panes { layout: vertical; }
        #search { height: 1; display: none; }
        &.-finding #search { display: block; }
        #entries { height: 2fr; }
        #rule { height: 1; }
        #words, #origins { height: 3fr; }
        #origins { display: none; }
        &.-blame #words { display: none; }
        &.-blame #origins { display: block; }
        &.-list #words, &.-list #origins, &.-list #rule { display: none; }
        &.-words #entries, &.-words #rule { display: none; }
    }
    """

    def __init__(self, goto: Goto) -> None:
        super().__init__(goto)
        self.items: dict[int, Item] = {}
        self.changes: dict[str, tuple[Change, ...]] = {}
        self.shown: tuple[Item, ...] = ()
        self.difference: Difference | None = None
        self.planning = False
        self.whole = False
        self.layout_chosen: Layout | None = None
        self.loaded = False
        self._panes = ""
        self._room: int | str = ""
        self._problems: tuple[str, ...] = ()

    # --- the parts

    def content(self) -> ComposeResult:
        """Filter, entries, and the words of one."""
        with Container(id="panes"):
            with Horizontal(id="search"):
                hint = _(" finds words, kind:vote, field:amount, person:Meyer, date:2023.., is:lost")
                yield LineInput("", label=" /", placeholder=hint, id="filter")
            yield WindowList(self._line_of, id="entries")
            yield StatusLine(id="rule")
            yield ChangeView(id="words")
            yield LineList(id="origins")

    @property
    def session(self) -> Session:
        """The open register: the history is never shown without one."""
        session = self.book.session
        assert session is not None
        return session

    @property
    def entries(self) -> WindowList:
        """The entries."""
        return self.query_one("#entries", WindowList)

    @property
    def words(self) -> ChangeView:
        """The words of an entry."""
        return self.query_one("#words", ChangeView)

    @property
    def origins(self) -> LineList:
        """The text beside who wrote it."""
        return self.query_one("#origins", LineList)

    @property
    def filter(self) -> LineInput:
        """The line of the filter."""
        return self.query_one("#filter", LineInput)

    @property
    def query_text(self) -> str:
        """What is searched for."""
        return self.filter.value.strip()

    @property
    def current(self) -> Item | None:
        """The entry under the cursor."""
        return self.items.get(self.entries.index)

    @property
    def blaming(self) -> bool:
        """Whether the text is shown beside who wrote it."""
        return self.has_class("-blame")

    @property
    def lower(self) -> TextView | RowList:
        """What stands below the entries."""
        return self.origins if self.blaming else self.words

    def situation(self) -> Situation:
        """What the commands look at."""
        app, current = self.book.state.register, self.current
        return Situation(
            screen=self.screen_name,
            register=self.book.session is not None,
            motion=current is not None,
            committed=isinstance(current, Committed),
            rows=self.entries.count,
            changed=len(app.changed) if app else 0,
            filtered=bool(self.query_text),
            past=self.goto.on is not None,
            read_only=frame_lines.past(self.goto.on) if self.goto.on else app.read_only if app else "",
        )

    def help_lines(self, cells: int) -> list[Line]:
        """The signs of the history."""
        signs = (
            ("*", _("not committed")),
            ("!", _("lost in a merge")),
            ("=", _("marked")),
            ("+ -", _("came, went")),
            ("~", _("reads otherwise")),
            ("< >", _("moved away, moved here")),
        )
        line: list[Piece] = []
        for sign, meaning in signs:
            line += [Piece(f" {sign}", "key"), Piece(f" {meaning}  ")]
        return [tuple(line)]

    def _line_of(self, index: int, cells: int) -> Line | None:
        item = self.items.get(index)
        return self.line_of(item, cells) if item is not None else None

    def line_of(self, item: Item, cells: int) -> Line:
        """One entry in a line."""
        return rows.row(item, self.changes.get(item.key), rows.Marks(), cells)

    def on_resize(self) -> None:
        """Lay everything out anew."""
        self.query_one("#rule", StatusLine).show((Piece(("═" if self.goto.on else "─") * self.size.width, "dim"),))
        self.refresh_lines()

    def share_room(self, count: int) -> None:
        """A short list leaves the room to the words."""
        much = 2 * (self.app.size.height - 4) // 5
        height = "2fr" if self._panes == "-list" or count >= much else max(1, count)
        if self._room != height:
            self._room = height
            self.entries.styles.height = height

    # --- what an entry says

    def tell_changes(self) -> None:
        """Have told what the entries that are seen changed."""
        page = self.entries.page
        seen = self.entries.seen
        near = range(max(0, seen.start - page), min(self.entries.count, seen.stop + _AHEAD * page))
        wanted = [item for index in (*seen, *near) if (item := self.items.get(index)) and item.key not in self.changes]
        if wanted:
            session = self.session
            self.work_telling("changes", lambda tell: jobs.tell_changes(session, wanted, tell))

    def show_item(self) -> None:
        """Show what the entry under the cursor changed."""
        item, session = self.current, self.session
        if self.planning:
            return
        if item is None:
            self.forget("difference")
            self.shown = ()
            self.words.show(lambda _cells: ())
            return
        if self.shown != (item,):
            # who it was is known at once
            self.shown, self.difference = (item,), None
            self.show_words()
        self.work("difference", lambda: jobs.show(session, item))

    def show_words(self, keep: bool = False) -> None:
        """Show what is known of the difference."""
        items, difference, whole, layout = self.shown, self.difference, self.whole, self.layout_chosen
        if items:
            self.words.show_changes(lambda cells: rows.shown(items, difference, whole, layout, cells), keep=keep)

    def received(self, result: object) -> None:
        """The transitions that both histories have."""
        match result:
            case jobs.Told(changes):
                new = {key for key in changes if key not in self.changes}
                self.changes |= changes
                self.entries.rows_read(index for index in self.entries.seen if self._key(index) in new)
            case jobs.Shown(items, difference):
                same = self.shown == items and self.difference is not None
                self.shown, self.difference = items, difference
                self.show_words(keep=same)
            case Filling():
                self.say(jobs.filling_in_words(result))
            case jobs.UndoPlan():
                self._undo_planned(result)
            case jobs.TakenBack(commit, subject, notes):
                self.say(
                    " ".join([_("Committed {commit}: {subject}").format(commit=commit[:10], subject=subject), *notes]),
                    "good",
                )
                self.look_again()
            case _:
                super().received(result)

    def _key(self, index: int) -> str | None:
        item = self.items.get(index)
        return item.key if item is not None else None

    def look_again(self) -> None:
        """Something was written: read the history again."""

    @on(RowList.Rested, "#entries")
    def _rested(self) -> None:
        self.tell_changes()
        self.show_item()
        self.refresh_lines()

    @on(RowList.Chosen, "#entries")
    def _chosen(self) -> None:
        self.run_command(self.command("open"))

    # --- the filter

    @on(LineInput.Submitted, "#filter")
    def _submitted(self) -> None:
        self.search()
        self.entries.focus()
        self.set_class(bool(self.query_text), "-finding")

    def search(self) -> None:
        """Ask for the entries that the filter wants."""

    def understood(self, problems: Sequence[str]) -> None:
        """Say which words of the filter were not understood."""
        if problems:
            self.say(problems[0], "warning")
        elif self._note.text in self._problems:
            self.say("")
        self._problems = tuple(problems)

    # --- commands

    def do_filter(self) -> None:
        """Into the filter."""
        self.add_class("-finding")
        self.filter.focus()

    def do_back(self) -> None:
        """Out of the filter, out of the words; then drop what was asked for; then back."""
        if self.filter.has_focus:
            self.filter.value = ""
            self.entries.focus()
            self._drop_filter()
        elif self.lower.has_focus and self._panes != "-words":
            self.entries.focus()
        elif not self.drop():
            if self.filter.value:
                self.filter.value = ""
                self._drop_filter()
            else:
                self.leave()

    def _drop_filter(self) -> None:
        self.remove_class("-finding")
        self.search()

    def drop(self) -> bool:
        """Drop what was asked for last; whether there was something."""
        return False

    def do_next(self) -> None:
        """To the next change."""
        if not self.words.step(1):
            self.say(_("No further change in this version."))

    def do_previous(self) -> None:
        """To the change before."""
        if not self.words.step(-1):
            self.say(_("No change before this one in this version."))

    def do_view(self) -> None:
        """The next layout."""
        now = self.layout_chosen or usual(self.words.size.width)
        self.layout_chosen = LAYOUTS[(LAYOUTS.index(now) + 1) % len(LAYOUTS)]
        names = {"words": _("words in one text"), "unified": _("old over new"), "side": _("side by side")}
        self.say(names[self.layout_chosen])
        self.show_words()

    def do_fold(self) -> None:
        """The whole motion, or only what changed."""
        self.whole = not self.whole
        self.say(_("the whole motion") if self.whole else _("only what changed"))
        self.show_words()

    def do_copy(self) -> None:
        """The name of the commit."""
        item = self.current
        if isinstance(item, Committed):
            self.say(*self.book.copy(item.entry.commit, item.entry.commit[:10]))

    def do_as_of(self) -> None:
        """The register as it was with this commit."""
        item = self.current
        if isinstance(item, Committed):
            entry = item.entry
            self.book.open(Goto("register", path=entry.path, commit=entry.commit, on=entry.time.date()))

    def do_wide(self) -> None:
        """Only the entries, only the words, both."""
        self._panes = _PANES[(_PANES.index(self._panes) + 1) % len(_PANES)]
        for panes in _PANES[1:]:
            self.set_class(self._panes == panes, panes)
        self.share_room(self.entries.count)
        (self.lower if self._panes == "-words" else self.entries).focus()

    def do_next_pane(self) -> None:
        """Into the words, and back."""
        (self.lower if self.entries.has_focus and self.lower.display else self.entries).focus()

    do_previous_pane = do_next_pane

    def do_undo(self) -> None:
        """Take a commit back by a new one."""
        item, session = self.current, self.session
        if isinstance(item, Committed):
            entry = item.entry
            self.work("begin", lambda: jobs.plan_undo(session, entry))

    def _undo_planned(self, plan: jobs.UndoPlan) -> None:
        session = self.session
        if plan.conflicts:
            self.say(
                _("Not taken back; changed again since: {places}").format(places=", ".join(plan.conflicts)),
                "warning",
            )
            return
        if not plan.files:
            self.say(_("Nothing of {commit} is left to take back.").format(commit=plan.commit[:10]), "warning")
            return
        self.show_plan(_("A new commit would change:"), plan.changes)

        def answered(value: str) -> None:
            if value == "why":
                self.prompt(_("Reason:"), lambda reason: self._take_back(session, plan, reason))
            else:
                self._take_back(session, plan, "")

        self.ask(
            _("Take back “{subject}”?").format(subject=cut(plan.subject, 24)),
            [Answer(("y", "j"), _("take back"), "yes"), Answer(("w",), _("with reason"), "why")],
            answered,
        )

    def _take_back(self, session: Session, plan: jobs.UndoPlan, reason: str) -> None:
        self.work("commit", lambda: jobs.take_back(session, plan, reason.strip()))

    def on_question_answered(self, event: Question.Answered) -> None:
        """What was planned is left, or done: show the entry again."""
        self.planning = False
        if event.value is None:
            self.show_item()

    def show_plan(self, title: str, changes: Sequence[Change]) -> None:
        """Show in sentences what is about to change."""
        difference = Difference(tuple(changes), ())
        self.shown, self.planning = (), True
        self.forget("difference")
        self.words.show(
            lambda cells: [(Piece(f" {title}", "strong"),), (), *rows.sentences(difference, cells, always=True)]
        )
