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
from antragsbuch.store.config import OWN_SCOPES, Config


class HandOff(NamedTuple):
    """What came back: the text, or None with the reason why nothing was taken."""

    text: str | None
    reason: str = ""


def editor_command(environment: Mapping[str, str], config: Config | None) -> list[str]:
    """The editor as words of a command: VISUAL, EDITOR, the person's own `core.editor` of git, else vi.

    What a repository says about the editor does not count: it can name any program.
    """
    own = config.get("core.editor", OWN_SCOPES) if config is not None else None
    chosen = environment.get("VISUAL") or environment.get("EDITOR") or own or "vi"
    try:
        return shlex.split(chosen) or ["vi"]
    except ValueError:
        # a quote without its partner: there is no such program, and that is said
        return [chosen]


def hand_off(text: str, command: Sequence[str], suffix: str, folder: Path) -> HandOff:
    """Let `command` edit `text` in a file of `folder` that only the person can read.

    Nothing is taken when the editor can't be started or ends with an error. The file is removed afterwards, unless it
    holds something typed that was not taken; after a crash it is still there. Bytes that are no UTF-8 stand in `text`
    as surrogates, and come back so if nothing was changed. Raises `OSError` where the file can't be written.
    """
    given = text.encode("utf-8", "surrogateescape")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, name = tempfile.mkstemp(suffix, "antrag-", folder)
    path = Path(name)
    with os.fdopen(descriptor, "wb") as file:
        file.write(given)
    try:
        status = run([*command, name], check=False).returncode
    except OSError as error:
        path.unlink()
        return HandOff(None, _("{editor} can't be started: {reason}").format(editor=command[0], reason=error.strerror))
    # an editor may have put another file in its place, or none
    typed = path.read_bytes() if path.is_file() else given
    if status != 0:
        reason = _("{editor} ended with status {status}: nothing was taken").format(editor=command[0], status=status)
        return HandOff(None, _kept(path, reason) if typed != given else _removed(path, reason))
    if typed == given:
        return HandOff(text, _removed(path, ""))
    try:
        result = HandOff(typed.decode("utf-8"))
    except UnicodeDecodeError:
        return HandOff(None, _kept(path, _("what was typed is not UTF-8")))
    path.unlink()
    return result


def _kept(path: Path, reason: str) -> str:
    return _("{reason}; what was typed is in {path}").format(reason=reason, path=path)


def _removed(path: Path, reason: str) -> str:
    path.unlink(missing_ok=True)
    return reason
