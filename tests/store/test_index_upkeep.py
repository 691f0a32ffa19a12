"""The index keeps up with the register, and comes back from whatever happens to its file."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antragsbuch.store import filling
from antragsbuch.store.index import Index
from antragsbuch.store.kept import NotKept, dump, load
from antragsbuch.store.rows import Change
from antragsbuch_schema.rules.directory import Directory
from antragsbuch_schema.validate import validate_register
from support.generated import TODAY, Register
from support.indexes import everything, index_files, indexed, references, write_and_look
from support.repositories import COUNCIL, OTHER_PATH, PATH, Repository, motion

LATER = dt.date(2030, 1, 1)


@pytest.fixture
def made(isolated: Path, tmp_path: Path) -> Repository:
    """Forty motions, some of them with mistakes, one without a number."""
    Register(40).repository(tmp_path / "made")
    return Repository(tmp_path / "made")


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the files that are parsed from now on, in this process."""
    seen: list[str] = []
    original = filling.Maker._made

    def spy(self: filling.Maker, job: filling.Job, directory: Directory) -> filling.Made | None:
        result = original(self, job, directory)
        if result is not None and result.record is not None:
            seen.append(job.path)
        return result

    monkeypatch.setattr(filling.Maker, "_made", spy)
    return seen


def settle(repository: Repository) -> None:
    """Let every file look as if it had been written long ago."""
    for file in (repository.root / "motions").rglob("*.toml"):
        os.utime(file, ns=(1_600_000_000_000_000_000, 1_600_000_000_000_000_000))


# only what changed


def test_nothing_is_read_again(made: Repository, looked_at: list[str]) -> None:
    settle(made)
    with indexed(made):
        assert len(looked_at) == 40
    looked_at.clear()
    with indexed(made) as index:
        assert looked_at == []
        assert index.totals().motions == 40


def test_only_the_changed_file_is_read(made: Repository, looked_at: list[str]) -> None:
    settle(made)
    with indexed(made) as index:
        row = everything(index)[7]
        before = index.revision
        looked_at.clear()
        made.write(row.path, made.read(row.path).replace(row.title, "Etwas Neues"))
        index.refresh([row.path], today=TODAY)
        assert looked_at == [row.path]
        assert index.revision != before
        (found,) = everything(index, '"etwas neues"')
        assert (found.path, found.change) == (row.path, Change.CHANGED)
        assert row.path not in [other.path for other in everything(index, f'"{row.title}"')]


def test_a_file_written_twice_in_a_moment_is_read_twice(clone: Repository) -> None:
    """Same size, same time stamp, same file: only the bytes differ."""
    with indexed(clone) as index:
        file = clone.root / PATH
        stamp = file.stat().st_mtime_ns
        text = clone.read(PATH).replace("Konferenz", "Kanferenz")
        with file.open("r+", encoding="utf-8") as handle:
            handle.write(text)
        os.utime(file, ns=(stamp, stamp))
        index.refresh(today=TODAY)
        assert references(index, "kanferenz") == ["2292 (V) HHA"]


def test_a_commit_changes_the_mark_without_reading(made: Repository, looked_at: list[str]) -> None:
    with indexed(made) as index:
        path = everything(index)[3].path
        made.write(path, made.read(path) + "# Notiz\n")
        index.refresh([path], today=TODAY)
        assert [row.path for row in index.changed()] == [path]
        looked_at.clear()
        made.commit()
        index.refresh([path], today=TODAY)
        assert index.changed() == []
        assert looked_at == []


def test_changes_from_outside_come_in(made: Repository) -> None:
    with indexed(made) as index:
        rows = everything(index)
        (made.root / rows[0].path).unlink()
        made.write(rows[1].path, made.read(rows[1].path).replace(rows[1].title, "Von außen"))
        made.write("motions/V/9900/9901-HHA.toml", motion("9901 (V) HHA"))
        index.refresh(today=TODAY)
        assert references(index, "ref:9901") == ["9901 (V) HHA"]
        row = index.row(rows[0].path)
        assert row is not None
        assert row.change is Change.REMOVED
        made.commit()
        index.refresh(today=TODAY)
        assert index.row(rows[0].path) is None
        assert index.totals().changed == 0
        assert references(index, '"von aussen"') == [rows[1].reference]


def test_a_removed_file_comes_back(clone: Repository) -> None:
    text = clone.read(PATH)
    with indexed(clone) as index:
        (clone.root / PATH).unlink()
        index.refresh(today=TODAY)
        assert everything(index)[0].change is Change.REMOVED
        clone.write(PATH, text)
        index.refresh([PATH], today=TODAY)
        assert everything(index)[0].change is Change.NONE


def test_another_council_file_changes_what_is_known(clone: Repository) -> None:
    clone.write(PATH, motion().replace("public = true", 'public = true\noriginators = ["SPDE"]'))
    with indexed(clone) as index:
        assert references(index, "has:warning") == ["2292 (V) HHA"]
        clone.write("motions/council.toml", COUNCIL.replace('"SPD"', '"SPDE"'))
        index.refresh([], today=TODAY)
        assert references(index, "has:warning") == []


def test_switching_branches(made: Repository) -> None:
    made.git("switch", "--quiet", "-c", "other")
    made.write(OTHER_PATH, motion("3185 (V) HHA"))
    made.commit()
    with indexed(made) as index:
        assert references(index, "ref:3185") == ["3185 (V) HHA"]
        made.git("switch", "--quiet", "main")
        index.refresh(today=TODAY)
        assert references(index, "ref:3185") == []
        assert index.changed() == []


# findings


def test_the_same_findings_as_the_checker(made: Repository) -> None:
    twin = made.read("motions/II/0/1-HHA.toml")
    made.write("motions/II/0/1-HHA--twin.toml", twin.replace('id = "', 'id = "x', 1))
    with indexed(made) as index:
        listed = [(path, (made.root / path).read_bytes()) for path in open_paths(made)]
        council = (made.root / "motions/council.toml").read_bytes()
        expected = validate_register(listed, council, TODAY)
        found = index.report(TODAY)
        assert found.findings == expected.findings
        assert (found.files, found.counts) == (expected.files, expected.counts)
        assert any(located.finding.code.startswith("RG") for located in found.findings)
        for row in everything(index):
            own = [located for located in expected.findings if located.path == row.path]
            assert index.findings(row.path, TODAY) == own
            assert row.errors == sum(located.finding.severity == 3 for located in own)
            assert row.warnings == sum(located.finding.severity == 2 for located in own)
            assert row.remarks == sum(located.finding.severity == 1 for located in own)


def open_paths(repository: Repository) -> list[str]:
    with repository.open() as register:
        return register.paths()


def test_a_twin_is_an_error_of_both_until_it_is_gone(clone: Repository) -> None:
    with indexed(clone) as index:
        before = index.totals().with_errors
        clone.write(OTHER_PATH, clone.read(PATH))
        index.refresh([OTHER_PATH], today=TODAY)
        assert index.totals().with_errors == before + 2
        # only lines of the twin move: what is said of it must move along
        clone.write(OTHER_PATH, "# Notiz\n" + clone.read(PATH))
        index.refresh([OTHER_PATH], today=TODAY)
        lines = [each.span.line for each in index.findings(OTHER_PATH, TODAY) if each.finding.code == "RG001"]
        assert lines == [3]
        (clone.root / OTHER_PATH).unlink()
        index.refresh([OTHER_PATH], today=TODAY)
        assert index.totals().with_errors == before


def test_a_reference_of_a_motion_that_is_gone_is_an_error(clone: Repository) -> None:
    clone.git("rm", "-q", PATH)
    clone.commit()
    clone.write(OTHER_PATH, motion(id="other001"))
    with indexed(clone) as index:
        assert [each.finding.code for each in index.findings(OTHER_PATH, TODAY) if each.finding.code == "RG005"]
        clone.write(OTHER_PATH, motion("9999 (V) HHA", id="other001"))
        index.refresh([OTHER_PATH], today=TODAY)
        assert "RG005" not in {each.finding.code for each in index.findings(OTHER_PATH, TODAY)}


def test_findings_of_a_day(clone: Repository) -> None:
    """An outcome before its session is an error until the session is over."""
    clone.write(PATH, motion(yes=45).replace("2023-12-19", "2029-12-18"))
    with indexed(clone) as index:
        assert references(index, "has:error") == ["2292 (V) HHA"]
        index.refresh(today=LATER)
        assert len(index.findings(PATH, LATER)) < len(index.findings(PATH, TODAY))
        assert everything(index)[0].errors == sum(each.finding.severity == 3 for each in index.findings(PATH, LATER))
        index.refresh(today=TODAY)
        assert references(index, "has:error") == ["2292 (V) HHA"]


# a file that can be thrown away


def answers(index: Index) -> list[object]:
    found: list[object] = [everything(index, text) for text in ("", "region", "has:error", "state:open", "body:schul")]
    return [*found, index.report(TODAY).findings, index.totals()]


def truncated(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def emptied(file: Path) -> None:
    os.truncate(file, 0)


def noise(file: Path) -> None:
    file.write_bytes(Random(1).randbytes(file.stat().st_size))


def noise_inside(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[8192:] = Random(2).randbytes(len(content) - 8192)
    file.write_bytes(content)


def deleted(file: Path) -> None:
    for path in file.parent.glob("*.sqlite*"):
        path.unlink()


def folder_deleted(file: Path) -> None:
    shutil.rmtree(file.parent)


def another_database(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE files (key)")


def another_layout(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA user_version = 999")


def tables_dropped(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("DROP TABLE checked")


def texts_garbled(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE texts SET packed = x'00' WHERE file > 1")
        connection.execute("DELETE FROM texts WHERE file = 1")
        connection.execute("UPDATE files SET blob = 'x', size = -1")


def findings_garbled(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("""UPDATE checked SET findings = '["Kept",["Path","/"]]'""")


DAMAGES = [
    truncated, emptied, noise, noise_inside, deleted, folder_deleted, another_database, another_layout, tables_dropped,
    findings_garbled, texts_garbled,
]  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_while_nobody_looks(made: Repository, damage: Callable[[Path], None]) -> None:
    with indexed(made) as index:
        expected = answers(index)
    (file,) = index_files(made.root / ".git/antragsbuch")
    damage(file)
    with indexed(made) as index:
        assert answers(index) == expected


@pytest.mark.parametrize(
    "damage", [truncated, emptied, noise, noise_inside, deleted, tables_dropped, findings_garbled, texts_garbled]
)
def test_damaged_while_it_is_open(made: Repository, damage: Callable[[Path], None]) -> None:
    with indexed(made) as index:
        expected = answers(index)
        source = index.source()
        (file,) = index_files(made.root / ".git/antragsbuch")
        with sqlite3.connect(file) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        damage(file)
        # the one that draws never meets an exception
        assert len(source.rows(0, 40)) in (0, 40)
        assert index.refresh(today=TODAY)
        assert answers(index) == expected


def test_where_the_git_directory_cannot_be_written(made: Repository, tmp_path: Path) -> None:
    """A file in the place of the folder stands for a directory without permission: root may write everywhere."""
    blocked = made.root / ".git/blocked"
    blocked.write_text("")
    cache = tmp_path / "cache"
    with indexed(made, folders=[blocked, cache]) as index:
        assert index.totals().motions == 40
    assert len(index_files(cache)) == 1


def test_where_nothing_can_be_written_but_the_temporary_folder(made: Repository) -> None:
    blocked = made.root / ".git/blocked"
    blocked.write_text("")
    with indexed(made, folders=[blocked]) as index:
        place = index._database.path.parent
        assert index.totals().motions == 40
    assert not place.exists()


def test_the_cache_folder_is_the_second_choice(made: Repository, isolated: Path) -> None:
    (made.root / ".git/antragsbuch").write_text("in the way")
    with indexed(made) as index:
        assert index._database.path.is_relative_to(isolated / "cache")


def test_work_trees_have_an_index_each(made: Repository, tmp_path: Path) -> None:
    second = made.worktree(tmp_path / "second", "other")
    second.write(OTHER_PATH, motion("3185 (V) HHA"))
    with indexed(made) as one, indexed(second) as two:
        assert references(one, "ref:3185") == []
        assert references(two, "ref:3185") == ["3185 (V) HHA"]


def test_old_texts_do_not_pile_up(clone: Repository) -> None:
    with indexed(clone) as index:
        for number in range(20):
            clone.write(PATH, motion(title=f"Fassung {number} {'wort ' * 2000}"))
            index.refresh([PATH], today=TODAY)
        assert references(index, '"fassung 19"') == ["2292 (V) HHA"]
        assert references(index, '"fassung 18"') == []
        index._database.write(lambda connection: connection.execute("INSERT INTO search(search) VALUES ('optimize')"))
        (size,) = index._database.read(
            lambda connection: connection.execute("SELECT sum(length(block)) FROM search_data").fetchone()
        )
    assert size < 60_000


# filling


def test_the_list_can_be_read_while_it_fills(isolated: Path, tmp_path: Path) -> None:
    Register(300).repository(tmp_path / "made")
    seen: list[tuple[int, int, int]] = []
    with indexed(Repository(tmp_path / "made"), refresh=False, processes=1) as index:

        def progress(done: int, total: int) -> None:
            seen.append((done, total, index.source().count()))

        assert index.refresh(progress=progress, today=TODAY)
    assert [done for done, _total, _rows in seen] == [rows for _done, _total, rows in seen]
    assert {total for _done, total, _rows in seen} == {300}
    assert len(seen) >= 4


def test_the_newest_motions_come_first(isolated: Path, tmp_path: Path) -> None:
    Register(280).repository(tmp_path / "made")
    with indexed(Repository(tmp_path / "made"), refresh=False, processes=1) as index:
        first: list[str] = []

        def progress(done: int, total: int) -> None:
            first[:] = first or [row.path.split("/")[1] for row in everything(index)]

        index.refresh(progress=progress, today=TODAY)
    assert set(first) <= {"V", "new"}


def test_what_was_begun_is_gone_on_with(isolated: Path, tmp_path: Path, looked_at: list[str]) -> None:
    Register(300).repository(tmp_path / "made")
    repository = Repository(tmp_path / "made")
    settle(repository)
    with indexed(repository, refresh=False, processes=1) as index:
        done: list[int] = []
        assert not index.refresh(
            progress=lambda count, _total: done.append(count), cancelled=lambda: len(done) >= 2, today=TODAY
        )
        assert not index.complete
        half = index.source().count()
        assert 0 < half < 300
        looked_at.clear()
        assert index.refresh(today=TODAY)
        assert len(looked_at) == 300 - half
        assert index.complete


def test_several_processes_give_the_same(isolated: Path, tmp_path: Path) -> None:
    Register(400).repository(tmp_path / "made")
    repository = Repository(tmp_path / "made")
    with indexed(repository, processes=1) as index:
        expected = answers(index)
    shutil.rmtree(repository.root / ".git/antragsbuch")
    with indexed(repository, processes=2) as index:
        assert answers(index) == expected


def test_two_programs_at_once(clone: Repository) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=write_and_look, args=(clone.root, number)) for number in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert len(index_files(clone.root / ".git/antragsbuch")) == 1
    with indexed(clone) as index:
        assert index.totals().motions == 4


def test_a_second_program_sees_what_the_first_took_up(clone: Repository) -> None:
    with indexed(clone) as one, indexed(clone) as two:
        before = two.revision
        clone.write(PATH, motion(title="Ganz anders"))
        one.refresh([PATH], today=TODAY)
        assert two.revision != before
        assert references(two, '"ganz anders"') == ["2292 (V) HHA"]


# what is kept


_plain = st.none() | st.booleans() | st.integers() | st.text() | st.dates() | st.times() | st.datetimes()


@given(
    st.recursive(_plain, lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner))
)
def test_what_is_kept_comes_back(value: object) -> None:
    assert load(dump(value)) == value


@pytest.mark.parametrize(
    "text",
    ["", "[", "[]", "[[]]", '["Path", "x"]', '["Text"]', '["Severity", 9]', '["date", "x"]', '["Kept", 1, 2, 3, 4, 5]'],
)
def test_what_was_never_kept_is_refused(text: str) -> None:
    with pytest.raises(NotKept):
        load(text)
