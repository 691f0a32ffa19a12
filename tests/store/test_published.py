"""A folder that is made to hold a tree of files."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antragsbuch.store.errors import AlreadyThere, CannotWrite, OutsideRegister, StoreError
from antragsbuch.store.published import LISTED, Written, publish

FILES = {"a.json": "1", "list/paper/1.json": "2", "list/paper/2.json": "3"}


def write(folder: Path, files: Mapping[str, str]) -> Written:
    return publish(folder, files.keys(), lambda path: files[path].encode())


def there(folder: Path) -> dict[str, str]:
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_text() for name, path in found.items() if name != LISTED}


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "neu" / "baum"
    assert write(folder, FILES) == Written(3, 0, 0)
    before = {path: path.stat() for path in folder.rglob("*.json")}
    assert write(folder, {**FILES, "a.json": "anders"}) == Written(1, 2, 0)
    now = {path: path.stat() for path in before}
    same = [path.name for path in before if (now[path].st_mtime_ns, now[path].st_ino) == (
        before[path].st_mtime_ns, before[path].st_ino)]  # fmt: skip
    assert sorted(same) == ["1.json", "2.json"]
    assert there(folder) == {**FILES, "a.json": "anders"}


def test_what_is_no_longer_published_goes_with_its_folder(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    assert write(tmp_path, {"a.json": "1"}) == Written(0, 1, 2)
    assert there(tmp_path) == {"a.json": "1"}
    assert not (tmp_path / "list").exists()


def test_what_somebody_else_put_there_stays(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    (tmp_path / "list/paper/3.json").write_text("fremd")
    (tmp_path / "index.html").write_text("fremd")
    write(tmp_path, {"a.json": "1"})
    assert there(tmp_path) == {"a.json": "1", "list/paper/3.json": "fremd", "index.html": "fremd"}


def test_a_file_of_somebody_else_in_the_way_stops_it_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "list/paper").mkdir(parents=True)
    (tmp_path / "list/paper/2.json").write_text("fremd")
    with pytest.raises(AlreadyThere):
        write(tmp_path, FILES)
    assert there(tmp_path) == {"list/paper/2.json": "fremd"}
    # the very same is nobody's loss
    (tmp_path / "list/paper/2.json").write_text("3")
    assert write(tmp_path, FILES) == Written(2, 1, 0)


def test_a_list_that_somebody_changed_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "wichtig.txt").write_text("fremd")
    folder = tmp_path / "baum"
    write(folder, FILES)
    lines = "../wichtig.txt\n/etc/hostname\nlist/../../wichtig.txt\n.git/config\n"
    with (folder / LISTED).open("a") as listed:
        listed.write(lines)
    assert write(folder, {"a.json": "1"}).removed == 2
    assert (tmp_path / "wichtig.txt").read_text() == "fremd"


@pytest.mark.parametrize("name", ["list", "list/paper", "list/paper/1.json"])
def test_no_link_is_followed(tmp_path: Path, name: str) -> None:
    folder, other = tmp_path / "baum", tmp_path / "fremd"
    write(folder, FILES)
    (other / "paper").mkdir(parents=True)
    (other / "1.json").write_text("fremd")
    (folder / name).rename(tmp_path / "weg")
    (folder / name).symlink_to(other / "1.json" if name.endswith(".json") else other)
    before = there(other)
    for files in (FILES, {"a.json": "1"}):
        if name.endswith(".json") and files is not FILES:
            continue
        with pytest.raises(OutsideRegister):
            write(folder, files)
    assert there(other) == before


def test_interrupted_it_goes_on_the_next_time(tmp_path: Path) -> None:
    write(tmp_path, {"alt.json": "0", **FILES})

    def content(path: str) -> bytes:
        if path.endswith("2.json"):
            raise KeyboardInterrupt
        return b"neu"

    with pytest.raises(KeyboardInterrupt):
        publish(tmp_path, [*FILES, "neu/1.json"], content)
    assert there(tmp_path)["list/paper/2.json"] == "3"
    write(tmp_path, FILES)
    assert there(tmp_path) == FILES


def test_two_do_not_write_at_once(tmp_path: Path) -> None:
    descriptor = os.open(tmp_path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        with pytest.raises(StoreError, match=r"writing|schreibt"):
            write(tmp_path, FILES)
    finally:
        os.close(descriptor)
    assert write(tmp_path, FILES).written == 3


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is refused to the superuser")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(CannotWrite):
            write(tmp_path, FILES)
    finally:
        tmp_path.chmod(0o700)


_TREES = st.dictionaries(st.sampled_from(["a.json", "b/1.json", "b/2.json", "b/c/1.json"]), st.sampled_from("xyz"))


@settings(max_examples=30, deadline=None)
@given(st.lists(_TREES, min_size=1, max_size=4))
def test_whatever_was_there_before_it_holds_the_last_tree(
    tmp_path_factory: pytest.TempPathFactory, trees: list[dict[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("baum")
    before: dict[str, str] = {}
    for files in trees:
        done = write(folder, files)
        assert there(folder) == files
        assert done.written == sum(before.get(path) != text for path, text in files.items())
        assert done.removed == len(before.keys() - files.keys())
        before = files
