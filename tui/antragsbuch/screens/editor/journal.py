"""The draft of one file, written while one types, in threads of their own.

One thread hands the newest state to the system, which keeps it even if the program is killed the next moment; another
one sees it to the disk, where it outlives a power cut. So slow disks neither hold up typing nor what is kept of it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from antragsbuch.editing.editing import Editing, Step
from antragsbuch.store.drafts import Draft
from antragsbuch.store.errors import StoreError
from antragsbuch_schema.edits import Edit, Set, inverse

from .repeated import Repeated

_RATE = 100_000
"""Characters of edits a second that are written: long prose is not written anew with every letter."""
_LONGEST_PAUSE = 0.5
_PATIENCE = 5.0


class Journal:
    """Keeps the draft of one file up to date.

    `begin` makes the draft when the first edit is to be written; `failed` is told, from a thread, why a draft can't
    be written. `written` is the state that the draft leads to.
    """

    def __init__(
        self,
        begin: Callable[[], Draft | None],
        failed: Callable[[str], None],
        written: Editing,
        draft: Draft | None = None,
    ) -> None:
        self._begin, self._failed, self._draft = begin, failed, draft
        self._written = self._wanted = written
        self._text: tuple[str, Editing] | None = None
        self._lock = threading.Lock()
        self._writing = Repeated("draft", self._write)
        self._syncing = Repeated("draft", self._sync)

    def note(self, editing: Editing) -> None:
        """Write this state as soon as possible."""
        with self._lock:
            self._wanted = editing
        self._writing.ask()

    def note_text(self, text: str, editing: Editing) -> None:
        """Write a whole text that was typed, whether it can be parsed or not; `editing` is the state that it means."""
        with self._lock:
            self._text = text, editing
            self._wanted = editing
        self._writing.ask()

    def flush(self) -> None:
        """Wait until everything is on the disk."""
        self._writing.wait(_PATIENCE)
        self._syncing.wait(_PATIENCE)

    def finish(self, written: Editing) -> None:
        """What was typed is saved: take the draft away, and begin another one with the next edit."""
        self._end()
        if self._draft is not None:
            self._draft.finish()
        self._draft, self._written, self._wanted, self._text = None, written, written, None

    def close(self) -> None:
        """Leave the draft where it is: it is offered again."""
        self._end()
        if self._draft is not None:
            self._draft.close()
        self._draft = None

    def _end(self) -> None:
        self._writing.end(_PATIENCE)
        self._syncing.end(_PATIENCE)

    def _write(self) -> float:
        with self._lock:
            wanted, text, self._text = self._wanted, self._text, None
        edits = leading(text[1] if text else self._written, wanted)
        if not edits and text is None:
            return 0
        try:
            if self._draft is None:
                self._draft = self._begin()
            if self._draft is not None and text is not None:
                self._draft.replace(text[0])
            if self._draft is not None and edits:
                self._draft.append(edits)
            self._written = wanted
        except StoreError as error:
            self._failed(error.message)
        self._syncing.ask()
        size = sum(len(edit.new) for edit in edits if isinstance(edit, Set) and isinstance(edit.new, str))
        return min(_LONGEST_PAUSE, size / _RATE)

    def _sync(self) -> float:
        try:
            if self._draft is not None:
                self._draft.sync()
        except StoreError as error:
            self._failed(error.message)
        return 0


def leading(before: Editing, after: Editing) -> tuple[Edit, ...]:
    """The edits that lead from one state of editing to a later (or earlier) one of the same file."""
    old, new = before.steps[: before.done], after.steps[: after.done]
    common = 0
    while common < min(len(old), len(new)) and old[common] is new[common]:
        common += 1
    if common + 1 == len(old) == len(new) and (grown := _grown(old[common], new[common])) is not None:
        return grown
    back = [inverse(edit) for step in reversed(old[common:]) for edit in reversed(step.edits)]
    return (*back, *(edit for step in new[common:] for edit in step.edits))


def _grown(old: Step, new: Step) -> tuple[Edit, ...] | None:
    """What a step of typing grew by, where it is a single value that was typed on."""
    if (old.token, old.place) != (new.token, new.place) or old.edits[:-1] != new.edits[:-1]:
        return None
    one, two = old.edits[-1], new.edits[-1]
    if isinstance(one, Set) and isinstance(two, Set) and one.place == two.place:
        return (Set(one.place, one.new, two.new),)
    return None
