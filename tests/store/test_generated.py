"""The registers that benchmarks and other tests run on are what they say."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from antragsbuch_schema.council_fields import COUNCIL
from antragsbuch_schema.diagnostics import Severity
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.toml.format import format_text
from antragsbuch_schema.validate import validate_register
from support.generated import TODAY, Register
from support.repositories import Repository

COUNT = 300


def test_always_the_same() -> None:
    assert list(Register(40).files()) == list(Register(40).files())
    assert dict(Register(40).files()) != dict(Register(40, seed=1).files())


def test_every_motion_has_a_path_of_its_own() -> None:
    paths = [path for path, _text in Register(COUNT).files()]
    assert len(set(paths)) == COUNT + 1


def test_canonical() -> None:
    """Otherwise every file would be a finding, and an edit would change more than its lines."""
    council, *motions = Register(COUNT).files()
    assert format_text(council[1], COUNCIL) == council[1]
    for path, text in motions:
        assert format_text(text, MOTION) == text, path


def test_a_few_mistakes_and_no_more() -> None:
    files = {path: text.encode() for path, text in Register(COUNT).files()}
    council = files.pop("motions/council.toml")
    found = validate_register(files.items(), council, TODAY).findings
    counts = Counter(located.finding.severity for located in found)
    assert 0 < counts[Severity.ERROR] < COUNT / 20
    assert len({located.path for located in found}) < COUNT / 5


def test_a_history(isolated: Path, tmp_path: Path) -> None:
    Register(30).repository(tmp_path / "made", commits=12)
    made = Repository(tmp_path / "made")
    assert len(made.subjects()) == 13
    assert made.changed() == ""
    made.check()
    (path,) = made.git("diff", "--name-only", "HEAD^", "HEAD").splitlines()
    assert f"Motion: {made.read(path)[6:14]}" in made.message()
