"""Fixtures for all tests: `isolated` is a home of its own, `clone` a register with one motion."""

from __future__ import annotations

import pytest

from support.repositories import clone, isolated

__all__ = ["clone", "isolated"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--sweep`: a crash at every system call of a save, not at a few of them."""
    parser.addoption("--sweep", action="store_true", help="crash at every system call of a save (some minutes)")
