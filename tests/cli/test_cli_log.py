"""`antrag log`."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from support.commands import Cli, script
from support.repositories import COUNCIL, OTHER_PATH, PATH, Repository, large, motion, register


@pytest.fixture
def history(clone: Repository) -> Repository:
    """A title that changed, a vote, and a second motion that came and went."""
    clone.write(PATH, motion(title="Konferenz"))
    clone.commit("Shorten the title")
    clone.write(PATH, motion(title="Konferenz", yes=45))
    clone.write(OTHER_PATH, motion("3185 (V) HHA", title="Plan"))
    clone.commit("Record the vote\n\nAs in the minutes.\n\nReason: Niederschrift")
    (clone.root / OTHER_PATH).unlink()
    clone.commit("Take the plan back")
    return clone


def test_every_version_of_a_motion_the_newest_first(history: Repository, cli: Cli) -> None:
    lines = cli("log", "2292", at=history.root).out.splitlines()
    heads = [line for line in lines if not line.startswith(" ")]
    assert [line.partition("  Erika Beispiel  ")[2] for line in heads] == [
        "Record the vote", "Shorten the title", "Begin the register",
    ]  # fmt: skip
    assert heads[0].startswith(history.git("rev-parse", "HEAD~1")[:10] + "  2023-11-15 ")
    assert any("45" in line and "recorded" in line for line in lines)
    assert "    Title “Durchführung einer Konferenz” -> Konferenz" in lines


def test_in_german(history: Repository, cli: Cli) -> None:
    out = cli("--lang", "de", "log", "2292", at=history.root).out
    assert "  15.11.2023 " in out and "Titel" in out


def test_only_so_many(history: Repository, cli: Cli) -> None:
    assert [row["subject"] for row in cli("log", "2292", "-n", "1", "--json", at=history.root).json] == [
        "Record the vote"
    ]
    assert cli("log", "2292", "-n", "0", at=history.root).out == ""


def test_json(history: Repository, cli: Cli) -> None:
    row = cli("log", "2292", "--json", at=history.root).json[0]
    assert row["commit"] == history.git("rev-parse", "HEAD~1")
    assert row["author"] == {"name": "Erika Beispiel", "email": "erika@example.org"}
    assert row["time"].startswith("2023-11-15T") and row["time"].endswith("+01:00")
    assert (row["body"], row["trailers"]) == ("As in the minutes.", [["Reason", "Niederschrift"]])
    assert (row["path"], row["name"]) == (PATH, "2292 (V) HHA")
    change = row["changes"][0]
    assert change["kind"] == "vote_recorded" and change["place"] == "consultations[c1].votes[v1]"
    assert change["old"] is None and change["new"]["yes"] == 45
    assert "45" in change["de"] and change["de"] != change["en"]


def test_the_whole_register_by_commit(history: Repository, cli: Cli) -> None:
    out = cli("log", at=history.root).out
    heads = [line for line in out.splitlines() if not line.startswith(" ")]
    assert [line.partition("  Erika Beispiel  ")[2] for line in heads] == [
        "Take the plan back", "Record the vote", "Shorten the title", "Begin the register",
    ]  # fmt: skip
    first, second = out.split(heads[1])[0], out.split(heads[1])[1].split(heads[2])[0]
    assert "    3185 (V) HHA\n        deleted: “Plan”\n" in first
    assert "    2292 (V) HHA\n" in second and "    3185 (V) HHA\n        created: “Plan”" in second
    assert [row["name"] for row in cli("log", "--json", "-n", "2", at=history.root).json] == [
        "3185 (V) HHA", "2292 (V) HHA", "3185 (V) HHA",
    ]  # fmt: skip
    assert len(cli("log", "-n", "1", at=history.root).out.splitlines()) == 3


def test_the_register_shows_its_last_20_commits(clone: Repository, cli: Cli) -> None:
    for number in range(25):
        clone.write(PATH, motion(title=f"Titel {number}"))
        clone.commit(f"Change {number}")
        clone.write("README", str(number))
        clone.commit("Nothing of the register")
    rows = cli("log", "--json", at=clone.root).json
    assert [row["subject"] for row in rows] == [f"Change {number}" for number in range(24, 4, -1)]
    assert len(cli("log", "--json", "-n", "100", at=clone.root).json) == 25 + 2


def test_a_commit_of_many_motions_is_cut_for_people(isolated: Path, tmp_path: Path, cli: Cli) -> None:
    repository = large(tmp_path / "large", 60)
    lines = cli("log", at=repository.root).out.splitlines()
    assert lines[-1] == "    and 36 more files"
    assert len(cli("log", "--json", at=repository.root).json) == 61


def test_a_version_that_only_changed_the_form(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, "# a comment\n" + motion())
    clone.commit("Comment")
    assert "only the form of the file" in cli("log", "2292", "-n", "1", at=clone.root).out
    clone.write("motions/council.toml", COUNCIL + "# end\n")
    clone.commit("Comment the council")
    assert "    motions/council.toml\n        only the form" in cli("log", "-n", "1", at=clone.root).out


def test_a_version_that_cannot_be_read(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, "id = \n")
    clone.commit("Break it")
    clone.write(PATH, motion())
    clone.commit("Mend it")
    out = cli("log", "2292", at=clone.root).out
    assert "    unreadable before (line 1)\n" in out and "    unreadable then (line 1)\n" in out
    kinds = [row["changes"][0]["kind"] for row in cli("log", "2292", "--json", at=clone.root).json]
    assert kinds == ["unreadable", "unreadable", "created"]


def test_a_motion_that_was_renamed_keeps_its_history(clone: Repository, cli: Cli) -> None:
    (clone.root / PATH).unlink()
    clone.write("motions/V/2200/2293-HHA.toml", motion("2293 (V) HHA", id=motion()[6:14]))
    cli("commit", at=clone.root)
    rows = cli("log", "2293", "--json", at=clone.root).json
    assert [row["path"] for row in rows] == ["motions/V/2200/2293-HHA.toml", PATH]
    assert rows[0]["changes"][0]["kind"] == "reference_changed"


def test_a_register_without_a_commit(isolated: Path, tmp_path: Path, cli: Cli) -> None:
    cli("init", str(tmp_path / "new"))
    assert cli("log", at=tmp_path / "new").out == ""
    assert cli("log", "--json", at=tmp_path / "new").json == []


def test_what_acts_on_a_terminal_is_shown(clone: Repository) -> None:
    clone.write(PATH, motion(title="Konferenz"))
    clone.git("config", "user.name", "Eve \x1b[31m\u202e")
    clone.commit("Subject \x1b]0;title\x07 \u202ereversed")
    out = script("log", at=clone.root).out
    assert "␛]0;title␇ <U+202E>reversed" in out and "Eve ␛[31m<U+202E>" in out
    text = script("log", "--json", at=clone.root).out
    assert "\x1b" not in text and "\u202e" not in text and "\\u001b" in text


def test_a_shallow_clone_shows_what_it_has(history: Repository, tmp_path: Path, cli: Cli) -> None:
    history.git("clone", "--quiet", "--depth", "2", f"file://{history.root}", str(tmp_path / "shallow"))
    found = cli("log", "--json", at=tmp_path / "shallow").json
    assert found[0]["subject"] == "Take the plan back"
    assert cli("log", "2292", at=tmp_path / "shallow").out


def test_the_side_of_a_merge_is_told_too(clone: Repository, cli: Cli) -> None:
    clone.git("switch", "--quiet", "-c", "side")
    clone.write(PATH, motion(title="Seite"))
    clone.commit("On the side")
    clone.git("switch", "--quiet", "main")
    clone.write(OTHER_PATH, motion("3185 (V) HHA"))
    clone.commit("On main")
    clone.git("merge", "--quiet", "--no-edit", "side")
    subjects = {row["subject"] for row in cli("log", "--json", at=clone.root).json}
    assert {"On the side", "On main"} <= subjects


def test_a_damaged_repository_is_an_error_in_a_line(isolated: Path, tmp_path: Path, cli: Cli) -> None:
    repository = register(tmp_path / "damaged")
    commit = repository.head()
    (repository.root / ".git/objects" / commit[:2] / commit[2:]).unlink()
    ran = cli("log", at=repository.root, status=2)
    assert "is missing in the repository. git fsck says" in ran.err and ran.err.count("\n") == 1


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="needs ssh-keygen")
def test_signed_commits_say_what_git_says_of_them(clone: Repository, isolated: Path, cli: Cli) -> None:
    key = isolated / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    (isolated / "trusted").write_text(f"erika@example.org {key.with_suffix('.pub').read_text()}")
    for name, value in {
        "gpg.format": "ssh",
        "user.signingkey": str(key),
        "gpg.ssh.allowedSignersFile": str(isolated / "trusted"),
    }.items():
        clone.git("config", "--global", name, value)
    clone.write(PATH, motion(title="Neu"))
    clone.git("commit", "--quiet", "--all", "-S", "-m", "Signed")
    good, first = cli("log", at=clone.root).out.split("\n3")[0], cli("log", "--json", at=clone.root).json[-1]
    assert "Signed  [signature verified]" in good and first["signature"] == "none"
    # the same signature over other words
    raw = clone.git("cat-file", "commit", "HEAD").replace("Signed", "Forged")
    forged = clone.git("hash-object", "-t", "commit", "-w", "--stdin", stdin=f"{raw}\n".encode())
    clone.git("reset", "--quiet", "--hard", forged)
    assert "Forged  [! bad signature]" in cli("log", at=clone.root).out
    assert cli("log", "--json", "-n", "1", at=clone.root).json[0]["signature"] == "bad"
    clone.git("reset", "--quiet", "--hard", "HEAD@{1}")
    (isolated / "trusted").write_text("")
    assert "Signed  [signature unverified]" in cli("log", at=clone.root).out
    assert "[Signatur ungeprüft]" in cli("--lang", "de", "log", at=clone.root).out


def test_a_motion_that_is_gone_has_its_history(history: Repository, cli: Cli) -> None:
    for name in ("3185", OTHER_PATH):
        rows = cli("log", name, "--json", at=history.root).json
        assert [row["changes"][0]["kind"] for row in rows] == ["deleted", "created"]
