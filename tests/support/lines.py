"""A register whose commits have days of their own, in Berlin."""

from __future__ import annotations

from support.repositories import COUNCIL, Repository

BERLIN = COUNCIL.replace("format = 1", 'format = 1\ntime_zone = "Europe/Berlin"')
"""The council's file with a time zone, so that a day ends everywhere at the same moment."""


def commit_on(repository: Repository, day: str, message: str) -> str:
    """Commit everything at noon of a day; the commit."""
    when = f"{day}T12:00:00+0100"
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "-m", message, env={"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when})
    return repository.head()
