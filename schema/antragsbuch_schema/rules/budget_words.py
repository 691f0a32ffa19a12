"""BU: the amounts of the budget against what the motion says in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from antragsbuch_schema.diagnostics import Related, Severity
from antragsbuch_schema.german import parse_cents
from antragsbuch_schema.i18n import N_, text
from antragsbuch_schema.money import Money

from .directory import Context
from .registry import Problem, rule
from .view import Motion, View, holds_any

_AMOUNT = """
[budget]
plan = "2024"
cover = "Deckung aus dem Regionsfonds."

[[budget.amounts]]
id = "a1"
side = "expense"
year = 2024
"""
_PROPOSAL = 'proposal = """\nFür die Konferenz werden zusätzlich 20.000 € in den Haushaltsplan 2024 eingestellt.\n"""\n'

# it begins with the digit, which is found much faster than what must not stand before it
_PRINTED = re.compile(
    r"\d(?<![\d.,]\d)[\d.]*(?:,\d{1,2}|,-{1,2})?\s?(?:(?:Mio\.?|Millionen|Tsd\.?|T)\s?)?(?:€|EUR\b|Euro\b)"
)
_MOST = 1000
_RISING = re.compile(r"\berhöh|\baufgestockt|\baufstock|\bzusätzlich|\bangehoben", re.IGNORECASE)
_FALLING = re.compile(
    r"\bgesenkt|\bsenk|\bkürz|\bgekürzt|\breduzier|\bverringer|\bstreich|\bgestrichen|\beinspar|\bentfäll|\bentfallen"
    r"|\bherabgesetzt",
    re.IGNORECASE,
)
# what a proposal holds that says one of them
_RISING_STEMS = ("erhöh", "stock", "zusätzlich", "angehoben")
_FALLING_STEMS = (*("senk", "kürz", "reduzier", "verringer", "strich", "streich", "einspar", "entf", "herabgesetzt"),)


@rule(
    "BU010",
    name="sign-against-words",
    severity=Severity.WARNING,
    needs=("budget.amounts.change",),
    what=N_("The sign of a change is not what the proposal says in words."),
    why=N_("'Erhöht' is a change with a plus, 'gesenkt' one with a minus, whichever side of the budget it is on."),
    wrong=_PROPOSAL + _AMOUNT + "change = -2000000\n",
    right=_PROPOSAL + _AMOUNT + "change = 2000000\n",
)
def sign_against_words(motion: Motion, context: Context) -> Iterator[Problem]:
    """The sign follows the words, where they all go one way."""
    changes = _changes(motion)
    # several lines may go several ways, one of them the cover of another
    if len(changes) != 1:
        return
    amount, change = changes[0]
    proposal = motion.string("proposal") or ""
    # most proposals hold none of the words that stand against the sign: this is a quick way to see it
    if not holds_any(proposal.lower(), _FALLING_STEMS if change > 0 else _RISING_STEMS):
        return
    rising, falling = _RISING.search(proposal), _FALLING.search(proposal)
    word = rising or falling
    if word is None or (rising and falling) or (change > 0) == bool(rising):
        return
    yield Problem(
        amount.at("change"),
        text(
            "the change is {amount}, but the proposal says '{words}'",
            amount=_money(amount, change),
            words=_whole_word(proposal, word),
        ),
        related=(Related(motion.at("proposal"), text("the proposed resolution")),),
    )


@rule(
    "BU011",
    name="amount-off-by-zeros",
    severity=Severity.WARNING,
    needs=("budget.amounts.change",),
    what=N_("An amount is ten, a hundred or a thousand times the one that the motion names, or that part of it."),
    why=N_("Amounts are in cents: 20.000 € is 2000000. Two zeros too few are the most frequent mistake."),
    wrong=_PROPOSAL + _AMOUNT + "change = 20000\n",
    right=_PROPOSAL + _AMOUNT + "change = 2000000\n",
)
def amount_off_by_zeros(motion: Motion, context: Context) -> Iterator[Problem]:
    """No zeros too many or too few."""
    changes = [(amount, change) for amount, change in _changes(motion) if amount.string("side") != "posts"]
    if not changes:
        return
    words = motion.words
    # most amounts stand in the words just as they are
    doubtful = [(amount, abs(change)) for amount, change in changes if _usual(abs(change)) not in words]
    if doubtful:
        # of amounts that differ in zeros alone, the other digits are the same
        digits = words.replace(".", "").replace(",", "")
        doubtful = [(amount, size) for amount, size in doubtful if str(size).rstrip("0") in digits]
    printed = _amounts_in(words) if doubtful else set()
    for amount, size in doubtful:
        if size in printed:
            continue
        meant = next((cents for cents in _off_by_zeros(size) if cents in printed), None)
        if meant is not None:
            yield Problem(
                amount.at("change"),
                text("{amount} here, but the motion names {printed}", amount=Money(size), printed=Money(meant)),
                text("Amounts are in cents: {printed} is {cents}.", printed=Money(meant), cents=str(meant)),
            )


def _usual(cents: int) -> str:
    """`20.000`: whole euros as they stand in a text."""
    return f"{cents // 100:,}".replace(",", ".") if cents % 100 == 0 else f"{cents}"


def _amounts_in(words: str) -> set[int]:
    """The amounts in a text, in cents; of a text that is full of them, the first ones."""
    found = (match[0] for match in islice(_PRINTED.finditer(words), _MOST))
    return {cents for amount in found if (cents := parse_cents(amount))}


def _off_by_zeros(cents: int) -> Iterator[int]:
    """The amounts that have one to three zeros more or less."""
    for power in (100, 10, 1000):
        yield cents * power
        if cents % power == 0:
            yield cents // power


def _changes(motion: Motion) -> list[tuple[View, int]]:
    return [(amount, change) for amount in motion.amounts if (change := amount.integer("change"))]


def _money(amount: View, change: int) -> Money:
    return Money(change, amount.string("side") == "posts")


def _whole_word(words: str, match: re.Match[str]) -> str:
    """The word that `match` begins."""
    found = re.compile(r"\w+").match(words, match.start())
    return found[0] if found else match[0]
