"""`antrag export FORM`: motions in other forms, one module a form.

Most forms choose motions with `export_selection` and hand over what they made with `output`.
"""

from __future__ import annotations

import argparse

from antragsbuch.i18n import _
from antragsbuch_schema.i18n import N_

from . import Command, module_of
from .parser import Parser

FORMS = (
    Command("text", N_("the printed form as text"), "export_documents"),
    Command("markdown", N_("the printed form as Markdown"), "export_documents"),
    Command("html", N_("the printed form as a page for screen and paper"), "export_documents"),
    Command("pdf", N_("a PDF to print, to send out and to archive; several motions as a booklet"), "export_pdf"),
    Command("oparl", N_("a tree of OParl objects for a web server"), "export_oparl"),
    Command("csv", N_("a table for a spreadsheet: motions, consultations, votes or budget lines"), "export_tables"),
    Command("xlsx", N_("a workbook with these tables"), "export_tables"),
    Command("jsonl", N_("everything that the files say, one motion a line"), "export_tables"),
)
"""Every form: its name, what comes out (a message), and the module in this package."""


def arguments(parser: Parser) -> None:
    """Which form, each with arguments of its own."""
    parser.examples = _(
        "antrag export html 2292 -o 2292.html\n"
        "antrag export pdf --session Regionsversammlung 19.12.2023 -o sitzung.pdf\n"
        "antrag export csv votes --filter date:2023.. -o abstimmungen.csv\n"
        "antrag export text 2292      # a motion as printed"
    )
    forms = parser.add_subparsers(dest="form", metavar=_("FORM"), title=_("forms"), required=True)
    for form in FORMS:
        summary = _(form.summary)
        below = forms.add_parser(form.name, help=summary, description=summary[:1].upper() + summary[1:] + ".")
        module_of(form).arguments(below)


def run(options: argparse.Namespace) -> int:
    """Hand on to the form."""
    return module_of(next(form for form in FORMS if form.name == options.form)).run(options)
