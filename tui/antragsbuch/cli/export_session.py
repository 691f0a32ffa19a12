"""The motions of one session, in the order of its agenda."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from antragsbuch.i18n import _

from .common import Refused

if TYPE_CHECKING:
    from antragsbuch_schema.rules.directory import Directory

    from .export_selection import Chosen, Sitting

_Step = Mapping[str, Any]


def of_session(
    motions: Iterable[Chosen], body: str, date: dt.date, council: Mapping[str, Any]
) -> tuple[Sitting, tuple[Chosen, ...]]:
    """The session of `body` on `date`, and those of `motions` that it deals with; those without agenda item last.

    The body is named as the motions or the council call it, or by words that mean only one of those that meet on that
    day. Raises `Refused` where none does, or several.
    """
    from antragsbuch.store.records import natural
    from antragsbuch_schema.rules.directory import Directory

    from .export_selection import Sitting

    directory = Directory(council)
    dealt = [
        (one, step, _bodies(step, directory, date))
        for one in motions
        for step in _tables(one.data, "consultations")
        if step.get("date") == date
    ]
    meant = _meant(body, {name for _one, _step, names in dealt for name in names}, directory, date)
    found: dict[str, Chosen] = {}
    for one, step, names in dealt:
        if meant in names:
            # a body that deals with it twice a day does so first where it comes first
            found.setdefault(one.path, one._replace(agenda_item=str(step.get("agenda_item") or "")))
    items = sorted(found.values(), key=lambda one: (not one.agenda_item, natural(one.agenda_item)))
    return Sitting(meant, date), tuple(items)


def _meant(body: str, meeting: set[str], directory: Directory, date: dt.date) -> str:
    """Which of those that meet is meant by `body`."""
    from antragsbuch_schema.folding import words

    name = _called(body, directory, date)
    same = [known for known in sorted(meeting) if words(known) == words(name)]
    close = [known for known in sorted(meeting) if set(words(body)) <= set(words(known))] if words(body) else []
    if same or len(close) == 1:
        return (same or close)[0]
    day = f"{date:%d.%m.%Y}"
    if not meeting:
        raise Refused(_("No motion goes to a session on {date}.").format(date=day))
    raise Refused(
        (
            _("{body} means several bodies that meet on {date}: {names}")
            if close
            else _("No motion goes to {body} on {date}; that day there are: {names}")
        ).format(body=body, date=day, names="; ".join(close or sorted(meeting)))
    )


def _bodies(step: _Step, directory: Directory, date: dt.date) -> set[str]:
    """The bodies of a step, each by one name whatever the motions call it."""
    joint = step.get("joint_with")
    names = [step.get("organization"), *(joint if isinstance(joint, list) else ())]
    return {_called(name, directory, date) for name in names if isinstance(name, str) and name}


def _called(name: str, directory: Directory, date: dt.date) -> str:
    group = directory.bodies.on(name, date)
    return group.name if group else name


def _tables(data: Mapping[str, Any], name: str) -> list[_Step]:
    value = data.get(name)
    return [element for element in value if isinstance(element, Mapping)] if isinstance(value, list) else []
