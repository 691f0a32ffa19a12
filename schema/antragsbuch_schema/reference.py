"""References, the numbers by which people cite a motion, and the paths that files get from them.

How a reference is built is a setting of the register (`[reference]` in `council.toml`), a pattern of fixed text,
placeholders in braces and optional parts in square brackets:

    {counter} ({term}) {type}           2292 (V) HHA
    [{type}/]{year}/{counter}[/{part}]  2025/1069/1, DHH/2025/3114
    V{counter:4}/{year:2}               V0599/15
    {term}-{counter}                    19-11844

    {counter}  the running number, without leading zeros; {counter:4} with zeros up to four digits
    {year}     four digits of a year; {year:2} two
    {term}     an electoral term: a name from `terms`, or letters and digits
    {type}     a kind of paper: a code from `paper_types`, or letters
    {part}     letters and digits of a sub-number

`path` says in the same language where the file lies below `motions/`, without the ending; there `{hundred}` is the
counter cut down to a full hundred, so that no folder grows large (`{term}/{hundred}/{counter}-{type}`).

Different references never share a path, on no file system: a path is taken from the pattern only where it leads
back to the very same reference. Any other reference (one that fits no pattern, or in another case than the
register's codes) lies in `motions/other/`, under safe letters of it and a hash.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from .i18n import Text, text

ROOT = "motions/"
"""The folder of all motions; paths are relative to the repository, with `/`."""

_SLOT = re.compile(r"\{(?P<name>[a-z]+)(?::(?P<width>[1-8]))?\}|(?P<bracket>[\[\]])|(?P<text>[^\[\]{}]+)")
_WITH_WIDTH = ("counter", "year", "hundred")
_NAMES = ("counter", "year", "term", "type", "part")
_PATH_TEXT = re.compile(r"[A-Za-z0-9_/-]*")
_SEGMENT = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_]|-(?!-)){0,79}")
_OWN_FOLDERS = ("new", "other")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9]|council)", re.IGNORECASE)
_ID = re.compile(r"[a-z][a-z0-9_]{0,63}")
_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
_LONGEST = 200
_MARKS = 16


class TemplateError(ValueError):
    """A pattern or path that can't be read; `message` says why."""

    def __init__(self, message: Text) -> None:
        super().__init__(message("en"))
        self.message = message


class _Part(NamedTuple):
    """Fixed text (`name` empty) or a placeholder; `group` numbers the optional part it stands in, 0 is none."""

    text: str
    name: str
    width: int
    group: int


_Parts = tuple[_Part, ...]
_Known = Mapping[str, Mapping[str, str]]


class _Template(NamedTuple):
    """A pattern or path: its parts, and the expression that finds them again."""

    parts: _Parts
    expression: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Scheme:
    """How the references of one register are read, and where their files lie."""

    pattern: _Template | None
    file: _Template | None
    known: _Known

    @classmethod
    def of(cls, council: Mapping[str, Any]) -> Scheme:
        """The scheme of a parsed `council.toml`; where a pattern is missing or wrong, none (see `pattern_error`)."""
        known = {
            "term": _by_slug(council.get("terms"), "name"),
            "type": _by_slug(council.get("paper_types"), "code"),
        }
        setting = council.get("reference")
        if not isinstance(setting, Mapping):
            return cls(None, None, known)
        pattern = _readable(setting.get("pattern"), _NAMES, lambda part: _in_reference(part, known))
        return cls(pattern, _readable(setting.get("path"), (*_NAMES, "hundred"), _in_path, re.IGNORECASE), known)

    def parse(self, reference: str) -> dict[str, str] | None:
        """The parts of `reference` by the names of their placeholders (`{"counter": "2292", "term": "V", ...}`).

        None where it does not fit the pattern. The counter has no leading zeros.
        """
        if self.pattern is None or len(reference) > _LONGEST:
            return None
        match = self.pattern.expression.fullmatch(reference)
        if match is None:
            return None
        parts = {
            name: _number(value) if name == "counter" else value
            for name, value in match.groupdict().items()
            if value is not None
        }
        return parts if _filled(self.pattern.parts, parts) == reference else None

    def reference(self, parts: Mapping[str, str]) -> str:
        """The reference with these parts, as the pattern has it; empty without a pattern or a needed part."""
        return _filled(self.pattern.parts, parts) if self.pattern else ""

    def path(self, reference: str, parts: Mapping[str, str] | None = None) -> str:
        """The path of the motion with this reference: `motions/V/2200/2292-HHA.toml`.

        `parts` are its parts where they are known already, empty where it does not fit the pattern.
        """
        parts = self.parse(reference) if parts is None else parts
        path = self._from(parts) if parts else None
        return f"{ROOT}{path or 'other/' + _fallback(reference)}.toml"

    def twin_path(self, reference: str, identity: str) -> str:
        """The path of a second motion with the same reference: `motions/V/2200/2292-HHA--k7m2qx9a.toml`."""
        name = identity if _ID.fullmatch(identity) else _fallback(identity).partition("/")[2]
        return f"{self.path(reference).removesuffix('.toml')}--{name}.toml"

    def path_for(self, motion: Mapping[str, Any]) -> str:
        """The path of a parsed motion: by its reference, or as a draft by its id."""
        reference, identity = motion.get("reference"), motion.get("id")
        if isinstance(reference, str) and reference:
            return self.path(reference)
        return draft_path(identity if isinstance(identity, str) else "")

    def _from(self, parts: Mapping[str, str]) -> str | None:
        """The path that the template makes of `parts`, if it is safe and leads back to the same parts."""
        if self.file is None:
            return None
        path = _filled(self.file.parts, {name: _slug(value) for name, value in parts.items()})
        segments = path.split("/")
        if segments[0].lower() in _OWN_FOLDERS or not all(map(_is_safe, segments)):
            return None
        match = self.file.expression.fullmatch(path.lower())
        if match is None:
            return None
        back = {
            name: self._spelled(name, value)
            for name, value in match.groupdict().items()
            if value is not None and name != "hundred"
        }
        return path if back == dict(parts) else None

    def _spelled(self, name: str, value: str) -> str:
        """The one spelling that a part in small letters stands for: the register's own, else capitals."""
        if name == "counter":
            return _number(value)
        return self.known.get(name, {}).get(value) or value.upper()


def draft_path(identity: str) -> str:
    """The path of a motion that has no reference yet: `motions/new/<id>.toml`."""
    name = identity if _ID.fullmatch(identity) and _is_safe(identity) else _fallback(identity).partition("/")[2]
    return f"{ROOT}new/{name}.toml"


def pattern_error(pattern: str) -> Text | None:
    """What is wrong with a pattern of references, or None."""
    try:
        _parsed(pattern, _NAMES)
    except TemplateError as error:
        return error.message
    return None


def path_error(pattern: str, path: str) -> Text | None:
    """What is wrong with a path for references of this pattern, or None."""
    try:
        wanted = {part.name for part in _parsed(pattern, _NAMES) if part.name}
        parts = _parsed(path, (*_NAMES, "hundred"))
    except TemplateError as error:
        return error.message
    if not all(_PATH_TEXT.fullmatch(part.text) for part in parts):
        return text("A path is made of ASCII letters, digits, '-', '_' and '/'.")
    if missing := sorted(wanted - {part.name for part in parts}):
        return text("The path lacks {names}: different references would share it.", names=", ".join(missing))
    if other := sorted({part.name for part in parts if part.name} - wanted - {"hundred"}):
        return text("The path has {names}, the pattern does not.", names=", ".join(other))
    if any(part.name == "hundred" for part in parts) and "counter" not in wanted:
        return text("The path has {names}, the pattern does not.", names="counter")
    return None


def suggested_path(pattern: str) -> str:
    """A path for references of this pattern: folders of term, year and full hundred, then the number and the rest.

    Raises `TemplateError` for a pattern that can't be read.
    """
    groups = {part.name: part.group for part in _parsed(pattern, _NAMES) if part.name}
    names = list(groups)
    before = [f"[{{{name}}}/]" for name in names[: names.index("counter")] if groups[name] and groups["counter"] == 0]
    folders = [name for name in ("term", "year") if groups.get(name) == 0]
    rest = [name for name in names if name not in ("counter", *folders) and f"[{{{name}}}/]" not in before]
    # a counter that need not be there has no hundred
    above = [*folders, *(["hundred"] if groups["counter"] == 0 else [])]
    last = "{counter}" + "".join(f"[_{{{name}}}]" if groups[name] else f"-{{{name}}}" for name in rest)
    return "".join(before) + "/".join([*(f"{{{name}}}" for name in above), last])


def _readable(
    value: object, names: tuple[str, ...], allowed: Callable[[_Part], str], flags: int = 0
) -> _Template | None:
    if not isinstance(value, str):
        return None
    try:
        parts = _parsed(value, names)
    except TemplateError:
        return None
    return _Template(parts, _expression(parts, allowed, flags))


def _parsed(template: str, names: tuple[str, ...]) -> _Parts:
    parts: list[_Part] = []
    position, group, groups = 0, 0, 0
    while position < len(template):
        match = _SLOT.match(template, position)
        if match is None:
            raise TemplateError(text("A brace that belongs to no placeholder, at character {n}.", n=position + 1))
        name = match["name"] or ""
        if match["bracket"]:
            if (match["bracket"] == "[") == bool(group):
                raise TemplateError(text("A bracket without its partner, at character {n}.", n=position + 1))
            groups += match["bracket"] == "["
            group = groups if match["bracket"] == "[" else 0
        elif name and name not in names:
            raise TemplateError(text("No placeholder is called {name}.", name=name))
        elif name and any(part.name == name for part in parts):
            raise TemplateError(text("The placeholder {name} stands there twice.", name=name))
        elif match["width"] and name not in _WITH_WIDTH:
            raise TemplateError(text("The placeholder {name} takes no number of digits.", name=name))
        else:
            parts.append(_Part(match["text"] or "", name, int(match["width"] or 0), group))
        position = match.end()
    if group:
        raise TemplateError(text("A bracket without its partner, at character {n}.", n=len(template)))
    if not any(part.name == "counter" for part in parts):
        raise TemplateError(text("The placeholder {name} is missing.", name="counter"))
    return tuple(parts)


def _expression(template: _Parts, allowed: Callable[[_Part], str], flags: int) -> re.Pattern[str]:
    """The regular expression of a template, with a group for each placeholder."""
    pieces: list[str] = []
    for group, parts in groupby(template, key=lambda part: part.group):
        inner = "".join(f"(?P<{part.name}>{allowed(part)})" if part.name else re.escape(part.text) for part in parts)
        pieces.append(f"(?:{inner})?" if group else inner)
    return re.compile("".join(pieces), flags)


def _in_reference(part: _Part, known: _Known) -> str:
    """What may stand for a placeholder in a reference, as a regular expression."""
    if part.name == "counter":
        padded = f"[0-9]{{{part.width}}}|[1-9][0-9]{{{part.width},8}}"
        return padded if part.width else "0|[1-9][0-9]{0,8}"
    if part.name == "year":
        return f"[0-9]{{{part.width or 4}}}"
    own = "|".join(re.escape(name) for name in sorted(known.get(part.name, {}).values(), key=len, reverse=True))
    letters = "[A-Za-zÄÖÜäöüß]{1,12}" if part.name == "type" else "[A-Za-z0-9]{1,12}"
    return f"{own}|{letters}" if own else letters


def _in_path(part: _Part) -> str:
    return "[0-9]+" if part.name in ("counter", "hundred", "year") else "[a-z0-9-]+"


def _filled(template: _Parts, parts: Mapping[str, str]) -> str:
    """The template with its placeholders filled, an optional part only if all of it is there; else empty."""
    pieces: list[str] = []
    for part in template:
        if part.group:
            return _filled_by_group(template, parts)
        value = _value(part, parts) if part.name else part.text
        if value is None:
            return ""
        pieces.append(value)
    return "".join(pieces)


def _filled_by_group(template: _Parts, parts: Mapping[str, str]) -> str:
    pieces: list[str] = []
    for group, members in groupby(template, key=lambda part: part.group):
        values = [_value(part, parts) for part in members]
        if None not in values:
            pieces += [value for value in values if value is not None]
        elif not group:
            return ""
    return "".join(pieces)


def _value(part: _Part, parts: Mapping[str, str]) -> str | None:
    if not part.name:
        return part.text
    if part.name == "hundred":
        counter = parts.get("counter")
        return None if counter is None else str(int(counter) // 100 * 100).zfill(part.width)
    value = parts.get(part.name)
    return value.zfill(part.width) if value is not None and part.name == "counter" else value


def _by_slug(tables: object, key: str) -> dict[str, str]:
    """The names in a list of tables by their form in a path, in small letters; the first of two wins."""
    found: dict[str, str] = {}
    for table in tables if isinstance(tables, list) else []:
        name = table.get(key) if isinstance(table, Mapping) else None
        if isinstance(name, str) and name:
            found.setdefault(_slug(name).lower(), name)
    return found


def _slug(value: str) -> str:
    """`value` in ASCII letters and digits, everything else a hyphen."""
    if value.isascii() and value.isalnum():
        return value
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", value).translate(_LETTERS))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^A-Za-z0-9]+", "-", letters).strip("-")


def _fallback(value: str) -> str:
    """A path of its own for any text: a folder of two marks, then safe letters of it and a hash."""
    marks = hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:_MARKS]
    return f"{marks[:2]}/{_slug(value)[:40].strip('-') or 'x'}-{marks}"


@lru_cache(maxsize=1 << 10)
def _is_safe(segment: str) -> bool:
    return bool(_SEGMENT.fullmatch(segment)) and not _RESERVED.fullmatch(segment)


def _number(digits: str) -> str:
    return digits.lstrip("0") or "0"
