"""The words of the schema in the language of this process: labels, help, choices."""

from __future__ import annotations

from antragsbuch.i18n import _, language
from antragsbuch_schema.fields import Choice, Field
from antragsbuch_schema.i18n import N_, catalogue

SHORT = {
    "as_proposed": N_("as prop."),
    "partly": N_("partly"),
    "withdrawn": N_("withdrawn"),
    "removed": N_("off agenda"),
    "noted": N_("noted"),
    "no_vote": N_("no vote"),
    "other": N_("other"),
    "noting": N_("noting"),
    "debate": N_("consult."),
}
"""Codes in at most eleven cells, for the columns of a narrow table; what is not here is short already."""


def of_schema(message: str) -> str:
    """A message of the schema's catalogue in the current language."""
    return catalogue(language()).gettext(message)


def title(message: str) -> str:
    """A heading in the current language, from the catalogue of the program or else of the schema."""
    own = _(message)
    return of_schema(message) if own == message else own


def label(field: Field) -> str:
    """What people call the field."""
    return of_schema(field.label)


def help_of(field: Field) -> str:
    """What belongs into the field, in a sentence."""
    return of_schema(field.help) if field.help else ""


def choice(choice: Choice) -> str:
    """What people call one of the choices of a field."""
    return of_schema(choice.label)


def short_choice(choice: Choice) -> str:
    """The same as short as a column of a narrow table needs it."""
    return _(SHORT[choice.code]) if choice.code in SHORT else of_schema(choice.label)
