"""Fixtures for all tests: `isolated` is a home of its own, `clone` a register with one motion, `cli` runs commands."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from support.commands import cli
from support.repositories import clone, isolated

# machines that run tests are shared: how long one example takes says nothing
settings.register_profile("shared", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared")

__all__ = ["cli", "clone", "isolated"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--sweep`: a crash at every system call of a save, not at a few of them; `--mutations`: so many broken files."""
    parser.addoption("--sweep", action="store_true", help="crash at every system call of a save (some minutes)")
    parser.addoption("--mutations", type=int, default=20_000, help="how many broken files are checked")
