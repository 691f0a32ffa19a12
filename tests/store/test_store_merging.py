"""A commit of a motion that others committed meanwhile: merged where it is clean, a question where it is not."""

from __future__ import annotations

import pytest

from antragsbuch.store.commit import commit
from antragsbuch.store.errors import ChangedElsewhere, InvalidFile, StoreError
from antragsbuch.store.merging import MergeConflict, commit_with_merge
from antragsbuch.store.register import Opened, Register
from support.repositories import OTHER_PATH, PATH, Repository, motion


def committed_by_others(clone: Repository, register: Register, ours: str, theirs: str) -> Opened:
    """Ours is saved in the work tree, based on the first version, while HEAD has moved on to theirs."""
    opened = register.open(PATH)
    clone.write(PATH, theirs)
    clone.commit("Theirs")
    clone.write(PATH, ours)
    return opened


def test_other_fields_merge_by_themselves_and_that_is_said(clone: Repository) -> None:
    with clone.open() as register:
        opened = committed_by_others(clone, register, motion(title="Ours"), motion(yes=45))
        done = commit_with_merge(register, [PATH], "Title", expected={PATH: opened.blob})
    assert clone.at(PATH) == clone.read(PATH) == motion(title="Ours", yes=45)
    assert clone.subjects() == ["Title", "Theirs", "Begin the register"]
    assert clone.git("diff", "--numstat", "HEAD^", "HEAD") == f"1\t1\t{PATH}"
    assert "45" in done.notes[0]
    assert clone.changed() == ""


def test_other_sentences_of_one_text_merge_by_themselves(clone: Repository) -> None:
    with clone.open() as register:
        opened = committed_by_others(
            clone,
            register,
            motion(proposal="Die Verwaltung führt zwei Konferenzen durch.\nSie berichtet danach."),
            motion(proposal="Die Verwaltung führt eine Konferenz durch.\nSie berichtet dem Ausschuss."),
        )
        commit_with_merge(register, [PATH], "Text", expected={PATH: opened.blob})
    assert clone.at(PATH) == motion(
        proposal="Die Verwaltung führt zwei Konferenzen durch.\nSie berichtet dem Ausschuss."
    )


def test_comments_of_both_sides_stay(clone: Repository) -> None:
    with clone.open() as register:
        ours = motion(title="Ours").replace("public =", "# from us\npublic =")
        theirs = motion(yes=45) + "# from them\n"
        opened = committed_by_others(clone, register, ours, theirs)
        commit_with_merge(register, [PATH], "Both", expected={PATH: opened.blob})
    assert clone.at(PATH) == motion(title="Ours", yes=45).replace("public =", "# from us\npublic =") + "# from them\n"


def test_the_same_field_is_a_question_and_nothing_changes(clone: Repository) -> None:
    with clone.open() as register:
        opened = committed_by_others(clone, register, motion(title="Ours"), motion(title="Theirs"))
        head = clone.head()
        with pytest.raises(MergeConflict) as caught:
            commit_with_merge(register, [PATH], "Title", expected={PATH: opened.blob})
        (file,) = caught.value.files
        (conflict,) = file.merged.conflicts
        assert (conflict.place, conflict.ours, conflict.theirs) == (("title",), "Ours", "Theirs")
        assert clone.head() == head
        assert clone.read(PATH) == motion(title="Ours")
        decided = file.content({**file.merged.data, "title": "Decided"})
        register.replace(PATH, file.ours, decided)
        commit_with_merge(register, [PATH], "Decided", expected={PATH: file.blob})
    assert clone.at(PATH) == motion(title="Decided")


def test_a_motion_that_others_deleted_while_it_was_changed_is_a_question(clone: Repository) -> None:
    with clone.open() as register:
        opened = register.open(PATH)
        clone.git("rm", "-q", PATH)
        clone.commit("Deleted")
        clone.write(PATH, motion(title="Ours"))
        with pytest.raises(MergeConflict):
            commit_with_merge(register, [PATH], "Title", expected={PATH: opened.blob})
    assert clone.read(PATH) == motion(title="Ours")


def test_two_sessions_that_record_different_things_both_end_in_the_history(clone: Repository) -> None:
    with clone.open() as one, clone.open() as two:
        first, second = one.open(PATH), two.open(PATH)
        one.save(first, motion(title="One"))
        commit_with_merge(one, [PATH], "One", expected={PATH: first.blob})
        with pytest.raises(ChangedElsewhere) as caught:
            two.save(second, motion(yes=45))
        assert caught.value.theirs == motion(title="One").encode()
        merged = two.save(two.open(PATH), motion(title="One", yes=45))
        commit_with_merge(two, [PATH], "Two", expected={PATH: merged.blob})
    assert clone.at(PATH) == motion(title="One", yes=45)
    assert clone.subjects() == ["Two", "One", "Begin the register"]


def test_a_save_on_top_of_a_save_of_others_is_no_conflict_once_they_commit(clone: Repository) -> None:
    with clone.open() as one, clone.open() as two:
        first = one.save(one.open(PATH), motion(yes=1))
        second = two.open(PATH)
        commit(one, [PATH], "One", expected={PATH: first.blob})
        saved = two.save(second, motion(yes=2))
        done = commit_with_merge(two, [PATH], "Two", expected={PATH: saved.blob})
    assert done.notes == ()
    assert clone.at(PATH) == motion(yes=2)


def test_a_save_does_not_hide_that_head_has_moved_under_an_old_work_tree(clone: Repository) -> None:
    with clone.open() as register:
        opened = committed_by_others(clone, register, motion(), motion(yes=45))
        saved = register.save(opened, motion(title="Ours"))
        commit_with_merge(register, [PATH], "Title", expected={PATH: saved.blob})
    assert clone.at(PATH) == motion(title="Ours", yes=45)


def test_what_was_not_reviewed_is_not_committed(clone: Repository) -> None:
    with clone.open() as register:
        clone.write(PATH, motion(title="Seen"))
        seen = register.open(PATH)
        clone.write(PATH, motion(title="Not seen"))
        with pytest.raises(ChangedElsewhere) as caught:
            commit_with_merge(register, [PATH], "Title", expected={PATH: seen.blob}, reviewed={PATH: seen.data})
    assert caught.value.theirs == motion(title="Not seen").encode()
    assert clone.subjects() == ["Begin the register"]


def test_rules_see_the_merged_motion_before_it_is_committed(clone: Repository) -> None:
    seen: list[bytes | None] = []

    def validate(contents: object) -> None:
        assert isinstance(contents, dict)
        seen.append(contents[PATH])
        if len(seen) > 1:
            raise InvalidFile("not valid")

    with clone.open() as register:
        opened = committed_by_others(clone, register, motion(title="Ours"), motion(yes=45))
        with pytest.raises(InvalidFile):
            commit_with_merge(register, [PATH], "Title", expected={PATH: opened.blob}, validate=validate)
    assert seen == [motion(title="Ours").encode(), motion(title="Ours", yes=45).encode()]
    assert clone.subjects() == ["Theirs", "Begin the register"]


def test_a_version_that_cannot_be_read_is_said(clone: Repository) -> None:
    with clone.open() as register:
        opened = committed_by_others(clone, register, motion(title="Ours"), motion() + "<<<<<<< HEAD\n")
        with pytest.raises(StoreError, match=r"can't be merged.*line"):
            commit_with_merge(register, [PATH], "Title", expected={PATH: opened.blob})


def test_only_the_motion_that_others_changed_is_merged(clone: Repository) -> None:
    clone.write(OTHER_PATH, motion("3185 (V) HHA"))
    clone.commit("Second")
    with clone.open() as register:
        other = register.open(OTHER_PATH)
        opened = committed_by_others(clone, register, motion(title="Ours"), motion(yes=45))
        register.save(other, motion("3185 (V) HHA", title="Ours too"))
        expected = {PATH: opened.blob, OTHER_PATH: other.blob}
        done = commit_with_merge(register, [PATH, OTHER_PATH], "Both", expected=expected)
    assert sorted(done.paths) == [PATH, OTHER_PATH]
    assert len(done.notes) == 1
    assert clone.at(OTHER_PATH) == motion("3185 (V) HHA", title="Ours too")
