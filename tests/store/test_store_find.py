"""A motion by what people call it."""

from __future__ import annotations

import pytest

from antragsbuch.store.errors import NotFound
from support.repositories import OTHER_PATH, PATH, Repository, motion, motion_id


@pytest.fixture
def two(clone: Repository) -> Repository:
    clone.write(OTHER_PATH, motion("3185 (V) HHA"))
    clone.write("motions/new/mnew1.toml", motion("", id="mnew1").replace('reference = ""\n', ""))
    return clone


@pytest.mark.parametrize(
    "query",
    ["3185 (V) HHA", "3185(v)hha", " 3185 ", "03185", motion_id("3185 (V) HHA"), OTHER_PATH, "V/3100/3185-HHA.toml"],
)
def test_each_name_of_a_motion_finds_it(two: Repository, query: str) -> None:
    with two.open() as register:
        assert register.find(query) == OTHER_PATH


def test_a_motion_without_number_is_found_by_its_id(two: Repository) -> None:
    with two.open() as register:
        assert register.find("mnew1") == "motions/new/mnew1.toml"


def test_a_slip_gets_suggestions(two: Repository) -> None:
    with two.open() as register, pytest.raises(NotFound, match=r"Did you mean: 3185 \(V\) HHA") as caught:
        register.find("3158 (V) HHA")
    assert caught.value.suggestions[0] == "3185 (V) HHA"


def test_a_number_that_two_terms_have_is_not_guessed(two: Repository) -> None:
    two.write("motions/VI/3100/3185-HHA.toml", motion("3185 (VI) HHA"))
    with two.open() as register:
        with pytest.raises(NotFound, match="several") as caught:
            register.find("3185")
        assert sorted(caught.value.suggestions) == ["3185 (V) HHA", "3185 (VI) HHA"]
        assert register.find("3185 (VI) HHA") == "motions/VI/3100/3185-HHA.toml"


@pytest.mark.parametrize("query", ["", "../../etc/passwd.toml", "/etc/hostname.toml", "motions/../secret.toml"])
def test_nothing_outside_is_found(two: Repository, query: str) -> None:
    two.write("secret.toml", motion("1 (V) HHA"))
    with two.open() as register, pytest.raises(NotFound):
        register.find(query)


def test_the_file_whose_text_is_broken_is_still_found(two: Repository) -> None:
    two.write(PATH, motion() + "\nbroken = \n")
    with two.open() as register:
        assert register.find("2292") == PATH
