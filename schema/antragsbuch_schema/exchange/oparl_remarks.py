"""What an import from OParl has to say: what was repaired, and what could not be told.

The defects are those that real servers have; each kind is counted apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from antragsbuch_schema.i18n import N_, Text, text

KINDS = {
    "encoding": N_("not UTF-8; read as Windows-1252"),
    "characters": N_("raw control characters"),
    "number": N_("no number (NaN, Infinity); left out"),
    "type": N_("no valid type; told from the properties or another field"),
    "name": N_("a property in another spelling"),
    "list": N_("a single value where a list is due"),
    "single": N_("a list where a single value is due"),
    "text": N_("an object or a number where text is due"),
    "flag": N_("a word or a number where true or false is due"),
    "html": N_("HTML; made plain text"),
    "date": N_("a date in an unusual form"),
    "value": N_("a value that can't be read; left out"),
    "long": N_("too long; cut off"),
    "identity": N_("no id; told from what is in it"),
    "twice": N_("given twice in different states; the newer one counts"),
    "shared": N_("one id for several objects of a list; told apart by what they link to"),
    "unknown": N_("no OParl object; left out"),
    "link": N_("a link to an object that was not given"),
    "back": N_("no link; found by the link in the other direction"),
    "title": N_("no title; named by what else is known"),
    "result": N_("a result in words that have no code; kept as text"),
    "public": N_("a result of a step that is not public; not taken into a public register"),
    "cancelled": N_("a cancelled meeting; noted in the remarks of the step"),
    "same": N_("the same reference as another motion; both are kept"),
    "host": N_("an id of another server; only the server that was named is asked"),
    "circle": N_("a list that leads back to its own pages; each was read once"),
    "secret": N_("an address with a name or a password in it; it is left out"),
    "large": N_("too large for a motion; not imported"),
}
"""Every kind of remark, and the words for it."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at: its kind (a key of `KINDS`), the id of the object, the property where it is one, what."""

    kind: str
    id: str
    property: str = ""
    what: str = ""

    def words(self) -> Text:
        """The remark as a line for a person."""
        label = text(KINDS[self.kind])
        where = " ".join(filter(None, (self.id, self.property)))
        if self.what:
            return text("{where}: {label}: {what}", where=where, label=label, what=self.what)
        return text("{where}: {label}", where=where, label=label)


def by_kind(remarks: Iterable[Remark]) -> list[tuple[str, int]]:
    """The kinds that occur with how often they do, in the order of `KINDS`."""
    counts = Counter(remark.kind for remark in remarks)
    return [(kind, counts[kind]) for kind in KINDS if counts[kind]]
