"""A save and a commit that end anywhere: killed, without a disk, in the middle of git. Nothing acknowledged is lost.

Each test holds `Scene.check`: what was said to be saved or committed is there, git finds nothing damaged, no lock
is left after the next start, nobody else's staged or unsaved file has changed, and the next commit works by itself.
With `--sweep` the crash comes at every system call in turn, else at a few of them.
"""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from support.crashes import STRACE, WRITING, Scene, kill_all, kill_at, points, scene

PARTS = 2
"""The sweep over the program is cut into so many tests, to run side by side."""
SAMPLE = 12
"""Every so many system calls where there is no `--sweep`."""
CALLS = {
    "blobs": "-t blob",
    "trees": "-t tree",
    "commit": "commit-tree",
    "branch": "update-ref",
    "index": "apply --cached",
}
"""The gits of a commit that write, each by what it is called with."""
FAULTS = {
    "disk full": "write:error=ENOSPC:when=1+",
    "fsync fails": "fsync:error=EIO:when=1+",
    "read-only": "rename,link,linkat:error=EROFS:when=1+",
}
REFUSABLE = ("fsync", "rename", "renameat", "mkdir", "ftruncate", "unlink", "fchmod")

traced = pytest.mark.skipif(STRACE is None, reason="needs strace")


@pytest.fixture
def step(request: pytest.FixtureRequest) -> int:
    """How far the crashes of one sweep are apart."""
    return 1 if request.config.getoption("--sweep") else SAMPLE


def scenes(folder: Path) -> Iterator[Scene]:
    for number in count():
        yield scene(folder / str(number))


@traced
@pytest.mark.parametrize("part", range(PARTS))
def test_the_program_is_killed_at_any_system_call(isolated: Path, tmp_path: Path, step: int, part: int) -> None:
    place = scene(tmp_path / "whole")
    said, _met = place.traced("-e", f"trace={WRITING}")
    place.check(said)
    every = points(place.state / "strace")
    assert len(every) > 50
    for point, place in zip(every[part * step :: PARTS * step], scenes(tmp_path), strict=False):
        said, killed = place.traced(*kill_at(point))
        assert killed, point
        place.check(said)


@traced
@pytest.mark.parametrize("call", CALLS)
def test_git_is_killed_at_any_system_call(isolated: Path, tmp_path: Path, step: int, call: str) -> None:
    place = scene(tmp_path / "whole")
    said, _met = place.with_git_under(CALLS[call], "-e", f"trace={WRITING}")
    place.check(said)
    # a file opened for reading changes nothing, a folder of objects is not made each time: left to the whole sweep
    some = ("openat", "mkdir")
    every = [point for point in points(place.state / "git/strace") if step == 1 or point[0] not in some]
    chosen = every[:: (step + 1) // 2]
    crashes = 0
    for point, place in zip(chosen, scenes(tmp_path), strict=False):
        said, killed = place.with_git_under(CALLS[call], *kill_at(point))
        assert "saved" in said
        place.check(said)
        crashes += killed
    # git does not open the very same files each time
    assert crashes > 0.9 * len(chosen)


@pytest.mark.parametrize("seed", range(4))
def test_everything_is_killed_at_a_random_moment(isolated: Path, tmp_path: Path, step: int, seed: int) -> None:
    chance = random.Random(seed)
    for place, _round in zip(scenes(tmp_path), range(75 if step == 1 else 1), strict=False):
        process = place.start()
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
        try:
            process.wait(timeout=chance.uniform(0, 0.08))
        except subprocess.TimeoutExpired:
            kill_all(process.pid)
        said, _errors = process.communicate()
        place.check(said)


@traced
@pytest.mark.parametrize("error", ["EIO", "ENOSPC", "EROFS"])
@pytest.mark.parametrize("call", REFUSABLE)
def test_the_file_system_refuses_once(isolated: Path, tmp_path: Path, step: int, call: str, error: str) -> None:
    if step > 1 and (error, call) not in (("EIO", "fsync"), ("ENOSPC", "rename"), ("EROFS", "unlink")):
        pytest.skip("only with --sweep")
    for at, place in zip(count(1), scenes(tmp_path), strict=False):
        said, met = place.traced("-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={at}")
        place.check(said)
        if not met:
            assert "committed" in said
            break
        assert "committed" in said or "refused CannotWrite" in said


@traced
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("fault", FAULTS.values(), ids=list(FAULTS))
def test_the_file_system_refuses_git(isolated: Path, tmp_path: Path, call: str, fault: str) -> None:
    place = scene(tmp_path / "scene")
    said, met = place.with_git_under(CALLS[call], "-e", f"trace={WRITING}", "-e", f"inject={fault}")
    place.check(said)
    if met and call != "index":
        assert "refused" in said
        assert "committed" not in said
    else:
        assert "committed" in said


@pytest.mark.parametrize("limit", [0, 100, 350, 700, 2000])
def test_the_disk_is_full(isolated: Path, tmp_path: Path, limit: int) -> None:
    place = scene(tmp_path / "scene")
    said, errors = place.start(limit=limit).communicate("go\n")
    assert "Traceback" not in errors
    assert ("refused" in said) == (limit < 2000)
    if limit < 300:
        assert "saved" not in said
        assert "refused CannotWrite" in said
    place.check(said)


@traced
def test_everything_is_on_the_disk_before_it_is_acknowledged(isolated: Path, tmp_path: Path) -> None:
    place = scene(tmp_path / "scene")
    said, _met = place.traced("-f", "-y", "-s", "64", "-e", "trace=fsync,rename,renameat,link,write")
    assert "committed" in said
    synced: set[str] = set()
    named: list[str] = []
    words = 0
    for line in (place.state / "strace").read_text(encoding="utf-8").splitlines():
        call = line.partition(" ")[2].lstrip()
        if call.startswith("fsync("):
            synced.update(Path(path).name for path in re.findall(r"<(/[^>]+)>", call))
        elif call.startswith(("rename", "link")):
            source, target = (Path(path).name for path in re.findall(r'"([^"]+)"', call))
            named.append(target)
            assert source in synced or target == "index", f"{target} was named before its content was on the disk"
        elif '"saved' in call:
            words += 1
            assert named == ["2292-HHA.toml"]
            assert "2200" in synced, "the folder, too"
        elif '"committed' in call:
            words += 1
            assert {"journal", "main"} <= set(named)
            assert "antragsbuch" in synced, "the folder of the journal, too"
            objects = [name for name in named if re.fullmatch("[0-9a-f]{38}", name)]
            assert len(objects) == 6, "a blob, four trees, the commit"
    assert words == 2
