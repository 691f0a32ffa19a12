"""A writer in a process of its own, to be killed at any moment, and what must hold afterwards."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from antragsbuch.store.commit import commit
from antragsbuch.store.drafts import DraftJournal
from antragsbuch.store.errors import StoreError
from antragsbuch.store.recover import recover
from antragsbuch.store.register import open_register

from .repositories import OTHER_PATH, PATH, Repository, motion, register

STRACE = shutil.which("strace")
NEW = motion(title="Neu")
STAGED = motion("3185 (V) HHA", title="Staged by somebody")
DIRTY = motion("3185 (V) HHA", title="Not saved by somebody")
WRITING = (
    "write,pwrite64,openat,rename,renameat,renameat2,link,linkat,unlink,unlinkat,fsync,mkdir,mkdirat,ftruncate,fchmod"
)
"""The system calls by which a save and a commit change anything."""


def work() -> None:
    """The writer: opens the register, says so, waits for a line, saves, commits, and says each when it is done."""
    # strace may look at this process although it did not start it
    ctypes.CDLL(None).prctl(0x59616D61, ctypes.c_ulong(-1), 0, 0, 0)
    with open_register(Path(sys.argv[1])) as opened:
        motion_now = opened.open(PATH)
        print("ready", flush=True)
        sys.stdin.readline()
        try:
            saved = opened.save(motion_now, NEW)
            print("saved", flush=True)
            made = commit(opened, [PATH], "Titel\n\nMotion: 2292 (V) HHA", expected={PATH: saved.blob})
            print("committed", made.oid, flush=True)
            for note in made.notes:
                print("note", note, flush=True)
        except StoreError as error:
            print("refused", type(error).__name__, error.message, error.detail, flush=True)


Point = tuple[str, int]
"""A system call, and which of that name it is: strace counts each by itself."""


@dataclass
class Scene:
    """A register where somebody else has a file staged in one version and dirty in another."""

    repository: Repository
    state: Path
    before: str = field(init=False)
    staged: str = field(init=False)

    def __post_init__(self) -> None:
        self.repository.write(OTHER_PATH, STAGED)
        self.repository.git("add", OTHER_PATH)
        self.repository.write(OTHER_PATH, DIRTY)
        self.before = self.repository.head()
        self.staged = self.repository.git("rev-parse", f":{OTHER_PATH}")

    def start(self, *, path: str = "", limit: int | None = None) -> subprocess.Popen[str]:
        """The writer, ready to begin; `path` comes first in its PATH, no file may grow beyond `limit`."""
        environment = {**os.environ, "PATH": f"{path}:{os.environ['PATH']}" if path else os.environ["PATH"]}
        environment["PYTHONPATH"] = os.pathsep.join(sys.path)
        process = subprocess.Popen(
            [sys.executable, "-c", f"{_limited(limit)}from support.crashes import work; work()", str(self.root)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n", process.communicate()[1]
        return process

    def traced(self, *options: str) -> tuple[str, bool]:
        """What the writer said under strace with these options, and whether strace met what it waits for."""
        assert STRACE is not None
        log = self.state / "strace"
        process = self.start()
        tracer = subprocess.Popen(
            [STRACE, "-o", str(log), "-p", str(process.pid), *options], stderr=subprocess.PIPE, text=True
        )
        assert tracer.stderr is not None
        attached = tracer.stderr.readline()
        assert "attached" in attached, attached
        said, errors = process.communicate("go\n")
        tracer.communicate()
        assert "Traceback" not in errors, errors
        return said, _met(log)

    def with_git_under(self, words: str, *options: str) -> tuple[str, bool]:
        """The same with each git of the writer under strace whose arguments hold `words`."""
        folder = self.state / "git"
        said, errors = self.start(path=git_under(folder, words, options)).communicate("go\n")
        assert "Traceback" not in errors, errors
        log = folder / "strace"
        return said, log.exists() and _met(log)

    @property
    def root(self) -> Path:
        return self.repository.root

    def check(self, said: str) -> None:
        """What must hold after any end of the writer, and after the next start: nothing that it said is lost."""
        repository = self.repository
        repository.check()
        committed = "committed" in said
        drafts = DraftJournal(self.state, self.root)
        with open_register(self.root) as opened:
            recover(opened, drafts)
        head = repository.head()
        if committed:
            assert head != self.before
        if head == self.before:
            kept = [repository.read(PATH), *(found.text for found in drafts.unfinished())]
            assert "saved" not in said or NEW in kept
            assert repository.read(PATH) in (motion(), NEW)
        else:
            assert repository.git("rev-parse", "HEAD^") == self.before
            assert repository.git("diff", "--name-only", self.before, "HEAD") == PATH
            assert repository.at(PATH) == repository.read(PATH) == NEW
            assert repository.git("rev-parse", f":{PATH}") == repository.git("rev-parse", f"HEAD:{PATH}")
        self.check_others()
        self.check_next()

    def check_others(self) -> None:
        """Nobody's files were touched, and nothing is left lying about."""
        repository = self.repository
        assert repository.git("rev-parse", f":{OTHER_PATH}") == self.staged
        assert repository.read(OTHER_PATH) == DIRTY
        assert [path.name for path in (self.root / ".git").rglob("*.lock")] == []
        assert sorted(path.name for path in (self.root / "motions").rglob("*") if path.is_file()) == [
            "2292-HHA.toml",
            "3185-HHA.toml",
            "council.toml",
        ]
        assert [path.name for path in (self.root / ".git/antragsbuch").glob("*")] in ([], ["lock"])

    def check_next(self) -> None:
        """The next save and commit work, without anybody's help."""
        with open_register(self.root) as opened:
            now = opened.open(PATH)
            opened.save(now, motion(title="Danach"))
            made = commit(opened, [PATH], "Danach", expected={PATH: now.blob})
        assert made.notes == ()
        assert self.repository.at(PATH) == motion(title="Danach")
        assert self.repository.changed() == f"AM {OTHER_PATH}"
        self.repository.check()


def scene(folder: Path) -> Scene:
    """A scene in `folder`."""
    state = folder / "state"
    state.mkdir(parents=True)
    return Scene(register(folder / "clone"), state)


def kill_at(point: Point) -> tuple[str, ...]:
    """The options of strace that kill at `point`, before the call has any effect."""
    name, number = point
    return "-e", f"trace={name}", "-e", f"inject={name}:signal=KILL:when={number}"


def points(log: Path) -> list[Point]:
    """Every system call of a run that strace has written down: its name, and which of that name it is."""
    seen: Counter[str] = Counter()
    found: list[Point] = []
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        name, bracket, _rest = line.partition("(")
        if bracket and name.isidentifier():
            seen[name] += 1
            found.append((name, seen[name]))
    return found


def kill_all(pid: int) -> None:
    """End a process and all that it has started, at once."""
    todo, family = [pid], []
    while todo:
        current = todo.pop()
        family.append(current)
        # what ends meanwhile needs no killing
        with suppress(FileNotFoundError, ProcessLookupError):
            for children in Path(f"/proc/{current}/task").glob("*/children"):
                todo += map(int, children.read_text().split())
    for member in family:
        with suppress(ProcessLookupError):
            os.kill(member, signal.SIGKILL)


def git_under(folder: Path, words: str, options: Sequence[str]) -> str:
    """A folder for PATH with a git that runs under strace where its arguments hold `words`, and else as always."""
    folder.mkdir()
    wrapper = folder / "git"
    real = shutil.which("git")
    traced = f"{STRACE} -o {folder}/strace {' '.join(options)} {real}"
    wrapper.write_text(f'#!/bin/sh\ncase " $* " in *" {words} "*) exec {traced} "$@" ;; esac\nexec {real} "$@"\n')
    wrapper.chmod(0o755)
    return str(folder)


def _met(log: Path) -> bool:
    happened = log.read_text(encoding="utf-8", errors="replace")
    return "INJECTED" in happened or "killed by SIGKILL" in happened


def _limited(limit: int | None) -> str:
    if limit is None:
        return ""
    return (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit})); "
    )
