"""Finding the word that was meant: "did you mean", for German names.

Two spellings are the same name where they differ in blanks, dashes, slashes or capitals only; they are close where
they differ in umlauts written out, ss for ß, or a few letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

_DASHES = re.compile("[\u2010-\u2015\u2212\u00ad-]")
_AROUND = re.compile(r"\s*([-/&+,.;:()])\s*")
_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa"})
_LEAST = 0.8
"""How much of two names must agree for one to be taken for the other."""


@lru_cache(maxsize=1 << 16)
def same_name(text: str) -> str:
    """The key under which spellings of one name agree: no capitals, one kind of dash, no blanks around signs."""
    # every id and reference of a register comes by here
    if text.isalnum() and text.isascii():
        return text.lower()
    plain = text if text.isascii() else _DASHES.sub("-", unicodedata.normalize("NFKC", text))
    return "".join(_AROUND.split(" ".join(plain.split()))).lower()


@lru_cache(maxsize=1 << 12)
def folded(text: str) -> str:
    """The key under which careless spellings agree: umlauts written out, ss for ß, letters and digits only."""
    written_out = unicodedata.normalize("NFC", text).lower().translate(_WRITTEN_OUT)
    plain = unicodedata.normalize("NFKD", written_out)
    return "".join(letter for letter in plain if letter.isalnum())


def closest(text: str, candidates: Iterable[str], count: int = 1) -> list[str]:
    """The candidates that `text` most likely means, best first, at most `count`; none where none is close.

    An abbreviation of at least three letters that begins one candidate alone means it.
    """
    wanted = folded(text)
    if not wanted:
        return []
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    scored: list[tuple[float, int, str]] = []
    beginning: list[str] = []
    for number, candidate in enumerate(dict.fromkeys(candidates)):
        key = folded(candidate)
        matcher.set_seq1(key)
        if matcher.real_quick_ratio() >= _LEAST and matcher.quick_ratio() >= _LEAST:
            ratio = matcher.ratio()
            if ratio >= _LEAST:
                scored.append((-ratio, number, candidate))
        if len(wanted) >= 3 and key.startswith(wanted):
            beginning.append(candidate)
    if not scored and len(beginning) == 1:
        return beginning
    return [candidate for _ratio, _number, candidate in sorted(scored)[:count]]
