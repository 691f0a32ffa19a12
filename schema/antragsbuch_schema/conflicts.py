"""A conflict of a merge: what both sides changed otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from .edits import MISSING
from .normal import same
from .places import Place


@dataclass(frozen=True, slots=True)
class Conflict:
    """What both changed otherwise: the three values at `place` (`MISSING` for nothing there).

    Where `unit` is not empty, the values are tables of just these keys of the element at `place`. `proposal` is a
    value with both changes, to be confirmed; `MISSING` where there is none.
    """

    place: Place
    base: Any
    ours: Any
    theirs: Any
    proposal: Any = MISSING
    unit: tuple[str, ...] = ()

    def version(self, side: Literal["base", "ours", "theirs", "proposal"]) -> Any:
        """The value of a side. Raises `ValueError` where there is no proposal."""
        if side == "proposal" and self.proposal is MISSING:
            raise ValueError("there is no proposal")
        return getattr(self, side)


@dataclass(slots=True)
class Conflicts:
    """The conflicts found so far."""

    found: list[Conflict] = field(default_factory=list)


class Versions(NamedTuple):
    """The same thing in the three versions; `MISSING` where it is not there."""

    base: Any
    ours: Any
    theirs: Any

    def all(self, *kinds: type) -> bool:
        """Whether each is of one of these types or not there."""
        return all(value is MISSING or isinstance(value, kinds) for value in self)

    def or_empty(self, empty: Any) -> Versions:
        """With `empty` where there is nothing."""
        return Versions(*(empty if value is MISSING else value for value in self))

    def decided(self) -> tuple[Any] | None:
        """The value where it is not a question, as a tuple of one."""
        if same(self.ours, self.theirs) or same(self.base, self.theirs):
            return (self.ours,)
        return (self.theirs,) if same(self.base, self.ours) else None
