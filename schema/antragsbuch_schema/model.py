"""What the models of both files have in common: strict types, and the way from and to plain data.

The models say in types what `motion_fields` and `council_fields` say as tables; a test holds the two equal. They
check types and nothing else: what a motion must not contradict is the matter of the rules. Keys that no model
knows are kept, so that a file of a newer format loses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from .edits import Data
from .german import CENTS_MAX, INTEGER_MAX

LINE_PATTERN = r"^[^\r\n]*$"
ID_PATTERN = r"^[A-Za-z][A-Za-z0-9_-]*$"

Line = Annotated[str, StringConstraints(pattern=LINE_PATTERN)]
"""One line of text."""

Name = Annotated[str, StringConstraints(pattern=LINE_PATTERN, min_length=1)]
"""One line of text that is not empty."""

Identity = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
"""The identity of a motion or of an element of a list."""

Prose = str
"""Paragraphs in light Markdown."""

Count = Annotated[int, Field(ge=0, le=INTEGER_MAX)]
"""A count or a year."""

Cents = Annotated[int, Field(ge=-CENTS_MAX, le=CENTS_MAX)]
"""Money in cents, or hundredths of a post, with a sign."""


class Table(BaseModel):
    """One table of a file. A field that is None was not stated."""

    model_config = ConfigDict(strict=True, extra="allow", use_attribute_docstrings=True)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """The model of parsed data. Raises `pydantic.ValidationError` where a type is wrong or a field missing."""
        return cls.model_validate(data)

    def to_data(self) -> Data:
        """Plain data in the order of the model, unknown keys last, without what was not stated."""
        return self.model_dump(exclude_unset=True, exclude_none=True)
