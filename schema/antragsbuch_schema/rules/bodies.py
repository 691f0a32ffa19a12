"""GR: bodies and factions are those of the register, in their time."""

from __future__ import annotations

from collections.abc import Iterator

from antragsbuch_schema.diagnostics import Fix, Related, Severity
from antragsbuch_schema.edits import Set
from antragsbuch_schema.i18n import N_, Text, text
from antragsbuch_schema.places import Place
from antragsbuch_schema.suggest import same_name

from .directory import Context, Group, Names
from .registry import Problem, rule
from .view import Motion

_STEP = """
[[consultations]]
id = "c4"
organization = "Regionsversammlung"
date = 2023-12-19
role = "decision"
"""

_MOVERS = (
    "originators",
    "proposals.originators",
    "withdrawal.originators",
    "consultations.votes.by_faction.name",
)


@rule(
    "GR001",
    name="unknown-body",
    severity=Severity.WARNING,
    needs=("consultations",),
    what=N_("A body is not one of the register's."),
    why=N_(
        "The bodies stand in council.toml with their former names and other spellings. The source's own spelling "
        "stays in the motion: enter it there as a spelling, and it is known."
    ),
    wrong=_STEP.replace("Regionsversammlung", "Regionversammlung"),
    right=_STEP,
)
def unknown_body(motion: Motion, context: Context) -> Iterator[Problem]:
    """Every body is known."""
    known = context.council.bodies
    for place, name, _day in motion.bodies if known else ():
        if not known.called(name):
            yield _unknown(place, name, text("no body is called {name}", name=name), known)


@rule(
    "GR002",
    name="body-out-of-its-time",
    severity=Severity.WARNING,
    needs=("consultations",),
    what=N_("A body did not exist on the day of the step."),
    why=N_("Committees are formed anew in each term; their first and last days stand in council.toml."),
    wrong=_STEP.replace("Regionsversammlung", "Ausschuss für Soziales").replace("decision", "preparation"),
    right=_STEP.replace("Regionsversammlung", "Ausschuss für Soziales, Wohnungswesen und Teilhabe").replace(
        "decision", "preparation"
    ),
)
def body_out_of_its_time(motion: Motion, context: Context) -> Iterator[Problem]:
    """A body meets while it exists."""
    known = context.council.bodies
    for place, name, day in motion.bodies if known.come_and_go else ():
        bodies = known.called(name) if day else []
        if day and bodies and not any(body.exists(day) for body in bodies):
            body = bodies[-1]
            yield Problem(
                place,
                text("{name} did not exist on {date}", name=name, date=day),
                _lifetime(body),
            )


@rule(
    "GR003",
    name="former-name",
    severity=Severity.WARNING,
    needs=("consultations",),
    what=N_("A body is called by a name that it no longer had on the day of the step."),
    why=N_("Former names stand in council.toml with their last day."),
    wrong=_STEP.replace("Regionsversammlung", "Ausschuss für Gleichstellung").replace("decision", "preparation"),
    right=_STEP.replace("Regionsversammlung", "Ausschuss für Gleichstellung, Frauenförderung und Integration").replace(
        "decision", "preparation"
    ),
)
def former_name(motion: Motion, context: Context) -> Iterator[Problem]:
    """A body has the name of its time."""
    known = context.council.bodies
    for place, name, day in motion.bodies if known.change_names else ():
        bodies = known.called(name) if day else []
        if not any(body.former for body in bodies):
            continue
        ends = [(body, body.former_until(name)) for body in bodies]
        if day and ends and all(until is not None and until < day for _body, until in ends):
            body, until = ends[-1]
            yield Problem(
                place,
                text("{name} was called so until {date}; now {new}", name=name, date=until, new=body.name),
            )


@rule(
    "GR004",
    name="unknown-mover",
    severity=Severity.REMARK,
    needs=_MOVERS,
    what=N_("A mover is not a faction of the register."),
    why=N_("Persons and groups move motions too: so this is no more than a remark."),
    wrong='originators = ["Die Unabhängigen"]\n',
    right='originators = ["SPD", "Bündnis 90 / DIE GRÜNEN"]\n',
)
def unknown_mover(motion: Motion, context: Context) -> Iterator[Problem]:
    """Movers are factions."""
    known = context.council.factions
    for place, name, _day in motion.factions if known else ():
        if not known.called(name) and known.suggest(name) is None:
            yield Problem(
                place,
                text("no faction is called {name}", name=name),
                text("If it is a faction, add it to council.toml."),
            )


@rule(
    "GR005",
    name="misspelled-faction",
    severity=Severity.WARNING,
    needs=_MOVERS,
    what=N_("The name of a faction is nearly that of one of the register's."),
    why=N_(
        "Blanks around a slash, dashes and capitals make no difference. The source's own spelling stays in the "
        "motion: enter it in council.toml as a spelling, and it is known."
    ),
    wrong='originators = ["Bündnis 90 / DIE GRÜNE"]\n',
    right='originators = ["Bündnis 90/DIE GRÜNEN"]\n',
)
def misspelled_faction(motion: Motion, context: Context) -> Iterator[Problem]:
    """Factions are spelled as the register has them."""
    known = context.council.factions
    for place, name, _day in motion.factions if known else ():
        if not known.called(name) and known.suggest(name) is not None:
            yield _unknown(place, name, text("no faction is called {name}", name=name), known)


@rule(
    "GR006",
    name="faction-out-of-its-time",
    severity=Severity.WARNING,
    needs=_MOVERS,
    what=N_("A faction did not exist on the day of the motion or of the vote."),
    why=N_("Factions come and go; their first and last days stand in council.toml."),
    wrong='submitted = 2023-11-15\noriginators = ["PIRATEN"]\n',
    right='submitted = 2023-11-15\noriginators = ["SPD"]\n',
)
def faction_out_of_its_time(motion: Motion, context: Context) -> Iterator[Problem]:
    """A faction moves while it exists."""
    known = context.council.factions
    for place, name, day in motion.factions if known.come_and_go else ():
        found = known.called(name) if day else []
        if day and found and not any(faction.exists(day) for faction in found):
            yield Problem(
                place,
                text("{name} did not exist on {date}", name=name, date=day),
                _lifetime(found[-1]),
            )


@rule(
    "GR007",
    name="withdrawn-by-others",
    severity=Severity.WARNING,
    needs=("withdrawal.originators",),
    what=N_("A motion was withdrawn by somebody who did not move it."),
    why=N_("Only who has moved a motion can take it back; where others joined later, name them among the movers."),
    wrong='originators = ["SPD"]\n\n[withdrawal]\ndate = 2023-12-01\noriginators = ["CDU"]\n',
    right='originators = ["SPD", "CDU"]\n\n[withdrawal]\ndate = 2023-12-01\noriginators = ["CDU"]\n',
)
def withdrawn_by_others(motion: Motion, context: Context) -> Iterator[Problem]:
    """Movers withdraw."""
    if "withdrawal" not in motion.data:
        return
    known = context.council.factions
    movers = motion.texts("originators")
    movers += [mover for proposal in motion.tables("proposals") for mover in proposal.texts("originators")]

    def meant(name: str) -> str:
        faction = known.on(name, motion.day)
        return same_name(faction.name if faction else name)

    named = {meant(name) for _place, name in movers}
    for place, name in motion.table("withdrawal").texts("originators"):
        if named and meant(name) not in named:
            yield Problem(
                place,
                text("{name} did not move this motion", name=name),
                related=(Related(motion.at("originators"), text("the movers")),)
                if "originators" in motion.data
                else (),
            )


def _unknown(place: Place, name: str, message: Text, known: Names) -> Problem:
    meant = known.suggest(name)
    if meant is None:
        return Problem(place, message, text("Add it to council.toml, or correct it."))
    # what is printed is kept: only a person can say that it is a slip of the typist and not of the source
    fix = Fix((Set(place, name, meant),), text("Write {word}.", word=meant), safe=False)
    return Problem(place, message, text("Did you mean {name}?", name=meant), fix=fix)


def _lifetime(group: Group) -> Text:
    if group.start is None:
        return text("It existed until {end}. Correct the name or the date.", end=group.end)
    if group.end is None:
        return text("It exists since {start}. Correct the name or the date.", start=group.start)
    return text("It existed from {start} to {end}. Correct the name or the date.", start=group.start, end=group.end)
