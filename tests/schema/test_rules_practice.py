"""Cases of rules that were taken from the practice of councils: what they find, and what they leave alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from antragsbuch_schema.diagnostics import Finding, Span
from antragsbuch_schema.exchange.minutes import read
from antragsbuch_schema.exchange.recording import recorded
from antragsbuch_schema.mentions import Facts, Mention
from antragsbuch_schema.rules import Context, Directory, check_motion
from antragsbuch_schema.rules.register import Register, amends_in_a_circle
from antragsbuch_schema.validate import validate_register
from support.rule_cases import COUNCIL, DIRECTORY, TODAY, motion

HEAD = {"id": "k7m2qx9a", "title": "Konferenz", "reference": "2292 (V) HHA", "paper_type": "Haushaltsantrag"}
ASSEMBLY, MAIN = "Regionsversammlung", "Regionsausschuss"
COMMITTEE = "Ausschuss für Soziales, Wohnungswesen und Teilhabe"


def checked(data: dict[str, Any], council: Directory = DIRECTORY) -> list[Finding]:
    return check_motion({**HEAD, **data}, Context(council, "", TODAY))


def codes(data: dict[str, Any], council: Directory = DIRECTORY) -> set[str]:
    return {finding.code for finding in checked(data, council)}


def step(organization: str = ASSEMBLY, day: str = "2023-12-19", role: str = "decision", **more: Any) -> dict[str, Any]:
    return {"id": "c1", "organization": organization, "date": dt.date.fromisoformat(day), "role": role, **more}


def voted(organization: str = ASSEMBLY, /, *votes: dict[str, Any], **more: Any) -> dict[str, Any]:
    elements = [{"id": f"v{n}", **vote} for n, vote in enumerate(votes, 1)]
    return {"consultations": [step(organization, votes=elements, **more)]}


def counts(yes: int, no: int, abstentions: int = 0, **more: Any) -> dict[str, Any]:
    return {"yes": yes, "no": no, "abstentions": abstentions, **more}


def budget(*amounts: dict[str, Any], **more: Any) -> dict[str, Any]:
    lines = [{"id": f"a{n}", "side": "expense", "year": 2024, **amount} for n, amount in enumerate(amounts, 1)]
    return {"submitted": dt.date(2023, 11, 15), "budget": {"cover": "Aus dem Fonds.", "amounts": lines, **more}}


class TestSeats:
    def test_the_law_bounds_a_main_committee_whose_seats_are_not_known(self) -> None:
        bare = {**DIRECTORY.data, "organizations": [{"id": "o1", "name": MAIN, "classification": "main_committee"}]}
        assert "VO001" in codes(voted(MAIN, counts(9, 3)), Directory(bare))
        assert "VO001" not in codes(voted(MAIN, counts(8, 3)), Directory(bare))
        assert "VO001" not in codes(voted(MAIN, counts(9, 3)), Directory({**bare, "law": {"profile": "simple"}}))

    def test_a_committee_above_its_seats_is_no_error(self) -> None:
        assert {"VO001", "VO017"} & codes(voted(COMMITTEE, counts(9, 3))) == {"VO017"}
        assert {"VO001", "VO017"} & codes(voted(ASSEMBLY, counts(80, 9))) == {"VO001"}

    @pytest.mark.parametrize(("biased", "wrong"), [(2, False), (3, True)])
    def test_who_is_biased_has_a_seat_too(self, biased: int, wrong: bool) -> None:
        assert ("VO001" in codes(voted(ASSEMBLY, counts(50, 30, 3, biased=biased)))) == wrong

    def test_votes_between_options_are_votes_too(self) -> None:
        options = [{"id": "o1", "label": "a)", "votes": 60}, {"id": "o2", "label": "b)", "votes": 26}]
        assert "VO001" in codes(voted(ASSEMBLY, {"choices": options}))
        assert "VO001" not in codes(voted(ASSEMBLY, {"choices": options[:1]}))

    def test_present_guests_of_a_committee_are_no_error(self) -> None:
        assert "VO012" not in codes(voted(COMMITTEE, counts(8, 3, present=15)))
        assert "VO012" in codes(voted(ASSEMBLY, counts(50, 30, present=86)))


class TestByFaction:
    def test_spellings_of_one_faction_are_one(self) -> None:
        rows = [
            {"id": "f1", "name": "Bündnis 90/DIE GRÜNEN", "yes": 3},
            {"id": "f2", "name": "BÜNDNIS 90 / Die Grünen"},
        ]
        assert "VO019" in codes(voted(ASSEMBLY, counts(45, 30, by_faction=rows)))

    @pytest.mark.parametrize(("kind", "wrong"), [("mayor", True), ("member", True), ("faction", False), (None, False)])
    def test_a_person_has_one_vote(self, kind: str | None, wrong: bool) -> None:
        row = {"id": "f1", "name": "SPD", "yes": 1, "no": 1, **({"kind": kind} if kind else {})}
        assert ("VO018" in codes(voted(ASSEMBLY, counts(45, 30, by_faction=[row])))) == wrong


class TestPutOff:
    @pytest.mark.parametrize("outcome", ["deferred", "referred", "removed", "withdrawn", "no_vote"])
    def test_a_vote_on_the_motion_and_its_putting_off_exclude_each_other(self, outcome: str) -> None:
        assert "OU013" in codes(voted(ASSEMBLY, counts(45, 30), outcome=outcome))
        assert "OU013" not in codes(voted(ASSEMBLY, counts(45, 30, procedural=True), outcome=outcome))
        assert "OU013" not in codes(voted(ASSEMBLY, counts(45, 30, subject="Ziffer 1"), outcome=outcome))

    def test_real_deferrals_had_their_majority(self) -> None:
        # Lüchow-Wendland 5:0, Pfinztal 14:4:2 with one biased
        for vote in (counts(5, 0), counts(14, 4, 2, biased=1)):
            assert "OU014" not in codes(voted(ASSEMBLY, {**vote, "procedural": True}, outcome="deferred"))

    @pytest.mark.parametrize(
        "words", ["Mit 14 Ja- zu 4 Nein-Stimmen vertagt", "einstimmig verwiesen in den Bauausschuss"]
    )
    def test_a_deferral_in_the_words_of_the_minutes_is_one_on_the_procedure(self, words: str) -> None:
        motion = recorded({**HEAD, "consultations": [step()]}, 0, read(words), wording=True)
        assert not codes(motion) & {"OU013", "OU014", "VO020", "VO021", "VO022"}

    @pytest.mark.parametrize("vote", [counts(4, 14), counts(7, 7), {"result": "rejected"}])
    def test_a_deferral_that_was_voted_down_did_not_happen(self, vote: dict[str, Any]) -> None:
        assert "OU014" in codes(voted(ASSEMBLY, {**vote, "procedural": True}, outcome="deferred"))
        assert "OU014" not in codes(voted(ASSEMBLY, {**vote, "procedural": True}, outcome="as_proposed"))

    def test_of_several_votes_on_the_procedure_none_is_known_to_be_the_one(self) -> None:
        votes = (counts(4, 14, procedural=True), counts(14, 4, procedural=True))
        assert "OU014" not in codes(voted(ASSEMBLY, *votes, outcome="deferred"))

    def test_a_referral_that_goes_on_needs_no_name(self) -> None:
        referred, later = step(outcome="referred"), {**step(day="2024-01-30"), "id": "c2"}
        assert "OU012" in codes({"consultations": [referred]})
        assert "OU012" not in codes({"consultations": [referred, later]})
        assert "OU012" not in codes({"consultations": [{**referred, "referred_to": MAIN}]})


class TestDecision:
    @pytest.mark.parametrize("more", [{"authoritative": True}, {"outcome": "referred"}, {"outcome": "settled"}])
    def test_what_decides_or_ends_under_another_role(self, more: dict[str, Any]) -> None:
        assert "CO004" in codes({"consultations": [step(role="noting")]})
        assert "CO004" not in codes({"consultations": [step(role="noting", **more)]})

    def test_a_role_that_is_no_word_is_reported_once(self) -> None:
        assert "CO004" not in codes({"consultations": [step(role="decison")]})


class TestDates:
    def test_a_paper_may_be_dated_after_its_session(self) -> None:
        data = {"consultations": [step()], "date": dt.date(2024, 3, 1)}
        assert {"DT002", "DT009"} & codes(data) == {"DT009"}
        assert {"DT002", "DT009"} & codes({**data, "submitted": dt.date(2024, 2, 1)}) == {"DT002"}
        assert not {"DT002", "DT009"} & codes({**data, "submitted": dt.date(2023, 11, 15)})


class TestAmounts:
    WORDS = "Für die Konferenz werden zusätzlich 20.000 € eingestellt, weitere 5.000,- EUR in 2025.\n"

    @pytest.mark.parametrize(
        ("change", "wrong"),
        [
            (2_000_000, False),
            (500_000, False),
            (20_000, True),
            (200_000, True),
            (200_000_000, True),
            (-20_000, True),
            (1_500_000, False),
        ],
    )
    def test_only_zeros_too_many_or_too_few_are_found(self, change: int, wrong: bool) -> None:
        assert ("BU011" in codes({**budget({"change": change}), "proposal": self.WORDS})) == wrong

    @pytest.mark.parametrize("words", ["20.000,00 Euro", "20 T€", "0,02 Mio. €", "20.000€"])
    def test_amounts_are_read_as_they_are_written(self, words: str) -> None:
        found = {**budget({"change": 20_000}), "facts": f"Das kostet {words} im Jahr.\n"}
        assert "BU011" in codes(found)
        assert "BU011" not in codes({**found, **budget({"change": 2_000_000})})

    def test_posts_are_no_money(self) -> None:
        assert "BU011" not in codes({**budget({"change": 200, "side": "posts"}), "facts": "Das kostet 20 € je Tag.\n"})

    @pytest.mark.parametrize(
        ("words", "change", "wrong"),
        [
            ("Der Ansatz wird erhöht.\n", 100, False),
            ("Der Ansatz wird erhöht.\n", -100, True),
            ("Der Ansatz wird um die Hälfte gekürzt.\n", 100, True),
            ("Der Ansatz wird gesenkt.\n", -100, False),
            ("Der Zuschuss wird erhöht und dafür der Fonds gekürzt.\n", -100, False),
            ("Die Verwaltung prüft.\n", -100, False),
        ],
    )
    def test_the_sign_follows_plain_words(self, words: str, change: int, wrong: bool) -> None:
        assert ("BU010" in codes({**budget({"change": change}), "proposal": words})) == wrong

    def test_of_several_changes_some_may_go_the_other_way(self) -> None:
        words = {"proposal": "Der Ansatz wird erhöht.\n"}
        assert "BU010" not in codes({**budget({"change": 100}, {"change": -100}), **words})

    @pytest.mark.parametrize(
        ("year", "wrong"), [(2023, False), (2024, False), (2033, False), (2042, True), (2002, True)]
    )
    def test_a_year_far_from_the_motion_is_found_without_a_plan(self, year: int, wrong: bool) -> None:
        assert ("BU003" in codes(budget({"change": 100, "year": year}))) == wrong

    def test_numbers_of_other_councils_are_numbers(self) -> None:
        lines = [
            {"id": "b1", "sub_budget": "5000", "product_group": "1114-100", "account": "78.120"},
            {"id": "b2", "sub_budget": "52 / Teilhabe"},
        ]
        found = [finding for finding in checked(budget(references=lines)) if finding.code == "BU009"]
        assert [finding.part for finding in found] == [(5, 13)]


class TestLinks:
    @pytest.mark.parametrize("kind", ["Änderungsantrag", "Änderungs-/Ergänzungsantrag", "Ergänzungsantrag"])
    def test_an_amendment_says_what_it_amends(self, kind: str) -> None:
        assert "RF009" in codes({"paper_type": kind})
        for key, value in (("amends", "1 (V) HHA"), ("superordinated_papers", ["1 (V) HHA"])):
            assert "RF009" not in codes({"paper_type": kind, key: value})

    def test_a_paper_is_linked_in_one_way(self) -> None:
        data = {"superordinated_papers": ["1 (V) HHA"], "subordinated_papers": ["1(V) HHA", "2 (V) HHA"]}
        assert [finding.place for finding in checked(data) if finding.code == "RF011"] == [("subordinated_papers", 0)]

    @pytest.mark.parametrize(
        ("amends", "circle"), [({1: 2, 2: 3, 3: 1}, {1, 2, 3}), ({1: 2, 2: 3, 3: 2}, {2, 3}), ({1: 2, 2: 3}, set())]
    )
    def test_every_motion_of_a_circle_is_reported(self, amends: dict[int, int], circle: set[int]) -> None:
        files = []
        for number in (1, 2, 3):
            link = f'amends = "{amends[number]} (V) HHA"\n' if number in amends else ""
            text = motion(link, id=f'"m{number}"', reference=f'"{number} (V) HHA"')
            files.append((f"motions/V/0/{number}-HHA.toml", text.encode()))
        report = validate_register(files, COUNCIL.encode(), TODAY)
        found = {int(located.path[12]) for located in report.findings if located.finding.code == "RG007"}
        assert found == circle

    def test_a_long_way_is_walked_once(self) -> None:
        span = Span(1, 1, 1, 2)

        def facts(number: int, amends: int) -> Facts:
            own, other = (Mention.at((), span, f"{each} (V) HHA") for each in (number, amends))
            return Facts(f"motions/V/0/{number}-HHA.toml", own, own, other)

        register = Register(tuple(facts(number, min(number + 1, 20_000)) for number in range(1, 20_001)))
        assert not list(amends_in_a_circle(register))
        register = Register(tuple(facts(number, number % 20_000 + 1) for number in range(1, 20_001)))
        found = list(amends_in_a_circle(register))
        assert len(found) == 20_000
        assert found[0].message("en").endswith(": 1 (V) HHA → 2 (V) HHA → 3 (V) HHA → 4 (V) HHA → … → 1 (V) HHA")

    def test_who_moved_may_withdraw_under_any_spelling(self) -> None:
        data = {"originators": ["SPD", "Bündnis 90/DIE GRÜNEN"]}
        mine = {"withdrawal": {"originators": ["BÜNDNIS 90 / DIE GRÜNEN"]}}
        assert "GR007" not in codes({**data, **mine})
        assert "GR007" not in codes(mine)
        assert "GR007" in codes({**data, "withdrawal": {"originators": ["CDU"]}})


class TestClosedBodies:
    """The main committee does not meet in public (§ 78 NKomVG); its step stands in the printed motion all the same."""

    def test_its_step_alone_is_public(self) -> None:
        assert not {code for code in codes({"consultations": [step(MAIN)]}) if code.startswith("PU")}

    def test_its_result_is_a_question_until_it_is_answered(self) -> None:
        result = step(MAIN, outcome="as_proposed", votes=[{"id": "v1", **counts(7, 3)}])
        for public, expected in ((None, {"PU004"}), (True, set()), (False, {"PU001"})):
            data = {"consultations": [result if public is None else {**result, "public": public}]}
            assert {code for code in codes(data) if code.startswith("PU")} == expected

    def test_what_to_do_is_said(self) -> None:
        data = {"consultations": [step(MAIN, outcome="as_proposed")]}
        (finding,) = (finding for finding in checked(data) if finding.code == "PU004")
        assert finding.help is not None and "public = true" in finding.help("de")

    def test_no_votes_are_missed_there(self) -> None:
        assert "OU002" not in codes({"consultations": [step(MAIN, outcome="as_proposed")]})
        assert "OU002" in codes({"consultations": [step(ASSEMBLY, outcome="as_proposed")]})


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Zuschuss an XXX", "TX009"),
        ("Zuschuss an ???", "TX009"),
        ("Sitzung am TT.MM.JJJJ", "TX009"),
        ("XX € mehr", "TX009"),
        ("Kapitel XX und XXV", None),
        ("Kapitel XXI, § 23 …", None),
        ("Was? Wirklich?!", None),
        ("20,000 €", "TX010"),
        ("1,500,000 EUR", "TX010"),
        ("20.000,50 €, 1,5 Mio. €, 0,25 €", None),
        ("12,345 km", None),
    ],
)
def test_what_a_draft_leaves_behind(words: str, code: str | None) -> None:
    assert {found for found in codes({"facts": words + "\n"}) if found in ("TX009", "TX010")} == (
        {code} if code else set()
    )
