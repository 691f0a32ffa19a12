"""What a report needs beside the findings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from antragsbuch_schema.diagnostics import Severity
from antragsbuch_schema.i18n import Language

Sources = Callable[[str], str | None]
"""The text of the file at a path, as it was checked; None where it is not at hand. The `get` of a dict will do."""

Paint = Callable[[str, str], str]
"""Words and the number of an ANSI colour to coloured words."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Files, language and terminal of a report.

    `paths` are the files that were checked, findings or not. `room` is the width of excerpts in cells, numbers
    included; `unicode` allows lines and arrows beyond ASCII. `version` is the program's. `prefix` leads from the root
    of the repository (or the project folder of a CI job) to the register. `pages` is the address that a code is put
    behind to get the page of its rule, empty where there is none. `fails` is the severity from which on a file has
    not passed.
    """

    sources: Sources
    language: Language
    paths: Sequence[str] = ()
    colour: bool = False
    room: int = 100
    unicode: bool = False
    version: str = ""
    prefix: str = ""
    pages: str = ""
    fails: Severity = Severity.ERROR

    def file(self, path: str) -> str:
        """A path of the register as it is from the root of the repository."""
        prefix = self.prefix.strip("/")
        return f"{prefix}/{path}" if prefix not in ("", ".") else path

    def page(self, code: str) -> str | None:
        """The address of the page of a rule."""
        return self.pages + code if self.pages else None
