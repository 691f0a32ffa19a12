"""VO: what the printed words of a vote say, against themselves and against what is recorded beside them.

Only words that leave no doubt are read: one count of yes, one of no, one result. Minutes that hold several votes in one
line, or turn a sentence around, are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from antragsbuch_schema.diagnostics import Related, Severity
from antragsbuch_schema.i18n import N_, Text, counted, text
from antragsbuch_schema.places import Place

from .directory import Context
from .registry import Problem, rule
from .view import Consultation, Motion, Vote

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

_NUMBER = r"(?<![\d.,/])(\d{1,3})\s?(?:x\s)?-?\s?"
_COUNTS = {
    "yes": re.compile(_NUMBER + r"ja(?![a-zäöü])(?:-?\s?stimmen?)?", re.IGNORECASE),
    "no": re.compile(_NUMBER + r"(?:nein(?![a-zäöü])(?:-?\s?stimmen?)?|gegenstimmen?)", re.IGNORECASE),
    "abstentions": re.compile(_NUMBER + r"enthaltung(?:en)?", re.IGNORECASE),
}
_RESULTS = {
    "accepted": re.compile(r"\b(?:zugestimmt|zustimmung|angenommen|beschlossen|genehmigt)\b", re.IGNORECASE),
    "rejected": re.compile(r"\b(?:abgelehnt|ablehnung)\b", re.IGNORECASE),
}
_UNANIMOUS = re.compile(r"\beinstimmig", re.IGNORECASE)
# a second vote, or a word that turns the sense of a line
_DOUBT = re.compile(r"\bnicht\b|\bkein|teilweise|\bvertag|\b[a-d]\)|[;\n]", re.IGNORECASE)
# the words of a whole step, which may be about a part of it only
_PARTS = re.compile(r"änderungsantr|ergänzungsantr|ziff|punkt|\btop\b", re.IGNORECASE)


class Words(NamedTuple):
    """What the printed words say beyond doubt: counts by key, a result, unanimity; and where each stands."""

    counts: Mapping[str, int]
    result: str | None
    unanimous: bool
    spans: Mapping[str, tuple[int, int]]


def read_words(printed: str | None) -> Words | None:
    """What `printed` says; None where it says nothing, or more than one thing."""
    if printed is None or _DOUBT.search(printed):
        return None
    counts, spans = {}, {}
    for key, pattern in _COUNTS.items():
        matches = list(pattern.finditer(printed))
        if len(matches) > 1:
            return None
        for match in matches:
            counts[key], spans[key] = int(match[1]), match.span()
    results = {code: found.span() for code, pattern in _RESULTS.items() if (found := pattern.search(printed))}
    if len(results) > 1:
        return None
    spans |= results
    together = _UNANIMOUS.search(printed)
    if together:
        spans["unanimous"] = together.span()
    if not spans:
        return None
    return Words(counts, next(iter(results), None), together is not None, spans)


@rule(
    "VO020",
    name="wording-against-itself",
    severity=Severity.WARNING,
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
    for step, vote, place, words in _worded(motion):
        # counts that are recorded are judged by their own rules
        if vote is not None and (vote.yes is not None or vote.no is not None):
            continue
        if step.outcome == "elected" or (vote is not None and vote.string("required") not in (None, "simple")):
            continue
        message = _contradiction(words)
        if message is not None:
            spans = words.spans.values()
            yield Problem(
                place,
                message,
                text("Leave the words as they are printed, and say in 'remarks' what was decided."),
                part=(min(start for start, _end in spans), max(end for _start, end in spans)),
            )


def _contradiction(words: Words) -> Text | None:
    yes, no = words.counts.get("yes"), words.counts.get("no")
    if words.unanimous:
        against = {"accepted": no, "rejected": yes}.get(words.result or "", min(yes or 0, no or 0))
        if against:
            return (
                counted("'unanimous', but with {count} yes vote", "'unanimous', but with {count} yes votes", against)
                if words.result == "rejected"
                else counted("'unanimous', but with {count} no vote", "'unanimous', but with {count} no votes", against)
            )
    if yes is None or no is None or words.result is None or (words.result == "accepted") == (yes > no):
        return None
    if words.result == "accepted":
        return text("the words say 'accepted', but {yes} yes and {no} no are no majority", yes=yes, no=no)
    return text("the words say 'rejected', but {yes} yes and {no} no are a majority", yes=yes, no=no)


@rule(
    "VO021",
    name="wording-against-counts",
    severity=Severity.WARNING,
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
    for _step, vote, place, words in _worded(motion):
        if vote is None:
            continue
        for key, printed in words.counts.items():
            count = vote.count(key)
            if count is not None and count != printed:
                start, end = words.spans[key]
                yield Problem(
                    vote.at(key),
                    text(
                        "{count} is recorded, but the printed words say '{words}'",
                        count=count,
                        words=_text_at(motion, vote, place)[start:end],
                    ),
                    related=(Related(place, text("the printed words")),),
                )


@rule(
    "VO022",
    name="wording-against-result",
    severity=Severity.WARNING,
    what=N_("The result of a vote is not the one that stands in its printed words."),
    why=N_("'Abgelehnt' and 'accepted' cannot both be true, nor 'einstimmig' and a vote on the other side."),
    wrong=_STEP + _VOTE + 'text = "mehrheitlich zugestimmt"\n',
    right=_STEP + _VOTE + 'text = "mehrheitlich abgelehnt"\n',
)
def wording_against_result(motion: Motion, context: Context) -> Iterator[Problem]:
    """The result is that of the words."""
    for _step, vote, place, words in _worded(motion):
        if vote is None:
            continue
        printed = _text_at(motion, vote, place)
        related = (Related(place, text("the printed words")),)
        if words.result is not None and vote.result in ("accepted", "rejected") and vote.result != words.result:
            start, end = words.spans[words.result]
            yield Problem(
                vote.at("result"),
                text("accepted, but the printed words say '{words}'", words=printed[start:end])
                if vote.result == "accepted"
                else text("rejected, but the printed words say '{words}'", words=printed[start:end]),
                related=related,
            )
        elif words.unanimous and vote.string("manner") != "unanimous":
            other = "yes" if vote.result == "rejected" else "no"
            against = vote.count(other)
            if against and not words.counts.get(other):
                yield Problem(
                    vote.at(other),
                    counted(
                        "{count} vote on the other side, but the printed words say 'unanimous'",
                        "{count} votes on the other side, but the printed words say 'unanimous'",
                        against,
                    ),
                    related=related,
                )


def _worded(motion: Motion) -> Iterator[tuple[Consultation, Vote | None, Place, Words]]:
    """Every step and vote whose printed words can be read, with the vote that they are about."""
    for step in motion.steps:
        printed = step.string("result_text")
        if printed is not None and not _PARTS.search(printed) and len(step.votes) < 2:
            words = read_words(printed)
            if words is not None:
                yield step, step.main_vote, step.at("result_text"), words
        for vote in step.votes:
            words = read_words(vote.string("text"))
            if words is not None:
                yield step, vote, vote.at("text"), words


def _text_at(motion: Motion, vote: Vote, place: Place) -> str:
    return (vote.string("text") if place == vote.at("text") else vote.step.string("result_text")) or ""
