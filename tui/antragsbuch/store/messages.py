"""The text of a commit message: what the person wrote, and trailers after it."""

from __future__ import annotations

import re
from collections.abc import Sequence

REASON = "Reason"
RENAMED_FROM = "Renamed-From"
_TRAILER = re.compile(r"([A-Za-z][A-Za-z0-9-]*):[ \t]*(.*)")


def with_trailers(message: str, trailers: Sequence[tuple[str, str]]) -> str:
    """`message` with `trailers` after those that it ends with; each value is brought to one line."""
    text = "\n".join(line.rstrip() for line in message.strip().splitlines())
    added = [f"{key}: {' '.join(value.split())}" for key, value in trailers if value.strip()]
    if not added:
        return text + "\n"
    separator = "\n" if trailers_of(text) else "\n\n"
    return text + separator + "\n".join(added) + "\n"


def trailers_of(message: str) -> tuple[tuple[str, str], ...]:
    """The trailers in the last paragraph of `message`, if all of its lines are such and it is not the subject."""
    paragraphs = re.split(r"\n\s*\n", message.strip())
    if len(paragraphs) < 2:
        return ()
    found: list[tuple[str, str]] = []
    for line in paragraphs[-1].splitlines():
        match = _TRAILER.fullmatch(line.rstrip())
        if match:
            found.append((match[1], match[2]))
        elif line.startswith((" ", "\t")) and found:
            key, value = found[-1]
            found[-1] = (key, f"{value} {line.strip()}")
        else:
            return ()
    return tuple(found)


def subject_of(message: str) -> str:
    """The first paragraph in one line."""
    return " ".join(re.split(r"\n\s*\n", message.strip())[0].split())


def body_of(message: str) -> str:
    """What stands between subject and trailers."""
    paragraphs = re.split(r"\n\s*\n", message.strip())[1:]
    if trailers_of(message):
        paragraphs = paragraphs[:-1]
    return "\n\n".join(paragraphs)
