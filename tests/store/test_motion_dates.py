"""When motions were made and changed, by all commits."""

from __future__ import annotations

from pathlib import Path

import pytest

from antragsbuch.store.motion_dates import Dates, Span, dates_of
from support.repositories import FIRST_COMMIT, OTHER_PATH, PATH, Repository, motion, motion_id

FIRST = motion_id("2292 (V) HHA")
OTHER = motion_id("3185 (V) HHA")


def dates(clone: Repository) -> Dates:
    with clone.open() as register:
        return dates_of(register, clone.head(), {})


def hour(number: int) -> int:
    """The time of a commit by its number, from 0."""
    return FIRST_COMMIT + 3600 * number


def test_from_the_first_commit_to_the_last_that_changed_it(clone: Repository) -> None:
    clone.write(OTHER_PATH, motion("3185 (V) HHA"))
    clone.commit()
    clone.write(PATH, motion(title="Anders"))
    clone.commit()
    clone.write("README", "nichts")
    clone.commit()
    found = dates(clone)
    assert found.motions == {FIRST: Span(hour(0), hour(2)), OTHER: Span(hour(1), hour(1))}
    assert found.council == Span(hour(0), hour(0))
    assert [version.until for version in found.former[FIRST]] == [hour(2)]


def test_a_renamed_motion_stays_the_same(clone: Repository) -> None:
    text = motion()
    (clone.root / PATH).unlink()
    clone.write("motions/V/2200/2293-HHA.toml", text.replace("2292 (V)", "2293 (V)"))
    clone.commit()
    assert dates(clone).motions == {FIRST: Span(hour(0), hour(1))}


def test_one_that_is_gone_keeps_its_last_version(clone: Repository) -> None:
    clone.write(PATH, motion(title="Zuletzt"))
    clone.commit()
    (clone.root / PATH).unlink()
    clone.commit()
    found = dates(clone)
    assert found.motions[FIRST] == Span(hour(0), hour(2))
    last, first = found.former[FIRST]
    assert (last.until, first.until) == (hour(2), hour(1))
    assert "Zuletzt" in clone.git("cat-file", "blob", last.blob)


def test_what_a_merge_brings_in_changes_when_it_comes_in(clone: Repository) -> None:
    """Otherwise who asks for what is newer than yesterday never hears of it."""
    base = clone.head()
    clone.git("switch", "--quiet", "-c", "seite")
    clone.write(PATH, motion(title="Auf dem Zweig"))
    clone.commit()
    clone.git("switch", "--quiet", "-C", "haupt", base)
    clone.write(OTHER_PATH, motion("3185 (V) HHA"))
    clone.commit()
    clone.git(
        "merge", "--quiet", "--no-ff", "-m", "Zusammen", "seite",
        env={"GIT_AUTHOR_DATE": f"{hour(9)} +0100", "GIT_COMMITTER_DATE": f"{hour(9)} +0100"},
    )  # fmt: skip
    found = dates(clone)
    assert found.motions[FIRST] == Span(hour(0), hour(9))
    assert found.motions[OTHER] == Span(hour(2), hour(2))


@pytest.mark.parametrize("content", [b"\xff\xfe", b"", b"id = 7\n"])
def test_a_version_that_is_no_motion_is_nobodys(clone: Repository, content: bytes) -> None:
    clone.write(OTHER_PATH, content)
    clone.commit()
    assert dates(clone).motions == {FIRST: Span(hour(0), hour(0))}


def test_a_shallow_clone_begins_where_it_ends(clone: Repository, tmp_path: Path) -> None:
    clone.write(PATH, motion(title="Anders"))
    clone.commit()
    clone.git("clone", "--quiet", "--depth=1", f"file://{clone.root}", str(tmp_path / "flach"))
    assert dates(Repository(tmp_path / "flach")).motions == {FIRST: Span(hour(1), hour(1))}
