"""PDFs by hand: small ones, broken ones, hostile ones; and what an assistive program finds in one."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pdfplumber
from pdfminer.pdftypes import resolve1

_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def pdf(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects; the first is the catalogue."""
    out = b"%PDF-1.7\n"
    offsets: list[int] = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<< /Size %d /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, len(out))
    return out + head + table + tail


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(data), entries, data)


def page(content: bytes, entries: bytes = b"") -> bytes:
    """A PDF of one page of A4 with this content stream; `F1` is a font."""
    return pages([stream(content, entries)])


def pages(contents: list[bytes]) -> bytes:
    """A PDF of several pages, each with one of these stream objects."""
    first = 4
    kids = b" ".join(b"%d 0 R" % (first + 2 * number) for number in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%b] /Count %d /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> >>"
        % (kids, len(contents)),
        _FONT,
    ]
    for number, content in enumerate(contents):
        objects += [b"<< /Type /Page /Parent 2 0 R /Contents %d 0 R >>" % (first + 2 * number + 1), content]
    return pdf(objects)


def words(text: str, left: int = 50, top: int = 100) -> bytes:
    """Instructions for a line of text at a place, from the upper left corner."""
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252")
    return b"BT /F1 10 Tf %d %d Td (%b) Tj ET\n" % (left, 842 - top, escaped)


def unfolding(data: bytes, times: int) -> bytes:
    """A stream object that is `times` as long as `data` when it is unpacked."""
    packer = zlib.compressobj(9)
    start = packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH)
    return stream(start + again * (times - 1), b"/Filter /FlateDecode")


def catalogue(data: bytes) -> dict[str, Any]:
    """The catalogue of a PDF, and its metadata under `Info`."""
    with pdfplumber.open(BytesIO(data)) as document:
        found = {key: resolve1(value) for key, value in document.doc.catalog.items()}
        return {**found, "Info": document.metadata}


def structure(data: bytes) -> list[tuple[str, str]]:
    """Every element of the structure in reading order: its type, and the text directly in it."""
    with pdfplumber.open(BytesIO(data)) as document:
        said: dict[tuple[int, int], str] = {}
        for sheet in document.pages:
            for char in sheet.chars:
                if char["mcid"] is not None:
                    place = (sheet.page_number, char["mcid"])
                    said[place] = said.get(place, "") + char["text"]
        return list(_elements(document.structure_tree, said, 1))


def _elements(nodes: list[dict[str, Any]], said: dict[tuple[int, int], str], number: int) -> Iterator[tuple[str, str]]:
    for node in nodes:
        here = node.get("page_number", number)
        yield node["type"], "".join(said.get((here, mcid), "") for mcid in node.get("mcids", ()))
        yield from _elements(node.get("children", []), said, here)


def bookmarks(data: bytes) -> list[tuple[int, str]]:
    """Level and title of every bookmark."""
    with pdfplumber.open(BytesIO(data)) as document:
        return [(level, title) for level, title, *_rest in document.doc.get_outlines()]


def texts(data: bytes) -> list[str]:
    """The text of every page."""
    with pdfplumber.open(BytesIO(data)) as document:
        return [sheet.extract_text() for sheet in document.pages]
