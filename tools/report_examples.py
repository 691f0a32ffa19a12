"""Write the examples of docs/reports.md as the code prints them: `python tools/report_examples.py [--check]`.

The file that they are about stands in the page itself. With `--check` nothing is written; the exit status is 1 where
the page says something else.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from antragsbuch_schema.findings import Report
from antragsbuch_schema.reports.forms import FORMS, Ground
from antragsbuch_schema.reports.statistics import statistics_json
from antragsbuch_schema.validate import directory_of, validate_file

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs/reports.md"
PATH = "motions/V/2200/2292-HHA.toml"
EXAMPLE = re.compile(r"^<!-- example: (\w+) -->\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def written(page: str) -> str:
    """The page with every example as the code prints it."""
    source = next(match[2] for match in EXAMPLE.finditer(page) if match[1] == "source")
    council = directory_of((ROOT / "motions/council.toml").read_bytes())
    report = Report.of(validate_file(PATH, source.encode(), council, None), 1)
    ground = Ground({PATH: source}.get, "en", paths=[PATH])

    def example(match: re.Match[str]) -> str:
        body = source if match[1] == "source" else _printed(match[1], report, ground)
        start, end = (place - match.start() for place in match.span(2))
        return match[0][:start] + body.rstrip("\n") + "\n" + match[0][end:]

    return EXAMPLE.sub(example, page)


def _printed(name: str, report: Report, ground: Ground) -> str:
    if name == "statistics":
        return statistics_json(report)
    shown = FORMS[name](report, ground)
    if name == "sarif":
        # the page shows a result; rules and files would fill it
        return json.dumps(json.loads(shown)["runs"][0]["results"][0], ensure_ascii=False, indent=1)
    return shown


def main() -> int:
    """Write the page, or say that it is stale."""
    page = PAGE.read_text(encoding="utf-8")
    fresh = written(page)
    if "--check" not in sys.argv:
        PAGE.write_text(fresh, encoding="utf-8")
    elif fresh != page:
        print("docs/reports.md is stale: run python tools/report_examples.py")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
