"""Motions saved as a document from the program: in which form, under which name, and what is left out is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from antragsbuch.documents import SUFFIXES, Form, bound, file_name, written
from antragsbuch.file_names import completed, path_of
from antragsbuch.i18n import _, ngettext
from antragsbuch.session import Session
from antragsbuch.store.errors import StoreError
from antragsbuch.whole_files import write_whole
from antragsbuch.widgets.status import Answer
from antragsbuch_schema.edits import Data

from .base import Frame

Reading = Callable[[], Sequence[Data]]
"""Reads the motions, in a thread; they are as parsed."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be saved where. `non_public` says whether what is not public goes along, None: it is asked.

    `replaced` says that a file that is there may be written over.
    """

    read: Reading
    form: Form
    target: Path
    non_public: bool | None = None
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class Closed:
    """Of what is wanted so many motions, and so many steps and files of others, are not public."""

    wanted: Wanted
    motions: int
    parts: int


@dataclass(frozen=True, slots=True)
class There:
    """The file is there already."""

    wanted: Wanted


@dataclass(frozen=True, slots=True)
class Exported:
    """The document stands in the file; `notes` say what it could not hold."""

    path: Path
    notes: tuple[str, ...] = ()


class Exporting(Frame):
    """Asks, and saves. What it begins comes back to `received`."""

    def export(self, references: Sequence[str], read: Reading) -> None:
        """Ask for the form, then for the name, and save the motions that `read` gives."""
        forms: dict[Form, tuple[str, str]] = {
            "text": ("t", _("text")),
            "markdown": ("m", "Markdown"),
            "html": ("h", "HTML"),
            "pdf": ("p", "PDF"),
        }

        def chosen(value: str) -> None:
            form = next(form for form in forms if form == value)
            self._ask_for_name(Wanted(read, form, Path()), "~/" + file_name(references, form))

        self.ask(_("Save as:"), [Answer((key,), title, form) for form, (key, title) in forms.items()], chosen)

    def _ask_for_name(self, wanted: Wanted, proposed: str) -> None:
        def take(typed: str) -> str | None:
            path = path_of(typed)
            if not typed.strip() or path.is_dir():
                return _("The name of a file is needed:")
            if not path.parent.is_dir():
                return _("There is no such folder:")
            if not path.suffix:
                path = path.with_name(path.name + SUFFIXES[wanted.form])
            self._export(replace(wanted, target=path))
            return None

        self.prompt(_("File:"), take, proposed, complete=completed)

    def _export(self, wanted: Wanted) -> None:
        session = self.book.session
        assert session is not None
        self.work("save", lambda: _made(session, wanted))

    def received(self, result: object) -> None:
        """Ask what is left to be asked, and say what was saved."""
        match result:
            case Closed(wanted, motions, parts):
                self._ask_about_closed(wanted, motions, parts)
            case There(wanted):
                self.ask(
                    # by its name: behind a long path the answers would find no room
                    _("{path} is there already.").format(path=wanted.target.name),
                    [Answer(("o",), _("write over it"), "over"), Answer(("n",), _("another name"), "name")],
                    lambda value: (
                        self._export(replace(wanted, replaced=True))
                        if value == "over"
                        else self._ask_for_name(wanted, str(wanted.target))
                    ),
                )
            case Exported(path, notes):
                self.say("  ".join((_("Saved as {path}").format(path=path), *notes)), "warning" if notes else "good")
            case _:
                super().received(result)

    def _ask_about_closed(self, wanted: Wanted, motions: int, parts: int) -> None:
        said = []
        if motions:
            said.append(ngettext("{count} motion", "{count} motions", motions).format(count=motions))
        if parts:
            said.append(ngettext("{count} step or file", "{count} steps or files", parts).format(count=parts))
        self.ask(
            _("Not public: {what}.").format(what=", ".join(said)),
            [Answer(("l",), _("leave out"), "out"), Answer(("N",), _("take along"), "along")],
            lambda value: self._export(replace(wanted, non_public=value == "along")),
        )


def _made(session: Session, wanted: Wanted) -> Closed | There | Exported:
    """Read, make and write the document. Raises `StoreError` where that can't be done."""
    from antragsbuch_schema.documents.open_part import open_part
    from antragsbuch_schema.motion_fields import MOTION
    from antragsbuch_schema.normal import normalise

    motions: list[Mapping[str, Any]] = [normalise(data, MOTION) for data in wanted.read()]
    if not wanted.non_public:
        closed = sum(data.get("public") is False for data in motions)
        open_parts = [open_part(data) for data in motions if data.get("public") is not False]
        parts = sum(count for _data, count in open_parts)
        if wanted.non_public is None and (closed or parts):
            return Closed(wanted, closed, parts)
        motions = [data for data, _count in open_parts]
    if not motions:
        raise StoreError(_("There is nothing left to be saved."))
    model = bound([("", data) for data in motions], session.council)
    notes: tuple[str, ...] = ()
    if wanted.form == "pdf":
        from antragsbuch.pdf_print import USUAL, PrintError, printed

        try:
            done = printed(model, USUAL)
        except PrintError as error:
            raise StoreError(str(error)) from error
        content = done.data
        if not done.keeps_all:
            notes = (_("No PDF/A: that needs a date, and the motion has none."),)
        if done.missing:
            lacking = _("The fonts lack these letters, they stand there by their code: {letters}")
            notes = (*notes, lacking.format(letters=done.missing))
    else:
        content = written(model, wanted.form).encode()
    try:
        write_whole(wanted.target, content, replace=wanted.replaced)
    except FileExistsError:
        return There(wanted)
    except OSError as error:
        raise StoreError(
            _("Can't be written ({reason}): {path}").format(path=wanted.target, reason=error.strerror or error)
        ) from error
    return Exported(wanted.target, notes)
