"""Opening a register, and saving to its work tree."""

from __future__ import annotations

import pytest

from antragsbuch.store.errors import AlreadyThere, ChangedElsewhere
from antragsbuch.store.register import open_register
from antragsbuch_schema.toml.reader import Document
from support.repositories import OTHER_PATH, PATH, Repository, motion


def test_it_opens_from_any_folder_below(clone: Repository) -> None:
    with open_register(clone.root / "motions/V/2200") as register:
        assert register.root == clone.root
        assert register.paths() == [PATH]
        assert register.council()["name"] == "Region Beispiel"


def test_an_opened_motion_knows_its_bytes_and_what_head_held(clone: Repository) -> None:
    clone.write(PATH, motion(title="Neu"))
    with clone.open() as register:
        opened = register.open(PATH)
    assert opened.data == motion(title="Neu").encode()
    assert opened.head_data == motion().encode()
    assert opened.head == clone.head()
    assert opened.blob == clone.git("rev-parse", f"HEAD:{PATH}")
    assert isinstance(opened.document, Document)
    assert opened.document.data["title"] == "Neu"


def test_a_save_replaces_the_file_and_keeps_its_mode(clone: Repository) -> None:
    (clone.root / PATH).chmod(0o640)
    with clone.open() as register:
        saved = register.save(register.open(PATH), motion(title="Neu"))
    assert clone.read(PATH) == motion(title="Neu")
    assert saved.data == motion(title="Neu").encode()
    assert (clone.root / PATH).stat().st_mode & 0o777 == 0o640
    assert [file.name for file in (clone.root / PATH).parent.iterdir()] == ["2292-HHA.toml"]


def test_a_save_over_somebody_elses_change_is_refused_with_theirs(clone: Repository) -> None:
    with clone.open() as register:
        opened = register.open(PATH)
        clone.write(PATH, motion(title="Theirs"))
        with pytest.raises(ChangedElsewhere) as caught:
            register.save(opened, motion(title="Ours"))
    assert caught.value.theirs == motion(title="Theirs").encode()
    assert clone.read(PATH) == motion(title="Theirs")


def test_a_new_motion_never_replaces_a_file(clone: Repository) -> None:
    with clone.open() as register:
        created = register.create(OTHER_PATH, motion("3185 (V) HHA"))
        assert created.blob is None
        assert register.paths() == [PATH, OTHER_PATH]
        with pytest.raises(AlreadyThere):
            register.create(PATH, motion())
    assert clone.read(PATH) == motion()


def test_a_motion_that_is_gone_with_its_folder_was_changed_elsewhere(clone: Repository) -> None:
    with clone.open() as register:
        opened = register.open(PATH)
        register.delete(opened)
        assert [path.name for path in (clone.root / "motions").iterdir()] == ["council.toml"]
        with pytest.raises(ChangedElsewhere) as caught:
            register.delete(opened)
    assert caught.value.theirs is None
