"""What minutes say about votes, in the phrases of real minutes, as tables of the model.

"Bei 42 Ja-Stimmen, 2 Nein-Stimmen und 1 Enthaltung mehrheitlich zugestimmt" has counts, a manner and a result. A phrase
is read only as a whole: where one word of it is not known, it stays text, for a wrong count is worse than none. What a
phrase contradicts in itself ("mehrheitliche Ablehnung (6 JA, 3 Nein)") is recorded as it stands; the rules report it.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from antragsbuch_schema.german import parse_date

Side = Literal["yes", "no", "abstentions"]


@dataclass(frozen=True, slots=True)
class Minutes:
    """What was read: a vote (a table of the model, without ids) for each phrase, and how the step ended.

    Every vote has its phrase as `text`; one that was not understood has nothing else but its subject. `outcome`,
    `deferred_to` and `referred_to` are those of the step, None where the words do not say them or more than one thing
    was dealt with. `unread` are the phrases that were not understood, `remarks` those about a part of the matter on
    which no vote was taken ("Ergänzungsantrag: zurückgezogen").
    """

    votes: tuple[Mapping[str, Any], ...] = ()
    outcome: str | None = None
    deferred_to: dt.date | None = None
    referred_to: str | None = None
    unread: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def read(text: str, factions: Iterable[str] = (), today: dt.date | None = None) -> Minutes:
    """The votes and the outcome in `text`; `factions` are the names that may stand beside a count.

    `today` completes a date without a year, as in "vertagt auf den 19.12."; without it such a date is not read.
    """
    names = _names(factions)
    phrases = [_phrase(part, names, today) for part in _parts(_plain(text))]
    votes = tuple(vote for phrase in phrases if (vote := phrase.vote()))
    unread = tuple(phrase.text for phrase in phrases if not phrase.understood)
    if len(phrases) != 1 or unread or phrases[0].subject:
        return Minutes(votes, unread=unread, remarks=tuple(phrase.text for phrase in phrases if not phrase.vote()))
    only = phrases[0]
    return Minutes(votes, only.outcome, only.deferred_to, only.referred_to)


# --- from a text to phrases

_HYPHEN = re.compile(r"(?<=[a-zäöüß])-\n\s*(?=[a-zäöüß])")
_NEXT_ITEM = re.compile(r"(?<![\w(])(?=(?:[a-h]|\d{1,2})\)\s)|(?<=[a-zäöü.])(?=[a-h]\)\s)", re.IGNORECASE)


def _plain(text: str) -> str:
    """Composed, with plain blanks and hyphens, words that a line break cut put together."""
    plain = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\xad", "")
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", re.sub(r"[^\S\n]+", " ", plain))
    return _HYPHEN.sub("", plain)


def _parts(text: str) -> list[str]:
    """The phrases of a text: one a line, or one an item `a)`."""
    lines: list[str] = []
    for line in text.split("\n"):
        begins = not lines or _SUBJECT.match(line.strip()) or re.match(r"\s*(?:[-*•]|[a-h]\)|\d{1,2}\))\s", line)
        if line.strip() and begins:
            lines.append(line.strip())
        elif line.strip():
            # a phrase that goes on in the next line
            lines[-1] += " " + line.strip()
    return [part.strip(" ;") for line in lines for part in _items(line) if part.strip(" ;")]


def _items(line: str) -> list[str]:
    """The items `a)` of a line; "(SPD, GRÜNE)" ends a bracket and begins none."""
    starts = [match.start() for match in _NEXT_ITEM.finditer(line)]
    starts = [start for start in starts if line.rfind("(", 0, start) <= line.rfind(")", 0, start)]
    return [line[start:end] for start, end in zip([0, *starts], [*starts, len(line)], strict=True)]


# --- one phrase

_WORDS = (
    "null", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf",
)  # fmt: skip
_NUMBER_WORDS = {word: number for number, word in enumerate(_WORDS)} | {
    **dict.fromkeys(("ohne", "keine", "keiner", "kein"), 0),
    **dict.fromkeys(("eine", "einer", "einem"), 1),
}
_N = rf"(?P<n>\d{{1,4}}|{'|'.join(sorted(_NUMBER_WORDS, key=len, reverse=True))})"
_YES = r"ja(?:\s?-?\s?stimmen?|-(?=\s))?"
_NO = r"(?:nein(?:\s?-?\s?stimmen?|-(?=\s))?|gegenstimmen?)"
_ABSTAINED = r"(?:stimm)?enthaltung(?:en|\(en\))?"
_SIDES: dict[Side, str] = {"yes": _YES, "no": _NO, "abstentions": _ABSTAINED}
_END = r"(?![\wäöüß])"

_COUNTS: dict[Side, tuple[re.Pattern[str], ...]] = {
    side: (
        re.compile(rf"{_N}\s?x?\s?-?\s?{word}{_END}", re.IGNORECASE),
        re.compile(rf"{word}\s?[:=]\s?(?P<n>\d{{1,4}}){_END}", re.IGNORECASE),
    )
    for side, word in _SIDES.items()
}
_TRIPLE = re.compile(
    rf"(?P<yes>\d{{1,4}})\s?(?::|zu|gegen)\s?(?P<no>\d{{1,4}})(?:\s?:\s?(?P<abstentions>\d{{1,4}}))?(?:\s?stimmen)?{_END}",
    re.IGNORECASE,
)
_BIASED = re.compile(rf"{_N}\s(?:(?:rats)?mitglied(?:er)?\s(?:ist\s|sind\s|waren\s|war\s)?)?befangen{_END}", re.I)
_OTHERWISE = re.compile(r"(?:ansonsten|sonst)\b", re.IGNORECASE)


class _Saying(NamedTuple):
    """Words, and what they say about a vote and about how the step ended."""

    words: str
    result: str | None = None
    outcome: str | None = None
    manner: str | None = None


_CHANGED = r"(?:(?:ge|ab)änder(?:t|te|ten|tem|ter)|modifizierte[mnr]?)"
_TEXT = r"(?:beschlusstext|beschlussvorschlag|beschluss|antrag|fassung|form|vorlage|beschlussvorlage)"
_AGREED = r"(?:zugestimmt|zustimmung|angenommen|annahme|beschlossen|genehmigt|gebilligt|einverstanden)"
_AS_PROPOSED = r"(?:(?:laut|gemäß|wie) (?:beschluss)?vorschlag|wie vorgeschlagen|ungeändert|unverändert)"
_SAYINGS = (
    _Saying(rf"{_AGREED} (?:zu |zum |mit |in )?{_CHANGED} {_TEXT}", "accepted", "amended"),
    _Saying(rf"(?:mit änderungen|(?:in )?{_CHANGED}(?: {_TEXT})?) {_AGREED}", "accepted", "amended"),
    _Saying(rf"teilweise (?:{_AGREED}|abgelehnt)", "other", "partly"),
    _Saying(rf"{_AS_PROPOSED}(?: {_AGREED})?", "accepted", "as_proposed"),
    _Saying(rf"nicht {_AGREED}", "rejected", "rejected"),
    _Saying(r"stimmengleichheit(?:[ ,-]+(?:damit |somit )?abgelehnt)", "rejected", "rejected"),
    _Saying(r"(?:der )?stellungnahme (?:der verwaltung )?einverstanden", outcome="settled"),
    _Saying(_AGREED, "accepted", "as_proposed"),
    _Saying(r"abgelehnt|ablehnung", "rejected", "rejected"),
    _Saying(r"gewählt", "accepted", "elected"),
    _Saying(r"zurückgezogen", outcome="withdrawn"),
    _Saying(r"(?:von der tagesordnung )?abgesetzt", outcome="removed"),
    _Saying(r"(?:(?:von der )?stellungnahme (?:der verwaltung )?)?zur kenntnis genommen", outcome="noted"),
    _Saying(r"kenntnisnahme(?: von der stellungnahme)?", outcome="noted"),
    _Saying(r"(?:alle |hat sich )?erledigt(?: durch (?:stellungnahme|antwort) der verwaltung)?", outcome="settled"),
    _Saying(r"vorberaten(?: (?:ohne|mit) änderungen)?|beratung im fachgremium(?:/arbeitskreis)?", outcome="discussed"),
    _Saying(r"(?:es (?:erfolgte?|fand) )?keine abstimmung(?: statt)?", outcome="no_vote"),
    _Saying(r"nicht zur abstimmung gestellt", outcome="no_vote"),
    _Saying(r"einstimmig(?:e|er|en|es)?", manner="unanimous"),
    _Saying(r"mehrheitlich(?:e|er|en)?|mit (?:stimmen)?mehrheit(?: der stimmen)?", manner="majority"),
)
_READ_SAYINGS = tuple((saying, re.compile(rf"(?:{saying.words}){_END}", re.IGNORECASE)) for saying in _SAYINGS)
_DEFERRED = re.compile(rf"vertagt(?:\s(?:auf|bis)\s(?:den\s|zum\s)?(?P<date>[\d.]{{4,10}}))?{_END}", re.IGNORECASE)
_NAME = r"[A-ZÄÖÜ][\wäöüßÄÖÜ./-]*"
_REFERRED = re.compile(
    r"(?:[Vv]erwiesen\s(?:in|an)|[Ww]eiterbehandlung\si[mn]|[Ww]eitere\sBeratung\si[mn])\s(?:den\s|die\s|das\s|der\s)?"
    rf"(?P<body>{_NAME}(?:,?\s(?:und|für|der|des|die|öffentliche|soziale|{_NAME}))*)"
)
_SEVERAL_BODIES = re.compile(r"(?:rat|schuss|trag)\s(?:und|sowie)\s", re.IGNORECASE)
_NO_VOTE = re.compile(r"(?:ohne|entfällt|keine)[.\s]*", re.IGNORECASE)
_FILLING_WORDS = "bei|mit|und|zu|gegen|so|damit|somit|dabei|wird|wurde|ist|sind|(?:der )?antrag|(?:die )?vorlage"
_FILLING = re.compile(rf"(?:[\s,.;()/-]|(?:{_FILLING_WORDS}){_END})+", re.IGNORECASE)
_SUBJECT = re.compile(
    r"(?P<subject>(?:(?:TOP|Punkt|Ziff(?:er|\.|ern)?|Nr\.|Anträge?|Vorlage)\s)?\d+(?:\.\d+)*(?:(?:,|\sund|\s?-)\s?\d+(?:\.\d+)*)*"
    r"|[^:]{1,120})\s*:\s+"
    r"|(?P<item>[a-h]\)(?:\s?-\s?[a-h]\))?|\d{1,2}\)|\d{1,2}\.\d{1,2})\s+"
    r"|(?P<point>(?:TOP|Punkt|Ziffer)\s\d{1,3}(?:\.\d{1,3})*)\s+"
)


@dataclass(slots=True)
class _Phrase:
    """One phrase while it is read."""

    text: str
    subject: str = ""
    understood: bool = True
    counts: dict[Side, int] | None = None
    result: str | None = None
    manner: str | None = None
    biased: int | None = None
    outcome: str | None = None
    deferred_to: dt.date | None = None
    referred_to: str | None = None
    by_faction: list[dict[str, Any]] | None = None

    def vote(self) -> dict[str, Any] | None:
        """The vote as a table in the order of the model; None where none was taken."""
        if not self.understood:
            return {**({"subject": self.subject} if self.subject else {}), "text": self.text}
        said = {
            "subject": self.subject or None,
            # what was put off was not voted on itself
            "procedural": True if self.outcome in ("deferred", "referred") else None,
            "result": self.result,
            "manner": self.manner,
            **{str(side): (self.counts or {}).get(side) for side in _SIDES},
            "biased": self.biased,
        }
        if not (self.result or self.manner or self.counts):
            return None
        found = {key: value for key, value in said.items() if value is not None} | {"text": self.text}
        return found | ({"by_faction": self.by_faction} if self.by_faction else {})


def _phrase(text: str, names: re.Pattern[str] | None, today: dt.date | None) -> _Phrase:
    """One phrase; not understood where anything of it is left over, or is said twice."""
    whole = _Phrase(text)
    if _NO_VOTE.fullmatch(text):
        # what stands in the column of the result
        whole.outcome = "no_vote"
        return whole
    rest, subjects = text, list[str]()
    while match := _SUBJECT.match(rest):
        # "Ja: 48" is a count, not a subject
        if _count_at(rest, 0):
            break
        subjects.append(match["subject"] or match["item"] or match["point"])
        rest = rest[match.end() :]
    whole.subject = ", ".join(subjects)
    whole.understood = _take_all(whole, rest, names, today) and bool(rest)
    if not whole.understood:
        return _Phrase(text, whole.subject, understood=False)
    _conclude(whole)
    return whole


def _take_all(phrase: _Phrase, text: str, names: re.Pattern[str] | None, today: dt.date | None) -> bool:
    """Read `text` from its beginning to its end into `phrase`; False where a word is not known or said twice."""
    position, last = 0, None
    while position < len(text):
        if match := _FILLING.match(text, position):
            position = match.end()
            continue
        if found := _count_at(text, position):
            counts, position = found
            known = phrase.counts = phrase.counts or {}
            if known.keys() & counts.keys():
                return False
            known.update(counts)
            last = next(iter(counts)) if len(counts) == 1 else None
            continue
        if names is not None and last and (match := names.match(text, position)):
            phrase.by_faction = [*(phrase.by_faction or ()), {"name": match["name"], last: (phrase.counts or {})[last]}]
            last, position = None, match.end()
            continue
        end = _saying_at(phrase, text, position, today)
        if end is None:
            return False
        position = end
    return True


def _count_at(text: str, position: int) -> tuple[dict[Side, int], int] | None:
    """The counts that stand at `position`, and where they end."""
    for side, patterns in _COUNTS.items():
        for pattern in patterns:
            if match := pattern.match(text, position):
                return {side: _number(match["n"])}, match.end()
    if match := _TRIPLE.match(text, position):
        three: tuple[Side, ...] = ("yes", "no", "abstentions")
        return {side: int(match[side]) for side in three if match[side] is not None}, match.end()
    return None


def _saying_at(phrase: _Phrase, text: str, position: int, today: dt.date | None) -> int | None:
    """Take what the words at `position` say into `phrase`; where they end, None where they are not known."""
    if match := _BIASED.match(text, position):
        if phrase.biased is not None:
            return None
        phrase.biased = _number(match["n"])
        return match.end()
    if match := _OTHERWISE.match(text, position):
        return match.end()
    if match := _DEFERRED.match(text, position):
        phrase.outcome = "deferred"
        phrase.deferred_to = _date(match["date"], today) if match["date"] else None
        return match.end()
    if match := _REFERRED.match(text, position):
        body = match["body"].rstrip(" .,")
        phrase.outcome, phrase.referred_to = "referred", None if _SEVERAL_BODIES.search(body) else body
        return match.end()
    for saying, pattern in _READ_SAYINGS:
        if match := pattern.match(text, position):
            return match.end() if _agrees(phrase, saying) else None
    return None


def _agrees(phrase: _Phrase, saying: _Saying) -> bool:
    """Take a saying in; False where the phrase has said something else before."""
    for key in ("result", "manner"):
        new, old = getattr(saying, key), getattr(phrase, key)
        if new is not None and old is not None and new != old:
            return False
        setattr(phrase, key, old if new is None else new)
    if saying.outcome is not None:
        # "Kenntnisnahme, keine Abstimmung": that none was taken says nothing more
        if phrase.outcome not in (None, saying.outcome, "no_vote") and saying.outcome != "no_vote":
            return False
        phrase.outcome = phrase.outcome if saying.outcome == "no_vote" and phrase.outcome else saying.outcome
    return True


def _conclude(phrase: _Phrase) -> None:
    """What the whole phrase says beyond its words."""
    if phrase.outcome in ("deferred", "referred") and (phrase.counts or phrase.manner) and phrase.result is None:
        # the vote was about the deferral, which was carried: it happened
        phrase.result = "accepted"


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBER_WORDS[word.lower()]


def _date(words: str, today: dt.date | None) -> dt.date | None:
    if today is None and not re.search(r"\d{4}$", words):
        return None
    return parse_date(words, today or dt.date(1970, 1, 1))


def _names(factions: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern of the names that may follow a count, with and without the word for a faction."""
    known = sorted((re.escape(name) for name in factions if name), key=len, reverse=True)
    return re.compile(rf"(?:Fraktion\s)?(?P<name>{'|'.join(known)})(?:\s?-?\s?Fraktion)?{_END}") if known else None
