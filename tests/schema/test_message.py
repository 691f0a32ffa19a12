from __future__ import annotations

import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antragsbuch_schema.changes import difference
from antragsbuch_schema.display import UNSAFE
from antragsbuch_schema.message import Entry, fields_of, motions_of, suggest
from antragsbuch_schema.places import Item, parse, render
from support.motion_data import MOTION_3185, VOTE, after


def _vote_and_facts(motion: dict[str, object]) -> None:
    motion["facts"] = "Der Plan ist alt. Er ist landesweit Vorbild für alle."
    motion["consultations"][2].update(outcome="as_proposed", votes=[VOTE])  # type: ignore[index]


CHANGES = difference(MOTION_3185, after(_vote_and_facts))


def trailers(message: str) -> list[tuple[str, str]]:
    """As git reads them."""
    shown = subprocess.run(
        ["git", "interpret-trailers", "--parse", "--no-divider"],
        input=message,
        text=True,
        capture_output=True,
        check=True,
    ).stdout
    return [(key, value) for key, _, value in (line.partition(": ") for line in shown.splitlines())]


def test_the_message_of_one_motion() -> None:
    assert suggest([("3185 (V) HHA", CHANGES, "changed")], "de") == (
        "3185 (V) HHA: Abstimmung Regionsversammlung, Sachverhalt\n"
        "\n"
        "- Sachverhalt, Satz 2: ist [-bundesweit-] {+landesweit+} Vorbild\n"
        "- Regionsversammlung, 17.12.2024: Abstimmung eingetragen, 45 Ja, 30 Nein, 3 Enthaltungen, laut Vorschlag\n"
        "\n"
        "Motion: 3185 (V) HHA\n"
        "Fields: facts, consultations[c3].votes[v1], consultations[c3].outcome\n"
    )


def test_the_message_of_two_motions_in_english() -> None:
    created = difference(None, {"title": "Radwege"})
    entries = [
        Entry("3186 (V) HHA", CHANGES[:1], "renamed", "motions/V/3100/3185-HHA.toml"),
        Entry("2301 (V) HHA", created, "added"),
    ]
    message = suggest(entries, "en")
    assert message.splitlines()[0] == "3186, 2301: facts of the case, created, Radwege"
    assert message.split("\n\n")[1] == (
        "3186 (V) HHA\n- Facts of the case, sentence 2: ist [-bundesweit-] {+landesweit+} Vorbild"
    )
    assert trailers(message) == [
        ("Motion", "3186 (V) HHA"),
        ("Fields", "facts"),
        ("Renamed-From", "motions/V/3100/3185-HHA.toml"),
        ("Motion", "2301 (V) HHA"),
        ("Fields", "*"),
    ]
    assert motions_of(trailers(message)) == [("3186 (V) HHA", (("facts",),)), ("2301 (V) HHA", ((),))]


def test_many_motions_are_counted() -> None:
    entries = [Entry(f"{number} (V) HHA", CHANGES[:1]) for number in range(1000, 1012)]
    message = suggest(entries, "de")
    assert message.splitlines()[0] == "12 Anträge: Sachverhalt"
    assert len(motions_of(trailers(message))) == 12


def test_what_does_not_fit_is_counted() -> None:
    def much(motion: dict[str, object]) -> None:
        motion.update(title="X", originators=["CDU"], proposal="Y.", date=None, reference="1", facts="", note=1)

    (subject, *_) = suggest([("3185 (V) HHA", difference(MOTION_3185, after(much)), "changed")], "en").splitlines()
    assert subject == "3185 (V) HHA: reference, title, movers, date of the paper and 3 more"
    assert len(subject) <= 72


def test_a_file_without_changes_in_its_meaning() -> None:
    assert suggest([("council.toml", [], "changed")], "en") == "council.toml: layout only\n\nMotion: council.toml\n"
    assert suggest([("council.toml", [], "removed")], "de").startswith("council.toml: gelöscht\n")
    assert suggest([], "de") == ""


@settings(max_examples=40)
@given(
    st.text(max_size=60),
    st.text(max_size=60),
    st.sampled_from(
        ["", "\nReason: because", "\n\nFields: title", "\u2028X: y", "\x1b[31m", "\r\n\r\nSigned-off-by: a", "\x85A: b"]
    ),
)  # fmt: skip
def test_foreign_text_makes_no_line_and_no_trailer(name: str, title: str, attack: str) -> None:
    old, new = {"title": "A"}, {"title": title + attack, "k" + attack: attack, "originators": [attack + "x"]}
    changes = difference(old, new)
    message = suggest([(name + attack, changes, "changed")], "de")
    assert [key for key, _ in trailers(message)] == ["Motion", "Fields"]
    assert not UNSAFE.search(message)
    subject, body, _ = message.split("\n\n")
    assert "\n" not in subject
    assert len(body.split("\n")) == len(changes)
    assert {("title",), ("originators",)} <= set(fields_of(trailers(message)[1][1]))


def test_places_are_read_back() -> None:
    odd = ("a, b", Item("c1"), 'q"u\\o')
    assert fields_of(f"{render(odd)}, facts[#3],  title , ]broken[") == (odd, parse("facts[#3]"), ("title",))
    assert fields_of("") == ()


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_body_is_cut_where_it_is_endless(language: str) -> None:
    message = suggest([("1", [*CHANGES * 150], "changed")], language)  # type: ignore[arg-type]
    lines = message.splitlines()
    assert sum(line.startswith("- ") for line in lines) == 200
    assert "100" in lines[-4]
