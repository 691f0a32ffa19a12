"""What the list does beside the screen: read, delete, restore, begin. Called in worker threads. No Textual."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from antragsbuch.i18n import _, language
from antragsbuch.messages import Tell
from antragsbuch.new_motion import begun, copy_of, file_of
from antragsbuch.session import Found, Session, found_in_past, past_content, read_commit, read_past
from antragsbuch.state import Loudness
from antragsbuch.store.errors import NotFound, StoreError

from .state import Removed, View

if TYPE_CHECKING:
    from antragsbuch.store.past import Past
    from antragsbuch_schema.documents.model import Document
    from antragsbuch_schema.edits import Data


class RowsFound(NamedTuple):
    """The rows of a query."""

    found: Found


class PreviewRead(NamedTuple):
    """A motion for the preview. `data` is None where the file can't be read: then `problem` says why.

    `text` is the file, `document` the printed form where that was wanted. `finding` is the worst finding, in a line,
    said as loudly as it is bad. `commit` is the version where it is not that of the work tree.
    """

    path: str
    view: View
    data: Data | None
    text: str
    problem: str = ""
    finding: str = ""
    loudness: Loudness = "plain"
    commit: str = ""
    document: Document | None = None


class Deleted(NamedTuple):
    """Motions were deleted from the work tree; `failed` says why others were not."""

    removed: tuple[Removed, ...]
    failed: str = ""


class Restored(NamedTuple):
    """What was deleted is there again."""

    removed: tuple[Removed, ...]


class Begun(NamedTuple):
    """A new motion lies at `path`."""

    path: str


class ToCopy(NamedTuple):
    """What is to go to the clipboard, line by line; `name` says it where it is one line."""

    lines: tuple[str, ...]
    name: str


class PastRead(NamedTuple):
    """The register as it was on a day; None where there was none yet."""

    past: Past | None


def search(session: Session, query: str, past: Past | None = None) -> RowsFound:
    """The rows of a query, now or in the past."""
    return RowsFound(found_in_past(past, query) if past else session.found(query))


def past(session: Session, day: dt.date, tell: Tell) -> PastRead | None:
    """The register as it was at the end of a day."""
    return PastRead(read_past(session, day, tell))


def past_of(session: Session, commit: str, day: dt.date, tell: Tell) -> PastRead:
    """The register as it was in a commit, which stands for a day."""
    return PastRead(read_commit(session, commit, day, tell))


def preview(session: Session, path: str, view: View, past: Past | None = None) -> PreviewRead:
    """The motion at `path` for a preview, now or as it was. Raises the errors of the store."""

    from antragsbuch.i18n import language
    from antragsbuch_schema.toml.errors import TomlError
    from antragsbuch_schema.toml.reader import read

    data = past_content(session, past, path) if past else _content(session, path)
    source = data.decode("utf-8", "replace")
    finding, loudness = _worst(session, path) if past is None else ("", "plain")
    commit = past.commit.oid if past else ""
    try:
        document = read(data)
    except TomlError as error:
        problem = _("Line {line}: {message}").format(line=error.line, message=error.message(language()))
        return PreviewRead(path, view, None, source, problem, finding, loudness, commit)
    page = None
    if view == "printed":
        from antragsbuch_schema.documents.of_motion import document as document_of

        page = document_of(document.data, session.council)
    return PreviewRead(path, view, document.data, source, "", finding, loudness, commit, page)


def _content(session: Session, path: str) -> bytes:
    """What the file holds; of one that was deleted since the last commit, what it held then."""
    try:
        return session.register.open(path).data
    except NotFound:
        committed = session.register.committed(path)
        if committed is None:
            raise
        return committed


def _worst(session: Session, path: str) -> tuple[str, Loudness]:
    """The worst finding of a motion in a line; remarks are left to the screen of the problems."""
    from antragsbuch_schema.diagnostics import Severity

    found = [located for located in session.findings(path) if located.finding.severity >= Severity.WARNING]
    if not found:
        return "", "plain"
    finding = found[0].finding
    more = f"  (+{len(found) - 1})" if len(found) > 1 else ""
    loudness: Loudness = "error" if finding.severity is Severity.ERROR else "warning"
    return f"{finding.code}  {finding.message(language())}{more}", loudness


def to_copy(session: Session, paths: Sequence[str]) -> ToCopy:
    """Number and title of motions, a line each."""
    rows = [row for path in paths if (row := session.index.row(path)) is not None]
    lines = tuple(f"{row.reference}  {row.title}".strip() for row in rows)
    return ToCopy(lines, rows[0].reference or _("title") if rows else "")


def to_export(session: Session, paths: Sequence[str], past: Past | None) -> list[Data]:
    """The motions at `paths`, now or as they were, in the order of the list. Raises `StoreError` for one unreadable."""
    from antragsbuch_schema.toml.errors import TomlError
    from antragsbuch_schema.toml.reader import read

    found = []
    for path in paths:
        try:
            found.append(read(past_content(session, past, path) if past else _content(session, path)).data)
        except TomlError as error:
            reason = _("Line {line}: {message}").format(line=error.line, message=error.message(language()))
            raise StoreError(f"{path}: {reason}") from error
    return found


def delete(session: Session, paths: Sequence[str]) -> Deleted:
    """Delete motions from the work tree, one after the other; the first that can't be ends it."""
    removed: list[Removed] = []
    try:
        for path in paths:
            opened = session.register.open(path)
            session.register.delete(opened)
            removed.append(Removed(path, opened.data))
    except StoreError as error:
        return Deleted(tuple(removed), error.message)
    return Deleted(tuple(removed))


def restore(session: Session, removed: Sequence[Removed]) -> Restored:
    """Write deleted motions again. Raises `AlreadyThere` where something else stands in their place by now."""
    for one in removed:
        session.register.create(one.path, one.data)
    return Restored(tuple(removed))


def begin(session: Session, title: str, today: dt.date) -> Begun:
    """Write a new motion that has only a title."""
    from antragsbuch_schema.ids import new_motion_id

    return _write(session, begun(new_motion_id(), session.council, title=title, date=today))


def duplicate(session: Session, path: str) -> Begun:
    """Write a new motion with the text of another. Raises `StoreError` where that one can't be read."""
    from antragsbuch_schema.ids import new_motion_id
    from antragsbuch_schema.toml.errors import TomlError

    document = session.register.open(path).document
    if isinstance(document, TomlError):
        raise StoreError(_("The motion can't be read."), _("Correct it first: p lists what is wrong."))
    return _write(session, copy_of(document.data, new_motion_id()))


def _write(session: Session, data: Data) -> Begun:
    path, text = file_of(data, session.council)
    session.register.create(path, text)
    return Begun(path)
