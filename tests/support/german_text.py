"""Text of motions as a council of a German region could have written it, made by the hundred thousand.

Own words and own templates: nothing here was taken from a real paper. The compounds matter: German search has to
find "armuts" inside "Armutsbekämpfungskonzept", and a register of twenty years holds tens of thousands of words.
"""

from __future__ import annotations

from random import Random


def _each(text: str, between: str | None = None) -> tuple[str, ...]:
    return tuple(" ".join(each.split()) for each in text.split(between))


_STEMS = _each(
    """
    Armuts Radverkehrs Klimaschutz Bildungs Jugend Kinder Senioren Wohnraum Gewässer Abfall Krankenhaus Pflege
    Integrations Gleichstellungs Digitalisierungs Wirtschafts Tourismus Kultur Sport Denkmal Naturschutz Wald
    Straßen Brücken Bahn Bus Nahverkehrs Rettungs Feuerwehr Katastrophenschutz Energie Wärme Solar Lärm Luft Boden
    Hitze Hochwasser Ernährungs Landwirtschafts Schul Berufsschul Kita Familien Frauen Inklusions Teilhabe
    Wohnungslosen Sucht Gesundheits Hebammen Ärzte Museums Musikschul Bibliotheks Europa Partnerschafts Personal
    Fuhrpark Gebäude Grundstücks Vergabe Breitband Mobilfunk Moor Arten Friedhofs Jugendhilfe Flüchtlings
    """
)
_PARTS = _each(
    """
    konzept programm förderung bericht strategie beratung planung netzwerk fonds stelle initiative entwicklung
    versorgung ausbau sanierung bekämpfung offensive projekt untersuchung beauftragte zentrum agentur leitstelle
    prävention maßnahmen mittel haushalt satzung richtlinie quote erhebung monitoring kampagne konferenz
    """
)
_PLACES = _each(
    """
    Hannover Garbsen Langenhagen Laatzen Lehrte Burgdorf Burgwedel Isernhagen Wedemark Wunstorf Barsinghausen
    Gehrden Ronnenberg Hemmingen Pattensen Springe Wennigsen Seelze Sehnde Uetze Neustadt
    """
)
_GROUPS = _each(
    """
    Bürger:innen, Schülerinnen und Schüler, Menschen mit Behinderungen, Auszubildende, pflegende Angehörige,
    Alleinerziehende, junge Familien, ältere Menschen, Beschäftigte, Vereine und Verbände, Geflüchtete,
    Pendler:innen, kleine und mittlere Unternehmen, Studierende, Ehrenamtliche, Mieter:innen
    """,
    ",",
)
_VERBS = _each(
    """
    prüfen entwickeln überarbeiten erweitern fördern sichern erproben verstetigen veröffentlichen begleiten
    verbessern finanzieren evaluieren koordinieren ermöglichen
    """
)
_ADJECTIVES = _each(
    """
    nachhaltige soziale flächendeckende niedrigschwellige bedarfsgerechte barrierefreie langfristige gemeinsame
    regionale unabhängige zusätzliche verlässliche klimaneutrale interkommunale mehrsprachige digitale
    """
)
_MONTHS = _each(
    """
    Januar Februar März April Mai Juni Juli August September Oktober November Dezember
    """
)
_TITLES = (
    "{compound} in der Region Hannover stärken",
    "Einrichtung eines Angebots für {group}: {compound}",
    "{compound} für {place} und Umgebung",
    "Haushaltsbegleitantrag - {compound} aktualisieren und umsetzen",
    "Mittel für {compound} erhöhen",
    "{adjective} {compound} {verb}",
    "Sachstand zu {compound} und {compound} in {place}",
    "Durchführung einer Fachtagung zu {compound}",
)
_ORDERS = (
    "Die Verwaltung wird beauftragt, {compound} für {group} in {place} zu {verb}.",
    "Die Regionsverwaltung soll bis zum {day}. {month} {year} {adjective} {compound} {verb}.",
    "Dafür werden zusätzlich {money} € in den Haushaltsplan {year} eingestellt.",
    "Dem zuständigen Ausschuss ist im {month} {year} über {compound} zu berichten.",
    "Die Ergebnisse sollen für {group} dokumentiert werden.",
    "Hierzu sind die Städte und Gemeinden, z. B. {place} und {place}, frühzeitig zu beteiligen.",
)
_REASONS = (
    "In der Region Hannover gibt es seit {year} Erfahrungen mit {compound}, die vor allem {group} erreichen.",
    "Der Bericht der Verwaltung (vgl. S. {page}) zeigt, dass {compound} in {place} nicht ausreicht.",
    "Um {adjective} {compound} zu {verb}, braucht es eine enge Abstimmung mit {place}.",
    "Nach Angaben der Träger stieg der Bedarf um {percent} % (vor allem: {group}).",
    "Viele {group} warten länger als {page} Tage auf {compound}.",
    "Andere Kommunen haben {compound} bereits eingeführt und bis {year} rund {money} € eingespart.",
    "Die Fraktionen sehen in {compound} einen wichtigen Baustein, um {group} besser zu unterstützen.",
    "Gem. § {page} Abs. 2 der Satzung ist hierfür {compound} vorgesehen.",
    "Das Vorbild ist {place}: Dort tragen {group} das Vorhaben {compound}.",
    "Bisher fehlen sowohl {compound} als auch {adjective} Angebote für {group}.",
)
_ITEMS = (
    "{adjective} {compound} für {group} {verb},",
    "Träger in {place} bei {compound} einbeziehen,",
    "den Stand von {compound} bis {month} {year} darstellen,",
    "Möglichkeiten für {compound} aufzeigen.",
)


def title(random: Random) -> str:
    """The title of a motion, one line."""
    text = _filled(random.choice(_TITLES), random)
    return text[0].upper() + text[1:]


def proposal(random: Random) -> str:
    """A proposed resolution in the form of the file: one sentence a line, a blank line between paragraphs."""
    blocks = [_sentences(_ORDERS, random, 1, 3)]
    if random.random() < 0.5:
        blocks.append("\n".join(f"- {_filled(item, random)}" for item in random.sample(_ITEMS, random.randint(2, 4))))
    blocks.append(_sentences(_ORDERS, random, 1, 2))
    return "\n\n".join(blocks) + "\n"


def facts(random: Random) -> str:
    """The facts of a case, in the same form."""
    return "\n\n".join(_sentences(_REASONS, random, 2, 5) for _ in range(random.randint(3, 5))) + "\n"


def sentence(random: Random) -> str:
    """One sentence."""
    return _filled(random.choice(_REASONS), random)


def _sentences(templates: tuple[str, ...], random: Random, least: int, most: int) -> str:
    return "\n".join(_filled(template, random) for template in random.sample(templates, random.randint(least, most)))


def _filled(template: str, random: Random) -> str:
    words = template.split("{")
    parts = [words[0]]
    for word in words[1:]:
        name, rest = word.split("}", 1)
        parts += [_slot(name, random), rest]
    return "".join(parts)


def _slot(name: str, random: Random) -> str:
    match name:
        case "compound":
            stem, part = random.choice(_STEMS), random.choice(_PARTS)
            if random.random() < 0.35:
                return f"{stem}{part}s{random.choice(_PARTS)}"
            return stem + part
        case "place":
            return random.choice(_PLACES)
        case "group":
            return random.choice(_GROUPS)
        case "verb":
            return random.choice(_VERBS)
        case "adjective":
            return random.choice(_ADJECTIVES)
        case "month":
            return random.choice(_MONTHS)
        case "day":
            return str(random.randint(1, 28))
        case "year":
            return str(random.randint(2007, 2027))
        case "money":
            return f"{random.randint(1, 400)}.{random.choice(('000', '500'))}"
        case "percent":
            return str(random.randint(2, 80))
        case "page":
            return str(random.randint(2, 480))
        case _:
            raise KeyError(name)
