"""PU: a public register holds nothing confidential. What is in a clone cannot be hidden by a filter."""

from __future__ import annotations

from collections.abc import Iterator

from antragsbuch_schema.diagnostics import Related, Severity
from antragsbuch_schema.i18n import N_, text

from .directory import Context
from .registry import Problem, rule
from .view import Consultation, Motion, View

_STEP = """
[[consultations]]
id = "c3"
organization = "Regionsausschuss"
date = 2023-12-12
role = "preparation"
public = false
"""
_DETAILS = ("outcome", "result_text", "resolution_text", "deferred_to", "referred_to", "remarks")


@rule(
    "PU001",
    name="confidential-result",
    severity=Severity.ERROR,
    needs=("consultations.public=false",),
    what=N_("A public register holds the result, the text or the votes of a step that is not public."),
    why=N_(
        "Body, date and role of such a step may stand; what happened there may not. It belongs into a confidential "
        "register of its own. What was committed once is in every clone."
    ),
    source="§ 64, § 78 (2) NKomVG",
    wrong=_STEP + 'outcome = "as_proposed"\n',
    right=_STEP,
    settable=False,
)
def confidential_result(motion: Motion, context: Context) -> Iterator[Problem]:
    """No result of a non-public step."""
    if not context.council.public:
        return
    for step in motion.steps:
        if step.flag("public") is not False:
            continue
        related = (Related(step.at("public"), text("the step is not public")),)
        message = text("confidential: the step is not public, but the register is")
        help_ = text(
            "Delete it here and keep it in the confidential register. Only where the body publishes it, write "
            "'public = true' at the step."
        )
        for key in _told(step):
            yield Problem(step.at(key), message, help_, related=related)
        if step.votes:
            yield Problem(step.votes[0].place, message, help_, on="header", related=related)


@rule(
    "PU002",
    name="confidential-file",
    severity=Severity.ERROR,
    needs=(
        "main_file.public=false",
        "attachments.public=false",
    ),
    what=N_("A public register holds a file that is not public."),
    why=N_("'path' is a file of this repository, which everybody has who has the register."),
    source="§ 64 NKomVG",
    wrong='[[attachments]]\nid = "f1"\ntitle = "Vergabevermerk"\npath = "files/vergabe.pdf"\npublic = false\n',
    right='[[attachments]]\nid = "f1"\ntitle = "Vergabevermerk"\npublic = false\n',
    settable=False,
)
def confidential_file(motion: Motion, context: Context) -> Iterator[Problem]:
    """No file that is not public."""
    if not context.council.public:
        return
    files: list[View] = [motion.table("main_file"), *motion.tables("attachments")]
    for file in files:
        if file.flag("public") is False and file.string("path"):
            yield Problem(
                file.at("path"),
                text("confidential: the file is not public, but the register is"),
                text("Leave the path out, and keep the file in the confidential register."),
                related=(Related(file.at("public"), text("the file is not public")),),
            )


@rule(
    "PU003",
    name="confidential-motion",
    severity=Severity.ERROR,
    needs=("public=false",),
    what=N_("A public register holds a motion that is not public."),
    why=N_("Confidential motions live in a register of their own; 'antrag publish' makes a public one from it."),
    source="§ 64 NKomVG",
    wrong="public = false\n",
    right="public = true\n",
    settable=False,
)
def confidential_motion(motion: Motion, context: Context) -> Iterator[Problem]:
    """No motion that is not public."""
    if context.council.public and motion.flag("public") is False:
        yield Problem(
            motion.at("public"),
            text("confidential: the motion is not public, but the register is"),
            text(
                "Keep it in the confidential register. What was committed already stays in every clone: have it "
                "removed."
            ),
        )


@rule(
    "PU004",
    name="result-of-closed-body",
    severity=Severity.WARNING,
    needs=("consultations",),
    what=N_("A public register holds the result of a body whose sessions are not public, and not whether it may."),
    why=N_(
        "Many councils publish what their main committee recommends, others do not, and what was committed once is "
        "in every clone. Body, date and role of its step stand in the printed motion and are public."
    ),
    source="§ 78 (2) NKomVG",
    wrong=_STEP.replace("public = false\n", "") + 'outcome = "as_proposed"\n',
    right=_STEP.replace("public = false\n", "public = true\n") + 'outcome = "as_proposed"\n',
)
def result_of_closed_body(motion: Motion, context: Context) -> Iterator[Problem]:
    """A closed body's result is published on purpose only."""
    if not context.council.public:
        return
    for step in motion.steps:
        if not step.votes and step.data.keys().isdisjoint(_DETAILS):
            continue
        # remarks on such a step may be about anything: only where it is said not to be public they are in question
        told = [key for key in _told(step) if key != "remarks"]
        if step.flag("public") is not None or not (told or step.votes):
            continue
        body = context.council.bodies.on(step.organization, step.held)
        if body is not None and not body.public:
            yield Problem(
                step.at(told[0]) if told else step.votes[0].place,
                text("{body} does not meet in public, and whether this is published is not said", body=body.name),
                text(
                    "Where the body publishes it, write 'public = true' at the step. Otherwise delete it here and keep "
                    "it in the confidential register."
                ),
                on="value" if told else "header",
            )


def _told(step: Consultation) -> list[str]:
    """The keys that say what happened at a step."""
    return [key for key in _DETAILS if key in step.data and (step.string(key) or step.date(key))]
