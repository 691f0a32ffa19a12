"""`antrag rule`: explain one rule, or list them all."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from antragsbuch.i18n import _, language
from antragsbuch_schema.i18n import catalogue

from .common import Refused, out, out_json
from .parser import Parser

if TYPE_CHECKING:
    from antragsbuch_schema.rules import Rule


def arguments(parser: Parser) -> None:
    """Which rule."""
    parser.examples = _(
        "antrag rule VO003             # one rule: what, why, wrong and right\n"
        "antrag rule                   # all rules"
    )
    parser.add_argument("code", nargs="?", metavar=_("CODE"), help=_("code or name of a rule"))
    parser.add_argument("--json", action="store_true", help=_("as JSON"))


def run(options: argparse.Namespace) -> int:
    """Print the page of the rule, or the list."""
    from antragsbuch_schema.rules import RULES

    if options.code is not None:
        page = _page(_rule(options.code))
        if options.json:
            out_json(page)
        else:
            _print_page(page)
        return 0
    pages = [_page(rule) for rule in RULES.values()]
    if options.json:
        out_json([{key: page[key] for key in ("code", "name", "severity", "what")} for page in pages])
        return 0
    for page in pages:
        out(f"{page['code']}  {_said(page['severity']):9} {page['name']}\n       {page['what']}")
    return 0


def _rule(wanted: str) -> Rule:
    from antragsbuch_schema.rules import RULES

    for rule in RULES.values():
        if wanted.upper() == rule.code or wanted.lower() == rule.name:
            return rule
    import difflib

    known = [*RULES, *(rule.name for rule in RULES.values())]
    close = difflib.get_close_matches(wanted.upper(), known, 3) or difflib.get_close_matches(wanted.lower(), known, 3)
    hint = _("Did you mean {word}?").format(word=", ".join(close)) if close else _("antrag rule lists them all.")
    raise Refused(_("There is no rule {code}.").format(code=wanted) + " " + hint)


def _page(rule: Rule) -> dict[str, str]:
    """All about a rule; the severity is its English word, in every language."""
    schema = catalogue(language()).gettext
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.label,
        "what": schema(rule.what),
        "why": schema(rule.why) if rule.why else "",
        "source": rule.source,
        "wrong": rule.wrong,
        "right": rule.right,
    }


def _print_page(page: dict[str, str]) -> None:
    out(f"{page['code']} {page['name']} ({_said(page['severity'])})\n\n{page['what']}")
    for heading, value in ((_("Why"), page["why"]), (_("Source"), page["source"])):
        if value:
            out(f"\n{heading}: {value}")
    for heading, example in ((_("Wrong"), page["wrong"]), (_("Right"), page["right"])):
        if example:
            out(f"\n{heading}:\n\n" + "\n".join(f"    {line}".rstrip() for line in example.strip("\n").splitlines()))


def _said(severity: str) -> str:
    return catalogue(language()).gettext(severity)
