"""Drafts: what one person has typed and not yet saved, written down while typing.

A connection that breaks ends the program without any last word, so every edit is handed to the system at once, which
keeps it when the program dies; `sync` sees it to the disk, where it outlives a power cut.
Drafts lie in the person's own state folder, readable by nobody else: one file a session and motion, with one JSON
record a line. The session holds the kernel's lock on its file; a file that nobody holds belongs to a session that
died, and is offered at the next start.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from antragsbuch.i18n import _
from antragsbuch_schema.edits import Data, Edit, apply_all
from antragsbuch_schema.places import PlaceError

from . import draft_records
from .errors import CannotWrite, StoreError

KEPT = 30 * 24 * 3600
"""Seconds for which a discarded draft can be brought back."""
_SUFFIX = ".jsonl"
_DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A draft of a session that died, or one that was discarded.

    `base` is the text that the motion had when it was opened, `blob` what HEAD had (None: not committed). `edits`
    lead from there to what was typed, unless `text` holds a whole text that was typed and could not be parsed.
    `time` of the last entry is in seconds since 1970.
    """

    file: Path
    path: str
    base: bytes
    blob: str | None
    edits: tuple[Edit, ...]
    text: str | None
    time: float

    def data(self, base: Data) -> Data | None:
        """`base` (the parsed text of `base`) with the edits; None where they do not fit it."""
        try:
            return apply_all(base, self.edits)
        except (PlaceError, IndexError, TypeError):
            return None


class Draft:
    """The draft of one motion in this session. `finish` takes it away; without that it stays and is offered again."""

    def __init__(self, file: Path, descriptor: int) -> None:
        self.file = file
        self._descriptor = descriptor

    def __enter__(self) -> Draft:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def append(self, edits: Iterable[Edit]) -> None:
        """Write edits down; they outlive this process when this returns. An undo is the inverse edit, appended."""
        self._write({"edits": [draft_records.encoded_edit(edit) for edit in edits]})

    def replace(self, text: str) -> None:
        """Write a whole text down that takes the place of all edits so far, such as one that can't be parsed."""
        self._write({"text": text})

    def sync(self) -> None:
        """See everything to the disk that was written so far. Raises `CannotWrite`."""
        try:
            os.fsync(self._descriptor)
            _sync(self.file.parent)
        except OSError as error:
            raise _cannot_write(self.file, error) from error

    def finish(self) -> None:
        """What was typed is saved: the draft is needed no longer."""
        self.file.unlink(missing_ok=True)
        self.close()

    def close(self) -> None:
        """End the session's hold on the draft and leave it where it is."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _write(self, record: dict[str, Any]) -> None:
        line = json.dumps({**record, "time": time.time()}).encode("ascii") + b"\n"
        try:
            _write_all(self._descriptor, line)
        except OSError as error:
            raise _cannot_write(self.file, error) from error


class DraftJournal:
    """The drafts of one person in one register. `state_dir` None: the usual place for this program."""

    def __init__(self, state_dir: Path | None, register_root: Path) -> None:
        name = hashlib.sha256(os.fsencode(register_root)).hexdigest()[:16]
        self.folder = (state_dir or default_state_dir()) / "drafts" / name

    def begin(self, path: str, base: bytes, blob: str | None) -> Draft:
        """A draft of the motion at `path`: its text is `base`, its blob at HEAD `blob`. Raises `CannotWrite`."""
        header = {"path": path, "base": base.decode("latin-1"), "blob": blob, "pid": os.getpid()}
        name = f"{time.time_ns():x}-{os.getpid():x}{_SUFFIX}"
        file = self.folder / name
        try:
            self._make(self.folder)
            descriptor = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            draft = Draft(file, descriptor)
            draft._write(header)
        except OSError as error:
            raise _cannot_write(file, error) from error
        return draft

    def unfinished(self) -> list[Unfinished]:
        """The drafts of sessions that died, oldest first. Those of living sessions are theirs."""
        self._forget_old()
        return [found for file in self._files(self.folder) if not _held(file) and (found := _read(file))]

    def adopt(self, unfinished: Unfinished) -> Draft | None:
        """Go on with a draft in this session; None where another session was faster."""
        try:
            descriptor = os.open(unfinished.file, os.O_RDWR | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW)
        except OSError:
            return None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return None
        # a line that was cut off by the crash must not swallow the next one
        if os.pread(descriptor, 1, max(0, os.fstat(descriptor).st_size - 1)) != b"\n":
            _write_all(descriptor, b"\n")
        return Draft(unfinished.file, descriptor)

    def discard(self, unfinished: Unfinished) -> None:
        """Put a draft aside; it can be brought back for 30 days."""
        target = self.folder / _DISCARDED
        try:
            self._make(target)
            os.utime(unfinished.file)
            unfinished.file.rename(target / unfinished.file.name)
        except FileNotFoundError:
            return
        except OSError as error:
            raise _cannot_write(target, error) from error

    def discarded(self) -> list[Unfinished]:
        """What was discarded in the last 30 days, oldest first."""
        self._forget_old()
        return [found for file in self._files(self.folder / _DISCARDED) if (found := _read(file))]

    def restore(self, unfinished: Unfinished) -> None:
        """Take a discarded draft back among those that are offered."""
        try:
            unfinished.file.rename(self.folder / unfinished.file.name)
        except FileNotFoundError as error:
            raise StoreError(_("This draft is no longer there.")) from error

    def _make(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)

    def _files(self, folder: Path) -> list[Path]:
        try:
            return sorted(file for file in folder.iterdir() if file.name.endswith(_SUFFIX) and not file.is_symlink())
        except FileNotFoundError:
            return []

    def _forget_old(self) -> None:
        for file in self._files(self.folder / _DISCARDED):
            with contextlib.suppress(FileNotFoundError):
                if time.time() - file.stat().st_mtime > KEPT:
                    file.unlink()


def default_state_dir() -> Path:
    """Where this person's drafts lie, in the manner of the system."""
    # not at the top: most uses of the store need no draft
    from platformdirs import user_state_path

    return user_state_path("antragsbuch", appauthor=False)


def _read(file: Path) -> Unfinished | None:
    """The draft in `file`, None where it holds none. A last line that was cut off counts for nothing."""
    header: dict[str, Any] | None = None
    edits: list[Edit] = []
    text: str | None = None
    last = 0.0
    try:
        for record in _records(file):
            if header is None:
                header = record
            elif "text" in record:
                text, edits = record["text"], []
            else:
                edits += [draft_records.decoded_edit(edit) for edit in record["edits"]]
            last = record["time"]
        if header is None or not (edits or text is not None):
            return None
        base = header["base"].encode("latin-1")
        return Unfinished(file, header["path"], base, header["blob"], tuple(edits), text, last)
    except (KeyError, TypeError, ValueError, OSError):
        return None


def _records(file: Path) -> Iterator[dict[str, Any]]:
    for line in file.read_bytes().split(b"\n"):
        try:
            record = json.loads(line)
        except ValueError:
            continue
        if isinstance(record, dict):
            yield record


def _held(file: Path) -> bool:
    try:
        descriptor = os.open(file, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _write_all(descriptor: int, content: bytes) -> None:
    while content:
        content = content[os.write(descriptor, content) :]


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _cannot_write(file: Path, error: OSError) -> CannotWrite:
    return CannotWrite(
        _("The draft {path} can't be written: {reason}.").format(path=file, reason=error.strerror),
        _("Save often: what is typed now is not kept by itself."),
    )
