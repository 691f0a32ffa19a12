"""CO: the Beratungsfolge, which body deals with the motion in which role."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from antragsbuch_schema.diagnostics import Related, Severity
from antragsbuch_schema.i18n import N_, joined, text
from antragsbuch_schema.suggest import same_name

from .directory import Context
from .registry import Problem, rule
from .view import Consultation, Motion

_COMMITTEE = """
[[consultations]]
id = "c1"
organization = "Ausschuss für Soziales, Wohnungswesen und Teilhabe"
date = 2023-11-30
role = "preparation"
"""
_LEAD = _COMMITTEE + "lead = true\n"
_MAIN = """
[[consultations]]
id = "c3"
organization = "Regionsausschuss"
date = 2023-12-12
role = "preparation"
"""
_ASSEMBLY = """
[[consultations]]
id = "c4"
organization = "Regionsversammlung"
date = 2023-12-19
role = "decision"
"""

_PUT_OFF = frozenset({"deferred", "referred", "removed", "withdrawn", "no_vote"})
# the paper is done with, or goes on at a body whose step is reported as missing by another rule
_ENDED = frozenset({"withdrawn", "settled", "referred"})
_NOT_DECIDING = frozenset({"preparation", "hearing", "noting", "debate"})


@rule(
    "CO001",
    name="several-leads",
    severity=Severity.ERROR,
    needs=("consultations.lead=true",),
    what=N_("More than one step is the leading one."),
    why=N_("The lead (Federführung) is one body's alone."),
    wrong=_LEAD + _MAIN + "lead = true\n" + _ASSEMBLY,
    right=_LEAD + _MAIN + _ASSEMBLY,
)
def several_leads(motion: Motion, context: Context) -> Iterator[Problem]:
    """At most one lead."""
    leads = motion.leads
    for step in leads[1:]:
        yield Problem(
            step.at("lead"),
            text("a second leading step; only one body leads"),
            text("Delete 'lead' at one of the two."),
            related=(Related(leads[0].at("lead"), text("the first one")),),
        )


@rule(
    "CO002",
    name="no-lead",
    severity=Severity.REMARK,
    needs=("consultations.role=preparation",),
    what=N_("Several committees prepare the motion, but none of them leads."),
    why=N_(
        "Where several bodies prepare, one has the lead. Many sources do not say which: so this is no more than "
        "a remark."
    ),
    wrong=_COMMITTEE + _MAIN + _ASSEMBLY,
    right=_LEAD + _MAIN + _ASSEMBLY,
)
def no_lead(motion: Motion, context: Context) -> Iterator[Problem]:
    """Several preparing bodies, one lead."""
    if motion.leads:
        return
    preparing = {
        same_name(step.organization) for step in motion.steps if step.role == "preparation" and step.organization
    }
    if len(preparing) > 1:
        first = next(step for step in motion.steps if step.role == "preparation")
        yield Problem(
            first.place,
            text("several bodies prepare the motion, none of them leads"),
            text("Write 'lead = true' at the leading one, where the source names it."),
            on="header",
        )


@rule(
    "CO003",
    name="lead-decides",
    severity=Severity.WARNING,
    needs=("consultations.lead=true",),
    what=N_("The leading step is not a preparing one, though there are others."),
    why=N_("The body that leads prepares the decision of another: so it is in the motions of the Region Hannover."),
    wrong=_COMMITTEE + _ASSEMBLY + "lead = true\n",
    right=_LEAD + _ASSEMBLY,
)
def lead_decides(motion: Motion, context: Context) -> Iterator[Problem]:
    """The lead prepares."""
    for step in motion.leads:
        if step.role == "decision" and any(other.role == "preparation" for other in motion.steps):
            yield Problem(
                step.at("lead"),
                text("the leading step decides; usually it prepares"),
                related=(Related(step.at("role"), text("the role of the step")),),
            )


@rule(
    "CO004",
    name="no-deciding-step",
    severity=Severity.WARNING,
    needs=("consultations",),
    what=N_("No step decides, though papers of this type are decided on."),
    why=N_(
        "Whether a paper is decided on is set for its type in council.toml ('decided'): a motion is, a question is "
        "not. A step of any role decides where the source calls it authoritative, and what was referred, settled or "
        "withdrawn has none to come here."
    ),
    wrong=_LEAD + _MAIN,
    right=_LEAD + _MAIN + _ASSEMBLY,
)
def no_deciding_step(motion: Motion, context: Context) -> Iterator[Problem]:
    """A motion is decided."""
    if not motion.steps or "withdrawal" in motion.data:
        return
    for step in motion.steps:
        if step.role not in _NOT_DECIDING or step.outcome in _ENDED or step.flag("authoritative"):
            return
    kind = context.council.paper_type(motion.string("paper_type"))
    if kind is None or not kind.decided:
        return
    yield Problem(
        motion.steps[-1].place,
        text("the deciding step is missing for this paper type: {type}", type=kind.name),
        text("Add the deciding step, or state the role of a step."),
        on="header",
    )


@rule(
    "CO005",
    name="step-after-decision",
    severity=Severity.WARNING,
    needs=("consultations.role=decision",),
    what=N_("A step is after the deciding one."),
    why=N_(
        "The decision is the last word. In real registers one paper in two hundred has a hearing that came late: "
        "so this is no error."
    ),
    wrong=_LEAD.replace("2023-11-30", "2024-01-11") + _ASSEMBLY,
    right=_LEAD + _ASSEMBLY,
)
def step_after_decision(motion: Motion, context: Context) -> Iterator[Problem]:
    """The last step decides."""
    deciding = [(step, held) for step, held in motion.dated if step.role == "decision" and step.outcome not in _PUT_OFF]
    if not deciding:
        return
    last, decided = max(deciding, key=lambda pair: pair[1])
    for step, held in motion.dated:
        if held > decided and step.role in ("preparation", "hearing", "debate"):
            yield Problem(
                step.at("date"),
                text("a step on {date}, after the decision on {decided}", date=held, decided=decided),
                text("Correct the date. If the decision was put off, state that in its outcome."),
                related=(Related(last.at("date"), text("the deciding step")),),
            )


@rule(
    "CO006",
    name="several-decisions",
    severity=Severity.WARNING,
    needs=("consultations.role=decision",),
    what=N_("A second step decides, though the first one was not deferred, referred or taken off the agenda."),
    why=N_(
        "A motion is decided once. In real registers one paper in thirty has more than one deciding step: so "
        "this is no error."
    ),
    wrong=_ASSEMBLY + _ASSEMBLY.replace("c4", "c5").replace("2023-12-19", "2024-01-30"),
    right=_ASSEMBLY + 'outcome = "deferred"\n' + _ASSEMBLY.replace("c4", "c5").replace("2023-12-19", "2024-01-30"),
)
def several_decisions(motion: Motion, context: Context) -> Iterator[Problem]:
    """One decision, unless it was put off."""
    deciding = [(step, held) for step, held in motion.dated if step.role == "decision"]
    if len(deciding) < 2:
        return
    deciding.sort(key=lambda pair: pair[1])
    for (earlier, before), (later, after) in pairwise(deciding):
        if before < after and earlier.outcome not in _PUT_OFF:
            yield Problem(
                later.at("role"),
                text("a second deciding step; the one on {date} was not deferred or referred", date=before),
                text("If the first one was put off, state that in its outcome; if it only prepared, correct its role."),
                related=(Related(earlier.at("role"), text("the deciding step before")),),
            )


@rule(
    "CO007",
    name="main-committee-missing",
    severity=Severity.WARNING,
    needs=("consultations.role=decision",),
    what=N_("The assembly decides, but the main committee has not prepared it."),
    why=N_("The main committee prepares the decisions of the assembly; it may come on the same day."),
    source="§ 76 (1) NKomVG",
    wrong=_LEAD + _ASSEMBLY,
    right=_LEAD + _MAIN + _ASSEMBLY,
)
def main_committee_missing(motion: Motion, context: Context) -> Iterator[Problem]:
    """The main committee before the assembly."""
    council = context.council
    if not council.lower_saxon or not council.has_main_committee or len(motion.steps) < 2:
        return
    bodies = [(step, council.bodies.on(step.organization, step.held)) for step in motion.steps]
    prepared = [step for step, body in bodies if body and body.classification == "main_committee"]
    for step, body in bodies:
        if body is None or body.classification != "assembly" or step.role != "decision":
            continue
        if any(before.held is None or step.held is None or before.held <= step.held for before in prepared):
            continue
        if any(known is None and _may_be_main(other, context) for other, known in bodies):
            continue
        yield Problem(
            step.at("organization"),
            text("the main committee comes before the assembly, but its step is later (§ 76 NKomVG)")
            if prepared
            else text("the main committee comes before the assembly, but has no step (§ 76 NKomVG)"),
            text("Correct the date of its step.") if prepared else text("Add its step, with or without a date."),
            related=tuple(Related(late.at("date"), text("its step")) for late in prepared[:1]),
        )


@rule(
    "CO008",
    name="same-step-twice",
    severity=Severity.WARNING,
    needs=("consultations.date",),
    what=N_("The same body deals with the motion twice on the same day in the same role."),
    why=N_("Where a body meets twice a day, the time or the session tells the steps apart."),
    wrong=_LEAD + _COMMITTEE.replace("c1", "c2") + _MAIN + _ASSEMBLY,
    right=_LEAD + _MAIN + _ASSEMBLY,
)
def same_step_twice(motion: Motion, context: Context) -> Iterator[Problem]:
    """No step twice."""
    # hardly any motion comes to two bodies on one day
    if len({held for _step, held in motion.dated}) == len(motion.dated):
        return
    seen: dict[tuple[object, ...], Consultation] = {}
    for step, held in motion.dated:
        if step.organization is None:
            continue
        item = (step.string("meeting"), step.string("agenda_item"), str(step.data.get("time")))
        key = (same_name(step.organization), held, step.role, *item)
        first = seen.setdefault(key, step)
        if first is not step:
            yield Problem(
                step.place,
                text("the same step as another one: {body}, {date}", body=step.organization, date=held),
                text("Delete one of them, or tell them apart by 'time' or 'meeting'."),
                on="header",
                related=(Related(first.place, text("the other one")),),
            )


@rule(
    "CO009",
    name="incomplete-step",
    severity=Severity.REMARK,
    needs=("consultations",),
    what=N_("A step lacks its body, its date or its role."),
    why=N_("Real steps lack each of them: a step can be known before its session is."),
    wrong='[[consultations]]\nid = "c4"\norganization = "Regionsversammlung"\nrole = "decision"\n',
    right=_ASSEMBLY,
)
def incomplete_step(motion: Motion, context: Context) -> Iterator[Problem]:
    """Body, date and role."""
    labels = {"organization": N_("Body"), "date": N_("Date"), "role": N_("Role")}
    for step in motion.steps:
        if not labels.keys() <= step.data.keys():
            missing = [text(label) for key, label in labels.items() if key not in step.data]
            yield Problem(step.place, text("not stated: {keys}", keys=joined(missing)), on="header")


@rule(
    "CO010",
    name="budget-decided-elsewhere",
    severity=Severity.WARNING,
    needs=("budget",),
    what=N_("A motion on the budget is decided by another body than the assembly."),
    why=N_("The budget is fixed by the budget by-law, which the assembly decides on."),
    source="§ 112 (2), § 58 (1) NKomVG",
    wrong=_MAIN.replace("preparation", "decision") + '\n[budget]\nplan = "2024"\n',
    right=_MAIN + _ASSEMBLY + '\n[budget]\nplan = "2024"\n',
)
def budget_decided_elsewhere(motion: Motion, context: Context) -> Iterator[Problem]:
    """The assembly decides on the budget."""
    council = context.council
    if not council.lower_saxon or "budget" not in motion.data:
        return
    deciding = [
        (step, council.bodies.on(step.organization, step.held)) for step in motion.steps if step.role == "decision"
    ]
    if any(body is None or body.classification == "assembly" for _step, body in deciding):
        return
    for step, body in deciding[-1:]:
        yield Problem(
            step.at("organization"),
            text(
                "{body} decides on the budget; that is the assembly's (§ 112 NKomVG)",
                body=step.organization or (body.name if body else ""),
            ),
        )


def _may_be_main(step: Consultation, context: Context) -> bool:
    """Whether an unknown name is most likely that of the main committee, misspelled."""
    known = context.council.bodies.suggest(step.organization) if step.organization else None
    body = context.council.bodies.on(known, step.held)
    return body is not None and body.classification == "main_committee"
