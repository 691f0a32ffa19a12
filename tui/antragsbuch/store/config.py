"""git's configuration as one snapshot, with the scope that each value comes from.

The configuration inside a repository can name programs to run. It is never cloned, but a prepared folder (an archive,
a shared disk) can bring one. `overrides` turns off whatever the repository itself wants to have run.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

OWN_SCOPES = frozenset({"system", "global", "command"})
"""Where the person or the administrator speaks, not the repository."""

_SIGNING_PROGRAMS = {
    "gpg.program": "gpg",
    "gpg.openpgp.program": "gpg",
    "gpg.x509.program": "gpgsm",
    "gpg.ssh.program": "ssh-keygen",
    "gpg.ssh.defaultkeycommand": "",
}
_FILTER = re.compile(r"filter\.(.*)\.(clean|smudge|process|required)", re.DOTALL)
_TRUE = frozenset({"", "true", "yes", "on", "1"})


@dataclass(frozen=True, slots=True)
class Config:
    """All values of each key, in git's order: the last one counts. Keys as git lists them."""

    values: Mapping[str, tuple[tuple[str, str], ...]]

    def get(self, key: str, scopes: Collection[str] | None = None) -> str | None:
        """The value of `key` (from `scopes` only), or None."""
        found = [value for scope, value in self.values.get(key, ()) if scopes is None or scope in scopes]
        return found[-1] if found else None

    def flag(self, key: str, scopes: Collection[str] | None = None) -> bool:
        """Whether `key` is set to a true value."""
        value = self.get(key, scopes)
        return value is not None and value.lower() in _TRUE

    @property
    def shared(self) -> bool:
        """Whether several people write into the git directory (core.sharedRepository)."""
        value = (self.get("core.sharedrepository") or "").lower()
        return value not in ("", "umask", "false", "0", "no", "off")

    def overrides(self) -> list[str]:
        """`-c` options that take the programs named by the repository itself out of git's hands."""
        options: list[str] = []
        for key in self.values:
            match = _FILTER.fullmatch(key)
            if match:
                value = "false" if match[2] == "required" else ""
                options += ["-c", f"{key}={value}"]
        for key, default in _SIGNING_PROGRAMS.items():
            if self.get(key) != self.get(key, OWN_SCOPES):
                options += ["-c", f"{key}={self.get(key, OWN_SCOPES) or default}"]
        return options


def parse(listing: bytes) -> Config:
    """The snapshot from the output of `git config --list -z --show-scope`."""
    fields = listing.decode("utf-8", "surrogateescape").split("\0")
    values: dict[str, list[tuple[str, str]]] = {}
    for scope, pair in zip(fields[::2], fields[1::2], strict=False):
        key, _newline, value = pair.partition("\n")
        values.setdefault(key, []).append((scope, value))
    return Config({key: tuple(found) for key, found in values.items()})
