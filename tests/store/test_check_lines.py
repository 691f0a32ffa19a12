"""What checking gave is kept as it was, whatever the names in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antragsbuch.store import check_lines
from antragsbuch.store.check_lines import Line, Lines
from antragsbuch.store.errors import Damaged
from antragsbuch.store.listing import Stamp
from antragsbuch_schema.diagnostics import Span
from antragsbuch_schema.mentions import Facts, Mention
from antragsbuch_schema.places import Place

NUMBER = st.integers(1, 10**6)
SPAN = st.builds(Span, NUMBER, NUMBER, NUMBER, NUMBER)
WORDS = st.one_of(
    st.sampled_from(["2292 (V) HHA", "k7m2qx9a", "", " ", "a\nb", "\0", "Ä\xa0€", '"', "\u2028"]), st.text()
)
PATH = st.one_of(st.sampled_from(["motions/V/1.toml", 'motions/"', "motions/a\nb.toml", "motions/\udcff.toml"]), WORDS)


def mention(place: Place) -> st.SearchStrategy[Mention | None]:
    return st.none() | st.builds(Mention.at, st.just(place), SPAN, WORDS)


def facts(path: str) -> st.SearchStrategy[Facts]:
    links = st.lists(mention(("related_papers", 0)).filter(bool), max_size=2).map(tuple)
    return st.builds(
        Facts, st.just(path), mention(("id",)), mention(("reference",)), st.none() | mention(("amends",)), links
    )


def line(path: str) -> st.SearchStrategy[Line]:
    blob, day = st.text("0123456789abcdef", min_size=40, max_size=40), st.sampled_from(["", "2023-12-19"])
    return st.builds(Line, blob, day, day, st.sampled_from(["", '["tuple"]']), facts(path))


STAMP = st.builds(Stamp, st.integers(0, 10**6), st.integers(0, 2**63), st.integers(0, 2**63))
FILES = st.lists(PATH, unique=True, max_size=6).flatmap(
    lambda paths: st.tuples(*(st.tuples(st.just(path), line(path), st.none() | STAMP) for path in paths))
)


@given(FILES)
def test_what_was_kept_comes_back(files: tuple[tuple[str, Line, Stamp | None], ...]) -> None:
    lines = Lines({(path, each.blob): each for path, each, _stamp in files})
    lines.stamps = {path: stamp for path, _each, stamp in files if stamp}
    lines.blobs = {path: each.blob for path, each, stamp in files if stamp}
    assert check_lines.load(check_lines.dump(lines, lines.versions)) == lines


@pytest.mark.parametrize("text", ["a", "\0" * 14, "\0" * 14 + "\n", "a\0b"])
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises((ValueError, Damaged)):
        check_lines.load(text)
