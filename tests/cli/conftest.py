"""Fixtures of several tests of commands."""

from support.publishing import public, publish, secret

__all__ = ["public", "publish", "secret"]
