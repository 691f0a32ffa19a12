"""PU: a public register holds nothing confidential. What is in a clone cannot be hidden by a filter."""

from __future__ import annotations

from collections.abc import Iterator

from antragsbuch_schema.diagnostics import Related, Severity
from antragsbuch_schema.i18n import N_, text

from .directory import Context
from .registry import Problem, rule
from .view import Motion, View

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
        keys = [key for key in _DETAILS if step.string(key) or step.date(key)]
        related = (Related(step.at("public"), text("the step is not public")),)
        for key in keys:
            yield Problem(
                step.at(key), text("confidential: the step is not public, but the register is"), related=related
            )
        if step.votes:
            yield Problem(
                step.votes[0].place,
                text("confidential: the step is not public, but the register is"),
                on="header",
                related=related,
            )


@rule(
    "PU002",
    name="confidential-file",
    severity=Severity.ERROR,
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
                related=(Related(file.at("public"), text("the file is not public")),),
            )


@rule(
    "PU003",
    name="confidential-motion",
    severity=Severity.ERROR,
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
        yield Problem(motion.at("public"), text("confidential: the motion is not public, but the register is"))


@rule(
    "PU004",
    name="result-of-closed-body",
    severity=Severity.REMARK,
    what=N_("A public register holds the result of a body whose sessions are not public."),
    why=N_(
        "Many councils publish what their main committee recommends, others do not. Mark the step with "
        "'public = true' where it may be published."
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
        if step.flag("public") is not None or (step.outcome is None and not step.votes):
            continue
        body = context.council.bodies.on(step.organization, step.held)
        if body is not None and not body.public:
            yield Problem(
                step.at("outcome") if step.outcome else step.votes[0].place,
                text("{body} does not meet in public; say whether this may be published", body=step.organization),
                text("Write 'public = true' or 'public = false' at the step."),
                on="value" if step.outcome else "header",
            )
