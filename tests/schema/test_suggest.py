"""Did you mean: German names with umlauts written out, ss for ß, blanks, dashes and slips."""

import pytest

from antragsbuch_schema.suggest import closest, folded, same_name

BODIES = [
    "Regionsversammlung",
    "Regionsausschuss",
    "Ausschuss für Soziales, Wohnungswesen und Teilhabe",
    "Ausschuss für Organisation, Personal, Finanzen und Digitalisierung",
    "Ausschuss für Straßen und Verkehr",
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Regionausschuss", "Regionsausschuss"),
        ("Regionsausschuß", "Regionsausschuss"),
        ("Regions-Ausschuss", "Regionsausschuss"),
        ("Regionsversamlung", "Regionsversammlung"),
        ("Ausschuss fuer Strassen und Verkehr", "Ausschuss für Straßen und Verkehr"),
        ("ausschuss für strassen  und verkehr", "Ausschuss für Straßen und Verkehr"),
        ("Ausschuss für Soziales, Wohnungswesen u. Teilhabe", "Ausschuss für Soziales, Wohnungswesen und Teilhabe"),
        ("Regionsv", "Regionsversammlung"),
    ],
)
def test_a_slip_finds_the_name(typed: str, meant: str) -> None:
    assert closest(typed, BODIES) == [meant]


@pytest.mark.parametrize("typed", ["", "   ", "Verkehrsausschuss", "Rat", "Region", "Ausschuss"])
def test_what_is_not_close_or_not_clear_finds_nothing(typed: str) -> None:
    assert closest(typed, BODIES) == []


def test_the_best_comes_first() -> None:
    assert closest("preperation", ["operation", "preparation", "noting"], 2) == ["preparation", "operation"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bündnis 90 / DIE GRÜNEN", "Bündnis 90/Die Grünen"),
        ("CDU - Fraktion", "CDU–Fraktion"),
        ("2292 (V) HHA", "2292(V)  hha"),
        ("Bu\u0308ndnis", "Bündnis"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert same_name(one) == same_name(other)


def test_other_letters_make_another_name() -> None:
    assert same_name("Ausschuß") != same_name("Ausschuss")
    assert folded("Ausschuß für Straßen") == folded("ausschuss fuer strassen")
