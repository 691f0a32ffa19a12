"""From files to what the index keeps of them: read, hash, parse, check; on all cores where there are many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from antragsbuch_schema.diagnostics import Located, Severity
from antragsbuch_schema.mentions import Facts
from antragsbuch_schema.rules.directory import Directory
from antragsbuch_schema.toml.errors import TomlError
from antragsbuch_schema.validate import Checked, check_document, check_file, check_refused, directory_of

from . import kept, listing
from .listing import NO_STAMP, Stamp, blob_of
from .parsing import parsed_motion
from .records import Record, of_document, unreadable
from .workers import spread

_ALONE = 256
"""So many files are read faster than processes are started."""
_CHUNK = 64


class Job(NamedTuple):
    """A file to look at. `known` is the blob whose record is there and right; `data` are the bytes of a file that is
    committed but not in the work tree."""

    path: str
    known: str
    data: bytes | None = None


class Counts(NamedTuple):
    """Findings by severity."""

    errors: int
    warnings: int
    remarks: int


class Made(NamedTuple):
    """What came of a job. `record` is None where the file holds the known blob.

    `findings`, `dated` and `facts` are texts of `kept`. `dated` are findings that do not hold on every day, none of
    them before `dated_from` or on and after `dated_to` (ISO texts). `mentions` is what the rules of the whole register
    look at, without its place in the file, and what the file says to ignore of what they find.
    """

    path: str
    stamp: Stamp
    blob: str
    record: Record | None = None
    findings: str = ""
    dated: str = ""
    dated_from: str = ""
    dated_to: str = ""
    facts: str = ""
    mentions: str = ""
    counts: Counts = Counts(0, 0, 0)
    present: bool = True


@dataclass(frozen=True)
class Maker:
    """Makes what is kept. `council` are the bytes of the council's file, `today` the day for which findings count."""

    root: Path
    council: bytes | None
    hash_name: str
    today: dt.date

    def make(self, jobs: Sequence[Job], directory: Directory) -> list[Made]:
        """One result for each job but those whose file is gone."""
        return [made for job in jobs if (made := self._made(job, directory)) is not None]

    def _made(self, job: Job, directory: Directory) -> Made | None:
        stamp = NO_STAMP
        data = job.data
        if data is None:
            try:
                stamp, data = listing.read(self.root / job.path)
            except (FileNotFoundError, NotADirectoryError):
                return None
            except OSError as error:
                refused = check_refused(job.path, error.strerror or "?")
                return _kept(job, NO_STAMP, "", unreadable(b""), refused, self.today)
        blob = blob_of(data, self.hash_name)
        if blob == job.known:
            return Made(job.path, stamp, blob)
        document = parsed_motion(data)
        if isinstance(document, TomlError):
            record, checked = unreadable(data), check_file(job.path, data, directory)
        else:
            record = of_document(document, directory)
            checked = check_document(job.path, data, document, directory)
        if job.data is not None:
            # a file that is to be removed has nothing to be mended
            checked = Checked((), checked.facts)
        return _kept(job, stamp, blob, record, checked, self.today)


def count(findings: Sequence[Located]) -> Counts:
    """How many findings of each severity there are."""
    severities = [located.finding.severity for located in findings]
    return Counts(*(severities.count(each) for each in (Severity.ERROR, Severity.WARNING, Severity.REMARK)))


def made(jobs: Sequence[Job], maker: Maker, processes: int) -> Iterator[list[Made]]:
    """The results for `jobs` in chunks, as they come; the first ones first, more or less."""
    waiting = iter(jobs)
    chunks = iter(lambda: list(islice(waiting, _CHUNK)), [])
    if processes < 2 or len(jobs) < _ALONE:
        directory = directory_of(maker.council)
        yield from (maker.make(chunk, directory) for chunk in chunks)
        return
    yield from spread(_chunk, chunks, processes, partial(_begin, maker))


def _mentions(facts: Facts) -> str:
    single = [mention.words if mention else None for mention in (facts.id, facts.reference, facts.amends)]
    return kept.dump((*single, *(mention.words for mention in facts.links), *facts.ignores))


def _kept(job: Job, stamp: Stamp, blob: str, record: Record, checked: Checked, today: dt.date) -> Made:
    always = tuple(each for each in checked.findings if not (each.since or each.until))
    dated = tuple(each for each in checked.findings if each.since or each.until)
    return Made(
        path=job.path,
        stamp=stamp,
        blob=blob,
        record=record,
        findings=kept.dump(always) if always else "",
        dated=kept.dump(dated) if dated else "",
        dated_from=min(((each.since or dt.date.min).isoformat() for each in dated), default=""),
        dated_to=max(((each.until or dt.date.max).isoformat() for each in dated), default=""),
        facts=kept.dump(checked.facts),
        mentions=_mentions(checked.facts),
        counts=count(checked.on(today)),
        present=job.data is None,
    )


# what a worker process knows for its whole life, so that it is not sent with every chunk
_maker: Callable[[Sequence[Job]], list[Made]] | None = None


def _begin(maker: Maker) -> None:
    global _maker  # noqa: PLW0603 - a worker serves one index
    directory = directory_of(maker.council)
    _maker = lambda jobs: maker.make(jobs, directory)  # noqa: E731


def _chunk(jobs: Sequence[Job]) -> list[Made]:
    assert _maker is not None, "a worker begins with its maker"
    return _maker(jobs)
