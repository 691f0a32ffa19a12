"""`antrag diff`."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from support.commands import Cli
from support.repositories import COUNCIL, OTHER_PATH, PATH, Repository, motion


def test_nothing_differs(clone: Repository, cli: Cli) -> None:
    assert cli("diff", at=clone.root).out == ""
    assert cli("diff", "--json", at=clone.root).json == []
    cli("diff", "--exit-code", at=clone.root, status=0)


def test_the_work_tree_against_head(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, motion(title="Konferenz", yes=45))
    clone.write(OTHER_PATH, motion("3185 (V) HHA", title="Plan"))
    out = cli("diff", at=clone.root).out
    assert out.splitlines()[0] == "2292 (V) HHA"
    assert "    Title “Durchführung einer Konferenz” -> Konferenz\n" in out and "45" in out
    assert "3185 (V) HHA\n    created: “Plan”\n" in out
    cli("diff", "--exit-code", at=clone.root, status=1)
    assert "Titel" in cli("--lang", "de", "diff", at=clone.root).out


def test_what_is_staged_counts_as_the_work_tree_has_it(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, motion(title="Konferenz"))
    clone.git("add", PATH)
    assert "Konferenz" in cli("diff", at=clone.root).out
    clone.write(PATH, motion())
    assert cli("diff", at=clone.root).out == ""


def test_some_motions_only(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, motion(title="Konferenz"))
    clone.write(OTHER_PATH, motion("3185 (V) HHA", title="Plan"))
    assert [row["path"] for row in cli("diff", "3185", "--json", at=clone.root).json] == [OTHER_PATH]
    assert len(cli("diff", "3185", "2292", "--json", at=clone.root).json) == 2
    assert "There is no motion 77." in cli("diff", "77", at=clone.root, status=2).err


def test_a_motion_that_is_gone_is_known_by_what_it_was(clone: Repository, cli: Cli) -> None:
    (clone.root / PATH).unlink()
    for name in ("2292", "2292 (V) HHA", PATH):
        assert cli("diff", name, at=clone.root).out == "2292 (V) HHA\n    deleted: “Durchführung einer Konferenz”\n"


def test_two_versions(clone: Repository, cli: Cli) -> None:
    first = clone.head()
    clone.write(PATH, motion(title="Konferenz"))
    clone.commit()
    clone.git("tag", "v2")
    clone.write(PATH, motion(title="Ende"))
    assert "-> Konferenz" in cli("diff", "--from", first, "--to", "v2", at=clone.root).out
    assert "Konferenz -> “Durchführung" in cli("diff", "--from", "v2", "--to", "HEAD~1", at=clone.root).out
    assert "-> Ende" in cli("diff", "--from", "HEAD~1", at=clone.root).out
    assert "Konferenz -> Ende" in cli("diff", at=clone.root).out
    for bad in ("nothing", "--all", "-x"):
        assert "There is no version" in cli("diff", f"--from={bad}", at=clone.root, status=2).err


def test_json_holds_both_values_also_those_that_are_nothing(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, motion(yes=45))
    clone.commit()
    clone.write(PATH, motion(yes=45).replace("no = 3", "no = 0").replace("public = true", "public = false"))
    changes = {change["place"]: change for change in cli("diff", "--json", at=clone.root).json[0]["changes"]}
    assert (changes["public"]["old"], changes["public"]["new"]) == (True, False)
    assert changes["consultations[c1].votes[v1]"]["new"]["no"] == 0


def test_only_the_form(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, "# x\n" + motion())
    assert cli("diff", at=clone.root).out == "2292 (V) HHA\n    only the form of the file, not what it says\n"


def test_the_file_of_the_council(clone: Repository, cli: Cli) -> None:
    clone.write("motions/council.toml", COUNCIL.replace("seats = 85", "seats = 84"))
    assert "84" in cli("diff", at=clone.root).out
    assert cli("diff", "motions/council.toml", "--json", at=clone.root).json[0]["name"] == "motions/council.toml"


def test_a_file_that_cannot_be_read_is_told_in_its_place(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, "id = \n")
    clone.write(OTHER_PATH, motion("3185 (V) HHA", title="Plan"))
    out = cli("diff", at=clone.root).out
    assert "    can't be read, line 1:" in out and "created: “Plan”" in out


def test_a_link_does_not_hide_the_other_changes(clone: Repository, cli: Cli) -> None:
    (clone.root / PATH).unlink()
    (clone.root / PATH).symlink_to("/etc/passwd")
    clone.write(OTHER_PATH, motion("3185 (V) HHA", title="Plan"))
    ran = cli("diff", at=clone.root, status=2)
    assert "created: “Plan”" in ran.out
    assert f"antrag: {PATH} is a link" in ran.err


FACTS = 'facts = """\nEins ist da.\nZwei ist da.\n\nDrei ist der letzte Absatz.\n"""\n'


@pytest.fixture
def line(clone: Repository) -> Repository:
    """Three commits on three days: begun, a title and a text, a vote."""
    clone.write("motions/council.toml", COUNCIL.replace("format = 1", 'format = 1\ntime_zone = "Europe/Berlin"'))
    for day, text in (
        ("2024-01-02", motion(title="Konferenz", more="\n").replace("\n[[cons", FACTS + "\n[[cons", 1)),
        ("2024-01-09", motion(title="Konferenz", yes=45, more="\n").replace("\n[[cons", FACTS + "\n[[cons", 1)),
    ):
        clone.write(PATH, text)
        clone.git("add", ".")
        date = {"GIT_AUTHOR_DATE": f"{day}T12:00:00+0100", "GIT_COMMITTER_DATE": f"{day}T12:00:00+0100"}
        clone.git("commit", "--quiet", "-m", f"On {day}", env=date)
    return clone


def test_what_was_and_what_is_stands_under_each_other(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, motion(proposal="Die Verwaltung führt zwei Konferenzen durch.\nSie berichtet danach."))
    assert cli("diff", at=clone.root).out == (
        "2292 (V) HHA\n"
        "    Proposed resolution, sentence 1: führt [-eine Konferenz-] {+zwei Konferenzen+} durch.\n"
        "\n"
        "      Proposed resolution:\n"
        "    -   Die Verwaltung führt eine Konferenz durch.\n"
        "    +   Die Verwaltung führt zwei Konferenzen durch.\n"
    )
    assert "    ~   Die Verwaltung führt [-eine Konferenz-]{+zwei Konferenzen+} durch.\n" in cli(
        "diff", "--words", at=clone.root
    ).out  # fmt: skip
    assert len(cli("diff", "--short", at=clone.root).out.splitlines()) == 2
    whole = cli("diff", "--whole", at=clone.root).out
    assert "      Title: Durchführung einer Konferenz\n" in whole and "        Sie berichtet danach.\n" in whole


def test_both_versions_beside_each_other(clone: Repository, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "61")
    clone.write(PATH, motion(title="Konferenz", yes=45))
    lines = cli("diff", "--side-by-side", at=clone.root).out.splitlines()
    assert lines[0].startswith("left: HEAD (") and lines[0].endswith("; right: work tree")
    assert "Title: [-Durchführung       ~ | Title: Konferenz" in lines
    assert "                            + |     Yes: 45" in lines


def test_how_much_changed(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, motion(yes=45, proposal="Die Verwaltung führt zwei Konferenzen durch.\nSie berichtet danach."))
    clone.write(OTHER_PATH, motion("3185 (V) HHA", title="Plan"))
    assert cli("diff", "--stat", at=clone.root).out.splitlines() == [
        "2292 (V) HHA  2 changes, words: +2 -2",
        "3185 (V) HHA  1 change",
        "2 files, 3 changes, words: +2 -2",
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["HEAD~1..HEAD"], ["vote"]),
        (["HEAD~1.."], ["vote"]),
        (["HEAD~1", "HEAD", "2292"], ["vote"]),
        (["HEAD~1..HEAD", "3185"], None),
        (["HEAD..HEAD~1", "2292"], ["removed"]),
        (["@2024-01-02"], ["vote"]),
        (["@2024-01-08", "2292"], ["vote"]),
        (["@1.1.2024..@2.1.2024", "2292"], ["Title"]),
        (["--since", "9.1.2024"], ["vote"]),
        (["--since", "2024-01-10"], []),
        (["--since", "2024-01-02", "2292"], ["Title", "vote"]),
        (["--from", "2024-01-02"], ["vote"]),
        (["--from", "HEAD~2", "--to", "2024-01-02", "2292"], ["Title"]),
        (["HEAD~1...HEAD"], ["vote"]),
    ],
)
def test_versions_by_name_and_by_day(line: Repository, cli: Cli, words: list[str], said: list[str] | None) -> None:
    ran = cli("diff", "--short", *words, at=line.root, status=None)
    if said is None:
        assert (ran.status, ran.err.splitlines()[0]) == (2, "antrag: There is no motion 3185.")
        return
    assert all(word in ran.out for word in said)
    assert bool(ran.out) == bool(said)
    assert ("Title" in ran.out) == ("Title" in said)


def test_what_is_no_version(line: Repository, cli: Cli) -> None:
    assert "There is no motion nonsense" in cli("diff", "nonsense", at=line.root, status=2).err
    assert "There is no version nonsense" in cli("diff", "nonsense..", at=line.root, status=2).err
    assert "no date" in cli("diff", "--since", "nonsense", at=line.root, status=2).err
    assert "Up to 2001-01-01" in cli("diff", "@1.1.2001", at=line.root, status=2).err
    assert "--since stands for --from" in cli("diff", "--since", "today", "--from", "x", at=line.root, status=2).err


def test_a_motion_that_was_renamed_is_one_pair(clone: Repository, cli: Cli) -> None:
    (clone.root / PATH).unlink()
    path = "motions/V/2200/2293-HHA.toml"
    clone.write(path, motion("2293 (V) HHA", id=motion()[6:14]))
    clone.commit()
    (row,) = cli("diff", "HEAD~1..HEAD", "--json", at=clone.root).json
    assert (row["path"], row["old_path"], len(row["changes"])) == (path, PATH, 1)
    assert "Reference" in cli("diff", "HEAD~1..", at=clone.root).out


class _Page(HTMLParser):
    """What a page holds: its tags, and the text in them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_a_synopse_to_print(clone: Repository, cli: Cli) -> None:
    clone.write(PATH, motion(title="<script>alert(1)</script> & \\u202ex", yes=45))
    text = cli("--lang", "de", "diff", "--format", "html", at=clone.root).out
    page = _Page(text)
    tags = [tag for tag, _attributes in page.tags]
    assert "script" not in tags and "\u202e" not in text and "http" not in text
    assert ("html", {"lang": "de"}) in page.tags and tags.count("h1") == 1 and "caption" in tags
    assert [a["scope"] for tag, a in page.tags if tag == "th"] == ["col"] * 3
    assert "Synopse zu 2292 (V) HHA" in page.words and "geändert" in page.words
    assert "del" in tags and "ins" in tags and "@media print" in text
    empty = cli("diff", "HEAD..HEAD", "--format", "html", at=clone.root).out
    assert "Nothing differs." in empty and "<table" not in empty


def test_colours_only_where_they_are_asked_for(clone: Repository, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    clone.write(PATH, motion(title="Konferenz \\u001b[31m"))
    assert "\x1b" not in cli("diff", at=clone.root).out
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = cli("diff", at=clone.root).out
    assert "\x1b[32m+ " in coloured and "␛[31m" in coloured and "\x1b[31m\n" not in coloured
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in cli("diff", at=clone.root).out
