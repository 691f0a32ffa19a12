"""References of councils, and the paths of their files."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from antragsbuch_schema.reference import Scheme, draft_path, path_error, pattern_error, suggested_path

HANNOVER = {
    "reference": {"pattern": "{counter} ({term}) {type}", "path": "{term}/{hundred}/{counter}-{type}"},
    "terms": [{"name": name} for name in ("I", "II", "III", "IV", "V", "VI")],
    "paper_types": [{"code": "HHA"}, {"code": "AaA"}, {"code": "ÄA"}],
}
SAFE = re.compile(
    r"motions/(?:[A-Za-z0-9][A-Za-z0-9_-]{0,79}/){1,4}[A-Za-z0-9][A-Za-z0-9_-]{0,99}\.toml"
    r"|motions/[A-Za-z0-9][A-Za-z0-9_-]{0,79}\.toml"
)
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}

PATTERNS = [
    ("{counter} ({term}) {type}", "{term}/{hundred}/{counter}-{type}"),
    ("[{type}/]{year}/{counter}[/{part}]", "[{type}/]{year}/{hundred}/{counter}[-{part}]"),
    ("V{counter:4}/{year:2}", "{year}/{hundred:4}/V{counter:4}"),
    ("{term}-{counter}", "{term}/{hundred}/{counter}"),
    ("{term}-{counter:4}[.{part}]", "{term}/{hundred}/{counter:4}[-{part}]"),
    ("{counter}/{year}[ {part}. Ergänzung]", "{year}/{counter}[-{part}]"),
    ("{type}-{counter:4}/{year}", "{type}/{year}/{counter:4}"),
    ("{counter}{part}", "{counter}{part}"),
    ("{type}{counter}", "{type}/{counter}"),
    ("{counter:8}", "{counter:8}"),
]


def scheme(pattern: str, path: str) -> Scheme:
    return Scheme.of({"reference": {"pattern": pattern, "path": path}})


@pytest.mark.parametrize(
    ("reference", "path"),
    [
        ("2292 (V) HHA", "motions/V/2200/2292-HHA.toml"),
        ("3185 (V) HHA", "motions/V/3100/3185-HHA.toml"),
        ("1579 (V) AaA", "motions/V/1500/1579-AaA.toml"),
        ("7 (VI) HHA", "motions/VI/0/7-HHA.toml"),
        ("12 (V) ÄA", "motions/V/0/12-AeA.toml"),
        ("12 (V) XYZ", "motions/V/0/12-XYZ.toml"),
    ],
)
def test_a_reference_says_where_its_file_lies(reference: str, path: str) -> None:
    assert Scheme.of(HANNOVER).path(reference) == path


def test_the_parts_of_a_reference_are_named() -> None:
    assert Scheme.of(HANNOVER).parse("2292 (V) HHA") == {"counter": "2292", "term": "V", "type": "HHA"}


@pytest.mark.parametrize(
    ("pattern", "path", "reference", "parts", "file"),
    [
        (*PATTERNS[1], "DHH/2025/3114", {"type": "DHH", "year": "2025", "counter": "3114"}, "DHH/2025/3100/3114"),
        (*PATTERNS[1], "2025/1069/1", {"year": "2025", "counter": "1069", "part": "1"}, "2025/1000/1069-1"),
        (*PATTERNS[1], "2025/1069", {"year": "2025", "counter": "1069"}, "2025/1000/1069"),
        (*PATTERNS[2], "V0599/15", {"counter": "599", "year": "15"}, "15/0500/V0599"),
        (*PATTERNS[3], "19-11844", {"term": "19", "counter": "11844"}, "19/11800/11844"),
        (*PATTERNS[4], "22-0593.1", {"term": "22", "counter": "593", "part": "1"}, "22/500/0593-1"),
        (*PATTERNS[5], "12/2020 2. Ergänzung", {"counter": "12", "year": "2020", "part": "2"}, "2020/12-2"),
        (*PATTERNS[6], "H-0329/2019", {"type": "H", "counter": "329", "year": "2019"}, "H/2019/0329"),
    ],
)
def test_the_references_of_other_councils(
    pattern: str, path: str, reference: str, parts: dict[str, str], file: str
) -> None:
    assert pattern_error(pattern) is None
    assert path_error(pattern, path) is None
    assert scheme(pattern, path).parse(reference) == parts
    assert scheme(pattern, path).reference(parts) == reference
    assert scheme(pattern, path).path(reference) == f"motions/{file}.toml"


@pytest.mark.parametrize(
    ("pattern", "reference", "file"),
    [
        ("{counter} ({term}) {type}", "2292 (V) HHA", "V/2200/2292-HHA"),
        ("[{type}/]{year}/{counter}[/{part}]", "DHH/2025/3114", "DHH/2025/3100/3114"),
        ("[{type}/]{year}/{counter}[/{part}]", "2025/1069/1", "2025/1000/1069_1"),
        ("V{counter:4}/{year:2}", "V0599/15", "15/500/599"),
        ("{term}-{counter}", "19-11844", "19/11800/11844"),
        ("{counter}", "77", "0/77"),
    ],
)
def test_a_pattern_alone_suggests_a_path(pattern: str, reference: str, file: str) -> None:
    path = suggested_path(pattern)
    assert path_error(pattern, path) is None
    assert scheme(pattern, path).path(reference) == f"motions/{file}.toml"


@pytest.mark.parametrize(
    "reference",
    ["", "2292", "02292 (V) HHA", "2292 (V)  HHA", "2292 (V) HHA ", "../../x", "CON", "nul.", "/etc/passwd", "a\0b"],
)
def test_a_reference_that_fits_no_pattern_still_gets_a_file_of_its_own(reference: str) -> None:
    hannover = Scheme.of(HANNOVER)
    assert hannover.parse(reference) is None
    assert re.fullmatch(r"motions/other/[0-9a-f]{2}/[A-Za-z0-9-]+-[0-9a-f]{16}\.toml", hannover.path(reference))


def test_a_reference_in_another_case_does_not_take_the_file_of_the_right_one() -> None:
    hannover = Scheme.of(HANNOVER)
    for right, wrong in (("1579 (V) AaA", "1579 (V) AAA"), ("1 (V) HHA", "1 (V) hha"), ("1 (V) XYZ", "1 (V) xYZ")):
        assert not hannover.path(right).startswith("motions/other/")
        assert hannover.path(wrong).startswith("motions/other/")


def test_a_kind_that_is_a_reserved_name_gets_another_folder() -> None:
    council = scheme("{type}{counter}", "{type}/{counter}")
    assert council.path("XY12") == "motions/XY/12.toml"
    for kind in ("CON", "NUL", "AUX", "NEW", "OTHER"):
        assert council.path(f"{kind}12").startswith("motions/other/")


def test_a_second_motion_with_the_same_reference_gets_another_file() -> None:
    hannover = Scheme.of(HANNOVER)
    assert hannover.twin_path("2292 (V) HHA", "k7m2qx9a") == "motions/V/2200/2292-HHA--k7m2qx9a.toml"
    assert SAFE.fullmatch(hannover.twin_path("2292 (V) HHA", "../x"))


def test_a_motion_without_a_reference_is_a_draft() -> None:
    hannover = Scheme.of(HANNOVER)
    assert draft_path("k7m2qx9a") == "motions/new/k7m2qx9a.toml"
    assert hannover.path_for({"id": "k7m2qx9a"}) == "motions/new/k7m2qx9a.toml"
    assert hannover.path_for({"id": "k7m2qx9a", "reference": ""}) == "motions/new/k7m2qx9a.toml"
    assert hannover.path_for({"id": "k7m2qx9a", "reference": "2292 (V) HHA"}) == "motions/V/2200/2292-HHA.toml"
    assert hannover.path_for({"id": 7, "reference": 8}) == draft_path("")


@pytest.mark.parametrize(
    "council",
    [
        {},
        {"reference": 5},
        {"reference": {"pattern": 5, "path": []}},
        {"reference": {"pattern": "{counter", "path": "{counter}"}},
        {"reference": {"pattern": "{counter} {type}", "path": "../{counter}-{type}"}},
        {"reference": {"pattern": "{counter} {type}", "path": "/{counter}-{type}"}},
        {"reference": {"pattern": "{counter} {type}", "path": "{counter}-{type}"}, "terms": [5], "paper_types": 5},
    ],
)
def test_a_broken_setting_still_gives_safe_paths(council: dict[str, object]) -> None:
    assert SAFE.fullmatch(Scheme.of(council).path("12 HHA"))


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("", "counter"),
        ("{term} x", "counter"),
        ("{counter} {counter}", "twice"),
        ("{counter} {kind}", "kind"),
        ("{counter} {term:2}", "digits"),
        ("{counter:9}", "character 1"),
        ("{counter} [{term}", "partner"),
        ("{counter} {term}]", "partner"),
        ("{counter} [[{term}]]", "partner"),
        ("{counter} {", "character 11"),
        ("{counter}/{hundred}", "hundred"),
    ],
)
def test_what_is_wrong_with_a_pattern_is_said(pattern: str, says: str) -> None:
    message = pattern_error(pattern)
    assert message is not None
    assert says in message("en")
    assert message("de") != message("en")


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("{term}/{counter}", "type"),
        ("{term}/{counter}-{type}-{year}", "year"),
        ("{term}/{counter} {type}", "ASCII"),
        ("../{term}/{counter}-{type}", "ASCII"),
        ("{counter}-{type", "character"),
    ],
)
def test_what_is_wrong_with_a_path_is_said(path: str, says: str) -> None:
    message = path_error("{counter} ({term}) {type}", path)
    assert message is not None
    assert says in message("en")


number = st.integers(0, 99_999).map(str)
word = st.text("aAbBcCHä", min_size=1, max_size=3)
likely = st.one_of(
    st.tuples(number, st.sampled_from("VvIX"), word).map(lambda part: f"{part[0]} ({part[1]}) {part[2]}"),
    st.tuples(number, word).map("".join),
    st.tuples(word, number, st.sampled_from(["", "/1", "/a", "/A"])).map(
        lambda part: f"{part[0]}/2025/{part[1]}{part[2]}"
    ),
    st.tuples(number, number).map(lambda part: f"{part[0]}-{part[1]}"),
    st.tuples(number, st.sampled_from("aAbB1"), st.sampled_from("aAbB1")).map("".join),
    st.sampled_from(["new12", "other12", "con12", "../../x", "..", "nul", "CON.", "2292 (V) HHA."]),
)
references = likely | st.text(max_size=300)


@given(st.sampled_from(PATTERNS), references)
def test_any_text_gets_a_safe_path_below_the_folder_of_motions(pattern: tuple[str, str], reference: str) -> None:
    path = scheme(*pattern).path(reference)
    assert SAFE.fullmatch(path)
    assert path.isascii()
    segments = path.removesuffix(".toml").casefold().split("/")
    assert not RESERVED.intersection(segments)
    assert len(path) < 200
    assert path != "motions/council.toml"
    assert segments[1] != "new"


@given(st.sampled_from(PATTERNS), references, references)
def test_different_references_never_share_a_path(pattern: tuple[str, str], one: str, other: str) -> None:
    assume(one != other)
    council = scheme(*pattern)
    assert council.path(one).casefold() != council.path(other).casefold()


@given(
    st.lists(st.sampled_from(["Aa", "aA", "AA", "Ä", "Ae", "a-b", "a/b", "b"]), unique=True),
    st.lists(word, min_size=2, max_size=6, unique=True),
)
def test_codes_that_look_alike_never_share_a_path(codes: list[str], used: list[str]) -> None:
    council = Scheme.of(
        {
            "reference": {"pattern": "{counter} {type}", "path": "{counter}-{type}"},
            "paper_types": [{"code": code} for code in codes],
        }
    )
    references = [f"1 {code}" for code in dict.fromkeys((*codes, *used))]
    assert len({council.path(reference).casefold() for reference in references}) == len(references)


@given(st.sampled_from(PATTERNS), references, st.text("abAB1-_/.", max_size=12))
def test_a_twin_shares_no_path_either(pattern: tuple[str, str], reference: str, identity: str) -> None:
    council = scheme(*pattern)
    twin = council.twin_path(reference, identity)
    assert SAFE.fullmatch(twin)
    assert twin != council.path(reference)


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_draft_has_a_safe_path_of_its_own(one: str, other: str) -> None:
    assert SAFE.fullmatch(draft_path(one))
    assert draft_path(one).startswith("motions/new/")
    assert one == other or draft_path(one).casefold() != draft_path(other).casefold()
