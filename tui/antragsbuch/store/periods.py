"""Days, months and years as somebody types them into a filter, finished or not.

2023   2023-11   2023-11-16   16.11.2023   16.11.23   11.2023   2023..   ..2023   2023-11..2024-02
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from typing import NamedTuple

# a last dot may be the first of two
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})?(?:-(\d{1,2})?)?)?\.?")
_GERMAN = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})\.?|(\d{1,2})\.(\d{4})\.?")
_UNFINISHED = re.compile(r"(?:\d{1,2}\.){0,2}\d{0,3}")


class Range(NamedTuple):
    """First and last day, both included; None is open."""

    first: dt.date | None
    last: dt.date | None


def between(text: str) -> Range | None:
    """The days that a period means, or two of them with `..` between; None for what is no date.

    What is not typed out yet leaves its end open.
    """
    first, dots, last = text.partition("..")
    begin, end = _period(first), _period(last if dots else first)
    if begin is None or end is None:
        return None
    # "2024..2023" means what "2023..2024" means
    if begin.first and end.last and begin.first > end.last:
        begin, end = end, begin
    return Range(begin.first, end.last)


def _period(text: str) -> Range | None:
    try:
        if match := _ISO.fullmatch(text):
            year, month, day = match.groups()
            # a lone 0 is the beginning of a month or a day
            return _days(int(year), int(month or 0), int(day or 0))
        if match := _GERMAN.fullmatch(text):
            day, month, year, other_month, other_year = match.groups("")
            if other_year:
                return _days(int(other_year), int(other_month), 0)
            return _days(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None
    return Range(None, None) if _UNFINISHED.fullmatch(text) else None


def _days(year: int, month: int, day: int) -> Range:
    if day and month:
        return Range(dt.date(year, month, day), dt.date(year, month, day))
    if month:
        first = dt.date(year, month, 1)
        return Range(first, first.replace(day=monthrange(year, month)[1]))
    return Range(dt.date(year, 1, 1), dt.date(year, 12, 31))
