"""New objects, written by git alone: it knows about permissions, and brings them to the disk."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import Popen
from typing import Literal

from antragsbuch.i18n import _

from . import identity, journal
from .errors import SigningFailed, StoreError
from .objects import object_name
from .runner import Git, Result, failure

Kind = Literal["blob", "tree"]

_MANY = 200
"""So many objects become one pack: one by one each is brought to the disk by itself, and the pipes would fill up."""
_TYPES: Mapping[Kind, int] = {"tree": 2, "blob": 3}


@contextmanager
def written(git: Git, contents: Mapping[Kind, Sequence[bytes]], folder: Path) -> Iterator[None]:
    """Write objects with these contents while the body runs: one process for each kind, side by side; many at once.

    `folder` is where scratch files may lie. Raises `GitError`, `CannotWrite`; git names what it has written by its
    content, and an object with another name than ours was not kept as given.
    """
    if sum(map(len, contents.values())) > _MANY:
        git.run("index-pack", "--stdin", stdin=_packed(git.layout.hash_name, contents))
        yield
        return
    with journal.scratch(folder) as place:
        running = {kind: _started(git, kind, found, place) for kind, found in contents.items() if found}
        try:
            yield
        finally:
            ended = {kind: _ended(process) for kind, process in running.items()}
    for kind, result in ended.items():
        if result.status != 0:
            raise failure("hash-object", result)
        names = [object_name(git.layout.hash_name, kind, content) for content in contents[kind]]
        if result.out.decode().split() != names:
            raise StoreError(_("git did not keep what it was given; nothing was committed."))


def commit_object(git: Git, head: str | None, tree: str, message: str) -> str:
    """Write a commit of `tree` on top of `head` (None: the first one), signed if the person wants that; its name.

    Raises `SigningFailed`, `GitError`, `CannotWrite`.
    """
    parents = ["-p", head] if head else []
    sign = ["-S"] if git.config.flag("commit.gpgsign") else []
    result = git.attempt(
        "commit-tree", *parents, *sign, tree,
        stdin=message.encode("utf-8"), env=identity.environment(git.config),
    )  # fmt: skip
    if result.status == 0:
        return result.out.decode().strip()
    if sign:
        raise SigningFailed(
            _("The commit could not be signed, so nothing was committed."),
            _("Check user.signingkey, gpg.format and the agent of gpg or ssh."),
            result.err.strip(),
        )
    raise failure("commit-tree", result)


def _packed(hash_name: str, contents: Mapping[Kind, Sequence[bytes]]) -> bytes:
    """A pack, as git's format of version 2 has it, with every object whole."""
    every = {kind: dict.fromkeys(found) for kind, found in contents.items()}
    parts = [b"PACK" + struct.pack(">II", 2, sum(map(len, every.values())))]
    for kind, found in every.items():
        for content in found:
            # four bits of the size beside the kind, then seven in each byte while there are more
            rest, byte = len(content) >> 4, _TYPES[kind] << 4 | len(content) & 15
            head = bytearray()
            while rest:
                head.append(byte | 128)
                rest, byte = rest >> 7, rest & 127
            parts += (bytes((*head, byte)), zlib.compress(content))
    body = b"".join(parts)
    return body + hashlib.new(hash_name, body).digest()


def _started(git: Git, kind: Kind, contents: Sequence[bytes], place: Path) -> Popen[bytes]:
    arguments: tuple[str, ...]
    if len(contents) == 1:
        arguments, stdin = ("--stdin",), contents[0]
    else:
        files = [place / f"{kind}-{number}" for number in range(len(contents))]
        for file, content in zip(files, contents, strict=True):
            file.write_bytes(content)
        arguments = ("--no-filters", "--stdin-paths")
        stdin = "".join(f"{file}\n" for file in files).encode("utf-8", "surrogateescape")
    process = git.start("hash-object", "-w", "-t", kind, *arguments)
    assert process.stdin is not None
    # if it ends early, its status says why
    with suppress(BrokenPipeError):
        process.stdin.write(stdin)
        process.stdin.close()
    return process


def _ended(process: Popen[bytes]) -> Result:
    # its input is closed, so that only what it says is left to be read
    process.stdin = None
    out, err = process.communicate()
    return Result(process.returncode, out, err.decode("utf-8", "replace"))
