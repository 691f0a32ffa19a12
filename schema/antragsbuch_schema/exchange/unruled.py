"""The table of the Beratungsfolge where no lines are drawn: its cells, told by the heads above them and by the dates.

Columns begin where their heads or their texts do. Rows are lines of the first column that are nearer to each other
than to others, with one date beside each; where they are all equally near, a row begins beside its date. Anything
else is no table that can be told, and stays lines of text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from .sheets import Box, Row, Word, rows

_COLUMNS = (
    ("Beratungsfolge",), ("Geplante", "Sitzungstermine", "Sitzungstermin"), ("Zuständigkeit",), ("Laut", "Vorschlag"),
    ("abweichend",), ("Ja",), ("Nein",), ("Enthaltung", "Enthaltungen"),
)  # fmt: skip
_VOTE = "Abstimmung"
_HEAD = {_VOTE, *(word for words in _COLUMNS for word in words)}
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}")
_APART = 1.06
"""How much farther than lines of one row lines of two rows are apart."""
_SLACK = 2.0
_Row = tuple[Box | None, ...]


def table(words: Sequence[Word], width: float) -> tuple[_Row, ...] | None:
    """The cells of the table among these words of a page, by rows, its head the first two; None where there is none."""
    lines = rows(words)
    heads = [number for number, line in enumerate(lines) if all(word.text in _HEAD for word in line.words)]
    first = next((number for number in heads if "Beratungsfolge" in lines[number].text), None)
    if first is None:
        return None
    start, end = first, first
    while start - 1 in heads:
        start -= 1
    while end + 1 in heads:
        end += 1
    head = [word for line in lines[start : end + 1] for word in line.words]
    below = lines[end + 1 :]
    stop = next((number for number, line in enumerate(below) if line.text.startswith("Beschlussvorschlag")), len(below))
    body = [word for line in below[:stop] for word in line.words]
    lefts = [min((word.left for word in head if word.text in words), default=0.0) for words in _COLUMNS]
    if not all(lefts) or lefts != sorted(lefts):
        return None
    dates = [word for word in body if _DATE.fullmatch(word.text) and lefts[0] < word.left < lefts[2]]
    if not dates:
        return None
    lefts[1] = min(lefts[1], *(date.left for date in dates))
    lefts[2] = min(lefts[2], *(word.left for word in body if any(_is_beside(word, date) for date in dates)))
    spans = _spans(rows(word for word in body if word.left < lefts[1] - _SLACK), dates)
    if spans is None:
        return None
    edges = [*(left - _SLACK for left in lefts), width]
    return (*_head(head, edges), *(tuple(_boxes(edges, top, bottom)) for top, bottom in spans))


def _is_beside(word: Word, date: Word) -> bool:
    """Whether a word follows a date on its line."""
    return date.top < (word.top + word.bottom) / 2 < date.bottom and word.left > date.right


def _spans(names: Sequence[Row], dates: Sequence[Word]) -> list[tuple[float, float]] | None:
    """From where to where each row goes; `names` are the lines of the first column."""
    pitches = [below.bottom - above.bottom for above, below in pairwise(names)]
    ordered = sorted(dates, key=lambda date: date.bottom)
    groups: list[list[Row]] = []
    for number, name in enumerate(names):
        if number and pitches[number - 1] <= min(pitches) * _APART:
            groups[-1].append(name)
        else:
            groups.append([name])
    tops = [min(word.top for word in group[0].words) for group in groups]
    bottoms = [max(word.bottom for word in group[-1].words) for group in groups]
    middles = [(date.top + date.bottom) / 2 for date in ordered]
    if len(groups) != len(ordered) or not all(map(_is_between, tops, middles, bottoms)):
        tops = [date.top for date in ordered]
        if (
            not names
            or abs(names[0].bottom - ordered[0].bottom) > _SLACK
            or any(not any(abs(name.bottom - date.bottom) < _SLACK for name in names) for date in ordered)
        ):
            return None
        bottoms = [*(top - _SLACK for top in tops[1:]), max(name.bottom for name in names)]
    ends = [(bottom + top) / 2 for bottom, top in zip(bottoms, tops[1:], strict=False)]
    return list(zip([tops[0] - _SLACK, *ends], [*ends, bottoms[-1] + _SLACK], strict=True))


def _is_between(top: float, middle: float, bottom: float) -> bool:
    return top < middle < bottom


def _boxes(edges: Sequence[float], top: float, bottom: float) -> list[Box]:
    return [(left, top, right, bottom) for left, right in pairwise(edges)]


def _head(head: Sequence[Word], edges: Sequence[float]) -> tuple[_Row, _Row]:
    """The head as two rows: what stands above the columns of the vote, and the heads of all columns."""
    top, bottom = min(word.top for word in head), max(word.bottom for word in head)
    above = max((word.bottom for word in head if word.text == _VOTE), default=top)
    vote: Box = (edges[3], top, edges[-1], above)
    lower = _boxes(edges, top, bottom)
    return (None, None, None, vote, None, None, None, None), (
        *lower[:3],
        *((left, above, right, end) for left, _top, right, end in lower[3:]),
    )
