"""A difference as a page to print: the Synopse, two columns, what was on the left and what is on the right.

One file without anything from elsewhere. What came and went is marked up as such, and told without colours too:
by the signs `[-` `-]` and `{+` `+}`, and by a word for each row in a column of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from antragsbuch_schema.display import display
from antragsbuch_schema.i18n import N_, Language, Text, counted, text
from antragsbuch_schema.layouts import Row, RowKind
from antragsbuch_schema.words import Piece

_STYLE = """
body { font: 11pt/1.4 Georgia, "Times New Roman", serif; margin: 2em auto; max-width: 60em; padding: 0 1em; }
h1 { font-size: 1.4em; } h2 { font-size: 1.15em; margin: 1.6em 0 .4em; } p, ul { margin: .3em 0; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { border: 1px solid #767676; padding: .25em .5em; text-align: left; vertical-align: top;
  overflow-wrap: break-word; }
th.mark, td.mark { width: 6em; } thead { display: table-header-group; } tr { break-inside: avoid; }
tr.heading td { font-weight: bold; } td.folded { color: #595959; font-style: italic; }
del { background: #fde2e2; } ins { background: #dff3df; text-decoration: underline; }
del::before { content: "[-"; } del::after { content: "-]"; }
ins::before { content: "{+"; } ins::after { content: "+}"; }
@media print { body { margin: 0; max-width: none; font-size: 10pt; } a { color: inherit; } @page { margin: 2cm; } }
"""
_MARKS = {
    RowKind.CHANGED: N_("changed"),
    RowKind.ADDED: N_("new"),
    RowKind.REMOVED: N_("gone"),
    RowKind.MOVED_AWAY: N_("moved away"),
    RowKind.MOVED_HERE: N_("moved here"),
}
_DEEPEST = 4


class Part(NamedTuple):
    """One motion: what it is called, its changes in a sentence each, and the rows to show."""

    name: str
    sentences: Sequence[str]
    rows: Sequence[Row]


def synopse(parts: Iterable[Part], heading: str, old: str, new: str, language: Language) -> str:
    """The page: `heading` above, `old` and `new` name the versions in the heads of the columns.

    Everything that is given may be foreign text; it is escaped here.
    """
    title = _safe(heading)
    body = "".join(_part(part, old, new, language) for part in parts)
    nothing = text("Nothing differs.")(language)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        f"{body or f'<p>{_safe(nothing)}</p>'}\n</main>\n</body>\n</html>\n"
    )


def _part(part: Part, old: str, new: str, language: Language) -> str:
    name = _safe(part.name)
    sentences = "".join(f"<li>{_safe(sentence)}</li>\n" for sentence in part.sentences)
    head = f"<section>\n<h2>{name}</h2>\n" + (f"<ul>\n{sentences}</ul>\n" if sentences else "")
    if not part.rows:
        return head + "</section>\n"
    caption = _safe(text("Before and after: {name}", name=part.name)(language))
    mark = _safe(text("Change")(language))
    rows = "".join(_rows(part.rows, language))
    return (
        f"{head}<table>\n<caption>{caption}</caption>\n<thead>\n<tr>"
        f'<th scope="col" class="mark">{mark}</th><th scope="col">{_safe(old)}</th><th scope="col">{_safe(new)}</th>'
        f"</tr>\n</thead>\n<tbody>\n{rows}</tbody>\n</table>\n</section>\n"
    )


def _rows(rows: Sequence[Row], language: Language) -> Iterator[str]:
    for row in rows:
        if row.kind is RowKind.FOLDED:
            count = counted("{count} line unchanged", "{count} lines unchanged", row.hidden)(language)
            yield f'<tr><td class="mark"></td><td class="folded" colspan="2">… {_safe(count)}</td></tr>\n'
            continue
        mark = Text(_MARKS[row.kind])(language) if row.kind in _MARKS else ""
        style = f' style="padding-left: {0.5 + 1.2 * min(row.indent, _DEEPEST):.1f}em"'
        cells = "".join(f"<td{style}>{_pieces(side)}</td>" for side in (row.left, row.right))
        heading = ' class="heading"' if row.heading else ""
        yield f'<tr{heading}><td class="mark">{_safe(mark)}</td>{cells}</tr>\n'


def _pieces(pieces: Iterable[Piece]) -> str:
    tags = {"removed": "del", "added": "ins"}
    parts = []
    for kind, words in pieces:
        tag = tags.get(kind)
        parts.append(f"<{tag}>{_safe(words)}</{tag}>" if tag else _safe(words))
    return "".join(parts)


def _safe(value: str) -> str:
    return escape(display(value))
