"""One motion with fifteen planted mistakes, and by hand what each of them is found as.

Umlauts, euro signs and emoji stand before some of the places on the same line: columns in code points, in UTF-16, in
bytes and in cells all differ there. `COUNCIL` of `rule_cases` is the council that the motion is checked with.
"""

from __future__ import annotations

from typing import NamedTuple

from antragsbuch_schema.diagnostics import Severity

PATH = "motions/IX/2200/2292-HHA.toml"

MOTION = """\
id = "k7m2qx9a"
reference = "2292 (IX) HHA"
paper_type = "Haushaltsantrag"
title = "Über 20.000 € 🤝 mehr gegen ArmutsbekÃ¤mpfung"
public = "ja"
originators = [
    "SPD",
    "Bündnis 90 / DIE GRÜNE",
]
submitted = 2023-11-15
date = 2023-11-14
amends = "2292 (IX) HHA"
proposal = \"\"\"
Die Verwaltung wird beauftragt, eine Konferenz durchzuführen.
\"\"\"
facts = \"\"\"
Armut grenzt aus.
Die Mittel für Müßige, 20.000 € 🎉, hel\u200bfen sofort.
\"\"\"
attachments = []

[budget]
plan = "2024"
cover = \"\"\"
Deckung aus dem Regionsfonds.
\"\"\"

[[budget.references]]
id = "b1"
page = "S. 164 für 20 € 🙂 (Regionsfonds"
sub_budget = "50"
name = "Soziales"

[[budget.amounts]]
id = "a1"
side = "expense"
year = 2024
old = 1000000
change = 2000000
new = 2500000

[[consultations]]
id = "c1"
organization = "Ausschuss für Soziales, Wohnungswesen und Teilhabe"
date = 2023-12-03
role = "preparation"
lead = true

[[consultations]]
id = "c2"
organization = "Regionausschuss"
date = 2023-12-12
role = "preperation"

[[consultations]]
id = "c3"
organization = "Regionsversammlung"
date = 2023-12-19
role = "decision"
outcome = "as_proposed"
result_text = "Für 20.000 € 💶 mehrheitlich abgelehnt"

[[consultations.votes]]
id = "v1"
result = "accepted"
yes = 30
no = 45
abstentions = 3

[[consultations.votes]]
id = "v2"
subject = "Ziffer 2"
result = "accepted"
manner = "unanimous"
yes = 42
no = 1
abstentions = 3
"""


class Planted(NamedTuple):
    """What one mistake is found as: its place in lines and columns from 1, in code points, the end exclusive."""

    code: str
    severity: Severity
    line: int
    column: int
    end_column: int
    marked: str
    place: str
    english: str
    german: str
    related: tuple[tuple[int, int, int], ...] = ()
    """The other places, each as line, column and end column."""


ERROR, WARNING, REMARK = Severity.ERROR, Severity.WARNING, Severity.REMARK

PLANTED = (
    Planted(
        "RF003", WARNING, 2, 20, 22, "IX", "reference", "no electoral term is called IX", "keine Wahlperiode heißt IX"
    ),
    Planted(
        "TX007",
        WARNING,
        4,
        46,
        48,
        "Ã¤",
        "title",
        "'Ã¤' was read in the wrong encoding",
        "„Ã¤“ wurde in der falschen Kodierung gelesen",
    ),
    Planted(
        "SC001",
        ERROR,
        5,
        10,
        14,
        '"ja"',
        "public",
        "Public: expected true or false, found a text.",
        "Öffentlich: Erwartet wird true oder false; hier steht ein Text.",
    ),
    Planted(
        "GR005",
        WARNING,
        8,
        5,
        29,
        '"Bündnis 90 / DIE GRÜNE"',
        "originators[#2]",
        "no faction is called Bündnis 90 / DIE GRÜNE",
        "keine Fraktion heißt Bündnis 90 / DIE GRÜNE",
    ),
    Planted(
        "DT001",
        WARNING,
        11,
        8,
        18,
        "2023-11-14",
        "date",
        "the paper of 2023-11-14 is dated before the motion of 2023-11-15",
        "die Drucksache vom 14.11.2023 ist früher datiert als der Antrag vom 15.11.2023",
        ((10, 13, 23),),
    ),
    Planted(
        "RF008",
        ERROR,
        12,
        10,
        25,
        '"2292 (IX) HHA"',
        "amends",
        "this is the reference of the motion itself",
        "dies ist die Drucksachennummer des Antrags selbst",
    ),
    Planted(
        "TX001",
        ERROR,
        18,
        39,
        40,
        "\u200b",
        "facts",
        "forbidden character U+200B ZERO WIDTH SPACE",
        "verbotenes Zeichen U+200B ZERO WIDTH SPACE",
    ),
    Planted(
        "BU006",
        REMARK,
        30,
        27,
        28,
        "(",
        "budget.references[b1].page",
        "a bracket without its partner",
        "eine Klammer ohne Gegenstück",
    ),
    Planted(
        "BU001",
        ERROR,
        40,
        7,
        14,
        "2500000",
        "budget.amounts[a1].new",
        "EUR 10,000.00 and EUR 20,000.00 make EUR 30,000.00, not EUR 25,000.00",
        "10.000 EUR und 20.000 EUR ergeben 30.000 EUR, nicht 25.000 EUR",
        ((38, 7, 14), (39, 10, 17)),
    ),
    Planted(
        "DT004",
        WARNING,
        45,
        8,
        18,
        "2023-12-03",
        "consultations[c1].date",
        "2023-12-03 is a Sunday",
        "03.12.2023 ist ein Sonntag",
    ),
    Planted(
        "GR001",
        WARNING,
        51,
        16,
        33,
        '"Regionausschuss"',
        "consultations[c2].organization",
        "no body is called Regionausschuss",
        "kein Gremium heißt Regionausschuss",
    ),
    Planted(
        "SC002",
        ERROR,
        53,
        8,
        21,
        '"preperation"',
        "consultations[c2].role",
        "Role: preperation is not one of the possible words.",
        "Zuständigkeit: preperation gehört nicht zu den möglichen Wörtern.",
    ),
    Planted(
        "OU006",
        WARNING,
        61,
        44,
        53,
        "abgelehnt",
        "consultations[c3].result_text",
        "the outcome is 'as proposed', the printed words say 'abgelehnt'",
        "das Ergebnis ist „laut Vorschlag“, der Wortlaut sagt „abgelehnt“",
        ((60, 11, 24),),
    ),
    Planted(
        "VO003",
        ERROR,
        66,
        7,
        9,
        "30",
        "consultations[c3].votes[v1].yes",
        "accepted, but yes (30) is not more than no (45); at a tie or less the motion is rejected (§ 66 NKomVG)",
        "angenommen, aber Ja (30) ist nicht mehr als Nein (45); "
        "bei Gleichstand oder weniger ist der Antrag abgelehnt (§ 66 NKomVG)",
        ((67, 6, 8),),
    ),
    Planted(
        "VO008",
        ERROR,
        74,
        10,
        21,
        '"unanimous"',
        "consultations[c3].votes[v2].manner",
        "unanimous, but there is 1 no vote",
        "einstimmig, aber 1 Nein-Stimme",
        ((76, 6, 7),),
    ),
)
"""The fifteen, in the order of the file."""
