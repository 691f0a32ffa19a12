"""A motion with something in every section, as parsed data."""

from __future__ import annotations

import datetime as dt

from antragsbuch_schema.edits import Data


def sample() -> Data:
    """A fresh copy of it."""
    return {
        "id": "k7m2qx9a",
        "reference": "3185 (V) HHA",
        "paper_type": "Haushaltsantrag",
        "title": "Integrationsplan aktualisieren und umsetzen",
        "public": True,
        "originators": ["SPD", "Bündnis 90/DIE GRÜNEN"],
        "submitted": dt.date(2024, 11, 12),
        "date": dt.date(2024, 11, 14),
        "proposal": "Die Verwaltung prüft den Plan.\nEventuell können Mittel genutzt werden.\n",
        "facts": "Der Plan ist alt.\n\n- erstens\n- zweitens, mit\n  Fortsetzung\n\nEr ist bundesweit Vorbild.\n",
        "attachments": [],
        "budget": {
            "product_pages_from": "XY",
            "references": [
                {"id": "b1", "page": "Nicht drin", "sub_budget": "33"},
                {"id": "b2", "page": "S.164 (Regionsfonds", "sub_budget": "52"},
            ],
            "amounts": [{"id": "a1", "side": "expense", "year": 2025, "change": 2000000}],
        },
        "consultations": [
            {
                "id": "c1",
                "organization": "Ausschuss für Gleichstellung",
                "date": dt.date(2024, 11, 19),
                "role": "preparation",
            },
            {
                "id": "c2",
                "organization": "Ausschuss für Organisation, Personal, Finanzen und Digitalisierung",
                "date": dt.date(2024, 12, 5),
                "role": "preparation",
                "lead": True,
            },
            {"organization": "Regionsausschuss", "date": dt.date(2024, 12, 10), "role": "preparation"},
            {
                "id": "c4",
                "organization": "Regionsversammlung",
                "date": dt.date(2024, 12, 17),
                "role": "decision",
                "votes": [{"id": "v1", "yes": 40}],
            },
        ],
        "later": {"unknown": 1},
    }
