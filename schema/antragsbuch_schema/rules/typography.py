"""TX: the characters of a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from antragsbuch_schema.diagnostics import Fix, Severity
from antragsbuch_schema.display import UNSAFE
from antragsbuch_schema.edits import Set
from antragsbuch_schema.fields import Kind, field_at
from antragsbuch_schema.i18n import N_, Text, counted, text
from antragsbuch_schema.places import Place, PlaceError, resolve
from antragsbuch_schema.prose import normalise

from .directory import Context
from .registry import Problem, Scope, rule
from .view import Motion, holds_any

_SOFT_HYPHEN = "\u00ad"
# no-break, figure, thin and ideographic blanks: they look like a blank and are found by no search for one
_ODD_BLANK = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# UTF-8 read as Latin-1 or Windows-1252, and the sign for what could not be read at all
_GARBLED = re.compile(
    ""
    "\ufffd|[\u00c2\u00c3][\u0080-\u00bf\u0178\u0152\u0153\u0160\u0161\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]|\u00e2\u20ac[\u0080-\u2122]"
)
# Cyrillic and Greek letters that look like Latin ones
_LOOKALIKE = re.compile("[АВЕЅІЈКМНОРСТХаеорсухѕіјԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧονρυ]")
_WORD = re.compile(r"[^\W\d_]+")
_BLANKS = re.compile(r"^[ \t]+|[ \t]+$|[ \t]{2,}|\t")
_PLACEHOLDER = re.compile(
    r"\b(?:X{3,}|x{3,}|XX(?=\s?(?:€|EUR|Euro|Uhr|%))|NN\.NN|TT\.MM\.JJJJ|TODO)\b|\?{3,}|_{3,}|\.{5,}|…{2,}"
)
_MARKS = ("XX", "xxx", "NN.NN", "TT.MM", "TODO", "???", "___", ".....", "……")
_PERHAPS_ENGLISH = re.compile(r",\d\d\d")
_ENGLISH = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?=\s?(?:€|EUR\b|Euro\b))")

_HIDDEN_ESCAPED = 'title = "Durchf\\u202Ehrung einer Konferenz"\n'
_CLEAN = 'title = "Durchführung einer Konferenz"\n'


@rule(
    "TX001",
    name="forbidden-character",
    severity=Severity.ERROR,
    scope=Scope.FILE,
    in_plain=False,
    what=N_("A text holds a control character, a bidi mark or an invisible character."),
    why=N_(
        "Such characters act on a terminal, show a text in another order than it is stored, or hide in it: what is "
        "read is not what is there."
    ),
    source="Unicode TR 36, CVE-2021-42574",
    wrong=_HIDDEN_ESCAPED,
    right=_CLEAN,
)
def forbidden_character(motion: Motion, context: Context) -> Iterator[Problem]:
    """No character that hides or acts."""
    for place, value in motion.unusual:
        for match in UNSAFE.finditer(value):
            if match[0] != _SOFT_HYPHEN:
                yield Problem(place, _named(match[0]), text("Delete the character."), part=match.span())


@rule(
    "TX002",
    name="hidden-in-file",
    severity=Severity.ERROR,
    scope=Scope.FILE,
    in_plain=False,
    what=N_("A comment or a key of the file holds a bidi mark or an invisible character."),
    why=N_("A comment can be made to look like a part of the motion, and the other way round."),
    source="CVE-2021-42574",
    wrong="# Stand: \u202e2023\n",
    right="# Stand: 2023\n",
)
def hidden_in_file(motion: Motion, context: Context) -> Iterator[Problem]:
    """Nothing hidden outside of the texts either."""
    document = motion.document
    if document is None or document.plain or document.text.isascii():
        return
    matches = [match for match in UNSAFE.finditer(document.text) if match[0] not in "\r\ufeff" + _SOFT_HYPHEN]
    if not matches:
        return
    inside = [span for place, _value in motion.unusual if (span := _raw_span(motion, place))]
    for match in matches:
        if not any(start <= match.start() < end for start, end in inside):
            yield Problem((), _named(match[0]), text("Delete the character."), part=match.span())


@rule(
    "TX003",
    name="soft-hyphen",
    severity=Severity.WARNING,
    scope=Scope.FILE,
    in_plain=False,
    what=N_("A text holds a soft hyphen."),
    why=N_("It is invisible, comes from copied documents, and keeps a search from finding the word."),
    wrong='title = "Durch\u00adführung einer Konferenz"\n',
    right=_CLEAN,
)
def soft_hyphen(motion: Motion, context: Context) -> Iterator[Problem]:
    """No soft hyphens."""
    for place, value in motion.unusual:
        start = value.find(_SOFT_HYPHEN)
        if start >= 0:
            count = value.count(_SOFT_HYPHEN)
            fix = Fix((Set(place, value, value.replace(_SOFT_HYPHEN, "")),), text("Delete it."), safe=True)
            yield Problem(
                place, counted("a soft hyphen", "{count} soft hyphens", count), part=(start, start + 1), fix=fix
            )


@rule(
    "TX004",
    name="odd-blank",
    severity=Severity.WARNING,
    scope=Scope.FILE,
    in_plain=False,
    what=N_("A text holds a no-break or another blank that is no blank."),
    why=N_("It looks like a blank, but a search and a comparison do not take it for one."),
    wrong='title = "Haushaltsplan\u00a02024"\n',
    right='title = "Haushaltsplan 2024"\n',
)
def odd_blank(motion: Motion, context: Context) -> Iterator[Problem]:
    """One kind of blank."""
    for place, value in motion.unusual:
        matches = list(_ODD_BLANK.finditer(value))
        fixed = _ODD_BLANK.sub(" ", value)
        # in a prose field a line of odd blanks alone is a blank line: that is a matter of form
        if matches and not (_is_prose(motion, place) and normalise(value) == normalise(fixed)):
            fix = Fix((Set(place, value, fixed),), text("Write a blank."), safe=True)
            message = counted("a no-break or odd blank", "{count} no-break or odd blanks", len(matches))
            yield Problem(place, message, part=matches[0].span(), fix=fix)


@rule(
    "TX005",
    name="not-composed",
    severity=Severity.WARNING,
    scope=Scope.FILE,
    in_plain=False,
    what=N_("A text has umlauts or accents as two characters (not Unicode NFC)."),
    why=N_("A u with a separate diaeresis looks like ü, but a search and a comparison do not take it for one."),
    source="Unicode UAX 15",
    wrong='title = "Durchfu\u0308hrung einer Konferenz"\n',
    right=_CLEAN,
)
def not_composed(motion: Motion, context: Context) -> Iterator[Problem]:
    """Unicode NFC."""
    for place, value in motion.unusual:
        if unicodedata.is_normalized("NFC", value):
            continue
        composed = unicodedata.normalize("NFC", value)
        start = next(
            (n for n, (old, new) in enumerate(zip(value, composed, strict=False)) if old != new), len(composed)
        )
        fix = Fix((Set(place, value, composed),), text("Write it as one character."), safe=True)
        yield Problem(
            place, text("a letter and its mark are two characters"), part=(start, min(start + 2, len(value))), fix=fix
        )


@rule(
    "TX006",
    name="mixed-scripts",
    severity=Severity.WARNING,
    scope=Scope.FILE,
    in_plain=False,
    what=N_("A word mixes Latin letters with Cyrillic or Greek ones that look the same."),
    why=N_("Copied text, or a name made to look like another: no search finds it."),
    source="Unicode TR 39",
    wrong='title = "Durchführung einer K\u043enferenz"\n',
    right=_CLEAN,
)
def mixed_scripts(motion: Motion, context: Context) -> Iterator[Problem]:
    """One script a word."""
    for place, value in motion.unusual:
        if _LOOKALIKE.search(value) is None:
            continue
        for word in _WORD.finditer(value):
            foreign = _LOOKALIKE.search(word[0])
            if foreign and any(unicodedata.name(letter, "").startswith("LATIN") for letter in word[0]):
                start = word.start() + foreign.start()
                yield Problem(
                    place,
                    text(
                        "'{word}' mixes scripts: {letter} is {name}",
                        word=word[0],
                        letter=foreign[0],
                        name=unicodedata.name(foreign[0], ""),
                    ),
                    part=(start, start + 1),
                )


@rule(
    "TX007",
    name="garbled",
    severity=Severity.WARNING,
    scope=Scope.FILE,
    in_plain=False,
    what=N_("A text was read in the wrong encoding somewhere on its way."),
    why=N_("'FÃ¼r' was 'Für' once; a black diamond stands for what could not be read at all."),
    wrong='title = "DurchfÃ¼hrung einer Konferenz"\n',
    right=_CLEAN,
)
def garbled(motion: Motion, context: Context) -> Iterator[Problem]:
    """No broken umlauts."""
    for place, value in motion.unusual:
        match = _GARBLED.search(value)
        if match:
            mended = _GARBLED.sub(_read_again, value)
            # what is not known stays as it is: then nothing can be offered
            fix = Fix((Set(place, value, mended),), text("Write it in the right letters."), safe=False)
            yield Problem(
                place,
                text("'{words}' was read in the wrong encoding", words=match[0]),
                text("Did you mean {word}?", word=again) if (again := _read_again(match)) != match[0] else None,
                part=match.span(),
                fix=fix if mended != value else None,
            )


@rule(
    "TX008",
    name="stray-blanks",
    severity=Severity.WARNING,
    scope=Scope.FILE,
    in_plain=False,
    what=N_("A line of text begins or ends with a blank, or has several in a row."),
    why=N_("What looks the same is not found as the same."),
    wrong='title = "Durchführung  einer Konferenz "\n',
    right=_CLEAN,
)
def stray_blanks(motion: Motion, context: Context) -> Iterator[Problem]:
    """Single blanks inside, none at the ends."""
    if motion.document is not None and motion.document.plain:
        return
    for place, value in motion.strings:
        if "\n" in value or (value == value.strip() and "  " not in value and "\t" not in value):
            continue
        field = field_at(place, motion.fields)
        match = _BLANKS.search(value)
        if field is None or match is None or field.kind not in (Kind.TEXT, Kind.TEXTS):
            continue
        fixed = " ".join(value.replace("\t", " ").split(" ")).strip()
        while "  " in fixed:
            fixed = fixed.replace("  ", " ")
        fix = Fix((Set(place, value, fixed),), text("Write single blanks."), safe=True) if fixed else None
        yield Problem(place, text("blanks at an end or in a row"), part=match.span(), fix=fix)


@rule(
    "TX009",
    name="placeholder",
    severity=Severity.REMARK,
    what=N_("A text holds a placeholder that was never filled in."),
    why=N_("'XXX', '???', '___' and 'TT.MM.JJJJ' come from templates and drafts."),
    wrong='title = "Zuschuss an XXX im Haushaltsjahr 2024"\n',
    right='title = "Zuschuss an den Kulturverein im Haushaltsjahr 2024"\n',
)
def placeholder(motion: Motion, context: Context) -> Iterator[Problem]:
    """Nothing is left to fill in."""
    # nearly all texts hold none of the marks that such a word has
    if not holds_any(motion.words, _MARKS):
        return
    for key in ("title", "proposal", "facts"):
        match = _PLACEHOLDER.search(motion.string(key) or "")
        if match:
            yield Problem(
                motion.at(key),
                text("'{words}' is a placeholder", words=match[0]),
                text("Write what is meant."),
                part=match.span(),
            )


@rule(
    "TX010",
    name="english-thousands",
    severity=Severity.WARNING,
    what=N_("An amount is written with a comma before the thousands."),
    why=N_("In German '20,000 €' is twenty euros; twenty thousand are '20.000 €'."),
    source="DIN 5008",
    wrong='title = "Zuschuss von 20,000 € an den Kulturverein"\n',
    right='title = "Zuschuss von 20.000 € an den Kulturverein"\n',
)
def english_thousands(motion: Motion, context: Context) -> Iterator[Problem]:
    """Thousands have a point."""
    if not _PERHAPS_ENGLISH.search(motion.words):
        return
    for key in ("title", "proposal", "facts"):
        match = _ENGLISH.search(motion.string(key) or "")
        if match:
            yield Problem(
                motion.at(key),
                text("'{words}' has a comma before the thousands", words=match[0]),
                text("Write {words}.", words=match[0].replace(",", ".")),
                part=match.span(),
            )


def _read_again(match: re.Match[str]) -> str:
    """What the bytes of a garbled piece were; the piece itself where that can't be told."""
    for encoding in ("cp1252", "latin-1"):
        try:
            return match[0].encode(encoding).decode()
        except UnicodeError:
            continue
    return match[0]


def _is_prose(motion: Motion, place: Place) -> bool:
    field = field_at(place, motion.fields)
    return field is not None and field.kind is Kind.PROSE


def _raw_span(motion: Motion, place: Place) -> tuple[int, int] | None:
    """Where the value at `place` stands in the text of the file."""
    if motion.document is None:
        return None
    try:
        return motion.document.positions.value(resolve(place, motion.data))
    except PlaceError:
        return None


def _named(character: str) -> Text:
    code = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "")
    return (
        text("forbidden character {code} {name}", code=code, name=name)
        if name
        else text("forbidden control character {code}", code=code)
    )
