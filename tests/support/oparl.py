"""Small OParl objects for tests: a server with one body, two committees, a meeting and a paper.

objects = server()
objects["paper"]["name"] = "<b>Bänke</b>"
conversion = convert(objects.values(), {})
"""

from __future__ import annotations

from typing import Any

BASE = "https://oparl.example.org/"


def at(name: str) -> str:
    """The id of the object `name`."""
    return BASE + name


def typed(kind: str, short: str, /, **properties: Any) -> dict[str, Any]:
    """An object of OParl 1.1 with the id of `short`."""
    return {"id": at(short), "type": f"https://schema.oparl.org/1.1/{kind}", **properties}


def server() -> dict[str, dict[str, Any]]:
    """Every object of the server by a short name, made anew."""
    item = typed(
        "AgendaItem", "item/1", number="7.1", order=3, name="Bänke im Park", public=True,
        result="einstimmig beschlossen", consultation=at("step/1"),
    )  # fmt: skip
    step = typed(
        "Consultation", "step/1", organization=[at("rat")], meeting=at("meeting/1"), agendaItem=at("item/1"),
        role="Entscheidung", authoritative=True,
    )  # fmt: skip
    paper = typed(
        "Paper", "paper/1", name="Bänke im Park", reference="2024/0007", paperType="Antrag", date="2024-03-01",
        body=at("body"), originatorOrganization=[at("spd")], originatorPerson=[at("erika")],
        underDirectionOf=[at("amt")], consultation=[step], modified="2024-03-02T10:00:00+01:00",
        mainFile=typed(
            "File", "file/1", name="Antrag", mimeType="application/pdf", accessUrl=at("file/1.pdf"), size=1234
        ),
        auxiliaryFile=[typed("File", "file/2", name="Lageplan", accessUrl=at("file/2.pdf"))],
    )  # fmt: skip
    return {
        "body": typed(
            "Body", "body", name="Stadt Beispiel", mainOrganization=at("rat"),
            legislativeTerm=[
                typed("LegislativeTerm", "term/1", name="X", startDate="2021-11-01", endDate="2026-10-31")
            ],
        ),
        "rat": typed("Organization", "rat", name="Rat der Stadt", organizationType="Gremium"),
        "bau": typed("Organization", "bau", name="Bauausschuss", organizationType="Gremium", startDate="2021-11-01"),
        "spd": typed("Organization", "spd", name="SPD-Fraktion", shortName="SPD", organizationType="Fraktion"),
        "amt": typed("Organization", "amt", name="Grünflächenamt", organizationType="Verwaltungsbereich"),
        "erika": typed("Person", "erika", name="Erika Beispiel", familyName="Beispiel"),
        "meeting": typed(
            "Meeting", "meeting/1", name="12. Sitzung", start="2024-03-12T17:00:00+01:00", organization=[at("rat")],
            agendaItem=[item],
        ),
        "paper": paper,
    }  # fmt: skip
