"""A public register made from a confidential one: what comes out, what stays, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.commands import Cli, Ran
from support.repositories import COUNCIL, OTHER_PATH, PATH, Repository, empty, motion, register

CONFIDENTIAL = COUNCIL.replace("public = true", "public = false").replace('language = "de"', 'language = "en"') + (
    '\n[[organizations]]\nid = "o2"\nname = "Regionsausschuss"\npublic = false\n'
    '\n[[sources]]\nid = "q1"\nname = "SECRET source"\nurl = "https://SECRET:SECRET@example.org"\n'
)
SECRET = motion("2293 (V) HHA", title="SECRET sale of land").replace("public = true", "public = false")
SECRET_PATH = "motions/V/2200/2293-HHA.toml"


@pytest.fixture
def secret(isolated: Path, tmp_path: Path) -> Repository:
    """A confidential register with a public and a confidential motion."""
    return register(tmp_path / "secret", {PATH: motion(), SECRET_PATH: SECRET}, council=CONFIDENTIAL)


@pytest.fixture
def public(tmp_path: Path) -> Repository:
    """Where it is published to."""
    return Repository(tmp_path / "public")


@pytest.fixture
def publish(cli: Cli, secret: Repository, public: Repository) -> Publish:
    return Publish(cli, secret, public)


class Publish:
    """Publishes from the confidential register to the public one."""

    def __init__(self, cli: Cli, secret: Repository, public: Repository) -> None:
        self._cli, self._secret, self._public = cli, secret, public

    def __call__(self, *options: str, to: Path | None = None, status: int = 0) -> Ran:
        folder = str(to or self._public.root)
        return self._cli("publish", folder, "--yes", *options, at=self._secret.root, status=status)


def test_a_new_public_register(publish: Publish, public: Repository, cli: Cli) -> None:
    ran = publish()
    assert ran.out.startswith("1 public motion: 1 new\n  + 2292 (V) HHA\n+ council.toml: new\n")
    assert "Withheld: 1 motion that is not public" in ran.out
    assert "Published" in ran.err
    assert public.git("ls-tree", "-r", "--name-only", "HEAD").split() == [PATH, "motions/council.toml"]
    assert public.at(PATH) == motion() == public.read(PATH)
    assert "SECRET" not in public.read("motions/council.toml") and public.changed() == ""
    assert cli("validate", at=public.root).status == 0
    public.check()
