"""The types of OParl 1.0 and 1.1 and their properties, as far as an importer must know them.

Source: OParl specification 1.0 and 1.1, `schema/*.json`. 1.1 only adds to 1.0, so that one table serves both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple


class Property(NamedTuple):
    """What a property holds: one value or `many`; of another type its name, "" for a plain value.

    An external list (`listed`) is only the address of a page.
    """

    many: bool = False
    type: str = ""
    listed: bool = False


_COMMON = "id type license created modified web deleted name"
_PLAIN: Mapping[str, str] = {
    "System": "oparlVersion contactEmail contactName website vendor product",
    "Body": "shortName website licenseValidSince oparlSince ags rgs contactEmail contactName classification",
    "LegislativeTerm": "startDate endDate",
    "Organization": "shortName organizationType classification startDate endDate website memberCount votingMemberCount",
    "Person": "familyName givenName formOfAddress affix gender life lifeSource",
    "Membership": "role votingRight startDate endDate",
    "Meeting": "meetingState cancelled start end",
    "AgendaItem": "number order public result resolutionText start end",
    "Paper": "reference date paperType",
    "Consultation": "authoritative role",
    "File": "fileName mimeType date size sha1Checksum sha512Checksum text accessUrl downloadUrl externalServiceUrl"
    " fileLicense",
    "Location": "description geojson streetAddress room postalCode subLocality locality",
}
_MANY: Mapping[str, str] = {
    "Body": "equivalent",
    "Organization": "post",
    "Person": "phone email status title",
    "System": "otherOparlVersions",
}
_LINKS: Mapping[str, str] = {
    "System": "",
    "Body": "system:System legislativeTerm:LegislativeTerm* location:Location mainOrganization:Organization",
    "LegislativeTerm": "body:Body",
    "Organization": "body:Body membership:Membership* subOrganizationOf:Organization location:Location"
    " externalBody:Body",
    "Person": "body:Body membership:Membership* image:File",
    "Membership": "person:Person organization:Organization onBehalfOf:Organization",
    "Meeting": "location:Location organization:Organization* participant:Person* invitation:File resultsProtocol:File"
    " verbatimProtocol:File auxiliaryFile:File* agendaItem:AgendaItem*",
    "AgendaItem": "meeting:Meeting consultation:Consultation resolutionFile:File auxiliaryFile:File*",
    "Paper": "body:Body relatedPaper:Paper* superordinatedPaper:Paper* subordinatedPaper:Paper* mainFile:File"
    " auxiliaryFile:File* location:Location* originatorPerson:Person* underDirectionOf:Organization*"
    " originatorOrganization:Organization* consultation:Consultation*",
    "Consultation": "paper:Paper agendaItem:AgendaItem meeting:Meeting organization:Organization*",
    "File": "masterFile:File derivativeFile:File* meeting:Meeting* agendaItem:AgendaItem* person:Person paper:Paper*",
    "Location": "bodies:Body* organizations:Organization* persons:Person* meetings:Meeting* papers:Paper*",
}
_LISTS: Mapping[str, str] = {
    "System": "body",
    "Body": "organization person meeting paper agendaItem consultation file locationList legislativeTermList"
    " membership",
    "Organization": "meeting consultation",
}


def _properties(name: str) -> dict[str, Property]:
    found = {plain: Property() for plain in (*_COMMON.split(), *_PLAIN[name].split())}
    found |= {many: Property(many=True) for many in ("keyword", *_MANY.get(name, "").split())}
    for link in _LINKS[name].split():
        key, _colon, target = link.partition(":")
        found[key] = Property(target.endswith("*"), target.rstrip("*"))
    return found | {key: Property(listed=True) for key in _LISTS.get(name, "").split()}


TYPES: Mapping[str, Mapping[str, Property]] = {name: _properties(name) for name in _PLAIN}
"""The properties of each type."""

SPELLINGS: Mapping[str, Mapping[str, str]] = {
    name: {key.lower(): key for key in properties} for name, properties in TYPES.items()
}
"""The right spelling of each property by its small letters."""

_BY_NAME = {name.lower(): name for name in TYPES}
_TYPE = re.compile(r"https?://schema\.oparl\.org/1\.[01]/([A-Za-z]+)/?")
_COMMON_KEYS = frozenset((*_COMMON.split(), "keyword", "body"))


def type_of(value: Mapping[str, Any], expected: str) -> tuple[str, bool]:
    """The type of an object ("" where it can't be told), and whether its `type` says so as the standard has it.

    `expected` is the type that the property around it has, "" where there is none.
    """
    given = value.get("type")
    if isinstance(given, str) and (match := _TYPE.fullmatch(given)) and match[1] in TYPES:
        return match[1], True
    for other in (given, value.get("Type"), value.get("@type")):
        if isinstance(other, str) and (found := _BY_NAME.get(re.split(r"[/#:]", other.rstrip("/"))[-1].lower())):
            return found, False
    return expected or _by_keys(value), False


def _by_keys(value: Mapping[str, Any]) -> str:
    """The type that has most of the keys of `value`; "" where two or none have."""
    keys = {key.lower() for key in value} - {key.lower() for key in _COMMON_KEYS}
    scores = sorted(((len(keys & spelled.keys()), name) for name, spelled in SPELLINGS.items()), reverse=True)
    (best, name), (second, _other) = scores[:2]
    return name if best > second else ""
