"""Saving a motion where its reference says: a reference that changes takes its file along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from antragsbuch_schema.reference import Scheme

from . import worktree
from .errors import AlreadyThere
from .parsing import TomlError, parsed
from .register import Opened, Register


def save(register: Register, opened: Opened, text: str, council: Mapping[str, Any]) -> Opened:
    """Write `text` to the file, under another name where its reference asks for that.

    `council` is the parsed file of the council. A file that does not lie where its reference said is left there, and
    so is one that can't be read. Raises as `Register.save`.
    """
    for path in goes_to(opened, text, council):
        try:
            return register.rename(opened, path, text)
        except AlreadyThere:
            continue
    return register.save(opened, text)


def goes_to(opened: Opened, text: str, council: Mapping[str, Any]) -> tuple[str, ...]:
    """Where the file goes if its reference changed: the usual path, and the one beside a namesake; else nowhere."""
    scheme = Scheme.of(council)
    before, after = opened.document, parsed(text.encode("utf-8", "surrogateescape"))
    if opened.path == worktree.COUNCIL or isinstance(before, TomlError) or isinstance(after, TomlError):
        return ()
    reference, identity = after.data.get("reference"), after.data.get("id")
    wanted = scheme.path_for(after.data)
    if wanted == opened.path or scheme.path_for(before.data) != opened.path or not isinstance(identity, str):
        return ()
    twin = scheme.twin_path(reference, identity) if isinstance(reference, str) and reference else wanted
    return (wanted, twin)
