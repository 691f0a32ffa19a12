"""Documents as HTML: well formed, safe, and made to be read aloud, as a parser sees them."""

from __future__ import annotations

import datetime as dt
import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given

from antragsbuch_schema.display import display
from antragsbuch_schema.documents.booklet import booklet
from antragsbuch_schema.documents.html import booklet_html, html
from antragsbuch_schema.documents.model import Document
from antragsbuch_schema.documents.of_motion import document
from antragsbuch_schema.edits import Data
from antragsbuch_schema.motion_fields import MOTION
from support.documents import HOSTILE, voted
from support.field_data import tables
from support.printed import council, motion

VOID = {"meta", "col"}
ELEMENTS = {
    "html", "head", "meta", "title", "style", "body", "main", "article", "header", "nav", "a", "p", "span", "div",
    "h1", "h2", "h3", "h4", "h5", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "colgroup", "col", "thead",
    "tbody", "tr", "th", "td",
}  # fmt: skip


@dataclass
class Element:
    """An element with its attributes and the texts and elements in it."""

    tag: str
    attributes: dict[str, str | None]
    inside: list[Element | str] = field(default_factory=list)

    def all(self, *tags: str) -> list[Element]:
        """Every element below with one of the tags, or of any."""
        below = [one for one in self.inside if isinstance(one, Element)]
        return [found for one in below for found in ([one] if not tags or one.tag in tags else []) + one.all(*tags)]

    @property
    def text(self) -> str:
        """All texts below, each stretch of white space a blank."""
        return " ".join("".join(one if isinstance(one, str) else one.text for one in self.inside).split())


class Page(HTMLParser):
    """A tree of a page; an end tag that does not fit is an error."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.top = Element("", {})
        self._open = [self.top]
        self.feed(page)
        self.close()
        assert len(self._open) == 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, dict(attrs))
        assert len(made.attributes) == len(attrs)
        self._open[-1].inside.append(made)
        if tag not in VOID:
            self._open.append(made)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self._open[-1].inside.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def whole() -> Document:
    return document(voted(), council())


def bound() -> str:
    documents = [("7.12", whole()), ("7.13", document(motion("3185"), council()))]
    return booklet_html(booklet(documents, "Region Hannover", ("Regionsversammlung", dt.date(2023, 12, 19))))


pages = pytest.mark.parametrize("page", [html(whole()), bound()], ids=["a motion", "a booklet"])


@pages
def test_it_can_be_read_aloud(page: str) -> None:
    top = Page(page).top
    (root,) = top.all("html")
    assert root.attributes == {"lang": "de"}
    assert all(title.text for title in top.all("title")) and len(top.all("title")) == 1
    assert len(top.all("main")) == len(top.all("h1")) == 1
    levels = [int(heading.tag[1]) for heading in top.all("h1", "h2", "h3", "h4", "h5")]
    assert levels[0] == 1 and all(below <= above + 1 for above, below in pairwise(levels))
    assert all(heading.text for heading in top.all("h1", "h2", "h3", "h4", "h5"))
    ids = [identity for one in top.all() if (identity := one.attributes.get("id"))]
    assert len(ids) == len(set(ids))
    named = [one.attributes[key] for one in top.all() for key in ("aria-labelledby",) if key in one.attributes]
    assert set(named) <= set(ids)


@pages
def test_tables_have_a_caption_and_every_head_says_of_what(page: str) -> None:
    found = Page(page).top.all("table")
    assert found
    for table in found:
        assert [caption.text != "" for caption in table.all("caption")] == [True]
        assert all(head.attributes["scope"] in ("col", "colgroup", "row") for head in table.all("th"))
        assert all(row.all("th") for row in table.all("tr"))
        width = sum(1 for _ in table.all("col"))
        taken = [0] * len(table.all("tr"))
        for number, row in enumerate(table.all("tr")):
            for cell in row.all("th", "td"):
                for below in range(int(cell.attributes.get("rowspan") or 1)):
                    taken[number + below] += int(cell.attributes.get("colspan") or 1)
        assert set(taken) == {width}


@pages
def test_nothing_comes_from_elsewhere_and_nothing_runs(page: str) -> None:
    top = Page(page).top
    assert {one.tag for one in top.all()} <= ELEMENTS
    assert not [key for one in top.all() for key in one.attributes if key in ("src", "style") or key.startswith("on")]
    links = [one.attributes["href"] for one in top.all("a")]
    ids = {f"#{identity}" for one in top.all() if (identity := one.attributes.get("id"))}
    assert set(links) <= ids
    (style,) = (one.inside[0] for one in top.all("style"))
    assert isinstance(style, str) and not re.search(r"url\(|@import|https?:", style)
    first, policy = top.all("meta")[:2]
    assert first.attributes == {"charset": "utf-8"}
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert policy.attributes["content"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def test_a_booklet_leads_from_the_contents_to_each_motion_and_back() -> None:
    top = Page(bound()).top
    (nav,) = top.all("nav")
    assert [link.text for link in nav.all("a")] == [
        "TOP 7.12 2292 (V) HHA Durchführung einer Konferenz zur strategischen Armutsbekämpfung in der Region Hannover",
        "TOP 7.13 3185 (V) HHA Haushaltsbegleitantrag - Integrationsplan aktualisieren und umsetzen",
    ]
    articles = top.all("article")
    assert [link.attributes["href"] for link in nav.all("a")] == [f"#{one.attributes['id']}" for one in articles]
    assert top.all("body")[0].all("a")[0].text == "Zum Inhalt"
    assert all(one.all("a")[-1].attributes["href"] == "#inhalt" for one in articles)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_looks_like_markup_is_text(hostile: str) -> None:
    data = voted() | {"title": hostile, "reference": hostile, "originators": [hostile], hostile: hostile}
    data["facts"] = f"Davor {hostile}\n"
    data["consultations"][0]["organization"] = hostile
    plain = voted() | {"title": "x", "reference": "x", "originators": ["x"], "x": "x", "facts": "Davor x\n"}
    plain["consultations"][0]["organization"] = "x"
    top = Page(html(document(data, council()))).top
    words = " ".join(hostile.split())
    assert [one.tag for one in top.all()] == [one.tag for one in Page(html(document(plain, council()))).top.all()]
    assert top.all("h1")[0].text == words
    assert top.all("title")[0].text == ", ".join(dict.fromkeys((words, words)))
    assert f"Davor {words}" in [paragraph.text for paragraph in top.all("p")]
    assert words in [cell.text for cell in top.all("th")] and words in [term.text for term in top.all("dt")]


@given(tables(MOTION))
def test_the_tree_does_not_depend_on_what_stands_in_it(data: Data) -> None:
    top = Page(html(document(data, council()))).top
    assert {one.tag for one in top.all()} <= ELEMENTS
    assert top.all("h1")[0].text == " ".join(display(document(data, council()).head.name).split())


def test_controls_and_overrides_are_visible() -> None:
    made = html(document({"title": "a\x1b[31mb\u202ec\x00"}, {}))
    assert "<h1>a␛[31mb&lt;U+202E&gt;c␀</h1>" in made


def colours(style: str) -> Iterator[dict[str, str]]:
    for rule in re.findall(r":root \{([^}]*--ink[^}]*)\}", style):
        yield dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", rule))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.1, section 1.4.3."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_text_stands_out_in_light_and_dark() -> None:
    found = list(colours(html(whole())))
    assert len(found) == 2
    for known in found:
        for text, ground in (("ink", "paper"), ("ink", "shade"), ("soft", "paper"), ("link", "paper")):
            assert contrast(known[text], known[ground]) >= 7, (text, ground)
        assert contrast(known["line"], known["paper"]) >= 3


def test_paper_repeats_the_heads_of_tables_and_begins_each_motion_on_a_page() -> None:
    made = bound()
    assert "size: A4" in made and "thead { display: table-header-group; }" in made
    assert ".bound article { break-before: page;" in made
