"""Names of files as a person types them in the program."""

from __future__ import annotations

import os
from pathlib import Path


def path_of(typed: str) -> Path:
    """The file that is meant: `~` is one's home, and quotes that a terminal puts around a dropped file go."""
    typed = typed.strip()
    if len(typed) > 1 and typed[0] == typed[-1] and typed[0] in "'\"":
        typed = typed[1:-1]
    try:
        return Path(typed).expanduser()
    except RuntimeError:
        # nobody of that name
        return Path(typed)


def completed(typed: str) -> str:
    """What is typed, as far as the names of files that begin so agree; a folder ends with `/`."""
    folder, slash, begun = typed.rpartition("/")
    try:
        entries = list(os.scandir(path_of(folder + slash) if slash else "."))
    except (OSError, ValueError):
        return typed
    names = [
        entry.name + ("/" if entry.is_dir() else "")
        for entry in entries
        if entry.name.startswith(begun) and (begun.startswith(".") or not entry.name.startswith("."))
    ]
    return folder + slash + (_begin(names) or begun)


def _begin(names: list[str]) -> str:
    """What all names begin with."""
    first, last = min(names, default=""), max(names, default="")
    return next((first[:length] for length in range(len(first), 0, -1) if last.startswith(first[:length])), "")
