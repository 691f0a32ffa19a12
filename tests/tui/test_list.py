"""The list of motions: it reads a page, repaints the cells of the cursor, and fits its columns to the width."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.geometry import Region

from antragsbuch.state import Listed
from antragsbuch.widgets.line import Line, Piece, plain, width
from antragsbuch.widgets.line_list import LineList
from antragsbuch.widgets.motion_list import GUTTER, MotionList, columns
from antragsbuch.widgets.row_list import Way


class Numbered:
    """So many motions; remembers what was asked for."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.asked: list[tuple[int, int]] = []

    def rows(self, start: int, stop: int) -> Sequence[Listed]:
        self.asked.append((start, stop))
        return [
            Listed(f"{number}.toml", f"{number} (V) HHA", "16.11.2023", f"Antrag {number}", "in Beratung")
            for number in range(start, min(stop, self.count))
        ]


class ListApp(App[None]):
    """Nothing but a list."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.source = Numbered(count)
        self.painted: list[Region] = []

    def compose(self) -> ComposeResult:
        yield MotionList(("Drucksache", "Datum", "Titel", "Stand"))

    def on_mount(self) -> None:
        self.motions.show(self.source)
        self.motions.focus()

    @property
    def motions(self) -> MotionList:
        return self.query_one(MotionList)

    def lines(self) -> list[str]:
        return [strip.text.rstrip() for strip in self.screen._compositor.render_strips()]


async def test_a_hundred_thousand_rows_cost_a_page() -> None:
    app = ListApp(100_000)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.motions.move("last")
        await pilot.pause()
        assert app.lines()[-1].startswith(">    99999 (V) HHA")
        assert sum(stop - start for start, stop in app.source.asked) < 600


async def test_a_step_reads_nothing_and_repaints_two_edges(monkeypatch: pytest.MonkeyPatch) -> None:
    app = ListApp(100)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        before = len(app.source.asked)
        regions: list[Region] = []
        refresh = MotionList.refresh

        def noticed(self: MotionList, *dirty: Region) -> MotionList:
            regions.extend(dirty)
            return refresh(self, *dirty)

        monkeypatch.setattr(MotionList, "refresh", noticed)
        app.motions.move("down")
        await pilot.pause()
        assert len(app.source.asked) == before
        assert [region.y for region in regions] == [1, 2]
        assert all(region.height == 1 and region.width <= GUTTER + 14 for region in regions)
        assert app.lines()[1].startswith("     0 (V)") and app.lines()[2].startswith(">    1 (V)")


async def test_at_the_edge_the_page_moves_by_half() -> None:
    app = ListApp(100)
    async with app.run_test(size=(80, 21)) as pilot:
        await pilot.pause()
        app.motions.go(19)
        assert app.motions.top == 0
        app.motions.move("down")
        assert app.motions.top == 10
        app.motions.move("up")
        assert app.motions.top == 10
        app.motions.go(10)
        app.motions.move("up")
        assert app.motions.top == 0


@pytest.mark.parametrize(
    ("way", "index"),
    [
        ("down", 51),
        ("up", 49),
        ("half-down", 60),
        ("half-up", 40),
        ("page-down", 70),
        ("page-up", 30),
        ("first", 0),
        ("last", 99),
    ],
)
async def test_the_ways_to_move(way: Way, index: int) -> None:
    app = ListApp(100)
    async with app.run_test(size=(80, 21)) as pilot:
        await pilot.pause()
        app.motions.go(50)
        app.motions.move(way)
        assert app.motions.index == index


async def test_fewer_rows_keep_the_cursor_among_them() -> None:
    app = ListApp(100)
    async with app.run_test(size=(80, 21)) as pilot:
        await pilot.pause()
        app.motions.move("last")
        app.motions.show(Numbered(3), empty=[(Piece("nichts"),)])
        await pilot.pause()
        assert app.motions.index == 2 and app.lines()[3].startswith(">    2 (V)")
        app.motions.show(Numbered(0), empty=[(Piece("nichts"),)])
        await pilot.pause()
        assert app.motions.current is None and app.lines()[1] == "nichts"


async def test_a_smaller_terminal_keeps_the_cursor_in_sight() -> None:
    app = ListApp(100)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.motions.go(20)
        await pilot.resize_terminal(60, 8)
        await pilot.pause()
        assert any(line.startswith(">    20 (V)") for line in app.lines())


async def test_the_mouse_sets_the_cursor() -> None:
    app = ListApp(100)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.click(MotionList, offset=(10, 6))
        assert app.motions.index == 5


@given(st.integers(20, 250), st.integers(4, 30), st.integers(0, 20))
def test_the_columns_fill_the_width(cells: int, reference: int, state: int) -> None:
    sizes = columns(cells, reference, state)
    shown = [size for size in sizes if size]
    assert GUTTER + sum(shown) + 2 * (len(shown) - 1) <= max(cells, GUTTER + 12)
    assert sizes.title > 0 or cells < 24


def test_title_and_state_are_there_at_eighty_columns() -> None:
    sizes = columns(80, 13, 11)
    assert sizes.date and sizes.state and sizes.title >= 34


class Choices(App[None]):
    """A list with headings."""

    def compose(self) -> ComposeResult:
        yield LineList()

    def on_mount(self) -> None:
        rows: list[Line] = [(Piece(text),) for text in ("One", "a", "b", "", "Two", "c")]
        self.query_one(LineList).show(rows, frozenset({0, 3, 4}))


async def test_the_cursor_steps_over_headings() -> None:
    app = Choices()
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        choices = app.query_one(LineList)
        seen = [choices.index]
        ways: tuple[Way, ...] = ("down", "down", "up", "first", "last", "up", "up", "up")
        for way in ways:
            choices.move(way)
            seen.append(choices.index)
        assert seen == [1, 2, 5, 2, 1, 5, 2, 1, 1]
        assert width(plain(choices.row(1, 40))) == 3
