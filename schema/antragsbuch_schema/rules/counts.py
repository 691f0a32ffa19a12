"""VO: the counts of a vote against each other and against the seats of the body."""

from __future__ import annotations

from collections.abc import Iterator

from antragsbuch_schema.diagnostics import Related, Severity
from antragsbuch_schema.i18n import N_, joined, text
from antragsbuch_schema.suggest import same_name

from .directory import Context
from .registry import Problem, rule
from .tally import is_fixed, most_votes, seats_of
from .view import Motion, View, Vote

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
_COMMITTEE = _VOTE.replace("Regionsversammlung", "Ausschuss für Soziales, Wohnungswesen und Teilhabe")
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
_AGAIN = _SPD.replace("f1", "f2")
_MAYOR = """
[[consultations.votes.by_faction]]
id = "f1"
name = "Regionspräsident"
kind = "mayor"
"""

_COUNTS = tuple(f"consultations.votes.{key}" for key in ("yes", "no", "abstentions", "invalid", "choices"))
_LABELS = {"yes": N_("Yes"), "no": N_("No"), "abstentions": N_("Abstentions")}


@rule(
    "VO001",
    name="more-votes-than-seats",
    severity=Severity.ERROR,
    needs=_COUNTS,
    what=N_("More votes were counted than the assembly or the main committee has members with a vote."),
    why=N_(
        "The seats of a body stand in council.toml, by electoral term; the law allows a main committee no more than "
        "eleven. Who was kept from voting by bias has a seat too."
    ),
    source="§ 46, § 74 NKomVG",
    wrong=_VOTE + 'result = "accepted"\nyes = 80\nno = 4\nabstentions = 2\n',
    right=_VOTE + 'result = "accepted"\nyes = 80\nno = 4\nabstentions = 1\n',
)
def more_votes_than_seats(motion: Motion, context: Context) -> Iterator[Problem]:
    """The sum of a vote against the seats that the law or a by-law fixes."""
    for vote in motion.votes:
        problem = _above(vote, context)
        if problem is not None and is_fixed(vote, context):
            yield problem


@rule(
    "VO017",
    name="more-votes-than-members",
    severity=Severity.WARNING,
    needs=_COUNTS,
    what=N_("More votes were counted in a committee than it has members with a vote in that term."),
    why=N_("The seats stand in council.toml. Committees are enlarged within a term: so this is no error."),
    wrong=_COMMITTEE + 'result = "accepted"\nyes = 12\nno = 4\nabstentions = 0\n',
    right=_COMMITTEE + 'result = "accepted"\nyes = 8\nno = 3\nabstentions = 0\n',
)
def more_votes_than_members(motion: Motion, context: Context) -> Iterator[Problem]:
    """The sum of a vote in a committee against its seats."""
    for vote in motion.votes:
        problem = _above(vote, context)
        if problem is not None and not is_fixed(vote, context):
            yield problem


def _above(vote: Vote, context: Context) -> Problem | None:
    """That there are more votes than the body has seats, where that is so."""
    counted_votes, total = vote.stated, sum(vote.stated.values())
    options = [option for option in vote.tables("choices") if option.count("votes") is not None]
    total += sum(option.count("votes") or 0 for option in options)
    seats = most_votes(vote, context) if total else None
    biased = vote.count("biased") or 0
    if seats is None or total + biased <= seats:
        return None
    values = {"total": total, "body": vote.organization, "seats": seats}
    return Problem(
        vote.at(next(iter(counted_votes))) if counted_votes else options[0].at("votes"),
        text("{total} votes, but {body} has {seats} members with a vote in this term", **values)
        if total > seats
        else text(
            "{total} votes and {biased} biased, but {body} has {seats} members with a vote in this term",
            biased=biased,
            **values,
        ),
        text("Correct the counts, or the seats in council.toml."),
    )


@rule(
    "VO002",
    name="more-votes-than-present",
    severity=Severity.ERROR,
    needs=("consultations.votes.present",),
    what=N_("More votes were counted than members with a vote were present."),
    why=N_("Nobody votes twice, and nobody who is absent votes."),
    wrong=_VOTE + 'result = "accepted"\nyes = 40\nno = 30\nabstentions = 3\npresent = 70\n',
    right=_VOTE + 'result = "accepted"\nyes = 40\nno = 30\nabstentions = 3\npresent = 73\n',
)
def more_votes_than_present(motion: Motion, context: Context) -> Iterator[Problem]:
    """The sum of a vote against the members who were present."""
    for vote in motion.votes:
        present, total = vote.count("present"), sum(vote.stated.values())
        if present is not None and total > present:
            yield Problem(
                vote.at("present"),
                text(
                    "{total} votes, but only {present} members with a vote were present", total=total, present=present
                ),
                text("Correct the counts, or the number of those present."),
                related=tuple(Related(vote.at(key), text("a count of the vote")) for key in vote.stated),
            )


@rule(
    "VO009",
    name="partial-counts",
    severity=Severity.REMARK,
    needs=(
        "consultations.votes.yes",
        "consultations.votes.no",
        "consultations.votes.abstentions",
    ),
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
    for vote in motion.votes:
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
    needs=("consultations.votes.by_faction",),
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
    for vote in motion.votes:
        rows = vote.tables("by_faction")
        for key, count in (("yes", vote.yes), ("no", vote.no), ("abstentions", vote.abstentions)):
            stated = [number for row in rows if (number := row.count(key)) is not None]
            total = sum(stated)
            if count is not None and stated and (total > count or (total < count and len(stated) == len(rows))):
                yield Problem(
                    vote.at(key),
                    text(
                        "{label}: {count} here, but the factions add up to {total}",
                        label=text(_LABELS[key]),
                        count=count,
                        total=total,
                    ),
                    related=tuple(
                        Related(row.at(key), text("one of them")) for row in rows if row.count(key) is not None
                    )[:1],
                )


@rule(
    "VO011",
    name="faction-above-its-seats",
    severity=Severity.WARNING,
    needs=("consultations.votes.by_faction.name",),
    what=N_("A faction cast more votes than it has seats in that term."),
    why=N_("The seats of a faction stand in council.toml, by electoral term; members may have changed sides since."),
    wrong=_VOTE + 'result = "accepted"\nyes = 40\nno = 8\nabstentions = 0\n' + _SPD + "yes = 30\n",
    right=_VOTE + 'result = "accepted"\nyes = 40\nno = 8\nabstentions = 0\n' + _SPD + "yes = 20\n",
)
def faction_above_its_seats(motion: Motion, context: Context) -> Iterator[Problem]:
    """The votes of a faction against its seats."""
    for vote in motion.votes:
        for row in vote.tables("by_faction"):
            name, day = row.string("name"), vote.step.held
            seats = context.council.seats(context.council.factions.on(name, day), day)
            total = sum(_cast(row).values())
            if seats is not None and total > seats:
                yield Problem(
                    row.at("name"),
                    text(
                        "{total} votes of {name}, which has {seats} seats in this term",
                        total=total,
                        name=name,
                        seats=seats,
                    ),
                )


@rule(
    "VO012",
    name="present-above-seats",
    severity=Severity.ERROR,
    needs=("consultations.votes.present",),
    what=N_("More members with a vote were present than the assembly or the main committee has in that term."),
    why=N_("Guests and advisory members are not members with a vote."),
    wrong=_VOTE + 'result = "accepted"\nyes = 45\nno = 30\nabstentions = 3\npresent = 90\n',
    right=_VOTE + 'result = "accepted"\nyes = 45\nno = 30\nabstentions = 3\npresent = 80\n',
)
def present_above_seats(motion: Motion, context: Context) -> Iterator[Problem]:
    """Who was present against the seats of the body."""
    for vote in motion.votes:
        present = vote.count("present")
        seats = most_votes(vote, context) if present is not None else None
        if present is not None and seats is not None and present > seats and is_fixed(vote, context):
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
    needs=("consultations.votes.present",),
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
    for vote in motion.votes:
        present = vote.count("present")
        seats = seats_of(vote, context) if present is not None else None
        if present is not None and seats is not None and 2 * present <= seats:
            yield Problem(
                vote.at("present"),
                text(
                    "{present} of {seats} members present are not more than half of them", present=present, seats=seats
                ),
            )


@rule(
    "VO018",
    name="one-member-several-votes",
    severity=Severity.ERROR,
    needs=(
        "consultations.votes.by_faction.kind=member",
        "consultations.votes.by_faction.kind=mayor",
    ),
    what=N_("A single member, or the mayor, has more than one vote."),
    why=N_("Everybody has one vote, and gives it one way."),
    wrong=_VOTE + 'result = "accepted"\nyes = 40\nno = 8\nabstentions = 0\n' + _MAYOR + "yes = 2\n",
    right=_VOTE + 'result = "accepted"\nyes = 40\nno = 8\nabstentions = 0\n' + _MAYOR + "yes = 1\n",
)
def one_member_several_votes(motion: Motion, context: Context) -> Iterator[Problem]:
    """One person, one vote."""
    for vote in motion.votes:
        for row in vote.tables("by_faction"):
            cast = _cast(row)
            if row.string("kind") in ("member", "mayor") and sum(cast.values()) > 1:
                yield Problem(
                    row.at(next(key for key, count in cast.items() if count)),
                    text(
                        "{count} votes of one person: {name}", count=sum(cast.values()), name=row.string("name") or "–"
                    ),
                    text('Correct the count, or write kind = "faction".'),
                    related=(Related(row.at("kind"), text("counted as one person")),),
                )


@rule(
    "VO019",
    name="faction-twice",
    severity=Severity.WARNING,
    needs=("consultations.votes.by_faction.name",),
    what=N_("A faction stands twice among the votes by faction."),
    why=N_("Its votes would be counted twice."),
    wrong=_VOTE + 'result = "accepted"\nyes = 40\nno = 8\nabstentions = 0\n' + _SPD + "no = 3\n" + _AGAIN + "no = 3\n",
    right=_VOTE + 'result = "accepted"\nyes = 40\nno = 8\nabstentions = 0\n' + _SPD + "no = 3\n" + _CDU + "no = 5\n",
)
def faction_twice(motion: Motion, context: Context) -> Iterator[Problem]:
    """Every faction has one line."""
    known = context.council.factions
    for vote in motion.votes:
        seen: dict[str, View] = {}
        for row in vote.tables("by_faction"):
            name = row.string("name")
            if name is None:
                continue
            faction = known.on(name, vote.step.held)
            first = seen.setdefault(same_name(faction.name if faction else name), row)
            if first is not row:
                yield Problem(
                    row.at("name"),
                    text("{name} stands twice in this table", name=name),
                    text("Add the counts up in one line."),
                    related=(Related(first.at("name"), text("the first one")),),
                )


def _cast(row: View) -> dict[str, int]:
    """The counts of one line, by key."""
    return {key: count for key in ("yes", "no", "abstentions") if (count := row.count(key)) is not None}
