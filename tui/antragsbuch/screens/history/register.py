"""The history of the whole register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from antragsbuch.i18n import _, language, ngettext
from antragsbuch.messages import Filling
from antragsbuch.screens.register.words import number
from antragsbuch.state import Goto, Situation
from antragsbuch.widgets.line import Line, Piece
from antragsbuch.widgets.row_list import RowList
from antragsbuch.widgets.status import spread
from antragsbuch_schema.i18n import date_text

from . import register_jobs as jobs
from . import rows
from .showing import Entries
from .state import Committed, Item

if TYPE_CHECKING:
    from antragsbuch.store.looked import Looked

REFERENCE = 13
HELD = 3000
"""So many entries are kept before those that are far away are let go."""


class RegisterHistoryScreen(Entries):
    """Everything that was committed, the newest first; only what is seen is read.

    `news` are the commits since the person last looked; leaving the screen notes that they were seen.
    """

    screen_name = "register-history"

    def __init__(self, goto: Goto) -> None:
        super().__init__(goto)
        self.looked: Looked | None = None
        self.news: frozenset[str] = frozenset()
        self.only_news = False
        self.total = 0
        self._head = ""
        self._query = ""
        self._deepened = False

    def on_mount(self) -> None:
        """Read the newest entries."""
        self.entries.focus()
        self.entries.show(0, empty=_("Reading …"))
        self.look_again()

    def on_screen_resume(self) -> None:
        """Somebody comes back from the history of a motion: there may be a new commit."""
        if self.loaded:
            self.look_again()

    def look_again(self) -> None:
        """Read the newest entries of what is searched for."""
        session, query, size = self.session, self.query_text, 3 * max(self.size.height, 24)
        self.work_telling("load", lambda tell: jobs.read_register(session, query, size, tell))

    # --- what it looks like

    @property
    def headline_title(self) -> str:
        """What this screen shows."""
        return _("History of the register")

    def headline(self, cells: int) -> Line:
        """How long it is, and what is new."""
        register = self.book.state.register
        left = [Piece(f" {register.name if register else ''}", "strong"), Piece("  " + _("History"))]
        if self.looked is not None:
            day = date_text(self.looked.time.date(), language())
            since = f"{day} {self.looked.time:%H:%M}"
            said = _("nothing new since {when}") if not self.news else _("+ new since {when}")
            left.append(Piece("  " + said.format(when=since), "good" if self.news else "dim"))
        count = self.entries.count
        right = ngettext("{count} entry", "{count} entries", count).format(count=number(count)) if self.loaded else ""
        if self.loaded and (self._query or self.only_news):
            right = _("{found} of {total}").format(found=number(count), total=number(self.total))
        return spread(tuple(left), (Piece(right + " "),), cells)

    def situation(self) -> Situation:
        """What the commands look at."""
        return super().situation()._replace(news=bool(self.news) or self.only_news)

    def line_of(self, item: Item, cells: int) -> Line:
        """One entry in a line."""
        new = isinstance(item, Committed) and item.entry.commit in self.news
        return rows.row(item, self.changes.get(item.key), rows.Marks(new=new), cells, REFERENCE)

    # --- what happens

    def received(self, result: object) -> None:
        """The transitions of this screen."""
        match result:
            case jobs.RegisterRead():
                self._read(result)
            case jobs.Page():
                if (result.query, result.only_news) == (self._query, self.only_news):
                    self._take(result)
                    self.entries.rows_read(range(result.start, result.start + len(result.entries)))
                    self.tell_changes()
                    self.show_item()
            case jobs.NewsRead(page):
                self.items = {}
                self._take(page)
                self.share_room(len(page.entries))
                self.entries.show(len(page.entries), 0, empty=_("Nothing came since you last looked."))
                self.refresh_lines()
            case Filling(done, total) if self.loaded:
                self.say(_("Reading what changed: {done} of {total}").format(done=number(done), total=number(total)))
            case jobs.Deepened():
                self._deepened = True
                self.say("")
                self.look_again()
            case jobs.Where(path, commit):
                self.book.open(Goto("history", path=path, commit=commit))
            case None:
                pass
            case _:
                super().received(result)

    def _read(self, result: jobs.RegisterRead) -> None:
        here, same = self.current, result.query == self._query and self.loaded
        self._query, self._head, self.loaded = result.query, result.head, True
        self.total = result.count if not result.query else self.total
        if self.looked is None or not self.news:
            self.looked, self.news = result.looked, result.news
        self.understood(result.problems)
        if self.only_news:
            self._show_news()
            return
        self.items = {}
        self._take(result.page)
        index = next((i for i, item in self.items.items() if here is not None and item.key == here.key), None)
        if index is None:
            index = self.entries.index if same else 0
        empty = _("No entry fits the filter. esc drops it.") if result.query else _("Nothing is committed yet.")
        self.share_room(result.count)
        self.entries.show(result.count, index, empty=empty)
        self.refresh_lines()
        if not result.complete and not self._deepened:
            session = self.session
            self.work_telling("deepen", lambda tell: jobs.deepen_register(session, tell))

    def _take(self, page: jobs.Page) -> None:
        if len(self.items) > HELD:
            self.items = {}
            self.changes = {}
        self.items |= {page.start + number: Committed(entry) for number, entry in enumerate(page.entries)}

    @on(RowList.Moved, "#entries")
    def _moved(self) -> None:
        """Read the entries round about, before they are seen where that can be."""
        seen, page = self.entries.seen, self.entries.page
        wanted = range(max(0, seen.start - page), min(self.entries.count, seen.stop + page))
        missing = [index for index in wanted if index not in self.items]
        if missing and not self.only_news:
            session, query = self.session, self._query
            start, end = max(0, seen.start - 2 * page), min(self.entries.count, seen.stop + 2 * page)
            # a key is meant for what is seen, and waits for it; not for what is only near
            group = "load" if any(index in seen for index in missing) else "ahead"
            self.work(group, lambda: jobs.read_page(session, query, start, end))

    # --- commands

    def search(self) -> None:
        """Ask for the entries that the filter wants."""
        self.look_again()

    def drop(self) -> bool:
        """Show all again, where only what is new is shown."""
        if self.only_news:
            self.do_since_looked()
            return True
        return False

    def do_since_looked(self) -> None:
        """Only what came since the person last looked, or all again."""
        self.only_news = not self.only_news
        if self.only_news:
            self._show_news()
        else:
            self.look_again()

    def _show_news(self) -> None:
        session, query, news = self.session, self._query, self.news
        self.work_telling("search", lambda tell: jobs.read_news(session, query, news, tell))

    def do_open(self) -> None:
        """The history of the motion, at this entry."""
        item = self.current
        if isinstance(item, Committed):
            session, entry = self.session, item.entry
            self.work("open", lambda: jobs.where(session, entry))

    def leave(self) -> None:
        """Note that everything was seen."""
        if self._head:
            jobs.note_looked(self.session, self._head)
        super().leave()
