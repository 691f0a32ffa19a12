"""Why a command can't run now."""

from __future__ import annotations

from antragsbuch.commands import conditions
from antragsbuch.state import Situation


def test_nothing_is_changed_before_the_register_is_open() -> None:
    assert conditions.writable(Situation(motion=True, register=False, opening=True))
    assert conditions.writable(Situation(motion=True, register=False))
    assert conditions.writable(Situation(motion=True, read_only="too new")) == "too new"
    assert conditions.writable(Situation(motion=True)) is None
