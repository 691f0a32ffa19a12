"""The timeline of a scripted register: every commit is there, with what it changed, and the filter finds it."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from antragsbuch.store.history_query import parse
from antragsbuch.store.register import open_register
from antragsbuch.store.timeline import Entry, Timeline
from support.repositories import use_environment
from support.scripted_history import A_LATER, C_LATER, COUNCIL_PATH, STEPS, A, B, C, D, History, scripted


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> History:
    """The scripted register, made once; not to be changed."""
    with pytest.MonkeyPatch.context() as patch:
        use_environment(tmp_path_factory.mktemp("home"), patch.setenv, lambda name: patch.delenv(name, raising=False))
        return scripted(tmp_path_factory.mktemp("scripted") / "clone")


@pytest.fixture
def timeline(isolated: Path, made: History) -> Iterator[Timeline]:
    """Its timeline, with all that changed."""
    with open_register(made.repository.root) as register, Timeline(register) as found:
        assert found.refresh()
        assert found.deepen()
        yield found


def steps(made: History, entries: list[Entry]) -> list[str]:
    """The names of the steps that made these entries."""
    names = {commit: name for name, commit in made.commits.items()}
    return [names[entry.commit] for entry in entries]


def found(timeline: Timeline, made: History, text: str) -> list[str]:
    """The steps that a filter finds, oldest first."""
    query = parse(text)
    assert not query.problems
    entries = timeline.entries(query)
    assert len(entries) == timeline.count(query)
    return steps(made, entries)[::-1]


def test_every_commit_that_changed_a_file_is_there(timeline: Timeline, made: History) -> None:
    quiet = {"empty", "readme", "ours"}
    entries = timeline.entries()
    assert set(steps(made, entries)) == {step.name for step in STEPS} - quiet
    assert len(entries) == timeline.count() == len(STEPS) - len(quiet) + 1
    assert timeline.waiting() == 0 and all(entry.known for entry in entries)


def test_a_motion_has_its_history_over_its_paths(timeline: Timeline, made: History) -> None:
    wanted = [
        "first", "steps", "proposal", "outcome", "rename", "session", "correction", "branch_title", "branch_text",
        "main_title", "fields", "revert",
    ]  # fmt: skip
    assert steps(made, timeline.of_motion(A_LATER))[::-1] == wanted
    assert steps(made, timeline.of_motion("m0000000a"))[::-1] == wanted
    assert steps(made, timeline.of_motion(A))[::-1] == wanted[:5]
    assert steps(made, timeline.of_motion(C_LATER))[::-1] == ["new", "number"]
    renamed = timeline.of_motion(C_LATER)[0]
    assert (renamed.path, renamed.old_path) == (C_LATER, C)
    assert steps(made, timeline.of_motion(COUNCIL_PATH))[::-1] == ["begin", "council"]
    assert timeline.of_motion("motions/V/9900/9999-HHA.toml") == []
    assert timeline.of_motion("nothing") == []


def test_before_what_changed_is_read_it_is_the_same_history(isolated: Path, made: History, tmp_path: Path) -> None:
    with (
        open_register(made.repository.root) as register,
        Timeline(register, folders=[tmp_path / "other"]) as quick,
    ):
        quick.refresh()
        entries = quick.of_motion(A_LATER)
        assert quick.waiting() == quick.count() > 0
        assert not any(entry.known or entry.kinds for entry in entries)
        assert {entry.motion_id for entry in entries} == {"m0000000a"}
        before = [(entry.commit, entry.path, entry.motion_id, entry.reference) for entry in entries]
        quick.deepen()
        after = [(entry.commit, entry.path, entry.motion_id, entry.reference) for entry in quick.of_motion(A_LATER)]
        assert before == after


def test_an_entry_says_who_when_why_and_which_bytes(timeline: Timeline, made: History) -> None:
    (entry,) = [each for each in timeline.entries() if each.commit == made.commits["correction"]]
    repository = made.repository
    assert entry.author == ("Ayşe Yılmaz", "ayse@example.net")
    assert entry.committer == ("Erika Beispiel", "erika@example.org")
    assert entry.time.isoformat().startswith("2023-12-20T08:12") and entry.time.utcoffset() == dt.timedelta(hours=1)
    assert (entry.subject, entry.reason) == ("Abstimmung berichtigt", "Tippfehler")
    assert entry.parents == (made.commits["session"],)
    assert entry.blob == repository.git("rev-parse", f"{entry.commit}:{A_LATER}")
    assert entry.old_blob == repository.git("rev-parse", f"{entry.commit}^:{A_LATER}")
    assert (entry.motion_id, entry.reference) == ("m0000000a", "2293 (V) HHA")
    assert entry.kinds == {"vote_changed"} and entry.fields == ("consultations.votes",)
    assert not (entry.merged or entry.lost or entry.signed or entry.cut)
    (change,) = timeline.changes(entry)
    assert change.sentence("de") == "Regionsversammlung, 19.12.2023: Abstimmung berichtigt 45:30:- -> 46:30:-"


def test_an_edit_that_lost_a_merge_says_so(timeline: Timeline, made: History) -> None:
    lost = {
        name: entry
        for name, entry in zip(steps(made, timeline.entries()), timeline.entries(), strict=True)
        if entry.lost
    }
    # of the second merge only the title: the text was taken over
    assert set(lost) == {"branch", "branch_title"}
    assert lost["branch"].lost_in == made.commits["ours"]
    assert lost["branch_title"].lost_in == made.commits["fields"]
    assert "Mittellandkanal" not in made.repository.at(B)


def test_a_merge_of_its_own_content_tells_only_that(timeline: Timeline, made: History) -> None:
    (entry,) = [each for each in timeline.entries() if each.merged]
    assert steps(made, [entry]) == ["fields"]
    # title as on main, text as on the branch: nothing that no parent has
    assert timeline.changes(entry) == [] and entry.kinds == frozenset()


def test_what_can_not_be_read_is_told(timeline: Timeline, made: History) -> None:
    again, deleted, mended, broken = timeline.of_motion(D)
    assert steps(made, [again, deleted, mended, broken]) == ["again", "deleted", "mended", "broken"]
    assert [entry.kinds for entry in (again, deleted, mended, broken)] == [
        {"created"}, {"deleted"}, {"unreadable"}, {"unreadable"},
    ]  # fmt: skip
    assert [change.sentence("de") for entry in (broken, mended) for change in timeline.changes(entry)] == [
        "damals unlesbar (Zeile 4)", "vorher unlesbar (Zeile 4)",
    ]  # fmt: skip
    assert timeline.changes(again)[0].kind == "created"


def test_a_reformat_is_an_entry_without_changes(timeline: Timeline, made: History) -> None:
    (entry,) = [each for each in timeline.entries() if each.commit == made.commits["reformat"]]
    assert timeline.changes(entry) == [] and entry.known and entry.kinds == frozenset()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("kind:vote", "session correction late"),
        ("art:abstimmung", "session correction late"),
        ("kind:vote_recorded", "session late"),
        ("kind:vote body:schulausschuss", ""),
        ("body:schulausschuss", "steps outcome"),
        ("gremium:Schul", "steps outcome"),
        ("late:vote", "correction late"),
        ("late:vote kind:vote", "correction late"),
        ("late:7", "late"),
        ("verspätet:abstimmung", "correction late"),
        ("field:amount", "amount"),
        ("feld:betrag", "amount"),
        ("feld:beschlussvorschlag", "proposal branch_text"),
        ("kind:moved", "swap"),
        ("kind:created", "begin first second new again"),
        ("kind:unreadable", "broken mended"),
        ("person:mueller", "second proposal amount late branch branch_title branch_text"),
        ("person:Müller kind:vote", "late"),
        ("person:ayse@example.net kind:vote", "session correction"),
        ("person:müller,ayse kind:vote", "session correction late"),
        ("date:2023-12-05", "outcome"),
        ("date:19.12.2023..20.12.2023", "session correction"),
        ("motion:2293 kind:vote", "session correction"),
        ("ref:4001", "new number"),
        ("motion:m0000000b kind:title", "branch main"),
        ("nr:3185 date:..02.12.2023", "second steps"),
        ("is:lost", "branch branch_title"),
        ("is:merge", "fields"),
        ("is:renamed", "rename number"),
        ("is:signed", ""),
        ("tippfehler", "correction"),
        ("mittellandkanal", "branch"),
        ("MITTELLAND", "branch"),
        ('"der fraktion"', "second proposal"),
        ("motion:3185 -kind:title -kind:created", "steps swap amount late reformat"),
        ("kind:vote -person:müller", "session correction"),
        ("kind:vote date:2024", ""),
    ],
)  # fmt: skip
def test_the_filter_finds(timeline: Timeline, made: History, text: str, wanted: str) -> None:
    assert list(dict.fromkeys(found(timeline, made, text))) == wanted.split()


def test_a_window_is_part_of_the_whole(timeline: Timeline) -> None:
    whole = timeline.entries()
    assert timeline.entries(parse(""), 3, 7) == whole[3:7]
    assert timeline.entries(parse(""), -4, 2) == whole[:2]
    assert timeline.entries(parse(""), 1000, 2000) == timeline.entries(parse(""), 5, 3) == []
    times = [entry.time for entry in whole]
    assert times == sorted(times, reverse=True)


def test_as_of_a_day(timeline: Timeline, made: History) -> None:
    at = made.commits
    assert timeline.at("2023-12-19") == timeline.at(dt.date(2023, 12, 19)) == at["session"]
    assert timeline.at("18.12.2023") == at["number"]
    # what was on the branch only does not count
    assert timeline.at(dt.date(2023, 12, 27)) == at["main"]
    assert timeline.at(at["amount"][:12]) == at["amount"]
    assert timeline.at("HEAD~1") == at["revert"]
    berlin = dt.timezone(dt.timedelta(hours=1))
    assert timeline.at(dt.datetime(2023, 12, 20, 8, 12, tzinfo=berlin)) == at["correction"]
    assert timeline.at(dt.datetime(2023, 12, 20, 8, 11, 59, tzinfo=berlin)) == at["session"]
    assert timeline.at(dt.datetime(2023, 12, 20, 7, 12, tzinfo=dt.UTC)) == at["correction"]
    # a time without a zone is one of the register
    assert timeline.at(dt.datetime(2023, 12, 20, 8, 12)) == at["correction"]


def test_another_tip_has_its_own_history(timeline: Timeline, made: History) -> None:
    with open_register(made.repository.root) as register, Timeline(register, "side") as side:
        side.refresh()
        side.deepen()
        assert steps(made, side.entries())[:2] == ["branch", "council"]
        # the merge that left the edit behind is not reached from here
        assert not side.entries()[0].lost
        assert side.at("HEAD") == made.commits["readme"] and side.at("2024-01-31") == made.commits["branch"]
        assert "main" in steps(made, timeline.entries())
        assert found(timeline, made, "is:lost") == ["branch", "branch_title"]


def test_the_same_history_comes_back_after_it_was_deleted(timeline: Timeline, made: History) -> None:
    before = timeline.entries()
    for folder in (made.repository.root / ".git/antragsbuch",):
        shutil.rmtree(folder)
    with open_register(made.repository.root) as register, Timeline(register) as again:
        again.refresh()
        again.deepen()
        assert again.entries() == before
