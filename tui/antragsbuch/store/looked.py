"""Up to which commit a person has looked at the history of a register: kept in the person's own state folder."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .register import Register

_OID = re.compile(r"[0-9a-f]{40,64}")


class Looked(NamedTuple):
    """The commit that stood at HEAD when somebody last looked, and when that was."""

    commit: str
    time: dt.datetime


def file_of(register: Register, folder: Path | None = None) -> Path:
    """Where it is kept: one file a clone."""
    from .drafts import default_state_dir

    name = hashlib.sha256(os.fsencode(register.git.layout.common_dir)).hexdigest()[:16]
    return (folder or default_state_dir()) / "looked" / f"{name}.json"


def last(register: Register, folder: Path | None = None) -> Looked | None:
    """When the person last looked, None where that is not known (any more)."""
    try:
        found = json.loads(file_of(register, folder).read_text(encoding="utf-8"))
        commit, time = found["commit"], dt.datetime.fromisoformat(found["time"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if not isinstance(commit, str) or not _OID.fullmatch(commit) or not register.objects.has(commit):
        return None
    return Looked(commit, time)


def looked(register: Register, commit: str, time: dt.datetime, folder: Path | None = None) -> None:
    """Note that the person has seen everything up to `commit`. What can't be noted is new once more."""
    file = file_of(register, folder)
    with contextlib.suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = file.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps({"commit": commit, "time": time.isoformat(timespec="seconds")}), encoding="utf-8")
        fresh.replace(file)


def since(register: Register, looked_at: Looked) -> frozenset[str]:
    """The commits that HEAD reaches and what was seen then does not. Raises `GitError`."""
    head = register.objects.head()
    if head is None or head == looked_at.commit:
        return frozenset()
    out = register.git.run("rev-list", "--stdin", stdin=f"{head}\n^{looked_at.commit}\n".encode())
    return frozenset(out.decode().split())
