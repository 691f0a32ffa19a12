"""The guard before the parser: what no file of ours holds and what a parser would choke on.

tomllib needs time that grows with the square of the length of a dotted key, recurses for every bracket, and turns
hexadecimal digits into an integer of any size. A file comes from anybody who may push, so all of this is refused
here, in time that grows with the length of the file.

The guard looks at the *skeleton* of a file: its text with every string and every comment replaced by `""`.
"""

from __future__ import annotations

import re
from math import isinf

from antragsbuch_schema.i18n import Text, text

from .errors import Kind, TomlError

MAX_BYTES = 1 << 20
"""The size of the largest file that is read."""

MAX_STRUCTURE = 1 << 18
"""The most characters outside of strings and comments: that is where a parser spends its time."""

MAX_DEPTH = 8
"""How deep tables and lists may nest, and how many parts a dotted key may have. A motion needs six."""

MAX_INTEGER = (1 << 63) - 1

BOM = "\ufeff"

OPAQUE = re.compile(
    r'"""(?:[^"\\]++|\\[\s\S]|(?!""")")*(?:"{3,5}|\\?\Z)'
    r"|'''(?:[^']++|(?!''')')*(?:'{3,5}|\Z)"
    r'|"(?:[^"\\\n]++|\\.)*"?'
    r"|'[^'\n]*+'?"
    r"|\#[^\n]*+"
)
"""A string or a comment. A string that is not closed goes on to the end of its line or of the file.

No group here is possessive: before Python 3.11.5 that matches wrongly where the group holds alternatives.
"""

# a run of letters and digits is taken whole, so that the time stays linear
_SUSPECT = re.compile(
    rf'(?P<dots>(?:\.[ \t]*+(?:[A-Za-z0-9_-]++|"[^"]*+")[ \t]*+){{{MAX_DEPTH}}})'
    r"|^(?P<marker><<<<<<<[ ]|>>>>>>>[ ]|=======\r?$)"
    r"|(?<![A-Za-z0-9_.-])(?P<float>[+-]?[0-9][0-9_]*+(?:\.[0-9][0-9_]*+(?:[eE]\+?[0-9][0-9_]*+)?|[eE]\+?[0-9][0-9_]*+))"
    r"|(?<![A-Za-z0-9_-])(?P<digits>[+-]?(?:0[xob][0-9A-Fa-f_]{16,}+|[0-9][0-9_]{18,}+)[A-Za-z0-9_-]*+)",
    re.MULTILINE,
)
# the same for a quick look, which may also find what is harmless
_HINTS = (
    re.compile(r'\.[ \t]*+[A-Za-z0-9_"-][^\n.]*+\.'),
    re.compile(r"[<=>]{7}"),
    re.compile(r"[0-9][0-9A-Fa-f_xob]{17}"),
    re.compile(r"[0-9][eE]\+?[0-9_]{3}"),
)
_BRACKET = re.compile(r"[\[\]{}]")
_KEY_GOES_ON = re.compile(r"[ \t]*+[.=]")
_INTEGER = re.compile(r"(?P<sign>[+-]?)(?:0x(?P<x>[0-9A-Fa-f_]+)|0o(?P<o>[0-7_]+)|0b(?P<b>[01_]+)|(?P<d>[0-9_]+))")
_BASES = {"x": 16, "o": 8, "b": 2, "d": 10}


def check(data: bytes) -> str:
    """The text of a file, with its byte order mark and its line ends. Raises `TomlError`."""
    if len(data) > MAX_BYTES:
        raise TomlError(text("The file is larger than {limit} KiB.", limit=MAX_BYTES // 1024), 1, 1, "limit")
    source = _decoded(data)
    nul = source.find("\0")
    if nul >= 0:
        raise TomlError(text("A NUL character must not stand in the file."), *line_column(source, nul), "encoding")
    skeleton = OPAQUE.sub('""', source)
    if len(skeleton) > MAX_STRUCTURE:
        message = text("The file has more than {limit} KiB outside of texts.", limit=MAX_STRUCTURE // 1024)
        raise TomlError(message, 1, 1, "limit")
    if any(hint.search(skeleton) for hint in _HINTS) or _depth(skeleton) > MAX_DEPTH:
        # look closely, with every character at its place
        complaint = _complaint(OPAQUE.sub(_blanked, source))
        if complaint:
            offset, message, kind = complaint
            raise TomlError(message, *line_column(source, offset), kind)
    return source


def line_column(source: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset in a text, counted from 1; a byte order mark is no column."""
    start = source.rfind("\n", 0, offset) + 1
    column = offset - start + 1
    if start == 0 and source.startswith(BOM):
        column = max(column - 1, 1)
    return source.count("\n", 0, offset) + 1, column


def too_deep() -> Text:
    """The message about what nests too deep."""
    return text("Tables, lists and keys nest deeper than {limit} levels.", limit=MAX_DEPTH)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data.count(0) * 4 > len(data):
        raise TomlError(text("The file is UTF-16. Save it as UTF-8."), 1, 1, "encoding")
    try:
        return data.decode()
    except UnicodeDecodeError as problem:
        byte = data[problem.start]
        before = data[: problem.start].decode()
        line, column = line_column(before, len(before))
        letter = bytes([byte]).decode("cp1252", errors="ignore")
        message = (
            text(
                "The byte {byte} is not UTF-8; in Latin-1 it is “{letter}”. Save the file as UTF-8.",
                byte=f"0x{byte:02X}",
                letter=letter,
            )
            if letter.isprintable() and letter
            else text("The byte {byte} is not UTF-8. Save the file as UTF-8.", byte=f"0x{byte:02X}")
        )
        raise TomlError(message, line, column, "encoding") from None


def _blanked(match: re.Match[str]) -> str:
    return '"' + "_" * (len(match[0]) - 2) + '"' if len(match[0]) > 1 else " "


def _depth(skeleton: str) -> int:
    depth = deepest = 0
    for bracket in _BRACKET.findall(skeleton):
        if bracket in "[{":
            depth += 1
            if depth > deepest:
                deepest = depth
        elif depth:
            depth -= 1
    return deepest


def _complaint(skeleton: str) -> tuple[int, Text, Kind] | None:
    """The first thing wrong and its offset; none where only a key looks like a number."""
    depth, in_value = 0, False
    matches = sorted([*_BRACKET.finditer(skeleton), *_SUSPECT.finditer(skeleton)], key=lambda match: match.start())
    for match in matches:
        offset = match.start()
        if match.re is _BRACKET:
            if match[0] in "]}":
                depth = max(depth - 1, 0)
                continue
            if not depth:
                in_value = _before(skeleton, offset) == "="
            depth += 1
            if depth > MAX_DEPTH:
                return offset, too_deep(), "limit"
        elif match["dots"]:
            return offset, too_deep(), "limit"
        elif match["marker"]:
            return offset, text("A merge conflict is not resolved here."), "conflict"
        elif (
            _before(skeleton, offset) in ("=,[" if depth and in_value else "=")
            and not _KEY_GOES_ON.match(skeleton, match.end())
            and (_too_large(match["digits"]) if match["digits"] else isinf(float(match["float"].replace("_", ""))))
        ):
            return offset, text("The number does not fit into 64 bits."), "limit"
    return None


def _before(skeleton: str, offset: int) -> str:
    """The last character before `offset` that is no white space."""
    while offset and skeleton[offset - 1] in " \t\r\n":
        offset -= 1
    return skeleton[offset - 1] if offset else "\n"


def _too_large(digits: str) -> bool:
    match = _INTEGER.fullmatch(digits)
    if match is None:
        return False
    kind = match.lastgroup or "d"
    significant = match[kind].replace("_", "").lstrip("0")
    # 64 digits are too large in every base, and int() would refuse thousands of them
    value = int(significant[:64] or "0", _BASES[kind])
    return not -MAX_INTEGER - 1 <= (-value if match["sign"] == "-" else value) <= MAX_INTEGER
