"""Files outside the register that appear whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path


def write_whole(path: Path, data: bytes, *, replace: bool) -> None:
    """Write a file and bring it to the disk; one that is there is only replaced if that is wanted.

    Raises `FileExistsError` where it is there and not to be replaced, `OSError` where the file system refuses.
    """
    # not at the top: the list of the program starts with this module, and seldom saves a document
    import secrets

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
    except OSError as error:
        # a file system without links: the moment between look and rename is the best there is
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS):
            raise
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from error
        temporary.rename(path)
