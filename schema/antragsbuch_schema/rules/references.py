"""RF: the reference of a motion, its path and its paper type."""

from __future__ import annotations

import re
from collections.abc import Iterator

from antragsbuch_schema.diagnostics import Related, Severity
from antragsbuch_schema.i18n import N_, text
from antragsbuch_schema.places import Place
from antragsbuch_schema.suggest import closest, same_name

from .directory import Context
from .registry import Problem, rule
from .view import Motion

_LINKS = ("related_papers", "superordinated_papers", "subordinated_papers")
_AMENDMENT = re.compile("änderungsantr|ergänzungsantr", re.IGNORECASE)


@rule(
    "RF001",
    name="reference-off-pattern",
    severity=Severity.WARNING,
    needs=("reference",),
    what=N_("The reference does not follow the pattern of the register."),
    why=N_(
        "The pattern stands in council.toml. A reference that does not fit gets a path of its own, which nobody "
        "can guess."
    ),
    wrong='reference = "2292(V) HHA"\n',
    right='reference = "2292 (V) HHA"\n',
)
def reference_off_pattern(motion: Motion, context: Context) -> Iterator[Problem]:
    """The reference has the form of all others."""
    scheme = context.council.scheme
    if motion.reference and scheme.pattern is not None and not context.council.parts(motion.reference):
        table = context.council.data.get("reference")
        pattern = table.get("pattern") if isinstance(table, dict) else ""
        yield Problem(
            motion.at("reference"),
            text("{reference} does not follow the pattern {pattern}", reference=motion.reference, pattern=pattern),
            text("Correct the reference, or the pattern in council.toml."),
        )


@rule(
    "RF002",
    name="path-disagrees",
    severity=Severity.ERROR,
    what=N_("The file does not lie where its reference belongs."),
    why=N_("The path is made from the reference, so that people, links and history find the motion."),
    wrong='# motions/V/2200/2293-HHA.toml\nreference = "2292 (V) HHA"\n',
    right='# motions/V/2200/2292-HHA.toml\nreference = "2292 (V) HHA"\n',
)
def path_disagrees(motion: Motion, context: Context) -> Iterator[Problem]:
    """The path follows from the reference; a draft without one lies under its id."""
    scheme = context.council.scheme
    # without patterns that can be read nobody knows where it belongs; that is a finding about the council's file
    if not context.path or (motion.reference and (scheme.pattern is None or scheme.file is None)):
        return
    wanted = (
        scheme.path(motion.reference, context.council.parts(motion.reference))
        if motion.reference
        else scheme.path_for(motion.data)
    )
    identity = motion.string("id")
    if context.path == wanted or (
        motion.reference and identity and context.path == scheme.twin_path(motion.reference, identity)
    ):
        return
    if motion.reference is None and identity is None:
        return
    yield Problem(
        motion.at("reference") if motion.reference else motion.at("id"),
        text("this motion belongs at {wanted}", wanted=wanted),
        text("Rename the file, or correct the reference."),
    )


@rule(
    "RF003",
    name="unknown-term",
    severity=Severity.WARNING,
    needs=("reference",),
    what=N_("The electoral term in the reference is not known."),
    why=N_("The terms stand in council.toml."),
    wrong='reference = "2292 (IX) HHA"\n',
    right='reference = "2292 (V) HHA"\n',
)
def unknown_term(motion: Motion, context: Context) -> Iterator[Problem]:
    """The term of the reference is one of the register's."""
    term = context.council.parts(motion.reference).get("term")
    if term is not None and context.council.terms and context.council.term_called(term) is None:
        yield Problem(
            motion.at("reference"),
            text("no electoral term is called {term}", term=term),
            text("Known are {terms}.", terms=", ".join(known.name for known in context.council.terms)),
            part=_where(motion, term),
        )


@rule(
    "RF004",
    name="date-outside-term",
    severity=Severity.WARNING,
    needs=("reference",),
    what=N_("The date of the motion lies outside the electoral term of its reference."),
    why=N_("A reference is given in the term in which the motion is made."),
    wrong='reference = "2292 (IV) HHA"\nsubmitted = 2023-11-15\n',
    right='reference = "2292 (V) HHA"\nsubmitted = 2023-11-15\n',
)
def date_outside_term(motion: Motion, context: Context) -> Iterator[Problem]:
    """The term of the reference holds the date."""
    name = context.council.parts(motion.reference).get("term")
    term = context.council.term_called(name) if name else None
    key = "submitted" if motion.submitted else "date"
    day = motion.submitted or motion.printed
    if name and term and day and not term.holds(day):
        actual = context.council.term_on(day)
        yield Problem(
            motion.at(key),
            text("{date} does not lie in the electoral term {term}", date=day, term=name),
            text("It lies in the electoral term {term}.", term=actual.name) if actual else None,
            related=(Related(motion.at("reference"), text("the reference")),),
        )


@rule(
    "RF005",
    name="unknown-type-code",
    severity=Severity.WARNING,
    needs=("reference",),
    what=N_("The code of the paper type in the reference is not known."),
    why=N_("The codes stand in council.toml, with the paper types."),
    wrong='reference = "2292 (V) HHX"\n',
    right='reference = "2292 (V) HHA"\n',
)
def unknown_type_code(motion: Motion, context: Context) -> Iterator[Problem]:
    """The code of the reference is one of the register's."""
    code = context.council.parts(motion.reference).get("type")
    codes = context.council.type_codes
    if code is not None and codes and code not in codes:
        meant = next((known for known in codes if same_name(known) == same_name(code)), None)
        yield Problem(
            motion.at("reference"),
            text("no paper type has the code {code}", code=code),
            text("Did you mean {name}?", name=meant) if meant else text("Known are {codes}.", codes=", ".join(codes)),
            part=_where(motion, code),
        )


@rule(
    "RF006",
    name="type-disagrees",
    severity=Severity.WARNING,
    needs=("reference",),
    what=N_("The paper type is not the one that the code in the reference stands for."),
    why=N_("Code and paper type belong together in council.toml."),
    wrong='reference = "2292 (V) HHA"\npaper_type = "Anfrage"\n',
    right='reference = "2292 (V) HHA"\npaper_type = "Haushaltsantrag"\n',
)
def type_disagrees(motion: Motion, context: Context) -> Iterator[Problem]:
    """Code and type agree."""
    code = context.council.parts(motion.reference).get("type")
    kind = context.council.paper_type(motion.string("paper_type"))
    if code is None or kind is None or not kind.code or kind.code == code:
        return
    meant = [known.name for known in context.council.paper_types if known.code == code]
    if meant and kind.name not in meant:
        yield Problem(
            motion.at("paper_type"),
            text("{type} has the code {code}, the reference says {other}", type=kind.name, code=kind.code, other=code),
            text("{code} is {type}.", code=code, type=meant[0]),
            related=(Related(motion.at("reference"), text("the reference")),),
        )


@rule(
    "RF007",
    name="unknown-paper-type",
    severity=Severity.WARNING,
    needs=("paper_type",),
    what=N_("The paper type is not known."),
    why=N_("The paper types stand in council.toml. Add one there if it is new."),
    wrong='paper_type = "Haushaltantrag"\n',
    right='paper_type = "Haushaltsantrag"\n',
)
def unknown_paper_type(motion: Motion, context: Context) -> Iterator[Problem]:
    """The paper type is one of the register's."""
    name, known = motion.string("paper_type"), context.council.paper_types
    if name is None or not known or context.council.paper_type(name) is not None:
        return
    meant = closest(name, (kind.name for kind in known))
    yield Problem(
        motion.at("paper_type"),
        text("no paper type is called {name}", name=name),
        text("Did you mean {name}?", name=meant[0]) if meant else text("Add it to council.toml if it is new."),
    )


@rule(
    "RF008",
    name="linked-with-itself",
    severity=Severity.ERROR,
    needs=(
        "amends",
        "related_papers",
        "superordinated_papers",
        "subordinated_papers",
    ),
    what=N_("A motion amends itself, or is linked with itself."),
    why=N_("A link leads to another paper."),
    wrong='reference = "2292 (V) HHA"\namends = "2292 (V) HHA"\n',
    right='reference = "2293 (V) HHA"\namends = "2292 (V) HHA"\n',
)
def linked_with_itself(motion: Motion, context: Context) -> Iterator[Problem]:
    """Links lead elsewhere."""
    if motion.reference is None:
        return
    own = same_name(motion.reference)
    links = [(motion.at("amends"), amended)] if (amended := motion.string("amends")) else []
    for key in _LINKS:
        links += motion.texts(key)
    for place, reference in links:
        if same_name(reference) == own:
            yield Problem(
                place,
                text("this is the reference of the motion itself"),
                text("Write the reference of the other motion."),
            )


@rule(
    "RF009",
    name="amendment-of-nothing",
    severity=Severity.REMARK,
    needs=("paper_type",),
    what=N_("An amendment does not say which motion it amends."),
    why=N_("Old papers and imports often lack the link: so this is no more than a remark."),
    wrong='paper_type = "Änderungsantrag"\n',
    right='# motions/V/2200/2292-HHA.toml\npaper_type = "Änderungsantrag"\namends = "2293 (V) HHA"\n'
    '# motions/V/2200/2293-HHA.toml\nid = "n3w5b8dz"\nreference = "2293 (V) HHA"\n',
)
def amendment_of_nothing(motion: Motion, context: Context) -> Iterator[Problem]:
    """An amendment amends a motion."""
    kind = motion.string("paper_type")
    if kind and _AMENDMENT.search(kind) and not any(motion.data.get(key) for key in ("amends", *_LINKS)):
        yield Problem(
            motion.at("paper_type"),
            text("what is amended is not stated"),
            text("Write the reference of the motion in 'amends'."),
        )


@rule(
    "RF010",
    name="replacement-of-nothing",
    severity=Severity.WARNING,
    needs=("replacements",),
    what=N_("Passages are replaced, but the motion that they stand in is not stated."),
    why=N_("'replacements' is what an amendment puts in place of the text of the motion that it 'amends'."),
    wrong='[[replacements]]\nid = "r1"\npassage = "Ziffer 2"\ntext = """\nDie Verwaltung prüft.\n"""\n',
    right='# motions/V/2200/2292-HHA.toml\namends = "2293 (V) HHA"\n\n'
    '[[replacements]]\nid = "r1"\npassage = "Ziffer 2"\ntext = """\nDie Verwaltung prüft.\n"""\n'
    '# motions/V/2200/2293-HHA.toml\nid = "n3w5b8dz"\nreference = "2293 (V) HHA"\n',
)
def replacement_of_nothing(motion: Motion, context: Context) -> Iterator[Problem]:
    """Replaced passages stand in a motion."""
    if "replacements" in motion.data and motion.string("amends") is None:
        for replacement in motion.tables("replacements")[:1]:
            yield Problem(
                replacement.place,
                text("a passage is replaced, but of which motion is not stated"),
                text("Write the reference of the motion in 'amends'."),
                on="header",
            )


@rule(
    "RF011",
    name="linked-twice",
    severity=Severity.WARNING,
    needs=(
        "related_papers",
        "superordinated_papers",
        "subordinated_papers",
    ),
    what=N_("A paper is linked twice."),
    why=N_("A paper can't be parent and child of the same other one, and one link is enough."),
    wrong='# motions/V/2200/2292-HHA.toml\nrelated_papers = [\n    "2293 (V) HHA",\n    "2293 (V) HHA",\n]\n'
    '# motions/V/2200/2293-HHA.toml\nid = "n3w5b8dz"\nreference = "2293 (V) HHA"\n',
    right='# motions/V/2200/2292-HHA.toml\nrelated_papers = [\n    "2293 (V) HHA",\n]\n'
    '# motions/V/2200/2293-HHA.toml\nid = "n3w5b8dz"\nreference = "2293 (V) HHA"\n',
)
def linked_twice(motion: Motion, context: Context) -> Iterator[Problem]:
    """One link to each paper."""
    seen: dict[str, Place] = {}
    for key in _LINKS:
        for place, reference in motion.texts(key):
            first = seen.setdefault(same_name(reference), place)
            if first is not place:
                yield Problem(
                    place,
                    text("{reference} is linked already", reference=reference),
                    related=(Related(first, text("the first one")),),
                )


def _where(motion: Motion, part: str) -> tuple[int, int]:
    """Where a part stands in the reference; a code is looked for from the end."""
    start = (motion.reference or "").rfind(part)
    return (start, start + len(part))
