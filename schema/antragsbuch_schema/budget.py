"""The model of the budget part of a motion: places in the draft and what is to change there."""

from __future__ import annotations

from typing import Literal

from .model import Cents, Count, Identity, Line, Prose, Table

Side = Literal["expense", "revenue", "payment", "receipt", "investment", "posts"]


class BudgetReference(Table):
    """A place in the draft budget."""

    id: Identity | None = None
    """Given once, never changed or used again."""
    page: Line | None = None
    """Page of the draft budget, as printed."""
    sub_budget: Line | None = None
    """Number of the sub-budget."""
    name: Line | None = None
    """Name of the sub-budget."""
    product_group: Line | None = None
    """Number of the product group."""
    product: Line | None = None
    """Number of the product."""
    product_name: Line | None = None
    """Name of the product."""
    account: Line | None = None
    """Number of the account."""
    measure: Line | None = None
    """Investment measure."""
    text: Line | None = None
    """The cell as printed, where the other fields do not give it back."""


class Commitment(Table):
    """A commitment that binds a later year."""

    id: Identity | None = None
    """Given once, never changed or used again."""
    year: Count | None = None
    """Year in which the commitment takes effect."""
    amount: Cents | None = None
    """Amount of the commitment in that year."""


class BudgetAmount(Table):
    """What is to change in one line of the budget."""

    id: Identity | None = None
    """Given once, never changed or used again."""
    side: Side | None = None
    """What is changed: expense, revenue, payment, receipt, investment or posts."""
    year: Count | None = None
    """Budget year."""
    recurring: bool = False
    """Every year from this one on."""
    old: Cents | None = None
    """Amount in the draft."""
    change: Cents | None = None
    """What the motion adds or, with a minus, takes away."""
    new: Cents | None = None
    """Amount that the motion asks for."""
    sub_budget: Line | None = None
    """Number of the sub-budget."""
    product_group: Line | None = None
    """Number of the product group."""
    product: Line | None = None
    """Number of the product."""
    account: Line | None = None
    """Number of the account."""
    measure: Line | None = None
    """Investment measure."""
    recipient: Line | None = None
    """Who gets the money."""
    blocked: bool = False
    """Frozen until it is released (Sperrvermerk)."""
    block_text: Line | None = None
    """Who releases it, and when."""
    remarks: Line | None = None
    """Anything else about this amount."""
    commitments: list[Commitment] | None = None
    """What binds later years (Verpflichtungsermächtigung)."""


class Budget(Table):
    """Places and amounts in the draft budget."""

    plan: Line | None = None
    """The plan that is to be changed, such as 2024 or 2025/2026."""
    product_pages_from: Line | None = None
    """Where the products begin in the draft, as printed."""
    cover: Prose | None = None
    """How it is to be funded (Deckungsvorschlag)."""
    references: list[BudgetReference] | None = None
    """Pages and sub-budgets of the draft."""
    amounts: list[BudgetAmount] | None = None
    """What is to change in the budget."""
