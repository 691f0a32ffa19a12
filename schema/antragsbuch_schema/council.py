"""The model of `council.toml`, in types. Names, order and meaning of the fields are those of `council_fields`."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from .model import Count, Identity, Line, Name, Table
from .motion import Role

Classification = Literal["assembly", "main_committee", "committee", "advisory", "district", "other"]
RegisterLanguage = Literal["de", "en"]
Profile = Literal["nkomvg", "simple"]


class References(Table):
    """How references are built, and where their files lie."""

    pattern: Line | None = None
    """Placeholders in braces: counter, year, term, type and part."""
    path: Line | None = None
    """Below motions/, with the same placeholders and hundred."""


class Law(Table):
    """The law that decides about majorities."""

    profile: Profile | None = None
    """Whose majority rule holds."""


class Rules(Table):
    """What the register makes of the rules."""

    severity: dict[str, Line] | None = None
    """By code: off, remark, warning or error."""


class Term(Table):
    """An electoral term."""

    id: Identity | None = None
    """Given once, never changed or used again."""
    name: Name
    """As it stands in the reference, such as V."""
    start: dt.date | None = None
    """First day of the term."""
    end: dt.date | None = None
    """Last day of the term."""


class Seats(Table):
    """The members with a vote in one term."""

    id: Identity | None = None
    """Given once, never changed or used again."""
    term: Name
    """Name of the term."""
    seats: Count
    """Members with a vote in that term."""


class FormerName(Table):
    """A name that a body had before."""

    id: Identity | None = None
    """Given once, never changed or used again."""
    name: Name
    """A name that the body had."""
    until: dt.date | None = None
    """Last day of that name."""


class Organization(Table):
    """A body: the assembly or a committee."""

    id: Identity | None = None
    """Given once, never changed or used again."""
    name: Name
    """Official name of the body."""
    short_name: Line | None = None
    """A short form for narrow lists."""
    classification: Classification | None = None
    """Assembly, main committee, committee ..."""
    public: bool = True
    """Whether its sessions are public."""
    start: dt.date | None = None
    """First day of the body."""
    end: dt.date | None = None
    """Last day of the body."""
    spellings: list[Line] | None = None
    """Other spellings that mean this body."""
    former_names: list[FormerName] | None = None
    """Names that the body had before."""
    seats: list[Seats] | None = None
    """Members with a vote, by term."""


class Faction(Table):
    """A faction or group."""

    id: Identity | None = None
    """Given once, never changed or used again."""
    name: Name
    """Name of the faction or group."""
    short_name: Line | None = None
    """A short form for narrow lists."""
    spellings: list[Line] | None = None
    """Other spellings that mean this faction."""
    start: dt.date | None = None
    """First day of the faction."""
    end: dt.date | None = None
    """Last day of the faction."""
    seats: list[Seats] | None = None
    """Members with a vote, by term."""


class PaperType(Table):
    """A kind of paper."""

    id: Identity | None = None
    """Given once, never changed or used again."""
    name: Name
    """Name of the paper type, such as Haushaltsantrag."""
    code: Line | None = None
    """As it stands in the reference, such as HHA."""
    decided: bool = True
    """Whether a body must decide on papers of this type."""


class SubBudget(Table):
    """A part of the budget."""

    id: Identity | None = None
    """Given once, never changed or used again."""
    number: Name
    """Number of the sub-budget."""
    name: Line | None = None
    """Name of the sub-budget."""


class TemplateStep(Table):
    """One step of a usual sequence."""

    id: Identity | None = None
    """Given once, never changed or used again."""
    organization: Line | None = None
    """The body that deals with the motion."""
    role: Role | None = None
    """What the body does with the motion."""
    lead: bool = False
    """The leading body (Federführung)."""


class Template(Table):
    """A usual sequence of consultations."""

    id: Identity | None = None
    """Given once, never changed or used again."""
    name: Name
    """Name of the template."""
    paper_types: list[Line] | None = None
    """The paper types that it is offered for."""
    steps: list[TemplateStep] | None = None
    """The steps in their order."""


class ImportSource(Table):
    """Where motions are imported from."""

    id: Identity | None = None
    """Given once, never changed or used again."""
    name: Name
    """Name of the source."""
    url: Line | None = None
    """Address of an OParl server or a folder."""


class Council(Table):
    """The vocabulary and the settings of a register: `council.toml`."""

    format: Count
    """Version of the file format."""
    requires: Line | None = None
    """Oldest version of the program that may write, such as 0.1."""
    name: Name
    """Name of the council or region."""
    public: bool = True
    """A public register holds nothing confidential."""
    language: RegisterLanguage | None = None
    """Language of the commit messages."""
    time_zone: Line | None = None
    """Such as Europe/Berlin."""
    reference: References | None = None
    """How a reference is built, and the path of its file."""
    law: Law | None = None
    """The law that decides about majorities."""
    rules: Rules | None = None
    """What this register makes of the rules."""
    terms: list[Term] | None = None
    """The electoral terms with their dates."""
    organizations: list[Organization] | None = None
    """Assembly and committees."""
    factions: list[Faction] | None = None
    """Factions and groups."""
    paper_types: list[PaperType] | None = None
    """Kinds of paper and their codes."""
    sub_budgets: list[SubBudget] | None = None
    """The sub-budgets of the budget."""
    templates: list[Template] | None = None
    """Usual sequences of consultations."""
    sources: list[ImportSource] | None = None
    """Where motions are imported from."""
