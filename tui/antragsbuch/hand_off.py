"""Hand a text to the person's own editor and take back what was typed."""

from __future__ import annotations

import os
import shlex
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from subprocess import run
from typing import NamedTuple

from antragsbuch.i18n import _


class HandOff(NamedTuple):
    """What came back: the text, or None with the reason why nothing was taken."""

    text: str | None
    reason: str = ""


def editor_command(environment: Mapping[str, str], configured: str | None) -> list[str]:
    """The editor as words of a command: VISUAL, EDITOR, git's `core.editor`, else vi."""
    chosen = environment.get("VISUAL") or environment.get("EDITOR") or configured or "vi"
    return shlex.split(chosen) or ["vi"]


def hand_off(text: str, command: Sequence[str], suffix: str, folder: Path) -> HandOff:
    """Let `command` edit `text` in a file of `folder` that only the person can read.

    Nothing is taken when the editor fails or ends with an error. The file is removed afterwards; after a crash it
    is still there.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, name = tempfile.mkstemp(suffix, "antrag-", folder)
    path = Path(name)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    try:
        status = run([*command, name], check=False).returncode
    except OSError as error:
        path.unlink()
        return HandOff(None, _("{editor} can't be started: {reason}").format(editor=command[0], reason=error.strerror))
    if status != 0:
        path.unlink()
        return HandOff(
            None, _("{editor} ended with status {status}: nothing was taken").format(editor=command[0], status=status)
        )
    typed = path.read_bytes()
    try:
        result = HandOff(typed.decode("utf-8"))
    except UnicodeDecodeError:
        return HandOff(None, _("what was typed is not UTF-8; it is kept in {path}").format(path=path))
    path.unlink()
    return result
