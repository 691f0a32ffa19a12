"""What is to be written of the data as they are edited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from antragsbuch_schema.edits import Data
from antragsbuch_schema.fields import Field, Fields, Kind, by_name


def said(data: Mapping[str, Any], before: Any, fields: Fields) -> Data:
    """`data` without the empty tables and lists that typing and taking back left behind.

    What the file had empty (`before`) stays, and what says something by being empty.
    """
    known, old = by_name(fields), before if isinstance(before, Mapping) else {}
    result: Data = {}
    for key, value in data.items():
        field = known.get(key)
        now = _below(value, old.get(key), field) if field else value
        if now not in ([], {}) or key in old or (field is not None and field.keep):
            result[key] = now
    return result


def _below(value: Any, before: Any, field: Field) -> Any:
    if field.kind is Kind.TABLE and isinstance(value, dict):
        return said(value, before, field.fields)
    if field.kind is Kind.TABLES and isinstance(value, list):
        rows = {row.get("id"): row for row in before or [] if isinstance(row, dict)}
        return [said(row, rows.get(row.get("id")), field.fields) if isinstance(row, dict) else row for row in value]
    return value
