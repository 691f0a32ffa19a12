"""Files that differ from real ones as an editor's slip, a bad merge or somebody's malice would make them differ.

Always the same for the same seed and number: `mutated(seeds, 17)` on another machine is the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

_TOKENS = (
    *"[]{}=.,#\"'\\_-+:",
    "[[", "]]", '"""', "'''", "\n", "\r\n", "\r", "\t", " ", "true", "false", "inf", "-nan",
    "nan", "1979-05-27", "1979-05-27T07:32:00Z", "07:32:00", "0x1F", "0o17", "0b1", "1e9", "1_000", "00",
    "-0", "\\u00e4", "\\ud800", "\\U0010ffff", "[[consultations]]", "[[consultations.votes]]", "[budget]", "[later]",
    'id = "c1"', "yes = 45", "public = false", 'role = "decision"', 'outcome = "amended"', "proposal", "null",
    "{}", "[[]]", "# antrag: ignore[VO003] weil until 9999-12-31\n", "# antrag: ignore-file[VO,CO,FM001] so\n",
    "# antrag: ignore[", "# antrag: ignore[VO] weil until 2020-01-01\n", "until 2020-02-30",
)  # fmt: skip
_VALUES = (
    "", '""', "0", "-1", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "1e400", "-1e-400",
    "nan", "inf", "true", "[]", "{}", "[[]]", "[1, 'a', {}]", "{a = {b = 1}}", "0001-01-01",
    "23:59:60", "1979-05-27T00:32:00.999999-07:00", '"../../x"', '"CON"', '"\\u0000"', '"\\u001b]0;x\\u0007"',
    '"\\u202e"', '"{0} {name!r} %s %(x)d"', "'''\n\n\n'''", '"""\n- \n\n  -\n"""', '"' + "x" * 5000 + '"',
    "[" * 9 + "]" * 9, "0x" + "f" * 40, "1" * 400, '"' + "ä€😀" * 200 + '"',
    '"2292 (V) HHA"', '"c1"', '"einstimmig"', '"45:30:3"', '"a) 6 b) 22"',
)  # fmt: skip
_NASTY = (
    "\u0000", "\u0007", "\u001b[31m", "\u0085", "\u00a0", "\u00ad", "\u0301", "\u200b", "\u200d", "\u2028", "\u2029",
    "\u202e", "\u2066", "\ufeff", "\ufffe", "\uffff", "😀", "\U000e0041", "ß", "ẞ", "İ", "ǆ", "ﬁ", "٣", "½", "Ⅷ", "𝟙",
)  # fmt: skip
_MARKS = ("<<<<<<< HEAD\n", "=======\n", ">>>>>>> branch\n", "||||||| base\n")
_ASSIGNED = re.compile(r"^([A-Za-z0-9_]+)( = )(.*)$", re.MULTILINE)
_HEADER = re.compile(r"^\[.*$", re.MULTILINE)
_NUMBER = re.compile(r"[0-9]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAYS = (
    "0001-01-01",
    "9999-12-31",
    "2023-02-29",
    "0000-01-01",
    "2023-13-01",
    "1582-10-10",
    "2023-11-15 ",
    "2023-11-15T",
)

Mutation = Callable[[str, Random], str]


def mutated(seeds: Sequence[str], number: int) -> bytes:
    """The mutation with this number of one of the texts: some changes of its structure, then perhaps of its bytes."""
    random = Random(number)
    text = seeds[number % len(seeds)]
    for _change in range(random.choice((1, 1, 1, 2, 3, 6))):
        text = random.choice(_MUTATIONS)(text, random)
    data = text.encode("utf-8", "surrogatepass")
    return random.choice(_BYTES)(data, random) if random.random() < 0.2 else data


def _lines(change: Callable[[list[str], int, Random], None]) -> Mutation:
    def mutation(text: str, random: Random) -> str:
        lines = text.splitlines(keepends=True) or [""]
        change(lines, random.randrange(len(lines)), random)
        return "".join(lines)

    return mutation


def _drop(lines: list[str], at: int, random: Random) -> None:
    del lines[at : at + random.choice((1, 1, 2, 10))]


def _double(lines: list[str], at: int, random: Random) -> None:
    lines[at:at] = lines[at : at + random.choice((1, 2, 8))] * random.choice((1, 1, 1, 50))


def _move(lines: list[str], at: int, random: Random) -> None:
    taken = lines[at : at + random.choice((1, 3, 8))]
    del lines[at : at + len(taken)]
    place = random.randrange(len(lines) + 1)
    lines[place:place] = taken


def _mark(lines: list[str], at: int, random: Random) -> None:
    for mark in random.sample(_MARKS, random.choice((1, 2, 3))):
        lines.insert(random.randrange(len(lines) + 1), mark)


def _value(text: str, random: Random) -> str:
    """Another value, of another type, of another key, or far too large."""
    found = list(_ASSIGNED.finditer(text))
    if not found:
        return text
    match = random.choice(found)
    new = random.choice((random.choice(_VALUES), random.choice(found)[3]))
    return text[: match.start(3)] + new + text[match.end(3) :]


def _key(text: str, random: Random) -> str:
    """Another name for a key: of another one, dotted, quoted, or unknown."""
    found = list(_ASSIGNED.finditer(text))
    if not found:
        return text
    match, other = random.choice(found), random.choice(found)[1]
    new = random.choice(
        (other, f"{match[1]}.{other}", f'"{match[1]}"', f"x_{match[1]}", "a." * random.choice((5, 500)) + "a", "")
    )
    return text[: match.start(1)] + new + text[match.end(1) :]


def _header(text: str, random: Random) -> str:
    """Another table: renamed, single for double, nested, inline."""
    found = list(_HEADER.finditer(text))
    if not found:
        return text
    match = random.choice(found)
    name = match[0].strip("[] ")
    new = random.choice(
        (f"[{name}]", f"[[{name}]]", f"[[{name}.{name}]]", f"[{name}.x.y]", random.choice(found)[0], f"{name} = {{}}")
    )
    return text[: match.start()] + new + text[match.end() :]


def _number(text: str, random: Random) -> str:
    found = list(_NUMBER.finditer(text))
    if not found:
        return text
    match = random.choice(found)
    new = random.choice(("0", "00", "-1", "13", "99", "2023", "9" * 18, "9" * 25, str(random.randrange(10**6)), ""))
    return text[: match.start()] + new + text[match.end() :]


def _day(text: str, random: Random) -> str:
    found = list(_DAY.finditer(text))
    if not found:
        return text
    match = random.choice(found)
    return text[: match.start()] + random.choice((*_DAYS, random.choice(found)[0])) + text[match.end() :]


def _token(text: str, random: Random) -> str:
    """Some tokens of the grammar, or letters that hide, somewhere."""
    for _each in range(random.choice((1, 1, 2, 5))):
        at = random.randrange(len(text) + 1)
        text = text[:at] + random.choice(random.choice((_TOKENS, _TOKENS, _NASTY))) + text[at:]
    return text


def _cut(text: str, random: Random) -> str:
    """Something is missing: the end, the beginning, or a stretch of some letters."""
    start = random.randrange(len(text) + 1)
    return random.choice((text[:start], text[start:], text[:start] + text[start + random.choice((1, 2, 5, 40)) :]))


def _deep(text: str, random: Random) -> str:
    depth = random.choice((3, 8, 9, 60, 600))
    opening, closing = random.choice((("[", "]"), ("{a = ", "}"), ("{a.b = [", "]}")))
    return text + f"\ndeep = {opening * depth}1{closing * random.choice((depth, depth - 1))}\n"


def _ends(text: str, random: Random) -> str:
    """Line ends of another system, of several, or none."""
    new = random.choice(("\r\n", "\r", "\n\n", "\n\r", " \n", "\t\n", ""))
    if random.random() < 0.5:
        return text.replace("\n", new)
    return "".join(
        line if random.random() < 0.9 else line.replace("\n", new) for line in text.splitlines(keepends=True)
    )


_MUTATIONS: tuple[Mutation, ...] = (
    _lines(_drop), _lines(_double), _lines(_move), _lines(_mark), _value, _value, _value, _key, _header, _number,
    _day, _token, _token, _cut, _deep, _ends,
)  # fmt: skip


def _flip(data: bytes, random: Random) -> bytes:
    changed = bytearray(data)
    for _each in range(random.choice((1, 2, 8))):
        if changed:
            changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _insert(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + random.randbytes(random.choice((1, 2, 16))) + data[at:]


def _encoded(data: bytes, random: Random) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(random.choice(("utf-16", "utf-16-be", "latin-1", "utf-8-sig", "utf-7", "cp437")), "replace")


_BYTES = (_flip, _flip, _insert, _encoded)
