"""VO: what the counts of a vote decide. Every vote is judged by its own result."""

from __future__ import annotations

from collections.abc import Iterator

from antragsbuch_schema.diagnostics import Related, Severity
from antragsbuch_schema.i18n import N_, Text, counted, text
from antragsbuch_schema.motion_fields import MAJORITIES

from .directory import Context
from .registry import Problem, rule
from .tally import reached, seats_of
from .view import Motion, Vote, outcome_label

_VOTE = """
[[consultations]]
id = "c1"
organization = "Regionsversammlung"
date = 2023-12-19
role = "decision"
outcome = "as_proposed"

[[consultations.votes]]
id = "v1"
"""
_SECOND = """
[[consultations.votes]]
id = "v2"
"""


@rule(
    "VO003",
    name="accepted-without-majority",
    severity=Severity.ERROR,
    needs=("consultations.votes.result=accepted",),
    what=N_("A vote is accepted although there are not more yes than no votes."),
    why=N_("The majority of the yes and no votes decides; a tie rejects, abstentions do not count."),
    source="§ 66 (1) NKomVG",
    wrong=_VOTE + 'result = "accepted"\nyes = 30\nno = 45\nabstentions = 3\n',
    right=_VOTE + 'result = "accepted"\nyes = 45\nno = 30\nabstentions = 3\n',
)
def accepted_without_majority(motion: Motion, context: Context) -> Iterator[Problem]:
    """Accepted means more yes than no."""
    for vote in motion.votes:
        if vote.result == "accepted" and not _is_special(vote) and not _is_election(vote):
            yield from _without_majority(vote, context)


def _without_majority(vote: Vote, context: Context) -> Iterator[Problem]:
    if reached(vote, None) is not False:
        return
    yield Problem(
        vote.at("yes"),
        _too_few(vote, context),
        text("Correct the counts or the result. For another majority, state it in 'required'."),
        related=(Related(vote.at("no"), text("the no votes")),),
    )


def _too_few(vote: Vote, context: Context) -> Text:
    """That the simple majority was missed, with the law of the council where it is known."""
    values = {"yes": vote.yes, "no": vote.no}
    if context.council.lower_saxon:
        return text(
            "accepted, but yes ({yes}) is not more than no ({no}); "
            "at a tie or less the motion is rejected (§ 66 NKomVG)",
            **values,
        )
    return text(
        "accepted, but yes ({yes}) is not more than no ({no}); at a tie or less the motion is rejected", **values
    )


@rule(
    "VO004",
    name="rejected-with-majority",
    severity=Severity.ERROR,
    needs=("consultations.votes.result=rejected",),
    what=N_("A vote is rejected although it reached the majority that it needed."),
    why=N_(
        "More yes than no votes accept. Real minutes hold this slip: 'Bei 24 Ja-Stimmen und 23 Nein-Stimmen abgelehnt'."
    ),
    source="§ 66 (1) NKomVG",
    wrong=_VOTE.replace("as_proposed", "rejected") + 'result = "rejected"\nyes = 24\nno = 23\nabstentions = 0\n',
    right=_VOTE.replace("as_proposed", "rejected") + 'result = "rejected"\nyes = 23\nno = 24\nabstentions = 0\n',
)
def rejected_with_majority(motion: Motion, context: Context) -> Iterator[Problem]:
    """Rejected means that the majority was missed."""
    for vote in motion.votes:
        if vote.result == "rejected" and not _is_election(vote) and reached(vote, seats_of(vote, context)):
            yield Problem(
                vote.at("yes"),
                text(
                    "rejected, but yes ({yes}) against no ({no}) is the majority that is required: {majority}",
                    yes=vote.yes,
                    no=_or_dash(vote.no),
                    majority=_majority(vote),
                )
                if _is_special(vote)
                else text("rejected, but yes ({yes}) is more than no ({no})", yes=vote.yes, no=vote.no),
                text("Correct the counts or the result. For another majority, state it in 'required'."),
                related=(Related(vote.at("result"), text("the result of the vote")),),
            )


@rule(
    "VO005",
    name="outcome-against-counts",
    severity=Severity.ERROR,
    needs=("consultations.votes.yes",),
    what=N_("The outcome of a step is not what its vote on the whole motion decided."),
    why=N_("A vote whose result is not stated still has counts: more yes than no accepts, anything else rejects."),
    source="§ 66 (1) NKomVG",
    wrong=_VOTE + "yes = 30\nno = 45\nabstentions = 3\n",
    right=_VOTE + "yes = 45\nno = 30\nabstentions = 3\n",
)
def outcome_against_counts(motion: Motion, context: Context) -> Iterator[Problem]:
    """The outcome against the counts of the one vote on the whole motion."""
    for step in motion.voted:
        vote = step.main_vote
        if vote is None or vote.result in ("accepted", "rejected") or _is_election(vote):
            continue
        carried = reached(vote, seats_of(vote, context))
        if carried is None or not (
            (carried is False and step.outcome in ("as_proposed", "amended"))
            or (carried is True and step.outcome == "rejected")
        ):
            continue
        values = {"outcome": outcome_label(step.outcome), "yes": vote.yes, "no": _or_dash(vote.no)}
        yield Problem(
            vote.at("yes"),
            text("the outcome is '{outcome}', but yes ({yes}) against no ({no}) is a majority", **values)
            if carried
            else text("the outcome is '{outcome}', but yes ({yes}) against no ({no}) is no majority", **values),
            text("Correct the counts or the outcome. If the vote was on something else, name it in 'subject'."),
            related=(Related(step.at("outcome"), text("the outcome of the step")),),
        )


@rule(
    "VO006",
    name="outcome-against-result",
    severity=Severity.ERROR,
    needs=(
        "consultations.votes.result=accepted",
        "consultations.votes.result=rejected",
    ),
    what=N_("The outcome of a step contradicts the result of its one vote on the whole motion."),
    why=N_("A vote without a subject is a vote on the whole motion, so that its result decides the step."),
    wrong=_VOTE + 'result = "rejected"\nyes = 30\nno = 45\nabstentions = 3\n',
    right=_VOTE + 'subject = "Änderungsantrag CDU"\nresult = "rejected"\nyes = 30\nno = 45\nabstentions = 3\n',
)
def outcome_against_result(motion: Motion, context: Context) -> Iterator[Problem]:
    """The outcome against the result of the one vote on the whole motion."""
    for step in motion.voted:
        vote = step.main_vote
        if vote is None:
            continue
        if (step.outcome in ("as_proposed", "amended") and vote.result == "rejected") or (
            step.outcome == "rejected" and vote.result == "accepted"
        ):
            label = outcome_label(step.outcome)
            yield Problem(
                vote.at("result"),
                text("the outcome is '{outcome}', but the vote on the motion is accepted", outcome=label)
                if step.outcome == "rejected"
                else text("the outcome is '{outcome}', but the vote on the motion is rejected", outcome=label),
                text("Correct one of the two. If the vote was on something else, name it in 'subject'."),
                related=(Related(step.at("outcome"), text("the outcome of the step")),),
            )


@rule(
    "VO007",
    name="required-majority-missed",
    severity=Severity.ERROR,
    needs=("consultations.votes.required",),
    what=N_("A vote is accepted although it missed the higher majority that it needed."),
    why=N_("Some votes need a majority of all members, two thirds, or all; the seats are those of council.toml."),
    source="§ 45 (2), § 66 (1) NKomVG",
    wrong=_VOTE + 'result = "accepted"\nrequired = "members"\nyes = 42\nno = 10\nabstentions = 0\n',
    right=_VOTE + 'result = "accepted"\nrequired = "members"\nyes = 43\nno = 10\nabstentions = 0\n',
)
def required_majority_missed(motion: Motion, context: Context) -> Iterator[Problem]:
    """Accepted by a higher majority means that it was reached."""
    for vote in motion.votes:
        if vote.result != "accepted" or not _is_special(vote) or _is_election(vote):
            continue
        seats = seats_of(vote, context)
        if reached(vote, seats) is False:
            yield Problem(
                vote.at("yes") if vote.yes is not None else vote.at("no"),
                text(
                    "accepted, but yes ({yes}) against no ({no}) is not the majority that is required: {majority}",
                    yes=_or_dash(vote.yes),
                    no=_or_dash(vote.no),
                    majority=_majority(vote),
                ),
                text("The body has {seats} members with a vote in this term.", seats=seats) if seats else None,
                related=(Related(vote.at("required"), text("the majority that is required")),),
            )


@rule(
    "VO008",
    name="unanimous-with-both",
    severity=Severity.ERROR,
    needs=("consultations.votes.manner=unanimous",),
    what=N_("A vote is called unanimous although there are votes for and against."),
    why=N_(
        "Abstentions do not prevent unanimity; a vote on the other side does. "
        "Of 453 unanimous votes in real minutes one had such a vote: a slip."
    ),
    source="OVG Lüneburg 10 LC 117/22 (§ 71 (10) NKomVG)",
    wrong=_VOTE + 'result = "accepted"\nmanner = "unanimous"\nyes = 42\nno = 1\nabstentions = 3\n',
    right=_VOTE + 'result = "accepted"\nmanner = "unanimous"\nyes = 43\nno = 0\nabstentions = 3\n',
)
def unanimous_with_both(motion: Motion, context: Context) -> Iterator[Problem]:
    """Unanimous means that nobody voted the other way."""
    for vote in motion.votes:
        if vote.string("manner") != "unanimous":
            continue
        against = {"accepted": vote.no, "rejected": vote.yes}.get(
            vote.result or "", min(vote.yes, vote.no) if vote.yes is not None and vote.no is not None else None
        )
        if against:
            other = vote.result == "rejected"
            yield Problem(
                vote.at("manner"),
                counted(
                    "unanimous, but there is {count} yes vote", "unanimous, but there are {count} yes votes", against
                )
                if other
                else counted(
                    "unanimous, but there is {count} no vote", "unanimous, but there are {count} no votes", against
                ),
                text("Correct the count, or write 'majority'. Abstentions do not prevent unanimity."),
                related=(Related(vote.at("yes" if other else "no"), text("the other votes")),),
            )


@rule(
    "VO014",
    name="votes-without-subject",
    severity=Severity.REMARK,
    needs=("consultations.votes",),
    what=N_("A step has several votes, and more than one of them says not on what."),
    why=N_(
        "An item can hold several votes (each number of the text, each amendment), each with its own result. "
        "Only one is on the whole motion."
    ),
    wrong=_VOTE
    + 'result = "accepted"\nyes = 45\nno = 30\nabstentions = 3\n'
    + _SECOND
    + 'result = "rejected"\nyes = 30\nno = 45\nabstentions = 3\n',
    right=_VOTE
    + 'result = "accepted"\nyes = 45\nno = 30\nabstentions = 3\n'
    + _SECOND
    + 'subject = "Ziffer 2"\nresult = "rejected"\nyes = 30\nno = 45\nabstentions = 3\n',
)
def votes_without_subject(motion: Motion, context: Context) -> Iterator[Problem]:
    """Several votes need their subjects."""
    for step in motion.voted:
        if len(step.votes) == 1:
            continue
        silent = [vote for vote in step.votes if vote.subject is None and not vote.procedural]
        by_body: dict[str | None, Vote] = {}
        for vote in silent:
            first = by_body.setdefault(vote.organization, vote)
            if first is not vote:
                yield Problem(
                    vote.place,
                    text("one of several votes at this step, but on what it was is not stated"),
                    text("Name it in 'subject', or in 'proposal' by the id of a further proposal."),
                    on="header",
                    related=(Related(first.place, text("on the whole motion too")),),
                )


@rule(
    "VO015",
    name="unknown-proposal",
    severity=Severity.ERROR,
    needs=("consultations.votes.proposal",),
    what=N_("A vote is on a proposal that the motion does not have."),
    why=N_("'proposal' of a vote names one of the further proposals of the same paper by its id."),
    wrong='[[proposals]]\nid = "p1"\ntext = "Es wird geprüft."\n' + _VOTE + 'proposal = "p2"\nresult = "accepted"\n',
    right='[[proposals]]\nid = "p1"\ntext = "Es wird geprüft."\n' + _VOTE + 'proposal = "p1"\nresult = "accepted"\n',
)
def unknown_proposal(motion: Motion, context: Context) -> Iterator[Problem]:
    """The proposal that a vote names must be there."""
    known: set[str | None] | None = None
    for vote in motion.votes:
        wanted = vote.string("proposal")
        if wanted is None:
            continue
        if known is None:
            known = {proposal.string("id") for proposal in motion.tables("proposals")}
        if wanted not in known:
            yield Problem(
                vote.at("proposal"),
                text("no proposal of this motion has the id {id}", id=wanted),
                text("Known are {names}.", names=", ".join(sorted(filter(None, known))))
                if any(known)
                else text("Further proposals stand in [[proposals]]."),
            )


@rule(
    "VO016",
    name="empty-vote",
    severity=Severity.REMARK,
    needs=("consultations.votes",),
    what=N_("A vote says nothing: no result, no counts, no wording."),
    why=N_("A vote that is in the file took place. Where there was none, leave it out."),
    wrong=_VOTE,
    right=_VOTE + 'result = "accepted"\n',
)
def empty_vote(motion: Motion, context: Context) -> Iterator[Problem]:
    """A vote must say something."""
    for vote in motion.votes:
        if vote.data.keys() <= {"id"}:
            yield Problem(vote.place, text("a vote without a result, counts or wording"), on="header")


def _majority(vote: Vote) -> Text | str:
    required = vote.string("required")
    return next((text(choice.label) for choice in MAJORITIES if choice.code == required), required or "")


def _is_special(vote: Vote) -> bool:
    return vote.string("required") not in (None, "simple")


def _is_election(vote: Vote) -> bool:
    return vote.step.outcome == "elected" or bool(vote.tables("choices"))


def _or_dash(count: int | None) -> int | str:
    return "–" if count is None else count
