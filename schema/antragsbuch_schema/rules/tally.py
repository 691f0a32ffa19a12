"""What the rules about votes share: the seats behind each vote, and whether its counts are a majority."""

from __future__ import annotations

from .directory import Context
from .view import Vote


def reached(vote: Vote, seats: int | None) -> bool | None:
    """Whether the counts are the majority that the vote needed; None where they do not say.

    Abstentions never count among the votes. Where a law could count them in (two thirds of the votes), only a result
    that is the same either way is known.
    """
    yes, no = vote.yes, vote.no
    required = vote.string("required")
    if yes is None or required is None or required == "simple":
        return None if yes is None or no is None else yes > no
    if required == "unanimity":
        return no == 0 if no is not None else None
    if required == "two_thirds":
        return _two_thirds(yes, no, vote.abstentions or 0)
    share = {"members": (1, 2), "two_thirds_members": (2, 3), "three_quarters_members": (3, 4)}.get(required)
    if share is None or seats is None:
        return None
    part, whole = share
    return yes * whole > seats * part if required == "members" else yes * whole >= seats * part


def _two_thirds(yes: int, no: int | None, abstentions: int) -> bool | None:
    if no is None:
        return None
    if 3 * yes >= 2 * (yes + no + abstentions):
        return True
    return False if 3 * yes < 2 * (yes + no) else None


def seats_of(vote: Vote, context: Context) -> int | None:
    """The members with a vote in the body, or bodies of a joint session, that voted; None where one is not known."""
    held, council = vote.step.held, context.council
    seats = 0
    for name in _voting(vote):
        count = council.seats(council.bodies.on(name, held), held)
        if count is None:
            return None
        seats += count
    return seats


MAIN_COMMITTEE = 11
"""The most members with a vote that a main committee can have: the president and ten (§ 74 NKomVG)."""


def most_votes(vote: Vote, context: Context) -> int | None:
    """How many votes can be cast at most: the seats, or what the law allows where these are not known."""
    seats = seats_of(vote, context)
    if seats is None and context.council.lower_saxon and _kinds(vote, context) == {"main_committee"}:
        return MAIN_COMMITTEE
    return seats


def is_fixed(vote: Vote, context: Context) -> bool:
    """Whether the number of seats of what voted is fixed for the term: of the assembly and the main committee."""
    return _kinds(vote, context) <= {"assembly", "main_committee"}


def _kinds(vote: Vote, context: Context) -> set[str]:
    bodies = (context.council.bodies.on(name, vote.step.held) for name in _voting(vote))
    return {body.classification if body else "" for body in bodies}


def _voting(vote: Vote) -> list[str | None]:
    """The bodies whose members voted: the step's, with those of a joint session, or the one that voted apart."""
    names = [vote.organization]
    if vote.string("organization") is None:
        names += [name for _place, name in vote.step.texts("joint_with")]
    return names
