"""The two printed motions as text, made from the register of this project, and what copying does to such a text."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
MOTIONS = {"2292": "motions/V/2200/2292-HHA.toml", "3185": "motions/V/3100/3185-HHA.toml"}
SOURCES = ROOT.parent / "shared/data/source-documents"

LONG = "Ausschuss für Organisation, Personal, Finanzen und Digitalisierung"
WRAPPED = "Ausschuss für Organisation, Personal,\nFinanzen und Digitalisierung"


def motion(number: str) -> dict[str, Any]:
    """The motion of the register with this number, as parsed."""
    return tomllib.loads((ROOT / MOTIONS[number]).read_text(encoding="utf-8"))


def council() -> dict[str, Any]:
    """The council of the register, as parsed."""
    return tomllib.loads((ROOT / "motions/council.toml").read_text(encoding="utf-8"))


def _columns_swapped(text: str) -> str:
    rows = [line.split("\t") for line in text.split("\n")]
    table = [(len(cells) == 8 and not cells[3].startswith("Laut")) or "Beratungsfolge" in cells for cells in rows]
    swapped = [[cells[1], cells[0], *cells[2:]] if known else cells for cells, known in zip(rows, table, strict=True)]
    return "\n".join("\t".join(cells) for cells in swapped)


DAMAGES: dict[str, Callable[[str], str]] = {
    "carriage returns and line feeds": lambda text: text.replace("\n", "\r\n"),
    "carriage returns": lambda text: text.replace("\n", "\r"),
    "decomposed letters": lambda text: unicodedata.normalize("NFD", text),
    "hard blanks": lambda text: text.replace(" ", "\u00a0"),
    "thin blanks": lambda text: text.replace(". ", ".\u202f"),
    "a mark at the beginning": lambda text: "\ufeff" + text,
    "no blank lines": lambda text: re.sub(r"\n\n+", "\n", text),
    "more blank lines": lambda text: text.replace("\n", "\n\n"),
    "tabs as a blank": lambda text: text.replace("\t", " "),
    "tabs as four blanks": lambda text: text.replace("\t", "    "),
    "blanks at the ends": lambda text: "\n".join(line + "  " for line in text.split("\n")),
    "indented": lambda text: "\n".join(line if line.startswith("\t") else "  " + line for line in text.split("\n")),
    "a new page": lambda text: text.replace("\nSachverhalt", "\n\fSachverhalt"),
    "the number of a page": lambda text: text.replace("\nSachverhalt", "\nSeite 1 von 2\n\nSachverhalt"),
    "a name wrapped before its date": lambda text: text.replace(LONG, WRAPPED),
    "a name wrapped around its row": lambda text: re.sub(
        rf"{LONG}(\t[^\n]*)", r"Ausschuss für Organisation, Personal,\1\nFinanzen und Digitalisierung", text
    ),
    "a wrapped title": lambda text: text.replace(" Antrag der", "\nAntrag der").replace(" vom ", "\nvom "),
    "an open bracket": lambda text: text.replace("(Federführung)", "(Federführung"),
    "the lead in a line of its own": lambda text: text.replace(
        " (Federführung)\t\t\t\t\t", "\t\t\t\t\t\n(Federführung)"
    ),
    "days of one digit": lambda text: text.replace("05.12.", "5.12.").replace("07.12.", "7.12."),
    "the date beside its label": lambda text: text.replace("Datum\n\n", "Datum "),
    "the date below its label": lambda text: text.replace("Datum ", "Datum\n\n"),
    "soft hyphens": lambda text: text.replace("Sitzungstermine", "Sitzungs\u00adtermine").replace("Kon", "Kon\u00ad"),
    "letters without width": lambda text: text.replace("Region", "Re\u200bgion"),
    "another heading of the facts": lambda text: text.replace("\nSachverhalt\n", "\nBegründung:\n"),
    "no facts": lambda text: re.sub(r"\nSachverhalt\n.*?\nAnlage", "\nAnlage", text, flags=re.DOTALL),
    "kind and publicity on one line": lambda text: text.replace("antrag\nöffentlich", "antrag öffentlich"),
    "kind and publicity on two lines": lambda text: text.replace("antrag öffentlich", "antrag\nöffentlich"),
    "columns in another order": _columns_swapped,
}
