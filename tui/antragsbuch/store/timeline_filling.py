"""Filling the timeline with commits: what a tip reaches comes in, what no tip reaches any more goes."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from sqlite3 import Connection
from typing import TYPE_CHECKING, NamedTuple

from antragsbuch_schema.folding import words

from . import messages
from .database import Database
from .objects import Commit, Person
from .source import to_column
from .timeline_commits import Told, listed, told
from .timeline_graph import Node, alone

if TYPE_CHECKING:
    from .register import Register

_VIEWS = 8
"""So many tips are remembered; the commits of one that nobody asked for in a while go."""
_NODES = 200_000
_LAST_SECOND = 1 << 40


class View(NamedTuple):
    """A tip that somebody looks from: `reached` is what the tables hold, `wanted` what was begun to be taken up."""

    key: int
    name: str
    wanted: str
    reached: str
    used: int


def views(connection: Connection) -> dict[str, View]:
    """Every view by its name."""
    rows = connection.execute("SELECT key, name, wanted, reached, used FROM views")
    return {row[1]: View(*row) for row in rows}


def is_current(register: Register, connection: Connection, name: str, tip: str) -> bool:
    """Whether all that `tip` reaches is there for the view called `name`."""
    view = views(connection).get(name)
    return view is not None and view.reached == view.wanted == tip and _ends_noted(connection) == _ends(register)


def follow(
    register: Register,
    database: Database,
    name: str,
    tip: str,
    *,
    progress: Callable[[int, int], None] | None,
    stop: Callable[[], bool],
) -> bool:
    """Take up the commits that `tip` reaches, for the view called `name`; false where it was told to `stop`.

    For the one process that may write. Raises `Damaged`, `StoreError`.
    """
    ends = _ends(register)
    known = database.read(views)
    tips = {each for view in known.values() for each in (view.reached, view.wanted) if each}
    if database.read(_ends_noted) != ends or not all(register.objects.has(each) for each in tips):
        # nothing can be told from tips that are gone
        database.write(lambda connection: _forget(connection, ends))
        known, tips = {}, set()
    if name in known and known[name].reached == known[name].wanted == tip:
        return True
    interrupted = any(view.reached != view.wanted for view in known.values())
    database.write(lambda connection: _want(connection, name, tip))
    new = listed(register, [tip], {view.reached for view in known.values() if view.reached})
    if interrupted:
        there = database.read(
            lambda connection: {oid.hex() for (oid,) in connection.execute("SELECT oid FROM commits")}
        )
        new = [commit for commit in new if commit[0] not in there]
    writer, done = _Writer(ends), 0
    for batch in told(register, new):
        if stop():
            return False
        database.write(partial(writer.put, batch=batch))
        done += len(batch)
        if progress is not None:
            progress(done, len(new))
    _settle(register, database, name, tips)
    return True


def _settle(register: Register, database: Database, name: str, before: Collection[str]) -> None:
    """Once all is there: forget the commits that no view reaches, and note for each view those that it does not."""
    known = database.read(views)
    kept = sorted(known.values(), key=lambda view: (view.name != name, -view.used))[:_VIEWS]
    tips = {view.key: view.wanted if view.name == name else view.reached for view in kept}
    held = {tip for tip in tips.values() if tip}
    left = {*before, *(view.wanted for view in known.values())} - held - {""}
    gone = [commit[0] for commit in listed(register, left, held)] if left else []
    hidden = {
        key: [commit[0] for commit in listed(register, held - {tip}, {tip} - {""})] if held != {tip} else []
        for key, tip in tips.items()
    }
    view = known[name]

    def note(connection: Connection) -> None:
        _remove(connection, gone)
        connection.execute("DELETE FROM hidden")
        for key, commits in hidden.items():
            connection.executemany(
                "INSERT INTO hidden SELECT ?, key FROM commits WHERE oid = ?",
                ((key, bytes.fromhex(commit)) for commit in commits),
            )
        connection.executemany(
            "DELETE FROM views WHERE key = ?", ((each.key,) for each in known.values() if each not in kept)
        )
        # a view whose filling was interrupted must begin again from what is surely there
        connection.execute("UPDATE views SET wanted = reached")
        connection.execute(
            "UPDATE views SET wanted = ?1, reached = ?1, used = ?2 WHERE key = ?3", (view.wanted, _now(), view.key)
        )

    database.write(note)


def _now() -> int:
    return int(time.time())


def _ends(register: Register) -> Mapping[str, str]:
    """The commits at which a shallow clone ends."""
    try:
        return dict.fromkeys((register.git.layout.common_dir / "shallow").read_text(encoding="ascii").split(), "")
    except FileNotFoundError:
        return {}


def _ends_noted(connection: Connection) -> Mapping[str, str]:
    return {oid: "" for (oid,) in connection.execute("SELECT key FROM meta WHERE value = 'end'")}


def _forget(connection: Connection, ends: Iterable[str]) -> None:
    for table in ("commits", "changes", "strays", "stray_edits", "lost", "hidden", "views"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("DELETE FROM meta WHERE value = 'end'")
    connection.executemany("INSERT INTO meta VALUES (?, 'end')", ((oid,) for oid in ends))


def _want(connection: Connection, name: str, tip: str) -> None:
    connection.execute(
        "INSERT OR IGNORE INTO views (name, wanted, reached, used) VALUES (?, '', '', ?)", (name, _now())
    )
    connection.execute("UPDATE views SET wanted = ? WHERE name = ?", (tip, name))


def _remove(connection: Connection, commits: Iterable[str]) -> None:
    keys = [
        (key,)
        for oid in commits
        for key in connection.execute("SELECT key FROM commits WHERE oid = ?", (bytes.fromhex(oid),)).fetchone() or ()
    ]
    for statement in (
        "DELETE FROM lost WHERE edit IN (SELECT key FROM changes WHERE id = ?)",
        "DELETE FROM lost WHERE merge = ?",
        "DELETE FROM stray_edits WHERE stray IN (SELECT key FROM strays WHERE merge = ?)",
        "DELETE FROM strays WHERE merge = ?",
        "DELETE FROM changes WHERE id = ?",
        "DELETE FROM commits WHERE key = ?",
    ):
        connection.executemany(statement, keys)


class _Writer:
    """Writes commits in their order; remembers what it needs of those before."""

    def __init__(self, ends: Collection[str]) -> None:
        self._ends = ends
        self._nodes: dict[bytes, Node] = {}
        self._people: dict[tuple[str, str], int] = {}
        self._paths: dict[str, int] = {}

    def put(self, connection: Connection, batch: Sequence[Told]) -> None:
        """The commits of `batch`, and what they changed."""
        try:
            self._put(connection, batch)
        except BaseException:
            # none of these numbers is in the tables
            self._nodes, self._people, self._paths = {}, {}, {}
            raise

    def _put(self, connection: Connection, batch: Sequence[Told]) -> None:
        if len(self._nodes) > _NODES:
            self._nodes = {}
        (key,) = connection.execute("SELECT ifnull(max(key), 0) FROM commits").fetchone()
        (change,) = connection.execute("SELECT ifnull(max(key), 0) FROM changes").fetchone()
        commits: list[tuple[object, ...]] = []
        changes: list[tuple[object, ...]] = []
        merges: list[tuple[Told, Node]] = []
        for each in batch:
            key += 1
            commit = each.commit
            oid, cut = bytes.fromhex(commit.oid), commit.oid in self._ends
            parents = () if cut else tuple(map(bytes.fromhex, commit.parents))
            above = [node.stamp + 1 for parent in parents if (node := self._node(connection, parent))]
            stamp = max(min(max(commit.committer.time, 0), _LAST_SECOND), *above, 0)
            node = self._nodes[oid] = Node(key, stamp, parents)
            commits.append((key, oid, b"".join(parents), stamp, *self._about(connection, commit), commit.signed, cut))
            tie = int.from_bytes(oid[:7], "big")
            for file in each.touched:
                change += 1
                old_path = self._path(connection, file.old_path) if file.old_path else None
                changes.append(
                    (
                        change, key, self._path(connection, file.path), old_path, _name(file.blob),
                        _name(file.old_blob), bool(each.against), stamp, tie,
                    )
                )  # fmt: skip
            if any(each.against):
                merges.append((each, node))
        connection.executemany(f"INSERT INTO commits VALUES ({', '.join('?' * 14)})", commits)
        connection.executemany(
            "INSERT INTO changes (key, id, path, old_path, blob, old_blob, merged, stamp, tie)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            changes,
        )
        for merge, node in merges:
            self._put_strays(connection, merge, node)

    def _put_strays(self, connection: Connection, merge: Told, node: Node) -> None:
        """Note the edits of one side of a merge in files that are not as this side had them."""
        sides = alone(lambda oid: self._node(connection, oid), node.parents)
        for side, (commits, differing) in enumerate(zip(sides, merge.against, strict=True)):
            for path, (blob, result) in differing.items() if commits else ():
                edits = [
                    key
                    for key, commit in connection.execute(
                        "SELECT key, id FROM changes WHERE path = ?1 OR old_path = ?1 ORDER BY stamp",
                        (self._path(connection, path),),
                    )
                    if commit in commits
                ]
                if edits:
                    stray = connection.execute(
                        "INSERT INTO strays (merge, path, side, blob, result, settled) VALUES (?, ?, ?, ?, ?, 0)",
                        (node.key, self._path(connection, path), side, _name(blob), _name(result)),
                    ).lastrowid
                    connection.executemany("INSERT INTO stray_edits VALUES (?, ?)", ((stray, edit) for edit in edits))

    def _about(self, connection: Connection, commit: Commit) -> tuple[object, ...]:
        reason = dict(messages.trailers_of(commit.message)).get(messages.REASON, "")
        moment = commit.author.moment
        return (
            self._person(connection, commit.author),
            self._person(connection, commit.committer),
            int(moment.timestamp()),
            int((moment.utcoffset() or moment - moment).total_seconds()) // 60,
            moment.date().isoformat(),
            messages.subject_of(commit.message),
            reason,
            f" {' '.join(words(commit.message))} ",
        )

    def _node(self, connection: Connection, oid: bytes) -> Node | None:
        known = self._nodes.get(oid)
        if known is None:
            row = connection.execute("SELECT key, stamp, parents FROM commits WHERE oid = ?", (oid,)).fetchone()
            if row is None:
                return None
            known = self._nodes[oid] = Node(row[0], row[1], names_in(row[2], len(oid)))
        return known

    def _person(self, connection: Connection, person: Person) -> int:
        who = (person.name, person.email)
        if who not in self._people:
            connection.execute("INSERT OR IGNORE INTO people (name, email) VALUES (?, ?)", who)
            (self._people[who],) = connection.execute(
                "SELECT key FROM people WHERE name = ? AND email = ?", who
            ).fetchone()
        return self._people[who]

    def _path(self, connection: Connection, path: str) -> int:
        if path not in self._paths:
            column = to_column(path)
            connection.execute("INSERT OR IGNORE INTO paths (path) VALUES (?)", (column,))
            (self._paths[path],) = connection.execute("SELECT key FROM paths WHERE path = ?", (column,)).fetchone()
        return self._paths[path]


def names_in(packed: bytes, width: int) -> tuple[bytes, ...]:
    """The names of objects in a row of them, each of `width` bytes."""
    return tuple(packed[start : start + width] for start in range(0, len(packed), width))


def _name(blob: str | None) -> bytes | None:
    return bytes.fromhex(blob) if blob else None
