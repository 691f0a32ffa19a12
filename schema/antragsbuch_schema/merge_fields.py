"""The three-way merge of fields, units, tables and their elements, on normal data."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from .alignment import AmbiguousError, Element, is_tables
from .conflicts import Conflict, Conflicts, Versions
from .edits import MISSING, Data
from .fields import Field, Fields, Kind, by_name
from .merge_elements import merge_elements
from .merge_order import merge_texts
from .merge_prose import merge_prose
from .normal import same
from .places import Place

UNITS: dict[str, tuple[str, ...]] = {
    "consultations": ("outcome", "result_text", "resolution_text", "deferred_to", "referred_to"),
    "votes": (
        "result", "manner", "yes", "no", "abstentions", "invalid", "biased", "present", "text", "by_faction", "choices",
    ),
}  # fmt: skip
"""The keys of an element that are one record, by the key of its list."""


def merge_tables(
    conflicts: Conflicts, place: Place, fields: Fields, base: Element, ours: Element, theirs: Element
) -> Data:
    """One table, key by key, its units as one."""
    known = by_name(fields)
    unit = UNITS.get(str(place[-2]), ()) if len(place) > 1 and not isinstance(place[-1], str) else ()
    merged: Data = {}
    if unit:
        merged |= _unit(conflicts, place, unit, fields, Versions(base, ours, theirs))
    for key in dict.fromkeys((*known, *base, *ours, *theirs)):
        if key not in unit:
            versions = Versions(*(table.get(key, MISSING) for table in (base, ours, theirs)))
            value = _value(conflicts, (*place, key), known.get(key), versions)
            if value is not MISSING:
                merged[key] = value
    return {key: merged[key] for key in dict.fromkeys((*known, *merged)) if key in merged}


def _value(conflicts: Conflicts, place: Place, known: Field | None, versions: Versions) -> Any:
    decided = _decided(known, versions)
    if decided is not None:
        return decided[0]
    kind = known.kind if known else None
    if kind is Kind.PROSE and versions.all(str) and MISSING not in versions[1:]:
        return _prose(conflicts, place, versions)
    if kind is Kind.TEXTS and versions.all(list) and _lines(versions):
        texts = merge_texts(*versions.or_empty([]))
        if texts is not None:
            return texts or MISSING
    elif known is not None and kind is Kind.TABLES and all(v is MISSING or is_tables(v) for v in versions):
        # elements without an id that could be one or the other: the whole list is asked about
        with suppress(AmbiguousError):
            return merge_elements(conflicts, place, known, versions, merge_tables)
    elif kind in (Kind.TABLE, Kind.MAP, None) and versions.all(dict):
        inner = known.fields if known and kind is Kind.TABLE else ()
        return merge_tables(conflicts, place, inner, *versions.or_empty({})) or MISSING
    conflicts.found.append(Conflict(place, *versions))
    return versions.ours


def _decided(known: Field | None, versions: Versions) -> tuple[Any] | None:
    """The value where it is not a question; a key that is not there means its default."""
    decided = versions.decided()
    if decided is not None or known is None or known.default is None:
        return decided
    meant = versions.or_empty(known.default).decided()
    if meant is None:
        return None
    return (versions.ours if same(versions.or_empty(known.default).ours, meant[0]) else versions.theirs,)


def _lines(versions: Versions) -> bool:
    return all(isinstance(entry, str) for entries in versions.or_empty([]) for entry in entries)


def _prose(conflicts: Conflicts, place: Place, versions: Versions) -> str:
    merged = merge_prose(*versions.or_empty(""))
    if merged.clean:
        return merged.ours
    base = MISSING if versions.base is MISSING else merged.base
    proposal = MISSING if merged.proposal is None else merged.proposal
    conflicts.found.append(Conflict(place, base, merged.ours, merged.theirs, proposal))
    return merged.ours


def _unit(conflicts: Conflicts, place: Place, unit: tuple[str, ...], fields: Fields, versions: Versions) -> Data:
    records = Versions(*({key: table[key] for key in unit if key in table} for table in versions))
    decided = records.decided()
    if decided is not None:
        return dict(decided[0])
    conflicts.found.append(Conflict(place, *records, _proposed(unit, fields, records), unit))
    return dict(records.ours)


def _proposed(unit: tuple[str, ...], fields: Fields, records: Versions) -> Any:
    """Both records in one, where they differ in the words of a text alone."""
    known = by_name(fields)
    proposal: Data = {}
    for key in unit:
        versions = Versions(*(record.get(key, MISSING) for record in records))
        value = versions.ours
        if not same(versions.ours, versions.theirs):
            if known[key].kind is not Kind.PROSE:
                return MISSING
            attempt = Conflicts()
            value = _value(attempt, (key,), known[key], versions)
            if attempt.found:
                value = attempt.found[0].proposal
                if value is MISSING:
                    return MISSING
        if value is not MISSING:
            proposal[key] = value
    return proposal
