"""What the editor lets the store and the rules do in threads, and what comes back. No Textual."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from antragsbuch.editing.changed import changed_places
from antragsbuch.editing.completion import Words, vocabulary_of
from antragsbuch.editing.said import said
from antragsbuch.i18n import _, language
from antragsbuch.session import Session
from antragsbuch.store import placing
from antragsbuch.store.drafts import Unfinished
from antragsbuch.store.errors import ChangedElsewhere, NotFound, StoreError
from antragsbuch.store.worktree import COUNCIL as COUNCIL_PATH
from antragsbuch_schema.council_fields import COUNCIL
from antragsbuch_schema.diagnostics import Finding
from antragsbuch_schema.edits import Data
from antragsbuch_schema.fields import Fields, Vocabulary
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.toml.errors import TomlError
from antragsbuch_schema.toml.reader import read

if TYPE_CHECKING:
    from antragsbuch.store.register import Opened
    from antragsbuch_schema.rules.directory import Directory

MOST_ROWS = 20_000
"""The words of so many motions are offered for completion."""
MARKED = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
"""How words that came or went are marked, without colour."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it is edited: its text, and its data or why it has none."""

    text: str
    data: Data
    problem: str = ""

    @classmethod
    def of(cls, content: bytes) -> Source:
        """The file with these bytes."""
        try:
            document = read(content)
        except TomlError as error:
            return cls(content.decode("utf-8", "replace"), {}, in_words(error))
        return cls(document.text, document.data)


@dataclass(frozen=True, slots=True)
class FileOpened:
    """A file is open. `committed` is its data at the last commit, None where there is none that can be read.

    `absent` says that there is no file yet, only a draft of one.
    """

    opened: Opened
    source: Source
    committed: Data | None
    words: Words
    drafts: tuple[Unfinished, ...] = ()
    read_only: str = ""
    absent: bool = False


@dataclass(frozen=True, slots=True)
class WordsFound:
    """What can be completed."""

    words: Words


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with the data that were looked at."""

    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """The file is written: `text` stands in it now."""

    opened: Opened
    text: str
    data: Data
    then: str = ""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Somebody else changed the file meanwhile: it can't be overwritten."""

    opened: Opened
    source: Source
    then: str = ""


@dataclass(frozen=True, slots=True)
class Gone:
    """Somebody else removed the file meanwhile."""

    path: str
    then: str = ""


@dataclass(frozen=True, slots=True)
class LookedAgain:
    """The file as it is now, when one comes back to it."""

    opened: Opened
    source: Source
    committed: Data | None


def fields_of(path: str) -> Fields:
    """The fields of the file at `path`."""
    return COUNCIL if path == COUNCIL_PATH else MOTION


def in_words(error: TomlError) -> str:
    """Why a text can't be read as TOML, and where."""
    return _("line {line}, column {column}: {message}").format(
        line=error.line, column=error.column, message=error.message(language())
    )


def open_file(session: Session, path: str) -> FileOpened:
    """Open the file at `path`, with the words for its fields and the drafts that a dead session left of it."""
    from antragsbuch.store.register import Opened

    drafts = tuple(draft for draft in session.drafts.unfinished() if draft.path == path)
    absent = False
    try:
        opened = session.register.open(path)
    except NotFound:
        if not any(not draft.base for draft in drafts):
            raise
        opened, absent = Opened(path, b"", None, None, None), True
    source = Source.of(opened.data)
    words = vocabulary_of(session.council, {})
    return FileOpened(opened, source, committed_data(opened), words, drafts, session.register.read_only, absent)


def open_past(session: Session, path: str, commit: str, reason: str) -> FileOpened:
    """The file at `path` as it was in a commit; `reason` says why it can't be changed."""
    from antragsbuch.store.register import Opened

    entry = session.register.objects.entry(commit, path)
    if entry is None:
        raise NotFound(_("There was no {path} in {commit}.").format(path=path, commit=commit[:10]))
    data = session.register.objects.blob(entry.oid)
    opened = Opened(path, data, commit, entry.oid, data)
    source = Source.of(data)
    return FileOpened(opened, source, committed_data(opened), vocabulary_of(session.council, {}), (), reason)


def find_words(session: Session) -> WordsFound:
    """The words of the council's file, and what the motions of the register hold beside them."""
    rows = session.index.source().rows(0, MOST_ROWS)
    used = {
        Vocabulary.REFERENCES: [row.reference for row in rows if row.reference],
        Vocabulary.FACTIONS: [name for row in rows for name in row.originators],
        Vocabulary.PAPER_TYPES: [row.paper_type for row in rows if row.paper_type],
        Vocabulary.ORGANIZATIONS: [row.next.organization for row in rows if row.next and row.next.organization],
    }
    return WordsFound(vocabulary_of(session.council, used))


def look_again(session: Session, path: str) -> LookedAgain:
    """The file at `path` as it is now."""
    opened = session.register.open(path)
    return LookedAgain(opened, Source.of(opened.data), committed_data(opened))


def committed_data(opened: Opened) -> Data | None:
    """What the last commit holds; a file that it does not hold is compared with nothing."""
    if opened.head_data is None:
        return None
    source = Source.of(opened.head_data)
    return None if source.problem else source.data


def check(session: Session, path: str, source: Source, data: Data, today: dt.date) -> Checked:
    """The findings of every rule about this data, but what comments of the file say to ignore."""
    from antragsbuch_schema.rules import Context, check_council, check_motion
    from antragsbuch_schema.rules.directory import Directory
    from antragsbuch_schema.suppress import WORD

    run = check_council if path == COUNCIL_PATH else check_motion
    directory = Directory(session.council)
    found = run(data, Context(directory, path, today))
    if WORD in source.text:
        # comments belong to lines, which only the text has that would be saved
        found = _heeded(found, path, source, data, directory, today)
    return Checked(tuple(found))


def _heeded(
    found: list[Finding], path: str, source: Source, data: Data, directory: Directory, today: dt.date
) -> list[Finding]:
    from antragsbuch_schema.validate import validate_file

    try:
        text = written(source, data, fields_of(path))
    except StoreError:
        return found
    left = {(each.finding.code, each.finding.place) for each in validate_file(path, text.encode(), directory, today)}
    return [finding for finding in found if (finding.code, finding.place) in left]


def written(source: Source, data: Data, fields: Fields) -> str:
    """The text of the file with `data`: only the lines of what changed are others. Raises `StoreError`."""
    from antragsbuch_schema.toml.edit import rewrite

    if not changed_places(source.data, data, fields):
        return source.text
    try:
        return rewrite(source.text, said(data, source.data, fields), fields)
    except TomlError as error:
        raise StoreError(_("The file can't hold this: {why}.").format(why=in_words(error))) from error


def save(session: Session, opened: Opened, source: Source, data: Data, then: str) -> Saved | Elsewhere | Gone:
    """Write the file, under another name where its reference asks for that.

    A file that does not lie where its reference said is left there. Raises the errors of the store.
    """
    text = written(source, data, fields_of(opened.path))
    try:
        return Saved(placing.save(session.register, opened, text, session.council), text, data, then)
    except ChangedElsewhere as error:
        if error.theirs is None:
            return Gone(opened.path, then)
        theirs = session.register.open(opened.path)
        return Elsewhere(theirs, Source.of(theirs.data), then)


def make(session: Session, opened: Opened, source: Source, data: Data, then: str) -> Saved:
    """Write a file that was only a draft so far, where its reference says. Raises `AlreadyThere`, `CannotWrite`."""
    from antragsbuch_schema.reference import Scheme

    path = Scheme.of(session.council).path_for(data)
    text = written(source, data, fields_of(path))
    return Saved(session.register.create(path, text), text, data, then)


def make_again(session: Session, opened: Opened, source: Source, data: Data, then: str) -> Saved:
    """Write a file again that somebody else removed."""
    text = written(source, data, fields_of(opened.path))
    return Saved(session.register.create(opened.path, text), text, data, then)


def draft_source(draft: Unfinished) -> Source:
    """The file as the draft leaves it; with a problem where that can't be known any more."""
    source = Source.of(draft.text.encode() if draft.text is not None else draft.base)
    if source.problem:
        return source
    data = draft.data(source.data)
    return Source(source.text, {}, _("the edits do not fit the file")) if data is None else replace(source, data=data)


def draft_in_words(draft: Unfinished, fields: Fields) -> list[str]:
    """What a draft changes, in sentences."""
    from antragsbuch_schema.changes import difference

    typed = draft_source(draft)
    if typed.problem:
        return [typed.problem, *(draft.text or "").splitlines()]
    found: list[str] = []
    for change in difference(Source.of(draft.base).data, typed.data, fields):
        found.append(change.sentence(language()))
        if change.pieces:
            found.append("".join(MARKED[piece.kind].format(piece.text) for piece in change.pieces))
        elif isinstance(change.new, str) and isinstance(change.old, str):
            found += [MARKED["removed"].format(change.old), MARKED["added"].format(change.new)]
    return found
