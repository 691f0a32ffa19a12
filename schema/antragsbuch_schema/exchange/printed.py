"""The printed form of a motion: always German, in the layout of the Region Hannover.

Number, type and publicity, title and movers, date, the table of the Beratungsfolge, Beschlussvorschlag,
Sachverhalt and Anlage/n stand as they do on paper, cells apart by tabs. What the paper has no place for (results
beyond the tick and the three counts, amounts, statement, answer, source ...) follows under headings of its own, so
that the printed form holds all that the file says. A value of the wrong type never stops it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from antragsbuch_schema import prose
from antragsbuch_schema.fields import Field, Fields, by_name
from antragsbuch_schema.german import format_long_date
from antragsbuch_schema.motion_fields import BUDGET, CONSULTATION, MOTION, VOTE

from .in_words import blocks, label, lines, one_line

_TABLE_HEAD = (
    "Beratungsfolge\tGeplante Sitzungstermine\tZuständigkeit\tAbstimmung\t\t\t\t\n"
    "\t\t\tLaut Vorschlag\tabweichend\tJa\tNein\tEnthaltung"
)
_TICK = "X"
_LEAD = "Federführung"
_IN_HEAD = ("id", "reference", "paper_type", "title", "public", "originators", "submitted", "date")
_IN_ROW = ("id", "organization", "date", "role", "role_text", "lead")
_COUNTS = ("yes", "no", "abstentions")
_SECTIONS = ("statement", "answer", "withdrawal", "source")
_IN_SECTIONS = (
    "proposal", "facts", "remarks", "attachments", "main_file", "proposals", "replacements", "budget",
    "consultations", *_SECTIONS,
)  # fmt: skip


def printed(data: Mapping[str, Any], council: Mapping[str, Any]) -> str:
    """The printed form of a parsed motion, ending with a line break; `council` is its parsed `council.toml`."""
    by_factions = _by_factions(data, council)
    parts = [
        *_head(data, by_factions),
        "\n".join(lines(data, MOTION, (*_IN_HEAD, *_IN_SECTIONS))),
        _beratungsfolge(_tables(data, "consultations")),
        *_proposal(data, by_factions),
        *_section("Sachverhalt", _prose(data.get("facts"))),
        *_results(_tables(data, "consultations")),
    ]
    for name in _SECTIONS:
        field = by_name(MOTION)[name]
        parts += _section(label(field), *_below(data.get(name), field))
    parts += _section("Bemerkungen", _prose(data.get("remarks")))
    parts += _attachments(data)
    return "\n\n".join(filter(None, parts)) + "\n"


def _head(data: Mapping[str, Any], by_factions: bool) -> list[str]:
    public = "nichtöffentlich" if data.get("public") is False else "öffentlich"
    movers = _movers(data, by_factions)
    return [
        one_line(data.get("reference", "")),
        "\n".join(filter(None, (one_line(data.get("paper_type", "")), public))),
        " ".join(filter(None, (one_line(data.get("title", "")), movers))),
        *_section("Datum", one_line(data.get("date", ""))),
    ]


def _movers(data: Mapping[str, Any], by_factions: bool) -> str:
    """`Antrag der Fraktionen SPD und CDU vom 15. November 2023`, or empty."""
    names = [one_line(name) for name in _list(data.get("originators"))]
    submitted = data.get("submitted")
    if not names and not submitted:
        return ""
    kind = "Anfrage" if "anfrage" in one_line(data.get("paper_type", "")).lower() else "Antrag"
    words = [kind]
    if names:
        words.append(("der Fraktionen" if len(names) > 1 else "der Fraktion") if by_factions else "von")
        words.append(" und ".join(filter(None, (", ".join(names[:-1]), names[-1]))))
    if submitted:
        words.append("vom")
        words.append(format_long_date(submitted) if isinstance(submitted, dt.date) else one_line(submitted))
    return " ".join(words)


def _by_factions(data: Mapping[str, Any], council: Mapping[str, Any]) -> bool:
    """Whether all movers are factions of the council; where it names none, they are taken for factions."""
    known = {
        name
        for faction in _tables(council, "factions")
        for name in (faction.get("name"), *_list(faction.get("spellings")))
        if isinstance(name, str)
    }
    return not known or all(name in known for name in _list(data.get("originators")))


def _beratungsfolge(steps: list[Mapping[str, Any]]) -> str:
    return "\n".join((_TABLE_HEAD, *map(_row, steps))) if steps else ""


def _row(step: Mapping[str, Any]) -> str:
    vote = _main_vote(step) or {}
    outcome = step.get("outcome")
    return "\t".join(
        (
            one_line(step.get("organization", "")),
            one_line(step.get("date", "")),
            _role(step),
            _TICK if outcome == "as_proposed" else "",
            _TICK if outcome == "amended" else "",
            *(one_line(vote.get(count, "")) for count in _COUNTS),
        )
    )


def _role(step: Mapping[str, Any]) -> str:
    """`Vorbereitung (Federführung)`: the source's own word if there is one."""
    role = one_line(step.get("role_text", "")) or one_line(step.get("role", ""), by_name(CONSULTATION)["role"])
    if step.get("lead") is not True or _LEAD in role:
        return role
    return f"{role} ({_LEAD})" if role else _LEAD


def _main_vote(step: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The vote whose counts stand in the table: the only one on the whole motion."""
    votes = _tables(step, "votes")
    whole = [
        vote
        for vote in votes
        if vote.get("procedural") is not True
        and not any(vote.get(key) for key in ("subject", "proposal", "organization"))
    ]
    return whole[0] if len(whole) == 1 else None


def _results(steps: list[Mapping[str, Any]]) -> list[str]:
    """What the table does not say about the steps."""
    parts: list[str] = []
    for step in steps:
        main = _main_vote(step)
        skip = {*_IN_ROW, "votes"} - ({"lead"} if step.get("lead") is False else set())
        if step.get("outcome") in ("as_proposed", "amended"):
            skip.add("outcome")
        said = blocks(step, CONSULTATION, skip)
        for vote in _tables(step, "votes"):
            if shown := "; ".join(lines(vote, VOTE, _COUNTS if vote is main else ())):
                said.append(f"Abstimmung: {shown}")
        if said:
            name = ", ".join(filter(None, (one_line(step.get("organization", "")), one_line(step.get("date", "")))))
            parts += [name or _role(step), *said]
    return ["Ergebnisse", *parts] if parts else []


def _proposal(data: Mapping[str, Any], by_factions: bool) -> list[str]:
    budget = data.get("budget")
    budget = budget if isinstance(budget, Mapping) else {}
    parts = [_places(budget), _prose(data.get("proposal"))]
    for name in ("proposals", "replacements"):
        field = by_name(MOTION)[name]
        for element in _tables(data, name):
            parts += [label(field), *_below(element, field)]
    parts += _amounts(budget)
    return _section("Beschlussvorschlag der Fraktion/Gruppe" if by_factions else "Beschlussvorschlag", *parts)


def _places(budget: Mapping[str, Any]) -> str:
    """The table of pages and sub-budgets."""
    pages = one_line(budget.get("product_pages_from", ""))
    references = _tables(budget, "references")
    if not pages and not references:
        return ""
    start = f"Seite Entwurf (Produktdarstellung ab Seite {pages} ff.)" if pages else "Seite Entwurf"
    rows = (f"{one_line(reference.get('page', ''))}\t{_place(reference)}" for reference in references)
    return "\n".join((f"{start}\tTeilhaushalt Nr. / Bezeichnung", *rows))


def _place(reference: Mapping[str, Any]) -> str:
    """`52 / Teilhabe Produkt 331111 Regionsfonds`; as printed where the file says how, and what that leaves out."""
    as_printed = one_line(reference.get("text", ""))

    def value(name: str) -> str:
        said = one_line(reference.get(name, ""))
        return "" if said in as_printed else said

    sub_budget = " / ".join(filter(None, (value("sub_budget"), value("name"))))
    product = " ".join(filter(None, (value("product"), value("product_name"))))
    parts = [as_printed, sub_budget]
    for word, said in (
        ("Produktgruppe", value("product_group")),
        ("Produkt", product),
        ("Sachkonto", value("account")),
        ("Maßnahme", value("measure")),
    ):
        parts.append(f"{word} {said}" if said else "")
    fields = _fields_of(BUDGET, "references")
    parts += lines(reference, fields, [field.name for field in fields])
    return " ".join(filter(None, parts))


def _amounts(budget: Mapping[str, Any]) -> list[str]:
    said = [_amount(amount) for amount in _tables(budget, "amounts")]
    return [
        *blocks(budget, BUDGET, ("product_pages_from", "references", "amounts")),
        "\n".join(("Beträge", *said)) if said else "",
    ]


def _amount(amount: Mapping[str, Any]) -> str:
    """`Aufwand 2024: +20.000 EUR; Teilhaushalt: 50`."""
    fields = _fields_of(BUDGET, "amounts")
    known = by_name(fields)
    posts = amount.get("side") == "posts"
    head = [one_line(amount[name], known[name]) for name in ("side", "year") if name in amount]
    change = amount.get("change")
    plus = "+" if isinstance(change, int) and change > 0 else ""
    rest = lines(amount, fields, ("side", "year", "change"), posts=posts)
    if change is not None:
        rest.insert(0, plus + one_line(change, known["change"], posts=posts))
    return ": ".join(filter(None, (" ".join(head), "; ".join(rest))))


def _attachments(data: Mapping[str, Any]) -> list[str]:
    parts = _section("Hauptdatei", *_below(data.get("main_file"), by_name(MOTION)["main_file"]))
    attachments = data.get("attachments")
    if attachments is None:
        return parts
    files = [one_line(file, by_name(MOTION)["attachments"]) for file in _tables(data, "attachments")]
    return [
        *parts,
        *_section("Anlage/n", "\n".join(files) or ("Keine" if attachments == [] else one_line(attachments))),
    ]


def _below(value: object, field: Field) -> list[str]:
    """The content of a table as blocks; of anything else that stands there, its words."""
    if isinstance(value, Mapping):
        return blocks(value, field.fields)
    return [one_line(value, field)] if value is not None else []


def _section(heading: str, *parts: str) -> list[str]:
    """A heading and what stands under it; nothing where that is empty."""
    said = [part for part in parts if part]
    return [heading, *said] if said else []


def _prose(value: object) -> str:
    return prose.normalise(value) if isinstance(value, str) else one_line("" if value is None else value)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _tables(data: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    return [element for element in _list(data.get(name)) if isinstance(element, Mapping)]


def _fields_of(fields: Fields, name: str) -> Fields:
    return by_name(fields)[name].fields
