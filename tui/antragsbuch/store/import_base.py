"""What the last import made, kept in a reference of its own: the base of the merge with the next one.

`refs/antragsbuch/import/oparl` is a line of commits beside the branches. Each holds the motions just as the source had
them, without a person's edits, so that what changed there and what changed here can be told apart.
"""

from __future__ import annotations

import time
from collections.abc import Mapping

from .register import Register

REF = "refs/antragsbuch/import/oparl"
_PERSON = "antrag <antrag@localhost>"
_COUNCIL = "council.toml"


class ImportBase:
    """The state of the last import; empty before the first one."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self.commit = register.objects.resolve(REF)
        self._entries = register.objects.walk(self.commit, "motions")

    def __contains__(self, identity: str) -> bool:
        return _path(identity) in self._entries

    def get(self, identity: str) -> bytes | None:
        """The motion with this id as it was imported, None where there is none."""
        entry = self._entries.get(_path(identity))
        return self._register.objects.blob(entry.oid) if entry else None

    def council(self) -> bytes | None:
        """The part of council.toml that was imported, None where there is none."""
        return self._register.objects.content(self.commit, _COUNCIL)


def keep(register: Register, base: ImportBase, motions: Mapping[str, bytes | None], council: bytes) -> None:
    """Make these motions, by id (None: gone), and this council part of the base. Raises `GitError`.

    One process and one pack, whatever their number. Nobody else may be writing meanwhile (`Register.locked`).
    """
    files = {_path(identity): data for identity, data in motions.items()}
    if base.council() != council:
        files[_COUNCIL] = council
    if not files:
        return
    message = b"Import\n"
    stream = [
        f"commit {REF}\ncommitter {_PERSON} {int(time.time())} +0000\ndata {len(message)}\n".encode() + message,
        f"from {base.commit}\n".encode() if base.commit else b"",
    ]
    for path, data in files.items():
        if data is None:
            stream.append(f"D {path}\n".encode())
        else:
            stream.append(f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n")
    register.git.run("fast-import", "--quiet", "--done", stdin=b"".join(stream) + b"done\n")


def _path(identity: str) -> str:
    return f"motions/{identity[:2]}/{identity}.toml"
