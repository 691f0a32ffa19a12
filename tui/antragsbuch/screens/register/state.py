"""What the list of motions shows, as plain values, and how it follows what happens. No Textual."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from antragsbuch.store.past import Past

View = Literal["short", "printed", "file"]
Panes = Literal["both", "list", "preview"]

VIEWS: tuple[View, ...] = ("short", "printed", "file")
PANES: tuple[Panes, ...] = ("both", "list", "preview")


@dataclass(frozen=True, slots=True)
class Removed:
    """A file that was deleted here, and what it held: what undo writes again."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class ListState:
    """The list. `query` is what holds, `found` of `total` motions fit it; `problems` are the words of it that were
    not understood. `marked` are paths. `removed` are the deletions of this session, the last one last, each of one
    or several motions. `past` is the register of a day before, None for now.
    """

    query: str = ""
    found: int = 0
    total: int = 0
    problems: tuple[str, ...] = ()
    loaded: bool = False
    marked: frozenset[str] = frozenset()
    view: View = "short"
    panes: Panes = "both"
    removed: tuple[tuple[Removed, ...], ...] = ()
    past: Past | None = None


def searched(
    state: ListState, query: str, found: int, total: int, problems: tuple[str, ...] = (), *, complete: bool = True
) -> ListState:
    """The rows of a query are there; not `complete`: the register is still being read."""
    loaded = state.loaded or complete or total > 0
    return replace(state, query=query, found=found, total=total, problems=problems, loaded=loaded)


def toggled(state: ListState, path: str) -> ListState:
    """The motion is marked, or no longer."""
    return replace(state, marked=state.marked ^ {path})


def unmarked(state: ListState) -> ListState:
    """Nothing is marked."""
    return replace(state, marked=frozenset())


def next_view(state: ListState) -> ListState:
    """The next way to show a motion."""
    return replace(state, view=VIEWS[(VIEWS.index(state.view) + 1) % len(VIEWS)])


def next_panes(state: ListState) -> ListState:
    """The next way to share the room."""
    return replace(state, panes=PANES[(PANES.index(state.panes) + 1) % len(PANES)])


def deleted(state: ListState, removed: tuple[Removed, ...]) -> ListState:
    """Motions were deleted; they are no longer marked."""
    gone = {one.path for one in removed}
    return replace(state, marked=state.marked - gone, removed=(*state.removed, removed))


def restored(state: ListState) -> ListState:
    """The last deletion was taken back."""
    return replace(state, removed=state.removed[:-1])


def as_of(state: ListState, past: Past) -> ListState:
    """The register as it was; marks are of now, and go."""
    return replace(state, past=past, marked=frozenset())


def now(state: ListState) -> ListState:
    """The register as it is."""
    return replace(state, past=None, marked=frozenset())
