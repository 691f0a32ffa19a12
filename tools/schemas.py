"""Write the JSON Schemas of both files: `python tools/schemas.py [--check]`.

With `--check` nothing is written; the exit status is 1 if a committed schema is not what the models say.
"""

from __future__ import annotations

import sys
from pathlib import Path

from antragsbuch_schema.json_schema import council_schema, motion_schema, rendered

ROOT = Path(__file__).parent.parent
SCHEMAS = {
    ROOT / "schema/motion.schema.json": motion_schema,
    ROOT / "schema/council.schema.json": council_schema,
}


def main() -> int:
    """Write both schemas, or name those that are stale."""
    stale = [
        path
        for path, made in SCHEMAS.items()
        if not path.exists() or path.read_text(encoding="utf-8") != rendered(made())
    ]
    for path in stale:
        if "--check" in sys.argv:
            print(f"{path.relative_to(ROOT)} is stale: run python tools/schemas.py")
        else:
            path.write_text(rendered(SCHEMAS[path]()), encoding="utf-8")
    return bool(stale and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
