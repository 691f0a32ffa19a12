"""VO: what the printed words of a vote say, against themselves and against what is recorded beside them.

Words are read as those of minutes are recorded: only as a whole. What is not known in every word is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from antragsbuch_schema.diagnostics import Related, Severity
from antragsbuch_schema.i18n import N_, Text, counted, text
from antragsbuch_schema.places import Place

from .directory import Context
from .registry import Problem, rule
from .view import Consultation, Motion, View, Vote

_STEP = """
[[consultations]]
id = "c1"
organization = "Regionsversammlung"
date = 2023-12-19
role = "decision"
outcome = "rejected"
"""
_VOTE = """
[[consultations.votes]]
id = "v1"
result = "rejected"
"""

_COUNTS = ("yes", "no", "abstentions", "biased")


_LONGEST = 500
_MOST = 20_000
"""How many characters of a wording, and of all wordings of one file, are read: no real motion has more, and who wants
to keep a program busy has to stop here."""


@lru_cache(maxsize=4096)
def _read(printed: str) -> tuple[View, ...]:
    """The votes that the words tell of; one with a word that is not known says nothing."""
    # not at the top: most files say nothing in the words of minutes, and their patterns cost more than all else here
    from antragsbuch_schema.exchange.minutes import read

    return tuple(View(vote) for vote in read(printed).votes)


class _Saying(NamedTuple):
    """Printed words, the step that they stand at, the vote whose own words they are, and the votes they tell of."""

    step: Consultation
    vote: Vote | None
    place: Place
    printed: str
    told: tuple[View, ...]


def _sayings(motion: Motion) -> Iterator[_Saying]:
    left = _MOST
    for step in motion.steps:
        found: list[tuple[Vote | None, Place, str | None]] = []
        if "result_text" in step.data:
            found.append((None, step.at("result_text"), step.string("result_text")))
        found += [(vote, vote.at("text"), vote.string("text")) for vote in step.votes if "text" in vote.data]
        for vote, place, printed in found:
            if printed is None or len(printed) > _LONGEST:
                continue
            left -= len(printed)
            if left < 0:
                return
            yield _Saying(step, vote, place, printed, _read(printed))


@rule(
    "VO020",
    name="wording-against-itself",
    severity=Severity.WARNING,
    needs=(
        "consultations.result_text",
        "consultations.votes.text",
    ),
    what=N_("The printed words of a vote contradict themselves."),
    why=N_(
        "Real minutes hold such slips: 'mehrheitliche Ablehnung (6 JA, 3 Nein)'. The words stay as they were printed; "
        "what was decided is to be asked, and said in the remarks."
    ),
    source="§ 66 (1) NKomVG",
    wrong=_STEP + 'result_text = "mehrheitliche Ablehnung (6 JA, 3 Nein)"\n',
    right=_STEP + 'result_text = "mehrheitliche Ablehnung (3 JA, 6 Nein)"\n',
)
def wording_against_itself(motion: Motion, context: Context) -> Iterator[Problem]:
    """The counts in the words decide what the words say."""
    for step, vote, place, printed, told in _sayings(motion):
        # counts that are recorded are judged by their own rules
        if vote is None and (step.outcome == "elected" or any(each.stated for each in step.votes)):
            continue
        if vote is not None and (vote.stated or vote.string("required") not in (None, "simple")):
            continue
        for each in told:
            message = _contradiction(each)
            if message is not None:
                words = each.string("text") or ""
                start = printed.find(words)
                yield Problem(
                    place,
                    message,
                    text("Leave the words as they are printed, and say in 'remarks' what was decided."),
                    part=(start, start + len(words)) if start >= 0 else None,
                )


def _contradiction(vote: View) -> Text | None:
    yes, no, result = vote.count("yes"), vote.count("no"), vote.string("result")
    if vote.string("manner") == "unanimous":
        against = {"accepted": no, "rejected": yes}.get(result or "", min(yes or 0, no or 0))
        if against:
            return (
                counted("'unanimous', but with {count} yes vote", "'unanimous', but with {count} yes votes", against)
                if result == "rejected"
                else counted("'unanimous', but with {count} no vote", "'unanimous', but with {count} no votes", against)
            )
    if yes is None or no is None or result not in ("accepted", "rejected") or (result == "accepted") == (yes > no):
        return None
    if result == "accepted":
        return text("the words say 'accepted', but {yes} yes and {no} no are no majority", yes=yes, no=no)
    return text("the words say 'rejected', but {yes} yes and {no} no are a majority", yes=yes, no=no)


@rule(
    "VO021",
    name="wording-against-counts",
    severity=Severity.WARNING,
    needs=(
        "consultations.result_text",
        "consultations.votes.text",
    ),
    what=N_("A count is not the one that stands in the printed words."),
    why=N_("Most likely digits changed places when the count was typed: 54 for 45."),
    wrong=_STEP
    + _VOTE
    + 'yes = 33\nno = 45\nabstentions = 3\ntext = "Bei 30 Ja-Stimmen und 45 Nein-Stimmen abgelehnt"\n',
    right=_STEP
    + _VOTE
    + 'yes = 30\nno = 45\nabstentions = 3\ntext = "Bei 30 Ja-Stimmen und 45 Nein-Stimmen abgelehnt"\n',
)
def wording_against_counts(motion: Motion, context: Context) -> Iterator[Problem]:
    """Counts are those of the words."""
    for vote, place, words in _worded(motion):
        for key in _COUNTS:
            count, printed = vote.count(key), words.count(key)
            if count is not None and printed is not None and count != printed:
                yield Problem(
                    vote.at(key),
                    text("{count} is recorded, but the printed words say {printed}", count=count, printed=printed),
                    text("Correct the count, or the words if they were copied wrongly."),
                    related=(Related(place, text("the printed words")),),
                )


@rule(
    "VO022",
    name="wording-against-result",
    severity=Severity.WARNING,
    needs=(
        "consultations.result_text",
        "consultations.votes.text",
    ),
    what=N_("The result of a vote is not the one that stands in its printed words."),
    why=N_("'Abgelehnt' and 'accepted' cannot both be true, nor 'einstimmig' and a vote on the other side."),
    wrong=_STEP + _VOTE + 'text = "mehrheitlich zugestimmt"\n',
    right=_STEP + _VOTE + 'text = "mehrheitlich abgelehnt"\n',
)
def wording_against_result(motion: Motion, context: Context) -> Iterator[Problem]:
    """The result is that of the words."""
    for vote, place, words in _worded(motion):
        related = (Related(place, text("the printed words")),)
        result = words.string("result")
        other = "yes" if vote.result == "rejected" else "no"
        against = vote.count(other) if vote.string("manner") != "unanimous" else 0
        # of the words of a step that has an outcome, OU006 and VO006 say it
        compared = place[-1] == "text" or vote.step.outcome is None
        if compared and {result, vote.result} == {"accepted", "rejected"}:
            yield Problem(
                vote.at("result"),
                text("accepted, but the printed words say 'rejected'")
                if result == "rejected"
                else text("rejected, but the printed words say 'accepted'"),
                text("Correct the result, or the words if they were copied wrongly."),
                related=related,
            )
        elif words.string("manner") == "unanimous" and against and not words.count(other):
            yield Problem(
                vote.at(other),
                counted(
                    "{count} vote on the other side, but the printed words say 'unanimous'",
                    "{count} votes on the other side, but the printed words say 'unanimous'",
                    against,
                ),
                related=related,
            )


def _worded(motion: Motion) -> Iterator[tuple[Vote, Place, View]]:
    """Every vote with its printed words: its own, or those of its step where it is the only one on the whole motion."""
    for step, vote, place, _printed, told in _sayings(motion):
        if len(told) != 1:
            continue
        if vote is not None:
            yield vote, place, told[0]
        # words about a part of the matter say nothing about a vote on the whole
        elif len(step.votes) == 1 and step.main_vote is not None and told[0].string("subject") is None:
            yield step.main_vote, place, told[0]
