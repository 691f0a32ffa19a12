"""CN: the council's own file, council.toml."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

from antragsbuch_schema import FORMAT
from antragsbuch_schema.diagnostics import Related, Severity
from antragsbuch_schema.i18n import N_, text
from antragsbuch_schema.reference import path_error, pattern_error
from antragsbuch_schema.suggest import closest, same_name

from .directory import SEVERITIES, Context
from .registry import RULES, Problem, Scope, rule
from .tally import MAIN_COMMITTEE
from .view import Motion, View

_LAW = '[law]\nprofile = "nkomvg"\n\n'
_MAIN = (
    '\n[[organizations]]\nid = "o2"\nname = "Regionsausschuss"\nclassification = "main_committee"\n\n'
    '[[organizations.seats]]\nid = "s1"\nterm = "V"\n'
)
_YEARS = 5
_TERM = '[[terms]]\nid = "t5"\nname = "V"\nstart = 2021-11-01\nend = 2026-10-31\n'


@rule(
    "CN001",
    name="newer-format",
    severity=Severity.ERROR,
    scope=Scope.COUNCIL,
    what=N_("The register has a newer format than this program."),
    why=N_("It is opened for reading only: what this program does not know it could lose."),
    wrong="format = 999\n",
    right="format = 1\n",
    settable=False,
)
def newer_format(council: Motion, context: Context) -> Iterator[Problem]:
    """The format is known."""
    version = council.integer("format")
    if version is not None and version > FORMAT:
        yield Problem(
            council.at("format"),
            text(
                "format {version} is newer than {known}, the newest that this program knows",
                version=version,
                known=FORMAT,
            ),
            text("Use a newer version of the program."),
        )


@rule(
    "CN002",
    name="unknown-rule",
    severity=Severity.WARNING,
    scope=Scope.COUNCIL,
    what=N_("A severity is set for a rule that does not exist."),
    why=N_("'antrag rule' lists all of them."),
    wrong='[rules.severity]\nVO999 = "off"\n',
    right='[rules.severity]\nVO009 = "off"\n',
)
def unknown_rule(council: Motion, context: Context) -> Iterator[Problem]:
    """Severities belong to rules."""
    table = council.table("rules").table("severity")
    for code in table.data:
        if code not in RULES:
            meant = closest(code, RULES)
            yield Problem(
                table.at(code),
                text("no rule has the code {code}", code=code),
                text("Did you mean {name}?", name=meant[0]) if meant else None,
                on="key",
            )


@rule(
    "CN003",
    name="unknown-severity",
    severity=Severity.ERROR,
    scope=Scope.COUNCIL,
    what=N_("A severity is none of off, remark, warning, error."),
    why=N_("A word that is not understood would leave the rule as it is, unseen."),
    wrong='[rules.severity]\nVO009 = "info"\n',
    right='[rules.severity]\nVO009 = "remark"\n',
)
def unknown_severity(council: Motion, context: Context) -> Iterator[Problem]:
    """Severities are known words."""
    table = council.table("rules").table("severity")
    for code in table.data:
        word = table.string(code)
        if word is not None and word not in SEVERITIES:
            yield Problem(
                table.at(code),
                text("{word} is no severity", word=word),
                text("Possible are: {words}.", words=", ".join(SEVERITIES)),
            )


@rule(
    "CN004",
    name="fixed-rule",
    severity=Severity.WARNING,
    scope=Scope.COUNCIL,
    what=N_("A severity is set for a rule that cannot be switched off or made milder."),
    why=N_("Broken files and confidential matter in a public register are always errors."),
    wrong='[rules.severity]\nPU001 = "off"\n',
    right='[rules.severity]\nPU004 = "off"\n',
)
def fixed_rule(council: Motion, context: Context) -> Iterator[Problem]:
    """Some severities are fixed."""
    table = council.table("rules").table("severity")
    for code in table.data:
        known = RULES.get(code)
        if known is not None and not known.settable:
            yield Problem(table.at(code), text("the severity of {code} is fixed", code=code), on="key")


@rule(
    "CN005",
    name="pattern-of-references",
    severity=Severity.ERROR,
    scope=Scope.COUNCIL,
    what=N_("The pattern of the references, or the path made from it, cannot be used."),
    why=N_("Without a pattern every motion gets a path that nobody can guess."),
    wrong='[reference]\npattern = "{number} ({term}) {type}"\n',
    right='[reference]\npattern = "{counter} ({term}) {type}"\npath = "{term}/{hundred}/{counter}-{type}"\n',
)
def pattern_of_references(council: Motion, context: Context) -> Iterator[Problem]:
    """Pattern and path can be used."""
    table = council.table("reference")
    pattern, path = table.string("pattern"), table.string("path")
    if pattern is None:
        return
    wrong = pattern_error(pattern)
    if wrong is not None:
        yield Problem(table.at("pattern"), wrong)
    elif path is not None and (wrong := path_error(pattern, path)) is not None:
        yield Problem(table.at("path"), wrong)


@rule(
    "CN006",
    name="terms-overlap",
    severity=Severity.ERROR,
    scope=Scope.COUNCIL,
    what=N_("An electoral term ends before it begins, or two of them overlap."),
    why=N_("The term of a day decides about seats and references; it must be one."),
    wrong=_TERM + '\n[[terms]]\nid = "t6"\nname = "VI"\nstart = 2026-10-01\nend = 2031-10-31\n',
    right=_TERM + '\n[[terms]]\nid = "t6"\nname = "VI"\nstart = 2026-11-01\nend = 2031-10-31\n',
)
def terms_overlap(council: Motion, context: Context) -> Iterator[Problem]:
    """Terms follow one another."""
    terms = [(table, start) for table in council.tables("terms") if (start := table.date("start"))]
    for table, start in terms:
        end = table.date("end")
        if end is not None and end < start:
            yield Problem(table.at("end"), text("ends on {end}, before it begins on {start}", end=end, start=start))
    terms.sort(key=lambda pair: pair[1])
    for (before, _start), (table, start) in pairwise(terms):
        end = before.date("end")
        if end is not None and start <= end:
            yield Problem(
                table.at("start"),
                text("begins on {start}, but the term before ends on {end}", start=start, end=end),
                related=(Related(before.at("end"), text("the end of the term before")),),
            )


@rule(
    "CN007",
    name="same-name-twice",
    severity=Severity.WARNING,
    scope=Scope.COUNCIL,
    what=N_("A name stands for two bodies, two factions or two terms at the same time."),
    why=N_("Which of them is meant cannot be told. Bodies of different terms may have the same name, with their days."),
    wrong='[[factions]]\nid = "f1"\nname = "SPD"\n\n[[factions]]\nid = "f2"\nname = "Soziale"\nspellings = ["SPD"]\n',
    right='[[factions]]\nid = "f1"\nname = "SPD"\n\n[[factions]]\nid = "f2"\nname = "CDU"\n',
)
def same_name_twice(council: Motion, context: Context) -> Iterator[Problem]:
    """Names are unique in their time."""
    for key in ("terms", "organizations", "factions", "paper_types", "sub_budgets"):
        seen: dict[str, list[View]] = {}
        for table in council.tables(key):
            own = [(table.at(part), name) for part in ("name",) if (name := table.string(part))]
            if key == "sub_budgets":
                own = [(table.at("number"), number)] if (number := table.string("number")) else []
            for place, name in (*own, *table.texts("spellings")):
                others = seen.setdefault(same_name(name), [])
                clash = next((other for other in others if other is not table and _overlap(other, table)), None)
                if clash is not None:
                    yield Problem(
                        place,
                        text("{name} stands for two entries", name=name),
                        related=(Related(clash.place, text("the other one")),),
                    )
                others.append(table)


@rule(
    "CN008",
    name="seats-of-unknown-term",
    severity=Severity.WARNING,
    scope=Scope.COUNCIL,
    what=N_("Seats are given for an electoral term that is not in the file."),
    why=N_("Counts of votes are compared with the seats of their term; these are never used."),
    wrong=_TERM + '\n[[factions]]\nid = "f1"\nname = "SPD"\n\n[[factions.seats]]\nid = "s1"\nterm = "5"\nseats = 21\n',
    right=_TERM + '\n[[factions]]\nid = "f1"\nname = "SPD"\n\n[[factions.seats]]\nid = "s1"\nterm = "V"\nseats = 21\n',
)
def seats_of_unknown_term(council: Motion, context: Context) -> Iterator[Problem]:
    """Seats belong to terms."""
    terms = {name for table in council.tables("terms") if (name := table.string("name"))}
    for key in ("organizations", "factions"):
        for group in council.tables(key):
            for seats in group.tables("seats"):
                term = seats.string("term")
                if term is not None and terms and term not in terms:
                    yield Problem(seats.at("term"), text("no electoral term is called {term}", term=term))


@rule(
    "CN009",
    name="template-of-unknown",
    severity=Severity.WARNING,
    scope=Scope.COUNCIL,
    what=N_("A template names a body or a paper type that is not in the file."),
    why=N_("Every motion made from it would have that mistake."),
    wrong='[[organizations]]\nid = "o1"\nname = "Regionsversammlung"\n\n[[templates]]\nid = "m1"\nname = "Üblich"\n\n'
    '[[templates.steps]]\nid = "s1"\norganization = "Regionversammlung"\nrole = "decision"\n',
    right='[[organizations]]\nid = "o1"\nname = "Regionsversammlung"\n\n[[templates]]\nid = "m1"\nname = "Üblich"\n\n'
    '[[templates.steps]]\nid = "s1"\norganization = "Regionsversammlung"\nrole = "decision"\n',
)
def template_of_unknown(council: Motion, context: Context) -> Iterator[Problem]:
    """Templates use what is known."""
    bodies = context.council.bodies
    for template in council.tables("templates"):
        for step in template.tables("steps"):
            name = step.string("organization")
            if name and bodies and not bodies.called(name):
                meant = bodies.suggest(name)
                yield Problem(
                    step.at("organization"),
                    text("no body is called {name}", name=name),
                    text("Did you mean {name}?", name=meant) if meant else None,
                )
        for place, name in template.texts("paper_types"):
            if context.council.paper_types and context.council.paper_type(name) is None:
                yield Problem(place, text("no paper type is called {name}", name=name))


@rule(
    "CN010",
    name="length-of-term",
    severity=Severity.WARNING,
    scope=Scope.COUNCIL,
    what=N_("An electoral term is not five years long."),
    why=N_("In Lower Saxony a term lasts five years; most likely a year is mistyped."),
    source="§ 47 (2) NKomVG",
    wrong=_LAW + _TERM.replace("2026", "2025"),
    right=_LAW + _TERM,
)
def length_of_term(council: Motion, context: Context) -> Iterator[Problem]:
    """Terms of five years."""
    if not context.council.lower_saxon:
        return
    for table in council.tables("terms"):
        start, end = table.date("start"), table.date("end")
        if start is None or end is None or end < start:
            continue
        # there is no day after the last one, which is written for "open"
        after = end + dt.timedelta(days=1) if end < dt.date.max else end
        if (after.year - start.year, after.month, after.day) != (_YEARS, start.month, start.day):
            yield Problem(
                table.at("end"),
                text("from {start} to {end} are not five years", start=start, end=end),
                related=(Related(table.at("start"), text("the first day of the term")),),
            )


@rule(
    "CN011",
    name="seats-of-main-committee",
    severity=Severity.WARNING,
    scope=Scope.COUNCIL,
    what=N_("A main committee has more seats than the law allows."),
    why=N_("In Lower Saxony it is the president or mayor and ten members at most."),
    source="§ 74 NKomVG",
    wrong=_LAW + _TERM + _MAIN + "seats = 12\n",
    right=_LAW + _TERM + _MAIN + "seats = 11\n",
)
def seats_of_main_committee(council: Motion, context: Context) -> Iterator[Problem]:
    """At most eleven seats."""
    if not context.council.lower_saxon:
        return
    for body in council.tables("organizations"):
        for seats in body.tables("seats") if body.string("classification") == "main_committee" else ():
            count = seats.count("seats")
            if count is not None and count > MAIN_COMMITTEE:
                yield Problem(
                    seats.at("seats"),
                    text("{count} seats, but a main committee has {most} at most", count=count, most=MAIN_COMMITTEE),
                )


def _overlap(first: View, second: View) -> bool:
    """Whether the days of two entries overlap; a bound that is not stated lies far away."""
    starts = [first.date("start"), second.date("start")]
    ends = [first.date("end"), second.date("end")]
    return not any(
        end is not None and start is not None and end < start for start, end in zip(starts, reversed(ends), strict=True)
    )
