"""How the findings of a rule are mended, for its page: what a fix does, and whether it is safe."""

from __future__ import annotations

from collections.abc import Mapping

from antragsbuch_schema.i18n import N_

_ID = N_("gives it a new id, another than every one that is there")

SAFE: Mapping[str, str] = {
    "SC001": N_("writes the value in the right type, where it is clear which is meant"),
    "ID001": _ID,
    "ID003": _ID,
    "TX003": N_("deletes the character"),
    "TX004": N_("writes a blank"),
    "TX005": N_("writes one character for the two that look like it"),
    "TX008": N_("writes single blanks, and none at an end"),
    "SU005": N_("takes the code out of the comment, and the comment away with the last one"),
}
"""By code, what `--fix` does, as an English message: nothing of what a motion says is another then."""

UNSAFE: Mapping[str, str] = {
    "SC002": N_("writes the word that is most like it"),
    "SC004": N_("writes the key that is most like it"),
    "DT003": N_("sorts the steps by date"),
    "GR001": N_("writes the name that is most like it"),
    "GR005": N_("writes the name as the council's file has it"),
    "TX007": N_("writes the letters of the Latin alphabet that look alike"),
}
"""By code, what only `--unsafe-fixes` does: it may be something else than what was meant."""
