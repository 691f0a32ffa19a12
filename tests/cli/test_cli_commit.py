"""`antrag commit`."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import SCRIPT, Cli, script
from support.repositories import COUNCIL, OTHER_PATH, PATH, Repository, motion
from support.terminal import Terminal


def editor(folder: Path, body: str) -> str:
    """An editor that is a shell script: the file to edit is "$1"."""
    path = folder / "editor"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return str(path)


def test_the_message_says_what_changed(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, motion(yes=45))
    ran = cli("commit", at=clone.root)
    message = clone.message()
    assert message.startswith("2292 (V) HHA: Abstimmung")
    assert "Motion: 2292 (V) HHA\nFields: consultations[c1].votes[v1]" in message
    assert ran.err == f"Committed {clone.head()[:10]}: {message.splitlines()[0]}\n"
    assert clone.changed() == ""
    clone.check()


def test_the_language_of_the_message_is_that_of_the_register(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, motion(yes=45))
    assert "Abstimmung" in cli("--lang", "en", "commit", "--dry-run", at=clone.root).out
    clone.write("motions/council.toml", COUNCIL.replace('"de"', '"en"'))
    assert "vote recorded" in cli("--lang", "de", "commit", "2292", "--dry-run", at=clone.root).out


def test_a_dry_run_commits_nothing(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, motion(yes=45))
    head = clone.head()
    assert cli("commit", "--dry-run", at=clone.root).out.startswith("2292 (V) HHA: ")
    assert clone.head() == head and clone.changed() == f" M {PATH}"


def test_only_what_was_named(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, motion(yes=45))
    clone.write(OTHER_PATH, motion("3185 (V) HHA"))
    cli("commit", "3185", at=clone.root)
    assert clone.changed() == f" M {PATH}"
    assert "no motion 77" in cli("commit", "77", at=clone.root, status=2).err


def test_what_somebody_staged_stays_staged(clone: Repository, cli: Cli) -> None:
    clone.write("README", "x")
    clone.git("add", "README")
    clone.write(PATH, motion(yes=45))
    cli("commit", at=clone.root)
    assert clone.changed() == "A  README"


def test_own_message_and_reason(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, motion(yes=45))
    cli("commit", "-m", "Votes of the evening", "--reason", "Niederschrift vom 17.12.", at=clone.root)
    assert clone.message() == "Votes of the evening\n\nReason: Niederschrift vom 17.12."


def test_an_empty_message_commits_nothing(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, motion(yes=45))
    assert (
        cli("commit", "-m", "  ", at=clone.root, status=2).err
        == "antrag: The message is empty. Nothing was committed.\n"
    )
    assert clone.subjects() == ["Begin the register"]


def test_the_message_is_edited_first(
    clone: Repository, tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone.write(PATH, motion(yes=45))
    monkeypatch.setenv("EDITOR", editor(tmp_path, 'sed -i "1s/.*/Edited by hand/" "$1"'))
    cli("commit", "--edit", at=clone.root)
    assert clone.message().startswith("Edited by hand\n")
    clone.write(PATH, motion(yes=46))
    monkeypatch.setenv("EDITOR", editor(tmp_path, "exit 1"))
    ran = cli("commit", "-e", at=clone.root, status=2)
    assert "ended with status 1: nothing was taken. Nothing was committed." in ran.err
    monkeypatch.setenv("EDITOR", editor(tmp_path, ': > "$1"'))
    assert "message is empty" in cli("commit", "-e", at=clone.root, status=2).err
    assert clone.subjects()[0] == "Edited by hand"


def test_nothing_to_commit(clone: Repository, cli: Cli) -> None:
    ran = cli("commit", at=clone.root, status=2)
    assert ran.err == "antrag: Nothing to commit: the work tree holds what HEAD holds.\n"
    assert cli("--lang", "de", "commit", at=clone.root, status=2).err.startswith("antrag: Nichts zu committen")


def test_an_error_is_not_committed_but_shown(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, motion(yes=2))
    ran = cli("commit", at=clone.root, status=2)
    assert "error[VO003]" in ran.err and "^" in ran.err
    assert ran.err.endswith("antrag: Nothing was committed: mend the errors first.\n")
    assert clone.subjects() == ["Begin the register"]


def test_a_removed_and_a_renamed_motion(clone: Repository, cli: Cli) -> None:
    clone.write(OTHER_PATH, motion("3185 (V) HHA"))
    clone.commit()
    (clone.root / PATH).unlink()
    cli("commit", "2292", at=clone.root)
    assert clone.git("ls-tree", "-r", "--name-only", "HEAD", "motions/V") == OTHER_PATH
    (clone.root / OTHER_PATH).unlink()
    clone.write("motions/V/3100/3186-HHA.toml", motion("3186 (V) HHA", id=motion("3185 (V) HHA")[6:14]))
    cli("commit", at=clone.root)
    assert f"Renamed-From: {OTHER_PATH}" in clone.message()
    assert clone.changed() == ""


def test_the_file_of_the_council(clone: Repository, cli: Cli) -> None:
    clone.write("motions/council.toml", COUNCIL.replace("seats = 85", "seats = 84"))
    cli("commit", at=clone.root)
    assert clone.at("motions/council.toml") == COUNCIL.replace("seats = 85", "seats = 84")


def test_what_was_committed_elsewhere_meanwhile_is_not_undone(
    clone: Repository, tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone.write(PATH, motion(yes=45))
    # while the message is edited, somebody else commits another field of the same motion
    theirs = motion(title="Andere")
    (tmp_path / "theirs").write_text(theirs)
    commands = (
        f"cd {clone.root} && blob=$(git hash-object -w {tmp_path}/theirs) && "
        f"export GIT_INDEX_FILE={tmp_path}/index && git read-tree HEAD && "
        f"git update-index --cacheinfo 100644,$blob,{PATH} && "
        "git update-ref refs/heads/main $(git commit-tree -p HEAD -m Theirs $(git write-tree))"
    )
    monkeypatch.setenv("EDITOR", editor(tmp_path, commands))
    ran = cli("commit", "--edit", at=clone.root)
    assert "merged with what others have committed" in ran.err
    assert clone.at(PATH) == motion(title="Andere", yes=45)
    assert clone.subjects()[1] == "Theirs"


def test_the_person_is_asked_once_on_a_terminal(clone: Repository, isolated: Path) -> None:
    (isolated / "gitconfig").write_text("")
    clone.write(PATH, motion(yes=45))
    assert "does not know your name" in script("commit", at=clone.root, status=2).err
    with Terminal([str(SCRIPT), "commit"], clone.root) as terminal:
        terminal.wait_for("Your name:")
        terminal.type("Erika Müller\n")
        terminal.wait_for("Your e-mail address:")
        terminal.type("erika@example.org\n")
        assert terminal.wait_for_end() == 0
    assert clone.git("log", "-1", "--format=%an <%ae>") == "Erika Müller <erika@example.org>"
    clone.write(PATH, motion(yes=46))
    script("commit", at=clone.root)


def test_a_hook_that_refuses_says_why(clone: Repository, isolated: Path) -> None:
    hooks = isolated / "hooks"
    hooks.mkdir()
    (hooks / "pre-commit").write_text("#!/bin/sh\necho 'not on a Sunday' >&2\nexit 1\n")
    (hooks / "pre-commit").chmod(0o755)
    with (isolated / "gitconfig").open("a") as config:
        config.write(f"[core]\n\thooksPath = {hooks}\n[antragsbuch]\n\thooks = true\n")
    clone.write(PATH, motion(yes=45))
    ran = script("commit", at=clone.root, status=2)
    assert "\n    not on a Sunday\n" in ran.err
    assert clone.subjects() == ["Begin the register"]
