"""Write the pages of the rules from the code: `python tools/rule_pages.py [--check]`.

`docs/rules.md` lists the families, `docs/rules/<FAMILY>.md` explains their rules. With `--check` nothing is written;
the exit status is 1 if a page is not what the code says.
"""

from __future__ import annotations

import sys
from pathlib import Path

from antragsbuch_schema.rules import FAMILIES, RULES, Rule
from antragsbuch_schema.rules.mended import SAFE, UNSAFE
from antragsbuch_schema.rules.naming import codes_of

DOCS = Path(__file__).parent.parent / "docs"
HEAD = """\
# The rules

{count} rules, in families. `antrag rule CODE` shows the same page at the prompt, with `--lang de` before the command in
German. A severity is what it is without a word of the council: `[rules.severity]` in `council.toml` makes a rule `off`,
`remark`, `warning` or `error`, but for those that are marked as fixed. `[*]` marks what `antrag validate --fix`
mends. How findings are chosen, ignored and kept quiet is told in [validation.md](validation.md).

This page and those that it names are made from the code by `python tools/rule_pages.py`.
"""


def pages() -> dict[Path, str]:
    """Every page by its path."""
    index = [HEAD.format(count=len(RULES))]
    result: dict[Path, str] = {}
    for family, about in FAMILIES.items():
        rules = [RULES[code] for code in codes_of(family)]
        index.append(
            f"\n## [{family}](rules/{family}.md): {about}\n\n| code | name | severity | |\n|---|---|---|---|\n"
        )
        index += [
            f"| [{rule.code}](rules/{family}.md#{_anchor(rule)}) | {rule.name}{_mark(rule)} | {_severity(rule)} "
            f"| {_cell(rule.what)} |\n"
            for rule in rules
        ]
        result[DOCS / f"rules/{family}.md"] = "\n".join(
            [f"# {family}: {about}\n", "All families: [rules.md](../rules.md).\n", *map(_page, rules)]
        )
    return {DOCS / "rules.md": "".join(index), **result}


def _page(rule: Rule) -> str:
    parts = [f"## {rule.code} {rule.name}\n", f"{rule.what}\n", f"- Severity: {_severity(rule)}"]
    if rule.code in SAFE:
        parts.append(f"- Fix: `--fix` {SAFE[rule.code]}.")
    if rule.code in UNSAFE:
        parts.append(f"- Fix: `--unsafe-fixes` {UNSAFE[rule.code]}.")
    if rule.source:
        parts.append(f"- Source: {rule.source}")
    if rule.why:
        parts.append(f"\n{rule.why}")
    for heading, example in (("Wrong", rule.wrong), ("Right", rule.right)):
        if example:
            parts.append(f"\n{heading}:\n\n```toml\n{_visible(example).strip(chr(10))}\n```")
    return "\n".join(parts) + "\n"


def _anchor(rule: Rule) -> str:
    return f"{rule.code.lower()}-{rule.name}"


def _mark(rule: Rule) -> str:
    return " `[*]`" if rule.code in SAFE else ""


def _severity(rule: Rule) -> str:
    return rule.severity.label + ("" if rule.settable else ", fixed")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _visible(example: str) -> str:
    """A piece of TOML with what can't be seen written as an escape, as TOML itself writes it."""
    return "".join(letter if letter == "\n" or letter.isprintable() else f"\\u{ord(letter):04x}" for letter in example)


def main() -> int:
    """Write every page, or name those that are stale; a page of a family that is gone is stale too."""
    wanted = pages()
    old = {
        path: path.read_text(encoding="utf-8")
        for path in (DOCS / "rules.md", *(DOCS / "rules").glob("*.md"))
        if path.exists()
    }
    stale = [path for path in wanted if old.get(path) != wanted[path]]
    gone = [path for path in old if path not in wanted]
    for path in sorted((*stale, *gone)):
        if "--check" in sys.argv:
            print(f"{path.relative_to(DOCS.parent)} is stale: run python tools/rule_pages.py")
        elif path in gone:
            path.unlink()
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(wanted[path], encoding="utf-8")
    return bool((stale or gone) and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
