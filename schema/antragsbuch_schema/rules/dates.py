"""DT: dates and their order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

from antragsbuch_schema.diagnostics import Fix, Related, Severity
from antragsbuch_schema.edits import Edit, Move
from antragsbuch_schema.i18n import N_, text

from .directory import Context
from .registry import Problem, rule
from .view import Motion, View

_STEP = """
[[consultations]]
id = "c1"
organization = "Regionsausschuss"
date = 2023-12-12
role = "preparation"
"""
_NEXT = """
[[consultations]]
id = "c2"
organization = "Regionsversammlung"
date = 2023-12-19
role = "decision"
"""

_FIRST_YEAR, _LAST_YEAR = 1945, 2100
_SUNDAY = 6


@rule(
    "DT001",
    name="paper-before-motion",
    severity=Severity.WARNING,
    needs=("date",),
    what=N_("The date of the paper lies before the date that the movers put on the motion."),
    why=N_("A paper is printed when the motion is there: 15 and 16 November 2023, 12 and 14 November 2024."),
    wrong="submitted = 2023-11-16\ndate = 2023-11-15\n",
    right="submitted = 2023-11-15\ndate = 2023-11-16\n",
)
def paper_before_motion(motion: Motion, context: Context) -> Iterator[Problem]:
    """First the motion, then the paper."""
    if motion.submitted and motion.printed and motion.printed < motion.submitted:
        yield Problem(
            motion.at("date"),
            text(
                "the paper of {date} is dated before the motion of {submitted}",
                date=motion.printed,
                submitted=motion.submitted,
            ),
            text("Compare the two dates with the printed motion."),
            related=(Related(motion.at("submitted"), text("the date of the motion")),),
        )


@rule(
    "DT002",
    name="step-before-motion",
    severity=Severity.WARNING,
    needs=("consultations.date",),
    what=N_("A step lies before the date that the movers put on the motion."),
    why=N_("A body deals with what is there: most likely the year of one of the two dates is wrong."),
    wrong="submitted = 2023-12-15\n" + _STEP + _NEXT,
    right="submitted = 2023-11-15\n" + _STEP + _NEXT,
)
def step_before_motion(motion: Motion, context: Context) -> Iterator[Problem]:
    """The first step comes after the motion."""
    first = motion.first
    if motion.submitted and first and first[1] < motion.submitted:
        yield Problem(
            first[0].at("date"),
            text(
                "the session of {date} lies before the date of the motion, {submitted}",
                date=first[1],
                submitted=motion.submitted,
            ),
            text("Compare the two dates with the printed motion."),
            related=(Related(motion.at("submitted"), text("the date of the motion")),),
        )


@rule(
    "DT009",
    name="step-before-paper",
    severity=Severity.REMARK,
    needs=("consultations.date",),
    what=N_("A step lies before the date of the paper, and when it was moved is not stated."),
    why=N_(
        "Papers are tabled at a session and dated later, and systems put the date of their import on old ones: in "
        "real registers one paper in eight. So this is no more than a remark."
    ),
    wrong="date = 2023-12-15\n" + _STEP + _NEXT,
    right="date = 2023-11-15\n" + _STEP + _NEXT,
)
def step_before_paper(motion: Motion, context: Context) -> Iterator[Problem]:
    """The first step comes after the paper."""
    first = motion.first
    if motion.printed and not motion.submitted and first and first[1] < motion.printed:
        yield Problem(
            first[0].at("date"),
            text(
                "the session of {date} lies before the date of the paper, {printed}",
                date=first[1],
                printed=motion.printed,
            ),
            related=(Related(motion.at("date"), text("the date of the paper")),),
        )


@rule(
    "DT010",
    name="answer-before-question",
    severity=Severity.WARNING,
    needs=(
        "statement.date",
        "answer.date",
    ),
    what=N_("An answer or a statement is dated before the motion."),
    why=N_("What is answered was there before."),
    wrong='submitted = 2023-11-15\n\n[answer]\ndate = 2023-11-01\ntext = """\nJa.\n"""\n',
    right='submitted = 2023-11-15\n\n[answer]\ndate = 2023-12-01\ntext = """\nJa.\n"""\n',
)
def answer_before_question(motion: Motion, context: Context) -> Iterator[Problem]:
    """First the motion, then what is said about it."""
    if motion.submitted is None:
        return
    for key in ("statement", "answer"):
        day = motion.table(key).date("date") if key in motion.data else None
        if day is not None and day < motion.submitted:
            what = text("the answer") if key == "answer" else text("the statement")
            days = {"date": day, "submitted": motion.submitted}
            yield Problem(
                motion.at(key, "date"),
                text("{what} of {date} lies before the motion of {submitted}", what=what, **days),
                related=(Related(motion.at("submitted"), text("the date of the motion")),),
            )


@rule(
    "DT003",
    name="steps-out-of-order",
    severity=Severity.WARNING,
    needs=("consultations.date",),
    what=N_("The steps are not in the order of their dates."),
    why=N_("A Beratungsfolge is read from top to bottom. Steps on the same day stand in any order."),
    wrong=_NEXT + _STEP,
    right=_STEP + _NEXT,
)
def steps_out_of_order(motion: Motion, context: Context) -> Iterator[Problem]:
    """Dates ascend."""
    for (before, earlier), (step, held) in pairwise(motion.dated):
        if held < earlier:
            yield Problem(
                step.at("date"),
                text("the step of {date} stands below a later one, of {later}", date=held, later=earlier),
                related=(Related(before.at("date"), text("the step above it")),),
                # another order of the steps is printed in another order: that is for a person to say
                fix=Fix(_sorting(motion), text("Sort the steps by date."), safe=False),
            )
            return


@rule(
    "DT004",
    name="session-on-a-sunday",
    severity=Severity.WARNING,
    needs=("consultations.date",),
    what=N_("A session is on a Sunday."),
    why=N_("Councils do not meet on Sundays; most likely the day or the year is wrong."),
    wrong=_STEP.replace("2023-12-12", "2023-12-10") + _NEXT,
    right=_STEP + _NEXT,
)
def session_on_a_sunday(motion: Motion, context: Context) -> Iterator[Problem]:
    """No session on a Sunday."""
    for step, held in motion.dated:
        if held.weekday() == _SUNDAY:
            yield Problem(
                step.at("date"),
                text("{date} is a Sunday", date=held),
                text("Compare day, month and year with the invitation."),
            )


@rule(
    "DT005",
    name="session-outside-terms",
    severity=Severity.WARNING,
    needs=("consultations.date",),
    what=N_("A session lies in no electoral term that the register knows."),
    why=N_("The terms stand in council.toml; each council has its own."),
    wrong=_STEP.replace("2023-12-12", "1993-12-14") + _NEXT,
    right=_STEP + _NEXT,
)
def session_outside_terms(motion: Motion, context: Context) -> Iterator[Problem]:
    """Sessions lie in a term."""
    if context.council.terms:
        for step, held in motion.dated:
            # a year that cannot be meant has its own rule
            if _FIRST_YEAR <= held.year <= _LAST_YEAR and context.council.term_on(held) is None:
                yield Problem(
                    step.at("date"),
                    text("{date} lies in no electoral term of the register", date=held),
                    text("Correct the date, or add the term to council.toml."),
                )


@rule(
    "DT006",
    name="minutes-before-session",
    severity=Severity.WARNING,
    needs=("consultations.minutes_date",),
    what=N_("The minutes are dated before the session."),
    why=N_("Minutes are written at or after the session."),
    wrong=_STEP + 'minutes = "draft"\nminutes_date = 2023-12-11\n' + _NEXT,
    right=_STEP + 'minutes = "draft"\nminutes_date = 2023-12-12\n' + _NEXT,
)
def minutes_before_session(motion: Motion, context: Context) -> Iterator[Problem]:
    """First the session, then its minutes."""
    for step, held in motion.dated:
        minutes = step.date("minutes_date")
        if minutes and minutes < held:
            yield Problem(
                step.at("minutes_date"),
                text("minutes of {date}, but the session was on {held}", date=minutes, held=held),
                related=(Related(step.at("date"), text("the date of the session")),),
            )


@rule(
    "DT007",
    name="year-out-of-range",
    severity=Severity.WARNING,
    what=N_("The year of a date cannot be meant."),
    why=N_("Digits that changed places: 0223, 2203."),
    wrong="date = 0223-11-16\n",
    right="date = 2023-11-16\n",
)
def year_out_of_range(motion: Motion, context: Context) -> Iterator[Problem]:
    """Years of our time."""
    dates: list[tuple[View, str, dt.date | None]] = [
        (motion, "submitted", motion.submitted),
        (motion, "date", motion.printed),
        *((step, "date", held) for step, held in motion.dated),
    ]
    for table, key, day in dates:
        if day is not None and not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            yield Problem(table.at(key), text("the year {year} cannot be meant", year=f"{day.year:04}"))


@rule(
    "DT008",
    name="withdrawn-before-motion",
    severity=Severity.WARNING,
    needs=("withdrawal.date",),
    what=N_("A motion was withdrawn before it was made."),
    why=N_("What is withdrawn was there."),
    wrong='submitted = 2023-11-15\n\n[withdrawal]\ndate = 2023-11-01\noriginators = ["SPD"]\n',
    right='submitted = 2023-11-15\n\n[withdrawal]\ndate = 2023-12-01\noriginators = ["SPD"]\n',
)
def withdrawn_before_motion(motion: Motion, context: Context) -> Iterator[Problem]:
    """First the motion, then its withdrawal."""
    withdrawal = motion.table("withdrawal")
    day, start = withdrawal.date("date"), motion.submitted or motion.printed
    if day and start and day < start:
        key = "submitted" if motion.submitted else "date"
        yield Problem(
            withdrawal.at("date"),
            text("the withdrawal of {date} lies before the motion of {submitted}", date=day, submitted=start),
            related=(Related(motion.at(key), text("the date of the motion")),),
        )


def _sorting(motion: Motion) -> tuple[Edit, ...]:
    """Moves that sort the steps by date; a step without a date stays behind the one that it follows."""
    elements = motion.data["consultations"]
    keys: list[tuple[dt.date, int]] = []
    day = dt.date.min
    for number, element in enumerate(elements):
        held = element.get("date") if isinstance(element, dict) else None
        day = held if type(held) is dt.date else day
        keys.append((day, number))
    order = [number for _day, number in keys]
    moves: list[Edit] = []
    for position, (_day, number) in enumerate(sorted(keys)):
        now = order.index(number)
        if now != position:
            moves.append(Move(("consultations",), now, position))
            order.insert(position, order.pop(now))
    return tuple(moves)
