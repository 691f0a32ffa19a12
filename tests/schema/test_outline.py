from __future__ import annotations

from hypothesis import given

from antragsbuch_schema.edits import Data
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.normal import normalise, same
from antragsbuch_schema.outline import outline
from support.motion_data import MOTION_3185, VOTE, after, versions


def test_a_motion_as_lines_of_words() -> None:
    def change(motion: Data) -> None:
        del motion["consultations"][1:], motion["attachments"]
        motion["consultations"][0].update(votes=[VOTE], lead=True)
        motion.update(note="x", facts="Der Plan ist alt. Er ist gut.\n\n- Eins.\n- Zwei.")

    assert outline(after(change), MOTION, "de") == (
        "Kennung: p4w8zk1c\n"
        "Drucksachennummer: 3185 (V) HHA\n"
        "Titel: Integrationsplan aktualisieren und umsetzen\n"
        "Öffentlich: ja\n"
        "Antragsteller: SPD\n"
        "Antragsteller: Bündnis 90/DIE GRÜNEN\n"
        "Datum der Drucksache: 14.11.2024\n"
        "Beschlussvorschlag:\n"
        "    Die Verwaltung wird beauftragt.\n"
        "Sachverhalt:\n"
        "    Der Plan ist alt.\n"
        "    Er ist gut.\n"
        "\n"
        "    - Eins.\n"
        "    - Zwei.\n"
        "Haushalt:\n"
        "    Betrag: Aufwand, 2024\n"
        "        Kennung: a1\n"
        "        Art: Aufwand\n"
        "        Jahr: 2024\n"
        "        Änderung: 20.000 EUR\n"
        "Beratungsschritt: Ausschuss für Gleichstellung …, 19.11.2024\n"
        "    Kennung: c1\n"
        "    Gremium: Ausschuss für Gleichstellung, Integration, Antidiskriminierung und Diversität\n"
        "    Datum: 19.11.2024\n"
        "    Zuständigkeit: Vorbereitung\n"
        "    Federführung: ja\n"
        "    Abstimmung: v1\n"
        "        Kennung: v1\n"
        "        Abstimmungsergebnis: angenommen\n"
        "        Ja: 45\n"
        "        Nein: 30\n"
        "        Enthaltungen: 3\n"
        "note: x\n"
    )


@given(versions(MOTION, strange=True))
def test_it_says_the_same_where_the_meaning_is_the_same(pair: tuple[Data, Data]) -> None:
    one, other = (outline(data, MOTION, "en") for data in pair)
    if same(*(normalise(data, MOTION) for data in pair)):
        assert one == other
    assert one == "" or one.endswith("\n")


def test_another_word_is_another_line() -> None:
    old = outline(MOTION_3185, MOTION, "de").splitlines()
    new = outline(after(lambda m: m.update(facts=m["facts"].replace("alt", "neu"))), MOTION, "de").splitlines()
    assert [line for line in new if line not in old] == ["    Der Plan ist neu."]
