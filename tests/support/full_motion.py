"""A motion that says something in nearly every field that the printed form has a place for, as parsed data."""

from __future__ import annotations

import datetime as dt

from antragsbuch_schema.edits import Data

_FINANCE = "Ausschuss für Organisation, Personal, Finanzen und Digitalisierung"


def full_motion() -> Data:
    """A fresh copy of it; ids are given in order, as an import gives them."""
    return {
        "id": "k7m2qx9a",
        "reference": "3185 (V) HHA",
        "paper_type": "Haushaltsantrag",
        "title": "Integrationsplan „WIR 2.0“ – aktualisieren & umsetzen, *jetzt* #1 [x] $ @ \\ {}",
        "public": True,
        "originators": ["SPD", "Bündnis 90/DIE GRÜNEN"],
        "under_direction_of": ["Dezernat II", "Team 50.01"],
        "submitted": dt.date(2024, 11, 12),
        "date": dt.date(2024, 11, 14),
        "amends": "3101 (V) HHA",
        "related_papers": ["2292 (V) HHA", "3102 (V) HHA"],
        "proposal": "Die Verwaltung prüft den Plan. Eventuell können Mittel genutzt werden.\n\n- erstens\n- zweitens",
        "facts": "Der Plan ist alt.\n\n- erstens\n- zweitens, mit mehr\n\nEr ist bundesweit Vorbild.",
        "remarks": "Von Hand erfasst. Geprüft am 1. Dezember.",
        "attachments": [
            {"id": "f1", "title": "Integrationsplan", "url": "https://example.org/a.pdf", "public": False},
            {"id": "f2", "title": "Übersicht der Mittel (Stand 2024)"},
        ],
        "main_file": {"title": "Drucksache", "media_type": "application/pdf"},
        "proposals": [
            {"id": "p1", "label": "A", "originators": ["SPD"], "text": "Es wird gebaut.\n\n- bald\n- gut"},
            {"id": "p2", "label": "B", "text": "Es wird nicht gebaut."},
        ],
        "replacements": [{"id": "r1", "passage": "Ziffer 3", "text": "Die Mittel werden gesperrt."}],
        "budget": {
            "plan": "2025/2026",
            "product_pages_from": "XY",
            "cover": "Aus der Rücklage.\n\n- zur Hälfte",
            "references": [
                {"id": "b1", "page": "Nicht drin", "sub_budget": "33", "name": "Zuwanderung und Migration"},
                {"id": "b2", "page": "S.164 (Regionsfonds", "sub_budget": "52", "name": "Teilhabe",
                 "product": "331111", "product_name": "Regionsfonds"},
                {"id": "b3", "page": "S. 425", "sub_budget": "50", "name": "Soziales",
                 "text": "Teilhaushalt 50/Soziales"},
            ],
            "amounts": [
                {"id": "a1", "side": "expense", "year": 2025, "change": 2000000},
                {"id": "a2", "side": "posts", "year": 2025, "recurring": True, "old": 150, "change": -50, "new": 100,
                 "sub_budget": "50", "blocked": True, "block_text": "bis zum Beschluss; dann frei"},
                {"id": "a3", "side": "investment", "year": 2026, "new": 12345, "recipient": "Verein",
                 "commitments": [{"id": "y1", "year": 2027, "amount": 5000000},
                                 {"id": "y2", "year": 2028, "amount": 250}]},
            ],
        },
        "consultations": [
            {"id": "c1", "organization": "Ausschuss für Gleichstellung", "joint_with": [_FINANCE, "Verkehrsausschuss"],
             "date": dt.date(2024, 11, 19), "time": dt.time(18, 0), "agenda_item": "7.12", "role": "preparation",
             "outcome": "deferred", "result_text": "vertagt", "deferred_to": dt.date(2024, 12, 3),
             "remarks": "Frau Muster sprach.\n\nDanach nicht."},
            {"id": "c2", "organization": _FINANCE, "date": dt.date(2024, 12, 5), "role": "preparation", "lead": True,
             "outcome": "as_proposed", "votes": [{"id": "v1", "result": "accepted", "manner": "unanimous", "yes": 12,
                                                  "no": 0, "abstentions": 3}]},
            {"id": "c3", "organization": "Regionsausschuss", "date": dt.date(2024, 12, 10), "role": "other",
             "role_text": "Vorberatung", "outcome": "rejected",
             "votes": [{"id": "v1", "yes": 4, "no": 9, "abstentions": 0}]},
            {"id": "c4", "organization": "Regionsversammlung", "date": dt.date(2024, 12, 17), "role": "decision",
             "authoritative": True, "outcome": "amended", "minutes": "approved", "minutes_date": dt.date(2025, 1, 14),
             "resolution_text": "Der Plan wird geändert.\n\nEr gilt ab 2025.",
             "votes": [
                 {"id": "v1", "result": "accepted", "method": "roll_call", "yes": 45, "no": 30, "abstentions": 3,
                  "by_faction": [{"id": "f1", "name": "SPD", "kind": "faction", "yes": 24, "no": 0},
                                 {"id": "f2", "name": "CDU", "kind": "faction", "yes": 0, "no": 22}]},
                 {"id": "v2", "subject": "Ziffer 2", "result": "rejected", "yes": 10, "no": 40,
                  "text": "Abgelehnt; klar."},
                 {"id": "v3", "subject": "Sitz", "choices": [{"id": "o1", "label": "a)", "votes": 6},
                                                            {"id": "o2", "label": "b)", "votes": 22}]},
             ]},
        ],
        "statement": {"organization": "Dezernat II", "date": dt.date(2024, 11, 25), "recommendation": "amend",
                      "text": "Die Verwaltung empfiehlt die Annahme.\n\n- mit Frist"},
        "answer": {"date": dt.date(2024, 11, 26), "text": "Ja."},
        "withdrawal": {"date": dt.date(2024, 12, 18), "originators": ["SPD"], "reason": "erledigt"},
        "source": {"name": "Ratsinformation", "url": "https://example.org/1", "retrieved": dt.date(2024, 12, 20)},
    }  # fmt: skip
