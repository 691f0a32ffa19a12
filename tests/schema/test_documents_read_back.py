"""A booklet of text taken apart into its motions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from antragsbuch_schema.documents.booklet import booklet
from antragsbuch_schema.documents.of_motion import document
from antragsbuch_schema.documents.text import booklet_text
from antragsbuch_schema.exchange.from_booklet import parts
from antragsbuch_schema.exchange.printed import printed
from support.printed import DAMAGES, council, motion

BOUND = booklet_text(booklet([("", document(motion(number), council())) for number in ("2292", "3185")]))


def test_the_motions_of_a_booklet_are_its_parts() -> None:
    cover, *motions = parts(BOUND)
    assert (cover.begins, cover.line) == (False, 1) and "Inhalt" in cover.text
    assert [part.text for part in motions] == [printed(motion(number), council()) for number in ("2292", "3185")]
    lines = BOUND.split("\n")
    assert [lines[part.line - 1] for part in motions] == ["\f2292 (V) HHA", "\f3185 (V) HHA"]


def test_a_page_within_a_motion_belongs_to_it() -> None:
    torn = DAMAGES["a new page"](BOUND)
    assert torn.count("\f") == BOUND.count("\f") + 2
    assert [part.begins for part in parts(torn)] == [False, True, True]
    assert parts(printed(motion("2292"), council())) == [(printed(motion("2292"), council()), 1, True)]
    assert parts("") == [("", 1, False)]


@given(st.text(st.sampled_from("\f\n\r\x0b 2292(V)HAa"), max_size=60) | st.just(BOUND))
def test_nothing_is_lost_between_the_parts(text: str) -> None:
    found = parts(text)
    assert "\f".join(part.text for part in found) == text
    assert all(part.begins for part in found[1:])
