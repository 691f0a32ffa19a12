"""Fixtures for all tests: `isolated` is a home of its own, `clone` a register with one motion."""

from support.repositories import clone, isolated

__all__ = ["clone", "isolated"]
