"""Dates, times, numbers and amounts as people type and read them.

What is typed is read the German way (`19.12.`, `20.000`, `1,0 Mio.`); the forms that `format_...` writes in
English are read too. What is unreadable, or could mean two things (`1.5`, `20,000`), is None and never a guess:
whoever asked shows what was understood, or that nothing was. Amounts are integer cents, posts are hundredths of a
post; no float is ever made, so that nothing is rounded.
"""

from __future__ import annotations

import datetime as dt
import re

from .i18n import Language, date_text

INTEGER_MAX = 999_999_999
"""The largest count that is read; what is larger is a slip of the keyboard."""

CENTS_MAX = 10**15
"""The largest amount, in cents, that is read; every JSON reader still holds it exactly."""

_LONGEST = 60
_BLANKS = re.compile(r"[ \t\u00a0\u2007\u2009\u202f]+")
_MINUS = str.maketrans({"−": "-", "–": "-", "—": "-"})

_MONTHS = (
    ("januar", "jan", "jänner", "january"),
    ("februar", "feb", "february"),
    ("märz", "mär", "mrz", "maerz", "march", "mar"),
    ("april", "apr"),
    ("mai", "may"),
    ("juni", "jun", "june"),
    ("juli", "jul", "july"),
    ("august", "aug"),
    ("september", "sep", "sept"),
    ("oktober", "okt", "october", "oct"),
    ("november", "nov"),
    ("dezember", "dez", "december", "dec"),
)
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_MONTH_NAMES = tuple(names[0].capitalize() for names in _MONTHS)
_WEEKDAYS = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
_ENGLISH_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAYS_AGO = {"heute": 0, "today": 0, "gestern": 1, "yesterday": 1, "vorgestern": 2}

_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DATE = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})(?:\.(?: ?([0-9]{4}|[0-9]{2}))?)?")
_DATE_IN_WORDS = re.compile(r"([0-9]{1,2})\.? ?([a-zäö]+)\.?(?: ?([0-9]{4}|[0-9]{2}))?")
_WEEKDAY = re.compile(r"([a-z]+)(?:, ?|\. ?,? ?| )(?:den |dem )?")
_PAST_DAYS = 120

_TIME = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2})(?::([0-9]{2})(\.[0-9]{1,6})?)?( uhr)?| uhr)")

_WHOLE = r"(?:[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]{0,2}(?:[ ][0-9]{3})+|[0-9]+)"
_INTEGER = re.compile(rf"([+-]?) ?({_WHOLE})")
_MONEY = r"(?:€|eur|euro)"
_AMOUNT = re.compile(
    rf"""(?:{_MONEY}\ ?)?
    (?P<sign>[+-]?)\ ?
    (?:{_MONEY}\ ?)?
    (?P<whole>{_WHOLE})
    (?:,(?P<part>[0-9]+|--?))?
    (?:\ ?(?P<unit>mio\.?|millionen|million|mrd\.?|milliarden|milliarde|tsd\.?|tausend|t(?=€|\ ?eur)))?
    (?:\ ?{_MONEY}|\ ?(?P<posts>stellen|stelle|vzä|posts|post|fte))?""",
    re.VERBOSE,
)
_ENGLISH = re.compile(
    rf"""(?P<lead>{_MONEY}\ ?)?
    (?P<sign>[+-]?)\ ?
    (?P<lead2>{_MONEY}\ ?)?
    (?P<whole>[1-9][0-9]{{0,2}}(?:,[0-9]{{3}})+|[0-9]+)
    \.(?P<part>[0-9]{{2}})
    (?:\ ?(?P<posts>stellen|posts|fte))?""",
    re.VERBOSE,
)
_POWERS = {"t": 3, "m": 6}


def parse_date(text: str, today: dt.date) -> dt.date | None:
    """The date that `text` means, or None.

    Read are `19.12.`, `19.12.23`, `19.12.2023`, `2023-12-19`, `15. November 2023`, `15 November 2023`, a
    weekday before it where it is the right one, and `heute`. A date without a year is the first such day that is
    not more than 120 days before `today`: sessions are planned ahead and recorded soon after. Two digits of a
    year mean the one from 79 years before `today` to 20 years after.
    """
    cleaned = _cleaned(text)
    if cleaned in ("heute", "today"):
        return today
    if iso := _ISO_DATE.fullmatch(cleaned):
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    weekday = None
    if (match := _WEEKDAY.match(cleaned)) and (weekday := _weekday(match[1])) is not None:
        cleaned = cleaned[match.end() :]
    found = _DATE.fullmatch(cleaned) or _DATE_IN_WORDS.fullmatch(cleaned)
    if found is None:
        return None
    month = int(found[2]) if found[2].isdigit() else _MONTH_OF.get(found[2], 0)
    date = _completed(found[3] or "", month, int(found[1]), today)
    return date if date and weekday in (None, date.weekday()) else None


def parse_past_day(text: str, today: dt.date) -> dt.date | None:
    """The day that `text` means when it looks back, or None: a date, `gestern`, or the last such weekday.

    Read is what `parse_date` reads, and the German and English names of the days; a weekday is never today.
    """
    cleaned = _cleaned(text)
    if cleaned in _DAYS_AGO:
        return today - dt.timedelta(days=_DAYS_AGO[cleaned])
    number = _weekday(cleaned) if len(cleaned) > 2 else None
    if number is None and cleaned in _ENGLISH_WEEKDAYS:
        number = _ENGLISH_WEEKDAYS.index(cleaned)
    if number is not None:
        return today - dt.timedelta(days=(today.weekday() - number - 1) % 7 + 1)
    return parse_date(text, today)


def format_date(date: dt.date, language: Language) -> str:
    """`19.12.2023` in German, `2023-12-19` in English."""
    return date_text(date, language)


def format_long_date(date: dt.date) -> str:
    """`15. November 2023`, as German titles and letters write it."""
    return f"{date.day}. {_MONTH_NAMES[date.month - 1]} {date.year}"


def parse_time(text: str) -> dt.time | None:
    """The time that `text` means (`18:00`, `18.30 Uhr`, `9 Uhr`, `18:00:30`), or None."""
    match = _TIME.fullmatch(_cleaned(text))
    if match is None:
        return None
    hour, minute, second = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return dt.time(hour, minute, second, int((match[4] or ".")[1:].ljust(6, "0")))


def format_time(time: dt.time, language: Language) -> str:
    """`18:00 Uhr` in German, `18:00` in English; seconds only where there are some."""
    shown = time.isoformat("auto" if time.second or time.microsecond else "minutes")
    return f"{shown} Uhr" if language == "de" else shown


def parse_integer(text: str) -> int | None:
    """The integer that `text` means (`45`, `1.250`, `1 250`, `-3`), or None."""
    match = _INTEGER.fullmatch(_cleaned(text))
    if match is None:
        return None
    value = _digits(match[2])
    if value > INTEGER_MAX:
        return None
    return -value if match[1] == "-" else value


def format_integer(value: int, language: Language) -> str:
    """`1.250` in German; `1250` in English, where a comma would be read as a German one."""
    return f"{value:,}".replace(",", ".") if language == "de" else str(value)


def parse_cents(text: str) -> int | None:
    """The cents that `text` means, or None; for posts (`+ 2,5 Stellen`), hundredths of a post.

    Read are `20.000`, `20.000 €`, `181.800,00`, `5.000,-`, `1,0 Mio.`, `20 T€`, `20 Tsd. EUR`, `EUR 20.000,00`,
    a sign before it, and the English `EUR 20,000.00`. None is what could be either language's (`20,000`, `1.5`),
    what has a fraction of a cent, and what is larger than `CENTS_MAX`.
    """
    cleaned = _cleaned(text)
    match = _AMOUNT.fullmatch(cleaned)
    if match is None:
        return _english_cents(cleaned)
    part = (match["part"] or "").strip("-")
    unit = match["unit"] or ""
    if (match["posts"] and unit) or (len(part) > 2 and not unit):
        return None
    power = 2 + _power(unit)
    if len(part.rstrip("0")) > power:
        return None
    return _signed(match["sign"], _digits(match["whole"]) * 10**power + int(part.rstrip("0").ljust(power, "0")))


def format_cents(cents: int, language: Language) -> str:
    """`20.000 EUR` or `181.800,50 EUR` in German, `EUR 20,000.00` in English."""
    sign = "-" if cents < 0 else ""
    euros, rest = divmod(abs(cents), 100)
    if language == "en":
        return f"EUR {sign}{_grouped(euros, language)}.{rest:02}"
    return f"{sign}{_grouped(euros, language)}{f',{rest:02}' if rest else ''} EUR"


def format_posts(hundredths: int, language: Language) -> str:
    """`2,5 Stellen` in German, `2.50 posts` in English; one post is 100."""
    sign = "-" if hundredths < 0 else ""
    whole, rest = divmod(abs(hundredths), 100)
    if language == "en":
        return f"{sign}{_grouped(whole, language)}.{rest:02} posts"
    part = f",{rest:02}".rstrip("0") if rest else ""
    return f"{sign}{_grouped(whole, language)}{part} {'Stelle' if (whole, rest) == (1, 0) else 'Stellen'}"


def _cleaned(text: str) -> str:
    """`text` in small letters, with single blanks and a plain minus; empty where it is too long to be meant."""
    if len(text) > _LONGEST:
        return ""
    return _BLANKS.sub(" ", text).strip().lower().translate(_MINUS)


def _weekday(name: str) -> int | None:
    if len(name) < 2:
        return None
    if name == "sonnabend":
        return 5
    return next(
        (
            number
            for number, whole in enumerate(_WEEKDAYS)
            if name == whole or (len(name) == 2 and whole.startswith(name))
        ),
        None,
    )


def _completed(year: str, month: int, day: int, today: dt.date) -> dt.date | None:
    if len(year) == 4:
        return _date(int(year), month, day)
    if year:
        first = today.year - 79
        return _date(first + (int(year) - first) % 100, month, day)
    earliest = today.toordinal() - _PAST_DAYS
    # a leap day may be eight years away
    candidates = (_date(today.year + offset, month, day) for offset in range(-1, 9))
    return next((date for date in candidates if date and date.toordinal() >= earliest), None)


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _english_cents(cleaned: str) -> int | None:
    match = _ENGLISH.fullmatch(cleaned)
    if match is None or not (match["lead"] or match["lead2"] or match["posts"] or "," in match["whole"]):
        return None
    return _signed(match["sign"], _digits(match["whole"]) * 100 + int(match["part"]))


def _signed(sign: str, cents: int) -> int | None:
    if cents > CENTS_MAX:
        return None
    return -cents if sign == "-" else cents


def _digits(whole: str) -> int:
    return int(re.sub(r"[., ]", "", whole))


def _power(unit: str) -> int:
    if unit.startswith(("mrd", "milliard")):
        return 9
    return _POWERS.get(unit[:1], 0)


def _grouped(value: int, language: Language) -> str:
    grouped = f"{value:,}"
    return grouped.replace(",", ".") if language == "de" else grouped
