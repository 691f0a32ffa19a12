"""How commands are listed, in the help and in the palette. Pure functions of plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from antragsbuch.commands import Command
from antragsbuch.commands.matching import best
from antragsbuch.i18n import _
from antragsbuch.keymap import shown
from antragsbuch.widgets.line import Line, Piece, cut, fit


@dataclass(frozen=True, slots=True)
class Offer:
    """A command of the screen below, and why it can't run now (or nothing)."""

    command: Command
    reason: str = ""

    @property
    def name(self) -> str:
        """What it is found by: its title, and its name in the configuration file."""
        return f"{_(self.command.title)} {self.command.id}"

    @property
    def why_not(self) -> str:
        """Why it can't run now, in words; or nothing."""
        return _("not now: {reason}").format(reason=self.reason) if self.reason else ""


def found(offers: Sequence[Offer], typed: str) -> Sequence[Offer]:
    """The offers that fit what was typed, the best first; a key by itself finds its command."""
    by_key = [offer for offer in offers if typed.strip() in offer.command.keys]
    others = [offer for offer in best(typed, [(offer.name, offer) for offer in offers]) if offer not in by_key]
    return [*by_key, *others]


def line(offer: Offer, cells: int) -> Line:
    """One command in a row of `cells` cells: keys, title, and the help or the reason why not."""
    keys = "  ".join(shown(key) for key in offer.command.keys[:3])
    room = cells - 32
    title = fit(_(offer.command.title), 17) + " "
    if offer.reason:
        return (Piece(fit(keys, 13) + " ", "dim"), Piece(title, "dim"), Piece(cut(offer.why_not, room), "dim"))
    return (Piece(fit(keys, 13) + " ", "key"), Piece(title), Piece(cut(_(offer.command.help), room)))


def grouped(offers: Sequence[Offer]) -> list[tuple[str, list[Offer]]]:
    """The offers under the headings of their groups, in the order in which the groups first occur."""
    groups: dict[str, list[Offer]] = {}
    for offer in offers:
        groups.setdefault(offer.command.group, []).append(offer)
    return list(groups.items())
