"""What checking gave before, kept in files that are replaced as a whole: `<git directory>/antragsbuch/checked/`.

Disposable, and worth to be kept between two jobs of a CI: what a file gave is kept with its path, its blob, the
council's file and the program. Each file begins with the sum of its bytes; one that is missing, damaged or can't be
written costs time and nothing else. Who replaces one while others read disturbs nobody, and needs no lock.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import Damaged

if TYPE_CHECKING:
    from .check_lines import Lines

_OLDER = 4
"""So many answers, and so many lists for other settings of the council, are kept beside the newest."""


class CheckCache:
    """The folder of a repository, or of the person where the repository can't be written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def answer(self, state: str) -> str | None:
        """What was found when everything was in this state."""
        return self._read(f"answer-{state}.json")

    def keep_answer(self, state: str, answer: str) -> None:
        """Keep it, and forget the oldest."""
        self._write(f"answer-{state}.json", answer)

    def lines(self, basis: str) -> Lines:
        """What files gave with this council and this program."""
        # not at the top: where the whole answer is known, nobody asks for its parts
        from .check_lines import Lines, load

        try:
            return load(self._read(f"files-{basis}.txt") or "")
        except (ValueError, Damaged):
            # not what is written here
            return Lines()

    def keep_lines(self, basis: str, lines: Lines, used: Iterable[tuple[str, str]]) -> None:
        """Keep what was used, and of the rest the newest, as much again."""
        from .check_lines import dump

        newest = dict.fromkeys(used)
        others = [key for key in lines.versions if key not in newest]
        keys = [*newest, *others[: len(newest) + 1000]]
        self._write(f"files-{basis}.txt", dump(lines, keys))

    def carried(self) -> Mapping[str, Path]:
        """The commits for which it is known which motions carried which reference."""
        with suppress(OSError):
            return {path.stem.partition("-")[2]: path for path in self._newest("carried-")}
        return {}

    def carried_at(self, commit: str) -> str | None:
        """What is known for one of them."""
        return self._read(f"carried-{commit}.json")

    def keep_carried(self, commit: str, text: str) -> None:
        """Keep it, and forget the oldest."""
        self._write(f"carried-{commit}.json", text)

    def program(self) -> str:
        """The name of the code that checks: what another version of it found is found again.

        Its bytes are read once for each time stamp that they have.
        """
        import antragsbuch_schema

        folders = (Path(antragsbuch_schema.__file__).parent, Path(__file__).parent)
        signature = hashlib.sha256(repr([_sources(folder) for folder in folders]).encode()).hexdigest()
        before = (self._read("program.txt") or "").split()
        if len(before) == 2 and before[0] == signature:
            return before[1]
        digest = hashlib.sha256()
        for folder in folders:
            for name, *_stamp in _sources(folder):
                digest.update((folder / name).read_bytes())
        self._write("program.txt", f"{signature} {digest.hexdigest()[:16]}")
        return digest.hexdigest()[:16]

    def _read(self, name: str) -> str | None:
        try:
            data = (self._folder / name).read_bytes()
        except OSError:
            return None
        told, _newline, body = data.partition(b"\n")
        try:
            return body.decode() if told == b"%08x" % zlib.crc32(body) else None
        except UnicodeDecodeError:
            return None

    def _write(self, name: str, text: str) -> None:
        body = text.encode()
        temporary = self._folder / f".{name}-{os.getpid()}"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            temporary.write_bytes(b"%08x\n" % zlib.crc32(body) + body)
            temporary.replace(self._folder / name)
            for old in self._newest(name.partition("-")[0] + "-")[_OLDER:] if "-" in name else ():
                old.unlink(missing_ok=True)
        except OSError:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)

    def _newest(self, prefix: str) -> list[Path]:
        return sorted(self._folder.glob(f"{prefix}*"), key=lambda path: path.stat().st_mtime_ns, reverse=True)


def cache_of(git_dir: Path) -> CheckCache:
    """The cache of the repository with this git directory."""
    own = git_dir / "antragsbuch"
    if os.access(own if own.is_dir() else git_dir, os.R_OK | os.W_OK | os.X_OK):
        return CheckCache(own / "checked")
    from .disposable import folders_of

    return CheckCache(folders_of(git_dir)[-1] / "checked")


def _sources(folder: Path) -> list[tuple[str, int, int]]:
    """Every module below a folder with its size and its time, sorted."""
    found: list[tuple[str, int, int]] = []
    todo = [""]
    while todo:
        below = todo.pop()
        with os.scandir(folder / below) as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    about = entry.stat()
                    found.append((below + entry.name, about.st_size, about.st_mtime_ns))
                elif entry.is_dir() and not entry.name.startswith(("_", "locale")):
                    todo.append(f"{below}{entry.name}/")
    return sorted(found)
