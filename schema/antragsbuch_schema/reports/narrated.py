"""Findings in whole sentences, without lines, arrows and carets: for screen readers and braille displays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from antragsbuch_schema.council_fields import COUNCIL
from antragsbuch_schema.diagnostics import Located, Span
from antragsbuch_schema.fields import Field, Fields, Kind, by_name
from antragsbuch_schema.i18n import Language, Text, joined, text
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.phrases import NOUNS, Label, shortened
from antragsbuch_schema.places import Item, Place, PlaceError, resolve
from antragsbuch_schema.toml.errors import TomlError
from antragsbuch_schema.toml.reader import read

from .ground import Sources
from .lines import Files
from .safe import shown

_WORDS = 160
"""Words of the file are cut after so many characters."""
_ENDS = (".", "!", "?", ":")


def render(findings: Iterable[Located], sources: Sources, language: Language) -> str:
    """A paragraph for each finding, one sentence on a line, with an empty line behind it.

    `Error VO003 in motions/V/2200/2292-HHA.toml, line 23, column 7, consultations, step 1, votes, vote 1, yes:`
    and the message; then the words that stand there, the other places, help and fix.
    """
    files = Files(sources)
    data = lru_cache(1)(lambda path: _data(files.text(path)))
    return "".join(_paragraph(located, files, data, language) + "\n\n" for located in findings)


def spoken(place: Place, data: Mapping[str, Any], fields: Fields) -> list[Text]:
    """A place in words, one for each step: labels of fields, elements by what they are and their number."""
    words: list[Text] = []
    field: Field | None = None
    key = ""
    for position, step in enumerate(place):
        if isinstance(step, str):
            field = by_name(field.fields if field else fields if not position else ()).get(step)
            key = step
            words.append(_plain(Label(field.label) if field else step))
        elif isinstance(step, int) and field is not None and field.kind is Kind.PROSE:
            words.append(text("sentence {number}", number=step + 1))
        else:
            number: object = step + 1 if isinstance(step, int) else _number(place[: position + 1], data) or step.id
            noun = _plain(Label(NOUNS[key])) if key in NOUNS else text("entry")
            words.append(joined([noun, _plain(number)], " "))
    return words


def _plain(value: object) -> Text:
    return Text("{value}", {"value": value})


def _paragraph(located: Located, files: Files, data: Callable[[str], Mapping[str, Any]], language: Language) -> str:
    finding = located.finding
    # what is not counted by an id can be said without reading the file
    counted = any(isinstance(step, Item) for step in finding.place)
    fields = COUNCIL if PurePosixPath(located.path).name == "council.toml" else MOTION
    where = [
        joined([text(finding.severity.label), text("{code} in {path}", code=finding.code, path=located.path)], " "),
        *_at(located.span),
        *spoken(finding.place, data(located.path) if counted else {}, fields),
    ]
    head = joined(where)(language)
    sentences = [f"{head[:1].upper()}{head[1:]}: {_closed(finding.message(language))}"]
    sentences += _there(located.path, located.span, files, language)
    for path, span, message in located.related:
        file = [] if path == located.path else [text("in {path}", path=path)]
        spot = joined([*file, *_at(span)])
        sentences.append(_closed(text("See also {where}: {words}", where=spot, words=message)(language)))
        sentences += _there(path, span, files, language)
    if finding.help is not None:
        sentences.append(_closed(text("Help: {words}", words=finding.help)(language)))
    if finding.fix is not None:
        sentences.append(_closed(text("Fix: {words}", words=finding.fix.message)(language)))
        option = "--fix" if finding.fix.safe else "--unsafe-fixes"
        sentences.append(text("It is put in with {option}.", option=option)(language))
    return "\n".join(map(shown, sentences))


def _at(span: Span) -> list[Text]:
    return [text("line {line}", line=span.line), text("column {column}", column=span.column)]


def _there(path: str, span: Span, files: Files, language: Language) -> list[str]:
    """What stands at a place; nothing where nothing does."""
    words = shortened(files.rows(path).words(span) or "", _WORDS)
    return [text("There it says: {words}", words=words)(language)] if words else []


def _closed(sentence: str) -> str:
    return sentence if sentence.endswith(_ENDS) else sentence + "."


def _number(place: Place, data: Mapping[str, Any]) -> int | None:
    """Which one in its list an element is, counted from 1; None where it is not in the data."""
    try:
        last = resolve(place, data)[-1]
    except PlaceError:
        return None
    return last + 1 if isinstance(last, int) else None


def _data(source: str | None) -> Mapping[str, Any]:
    """What a file says; nothing where it can't be read."""
    try:
        # by the reader, whose guard keeps out what would choke the parser
        return read((source or "").encode("utf-8", "replace")).data
    except TomlError:
        return {}
