"""BU: places and amounts in the budget."""

from __future__ import annotations

import re
from collections.abc import Iterator

from antragsbuch_schema.diagnostics import Related, Severity
from antragsbuch_schema.i18n import N_, joined, text
from antragsbuch_schema.money import Money
from antragsbuch_schema.suggest import same_name

from .directory import Context
from .registry import Problem, rule
from .view import Motion, View

_AMOUNT = """
[budget]
plan = "2024"
cover = "Deckung aus dem Regionsfonds."

[[budget.amounts]]
id = "a1"
side = "expense"
year = 2024
"""
_REFERENCE = """
[budget]
product_pages_from = "223"

[[budget.references]]
id = "b1"
"""

_COMMITMENT = """
[[budget.amounts.commitments]]
id = "y1"
year = 2025
amount = 1000000
"""

_LETTERS = re.compile(r"[^\W\d_]{3,}")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_PLACEHOLDER = re.compile(r"\b(?:XY|XX+|YY+|xx+|NN)\b|\?{2,}|_{2,}")
_AHEAD = 3
"""How many years a plan looks ahead: the medium-term plan covers five, the first is the current one."""
_FAR_AHEAD = 10
"""How many years after the motion a budget may be that is not named."""

_MORE = frozenset({"expense", "payment", "investment", "posts"})


@rule(
    "BU001",
    name="amounts-do-not-add-up",
    severity=Severity.ERROR,
    needs=("budget.amounts.old",),
    what=N_("The old amount and the change do not make the new amount."),
    why=N_("Printed tables give all three: old + change = new."),
    wrong=_AMOUNT + "old = 1000000\nchange = 200000\nnew = 1300000\n",
    right=_AMOUNT + "old = 1000000\nchange = 200000\nnew = 1200000\n",
)
def amounts_do_not_add_up(motion: Motion, context: Context) -> Iterator[Problem]:
    """old + change = new."""
    for amount in motion.amounts:
        old, change, new = amount.integer("old"), amount.integer("change"), amount.integer("new")
        if old is not None and change is not None and new is not None and old + change != new:
            yield Problem(
                amount.at("new"),
                text(
                    "{old} and {change} make {sum}, not {new}",
                    **_money(amount, old=old, change=change, sum=old + change, new=new),
                ),
                text("Compare the three amounts with the printed motion."),
                related=(
                    Related(amount.at("old"), text("the old amount")),
                    Related(amount.at("change"), text("the change")),
                ),
            )


@rule(
    "BU002",
    name="change-of-nothing",
    severity=Severity.WARNING,
    needs=(
        "budget.amounts.change",
        "budget.amounts.new",
    ),
    what=N_("An amount changes by nothing."),
    why=N_("A line of the budget that stays as it is needs no motion."),
    wrong=_AMOUNT + "change = 0\n",
    right=_AMOUNT + "change = 2000000\n",
)
def change_of_nothing(motion: Motion, context: Context) -> Iterator[Problem]:
    """A change changes."""
    for amount in motion.amounts:
        old, new = amount.integer("old"), amount.integer("new")
        if amount.integer("change") == 0:
            yield Problem(amount.at("change"), text("the change is 0"))
        elif "change" not in amount.data and old is not None and old == new:
            yield Problem(amount.at("new"), text("the new amount is the old one"))


@rule(
    "BU003",
    name="year-outside-plan",
    severity=Severity.WARNING,
    needs=("budget.amounts.year",),
    what=N_("An amount is for a year that the budget plan does not cover."),
    why=N_("A plan covers its own years and the three after them (medium-term plan)."),
    source="§ 118 NKomVG",
    wrong=_AMOUNT.replace("year = 2024", "year = 2042") + "change = 2000000\n",
    right=_AMOUNT + "change = 2000000\n",
)
def year_outside_plan(motion: Motion, context: Context) -> Iterator[Problem]:
    """The year lies in the plan."""
    plan = motion.table("budget").string("plan")
    years = [int(year) for year in _YEAR.findall(plan)] if plan else []
    day = motion.day
    for amount in motion.amounts:
        year = amount.integer("year")
        if year is None:
            continue
        if years and not min(years) <= year <= max(years) + _AHEAD:
            yield Problem(
                amount.at("year"),
                text("the plan {plan} does not cover {year}", plan=plan, year=str(year)),
                related=(Related(motion.at("budget", "plan"), text("the budget plan")),),
            )
        elif not years and day is not None and not day.year - 1 <= year <= day.year + _FAR_AHEAD:
            yield Problem(
                amount.at("year"),
                text("{year} is far from the date of the motion, {date}", year=str(year), date=day),
                text("Correct the year, or name the plan in 'plan'."),
            )


@rule(
    "BU004",
    name="unknown-sub-budget",
    severity=Severity.WARNING,
    needs=(
        "budget.references.sub_budget",
        "budget.amounts.sub_budget",
    ),
    what=N_("The number of a sub-budget is not known."),
    why=N_("The sub-budgets stand in council.toml."),
    wrong=_REFERENCE + 'page = "S. 425"\nsub_budget = "500"\n',
    right=_REFERENCE + 'page = "S. 425"\nsub_budget = "50"\n',
)
def unknown_sub_budget(motion: Motion, context: Context) -> Iterator[Problem]:
    """Every sub-budget is known."""
    known = context.council.sub_budgets
    for line in (*motion.budget_references, *motion.amounts):
        number = line.string("sub_budget")
        if number is None or not known or number in known:
            continue
        name = line.string("name")
        meant = next((other for other, title in known.items() if name and same_name(title) == same_name(name)), None)
        yield Problem(
            line.at("sub_budget"),
            text("no sub-budget has the number {number}", number=number),
            text("Did you mean {name}?", name=f"{meant} ({known[meant]})")
            if meant
            else text("Known are {numbers}.", numbers=", ".join(known)),
        )


@rule(
    "BU005",
    name="sub-budget-name-disagrees",
    severity=Severity.REMARK,
    needs=("budget.references.name",),
    what=N_("The name of a sub-budget is not the one that belongs to its number."),
    why=N_("Motions shorten the names of sub-budgets: so this is no more than a remark."),
    wrong=_REFERENCE + 'page = "S. 425"\nsub_budget = "50"\nname = "Verkehr"\n',
    right=_REFERENCE + 'page = "S. 425"\nsub_budget = "50"\nname = "Soziales"\n',
)
def sub_budget_name_disagrees(motion: Motion, context: Context) -> Iterator[Problem]:
    """Number and name belong together."""
    for line in motion.budget_references:
        number, name = line.string("sub_budget"), line.string("name")
        title = context.council.sub_budgets.get(number or "")
        if name and title and same_name(name) not in same_name(title) and same_name(title) not in same_name(name):
            yield Problem(
                line.at("name"),
                text("the sub-budget {number} is called {name}", number=number, name=title),
                related=(Related(line.at("sub_budget"), text("its number")),),
            )


@rule(
    "BU006",
    name="open-bracket",
    severity=Severity.REMARK,
    needs=(
        "budget.references.page",
        "budget.references.name",
        "budget.references.text",
    ),
    what=N_("A bracket is opened and never closed."),
    why=N_("'S.164 (Regionsfonds' is a page as it was really printed: it stays, but is worth a look."),
    wrong=_REFERENCE + 'page = "S.164 (Regionsfonds"\n',
    right=_REFERENCE + 'page = "S. 164 (Regionsfonds)"\n',
)
def open_bracket(motion: Motion, context: Context) -> Iterator[Problem]:
    """Brackets come in pairs."""
    for line in motion.budget_references:
        for key in ("page", "name", "text"):
            words = line.string(key) or ""
            if words.count("(") != words.count(")"):
                start = words.rfind("(") if words.count("(") > words.count(")") else words.find(")")
                yield Problem(line.at(key), text("a bracket without its partner"), part=(start, start + 1))


@rule(
    "BU007",
    name="placeholder-page",
    severity=Severity.REMARK,
    needs=(
        "budget.product_pages_from",
        "budget.references.page",
    ),
    what=N_("A page is still a placeholder."),
    why=N_("'ab Seite XY ff.' was really printed: it stays, but is worth a look."),
    wrong='[budget]\nproduct_pages_from = "XY"\n',
    right='[budget]\nproduct_pages_from = "223"\n',
)
def placeholder_page(motion: Motion, context: Context) -> Iterator[Problem]:
    """Pages are numbers."""
    pages = [(motion.at("budget", "product_pages_from"), motion.table("budget").string("product_pages_from"))]
    pages += [(line.at("page"), line.string("page")) for line in motion.budget_references]
    for place, page in pages:
        match = _PLACEHOLDER.search(page) if page else None
        if match:
            yield Problem(place, text("'{words}' is a placeholder", words=match[0]), part=match.span())


@rule(
    "BU008",
    name="no-cover",
    severity=Severity.REMARK,
    needs=("budget.amounts",),
    what=N_("The motion asks for more money, but says not where it is to come from."),
    why=N_(
        "Rules of procedure ask for a proposal how to fund it (Deckungsvorschlag). Where yours do, make this a "
        "warning in council.toml."
    ),
    wrong='[budget]\nplan = "2024"\n\n[[budget.amounts]]\nid = "a1"\nside = "expense"\nyear = 2024\nchange = 2000000\n',
    right=_AMOUNT + "change = 2000000\n",
)
def no_cover(motion: Motion, context: Context) -> Iterator[Problem]:
    """More money has its cover."""
    if motion.table("budget").string("cover") is not None:
        return
    changes = [(amount, change) for amount in motion.amounts if (change := _change(amount))]
    more = [amount for amount, change in changes if (change > 0) == (amount.string("side") in _MORE)]
    if more and len(more) == len(changes):
        yield Problem(
            more[0].place,
            text("more money is asked for, but no cover is proposed"),
            text("Say in 'cover' where the money is to come from."),
            on="header",
        )


@rule(
    "BU009",
    name="words-in-number",
    severity=Severity.REMARK,
    needs=(
        "budget.references.sub_budget",
        "budget.references.product_group",
        "budget.references.product",
        "budget.references.account",
        "budget.amounts.sub_budget",
        "budget.amounts.product_group",
        "budget.amounts.product",
        "budget.amounts.account",
    ),
    what=N_("The number of a sub-budget, product or account holds words."),
    why=N_("'52 / Teilhabe' is a number and a name: lists and sums go by the number, and the name has its own field."),
    wrong=_REFERENCE + 'page = "S. 425"\nsub_budget = "50"\nproduct = "331111 Regionsfonds"\n',
    right=_REFERENCE + 'page = "S. 425"\nsub_budget = "50"\nproduct = "331111"\nproduct_name = "Regionsfonds"\n',
)
def words_in_number(motion: Motion, context: Context) -> Iterator[Problem]:
    """Numbers are numbers."""
    for line in (*motion.budget_references, *motion.amounts):
        for key in ("sub_budget", "product_group", "product", "account"):
            number = line.string(key)
            match = _LETTERS.search(number) if number and number not in context.council.sub_budgets else None
            if match:
                yield Problem(
                    line.at(key),
                    text("'{words}' is no part of a number", words=match[0]),
                    text("Leave only the number here; the name has its own field, and 'text' what was printed."),
                    part=match.span(),
                )


@rule(
    "BU012",
    name="block-not-set",
    severity=Severity.WARNING,
    needs=("budget.amounts.block_text",),
    what=N_("A spending block is worded, but the amount is not blocked."),
    why=N_("'block_text' says who releases a blocked amount (Sperrvermerk)."),
    wrong=_AMOUNT + 'change = 2000000\nblock_text = "Freigabe durch den Regionsausschuss"\n',
    right=_AMOUNT + 'change = 2000000\nblocked = true\nblock_text = "Freigabe durch den Regionsausschuss"\n',
)
def block_not_set(motion: Motion, context: Context) -> Iterator[Problem]:
    """A worded block is a block."""
    for amount in motion.amounts:
        if amount.string("block_text") and amount.flag("blocked") is not True:
            yield Problem(
                amount.at("block_text"),
                text("a spending block is worded, but 'blocked' is not set"),
                text("Write 'blocked = true', or leave the wording out."),
            )


@rule(
    "BU013",
    name="commitment-not-later",
    severity=Severity.WARNING,
    needs=("budget.amounts.commitments",),
    what=N_("A commitment authority is for the year of the amount itself, or an earlier one."),
    why=N_("A commitment authority (Verpflichtungsermächtigung) binds later years."),
    source="§ 119 NKomVG",
    wrong=_AMOUNT + "change = 2000000\n" + _COMMITMENT.replace("2025", "2024"),
    right=_AMOUNT + "change = 2000000\n" + _COMMITMENT,
)
def commitment_not_later(motion: Motion, context: Context) -> Iterator[Problem]:
    """Commitments bind later years."""
    for amount in motion.amounts:
        year = amount.integer("year")
        for commitment in amount.tables("commitments") if year is not None else ():
            bound = commitment.integer("year")
            if year is not None and bound is not None and bound <= year:
                yield Problem(
                    commitment.at("year"),
                    text("the commitment is for {bound}, the amount for {year}", bound=str(bound), year=str(year)),
                    related=(Related(amount.at("year"), text("the year of the amount")),),
                )


@rule(
    "BU014",
    name="incomplete-amount",
    severity=Severity.REMARK,
    needs=("budget.amounts",),
    what=N_("An amount lacks its side, its year, or the amount itself."),
    why=N_("Without them it is in no sum: whether it is income or expense, for when, and how much."),
    wrong='[budget]\nplan = "2024"\n\n[[budget.amounts]]\nid = "a1"\nside = "revenue"\nchange = 2000000\n',
    right='[budget]\nplan = "2024"\n\n[[budget.amounts]]\nid = "a1"\nside = "revenue"\nyear = 2024\nchange = 2000000\n',
)
def incomplete_amount(motion: Motion, context: Context) -> Iterator[Problem]:
    """Side, year and amount."""
    for amount in motion.amounts:
        missing = [text(label) for key, label in (("side", N_("Side")), ("year", N_("Year"))) if key not in amount.data]
        if not any(key in amount.data for key in ("change", "new", "old")):
            missing.append(text("Change"))
        if missing:
            yield Problem(amount.place, text("not stated: {keys}", keys=joined(missing)), on="header")


def _change(amount: View) -> int | None:
    change, old, new = amount.integer("change"), amount.integer("old"), amount.integer("new")
    if change is None and old is not None and new is not None:
        return new - old
    return change


def _money(amount: View, **cents: int) -> dict[str, Money]:
    return {name: Money(value, amount.string("side") == "posts") for name, value in cents.items()}
