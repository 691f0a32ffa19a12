"""Every field of a motion, in the order of the file.

Names follow OParl 1.1 (Paper, Consultation, AgendaItem) where it has a word. What OParl lacks (counts of a vote,
places in the budget, proposal and facts as text) is named by the same style.
"""

from __future__ import annotations

from .fields import Choice, Field, Fields, Kind, Vocabulary
from .i18n import N_

ROLES = (
    Choice("preparation", N_("preparation")),
    Choice("decision", N_("decision")),
    Choice("hearing", N_("hearing")),
    Choice("noting", N_("taking note")),
    Choice("debate", N_("consultation")),
    Choice("other", N_("other role")),
)

OUTCOMES = (
    Choice("as_proposed", N_("as proposed")),
    Choice("amended", N_("amended")),
    Choice("rejected", N_("rejected")),
    Choice("partly", N_("partly accepted")),
    Choice("deferred", N_("deferred")),
    Choice("referred", N_("referred")),
    Choice("withdrawn", N_("withdrawn")),
    Choice("removed", N_("taken off the agenda")),
    Choice("noted", N_("noted")),
    Choice("settled", N_("settled")),
    Choice("discussed", N_("discussed")),
    Choice("no_vote", N_("no vote taken")),
    Choice("elected", N_("elected")),
    Choice("other", N_("other outcome")),
)

RESULTS = (
    Choice("accepted", N_("accepted")),
    Choice("rejected", N_("rejected")),
    Choice("other", N_("other result")),
)

MANNERS = (Choice("unanimous", N_("unanimous")), Choice("majority", N_("by majority")))

METHODS = (
    Choice("open", N_("open vote")),
    Choice("secret", N_("secret ballot")),
    Choice("roll_call", N_("roll-call vote")),
)

MAJORITIES = (
    Choice("simple", N_("majority of votes")),
    Choice("members", N_("majority of members")),
    Choice("two_thirds", N_("two thirds of votes")),
    Choice("two_thirds_members", N_("two thirds of members")),
    Choice("three_quarters_members", N_("three quarters of members")),
    Choice("unanimity", N_("unanimity")),
)

VOTERS = (
    Choice("faction", N_("faction")),
    Choice("member", N_("single member")),
    Choice("mayor", N_("mayor or president")),
)

SIDES = (
    Choice("expense", N_("expense")),
    Choice("revenue", N_("revenue")),
    Choice("payment", N_("payment")),
    Choice("receipt", N_("receipt")),
    Choice("investment", N_("investment")),
    Choice("posts", N_("posts")),
)

MINUTES = (Choice("draft", N_("draft")), Choice("approved", N_("approved")))

RECOMMENDATIONS = (
    Choice("accept", N_("recommends acceptance")),
    Choice("amend", N_("recommends a change")),
    Choice("reject", N_("recommends rejection")),
    Choice("settled", N_("regards it as settled")),
    Choice("none", N_("no recommendation")),
)

_ID = Field("id", Kind.TEXT, N_("Identity"), N_("Given once, never changed or used again."))

_BY_FACTION: Fields = (
    _ID,
    Field(
        "name",
        Kind.TEXT,
        N_("Name"),
        N_("Faction or person, as the minutes write it."),
        vocabulary=Vocabulary.FACTIONS,
    ),
    Field("kind", Kind.CHOICE, N_("Who"), N_("A faction, one member, or the mayor."), VOTERS),
    Field("yes", Kind.INTEGER, N_("Yes"), N_("Votes for it.")),
    Field("no", Kind.INTEGER, N_("No"), N_("Votes against it.")),
    Field("abstentions", Kind.INTEGER, N_("Abstentions"), N_("Abstentions; they never decide.")),
)

_CHOICE_VOTES: Fields = (
    _ID,
    Field("label", Kind.TEXT, N_("Option"), N_("What could be voted for, as in 'a)'.")),
    Field("votes", Kind.INTEGER, N_("Votes for it"), N_("Votes for this option.")),
)

VOTE: Fields = (
    _ID,
    Field("subject", Kind.TEXT, N_("Subject"), N_("What was voted on, where it is not the whole motion.")),
    Field("proposal", Kind.TEXT, N_("Proposal"), N_("The id of the proposal that was voted on.")),
    Field(
        "organization",
        Kind.TEXT,
        N_("Body"),
        N_("The body that voted, where bodies met jointly and voted apart."),
        vocabulary=Vocabulary.ORGANIZATIONS,
    ),
    Field(
        "procedural",
        Kind.BOOLEAN,
        N_("Procedural"),
        N_("On the procedure (deferral, referral), not on the matter."),
        default=False,
    ),
    Field(
        "result",
        Kind.CHOICE,
        N_("Result"),
        N_("Accepted only with more yes than no votes; a tie rejects."),
        RESULTS,
    ),
    Field("manner", Kind.CHOICE, N_("Manner"), N_("Only where the source says it."), MANNERS),
    Field("method", Kind.CHOICE, N_("Method"), N_("How the votes were cast."), METHODS),
    Field(
        "required",
        Kind.CHOICE,
        N_("Required majority"),
        N_("Where it is not the majority of the votes."),
        MAJORITIES,
    ),
    Field("yes", Kind.INTEGER, N_("Yes"), N_("Number of yes votes.")),
    Field("no", Kind.INTEGER, N_("No"), N_("Number of no votes.")),
    Field("abstentions", Kind.INTEGER, N_("Abstentions"), N_("Number of abstentions; they never decide.")),
    Field("invalid", Kind.INTEGER, N_("Invalid"), N_("Number of invalid votes.")),
    Field("biased", Kind.INTEGER, N_("Biased"), N_("Members who were kept from voting by bias.")),
    Field("present", Kind.INTEGER, N_("Present"), N_("Members with a vote who were present.")),
    Field("text", Kind.TEXT, N_("Wording"), N_("The vote as the minutes word it.")),
    Field(
        "by_faction",
        Kind.TABLES,
        N_("Votes by faction"),
        N_("How each faction voted."),
        fields=_BY_FACTION,
        prefix="f",
    ),
    Field(
        "choices",
        Kind.TABLES,
        N_("Votes between options"),
        N_("Votes for one of several options."),
        fields=_CHOICE_VOTES,
        prefix="o",
    ),
)

CONSULTATION: Fields = (
    _ID,
    Field(
        "organization",
        Kind.TEXT,
        N_("Body"),
        N_("The body that deals with the motion, as printed."),
        vocabulary=Vocabulary.ORGANIZATIONS,
    ),
    Field(
        "joint_with",
        Kind.TEXTS,
        N_("Jointly with"),
        N_("Other bodies in the same joint session."),
        vocabulary=Vocabulary.ORGANIZATIONS,
    ),
    Field("date", Kind.DATE, N_("Date"), N_("Date of the session.")),
    Field("time", Kind.TIME, N_("Time"), N_("Start, where a body meets twice on a day.")),
    Field("meeting", Kind.TEXT, N_("Session"), N_("Label of the session, such as its number.")),
    Field("agenda_item", Kind.TEXT, N_("Agenda item"), N_("Number of the agenda item, such as 7.12.")),
    Field("role", Kind.CHOICE, N_("Role"), N_("What the body does with the motion."), ROLES),
    Field(
        "role_text",
        Kind.TEXT,
        N_("Role as printed"),
        N_("The source's own word, where it is not the usual one."),
    ),
    Field("lead", Kind.BOOLEAN, N_("Lead"), N_("The leading body (Federführung)."), default=False),
    Field(
        "authoritative",
        Kind.BOOLEAN,
        N_("Authoritative"),
        N_("A binding decision is made here; only as the source says it."),
    ),
    Field(
        "public",
        Kind.BOOLEAN,
        N_("Public"),
        N_("Whether this step is public, where it differs from the motion."),
    ),
    Field("outcome", Kind.CHOICE, N_("Outcome"), N_("How the step ended."), OUTCOMES),
    Field("result_text", Kind.TEXT, N_("Outcome as printed"), N_("The outcome in the source's own words.")),
    Field("deferred_to", Kind.DATE, N_("Deferred to"), N_("Date to which it was deferred.")),
    Field(
        "referred_to",
        Kind.TEXT,
        N_("Referred to"),
        N_("Body to which it was referred."),
        vocabulary=Vocabulary.ORGANIZATIONS,
    ),
    Field(
        "joint_debate",
        Kind.TEXTS,
        N_("Debated with"),
        N_("References of papers debated together with this one."),
        vocabulary=Vocabulary.REFERENCES,
    ),
    Field("minutes", Kind.CHOICE, N_("Minutes"), N_("Whether the minutes are a draft or approved."), MINUTES),
    Field("minutes_date", Kind.DATE, N_("Minutes of"), N_("Date of the minutes.")),
    Field(
        "resolution_text",
        Kind.PROSE,
        N_("Resolution"),
        N_("What was resolved, where it differs from the proposal."),
    ),
    Field("remarks", Kind.PROSE, N_("Remarks"), N_("Anything else about this step.")),
    Field("votes", Kind.TABLES, N_("Votes"), N_("The votes at this step; usually one."), fields=VOTE, prefix="v"),
)

_BUDGET_REFERENCE: Fields = (
    _ID,
    Field("page", Kind.TEXT, N_("Page"), N_("Page of the draft budget, as printed.")),
    Field(
        "sub_budget",
        Kind.TEXT,
        N_("Sub-budget"),
        N_("Number of the sub-budget."),
        vocabulary=Vocabulary.SUB_BUDGETS,
    ),
    Field("name", Kind.TEXT, N_("Name"), N_("Name of the sub-budget.")),
    Field("product_group", Kind.TEXT, N_("Product group"), N_("Number of the product group.")),
    Field("product", Kind.TEXT, N_("Product"), N_("Number of the product.")),
    Field("product_name", Kind.TEXT, N_("Name of the product"), N_("Name of the product.")),
    Field("account", Kind.TEXT, N_("Account"), N_("Number of the account.")),
    Field("measure", Kind.TEXT, N_("Measure"), N_("Investment measure.")),
    Field(
        "text",
        Kind.TEXT,
        N_("As printed"),
        N_("The cell as printed, where the other fields do not give it back."),
    ),
)

_COMMITMENT: Fields = (
    _ID,
    Field("year", Kind.INTEGER, N_("Year"), N_("Year in which the commitment takes effect.")),
    Field("amount", Kind.CENTS, N_("Amount"), N_("Amount of the commitment in that year.")),
)

_BUDGET_AMOUNT: Fields = (
    _ID,
    Field(
        "side",
        Kind.CHOICE,
        N_("Side"),
        N_("What is changed: expense, revenue, payment, receipt, investment or posts."),
        SIDES,
    ),
    Field("year", Kind.INTEGER, N_("Year"), N_("Budget year.")),
    Field("recurring", Kind.BOOLEAN, N_("Recurring"), N_("Every year from this one on."), default=False),
    Field("old", Kind.CENTS, N_("Old amount"), N_("Amount in the draft.")),
    Field("change", Kind.CENTS, N_("Change"), N_("What the motion adds or, with a minus, takes away.")),
    Field("new", Kind.CENTS, N_("New amount"), N_("Amount that the motion asks for.")),
    Field(
        "sub_budget",
        Kind.TEXT,
        N_("Sub-budget"),
        N_("Number of the sub-budget."),
        vocabulary=Vocabulary.SUB_BUDGETS,
    ),
    Field("product_group", Kind.TEXT, N_("Product group"), N_("Number of the product group.")),
    Field("product", Kind.TEXT, N_("Product"), N_("Number of the product.")),
    Field("account", Kind.TEXT, N_("Account"), N_("Number of the account.")),
    Field("measure", Kind.TEXT, N_("Measure"), N_("Investment measure.")),
    Field("recipient", Kind.TEXT, N_("Recipient"), N_("Who gets the money.")),
    Field(
        "blocked",
        Kind.BOOLEAN,
        N_("Spending block"),
        N_("Frozen until it is released (Sperrvermerk)."),
        default=False,
    ),
    Field("block_text", Kind.TEXT, N_("Wording of the block"), N_("Who releases it, and when.")),
    Field("remarks", Kind.TEXT, N_("Remarks"), N_("Anything else about this amount.")),
    Field(
        "commitments",
        Kind.TABLES,
        N_("Commitment authority"),
        N_("What binds later years (Verpflichtungsermächtigung)."),
        fields=_COMMITMENT,
        prefix="y",
    ),
)

BUDGET: Fields = (
    Field("plan", Kind.TEXT, N_("Budget plan"), N_("The plan that is to be changed, such as 2024 or 2025/2026.")),
    Field(
        "product_pages_from",
        Kind.TEXT,
        N_("Product pages from"),
        N_("Where the products begin in the draft, as printed."),
    ),
    Field("cover", Kind.PROSE, N_("Cover"), N_("How it is to be funded (Deckungsvorschlag).")),
    Field(
        "references",
        Kind.TABLES,
        N_("Places in the budget"),
        N_("Pages and sub-budgets of the draft."),
        fields=_BUDGET_REFERENCE,
        prefix="b",
    ),
    Field(
        "amounts",
        Kind.TABLES,
        N_("Amounts"),
        N_("What is to change in the budget."),
        fields=_BUDGET_AMOUNT,
        prefix="a",
    ),
)

FILE: Fields = (
    _ID,
    Field("title", Kind.TEXT, N_("Title"), N_("Name of the file for people.")),
    Field("path", Kind.TEXT, N_("Path"), N_("Path in this repository.")),
    Field("url", Kind.TEXT, N_("Address"), N_("Where the file can be had.")),
    Field("media_type", Kind.TEXT, N_("Media type"), N_("Such as application/pdf.")),
    Field("sha256", Kind.TEXT, N_("SHA-256"), N_("Checksum of the content, 64 hexadecimal digits.")),
    Field(
        "public",
        Kind.BOOLEAN,
        N_("Public"),
        N_("Whether the file is public, where it differs from the motion."),
    ),
)

_PROPOSAL: Fields = (
    _ID,
    Field("label", Kind.TEXT, N_("Label"), N_("Number or heading of this proposal.")),
    Field(
        "originators",
        Kind.TEXTS,
        N_("Movers"),
        N_("Who moves this proposal."),
        vocabulary=Vocabulary.FACTIONS,
    ),
    Field("text", Kind.PROSE, N_("Proposal"), N_("What is to be resolved.")),
)

_REPLACEMENT: Fields = (
    _ID,
    Field("passage", Kind.TEXT, N_("Passage"), N_("Which part of the amended motion is replaced.")),
    Field("text", Kind.PROSE, N_("New text"), N_("The text that replaces it.")),
)

_STATEMENT: Fields = (
    Field("organization", Kind.TEXT, N_("Office"), N_("The office that states it.")),
    Field("date", Kind.DATE, N_("Date"), N_("Date of the statement.")),
    Field(
        "recommendation",
        Kind.CHOICE,
        N_("Recommendation"),
        N_("What the administration recommends."),
        RECOMMENDATIONS,
    ),
    Field("text", Kind.PROSE, N_("Statement"), N_("The statement of the administration.")),
)

_ANSWER: Fields = (
    Field("organization", Kind.TEXT, N_("Office"), N_("The office that answers.")),
    Field("date", Kind.DATE, N_("Date"), N_("Date of the answer.")),
    Field("text", Kind.PROSE, N_("Answer"), N_("The answer to the question.")),
)

_WITHDRAWAL: Fields = (
    Field("date", Kind.DATE, N_("Date"), N_("Date of the withdrawal.")),
    Field("originators", Kind.TEXTS, N_("Movers"), N_("Who withdrew it."), vocabulary=Vocabulary.FACTIONS),
    Field("reason", Kind.TEXT, N_("Reason"), N_("Why it was withdrawn.")),
)

_SOURCE: Fields = (
    Field("name", Kind.TEXT, N_("Name"), N_("The system or document that the motion came from.")),
    Field("url", Kind.TEXT, N_("Address"), N_("Address of the original.")),
    Field("id", Kind.TEXT, N_("Identity there"), N_("The identity in the source.")),
    Field("retrieved", Kind.DATE, N_("Retrieved"), N_("Date on which it was read there.")),
    Field("modified", Kind.TEXT, N_("Modified there"), N_("When the source says that it was last modified.")),
)

MOTION: Fields = (
    Field("id", Kind.TEXT, N_("Identity"), N_("Given once, never changed or used again."), required=True),
    Field("reference", Kind.TEXT, N_("Reference"), N_("The number by which people cite the motion.")),
    Field(
        "paper_type",
        Kind.TEXT,
        N_("Paper type"),
        N_("Kind of paper, such as Haushaltsantrag."),
        vocabulary=Vocabulary.PAPER_TYPES,
    ),
    Field("title", Kind.TEXT, N_("Title"), N_("Title of the motion, without its movers."), required=True),
    Field("public", Kind.BOOLEAN, N_("Public"), N_("Whether the motion is public."), default=True, keep=True),
    Field(
        "originators",
        Kind.TEXTS,
        N_("Movers"),
        N_("Factions or persons who move it, as printed."),
        vocabulary=Vocabulary.FACTIONS,
    ),
    Field(
        "under_direction_of",
        Kind.TEXTS,
        N_("Lead office"),
        N_("Offices that are responsible for the content."),
    ),
    Field("submitted", Kind.DATE, N_("Date of the motion"), N_("The date that the movers put on it.")),
    Field("date", Kind.DATE, N_("Date of the paper"), N_("The date of the printed paper.")),
    Field(
        "amends",
        Kind.TEXT,
        N_("Amends"),
        N_("Reference of the motion that this one amends."),
        vocabulary=Vocabulary.REFERENCES,
    ),
    Field(
        "related_papers",
        Kind.TEXTS,
        N_("Related papers"),
        N_("References of related papers."),
        vocabulary=Vocabulary.REFERENCES,
    ),
    Field(
        "superordinated_papers",
        Kind.TEXTS,
        N_("Parent papers"),
        N_("References of the papers that this one belongs to."),
        vocabulary=Vocabulary.REFERENCES,
    ),
    Field(
        "subordinated_papers",
        Kind.TEXTS,
        N_("Child papers"),
        N_("References of the papers that belong to this one."),
        vocabulary=Vocabulary.REFERENCES,
    ),
    Field("proposal", Kind.PROSE, N_("Proposed resolution"), N_("What is to be resolved (Beschlussvorschlag).")),
    Field("facts", Kind.PROSE, N_("Facts of the case"), N_("Why it is moved (Sachverhalt).")),
    Field("remarks", Kind.PROSE, N_("Remarks"), N_("Notes that are not part of the motion.")),
    Field(
        "attachments",
        Kind.TABLES,
        N_("Attachments"),
        N_("Files that belong to the motion; none is a statement too."),
        fields=FILE,
        prefix="f",
        keep=True,
    ),
    Field("main_file", Kind.TABLE, N_("Main file"), N_("The printed motion as a file."), fields=FILE[1:]),
    Field(
        "proposals",
        Kind.TABLES,
        N_("Further proposals"),
        N_("Several proposals in one paper."),
        fields=_PROPOSAL,
        prefix="p",
    ),
    Field(
        "replacements",
        Kind.TABLES,
        N_("Replaced passages"),
        N_("What an amendment puts in place of the amended text."),
        fields=_REPLACEMENT,
        prefix="r",
    ),
    Field("budget", Kind.TABLE, N_("Budget"), N_("Places and amounts in the draft budget."), fields=BUDGET),
    Field(
        "consultations",
        Kind.TABLES,
        N_("Consultations"),
        N_("Which body deals with it on which date (Beratungsfolge)."),
        fields=CONSULTATION,
        prefix="c",
    ),
    Field(
        "statement",
        Kind.TABLE,
        N_("Statement of the administration"),
        N_("What the administration says about it."),
        fields=_STATEMENT,
    ),
    Field("answer", Kind.TABLE, N_("Answer"), N_("The answer, where the paper is a question."), fields=_ANSWER),
    Field("withdrawal", Kind.TABLE, N_("Withdrawal"), N_("The movers took it back."), fields=_WITHDRAWAL),
    Field("source", Kind.TABLE, N_("Source"), N_("Where the motion was imported from."), fields=_SOURCE),
)
