"""Hostile files of a register, each by itself: a finding within a second or two, and never a traceback."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from antragsbuch_schema.reports.forms import FORMS
from support.commands import Cli, script
from support.repositories import Repository, motion

PLACE = "motions/V/2200/2299-HHA.toml"
LIMIT = 2.0
"""Seconds of processor time, with the report: on a machine that nobody else uses it is less than one."""


def quick(cli: Cli, clone: Repository, *, status: int = 1) -> set[tuple[str, str]]:
    """Path and code of what is found in no more than the time allowed."""
    begin = time.process_time()
    ran = cli("validate", "--json", at=clone.root, status=status)
    assert time.process_time() - begin < LIMIT
    assert ran.err.count("\n") <= 2
    return {(row["path"], row["code"]) for row in ran.json}


BOMBS: dict[str, tuple[bytes, str]] = {
    "a key of 40 KB with dots": (b"a." * 20_000 + b"a = 1\n", "TO001"),
    "a header of 40 KB with dots": (b"[" + b"a." * 20_000 + b"a]\n", "TO001"),
    "a quoted key with dots": (b'"a".' * 20_000 + b"a = 1\n", "TO001"),
    "many keys with eight dots": (b"".join(b"a%d.b.c.d.e.f.g = 1\n" % number for number in range(30_000)), "TO001"),
    "brackets": (b"a = " + b"[" * 500_000, "TO001"),
    "braces": (b"a = " + b"{a=" * 200_000, "TO001"),
    "a number of 900 KB": (b"a = " + b"9" * 900_000 + b"\n", "TO001"),
    "quotes that never end": (b'a = """' + b'\\"' * 400_000, "TO001"),
    "half a million empty comments": (b"#\n" * 500_000, "TO001"),
    "a line of blanks": (b"a = 1" + b" " * 900_000 + b"x\n", "TO001"),
    "a table of many keys": (b"".join(b"k%d = 1\n" % number for number in range(5_000)), "SC004"),
    "many steps": (b'id = "abcd1234"\n' + b"[[consultations]]\n" * 3_000, "ID003"),
    "a text of one long word": (b'proposal = """\n' + b"a" * 1_000_000 + b'\n"""\n', "ID001"),
    "a text of sentences without end": (b'proposal = """\n' + b"z. B. " * 150_000 + b'\n"""\n', "ID001"),
    "a text of list items": (b'proposal = """\n' + b"- a\n" * 200_000 + b'"""\n', "ID001"),
    "a title of combining marks": (b'title = "a' + b"\xcc\x81" * 300_000 + b'"\n', "ID001"),
    "a title of digits": (b'title = "' + b"1" * 900_000 + b'"\n', "ID001"),
    "conflict marks": (b"<<<<<<< HEAD\n=======\n>>>>>>> b\n" * 10_000, "TO002"),
    "comments that ignore": (b"# antrag: ignore[VO003] weil\n" * 4_000, "ID001"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb(clone: Repository, cli: Cli, name: str) -> None:
    data, code = BOMBS[name]
    clone.write(PLACE, data)
    assert (PLACE, code) in quick(cli, clone)


def test_a_hundred_megabytes(clone: Repository, cli: Cli) -> None:
    with clone.write(PLACE, motion("2299 (V) HHA")).open("r+b") as file:
        file.truncate(100 << 20)
    assert quick(cli, clone) == {(PLACE, "TO004")}
    # the rest of the program, too
    for command in ("list", "diff", "fmt --check", "commit", f"show {PLACE}"):
        begin = time.process_time()
        ran = cli(*command.split(), at=clone.root, status=None)
        assert time.process_time() - begin < 3 * LIMIT and "Traceback" not in ran.said


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    # the name of a socket is at most 108 bytes long
    here = os.open(path.parent, os.O_RDONLY)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(f"/proc/self/fd/{here}/{path.name}")
    os.close(here)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("make", [_fifo, _socket, _device, Path.mkdir])
def test_what_is_no_file(clone: Repository, cli: Cli, make: Callable[[Path], None]) -> None:
    make(clone.root / PLACE)
    assert quick(cli, clone) == {(PLACE, "TO001")}
    assert quick(cli, clone, status=1) == {(PLACE, "TO001")}, "the second time, when the first is known"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_nobody_may_read(clone: Repository, cli: Cli) -> None:
    clone.write(PLACE, motion("2299 (V) HHA")).chmod(0)
    assert (PLACE, "TO001") in quick(cli, clone)


def test_a_file_that_is_gone_when_it_is_read(
    clone: Repository, cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Between the listing and the reading somebody deletes one, replaces one by a link, and cuts one off."""
    others = [f"motions/V/2200/229{number}-HHA.toml" for number in (5, 6, 7)]
    for path in others:
        clone.write(path, motion(f"{Path(path).stem.removesuffix('-HHA')} (V) HHA"))
    (tmp_path / "secret.toml").write_text(motion(title="SECRET"))
    opened = os.open
    done: list[str] = []

    def change(path: object, *arguments: object, **options: object) -> int:
        if str(path).endswith("2295-HHA.toml") and not done:
            done.append(str(path))
            (clone.root / others[0]).unlink()
            (clone.root / others[1]).unlink()
            (clone.root / others[1]).symlink_to(tmp_path / "secret.toml")
            (clone.root / others[2]).write_bytes(b"id = ")
        return opened(path, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", change)
    ran = cli("validate", "--output-format", "full", at=clone.root, status=None)
    assert done and ran.status in (0, 1) and "SECRET" not in ran.said
    assert f"{others[2]}:1:" in ran.out


NAMES = [b"2299\nHHA.toml", b"\xff\xfe.toml", b"2299 \x1b]0;PWNED\x07.toml", b"-rf.toml", b"%s{0}=,:.toml"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_nobody_should_give(clone: Repository, cli: Cli, name: bytes) -> None:
    folder = os.fsencode(clone.root / "motions/V/2200")
    with open(folder + b"/" + name, "wb") as file:  # noqa: PTH123 - a name that is no text
        file.write(b"id = \n")
    for form in FORMS:
        ran = cli("validate", "--output-format", form, at=clone.root, status=1)
        assert "\x1b" not in ran.said and "TO001" in ran.out
        assert form != "concise" or ran.out.count("\n") == 1
    clone.git("add", "--all")
    for arguments in (["--staged"], ["--since", "HEAD"]):
        assert "TO001" in cli("validate", *arguments, at=clone.root, status=1).out
    # the same in a process of its own, with a real standard output
    assert "\x1b" not in script("validate", at=clone.root, status=1).said
