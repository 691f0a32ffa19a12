"""`antrag rule`: explain one rule, or list them all."""

from __future__ import annotations

import argparse
import difflib
import json

from antragsbuch.i18n import _, language
from antragsbuch_schema.i18n import catalogue

from .common import Refused, out
from .parser import Parser


def arguments(parser: Parser) -> None:
    """Which rule."""
    parser.examples = (
        "antrag rule VO003             # one rule: what, why, wrong and right\n"
        "antrag rule                   # all rules"
    )
    parser.add_argument("code", nargs="?", metavar=_("CODE"), help=_("code or name of a rule"))
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def run(options: argparse.Namespace) -> int:
    """Print the page of the rule, or the list."""
    from antragsbuch_schema.rules import RULES

    schema = catalogue(language()).gettext
    if options.code is None:
        rows = [
            {"code": rule.code, "name": rule.name, "severity": rule.severity.label, "what": schema(rule.what)}
            for rule in RULES.values()
        ]
        if options.json:
            out(json.dumps(rows, ensure_ascii=False, indent=2))
        else:
            for row in rows:
                out(f"{row['code']}  {schema(row['severity']):9} {row['name']}\n       {row['what']}")
        return 0
    rule = RULES.get(options.code.upper()) or next((rule for rule in RULES.values() if rule.name == options.code), None)
    if rule is None:
        close = difflib.get_close_matches(options.code, [*RULES, *(rule.name for rule in RULES.values())], 3)
        hint = " " + _("Did you mean {word}?").format(word=", ".join(close)) if close else ""
        raise Refused(_("There is no rule {code}.").format(code=options.code) + hint)
    page = {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.label,
        "what": schema(rule.what),
        "why": schema(rule.why) if rule.why else "",
        "source": rule.source,
        "wrong": rule.wrong,
        "right": rule.right,
    }
    if options.json:
        out(json.dumps(page, ensure_ascii=False, indent=2))
        return 0
    out(f"{rule.code} {rule.name} ({schema(rule.severity.label)})\n\n{page['what']}")
    for heading, value in ((_("Why"), page["why"]), (_("Source"), page["source"])):
        if value:
            out(f"\n{heading}: {value}")
    for heading, example in ((_("Wrong"), page["wrong"]), (_("Right"), page["right"])):
        if example:
            out(f"\n{heading}:\n\n" + "\n".join(f"    {line}".rstrip() for line in example.strip("\n").splitlines()))
    return 0
