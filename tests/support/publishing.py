"""A confidential register, the public one that is made from it, and what publishes."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import Cli, Ran
from support.repositories import COUNCIL, PATH, Repository, motion, register

PUBLIC = COUNCIL.replace('language = "de"', 'language = "en"').replace(
    "\n[[factions]]", '\n[[organizations]]\nid = "o2"\nname = "Regionsausschuss"\npublic = false\n\n[[factions]]'
)
CONFIDENTIAL = PUBLIC.replace("public = true", "public = false")
SECRET_PATH = "motions/V/2200/2293-HHA.toml"
CLOSED = """
[[consultations]]
id = "c2"
organization = "Regionsausschuss"
date = 2023-12-12
role = "preparation"
outcome = "rejected"
"""


def confidential(text: str) -> str:
    """The motion as a confidential one."""
    return text.replace("public = true\n", "public = false\n", 1)


SECRET = confidential(motion("2293 (V) HHA", title="Verkauf des Grundstücks Am Markt"))


@pytest.fixture
def secret(isolated: Path, tmp_path: Path) -> Repository:
    """A confidential register with a public and a confidential motion."""
    return register(tmp_path / "secret", {PATH: motion(), SECRET_PATH: SECRET}, council=CONFIDENTIAL)


@pytest.fixture
def public(tmp_path: Path) -> Repository:
    """Where it is published to; nothing is there yet."""
    return Repository(tmp_path / "public")


class Publish:
    """Publishes from the confidential register to the public one, or to another folder."""

    def __init__(self, cli: Cli, secret: Repository, public: Repository) -> None:
        self._cli, self._secret, self._public = cli, secret, public

    def __call__(self, *options: str, to: Path | None = None, status: int | None = 0) -> Ran:
        folder = str(to or self._public.root)
        return self._cli("publish", folder, "--yes", *options, at=self._secret.root, status=status)

    def refused(self, *words: str, to: Path | None = None) -> None:
        """It is refused, in one line with these words."""
        ran = self(to=to, status=2)
        assert all(word in ran.err for word in words), ran.err
        assert ran.err.startswith("antrag: ") and ran.err.count("\n") == 1 and ran.out == ""


@pytest.fixture
def publish(cli: Cli, secret: Repository, public: Repository) -> Publish:
    return Publish(cli, secret, public)


def listed(repository: Repository, revision: str = "HEAD") -> list[str]:
    return repository.git("ls-tree", "-r", "--name-only", revision).split()
