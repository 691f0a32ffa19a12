"""The index: what it says of a register, how it keeps up, and what happens to a damaged one."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antragsbuch.store.index import Cancelled
from antragsbuch.store.query import parse
from antragsbuch.store.rows import Change
from antragsbuch.store.source import Order
from antragsbuch_schema.folding import words
from antragsbuch_schema.state import State
from support.generated import TODAY, Register
from support.indexes import Opener, everything, indexed, references
from support.repositories import COUNCIL, OTHER_PATH, PATH, Repository, motion, register


@pytest.fixture
def opened() -> Iterator[Opener]:
    """Opens the index of a repository; all are closed at the end."""
    with ExitStack() as stack:
        yield lambda repository, **options: stack.enter_context(indexed(repository, **options))


# what a row says


def test_a_row(clone: Repository, opened: Opener) -> None:
    text = motion(title="Konferenz", yes=45).replace(
        "date = 2023-11-16", 'originators = [\n    "SPD",\n    "Volt",\n]\nsubmitted = 2023-11-15\ndate = 2023-11-16'
    )
    clone.write(PATH, text)
    (row,) = everything(opened(clone))
    assert row.path == PATH
    assert row.reference == "2292 (V) HHA"
    assert row.date == dt.date(2023, 11, 16)
    assert row.submitted == dt.date(2023, 11, 15)
    assert row.title == "Konferenz"
    assert row.paper_type == "Haushaltsantrag"
    assert row.originators == ("SPD", "Volt")
    assert row.public
    assert row.state is State.DECIDED
    assert row.next is None
    assert row.change is Change.CHANGED
    assert not row.draft


def test_the_next_step(clone: Repository, opened: Opener) -> None:
    (row,) = everything(opened(clone))
    assert row.state is State.IN_CONSULTATION
    assert row.next is not None
    assert (row.next.organization, row.next.date) == ("Regionsversammlung", dt.date(2023, 12, 19))


def test_changes_against_head(clone: Repository, opened: Opener) -> None:
    third = "motions/V/100/101-HHA.toml"
    for path, reference in ((OTHER_PATH, "3185 (V) HHA"), (third, "101 (V) HHA")):
        clone.write(path, motion(reference))
    clone.commit()
    clone.write(PATH, motion(title="Anders"))
    (clone.root / OTHER_PATH).unlink()
    clone.write("motions/V/100/102-HHA.toml", motion("102 (V) HHA"))
    index = opened(clone)
    assert {row.reference: row.change for row in everything(index)} == {
        "101 (V) HHA": Change.NONE,
        "102 (V) HHA": Change.NEW,
        "2292 (V) HHA": Change.CHANGED,
        "3185 (V) HHA": Change.REMOVED,
    }
    assert [row.reference for row in index.changed()] == ["102 (V) HHA", "2292 (V) HHA", "3185 (V) HHA"]
    assert references(index, "has:change") == ["102 (V) HHA", "2292 (V) HHA", "3185 (V) HHA"]
    assert references(index, "is:removed") == ["3185 (V) HHA"]
    assert references(index, "is:new,changed") == ["102 (V) HHA", "2292 (V) HHA"]
    totals = index.totals()
    assert (totals.motions, totals.changed) == (3, 3)


def test_before_the_first_commit(isolated: Path, tmp_path: Path, opened: Opener) -> None:
    folder = tmp_path / "fresh"
    folder.mkdir()
    repository = Repository(folder)
    repository.git("init", "--quiet")
    repository.write("motions/council.toml", COUNCIL)
    repository.write(PATH, motion())
    (row,) = everything(opened(repository))
    assert row.change is Change.NEW


def test_a_file_that_cannot_be_read_is_in_the_list_and_is_found(clone: Repository, opened: Opener) -> None:
    clone.write(OTHER_PATH, b'title = "Konf\xff')
    index = opened(clone)
    broken = next(row for row in everything(index) if row.path == OTHER_PATH)
    assert broken.state is None
    assert broken.errors
    assert [row.path for row in everything(index, "has:error")] == [OTHER_PATH]
    assert [row.path for row in everything(index, "konf")] == [PATH, OTHER_PATH]
    clone.write(OTHER_PATH, motion("3185 (V) HHA"))
    index.refresh(today=TODAY)
    assert references(index, "has:error") == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission(clone: Repository, opened: Opener) -> None:
    clone.write(OTHER_PATH, motion("3185 (V) HHA")).chmod(0)
    index = opened(clone)
    (row,) = everything(index, "has:error")
    assert row.path == OTHER_PATH
    assert "Permission denied" in index.findings(OTHER_PATH)[0].finding.message("en")


def test_odd_names_and_links(clone: Repository, opened: Opener) -> None:
    odd = os.fsdecode(b"motions/V/2200/2293-\xff.toml")
    (clone.root / odd).write_text(motion("2293 (V) HHA"), encoding="utf-8")
    (clone.root / "motions/V/2200/link.toml").symlink_to("/etc/passwd")
    clone.write("motions/V/2200/.hidden.toml", motion("1 (V) HHA"))
    clone.write("motions/V/2200/notes.txt", "nichts")
    index = opened(clone)
    assert [row.path for row in everything(index)] == [PATH, odd]
    assert index.row(odd) is not None
    assert index.source().position_of(odd) == 1


def test_wrong_types_make_a_row_too(clone: Repository, opened: Opener) -> None:
    clone.write(OTHER_PATH, 'title = 5\nreference = ["x"]\npublic = "ja"\nconsultations = 7\noriginators = [1]\n')
    row = next(row for row in everything(opened(clone)) if row.path == OTHER_PATH)
    assert (row.title, row.reference, row.originators, row.public) == ("", "", (), True)
    assert row.errors


# the filter


BODIES = """
[[organizations]]
id = "o2"
name = "Ausschuss für Soziales"
short_name = "ASoz"
spellings = ["Sozialausschuss"]
"""

GREENS = """\
name = "Bündnis 90/DIE GRÜNEN"
short_name = "Grüne"
spellings = ["Bündnis 90 / DIE GRÜNEN"]
"""


@pytest.fixture
def varied(isolated: Path, tmp_path: Path) -> Repository:
    first = motion(
        "2292 (V) HHA", title="Straße für Frau Müller", proposal="Armutsbekämpfung in der „Region“."
    ).replace("public = true", 'public = true\noriginators = ["Bündnis 90 / DIE GRÜNEN"]')
    second = motion("3185 (V) HHA", title="Klimaschutz", yes=45).replace(
        'id = "c1"\norganization = "Regionsversammlung"\ndate = 2023-12-19',
        'id = "c0"\norganization = "Ausschuss für Soziales"\ndate = 2024-03-05\n\n'
        '[[consultations]]\nid = "c1"\norganization = "Regionsversammlung"\ndate = 2024-03-19',
    )
    third = (
        motion("17 (V) AT", title="Soziale Stadt", yes=2)
        .replace("public = true", "public = false")
        .replace("date = 2023-11-16", "date = 2025-02-03")
    )
    return register(
        tmp_path / "varied",
        {
            "motions/V/2200/2292-HHA.toml": first,
            "motions/V/3100/3185-HHA.toml": second,
            "motions/V/0/17-AT.toml": third,
        },
        council=COUNCIL.replace(
            'name = "SPD"\n',
            'name = "Bündnis 90/DIE GRÜNEN"\nshort_name = "Grüne"\nspellings = ["Bündnis 90 / DIE GRÜNEN"]\n',
        )
        + BODIES,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [17, 2292, 3185]),
        ("strasse", [2292]),
        ("STRASSE", [2292]),
        ("muller", [2292]),
        ("mueller", [2292]),
        ("armuts", [2292]),
        ("kämpfung", [2292]),
        ("a", [17, 2292, 3185]),
        ("ar", [2292]),
        ("rm", []),
        ("klima soziales", [3185]),
        ('"soziale stadt"', [17]),
        ('"stadt soziale"', []),
        ("-soziale", [2292]),
        ("-klima", [17, 2292]),
        ("ref:3185", [3185]),
        ("ref:31", [3185]),
        ("ref:185", []),
        ('ref:"17 (V)"', [17]),
        ("ref:10..2500", [17, 2292]),
        ("-ref:10..2500", [3185]),
        ("faction:grüne", [2292]),
        ("fraktion:gruene", [2292]),
        ("faction:linke", []),
        ("body:sozialausschuss", [3185]),
        ("body:ASoz,Regionsversammlung", [17, 2292, 3185]),
        ("date:2023", [2292, 3185]),
        ("date:2024..", [17]),
        ("-date:2023", [17]),
        ("session:2024-03", [3185]),
        # both words speak of one and the same session
        ("body:Regionsversammlung session:2024-03-05", []),
        ("body:Soziales session:2024-03-05", [3185]),
        ("body:Soziales body:Regionsversammlung", [3185]),
        ("-body:Soziales", [17, 2292]),
        ("type:haushalt", [17, 2292, 3185]),
        ("type:HHA", [17, 2292, 3185]),
        ("type:AT", [17]),
        ("title:stadt", [17]),
        ("title:region", []),
        ("term:V", [17, 2292, 3185]),
        ("term:IV", []),
        ("state:decided", [17, 3185]),
        ("state:rejected", []),
        ("is:open", [2292]),
        ("has:vote", [17, 3185]),
        ("is:public", [2292, 3185]),
        ("is:confidential", [17]),
        ("is:confidential,open", [17, 2292]),
        ("has:draft", [3185]),
        ("has:error,draft", [17, 3185]),
        ("faction:", [17, 2292, 3185]),
        ("klima date:gestern", [3185]),
    ],
)
@pytest.mark.parametrize("trigrams", [True, False])
def test_filter(varied: Repository, opened: Opener, text: str, expected: list[int], trigrams: bool) -> None:
    index = opened(varied, trigrams=trigrams)
    source = index.source(parse(text), drafts=["motions/V/3100/3185-HHA.toml"])
    assert [int(row.reference.split()[0]) for row in source.rows(0, 10)] == expected
    assert source.count() == len(expected)


WORDS = ["arm", "armut", "straße", "Müller", "Bürger:innen", "EU", "a", "90", "20.000 €", "Kita-Platz", "ﬁnanz", "neue"]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join), min_size=1, max_size=6),
    st.sampled_from([*WORDS, "e", "ma", "strasse", "rgerinne", "ute", "000", "itaplatz"]),
)
def test_the_search_finds_what_folding_says(
    tmp_path_factory: pytest.TempPathFactory, titles: list[str], typed: str
) -> None:
    """A word of three letters and more is found inside of words, a shorter one where a word begins."""
    repository = register(
        tmp_path_factory.mktemp("found") / "clone",
        {
            f"motions/V/0/{n}-HHA.toml": motion(f"{n} (V) HHA", title=title, proposal="x")
            for n, title in enumerate(titles, 1)
        },
    )
    with indexed(repository) as index:
        shown = {row.title for row in everything(index, f'title:"{typed}"')}
        anywhere = {row.title for row in everything(index, f'"{typed}"')}
    wanted = " ".join(words(typed))
    inside = {title for title in titles if wanted in " ".join(words(title))}
    assert shown == inside
    if len(wanted) > 2:
        assert anywhere == inside
    else:
        assert anywhere == {title for title in titles if any(word.startswith(wanted) for word in words(title))}


def test_orders(isolated: Path, tmp_path: Path, opened: Opener) -> None:
    texts = {
        "motions/V/0/9-HHA.toml": motion("9 (V) HHA", title="Zoo").replace("2023-11-16", "2024-01-01"),
        "motions/V/0/10-HHA.toml": motion("10 (V) HHA", title="Äpfel", yes=45),
        "motions/other/a.toml": motion("Sonderfall 1", title="Birnen"),
        "motions/new/k7m2qx9a.toml": 'id = "k7m2qx9a"\ntitle = "Ohne Nummer"\npublic = true\n',
    }
    index = opened(register(tmp_path / "orders", texts))
    names = ["9 (V) HHA", "10 (V) HHA", "Sonderfall 1", ""]
    assert [row.reference for row in everything(index)] == names
    assert [row.reference for row in everything(index, descending=True)] == names[::-1]
    assert [row.title for row in everything(index, order=Order.TITLE)] == ["Äpfel", "Birnen", "Ohne Nummer", "Zoo"]
    assert [row.title for row in everything(index, order=Order.DATE)] == ["Ohne Nummer", "Äpfel", "Birnen", "Zoo"]
    assert [row.state for row in everything(index, order=Order.STATE)] == [
        State.DRAFT, State.IN_CONSULTATION, State.IN_CONSULTATION, State.DECIDED,
    ]  # fmt: skip


def test_windows(isolated: Path, tmp_path: Path, opened: Opener) -> None:
    made = Register(120)
    made.repository(tmp_path / "made")
    source = opened(Repository(tmp_path / "made")).source(parse("region"))
    rows = source.rows(0, source.count())
    assert len(rows) == source.count() > 60
    assert source.rows(20, 30) == rows[20:30]
    assert source.rows(source.count() - 3, source.count() + 50) == rows[-3:]
    assert source.rows(-5, 2) == rows[:2]
    assert source.rows(7, 7) == []
    assert source.position_of(rows[33].path) == 33
    assert source.position_of("motions/V/0/none.toml") is None
    assert source.paths() == [row.path for row in rows]


def test_cancelled(clone: Repository, opened: Opener) -> None:
    index = opened(clone)
    with pytest.raises(Cancelled):
        # enough rows that SQLite asks: the steps of a recursive count
        index._answer(
            lambda each: each.execute(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) SELECT max(i) FROM n"
            ).fetchone(),
            lambda: True,
        )
    assert references(index) == ["2292 (V) HHA"]
