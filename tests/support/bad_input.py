"""Files that nobody should have written, and a way to see that nothing was touched."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path
from typing import NamedTuple

from .repositories import Repository, motion


class BadFile(NamedTuple):
    """The bytes of a file, the code of what is found in it, and a part of what is said about it."""

    data: bytes
    code: str
    said: str
    readable: bool = False


_PROSE = motion()
FILES = {
    "broken TOML": BadFile(b'id = "x"\ntitle = \n', "TO001", "line 2"),
    "a key twice": BadFile(b'id = "x"\nid = "y"\n', "TO001", "line 2"),
    "Latin-1": BadFile(_PROSE.encode("latin-1"), "TO003", "0xFC"),
    "UTF-16": BadFile(_PROSE.encode("utf-16"), "TO003", "UTF-16"),
    "UTF-16 without a mark": BadFile(_PROSE.encode("utf-16-le"), "TO003", "UTF-16"),
    "a NUL": BadFile(b'id = "x\0y"\n', "TO001", "NUL"),
    "nothing but NUL": BadFile(b"\0" * 1000, "TO001", "UTF-16"),
    "a dotted key of 40 KB": BadFile(b"a." * 20_000 + b"a = 1\n", "TO001", "deep"),
    "deep lists": BadFile(b"a = " + b"[" * 5000 + b"]" * 5000, "TO001", "deep"),
    "deep tables": BadFile(b"a = " + b"{b = " * 2000 + b"1" + b"}" * 2000, "TO001", "deep"),
    "a huge integer": BadFile(b"a = " + b"9" * 10_000 + b"\n", "TO001", "64 bits"),
    "a huge hexadecimal integer": BadFile(b"a = 0x" + b"f" * 100_000 + b"\n", "TO001", "64 bits"),
    "2 MB": BadFile(b"# " + b"x" * (2 << 20) + b"\n", "TO004", "larger than 1024 KiB"),
    "a conflict": BadFile(
        _PROSE.replace('title = "', '<<<<<<< HEAD\ntitle = "A"\n=======\ntitle = "B"\n>>>>>>> b\ntitle = "').encode(),
        "TO002", "conflict",
    ),
    "a date that is none": BadFile(b"date = 2023-02-31\n", "TO001", "line 1"),
    # these can be read: they say too little, or too much
    "an empty file": BadFile(b"", "", "", readable=True),
    "a byte order mark": BadFile(b"\xef\xbb\xbf" + _PROSE.encode(), "", "", readable=True),
    "Windows line ends": BadFile(_PROSE.replace("\n", "\r\n").encode(), "", "", readable=True),
    "other types": BadFile(
        b'id = 7\nreference = 1979-05-27\ntitle = [1]\nconsultations = "x"\nbudget = [[1]]\nproposal = {a = 1}\n',
        "", "", readable=True,
    ),
    "escapes in the title": BadFile(
        motion(title="\\u001b]0;PWNED\\u0007 \\u001b[31m \\u202e \u202e\u200b\u009b31m").encode(), "", "", readable=True
    ),
    "a reference that leads out": BadFile(motion("../../x").encode(), "", "", readable=True),
    "a reserved name": BadFile(motion("CON").encode(), "", "", readable=True),
    "an absolute path": BadFile(motion("/etc/passwd").encode(), "", "", readable=True),
}  # fmt: skip
"""By what is wrong with them."""
UNREADABLE = [name for name, file in FILES.items() if not file.readable]


def fingerprint(repository: Repository) -> str:
    """A hash of every file of the work tree (kind, mode, bytes, where a link leads) and of git's refs and index.

    What the program keeps for itself in the git directory is left out.
    """
    digest = hashlib.sha256()
    for path in sorted(_paths(repository.root)):
        about = path.lstat()
        digest.update(f"{path.relative_to(repository.root)}\0{about.st_mode:o}\0".encode("utf-8", "surrogateescape"))
        if stat.S_ISLNK(about.st_mode):
            digest.update(os.fsencode(path.readlink()))
        elif stat.S_ISREG(about.st_mode):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _paths(root: Path) -> list[Path]:
    git = root / ".git"
    found = [path for path in root.rglob("*") if git not in (path, *path.parents)]
    found += [
        path for name in ("HEAD", "index", "packed-refs", "config", "MERGE_HEAD") if (path := git / name).exists()
    ]
    return [*found, *(git / "refs").rglob("*"), *(git / "logs").rglob("*")]
