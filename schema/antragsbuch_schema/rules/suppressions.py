"""SU: comments of a file that say which findings are not to be shown. `suppress` reads them and reports these."""

from __future__ import annotations

from antragsbuch_schema.diagnostics import Severity
from antragsbuch_schema.i18n import N_

from .registry import declare

_DOUBLED = 'title = "Konferenz  zur Armut"'

declare(
    "SU001",
    name="unclear-suppression",
    severity=Severity.WARNING,
    what=N_("A comment that is to ignore findings can't be understood."),
    why=N_("It has no effect as it is: the findings are shown, and whoever wrote it should know."),
    wrong=f"{_DOUBLED} # antrag: ignore TX008 so gedruckt\n",
    right=f"{_DOUBLED} # antrag: ignore[TX008] so gedruckt\n",
)
declare(
    "SU002",
    name="unknown-code",
    severity=Severity.WARNING,
    what=N_("A comment ignores a rule that does not exist."),
    why=N_("'antrag rule' lists all of them."),
    wrong='title = "Konferenz" # antrag: ignore[TX999] so gedruckt\n',
    right=f"{_DOUBLED} # antrag: ignore[TX008] so gedruckt\n",
)
declare(
    "SU003",
    name="suppression-without-reason",
    severity=Severity.WARNING,
    what=N_("A comment ignores findings and does not say why."),
    why=N_("Whoever reads the file next year must be able to judge whether it still holds."),
    wrong=f"{_DOUBLED} # antrag: ignore[TX008]\n",
    right=f"{_DOUBLED} # antrag: ignore[TX008] so gedruckt\n",
)
declare(
    "SU004",
    name="suppression-run-out",
    severity=Severity.WARNING,
    what=N_("The day until which a comment ignores findings has passed."),
    why=N_("The findings are shown again: mend them, or give the comment a later day."),
    wrong=f"{_DOUBLED} # antrag: ignore[TX008] wird noch berichtigt until 2023-12-31\n",
    right=f"{_DOUBLED} # antrag: ignore[TX008] wird noch berichtigt until 2099-12-31\n",
)
declare(
    "SU005",
    name="unused-suppression",
    severity=Severity.WARNING,
    what=N_("A comment ignores findings that are not there."),
    why=N_("What it was written for is mended or gone. If it stayed, it would hide the next mistake."),
    wrong='title = "Konferenz" # antrag: ignore[TX008] so gedruckt\n',
    right=f"{_DOUBLED} # antrag: ignore[TX008] so gedruckt\n",
)
declare(
    "SU006",
    name="not-to-be-ignored",
    severity=Severity.WARNING,
    what=N_("A comment ignores a rule that can't be ignored."),
    why=N_(
        "Broken files, wrong types and confidential matter in a public register are errors whatever a file says, and "
        "what a comment says of findings is not ignored by another comment."
    ),
    wrong='title = "Konferenz" # antrag: ignore[PU001] wird noch berichtigt\n',
    right=f"{_DOUBLED} # antrag: ignore[TX008] so gedruckt\n",
)
