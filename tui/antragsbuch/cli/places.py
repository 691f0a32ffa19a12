"""A field as people name it on the command line: a place, or the label of a field."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from antragsbuch.i18n import _

from .common import Refused

if TYPE_CHECKING:
    from antragsbuch_schema.fields import Fields
    from antragsbuch_schema.places import Place


def place_of(typed: str, fields: Fields, *versions: Mapping[str, Any]) -> Place:
    """The place that was named: `facts`, `consultations[c3].votes[v1]`, or a label such as `Sachverhalt`.

    It must be in one of `versions`, or be a field of the file. Raises `Refused` with what may have been meant.
    """
    from antragsbuch_schema.fields import field_at, walk
    from antragsbuch_schema.i18n import Text
    from antragsbuch_schema.places import PlaceError, parse, value_at

    labels = {Text(field.label)(language).casefold(): field.name for field in fields for language in ("de", "en")}
    named = labels.get(" ".join(typed.split()).casefold())
    try:
        place = parse(named or typed)
    except PlaceError:
        place = ()
    there = any(value_at(_without_sentence(place), version) is not None for version in versions)
    if place and (there or (len(place) == 1 and field_at(place, fields))):
        return place
    known = [*labels, *(".".join(path) for path, _field in walk(fields) if len(path) < 3)]
    close = difflib.get_close_matches(typed.casefold(), known, 1, 0.6)
    hint = " " + _("Did you mean {word}?").format(word=labels.get(close[0], close[0])) if close else ""
    raise Refused(_("There is no field {name} here.").format(name=typed) + hint)


def _without_sentence(place: Place) -> Place:
    """A sentence has a place and is no value of the file."""
    return place[:-1] if len(place) > 1 and isinstance(place[-1], int) else place
