"""Comments that ignore findings: what they cover, what is said about them, and that they stay where they are."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antragsbuch_schema.diagnostics import Located
from antragsbuch_schema.fixes import mend
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.rules import Directory
from antragsbuch_schema.toml.format import format_text
from antragsbuch_schema.validate import check_file, validate_file, validate_register
from support.rule_cases import COUNCIL, DIRECTORY, TODAY, motion

PATH = "motions/V/2200/2292-HHA.toml"
SPACED = 'title = "Konferenz  zur Armut"'
"""TX008, a warning or remark that any file can have."""
BEHIND = "# antrag: ignore[TX008] so gedruckt"


def report(source: str, today: dt.date | None = TODAY, council: Directory = DIRECTORY) -> list[Located]:
    return validate_file(PATH, source.encode(), council, today)


def codes(source: str, today: dt.date | None = TODAY) -> set[str]:
    """All but the remark on the form of the file."""
    return {located.finding.code for located in report(source, today)} - {"FM001"}


def test_the_finding_is_there_without_a_comment() -> None:
    assert codes(motion(f"{SPACED}\n")) == {"TX008"}


@pytest.mark.parametrize(
    "comment",
    [
        "# antrag: ignore[TX008] so gedruckt",
        "#antrag:ignore[TX008]so gedruckt",
        "# antrag: ignore [ tx008 , ] so gedruckt",
        "# antrag: ignore[TX] so gedruckt",
        "# antrag: ignore[spaces-in-a-row] so gedruckt",
        "# steht so im Protokoll # antrag: ignore[TX008] so gedruckt",
        "# antrag: ignore-file[TX008] so gedruckt",
        "# antrag: ignore[TX008] so gedruckt, until 2099-12-31",
        "# antrag: ignore[TX008] so gedruckt until further notice",
    ],
)
def test_behind_a_value(comment: str) -> None:
    from antragsbuch_schema.rules import RULES

    comment = comment.replace("spaces-in-a-row", RULES["TX008"].name)
    assert codes(motion(f"{SPACED} {comment}\n")) == set()


def test_above_a_key() -> None:
    source = motion(f"{SPACED}\n").replace("title", f"{BEHIND}\ntitle")
    assert codes(source) == set()
    above_another = motion(f"{SPACED}\n").replace("public", f"{BEHIND}\npublic")
    assert codes(above_another) == {"TX008", "SU005"}


VOTE = """\
[[consultations]]
id = "c1"
organization = "Regionsversammlung"
date = 2023-12-19
role = "decision"
outcome = "as_proposed"

[[consultations.votes]]
id = "v1"
result = "accepted"
yes = 3
no = 3
"""


def found(source: str, code: str) -> bool:
    return code in codes(source)


def test_above_a_header_the_whole_table_is_meant_and_no_other() -> None:
    comment = "# antrag: ignore[VO003] steht so im Protokoll\n"
    plain = motion(VOTE)
    assert found(plain, "VO003")
    for header in ("[[consultations]]", "[[consultations.votes]]"):
        assert not found(plain.replace(header, comment + header), "VO003")
        assert not found(plain.replace(header, f"{header} {comment}".rstrip()), "VO003")
    again = VOTE.replace("v1", "v2").replace("c1", "c2").replace("12-19", "12-20")
    both = motion(VOTE + "\n" + comment + again)
    assert {located.finding.place[0:2] for located in report(both) if located.finding.code == "VO003"}
    assert "SU005" not in codes(both)


def test_a_text_that_looks_like_a_comment_is_none() -> None:
    inside = motion(f'{SPACED}\nfacts = """\nEin Satz  # antrag: ignore-file[TX008] so gedruckt\n"""\n')
    assert codes(inside) == {"TX008"}
    quoted = motion(f'{SPACED}\nremarks = "# antrag: ignore-file[TX008] so"\n')
    assert "TX008" in codes(quoted)


def test_an_entry_of_a_list_is_covered_by_its_own_comment_only() -> None:
    source = motion('originators = [\n    "SPD  ", # antrag: ignore[TX008] so gedruckt\n    "CDU  ",\n]\n')
    lines = [located.span.line for located in report(source) if located.finding.code == "TX008"]
    assert [source.splitlines()[line - 1].strip() for line in lines] == ['"CDU  ",']


@pytest.mark.parametrize(
    ("comment", "expected", "said"),
    [
        ("ignore TX008 so", {"SU001"}, "ignore[VO003]"),
        ("ignore[] so", {"SU001"}, "ignore[VO003]"),
        ("ignroe[TX008] so", {"SU001"}, "ignore"),
        ("disable[TX008] so", {"SU001"}, "disable"),
        ("ignore[TX008] so until 2023-02-30", {"SU001"}, "2023-02-30"),
        ("ignore[TX008] so until 31.12.2099", {"SU001"}, "31.12.2099"),
        ("ignore[TX08] so", {"SU002"}, "TX008"),
        ("ignore[TX008]", {"SU003"}, "why"),
        ("ignore[TX008] -- ", {"SU003"}, "why"),
        ("ignore[TX008] so until 2023-12-31", {"SU004", "TX008"}, "2023-12-31"),
        ("ignore[TX008, VO003] so", {"SU005"}, "VO003"),
        ("ignore[SC001] so", {"SU006"}, "SC001"),
        ("ignore-file[SU] so", {"SU006"}, "SU"),
        ("siehe die Anlage", set(), ""),
    ],
)
def test_what_is_wrong_with_a_comment_is_said(comment: str, expected: set[str], said: str) -> None:
    located = report(motion(f"{SPACED} # antrag: {comment}\n"))
    whole = {each.finding.code for each in located} - {"FM001"}
    assert {code for code in whole if code.startswith("SU")} == expected - {"TX008"}
    assert ("TX008" in whole) == (not expected & {"SU003", "SU005"})
    words = " ".join(
        f"{each.finding.message('en')} {each.finding.help('en') if each.finding.help else ''}"
        for each in located
        if each.finding.code.startswith("SU")
    )
    assert said in words


def test_the_place_of_what_is_wrong_is_the_word() -> None:
    source = motion('title = "Ä €" # antrag: ignore[TX008] so\n')
    (unused,) = [located for located in report(source) if located.finding.code == "SU005"]
    line = source.splitlines()[unused.span.line - 1]
    assert line[unused.span.column - 1 : unused.span.end_column - 1] == "TX008"


def test_after_its_day_the_finding_comes_back() -> None:
    source = motion(f"{SPACED} # antrag: ignore[TX008] so until 2024-06-30\n")
    assert codes(source, dt.date(2024, 6, 30)) == set()
    assert codes(source, dt.date(2024, 7, 1)) == {"TX008", "SU004"}
    # without a day only what holds on all days
    assert codes(source, None) == set()


def test_a_finding_of_some_days_uses_the_comment_on_all_days() -> None:
    session = '[[consultations]] # antrag: ignore[OU001] wird nachgetragen\nid = "c1"\n'
    session += 'organization = "Regionsversammlung"\ndate = 2023-12-19\nrole = "decision"\noutcome = "withdrawn"\n'
    assert "OU001" in codes(motion(session.replace("antrag:", "")), dt.date(2023, 1, 1))
    for today in (dt.date(2023, 1, 1), dt.date(2025, 1, 1)):
        assert codes(motion(session), today) == set()


def test_an_unreadable_file_ignores_nothing() -> None:
    assert codes('# antrag: ignore-file[TO001, TX] so\ntitle = "x\n') == {"TO001"}
    assert codes(motion('facts = """\n<<<<<<< HEAD\n"""\n') + "# antrag: ignore-file[TO] so\n") >= {"TO002", "SU006"}


def test_a_comment_that_belongs_to_nothing_says_so() -> None:
    assert "SU001" in codes("# antrag: ignore[TX008] so\n\n" + motion(f"{SPACED}\n"))
    assert "SU001" in codes(motion(f"{SPACED}\n") + "# antrag: ignore[TX008] so\n")
    assert codes("# antrag: ignore-file[TX008] so\n\n" + motion(f"{SPACED}\n")) == set()


def test_a_file_that_is_made_to_keep_a_program_busy_is_read_at_once() -> None:
    word = "# antrag: ignore-file[VO003] so "
    many = motion("") + word * 30_000 + "\n"
    lines = [located.finding for located in report(many) if located.finding.code.startswith("SU")]
    assert [finding.code for finding in lines].count("SU005") == 200
    assert "only the first 200" in " ".join(finding.message("en") for finding in lines)
    for inside in ("VO003," * 100_000, "VX003," * 100_000, "V" * 600_000):
        assert codes(motion("") + f"# antrag: ignore-file[{inside}] so\n") == {"SU001"}
    for reason in ("," * 600_000, "until 1 " * 90_000, "# " * 300_000, "until 1" + "," * 600_000):
        assert "SU005" in codes(motion("") + f"# antrag: ignore-file[VO003] so {reason}x\n")
    rows = "".join(f'    "SPD", # antrag: ignore[TX008] {number}\n' for number in range(3000))
    assert "SU005" in codes(motion(f"originators = [\n{rows}]\n"))


OTHER = "motions/V/2200/2293-HHA.toml"


def register(first: str, second: str, today: dt.date = TODAY) -> dict[str, set[str]]:
    checked = validate_register([(PATH, first.encode()), (OTHER, second.encode())], COUNCIL.encode(), today)
    result: dict[str, set[str]] = {PATH: set(), OTHER: set()}
    for located in checked.findings:
        if located.finding.code != "FM001":
            result[located.path].add(located.finding.code)
    return result


def test_a_finding_of_the_whole_register_is_ignored_where_it_stands() -> None:
    comment = "# antrag: ignore[RG002] wird getrennt until 2024-12-30\n"
    second = motion('reference = "2293 (V) HHA"\n')
    assert register(motion(""), second) == {PATH: {"RG002"}, OTHER: {"RG002"}}
    both = register(comment + motion(""), second, dt.date(2024, 12, 30))
    assert both == {PATH: set(), OTHER: {"RG002"}}
    assert register(comment + motion(""), second) == {PATH: {"RG002", "SU004"}, OTHER: {"RG002"}}
    other = second.replace("k7m2qx9a", "n3w5b8dz")
    assert register(comment + motion(""), other) == {PATH: {"SU005"}, OTHER: set()}
    # one file alone can't tell
    assert codes(comment + motion("")) == set()


def test_what_is_ignored_is_counted() -> None:
    checked = validate_register([(PATH, motion(f"{SPACED} {BEHIND}\n").encode())], COUNCIL.encode(), TODAY)
    assert [located.finding.code for located in checked.ignored] == ["TX008"]


def test_the_register_decides_how_bad_it_is() -> None:
    council = Directory({**DIRECTORY.data, "rules": {"severity": {"SU003": "off", "SU005": "error"}}})
    located = report(motion(f"{SPACED} # antrag: ignore[TX008]\n"), council=council)
    assert {each.finding.code for each in located} == {"FM001"}
    (unused,) = [
        each
        for each in report(motion('title = "x" # antrag: ignore[TX008]\n'), council=council)
        if each.finding.code == "SU005"
    ]
    assert unused.finding.severity.label == "error"


REMOVED = [
    ('title = "Konferenz" # antrag: ignore[TX008] so\n', 'title = "Konferenz"\n'),
    ('title = "Konferenz" # wichtig # antrag: ignore[TX008] so\n', 'title = "Konferenz" # wichtig\n'),
    (
        'title = "Konferenz" # antrag: ignore[TX008] a # antrag: ignore[VO003] b\n',
        'title = "Konferenz"\n',
    ),
    (f"{SPACED} # antrag: ignore[VO003,TX008, BU] so\n", f"{SPACED} # antrag: ignore[TX008] so\n"),
]


def mended(source: str) -> str:
    def check(text: str) -> list[object]:
        return [each.finding for each in report(text) if each.finding.code == "SU005"]

    return mend(source, check, MOTION).text  # type: ignore[arg-type]


@pytest.mark.parametrize(("before", "after"), REMOVED)
def test_an_unused_one_is_taken_out(before: str, after: str) -> None:
    for newline in ("\n", "\r\n"):
        source, expected = (motion(text).replace("\n", newline) for text in (before, after))
        assert mended(source) == expected


def test_a_line_of_its_own_goes_with_it() -> None:
    plain = format_text(motion(VOTE), MOTION)
    comment = "# antrag: ignore[BU] so\n"
    for number, line in enumerate(plain.splitlines(keepends=True)):
        if line.startswith("["):
            lines = plain.splitlines(keepends=True)
            assert mended("".join([*lines[:number], comment, *lines[number:]])) == plain
    for head in (comment.replace("ignore", "ignore-file") + "\n", "\ufeff" + comment.replace("ignore", "ignore-file")):
        assert mended(head + plain).removeprefix("\ufeff") == plain


@given(st.data())
def test_the_canonical_form_keeps_what_comments_cover(data: st.DataObject) -> None:
    """Wherever a comment stands, behind or above, `fmt` leaves the findings as they are."""
    lines = motion(f'{SPACED}\nfacts = """\nEin  Satz.\n"""\n{VOTE}').splitlines(keepends=True)
    number = data.draw(st.integers(0, len(lines) - 1))
    comment = data.draw(st.sampled_from(["ignore[TX008]", "ignore[VO003]", "ignore[VO]", "ignore-file[TX,VO]"]))
    if data.draw(st.booleans()):
        lines.insert(number, f"# antrag: {comment} so\n")
    else:
        lines[number] = f"{lines[number][:-1]} # antrag: {comment} so\n"
    source = "".join(lines)
    if check_file(PATH, source.encode(), DIRECTORY).findings[0].located.finding.code.startswith("TO"):
        return

    def said(text: str) -> list[tuple[str, object]]:
        return sorted(
            ((each.finding.code, each.finding.place) for each in report(text) if each.finding.code != "FM001"), key=str
        )

    assert said(format_text(source, MOTION)) == said(source)


def test_until_the_last_day_there_is_means_for_ever() -> None:
    source = motion(f"{SPACED}  {BEHIND} until 9999-12-31\n")
    assert codes(source) == set() and codes(source, dt.date.max) == set()
