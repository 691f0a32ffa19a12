"""What the rules about votes share: every vote, the seats behind it, and whether its counts are a majority."""

from __future__ import annotations

from collections.abc import Iterator

from .directory import Context
from .view import Motion, Vote


def votes(motion: Motion) -> Iterator[Vote]:
    """Every vote of every step."""
    for step in motion.steps:
        yield from step.votes


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
    step = vote.step
    names = [vote.organization]
    if vote.string("organization") is None:
        names += [name for _place, name in step.texts("joint_with")]
    seats = [context.council.seats(context.council.bodies.on(name, step.held), step.held) for name in names]
    known = [count for count in seats if count is not None]
    return sum(known) if known and len(known) == len(seats) else None
