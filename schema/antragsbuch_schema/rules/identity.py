"""ID: the identities by which history and merge follow a motion and its parts."""

from __future__ import annotations

from collections.abc import Iterator

from antragsbuch_schema.diagnostics import Fix, Related, Severity
from antragsbuch_schema.edits import MISSING, Set
from antragsbuch_schema.i18n import N_, text
from antragsbuch_schema.ids import new_element_id, new_element_ids, new_motion_id

from .directory import Context
from .needs import UNCLEAR_IDS
from .registry import Problem, Scope, rule
from .view import Motion, View

_STEP = """
[[consultations]]
id = "c1"
organization = "Regionsversammlung"
date = 2023-12-19
role = "decision"
"""


@rule(
    "ID001",
    name="motion-without-id",
    severity=Severity.ERROR,
    what=N_("The motion has no identity."),
    why=N_(
        "History and merge follow a motion by its 'id', also when its reference changes. It is given once and "
        "never changed."
    ),
    wrong='id = ""\n',
    right='id = "k7m2qx9a"\n',
)
def motion_without_id(motion: Motion, context: Context) -> Iterator[Problem]:
    """A motion has an id."""
    if motion.string("id") is None and type(motion.data.get("id", "")) is str:
        identity = new_motion_id()
        old = motion.data.get("id", MISSING)
        yield Problem(
            motion.at("id") if "id" in motion.data else (),
            text("the motion has no 'id'"),
            text('Add a line such as id = "{id}".', id=identity),
            on="value" if "id" in motion.data else "header",
            fix=Fix((Set(("id",), old, identity),), text("Give it a new id."), safe=True),
        )


@rule(
    "ID002",
    name="same-id-twice",
    severity=Severity.ERROR,
    scope=Scope.FILE,
    needs=(UNCLEAR_IDS,),
    what=N_("Two elements of one list have the same identity."),
    why=N_(
        "History and merge would take one for the other. An id is never given twice, not even after its element "
        "is gone."
    ),
    wrong=_STEP + _STEP.replace("Regionsversammlung", "Regionsausschuss").replace("decision", "preparation"),
    right=_STEP.replace("Regionsversammlung", "Regionsausschuss").replace("decision", "preparation").replace("c1", "c2")
    + _STEP,
)
def same_id_twice(motion: Motion, context: Context) -> Iterator[Problem]:
    """Ids are unique in their list."""
    for field, elements in motion.lists:
        seen: dict[str, View] = {}
        fresh = ""
        for element in elements:
            identity = element.string("id")
            if identity is None:
                continue
            first = seen.setdefault(identity, element)
            if first is not element:
                fresh = fresh or new_element_id(field.prefix, (each.string("id") or "" for each in elements))
                yield Problem(
                    element.at("id"),
                    text("the id {id} is taken in this list", id=identity),
                    text("Give the newer one another id, such as {id}.", id=fresh),
                    related=(Related(first.at("id"), text("the first one")),),
                )


@rule(
    "ID003",
    name="element-without-id",
    severity=Severity.WARNING,
    scope=Scope.FILE,
    needs=(UNCLEAR_IDS,),
    what=N_("An element of a list has no identity."),
    why=N_("History and merge match elements by 'id'. Without one they are matched by body and date, or not at all."),
    wrong=_STEP.replace('id = "c1"\n', ""),
    right=_STEP,
)
def element_without_id(motion: Motion, context: Context) -> Iterator[Problem]:
    """Elements have ids."""
    for field, elements in motion.lists:
        fresh: Iterator[str] | None = None
        for element in elements:
            if element.string("id") is None and type(element.data.get("id", "")) is str:
                if fresh is None:
                    fresh = new_element_ids(field.prefix, (each.string("id") or "" for each in elements))
                identity = next(fresh)
                old = element.data.get("id", MISSING)
                yield Problem(
                    element.at("id") if "id" in element.data else element.place,
                    text("this element has no 'id'"),
                    text('Add a line such as id = "{id}".', id=identity),
                    on="value" if "id" in element.data else "header",
                    fix=Fix((Set(element.at("id"), old, identity),), text("Give it a new id."), safe=True),
                )
