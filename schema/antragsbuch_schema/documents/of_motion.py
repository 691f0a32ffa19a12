"""A motion as a document: in the layout of the Region Hannover, with all that its file says.

Number, type and publicity, title and movers, date, the table of the Beratungsfolge, Beschlussvorschlag,
Sachverhalt and Anlage/n stand as they do on paper. What the paper has no place for (results beyond the tick and the
three counts, amounts, statement, answer, source ...) follows under headings of its own. A value of the wrong type
never stops it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from antragsbuch_schema import prose
from antragsbuch_schema.exchange.in_words import label, lines, one_line, pairs
from antragsbuch_schema.fields import Field, Fields, Kind, by_name
from antragsbuch_schema.german import format_long_date
from antragsbuch_schema.motion_fields import BUDGET, CONSULTATION, MOTION, VOTE

from .model import Block, Document, Head, Heading, Items, Pair, Paragraph, Values
from .tables import IN_ROW, beratungsfolge, main_vote, places, records, role, tables_in

_IN_HEAD = ("id", "reference", "paper_type", "title", "public", "originators", "submitted", "date")
_COUNTS = ("yes", "no", "abstentions")
_SECTIONS = ("statement", "answer", "withdrawal", "source")
_IN_SECTIONS = (
    "proposal", "facts", "remarks", "attachments", "main_file", "proposals", "replacements", "budget",
    "consultations", *_SECTIONS,
)  # fmt: skip


def document(data: Mapping[str, Any], council: Mapping[str, Any]) -> Document:
    """The document of a parsed motion; `council` is its parsed `council.toml`."""
    by_factions = _by_factions(data, council)
    steps = tables_in(data, "consultations")
    blocks: list[Block] = [
        *_date(data),
        *_values(pairs(data, MOTION, (*_IN_HEAD, *_IN_SECTIONS))),
        *beratungsfolge(steps),
        *_proposal(data, by_factions),
        *_section("Sachverhalt", _prose(data.get("facts"))),
        *_results(steps),
    ]
    for name in _SECTIONS:
        field = by_name(MOTION)[name]
        blocks += _section(label(field), _below(data.get(name), field, 3))
    blocks += _section("Bemerkungen", _prose(data.get("remarks")))
    blocks += _attachments(data)
    day = next((day for name in ("date", "submitted") if isinstance(day := data.get(name), dt.date)), None)
    return Document(_head(data, by_factions), tuple(blocks), day)


def _head(data: Mapping[str, Any], by_factions: bool) -> Head:
    return Head(
        one_line(data.get("reference", "")),
        one_line(data.get("paper_type", "")),
        "nichtöffentlich" if data.get("public") is False else "öffentlich",
        one_line(data.get("title", "")),
        _movers(data, by_factions),
    )


def _date(data: Mapping[str, Any]) -> list[Block]:
    said = one_line(data.get("date", ""))
    return [Values((Pair("Datum", said),), stacked=True)] if said else []


def _movers(data: Mapping[str, Any], by_factions: bool) -> str:
    """`Antrag der Fraktionen SPD und CDU vom 15. November 2023`, or empty."""
    names = [one_line(name) for name in _list(data.get("originators"))]
    submitted = data.get("submitted")
    if not names and not submitted:
        return ""
    words = ["Anfrage" if "anfrage" in one_line(data.get("paper_type", "")).lower() else "Antrag"]
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
        for faction in tables_in(council, "factions")
        for name in (faction.get("name"), *_list(faction.get("spellings")))
        if isinstance(name, str)
    }
    return not known or all(isinstance(name, str) and name in known for name in _list(data.get("originators")))


def _proposal(data: Mapping[str, Any], by_factions: bool) -> list[Block]:
    budget = data.get("budget")
    budget = budget if isinstance(budget, Mapping) else {}
    parts: list[Block] = [*places(budget), *_prose(data.get("proposal"))]
    further = False
    for name in ("proposals", "replacements"):
        field = by_name(MOTION)[name]
        for element in tables_in(data, name):
            parts += _section(label(field), _below(element, field, 4), level=3)
            further = True
    money = _money(budget, 3)
    if further:
        # it belongs to the whole again, not to the last of the proposals
        money = _section(label(by_name(MOTION)["budget"]), _money(budget, 4), level=3)
    return _section("Beschlussvorschlag der Fraktion/Gruppe" if by_factions else "Beschlussvorschlag", [*parts, *money])


def _money(budget: Mapping[str, Any], level: int) -> list[Block]:
    fields = by_name(BUDGET)["amounts"].fields
    amounts = [_amount(amount, fields) for amount in tables_in(budget, "amounts")]
    return [
        *_table_blocks(budget, BUDGET, level, ("product_pages_from", "references", "amounts")),
        *_section("Beträge", _values(amounts), level=level),
    ]


def _amount(amount: Mapping[str, Any], fields: Fields) -> Pair:
    """`Aufwand 2024: +20.000 EUR; Teilhaushalt: 50`."""
    known = by_name(fields)
    posts = amount.get("side") == "posts"
    head = [one_line(amount[name], known[name]) for name in ("side", "year") if name in amount]
    change = amount.get("change")
    plus = "+" if isinstance(change, int) and change > 0 else ""
    rest = lines(amount, fields, ("side", "year", "change"), posts=posts)
    if change is not None:
        rest.insert(0, plus + one_line(change, known["change"], posts=posts))
    return Pair(" ".join(head), "; ".join(rest))


def _results(steps: Iterable[Mapping[str, Any]]) -> list[Block]:
    """What the table does not say about the steps."""
    parts: list[Block] = []
    for step in steps:
        skip = {*IN_ROW, "votes"} - ({"lead"} if step.get("lead") is False else set())
        if step.get("outcome") in ("as_proposed", "amended"):
            skip.add("outcome")
        name = ", ".join(filter(None, (one_line(step.get("organization", "")), one_line(step.get("date", "")))))
        said = _table_blocks(step, CONSULTATION, 4, skip, _votes(step))
        parts += _section(name or role(step) or "Beratung", said, level=3)
    return _section("Ergebnisse", parts)


def _votes(step: Mapping[str, Any]) -> list[Block]:
    main = main_vote(step)
    known = by_name(VOTE)
    parts: list[Block] = []
    for vote in tables_in(step, "votes"):
        of_each = {name: records(vote.get(name), known[name]) for name in ("by_faction", "choices")}
        skip = {*(name for name, table in of_each.items() if table), *(_COUNTS if vote is main else ())}
        parts += _values([Pair("Abstimmung", "; ".join(lines(vote, VOTE, skip)))])
        parts += [table for table in of_each.values() if table]
    return parts


def _attachments(data: Mapping[str, Any]) -> list[Block]:
    parts = _section("Hauptdatei", _below(data.get("main_file"), by_name(MOTION)["main_file"], 3))
    attachments = data.get("attachments")
    if attachments is None:
        return parts
    files = [one_line(file, by_name(MOTION)["attachments"]) for file in tables_in(data, "attachments")]
    files = [file for file in files if file]
    none = "Keine" if attachments == [] else one_line(attachments)
    listed: list[Block] = [Items(tuple(files), marked=False)] if files else [Paragraph(none)] if none else []
    return [*parts, *_section("Anlage/n", listed)]


# what anything consists of


def _section(heading: str, parts: Collection[Block], level: int = 2) -> list[Block]:
    """A heading and what stands under it; nothing where that is empty."""
    return [Heading(level, heading), *parts] if parts else []


def _below(value: object, field: Field, level: int) -> list[Block]:
    """The content of a table; of anything else that stands there, its words."""
    if isinstance(value, Mapping):
        return _table_blocks(value, field.fields, level)
    said = one_line(value, field) if value is not None else ""
    return [Paragraph(said)] if said else []


def _table_blocks(
    table: Mapping[str, Any],
    fields: Fields,
    level: int,
    skip: Collection[str] = (),
    between: Iterable[Block] = (),
) -> list[Block]:
    """The short fields first, what is `between`, then each prose under its label."""
    long = {
        field.name: _prose(table[field.name])
        for field in fields
        if field.kind is Kind.PROSE and field.name not in skip and isinstance(table.get(field.name), str)
    }
    parts: list[Block] = [*_values(pairs(table, fields, {*skip, *long})), *between]
    for name, texts in long.items():
        if texts:
            parts += [Heading(level, label(by_name(fields)[name]), is_label=True), *texts]
    return parts


def _values(said: Iterable[Pair]) -> list[Block]:
    stated = tuple(pair for pair in said if pair.value)
    return [Values(stated)] if stated else []


def _prose(value: object) -> list[Block]:
    """Paragraphs and lists; of what is no text its words."""
    if not isinstance(value, str):
        said = one_line("" if value is None else value)
        return [Paragraph(said)] if said else []
    parts: list[Block] = []
    for block in prose.blocks(value):
        if not block.is_item:
            parts.append(Paragraph(block.text))
        elif parts and isinstance(parts[-1], Items):
            parts[-1] = Items((*parts[-1].items, block.text))
        else:
            parts.append(Items((block.text,)))
    return parts


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
