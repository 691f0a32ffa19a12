"""What is checked, and from where: the work tree, the index, a commit; all of it, or what changed."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from antragsbuch.store import checking, rechecking
from antragsbuch.store.checking import Outcome, Revision, Staged, WorkTree, check
from antragsbuch.store.errors import NoCommonHistory, NotARegister, NotFound, StoreError
from antragsbuch_schema.diagnostics import Located
from antragsbuch_schema.rules import RULES, Scope
from antragsbuch_schema.validate import check_files, conclude, directory_of, validate_register
from support.generated import Register
from support.repositories import COUNCIL, OTHER_PATH, PATH, Repository, empty, motion, register

DAY = dt.date(2025, 7, 1)
TIE = motion(yes=3)
"""Accepted with 3 : 3: an error."""
TAKEN = "motions/V/2200/2293-HHA.toml"


def codes(outcome: Outcome) -> set[tuple[str, str]]:
    return {(found.path, found.finding.code) for found in outcome.report.findings}


def said(findings: object) -> list[tuple[str, object, str, str]]:
    assert isinstance(findings, (list, tuple))
    return [(each.path, each.span, each.finding.code, each.finding.message("en")) for each in findings]


def oracle(repository: Repository, day: dt.date = DAY) -> tuple[Located, ...]:
    """What the rules find in the files that lie there, read one by one."""
    root = repository.root
    files = [
        (path.relative_to(root).as_posix(), path.read_bytes())
        for path in sorted((root / "motions").rglob("*.toml"))
        if path.name != "council.toml" and not path.is_symlink()
    ]
    return validate_register(files, (root / "motions/council.toml").read_bytes(), day).findings


def settle(repository: Repository) -> None:
    """Let every file look as if it had been written long ago."""
    for file in (repository.root / "motions").rglob("*.toml"):
        os.utime(file, ns=(1_600_000_000_000_000_000, 1_600_000_000_000_000_000), follow_symlinks=False)


@pytest.fixture
def made(isolated: Path, tmp_path: Path) -> Repository:
    """Forty motions, some of them with mistakes."""
    Register(40).repository(tmp_path / "made")
    return Repository(tmp_path / "made")


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Counts how often more is looked at than what was kept."""
    seen: list[str] = []
    original = rechecking.recheck

    def spy(root: Path, *rest: object, **options: object) -> Outcome:
        seen.append(str(root))
        return original(root, *rest, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(rechecking, "recheck", spy)
    return seen


class TestWorkTree:
    def test_the_same_as_the_rules_alone_and_the_same_again(self, made: Repository, looked_at: list[str]) -> None:
        settle(made)
        first = check(made.root, WorkTree(), today=DAY)
        assert said(first.report.findings) == said(oracle(made))
        assert first.report.findings
        again = check(made.root, WorkTree(), today=DAY)
        assert len(looked_at) == 1
        assert (again.report, again.paths, again.day) == (first.report, first.paths, first.day)
        assert len(first.paths) == first.report.files == 41
        path = first.report.findings[0].path
        assert again.source(path) == first.source(path) == (made.root / path).read_bytes()

    def test_every_change_is_seen(self, made: Repository) -> None:
        settle(made)
        check(made.root, WorkTree(), today=DAY)
        paths = [path for path in check(made.root, WorkTree(), today=DAY).paths if path != "motions/council.toml"]
        made.write(paths[0], TIE)
        (made.root / paths[1]).unlink()
        made.write("motions/V/9900/9901-HHA.toml", motion("9901 (V) HHA", id="m" * 8))
        for _ in range(2):
            assert said(check(made.root, WorkTree(), today=DAY).report.findings) == said(oracle(made))
        council = made.root / "motions/council.toml"
        council.write_text(council.read_text().replace("Verkehrsausschuss", "Ausschuss für Verkehr"))
        assert said(check(made.root, WorkTree(), today=DAY).report.findings) == said(oracle(made))

    def test_another_day_has_other_findings(self, made: Repository) -> None:
        settle(made)
        for day in (DAY, dt.date(2000, 1, 1), dt.date(2030, 1, 1), DAY):
            assert said(check(made.root, WorkTree(), today=day).report.findings) == said(oracle(made, day))

    def test_what_is_kept_of_one_day_serves_just_the_days_on_which_it_is_the_same(self, made: Repository) -> None:
        """Whatever day was asked for before, each day gets what holds on it, hidden findings too."""
        comment = "# antrag: ignore-file[OU, DT, SU] not yet until 2025-07-05\n"
        made.write(PATH, motion("2292 (V) HHA", yes=1) + comment)
        paths = sorted((made.root / "motions/V").rglob("*.toml"))[-6:]
        settle(made)
        near = {
            dt.date.fromisoformat(words) + dt.timedelta(shift)
            for path in [*paths, made.root / PATH]
            for words in re.findall("[0-9]{4}-[0-9]{2}-[0-9]{2}", path.read_text())
            for shift in (-1, 0, 1)
        }
        days = Random(1).sample(sorted(near), 24)
        council = (made.root / "motions/council.toml").read_bytes()
        files = [
            (path.relative_to(made.root).as_posix(), path.read_bytes())
            for path in (made.root / "motions").rglob("*.toml")
            if path.name != "council.toml"
        ]
        every = list(check_files(files, directory_of(council)))
        for day in days:
            expected = conclude(every, council, directory_of(council), day)
            report = check(made.root, WorkTree(), today=day).report
            assert said(report.findings) == said(expected.findings)
            assert said(report.ignored) == said(expected.ignored)

    def test_many_files_are_read_by_several_processes(self, isolated: Path, tmp_path: Path) -> None:
        Register(150).repository(tmp_path / "many")
        many = Repository(tmp_path / "many")
        told: list[tuple[int, int]] = []
        many.write("motions/V/9900/9901-HHA.toml", TIE)
        many.write("motions/V/9900/9902-HHA.toml", motion("9902 (V) HHA").replace("public = true\n", ""))
        (many.root / "motions/V/9900/9903-HHA.toml").write_bytes(b"\xff")
        found = check(many.root, WorkTree(), today=DAY, jobs=2, progress=lambda *done: told.append(done))
        assert said(found.report.findings) == said(oracle(many))
        assert told[-1] == (153, 153)
        shutil.rmtree(many.root / ".git/antragsbuch/checked")
        assert check(many.root, WorkTree(), today=DAY, jobs=1).report == found.report

    @pytest.mark.parametrize("damage", [b"", b"00000000\n{}", b"\xff\x00", None])
    def test_what_was_kept_may_be_lost_or_damaged(self, made: Repository, damage: bytes | None) -> None:
        settle(made)
        before = check(made.root, WorkTree(), today=DAY)
        folder = made.root / ".git/antragsbuch/checked"
        files = list(folder.iterdir())
        assert {file.name.partition("-")[0] for file in files} >= {"answer", "files", "carried"}
        for file in files:
            if damage is None:
                data = bytearray(file.read_bytes())
                data[len(data) // 2] ^= 1
                file.write_bytes(bytes(data))
            else:
                file.write_bytes(damage)
        assert check(made.root, WorkTree(), today=DAY).report == before.report

    def test_named_files_and_folders(self, clone: Repository) -> None:
        clone.write(PATH, TIE)
        clone.write(OTHER_PATH, motion("3185 (V) HHA", yes=3))
        assert check(clone.root, WorkTree(), [PATH]).paths == (PATH,)
        assert {path for path, _code in codes(check(clone.root, WorkTree(), ["motions/V/3100/"]))} == {OTHER_PATH}
        assert len(check(clone.root, WorkTree(), ["."]).paths) == 3
        with pytest.raises(NotFound, match="is no file of this register"):
            check(clone.root, WorkTree(), ["motions/none.toml"])

    def test_links_are_findings(self, clone: Repository) -> None:
        (clone.root / "motions/V/link.toml").symlink_to("/etc/passwd")
        (clone.root / "motions/V/other").symlink_to("..")
        assert codes(check(clone.root, WorkTree())) == {
            ("motions/V/link.toml", "TO001"), ("motions/V/other", "TO001"),
        }  # fmt: skip

    @pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
    def test_a_file_that_can_be_read_again(self, clone: Repository) -> None:
        settle(clone)
        (clone.root / PATH).chmod(0)
        assert codes(check(clone.root, WorkTree())) == {(PATH, "TO001")}
        (clone.root / PATH).chmod(0o644)
        assert codes(check(clone.root, WorkTree())) == set()

    def test_in_a_second_work_tree(self, clone: Repository, tmp_path: Path) -> None:
        second = clone.worktree(tmp_path / "second", "second")
        second.write(PATH, TIE)
        settle(second)
        for _ in range(2):
            assert (PATH, "VO003") in codes(check(second.root, WorkTree()))
            assert (PATH, "VO003") not in codes(check(clone.root, WorkTree()))

    def test_without_git(self, clone: Repository, tmp_path: Path) -> None:
        shutil.copytree(clone.root / "motions", tmp_path / "plain/motions")
        (tmp_path / "plain" / PATH).write_text(TIE)
        outcome = check(tmp_path / "plain", WorkTree())
        assert (PATH, "VO003") in codes(outcome)
        assert outcome.day == dt.date.today()
        with pytest.raises(StoreError):
            check(tmp_path / "plain", WorkTree(), since="main")

    def test_two_at_once_on_one_register(self, made: Repository) -> None:
        """The files are replaced as a whole: who reads meanwhile sees the old ones or the new ones."""
        settle(made)
        folder = made.root / ".git/antragsbuch/checked"
        expected = check(made.root, WorkTree(), today=DAY).report
        kept = {file.name: file.read_bytes() for file in folder.iterdir()}
        for name in kept:
            (folder / name).unlink()
            assert check(made.root, WorkTree(), today=DAY).report == expected
            (folder / name).write_bytes(kept[name][:-1])
            assert check(made.root, WorkTree(), today=DAY).report == expected


class TestDay:
    def test_of_the_commit_in_the_zone_of_the_council(self, clone: Repository) -> None:
        # the first commit is of 14 November 2023, 22:13 in UTC
        settle(clone)
        for _ in range(2):
            assert check(clone.root, WorkTree()).day == dt.date(2023, 11, 14)
        assert check(clone.root, Revision("HEAD")).day == check(clone.root, Staged()).day == dt.date(2023, 11, 14)
        clone.write(
            "motions/council.toml", COUNCIL.replace("[reference]", 'time_zone = "Asia/Tokyo"\n\n[reference]', 1)
        )
        assert check(clone.root, WorkTree()).day == dt.date.today()
        clone.commit()
        assert check(clone.root, WorkTree()).day == dt.date(2023, 11, 15)
        clone.write(OTHER_PATH, motion("3185 (V) HHA"))
        assert check(clone.root, WorkTree()).day == dt.date.today()
        assert check(clone.root, Staged()).day == dt.date(2023, 11, 15)
        clone.git("add", ".")
        assert check(clone.root, Staged()).day == dt.date.today()

    @pytest.mark.parametrize("zone", ["Nowhere/Town", "../../etc/passwd", "", "/etc/localtime"])
    def test_a_zone_that_is_none(self, zone: str) -> None:
        from antragsbuch.store.place import day_of

        assert day_of(1_700_000_000, {"time_zone": zone}) == dt.date(2023, 11, 14)
        assert day_of(1 << 60, {}) == dt.date(1970, 1, 1)


class TestStaged:
    def test_not_what_lies_in_the_work_tree(self, clone: Repository) -> None:
        clone.write(PATH, TIE)
        clone.git("add", PATH)
        clone.write(PATH, motion())
        clone.write(OTHER_PATH, TIE)
        outcome = check(clone.root, Staged())
        assert outcome.paths == (PATH, "motions/council.toml")
        assert (PATH, "VO003") in codes(outcome)
        assert outcome.source(PATH) == TIE.encode()
        assert (PATH, "VO003") not in codes(check(clone.root, WorkTree()))

    def test_what_is_only_announced_is_not_staged(self, clone: Repository) -> None:
        clone.write(OTHER_PATH, motion("3185 (V) HHA"))
        clone.git("add", "--intent-to-add", OTHER_PATH)
        assert OTHER_PATH not in check(clone.root, Staged()).paths

    def test_a_merge_that_is_not_finished(self, clone: Repository) -> None:
        clone.git("checkout", "-q", "-b", "side")
        clone.write(PATH, motion(title="Anders"))
        clone.commit()
        clone.git("checkout", "-q", "main")
        clone.write(PATH, motion(title="Noch anders"))
        clone.commit()
        clone.fails("merge", "side")
        assert codes(check(clone.root, Staged())) == {(PATH, "TO002")}

    def test_before_the_first_commit(self, isolated: Path, tmp_path: Path) -> None:
        repository = empty(tmp_path / "new")
        repository.write("motions/council.toml", COUNCIL)
        repository.write(PATH, TIE)
        repository.git("add", ".")
        assert (PATH, "VO003") in codes(check(repository.root, Staged()))
        with pytest.raises(NotFound):
            check(repository.root, Revision("HEAD"))
        with pytest.raises(StoreError):
            check(repository.root, WorkTree(), since="main")


class TestRevision:
    def test_an_old_commit_says_what_its_checkout_says(self, made: Repository, tmp_path: Path) -> None:
        paths = [path for path in made.git("ls-files").splitlines() if path.startswith("motions/V/")]
        old = made.head()
        made.write(paths[0], TIE)
        (made.root / paths[1]).unlink()
        (made.root / "motions/V/link.toml").symlink_to("x")
        made.write("motions/V/folder.toml/x.toml", motion("1 (V) HHA"))
        made.write("motions/.hidden/x.toml", "x")
        new = made.commit()
        made.git("rm", "-q", "-r", "motions/V")
        made.commit()
        for commit in (old, new):
            there = made.clone(tmp_path / commit)
            there.git("checkout", "-q", "--detach", commit)
            expected = check(there.root, WorkTree())
            for _ in range(2):
                found = check(made.root, Revision(commit))
                assert (said(found.report.findings), found.paths, found.day) == (
                    said(expected.report.findings), expected.paths, expected.day,
                )  # fmt: skip
        assert any("link.toml" in path for path, _code in codes(found))

    def test_in_a_bare_repository(self, clone: Repository, tmp_path: Path) -> None:
        clone.write(PATH, TIE)
        clone.commit()
        clone.git("clone", "-q", "--bare", str(clone.root), str(tmp_path / "hub.git"))
        outcome = check(tmp_path / "hub.git", Revision("main"))
        assert (PATH, "VO003") in codes(outcome)
        assert outcome.source(PATH) == TIE.encode()
        for origin in (WorkTree(), Staged()):
            with pytest.raises(NotARegister):
                check(tmp_path / "hub.git", origin)

    def test_in_the_quarantine_of_a_push(self, clone: Repository, tmp_path: Path) -> None:
        clone.git("clone", "-q", "--bare", str(clone.root), str(tmp_path / "hub.git"))
        hook = tmp_path / "hub.git/hooks/pre-receive"
        hook.write_text(
            "#!/usr/bin/env python3\nimport sys\n"
            f"sys.path[:0] = {[str(Path(checking.__file__).parents[2]), *__import__('sys').path]!r}\n"
            "from pathlib import Path\nfrom antragsbuch.store.checking import Revision, check\n"
            "_old, new, _ref = sys.stdin.read().split()\n"
            "found = check(Path.cwd(), Revision(new)).report.findings\n"
            "print([each.finding.code for each in found], file=sys.stderr)\nsys.exit(bool(found))\n"
        )
        hook.chmod(0o755)
        clone.write(PATH, TIE)
        clone.commit()
        assert "VO003" in clone.fails("push", "-q", str(tmp_path / "hub.git"), "main")
        clone.write(PATH, motion(title="Gut"))
        clone.commit()
        clone.git("push", "-q", str(tmp_path / "hub.git"), "main")

    @pytest.mark.parametrize("name", ["nothing", "-x", "--all", "a\0b", "", "HEAD:motions", "HEAD..HEAD"])
    def test_what_is_no_commit(self, clone: Repository, name: str) -> None:
        with pytest.raises(NotFound):
            check(clone.root, Revision(name))

    def test_the_branch_that_was_meant(self, clone: Repository, tmp_path: Path) -> None:
        clone.git("branch", "haushalt-2024")
        with pytest.raises(NotFound) as caught:
            check(clone.root, WorkTree(), since="haushalt2024")
        assert caught.value.suggestions == ("haushalt-2024",)
        there = clone.clone(tmp_path / "there")
        with pytest.raises(NotFound) as caught:
            check(there.root, WorkTree(), since="haushalt-2024")
        assert caught.value.suggestions[0] == "origin/haushalt-2024"

    def test_a_commit_without_a_register(self, isolated: Path, tmp_path: Path) -> None:
        repository = empty(tmp_path / "other")
        repository.write("README", "x")
        repository.commit()
        for origin in (WorkTree(), Staged(), Revision("main")):
            with pytest.raises(NotARegister):
                check(repository.root, origin)


def since_oracle(repository: Repository, base: Repository, scope: set[str]) -> list[Located]:
    """What two full runs say together: findings of the files in scope, and those between motions that concern one of
    them or did not hold before."""

    def key(found: Located) -> tuple[str, str, str, str]:
        return found.path, found.finding.code, repr(found.finding.place), found.finding.message("en")

    before = {key(found) for found in oracle(base)}
    result = []
    for found in oracle(repository):
        between = RULES[found.finding.code].scope is Scope.REGISTER
        places = {found.path, *(path for path, _span, _message in found.related)} if between else {found.path}
        if places & scope or (between and key(found) not in before):
            result.append(found)
    return result


class TestSince:
    @pytest.fixture
    def branch(self, isolated: Path, tmp_path: Path) -> Repository:
        """A branch of a register whose main went on."""
        files = {PATH: motion(), OTHER_PATH: TIE.replace("2292", "3185").replace(TIE[6:14], "m3185aaa")}
        files["motions/V/2200/2294-HHA.toml"] = motion("2294 (V) HHA", more="\n").replace(
            "public = true", 'public = true\nrelated_papers = ["2292 (V) HHA", "1 (V) HHA"]'
        )
        repository = register(tmp_path / "r", files)
        repository.git("checkout", "-q", "-b", "work")
        return repository

    @pytest.mark.parametrize(("committed", "warm"), [(False, True), (True, False)])
    @pytest.mark.parametrize("step", ["change", "rename", "delete", "copy", "clash", "untracked", "nothing"])
    def test_the_same_as_two_full_runs(
        self, branch: Repository, tmp_path: Path, step: str, committed: bool, warm: bool
    ) -> None:
        base = branch.clone(tmp_path / "base")
        settle(branch)
        if warm:
            check(branch.root, WorkTree(), today=DAY)
        steps: dict[str, Callable[[], set[str]]] = {
            "change": lambda: {self.put(branch, PATH, TIE)},
            "rename": lambda: {
                self.gone(branch, PATH), self.put(branch, TAKEN, motion().replace("2292 (V)", "2293 (V)")),
            },
            "delete": lambda: {self.gone(branch, PATH)},
            "copy": lambda: {self.put(branch, TAKEN, motion())},
            "clash": lambda: {self.put(branch, TAKEN, motion(id="n3w5b8dz"))},
            "untracked": lambda: {self.put(branch, TAKEN, TIE.replace("2292 (V)", "2293 (V)"))},
            "nothing": set,
        }  # fmt: skip
        scope = steps[step]()
        if committed:
            branch.commit()
        found = check(branch.root, WorkTree(), since="main", today=DAY)
        assert said(found.report.findings) == said(since_oracle(branch, base, scope))
        assert set(found.paths) == {path for path in scope if (branch.root / path).exists()}
        if committed:
            again = check(branch.root, Revision("work"), since="main", today=DAY)
            assert said(again.report.findings) == said(found.report.findings)
        if step == "delete":
            assert {code for _path, code in codes(found)} == {"RG004"}

    @staticmethod
    def put(repository: Repository, path: str, text: str) -> str:
        repository.write(path, text)
        return path

    @staticmethod
    def gone(repository: Repository, path: str) -> str:
        (repository.root / path).unlink()
        return path

    def test_what_main_did_meanwhile_is_not_the_branchs(self, branch: Repository) -> None:
        branch.git("checkout", "-q", "main")
        branch.write(PATH, TIE)
        branch.commit()
        branch.git("checkout", "-q", "work")
        branch.write(TAKEN, motion("2293 (V) HHA"))
        assert check(branch.root, WorkTree(), since="main").paths == (TAKEN,)
        branch.git("add", TAKEN)
        assert check(branch.root, Staged(), since="main").paths == (TAKEN,)
        branch.commit()
        assert check(branch.root, Revision("work"), since="main").paths == (TAKEN,)

    def test_with_another_council_every_motion_may_be_judged_otherwise(self, branch: Repository) -> None:
        branch.write("motions/council.toml", COUNCIL + "\n# changed\n")
        found = check(branch.root, WorkTree(), since="main", today=DAY)
        assert len(found.paths) == 4
        assert said(found.report.findings) == said(oracle(branch))

    def test_a_comment_that_ignores_is_heeded_in_files_that_did_not_change(self, branch: Repository) -> None:
        path = "motions/V/2200/2294-HHA.toml"
        branch.write(path, branch.read(path).replace("related_papers", "# antrag: ignore[RG004] known\nrelated_papers"))
        branch.commit()
        branch.git("branch", "-f", "main")
        (branch.root / PATH).unlink()
        found = check(branch.root, WorkTree(), since="main", today=DAY)
        assert found.report.findings == ()
        assert [each.finding.code for each in found.report.ignored] == ["RG004"]

    def test_windows_line_ends_are_no_change_where_git_makes_them(self, branch: Repository) -> None:
        branch.git("config", "core.autocrlf", "true")
        for path in branch.git("ls-files", "motions").splitlines():
            (branch.root / path).unlink()
        branch.git("checkout", "--", ".")
        assert b"\r\n" in (branch.root / PATH).read_bytes()
        council = branch.root / "motions/council.toml"
        council.write_bytes(council.read_bytes().replace(b"\r\n", b"\n"))
        assert check(branch.root, WorkTree(), since="main").paths == ()

    def test_nothing_in_common(self, branch: Repository) -> None:
        branch.git("checkout", "-q", "--orphan", "alone")
        branch.commit()
        with pytest.raises(NoCommonHistory, match="no commit in common"):
            check(branch.root, WorkTree(), since="main")

    def test_a_shallow_clone_says_what_to_fetch(self, branch: Repository, tmp_path: Path) -> None:
        first = branch.head()
        branch.write(PATH, motion(title="Neu"))
        branch.commit()
        branch.git("clone", "-q", "--depth=1", f"file://{branch.root}", str(tmp_path / "shallow"))
        with pytest.raises(NotFound, match="--unshallow"):
            check(tmp_path / "shallow", WorkTree(), since=first)
        outcome = check(tmp_path / "shallow", WorkTree())
        assert "lacks a part of the history" in outcome.notes[0]
        assert check(branch.root, WorkTree()).notes == ()


class TestReused:
    def test_a_reference_of_a_motion_that_is_gone(self, clone: Repository, tmp_path: Path) -> None:
        (clone.root / PATH).unlink()
        clone.commit()
        clone.write(PATH, motion(id="n3w5b8dz"))
        clone.commit()
        for origin in (WorkTree(), Staged(), Revision("HEAD")):
            assert codes(check(clone.root, origin)) == {(PATH, "RG005")}
        # only what came since is looked at, and another branch has another history
        clone.write(OTHER_PATH, motion("3185 (V) HHA"))
        clone.commit()
        assert codes(check(clone.root, WorkTree())) == {(PATH, "RG005")}
        clone.git("checkout", "-q", "--orphan", "fresh")
        clone.commit()
        assert codes(check(clone.root, WorkTree())) == set()
        there = clone.clone(tmp_path / "there")
        assert codes(check(there.root, Revision("origin/main"), since="origin/main~1")) == set()

    def test_also_where_a_merge_dropped_it(self, clone: Repository) -> None:
        clone.git("checkout", "-q", "-b", "side")
        clone.write(OTHER_PATH, motion("3185 (V) HHA"))
        clone.commit()
        clone.git("checkout", "-q", "main")
        clone.git("merge", "-q", "--no-ff", "-s", "ours", "side")
        clone.write(OTHER_PATH, motion("3185 (V) HHA", id="n3w5b8dz"))
        clone.commit()
        assert codes(check(clone.root, WorkTree())) == {(OTHER_PATH, "RG005")}


def test_nothing_of_a_prepared_repository_runs(clone: Repository, tmp_path: Path) -> None:
    witness = tmp_path / "ran"
    script = tmp_path / "evil"
    script.write_text(f"#!/bin/sh\ntouch {witness}\ncat\n")
    script.chmod(0o755)
    clone.git("checkout", "-q", "-b", "work")
    clone.write(".gitattributes", "*.toml filter=evil diff=evil\n")
    clone.commit()
    for key in ("core.fsmonitor", "filter.evil.clean", "filter.evil.smudge", "diff.evil.textconv", "diff.external"):
        clone.git("config", key, str(script))
    clone.write(PATH, TIE)
    for origin in (WorkTree(), Staged(), Revision("HEAD")):
        check(clone.root, origin)
        check(clone.root, origin, since="main")
    assert not witness.exists()
