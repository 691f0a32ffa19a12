"""Real repositories for tests, in a few words.

    repository = register(tmp_path / "clone", {"motions/V/2200/2292-HHA.toml": motion("2292 (V) HHA")})
    repository.write("motions/V/2200/2292-HHA.toml", motion("2292 (V) HHA", title="Other"))
    repository.commit("Change the title")
    with repository.open() as opened: ...

The `isolated` fixture gives every test a home of its own, a fixed person and fixed dates; nothing of the machine's
configuration is seen.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from antragsbuch import i18n
from antragsbuch.store.register import Register, open_register

PERSON = "Erika Beispiel <erika@example.org>"
FIRST_COMMIT = 1_700_000_000
"""When the first commit of a repository is made; each further one is an hour later."""

COUNCIL = """\
format = 1
name = "Region Beispiel"
public = true
language = "de"

[reference]
pattern = "{counter} ({term}) {type}"
path = "{term}/{hundred}/{counter}-{type}"

[[terms]]
id = "t5"
name = "V"
start = 2021-11-01
end = 2026-10-31

[[organizations]]
id = "o1"
name = "Regionsversammlung"
classification = "assembly"

[[organizations.seats]]
id = "s1"
term = "V"
seats = 85

[[factions]]
id = "f1"
name = "SPD"

[[paper_types]]
id = "p1"
name = "Haushaltsantrag"
code = "HHA"
"""
PATH = "motions/V/2200/2292-HHA.toml"
"""Where the usual motion of a test lies."""
OTHER_PATH = "motions/V/3100/3185-HHA.toml"


def motion(
    reference: str = "2292 (V) HHA",
    *,
    id: str = "",
    title: str = "Durchführung einer Konferenz",
    proposal: str = "Die Verwaltung führt eine Konferenz durch.\nSie berichtet danach.",
    yes: int | None = None,
    more: str = "",
) -> str:
    """A small motion in canonical form. The `id` is made from the reference where none is given."""
    text = (
        f'id = "{id or motion_id(reference)}"\nreference = "{reference}"\npaper_type = "Haushaltsantrag"\n'
        f'title = "{title}"\npublic = true\ndate = 2023-11-16\nproposal = """\n{proposal}\n"""\n'
        '\n[[consultations]]\nid = "c1"\norganization = "Regionsversammlung"\ndate = 2023-12-19\nrole = "decision"\n'
    )
    if yes is not None:
        text += f'\n[[consultations.votes]]\nid = "v1"\nresult = "accepted"\nyes = {yes}\nno = 3\n'
    return text + more


def motion_id(reference: str) -> str:
    """The id that `motion` gives: always the same for one reference."""
    number = sum(ord(letter) * 31**position for position, letter in enumerate(reference))
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    digits = ""
    for _digit in range(7):
        number, rest = divmod(number, 36)
        digits += letters[rest]
    return "m" + digits


def use_environment(home: Path, set_variable: Callable[[str, str], None], unset: Callable[[str], None]) -> None:
    """Make `home` a new home with a fixed person, and let nothing else of git's or the user's settings through."""
    for name in list(os.environ):
        if name.startswith(("GIT_", "XDG_", "LC_", "ANTRAGSBUCH_")) or name in ("LANG", "LANGUAGE", "EMAIL"):
            unset(name)
    home.mkdir(parents=True, exist_ok=True)
    (home / "gitconfig").write_text(
        "[user]\n\tname = Erika Beispiel\n\temail = erika@example.org\n[init]\n\tdefaultBranch = main\n"
        '[protocol "file"]\n\tallow = always\n'
    )
    set_variable("HOME", str(home))
    set_variable("XDG_CONFIG_HOME", str(home / "config"))
    set_variable("XDG_STATE_HOME", str(home / "state"))
    set_variable("XDG_CACHE_HOME", str(home / "cache"))
    set_variable("GIT_CONFIG_NOSYSTEM", "1")
    set_variable("GIT_CONFIG_GLOBAL", str(home / "gitconfig"))
    set_variable("LC_ALL", "C.UTF-8")


@pytest.fixture
def isolated(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home of its own for one test, and English; its path."""
    home = tmp_path_factory.mktemp("home")
    use_environment(home, monkeypatch.setenv, lambda name: monkeypatch.delenv(name, raising=False))
    before = i18n.language()
    i18n.use("en")
    yield home
    i18n.use(before)


@dataclass
class Repository:
    """A repository with a work tree at `root`."""

    root: Path
    _commits: int = field(default=0, repr=False)

    def git(self, *arguments: str, stdin: bytes | None = None, env: Mapping[str, str] | None = None) -> str:
        """What git says on standard output; the test fails where git does."""
        done = self._run(arguments, stdin, env)
        assert done.returncode == 0, f"git {' '.join(arguments)}: {done.stderr.decode()}"
        return done.stdout.decode("utf-8", "surrogateescape").rstrip("\n")

    def fails(self, *arguments: str) -> str:
        """What git says, on both outputs, when it fails; the test fails where it does not."""
        done = self._run(arguments)
        assert done.returncode != 0, f"git {' '.join(arguments)} did not fail"
        return (done.stdout + done.stderr).decode()

    def write(self, path: str, content: str | bytes) -> Path:
        """Write a file of the work tree."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def read(self, path: str) -> str:
        """A file of the work tree."""
        return (self.root / path).read_text(encoding="utf-8")

    def commit(self, message: str = "Change", paths: Iterable[str] = ()) -> str:
        """Commit `paths`, or everything, with plain git; the commit."""
        chosen = list(paths)
        self.git("add", "--all", "--", *(chosen or ["."]))
        self.git(
            "commit", "--quiet", "--allow-empty", "-m", message, *(["--", *chosen] if chosen else []), env=self._clock()
        )
        return self.head()

    def head(self) -> str:
        """The commit at HEAD."""
        return self.git("rev-parse", "HEAD")

    def at(self, path: str, revision: str = "HEAD") -> str:
        """A file as committed at `revision`."""
        done = self._run(["cat-file", "blob", f"{revision}:{path}"])
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def subjects(self) -> list[str]:
        """The subjects of all commits, newest first."""
        return self.git("log", "--format=%s").splitlines()

    def message(self, revision: str = "HEAD") -> str:
        """The whole message of a commit."""
        return self.git("log", "-1", "--format=%B", revision)

    def changed(self) -> str:
        """The short status: what is staged and what is dirty."""
        return self.git("status", "--short")

    def check(self) -> None:
        """The test fails where git finds anything damaged."""
        self.git("fsck", "--strict", "--no-dangling")

    def clone(self, folder: Path) -> Repository:
        """A clone in `folder`."""
        self.git("clone", "--quiet", str(self.root), str(folder))
        return Repository(folder)

    def worktree(self, folder: Path, branch: str) -> Repository:
        """A second work tree of this repository, on a new branch."""
        self.git("worktree", "add", "--quiet", "-b", branch, str(folder))
        return Repository(folder)

    def open(self) -> Register:
        """The register, opened by the code under test."""
        return open_register(self.root)

    def _run(
        self, arguments: Sequence[str], stdin: bytes | None = None, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        environment = {**os.environ, **(env or {})}
        return subprocess.run(
            ["git", *arguments], cwd=self.root, input=stdin, capture_output=True, check=False, env=environment
        )

    def _clock(self) -> dict[str, str]:
        date = f"{FIRST_COMMIT + 3600 * self._commits} +0100"
        self._commits += 1
        return {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}


def empty(folder: Path) -> Repository:
    """A repository without any commit or file."""
    folder.mkdir(parents=True, exist_ok=True)
    repository = Repository(folder)
    repository.git("init", "--quiet")
    return repository


def register(folder: Path, files: Mapping[str, str | bytes] | None = None, *, council: str = COUNCIL) -> Repository:
    """A register with `files` (one motion where none are given), committed."""
    repository = empty(folder)
    repository.write("motions/council.toml", council)
    for path, content in ({PATH: motion()} if files is None else files).items():
        repository.write(path, content)
    repository.commit("Begin the register")
    return repository


def large(folder: Path, count: int, text: Callable[[int], tuple[str, str]] | None = None) -> Repository:
    """A register with `count` motions in one commit, made fast; `text` gives path and content of each by number."""
    repository = empty(folder)

    def stream() -> Iterator[bytes]:
        who = f"{PERSON} {FIRST_COMMIT} +0100".encode()
        yield b"commit refs/heads/main\nauthor " + who + b"\ncommitter " + who + b"\ndata 5\nBegin\n"
        files = [("motions/council.toml", COUNCIL), *((text or numbered)(number) for number in range(1, count + 1))]
        for path, content in files:
            data = content.encode()
            yield f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n"

    repository.git("fast-import", "--quiet", stdin=b"".join(stream()))
    repository.git("reset", "--quiet", "--hard", "main")
    return repository


def numbered(number: int) -> tuple[str, str]:
    """Path and text of the motion with this number."""
    path = f"motions/V/{number // 100 * 100}/{number}-HHA.toml"
    return path, motion(f"{number} (V) HHA", title=f"Antrag Nummer {number}")


@pytest.fixture
def clone(isolated: Path, tmp_path: Path) -> Repository:
    """A register with one motion at `PATH`."""
    return register(tmp_path / "clone")
