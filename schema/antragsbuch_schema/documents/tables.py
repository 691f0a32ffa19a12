"""The tables of a motion: the Beratungsfolge with its votes, places in the budget, votes of the factions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from antragsbuch_schema.exchange.in_words import label, lines, one_line
from antragsbuch_schema.fields import Field, Kind, by_name
from antragsbuch_schema.motion_fields import BUDGET, CONSULTATION

from .model import Align, Block, Cell, Column, Scope, Table

IN_ROW = ("id", "organization", "date", "role", "role_text", "lead")
"""What the row of a step says beside outcome and vote."""

_TICK = "X"
_LEAD = "Federführung"
_COUNTS = ("yes", "no", "abstentions")
_MOST_COLUMNS = 8
_HEAD = (
    (
        Cell("Beratungsfolge", rows=2, scope=Scope.COLUMN),
        Cell("Geplante Sitzungstermine", rows=2, scope=Scope.COLUMN),
        Cell("Zuständigkeit", rows=2, scope=Scope.COLUMN),
        Cell("Abstimmung", columns=5, scope=Scope.COLUMNS),
    ),
    tuple(Cell(name, scope=Scope.COLUMN) for name in ("Laut Vorschlag", "abweichend", "Ja", "Nein", "Enthaltung")),
)
_COLUMNS = (
    Column(23), Column(16), Column(16), Column(11, Align.CENTER), Column(12, Align.CENTER), Column(5, Align.END),
    Column(6, Align.END), Column(11, Align.END),
)  # fmt: skip


def beratungsfolge(steps: Sequence[Mapping[str, Any]]) -> list[Block]:
    """The table of the steps; none without a step."""
    if not steps:
        return []
    return [Table("Beratungsfolge und Abstimmung", _COLUMNS, _HEAD, tuple(map(_row, steps)))]


def _row(step: Mapping[str, Any]) -> tuple[Cell, ...]:
    vote = main_vote(step) or {}
    outcome = step.get("outcome")
    return (
        Cell(one_line(step.get("organization", "")), scope=Scope.ROW),
        Cell(one_line(step.get("date", ""))),
        Cell(role(step)),
        Cell(_TICK if outcome == "as_proposed" else ""),
        Cell(_TICK if outcome == "amended" else ""),
        *(Cell(one_line(vote.get(count, ""))) for count in _COUNTS),
    )


def role(step: Mapping[str, Any]) -> str:
    """`Vorbereitung (Federführung)`: the source's own word if there is one."""
    said = one_line(step.get("role_text", "")) or one_line(step.get("role", ""), by_name(CONSULTATION)["role"])
    if step.get("lead") is not True or _LEAD in said:
        return said
    return f"{said} ({_LEAD})" if said else _LEAD


def main_vote(step: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The vote whose counts stand in the table: the only one on the whole motion."""
    whole = [
        vote
        for vote in tables_in(step, "votes")
        if vote.get("procedural") is not True
        and not any(vote.get(key) for key in ("subject", "proposal", "organization"))
    ]
    return whole[0] if len(whole) == 1 else None


def places(budget: Mapping[str, Any]) -> list[Block]:
    """The table of pages and sub-budgets of the draft budget."""
    pages = one_line(budget.get("product_pages_from", ""))
    references = tables_in(budget, "references")
    if not pages and not references:
        return []
    start = f"Seite Entwurf (Produktdarstellung ab Seite {pages} ff.)" if pages else "Seite Entwurf"
    head = (Cell(start, scope=Scope.COLUMN), Cell("Teilhaushalt Nr. / Bezeichnung", scope=Scope.COLUMN))
    rows = tuple(
        (Cell(one_line(reference.get("page", "")), scope=Scope.ROW), Cell(_place(reference)))
        for reference in references
    )
    return [Table("Stellen im Entwurf des Haushalts", (Column(45), Column(55)), (head,), rows)]


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
    fields = by_name(BUDGET)["references"].fields
    parts += lines(reference, fields, [field.name for field in fields])
    return " ".join(filter(None, parts))


def records(value: object, field: Field) -> Table | None:
    """A list of tables as one table, a column for every field that is stated; None where it is no such
    list, or too wide: then it is said in other words. The first field names the row; nothing is left out.
    """
    elements = value if isinstance(value, list) else []
    if not elements or not all(isinstance(element, Mapping) for element in elements):
        return None
    known = by_name(field.fields)
    first, *others = (name for name in known if name != "id")
    names = [name for name in others if any(name in element for element in elements)]
    names += dict.fromkeys(name for element in elements for name in element if name not in known)
    if len(names) > _MOST_COLUMNS:
        return None
    counts = [name in known and known[name].kind is Kind.INTEGER for name in names]
    head = (label(field), *(label(known[name]) if name in known else one_line(name) for name in names))
    share = min(15, 60 // max(len(names), 1))
    return Table(
        label(field),
        (Column(100 - share * len(names)), *(Column(share, Align.END if count else Align.START) for count in counts)),
        (tuple(Cell(name, scope=Scope.COLUMN) for name in head),),
        tuple(
            (
                Cell(one_line(element.get(first, ""), known[first]), scope=Scope.ROW),
                *(Cell(one_line(element.get(name, ""), known.get(name))) for name in names),
            )
            for element in elements
        ),
    )


def tables_in(data: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The tables in the list called `name`; nothing where there is none."""
    value = data.get(name)
    return [element for element in value if isinstance(element, Mapping)] if isinstance(value, list) else []
