"""Copying to the clipboard of the terminal that the person sits at, also over SSH, through tmux and screen.

It is done by the terminal itself (OSC 52). Whether the terminal took it can't be known, so the message says what was
sent, and where to.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import NamedTuple

LIMIT = 74_994
"""Bytes of text that the strictest of the usual terminals takes (100,000 characters encoded)."""


class Sent(NamedTuple):
    """What goes to the terminal, and through what it is sent: "tmux", "screen" or nothing."""

    sequence: str
    through: str


class TooLong(ValueError):
    """More than a terminal takes."""


def sequence(text: str, environment: Mapping[str, str]) -> Sent:
    """The control sequence that copies `text`. Raises `TooLong`."""
    data = text.encode("utf-8")
    if len(data) > LIMIT:
        raise TooLong(len(data))
    osc = f"\x1b]52;c;{base64.b64encode(data).decode()}\x07"
    if environment.get("TMUX"):
        # tmux hands on what is wrapped, with each escape doubled, where allow-passthrough is on; set-clipboard
        # (its default) makes it take a plain one: both are sent
        return Sent(osc + "\x1bPtmux;" + osc.replace("\x1b", "\x1b\x1b") + "\x1b\\", "tmux")
    if environment.get("STY") or environment.get("TERM", "").startswith("screen"):
        # screen cuts a string of more than 768 bytes: it goes in pieces
        pieces = [osc[start : start + 700] for start in range(0, len(osc), 700)]
        return Sent("".join(f"\x1bP{piece}\x1b\\" for piece in pieces), "screen")
    return Sent(osc, "")
