"""The draft of one file, written while one types, in a thread of its own.

The thread always writes the newest state: what leads there from the state that is on the disk. So slow disks never
hold up typing, and what is typed is on the disk as soon as the disk takes it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from antragsbuch.editing.editing import Editing, Step
from antragsbuch.store.drafts import Draft
from antragsbuch.store.errors import StoreError
from antragsbuch_schema.edits import Edit, Set, inverse

_RATE = 100_000
"""Characters of edits a second that are written: long prose is not written anew with every letter."""
_LONGEST_PAUSE = 0.5
_PATIENCE = 5.0


class Journal:
    """Keeps the draft of one file up to date.

    `begin` makes the draft when the first edit is to be written; `failed` is told, from the thread, why a draft
    can't be written. `written` is the state that the draft leads to.
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
        self._changed = threading.Condition()
        self._idle = True
        self._ending = False
        self._thread: threading.Thread | None = None

    def note(self, editing: Editing) -> None:
        """Write this state as soon as possible."""
        with self._changed:
            self._wanted = editing
            self._start()

    def note_text(self, text: str, editing: Editing) -> None:
        """Write a whole text that was typed, whether it can be parsed or not; `editing` is the state that it means."""
        with self._changed:
            self._text = text, editing
            self._wanted = editing
            self._start()

    def flush(self) -> None:
        """Wait until everything is on the disk."""
        with self._changed:
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._idle, _PATIENCE)

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
        self.flush()
        thread = self._thread
        with self._changed:
            self._ending = True
            self._changed.notify_all()
        if thread is not None:
            thread.join(_PATIENCE)
        self._thread, self._ending = None, False

    def _start(self) -> None:
        self._idle = False
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="draft", daemon=True)
            self._thread.start()
        self._changed.notify_all()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._ending or not self._idle)
                if self._idle:
                    return
                wanted, text, self._text = self._wanted, self._text, None
            size = self._write(wanted, text)
            with self._changed:
                if self._wanted is wanted and self._text is None:
                    self._idle = True
                    self._changed.notify_all()
                elif not self._ending:
                    self._changed.wait(min(_LONGEST_PAUSE, size / _RATE))

    def _write(self, wanted: Editing, text: tuple[str, Editing] | None) -> int:
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
        return sum(len(edit.new) for edit in edits if isinstance(edit, Set) and isinstance(edit.new, str))


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
