"""What the oldest Python that is supported does otherwise."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
# before 3.11.5 (Debian 12 has 3.11.2) a possessive group that holds alternatives matches wrongly: it gives back what
# its last attempt took, so that """ is not found at the end of a text
_POSSESSIVE_GROUP = re.compile(r"\)(?:[*+?]|\{\d*,?\d*\})\+")


def test_no_expression_has_a_possessive_group() -> None:
    files = [path for folder in ("schema", "tui") for path in (ROOT / folder).rglob("*.py")]
    assert len(files) > 100
    assert [str(path.relative_to(ROOT)) for path in files if _POSSESSIVE_GROUP.search(path.read_text())] == []
    assert _POSSESSIVE_GROUP.search(r'"(?:a++|b)*+"')
