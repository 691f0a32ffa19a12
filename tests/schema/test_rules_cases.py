"""Cases of the other families: what is right although it looks wrong, and the other way round."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from antragsbuch_schema.diagnostics import Finding, Severity
from antragsbuch_schema.edits import apply_all
from antragsbuch_schema.places import render
from antragsbuch_schema.rules import Context, Directory, check_council, check_motion
from support.rule_cases import DIRECTORY, TODAY

HEAD = {"id": "k7m2qx9a", "title": "Konferenz", "reference": "2292 (V) HHA", "paper_type": "Haushaltsantrag"}
ASSEMBLY, MAIN = "Regionsversammlung", "Regionsausschuss"
COMMITTEE = "Ausschuss für Soziales, Wohnungswesen und Teilhabe"
CONFIDENTIAL = Directory({**DIRECTORY.data, "public": False})


def checked(motion: dict[str, Any], council: Directory = DIRECTORY, path: str = "") -> list[Finding]:
    return check_motion({**HEAD, **motion}, Context(council, path, TODAY))


def codes(motion: dict[str, Any], council: Directory = DIRECTORY, path: str = "") -> set[str]:
    return {finding.code for finding in checked(motion, council, path)}


def steps(*consultations: dict[str, Any]) -> dict[str, Any]:
    return {"consultations": [{"id": f"c{n}", **step} for n, step in enumerate(consultations, 1)]}


def step(organization: str, day: str, role: str = "preparation", **more: Any) -> dict[str, Any]:
    return {"organization": organization, "date": dt.date.fromisoformat(day), "role": role, **more}


DECISION = step(ASSEMBLY, "2023-12-19", "decision")
PREPARATION = step(MAIN, "2023-12-12")


class TestConsultations:
    def test_the_usual_way_is_clean(self) -> None:
        motion = steps(step(COMMITTEE, "2023-11-30", lead=True), PREPARATION, DECISION)
        assert not checked({**motion, "submitted": dt.date(2023, 11, 15), "date": dt.date(2023, 11, 16)})

    def test_the_main_committee_may_meet_on_the_same_day(self) -> None:
        assert "CO007" not in codes(steps(step(MAIN, "2023-12-19"), DECISION))

    def test_the_main_committee_after_the_assembly_is_too_late(self) -> None:
        (finding,) = (f for f in checked(steps(DECISION, step(MAIN, "2023-12-20"))) if f.code == "CO007")
        assert "hier erst danach" in finding.message("de")
        assert [render(related.place) for related in finding.related] == ["consultations[c2].date"]

    def test_a_misspelled_main_committee_is_not_missing(self) -> None:
        assert codes(steps(step("Regionausschuss", "2023-12-12"), DECISION)) == {"GR001"}

    def test_the_main_committee_belongs_to_the_law_of_lower_saxony(self) -> None:
        elsewhere = Directory({**DIRECTORY.data, "law": {"profile": "simple"}})
        motion = steps(step(COMMITTEE, "2023-11-30"), DECISION)
        assert "CO007" in codes(motion) and "CO007" not in codes(motion, elsewhere)

    @pytest.mark.parametrize("outcome", ["deferred", "referred", "removed", "withdrawn", "no_vote"])
    def test_a_decision_that_was_put_off_may_be_followed_by_another(self, outcome: str) -> None:
        again = step(ASSEMBLY, "2024-01-30", "decision")
        assert "CO006" in codes(steps(DECISION, again))
        assert "CO006" not in codes(steps({**DECISION, "outcome": outcome}, again))

    def test_hearings_on_one_day_are_parallel(self) -> None:
        one, other = step(COMMITTEE, "2023-11-30", "hearing"), step(MAIN, "2023-11-30", "hearing")
        assert not codes(steps(one, other, DECISION)) & {"DT003", "CO006", "CO008"}

    def test_a_question_needs_no_decision(self) -> None:
        motion = steps(step(COMMITTEE, "2023-11-30", "noting"))
        assert "CO004" in codes(motion)
        assert "CO004" not in codes({**motion, "paper_type": "Anfrage"})

    def test_where_the_type_or_a_role_is_not_known_no_decision_is_missed(self) -> None:
        motion = steps(step(COMMITTEE, "2023-11-30"))
        assert "CO004" not in codes({**motion, "paper_type": "Satzung"})
        assert "CO004" not in codes(steps({"organization": COMMITTEE, "date": dt.date(2023, 11, 30)}))
        assert "CO004" not in codes({})

    def test_a_second_session_on_a_day_is_told_apart(self) -> None:
        again = step(MAIN, "2023-12-12", meeting="2. Sitzung")
        assert "CO008" in codes(steps(PREPARATION, PREPARATION, DECISION))
        assert "CO008" not in codes(steps(PREPARATION, again, DECISION))
        assert "CO008" not in codes(steps({**PREPARATION, "time": dt.time(9)}, {**PREPARATION, "time": dt.time(14)}))


class TestDates:
    def test_sorting_moves_whole_steps(self) -> None:
        motion = {**HEAD, **steps(DECISION, {"organization": "später"}, PREPARATION, step(COMMITTEE, "2023-11-30"))}
        (finding,) = (f for f in check_motion(motion, Context(DIRECTORY)) if f.code == "DT003")
        assert finding.fix is not None and not finding.fix.safe
        mended = apply_all(motion, finding.fix.edits)
        # the step without a date stays behind the one that it follows
        assert [each["id"] for each in mended["consultations"]] == ["c4", "c3", "c1", "c2"]
        assert "DT003" not in {f.code for f in check_motion(mended, Context(DIRECTORY))}

    def test_the_day_decides_about_the_future(self) -> None:
        motion = {**HEAD, **steps({**DECISION, "outcome": "as_proposed"})}

        def found(today: dt.date | None) -> bool:
            return "OU001" in {f.code for f in check_motion(motion, Context(DIRECTORY, today=today))}

        assert found(dt.date(2023, 12, 18))
        assert not found(dt.date(2023, 12, 19))
        assert not found(None)


class TestOutcomes:
    @pytest.mark.parametrize(
        ("outcome", "words", "wrong"),
        [
            ("as_proposed", "ungeändert beschlossen", False),
            ("as_proposed", "Laut Vorschlag", False),
            ("as_proposed", "mehrheitlich zugestimmt", False),
            ("as_proposed", "Zugestimmt zu geändertem Beschlusstext", True),
            ("as_proposed", "abweichend", True),
            ("as_proposed", "bei Stimmengleichheit abgelehnt", True),
            ("as_proposed", "vertagt", True),
            ("amended", "laut Vorschlag", True),
            ("amended", "vorberaten ohne Änderungen", True),
            ("amended", "mit Änderungen beschlossen", False),
            ("rejected", "mehrheitlich abgelehnt", False),
            ("rejected", "lt. Vorschlag", True),
            # a second vote or a negation: nothing is certain
            ("as_proposed", "zugestimmt; Änderungsantrag abgelehnt", False),
            ("as_proposed", "a) abgelehnt b) zugestimmt", False),
            ("as_proposed", "nicht abgelehnt", False),
            ("as_proposed", "teilweise abgelehnt", False),
        ],
    )
    def test_only_clear_words_contradict(self, outcome: str, words: str, wrong: bool) -> None:
        assert ("OU006" in codes(steps({**DECISION, "outcome": outcome, "result_text": words}))) == wrong

    def test_the_text_of_the_proposal_itself_is_no_other_text(self) -> None:
        motion = steps({**DECISION, "outcome": "as_proposed", "resolution_text": "Ein Satz.\nNoch  einer.\n"})
        assert "OU005" in codes(motion)
        assert "OU005" not in codes({**motion, "proposal": "Ein Satz. Noch einer.\n"})

    def test_a_referral_goes_on_under_any_name_of_the_body(self) -> None:
        referred = {**DECISION, "outcome": "referred", "referred_to": "regionsausschuss"}
        assert "OU008" in codes(steps(PREPARATION, referred))
        assert "OU008" not in codes(steps(referred, step(MAIN, "2024-01-16")))
        assert "OU008" not in codes(steps(referred, {"organization": MAIN}))

    def test_in_a_public_register_a_closed_step_has_no_details_to_miss(self) -> None:
        closed = {**PREPARATION, "public": False, "outcome": "amended"}
        found = codes(steps(closed, DECISION))
        assert "PU001" in found and not found & {"OU002", "OU004"}


class TestPublicity:
    def test_a_confidential_register_may_hold_all_of_it(self) -> None:
        motion = steps({**PREPARATION, "public": False, "outcome": "rejected", "result_text": "abgelehnt"}, DECISION)
        motion["attachments"] = [{"id": "f1", "path": "files/x.pdf", "public": False}]
        motion["public"] = False
        assert {"PU001", "PU002", "PU003"} <= codes(motion)
        assert not {code for code in codes(motion, CONFIDENTIAL) if code.startswith("PU")}

    def test_each_confidential_field_is_named(self) -> None:
        closed = {**PREPARATION, "public": False, "outcome": "referred", "referred_to": COMMITTEE, "remarks": "Lob."}
        closed["votes"] = [{"id": "v1", "result": "accepted"}]
        places = [render(finding.place) for finding in checked(steps(closed)) if finding.code == "PU001"]
        assert places == [
            "consultations[c1].outcome",
            "consultations[c1].referred_to",
            "consultations[c1].remarks",
            "consultations[c1].votes[v1]",
        ]

    def test_it_cannot_be_switched_off(self) -> None:
        lenient = Directory({**DIRECTORY.data, "rules": {"severity": {"PU003": "off", "SC001": "remark"}}})
        found = {finding.code: finding.severity for finding in checked({"public": False, "date": "x"}, lenient)}
        assert found["PU003"] is Severity.ERROR and found["SC001"] is Severity.ERROR


class TestBodies:
    @pytest.mark.parametrize(
        ("name", "meant"),
        [
            ("Regionausschuss", MAIN),
            ("Ausschuss fuer Soziales, Wohnungswesen und Teilhabe", COMMITTEE),
            ("Ausschuß für Soziales, Wohnungswesen und Teilhabe", COMMITTEE),
            ("Verkehrsausschuss", None),
        ],
    )
    def test_an_unknown_body_gets_the_name_that_is_meant(self, name: str, meant: str | None) -> None:
        (finding,) = (f for f in checked(steps(step(name, "2023-11-30"))) if f.code == "GR001")
        assert (finding.fix.edits[0].new if finding.fix else None) == meant  # type: ignore[union-attr]
        assert finding.help is not None and (meant or "council.toml") in finding.help("de")

    @pytest.mark.parametrize(
        "name", ["Bündnis 90 / DIE GRÜNEN", "Bündnis 90/Die Grünen", "BÜNDNIS 90 /DIE GRÜNEN", "Bündnis 90/DIE  GRÜNEN"]
    )
    def test_blanks_and_capitals_make_no_other_faction(self, name: str) -> None:
        assert not codes({"originators": [name]}) & {"GR004", "GR005"}

    def test_the_source_s_spelling_is_known_once_it_is_entered(self) -> None:
        organizations = [
            {**body, "spellings": ["Regionausschuss"]} if body["name"] == MAIN else body
            for body in DIRECTORY.data["organizations"]
        ]
        council = Directory({**DIRECTORY.data, "organizations": organizations})
        motion = steps(step("Regionausschuss", "2023-12-12"), DECISION)
        assert "GR001" in codes(motion) and "GR001" not in codes(motion, council)

    def test_single_members_are_no_factions(self) -> None:
        rows = [{"id": "f1", "name": "Hr. Gilleßen", "kind": "member"}, {"id": "f2", "name": "BM", "kind": "mayor"}]
        vote = {"id": "v1", "by_faction": rows}
        assert not codes(steps({**DECISION, "votes": [vote]})) & {"GR004", "GR005"}

    def test_a_former_name_is_right_in_its_time(self) -> None:
        old = "Ausschuss für Gleichstellung"
        assert "GR003" in codes(steps(step(old, "2023-11-30")))
        assert "GR003" not in codes(steps(step(old, "2019-11-28")))

    def test_nothing_is_unknown_where_nothing_is_known(self) -> None:
        motion = {**steps(step("Rat", "2023-11-30", "decision")), "originators": ["X"], "paper_type": "Y"}
        assert not codes(motion, Directory({}))


class TestReferences:
    @pytest.mark.parametrize(
        "path",
        ["motions/V/2200/2292-HHA.toml", "motions/V/2200/2292-HHA--k7m2qx9a.toml"],
    )
    def test_the_path_of_the_reference_or_of_its_twin(self, path: str) -> None:
        assert "RF002" not in codes({}, path=path)

    def test_a_draft_lies_under_its_id(self) -> None:
        draft = {"reference": ""}
        assert "RF002" not in codes(draft, path="motions/new/k7m2qx9a.toml")
        assert "RF002" in codes(draft, path="motions/V/2200/2292-HHA.toml")

    def test_the_term_holds_its_first_and_last_day(self) -> None:
        for day, wrong in (("2021-10-31", True), ("2021-11-01", False), ("2026-10-31", False), ("2026-11-01", True)):
            assert ("RF004" in codes({"date": dt.date.fromisoformat(day)})) == wrong


class TestIdentities:
    def test_a_missing_id_is_given(self) -> None:
        motion = {"title": "Konferenz", **steps({**DECISION, "id": ""}, PREPARATION)}
        motion["consultations"][1].pop("id")
        found = check_motion(motion, Context(DIRECTORY))
        fixes = [finding.fix for finding in found if finding.code in ("ID001", "ID003")]
        mended = apply_all(motion, [edit for fix in fixes if fix is not None for edit in fix.edits])
        assert all(fix is not None and fix.safe for fix in fixes)
        assert [each["id"] for each in mended["consultations"]] == ["c1", "c2"]
        assert not {f.code for f in check_motion(mended, Context(DIRECTORY))} & {"ID001", "ID003", "SC003", "SC007"}

    def test_a_missing_id_is_reported_once(self) -> None:
        found = [f.code for f in check_motion({"title": "Konferenz"}, Context(DIRECTORY))]
        assert found == ["ID001"]

    def test_another_list_may_have_the_same_id(self) -> None:
        motion = steps(
            {**DECISION, "votes": [{"id": "v1", "result": "accepted"}]}, {**PREPARATION, "votes": [{"id": "v1"}]}
        )
        assert "ID002" not in codes(motion)


class TestSeverities:
    @pytest.mark.parametrize(
        ("word", "severity"),
        [("off", None), ("remark", Severity.REMARK), ("warning", Severity.WARNING), ("error", Severity.ERROR)],
    )
    def test_a_register_sets_them(self, word: str, severity: Severity | None) -> None:
        council = Directory({**DIRECTORY.data, "rules": {"severity": {"GR001": word}}})
        found = {finding.code: finding.severity for finding in checked(steps(step("Rat", "2023-11-30")), council)}
        assert found.get("GR001") is severity


class TestCouncil:
    def test_the_same_name_in_another_term_is_another_body(self) -> None:
        first = {"id": "o1", "name": "Ausschuss für Soziales", "end": dt.date(2021, 10, 31)}
        second = {"id": "o2", "name": "Ausschuss für Soziales", "start": dt.date(2021, 11, 1)}
        base = {"format": 1, "name": "Rat"}

        def found(*bodies: dict[str, Any]) -> set[str]:
            council = {**base, "organizations": list(bodies)}
            return {finding.code for finding in check_council(council, Context(Directory(council)))}

        assert not found(first, second)
        assert found(first, {**second, "start": dt.date(2021, 10, 31)}) == {"CN007"}

    def test_the_body_of_the_day_is_the_one_that_is_meant(self) -> None:
        seats = [("o1", None, dt.date(2021, 10, 31), "IV", 9), ("o2", dt.date(2021, 11, 1), None, "V", 11)]
        bodies = [
            {
                "id": identity,
                "name": "Rat",
                **({"start": start} if start else {}),
                **({"end": end} if end else {}),
                "seats": [{"id": "s1", "term": term, "seats": count}],
            }
            for identity, start, end, term, count in seats
        ]
        council = Directory({**DIRECTORY.data, "organizations": bodies})
        for day, expected in (("2020-01-15", 9), ("2022-01-15", 11)):
            date = dt.date.fromisoformat(day)
            assert council.seats(council.bodies.on("rat", date), date) == expected


class TestText:
    @pytest.mark.parametrize(
        "words",
        [
            "Bürger:innen, „Straße“ – 20.000 €, § 66, 15 °C, 5 m², ½, ‚so‘, »so«, …",
            "α-Strahlung, kΩ, μg, Δt und Москва",
            "Łódź, Ærø, Čeština, İstanbul",
            "👍 und 👩",
        ],
    )
    def test_ordinary_text_is_clean(self, words: str) -> None:
        assert not {code for code in codes({"facts": words + "\n"}) if code.startswith("TX")}

    def test_every_forbidden_character_is_found_at_its_place(self) -> None:
        found = [finding.part for finding in checked({"facts": "a\u200bb\u202ec\x1b[2J"}) if finding.code == "TX001"]
        assert found == [(1, 2), (3, 4), (5, 6)]

    def test_prose_may_have_its_own_blanks_and_lines_may_not(self) -> None:
        assert "TX008" not in codes({"facts": "- a\n  b  c\n"})
        assert "TX008" in codes({"title": "a  b"}) and "TX008" in codes({"originators": ["SPD "]})
