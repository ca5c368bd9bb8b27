"""Counts of what dictionaries hold: patterns by root, verbs and word classes, examples, actors by kind, roles, offices, places."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from dyadflow.coder.dictionary import LISTS, PLACES, kind_of
from dyadflow.coder.lexicon import compile_pattern, read_classes, read_rows
from dyadflow.resources import resource


class Root(NamedTuple):
    """The patterns of one CAMEO root: rows, trigger lemmas, rows with an example, with a counter-example."""

    root: str
    label: str
    patterns: int
    triggers: int
    examples: int
    counters: int


class Kind(NamedTuple):
    """The rows and phrases of one kind of actor file, and rows that hold for some days only."""

    kind: str
    rows: int
    phrases: int
    dated: int


class Stats(NamedTuple):
    """All counts of a dictionary folder."""

    roots: list[Root]
    classes: int
    class_words: int
    kinds: list[Kind]


def count(folder: Path | None = None) -> Stats:
    """The counts of a dictionary folder, of the library's own without one. Raises DictionaryError naming file and line of a ragged row."""
    seeds = folder or resource("seeds")
    classes = read_classes(resource("seeds") / "verbs" / "classes.csv")
    own = read_classes(seeds / "verbs" / "classes.csv")
    patterns = [row for path in sorted((seeds / "verbs").glob("[0-9]*.csv")) for row in read_rows(path)]
    labels = {cells["code"]: cells["label"] for _, cells in read_rows(resource("seeds", "cameo", "codes.csv"))}
    roots = [_root(root, labels.get(root, ""), rows, classes | own) for root, rows in _by_root(patterns)]
    kinds: dict[str, Kind] = {}
    for path in sorted((seeds / "actors").glob("*.csv")):
        found = _kind(path)
        before = kinds.get(found.kind, Kind(found.kind, 0, 0, 0))
        kinds[found.kind] = Kind(found.kind, *(a + b for a, b in zip(before[1:], found[1:], strict=True)))
    return Stats(roots, len(own), sum(map(len, own.values())), sorted(kinds.values()))


def _by_root(patterns: Iterable[tuple[str, dict]]) -> list[tuple[str, list]]:
    grouped: dict[str, list] = {}
    for row in patterns:
        grouped.setdefault(row[1]["code"][:2], []).append(row)
    return sorted(grouped.items())


def _root(root: str, label: str, rows: list, classes: dict) -> Root:
    triggers = {lemma for row, cells in rows for lemma in compile_pattern(row, cells["code"], cells["pattern"], False, classes)[1]}
    counts = Counter(name for _, cells in rows for name in ("example", "counter") if cells[name])
    return Root(root, label, len(rows), len(triggers), counts["example"], counts["counter"])


def _kind(path: Path) -> Kind:
    kind, rows = kind_of(path), read_rows(path)
    columns = LISTS.get(kind, ("name", "phrases", "phrase", "title", "word"))
    phrases = sum(bool(phrase.strip()) for _, cells in rows for column in columns for phrase in cells.get(column, "").split("|"))
    return Kind(kind, len(rows), phrases, sum(bool(cells.get("start") or cells.get("end")) for _, cells in rows))


def render(stats: Stats) -> str:
    """The counts as a page of text."""
    total = Root("all", "", *(sum(column) for column in list(zip(*stats.roots, strict=True))[2:])) if stats.roots else None
    lines = [f"{'root':<5}{'label':<42}{'patterns':>9}{'verbs':>8}{'examples':>10}{'counters':>10}"]
    lines += [f"{one.root:<5}{one.label[:40]:<42}{one.patterns:>9,}{one.triggers:>8,}{one.examples:>10,}{one.counters:>10,}" for one in (*stats.roots, *([total] if total else []))]
    lines += ["", f"word classes  {stats.classes:,} with {stats.class_words:,} words", "", f"{'actors':<16}{'rows':>9}{'phrases':>10}{'dated':>8}"]
    lines += [f"{one.kind:<16}{one.rows:>9,}{one.phrases:>10,}{one.dated:>8,}" for one in stats.kinds]
    sums = {name: sum(one.phrases for one in stats.kinds if one.kind in kinds) for name, kinds in (("places", PLACES | {"countries"}), ("roles", {"roles"}))}
    offices = sum(one.rows for one in stats.kinds if one.kind == "leaders")
    return "\n".join([*lines, "", f"offices of persons {offices:,}   role phrases {sums['roles']:,}   names of places {sums['places']:,}"])
