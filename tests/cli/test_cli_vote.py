"""`antrag vote`."""

from __future__ import annotations

from support.commands import Cli
from support.repositories import PATH, Repository


def test_the_words_of_the_minutes_become_a_vote(clone: Repository, cli: Cli) -> None:
    ran = cli(
        "vote", "2292", "mit 45 Ja- zu 30 Nein-Stimmen bei 3 Enthaltungen laut Vorschlag beschlossen", at=clone.root
    )
    assert "vote recorded, 45 yes, 30 no, 3 abstentions, as proposed" in ran.out
    assert ran.out.endswith(f"{PATH}\n")
    assert "yes = 45\nno = 30\nabstentions = 3\n" in clone.read(PATH)
    assert "as proposed" in cli("diff", at=clone.root).out


def test_a_contradiction_is_said_at_once(clone: Repository, cli: Cli) -> None:
    before = clone.read(PATH)
    ran = cli("vote", "2292", "30:45:3 laut Vorschlag", "--dry-run", at=clone.root)
    assert "VO003" in ran.err
    assert clone.read(PATH) == before


def test_what_is_not_understood_is_kept_and_said(clone: Repository, cli: Cli) -> None:
    ran = cli("vote", "2292", "-", at=clone.root, stdin=b"einstimmig, aber anders", status=1)
    assert "not understood, kept as words: einstimmig, aber anders" in ran.err
    assert 'text = "einstimmig, aber anders"' in clone.read(PATH)


def test_what_stands_there_is_not_overwritten_unasked(clone: Repository, cli: Cli) -> None:
    cli("vote", "2292", "einstimmig zugestimmt", at=clone.root)
    ran = cli("vote", "2292", "einstimmig abgelehnt", at=clone.root, status=2)
    assert "--replace" in ran.err
    assert 'outcome = "as_proposed"' in clone.read(PATH)
    cli("vote", "2292", "einstimmig abgelehnt", "--replace", at=clone.root)
    assert 'outcome = "rejected"' in clone.read(PATH)


def test_the_steps_are_named_where_none_is_meant(clone: Repository, cli: Cli) -> None:
    ran = cli("--lang", "de", "vote", "2292", "einstimmig", "--body", "Kreistag", at=clone.root, status=2)
    assert "Welche Beratung ist gemeint?" in ran.err and "Regionsversammlung" in ran.err
    assert cli("vote", "2292", " ", at=clone.root, status=2).err == "antrag: There are no words to record.\n"
