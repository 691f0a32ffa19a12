"""OU: how a step ended, and whether its parts say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from antragsbuch_schema.diagnostics import Related, Severity
from antragsbuch_schema.i18n import N_, text

from .directory import Context
from .registry import Problem, Scope, rule
from .view import Consultation, Motion, outcome_label

_STEP = """
[[consultations]]
id = "c1"
organization = "Regionsversammlung"
date = 2023-12-19
role = "decision"
"""
_VOTE = """
[[consultations.votes]]
id = "v1"
result = "accepted"
yes = 45
no = 30
abstentions = 3
"""

_DECIDED = frozenset({"as_proposed", "amended", "rejected", "partly"})

_REFUSED = re.compile(r"\babgelehnt\b|\bablehnung\b", re.IGNORECASE)
_AGREED = re.compile(r"\b(?:zugestimmt|zustimmung|angenommen|beschlossen)\b", re.IGNORECASE)
# what the printed words say without doubt; "geändert" must not be found in "ungeändert"
_PRINTED = (
    (
        re.compile(
            r"\b(?:laut|lt\.?|gemäß) vorschlag\b|\bun(?:ge|ver)ändert\b|\bohne änderung(?:en)?\b", re.IGNORECASE
        ),
        frozenset({"amended", "rejected"}),
    ),
    (
        re.compile(r"\babweichend|\bgeändert|\bmit änderung(?:en)?\b|\bmodifizierte", re.IGNORECASE),
        frozenset({"as_proposed"}),
    ),
    (_REFUSED, frozenset({"as_proposed", "amended"})),
    (_AGREED, frozenset({"rejected"})),
    (
        re.compile(r"\bvertagt\b|\bzurückgezogen\b|\babgesetzt\b", re.IGNORECASE),
        frozenset({"as_proposed", "amended", "rejected"}),
    ),
)
# words that turn the sense of a line, or bring in a second vote: nothing is certain then
_DOUBT = re.compile(r"\bnicht\b|\bkein|teilweise|änderungsantr|ergänzungsantr|ziff|punkt|\b[ab]\)|[;\n]", re.IGNORECASE)


@rule(
    "OU001",
    name="outcome-in-the-future",
    severity=Severity.ERROR,
    scope=Scope.DATE,
    needs=(
        "consultations.outcome",
        "consultations.result_text",
        "consultations.resolution_text",
        "consultations.votes",
    ),
    what=N_("A step has an outcome or votes, but its session has not been yet."),
    why=N_(
        "Compared with the day that the check is made for: by default that of the commit, so that an old commit "
        "gives the same answer tomorrow."
    ),
    wrong=_STEP.replace("2023", "2093") + 'outcome = "as_proposed"\n' + _VOTE,
    right=_STEP + 'outcome = "as_proposed"\n' + _VOTE,
)
def outcome_in_the_future(motion: Motion, context: Context) -> Iterator[Problem]:
    """What ended must have been."""
    for step, held in motion.dated:
        key = next((key for key in ("outcome", "result_text", "resolution_text") if step.string(key)), None)
        if key is None and not step.votes:
            continue
        yield Problem(
            step.at(key) if key else step.votes[0].place,
            text("recorded already, but the session is on {date}", date=held),
            text("Correct the date, or record it after the session."),
            on="value" if key else "header",
            related=(Related(step.at("date"), text("the date of the session")),),
            until=held,
        )


@rule(
    "OU002",
    name="outcome-without-votes",
    severity=Severity.REMARK,
    needs=(
        "consultations.outcome=as_proposed",
        "consultations.outcome=amended",
        "consultations.outcome=rejected",
        "consultations.outcome=partly",
    ),
    what=N_("A step was decided, but no vote on it is recorded."),
    why=N_("Many minutes state only 'einstimmig beschlossen': then a vote with its manner and no counts says it all."),
    wrong=_STEP + 'outcome = "as_proposed"\n',
    right=_STEP + 'outcome = "as_proposed"\n' + _VOTE,
)
def outcome_without_votes(motion: Motion, context: Context) -> Iterator[Problem]:
    """A decision is made by a vote."""
    for step in motion.steps:
        if step.outcome in _DECIDED and not step.votes and not _is_closed(step, motion, context):
            yield Problem(
                step.at("outcome"),
                text("decided, but no vote is recorded"),
                text('Add a vote. Where the minutes say no more, its manner is enough: manner = "unanimous".'),
            )


@rule(
    "OU003",
    name="votes-without-outcome",
    severity=Severity.REMARK,
    needs=("consultations.votes",),
    what=N_("Votes are recorded, but not how the step ended."),
    why=N_("The votes alone do not say whether it was decided as proposed or amended."),
    wrong=_STEP + _VOTE,
    right=_STEP + 'outcome = "as_proposed"\n' + _VOTE,
)
def votes_without_outcome(motion: Motion, context: Context) -> Iterator[Problem]:
    """A vote has an outcome."""
    for step in motion.voted:
        if "outcome" not in step.data:
            yield Problem(
                step.place, text("votes are recorded, but no outcome"), text("State it in 'outcome'."), on="header"
            )


@rule(
    "OU004",
    name="amended-without-resolution",
    severity=Severity.WARNING,
    needs=("consultations.outcome=amended",),
    what=N_("A step ended with an amended resolution, but its text is not recorded."),
    why=N_("What was resolved cannot be read from the proposal then."),
    wrong=_STEP + 'outcome = "amended"\n' + _VOTE,
    right=_STEP + 'outcome = "amended"\nresolution_text = """\nDie Verwaltung prüft eine Konferenz.\n"""\n' + _VOTE,
)
def amended_without_resolution(motion: Motion, context: Context) -> Iterator[Problem]:
    """An amended decision needs its text."""
    for step in motion.steps:
        if (
            step.outcome == "amended"
            and step.string("resolution_text") is None
            and not _is_closed(step, motion, context)
        ):
            yield Problem(
                step.at("outcome"),
                text("amended, but the text of the resolution is missing"),
                text("Record it in 'resolution_text'."),
            )


@rule(
    "OU005",
    name="as-proposed-with-resolution",
    severity=Severity.WARNING,
    needs=("consultations.resolution_text",),
    what=N_("A step ended as proposed, but has a text of a differing resolution."),
    why=N_("'Laut Vorschlag' and 'abweichend' are two boxes of which one is ticked."),
    wrong=_STEP + 'outcome = "as_proposed"\nresolution_text = """\nDie Verwaltung prüft eine Konferenz.\n"""\n' + _VOTE,
    right=_STEP + 'outcome = "amended"\nresolution_text = """\nDie Verwaltung prüft eine Konferenz.\n"""\n' + _VOTE,
)
def as_proposed_with_resolution(motion: Motion, context: Context) -> Iterator[Problem]:
    """As proposed and amended exclude each other."""
    for step in motion.steps:
        resolution = step.string("resolution_text")
        if (
            step.outcome == "as_proposed"
            and resolution
            and _words(resolution) != _words(motion.string("proposal") or "")
        ):
            yield Problem(
                step.at("outcome"),
                text("as proposed, but 'resolution_text' holds another text"),
                text("Either the outcome is 'amended', or the text is to be left out."),
                related=(Related(step.at("resolution_text"), text("the differing text")),),
            )


@rule(
    "OU006",
    name="outcome-against-words",
    severity=Severity.WARNING,
    needs=("consultations.result_text",),
    what=N_("The outcome of a step and its printed words contradict each other."),
    why=N_(
        "Compared are only words that leave no doubt: 'laut Vorschlag', 'abweichend', 'geändert', 'zugestimmt', "
        "'abgelehnt', 'vertagt'."
    ),
    wrong=_STEP + 'outcome = "as_proposed"\nresult_text = "mehrheitlich abgelehnt"\n' + _VOTE,
    right=_STEP + 'outcome = "as_proposed"\nresult_text = "mehrheitlich beschlossen"\n' + _VOTE,
)
def outcome_against_words(motion: Motion, context: Context) -> Iterator[Problem]:
    """The code against the words of the source."""
    for step in motion.steps:
        words = step.string("result_text")
        if words is None or step.outcome is None or _DOUBT.search(words):
            continue
        if _REFUSED.search(words) and _AGREED.search(words):
            continue
        for printed, excluded in _PRINTED:
            match = printed.search(words)
            if match and step.outcome in excluded:
                yield Problem(
                    step.at("result_text"),
                    text(
                        "the outcome is '{outcome}', the printed words say '{words}'",
                        outcome=outcome_label(step.outcome),
                        words=match[0],
                    ),
                    text("Correct the outcome, or the words if they were copied wrongly."),
                    part=match.span(),
                    related=(Related(step.at("outcome"), text("the outcome of the step")),),
                )
                break


def _is_closed(step: Consultation, motion: Motion, context: Context) -> bool:
    """Whether the step is not public in a public register: its details need not be here."""
    if not context.council.public:
        return False
    public = step.flag("public")
    if public is None:
        body = context.council.bodies.on(step.organization, step.held)
        public = body is None or body.public
    return not public or motion.flag("public") is False


def _words(prose: str) -> list[str]:
    return prose.split()
