"""Indexes of real repositories for tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from antragsbuch.store.index import Index
from antragsbuch.store.query import parse
from antragsbuch.store.register import open_register
from antragsbuch.store.rows import Row
from antragsbuch.store.source import Order

from .generated import TODAY
from .repositories import Repository, motion


@contextmanager
def indexed(repository: Repository, *, refresh: bool = True, **options: Any) -> Iterator[Index]:
    """The index of a repository, up to date unless `refresh` is false."""
    with open_register(repository.root) as found:
        index = Index(found, **options)
        try:
            if refresh:
                assert index.refresh(today=TODAY)
            yield index
        finally:
            index.close()


def everything(index: Index, text: str = "", order: Order = Order.REFERENCE, *, descending: bool = False) -> list[Row]:
    """All rows of a filter."""
    source = index.source(parse(text), order, descending=descending)
    rows = source.rows(0, source.count())
    assert len(rows) == source.count()
    return rows


def references(index: Index, text: str = "") -> list[str]:
    """The references of all rows of a filter."""
    return [row.reference for row in everything(index, text)]


def write_and_look(root: Path, number: int) -> None:
    """In a process of its own: fill the index, write a motion with this number, and find it."""
    with indexed(Repository(root), processes=1) as index:
        path = f"motions/V/9900/990{number}-HHA.toml"
        Repository(root).write(path, motion(f"990{number} (V) HHA"))
        index.refresh(today=TODAY)
        assert references(index, f"ref:990{number}") == [f"990{number} (V) HHA"]


def index_files(folder: Path) -> list[Path]:
    """The files of indexes in a folder."""
    return sorted(folder.glob("index-*.sqlite"))


Opener = Callable[..., Index]
