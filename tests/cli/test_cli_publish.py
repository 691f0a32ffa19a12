"""A public register made from a confidential one: what comes out, what stays, and what others do there."""

from __future__ import annotations

import os
import subprocess
import tomllib
from pathlib import Path

import pytest

from support import karlsruhe
from support.commands import SCRIPT, Cli
from support.crashes import STRACE
from support.publishing import CLOSED, CONFIDENTIAL, PUBLIC, SECRET, SECRET_PATH, Publish, confidential, listed
from support.repositories import OTHER_PATH, PATH, Repository, empty, motion, motion_id, register
from support.terminal import Terminal

# --- what comes out


def test_a_new_public_register(publish: Publish, public: Repository, secret: Repository, cli: Cli) -> None:
    ran = publish()
    assert ran.out.startswith("1 public motion: 1 new\n  + 2292 (V) HHA\n+ council.toml: new\n")
    assert "Withheld: 1 motion that is not public\n" in ran.out
    assert listed(public) == [PATH, "motions/council.toml"]
    assert public.at(PATH) == motion() == public.read(PATH)
    assert public.read("motions/council.toml") == PUBLIC
    assert public.changed() == "" and cli("validate", at=public.root).out == ""
    assert public.git("log", "--format=%an <%ae>") == "Erika Beispiel <erika@example.org>"
    public.check()
    # nothing of it was written to the work tree or the branch here
    assert secret.changed() == "" and len(secret.subjects()) == 1


def test_a_second_run_changes_nothing(publish: Publish, public: Repository) -> None:
    publish()
    head = public.head()
    assert publish().out.startswith("1 public motion: 1 unchanged\nWithheld")
    assert public.head() == head and public.changed() == ""


def test_only_what_is_committed_is_published(publish: Publish, public: Repository, secret: Repository) -> None:
    secret.write(PATH, motion(title="Noch nicht"))
    assert "1 changed file is not committed here" in publish().err
    assert public.at(PATH) == motion()


def test_the_files_are_written_anew(publish: Publish, public: Repository, secret: Repository) -> None:
    secret.write(PATH, "# für den Fraktionsvorstand\n" + motion().replace("title =", "note = 'x'\ntitle   =") + "#\n")
    secret.commit()
    assert "1 entry that the format does not know" in publish().out
    assert public.at(PATH) == motion()


def test_a_closed_step(publish: Publish, public: Repository, secret: Repository) -> None:
    secret.write(PATH, motion(more=CLOSED))
    secret.commit()
    assert "what happened at 1 step of a body that does not meet in public" in publish().out
    assert public.at(PATH) == motion(more=CLOSED.replace('outcome = "rejected"', "public = false"))
    # the body publishes it: then it says so
    secret.write(PATH, motion(more=CLOSED.replace("outcome", "public = true\noutcome")))
    secret.commit()
    publish()
    assert 'outcome = "rejected"' in public.at(PATH)


def test_a_body_that_is_misspelled(publish: Publish, public: Repository, secret: Repository) -> None:
    secret.write(PATH, motion(more=CLOSED.replace("Regionsausschuss", "Regionausschuss")))
    secret.commit()
    assert "Bodies that council.toml does not know: Regionausschuss\n" in publish().out
    assert "rejected" not in public.at(PATH)


@pytest.mark.skipif(not karlsruhe.DATA.is_dir(), reason="the real papers are not beside the project")
def test_real_papers_come_through_but_for_their_source(isolated: Path, tmp_path: Path, cli: Cli) -> None:
    files, council = karlsruhe.register()
    confidential_council = council.decode().replace("public = true", "public = false", 1)
    city = register(tmp_path / "city", dict(files), council=confidential_council)
    said = cli("publish", "../public", "--yes", "--json", at=city.root, status=None).json
    found = Repository(tmp_path / "public")
    assert len(said["new"]) > 200 and said["left_out"] == {"internal": len(said["new"]) + len(said["invalid"])}
    for new in said["new"][::7]:
        there = tomllib.loads(city.at(new["path"]))
        assert there.pop("source") and tomllib.loads(found.at(new["path"])) == there


def test_what_becomes_public_and_what_does_not_stay_so(
    publish: Publish, public: Repository, secret: Repository
) -> None:
    publish()
    secret.write(SECRET_PATH, SECRET.replace("public = false", "public = true"))
    secret.write(PATH, confidential(motion()))
    secret.commit()
    said = publish().out
    assert said.startswith("1 public motion: 1 new, 1 not public any more\n  + 2293 (V) HHA\n  - 2292 (V) HHA: not")
    assert "stays in the history of the public register" in said
    assert listed(public) == [SECRET_PATH, "motions/council.toml"]
    message = public.message()
    assert message.startswith("Publication of 20") and ": 1 new motion, 1 motion removed\n" in message
    # what went is counted, not named
    assert "Motion: 2293 (V) HHA" in message and "2292" not in message and "\nPublication: 20" in message
    (secret.root / SECRET_PATH).unlink()
    secret.commit()
    assert "- 2293 (V) HHA: deleted here" in publish().out
    assert listed(public) == ["motions/council.toml"]


def test_a_motion_with_a_new_number(publish: Publish, public: Repository, secret: Repository) -> None:
    publish()
    secret.git("mv", PATH, "motions/V/2200/2294-HHA.toml")
    secret.write("motions/V/2200/2294-HHA.toml", motion("2294 (V) HHA", id=motion_id("2292 (V) HHA")))
    secret.commit()
    assert "~ 2294 (V) HHA" in publish().out
    assert listed(public) == ["motions/V/2200/2294-HHA.toml", "motions/council.toml"]
    assert f"Renamed-From: {PATH}" in public.message()


def test_motions_without_a_number(publish: Publish, public: Repository, secret: Repository) -> None:
    draft = motion().replace('reference = "2292 (V) HHA"\n', "").replace(motion_id("2292 (V) HHA"), "draft001")
    secret.write("motions/new/draft001.toml", draft)
    secret.commit()
    assert "1 motion without a number" in publish().out
    assert "motions/new/draft001.toml" not in listed(public)
    publish("--unnumbered")
    assert public.at("motions/new/draft001.toml") == draft


def test_references_to_what_is_not_published(publish: Publish, public: Repository, secret: Repository) -> None:
    papers = '[\n    "2293 (V) HHA",\n    "3185 (V) HHA",\n    "1 (I) HHA",\n]'
    linked = motion().replace("proposal =", f'amends = "2293(V) hha"\nrelated_papers = {papers}\nproposal =')
    secret.write(PATH, linked)
    secret.write(OTHER_PATH, motion("3185 (V) HHA"))
    secret.commit()
    # a motion that is gone stays confidential
    (secret.root / SECRET_PATH).unlink()
    secret.commit()
    assert "2 references to motions that are not published" in publish().out
    assert 'related_papers = [\n    "3185 (V) HHA",\n    "1 (I) HHA",\n]' in public.at(PATH)
    assert "amends" not in public.at(PATH) and "2293" not in public.at(PATH)


def test_a_shallow_clone_knows_less_and_names_less(secret: Repository, tmp_path: Path, cli: Cli) -> None:
    secret.write(PATH, motion().replace("proposal =", 'amends = "1 (I) HHA"\nproposal ='))
    secret.commit()
    secret.git("clone", "--quiet", "--depth=1", f"file://{secret.root}", str(tmp_path / "shallow"))
    cli("publish", "../public", "--yes", at=tmp_path / "shallow")
    assert "amends" not in Repository(tmp_path / "public").at(PATH)


def test_sentences_that_name_what_is_not_published(publish: Publish, public: Repository, secret: Repository) -> None:
    secret.write(PATH, motion(proposal="Geprüft wird alles.\nDazu gehört der Verkauf des Grundstücks „Am Markt“."))
    secret.commit()
    ran = publish("--strict", status=1)
    assert "  2292 (V) HHA: Dazu gehört der Verkauf des Grundstücks „Am Markt“.\n" in ran.out
    assert "Nothing was published" in ran.err and not public.root.exists()
    publish()
    assert "Am Markt" in public.at(PATH)
    secret.write("motions/council.toml", CONFIDENTIAL.replace('"SPD"', '"Liste 2293 (V)"'))
    secret.commit()
    assert "council.toml: Liste 2293 (V)\n" in publish("--strict", status=1).out


def test_a_motion_with_an_error_waits(publish: Publish, public: Repository, secret: Repository) -> None:
    publish()
    secret.write(PATH, "# so\n" + motion(yes=50).replace("yes = 50", "yes = -50"))
    secret.write(OTHER_PATH, motion("3185 (V) HHA"))
    secret.commit()
    ran = publish(status=1)
    # at the line of the file as it would be published
    assert f"--> {PATH}:21:" in ran.err
    assert "1 motion has errors and is not published; what is there of it stays: 2292 (V) HHA" in ran.err
    assert listed(public) == [PATH, OTHER_PATH, "motions/council.toml"] and public.at(PATH) == motion()
    # of a confidential motion nobody needs to know
    secret.write(PATH, motion())
    secret.write(SECRET_PATH, SECRET + "yes = \n")
    secret.commit()
    assert "1 file that can't be read" in publish().out


def test_two_motions_of_one_number_wait(publish: Publish, public: Repository, secret: Repository) -> None:
    secret.write("motions/V/2200/2292-HHA--n3w5b8dz.toml", motion(id="n3w5b8dz"))
    secret.commit()
    assert [found["code"] for found in publish("--json", status=1).json["errors"]] == ["RG001", "RG001"]
    assert listed(public) == ["motions/council.toml"]


def test_in_german(cli: Cli, public: Repository, secret: Repository) -> None:
    secret.write("motions/council.toml", CONFIDENTIAL.replace('language = "en"', 'language = "de"'))
    secret.commit()
    said = cli("--lang", "de", "publish", str(public.root), "--yes", at=secret.root).out
    assert said.startswith("1 öffentlicher Antrag: 1 neu\n") and "1 nichtöffentlicher Antrag\n" in said
    assert public.subjects()[0].startswith("Veröffentlichung vom ")


# --- showing and asking


def test_a_dry_run_writes_nothing(publish: Publish, public: Repository, secret: Repository) -> None:
    assert "+ 2292 (V) HHA" in publish("--dry-run").out
    assert not public.root.exists()
    publish()
    secret.write(PATH, motion(title="Neu"))
    secret.commit()
    before = public.head(), secret.git("for-each-ref")
    assert "~ 2292 (V) HHA" in publish("--dry-run").out
    assert (public.head(), secret.git("for-each-ref")) == before and public.changed() == ""


def test_nobody_is_there_to_be_asked(secret: Repository, public: Repository, cli: Cli) -> None:
    ran = cli("publish", str(public.root), at=secret.root, status=2)
    assert "--yes publishes without asking" in ran.err and not public.root.exists()


def test_somebody_is_asked(secret: Repository, public: Repository) -> None:
    for answer, there in (("n", False), ("y", True)):
        with Terminal([str(SCRIPT), "--lang", "en", "publish", "../public"], secret.root) as terminal:
            terminal.wait_for("Publish 2 changes? [y/N]")
            terminal.type(f"{answer}\r")
            terminal.wait_for("Published" if there else "Nothing was published.")
        assert public.root.exists() == there


def test_as_json(publish: Publish, public: Repository, secret: Repository) -> None:
    said = publish("--json").json
    assert said["new"] == [{"name": "2292 (V) HHA", "path": PATH, "edited": False}]
    assert (said["source"], said["commit"]) == (secret.head(), public.head())
    assert said["withheld"] == {"confidential": 1} and said["council"] and said["errors"] == []
    secret.write(PATH, confidential(motion()))
    secret.commit()
    said = publish("--json", "--dry-run").json
    assert said["removed"][0]["reason"] == "confidential" and said["commit"] is None


# --- somebody else works there, too


def test_what_was_changed_there_stays(publish: Publish, public: Repository, secret: Repository) -> None:
    publish()
    public.write(PATH, motion(title="Dort"))
    edited = public.commit()
    assert publish(status=1).out.count("2292 (V) HHA was changed in the public register") == 1
    secret.write(PATH, motion(title="Hier"))
    secret.write(OTHER_PATH, motion("3185 (V) HHA"))
    secret.commit()
    assert "  + 3185 (V) HHA" in publish(status=1).out
    assert 'title = "Dort"' in public.at(PATH) and edited in public.git("rev-list", "HEAD")
    assert "~ 2292 (V) HHA (changed there meanwhile)" in publish("--overwrite").out
    assert 'title = "Hier"' in public.at(PATH)


def test_what_was_deleted_there_stays_away(publish: Publish, public: Repository) -> None:
    publish()
    public.git("rm", "--quiet", PATH)
    public.commit()
    assert "2292 (V) HHA was deleted in the public register" in publish(status=1).out
    assert PATH not in listed(public)
    publish("--overwrite")
    assert public.at(PATH) == motion()


def test_what_must_not_be_public_goes_even_if_changed_there(
    publish: Publish, public: Repository, secret: Repository
) -> None:
    publish()
    public.write(PATH, motion(title="Dort"))
    public.commit()
    secret.write(PATH, confidential(motion()))
    secret.commit()
    assert "- 2292 (V) HHA: not public any more (changed there meanwhile)" in publish().out
    assert listed(public) == ["motions/council.toml"]


def test_what_does_not_come_from_here_stays(publish: Publish, public: Repository, secret: Repository) -> None:
    publish()
    public.write(OTHER_PATH, motion("3185 (V) HHA"))
    public.write("README.md", "x")
    public.commit()
    assert f"1 file there does not come from here and stays: {OTHER_PATH}" in publish().out
    assert {OTHER_PATH, "README.md"} < set(listed(public))
    # nor does it become ours with the next publication
    for title in ("Neu", "Neuer"):
        secret.write(PATH, motion(title=title))
        secret.commit()
        publish()
    assert {OTHER_PATH, "README.md"} < set(listed(public))


def test_a_public_register_that_was_there_before(publish: Publish, public: Repository) -> None:
    register(public.root, {PATH: motion(title="Dort")}, council=PUBLIC)
    assert "2292 (V) HHA was changed in the public register" in publish(status=1).out
    publish("--overwrite")
    assert public.at(PATH) == motion()


def test_a_repository_without_a_register(publish: Publish, public: Repository) -> None:
    empty(public.root)
    public.write("README.md", "x")
    public.commit()
    # left by a publication that was interrupted
    public.write("motions/council.toml", PUBLIC)
    publish()
    assert listed(public) == ["README.md", PATH, "motions/council.toml"] and public.changed() == ""


def test_a_publication_that_was_interrupted(publish: Publish, public: Repository, secret: Repository) -> None:
    publish("--dry-run")
    # the first thing that is written
    empty(public.root)
    public.write("motions/council.toml", PUBLIC)
    publish()
    assert public.at(PATH) == motion() and public.changed() == ""
    # the last one: the record
    secret.git("update-ref", "-d", "refs/antragsbuch/published/public")
    publish()
    assert f"Published-As: {public.head()}" in secret.message("refs/antragsbuch/published/public")


@pytest.mark.skipif(STRACE is None, reason="strace is not installed")
def test_a_publication_that_was_killed_is_finished_by_the_next(
    publish: Publish, public: Repository, secret: Repository
) -> None:
    publish()
    killed = 0
    # Python's own files are no matter here
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    for number in range(1, 20):
        secret.write(PATH, motion(title=f"Titel {number}"))
        secret.write(OTHER_PATH, motion("3185 (V) HHA", title=f"Titel {number}"))
        secret.commit()
        # where it changes files: journal, work tree
        inject = ("-e", "trace=rename", "-e", f"inject=rename:signal=KILL:when={number}")
        command = [str(STRACE), "-qq", *inject, str(SCRIPT), "publish", str(public.root), "--yes"]
        done = subprocess.run(command, cwd=secret.root, capture_output=True, check=False, env=environment)
        publish()
        assert (
            public.changed() == ""
            and f"Titel {number}" in public.at(PATH)
            and f"Titel {number}" in public.read(OTHER_PATH)
        )
        assert f"Published-As: {public.head()}" in secret.message("refs/antragsbuch/published/public")
        if done.returncode == 0:
            break
        killed += 1
    assert killed > 2 and done.returncode == 0
    assert not (public.root / ".git/antragsbuch/journal").exists()


# --- the record


def test_what_was_published_from_where_is_kept_here_only(
    publish: Publish, public: Repository, secret: Repository
) -> None:
    publish()
    first = secret.head(), public.head()
    secret.write(PATH, motion(title="Neu"))
    secret.commit()
    publish()
    record = "refs/antragsbuch/published/public"
    for revision, (source, commit) in ((record, (secret.head(), public.head())), (f"{record}~1", first)):
        assert f"Source: {source}\nPublished-As: {commit}\n" in secret.message(revision)
        assert secret.git("rev-parse", f"{revision}^{{tree}}") == secret.git("rev-parse", f"{source}^{{tree}}")
    assert public.git("for-each-ref", "--format=%(refname)") == "refs/heads/main"
    before = secret.git("for-each-ref")
    publish()
    assert secret.git("for-each-ref") == before


def test_a_council_with_a_new_name(publish: Publish, public: Repository, secret: Repository) -> None:
    publish()
    secret.write("motions/council.toml", CONFIDENTIAL.replace("Region Beispiel", "Kreis Beispiel"))
    secret.commit()
    publish()
    assert "Kreis Beispiel" in public.at("motions/council.toml")


def test_from_a_clone_that_is_behind(publish: Publish, secret: Repository, tmp_path: Path, cli: Cli) -> None:
    publish()
    other = secret.clone(tmp_path / "other")
    assert "git pull first" not in cli("publish", "../public", "--yes", at=other.root).out
    secret.write(PATH, motion(title="Neu"))
    secret.commit()
    assert "git pull first" not in publish().out
    assert "git pull first" in cli("publish", "../public", "--dry-run", at=other.root).out
    secret.git("reset", "--quiet", "--hard", "HEAD~1")
    assert publish("--dry-run", "--json").json["overtaken"] is True


# --- hubs


def test_into_a_hub(publish: Publish, secret: Repository, tmp_path: Path, cli: Cli) -> None:
    hub = Repository(tmp_path / "hub.git")
    cli("init", "--hub", "hub.git", at=tmp_path)
    publish(to=hub.root)
    assert listed(hub) == [PATH, "motions/council.toml"] and hub.at(PATH) == motion()
    secret.write(PATH, motion(title="Neu"))
    secret.commit()
    publish(to=hub.root)
    assert len(hub.subjects()) == 2 and 'title = "Neu"' in hub.at(PATH)
    assert not (hub.root / "index").exists() and not (hub.root / "motions").exists()
    hub.check()


def test_into_a_hub_of_a_group(publish: Publish, tmp_path: Path) -> None:
    empty(tmp_path).git("init", "--quiet", "--bare", "--shared=group", "hub.git")
    publish(to=tmp_path / "hub.git")
    for path in (tmp_path / "hub.git/antragsbuch").iterdir():
        assert path.stat().st_mode & 0o060 == 0o060
    assert (tmp_path / "hub.git/refs/heads/main").stat().st_mode & 0o060 == 0o060


def test_a_hub_takes_what_was_published(
    publish: Publish, public: Repository, secret: Repository, tmp_path: Path, cli: Cli
) -> None:
    cli("init", "--hub", "hub.git", at=tmp_path)
    secret.write(
        PATH, motion(more=CLOSED + '\n[[consultations.votes]]\nid = "v1"\nresult = "rejected"\nyes = 1\nno = 2\n')
    )
    secret.commit()
    publish()
    public.git("remote", "add", "hub", str(tmp_path / "hub.git"))
    public.git("push", "--quiet", "hub", "main")
    secret.write(PATH, confidential(motion()))
    secret.write(OTHER_PATH, motion("3185 (V) HHA"))
    secret.commit()
    assert f"git -C {public.root} push" in publish().err
    public.git("push", "--quiet", "hub", "main")
    assert Repository(tmp_path / "hub.git").git("rev-parse", "main") == public.head()
