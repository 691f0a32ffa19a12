"""The timeline keeps up with the commits, and comes back from whatever happens to its file."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest

from antragsbuch.store.history_query import parse
from antragsbuch.store.register import open_register
from antragsbuch.store.timeline import Entry, Timeline
from support.repositories import COUNCIL, OTHER_PATH, PATH, Repository, large, motion, motion_id, register


@contextmanager
def timeline(
    repository: Repository, revision: str = "HEAD", *, deep: bool = True, **options: Any
) -> Iterator[Timeline]:
    """The timeline of a repository, up to date."""
    with open_register(repository.root) as opened, Timeline(opened, revision, **options) as found:
        assert found.refresh()
        if deep:
            assert found.deepen()
        yield found


def subjects(repository: Repository, revision: str = "HEAD") -> list[str]:
    """The subjects of all entries, newest first."""
    with timeline(repository, revision, deep=False) as found:
        return [entry.subject for entry in found.entries()]


def titles(repository: Repository, *names: str) -> None:
    """A commit for each title."""
    for name in names:
        repository.write(PATH, motion(title=name))
        repository.commit(name)


def files(repository: Repository) -> list[Path]:
    return sorted((repository.root / ".git/antragsbuch").glob("timeline-*.sqlite"))


# keeping up


def test_new_commits_come_in(clone: Repository) -> None:
    with timeline(clone) as found:
        assert found.count() == 2
        titles(clone, "Eins", "Zwei")
        assert found.count() == 2
        told: list[tuple[int, int]] = []
        found.refresh(progress=lambda done, total: told.append((done, total)))
        assert told == [(2, 2)]
        assert [entry.subject for entry in found.entries()] == ["Zwei", "Eins", *["Begin the register"] * 2]
        assert found.waiting() == 2 and found.count(parse("kind:title")) == 0
        found.deepen()
        assert found.count(parse("kind:title")) == 2


def test_rewritten_history_goes_and_the_rest_stays(clone: Repository) -> None:
    titles(clone, "Eins", "Zwei")
    assert subjects(clone)[:2] == ["Zwei", "Eins"]
    clone.write(PATH, motion(title="Anders"))
    clone.git("add", "-A")
    clone.git("commit", "-q", "--amend", "-m", "Anders")
    assert subjects(clone) == ["Anders", "Eins", "Begin the register", "Begin the register"]
    clone.git("reset", "-q", "--hard", "HEAD~2")
    assert subjects(clone) == ["Begin the register"] * 2
    titles(clone, "Neu")
    assert subjects(clone) == ["Neu", "Begin the register", "Begin the register"]
    with timeline(clone) as found, sqlite3.connect(files(clone)[0]) as database:
        assert database.execute("SELECT count(*) FROM commits").fetchone() == (2,)
        assert found.of_motion(PATH)[0].old_blob == clone.git("rev-parse", f"HEAD~1:{PATH}")


def test_commits_that_are_deleted_altogether_do_not_matter(clone: Repository) -> None:
    titles(clone, "Eins", "Zwei")
    assert len(subjects(clone)) == 4
    clone.git("reset", "-q", "--hard", "HEAD~1")
    clone.git("reflog", "expire", "--expire=now", "--all")
    clone.git("gc", "-q", "--prune=now")
    assert subjects(clone) == ["Eins", "Begin the register", "Begin the register"]


def test_branches_have_their_own_and_share_the_rest(clone: Repository) -> None:
    clone.git("checkout", "-q", "-b", "side")
    titles(clone, "Seite")
    clone.git("checkout", "-q", "main")
    titles(clone, "Main")
    assert subjects(clone)[0] == "Main" and subjects(clone, "side")[0] == "Seite"
    assert subjects(clone)[:2] == ["Main", "Begin the register"]
    clone.git("checkout", "-q", "side")
    assert subjects(clone)[:2] == ["Seite", "Begin the register"]
    clone.git("checkout", "-q", "--detach", "main~1")
    assert subjects(clone) == ["Begin the register"] * 2


def test_the_order_is_the_same_however_commits_came_in(clone: Repository) -> None:
    """An old commit that a merge brings late stands where it would have stood."""
    clone.git("checkout", "-q", "-b", "side")
    clone.write(OTHER_PATH, motion("3185 (V) HHA"))
    clone.commit("Seite")
    clone.git("checkout", "-q", "main")
    titles(clone, "Eins", "Zwei")
    before = subjects(clone)
    clone.git("merge", "-q", "--no-edit", "side")
    step_by_step = subjects(clone)
    shutil.rmtree(clone.root / ".git/antragsbuch")
    assert subjects(clone) == step_by_step == ["Zwei", "Eins", "Seite", "Begin the register", "Begin the register"]
    assert before == ["Zwei", "Eins", "Begin the register", "Begin the register"]


def test_a_clock_that_goes_back_does_not_turn_history_round(clone: Repository) -> None:
    for number, when in enumerate(("2030-01-01T00:00:00Z", "2001-01-01T00:00:00Z", "2024-01-01T00:00:00Z")):
        clone.write(PATH, motion(title=f"Titel {number}"))
        clone.git("add", "-A")
        clone.git("commit", "-q", "-m", str(number), env={"GIT_COMMITTER_DATE": when, "GIT_AUTHOR_DATE": when})
    with timeline(clone) as found:
        assert [entry.subject for entry in found.of_motion(PATH)] == ["2", "1", "0", "Begin the register"]
        assert found.entries()[1].time == dt.datetime(2001, 1, 1, tzinfo=dt.UTC)
        # what stood then: the newest of the commits that were dated before
        assert found.at("2024-06-01") == clone.head()
        assert found.at("2010-06-01") == clone.git("rev-parse", "HEAD~1")


def test_a_day_ends_in_the_time_zone_of_the_register(isolated: Path, tmp_path: Path) -> None:
    council = COUNCIL.replace('language = "de"', 'language = "de"\ntime_zone = "Pacific/Auckland"')
    clone = register(tmp_path / "clone", council=council)
    for when in ("2024-03-01T10:59:59+0000", "2024-03-01T11:00:00+0000"):
        clone.git("commit", "-q", "--allow-empty", "-m", when, env={"GIT_COMMITTER_DATE": when})
    with timeline(clone) as found:
        # midnight in Auckland is eleven in the morning in London
        assert found.at("2024-03-01") == clone.git("rev-parse", "HEAD~1")
        assert found.at("2024-03-02") == clone.head()


def test_a_register_without_a_commit_has_no_history(clone: Repository) -> None:
    clone.git("checkout", "-q", "--orphan", "new")
    with timeline(clone) as found:
        assert found.count() == 0 and found.entries() == [] == found.of_motion(PATH)


def test_it_can_be_stopped_and_goes_on(isolated: Path, tmp_path: Path) -> None:
    clone = register(tmp_path / "clone")
    for number in range(30):
        titles(clone, f"Titel {number}")
    with open_register(clone.root) as opened, Timeline(opened) as found:
        assert not found.refresh(stop=lambda: True)
        assert found.refresh()
        assert not found.deepen(stop=lambda: True)
        assert found.waiting() == 32
        assert found.deepen() and found.waiting() == 0
        assert found.count(parse("kind:title")) == 30


def test_many_files_in_one_commit(isolated: Path, tmp_path: Path) -> None:
    clone = large(tmp_path / "clone", 1200)
    with timeline(clone, deep=False) as found:
        assert found.count() == 1201
        assert found.of_motion("motions/V/700/777-HHA.toml")[0].reference == "777 (V) HHA"


def test_commits_come_in_while_what_changed_is_read(clone: Repository) -> None:
    """Also those that take the numbers of others that are gone."""
    titles(clone, *[f"Titel {number}" for number in range(5)])
    with timeline(clone, deep=False) as found, open_register(clone.root) as opened, Timeline(opened) as other:
        rewritten = False

        def rewrite(done: int, total: int) -> None:
            nonlocal rewritten
            if not rewritten:
                rewritten = True
                clone.git("reset", "-q", "--hard", "HEAD~3")
                titles(clone, "Anders", "Noch anders")
                other.refresh()

        found.deepen(progress=rewrite)
        assert rewritten and found.deepen() and found.waiting() == 0
        entries = found.entries()
        assert [entry.subject for entry in entries][:3] == ["Noch anders", "Anders", "Titel 1"]
        shutil.rmtree(clone.root / ".git/antragsbuch")
    assert _settled(clone) == entries


# what git can be like


def test_a_shallow_clone_ends_without_telling_what_it_does_not_know(clone: Repository, tmp_path: Path) -> None:
    titles(clone, "Eins", "Zwei", "Drei")
    clone.git("clone", "-q", "--depth=2", f"file://{clone.root}", str(tmp_path / "shallow"))
    shallow = Repository(tmp_path / "shallow")
    with timeline(shallow) as found:
        entries = found.of_motion(PATH)
        assert [(entry.subject, entry.cut) for entry in entries] == [("Drei", False), ("Zwei", True)]
        assert found.count(parse("kind:created")) == 0
        assert entries[1].kinds == frozenset() and found.changes(entries[1]) == []
    shallow.git("fetch", "-q", "--unshallow")
    assert subjects(shallow) == ["Drei", "Zwei", "Eins", "Begin the register", "Begin the register"]


def test_replacements_are_not_looked_at(clone: Repository) -> None:
    titles(clone, "Eins", "Zwei")
    clone.git("replace", "HEAD", "HEAD~2")
    assert subjects(clone)[:2] == ["Zwei", "Eins"]


def test_a_file_that_is_no_text(clone: Repository) -> None:
    clone.write(PATH, b"\xff\xfe\x00binary")
    clone.commit("Kaputt")
    clone.write(PATH, motion())
    clone.commit("Wieder gut")
    with timeline(clone) as found:
        good, bad, _first = found.of_motion(PATH)
        assert bad.kinds == good.kinds == {"unreadable"}
        assert [len(found.changes(entry)) for entry in (good, bad)] == [1, 1]
        assert bad.motion_id == motion_id("2292 (V) HHA")


def test_a_motion_that_was_moved_by_hand_and_edited_goes_on(clone: Repository) -> None:
    clone.write(OTHER_PATH, motion("3185 (V) HHA", id=motion_id("2292 (V) HHA"), title="Anders"))
    (clone.root / PATH).unlink()
    clone.commit("Umbenannt")
    clone.write(PATH, motion(id="m0000000x", title="Ein anderer Antrag"))
    clone.commit("Neuer Antrag am alten Ort")
    with timeline(clone) as found:
        assert [entry.subject for entry in found.of_motion(OTHER_PATH)] == ["Umbenannt", "Begin the register"]
        assert [entry.subject for entry in found.of_motion(PATH)] == ["Neuer Antrag am alten Ort"]
        (renamed,) = found.entries(parse("is:renamed"))
        assert {change.kind.value for change in found.changes(renamed)} == {"reference_changed", "title_changed"}


def test_a_motion_that_two_branches_renamed_goes_on(clone: Repository) -> None:
    titles(clone, "Vorher")

    def rename() -> None:
        clone.git("mv", PATH, "motions/V/2200/2293-HHA.toml")

    clone.git("checkout", "-q", "-b", "side")
    rename()
    clone.commit("Umbenannt auf der Seite")
    clone.git("checkout", "-q", "main")
    rename()
    clone.commit("Umbenannt")
    clone.git("merge", "-q", "--no-edit", "side")
    with timeline(clone) as found:
        assert [entry.subject for entry in found.of_motion("motions/V/2200/2293-HHA.toml")] == [
            "Umbenannt", "Umbenannt auf der Seite", "Vorher", "Begin the register",
        ]  # fmt: skip


def test_an_edit_beside_a_renaming_is_not_lost(clone: Repository) -> None:
    new = "motions/V/2200/2293-HHA.toml"
    clone.git("checkout", "-q", "-b", "side")
    clone.write(PATH, motion(title="Auf der Seite geändert"))
    clone.commit("Seite")
    clone.git("checkout", "-q", "main")
    clone.git("mv", PATH, new)
    clone.commit("Umbenannt")
    clone.git("merge", "-q", "--no-edit", "side")
    assert "Auf der Seite" in clone.at(new)
    with timeline(clone) as found:
        entries = found.of_motion(new)
        assert {entry.subject for entry in entries} >= {"Seite", "Umbenannt", "Begin the register"}
        assert not any(entry.lost for entry in entries)


def test_an_edit_that_its_side_took_back_is_not_lost(clone: Repository) -> None:
    clone.git("checkout", "-q", "-b", "side")
    titles(clone, "Hin")
    clone.write(PATH, motion())
    clone.commit("Zurück")
    clone.git("checkout", "-q", "main")
    titles(clone, "Main")
    clone.git("merge", "-q", "--no-edit", "-s", "ours", "side")
    with timeline(clone) as found:
        assert not any(entry.lost for entry in found.entries())


def test_a_motion_that_is_removed_by_a_merge_loses_its_edit(clone: Repository) -> None:
    clone.git("checkout", "-q", "-b", "side")
    titles(clone, "Geändert")
    clone.git("checkout", "-q", "main")
    clone.git("rm", "-q", PATH)
    clone.commit("Gelöscht")
    clone.git("merge", "-q", "--no-edit", "-s", "ours", "side")
    with timeline(clone) as found:
        assert [entry.subject for entry in found.entries(parse("is:lost"))] == ["Geändert"]


# the file


def _cut(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def _empty(file: Path) -> None:
    os.truncate(file, 0)


def _noise(file: Path) -> None:
    file.write_bytes(Random(1).randbytes(40_000))


def _noise_inside(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[4096:] = Random(2).randbytes(len(data) - 4096)
    file.write_bytes(data)


def _deleted(file: Path) -> None:
    file.unlink()


def _folder_deleted(file: Path) -> None:
    shutil.rmtree(file.parent)


def _newer(file: Path) -> None:
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA user_version = 99")


def _tables_gone(file: Path) -> None:
    with sqlite3.connect(file) as database:
        database.execute("DROP TABLE changes")


def _made_by_another_program(file: Path) -> None:
    with sqlite3.connect(file) as database:
        database.execute("UPDATE meta SET value = 'older' WHERE key = 'program'")
        database.execute("UPDATE facets SET kind = 'created'")
        database.execute("UPDATE pairs SET reference = ''")
        database.execute("INSERT INTO lost SELECT key, 1 FROM changes")


DAMAGES = (
    _made_by_another_program, _cut, _empty, _noise, _noise_inside, _deleted, _folder_deleted, _newer, _tables_gone,
)  # fmt: skip


def _settled(repository: Repository) -> list[Entry]:
    """All entries, with what each changed."""
    with timeline(repository) as found:
        return found.entries()


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_after_any_damage_it_says_the_same(clone: Repository, damage: Callable[[Path], None]) -> None:
    titles(clone, "Eins", "Zwei")
    before = _settled(clone)
    (file,) = files(clone)
    damage(file)
    assert _settled(clone) == before and len(before) == 4


@pytest.mark.parametrize("damage", [_noise_inside, _deleted, _tables_gone], ids=lambda damage: damage.__name__)
def test_damage_while_it_is_open(clone: Repository, damage: Callable[[Path], None]) -> None:
    titles(clone, "Eins")
    with timeline(clone) as found:
        before = found.entries()
        (file,) = files(clone)
        damage(file)
        titles(clone, "Zwei")
        found.refresh()
        found.deepen()
        assert [entry.subject for entry in found.entries()] == ["Zwei", *[entry.subject for entry in before]]


def test_columns_that_hold_nonsense_are_damage_too(clone: Repository) -> None:
    titles(clone, "Eins", "Zwei")
    before = _settled(clone)
    with sqlite3.connect(files(clone)[0]) as database:
        database.execute("UPDATE commits SET parents = 7, time = 1 << 62")
    with timeline(clone) as found:
        assert [entry.commit for entry in found.entries()] == [entry.commit for entry in before]
        found.deepen()
        assert found.entries() == before


def test_where_the_git_directory_can_not_be_written_it_lies_elsewhere(clone: Repository, isolated: Path) -> None:
    # a file where the folder should be: also root can't make it
    (clone.root / ".git/antragsbuch").write_text("")
    assert len(_settled(clone)) == 2
    assert list((isolated / "cache").rglob("timeline-*.sqlite"))


def _fill(root: Path) -> None:
    with timeline(Repository(root), processes=1) as found:
        assert found.count(parse("kind:title")) == 20


def test_two_processes_fill_one_timeline(clone: Repository) -> None:
    titles(clone, *[f"Titel {number}" for number in range(20)])
    context = multiprocessing.get_context("spawn")
    both = [context.Process(target=_fill, args=(clone.root,)) for _number in range(2)]
    for process in both:
        process.start()
    for process in both:
        process.join()
    assert [process.exitcode for process in both] == [0, 0]
    assert len(files(clone)) == 1 and len(_settled(clone)) == 22


def test_work_trees_share_it_and_look_from_where_they_are(clone: Repository, tmp_path: Path) -> None:
    other = clone.worktree(tmp_path / "other", "side")
    titles(other, "Seite")
    titles(clone, "Main")
    assert subjects(clone)[0] == "Main" and subjects(other)[0] == "Seite"
    assert subjects(clone)[0] == "Main"
    assert len(files(clone)) == 1
