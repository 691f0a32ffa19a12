"""VO: the counts of a vote against each other and against the seats of the body."""

from __future__ import annotations

from collections.abc import Iterator

from antragsbuch_schema.diagnostics import Related, Severity
from antragsbuch_schema.i18n import N_, joined, text

from .directory import Context
from .registry import Problem, rule
from .tally import seats_of, votes
from .view import Motion

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
_SPD = """
[[consultations.votes.by_faction]]
id = "f1"
name = "SPD"
"""
_CDU = """
[[consultations.votes.by_faction]]
id = "f2"
name = "CDU"
"""


_LABELS = {"yes": N_("Yes"), "no": N_("No"), "abstentions": N_("Abstentions")}


@rule(
    "VO001",
    name="more-votes-than-seats",
    severity=Severity.ERROR,
    what=N_("More votes were counted than the body has members with a vote in that term."),
    why=N_("The seats of a body stand in council.toml, by electoral term. Members kept from voting are not counted."),
    source="§ 46, § 74 NKomVG",
    wrong=_VOTE + 'result = "accepted"\nyes = 80\nno = 4\nabstentions = 2\n',
    right=_VOTE + 'result = "accepted"\nyes = 80\nno = 4\nabstentions = 1\n',
)
def more_votes_than_seats(motion: Motion, context: Context) -> Iterator[Problem]:
    """The sum of a vote against the seats of the body."""
    for vote in votes(motion):
        cast = vote.stated
        if not cast:
            continue
        seats, total = seats_of(vote, context), sum(cast.values())
        if seats is not None and total > seats:
            yield Problem(
                vote.at(next(iter(cast))),
                text(
                    "{total} votes, but {body} has {seats} members with a vote in this term",
                    total=total,
                    body=vote.organization,
                    seats=seats,
                ),
                text("Correct the counts, or the seats in council.toml."),
            )


@rule(
    "VO002",
    name="more-votes-than-present",
    severity=Severity.ERROR,
    what=N_("More votes were counted than members with a vote were present."),
    why=N_("Nobody votes twice, and nobody who is absent votes."),
    wrong=_VOTE + 'result = "accepted"\nyes = 40\nno = 30\nabstentions = 3\npresent = 70\n',
    right=_VOTE + 'result = "accepted"\nyes = 40\nno = 30\nabstentions = 3\npresent = 73\n',
)
def more_votes_than_present(motion: Motion, context: Context) -> Iterator[Problem]:
    """The sum of a vote against the members who were present."""
    for vote in votes(motion):
        present, total = vote.count("present"), sum(vote.stated.values())
        if present is not None and total > present:
            yield Problem(
                vote.at("present"),
                text(
                    "{total} votes, but only {present} members with a vote were present", total=total, present=present
                ),
            )


@rule(
    "VO009",
    name="partial-counts",
    severity=Severity.REMARK,
    what=N_("Of yes, no and abstentions only some are stated."),
    why=N_(
        "Minutes often say '3 Nein-Stimmen, ansonsten Zustimmung'. A count that is missing was not stated; 0 is "
        "a number."
    ),
    wrong=_VOTE + 'result = "accepted"\nyes = 45\nno = 30\n',
    right=_VOTE + 'result = "accepted"\nyes = 45\nno = 30\nabstentions = 0\n',
)
def partial_counts(motion: Motion, context: Context) -> Iterator[Problem]:
    """All three counts or none."""
    for vote in votes(motion):
        counts = {"yes": vote.yes, "no": vote.no, "abstentions": vote.abstentions}
        missing = [key for key, count in counts.items() if count is None and key not in vote.data]
        if 0 < len(missing) < len(counts):
            yield Problem(
                vote.place,
                text("not stated: {keys}", keys=joined([text(_LABELS[key]) for key in missing])),
                text("Write 0 where the source says that there were none."),
                on="header",
            )


@rule(
    "VO010",
    name="factions-do-not-add-up",
    severity=Severity.WARNING,
    what=N_("The votes by faction do not add up to the count of the vote."),
    why=N_(
        "Where every line of the table has a count, the lines are the whole; where some lack it, they are at "
        "most the whole."
    ),
    wrong=_VOTE + 'result = "accepted"\nyes = 10\nno = 8\nabstentions = 0\n' + _SPD + "no = 3\n" + _CDU + "no = 2\n",
    right=_VOTE + 'result = "accepted"\nyes = 10\nno = 5\nabstentions = 0\n' + _SPD + "no = 3\n" + _CDU + "no = 2\n",
)
def factions_do_not_add_up(motion: Motion, context: Context) -> Iterator[Problem]:
    """The sum of the factions against each count."""
    for vote in votes(motion):
        rows = vote.tables("by_faction")
        for key, count in (("yes", vote.yes), ("no", vote.no), ("abstentions", vote.abstentions)):
            stated = [number for row in rows if (number := row.count(key)) is not None]
            total = sum(stated)
            if count is not None and stated and (total > count or (total < count and len(stated) == len(rows))):
                yield Problem(
                    vote.at(key),
                    text("{count} here, but the factions add up to {total}", count=count, total=total),
                    related=tuple(
                        Related(row.at(key), text("one of them")) for row in rows if row.count(key) is not None
                    )[:1],
                )


@rule(
    "VO011",
    name="faction-above-its-seats",
    severity=Severity.WARNING,
    what=N_("A faction cast more votes than it has seats in that term."),
    why=N_("The seats of a faction stand in council.toml, by electoral term; members may have changed sides since."),
    wrong=_VOTE + 'result = "accepted"\nyes = 40\nno = 8\nabstentions = 0\n' + _SPD + "yes = 30\n",
    right=_VOTE + 'result = "accepted"\nyes = 40\nno = 8\nabstentions = 0\n' + _SPD + "yes = 20\n",
)
def faction_above_its_seats(motion: Motion, context: Context) -> Iterator[Problem]:
    """The votes of a faction against its seats."""
    for vote in votes(motion):
        for row in vote.tables("by_faction"):
            cast = [count for key in ("yes", "no", "abstentions") if (count := row.count(key)) is not None]
            name, day = row.string("name"), vote.step.held
            seats = context.council.seats(context.council.factions.on(name, day), day)
            if seats is not None and sum(cast) > seats:
                yield Problem(
                    row.at("name"),
                    text(
                        "{total} votes of {name}, which has {seats} seats in this term",
                        total=sum(cast),
                        name=name,
                        seats=seats,
                    ),
                )


@rule(
    "VO012",
    name="present-above-seats",
    severity=Severity.ERROR,
    what=N_("More members with a vote were present than the body has in that term."),
    why=N_("Guests and advisory members are not members with a vote."),
    wrong=_VOTE + 'result = "accepted"\nyes = 45\nno = 30\nabstentions = 3\npresent = 90\n',
    right=_VOTE + 'result = "accepted"\nyes = 45\nno = 30\nabstentions = 3\npresent = 80\n',
)
def present_above_seats(motion: Motion, context: Context) -> Iterator[Problem]:
    """Who was present against the seats of the body."""
    for vote in votes(motion):
        present = vote.count("present")
        seats = seats_of(vote, context) if present is not None else None
        if present is not None and seats is not None and present > seats:
            yield Problem(
                vote.at("present"),
                text(
                    "{present} present, but {body} has {seats} members with a vote in this term",
                    present=present,
                    body=vote.organization,
                    seats=seats,
                ),
            )


@rule(
    "VO013",
    name="no-quorum",
    severity=Severity.WARNING,
    what=N_("Not more than half of the members with a vote were present."),
    why=N_(
        "The body has a quorum when the majority of its members is present, but counts as having it until that "
        "is doubted."
    ),
    source="§ 65 NKomVG",
    wrong=_VOTE + 'result = "accepted"\nyes = 30\nno = 10\nabstentions = 2\npresent = 42\n',
    right=_VOTE + 'result = "accepted"\nyes = 30\nno = 10\nabstentions = 2\npresent = 43\n',
)
def no_quorum(motion: Motion, context: Context) -> Iterator[Problem]:
    """Who was present against half of the seats."""
    for vote in votes(motion):
        present = vote.count("present")
        seats = seats_of(vote, context) if present is not None else None
        if present is not None and seats is not None and 2 * present <= seats:
            yield Problem(
                vote.at("present"),
                text(
                    "{present} of {seats} members present are not more than half of them", present=present, seats=seats
                ),
            )
