"""RG: what holds between the motions of a register.

These rules see no files but the facts that were taken from each of them, so that they cost little on top of what is
known already.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from antragsbuch_schema.diagnostics import Severity
from antragsbuch_schema.i18n import N_, Text, text
from antragsbuch_schema.mentions import Facts, Mention

from .registry import Scope, rule

_SHOWN = 4
"""How many motions of a circle are named."""

_OTHER = '# motions/V/2200/2293-HHA.toml\nid = "n3w5b8dz"\n'


@dataclass(frozen=True, slots=True)
class Clash:
    """What a rule of the register found at a mention of one file, with what it clashes with in others."""

    facts: Facts
    mention: Mention | None
    message: Text
    help: Text | None = None
    related: tuple[tuple[str, Mention | None, Text], ...] = ()


@dataclass(frozen=True)
class Register:
    """The facts of all motions. `carried` holds, from history, the ids of the motions that ever had a reference."""

    motions: tuple[Facts, ...]
    carried: Mapping[str, Collection[str]] = field(default_factory=dict)

    @cached_property
    def references(self) -> frozenset[str]:
        """The references of all motions, by the names under which their spellings agree."""
        return frozenset(facts.reference.name for facts in self.motions if facts.reference is not None)

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of all motions."""
        return frozenset(facts.id.words for facts in self.motions if facts.id is not None)


@rule(
    "RG001",
    name="same-reference-twice",
    severity=Severity.ERROR,
    scope=Scope.REGISTER,
    what=N_("Two motions have the same reference."),
    why=N_("A reference is what people cite: it names one paper."),
    wrong='# motions/V/2200/2292-HHA.toml\nreference = "2292 (V) HHA"\n'
    '# motions/V/2200/2292-HHA--n3w5b8dz.toml\nid = "n3w5b8dz"\nreference = "2292 (V) HHA"\n',
    right='# motions/V/2200/2292-HHA.toml\nreference = "2292 (V) HHA"\n' + _OTHER + 'reference = "2293 (V) HHA"\n',
)
def same_reference_twice(register: Register) -> Iterator[Clash]:
    """References are unique."""
    for group in _shared([facts.reference for facts in register.motions], register):
        for number, (mention, facts) in enumerate(group):
            other, others = group[0 if number else 1]
            yield Clash(
                facts,
                mention,
                text("{reference} is the reference of another motion too", reference=mention.words),
                text("Give one of them its own reference; a draft may have none."),
                ((others.path, other, text("the other motion")),),
            )


@rule(
    "RG002",
    name="same-motion-twice",
    severity=Severity.ERROR,
    scope=Scope.REGISTER,
    what=N_("Two motions have the same identity."),
    why=N_(
        "A copied file keeps the id of the first: history would take one for the other. 'antrag new' and "
        "duplicating in the program give a new one."
    ),
    wrong='# motions/V/2200/2292-HHA.toml\nid = "k7m2qx9a"\nreference = "2292 (V) HHA"\n'
    '# motions/V/2200/2293-HHA.toml\nid = "k7m2qx9a"\nreference = "2293 (V) HHA"\n',
    right='# motions/V/2200/2292-HHA.toml\nid = "k7m2qx9a"\nreference = "2292 (V) HHA"\n'
    + _OTHER
    + 'reference = "2293 (V) HHA"\n',
)
def same_motion_twice(register: Register) -> Iterator[Clash]:
    """Ids are unique."""
    for group in _shared([facts.id for facts in register.motions], register):
        for number, (mention, facts) in enumerate(group):
            other, others = group[0 if number else 1]
            yield Clash(
                facts,
                mention,
                text("the id {id} is that of another motion too", id=mention.words),
                text("Give the newer one another id."),
                ((others.path, other, text("the other motion")),),
            )


@rule(
    "RG003",
    name="amended-motion-missing",
    severity=Severity.WARNING,
    scope=Scope.REGISTER,
    what=N_("The motion that is amended is not in the register."),
    why=N_("An amendment is read together with what it amends."),
    wrong='reference = "2292 (V) HHA"\namends = "2200 (V) HHA"\n',
    right='# motions/V/2200/2292-HHA.toml\nreference = "2292 (V) HHA"\namends = "2293 (V) HHA"\n'
    + _OTHER
    + 'reference = "2293 (V) HHA"\n',
)
def amended_motion_missing(register: Register) -> Iterator[Clash]:
    """What is amended is there."""
    for facts in register.motions:
        if facts.amends is not None and facts.amends.name not in register.references:
            yield Clash(
                facts,
                facts.amends,
                text("no motion of the register has the reference {reference}", reference=facts.amends.words),
                text("Correct the reference, or add the motion to the register."),
            )


@rule(
    "RG004",
    name="linked-paper-missing",
    severity=Severity.REMARK,
    scope=Scope.REGISTER,
    what=N_("A linked paper is not in the register."),
    why=N_("Few registers hold every paper that their motions speak of: so this is no more than a remark."),
    wrong='reference = "2292 (V) HHA"\nrelated_papers = ["2200 (V) HHA"]\n',
    right='# motions/V/2200/2292-HHA.toml\nreference = "2292 (V) HHA"\nrelated_papers = ["2293 (V) HHA"]\n'
    + _OTHER
    + 'reference = "2293 (V) HHA"\n',
)
def linked_paper_missing(register: Register) -> Iterator[Clash]:
    """What is linked is there."""
    for facts in register.motions:
        for link in facts.links:
            if link.name not in register.references:
                yield Clash(
                    facts, link, text("no motion of the register has the reference {reference}", reference=link.words)
                )


@rule(
    "RG007",
    name="amends-in-a-circle",
    severity=Severity.ERROR,
    scope=Scope.REGISTER,
    what=N_("Two or more motions amend each other in a circle."),
    why=N_("An amendment is made to what was there before: one of them has the reference of the wrong paper."),
    wrong='# motions/V/2200/2292-HHA.toml\nreference = "2292 (V) HHA"\namends = "2293 (V) HHA"\n'
    + _OTHER
    + 'reference = "2293 (V) HHA"\namends = "2292 (V) HHA"\n',
    right='# motions/V/2200/2292-HHA.toml\nreference = "2292 (V) HHA"\namends = "2293 (V) HHA"\n'
    + _OTHER
    + 'reference = "2293 (V) HHA"\n',
)
def amends_in_a_circle(register: Register) -> Iterator[Clash]:
    """Amendments come after what they amend."""
    amending = {
        facts.reference.name: facts
        for facts in register.motions
        if facts.amends is not None and facts.reference is not None
    }
    for circle in _circles(amending):
        for number, facts in enumerate(circle):
            other = circle[number - 1]
            yield Clash(
                facts,
                facts.amends,
                text("this amends a motion that amends it in turn: {way}", way=_names_of(circle, number)),
                text("Correct the reference in one of them."),
                ((other.path, other.amends, text("amends this motion")),),
            )


@rule(
    "RG005",
    name="reference-used-again",
    severity=Severity.ERROR,
    scope=Scope.REGISTER,
    what=N_("A reference was that of another motion before."),
    why=N_("A reference is never used again, not even after its motion is gone: it is cited in minutes."),
)
def reference_used_again(register: Register) -> Iterator[Clash]:
    """References are given once."""
    carried = register.carried
    for facts in register.motions if carried else ():
        if facts.reference is None or facts.id is None:
            continue
        before = [one for one in carried.get(facts.reference.words, ()) if one != facts.id.words]
        # a motion that is still here and has the same reference is reported by its own rule
        for identity in sorted(one for one in before if one not in register.ids)[:1]:
            yield Clash(
                facts,
                facts.reference,
                text(
                    "{reference} was the reference of the motion {id} before",
                    reference=facts.reference.words,
                    id=identity,
                ),
                text("Give it a new one."),
            )


@rule(
    "RG006",
    name="paths-collide",
    severity=Severity.ERROR,
    scope=Scope.REGISTER,
    what=N_("Two paths differ in capitals only."),
    why=N_("On the file systems of Windows and macOS they are one file: one of the motions is lost in a clone there."),
    wrong='# motions/V/2200/2292-HHA.toml\nreference = "2292 (V) HHA"\n'
    '# motions/V/2200/2292-hha.toml\nid = "n3w5b8dz"\n'
    'reference = "2292 (V) hha"\n',
    right='# motions/V/2200/2292-HHA.toml\nreference = "2292 (V) HHA"\n' + _OTHER + 'reference = "2293 (V) HHA"\n',
)
def paths_collide(register: Register) -> Iterator[Clash]:
    """Paths are unique on every file system."""
    seen: dict[str, Facts] = {}
    for facts in register.motions:
        path = facts.path
        same = path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()
        first = seen.setdefault(same, facts)
        if first is not facts:
            yield Clash(
                facts,
                facts.reference or facts.id,
                text("the path differs from another one in capitals only: {path}", path=first.path),
                text("Give one of them another reference."),
                ((first.path, first.reference or first.id, text("the other motion")),),
            )


def _shared(mentions: Sequence[Mention | None], register: Register) -> Iterator[list[tuple[Mention, Facts]]]:
    """The motions that share a name, told from a mention of each."""
    names = [mention.name for mention in mentions if mention is not None]
    if len(set(names)) == len(names):
        # so it nearly always is
        return
    groups: dict[str, list[tuple[Mention, Facts]]] = {}
    for mention, facts in zip(mentions, register.motions, strict=True):
        if mention is not None:
            groups.setdefault(mention.name, []).append((mention, facts))
    yield from (group for group in groups.values() if len(group) > 1)


def _circles(amending: Mapping[str, Facts]) -> Iterator[list[Facts]]:
    """The circles of motions of which each amends the next, of two and more."""
    done: set[str] = set()
    for start in amending:
        way: dict[str, Facts] = {}
        key = start
        while key in amending and key not in done and key not in way:
            way[key] = amending[key]
            amends = amending[key].amends
            key = amends.name if amends is not None else ""
        if key in way:
            circle = list(way.values())[list(way).index(key) :]
            if len(circle) > 1:
                yield circle
        done.update(way)


def _names_of(circle: list[Facts], number: int) -> str:
    """The references of a circle from one of them on, back to itself; of a long one, its first ones."""
    way = [circle[(number + step) % len(circle)] for step in range(min(len(circle), _SHOWN))]
    names = [facts.reference.words for facts in way if facts.reference is not None]
    return " → ".join([*names, "…", names[0]] if len(circle) > _SHOWN else [*names, names[0]])
