"""What several commands share: errors in words, the files of a register, and safe printing."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from antragsbuch.i18n import _
from antragsbuch_schema.display import display, display_lines

from .parser import Parser

if TYPE_CHECKING:
    from antragsbuch.store.register import Register

COUNCIL = "motions/council.toml"

_COMPLETED_BY = {"bash": "_antrag_references", "zsh": "_antrag_references", "fish": "(antrag references 2>/dev/null)"}


class Refused(Exception):
    """A command that can't be carried out, in words for the person: what, where, and what to do."""


def say(text: str) -> None:
    """A message for the person, on stderr, made safe for the terminal."""
    sys.stderr.write(display_lines(text) + "\n")


def out(text: str) -> None:
    """A line of data on stdout; made safe for the terminal where it is one."""
    sys.stdout.write((display_lines(text) if sys.stdout.isatty() else text) + "\n")


def root_of(directory: str | None) -> Path:
    """The nearest folder, from here upwards, that holds `motions/council.toml`.

    Asks no git, so that files can be checked where there is no repository. Raises `Refused`.
    """
    start = Path(directory or ".").resolve()
    for folder in (start, *start.parents):
        if (folder / COUNCIL).is_file():
            return folder
    raise Refused(
        _(
            "no register here: {folder} and the folders above hold no motions/council.toml. Make one: antrag init"
        ).format(folder=start)
    )


def motion_files(root: Path) -> Iterator[str]:
    """The path of every motion below `motions/`, relative to `root` with `/`, in order; links are not followed."""
    for folder, folders, names in os.walk(root / "motions"):
        folders.sort()
        for name in sorted(names):
            path = Path(folder, name)
            relative = path.relative_to(root).as_posix()
            if name.endswith(".toml") and not name.startswith(".") and relative != COUNCIL:
                yield relative


def read_file(path: Path) -> bytes:
    """The bytes of a plain file. Raises `Refused` for a link, a folder or what can't be read."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise Refused(f"{display(str(path))}: {error.strerror}") from error
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Refused(_("{path} is no plain file").format(path=path))
        return file.read()


def motion_argument(parser: Parser, several: bool = False) -> None:
    """The argument that names a motion, or any number of them; shells complete it."""
    action = parser.add_argument(
        "motions" if several else "motion",
        nargs="*" if several else None,
        metavar=_("MOTION"),
        help=_("number, reference, id or path"),
    )
    # shtab looks for this attribute
    vars(action)["complete"] = _COMPLETED_BY


def register_here(directory: str | None) -> Register:
    """The register of `-C DIR` or of the current folder. Raises `StoreError`."""
    from antragsbuch.store.register import open_register

    return open_register(Path(directory) if directory else None)
