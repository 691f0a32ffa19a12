"""`antrag validate --fix`, `--unsafe-fixes` and `--diff`."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from antragsbuch.store.register import Register
from support.commands import Cli
from support.repositories import OTHER_PATH, PATH, Repository, motion

SPACED = motion(title="Durchführung  einer Konferenz")
UNUSED = "# antrag: ignore[TX008] so gedruckt\n"


def test_the_difference_is_what_git_applies(clone: Repository, cli: Cli) -> None:
    texts = {
        PATH: SPACED.rstrip("\n") + " # ende",
        OTHER_PATH: motion("3185 (V) HHA", title="Ein  Titel").replace("\n", "\r\n"),
    }
    for path, text in texts.items():
        clone.write(path, text.encode())
    ran = cli("validate", "--diff", at=clone.root, status=1)
    assert [(clone.root / path).read_bytes() for path in texts] == [text.encode() for text in texts.values()]
    assert '-title = "Durchführung  einer Konferenz"\n+title = "Durchführung einer Konferenz"\n' in ran.out
    applied = subprocess.run(
        ["git", "apply", "-"], cwd=clone.root, input=ran.out.encode(), capture_output=True, check=False
    )
    assert applied.returncode == 0, applied.stderr
    shown = [(clone.root / path).read_bytes() for path in texts]
    for path, text in texts.items():
        clone.write(path, text.encode())
    cli("validate", "--fix", at=clone.root, status=None)
    assert [(clone.root / path).read_bytes() for path in texts] == shown


def test_nothing_to_mend_is_0(clone: Repository, cli: Cli) -> None:
    ran = cli("validate", "--diff", at=clone.root)
    assert (ran.out, ran.err) == ("", "Nothing would be mended.\n")


def test_the_difference_of_what_is_not_safe_is_asked_for(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, motion().replace("Regionsversammlung", "Regionversammlung"))
    cli("validate", "--diff", at=clone.root)
    assert (
        '+organization = "Regionsversammlung"'
        in cli("validate", "--diff", "--unsafe-fixes", at=clone.root, status=1).out
    )


def test_the_difference_of_standard_input_and_of_a_commit(clone: Repository, cli: Cli) -> None:
    options = ("validate", "--diff", "-", "--stdin-filename", PATH)
    assert f"--- a/{PATH}\n" in cli(*options, at=clone.root, stdin=SPACED.encode(), status=1).out
    clone.write(PATH, SPACED)
    clone.commit()
    clone.write(PATH, motion())
    assert (
        '+title = "Durchführung einer Konferenz"'
        in cli("validate", "--diff", "--rev", "HEAD", at=clone.root, status=1).out
    )
    assert clone.read(PATH) == motion()


def test_only_the_rules_that_are_asked_for_are_mended(clone: Repository, cli: Cli) -> None:
    odd = SPACED.replace("Die Verwaltung führt", "Die Verwaltung fu\u0308hrt")
    clone.write(PATH, odd)
    cli("validate", "--fix", "--select", "TX008", at=clone.root, status=None)
    assert clone.read(PATH) == odd.replace("  einer", " einer")
    cli("validate", "--fix", "--ignore", "TX", at=clone.root, status=None)
    assert "fu\u0308hrt" in clone.read(PATH)


def test_a_comment_that_is_not_needed_goes(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, UNUSED + motion())
    assert "SU005" in cli("validate", at=clone.root).out
    cli("validate", "--fix", at=clone.root)
    assert clone.read(PATH) == motion()
    # what only the whole register can tell
    clone.write(PATH, UNUSED.replace("TX008", "RG002") + motion())
    assert "[*]" in cli("validate", at=clone.root).out
    cli("validate", "--fix", at=clone.root)
    assert clone.read(PATH) == motion()


def test_a_file_that_changed_meanwhile_is_left_alone(
    clone: Repository, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone.write(PATH, SPACED)
    clone.write(OTHER_PATH, motion("3185 (V) HHA", title="Ein  Titel"))
    theirs = motion(title="Ein anderer  Titel")
    save = Register.save

    def save_late(self: Register, opened: object, text: str) -> object:
        if getattr(opened, "path", "") == PATH:
            clone.write(PATH, theirs)
        return save(self, opened, text)  # type: ignore[arg-type]

    monkeypatch.setattr(Register, "save", save_late)
    ran = cli("validate", "--fix", at=clone.root, status=2)
    assert f"{PATH}: somebody else changed it meanwhile" in ran.err
    assert clone.read(PATH) == theirs
    assert "Ein Titel" in clone.read(OTHER_PATH)


def test_twice_changes_nothing(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, UNUSED + SPACED.replace("proposal", "# x\nproposal"))
    cli("validate", "--fix", at=clone.root)
    once = (clone.root / PATH).read_bytes(), (clone.root / PATH).stat().st_mtime_ns
    ran = cli("validate", "--fix", at=clone.root)
    assert ((clone.root / PATH).read_bytes(), (clone.root / PATH).stat().st_mtime_ns) == once
    assert "mended" not in ran.err and "[*]" not in ran.out


def test_what_can_be_mended_is_marked_and_counted(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, SPACED.replace("Regionsversammlung", "Regionversammlung"))
    ran = cli("validate", at=clone.root)
    assert "warning[TX008] [*]" in ran.out
    assert "1 can be mended with --fix. 1 more with --unsafe-fixes." in ran.err


def test_without_git_nothing_is_mended(clone: Repository, tmp_path: Path, cli: Cli) -> None:
    plain = tmp_path / "plain"
    (plain / PATH).parent.mkdir(parents=True)
    (plain / "motions/council.toml").write_text(clone.read("motions/council.toml"))
    (plain / PATH).write_text(SPACED)
    assert "+title" in cli("validate", "--diff", at=plain, status=1).out
    cli("validate", "--fix", at=plain, status=2)
    assert (plain / PATH).read_text() == SPACED
