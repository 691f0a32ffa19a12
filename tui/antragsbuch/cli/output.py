"""Where a command puts what it made: standard output, or a file that appears whole or not at all."""

from __future__ import annotations

import argparse
import errno
import os
import secrets
import sys
from pathlib import Path

from antragsbuch.i18n import _

from .common import Refused, document
from .parser import Parser


def output_arguments(parser: Parser) -> None:
    """The options `-o/--output` and `--force`."""
    parser.add_argument(
        "-o", "--output", metavar=_("FILE"), help=_("write into FILE; otherwise, or with -, to standard output")
    )
    parser.add_argument("--force", action="store_true", help=_("overwrite FILE where it is there already"))


def check_output(options: argparse.Namespace, *, is_text: bool = True) -> None:
    """Refuse a target that can't be, before the work is done. Raises `Refused`."""
    if options.output in (None, "-"):
        if not is_text and sys.stdout.isatty():
            raise Refused(_("This form is no text for a terminal: -o FILE writes it into a file."))
        return
    path = Path(options.output)
    if path.is_dir() or (path.exists() and not path.is_file()):
        raise Refused(_("{path} is a folder or no plain file; nothing is written there.").format(path=path))
    if not options.force and os.path.lexists(path):
        raise _is_there(path)
    if not path.parent.is_dir():
        raise Refused(_("There is no folder {path}.").format(path=path.parent))


def deliver(options: argparse.Namespace, data: bytes, *, is_text: bool = True) -> None:
    """Write `data` where `output_arguments` said: every byte, or on a terminal a safe view of the text.

    A file appears with all its content, and one that is there is replaced only with `--force`. Raises `Refused`, and
    `OSError` where the file system refuses.
    """
    check_output(options, is_text=is_text)
    if options.output in (None, "-"):
        document(data)
        return
    _write(Path(options.output), data, replace=options.force)


def _write(path: Path, data: bytes, *, replace: bool) -> None:
    temporary = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(descriptor)
        if replace:
            temporary.replace(path)
        else:
            _put(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _put(temporary: Path, path: Path) -> None:
    """Give the file its name, unless another has it by now."""
    try:
        path.hardlink_to(temporary)
    except FileExistsError as error:
        raise _is_there(path) from error
    except OSError as error:
        # a file system without links: the moment between look and rename is the best there is
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS):
            raise
        if os.path.lexists(path):
            raise _is_there(path) from error
        temporary.rename(path)


def _is_there(path: Path) -> Refused:
    return Refused(_("{path} is there already; --force overwrites it.").format(path=path))
