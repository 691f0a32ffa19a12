"""docs/reports.md holds: its examples are what the code prints."""

from __future__ import annotations

from tools.report_examples import EXAMPLE, PAGE, written

from antragsbuch_schema.reports.forms import FORMS

TEXT = PAGE.read_text(encoding="utf-8")


def test_every_form_has_an_example() -> None:
    # jsonl is json without the list
    names = [match[1] for match in EXAMPLE.finditer(TEXT)]
    assert sorted(names) == sorted(set(FORMS) - {"jsonl"} | {"source", "statistics"})
    assert all(f"`{name}`" in TEXT for name in FORMS)


def test_the_examples_are_what_the_code_prints() -> None:
    """Once their text was looked at, `python tools/report_examples.py` writes them anew."""
    fresh = [match[2] for match in EXAMPLE.finditer(written(TEXT))]
    for match, now in zip(EXAMPLE.finditer(TEXT), fresh, strict=True):
        assert match[2] == now, match[1]
