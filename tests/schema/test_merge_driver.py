from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antragsbuch_schema.merge_driver import Labels, merged_file
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.toml.errors import TomlError
from antragsbuch_schema.toml.reader import read

BASE = """\
# the register's own comment
id = "p4w8zk1c"
reference = "3185 (V) HHA"
title = "Integrationsplan"   # as printed
facts = \"\"\"
Der Plan ist alt.
Er ist bundesweit Vorbild.
\"\"\"

# first step
[[consultations]]
id = "c1"
organization = "Ausschuss"
date = 2024-11-19

[[consultations]]
id = "c2"
organization = "Regionsversammlung"
date = 2024-12-17
"""
VOTE = """\
outcome = "as_proposed"

[[consultations.votes]]
id = "v1"
result = "accepted"
yes = {yes}
no = 30
"""


def merged(ours: str, theirs: str, base: str = BASE) -> tuple[str, int]:
    result = merged_file(base.encode(), ours.encode(), theirs.encode(), MOTION)
    return result.data.decode(), result.conflicts


def test_both_changes_stand_in_the_file_of_ours() -> None:
    ours = BASE + VOTE.format(yes=45)
    theirs = BASE.replace("bundesweit", "landesweit").replace("# first step\n", "")
    assert merged(ours, theirs) == (ours.replace("bundesweit", "landesweit"), 0)


def test_markers_stand_around_each_field_in_conflict() -> None:
    ours = BASE.replace("Integrationsplan", "Plan A").replace("2024-11-19", "2024-11-20")
    theirs = BASE.replace("Integrationsplan", "Plan B").replace("alt", "neu")
    text, conflicts = merged(ours, theirs)
    assert conflicts == 1
    assert text == ours.replace("alt", "neu").replace(
        'title = "Plan A"   # as printed\n',
        "<<<<<<< ours\n"
        'title = "Plan A"   # as printed\n'
        "||||||| base\n"
        'title = "Integrationsplan"   # as printed\n'
        "=======\n"
        'title = "Plan B"   # as printed\n'
        ">>>>>>> theirs\n",
    )
    with pytest.raises(TomlError):
        read(text.encode())


def test_a_vote_recorded_twice_is_marked_as_one() -> None:
    text, conflicts = merged(BASE + VOTE.format(yes=45), BASE + VOTE.format(yes=44))
    assert conflicts == 1
    start, end = text.index("<<<<<<< ours\n"), text.index(">>>>>>> theirs\n")
    assert "yes = 45" in text[start : text.index("|||||||")]
    assert "yes = 44" in text[text.index("=======") : end]
    assert 'outcome = "as_proposed"' in text[:start]


def test_removed_here_and_changed_there() -> None:
    ours = BASE[: BASE.index("# first step")] + BASE[BASE.rindex("[[consultations]]") :]
    theirs = BASE.replace("2024-11-19", "2024-11-20")
    for one, other in ((ours, theirs), (theirs, ours)):
        text, conflicts = merged(one, other)
        assert conflicts == 1
        assert "date = 2024-11-20" in text
        assert text.count("<<<<<<<") == text.count(">>>>>>>") == 1


def test_conflicts_that_touch_are_marked_together() -> None:
    ours = BASE.replace("Integrationsplan", "A").replace("3185 (V)", "1 (V)")
    theirs = BASE.replace("Integrationsplan", "B").replace("3185 (V)", "2 (V)")
    text, conflicts = merged(ours, theirs)
    assert (conflicts, text.count("<<<<<<<")) == (2, 1)


@pytest.mark.parametrize("broken", [b"title = ", b"\xff\xfe", b"<<<<<<< ours\n"])
def test_what_cant_be_read_is_kept_whole_on_both_sides(broken: bytes) -> None:
    for one, other in ((broken, BASE.encode()), (BASE.encode(), broken)):
        result = merged_file(BASE.encode(), one, other, MOTION, Labels("HEAD", "before", "topic"))
        assert result.conflicts == 1
        assert result.data.startswith(b"<<<<<<< HEAD\n" + one)
        assert other in result.data
        assert result.data.endswith(b">>>>>>> topic\n")


def test_a_file_that_both_made() -> None:
    assert merged(BASE, BASE, "") == (BASE, 0)
    other = BASE.replace("p4w8zk1c", "another1")
    text, conflicts = merged(BASE, other, "")
    assert conflicts == 1
    assert text.startswith("<<<<<<< ours\n" + BASE)


def test_line_ends_of_ours_stay() -> None:
    ours = BASE.replace("Integrationsplan", "A").replace("\n", "\r\n")
    text, _ = merged(ours, BASE.replace("Integrationsplan", "B"))
    assert text.count("\n") == text.count("\r\n")
    assert "<<<<<<< ours\r\n" in text


lines = st.sampled_from(
    ['title = "A"', 'title = "B"', "public = false", "date = 2024-01-01", "date = 2024-01-02", 'note = "x"', "# c"]
)


@settings(max_examples=60)
@given(*[st.lists(lines, unique_by=lambda line: line.split(" ")[0], max_size=5).map("\n".join)] * 3)
def test_without_conflicts_the_result_can_be_read_and_has_what_changed(base: str, ours: str, theirs: str) -> None:
    text, conflicts = merged(ours, theirs, base) if ours and theirs else ("", 0)
    assert text.count("<<<<<<<") == text.count(">>>>>>>") <= conflicts
    assert bool(conflicts) == ("<<<<<<<" in text)
    if not conflicts:
        read(text.encode())


def test_git_merges_with_it(tmp_path: Path) -> None:
    """The real git calls it for each file that both sides changed."""
    driver = tmp_path / "driver.py"
    driver.write_text(
        "import sys\n"
        "from pathlib import Path\n"
        "from antragsbuch_schema.merge_driver import merged_file\n"
        "from antragsbuch_schema.motion_fields import MOTION\n"
        "assert not {'pydantic', 'git', 'textual'} & set(sys.modules)\n"
        "base, ours, theirs = (Path(name) for name in sys.argv[1:4])\n"
        "result = merged_file(base.read_bytes(), ours.read_bytes(), theirs.read_bytes(), MOTION)\n"
        "ours.write_bytes(result.data)\n"
        "sys.exit(min(result.conflicts, 1))\n"
    )
    repository = tmp_path / "register"

    def git(*arguments: str, check: bool = True) -> int:
        identity = ["-c", "user.name=E", "-c", "user.email=e@example.org", "-c", "commit.gpgsign=false"]
        return subprocess.run(
            ["git", "-C", str(repository), *identity, *arguments], check=check, capture_output=True
        ).returncode

    def commit(text: str) -> None:
        (repository / "3185.toml").write_text(text)
        git("add", "3185.toml")
        git("commit", "-m", "x")

    subprocess.run(["git", "init", "-q", "-b", "main", str(repository)], check=True)
    git("config", "merge.motion.driver", f"{sys.executable} {driver} %O %A %B")
    (repository / ".git/info/attributes").write_text("*.toml merge=motion\n")
    commit(BASE)
    git("checkout", "-b", "topic")
    commit(BASE.replace("date = 2024-12-17", "date = 2024-12-18"))
    git("checkout", "main")
    commit(BASE.replace('organization = "Regionsversammlung"', 'organization = "Rat"'))
    # neighbouring lines: git's own merge would ask
    assert git("merge", "topic", "-m", "merge") == 0
    text = (repository / "3185.toml").read_text()
    assert 'organization = "Rat"\ndate = 2024-12-18' in text
    git("checkout", "topic")
    commit(BASE.replace("Integrationsplan", "A"))
    git("checkout", "main")
    commit(text.replace("Integrationsplan", "B"))
    assert git("merge", "topic", check=False) == 1
    assert "<<<<<<< ours" in (repository / "3185.toml").read_text()
