"""What is long goes through the person's pager where a terminal reads it, as git does; never in a pipe."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from antragsbuch.store.config import Config


def pager_command(environment: Mapping[str, str], config: Config | None) -> list[str]:
    """The pager as words of a command: GIT_PAGER, the person's own `core.pager`, PAGER, else less; [] for none.

    What a repository says about the pager does not count: it can name any program.
    """
    from antragsbuch.store.config import OWN_SCOPES

    own = config.get("core.pager", OWN_SCOPES) if config is not None else None
    # set and empty means none, as it does for git
    named = (environment.get("GIT_PAGER"), own, environment.get("PAGER"), "less")
    chosen = next(name for name in named if name is not None)
    try:
        words = shlex.split(chosen)
    except ValueError:
        return []
    return [] if words == ["cat"] else words


@contextmanager
def paged(config: Config | None) -> Iterator[None]:
    """Let standard output run through the pager while the block runs, if it goes to a terminal.

    What is written must be safe for the terminal: the pager hands colours on. A pager that is left early ends the
    block in peace; one that can't be started is done without.
    """
    command = pager_command(os.environ, config) if sys.stdout.isatty() and os.environ.get("TERM") != "dumb" else []
    process = _started(command) if command else None
    if process is None:
        yield
        return
    assert process.stdin is not None
    terminal, pipe = sys.stdout, TextIOWrapper(process.stdin, encoding="utf-8", errors="backslashreplace")
    terminal.flush()
    sys.stdout = pipe
    try:
        with suppress(BrokenPipeError):
            yield
    finally:
        sys.stdout = terminal
        with suppress(BrokenPipeError):
            pipe.close()
        while True:
            # ctrl+c is for the pager, as long as it runs
            with suppress(KeyboardInterrupt):
                process.wait()
                break


def _started(command: list[str]) -> subprocess.Popen[bytes] | None:
    environment = {"LESS": "FRX", "LV": "-c", **os.environ}
    try:
        return subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)
    except OSError:
        return None
