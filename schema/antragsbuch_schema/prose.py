"""Prose: paragraphs, list items and sentences, in the form of the model and in the form of the file.

The same text has two forms, and either can be made from anything that a person writes:

- the *model form*: a paragraph is one line, a blank line stands between paragraphs, `- ` begins a list item and
  items stand on adjacent lines. Comparing, searching and printing work on it.
- the *file form*: the same with one sentence a line, the further lines of an item indented by two, so that git's
  own diff and blame work by the sentence.

How a text is read (this is part of the file format, version 1):

- Unicode NFC. `\\r\\n` and `\\r` are line breaks. Blanks and tabs are white space: a run of them is one blank, none
  stand at the ends of a line. Every other character is content and stays, the no-break space (U+00A0) too.
- A line of nothing but white space of any kind is blank, and ends a paragraph or an item.
- A line whose first characters, after any indentation, are `- ` begins an item; `-` alone is an empty one. There
  is one level of items. Other dashes and asterisks (`– `, `* `) are text.
- An indented line after an item goes on with it. A line that is not indented begins a paragraph there.
- Any other line break inside a paragraph is a blank.

Where a sentence ends (file format, version 1): at a blank after `.`, `!`, `?`, with the closing quotes and
brackets that follow it, before a capital, a digit or `§`, with the opening quotes and brackets that come first.
Not after an ellipsis; not in brackets inside a sentence; not after the full stop of an initial, of an ordinal
(`15.`, `20.000.`, `IV.`), of an entry of `ABBREVIATIONS`, or of a word without a vowel that is no acronym (`Nr.`,
`vgl.`). A year, a full date, a decimal and a number of five digits and more do end a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

ABBREVIATIONS = (
    "Abb", "Abl", "Abs", "Abschn", "Abt", "Anh", "Anl", "Anm", "Apr", "Aufl", "Aug", "Az", "BGBl", "Bgm", "Bsp",
    "Buchst", "Co", "Dez", "Di", "Dipl", "Do", "Drucks", "Ed", "Feb", "Febr", "Fr", "GVBl", "Gem", "Hrsg", "Ing",
    "Jan", "Jul", "Jun", "Kap", "Lit", "Mag", "Mi", "Min", "Mio", "Mo", "Nachf", "Niedersächs", "Nov", "Obj", "Okt",
    "Ord", "Pos", "Prof", "Red", "Reg", "Rev", "Sa", "Sek", "Sen", "Sep", "Sept", "So", "Tab", "Tel", "Tit", "Univ",
    "Verf", "Verw", "Vors", "Zi", "Ziff", "allg", "amtl", "bes", "betr", "ca", "dergl", "ehem", "einschl", "entspr",
    "ev", "evtl", "exkl", "geb", "gem", "gen", "ges", "inkl", "insb", "insbes", "inzw", "jew", "kath", "kirchl", "max",
    "min", "mind", "od", "resp", "sog", "sonst", "spez", "staatl", "stellv", "städt", "teilw", "urspr", "vorauss",
    "zit", "zus", "zust", "örtl",
)  # fmt: skip
"""Abbreviations with a vowel (or in capitals) that do not end a sentence, without their full stop, as version 1 of
the file format has them; each also holds with a capital first letter. Another list is another version: it moves line
breaks in every file. What usually stands at the end of a sentence (usw., etc.) is not among them."""

BEFORE_NUMBERS = ("Art",)
"""Abbreviations that are also words: they end no sentence only before a number."""

_OPENING = "\"'„“”‚‘’»«›‹([{¿¡"
_CLOSING = "\"'“”„’‘»«›‹)]}"
_ENDING = ".!?…"
_LAST = frozenset(_CLOSING + _ENDING)
_VOWELS = frozenset("aeiouyäöüAEIOUYÄÖÜ")
_ABBREVIATIONS = frozenset(ABBREVIATIONS)

# a blank after which a sentence might begin, as far as single characters say; what mostly begins none is left out (it
# begins with the blank, which is found much faster than what must stand before it)
_SUSPECT = re.compile(rf" (?<=[{re.escape(_CLOSING + _ENDING)}] )(?=[{re.escape(_OPENING)}]*[^a-zäöüß \n])")
_PLAINLY_BEGINS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ0123456789")
_BLANKS = re.compile(r"[ \t]+")
_LETTERS = re.compile(r"[^\W\d_]+\Z")
_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_NUMBER = re.compile(r"[^a-zäöüßA-ZÄÖÜ]*+")
# a full date, a year, a span that ends in a year, a decimal, a time, a long number: whole, so never an ordinal
_WHOLE = re.compile(
    r"\d{1,2}\.\d{1,2}\.(?:\d\d|\d{4})|\d{4}-\d\d-\d\d|(?:19|20)\d\d(?:[/–-]\d\d)?|\d++[/–-](?:19|20)\d\d"
    r"|[-+−]?\d[\d.]*+,\d++|\d\d?:\d\d|\d{5,}+"
)
_LONG, _LONGEST_WORD = 4096, 64
"""What is longer is no line and no word of a motion, and not looked at in the quick way."""
_TAIL = 24
"""How many characters before a full stop are looked at for an abbreviation."""


class Block(NamedTuple):
    """A paragraph or a list item, as its sentences."""

    is_item: bool
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole text on one line, without the `- ` of an item."""
        return " ".join(self.sentences)


class Sentence(NamedTuple):
    """A sentence: the number of its paragraph or item (from 0), and its offset in the model form (code points)."""

    paragraph: int
    is_item: bool
    text: str
    start: int


@lru_cache(maxsize=256)
def normalise(text: str) -> str:
    """The model form of `text`, which may be in any form. `normalise(normalise(t)) == normalise(t)`."""
    return _rendered((is_item, body) for is_item, body in _read(text))


def split(text: str) -> str:
    """The file form of `text`: one sentence a line, no line break at the end. `join(split(t)) == normalise(t)`."""
    body = text.removesuffix("\n")
    if _is_plainly_split(body):
        return body
    return _rendered(
        (is_item, ("\n  " if is_item else "\n").join(_split_sentences(body))) for is_item, body in _read(text)
    )


def join(text: str) -> str:
    """The model form of what stands in a file: reading is the same for every form."""
    return normalise(text)


def blocks(text: str) -> tuple[Block, ...]:
    """The paragraphs and items of `text`, in their order; an empty item has no sentence."""
    return tuple(Block(is_item, tuple(_split_sentences(body))) for is_item, body in _read(text))


def from_blocks(parts: Iterable[Block]) -> str:
    """The model form of these paragraphs and items: `from_blocks(blocks(t)) == normalise(t)`."""
    return normalise(_rendered((part.is_item, part.text) for part in parts))


@lru_cache(maxsize=64)
def sentences(text: str) -> tuple[Sentence, ...]:
    """Every sentence of `text` with its place in the model form."""
    found: list[Sentence] = []
    offset = 0
    was_item = False
    for number, (is_item, body) in enumerate(_read(text)):
        if number:
            offset += 1 if is_item and was_item else 2
        start = offset + (2 if is_item and body else 0)
        for sentence in _split_sentences(body):
            found.append(Sentence(number, is_item, sentence, start))
            start += len(sentence) + 1
        offset += _width(is_item, body)
        was_item = is_item
    return tuple(found)


def _width(is_item: bool, body: str) -> int:
    return len(body) + ((2 if body else 1) if is_item else 0)


def _read(text: str) -> list[tuple[bool, str]]:
    """The paragraphs and items: (is an item, its text on one line)."""
    found: list[tuple[bool, list[str]]] = []
    open_block = False
    plain = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    for raw in plain.split("\n"):
        if not raw or raw.isspace():
            open_block = False
            continue
        line = _BLANKS.sub(" ", raw).strip(" ")
        if line == "-" or line.startswith("- "):
            found.append((True, [line[2:]] if len(line) > 1 else []))
        elif open_block and (not found[-1][0] or raw[0] in " \t"):
            found[-1][1].append(line)
        else:
            found.append((False, [line]))
        open_block = True
    return [(is_item, " ".join(lines)) for is_item, lines in found]


def _rendered(parts: Iterable[tuple[bool, str]]) -> str:
    pieces: list[str] = []
    was_item = False
    for is_item, body in parts:
        if pieces:
            pieces.append("\n" if is_item and was_item else "\n\n")
        pieces.append((f"- {body}" if body else "-") if is_item else body)
        was_item = is_item
    return "".join(pieces)


def _split_sentences(body: str) -> list[str]:
    if not body:
        return []
    words = body.split(" ")
    found: list[str] = []
    first = 0
    brackets_inside = False
    for position, word in enumerate(words[:-1]):
        if "(" in word or "[" in word:
            brackets_inside |= position > first or not word.startswith(("(", "["))
        if word[-1] in _LAST and _starts(words[position + 1]) and _ends(word, words[position + 1], brackets_inside):
            found.append(" ".join(words[first : position + 1]))
            first = position + 1
            brackets_inside = False
    found.append(" ".join(words[first:]))
    return found


def _is_plainly_split(text: str) -> bool:
    """Whether `text` is in the file form; False of some odd ones too, and much faster than to split it.

    Most texts that are split come from a canonical file.
    """
    if "\t" in text or "\r" in text or " \n" in text or text.endswith(" "):
        return False
    if not (text.isascii() or unicodedata.is_normalized("NFC", text)):
        return False
    above = ""
    is_item = False
    is_apart = True
    indented = 0
    for line in text.split("\n"):
        words = line
        if not line:
            if is_apart or above.isspace():
                return False
            is_apart = True
            continue
        if line[0] == " ":
            if is_apart or not is_item or line[:2] != "  ":
                return False
            indented += 1
            words = line[2:]
            if words[0] == " " or words[:2] == "- " or words == "-" or not _breaks(above, words):
                return False
        elif line[:2] == "- ":
            # items stand on adjacent lines, and apart from paragraphs
            if is_apart == is_item:
                return False
            is_item = True
            words = line[2:]
        elif line == "-":
            return False
        elif is_apart:
            is_item = False
        elif is_item or not _breaks(above, line):
            return False
        is_apart = False
        above = words
    if is_apart or above.isspace() or text.count("  ") != indented:
        return False
    for match in _SUSPECT.finditer(text):
        blank = match.start()
        start = text.rfind(" ", 0, blank) + 1
        word = text[max(start, text.rfind("\n", start, blank) + 1) : blank]
        if _verdict(word) is not False and _may_break(text, blank):
            return False
    return True


def _may_break(text: str, blank: int) -> bool:
    """Whether a sentence ends at this blank, in a text of which every line begins one; of a long line always."""
    furthest = max(blank - _LONG, 0)
    start = text.rfind("\n", furthest, blank) + 1
    if furthest and not start:
        return True
    if text.startswith(("- ", "  "), start):
        start += 2
    end = text.find("\n", blank, blank + _LONG)
    if end < 0 and len(text) > blank + _LONG:
        return True
    return _breaks(text[start:blank], text[blank + 1 : end] if end >= 0 else text[blank + 1 :])


def _breaks(sentence: str, following: str) -> bool:
    """Whether a sentence that begins with `sentence` ends with it, where `following` comes next."""
    word = sentence[sentence.rfind(" ") + 1 :]
    verdict = _verdict(word)
    if verdict is False or (following[0] not in _PLAINLY_BEGINS and not _starts(following.partition(" ")[0])):
        return False
    if verdict is not None:
        return True
    first, _, rest = sentence.partition(" ")
    brackets_inside = "(" in rest or "[" in rest or (("(" in first or "[" in first) and first[0] not in "([")
    return _ends(word, following.partition(" ")[0], brackets_inside)


def _verdict(word: str) -> bool | None:
    """Whether a sentence ends with `word`; None where that depends on what stands around it."""
    return _verdict_on(word) if len(word) < _LONGEST_WORD else None


@lru_cache(maxsize=8192)
def _verdict_on(word: str) -> bool | None:
    if not word or word[-1] not in _LAST:
        return False
    bare = word.rstrip(_CLOSING)
    if any(bracket in word[len(bare) :] for bracket in ")]") or bare.rstrip(_ENDING).endswith(BEFORE_NUMBERS):
        return None
    return _ends(word, "A", brackets_inside=False)


def _starts(word: str) -> bool:
    """Whether a sentence can begin with `word`: a letter that is not small, a digit or a section sign."""
    letters = word.lstrip(_OPENING)
    if not letters:
        return False
    return (letters[0].isalpha() and not letters[0].islower()) or letters[0].isdecimal() or letters[0] == "§"


def _ends(word: str, following: str, brackets_inside: bool) -> bool:
    """Whether a sentence ends with `word`, before a word that could start another."""
    bare = word.rstrip(_CLOSING)
    stem = bare.rstrip(_ENDING)
    ending = bare[len(stem) :]
    if not ending or (brackets_inside and any(bracket in word[len(bare) :] for bracket in ")]")):
        return False
    if stem and not stem.strip(_OPENING):
        return False
    if "!" in ending or "?" in ending:
        return True
    return ending == "." and bool(stem) and not _goes_on(stem.lstrip(_OPENING), following.lstrip(_OPENING))


def _goes_on(stem: str, following: str) -> bool:
    """Whether the full stop after `stem` belongs to an ordinal, an initial or an abbreviation."""
    if stem[-1].isdecimal():
        return bool(_NUMBER.fullmatch(stem)) and not _WHOLE.fullmatch(stem)
    letters = _LETTERS.search(stem[-_TAIL:])
    if letters is None:
        return False
    word = letters[0]
    if len(word) == 1 or word.endswith(("str", "Str")) or _ROMAN.fullmatch(word):
        return True
    if word in _ABBREVIATIONS or word[0].lower() + word[1:] in _ABBREVIATIONS:
        return True
    if word in BEFORE_NUMBERS:
        return following[0].isdecimal() or bool(_ROMAN.match(following))
    return not _VOWELS.intersection(word) and word.isascii() and sum(map(str.isupper, word)) < 2
