"""An amount as a value of a `Text`: written as people of the language write it."""

from __future__ import annotations

from dataclasses import dataclass

from .german import format_cents, format_posts
from .i18n import Language


@dataclass(frozen=True, slots=True)
class Money:
    """Cents with a sign, or hundredths of a post."""

    cents: int
    posts: bool = False

    def __call__(self, language: Language) -> str:
        """`20.000 EUR` in German, `EUR 20,000.00` in English; posts as `2,5 Stellen`."""
        return format_posts(self.cents, language) if self.posts else format_cents(self.cents, language)
