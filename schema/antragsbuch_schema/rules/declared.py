"""TO and SC: what the reader of the file and the types of the fields report, entered here with their pages."""

from __future__ import annotations

from antragsbuch_schema.diagnostics import Severity
from antragsbuch_schema.i18n import N_

from .registry import declare

_SPEC = "TOML 1.0"

declare(
    "TO001",
    name="invalid-toml",
    severity=Severity.ERROR,
    what=N_("The file is not valid TOML."),
    why=N_("Nothing else can be said about it until it can be read."),
    source=_SPEC,
    wrong='title = "Konferenz\n',
    right='title = "Konferenz"\n',
    settable=False,
)
declare(
    "TO002",
    name="merge-conflict",
    severity=Severity.ERROR,
    what=N_("A merge conflict is not resolved."),
    why=N_(
        "Inside a text in three quotes the markers of git are valid TOML, and would be printed as part of the motion."
    ),
    wrong='facts = """\n<<<<<<< HEAD\nEin Satz.\n=======\nEin anderer Satz.\n>>>>>>> theirs\n"""\n',
    right='facts = """\nEin Satz.\n"""\n',
    settable=False,
)
declare(
    "TO003",
    name="not-utf-8",
    severity=Severity.ERROR,
    what=N_("The file is not UTF-8."),
    why=N_("TOML is UTF-8. A Latin-1 umlaut comes from an old editor or an export."),
    source=_SPEC,
    settable=False,
)
declare(
    "TO004",
    name="file-too-large",
    severity=Severity.ERROR,
    what=N_("The file is larger, or nests deeper, than any motion."),
    why=N_("Files that are made to keep a program busy are refused before they are parsed."),
    settable=False,
)
declare(
    "SC001",
    name="wrong-type",
    severity=Severity.ERROR,
    what=N_("A value is of another type than its field."),
    why=N_("A date is a TOML date and not a text, a count is a number: so every program reads the same."),
    wrong='submitted = "2023-11-15"\n',
    right="submitted = 2023-11-15\n",
    settable=False,
)
declare(
    "SC002",
    name="unknown-word",
    severity=Severity.ERROR,
    what=N_("A value is not one of the possible words."),
    why=N_("Codes are the same in every register; the source's own word has a field beside it."),
    wrong='[[consultations]]\nid = "c1"\nrole = "decison"\n',
    right='[[consultations]]\nid = "c1"\nrole = "decision"\n',
    settable=False,
)
declare(
    "SC003",
    name="required-field",
    severity=Severity.ERROR,
    what=N_("A required field is missing or empty."),
    wrong='title = ""\n',
    right='title = "Konferenz"\n',
    settable=False,
)
declare(
    "SC004",
    name="unknown-key",
    severity=Severity.WARNING,
    what=N_("A key is unknown."),
    why=N_("It is kept by every edit and merge, but nothing reads it: most often it is misspelled."),
    wrong='titel = "Konferenz"\n',
    right='title = "Konferenz"\n',
)
declare(
    "SC005",
    name="out-of-range",
    severity=Severity.ERROR,
    what=N_("A number is out of range."),
    why=N_("Counts are 0 or more."),
    wrong='[[consultations]]\nid = "c1"\n\n[[consultations.votes]]\nid = "v1"\nyes = -1\n',
    right='[[consultations]]\nid = "c1"\n\n[[consultations.votes]]\nid = "v1"\nyes = 1\n',
    settable=False,
)
declare(
    "SC006",
    name="line-break",
    severity=Severity.ERROR,
    what=N_("A text of one line holds a line break."),
    wrong='title = "Konferenz\\nzur Armut"\n',
    right='title = "Konferenz zur Armut"\n',
    settable=False,
)
declare(
    "SC007",
    name="malformed-id",
    severity=Severity.ERROR,
    what=N_("An identity has characters that a place cannot name."),
    why=N_("An id is a letter and then letters, digits, '-' and '_': changes, findings and history name places by it."),
    wrong='id = "2292 V"\n',
    right='id = "k7m2qx9a"\n',
    settable=False,
)
