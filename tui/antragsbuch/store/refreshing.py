"""Bringing the index up to date: what is looked at, what is read, and what is written."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Collection, Generator
from contextlib import closing
from functools import partial
from itertools import islice
from sqlite3 import Connection
from typing import TYPE_CHECKING

from antragsbuch_schema.validate import COUNCIL_PATH, across, check_file, directory_of

from . import kept, listing, tables
from .carried import Past
from .check_cache import cache_of
from .database import Database
from .filling import Job, Made, Maker, count, made
from .findings import on
from .index_layout import has_trigrams
from .objects import FILE_MODES
from .planning import Plan, plan
from .program import digest
from .worktree import COUNCIL, read_if_there

if TYPE_CHECKING:
    from .register import Register

_BATCH = 64
_MAKERS = ("records.py", "filling.py", "kept.py")


def bring_up_to_date(
    register: Register,
    database: Database,
    paths: Collection[str] | None,
    *,
    processes: int,
    progress: Callable[[int, int], None] | None,
    cancelled: Callable[[], bool],
    today: dt.date,
) -> bool:
    """Take up what changed in the work tree and at HEAD; false where it was `cancelled` before the end.

    With `paths`, only these files of the work tree are looked at. For the one process that may write. Raises `Damaged`.
    """
    began = listing.now()
    council = read_if_there(register.root, COUNCIL)
    basis = _basis(council)
    head = register.objects.head() or ""
    todo = _plan(register, database, paths, basis, head)
    total, done = len(todo.jobs) + len(todo.removed), 0
    maker = Maker(register.root, council, register.git.layout.hash_name, today)
    trigrams = database.read(has_trigrams)
    put = partial(tables.put, heads=todo.heads, basis=basis, began=began, trigrams=trigrams)
    with closing(_made(register, todo, maker, processes)) as batches:
        for batch in batches:
            if cancelled():
                return False
            database.write(partial(put, made=batch))
            done += len(batch)
            if progress is not None:
                progress(done, total)
    if cancelled():
        return False
    past = Past(register.git, head or None, cache_of(register.git.layout.git_dir))
    database.write(lambda connection: _finish(connection, todo, council, basis, head, today, past, trigrams=trigrams))
    return True


def _plan(register: Register, database: Database, paths: Collection[str] | None, basis: str, head: str) -> Plan:
    """What is to be done for `paths`, or for all where the council or HEAD is another than before."""
    before, told = database.read(lambda connection: [tables.get(connection, name) for name in ("head", "basis")])
    if paths is not None and told == basis and before == head:
        stamps = {path: stamp for path in paths if (stamp := listing.stamp(register.root, path))}
        entries = {path: register.objects.entry(head or None, path) for path in paths}
        heads = {path: entry.oid for path, entry in entries.items() if entry and entry.mode in FILE_MODES}
        return plan(stamps, heads, database.read(lambda connection: tables.known_files(connection, paths)), basis)
    known = database.read(tables.known)
    if before == head:
        heads = {path: each.head for path, each in known.items() if each.head}
    else:
        heads = listing.committed(register.git, head or None)
    return plan(listing.present(register.root), heads, known, basis)


def _made(register: Register, todo: Plan, maker: Maker, processes: int) -> Generator[list[Made]]:
    yield from made(todo.jobs, maker, processes)
    blobs = (Job(path, "", register.objects.blob(todo.heads[path])) for path in todo.removed)
    while jobs := list(islice(blobs, _BATCH)):
        yield from made(jobs, maker, 1)


def _finish(
    connection: Connection,
    done: Plan,
    council: bytes | None,
    basis: str,
    head: str,
    today: dt.date,
    past: Past,
    *,
    trigrams: bool,
) -> None:
    """What concerns more than one file, once all are read."""
    tables.set_heads(connection, done.moved)
    tables.drop(connection, done.gone, trigrams=trigrams)
    day = tables.get(connection, "day")
    if day and day != today.isoformat():
        for key, always, dated in tables.changing(connection, day, today.isoformat()):
            tables.recount(connection, key, count(on(always, dated, today)))
        # a comment may ignore a finding up to some day
        tables.note(connection, "clashes", "")
    if not tables.get(connection, "clashes"):
        history = past.carried(lambda: tables.names(connection))
        tables.put_clashes(connection, across(tables.facts(connection), directory_of(council), history), today)
    if tables.get(connection, "basis") != basis:
        found = check_file(COUNCIL_PATH, council, directory_of(council)).findings if council is not None else None
        tables.note(connection, "council", "" if found is None else kept.dump(found))
    for name, value in (("day", today.isoformat()), ("basis", basis), ("head", head)):
        tables.note(connection, name, value)


def _basis(council: bytes | None) -> str:
    """The name of all that decides what is made of a file, apart from the file: the council's file and the program."""
    return hashlib.sha256(digest(_MAKERS) + (council or b"")).hexdigest()[:16]
