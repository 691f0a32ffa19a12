"""A selection of a real city's papers as a register, where the data lie beside the project.

What the city's OParl server says and nothing else: no step is made up, no role or outcome guessed. The only knowledge
added is which kinds of paper the council decides on, and that it is a council of Baden-Württemberg.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

from antragsbuch_schema.council_fields import COUNCIL
from antragsbuch_schema.motion_fields import MOTION
from antragsbuch_schema.reference import Scheme
from antragsbuch_schema.toml.writer import write

DATA = Path(__file__).parents[3] / "shared/data/karlsruhe-oparl-1.1"
TODAY = dt.date(2026, 12, 31)

_PATTERN = {
    "pattern": "[{type}/]{year}/{counter:4}[/{part}]",
    "path": "{year}/{hundred}/[{type}-]{counter}[-{part}]",
}
_NOT_DECIDED = {"Anfrage", "Informationsvorlage", "Offenlage"}
_AMENDMENT = "Änderungs-/Ergänzungsantrag"

_ROLES = {
    "Entscheidung": "decision",
    "Vorberatung": "preparation",
    "Anhörung": "hearing",
    "Kenntnisnahme": "noting",
    "Beratung": "debate",
    "Behandlung": "debate",
}
_OUTCOMES = {
    "Kenntnisnahme": "noted",
    "Stellungnahme zur Kenntnis genommen": "noted",
    "einstimmig zugestimmt": "as_proposed",
    "mehrheitlich zugestimmt": "as_proposed",
    "einstimmig beschlossen": "as_proposed",
    "mehrheitlich beschlossen": "as_proposed",
    "Zustimmung": "as_proposed",
    "mehrheitlich abgelehnt": "rejected",
    "teilweise zugestimmt": "partly",
    "mehrheitlich zugestimmt zu geändertem Beschlusstext": "amended",
    "Zugestimmt zu geändertem Beschlusstext": "amended",
    "Beschlossen mit geändertem Beschlusstext": "amended",
    "erledigt": "settled",
    "erledigt durch Stellungnahme der Verwaltung": "settled",
    "mit Stellungnahme einverstanden": "settled",
    "einverstanden": "settled",
    "Beratung im Fachgremium/Arbeitskreis": "discussed",
    "vorberaten ohne Änderungen": "discussed",
    "keine Abstimmung": "no_vote",
    "vertagt": "deferred",
    "zurückgezogen": "withdrawn",
    "gewählt": "elected",
}
_REFERRED = re.compile(r"verwiesen (?:in|an)(?: den)? (.+)")


def council() -> dict[str, Any]:
    """The data of `council.toml`."""
    types = sorted({kind for paper in papers() if (kind := paper["paperType"])})
    return {
        "format": 1,
        "name": "Stadt Karlsruhe",
        "public": True,
        "reference": _PATTERN,
        "law": {"profile": "simple"},
        "organizations": [
            _body(number, body) for number, body in enumerate(_organizations().values(), 1) if "/gr/" in body["id"]
        ],
        "paper_types": [
            {
                "id": f"p{number}",
                "name": name,
                **({"code": "DHH"} if name.startswith("Haushalt") else {}),
                **({"decided": False} if name in _NOT_DECIDED else {}),
            }
            for number, name in enumerate(types, 1)
        ],
    }


def papers() -> list[dict[str, Any]]:
    """The papers as OParl objects, without those of which the server says no more than that they are gone."""
    return [paper for paper in map(_load, sorted(DATA.glob("papers/*.json"))) if not paper.get("deleted")]


def register() -> tuple[list[tuple[str, bytes]], bytes]:
    """Every paper as a file (path and bytes), and the bytes of `council.toml`."""
    settings = council()
    scheme = Scheme.of(settings)
    known = {paper["id"]: paper for paper in papers()}
    meetings = {meeting["id"]: meeting for meeting in map(_load, DATA.glob("meetings/*.json"))}
    bodies = _organizations()
    motions = [_motion(paper, known, meetings, bodies) for paper in known.values()]
    files = [(scheme.path_for(motion), write(motion, MOTION).encode()) for motion in motions]
    return files, write(settings, COUNCIL).encode()


def _load(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def _organizations() -> dict[str, dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((DATA / "organizations.json").read_text(encoding="utf-8"))
    return {body["id"]: body for body in found}


def _body(number: int, body: dict[str, Any]) -> dict[str, Any]:
    name = body["name"]
    kind = "assembly" if name == "Gemeinderat" else "district" if name.startswith("Ortschaftsrat") else "committee"
    days = {
        ours: dt.date.fromisoformat(body[theirs])
        for ours, theirs in (("start", "startDate"), ("end", "endDate"))
        if theirs in body
    }
    return {"id": f"o{number}", "name": name, "short_name": body["shortName"], "classification": kind, **days}


def _motion(
    paper: dict[str, Any],
    known: dict[str, dict[str, Any]],
    meetings: dict[str, dict[str, Any]],
    bodies: dict[str, dict[str, Any]],
) -> dict[str, Any]:
    kind, number = paper["id"].split("/")[-2:]
    motion: dict[str, Any] = {
        "id": f"{kind}{number}",
        "reference": paper["reference"],
        "paper_type": paper["paperType"],
        "title": " ".join(paper["name"].split()),
        "public": True,
        "source": {"name": "OParl", "url": paper["id"]},
    }
    if "date" in paper:
        motion["date"] = dt.date.fromisoformat(paper["date"])
    if offices := [bodies[office]["name"] for office in paper.get("underDirectionOf", []) if office in bodies]:
        motion["under_direction_of"] = offices
    motion.update(_links(paper, known))
    if files := paper.get("auxiliaryFile"):
        motion["attachments"] = [
            {"id": f"f{n}", "title": " ".join(file["name"].split()), "url": file["accessUrl"]}
            for n, file in enumerate(files, 1)
        ]
    if steps := paper.get("consultation"):
        motion["consultations"] = [{"id": f"c{n}", **_step(step, meetings, bodies)} for n, step in enumerate(steps, 1)]
    return motion


def _links(paper: dict[str, Any], known: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The linked papers. This city calls an amendment the parent of what it amends: the kind of paper decides."""
    links: dict[str, Any] = {}
    for ours, theirs in (
        ("superordinated_papers", "superordinatedPaper"),
        ("subordinated_papers", "subordinatedPaper"),
    ):
        others = [known[other]["reference"] for other in paper.get(theirs, []) if other in known]
        if paper["paperType"] == _AMENDMENT and ours == "subordinated_papers" and len(others) == 1:
            links["amends"] = others[0]
        elif others:
            links[ours] = others
    return links


def _step(
    step: dict[str, Any], meetings: dict[str, dict[str, Any]], bodies: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    meeting = meetings.get(step.get("meeting", ""), {})
    items = {item["id"]: item for item in meeting.get("agendaItem", [])}
    item = items.get(step.get("agendaItem", ""), {})
    names = [bodies[body]["name"] for body in step["organization"]]
    found: dict[str, Any] = {"organization": names[0]}
    if names[1:]:
        found["joint_with"] = names[1:]
    if "start" in meeting:
        start = dt.datetime.fromisoformat(meeting["start"])
        found |= {"date": start.date(), "time": start.time(), "meeting": " ".join(meeting["name"].split())}
    if "number" in item:
        found["agenda_item"] = item["number"]
    if step["role"] in _ROLES:
        found["role"] = _ROLES[step["role"]]
    else:
        found["role_text"] = step["role"]
    if "authoritative" in step:
        found["authoritative"] = step["authoritative"]
    if item.get("public") is False:
        found["public"] = False
    return found | _result(item.get("result"), {body["name"] for body in bodies.values()})


def _result(words: str | None, names: set[str]) -> dict[str, Any]:
    if words is None:
        return {}
    referred = _REFERRED.fullmatch(words)
    outcome = "referred" if referred else _OUTCOMES[words]
    found: dict[str, Any] = {"outcome": outcome, "result_text": words}
    if referred and referred[1] in names:
        found["referred_to"] = referred[1]
    manner = re.match("einstimmig|mehrheitlich", words)
    if manner and outcome != "partly":
        found["votes"] = [
            {
                "id": "v1",
                "result": "rejected" if outcome == "rejected" else "accepted",
                "manner": {"einstimmig": "unanimous", "mehrheitlich": "majority"}[manner[0]],
            }
        ]
    return found
