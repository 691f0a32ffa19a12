"""A database that may be lost at any time: whoever reads or fills it gets a new one where it turns out damaged."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from antragsbuch.i18n import _

from . import database
from .database import Database, Layout
from .errors import CannotWrite, Damaged

_Result = TypeVar("_Result")


class Cancelled(Exception):
    """The caller did not want the answer any more."""


class Overtaken(Exception):
    """The database was lost, or begun anew by somebody else, before the work was done."""


class Disposable:
    """The database in the first of `folders` that can be written. May be used from any thread."""

    def __init__(self, folders: Sequence[Path], layout: Layout) -> None:
        self._folders, self._layout = tuple(folders), layout
        self._filling, self._beside = threading.Lock(), threading.Lock()
        self.database: Database = database.opened(self._folders, layout)
        self.generation = 0
        """How often it was begun anew."""
        self.damaged = False
        """Whether it was found damaged; the next filling begins it anew."""

    def close(self) -> None:
        """Let go of the file. What fills it in another thread must have been cancelled before."""
        with self._beside, self._filling:
            self.database.close()

    def read(
        self,
        find: Callable[[sqlite3.Connection], _Result],
        refill: Callable[[], object],
        cancelled: Callable[[], bool] | None = None,
    ) -> _Result:
        """What `find` finds; where the database turns out damaged, again after `refill`.

        Raises `Cancelled` as soon as `cancelled` says so, `CannotWrite` where there can't be a good one.
        """
        for last in (False, True):
            try:
                return self.database.read(find, cancelled)
            except (Damaged, ValueError) as error:
                self.damaged = True
                if last:
                    raise self.unusable(error) from error
                refill()
            except sqlite3.OperationalError as error:
                if cancelled is not None and cancelled():
                    raise Cancelled from error
                raise self.unusable(error) from error
        raise AssertionError("the second attempt returns or raises")

    def fill(self, work: Callable[[Database], _Result], cancelled: Callable[[], bool]) -> _Result:
        """What `work` returns, as the only one of all processes that fills; twice where the first turns out damaged.

        Raises `CannotWrite`.
        """
        with self._filling:
            for last in (False, True):
                if self.damaged or not self.database.path.exists():
                    self._begin_anew()
                try:
                    with database.alone(self.database, cancelled):
                        return work(self.database)
                except Damaged as error:
                    self.damaged = True
                    if last:
                        raise self.unusable(error) from error
                except sqlite3.OperationalError as error:
                    raise self.unusable(error) from error
        raise AssertionError("the second attempt returns or raises")

    def beside(self, work: Callable[[Database], _Result], cancelled: Callable[[], bool]) -> _Result:
        """What `work` returns, which takes long, as the only one of all processes; others may fill meanwhile.

        Raises `Overtaken`: begin again after a filling.
        """
        with self._beside:
            mine = self.database
            try:
                with database.alone(mine, cancelled, "beside"):
                    return work(mine)
            except Damaged as error:
                self.damaged = self.damaged or mine is self.database
                raise Overtaken from error
            except FileNotFoundError as error:
                # its folder was deleted
                raise Overtaken from error
            except sqlite3.ProgrammingError as error:
                if mine is self.database:
                    raise
                raise Overtaken from error
            except sqlite3.OperationalError as error:
                raise self.unusable(error) from error

    def _begin_anew(self) -> None:
        self.database.close()
        self.database = database.opened(self._folders, self._layout, anew=self.database.path)
        self.generation += 1
        self.damaged = False

    def unusable(self, error: Exception) -> CannotWrite:
        """That there can't be a database that works."""
        return CannotWrite(
            _("The index {path} can't be used: {reason}.").format(path=self.database.path, reason=error),
            _("Check free space and permissions; the index can be deleted at any time, it is filled again."),
            str(error),
        )


def folders_of(git_dir: Path) -> tuple[Path, ...]:
    """Where a database may lie: in the git directory, else in the person's cache folder."""
    from platformdirs import user_cache_path

    name = hashlib.sha256(os.fsencode(git_dir)).hexdigest()[:16]
    return (git_dir / "antragsbuch", user_cache_path("antragsbuch") / name)
