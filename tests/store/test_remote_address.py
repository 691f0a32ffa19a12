"""Which addresses are asked, and how they are shown."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antragsbuch.remote.address import followed, shown, typed, with_since
from antragsbuch.remote.errors import RemoteError

OWN = "https://oparl.example.org/oparl/system"


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("https://OPARL.example.org", "https://oparl.example.org/"),
        (" https://oparl.example.org:443/a?limit=3#part ", "https://oparl.example.org/a?limit=3"),
        ("http://127.0.0.1:8080/Straße 1", "http://127.0.0.1:8080/Stra%C3%9Fe%201"),
        ("https://münchen.example.org/%C3%A4", "https://xn--mnchen-3ya.example.org/%C3%A4"),
        ("https://[::1]:8443/x", "https://[::1]:8443/x"),
    ],
)
def test_what_was_typed_is_asked(given: str, asked: str) -> None:
    assert typed(given) == asked
    assert typed(asked) == asked


@pytest.mark.parametrize(
    ("own", "link", "asked"),
    [
        (OWN, "?page=2", f"{OWN}?page=2"),
        (OWN, "/x", "https://oparl.example.org/x"),
        (OWN, "../../../x", "https://oparl.example.org/x"),
        # never back to http, and over to https
        (OWN, "http://oparl.example.org/x", "https://oparl.example.org/x"),
        ("http://oparl.example.org/", "https://oparl.example.org/x", "https://oparl.example.org/x"),
        ("http://localhost:8080/", "http://localhost:8080/x", "http://localhost:8080/x"),
    ],
)
def test_links_on_the_same_server_are_followed(own: str, link: str, asked: str) -> None:
    assert followed(own, own, link) == asked


@pytest.mark.parametrize(
    "link",
    [
        "https://elsewhere.example.org/", "//elsewhere.example.org/", "https://oparl.example.org.evil.example/",
        "https://oparl.example.org:8443/", "http://oparl.example.org:22/", "file:///etc/passwd", "gopher://x/",
        "https://oparl.example.org@evil.example/", "https://a:b@oparl.example.org/", "http://169.254.169.254/", "http://[",
        "https://oparl.example.org:99999/", "x" * 9000,
    ],
)  # fmt: skip
def test_no_other_link_is(link: str) -> None:
    with pytest.raises(RemoteError) as error:
        followed(OWN, OWN, link)
    assert len(error.value.message) < 700 and "a:b" not in error.value.message


@settings(max_examples=60)
@given(st.text(max_size=40) | st.from_regex(r"(https?:)?//[a-z.:@\[\]0-9/?#%\\]{0,30}", fullmatch=True))
def test_whatever_is_followed_is_on_the_server_and_in_ascii(link: str) -> None:
    try:
        asked = followed(OWN, OWN, link)
    except RemoteError as error:
        assert error.remedy
        return
    parts = urlsplit(asked)
    assert (parts.scheme, parts.netloc, parts.fragment) == ("https", "oparl.example.org", "")
    assert asked.isascii() and " " not in asked and followed(OWN, OWN, asked) == asked


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        ("https://x.example.org/a?page=2&modified_since=2024", "https://x.example.org/a?page=2&modified_since=2024"),
        ("https://x.example.org/a?page=2&key=geheim", "https://x.example.org/a?..."),
        ("https://erika:geheim@x.example.org:8443/a#geheim", "https://x.example.org:8443/a"),
        ("https://erika:geheim@[", "https://["),
        ("erika:geheim", "erika:geheim"),
    ],
)
def test_no_secret_is_shown(address: str, seen: str) -> None:
    assert shown(address) == seen


def test_since_when_is_said_once_and_with_plain_colons() -> None:
    asked = with_since("https://x.example.org/a?page=1", "2024-01-01T10:00:00-01:00")
    assert asked == "https://x.example.org/a?page=1&modified_since=2024-01-01T10:00:00-01:00"
    assert with_since(asked, "2025-01-01T10:00:00-01:00") == asked
    assert with_since("https://x.example.org/a", "") == "https://x.example.org/a"
