"""The pages of the rules are made from the code, and say how findings are mended."""

from __future__ import annotations

import re

import pytest
from tools.rule_pages import DOCS, pages

from antragsbuch_schema.i18n import catalogue
from antragsbuch_schema.rules import FAMILIES, RULES
from antragsbuch_schema.rules.mended import SAFE, UNSAFE
from support.rule_cases import found, report_on


def test_the_pages_are_those_of_the_code() -> None:
    """`python tools/rule_pages.py` writes them."""
    written = {path: path.read_text(encoding="utf-8") for path in (DOCS / "rules.md", *(DOCS / "rules").glob("*.md"))}
    assert written == pages()


def test_every_rule_has_its_place_and_every_link_leads_to_one() -> None:
    made = pages()
    index = made[DOCS / "rules.md"]
    links = re.findall(r"\((rules/[A-Z]+\.md)#([a-z0-9-]+)\)", index)
    assert len(links) == len(RULES)
    for path, anchor in links:
        code, _dash, name = anchor.partition("-")
        assert f"## {code.upper()} {name}\n" in made[DOCS / path]
    assert {path.stem for path in made} == {"rules", *FAMILIES}


@pytest.mark.parametrize("code", RULES)
def test_the_page_says_how_it_is_mended(code: str) -> None:
    rule = RULES[code]
    fixes = [each.finding.fix for each in found(report_on(rule, rule.wrong), code)] if rule.wrong else []
    offered = {fix.safe for fix in fixes if fix is not None}
    # SC004 mends only where the key that is meant is free: its example shows no such case
    expected = {True: code in SAFE, False: code in UNSAFE and code != "SC004"}
    assert {safe for safe, is_expected in expected.items() if is_expected} == offered


def test_what_a_fix_does_is_said_in_german() -> None:
    german = catalogue("de")
    assert not [words for words in (*SAFE.values(), *UNSAFE.values()) if german.gettext(words) == words]
    assert not set(SAFE) & set(UNSAFE) and {*SAFE, *UNSAFE} <= set(RULES)
