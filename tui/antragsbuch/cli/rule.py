"""`antrag rule`: explain one rule, list a family, or all of them."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from antragsbuch.i18n import _, language
from antragsbuch_schema.i18n import catalogue

from .common import Refused, out, out_json
from .parser import Parser

if TYPE_CHECKING:
    from antragsbuch_schema.rules import Rule


def arguments(parser: Parser) -> None:
    """Which rule."""
    parser.examples = _(
        "antrag rule VO003            # one rule: what, why, wrong and right\n"
        "antrag rule VO               # a family of rules\n"
        "antrag rule                  # all rules\n"
        "antrag rule --json           # for a program"
    )
    parser.add_argument("code", nargs="?", metavar=_("CODE"), help=_("code or name of a rule, or a family"))
    parser.add_argument(
        "--output-format", choices=("text", "json"), default="text", help=_("otherwise text, for people")
    )
    parser.add_argument("--json", action="store_const", const="json", dest="output_format", help=_("as JSON"))


def run(options: argparse.Namespace) -> int:
    """Print the page of the rule, or the list."""
    from antragsbuch_schema.rules import RULES
    from antragsbuch_schema.rules.naming import codes_of, is_family, meant

    in_json = options.output_format == "json"
    codes = tuple(RULES) if options.code is None else codes_of(options.code)
    if not codes:
        near = meant(options.code)
        hint = _("Did you mean {word}?").format(word=", ".join(near)) if near else _("antrag rule lists them all.")
        raise Refused(_("There is no rule {code}.").format(code=options.code) + " " + hint)
    pages = [page_of(RULES[code]) for code in codes]
    if options.code is not None and not is_family(options.code):
        if in_json:
            out_json(pages[0])
        else:
            _print_page(pages[0])
    elif in_json:
        out_json([{key: page[key] for key in ("code", "name", "family", "severity", "fix", "what")} for page in pages])
    else:
        _print_list(pages)
    return 0


def page_of(rule: Rule) -> dict[str, Any]:
    """All about a rule; family, severity and fix are English words, in every language.

    `fix` is `safe`, `unsafe` or None, `mended` says what it does. A rule that is not `settable` is an error whatever
    council.toml says.
    """
    from antragsbuch_schema.rules import FAMILIES
    from antragsbuch_schema.rules.mended import SAFE, UNSAFE
    from antragsbuch_schema.rules.naming import family_of

    schema = catalogue(language()).gettext
    mended = SAFE.get(rule.code) or UNSAFE.get(rule.code, "")
    return {
        "code": rule.code,
        "name": rule.name,
        "family": family_of(rule.code),
        "about": schema(FAMILIES[family_of(rule.code)]),
        "severity": rule.severity.label,
        "settable": rule.settable,
        "what": schema(rule.what),
        "why": schema(rule.why) if rule.why else "",
        "source": rule.source,
        "wrong": rule.wrong,
        "right": rule.right,
        "fix": "safe" if rule.code in SAFE else "unsafe" if mended else None,
        "mended": schema(mended) if mended else "",
    }


def _print_list(pages: list[dict[str, Any]]) -> None:
    family = ""
    for page in pages:
        if page["family"] != family:
            out(("\n" if family else "") + f"{page['family']}: {page['about']}")
            family = page["family"]
        mark = " [*]" if page["fix"] == "safe" else ""
        out(f"{page['code']}  {_said(page['severity']):9} {page['name']}{mark}\n       {page['what']}")


def _print_page(page: dict[str, Any]) -> None:
    out(f"{page['code']} {page['name']} ({_said(page['severity'])})\n\n{page['what']}")
    fix = {"safe": _("{what} (--fix)"), "unsafe": _("{what} (--unsafe-fixes)"), None: ""}[page["fix"]]
    fixed = "" if page["settable"] else _("always as bad as that, whatever council.toml says")
    for heading, value in (
        (_("Why"), page["why"]),
        (_("Source"), page["source"]),
        (_("Fix"), fix.format(what=page["mended"])),
        (_("Severity"), fixed),
    ):
        if value:
            out(f"\n{heading}: {value}")
    for heading, example in ((_("Wrong"), page["wrong"]), (_("Right"), page["right"])):
        if example:
            out(f"\n{heading}:\n\n" + "\n".join(f"    {line}".rstrip() for line in example.strip("\n").splitlines()))


def _said(severity: str) -> str:
    return catalogue(language()).gettext(severity)
