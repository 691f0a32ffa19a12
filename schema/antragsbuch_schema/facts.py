"""What the whole register needs to know of one motion, without reading the rest of it.

The keys stand at the top of a file, and in the form that nearly every file has they can be told line by line, many
times faster than by parsing. Any other form is parsed. Both say the same of a file that can be read; of one that
can't be, the lines say what it is called all the same, so that a slip at its end doesn't make the motions that speak
of it wrong.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .diagnostics import Span
from .locate import span_of
from .mentions import Facts, Mention
from .places import Place
from .rules.view import View
from .toml.errors import TomlError
from .toml.guard import MAX_BYTES
from .toml.reader import read

if TYPE_CHECKING:
    from .toml.reader import Document

_NAMES = frozenset({"id", "reference", "amends"})
_LINKS = ("related_papers", "superordinated_papers", "subordinated_papers")
_LETTERS = r'"[^"\\\x00-\x08\x0a-\x1f\x7f]*+"'
# a line of its own: nothing, a comment, or a bare key with a value that needs no unescaping
_LINE = re.compile(
    r"(?:(?P<key>[A-Za-z0-9_-]++)[ \t]*+=[ \t]*+"
    rf'(?:(?P<prose>"""(?!"))|(?P<words>{_LETTERS})|(?P<list>\[\s*+(?:{_LETTERS}\s*+(?:,\s*+|(?=\])))*\])'
    r"|[^\s\"'\[\]{}#,]++))?[ \t]*+(?P<end>(?:#[^\n]*+)?(?:\n|\Z))?"
)
_ENTRY = re.compile(_LETTERS)


def facts_of(path: str, data: bytes, document: Document | None = None) -> Facts:
    """The facts of the file at `path`; nothing but the path where nothing can be told.

    `document` saves reading what was read before.
    """
    if document is not None and document.plain and (plain := _plain(path, document)) is not None:
        return plain
    try:
        found = at_a_glance(path, data.decode()) if len(data) <= MAX_BYTES else None
        return found or _parsed(path, document or read(data))
    except (UnicodeDecodeError, TomlError):
        return Facts(path)


def at_a_glance(path: str, source: str) -> Facts | None:
    """The facts that the lines at the top of a file say; None where it has another form than most."""
    words: dict[str, Mention] = {}
    links: dict[str, list[Mention]] = {}
    position, size = 0, len(source)
    while position < size and source[position] != "[":
        line = _LINE.match(source, position)
        assert line is not None, "it matches nothing at all, too"
        key, end = line["key"], line.end()
        if line["prose"]:
            begin = line.end("prose")
            closing = source.find('"""', begin)
            end = closing + 4
            if closing < 0 or source[end - 1 : end] not in ("", "\n") or "\\" in source[begin:closing]:
                return None
        elif line["end"] is None:
            return None
        if key in _NAMES:
            if line["words"] is None or key in words:
                return None
            words[key] = _mention(source, (key,), *line.span("words"))
        elif key in _LINKS:
            if line["list"] is None or key in links:
                return None
            entries = _ENTRY.finditer(source, *line.span("list"))
            links[key] = [_mention(source, (key, number), *entry.span()) for number, entry in enumerate(entries)]
        position = end
    return Facts(
        path,
        _said(words.get("id")),
        _said(words.get("reference")),
        _said(words.get("amends")),
        tuple(link for key in _LINKS for link in links.get(key, ()) if _said(link)),
    )


def _plain(path: str, document: Document) -> Facts | None:
    """The facts of a plainly canonical file; None where they stand below a text, or links are among them."""
    if any(key in document.data for key in _LINKS):
        return None
    source = document.text
    found: list[Mention | None] = []
    for key in ("id", "reference", "amends"):
        words = document.data.get(key)
        if words is None:
            found.append(None)
            continue
        start = source.find(f'{key} = "{words}"\n')
        above = source[:start]
        if start < 0 or above[-1:] not in ("", "\n") or '"""' in above:
            return None
        found.append(_mention(source, (key,), start + len(key) + 3, start + len(key) + len(words) + 5))
    identity, reference, amends = found
    return Facts(path, identity, reference, amends)


def _parsed(path: str, document: Document) -> Facts:
    view = View(document.data)

    def at(key: str) -> Mention | None:
        words = view.string(key)
        return Mention.at((key,), span_of(document, (key,)), words) if words is not None else None

    links = [Mention.at(place, span_of(document, place), words) for key in _LINKS for place, words in view.texts(key)]
    return Facts(path, at("id"), at("reference"), at("amends"), tuple(links))


def _mention(source: str, place: Place, start: int, end: int) -> Mention:
    line = source.count("\n", 0, start) + 1
    column = start - source.rfind("\n", 0, start)
    return Mention.at(place, Span(line, column, line, column + end - start), source[start + 1 : end - 1])


def _said(mention: Mention | None) -> Mention | None:
    """The mention, unless it is blank."""
    return mention if mention and mention.words and not mention.words.isspace() else None
