"""The gazetteer: names of places in a sentence, and which of several places of one name is meant.

`seeds/places/geonames.csv` has cities, divisions and countries; `supplement.csv`, which comes first, what news names
otherwise. Names are matched on words, case-exact, longest first; rows are read into numbers only where they are chosen.
"""

import csv
import math
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from dyadflow.coder.lexicon import read_rows
from dyadflow.errors import DictionaryError
from dyadflow.resources import resource

FINENESS = {"city": 3, "admin1": 2, "country": 1, "area": 0}
LARGE, LARGE_DIVISION, BORDER_TOWN = 100_000, 500_000, 20_000
"""People from which a place is meant by its name alone, in an article that names neither its country nor a neighbour; from which in one that names a neighbour."""
SUPPLEMENT_PEOPLE = 100_000
SAME, NAMED, BESIDE, OWN, COUNTRY, AREA = 3.0, 2.0, 1.0, 2.0, 6.0, 1.5
"""Tenfold populations that evidence is worth: the clause's country, the article's, a neighbour's; an own row, a country, an area."""
NO_PLACES = frozenset("January February March April May June July August September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday Central Center Centre North South East "
                      "West Northern Southern Eastern Western Union Army Police Republic National Federal State Court House Senate Council Commission Congress Parliament Government University Press General "
                      "Mission God Bank Islam Ramadan Easter Christmas English Internet Facebook Twitter Man Best Of The President Prime Minister King Prince Pope Parties Opposition Allah Party Islamic "
                      "Independence Victory Liberal Liberty Assembly Interior Foreign Defense Defence Summit Arab Arabs Kurdish Kurds "
                      "Justice Jazeera Littoral Highlands".split()) | frozenset(f"{one} {other}" for one in ("North", "South") for other in ("West", "East"))  # fmt: skip


class Place(NamedTuple):
    """A place: GeoNames id (empty where none), name, ISO3 country (empty for an area), division, degrees, people, kind (city, admin1, country, area)."""

    id: str
    name: str
    country: str
    admin1: str
    latitude: float | None
    longitude: float | None
    population: int
    kind: str
    is_own: bool = False


class Span(NamedTuple):
    """A name of the gazetteer in a sentence: tokens [first, last), the places of that name."""

    first: int
    last: int
    places: tuple[Place, ...]

    @property
    def countries(self) -> set[str]:
        """The countries of that name: one, or none for a town's name."""
        return {place.country for place in self.places if place.kind == "country"}


class Gazetteer(NamedTuple):
    """Rows by name, the longest name by first word, countries by the words that name them, neighbours, given names."""

    rows: dict[str, list[tuple[str, ...]]]
    longest: dict[str, int]
    country_words: dict[str, str]
    neighbours: dict[str, frozenset[str]]
    given_names: frozenset[str]
    by_country: dict[str, tuple[str, ...]]

    def country(self, code: str) -> Place | None:
        """The country of an ISO3 code, None where it is none."""
        return _place(self.by_country[code]) if code in self.by_country else None

    def find(self, words: list[str]) -> list[Span]:
        """All names in the words, left to right, the longest at each place."""
        found, at, size = [], 0, len(words)
        while at < size:
            most = self.longest.get(plain(words[at])) if words[at][:1].isupper() or words[at] in ARTICLES else None
            last = next((at + n for n in range(min(most, size - at), 0, -1) if joined(words[at : at + n]) in self.rows), None) if most else None
            if last is not None:
                found.append(Span(at, last, tuple(_place(row) for row in self.rows[joined(words[at:last])])))
            at = last or at + 1
        return found

    def named(self, name: str) -> tuple[Place, ...]:
        """All places of a name as written; none where it is not known."""
        return tuple(_place(row) for row in self.rows.get(joined(name.split()), ()))

    def countries_of(self, words: list[str]) -> set[str]:
        """The countries that single words name: “Syrian”, “Damascus”, “Syria”."""
        known = self.country_words
        return {known[word] for word in words if word in known}

    def choose(self, places: tuple[Place, ...], near: set[str], countries: set[str]) -> Place | None:
        """The place a name means where the clause speaks of the countries `near` and the article of `countries`; None where it can't be told.

        Of several places of a name the largest counts, evidence being worth people: “Goma” is the Congolese city, in an article
        about the Philippines the Philippine town. A small place far from all countries of the article is no place at all.
        """
        beside = {other for country in near | countries for other in self.neighbours.get(country, ())}
        ranked = sorted(places, key=lambda place: (_weight(place, near, countries, beside), place.id), reverse=True)
        for place in ranked:
            if place.country in near or place.country in countries or place.country in beside and place.population >= BORDER_TOWN or _is_known(place):
                return _finer(place, ranked)
        return None


ARTICLES = frozenset({"al", "el", "an", "ar", "as", "ash", "ad", "az", "the"})


def plain(word: str) -> str:
    """The word without diacritics and with straight apostrophes, as keys have it."""
    if word.isascii():
        return word
    word = word.replace("ı", "i").replace("ł", "l").replace("ø", "o").replace("’", "'").replace("‘", "'").replace("ʻ", "'").replace("ə", "a").replace("đ", "d")
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


def joined(words: list[str]) -> str:
    """The key of a name: words joined by single spaces, hyphens without any."""
    return plain(words[0] if len(words) == 1 else " ".join(words).replace(" - ", "-"))


def _weight(place: Place, near: set[str], countries: set[str], beside: set[str]) -> float:
    people = max(place.population, SUPPLEMENT_PEOPLE) if place.is_own else place.population
    worth = SAME if place.country in near else NAMED if place.country in countries else BESIDE if place.country in beside else 0.0
    kind = COUNTRY if place.kind == "country" else AREA if place.kind == "area" else 0.0
    return math.log10(people + 1) + worth + kind + (OWN if place.is_own else 0.0)


def _is_known(place: Place) -> bool:
    """Whether a place needs no country beside it: countries, areas, own rows, large cities and divisions."""
    return place.kind in ("country", "area") or place.is_own or place.population >= (LARGE if place.kind == "city" else LARGE_DIVISION)


def _finer(place: Place, ranked: list[Place]) -> Place:
    """The city for a division of the same name that it is the seat of: Idlib, Donetsk; the division where the town is small: Helmand."""
    if place.kind != "admin1" or place.is_own:
        return place
    seats = (other for other in ranked if other.kind == "city" and other.country == place.country and other.population * 20 >= place.population)
    return next(seats, place)


def division_of(place: Place, places: tuple[Place, ...]) -> Place:
    """The division of the same name and country, where there is one: “Idlib province”."""
    found = [other for other in places if other.kind == "admin1" and other.country == place.country]
    return found[0] if found else place


def _place(row: tuple[str, ...]) -> Place:
    identity, name, _, country, admin1, latitude, longitude, people, kind, *own = row
    return Place(identity, name, country, admin1, float(latitude) if latitude else None, float(longitude) if longitude else None, int(people or 0), kind, bool(own))


@lru_cache(maxsize=2)
def load_gazetteer(folder: Path | None = None) -> Gazetteer:
    """The whole gazetteer, read once per process.

    Raises DictionaryError naming the file and line of a ragged row.
    """
    seeds = folder or resource("seeds")
    rows: dict[str, list[tuple[str, ...]]] = {}
    own = [(*row, "own") for row in _cells(seeds / "places" / "supplement.csv")]
    known = {row[0] for row in own if row[0]}
    base = [row for row in _cells(seeds / "places" / "geonames.csv") if row[0] not in known]
    for row in own + base:
        for name in (row[1], *row[2].split("|")) if row[2] else (row[1],):
            _put(rows, name, row)
    by_country = {row[3]: row for row in base if row[8] == "country"}
    country_words = _country_names(seeds / "actors" / "countries.csv", by_country, rows)
    for name in ("regions", "subnational", "cities"):
        _coarse(seeds / "actors" / f"{name}.csv", by_country, rows)
    for word in _peoples(seeds / "actors" / "countries.csv"):
        rows.pop(word, None)
    neighbours = {row[0]: frozenset(row[1].split("|")) for row in _cells(seeds / "places" / "neighbours.csv", 2)}
    given = frozenset(cells["name"] for _, cells in read_rows(seeds / "actors" / "given_names.csv"))
    return Gazetteer(rows, _longest(rows), country_words, neighbours, given, by_country)


def _cells(path: Path, width: int = 9) -> list[list[str]]:
    with open(path, encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))[1:]
    for number, row in enumerate(rows, 2):
        if len(row) != width:
            raise DictionaryError(f"{path.name}:{number}: the row has another number of cells than the header")
    return rows


def _put(rows: dict, name: str, row) -> None:
    key = name if name.isascii() else plain(name)
    article, _, rest = key.partition(" ")
    forms = (key, f"{article}-{rest}", f"{article.lower()}-{rest}") if article.lower() in ARTICLES and article != "The" else (key,)
    for form in forms:
        if form not in NO_PLACES:
            rows.setdefault(form, []).append(row)


def _country_names(path: Path, by_country: dict, rows: dict) -> dict[str, str]:
    """{word: ISO3} of the single words that name a country, its people or its capital; puts the countries' names among the rows."""
    words: dict[str, str] = {}
    for _, cells in read_rows(path):
        row = by_country.get(cells["code"])
        for name in cells["names"].split("|"):
            if row and name and row not in rows.get(name, ()):
                rows.setdefault(name, []).append(row)
        for word in "|".join((cells["names"], cells["demonyms"], cells["capitals"])).split("|") if not cells["end"] else ():
            if word and " " not in word:
                words.setdefault(word, cells["code"])
                words.setdefault(word + "s", cells["code"])
    return words


def _peoples(path: Path) -> set[str]:
    """Words for peoples, which are no places even where a place is called so: Somali."""
    return {word for _, cells in read_rows(path) for word in cells["demonyms"].split("|") if word and word not in cells["names"].split("|")}


def _coarse(path: Path, by_country: dict, rows: dict) -> None:
    """Names that only the actor dictionary has give their country and no more."""
    for _, cells in read_rows(path):
        country = by_country.get(cells["code"][:3])
        for name in (cells["name"], *cells["phrases"].split("|")) if country else ():
            if name and name not in rows and name not in NO_PLACES:
                rows[name] = [("", country[1], "", country[3], "", "", "", "0", "country")]


def _longest(rows: dict) -> dict[str, int]:
    """{first word of a name: tokens of the longest name that begins so}, a hyphen being a token or not."""
    longest: dict[str, int] = {}
    for name in rows:
        whole = name.split(" ", 1)[0]
        count = 1 + name.count(" ") + 2 * name.count("-")
        for first in {whole, whole.split("-", 1)[0]} if "-" in whole else (whole,):
            if count > longest.get(first, 0):
                longest[first] = count
    return longest
