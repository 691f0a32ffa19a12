"""`antrag edit`: with editors that are small scripts. Nothing that was typed gets lost."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from antragsbuch.store.drafts import DraftJournal, default_state_dir
from support.commands import SCRIPT, Cli, script
from support.repositories import COUNCIL, PATH, Repository, motion
from support.terminal import Terminal

ERROR = motion(yes=2)


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """The person's editor."""
    return Editor(tmp_path / "editor", monkeypatch)


class Editor:
    """An editor that does what a shell script says; the file to edit is "$1"."""

    def __init__(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.path = path
        monkeypatch.delenv("VISUAL", raising=False)
        monkeypatch.setenv("EDITOR", str(path))

    def does(self, body: str) -> None:
        """Do this from now on."""
        self.path.write_text(f"#!/bin/sh\n{body}\n")
        self.path.chmod(0o755)

    def types(self, *texts: str | bytes) -> None:
        """Write these texts, one a time."""
        for number, text in enumerate(texts):
            self.path.with_name(f"typed{number}").write_bytes(text.encode() if isinstance(text, str) else text)
        count = self.path.with_name("count")
        count.write_text("0")
        folder = self.path.parent
        self.does(f'n=$(cat {count}); cp "{folder}/typed$n" "$1"; echo $((n + 1)) > {count}')


def drafts(repository: Repository) -> list[str | None]:
    return [draft.text for draft in DraftJournal(None, repository.root).unfinished()]


def left() -> list[Path]:
    """The files that were handed to an editor and are still there."""
    folder = default_state_dir() / "editor"
    return list(folder.iterdir()) if folder.exists() else []


def test_what_was_typed_is_saved(clone: Repository, cli: Cli, editor: Editor) -> None:
    editor.types(motion(title="Neu"))
    ran = cli("edit", "2292", at=clone.root)
    assert clone.read(PATH) == motion(title="Neu")
    assert f"Saved {PATH}; not committed yet." in ran.err
    assert clone.changed() == f" M {PATH}"
    assert drafts(clone) == [] and left() == []


def test_another_reference_takes_the_file_along(clone: Repository, cli: Cli, editor: Editor) -> None:
    editor.types(motion("2293 (V) HHA", id=motion()[6:14]))
    path = "motions/V/2200/2293-HHA.toml"
    assert f"Saved {path}" in cli("edit", "2292", at=clone.root).err
    assert not (clone.root / PATH).exists()
    editor.types(motion("2293 (V) HHA", title="Neu"))
    clone.write("motions/V/2200/odd.toml", motion("2294 (V) HHA"))
    cli("edit", "motions/V/2200/odd.toml", at=clone.root, status=None)
    assert "Neu" in clone.read("motions/V/2200/odd.toml")


def test_nothing_was_changed(clone: Repository, cli: Cli, editor: Editor) -> None:
    editor.does("true")
    assert cli("edit", "2292", at=clone.root).err == "Nothing was changed.\n"
    editor.does('rm "$1"')
    assert cli("edit", "2292", at=clone.root).err == "Nothing was changed.\n"
    assert drafts(clone) == [] and left() == []


def test_an_editor_that_fails_or_is_not_there(
    clone: Repository, cli: Cli, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor.does("exit 3")
    assert "ended with status 3: nothing was taken" in cli("edit", "2292", at=clone.root, status=2).err
    assert left() == []
    for name in ("/no/such/editor", "unbalanced 'quote"):
        monkeypatch.setenv("EDITOR", name)
        assert "can't be started" in cli("edit", "2292", at=clone.root, status=2).err
    assert clone.changed() == "" and drafts(clone) == []


def test_what_was_typed_in_an_editor_that_fails_is_kept(clone: Repository, cli: Cli, editor: Editor) -> None:
    editor.does('echo "typed" >> "$1"; exit 1')
    ran = cli("edit", "2292", at=clone.root, status=2)
    (file,) = left()
    assert ran.err.endswith(f"what was typed is in {file}\n")
    assert file.read_text().endswith("typed\n") and file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("invalid", [ERROR, "id = \n"])
def test_off_a_terminal_an_invalid_text_is_saved_and_said_to_be_invalid(
    clone: Repository, cli: Cli, editor: Editor, invalid: str
) -> None:
    editor.types(invalid)
    ran = cli("edit", "2292", at=clone.root, status=1, stdin=b"")
    assert "error[" in ran.err and f"Saved {PATH}" in ran.err
    assert clone.read(PATH) == invalid


def asked(terminal: Terminal, times: int) -> bool:
    return terminal.text.count("e: edit again") == times


def on_terminal(clone: Repository, *answers: str, status: int) -> str:
    """Edit in a terminal and give the answers; all that was on the screen."""
    with Terminal([str(SCRIPT), "edit", "2292"], clone.root, rows=60) as terminal:
        for number, answer in enumerate(answers, 1):
            terminal.wait_for(partial(asked, terminal, number))
            if answer == "kill":
                terminal.kill()
                return terminal.text
            terminal.type(f"{answer}\n")
        assert terminal.wait_for_end() == status
        return terminal.text


def test_an_invalid_text_comes_back_to_the_editor(clone: Repository, editor: Editor) -> None:
    editor.types(ERROR, motion(yes=45))
    text = on_terminal(clone, "e", status=0)
    assert "error[VO003]" in text and "Saved" in text
    assert clone.read(PATH) == motion(yes=45)


def test_the_second_round_begins_with_what_was_typed(clone: Repository, editor: Editor) -> None:
    editor.does(
        'sed -i "s/^no = 3/no = 9/; s/^title = .*/&\\nyes/" "$1"; grep -c "^yes$" "$1" >> ' + f"{editor.path}.log"
    )
    on_terminal(clone, "e", "d", status=1)
    assert Path(f"{editor.path}.log").read_text() == "1\n2\n"
    assert clone.read(PATH) == motion()
    assert drafts(clone) == []


def test_saved_as_it_is(clone: Repository, editor: Editor) -> None:
    editor.types(ERROR)
    on_terminal(clone, "x", "s", status=1)
    assert clone.read(PATH) == ERROR


def test_when_the_second_editor_fails_the_first_text_is_still_there(clone: Repository, editor: Editor) -> None:
    count = editor.path.with_name("count")
    editor.does(f'test -e {count} && exit 1; touch {count}; echo "broken" >> "$1"')
    on_terminal(clone, "e", "s", status=1)
    assert clone.read(PATH) == motion() + "broken\n"


def test_killed_while_it_asks_what_was_typed_is_a_draft(clone: Repository, editor: Editor) -> None:
    editor.types("broken")
    on_terminal(clone, "kill", status=-9)
    assert drafts(clone) == ["broken"]
    assert clone.read(PATH) == motion()


def test_what_others_saved_meanwhile_is_merged_by_field(
    clone: Repository, cli: Cli, editor: Editor, tmp_path: Path
) -> None:
    (tmp_path / "theirs").write_text(motion(title="Andere"))
    (tmp_path / "ours").write_text(motion(yes=45))
    editor.does(f'cp {tmp_path}/ours "$1"; cp {tmp_path}/theirs {clone.root}/{PATH}')
    ran = cli("edit", "2292", at=clone.root)
    assert "1 change that somebody else saved meanwhile was merged in." in ran.err
    assert clone.read(PATH) == motion(title="Andere", yes=45)


def test_where_both_changed_the_same_nothing_is_overwritten_or_lost(
    clone: Repository, cli: Cli, editor: Editor, tmp_path: Path
) -> None:
    (tmp_path / "theirs").write_text(motion(title="Andere"))
    (tmp_path / "ours").write_text(motion(title="Unsere"))
    editor.does(f'cp {tmp_path}/ours "$1"; cp {tmp_path}/theirs {clone.root}/{PATH}')
    ran = cli("edit", "2292", at=clone.root, status=2)
    assert "was changed by somebody else" in ran.err and "kept as a draft" in ran.err
    assert clone.read(PATH) == motion(title="Andere")
    assert drafts(clone) == [motion(title="Unsere")]


def test_a_motion_that_was_removed_meanwhile(clone: Repository, cli: Cli, editor: Editor, tmp_path: Path) -> None:
    (tmp_path / "ours").write_text(motion(title="Unsere"))
    editor.does(f'cp {tmp_path}/ours "$1"; rm {clone.root}/{PATH}')
    cli("edit", "2292", at=clone.root, status=2)
    assert not (clone.root / PATH).exists()
    assert drafts(clone) == [motion(title="Unsere")]


def test_bytes_that_are_no_utf8_come_to_the_editor_as_they_are(clone: Repository, cli: Cli, editor: Editor) -> None:
    latin = motion().encode("latin-1")
    clone.write(PATH, latin)
    editor.does("true")
    assert cli("edit", PATH, at=clone.root).err == "Nothing was changed.\n"
    assert (clone.root / PATH).read_bytes() == latin
    editor.does('iconv -f latin1 -t utf8 "$1" > "$1.new"; mv "$1.new" "$1"')
    cli("edit", PATH, at=clone.root)
    assert clone.read(PATH) == motion()
    editor.types(latin)
    ran = cli("edit", PATH, at=clone.root, status=2)
    assert "what was typed is not UTF-8" in ran.err
    assert [file.read_bytes() for file in left()] == [latin]


def test_line_ends_and_marks_of_windows_stay(clone: Repository, cli: Cli, editor: Editor) -> None:
    text = "\ufeff" + motion().replace("\n", "\r\n")
    clone.write(PATH, text)
    editor.does('sed -i "s/Konferenz/Tagung/" "$1"')
    cli("edit", PATH, at=clone.root, status=None)
    assert (clone.root / PATH).read_bytes() == text.replace("Konferenz", "Tagung", 1).replace(
        "eine Konferenz", "eine Tagung"
    ).encode()


def test_the_editor_of_the_repository_is_not_run(
    clone: Repository, cli: Cli, tmp_path: Path, isolated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone.git("config", "core.editor", f"touch {tmp_path}/evil #")
    with (isolated / "gitconfig").open("a") as config:
        config.write("[core]\n\teditor = true\n")
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    assert cli("edit", "2292", at=clone.root).err == "Nothing was changed.\n"
    assert not (tmp_path / "evil").exists()


def test_the_file_of_the_council_also_where_it_is_broken(clone: Repository, cli: Cli, editor: Editor) -> None:
    clone.write("motions/council.toml", "format = \n")
    editor.types(COUNCIL)
    cli("edit", "motions/council.toml", at=clone.root)
    assert clone.read("motions/council.toml") == COUNCIL


def test_in_german(clone: Repository, editor: Editor) -> None:
    editor.types(motion(title="Neu"))
    assert script("--lang", "de", "edit", "2292", at=clone.root).err.endswith("gespeichert; noch nicht committet.\n")


def test_a_new_motion_goes_on_in_the_editor(clone: Repository, cli: Cli, editor: Editor) -> None:
    editor.does('sed -i "s/Radweg/Gehweg/" "$1"')
    ran = cli("new", "--title", "Radweg", "--type", "HHA", "--edit", at=clone.root, status=None)
    path = ran.out.strip()
    assert 'title = "Gehweg"' in clone.read(path)
