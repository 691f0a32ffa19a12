"""`antrag doctor`: what is wrong with this machine, this repository and this terminal, and what helps."""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

from antragsbuch.i18n import _

from .common import out, out_json
from .parser import Parser

if TYPE_CHECKING:
    from antragsbuch.store.register import Register

Verdict = Literal["ok", "remark", "warning", "error"]
_SIGNS = {"ok": "  ", "remark": "- ", "warning": "? ", "error": "! "}

_EXECUTABLE = (
    "core.fsmonitor",
    "core.hookspath",
    "core.sshcommand",
    "core.pager",
    "core.editor",
    "core.askpass",
    "gpg.program",
    "gpg.ssh.program",
    "credential.helper",
    "include.path",
)
_EXECUTABLE_PARTS = (
    ("alias.", ""),
    ("diff.", ".command"),
    ("diff.", ".textconv"),
    ("filter.", ".clean"),
    ("filter.", ".smudge"),
    ("merge.", ".driver"),
    ("remote.", ".uploadpack"),
    ("remote.", ".receivepack"),
    ("url.", ".insteadof"),
)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: what it is, how it is, and what helps where it is not well."""

    about: str
    verdict: Verdict
    found: str
    remedy: str = ""


def arguments(parser: Parser) -> None:
    """Only the form of the answer."""
    parser.examples = "antrag doctor"
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def run(options: argparse.Namespace) -> int:
    """Print every check; exit status 1 if one is an error."""
    checks = [*_machine(), *_terminal(), *_repository()]
    if options.json:
        out_json([asdict(check) for check in checks])
    else:
        for check in checks:
            out(f"{_SIGNS[check.verdict]}{check.about}: {check.found}")
            if check.remedy:
                out(f"    {check.remedy}")
    return 1 if any(check.verdict == "error" for check in checks) else 0


def _machine() -> Iterator[Check]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Check("Python", "ok" if sys.version_info >= (3, 11) else "error", version)
    from platformdirs import user_state_path

    state = user_state_path("antragsbuch")
    nearest = next(folder for folder in (state, *state.parents) if folder.exists())
    writable = os.access(nearest, os.W_OK)
    yield Check(
        _("Drafts"),
        "ok" if writable else "error",
        str(state),
        "" if writable else _("The folder can't be written: what is typed can't be kept. Correct its permissions."),
    )
    free = shutil.disk_usage(nearest).free // 2**20
    yield Check(
        _("Free space"),
        "ok" if free > 100 else "warning",
        _("{number} MiB").format(number=free),
        "" if free > 100 else _("Make room before you go on."),
    )


def _terminal() -> Iterator[Check]:
    terminal = os.environ.get("TERM", "")
    dumb = terminal in ("", "dumb")
    yield Check(
        _("Terminal"),
        "warning" if dumb else "ok",
        terminal or _("TERM is not set"),
        _("The full-screen program needs a terminal such as xterm-256color.") if dumb else "",
    )
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    yield Check(
        _("Letters"),
        "ok" if encoding == "utf8" else "warning",
        sys.stdout.encoding or _("unknown"),
        "" if encoding == "utf8" else _("Set a UTF-8 locale, such as LANG=de_DE.UTF-8."),
    )
    if sys.stdout.isatty():
        size = shutil.get_terminal_size()
        small = size.columns < 80 or size.lines < 24
        yield Check(
            _("Size"),
            "warning" if small else "ok",
            f"{size.columns}x{size.lines}",
            _("The program is made for 80x24 and more.") if small else "",
        )
    if os.environ.get("NO_COLOR"):
        yield Check("NO_COLOR", "remark", _("set: the program uses no colour"))
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    missing = bool(editor) and shutil.which(editor.split()[0]) is None
    yield Check(
        _("Editor"),
        "warning" if missing else "ok",
        editor or _("git's own choice"),
        _("There is no such program; set VISUAL or EDITOR.") if missing else "",
    )


def _repository() -> Iterator[Check]:
    from antragsbuch.store.errors import StoreError
    from antragsbuch.store.register import open_register

    try:
        register = open_register()
    except StoreError as error:
        yield Check(_("Register"), "error", error.problem, error.remedy)
        return
    with register:
        yield Check("git", "ok", register.git.run("version").decode().strip().removeprefix("git version "))
        yield Check(_("Register"), "ok", str(register.root))
        if register.read_only:
            yield Check(_("Format"), "warning", register.read_only, _("Install a newer version of the program."))
        try:
            yield from _state(register)
            yield from _identity(register)
            yield from _configuration(register)
            yield from _files(register)
        except StoreError as error:
            yield Check(_("Repository"), "error", error.problem, error.remedy)


def _state(register: Register) -> Iterator[Check]:
    status = register.status()
    if status.operation:
        yield Check(
            _("Operation"),
            "warning",
            _("git is in the middle of: {operation}").format(operation=status.operation),
            _("Finish it with: git {operation} --continue, or leave it with --abort.").format(
                operation=status.operation
            ),
        )
    if status.detached:
        yield Check(_("Branch"), "warning", _("HEAD is on no branch"), _("Go to one: git switch main"))
    else:
        yield Check(_("Branch"), "ok", status.branch)
    if status.shallow:
        yield Check(_("History"), "remark", _("the clone is shallow"), _("Older versions: git fetch --unshallow"))
    if status.ahead:
        yield Check(_("To push"), "remark", str(status.ahead))


def _identity(register: Register) -> Iterator[Check]:
    person = register.identity()
    if person is None:
        yield Check(
            _("Name"),
            "error",
            _("git does not know your name and address."),
            _('Set them: git config --global user.name "..." and git config --global user.email "..."'),
        )
    else:
        yield Check(_("Name"), "ok", f"{person.name} <{person.email}>")


def _configuration(register: Register) -> Iterator[Check]:
    from .init import drivers

    config, own = register.git.config, drivers()
    driver = config.get("merge.antragsbuch.driver")
    if driver is None or config.get("diff.antragsbuch.textconv") is None:
        yield Check(_("Drivers of git"), "remark", _("not set up in this clone"), _("Set them up: antrag init"))
    elif not _starts(driver):
        yield Check(
            _("Drivers of git"),
            "warning",
            _("can't be started: {command}").format(command=driver),
            _("The program lies elsewhere now. Set them up again: antrag init"),
        )
    else:
        yield Check(_("Drivers of git"), "ok", driver)
    attributes = register.root / ".gitattributes"
    if not (attributes.is_file() and b"merge=antragsbuch" in attributes.read_bytes()):
        yield Check(
            _("Attributes"), "remark", _("no drivers for motions in .gitattributes"), _("Add them: antrag init")
        )
    for key, values in sorted(config.values.items()):
        named = key in _EXECUTABLE or any(
            key.startswith(start) and key.endswith(end) for start, end in _EXECUTABLE_PARTS
        )
        local = [value for scope, value in values if scope in ("local", "worktree")]
        if named and local and local != [own.get(key)]:
            yield Check(
                _("Program in the repository"),
                "warning",
                f"{key} = {local[-1]}",
                _("git would run it for you. If you did not set it: git config --local --unset-all {key}").format(
                    key=key
                ),
            )


def _starts(driver: str) -> bool:
    """Whether the program of a driver is there."""
    try:
        words = shlex.split(driver)
    except ValueError:
        return False
    return bool(words) and shutil.which(words[0]) is not None


def _files(register: Register) -> Iterator[Check]:
    from antragsbuch.store import worktree

    yield Check(_("Motions"), "ok", str(len(register.paths())))
    for path in worktree.others(register.root):
        yield Check(
            _("Not read"),
            "warning",
            _("{path} is a link or no plain file").format(path=path),
            _("Put the file itself in its place."),
        )
    folder = register.git.layout.common_dir
    if not os.access(folder, os.W_OK):
        yield Check(
            _("Writing"), "warning", _("{path} can't be written").format(path=folder), _("Nothing can be committed.")
        )
    for name in ("index.lock", "HEAD.lock"):
        lock = register.git.layout.git_dir / name
        if lock.exists():
            yield Check(
                _("Lock"),
                "warning",
                str(lock),
                _("Another git is at work, or one died. If none runs, remove the file."),
            )
