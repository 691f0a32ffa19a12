"""Dates, times, numbers and amounts the way people write them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antragsbuch_schema import german
from antragsbuch_schema.german import CENTS_MAX, INTEGER_MAX
from antragsbuch_schema.i18n import LANGUAGES, Language

TODAY = dt.date(2023, 11, 20)
languages = st.sampled_from(LANGUAGES)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("19.12.", dt.date(2023, 12, 19)),
        ("19.12", dt.date(2023, 12, 19)),
        ("19.12.23", dt.date(2023, 12, 19)),
        ("19.12.2023", dt.date(2023, 12, 19)),
        (" 19. 12. 2023 ", dt.date(2023, 12, 19)),
        ("2023-12-19", dt.date(2023, 12, 19)),
        ("15. November 2023", dt.date(2023, 11, 15)),
        ("15.\u00a0November\u00a02023", dt.date(2023, 11, 15)),
        ("15 November 2023", dt.date(2023, 11, 15)),
        ("15. Nov. 23", dt.date(2023, 11, 15)),
        ("1. märz 2024", dt.date(2024, 3, 1)),
        ("1. Mrz. 2024", dt.date(2024, 3, 1)),
        ("15. November", dt.date(2023, 11, 15)),
        ("Dienstag, 19.12.2023", dt.date(2023, 12, 19)),
        ("Dienstag, den 19. Dezember 2023", dt.date(2023, 12, 19)),
        ("Di., 19.12.", dt.date(2023, 12, 19)),
        ("19 December 2023", dt.date(2023, 12, 19)),
        ("9.1.99", dt.date(1999, 1, 9)),
        ("9.1.43", dt.date(2043, 1, 9)),
        ("9.1.44", dt.date(1944, 1, 9)),
        ("29.2.", dt.date(2024, 2, 29)),
        ("heute", TODAY),
    ],
)
def test_a_date_is_read_as_people_write_it(typed: str, meant: dt.date) -> None:
    assert german.parse_date(typed, TODAY) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "31.11.2023",
        "29.2.2023",
        "32.1.2024",
        "0.1.2024",
        "1.13.2024",
        "19/12/2023",
        "12-19-2023",
        "19.12.123",
        "19.1223",
        "2023",
        "November 2023",
        "15. Brumaire 2023",
        "Mittwoch, 19.12.2023",
        "19.12.0000",
        "1٣.12.2023",
        "19.12.2023 " + "x" * 100,
        "0000-00-00",
    ],
)
def test_what_is_no_date_or_contradicts_itself_is_none(typed: str) -> None:
    assert german.parse_date(typed, TODAY) is None


@pytest.mark.parametrize(
    ("typed", "today", "meant"),
    [
        ("19.12.", dt.date(2024, 1, 10), dt.date(2023, 12, 19)),
        ("15.1.", dt.date(2023, 11, 20), dt.date(2024, 1, 15)),
        ("19.12.", dt.date(2024, 5, 2), dt.date(2024, 12, 19)),
        ("1.9.", dt.date(2023, 12, 19), dt.date(2023, 9, 1)),
        ("29.2.", dt.date(2096, 8, 1), dt.date(2104, 2, 29)),
    ],
)
def test_a_date_without_a_year_is_a_recent_or_a_coming_one(typed: str, today: dt.date, meant: dt.date) -> None:
    assert german.parse_date(typed, today) == meant


@given(st.dates(), st.dates(), languages)
def test_a_written_date_is_read_back(date: dt.date, today: dt.date, language: Language) -> None:
    assert german.parse_date(german.format_date(date, language), today) == date


@given(st.dates(min_value=dt.date(1000, 1, 1)), st.dates())
def test_a_long_date_is_read_back(date: dt.date, today: dt.date) -> None:
    assert german.parse_date(german.format_long_date(date), today) == date


def test_a_long_date_is_written_as_titles_have_it() -> None:
    assert german.format_long_date(dt.date(2023, 11, 15)) == "15. November 2023"
    assert german.format_long_date(dt.date(2024, 3, 1)) == "1. März 2024"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("18:00", dt.time(18)),
        ("18.30", dt.time(18, 30)),
        ("18.30 Uhr", dt.time(18, 30)),
        ("9 Uhr", dt.time(9)),
        ("9:05", dt.time(9, 5)),
        ("18:00:30", dt.time(18, 0, 30)),
        ("24:00", None),
        ("18:60", None),
        ("18", None),
        ("1800", None),
        ("", None),
        ("abends", None),
    ],
)
def test_a_time_is_read_as_people_write_it(typed: str, meant: dt.time | None) -> None:
    assert german.parse_time(typed) == meant


@given(st.times(), languages)
def test_a_written_time_is_read_back(time: dt.time, language: Language) -> None:
    assert german.parse_time(german.format_time(time, language)) == time


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("45", 45),
        (" 0 ", 0),
        ("1.250", 1250),
        ("1 250", 1250),
        ("-3", -3),
        ("−3", -3),
        ("+3", 3),
        ("", None),
        ("1.5", None),
        ("1,250", None),
        ("12.50", None),
        ("0.500", None),
        ("fünf", None),
        ("1٣", None),
        ("9" * 30, None),
        ("9" * 5000, None),
    ],
)
def test_an_integer_is_read_as_people_write_it(typed: str, meant: int | None) -> None:
    assert german.parse_integer(typed) == meant


@given(st.integers(-INTEGER_MAX, INTEGER_MAX), languages)
def test_a_written_integer_is_read_back(value: int, language: Language) -> None:
    assert german.parse_integer(german.format_integer(value, language)) == value


def test_an_integer_is_grouped_in_german() -> None:
    assert german.format_integer(-1234567, "de") == "-1.234.567"
    assert german.format_integer(-1234567, "en") == "-1234567"


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("20.000", 2_000_000),
        ("20.000 €", 2_000_000),
        ("20.000€", 2_000_000),
        ("20000", 2_000_000),
        ("20 000 EUR", 2_000_000),
        ("20\u202f000\u00a0€", 2_000_000),
        ("EUR 20.000,00", 2_000_000),
        ("20.000 Euro", 2_000_000),
        ("1,0 Mio.", 100_000_000),
        ("1,25 Mio. €", 125_000_000),
        ("1,234567 Mio. EUR", 123_456_700),
        ("1 Million Euro", 100_000_000),
        ("2 Mrd. €", 200_000_000_000),
        ("181.800,00", 18_180_000),
        ("181.800,50 €", 18_180_050),
        ("181800,5", 18_180_050),
        ("5.000,-", 500_000),
        ("5.000,– €", 500_000),
        ("5.000,-- EUR", 500_000),
        ("20 T€", 2_000_000),
        ("20 TEUR", 2_000_000),
        ("20,5 Tsd. €", 2_050_000),
        ("-3.000", -300_000),
        ("- 3.000 €", -300_000),
        ("−3.000", -300_000),
        ("€ -3.000", -300_000),
        ("+ 3.000", 300_000),
        ("0", 0),
        ("0,05", 5),
        ("EUR 20,000.00", 2_000_000),
        ("1,234.56", 123_456),
        ("€ 20.00", 2_000),
        ("+ 2,5 Stellen", 250),
        ("1 Stelle", 100),
        ("-0,25 VZÄ", -25),
        ("2.50 posts", 250),
    ],
)
def test_an_amount_is_read_as_people_write_it(typed: str, cents: int) -> None:
    assert german.parse_cents(typed) == cents


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "€",
        "-",
        "20,000",
        "1.5",
        "20.00",
        "1.234,567",
        "1,234567 T€",
        "12.34.567",
        "20.0000",
        "0.500",
        "20.000 $",
        "20.000 € 5",
        "zwanzig",
        "2 Mio. Stellen",
        "20 T",
        "--5",
        "1e3",
        "٢٠",
        "nan",
        "9" * 40,
        "10.000.000.000.001 €",
    ],
)
def test_what_is_unreadable_or_could_mean_two_amounts_is_none(typed: str) -> None:
    assert german.parse_cents(typed) is None


@given(st.integers(-CENTS_MAX, CENTS_MAX), languages)
def test_a_written_amount_is_read_back(cents: int, language: Language) -> None:
    assert german.parse_cents(german.format_cents(cents, language)) == cents


@given(st.integers(-CENTS_MAX, CENTS_MAX), languages)
def test_written_posts_are_read_back(hundredths: int, language: Language) -> None:
    assert german.parse_cents(german.format_posts(hundredths, language)) == hundredths


def test_amounts_are_written_as_the_language_has_it() -> None:
    assert german.format_cents(2_000_000, "de") == "20.000 EUR"
    assert german.format_cents(-18_180_050, "de") == "-181.800,50 EUR"
    assert german.format_cents(2_000_000, "en") == "EUR 20,000.00"
    assert german.format_posts(250, "de") == "2,5 Stellen"
    assert german.format_posts(100, "de") == "1 Stelle"
    assert german.format_posts(-25, "en") == "-0.25 posts"


@given(st.text(alphabet="0123456789., -+€EURMioTSdJan:/Uhr\u00a0", max_size=25) | st.text(max_size=70))
def test_whatever_is_typed_gives_a_value_or_none(typed: str) -> None:
    date = german.parse_date(typed, TODAY)
    assert date is None or isinstance(date, dt.date)
    time = german.parse_time(typed)
    assert time is None or isinstance(time, dt.time)
    for value, most in ((german.parse_integer(typed), INTEGER_MAX), (german.parse_cents(typed), CENTS_MAX)):
        assert value is None or (type(value) is int and abs(value) <= most)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("gestern", dt.date(2024, 12, 17)),
        ("Vorgestern", dt.date(2024, 12, 16)),
        ("today", dt.date(2024, 12, 18)),
        ("Dienstag", dt.date(2024, 12, 17)),
        ("Mittwoch", dt.date(2024, 12, 11)),
        ("thursday", dt.date(2024, 12, 12)),
        ("sonnabend", dt.date(2024, 12, 14)),
        ("19.11.", dt.date(2024, 11, 19)),
        ("2023-12-01", dt.date(2023, 12, 1)),
        ("HEAD~2", None),
        ("di", None),
        ("main", None),
    ],
)
def test_a_day_to_look_back_to(typed: str, day: dt.date | None) -> None:
    assert german.parse_past_day(typed, dt.date(2024, 12, 18)) == day
