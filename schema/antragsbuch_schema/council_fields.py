"""Every field of `council.toml`: the vocabulary and the settings of one register."""

from __future__ import annotations

from .fields import Choice, Field, Fields, Kind, Vocabulary
from .i18n import N_

CLASSIFICATIONS = (
    Choice("assembly", N_("assembly")),
    Choice("main_committee", N_("main committee")),
    Choice("committee", N_("committee")),
    Choice("advisory", N_("advisory board")),
    Choice("district", N_("district council")),
    Choice("other", N_("other body")),
)

_LANGUAGES = (Choice("de", N_("German")), Choice("en", N_("English")))

_PROFILES = (
    Choice("nkomvg", N_("Lower Saxony (NKomVG)")),
    Choice("simple", N_("majority of votes, a tie rejects")),
)

_ROLE_CODES = (
    Choice("preparation", N_("preparation")),
    Choice("decision", N_("decision")),
    Choice("hearing", N_("hearing")),
    Choice("noting", N_("taking note")),
    Choice("debate", N_("consultation")),
    Choice("other", N_("other role")),
)

_ID = Field("id", Kind.TEXT, N_("Identity"), N_("Given once, never changed or used again."))

_SEATS: Fields = (
    _ID,
    Field("term", Kind.TEXT, N_("Electoral term"), N_("Name of the term."), vocabulary=Vocabulary.TERMS, required=True),
    Field("seats", Kind.INTEGER, N_("Seats"), N_("Members with a vote in that term."), required=True),
)

_FORMER_NAME: Fields = (
    _ID,
    Field("name", Kind.TEXT, N_("Name"), N_("A name that the body had."), required=True),
    Field("until", Kind.DATE, N_("Until"), N_("Last day of that name.")),
)

_TERM: Fields = (
    _ID,
    Field("name", Kind.TEXT, N_("Name"), N_("As it stands in the reference, such as V."), required=True),
    Field("start", Kind.DATE, N_("Begin"), N_("First day of the term.")),
    Field("end", Kind.DATE, N_("End"), N_("Last day of the term.")),
)

_ORGANIZATION: Fields = (
    _ID,
    Field("name", Kind.TEXT, N_("Name"), N_("Official name of the body."), required=True),
    Field("short_name", Kind.TEXT, N_("Short name"), N_("A short form for narrow lists.")),
    Field(
        "classification",
        Kind.CHOICE,
        N_("Classification"),
        N_("Assembly, main committee, committee ..."),
        CLASSIFICATIONS,
    ),
    Field("public", Kind.BOOLEAN, N_("Public"), N_("Whether its sessions are public."), default=True),
    Field("start", Kind.DATE, N_("Begin"), N_("First day of the body.")),
    Field("end", Kind.DATE, N_("End"), N_("Last day of the body.")),
    Field("spellings", Kind.TEXTS, N_("Other spellings"), N_("Other spellings that mean this body.")),
    Field(
        "former_names",
        Kind.TABLES,
        N_("Former names"),
        N_("Names that the body had before."),
        fields=_FORMER_NAME,
        prefix="n",
    ),
    Field("seats", Kind.TABLES, N_("Seats"), N_("Members with a vote, by term."), fields=_SEATS, prefix="s"),
)

_FACTION: Fields = (
    _ID,
    Field("name", Kind.TEXT, N_("Name"), N_("Name of the faction or group."), required=True),
    Field("short_name", Kind.TEXT, N_("Short name"), N_("A short form for narrow lists.")),
    Field("spellings", Kind.TEXTS, N_("Other spellings"), N_("Other spellings that mean this faction.")),
    Field("start", Kind.DATE, N_("Begin"), N_("First day of the faction.")),
    Field("end", Kind.DATE, N_("End"), N_("Last day of the faction.")),
    Field("seats", Kind.TABLES, N_("Seats"), N_("Members with a vote, by term."), fields=_SEATS, prefix="s"),
)

_PAPER_TYPE: Fields = (
    _ID,
    Field("name", Kind.TEXT, N_("Name"), N_("Name of the paper type, such as Haushaltsantrag."), required=True),
    Field("code", Kind.TEXT, N_("Code"), N_("As it stands in the reference, such as HHA.")),
    Field(
        "decided",
        Kind.BOOLEAN,
        N_("Is decided on"),
        N_("Whether a body must decide on papers of this type."),
        default=True,
    ),
)

_SUB_BUDGET: Fields = (
    _ID,
    Field("number", Kind.TEXT, N_("Number"), N_("Number of the sub-budget."), required=True),
    Field("name", Kind.TEXT, N_("Name"), N_("Name of the sub-budget.")),
)

_TEMPLATE_STEP: Fields = (
    _ID,
    Field(
        "organization",
        Kind.TEXT,
        N_("Body"),
        N_("The body that deals with the motion."),
        vocabulary=Vocabulary.ORGANIZATIONS,
    ),
    Field("role", Kind.CHOICE, N_("Role"), N_("What the body does with the motion."), _ROLE_CODES),
    Field("lead", Kind.BOOLEAN, N_("Lead"), N_("The leading body (Federführung)."), default=False),
)

_TEMPLATE: Fields = (
    _ID,
    Field("name", Kind.TEXT, N_("Name"), N_("Name of the template."), required=True),
    Field(
        "paper_types",
        Kind.TEXTS,
        N_("Paper types"),
        N_("The paper types that it is offered for."),
        vocabulary=Vocabulary.PAPER_TYPES,
    ),
    Field("steps", Kind.TABLES, N_("Steps"), N_("The steps in their order."), fields=_TEMPLATE_STEP, prefix="s"),
)

_SOURCE: Fields = (
    _ID,
    Field("name", Kind.TEXT, N_("Name"), N_("Name of the source."), required=True),
    Field("url", Kind.TEXT, N_("Address"), N_("Address of an OParl server or a folder.")),
)

COUNCIL: Fields = (
    Field("format", Kind.INTEGER, N_("Format"), N_("Version of the file format."), required=True),
    Field(
        "requires",
        Kind.TEXT,
        N_("Requires"),
        N_("Oldest version of the program that may write, such as 0.1."),
    ),
    Field("name", Kind.TEXT, N_("Name"), N_("Name of the council or region."), required=True),
    Field(
        "public",
        Kind.BOOLEAN,
        N_("Public register"),
        N_("A public register holds nothing confidential."),
        default=True,
        keep=True,
    ),
    Field("language", Kind.CHOICE, N_("Language"), N_("Language of the commit messages."), _LANGUAGES),
    Field("time_zone", Kind.TEXT, N_("Time zone"), N_("Such as Europe/Berlin.")),
    Field(
        "reference",
        Kind.TABLE,
        N_("References"),
        N_("How a reference is built, and the path of its file."),
        fields=(
            Field(
                "pattern", Kind.TEXT, N_("Pattern"), N_("Placeholders in braces: counter, year, term, type and part.")
            ),
            Field("path", Kind.TEXT, N_("Path"), N_("Below motions/, with the same placeholders and hundred.")),
        ),
    ),
    Field(
        "law",
        Kind.TABLE,
        N_("Law"),
        N_("The law that decides about majorities."),
        fields=(Field("profile", Kind.CHOICE, N_("Profile"), N_("Whose majority rule holds."), _PROFILES),),
    ),
    Field(
        "rules",
        Kind.TABLE,
        N_("Rules"),
        N_("What this register makes of the rules."),
        fields=(Field("severity", Kind.MAP, N_("Severity"), N_("By code: off, remark, warning or error.")),),
    ),
    Field(
        "terms",
        Kind.TABLES,
        N_("Electoral terms"),
        N_("The electoral terms with their dates."),
        fields=_TERM,
        prefix="t",
    ),
    Field(
        "organizations",
        Kind.TABLES,
        N_("Bodies"),
        N_("Assembly and committees."),
        fields=_ORGANIZATION,
        prefix="o",
    ),
    Field("factions", Kind.TABLES, N_("Factions"), N_("Factions and groups."), fields=_FACTION, prefix="f"),
    Field(
        "paper_types",
        Kind.TABLES,
        N_("Paper types"),
        N_("Kinds of paper and their codes."),
        fields=_PAPER_TYPE,
        prefix="p",
    ),
    Field(
        "sub_budgets",
        Kind.TABLES,
        N_("Sub-budgets"),
        N_("The sub-budgets of the budget."),
        fields=_SUB_BUDGET,
        prefix="b",
    ),
    Field(
        "templates",
        Kind.TABLES,
        N_("Templates"),
        N_("Usual sequences of consultations."),
        fields=_TEMPLATE,
        prefix="m",
    ),
    Field(
        "sources",
        Kind.TABLES,
        N_("Sources"),
        N_("Where motions are imported from."),
        fields=_SOURCE,
        prefix="q",
    ),
)
