"""Bringing back what was: a whole version, or one place of it."""

from __future__ import annotations

from antragsbuch.i18n import _
from antragsbuch_schema import places
from antragsbuch_schema.conflicts import Conflict
from antragsbuch_schema.edits import MISSING, Data
from antragsbuch_schema.fields import Fields
from antragsbuch_schema.merge import take
from antragsbuch_schema.places import Place
from antragsbuch_schema.toml.edit import rewrite

from . import placing, worktree
from .comparing import data_of, fields_of
from .errors import StoreError
from .register import Register


def with_place(now: Data, then: Data, place: Place) -> Data:
    """`now` with what `then` has at `place`; nothing there, where `then` has nothing.

    Raises `PlaceError` where `now` has nothing that could hold it.
    """
    value = places.value_at(place, then)
    return take(now, Conflict(place, MISSING, MISSING, MISSING), MISSING if value is None else value)


def bring_back(register: Register, path: str, then: bytes, place: Place | None = None) -> str:
    """Write the version `then`, or only what it has at `place`, into the work tree; the path where it lies after that.

    `path` is where the motion lies now, or lay last where it is gone. Raises `StoreError`, also where a version
    can't be read or the motion has no room for the place any more.
    """
    before = worktree.read_if_there(register.root, path)
    if before is None:
        if place is not None:
            raise StoreError(_("The motion is gone; bring it back as a whole first."))
        return register.create(path, then).path
    if place is None:
        text = then.decode("utf-8", "surrogateescape")
    else:
        text = _with_place_of(before, then, place, fields_of(path))
    return placing.save(register, register.open(path), text, register.council()).path


def _with_place_of(before: bytes, then: bytes, place: Place, fields: Fields) -> str:
    now, old = data_of(before), data_of(then)
    if not isinstance(now, dict) or not isinstance(old, dict):
        raise StoreError(_("A version can't be read; bring it back as a whole."))
    try:
        return rewrite(before.decode(), with_place(now, old, place), fields)
    except places.PlaceError as error:
        raise StoreError(
            _("{field} has no place in the motion as it is now; bring back what it is in.").format(
                field=places.render(place)
            )
        ) from error
