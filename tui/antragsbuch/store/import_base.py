"""What the last import made, kept in a reference of its own: the base of the merge with the next one.

`refs/antragsbuch/import/oparl` is a line of commits beside the branches. Each holds the motions just as the source had
them, without a person's edits, so that what changed there and what changed here can be told apart.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping

from .objects import blob_name
from .register import Register

REF = "refs/antragsbuch/import/oparl"
_PERSON = "antrag <antrag@localhost>"
_COUNCIL = "council.toml"
_MESSAGE = b"Import\n"

Files = Mapping[str, bytes | None]
"""What changes in the base: the bytes of each file by its path there; None: it goes."""


class ImportBase:
    """The state of the last import; empty before the first one."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self.commit = register.objects.resolve(REF)
        self._entries = register.objects.walk(self.commit, "motions")

    def __contains__(self, identity: str) -> bool:
        return _path(identity) in self._entries

    def get(self, identity: str, like: bytes = b"") -> bytes | None:
        """The motion with this id as it was imported, None where there is none; not read where it is `like`."""
        entry = self._entries.get(_path(identity))
        if entry is None:
            return None
        if like and entry.oid == blob_name(self._register.git.layout.hash_name, like):
            return like
        return self._register.objects.blob(entry.oid)

    def council(self) -> bytes | None:
        """The part of council.toml that was imported, None where there is none."""
        return self._register.objects.content(self.commit, _COUNCIL)


def files(base: ImportBase, motions: Mapping[str, bytes | None], council: bytes | None) -> Files:
    """What changes in `base` with these motions, by id (None: gone), and this council (None: stays as it is)."""
    found = {_path(identity): data for identity, data in motions.items()}
    if council is not None and base.council() != council:
        found[_COUNCIL] = council
    return found


def keep(register: Register, base: ImportBase, changed: Files) -> None:
    """Move the base. Nobody else may be writing meanwhile (`Register.locked`). Raises `GitError`."""
    if changed:
        commands = b"".join(stream(REF, base.commit, changed))
        register.git.run("fast-import", "--quiet", "--done", stdin=commands + b"done\n")


def stream(ref: str, base: str | None, changed: Files) -> Iterator[bytes]:
    """The commands for fast-import that make a commit of `changed` after `base` at `ref`."""
    yield begin(ref, base, int(time.time()))
    for path, data in changed.items():
        name = path.encode()
        if data is None:
            yield b"D " + name + b"\n"
        else:
            yield b"M 100644 inline %s\ndata %d\n" % (name, len(data))
            yield data
            yield b"\n"


def begin(ref: str, base: str | None, moment: int) -> bytes:
    """The head of a commit for fast-import, at `moment` (seconds since 1970)."""
    head = f"commit {ref}\ncommitter {_PERSON} {moment} +0000\ndata {len(_MESSAGE)}\n".encode() + _MESSAGE
    return head + (f"from {base}\n".encode() if base else b"")


def _path(identity: str) -> str:
    return f"motions/{identity[:2]}/{identity}.toml"
