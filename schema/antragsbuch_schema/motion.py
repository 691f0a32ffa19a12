"""The model of a motion, in types. Names, order and meaning of the fields are those of `motion_fields`."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from .budget import Budget
from .model import Count, Identity, Line, Name, Prose, Table

Role = Literal["preparation", "decision", "hearing", "noting", "debate", "other"]
Outcome = Literal[
    "as_proposed",
    "amended",
    "rejected",
    "partly",
    "deferred",
    "referred",
    "withdrawn",
    "removed",
    "noted",
    "settled",
    "discussed",
    "no_vote",
    "elected",
    "other",
]
Result = Literal["accepted", "rejected", "other"]
Manner = Literal["unanimous", "majority"]
Method = Literal["open", "secret", "roll_call"]
Majority = Literal["simple", "members", "two_thirds", "two_thirds_members", "three_quarters_members", "unanimity"]
Voter = Literal["faction", "member", "mayor"]
Minutes = Literal["draft", "approved"]
Recommendation = Literal["accept", "amend", "reject", "settled", "none"]


class FactionVote(Table):
    """How one faction, member or the mayor voted."""

    id: Identity | None = None
    """Given once, never changed or used again."""
    name: Line | None = None
    """Faction or person, as the minutes write it."""
    kind: Voter | None = None
    """A faction, one member, or the mayor."""
    yes: Count | None = None
    """Votes for it."""
    no: Count | None = None
    """Votes against it."""
    abstentions: Count | None = None
    """Abstentions; they never decide."""


class ChoiceVote(Table):
    """The votes for one of several options."""

    id: Identity | None = None
    """Given once, never changed or used again."""
    label: Line | None = None
    """What could be voted for, as in 'a)'."""
    votes: Count | None = None
    """Votes for this option."""


class Vote(Table):
    """One vote at one step. A count that is missing was not stated."""

    id: Identity | None = None
    """Given once, never changed or used again."""
    subject: Line | None = None
    """What was voted on, where it is not the whole motion."""
    proposal: Line | None = None
    """The id of the proposal that was voted on."""
    organization: Line | None = None
    """The body that voted, where bodies met jointly and voted apart."""
    procedural: bool = False
    """On the procedure (deferral, referral), not on the matter."""
    result: Result | None = None
    """Accepted only with more yes than no votes; a tie rejects."""
    manner: Manner | None = None
    """Only where the source says it."""
    method: Method | None = None
    """How the votes were cast."""
    required: Majority | None = None
    """Where it is not the majority of the votes."""
    yes: Count | None = None
    """Number of yes votes."""
    no: Count | None = None
    """Number of no votes."""
    abstentions: Count | None = None
    """Number of abstentions; they never decide."""
    invalid: Count | None = None
    """Number of invalid votes."""
    biased: Count | None = None
    """Members who were kept from voting by bias."""
    present: Count | None = None
    """Members with a vote who were present."""
    text: Line | None = None
    """The vote as the minutes word it."""
    by_faction: list[FactionVote] | None = None
    """How each faction voted."""
    choices: list[ChoiceVote] | None = None
    """Votes for one of several options."""


class Consultation(Table):
    """One step of the Beratungsfolge: a body deals with the motion on a date in a role."""

    id: Identity | None = None
    """Given once, never changed or used again."""
    organization: Line | None = None
    """The body that deals with the motion, as printed."""
    joint_with: list[Line] | None = None
    """Other bodies in the same joint session."""
    date: dt.date | None = None
    """Date of the session."""
    time: dt.time | None = None
    """Start, where a body meets twice on a day."""
    meeting: Line | None = None
    """Label of the session, such as its number."""
    agenda_item: Line | None = None
    """Number of the agenda item, such as 7.12."""
    role: Role | None = None
    """What the body does with the motion."""
    role_text: Line | None = None
    """The source's own word, where it is not the usual one."""
    lead: bool = False
    """The leading body (Federführung)."""
    authoritative: bool | None = None
    """A binding decision is made here; only as the source says it."""
    public: bool | None = None
    """Whether this step is public, where it differs from the motion."""
    outcome: Outcome | None = None
    """How the step ended."""
    result_text: Line | None = None
    """The outcome in the source's own words."""
    deferred_to: dt.date | None = None
    """Date to which it was deferred."""
    referred_to: Line | None = None
    """Body to which it was referred."""
    joint_debate: list[Line] | None = None
    """References of papers debated together with this one."""
    minutes: Minutes | None = None
    """Whether the minutes are a draft or approved."""
    minutes_date: dt.date | None = None
    """Date of the minutes."""
    resolution_text: Prose | None = None
    """What was resolved, where it differs from the proposal."""
    remarks: Prose | None = None
    """Anything else about this step."""
    votes: list[Vote] | None = None
    """The votes at this step; usually one."""


class MainFile(Table):
    """The printed motion as a file."""

    title: Line | None = None
    """Name of the file for people."""
    path: Line | None = None
    """Path in this repository."""
    url: Line | None = None
    """Where the file can be had."""
    media_type: Line | None = None
    """Such as application/pdf."""
    sha256: Line | None = None
    """Checksum of the content, 64 hexadecimal digits."""
    public: bool | None = None
    """Whether the file is public, where it differs from the motion."""


class Attachment(Table):
    """A file that belongs to the motion."""

    id: Identity | None = None
    """Given once, never changed or used again."""
    title: Line | None = None
    """Name of the file for people."""
    path: Line | None = None
    """Path in this repository."""
    url: Line | None = None
    """Where the file can be had."""
    media_type: Line | None = None
    """Such as application/pdf."""
    sha256: Line | None = None
    """Checksum of the content, 64 hexadecimal digits."""
    public: bool | None = None
    """Whether the file is public, where it differs from the motion."""


class Proposal(Table):
    """One of several proposals in one paper."""

    id: Identity | None = None
    """Given once, never changed or used again."""
    label: Line | None = None
    """Number or heading of this proposal."""
    originators: list[Line] | None = None
    """Who moves this proposal."""
    text: Prose | None = None
    """What is to be resolved."""


class Replacement(Table):
    """What an amendment puts in place of a passage."""

    id: Identity | None = None
    """Given once, never changed or used again."""
    passage: Line | None = None
    """Which part of the amended motion is replaced."""
    text: Prose | None = None
    """The text that replaces it."""


class Statement(Table):
    """What the administration says about the motion."""

    organization: Line | None = None
    """The office that states it."""
    date: dt.date | None = None
    """Date of the statement."""
    recommendation: Recommendation | None = None
    """What the administration recommends."""
    text: Prose | None = None
    """The statement of the administration."""


class Answer(Table):
    """The answer to a question."""

    organization: Line | None = None
    """The office that answers."""
    date: dt.date | None = None
    """Date of the answer."""
    text: Prose | None = None
    """The answer to the question."""


class Withdrawal(Table):
    """The movers took the motion back."""

    date: dt.date | None = None
    """Date of the withdrawal."""
    originators: list[Line] | None = None
    """Who withdrew it."""
    reason: Line | None = None
    """Why it was withdrawn."""


class Source(Table):
    """Where the motion was imported from."""

    name: Line | None = None
    """The system or document that the motion came from."""
    url: Line | None = None
    """Address of the original."""
    id: Line | None = None
    """The identity in the source."""
    retrieved: dt.date | None = None
    """Date on which it was read there."""
    modified: Line | None = None
    """When the source says that it was last modified."""


class Motion(Table):
    """A motion: one file."""

    id: Identity
    """Given once, never changed or used again."""
    reference: Line | None = None
    """The number by which people cite the motion."""
    paper_type: Line | None = None
    """Kind of paper, such as Haushaltsantrag."""
    title: Name
    """Title of the motion, without its movers."""
    public: bool = True
    """Whether the motion is public."""
    originators: list[Line] | None = None
    """Factions or persons who move it, as printed."""
    under_direction_of: list[Line] | None = None
    """Offices that are responsible for the content."""
    submitted: dt.date | None = None
    """The date that the movers put on it."""
    date: dt.date | None = None
    """The date of the printed paper."""
    amends: Line | None = None
    """Reference of the motion that this one amends."""
    related_papers: list[Line] | None = None
    """References of related papers."""
    superordinated_papers: list[Line] | None = None
    """References of the papers that this one belongs to."""
    subordinated_papers: list[Line] | None = None
    """References of the papers that belong to this one."""
    proposal: Prose | None = None
    """What is to be resolved (Beschlussvorschlag)."""
    facts: Prose | None = None
    """Why it is moved (Sachverhalt)."""
    remarks: Prose | None = None
    """Notes that are not part of the motion."""
    attachments: list[Attachment] | None = None
    """Files that belong to the motion; none is a statement too."""
    main_file: MainFile | None = None
    """The printed motion as a file."""
    proposals: list[Proposal] | None = None
    """Several proposals in one paper."""
    replacements: list[Replacement] | None = None
    """What an amendment puts in place of the amended text."""
    budget: Budget | None = None
    """Places and amounts in the draft budget."""
    consultations: list[Consultation] | None = None
    """Which body deals with it on which date (Beratungsfolge)."""
    statement: Statement | None = None
    """What the administration says about it."""
    answer: Answer | None = None
    """The answer, where the paper is a question."""
    withdrawal: Withdrawal | None = None
    """The movers took it back."""
    source: Source | None = None
    """Where the motion was imported from."""
