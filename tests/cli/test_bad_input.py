"""Bad files: each gets a finding or a line with place and remedy, and nothing is changed."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from antragsbuch.state import Goto
from support.bad_input import FILES, UNREADABLE, fingerprint
from support.commands import SCRIPT, Cli, script
from support.flows import program
from support.repositories import OTHER_PATH, PATH, Repository, motion
from support.terminal import Terminal

OTHER = motion("3185 (V) HHA", title="Plan")


@pytest.fixture
def two(clone: Repository) -> Repository:
    """A register with a second motion, which nothing is wrong with."""
    clone.write(OTHER_PATH, OTHER)
    clone.commit()
    return clone


@pytest.mark.parametrize("name", FILES)
def test_it_is_found_where_it_stands(two: Repository, cli: Cli, name: str) -> None:
    bad = FILES[name]
    two.write(PATH, bad.data)
    before = fingerprint(two)
    ran = cli("validate", "--json", at=two.root, status=None)
    codes = {row["code"] for row in ran.json if row["path"] == PATH}
    assert not bad.code or bad.code in codes
    assert codes or name == "Windows line ends"
    assert ran.status == (0 if name in ("Windows line ends", "a byte order mark") else 1)
    # what is wrong with one file hides nothing of another
    assert cli("validate", "--json", OTHER_PATH, at=two.root).json is not None
    for form in ("full", "concise"):
        cli("validate", "--output-format", form, at=two.root, status=ran.status)
    assert fingerprint(two) == before


@pytest.mark.parametrize("name", FILES)
def test_showing_and_formatting_says_where_it_is_wrong(two: Repository, cli: Cli, name: str) -> None:
    bad = FILES[name]
    two.write(PATH, bad.data)
    before = fingerprint(two)
    expected = 0 if bad.readable else 2
    for form in ("printed", "json"):
        ran = cli("show", PATH, "--as", form, at=two.root, status=expected)
        if not bad.readable:
            assert ran.err.startswith(f"antrag: {PATH}:") and ran.err.count("\n") == 1
    assert cli("show", "3185", at=two.root).out.startswith("3185 (V) HHA")
    ran = cli("fmt", "--check", at=two.root, status=None)
    if not bad.readable:
        assert ran.status == 2 and f"antrag: {PATH}:" in ran.err
        # even where it may write, it leaves what it can't read
        cli("fmt", at=two.root, status=2)
    assert fingerprint(two) == before


@pytest.mark.parametrize("name", FILES)
def test_differences_and_history_are_told_beside_it(two: Repository, cli: Cli, name: str) -> None:
    bad = FILES[name]
    two.write(PATH, bad.data)
    two.write(OTHER_PATH, OTHER.replace("Plan", "Planung"))
    before = fingerprint(two)
    out = cli("diff", at=two.root).out
    assert "Plan -> Planung" in out
    assert ("can't be read, line" in out) is not bad.readable
    cli("diff", "--json", at=two.root)
    rows = cli("list", "--json", at=two.root).json
    row = next(row for row in rows if row["path"] == PATH)
    assert (row["state"] is None) is not bad.readable
    assert fingerprint(two) == before
    two.commit("Bad")
    before = fingerprint(two)
    for arguments in (["log"], ["log", PATH], ["log", "--json"], ["diff", "--from", "HEAD~1", "--to", "HEAD"]):
        ran = cli(*arguments, at=two.root)
        if not bad.readable and "--json" not in arguments:
            said = "unreadable then (line" if arguments[0] == "log" else "can't be read, line"
            assert said in ran.out
    assert fingerprint(two) == before


@pytest.mark.parametrize("name", UNREADABLE)
def test_it_is_not_committed(two: Repository, cli: Cli, name: str) -> None:
    two.write(PATH, FILES[name].data)
    before = fingerprint(two)
    for arguments in ([], [PATH], ["--dry-run"]):
        ran = cli("commit", *arguments, at=two.root, status=2)
        assert f"error[{FILES[name].code}]" in ran.err or "can't be read" in ran.err
        assert ran.err.endswith("antrag: Nothing was committed: mend the errors first.\n")
    assert fingerprint(two) == before
    # the other one is
    two.write(OTHER_PATH, OTHER.replace("Plan", "Planung"))
    cli("commit", "3185", at=two.root)
    assert two.changed() == f" M {PATH}"


@pytest.mark.parametrize("name", FILES)
async def test_the_program_shows_it_and_leaves_it(two: Repository, name: str) -> None:
    bad = FILES[name]
    two.write(PATH, bad.data)
    before = fingerprint(two)
    async with program(two.root, size=(140, 30)) as flow:
        await flow.see("Plan", "2 motions")
        await flow.rest()
        if not bad.readable:
            await flow.see("can't be read")
        flow.app.open(Goto("editor", path=PATH))
        await flow.on("editor")
        await flow.rest()
        if bad.said:
            await flow.until(lambda: bad.said.lower() in " ".join(flow.lines()).lower(), f"to see {bad.said}")
        flow.app.back()
        await flow.on("register")
        for screen in ("review", "problems"):
            flow.app.open(Goto(screen))
            await flow.on(screen)
            await flow.rest()
            flow.app.back()
        await flow.on("register")
        flow.app.open(Goto("history", path=PATH))
        await flow.on("history")
        await flow.rest()
    assert fingerprint(two) == before


@pytest.fixture
def hostile(two: Repository, tmp_path: Path) -> Repository:
    """Escapes and bidi overrides in a title, a text, a path, a name, an address and a message."""
    evil = "\\u001b]0;PWNED\\u0007\\u001b[31m\\u202e\\u009b31m\u202e\u200b"
    two.git("config", "user.name", "Eve \x1b]0;PWNED\x07 \x1b[31m\u202e")
    two.git("config", "user.email", "eve\u202e@example.org")
    two.write("motions/V/2200/2292-\u202e\u200bHHA.toml", motion("2294 (V) HHA"))
    two.write("motions/V/2200/\x1b[31m\x07.toml", motion("2295 (V) HHA"))
    two.write(PATH, motion(title=f"Konferenz {evil}", proposal=f"Satz {evil}."))
    two.commit("Subject \x1b]0;PWNED\x07 \x1b[31m \u202ereversed\n\nBody \x1b]0;PWNED\x07\u202e")
    two.write(PATH, motion(title=f"Tagung {evil}", more=f'"{evil}" = "{evil}"\n# \u202e\n'))
    return two


def no_escape(output: bytes) -> None:
    """Nothing of what was put into the register may act on a terminal."""
    assert b"\x1b]" not in output and b"\x1b[31m" not in output.replace(b"\x1b[31;1m", b"")
    assert b"PWNED\x07" not in output
    for letter in "\u202e\u200b\u009b":
        assert letter.encode() not in output


COMMANDS = [
    "list", "show 2292", "show 2292 --as toml", "show 2292 --as json", "validate", "validate --output-format concise",
    "fmt --check", "fmt --diff", "log", "log 2292", "log --json", "diff", "diff --json", "commit --dry-run", "commit",
    "diff --words", "diff --side-by-side", "diff --stat", "diff --format html", "blame 2292", "blame 2292 --json",
    "show 2292 --at HEAD", "list --at HEAD", "undo HEAD --dry-run",
    "doctor", "references", "list nonsense:\u202e",
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_of_it_acts_on_a_terminal(hostile: Repository, command: str) -> None:
    before = fingerprint(hostile)
    # a pager writes escapes of its own
    plain = {"NO_COLOR": "1", "GIT_PAGER": "cat"}
    with Terminal([str(SCRIPT), *command.split(" ")], hostile.root, env=plain) as terminal:
        assert terminal.wait_for_end() in (0, 1, 2)
        no_escape(bytes(terminal.output))
        assert b"\x1b" not in terminal.output
        assert b"Traceback" not in terminal.output
    assert fingerprint(hostile) == before


@pytest.mark.parametrize("command", ["list", "log", "diff", "validate", "list --json", "log --json"])
def test_nothing_of_it_acts_on_a_terminal_behind_a_pager(hostile: Repository, command: str) -> None:
    no_escape(script(*command.split(), at=hostile.root, status=None).out.encode("utf-8", "surrogateescape"))


def test_nothing_of_it_acts_on_the_terminal_of_the_program(hostile: Repository) -> None:
    with Terminal([str(SCRIPT), "--lang", "en"], hostile.root, columns=120, rows=40) as terminal:
        terminal.wait_for("2292 (V) HHA")
        terminal.settle()
        for keys in (["j"], ["k"], ["enter"], ["escape"], ["h"], ["escape"], ["c"], ["escape"], ["e"], ["escape"]):
            terminal.press(*keys)
        output = bytes(terminal.output)
    assert b"PWNED\x07" not in output and b"\x1b]0;PWNED" not in output
    for letter in "\u202e\u200b\u009b":
        assert letter.encode() not in output


@pytest.fixture
def odd(two: Repository, tmp_path: Path) -> Repository:
    """Everything that can lie where a motion is expected and is none."""
    (tmp_path / "secret.toml").write_text(motion("9999 (V) HHA", title="SECRET"))
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/9998.toml").write_text(motion("9998 (V) HHA", title="SECRET"))
    place = two.root / "motions/V"
    (place / "out.toml").symlink_to(tmp_path / "secret.toml")
    (place / "folder").symlink_to(tmp_path / "folder")
    (place / "loop.toml").symlink_to("loop.toml")
    (place / "up").symlink_to("..")
    (place / "dangling.toml").symlink_to("nowhere.toml")
    os.mkfifo(place / "fifo.toml")
    (place / "folder.toml").mkdir()
    (place / "folder.toml/inside.toml").write_text(motion("2297 (V) HHA"))
    return two


ODD = ["dangling.toml", "fifo.toml", "folder", "folder.toml", "loop.toml", "out.toml", "up"]


def test_what_is_no_plain_file_is_found_and_never_read(odd: Repository, cli: Cli) -> None:
    before = fingerprint(odd)
    ran = cli("validate", "--json", at=odd.root, status=1)
    found = {row["path"]: row for row in ran.json if row["code"] == "TO001"}
    assert sorted(found) == [f"motions/V/{name}" for name in ODD]
    assert all("put the file itself in its place" in row["message"] for row in found.values())
    for command in ("validate", "list", "diff", "log", "doctor", "references", "fmt --check", "list SECRET"):
        said = cli(*command.split(), at=odd.root, status=None).said
        assert "SECRET" not in said.replace("list SECRET", "") and "9999" not in said and "9998" not in said
    for name in ODD:
        for command in ("show", "edit", "log", "diff", "commit", "fmt", "validate"):
            ran = cli(command, f"motions/V/{name}", at=odd.root, status=None)
            assert "SECRET" not in ran.said
            assert ran.status in (1, 2) or (command, name) in {("log", "folder.toml")}
            assert ran.err.count("\n") <= 12
    assert fingerprint(odd) == before


async def test_what_is_no_plain_file_is_not_in_the_list(odd: Repository) -> None:
    before = fingerprint(odd)
    async with program(odd.root) as flow:
        await flow.see("3 motions")
        await flow.rest()
        assert "SECRET" not in flow.picture()
        flow.app.open(Goto("review"))
        await flow.on("review")
        await flow.rest()
        assert "SECRET" not in flow.picture()
    assert fingerprint(odd) == before


def test_a_council_that_is_a_link_is_not_followed(two: Repository, tmp_path: Path, cli: Cli) -> None:
    (tmp_path / "council.toml").write_text('format = 1\nname = "SECRET"\n')
    (two.root / "motions/council.toml").unlink()
    (two.root / "motions/council.toml").symlink_to(tmp_path / "council.toml")
    before = fingerprint(two)
    for command in ("validate", "list", "show 2292", "fmt", "diff", "log", "commit", "doctor", "init"):
        ran = cli(*command.split(), at=two.root, status=None)
        assert "SECRET" not in ran.said
        assert re.search("is a link or no (regular|plain) file", ran.said) or command == "init"
    (two.root / "motions/council.toml").unlink()
    assert fingerprint(two) != before
