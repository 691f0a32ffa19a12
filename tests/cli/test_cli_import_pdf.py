"""`antrag import` of PDFs: of other programs, with several motions, broken, hostile, or without text."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from antragsbuch import pdf_text
from antragsbuch.pdf_text import PdfError, documents
from antragsbuch_schema.exchange.printed import printed
from support.commands import Cli
from support.pdf import page, pages, pdf, stream, unfolding, words
from support.printed import council, motion
from support.repositories import Repository


def _typed(text: str, heads: bool = False) -> bytes:
    """A PDF as simple programs make it: a piece of text for each line or cell, no rules, no blank at the end."""
    sheets: list[bytes] = []
    lines = [line for long in text.split("\n") for line in _wrapped(long)]
    for start in range(0, len(lines), 40):
        content = words("Region Hannover", top=30) + words(f"{start // 40 + 1}", left=300, top=820) if heads else b""
        for number, line in enumerate(lines[start : start + 40]):
            for column, cell in enumerate(line.split("\t")):
                content += words(cell, left=50 + 60 * column, top=90 + 17 * number) if cell else b""
        sheets.append(stream(content))
    return pages(sheets)


def _wrapped(line: str) -> list[str]:
    if "\t" in line or len(line) < 90:
        return [line]
    return [found[0].strip() for found in re.finditer(r".{1,90}(?:\s|$)", line)]


def test_a_pdf_of_another_program(clone: Repository, cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "3185.pdf"
    path.write_bytes(
        _typed("3185 (V) HHA\n\nHaushaltsantrag öffentlich\n\nEin Titel\n\nDatum 14.11.2024\n\nTischvorlage")
    )
    ran = cli("import", str(path), "--dry-run", at=clone.root, status=1)
    assert "3185 (V) HHA" in ran.out and "14.11.2024" in ran.out
    assert f"{path}, page 1, line 5: not understood: Tischvorlage" in ran.err
    (found,) = cli("import", "-", "--dry-run", "--json", at=clone.root, status=1, stdin=path.read_bytes()).json
    assert found["left"] == [{"page": 1, "line": 5, "text": "Tischvorlage"}]


def test_heads_and_numbers_of_pages_are_no_text() -> None:
    whole = printed(motion("3185"), council())
    (found,) = documents(_typed(whole, heads=True))
    assert "Region Hannover\n" not in found.text
    assert "Sachverhalt" in found.text


def test_letters_that_the_font_does_not_name(clone: Repository, cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "odd.pdf"
    path.write_bytes(
        page(words("3185 (V) HHA") + words("Haushaltsantrag öffentlich", top=120)).replace(b"/WinAnsiE", b"/X")
    )
    ran = cli("import", str(path), "--dry-run", at=clone.root)
    assert "page 1: 1 letter can't be told" in ran.err
    path.write_bytes(page(words("3185 (V) HHA") + words("ääääää", top=120)).replace(b"/WinAnsiE", b"/X"))
    assert "OCR" in cli("import", str(path), "--dry-run", at=clone.root, status=2).err


def test_turned_text_and_pictures_are_named(clone: Repository, cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "odd.pdf"
    picture = b"q 100 0 0 100 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q"
    turned = b"BT /F1 30 Tf 0 1 -1 0 300 300 Tm (ENTWURF) Tj ET\n"
    path.write_bytes(pages([stream(words("3185 (V) HHA") + turned), stream(picture)]))
    ran = cli("import", str(path), "--dry-run", at=clone.root)
    assert "page 1: text that is turned is not read: ENTWURF" in ran.err
    assert "page 2: a picture, no text: not read" in ran.err


_BOX = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X %d 0 R >> >>"
_PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>"
)
_TREE = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"]


def _unfolding() -> bytes:
    """Each form draws the next one ten times."""
    forms = [stream(b"/X Do " * 10, _BOX % (number + 6)) for number in range(30)]
    return pdf([*_TREE, _PAGE, stream(b"/X Do"), *forms, stream(words("x"))])


_BOUNDED = "too much memory|too long"
"""Which of the two bounds is met first is a matter of the machine."""

HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing after the mark": (lambda: b"%PDF-1.7\n", "broken"),
    "cut": (lambda: page(words("3185 (V) HHA"))[:400], "broken"),
    "nested": (lambda: pdf([b"<< /Pages " + b"[" * 50_000 + b"]" * 50_000 + b" >>"]), "broken"),
    "no page": (lambda: pdf([_TREE[0], b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"]), "no text"),
    "only a picture": (lambda: page(b"BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI"), "OCR"),
    "a form that draws itself": (lambda: pdf([*_TREE, _PAGE, stream(b"/X Do"), stream(b"/X Do", _BOX % 5)]), "no text"),
    "forms that unfold": (_unfolding, _BOUNDED),
    "blanks that unfold": (lambda: pages([unfolding(b" " * (1 << 20), 1500)]), _BOUNDED),
    "too many pages": (lambda: pages([stream(b"")] * 201), "too many pages"),
    "encrypted": (
        lambda: pdf(
            [*_TREE, _PAGE, stream(b""), b"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O (%b) /U (%b) >>"
             % (b"o" * 32, b"u" * 32)],
            b"/Encrypt 5 0 R /ID [(1234567890123456) (1234567890123456)]",
        ),
        "encrypted",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_can_not_be_read_ends_in_one_line(clone: Repository, cli: Cli, tmp_path: Path, kind: str) -> None:
    make, says = HOSTILE[kind]
    path = tmp_path / "odd.pdf"
    path.write_bytes(make())
    ran = cli("import", str(path), "--yes", at=clone.root, status=2)
    assert re.search(says, ran.err)
    assert ran.err.count("\n") == 1
    assert clone.changed() == ""


def test_a_pdf_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_text, "MOST_BYTES", 100)
    with pytest.raises(PdfError, match="too large"):
        documents(page(words("3185 (V) HHA")))


def test_without_pdfplumber_it_says_what_is_missing(
    clone: Repository, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    path = tmp_path / "2292.pdf"
    path.write_bytes(page(words("2292 (V) HHA")))
    assert "pip install 'antragsbuch[pdf]'" in cli("import", str(path), at=clone.root, status=2).err
