"""`antrag import`."""

from __future__ import annotations

from pathlib import Path

import pytest

from antragsbuch_schema.exchange.printed import printed
from support.commands import Cli
from support.printed import council, motion
from support.repositories import Repository


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "3185.txt"
    path.write_text(printed(motion("3185"), council()), encoding="utf-8")
    return path


def test_a_document_becomes_a_motion(clone: Repository, cli: Cli, document: Path) -> None:
    ran = cli("import", str(document), "--yes", at=clone.root)
    assert "3185 (V) HHA" in ran.out and "Regionsversammlung" in ran.out
    path = ran.out.splitlines()[-1]
    assert 'page = "S.164 (Regionsfonds"' in clone.read(path)
    assert "a bracket is open" in ran.err
    again = cli("import", str(document), "--yes", at=clone.root)
    assert "is there already and says the same" in again.err


def test_nothing_is_written_unasked(clone: Repository, cli: Cli, document: Path) -> None:
    before = clone.changed()
    assert "--yes" in cli("import", str(document), at=clone.root, status=2).err
    cli("import", str(document), "--dry-run", at=clone.root)
    (found,) = cli("import", str(document), "--dry-run", "--json", at=clone.root).json
    assert (found["data"]["reference"], found["left"]) == ("3185 (V) HHA", [])
    assert clone.changed() == before


def test_a_motion_that_is_there_is_not_overwritten(clone: Repository, cli: Cli, document: Path) -> None:
    cli("import", str(document), "--yes", at=clone.root)
    document.write_text(document.read_text().replace("17.12.2024", "18.12.2024"))
    ran = cli("import", str(document), "--yes", at=clone.root, status=1)
    assert "is not overwritten" in ran.err and "2024-12-18" in ran.err
    assert "2024-12-18" not in "".join(clone.read(path) for path in clone.git("ls-files", "-o").split())


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"%PDF-1.7 ...", "broken"),
        (b"x" * 2_000_001, "too large"),
        (b"\x81\x8d\x8f", "no text"),
        (b"hello\n", "holds nothing"),
        (b"", "holds nothing"),
    ],
)
def test_what_is_no_printed_motion_is_refused(
    clone: Repository, cli: Cli, tmp_path: Path, content: bytes, says: str
) -> None:
    path = tmp_path / "odd"
    path.write_bytes(content)
    assert says in cli("import", str(path), "--yes", at=clone.root, status=2).err
    assert clone.changed() == ""
