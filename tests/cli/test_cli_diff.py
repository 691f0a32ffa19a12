"""`antrag diff`."""

from __future__ import annotations

from support.commands import Cli
from support.repositories import COUNCIL, OTHER_PATH, PATH, Repository, motion


def test_nothing_differs(clone: Repository, cli: Cli) -> None:
    assert cli("diff", at=clone.root).out == ""
    assert cli("diff", "--json", at=clone.root).json == []
    cli("diff", "--exit-code", at=clone.root, status=0)


def test_the_work_tree_against_head(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, motion(title="Konferenz", yes=45))
    clone.write(OTHER_PATH, motion("3185 (V) HHA", title="Plan"))
    out = cli("diff", at=clone.root).out
    assert out.splitlines()[0] == "2292 (V) HHA"
    assert "    Title “Durchführung einer Konferenz” -> Konferenz\n" in out and "45" in out
    assert "3185 (V) HHA\n    created: “Plan”\n" in out
    cli("diff", "--exit-code", at=clone.root, status=1)
    assert "Titel" in cli("--lang", "de", "diff", at=clone.root).out


def test_what_is_staged_counts_as_the_work_tree_has_it(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, motion(title="Konferenz"))
    clone.git("add", PATH)
    assert "Konferenz" in cli("diff", at=clone.root).out
    clone.write(PATH, motion())
    assert cli("diff", at=clone.root).out == ""


def test_some_motions_only(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, motion(title="Konferenz"))
    clone.write(OTHER_PATH, motion("3185 (V) HHA", title="Plan"))
    assert [row["path"] for row in cli("diff", "3185", "--json", at=clone.root).json] == [OTHER_PATH]
    assert len(cli("diff", "3185", "2292", "--json", at=clone.root).json) == 2
    assert "There is no motion 77." in cli("diff", "77", at=clone.root, status=2).err


def test_a_motion_that_is_gone_is_known_by_what_it_was(clone: Repository, cli: Cli) -> None:
    (clone.root / PATH).unlink()
    for name in ("2292", "2292 (V) HHA", PATH):
        assert cli("diff", name, at=clone.root).out == "2292 (V) HHA\n    deleted: “Durchführung einer Konferenz”\n"


def test_two_versions(clone: Repository, cli: Cli) -> None:
    first = clone.head()
    clone.write(PATH, motion(title="Konferenz"))
    clone.commit()
    clone.git("tag", "v2")
    clone.write(PATH, motion(title="Ende"))
    assert "-> Konferenz" in cli("diff", "--from", first, "--to", "v2", at=clone.root).out
    assert "Konferenz -> “Durchführung" in cli("diff", "--from", "v2", "--to", "HEAD~1", at=clone.root).out
    assert "-> Ende" in cli("diff", "--from", "HEAD~1", at=clone.root).out
    assert "Konferenz -> Ende" in cli("diff", at=clone.root).out
    for bad in ("nothing", "--all", "-x"):
        assert "There is no version" in cli("diff", f"--from={bad}", at=clone.root, status=2).err


def test_json_holds_both_values_also_those_that_are_nothing(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, motion(yes=45))
    clone.commit()
    clone.write(PATH, motion(yes=45).replace("no = 3", "no = 0").replace("public = true", "public = false"))
    changes = {change["place"]: change for change in cli("diff", "--json", at=clone.root).json[0]["changes"]}
    assert (changes["public"]["old"], changes["public"]["new"]) == (True, False)
    assert changes["consultations[c1].votes[v1]"]["new"]["no"] == 0


def test_only_the_form(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, "# x\n" + motion())
    assert cli("diff", at=clone.root).out == "2292 (V) HHA\n    only the form of the file, not what it says\n"


def test_the_file_of_the_council(clone: Repository, cli: Cli) -> None:
    clone.write("motions/council.toml", COUNCIL.replace("seats = 85", "seats = 84"))
    assert "84" in cli("diff", at=clone.root).out
    assert cli("diff", "motions/council.toml", "--json", at=clone.root).json[0]["name"] == "motions/council.toml"


def test_a_file_that_cannot_be_read_is_told_in_its_place(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, "id = \n")
    clone.write(OTHER_PATH, motion("3185 (V) HHA", title="Plan"))
    out = cli("diff", at=clone.root).out
    assert "    can't be read, line 1:" in out and "created: “Plan”" in out


def test_a_link_does_not_hide_the_other_changes(clone: Repository, cli: Cli) -> None:
    (clone.root / PATH).unlink()
    (clone.root / PATH).symlink_to("/etc/passwd")
    clone.write(OTHER_PATH, motion("3185 (V) HHA", title="Plan"))
    ran = cli("diff", at=clone.root, status=2)
    assert "created: “Plan”" in ran.out
    assert f"antrag: {PATH} is a link" in ran.err
