"""Texts and dates as OParl servers write them, as plain text and dates."""

from __future__ import annotations

import datetime as dt
import html
import re
import unicodedata
from zoneinfo import ZoneInfo

from antragsbuch_schema import prose
from antragsbuch_schema.german import parse_date

MAX_LINE = 2_000
MAX_PROSE = 50_000
MAX_RAW = 4 * MAX_PROSE
"""The most characters of a line, of a prose, and of either before its HTML is gone."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})(?:\s[^<>]{0,4000})?/?>|<!--|-->")
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});")
_BLOCKS = frozenset({"p", "div", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "section"})
_LINES = frozenset({"br", "tr", "dt", "dd"})
_UNSEEN = frozenset({"script", "style", "head", "title", "template"})
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def has_html(text: str) -> bool:
    """Whether there are tags or entities in `text`."""
    if "<" not in text and "&" not in text and "-->" not in text:
        return False
    return bool(_TAG.search(text) or _ENTITY.search(text))


def plain(text: str) -> str:
    """`text` without tags and entities: paragraphs and list items as our prose has them, scripts gone."""
    parts: list[str] = []
    unseen = ""
    position = 0
    for match in _TAG.finditer(text):
        if not unseen:
            parts.append(" ".join(text[position : match.start()].split("\n")))
        position = match.end()
        name = (match[2] or match[0]).lower()
        if unseen:
            unseen = "" if (match[1] and name == unseen) or (name == "-->" and unseen == "<!--") else unseen
        elif name in _UNSEEN or name == "<!--":
            unseen = "" if match[1] else name
        elif name in _BLOCKS:
            parts.append("\n\n")
        elif name == "li":
            parts.append("\n" if match[1] else "\n- ")
        elif name in _LINES:
            parts.append("\n")
        elif name == "td":
            parts.append(" ")
    if not unseen:
        parts.append(text[position:] if not parts else " ".join(text[position:].split("\n")))
    return html.unescape("".join(parts))


def has_controls(text: str) -> bool:
    """Whether there are characters in `text` that no file of ours holds."""
    return not text.isprintable() and bool(_CONTROL.search(text) or _SURROGATE.search(text))


def line(text: str) -> str:
    """`text` in one line, composed, without control characters."""
    if text.isprintable() and "  " not in text and text.strip() == text and unicodedata.is_normalized("NFC", text):
        # as nearly all are
        return text
    return " ".join(_clean(text).split())


def paragraphs(text: str) -> str:
    """`text` as prose in the form of the model."""
    return prose.normalise(_clean(text)).strip()


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", _SURROGATE.sub("\ufffd", _CONTROL.sub(" ", text)))


_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_ODD_DAY = re.compile(r"(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})")
_MOMENT = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2}|\d{4}/\d{1,2}/\d{1,2}|\d{8}|\d{1,2}\.\d{1,2}\.\d{2,4})"
    r"(?:(?:\s*[Tt,]\s*|\s+)(?P<hour>\d{1,2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2}))?(?:[.,]\d{1,9})?)?"
    r"(?:\s*Uhr)?\s*(?P<zone>[zZ]|[+-]\d{2}(?::?\d{2})?)?"
)
BERLIN = "Europe/Berlin"


def day(text: str) -> tuple[dt.date | None, bool]:
    """The date in `text`, None where it can't be told, and whether it is written as the standard has it."""
    exact = bool(_DAY.fullmatch(text))
    found, _time, _exact = moment(text, None)
    return found, exact


def moment(text: str, zone: ZoneInfo | None) -> tuple[dt.date | None, dt.time | None, bool]:
    """Date and time in `text` as the clocks of `zone` show it, and whether they are written as the standard has it.

    A time without an offset is taken as it stands; without a `zone` every time is. The time is None where there is
    none.
    """
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        return None, None, False
    date = _date(match["day"])
    if date is None or match["hour"] is None:
        return date, None, False
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    if hour > 23 or minute > 59 or second > 59:
        return date, None, False
    stamp = dt.datetime.combine(date, dt.time(hour, minute, second))
    if match["zone"] and zone is not None:
        stamp = _shifted(stamp, match["zone"], zone)
    exact = bool(match["zone"]) and bool(re.match(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}", text))
    return stamp.date(), stamp.time(), exact


def _date(text: str) -> dt.date | None:
    if "." in text:
        return parse_date(text, dt.date(2020, 1, 1))
    match = _ODD_DAY.fullmatch(text)
    if match is None:
        return None
    try:
        return dt.date(*map(int, match.groups()))
    except ValueError:
        return None


def _shifted(stamp: dt.datetime, offset: str, zone: ZoneInfo) -> dt.datetime:
    """The same moment by the clocks of `zone`."""
    digits = re.sub(r"\D", "", offset)
    minutes = 0 if offset in "zZ" else int(digits[:2]) * 60 + int(digits[2:] or 0)
    if minutes >= 1440:
        return stamp
    east = dt.timezone(dt.timedelta(minutes=-minutes if offset.startswith("-") else minutes))
    try:
        return stamp.replace(tzinfo=east).astimezone(zone).replace(tzinfo=None)
    except OverflowError:
        return stamp
