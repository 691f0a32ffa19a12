"""The list of findings: enter goes to the field."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult

from antragsbuch.i18n import _, language, ngettext
from antragsbuch.screens.base import Frame
from antragsbuch.state import Goto, Situation
from antragsbuch.store.errors import StoreError
from antragsbuch.widgets.line import Line, Piece, wrapped
from antragsbuch.widgets.line_input import LineInput
from antragsbuch.widgets.line_list import LineList
from antragsbuch.widgets.row_list import RowList
from antragsbuch.widgets.status import Answer, StatusLine, spread
from antragsbuch.widgets.text_view import TextView
from antragsbuch_schema.diagnostics import Located, Severity
from antragsbuch_schema.i18n import catalogue
from antragsbuch_schema.rules import RULES

from . import rows

if TYPE_CHECKING:
    from antragsbuch.session import Session

_LEAST = (Severity.REMARK, Severity.WARNING, Severity.ERROR)


@dataclass(frozen=True, slots=True)
class Reported:
    """All findings, and the reference of each motion that has one."""

    findings: tuple[Located, ...]
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class Fixed:
    """A finding was mended in the work tree."""

    path: str


class ProblemsScreen(Frame):
    """Every finding of the register."""

    screen_name = "problems"
    DEFAULT_CSS = """
    ProblemsScreen {
        #findings { height: 1fr; }
        #rule { height: 1; }
        #whole { height: 5; }
        &.-tall #whole { height: 10; }
    }
    """

    def __init__(self, goto: Goto) -> None:
        super().__init__(goto)
        self.findings: tuple[Located, ...] | None = None
        self.names: dict[str, str] = {}
        self.grouping: rows.Grouping = "motion"
        self.least = Severity.REMARK
        self._rows: list[rows.Row] = []

    def content(self) -> ComposeResult:
        """Words to find, findings, and the whole of one."""
        yield LineInput(self.goto.query, label=" /", placeholder=_("words of a finding"), id="words")
        yield LineList(id="findings")
        yield StatusLine(id="rule")
        yield TextView(id="whole")

    def on_mount(self) -> None:
        """Ask the index."""
        self.list.focus()
        self._load()

    # --- what it looks like

    @property
    def list(self) -> LineList:
        """The findings."""
        return self.query_one("#findings", LineList)

    @property
    def current(self) -> Located | None:
        """The finding under the cursor."""
        return self._rows[self.list.index].located if self.list.index < len(self._rows) else None

    @property
    def headline_title(self) -> str:
        """What this screen shows."""
        return _("Problems")

    def headline(self, cells: int) -> Line:
        """How many of each kind."""
        found = self.findings or ()
        counts = {severity: sum(located.finding.severity is severity for located in found) for severity in Severity}
        errors, warnings, remarks = counts[Severity.ERROR], counts[Severity.WARNING], counts[Severity.REMARK]
        right = (
            Piece(ngettext("{count} error", "{count} errors", errors).format(count=errors), "error" if errors else ""),
            Piece("   " + ngettext("{count} warning", "{count} warnings", warnings).format(count=warnings)),
            Piece("   " + ngettext("{count} remark", "{count} remarks", remarks).format(count=remarks) + " "),
        )
        return spread((Piece(" " + _("Problems"), "strong"),), right if self.findings is not None else (), cells)

    def situation(self) -> Situation:
        """What the commands look at."""
        register = self.book.state.register
        return Situation(
            screen=self.screen_name,
            register=self.book.session is not None,
            motion=self.current is not None,
            rows=len(self._rows),
            read_only=register.read_only if register else "",
        )

    def on_resize(self) -> None:
        """Lay everything out anew."""
        self.set_class(self.app.size.height >= 36, "-tall")
        self._show(None)

    def _show(self, index: int | None = 0) -> None:
        if not self.size.width:
            return
        found = rows.wanted(self.findings or (), self.least, self.query_one("#words", LineInput).value)
        self._rows = rows.rows_of(found, self.names, self.grouping, self.size.width - 3)
        headings = frozenset(number for number, row in enumerate(self._rows) if row.located is None)
        empty = _("Reading …") if self.findings is None else _("Nothing to complain about.")
        at = self.list.index if index is None else index
        self.list.show([row.line for row in self._rows], headings, at, empty)
        self.query_one("#rule", StatusLine).show((Piece("─" * self.size.width, "dim"),))
        self.refresh_lines()

    @on(RowList.Rested)
    def _rested(self) -> None:
        located = self.current
        self.query_one(TextView).show(lambda cells: _whole(located, cells))
        self.refresh_lines()

    # --- what happens

    def received(self, result: object) -> None:
        """The transitions of this screen."""
        match result:
            case Reported(findings, names):
                first = self.findings is None
                self.findings, self.names = findings, names
                self._show(0 if first else None)
            case Fixed(path):
                self.say(_("Mended in {path}; c reviews and commits it.").format(path=path), "good")
                self._load()
            case _:
                super().received(result)

    def _load(self) -> None:
        session = self.book.session
        if session is not None:
            self.work("report", lambda: _report(session, dt.date.today()))

    def on_screen_resume(self) -> None:
        """Somebody comes back from the editor: ask again."""
        if self.findings is not None:
            self._load()

    @on(LineInput.Changed, "#words")
    def _typed(self) -> None:
        self._show()

    @on(LineInput.Submitted, "#words")
    def _submitted(self) -> None:
        self.list.focus()

    # --- commands

    def do_open(self) -> None:
        """To the field."""
        located = self.current
        if located is not None:
            self.book.open(Goto("editor", path=located.path, place=located.finding.place))

    def do_filter(self) -> None:
        """Into the line of words."""
        self.query_one("#words", LineInput).focus()

    def do_back(self) -> None:
        """Out of the line of words; then drop them; then back."""
        words = self.query_one("#words", LineInput)
        if words.has_focus:
            self.list.focus()
        elif words.value:
            words.value = ""
        else:
            self.leave()

    def do_view(self) -> None:
        """Group the other way."""
        self.grouping = "rule" if self.grouping == "motion" else "motion"
        self._show()

    def do_severity(self) -> None:
        """All, warnings and errors, only errors."""
        self.least = _LEAST[(_LEAST.index(self.least) + 1) % len(_LEAST)]
        self.say(
            {
                Severity.REMARK: _("All findings."),
                Severity.WARNING: _("Only warnings and errors."),
                Severity.ERROR: _("Only errors."),
            }[self.least]
        )
        self._show()

    def do_explain(self) -> None:
        """What the rule says."""
        located = self.current
        if located is not None:
            self.query_one(TextView).show(lambda cells: _rule(located, cells))

    def do_copy(self) -> None:
        """The finding in one line."""
        located = self.current
        if located is not None:
            text = f"{rows.at(located)}: {located.finding.code} {rows.message(located)}"
            self.say(*self.book.copy(text, located.finding.code))

    def do_fix(self) -> None:
        """Show how it would be mended, then do it."""
        session, located = self.book.session, self.current
        if session is None or located is None:
            return
        fix = located.finding.fix
        if fix is None or not fix.safe:
            self.say(_("There is no safe fix for this; enter goes to the field."), "warning")
            return
        self.ask(
            fix.message(language()),
            [Answer(("y", "j"), _("mend it"), "fix")],
            lambda _value: self.work("fix", lambda: _mend(session, located)),
        )


def _report(session: Session, today: dt.date) -> Reported:
    session.index.refresh()
    report = session.index.report(today)
    names: dict[str, str] = {}
    for path in {located.path for located in report.findings}:
        row = session.index.row(path)
        if row is not None and row.reference:
            names[path] = row.reference
    return Reported(report.findings, names)


def _mend(session: Session, located: Located) -> Fixed:
    """Put the fix in, unless the file is another by now. Raises `StoreError`."""
    from antragsbuch_schema.council_fields import COUNCIL
    from antragsbuch_schema.fixes import applied
    from antragsbuch_schema.motion_fields import MOTION
    from antragsbuch_schema.places import PlaceError
    from antragsbuch_schema.rules.directory import Directory
    from antragsbuch_schema.toml.errors import TomlError
    from antragsbuch_schema.validate import check_file

    fix = located.finding.fix
    assert fix is not None
    opened = session.register.open(located.path)
    document = opened.document
    found = check_file(located.path, opened.data, Directory(session.council)).findings
    # a comment that only the whole register shows to be needless is compared letter by letter
    still = not fix.edits or any(each.located.finding.fix == fix for each in found)
    fields = COUNCIL if located.path.endswith("/council.toml") else MOTION
    try:
        if not still or isinstance(document, TomlError):
            raise PlaceError(located.path)
        session.register.save(opened, applied(document.text, [fix], fields))
    except PlaceError as error:
        raise StoreError(_("{path} was changed meanwhile and left as it is.").format(path=located.path)) from error
    return Fixed(located.path)


def _whole(located: Located | None, cells: int) -> list[Line]:
    """The finding under the cursor, whole."""
    if located is None:
        return []
    lines = [(Piece(" " + part),) for part in wrapped(f"{located.finding.code}  {rows.message(located)}", cells - 2)]
    if located.finding.help is not None:
        lines += [(Piece(" " + part, "dim"),) for part in wrapped(located.finding.help(language()), cells - 2)]
    lines += [
        (Piece(" " + part, "dim"),)
        for path, span, text in located.related
        for part in wrapped(f"{path}:{span.line}: {text(language())}", cells - 2)
    ]
    return [*lines, (Piece(" " + rows.at(located), "dim"),)]


def _rule(located: Located, cells: int) -> list[Line]:
    rule = RULES[located.finding.code]
    words = catalogue(language()).gettext
    parts = [f"{rule.code}  {rule.name}", words(rule.what), words(rule.why) if rule.why else "", rule.source]
    return [(Piece(" " + line),) for part in parts if part for line in wrapped(part, cells - 2)]
