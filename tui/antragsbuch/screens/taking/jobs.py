"""What taking a document over does beside the screen: read, compare, write, begin a draft. No Textual."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from antragsbuch.i18n import _, ngettext
from antragsbuch.messages import Drafted, TakenOver
from antragsbuch.session import Session
from antragsbuch.store.errors import StoreError
from antragsbuch_schema.edits import Data

if TYPE_CHECKING:
    from antragsbuch.pdf_text import PdfDocument
    from antragsbuch.store.register import Opened
    from antragsbuch_schema.change import Change
    from antragsbuch_schema.diagnostics import Finding
    from antragsbuch_schema.exchange.from_printed import Imported

_MOST_LETTERS, _MOST_LINES = 1 << 18, 20_000
"""No paper of a council comes near; what is longer is not read, for the screen would wait for it."""
_SEQUENCE = re.compile("\x1b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\x07\x1b]*(?:\x07|\x1b\\\\)|.)")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: what it is called, and its text without controls.

    `first` is the number of its first line, `places` are the page of each line and the line there, where it has pages.
    `notes` say what of it is no text.
    """

    name: str
    text: str
    first: int = 1
    places: Sequence[tuple[int, int]] = ()
    notes: tuple[str, ...] = ()

    def place(self, line: int) -> str:
        """Where a line stands: its number, or page and line."""
        return "{}/{}".format(*self.places[line - 1]) if line <= len(self.places) else str(line + self.first - 1)


@dataclass(frozen=True, slots=True)
class Papers:
    """The documents that were named: one, or as many as a file holds."""

    papers: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """The motion that the register has already: with ids for its elements, the document under these ids, and what
    that says otherwise."""

    opened: Opened
    motion: Data
    document: Data
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Understood:
    """A document, the motion that it holds, and the file that it would be. `known` is the one in the register.

    `errors` are what the rules say is wrong with it.
    """

    paper: Paper
    imported: Imported
    path: str
    text: str
    known: Known | None
    errors: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Why there is no motion; `paper` is what was read, None where nothing could be."""

    reason: str
    paper: Paper | None = None


def from_file(path: Path) -> Papers | NotUnderstood:
    """The documents in a file, a text or a PDF."""
    from antragsbuch.incoming import text_of
    from antragsbuch.pdf_text import MOST_BYTES, is_pdf

    try:
        if not path.is_file():
            return NotUnderstood(_("There is no file {path}.").format(path=path))
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        return NotUnderstood(_("{path} can't be read: {reason}.").format(path=path, reason=error.strerror))
    return _from_pdf(path.name, data) if is_pdf(data) else from_text(path.name, text_of(data))


def from_text(name: str, text: str) -> Papers | NotUnderstood:
    """The documents in a text, without what steers a terminal: one, or the motions of a booklet."""
    from antragsbuch.incoming import LONGEST
    from antragsbuch_schema.exchange.from_booklet import parts

    if len(text) > LONGEST // 2:
        return NotUnderstood(_("This is too long for a motion."))
    text, sequences = _SEQUENCE.subn("", text)
    text, controls = _CONTROL.subn("", text)
    count = sequences + controls
    note = ngettext(
        "{count} control character was left out of the text.",
        "{count} control characters were left out of the text.",
        count,
    ).format(count=count)
    notes = (note,) if count else ()
    every = parts(text)
    # what stands before the first of several motions is the cover of a booklet
    motions = [part for part in every if part.begins] or every
    if any(len(part.text) > _MOST_LETTERS or part.text.count("\n") > _MOST_LINES for part in motions):
        return NotUnderstood(_("This is too long for a motion."))
    return Papers(tuple(Paper(name, part.text, part.line, notes=notes) for part in motions))


def _from_pdf(name: str, data: bytes) -> Papers | NotUnderstood:
    from antragsbuch.pdf_text import PdfError, documents

    try:
        found = documents(data)
    except PdfError as error:
        return NotUnderstood(str(error))
    # what stands before the first of several motions is the cover of a booklet
    motions = [document for document in found if document.begins] or found
    return Papers(
        tuple(Paper(name, document.text, places=document.places, notes=_notes(document)) for document in motions)
    )


def _notes(document: PdfDocument) -> tuple[str, ...]:
    lost = _("page {page}: {count} letters can't be told")
    return (
        *(
            _("page {page}: turned text is not read: {text}").format(page=page, text=text)
            for page, text in document.turned
        ),
        *(_("page {page}: a picture, no text").format(page=page) for page in document.pictures),
        *(lost.format(page=page, count=count) for page, count in document.unknown),
    )


def understand(session: Session, paper: Paper) -> Understood | NotUnderstood:
    """The motion in a document. Raises the errors of the store."""
    from antragsbuch.new_motion import file_of
    from antragsbuch_schema.exchange.from_printed import read
    from antragsbuch_schema.ids import new_motion_id

    imported = read(paper.text, new_motion_id(), session.council)
    if not imported.data.keys() - {"id"}:
        return NotUnderstood(_("Nothing here is what a printed motion has."), paper)
    path, content = file_of(imported.data, session.council)
    known = _known(session, path, imported.data)
    errors = _errors(session, path, imported.data)
    return Understood(paper, imported, known.opened.path if known else path, content, known, errors)


def _errors(session: Session, path: str, data: Data) -> tuple[Finding, ...]:
    from antragsbuch_schema.diagnostics import Severity
    from antragsbuch_schema.rules import Context, check_motion
    from antragsbuch_schema.rules.directory import Directory

    found = check_motion(data, Context(Directory(session.council), path, dt.date.today()))
    return tuple(finding for finding in found if finding.severity is Severity.ERROR)


def _known(session: Session, path: str, data: Data) -> Known | None:
    """The motion of the register with the same reference, compared. Raises `StoreError` where it can't be read."""
    from antragsbuch_schema.exchange.taking import differences, recognised
    from antragsbuch_schema.ids import with_ids
    from antragsbuch_schema.motion_fields import MOTION
    from antragsbuch_schema.toml.errors import TomlError

    found = _same(session, path, data.get("reference"))
    if found is None:
        return None
    opened = session.register.open(found)
    document = opened.document
    if isinstance(document, TomlError):
        raise StoreError(_("{path} is in the register already and can't be read.").format(path=found))
    motion = with_ids(document.data, MOTION)
    theirs = recognised(data, motion)
    return Known(opened, motion, theirs, tuple(differences(motion, theirs)))


def _same(session: Session, path: str, reference: object) -> str | None:
    """Where the motion with this reference lies: usually at `path`."""
    from antragsbuch.store import worktree
    from antragsbuch.store.query import parse

    if not isinstance(reference, str) or not reference:
        return None
    if worktree.read_if_there(session.register.root, path) is not None:
        return path
    rows = session.index.source(parse(f'"{reference}"')).rows(0, 100)
    there = (row.path for row in rows if row.reference == reference)
    return next((one for one in there if worktree.read_if_there(session.register.root, one) is not None), None)


def write(session: Session, understood: Understood) -> TakenOver:
    """Write the new motion. Raises `AlreadyThere`, `CannotWrite`, `ReadOnly`."""
    session.register.create(understood.path, understood.text)
    return TakenOver(understood.path)


def draft(session: Session, understood: Understood, chosen: Iterable[Change]) -> Drafted:
    """Begin a draft: of the new motion, or of the one that is there with the chosen changes. Raises `CannotWrite`."""
    from antragsbuch_schema.between import between
    from antragsbuch_schema.exchange.taking import taken
    from antragsbuch_schema.motion_fields import MOTION

    known = understood.known
    if known is None:
        before, after = {}, understood.imported.data
        base, blob = b"", None
    else:
        before, after = _read(known.opened), taken(known.motion, known.document, chosen)
        base, blob = known.opened.data, known.opened.blob
    with session.drafts.begin(understood.path, base, blob) as begun:
        begun.append(between(before, after, MOTION))
        begun.sync()
    session.look_for_drafts()
    return Drafted(understood.path, str(begun.file))


def _read(opened: Opened) -> Data:
    from antragsbuch_schema.toml.errors import TomlError

    document = opened.document
    assert not isinstance(document, TomlError)
    return document.data
