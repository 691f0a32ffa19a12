"""OU: what was put off: deferred, referred, taken off the agenda or withdrawn."""

from __future__ import annotations

from collections.abc import Iterator

from antragsbuch_schema.diagnostics import Related, Severity
from antragsbuch_schema.i18n import N_, text
from antragsbuch_schema.suggest import same_name

from .directory import Context
from .registry import Problem, rule
from .tally import reached
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
_LOST = _VOTE.replace("45", "25").replace("accepted", "rejected")
_LATER = """
[[consultations]]
id = "c2"
organization = "Regionsversammlung"
date = 2024-01-30
role = "decision"
"""

_DECIDED = frozenset({"as_proposed", "amended", "rejected", "partly"})
_PUT_OFF_BY_VOTE = frozenset({"deferred", "referred", "removed"})
_PUT_OFF = _PUT_OFF_BY_VOTE | {"withdrawn", "no_vote"}


@rule(
    "OU007",
    name="deferred-backwards",
    severity=Severity.WARNING,
    needs=("consultations.deferred_to",),
    what=N_("A step is deferred to a day that is not after its session."),
    why=N_("What is deferred comes later."),
    wrong=_STEP + 'outcome = "deferred"\ndeferred_to = 2023-12-12\n' + _LATER,
    right=_STEP + 'outcome = "deferred"\ndeferred_to = 2024-01-30\n' + _LATER,
)
def deferred_backwards(motion: Motion, context: Context) -> Iterator[Problem]:
    """A deferral goes forward in time."""
    for step, held in motion.dated:
        target = step.date("deferred_to")
        if target is not None and target <= held:
            yield Problem(
                step.at("deferred_to"),
                text("deferred to {target}, but the session was on {date}", target=target, date=held),
                related=(Related(step.at("date"), text("the date of the session")),),
            )


@rule(
    "OU008",
    name="referred-body-missing",
    severity=Severity.WARNING,
    needs=("consultations.referred_to",),
    what=N_("A step refers the motion to a body that has no later step."),
    why=N_("The Beratungsfolge goes on at the body that it was referred to."),
    wrong=_STEP + 'outcome = "referred"\nreferred_to = "Regionsausschuss"\n' + _LATER,
    right=_STEP
    + 'outcome = "referred"\nreferred_to = "Regionsausschuss"\n'
    + _LATER.replace("Regionsversammlung", "Regionsausschuss").replace("decision", "preparation")
    + _LATER.replace("c2", "c3"),
)
def referred_body_missing(motion: Motion, context: Context) -> Iterator[Problem]:
    """A referral has its step."""
    for number, step in enumerate(motion.steps):
        target = step.string("referred_to")
        if target is None or any(
            _same_body(target, other, context) and _is_later(other, step, position > number)
            for position, other in enumerate(motion.steps)
            if position != number
        ):
            continue
        yield Problem(
            step.at("referred_to"),
            text("referred to {body}, but no later step is there", body=target),
            text("Add the step, with or without a date."),
        )


@rule(
    "OU009",
    name="target-without-outcome",
    severity=Severity.WARNING,
    needs=(
        "consultations.deferred_to",
        "consultations.referred_to",
    ),
    what=N_("A step names where it was deferred or referred to, but ended otherwise."),
    why=N_("'deferred_to' belongs to the outcome 'deferred', 'referred_to' to 'referred'."),
    wrong=_STEP + 'outcome = "as_proposed"\ndeferred_to = 2024-01-30\n' + _VOTE,
    right=_STEP + 'outcome = "deferred"\ndeferred_to = 2024-01-30\n' + _LATER,
)
def target_without_outcome(motion: Motion, context: Context) -> Iterator[Problem]:
    """The target of a deferral or referral needs its outcome."""
    for step in motion.steps:
        for key, allowed in (("deferred_to", "deferred"), ("referred_to", "referred")):
            if key in step.data and step.outcome not in (allowed, "other") and step.outcome is not None:
                yield Problem(
                    step.at(key),
                    text(
                        "'{key}' is stated, but the outcome is '{outcome}'",
                        key=key,
                        outcome=outcome_label(step.outcome),
                    ),
                    text("Correct the outcome, or leave '{key}' out.", key=key),
                    related=(Related(step.at("outcome"), text("the outcome of the step")),),
                )


@rule(
    "OU010",
    name="deferred-without-next-step",
    severity=Severity.REMARK,
    needs=("consultations.outcome=deferred",),
    what=N_("A step was deferred, but the same body has no later step."),
    why=N_("What was deferred comes back; until the next session is known a step without a date says so."),
    wrong=_STEP + 'outcome = "deferred"\n',
    right=_STEP + 'outcome = "deferred"\n' + _LATER,
)
def deferred_without_next_step(motion: Motion, context: Context) -> Iterator[Problem]:
    """A deferral has its next step."""
    for number, step in enumerate(motion.steps):
        if step.outcome != "deferred" or step.organization is None or _is_withdrawn(motion):
            continue
        later = (
            _same_body(step.organization, other, context) and _is_later(other, step, position > number)
            for position, other in enumerate(motion.steps)
            if position != number
        )
        if not any(later):
            yield Problem(
                step.at("outcome"),
                text("deferred, but {body} has no later step", body=step.organization),
                text("Add its next step; without a date until the session is known."),
            )


@rule(
    "OU011",
    name="decided-after-withdrawal",
    severity=Severity.WARNING,
    needs=(
        "withdrawal.date",
        "consultations.outcome=withdrawn",
    ),
    what=N_("A motion was decided after it had been withdrawn."),
    why=N_("A motion that was taken back is not put to the vote; where others took it over, say so in the remarks."),
    wrong=_STEP + 'outcome = "withdrawn"\n' + _LATER + 'outcome = "as_proposed"\n' + _VOTE,
    right=_STEP + 'outcome = "withdrawn"\n',
)
def decided_after_withdrawal(motion: Motion, context: Context) -> Iterator[Problem]:
    """Withdrawn is the end."""
    withdrawn = next((step for step in motion.steps if step.outcome == "withdrawn"), None)
    day = motion.table("withdrawal").date("date") or (withdrawn.held if withdrawn else None)
    if day is None:
        return
    place = withdrawn.at("outcome") if withdrawn else motion.at("withdrawal", "date")
    for step, held in motion.dated:
        if held > day and step.outcome in _DECIDED:
            yield Problem(
                step.at("outcome"),
                text("decided on {date}, but withdrawn on {day}", date=held, day=day),
                text("If others took the motion over, say so in the remarks."),
                related=(Related(place, text("the withdrawal")),),
            )


@rule(
    "OU012",
    name="referred-nowhere",
    severity=Severity.REMARK,
    needs=("consultations.outcome=referred",),
    what=N_("A step referred the motion, but where to is not stated, and no step follows."),
    why=N_(
        "Minutes often say only 'verwiesen in Fachausschuss'. Once the body is known, its step shows where the motion "
        "is."
    ),
    wrong=_STEP + 'outcome = "referred"\n',
    right=_STEP + 'outcome = "referred"\n' + _LATER,
)
def referred_nowhere(motion: Motion, context: Context) -> Iterator[Problem]:
    """A referral goes somewhere."""
    for number, step in enumerate(motion.steps):
        if step.outcome != "referred" or "referred_to" in step.data or _is_withdrawn(motion):
            continue
        if not any(_is_later(other, step, at > number) for at, other in enumerate(motion.steps) if at != number):
            yield Problem(
                step.at("outcome"),
                text("referred, but where to is not stated"),
                text("Name the body in 'referred_to', or add its step."),
            )


@rule(
    "OU013",
    name="put-off-with-vote",
    severity=Severity.WARNING,
    needs=(
        "consultations.outcome=deferred",
        "consultations.outcome=referred",
        "consultations.outcome=removed",
        "consultations.outcome=withdrawn",
        "consultations.outcome=no_vote",
    ),
    what=N_("A step put the motion off, but has a vote on the motion itself."),
    why=N_(
        "What was deferred, referred, taken off the agenda or withdrawn was not voted on. A vote on the deferral is "
        "one on the procedure, 'procedural = true'."
    ),
    wrong=_STEP + 'outcome = "deferred"\n' + _VOTE + _LATER,
    right=_STEP + 'outcome = "deferred"\n' + _VOTE + "procedural = true\n" + _LATER,
)
def put_off_with_vote(motion: Motion, context: Context) -> Iterator[Problem]:
    """What was put off was not decided."""
    for step in motion.steps:
        vote = step.main_vote if step.outcome in _PUT_OFF else None
        if vote is not None:
            yield Problem(
                vote.place,
                text(
                    "the outcome is '{outcome}', but here is a vote on the motion itself",
                    outcome=outcome_label(step.outcome),
                ),
                text("If the vote was on that, write 'procedural = true'; if on something else, name it in 'subject'."),
                on="header",
                related=(Related(step.at("outcome"), text("the outcome of the step")),),
            )


@rule(
    "OU014",
    name="put-off-without-majority",
    severity=Severity.WARNING,
    needs=(
        "consultations.outcome=deferred",
        "consultations.outcome=referred",
        "consultations.outcome=removed",
    ),
    what=N_("A step put the motion off, but the vote on that had no majority."),
    why=N_("A deferral is decided like anything else: by more yes than no votes for it."),
    source="§ 66 (1) NKomVG",
    wrong=_STEP + 'outcome = "deferred"\n' + _LOST + "procedural = true\n" + _LATER,
    right=_STEP + 'outcome = "deferred"\n' + _VOTE + "procedural = true\n" + _LATER,
)
def put_off_without_majority(motion: Motion, context: Context) -> Iterator[Problem]:
    """A deferral needs its majority."""
    for step in motion.steps:
        if step.outcome not in _PUT_OFF_BY_VOTE:
            continue
        procedural = [vote for vote in step.votes if vote.procedural]
        if len(procedural) != 1 or procedural[0].subject is not None:
            continue
        vote = procedural[0]
        refused = reached(vote, None) is False
        if not refused and vote.result != "rejected":
            continue
        yield Problem(
            vote.at("yes") if refused else vote.at("result"),
            text(
                "the outcome is '{outcome}', but the vote on it has no majority: {yes} yes, {no} no",
                outcome=outcome_label(step.outcome),
                yes=vote.yes,
                no=vote.no,
            )
            if refused
            else text("the outcome is '{outcome}', but the vote on it was lost", outcome=outcome_label(step.outcome)),
            text("If the vote was on something else, name it in 'subject'."),
            related=(Related(step.at("outcome"), text("the outcome of the step")),),
        )


def _same_body(name: str, step: Consultation, context: Context) -> bool:
    if step.organization is None:
        return False
    if same_name(step.organization) == same_name(name):
        return True
    bodies = context.council.bodies
    known = bodies.on(name, step.held)
    return known is not None and known is bodies.on(step.organization, step.held)


def _is_later(step: Consultation, than: Consultation, follows: bool) -> bool:
    """By date, or where a date is missing or the same by the order in the file."""
    if step.held is None or than.held is None or step.held == than.held:
        return follows
    return step.held > than.held


def _is_withdrawn(motion: Motion) -> bool:
    return "withdrawal" in motion.data or any(step.outcome == "withdrawn" for step in motion.steps)
