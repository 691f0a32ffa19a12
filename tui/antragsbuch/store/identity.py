"""Who commits: name and address as git's configuration and the environment have them."""

from __future__ import annotations

import os
import re
from typing import Literal, NamedTuple

from antragsbuch.i18n import _

from .config import Config
from .errors import BadIdentity, NoIdentity
from .runner import Git

_BAD = re.compile(r"[\x00-\x1f\x7f<>]")


class Identity(NamedTuple):
    """Name and address of a person, as a commit names them."""

    name: str
    email: str


def of(config: Config) -> Identity | None:
    """The person that git would name as author, None where it lacks a name or an address for author or committer.

    git never guesses here: neither from the account nor from the name of the machine.
    """
    author, committer = _person(config, "author"), _person(config, "committer")
    return author if all(author) and all(committer) else None


def environment(config: Config) -> dict[str, str]:
    """What git must be told besides its configuration: an address that stands in EMAIL only counts as guessed."""
    return {
        f"GIT_{role.upper()}_EMAIL": email for role in ("author", "committer") if (email := _person(config, role).email)
    }


def _person(config: Config, role: str) -> Identity:
    found = {
        key: os.environ.get(f"GIT_{role.upper()}_{key.upper()}")
        or config.get(f"{role}.{key}")
        or config.get(f"user.{key}")
        or (os.environ.get("EMAIL") if key == "email" else None)
        or ""
        for key in ("name", "email")
    }
    return Identity(found["name"].strip(), found["email"].strip())


def required(config: Config) -> Identity:
    """The person, or `NoIdentity` with the way to set one."""
    found = of(config)
    if found is None:
        raise NoIdentity(
            _("git does not know your name and address."),
            _('Set them: git config --global user.name "..." and git config --global user.email "..."'),
        )
    return found


def write(git: Git, name: str, email: str, where: Literal["local", "global"]) -> None:
    """Write name and address into the configuration of this repository, or of the person. Raises `BadIdentity`."""
    name, email = name.strip(), email.strip()
    if not name or _BAD.search(name):
        raise BadIdentity(_("A name must not be empty and must not hold < > or line breaks."))
    if not re.fullmatch(r"[^\s@]+@[^\s@]+", email) or _BAD.search(email):
        raise BadIdentity(_("{email} is not an e-mail address.").format(email=email or "-"))
    # after a key, git takes a value as it is, even one that begins with a dash
    git.run("config", f"--{where}", "user.name", name)
    git.run("config", f"--{where}", "user.email", email)
    git.reload()
