"""Comments of a file that ignore findings: `# antrag: ignore[VO003] as in the minutes until 2026-12-31`.

A comment covers what it belongs to, exactly as it travels with it through edits and `antrag fmt` (see
`toml.comments`): the key behind which or above which it stands, or the whole table where that is a header. What begins
on the lines of that is ignored. `ignore-file` covers the file, wherever it stands.

Files without the word cost one search for it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from .diagnostics import Cut, Finding, Fix, Ignore, Kept, Lines, Located, Span
from .i18n import Text, text
from .rules import RULES, Directory, Scope, severity_of
from .rules.naming import codes_of, meant
from .suggest import closest
from .toml.comments import Comment, comments
from .toml.reader import Document
from .toml.scan import Layout, Pair, Path, Value, scan

WORD = "antrag:"
_VERBS = ("ignore", "ignore-file")
_MARK = re.compile(r"#[ \t]*antrag:[ \t]*(?P<verb>[A-Za-z_-]*)[ \t]*(?P<rest>(?:(?!#[ \t]*antrag:).)*)")
_REST = re.compile(r"\[(?P<words>[^\]]*)\](?P<reason>.*)")
_UNTIL = re.compile(r"(?:^|(?<=[\s,;(]))until\s+(?P<day>[0-9][^\s,;)]{0,20}?)[.,;)]{0,3}$")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LINE_END = re.compile(r"\r?\n")
_BLANK_LINES = re.compile(r"(?:[ \t]*\r?\n)*")
_BLANK_ABOVE = re.compile(r"\n[ \t\r]*\n\Z")
_OWN_FAMILY = "SU"
_MOST = 200
"""So many of these comments a file can have; one that has more is made to keep a program busy."""
_LONGEST = 600
"""So many characters can stand between two brackets."""


class Read(NamedTuple):
    """The ignores of a file, and what is wrong with its comments."""

    ignores: tuple[Ignore, ...]
    complaints: tuple[tuple[Span, Finding], ...]


def ignores_of(document: Document, council: Directory) -> Read:
    """What the comments of a file say of findings."""
    if WORD not in document.text:
        return Read((), ())
    found: list[Ignore] = []
    complaints: list[tuple[Span, Finding]] = []
    layout = scan(document.text)
    for number, directive in enumerate(_directives(document, layout)):
        if number == _MOST:
            complaints.append(directive.is_one_too_many())
            break
        for each in directive.read():
            if isinstance(each, Ignore):
                found.append(each)
            else:
                complaints.append(each)
    return Read(tuple(found), tuple(_in_force(complaints, council)))


def _directives(document: Document, layout: Layout) -> Iterator[_Directive]:
    for comment, (start, end) in zip(comments(layout), layout.comments, strict=True):
        for match in _MARK.finditer(document.text[start:end]):
            yield _Directive(document, layout, comment, start, end, match)


def settle(
    path: str, kept: Sequence[Kept], read: Read, council: Directory
) -> tuple[tuple[Kept, ...], tuple[Ignore, ...]]:
    """The findings of one file after its comments, and those of its ignores that await the rules of the register."""
    if not read.ignores and not read.complaints:
        return tuple(kept), ()
    result, needed = _hidden(kept, read.ignores)
    awaiting: list[Ignore] = []
    for number, ignore in enumerate(read.ignores):
        used = number in needed
        of_register = tuple(code for code in ignore.codes if RULES[code].scope is Scope.REGISTER)
        if of_register:
            awaiting.append(replace(ignore, codes=of_register, used=used))
        if used:
            result += _run_out(path, ignore, council)
        elif not of_register:
            result += _unused(path, ignore, council)
    result += (Kept(Located(path, span, finding)) for span, finding in read.complaints)
    return tuple(result), tuple(awaiting)


def settle_across(path: str, kept: Sequence[Kept], ignores: Sequence[Ignore], council: Directory) -> list[Kept]:
    """What the rules of the register found in one file, after the ignores of this file that awaited them."""
    result, needed = _hidden(kept, ignores)
    for number, ignore in enumerate(ignores):
        if not ignore.used:
            result += (_run_out if number in needed else _unused)(path, ignore, council)
    return result


def _hidden(kept: Iterable[Kept], ignores: Sequence[Ignore]) -> tuple[list[Kept], set[int]]:
    """The same findings, ignored on the days on which an ignore covers them; and which of the ignores do."""
    by_code: dict[str, list[int]] = {}
    for number, ignore in enumerate(ignores):
        for code in ignore.codes:
            by_code.setdefault(code, []).append(number)
    result: list[Kept] = []
    needed: set[int] = set()
    for each in kept:
        numbers = by_code.get(each.located.finding.code, ())
        covering = [number for number in numbers if ignores[number].covers(each.located)]
        if not covering:
            result.append(each)
            continue
        needed.update(covering)
        days = [day for number in covering if (day := ignores[number].until) is not None]
        back = max(days) + dt.timedelta(1) if len(days) == len(covering) else None
        if back is None or (each.until is not None and each.until <= back):
            result.append(replace(each, ignored=True))
        elif each.since is not None and each.since >= back:
            result.append(each)
        else:
            result += (replace(each, until=back, ignored=True), replace(each, since=back))
    return result, needed


def _run_out(path: str, ignore: Ignore, council: Directory) -> Iterator[Kept]:
    severity = severity_of(RULES["SU004"], council)
    if severity is not None and ignore.until is not None:
        message = text("{word} was to be ignored until {day} only", word=ignore.word, day=ignore.until)
        help_text = text("Mend what is found, or give the comment a later day.")
        finding = Finding("SU004", severity, (), message, help_text)
        yield Kept(Located(path, ignore.span, finding), since=ignore.until + dt.timedelta(1))


def _unused(path: str, ignore: Ignore, council: Directory) -> Iterator[Kept]:
    severity = severity_of(RULES["SU005"], council)
    if severity is not None:
        message = text("there is nothing here for which {word} would have to be ignored", word=ignore.word)
        fix = Fix((), text("Take it out of the comment."), safe=True, cuts=(ignore.cut,))
        yield Kept(Located(path, ignore.span, Finding("SU005", severity, (), message, fix=fix)))


def _in_force(complaints: Iterable[tuple[Span, Finding]], council: Directory) -> Iterator[tuple[Span, Finding]]:
    for span, finding in complaints:
        severity = severity_of(RULES[finding.code], council)
        if severity is not None:
            yield span, replace(finding, severity=severity)


class _Directive:
    """One `antrag: ...` of a comment that stands from `start` to `end`."""

    def __init__(
        self, document: Document, layout: Layout, comment: Comment, start: int, end: int, match: re.Match[str]
    ) -> None:
        self.document = document
        self.layout = layout
        self.comment = comment
        self.comment_start = start
        self.comment_end = end
        self.start = start + match.start()
        self.end = start + match.end()
        self.match = match

    def read(self) -> Iterator[Ignore | tuple[Span, Finding]]:
        """What it ignores, and what is wrong with it; nothing for a comment that only begins alike."""
        verb, rest = self.match["verb"], _REST.match(self.match["rest"])
        if verb not in _VERBS:
            near = closest(verb, _VERBS) if verb else []
            if near or self.match["rest"].startswith("["):
                hint = text("Did you mean {word}?", word=near[0]) if near else _how()
                yield self._complaint("SU001", text("{word} is not known here", word=verb or "[]"), hint)
            return
        if rest is None or not rest["words"].strip(" \t,"):
            yield self._complaint("SU001", text("it is not said which rules are to be ignored"), _how())
            return
        if len(rest["words"]) > _LONGEST:
            yield self._complaint("SU001", text("more rules are named here than can be read"), _how())
            return
        if verb == "ignore" and not self._lines():
            help_text = text("Put it above a key or a table, or write ignore-file for the whole file.")
            yield self._complaint("SU001", text("the comment belongs to no key and to no table"), help_text)
            return
        said = rest["reason"].strip()
        # a reason can be long, and a day stands at its end
        limit = _UNTIL.search(said, max(len(said) - 60, 0))
        until = _day(limit["day"]) if limit else None
        if limit and until is None:
            message = text("{typed} is no day", typed=limit["day"])
            yield self._complaint("SU001", message, text("Write it like 2026-12-31."))
            return
        if until == dt.date.max:
            # the last day there is: people write it for ever, and no day comes after it
            until = None
        if not any(letter.isalnum() for letter in (said[: limit.start()] if limit else said)):
            yield self._complaint("SU003", text("it is not said why"), _how())
        yield from self._ignores(self.start + self.match.start("rest") - self.match.start() + 1, rest["words"], until)

    def is_one_too_many(self) -> tuple[Span, Finding]:
        """What is said instead of reading it."""
        return self._complaint("SU001", text("only the first {count} of these comments are read", count=_MOST), None)

    def _ignores(self, offset: int, words: str, until: dt.date | None) -> Iterator[Ignore | tuple[Span, Finding]]:
        """One for each word between the brackets, which begin at `offset`."""
        parts = words.split(",")
        for number, part in enumerate(parts):
            word = part.strip()
            start = offset + len(part) - len(part.lstrip())
            offset += len(part) + 1
            if not word:
                continue
            span = self.document.positions.span(start, start + len(word))
            codes = codes_of(word)
            allowed = tuple(code for code in codes if _can_be_ignored(code))
            if allowed:
                others = [each.strip() for place, each in enumerate(parts) if place != number and each.strip()]
                cut = self._shorter(others) if others else self._removal()
                everywhere = self.match["verb"] == "ignore-file"
                lines = () if everywhere else self._lines()
                yield Ignore(word, allowed, lines, everywhere, until, span, cut)
            elif codes:
                message = text("{word} can't be ignored", word=word)
                yield span, Finding("SU006", RULES["SU006"].severity, (), message)
            else:
                near = meant(word)
                hint = text("Did you mean {word}?", word=", ".join(near)) if near else None
                message = text("there is no rule {word}", word=word)
                yield span, Finding("SU002", RULES["SU002"].severity, (), message, hint)

    def _complaint(self, code: str, message: Text, help_text: Text | None) -> tuple[Span, Finding]:
        end = self.start + len(self.document.text[self.start : self.end].rstrip())
        span = self.document.positions.span(self.start, end)
        return span, Finding(code, RULES[code].severity, (), message, help_text)

    def _lines(self) -> Lines:
        """The lines of what the comment belongs to, its own with them; none where it belongs to nothing."""
        if self.comment.anchor != "start":
            return ()
        own = self._line(self.comment_start)
        spans = list(_stretches(self.layout, self.comment.path))
        lines = [(self._line(start), self._line(max(start, end - 1))) for start, end in spans]
        return ((own, own), *lines) if lines else ()

    def _line(self, offset: int) -> int:
        return self.document.positions.line_column(offset)[0]

    def _shorter(self, others: list[str]) -> Cut:
        """The brackets without one of the words in them."""
        opening = self.document.text.index("[", self.start)
        closing = self.document.text.index("]", opening) + 1
        return Cut(opening, self.document.text[opening:closing], f"[{', '.join(others)}]")

    def _removal(self) -> Cut:
        """Nothing of it left: neither its line, where it has one of its own, nor the blanks before it."""
        source, start, end = self.document.text, self.start, self.end
        if end < self.comment_end:
            # another one follows on this line
            return Cut(start, source[start:end])
        start = len(source[:start].rstrip(" \t"))
        if start > self.layout.begin and source[start - 1] != "\n":
            return Cut(start, source[start:end])
        end = _behind(_LINE_END, source, end)
        if start == self.layout.begin or _BLANK_ABOVE.search(source, max(start - 80, 0), start):
            # a blank line above it and another one below are one when it is gone
            end = _behind(_BLANK_LINES, source, end)
        return Cut(start, source[start:end])


def _behind(pattern: re.Pattern[str], source: str, offset: int) -> int:
    match = pattern.match(source, offset)
    return match.end() if match else offset


def _stretches(layout: Layout, path: Path) -> Iterator[tuple[int, int]]:
    """Every stretch of text that says what is at `path`, from its first letter to its last."""
    for section in layout.sections:
        if section.keys and section.path[: len(path)] == path:
            yield section.start, section.pairs[-1].end if section.pairs else section.end
            continue
        for pair in section.pairs:
            if pair.path[: len(path)] == path:
                yield pair.start, pair.end
            elif path[: len(pair.path)] == pair.path and (value := _within(pair, path)):
                yield value.start, value.end


def _within(pair: Pair, path: Path) -> Value | None:
    """The entry of a list at `path`, which leads through `pair`."""
    value: Value | None = pair.value
    for step in path[len(pair.path) :]:
        items = value.items if value is not None else None
        value = items[step] if items is not None and isinstance(step, int) and step < len(items) else None
    return value


def _can_be_ignored(code: str) -> bool:
    return RULES[code].settable and not code.startswith(_OWN_FAMILY)


def _day(typed: str) -> dt.date | None:
    if not _ISO.fullmatch(typed):
        return None
    try:
        return dt.date.fromisoformat(typed)
    except ValueError:
        return None


def _how() -> Text:
    return text("Write it like this: {example}", example="# antrag: ignore[VO003] as in the minutes until 2026-12-31")
