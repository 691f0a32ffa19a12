"""Text as a search sees it: "strasse" finds "Straße", "muller" finds "Müller", "burgerinnen" finds "Bürger:innen".

Folding is for finding only. Nothing folded is ever shown or stored in a motion.
"""

from __future__ import annotations

import re
import unicodedata

# "Bürger:innen", "Bürger*in", "Bürger_innen": the sign goes, the word stays one word
_GENDER = re.compile(r"(?<=[^\W\d_])[:*_·](?=in(?:nen)?(?![^\W\d_]))", re.IGNORECASE)
# combining marks, the soft hyphen, and the letters of no width
_SILENT = re.compile("[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]")
_WORD = re.compile(r"[^\W_]+")
# "Mueller" may stand for "Müller"; after another vowel or a q it is no umlaut ("neue", "Frequenz")
_SPELLED_OUT = re.compile(r"(?<![aeiouyq])([aou])e")


def fold(text: str) -> str:
    """`text` without case, accents, gender signs and invisible letters; ß is ss. Line breaks and marks stay."""
    if ":" in text or "*" in text or "_" in text or "·" in text:
        text = _GENDER.sub("", text)
    if text.isascii():
        return text.lower()
    return _SILENT.sub("", unicodedata.normalize("NFKD", text)).casefold()


def words(text: str) -> list[str]:
    """The words and numbers of `text`, folded, in their order; everything between them is gone."""
    return _WORD.findall(fold(text))


def spellings(folded: str) -> tuple[str, ...]:
    """A folded word, and the same with ae, oe, ue read as umlauts where that makes another word."""
    other = _SPELLED_OUT.sub(r"\1", folded)
    return (folded,) if other == folded else (folded, other)
