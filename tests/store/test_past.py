"""The register as it was on a date."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from antragsbuch.store.errors import NotFound
from antragsbuch.store.past import commit_at, commit_on, motions_on, zone_of
from support.repositories import COUNCIL, OTHER_PATH, PATH, Repository, motion, register

BERLIN = zone_of("Europe/Berlin")


@pytest.fixture
def three(isolated: Path, tmp_path: Path) -> Repository:
    """Three commits: begun on the first day, changed on the second, one more motion on the third."""
    repository = register(tmp_path / "clone")

    def commit(message: str, when: str) -> None:
        repository.git("add", "--all")
        repository.git("commit", "-q", "-m", message, env={"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when})

    repository.write(PATH, motion(title="Zweiter Titel"))
    commit("Change", "2024-03-02T23:30:00+0100")
    repository.write(OTHER_PATH, motion("3185 (V) HHA", title="Straße sperren"))
    repository.write("motions/V/broken.toml", "id = ")
    commit("Add", "2024-03-03T10:00:00+0100")
    return repository


def titles(repository: Repository, day: str) -> list[str]:
    with repository.open() as opened:
        past = motions_on(opened, dt.date.fromisoformat(day), BERLIN)
    assert past is not None
    return [row.title for row in past.rows]


def test_each_day_has_its_own_motions(three: Repository) -> None:
    assert titles(three, "2024-03-01") == ["Durchführung einer Konferenz"]
    assert titles(three, "2024-03-02") == ["Zweiter Titel"]
    assert titles(three, "2024-03-03") == ["Zweiter Titel", "Straße sperren", ""]
    assert titles(three, "2099-01-01") == titles(three, "2024-03-03")


def test_what_is_in_the_work_tree_is_not_the_past(three: Repository) -> None:
    three.write(PATH, motion(title="Ungespeichert"))
    assert "Ungespeichert" not in titles(three, "2024-03-03")


def test_a_day_ends_when_it_does_in_the_time_zone_of_the_council(three: Repository) -> None:
    with three.open() as opened:
        assert commit_on(opened, dt.date(2024, 3, 2), BERLIN) != commit_on(opened, dt.date(2024, 3, 1), BERLIN)
        # half past eleven in the evening in Berlin is the next day in Auckland
        auckland = zone_of("Pacific/Auckland")
        assert commit_on(opened, dt.date(2024, 3, 2), auckland) == commit_on(opened, dt.date(2024, 3, 1), BERLIN)


def test_before_the_first_commit_there_is_nothing(three: Repository) -> None:
    with three.open() as opened:
        assert commit_on(opened, dt.date(2000, 1, 1)) is None
        assert motions_on(opened, dt.date(2000, 1, 1)) is None


@pytest.mark.parametrize(
    ("query", "count"), [("", 3), ("strasse", 1), ("STRASSE sperren", 1), ("zweiter titel", 1), ("xyz", 0)]
)
def test_words_are_searched(three: Repository, query: str, count: int) -> None:
    with three.open() as opened:
        past = motions_on(opened, dt.date(2024, 3, 3), BERLIN)
    assert past is not None
    found = past.found(query)
    assert found.count() == count == len(found.rows(0, 10))
    assert all(found.position_of(row.path) == number for number, row in enumerate(found.rows(0, 10)))


def test_reading_tells_how_far_it_is_and_can_be_cancelled(three: Repository) -> None:
    told: list[tuple[int, int]] = []
    with three.open() as opened:
        motions_on(opened, dt.date(2024, 3, 3), progress=lambda done, total: told.append((done, total)))
        assert told == [(1, 3), (2, 3), (3, 3)]
        assert motions_on(opened, dt.date(2024, 3, 3), cancelled=lambda: True) is None


def test_an_unknown_time_zone_is_that_of_the_machine() -> None:
    assert zone_of("Nirgendwo/Stadt") is None and zone_of("") is None and zone_of("../../etc/passwd") is None


def test_a_commit_by_day_by_name_and_by_both(clone: Repository) -> None:
    first = clone.head()
    zone = 'language = "de"\ntime_zone = "Europe/Berlin"'
    clone.write("motions/council.toml", COUNCIL.replace('language = "de"', zone))
    clone.write(PATH, motion(title="Neu"))
    clone.git("add", ".")
    clone.git("commit", "--quiet", "-m", "x", env={"GIT_COMMITTER_DATE": "2024-01-05T23:30:00+0100"})
    second = clone.head()
    clone.git("tag", "2023-12-24", first)
    clone.git("tag", "@2024-02-01", first)
    with clone.open() as register:
        assert commit_at(register, "2024-01-05") == commit_at(register, dt.date(2024, 1, 6)) == second
        assert commit_at(register, "4.1.2024") == commit_at(register, "HEAD~1") == commit_at(register, "@~1") == first
        assert commit_at(register, dt.datetime(2024, 1, 5, 22, 29, tzinfo=dt.UTC)) == first
        assert commit_at(register, dt.datetime(2024, 1, 5, 22, 31, tzinfo=dt.UTC)) == second
        # a name of git's wins, but where it is marked as a day
        assert commit_at(register, "2023-12-24") == first and commit_at(register, "@2024-02-01") == second
        assert commit_at(register, dt.date(2024, 2, 1), first) == first
        for typed in ("1.1.2020", "@2020-01-01", "nonsense", "--all", "@nonsense"):
            with pytest.raises(NotFound):
                commit_at(register, typed)
