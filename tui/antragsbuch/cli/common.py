"""What several commands share: errors in words, the files of a register, and safe printing."""

from __future__ import annotations

import argparse
import datetime as dt
import errno
import os
import re
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO

from antragsbuch.i18n import _, language, ngettext
from antragsbuch_schema.display import UNSAFE, display_lines

from .parser import Parser

if TYPE_CHECKING:
    from antragsbuch.store.register import Register
    from antragsbuch_schema.fields import Fields
    from antragsbuch_schema.toml.errors import TomlError
    from antragsbuch_schema.toml.reader import Document

COUNCIL = "motions/council.toml"

_COMPLETED_BY = {"bash": "_antrag_references", "zsh": "_antrag_references", "fish": "(antrag references 2>/dev/null)"}


class Refused(Exception):
    """A command that can't be carried out, in words for the person: what, where, and what to do."""


# what goes out


def say(text: str) -> None:
    """A message for the person, on stderr, made safe for the terminal."""
    sys.stderr.write(display_lines(text) + "\n")


def out(text: str) -> None:
    """Lines for a person, on stdout. They may be paged by a program that hands escapes on, so they are always safe."""
    sys.stdout.write(display_lines(text) + "\n")


def verbatim(text: str) -> None:
    """A document, on stdout: as it is for a program, made safe where a terminal shows it."""
    sys.stdout.write(display_lines(text) if sys.stdout.isatty() else text)


def document(data: bytes) -> None:
    """The same for a file: every byte of it for a program."""
    if sys.stdout.isatty():
        verbatim(data.decode("utf-8", "replace"))
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(data)


def out_json(value: object) -> None:
    """A value as JSON, on stdout; what could act on a terminal is escaped."""
    sys.stdout.write(json_text(value) + "\n")


def json_text(value: object) -> str:
    """A value as JSON text without a line feed at its end. Dates are ISO texts."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=2, default=str)
    return UNSAFE.sub(lambda unsafe: json.dumps(unsafe[0])[1:-1], text)


def coloured(stream: TextIO) -> bool:
    """Whether to use colour on `stream`: NO_COLOR beats FORCE_COLOR, both count only when they are not empty."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (stream.isatty() and os.environ.get("TERM") != "dumb")


# what is there


def root_here() -> Path:
    """The nearest folder, from here upwards, that holds `motions/council.toml`.

    Asks git only where there is none, so that files can be checked without a repository. Raises `StoreError`.
    """
    start = Path.cwd()
    for folder in (start, *start.parents):
        if os.path.lexists(folder / COUNCIL):
            return folder
        if os.path.lexists(folder / ".git"):
            break
    # git may know more (GIT_DIR), and says better what is wrong
    with register_here() as register:
        return register.root


def register_here() -> Register:
    """The register of the current folder. Raises `StoreError`."""
    from antragsbuch.store.register import open_register

    return open_register()


def readable(path: str, document: Document | TomlError) -> Document:
    """The document of an opened file. Raises `Refused` with the line where it can't be read."""
    from antragsbuch_schema.toml.errors import TomlError

    if isinstance(document, TomlError):
        raise unreadable(path, document)
    return document


def unreadable(path: str, error: TomlError) -> Refused:
    """The refusal for a file that can't be read: where, and why."""
    return Refused(f"{path}:{error.line}:{error.column}: {error.message(language())}")


def read_file(path: Path, most: int = 0) -> bytes:
    """The bytes of a plain file; of one larger than `most` (0: than a register's files may be), the first that tell so.

    Raises `Refused` for a link, a folder, or what can't be read.
    """
    with opened(path) as file:
        return file.read(most + 1 if most else _most())


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A plain file, open for reading. Raises `Refused` as `read_file`, also for what is read from it."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO):
            raise _not_plain(path) from error
        raise Refused(f"{path}: {error.strerror}") from error
    with os.fdopen(descriptor, "rb", closefd=False) as file:
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise _not_plain(path)
            yield file
        except OSError as error:
            raise Refused(f"{path}: {error.strerror}") from error
        finally:
            os.close(descriptor)


def read_input(most: int = 0) -> bytes:
    """Standard input; of more than `most` bytes (0: than a register's files may have), the first that tell so."""
    return sys.stdin.buffer.read(most + 1 if most else _most())


def inside(root: Path, name: str, *, is_there: bool = True) -> str:
    """A path that was named, relative to the register with `/`.

    Raises `Refused` where it is not in the register, or is not there and should be.
    """
    path = Path(name)
    if is_there and not os.path.lexists(path):
        raise Refused(_("There is no {path}.").format(path=name))
    absolute = path.parent.resolve() / path.name if path.name not in ("", "..") else path.resolve()
    if not absolute.is_relative_to(root):
        raise Refused(_("{path} is not in the register {root}.").format(path=name, root=root))
    return absolute.relative_to(root).as_posix()


def chosen(root: Path, names: Sequence[str], every: Sequence[str]) -> list[str]:
    """Those of `every` path that were named, themselves or by a folder; all where nothing was named.

    Raises `Refused` for a name that means none of them.
    """
    found: set[str] = set()
    for name in names:
        wanted = inside(root, name)
        below = {path for path in every if wanted in (".", path) or path.startswith(wanted + "/")}
        if not below and not (root / wanted).is_dir():
            raise Refused(
                _("{path} is no file of this register; they are TOML files below motions/.").format(path=name)
            )
        found |= below
    return [path for path in every if not names or path in found]


def fields_of(name: str) -> Fields:
    """The fields of the file with this name or path: those of the council's file, or those of a motion."""
    # git gives a name that only ends so
    if name.endswith("council.toml"):
        from antragsbuch_schema.council_fields import COUNCIL as COUNCIL_FIELDS

        return COUNCIL_FIELDS
    from antragsbuch_schema.motion_fields import MOTION

    return MOTION


# what was typed


def confirmed(question: str, otherwise: str) -> bool:
    """Whether the person says yes. Raises `Refused` with `otherwise` where nobody is there to be asked."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Refused(otherwise)
    sys.stderr.write(display_lines(question))
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes", "j", "ja")


def confirm_writing(count: int) -> None:
    """Ask whether so many files may be written. Raises `Refused` where they may not."""
    question = ngettext("Write {count} file? [y/N] ", "Write {count} files? [y/N] ", count).format(count=count)
    if not confirmed(question, _("Nothing was written: --yes writes without asking, --dry-run only shows.")):
        raise Refused(_("Nothing was written."))


def motion_argument(parser: Parser, number: str | None = None) -> None:
    """The argument that names a motion, or with `number` ("?", "*") an optional one or several; shells complete it."""
    action = parser.add_argument(
        "motions" if number == "*" else "motion",
        nargs=number,
        metavar=_("MOTION"),
        help=_("number, reference, id or path"),
    )
    completed_by(action, _COMPLETED_BY)


def completed_by(action: object, how: dict[str, Any]) -> None:
    """Say to shtab how shells complete an argument: it looks for this attribute."""
    vars(action)["complete"] = how


def day(typed: str) -> dt.date:
    """A date as people write it. Raises `Refused`."""
    from antragsbuch_schema.german import parse_date

    found = parse_date(typed, dt.date.today())
    if found is None:
        raise Refused(_("{typed} is no date; write it like 15.11.2023").format(typed=typed))
    return found


def whole_number(typed: str) -> int:
    """How many, as argparse asks for it: none or more."""
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 10):
        raise argparse.ArgumentTypeError(_("{typed} is no number").format(typed=typed))
    return int(typed)


def one_line(text: str) -> str:
    """`text` in one line: each stretch of white space a blank."""
    return re.sub(r"\s+", " ", text).strip()


def _most() -> int:
    from antragsbuch_schema.toml.guard import MAX_BYTES

    return MAX_BYTES + 1


def _not_plain(path: Path) -> Refused:
    return Refused(_("{path} is a link or no plain file; it is not read.").format(path=path))
